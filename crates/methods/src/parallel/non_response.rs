//! P240: what the stations that did not report could change.

mod say;

use glassurn_model::Answer;
use glassurn_stats::{
    imbens_manski,
    survey::{Estimate, ratio},
};

use super::Method;
use super::station_sample::{Absent, LEVEL, Prepared, Report, StationSample, by_share};

#[doc = include_str!("non_response.md")]
pub const METHOD: Method = Method {
    code: "P240",
    name: "non-response",
    title: "What missing reports could change",
    doc: include_str!("non_response.md"),
};

/// A figure with the range that missing reports leave open.
#[derive(Debug, Clone, PartialEq)]
pub struct Range {
    /// Estimate as if reports were missing at random within strata.
    pub at_random: Estimate,
    /// Lowest and highest value of the sample's own ratio, whatever the missing stations hold.
    pub bounds: [f64; 2],
    /// The range with sampling error: Imbens and Manski's interval.
    pub interval: [f64; 2],
}

/// The figures that everything printed is made of.
#[derive(Debug, Clone, PartialEq)]
pub struct NonResponse {
    /// Range of each contestant's share.
    pub shares: Vec<Range>,
    /// Contestants, largest share first.
    pub order: Vec<usize>,
    /// Range of the first less the second.
    pub margin: Option<Range>,
    /// Planned stations without a complete report.
    pub missing: usize,
    /// Planned stations.
    pub planned: usize,
    /// Missing stations whose cap is the largest total reported, for want of registered voters.
    pub largest: usize,
}

/// How many votes a missing station can have, in its registered voters.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Cap {
    /// All of them voted.
    Registered,
    /// This part of them voted: an assumption that can be checked later.
    Turnout(f64),
}

impl Cap {
    /// Votes per registered voter.
    fn part(self) -> f64 {
        match self {
            Cap::Registered => 1.0,
            Cap::Turnout(part) => part.clamp(0.0, 1.0),
        }
    }
}

/// Where the second, tighter cap comes from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tighter {
    /// Largest turnout of a missing station.
    pub turnout: f64,
    /// Whether somebody stated it; else it is that which only one reporting station in a hundred exceeds.
    pub stated: bool,
}

/// The turnout that one reporting station in a hundred exceeds; `None` where none has registered voters.
pub fn observed_turnout(sample: &StationSample) -> Option<f64> {
    let p = sample.prepare().ok()?;
    let of = |r: &&Report| Some(r.total? as f64 / r.registered.filter(|n| *n > 0)? as f64);
    let mut turnouts: Vec<f64> = p.used.iter().filter_map(of).collect();
    turnouts.sort_by(f64::total_cmp);
    let rank = (turnouts.len() * 99).div_ceil(100).checked_sub(1)?;
    turnouts.get(rank).copied()
}

/// The second cap: what is stated, else what is observed; `None` where it is no tighter than all voters.
pub fn tighter(sample: &StationSample, stated: Option<f64>) -> Option<Tighter> {
    let found = match stated {
        Some(turnout) => Tighter { turnout, stated: true },
        None => Tighter { turnout: observed_turnout(sample)?, stated: false },
    };
    (found.turnout < 1.0).then_some(found)
}

/// The planned sample with room for what is missing.
struct Completed<'a> {
    prepared: Prepared<'a>,
    design: glassurn_stats::survey::Design,
    /// Cap on the votes of each missing station.
    caps: Vec<f64>,
    largest: usize,
}

impl<'a> Completed<'a> {
    fn of(sample: &'a StationSample, most_voted: Cap) -> Result<Self, String> {
        let absent = sample.not_in_hand().ok_or("the planned sample is not given")?;
        let prepared = sample.prepare()?;
        let most = prepared.base.iter().copied().fold(0.0, f64::max);
        let cap = |registered: Option<i64>| registered.filter(|r| *r > 0).map(|r| r as f64);
        let votes = |a: &Absent| cap(a.registered).map_or(most, |r| r * most_voted.part());
        let caps: Vec<f64> = absent.iter().map(votes).collect();
        let largest = absent.iter().filter(|a| cap(a.registered).is_none()).count();
        let reported = prepared.used.iter().filter_map(|r| r.stratum);
        let homes: Vec<usize> = reported.chain(absent.iter().filter_map(|a| a.stratum)).collect();
        let (_, design) = sample.design(&homes)?;
        Ok(Completed { prepared, design, caps, largest })
    }

    /// The range of Σy/Σx when each missing station's y lies between `least` and 1 times its cap.
    fn range(&self, at_random: Estimate, votes: &[f64], least: f64) -> Option<Range> {
        let filled = |values: &[f64], part: f64| -> Vec<f64> {
            values.iter().copied().chain(self.caps.iter().map(|c| part * c)).collect()
        };
        let base = filled(&self.prepared.base, 1.0);
        let low = ratio(&self.design, &filled(votes, least), &base)?;
        let high = ratio(&self.design, &filled(votes, 1.0), &base)?;
        let bounds = [low.value, high.value];
        let interval = imbens_manski::interval(bounds, [low.se, high.se], LEVEL)?;
        Some(Range { at_random, bounds, interval })
    }
}

/// The ranges under this cap, or why there are none.
pub fn figures(sample: &StationSample, cap: Cap) -> Result<NonResponse, String> {
    let all = Completed::of(sample, cap)?;
    ranges(&all).ok_or_else(|| format!("the reports have no {}", sample.base))
}

fn ranges(all: &Completed<'_>) -> Option<NonResponse> {
    let p = &all.prepared;
    let estimates = p.shares().ok()?;
    let order = by_share(&estimates);
    let share = |(c, e): (usize, Estimate)| all.range(e, &p.votes(c), 0.0);
    let margin = match order.as_slice() {
        [a, b, ..] => {
            let gap: Vec<f64> =
                p.votes(*a).iter().zip(p.votes(*b)).map(|(a, b)| a - b).collect();
            Some(all.range(p.margin(*a, *b)?, &gap, -1.0)?)
        }
        _ => None,
    };
    Some(NonResponse {
        shares: estimates.into_iter().enumerate().map(share).collect::<Option<_>>()?,
        order,
        margin,
        missing: all.caps.len(),
        planned: all.caps.len() + p.used.len(),
        largest: all.largest,
    })
}

/// The answer: first with every registered voter of a missing station voting, then under the tighter cap.
pub fn answer(sample: &StationSample, stated: Option<f64>) -> Answer {
    let subject = format!("shares of {}", sample.base);
    let under = |t: Tighter| Some((t, figures(sample, Cap::Turnout(t.turnout)).ok()?));
    match figures(sample, Cap::Registered) {
        Err(why) => Answer::refused(METHOD.code, subject, why),
        Ok(f) => say::answer(sample, &f, tighter(sample, stated).and_then(under), subject),
    }
}
