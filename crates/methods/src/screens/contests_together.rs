//! S840 contests-together.

use glassurn_model::{Effect, Finding, Measure, Outcome, Picture, Reason, Scope, Unit};

use crate::{
    Cost, Family, Focus, Meta, Screen, Slice, Status, caveat,
    distances::Drawing,
    phrase::{count, counted, number, percent},
};

mod boxes;
mod law;
mod unmarked;

pub use boxes::{Boxes, Station};
pub use unmarked::{Unmarked, unmarked};

#[doc = include_str!("contests_together.md")]
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ContestsTogether {
    /// Fewest stations of a unit that has a level of its own.
    pub min_group: usize,
    /// Fewest stations for an answer.
    pub min_stations: usize,
    /// Two-sided level of one station.
    pub level: f64,
}

const CODE: &str = "S840";

impl ContestsTogether {
    /// Units of five, and one station in a hundred.
    pub const DEFAULT: Self = ContestsTogether { min_group: 5, min_stations: 50, level: 0.01 };

    /// The sufficient figures of a slice.
    pub fn figures(&self, slice: &Slice<'_>) -> Result<(Boxes, Unmarked), Reason> {
        let boxes = Boxes::of(self, slice)?;
        let unmarked = unmarked(self, &boxes).ok_or(Reason::Constant)?;
        Ok((boxes, unmarked))
    }

    fn find(&self, slice: &Slice<'_>) -> Result<Finding, Reason> {
        let (boxes, unmarked) = self.figures(slice)?;
        Ok(Finding {
            screen: CODE,
            subject: slice.subject(),
            used: boxes.stations.len(),
            measures: measures(&boxes, &unmarked),
            p: None,
            effect: Effect {
                name: "stations where ballots without a vote fall otherwise".to_owned(),
                value: unmarked.far as f64,
                unit: Unit::Stations,
                interval: None,
                stations: Some(unmarked.far as f64),
                votes: None,
            },
            plain: plain(&boxes, &unmarked),
            pictures: pictures(&unmarked, slice),
            stations: farthest(&boxes, &unmarked),
            caveats: caveat::describing(boxes.stations.len(), slice.len()),
            left_out: boxes.left_out,
        })
    }
}

impl Screen for ContestsTogether {
    fn meta(&self) -> Meta {
        Meta {
            code: CODE,
            name: "contests-together",
            title: "Two contests from the same boxes",
            family: Family::Elections,
            focus: Focus::Contest,
            status: Status::Trial,
            cost: Cost::Quick,
            doc: include_str!("contests_together.md"),
        }
    }

    fn run(&self, slice: &Slice<'_>) -> Outcome {
        slice.outcome(CODE, self.find(slice))
    }
}

fn measures(b: &Boxes, u: &Unmarked) -> Vec<Measure> {
    let plain = Measure::plain;
    let [here, other] = b.roll_off();
    let mut all = vec![
        plain("stations where ballots without a vote fall otherwise", "K", u.far as f64, Unit::Stations)
            .expecting(u.expected, u.sd),
        plain("probability of so many or more", "p(K)", u.p, Unit::None),
        plain("ballots by which these differ from the rest of their units", "Σ|U − mπ|", u.ballots.round(), Unit::None),
        plain("ballots without a vote in this contest, out of ballots cast", "r_A", here, Unit::Share),
        Measure::plain(format!("the same in {}", b.other), "r_B", other, Unit::Share),
        plain("correlation inside a station beyond chance", "ρ", u.correlation, Unit::None),
        plain("tails of the stations' distances, degrees of freedom (200: a normal law's)", "ν", u.tails.df, Unit::None),
        plain("scale of the stations' distances", "σ", u.tails.scale, Unit::None),
        plain("stations listed after adjustment for all", "n", u.listed() as f64, Unit::Stations),
    ];
    if let Some(d) = b.differences() {
        all.push(plain("ballots cast that differ between the contests", "Σ|D|", d.sum as f64, Unit::Votes));
        all.push(plain("share of stations where they differ", "P(D ≠ 0)", d.share, Unit::Share));
        all.push(plain("largest difference", "max|D|", d.largest as f64, Unit::Votes));
        let of_all = "share of the differing ballots that stands at one station in a hundred";
        all.push(plain(of_all, "top 1 %", d.top, Unit::Share));
    }
    all
}

fn plain(b: &Boxes, u: &Unmarked) -> String {
    let boxes = match b.differences() {
        Some(d) => format!(
            "Ballots cast differ between this contest and {} at {} of {} stations, by {} in all",
            b.other,
            percent(d.share, 1),
            count(b.stations.len()),
            number(d.sum as f64),
        ),
        None => format!("This contest and {} state the same ballots cast", b.other),
    };
    format!(
        "{boxes}; at {} the ballots without a vote fall otherwise between the two than in the rest of the unit, where \
         chance gives about {:.1} and seldom more than {}.",
        counted(u.far, "station", "stations"),
        u.expected,
        number((u.expected + 1.96 * u.sd).ceil()),
    )
}

fn pictures(u: &Unmarked, slice: &Slice<'_>) -> Vec<Picture> {
    if slice.scope != Scope::Whole {
        return Vec::new();
    }
    let title = "Ballots without a vote: how far stations lie from the rest of their unit".to_owned();
    vec![Drawing { title, width: 0.5, bars: 32 }.of(&u.apart, |z| u.tails.cdf(z))]
}

/// The stations that are listed, by p, then those whose ballots cast differ most.
fn farthest(b: &Boxes, u: &Unmarked) -> Vec<(u32, String)> {
    let mut listed: Vec<usize> = (0..b.stations.len()).filter(|&i| u.adjusted[i] <= 0.05).collect();
    listed.sort_by(|&i, &j| u.p_of[i].total_cmp(&u.p_of[j]).then(i.cmp(&j)));
    let say = |i: usize| {
        let s = &b.stations[i];
        let text = format!("{} and {} ballots without a vote of {}", s.here, s.other, number(s.cast as f64));
        (s.row, text)
    };
    let mut all: Vec<(u32, String)> = listed.into_iter().take(10).map(say).collect();
    if b.differences().is_some() {
        let mut apart: Vec<&Station> = b.stations.iter().filter(|s| s.cast != s.other_cast).collect();
        apart.sort_by_key(|s| (std::cmp::Reverse(s.cast.abs_diff(s.other_cast)), s.row));
        let new = |s: &&&Station| !all.iter().any(|a| a.0 == s.row);
        let more: Vec<(u32, String)> = apart
            .iter()
            .filter(new)
            .take(10)
            .map(|s| {
                let [a, b] = [s.cast, s.other_cast].map(|v| number(v as f64));
                (s.row, format!("{a} ballots cast here and {b} in the other contest"))
            })
            .collect();
        all.extend(more);
    }
    all
}
