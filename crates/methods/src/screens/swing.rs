//! S820 swing.

use glassurn_stats::normal;
use glassurn_model::{Caveat, Effect, Finding, Measure, Outcome, Picture, Reason, Scope, Unit};

use crate::distances::Drawing;
use crate::pairs::{PairRules, shares};
use crate::{
    Cost, Family, Focus, Meta, Screen, Slice, Status, caveat,
    phrase::{count, number, percent},
};

mod fit;

pub use fit::{Station, Swing as Fitted};

#[doc = include_str!("swing.md")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Swing {
    /// Fewest registered voters of a station, in both elections.
    pub min_registered: i64,
    /// Largest difference of the two lists of voters, in per cent of the shorter one.
    pub list_change: i64,
    /// Fewest stations of a unit.
    pub min_group: usize,
    /// Fewest stations for an answer.
    pub min_stations: usize,
}

const CODE: &str = "S820";

impl Swing {
    /// Lists of at least 50 that differ by at most a half, in units of at least eight stations.
    pub const DEFAULT: Self =
        Swing { min_registered: 50, list_change: 50, min_group: 8, min_stations: 100 };

    /// The sufficient figures of a slice.
    pub fn fitted(&self, slice: &Slice<'_>) -> Result<Fitted, Reason> {
        let rules = PairRules { min_registered: self.min_registered, list_change: self.list_change };
        Fitted::of(self, slice, rules.apply(slice)?)
    }

    fn find(&self, slice: &Slice<'_>) -> Result<Finding, Reason> {
        let fitted = self.fitted(slice)?;
        let mut caveats = caveat::describing(fitted.stations.len(), slice.len());
        caveats.push(Caveat::MixedElectorates);
        Ok(Finding {
            screen: CODE,
            subject: slice.subject(),
            used: fitted.stations.len(),
            measures: measures(&fitted),
            p: None,
            effect: effect(&fitted),
            plain: plain(&fitted),
            pictures: pictures(&fitted, slice),
            stations: farthest(&fitted),
            caveats,
            left_out: fitted.left_out,
        })
    }
}

impl Screen for Swing {
    fn meta(&self) -> Meta {
        Meta {
            code: CODE,
            name: "swing",
            title: "Stations beyond the swing since an earlier election",
            family: Family::Elections,
            focus: Focus::Choice,
            status: Status::Trial,
            cost: Cost::Quick,
            doc: include_str!("swing.md"),
        }
    }

    fn run(&self, slice: &Slice<'_>) -> Outcome {
        slice.outcome(CODE, self.find(slice))
    }
}

fn measures(f: &Fitted) -> Vec<Measure> {
    let plain = Measure::plain;
    let n = f.stations.len() as f64;
    let far = f.stations.iter().filter(|s| s.studentised.abs() > 3.0).count() as f64 / n;
    let [up, down] = f.listed();
    let most = f.stations.iter().map(|s| s.studentised.abs()).fold(0.0, f64::max);
    let least = f.stations.iter().map(|s| s.adjusted).fold(1.0, f64::min);
    vec![
        plain("stations far above the swing", "n₊", up as f64, Unit::Stations),
        plain("stations far below the swing", "n₋", down as f64, Unit::Stations),
        plain("spread between stations beyond chance, on the logit scale", "τ", f.spread, Unit::None),
        plain("slope on the earlier share, both as logits", "β", f.slopes[0], Unit::None),
        plain("slope on the earlier turnout, as a logit", "γ", f.slopes[1], Unit::None),
        plain("share of stations more than three deviations out", "|t| > 3", far, Unit::Share)
            .expecting(0.0027, (0.0027 / n).sqrt()),
        plain("largest studentised residual", "max|t|", most, Unit::None),
        plain("smallest p of a station, adjusted for all", "q", least, Unit::None),
        plain("units", "G", f.groups as f64, Unit::None),
    ]
}

fn effect(f: &Fitted) -> Effect {
    let (votes, sd) = f.votes_beyond();
    let listed: usize = f.listed().iter().sum();
    Effect {
        name: "votes beyond the swing at the stations far out".to_owned(),
        value: votes,
        unit: Unit::Votes,
        interval: (listed > 0).then_some([votes - 1.96 * sd, votes + 1.96 * sd]),
        stations: Some(listed as f64),
        votes: Some(votes),
    }
}

fn plain(f: &Fitted) -> String {
    let [up, down] = f.listed();
    let of = match f.predecessor.same {
        true => "its share".to_owned(),
        false => format!("the share of {}, its nearest predecessor,", f.predecessor.name),
    };
    let found = match up + down {
        0 => "None".to_owned(),
        far => count(far),
    };
    let verb = if up + down > 1 { "lie" } else { "lies" };
    let (votes, _) = f.votes_beyond();
    let votes = match up + down {
        0 => String::new(),
        _ => format!(
            ": {} above and {} below, with {} votes {} than the swing gives",
            count(up),
            count(down),
            number(votes.abs()),
            if votes < 0.0 { "fewer" } else { "more" },
        ),
    };
    format!(
        "{found} of {} stations {verb} further than chance allows from what {of} and the turnout of the earlier election \
         lead one to expect, beside the others of the same {}{votes}.",
        count(f.stations.len()),
        f.level,
    )
}

fn pictures(f: &Fitted, slice: &Slice<'_>) -> Vec<Picture> {
    if slice.scope != Scope::Whole {
        return Vec::new();
    }
    let then = format!("share of {} in the earlier election", f.predecessor.name);
    let pairs = f.stations.iter().map(|s| &s.pair);
    vec![residuals(f), shares("Share then and now", then, pairs)]
}

fn residuals(f: &Fitted) -> Picture {
    let distances: Vec<f64> = f.stations.iter().map(|s| s.studentised).collect();
    let title = "How far stations lie from the swing".to_owned();
    Drawing { title, width: 0.5, bars: 32 }.of(&distances, normal::cdf)
}

/// The listed stations that lie farthest out.
fn farthest(f: &Fitted) -> Vec<(u32, String)> {
    let mut far: Vec<&Station> = f.stations.iter().filter(|s| s.is_listed()).collect();
    far.sort_by(|a, b| {
        let by = b.studentised.abs().total_cmp(&a.studentised.abs());
        by.then(a.pair.now.row.cmp(&b.pair.now.row))
    });
    let say = |s: &&Station| {
        let text = format!(
            "share {} then, {} now, {} by the swing: {} votes {}",
            percent(s.pair.then.share(), 1),
            percent(s.pair.now.share(), 1),
            percent(s.expected, 1),
            number(s.beyond().abs()),
            if s.beyond() < 0.0 { "fewer" } else { "more" },
        );
        (s.pair.now.row, text)
    };
    far.iter().take(20).map(say).collect()
}
