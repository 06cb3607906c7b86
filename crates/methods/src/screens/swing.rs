//! S820 swing.

use glassurn_model::{Caveat, Effect, Finding, Measure, Outcome, Picture, Reason, Scope, Unit};

use crate::pairs::PairRules;
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
        let mut caveats = caveat::of(fitted.stations.len(), slice.len());
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
    let (votes, _) = f.votes_beyond();
    let of = if f.predecessor.same { "its share" } else { "the share of its nearest predecessor" };
    format!(
        "{} of {} stations lie further from what {of} and the turnout of the earlier election give, beside the \
         others of the same {}, than so many stations do by chance: {} above, {} below, with {} votes {} than the \
         swing gives.",
        count(up + down),
        count(f.stations.len()),
        f.level,
        count(up),
        count(down),
        number(votes.abs()),
        if votes < 0.0 { "fewer" } else { "more" },
    )
}

fn pictures(f: &Fitted, slice: &Slice<'_>) -> Vec<Picture> {
    if slice.scope != Scope::Whole {
        return Vec::new();
    }
    vec![residuals(f), shares(f)]
}

/// Half a deviation a bin, from −8 to 8; what lies beyond is in the last bins.
fn residuals(f: &Fitted) -> Picture {
    const BINS: usize = 32;
    let n = f.stations.len() as f64;
    let mut counts = vec![0.0; BINS];
    for s in &f.stations {
        let at = ((s.studentised + 8.0) * 2.0).floor().clamp(0.0, BINS as f64 - 1.0);
        let bin = (0..BINS).rev().find(|b| *b as f64 <= at).unwrap_or(0);
        counts[bin] += 1.0;
    }
    let edge = |bin: usize| -8.0 + 0.5 * bin as f64;
    let below = |bin: usize| glassurn_stats::normal::cdf(edge(bin));
    let chance = |bin: usize| below(bin + 1) - below(bin);
    Picture::Histogram {
        title: "How far stations lie from the swing".to_owned(),
        axis: "studentised residual".to_owned(),
        start: -8.0,
        width: 0.5,
        counts,
        expected: (0..BINS).map(|b| n * chance(b)).collect(),
        sd: (0..BINS).map(|b| (n * chance(b) * (1.0 - chance(b))).sqrt()).collect(),
    }
}

fn shares(f: &Fitted) -> Picture {
    const BINS: usize = 50;
    let mut counts = vec![0; BINS * BINS];
    let bin = |[part, whole]: [i64; 2]| {
        let bin = i128::from(part) * BINS as i128 / i128::from(whole.max(1));
        usize::try_from(bin).unwrap_or(0).min(BINS - 1)
    };
    for s in &f.stations {
        let (x, y) = (bin([s.pair.then.votes, s.pair.then.cast]), bin([s.pair.now.votes, s.pair.now.cast]));
        counts[y * BINS + x] += 1;
    }
    Picture::Heat {
        title: "Share then and now".to_owned(),
        x: format!("share of {} in the earlier election", f.predecessor.name),
        y: "share now".to_owned(),
        bins: BINS,
        counts,
    }
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
