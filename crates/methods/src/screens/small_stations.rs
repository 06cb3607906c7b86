//! S610 small-stations.

use glassurn_model::{
    Caveat, Effect, Finding, Measure, Outcome, P, PKind, Picture, Reason, Scope, Unit,
};

use crate::simulate::Null;
use crate::{
    Cost, Family, Focus, Meta, Screen, Slice, Status, caveat,
    phrase::{count, number, percent},
};

mod neighbours;
mod scan;

pub use neighbours::{Neighbour, Neighbours};
pub use scan::{Beyond, Cut, Scan, beyond};

#[doc = include_str!("small_stations.md")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SmallStations {
    /// Fewest registered voters of a station used.
    pub min_registered: i64,
    /// Fewest stations of a neighbourhood.
    pub min_group: usize,
    /// Cut-offs: the smallest 1 %, 2 %, … up to this many per cent of stations.
    pub cut_offs: usize,
    /// Fewest small stations at a cut-off.
    pub min_small: usize,
    /// Fewest stations for an answer.
    pub min_stations: usize,
    /// Draws of the largest of correlated normal numbers.
    pub draws: u32,
    /// Seed of the draws.
    pub seed: u64,
}

const CODE: &str = "S610";

impl SmallStations {
    /// The smallest 1 to 25 % of stations, beside neighbourhoods of five or more.
    pub const DEFAULT: Self = SmallStations {
        min_registered: 30,
        min_group: 5,
        cut_offs: 25,
        min_small: 30,
        min_stations: 200,
        draws: 9_999,
        seed: 1,
    };

    /// The sufficient figures of a slice.
    pub fn scan(&self, slice: &Slice<'_>) -> Result<(Neighbours, Scan), Reason> {
        let neighbours = Neighbours::of(self, slice)?;
        let scan = Scan::of(self, &neighbours);
        let too_few = Reason::WrongSubject(format!(
            "no size up to the smallest {} % of stations has {} stations with larger ones beside them",
            self.cut_offs, self.min_small
        ));
        Ok((neighbours, scan.ok_or(too_few)?))
    }

    fn find(&self, slice: &Slice<'_>) -> Result<Finding, Reason> {
        let (neighbours, scan) = self.scan(slice)?;
        let cut = *scan.at();
        let beyond = beyond(&neighbours, &cut);
        let mut caveats = caveat::of(neighbours.all.len(), slice.len());
        caveats.push(Caveat::MixedElectorates);
        Ok(Finding {
            screen: CODE,
            subject: slice.subject(),
            used: neighbours.all.len(),
            measures: measures(&scan, &neighbours),
            p: Some(P { value: scan.p, kind: PKind::Simulated { draws: self.draws, seed: self.seed } }),
            effect: Effect {
                name: "votes at small stations beyond those of their neighbours".to_owned(),
                value: beyond.votes,
                unit: Unit::Votes,
                interval: Some(beyond.interval),
                stations: Some(cut.small as f64),
                votes: Some(beyond.votes),
            },
            plain: plain(&cut, &neighbours, &beyond),
            pictures: pictures(&scan, slice),
            stations: farthest(&neighbours, &cut),
            caveats,
            left_out: neighbours.left_out,
        })
    }
}

impl Screen for SmallStations {
    fn meta(&self) -> Meta {
        Meta {
            code: CODE,
            name: "small-stations",
            title: "Small stations beside their neighbours",
            family: Family::Association,
            focus: Focus::Choice,
            status: Status::Trial,
            cost: Cost::Quick,
            doc: include_str!("small_stations.md"),
        }
    }

    fn run(&self, slice: &Slice<'_>) -> Outcome {
        slice.outcome(CODE, self.find(slice))
    }

    fn nulls(&self) -> &'static [Null] {
        &[Null::WithinGroups]
    }
}

fn measures(scan: &Scan, neighbours: &Neighbours) -> Vec<Measure> {
    let cut = scan.at();
    let plain = Measure::plain;
    vec![
        plain("largest distance over all cut-offs, in its standard deviations", "z", cut.z(), Unit::None),
        plain("distance of small stations from their neighbours", "δ", cut.apart, Unit::None).expecting(0.0, cut.sd),
        plain("small stations with larger neighbours", "n", cut.small as f64, Unit::Stations),
        plain("cut-off, as a share of stations", "c", cut.percent as f64 / 100.0, Unit::Share),
        plain("largest list that is small", "N_c", cut.largest as f64, Unit::None),
        plain("neighbourhoods", "G", neighbours.groups as f64, Unit::None),
        plain("cut-offs looked at", "K", scan.cuts.len() as f64, Unit::None),
    ]
}

fn plain(cut: &Cut, neighbours: &Neighbours, beyond: &Beyond) -> String {
    let way = if cut.apart < 0.0 { "below" } else { "above" };
    format!(
        "The {} stations with at most {} voters lie {:.2} standard deviations {way} their neighbours \
         (of the same {}) in turnout and share taken together, where size alone gives 0 ± {:.2}; with their \
         larger neighbours' votes per voter the choice would have {} votes {} there.",
        count(cut.small),
        number(cut.largest as f64),
        cut.apart.abs(),
        neighbours.level,
        1.96 * cut.sd,
        number(beyond.votes.abs()),
        if beyond.votes < 0.0 { "more" } else { "fewer" },
    )
}

fn pictures(scan: &Scan, slice: &Slice<'_>) -> Vec<Picture> {
    if slice.scope != Scope::Whole || scan.cuts.len() < 2 {
        return Vec::new();
    }
    let of = |f: &dyn Fn(&Cut) -> f64| scan.cuts.iter().map(f).collect::<Vec<f64>>();
    vec![Picture::Lines {
        title: "Small stations beside their larger neighbours".to_owned(),
        x: "the smallest … % of stations".to_owned(),
        y: "distance from their neighbours, standard deviations of chance".to_owned(),
        at: of(&|c| c.percent as f64),
        series: vec![
            ("small stations".to_owned(), of(&Cut::z)),
            ("1.96 above chance".to_owned(), of(&|_| 1.96)),
            ("1.96 below chance".to_owned(), of(&|_| -1.96)),
        ],
    }]
}

/// The small stations that lie farthest up.
fn farthest(neighbours: &Neighbours, cut: &Cut) -> Vec<(u32, String)> {
    let small = neighbours.all.iter().filter(|n| n.at.registered <= cut.largest && n.apart > 0.0);
    let mut small: Vec<&Neighbour> = small.collect();
    small.sort_by(|a, b| b.apart.total_cmp(&a.apart).then(a.at.row.cmp(&b.at.row)));
    let say = |n: &&Neighbour| {
        let (t, v) = (percent(n.at.turnout(), 1), percent(n.at.share(), 1));
        (n.at.row, format!("{} voters: turnout {t}, share {v}", number(n.at.registered as f64)))
    };
    small.iter().take(20).map(say).collect()
}
