//! S830 rounds.

use glassurn_model::{Caveat, Effect, Finding, Measure, Outcome, Picture, Reason, Scope, Unit};

use crate::pairs::{PairRules, shares};
use crate::{
    Cost, Family, Focus, LEVEL, Meta, Screen, Slice, Status, caveat,
    inference::Estimate,
    phrase::{count, percent},
};

mod plane;

pub use plane::{Kind, Rounds as Fitted, Round};

#[doc = include_str!("rounds.md")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rounds {
    /// Fewest registered voters of a station, in both rounds.
    pub min_registered: i64,
    /// Largest difference of the two lists of voters, in per cent of the shorter one.
    pub list_change: i64,
    /// Fewest stations for an answer.
    pub min_stations: usize,
    /// Fewest units by which the errors are grouped.
    pub min_groups: usize,
}

const CODE: &str = "S830";

impl Rounds {
    /// Lists that differ by at most a fifth: two rounds are weeks apart.
    pub const DEFAULT: Self =
        Rounds { min_registered: 30, list_change: 20, min_stations: 100, min_groups: 8 };

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
            effect: Effect {
                name: "points of share now for each point in the first round".to_owned(),
                value: fitted.slope.value,
                unit: Unit::None,
                interval: Some(fitted.slope.interval()),
                stations: None,
                votes: None,
            },
            plain: plain(&fitted),
            pictures: pictures(&fitted, slice),
            stations: farthest(&fitted),
            caveats,
            left_out: fitted.left_out,
        })
    }
}

impl Screen for Rounds {
    fn meta(&self) -> Meta {
        Meta {
            code: CODE,
            name: "rounds",
            title: "The second round on the first",
            family: Family::Elections,
            focus: Focus::Choice,
            status: Status::Trial,
            cost: Cost::Quick,
            doc: include_str!("rounds.md"),
        }
    }

    fn run(&self, slice: &Slice<'_>) -> Outcome {
        slice.outcome(CODE, self.find(slice))
    }
}

fn measures(f: &Fitted) -> Vec<Measure> {
    let plain = Measure::plain;
    let with = |name: String, symbol, e: Estimate| {
        Measure::plain(name, symbol, e.value, Unit::None).with_sd(Some(e.se))
    };
    let [low, high] = f.change.interval();
    let of = f.kind.name();
    vec![
        plain("share of the variance that the regression accounts for", "R²", f.r_squared, Unit::Share),
        with(format!("slope on the first round's share, at the mean {of}"), "β", f.slope),
        with(format!("slope on the {of}, at the mean share"), "κ", f.moderator),
        with(format!("change of the first slope with the {of}"), "δ", f.change),
        plain("lower end of δ's 95 % interval", "δ₋", low, Unit::None),
        plain("upper end of δ's 95 % interval", "δ₊", high, Unit::None),
        plain("p of δ = 0, two-sided", "p(δ)", f.change.p(), Unit::None),
        plain("degrees of freedom of δ's interval and p", "df", f.change.df, Unit::None),
        Measure::plain(format!("mean {of}"), "k̄", f.means[1], Unit::Share),
        plain("units by which errors are grouped", "G", f.groups as f64, Unit::None),
    ]
}

fn plain(f: &Fitted) -> String {
    let [low, high] = f.slope.interval();
    let [d_low, d_high] = f.change.interval();
    let moderator = match f.kind {
        Kind::Contested => "where no ballot was contested to where all were",
        Kind::SetFree => "where no vote of the first round was for choices that do not stand now to where all were",
    };
    let clear = match f.change.p() <= LEVEL {
        true => "which chance would seldom give",
        false => "no more than chance gives",
    };
    format!(
        "The first round accounts for {} of how the share varies over {} stations: a point then is {:.2} points now (95 % \
         interval {low:.2} to {high:.2}). From {moderator} that figure changes by {:.2} (95 % interval {d_low:.2} to \
         {d_high:.2}), {clear}.",
        percent(f.r_squared, 1),
        count(f.stations.len()),
        f.slope.value,
        f.change.value,
    )
    .replace('-', "−")
}

fn pictures(f: &Fitted, slice: &Slice<'_>) -> Vec<Picture> {
    if slice.scope != Scope::Whole {
        return Vec::new();
    }
    let shares_then = || f.stations.iter().map(|s| s.pair.then.share());
    let (low, high) = (shares_then().fold(1.0, f64::min), shares_then().fold(0.0, f64::max));
    let at: Vec<f64> = (0..=20).map(|i| low + (high - low) * f64::from(i) / 20.0).collect();
    // Where the plane leaves what a share can be it is not drawn.
    let inside = |share: f64| if (0.0..=1.0).contains(&share) { share } else { f64::NAN };
    let line = |k: f64| at.iter().map(|x| inside(f.at(*x, k))).collect::<Vec<f64>>();
    let of = f.kind.name();
    let named = |k: f64| (format!("{of} of {}", percent(k, 0)), line(k));
    vec![
        shares(
            "Share in the first round and now",
            "share in the first round".to_owned(),
            f.stations.iter().map(|s| &s.pair),
        ),
        Picture::Lines {
            title: "What the first round leads one to expect".to_owned(),
            x: "share in the first round".to_owned(),
            y: "share now".to_owned(),
            at: at.clone(),
            series: f.range.map(named).to_vec(),
        },
    ]
}

/// The stations that lie farthest from the plane.
fn farthest(f: &Fitted) -> Vec<(u32, String)> {
    let mut all: Vec<&Round> = f.stations.iter().collect();
    all.sort_by(|a, b| {
        let by = b.apart.abs().total_cmp(&a.apart.abs());
        by.then(a.pair.now.row.cmp(&b.pair.now.row))
    });
    let say = |s: &&Round| {
        let (then, now) = (percent(s.pair.then.share(), 1), percent(s.pair.now.share(), 1));
        let expected = percent(s.pair.now.share() - s.apart, 1);
        (s.pair.now.row, format!("share {then} in the first round, {now} now, {expected} by the plane"))
    };
    all.iter().take(10).map(say).collect()
}
