//! S810 flows.

use glassurn_model::{
    Caveat, Effect, Finding, IntervalRow, Measure, Outcome, Picture, Reason, Scope, Unit,
};

use crate::{
    Cost, Family, Focus, Meta, Screen, Slice, Status, caveat,
    phrase::{count, percent},
};

mod electorate;
mod regression;

pub use electorate::{Electorates, Place};
pub use regression::{Flow, Flows as Fitted};

#[doc = include_str!("flows.md")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Flows {
    /// Most choices of either election that have a row or a column of their own.
    pub most: usize,
    /// Least part of the list that such a choice has, in thousandths.
    pub least: i64,
    /// Fewest registered voters of a station, in both elections.
    pub min_registered: i64,
    /// Largest difference of the two lists of voters, in per cent of the shorter one.
    pub list_change: i64,
    /// Fewest stations for an answer.
    pub min_stations: usize,
    /// Fewest units that are drawn again.
    pub min_groups: usize,
    /// Draws of the units.
    pub draws: u32,
    /// Seed of the draws.
    pub seed: u64,
}

const CODE: &str = "S810";

impl Flows {
    /// Five choices of two per cent of the list, two hundred draws of ten units or more.
    pub const DEFAULT: Self = Flows {
        most: 5,
        least: 20,
        min_registered: 50,
        list_change: 50,
        min_stations: 200,
        min_groups: 10,
        draws: 200,
        seed: 1,
    };

    /// The sufficient figures of a slice.
    pub fn fitted(&self, slice: &Slice<'_>) -> Result<(Electorates, Fitted), Reason> {
        let electorates = Electorates::of(self, slice)?;
        let flows = Fitted::of(self, &electorates).ok_or(Reason::Constant)?;
        Ok((electorates, flows))
    }

    fn find(&self, slice: &Slice<'_>) -> Result<Finding, Reason> {
        let (electorates, flows) = self.fitted(slice)?;
        let headline = flows.headline(&electorates);
        let mut caveats = caveat::describing(electorates.places.len(), slice.len());
        caveats.push(Caveat::MixedElectorates);
        Ok(Finding {
            screen: CODE,
            subject: slice.subject(),
            used: electorates.places.len(),
            measures: measures(&electorates, &flows),
            p: None,
            effect: Effect {
                name: format!(
                    "part of those who did not vote then that the regression gives to {} now",
                    electorates.now[headline.to]
                ),
                value: headline.share,
                unit: Unit::Share,
                interval: Some(headline.band),
                stations: None,
                votes: None,
            },
            plain: plain(&electorates, &flows),
            pictures: pictures(&electorates, &flows, slice),
            stations: Vec::new(),
            caveats,
            left_out: electorates.left_out,
        })
    }
}

impl Screen for Flows {
    fn meta(&self) -> Meta {
        Meta {
            code: CODE,
            name: "flows",
            title: "Flows of votes between two elections",
            family: Family::Elections,
            focus: Focus::Contest,
            status: Status::Trial,
            cost: Cost::Quick,
            doc: include_str!("flows.md"),
        }
    }

    fn run(&self, slice: &Slice<'_>) -> Outcome {
        slice.outcome(CODE, self.find(slice))
    }
}

fn measures(e: &Electorates, f: &Fitted) -> Vec<Measure> {
    let plain = Measure::plain;
    let impossible: Vec<&Flow> = f.impossible().collect();
    let mut all = vec![
        plain("flows that are impossible without the constraint", "m", impossible.len() as f64, Unit::None),
        plain("flows looked at", "J·K", f.all.len() as f64, Unit::None),
        plain("voters in the flow of the headline", "V", e.stayed_away() * f.headline(e).share, Unit::None),
        plain("units that are drawn again", "G", f.groups as f64, Unit::None),
        plain("root mean square residual, per registered voter", "s", f.residual, Unit::Share),
    ];
    let named = |f: &Flow| format!("{} → {}", e.then[f.from], e.now[f.to]);
    let to_leader = f.all.iter().filter(|flow| flow.to == 0);
    all.extend(to_leader.map(|flow| Measure::plain(named(flow), "q", flow.share, Unit::Share)));
    let free = impossible.iter().take(6);
    all.extend(free.map(|f| {
        Measure::plain(format!("{}, without the constraint", named(f)), "q̃", f.free, Unit::Share).with_sd(Some(f.free_se))
    }));
    all
}

fn plain(e: &Electorates, f: &Fitted) -> String {
    let headline = f.headline(e);
    let impossible = f.impossible().count();
    format!(
        "A regression of {} places, which is no survey of voters, gives {} of those who did not vote then to {} now \
         (band {} to {}); without the constraint {} of {} flows would lie outside 0 to 100 % by more than their errors.",
        count(e.places.len()),
        percent(headline.share, 1),
        e.now[headline.to],
        percent(headline.band[0], 1),
        percent(headline.band[1], 1),
        count(impossible),
        count(f.all.len()),
    )
}

/// The largest flows, in voters.
fn pictures(e: &Electorates, f: &Fitted, slice: &Slice<'_>) -> Vec<Picture> {
    if slice.scope != Scope::Whole {
        return Vec::new();
    }
    let size = |flow: &Flow| e.size_then[flow.from] * flow.share;
    let mut largest: Vec<&Flow> = f.all.iter().collect();
    largest.sort_by(|a, b| size(b).total_cmp(&size(a)).then((a.from, a.to).cmp(&(b.from, b.to))));
    largest.truncate(24);
    largest.sort_by_key(|flow| (flow.from, flow.to));
    let row = |flow: &&Flow| IntervalRow {
        label: format!("{} → {}", e.then[flow.from], e.now[flow.to]),
        estimate: Some(flow.share),
        low: flow.band[0],
        high: flow.band[1],
        mark: None,
    };
    vec![Picture::Intervals {
        title: "Where the regression puts the voters of the earlier election".to_owned(),
        axis: "part of the voters before the arrow".to_owned(),
        unit: Unit::Share,
        rows: largest.iter().map(row).collect(),
    }]
}
