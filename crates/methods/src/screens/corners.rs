//! S330 corners.

use glassurn_model::{
    Caveat, Effect, Finding, Measure, Outcome, P, PKind, Picture, Reason, Scope, Unit,
};
use glassurn_stats::sign_flip;

use crate::simulate::Null;
use crate::{
    Affected, Cost, Family, Focus, Meta, Screen, Slice, Status, caveat,
    phrase::{count, number, percent},
};

mod units;

pub use units::{Corner, Placed, Units};

#[doc = include_str!("corners.md")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Corners {
    /// How many of a hundred stations of a unit are high, and how many low.
    pub tail: usize,
    /// Fewest registered voters of a station used.
    pub min_registered: i64,
    /// Fewest stations of a unit.
    pub min_group: usize,
    /// Fewest units for an answer.
    pub min_units: usize,
    /// Fewest stations for an answer.
    pub min_stations: usize,
}

const CODE: &str = "S330";

/// Bins of the picture along each side.
const BINS: usize = 20;

impl Corners {
    /// The highest and the lowest tenth of units of ten stations and more.
    pub const DEFAULT: Self =
        Corners { tail: 10, min_registered: 30, min_group: 10, min_units: 10, min_stations: 200 };

    /// The sufficient figures of a slice.
    pub fn units(&self, slice: &Slice<'_>) -> Result<Units, Reason> {
        Units::of(self, slice)
    }

    fn find(&self, slice: &Slice<'_>) -> Result<Finding, Reason> {
        let units = self.units(slice)?;
        let used = units.placed.len();
        let mut caveats = caveat::of(used, slice.len());
        caveats.push(Caveat::MixedElectorates);
        let beyond = units.beyond() as f64;
        let half = 1.96 * units.spread();
        Ok(Finding {
            screen: CODE,
            subject: slice.subject(),
            used,
            measures: measures(&units),
            p: Some(P { value: sign_flip::upper_tail(&units.differences), kind: PKind::Exact }),
            effect: Effect {
                name: "stations high in both turnout and share beyond those low in both".to_owned(),
                value: beyond,
                unit: Unit::Stations,
                interval: Some([beyond - half, beyond + half]),
                stations: Some(beyond),
                votes: Some(beyond * units.votes_of_one()),
            },
            plain: self.plain(&units),
            pictures: pictures(&units, slice),
            stations: farthest(&units),
            caveats,
            left_out: units.left_out,
        })
    }

    fn plain(&self, units: &Units) -> String {
        let above = if units.beyond() < 0 { "fewer" } else { "more" };
        format!(
            "Within the {} units of {}, {} stations are among the highest {} % both in turnout and in share, and \
             {} among the lowest {} % in both: {} {above}, where chance alone gives 0 ± {:.0}.",
            count(units.differences.len()),
            units.level,
            count(units.count(Corner::High)),
            self.tail,
            count(units.count(Corner::Low)),
            self.tail,
            number(units.beyond().unsigned_abs() as f64),
            1.96 * units.chance(),
        )
    }
}

impl Screen for Corners {
    fn meta(&self) -> Meta {
        Meta {
            code: CODE,
            name: "corners",
            title: "Stations high in both turnout and share",
            family: Family::Association,
            focus: Focus::Choice,
            status: Status::Trial,
            cost: Cost::Quick,
            doc: include_str!("corners.md"),
        }
    }

    fn run(&self, slice: &Slice<'_>) -> Outcome {
        slice.outcome(CODE, self.find(slice))
    }

    fn nulls(&self) -> &'static [Null] {
        &[Null::WithinGroups]
    }

    fn affected(&self, finding: &Finding) -> Option<Affected> {
        let (stations, votes) = (finding.effect.value, finding.effect.votes?);
        let of_one = if stations == 0.0 { 0.0 } else { votes / stations };
        Some(Affected { votes, range: finding.effect.interval.map(|i| i.map(|end| end * of_one)) })
    }
}

fn measures(units: &Units) -> Vec<Measure> {
    let plain = Measure::plain;
    let stations = units.placed.len() as f64;
    vec![
        plain("stations high in both beyond those low in both", "D", units.beyond() as f64, Unit::Stations)
            .expecting(0.0, units.chance()),
        plain("the same as a share of stations", "D/n", units.beyond() as f64 / stations, Unit::Share)
            .expecting(0.0, units.chance() / stations),
        plain("stations high in both", "n₊₊", units.count(Corner::High) as f64, Unit::Stations),
        plain("stations low in both", "n₋₋", units.count(Corner::Low) as f64, Unit::Stations),
        plain("units", "G", units.differences.len() as f64, Unit::None),
        plain("votes of a station high in both above its unit's", "w", units.votes_of_one(), Unit::Votes),
    ]
}

/// Where the stations of every unit stand among their neighbours, all units laid over each other.
fn pictures(units: &Units, slice: &Slice<'_>) -> Vec<Picture> {
    if slice.scope != Scope::Whole {
        return Vec::new();
    }
    let mut counts = vec![0; BINS * BINS];
    for placed in &units.placed {
        let [x, y] = placed.rank.map(|twice| (twice * BINS / (2 * placed.of.max(1))).min(BINS - 1));
        counts[y * BINS + x] += 1;
    }
    vec![Picture::Heat {
        title: "Stations by their rank within their unit".to_owned(),
        x: "rank in turnout".to_owned(),
        y: "rank in share".to_owned(),
        bins: BINS,
        counts,
    }]
}

/// The stations high in both that have most votes above their unit's.
fn farthest(units: &Units) -> Vec<(u32, String)> {
    let mut high: Vec<&Placed> =
        units.placed.iter().filter(|p| p.corner == Some(Corner::High)).collect();
    high.sort_by(|a, b| b.above.total_cmp(&a.above).then(a.at.row.cmp(&b.at.row)));
    let say = |p: &&Placed| {
        let (t, v) = (percent(p.at.turnout(), 1), percent(p.at.share(), 1));
        (p.at.row, format!("turnout {t}, share {v}: {} votes above its unit's", number(p.above)))
    };
    high.iter().take(20).map(say).collect()
}
