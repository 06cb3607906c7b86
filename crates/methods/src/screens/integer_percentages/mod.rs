//! S210 integer-percentages.

mod picture;
mod tally;

use glassurn_model::{Effect, Finding, Measure, Outcome, P, PKind, Reason, Unit};
use glassurn_stats::{poisson_binomial, weighted_bernoulli};

pub use tally::{Station, Sum, Tally, Weight, Which};

use crate::{
    Cost, Family, Focus, Meta, Screen, Slice, Status, ballots::Rules, caveat, phrase, plug_in::Windows,
};

#[doc = include_str!("../integer_percentages.md")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IntegerPercentages {
    /// Fewest registered voters of a station used.
    pub min_registered: i64,
    /// Highest turnout used, in per cent.
    pub max_turnout: i64,
    /// Highest share used, in per cent.
    pub max_share: i64,
    /// Distance between the percentages looked at, in per cent.
    pub step: i64,
    /// How near counts as whole, in hundredths of a percentage point.
    pub tolerance: i64,
    /// Fewest stations for an answer.
    pub min_stations: usize,
}

impl IntegerPercentages {
    /// The rules of Kobak, Shpilkin and Pshenichnikov.
    pub const DEFAULT: Self = IntegerPercentages {
        min_registered: 100,
        max_turnout: 99,
        max_share: 99,
        step: 1,
        tolerance: 5,
        min_stations: 50,
    };

    const CODE: &'static str = "S210";

    /// Which stations are used.
    fn rules(&self) -> Rules {
        Rules {
            min_registered: self.min_registered,
            max_turnout: self.max_turnout,
            max_share: self.max_share,
        }
    }

    /// The whole percentages with their tolerance.
    fn windows(&self) -> Windows {
        Windows { step: 100 * self.step.clamp(1, 100), half: self.tolerance.max(0) }
    }

    /// The sufficient figures of a slice.
    pub fn tally(&self, slice: &Slice<'_>) -> Result<Tally, Reason> {
        let tally = Tally::new(self, slice)?;
        let used = tally.stations.len();
        if used < self.min_stations {
            return Err(Reason::TooFew { used, needed: self.min_stations });
        }
        Ok(tally)
    }

    fn find(&self, slice: &Slice<'_>) -> Result<Finding, Reason> {
        let tally = self.tally(slice)?;
        Ok(Finding {
            screen: Self::CODE,
            subject: slice.subject(),
            used: tally.stations.len(),
            measures: measures(&tally, slice),
            p: Some(P { value: tally.p(Which::Either), kind: PKind::Exact }),
            effect: effect(&tally),
            plain: self.plain(&tally),
            pictures: picture::all(&tally, slice),
            stations: largest(&tally),
            caveats: caveat::of(tally.stations.len(), slice.len()),
            left_out: tally.left_out,
        })
    }

    fn plain(&self, tally: &Tally) -> String {
        let sum = tally.sum(Which::Either, Weight::Stations);
        format!(
            "{} of {} stations report a turnout or a share within {:.2} percentage points of a \
             {}; {} would if each station's counts were drawn again (standard deviation {:.0}), \
             so this is {} that.",
            phrase::number(sum.observed),
            phrase::count(tally.stations.len()),
            self.tolerance as f64 / 100.0,
            self.target(),
            phrase::number(sum.expected),
            sum.sd(),
            phrase::difference(sum.excess()),
        )
    }

    /// What is looked for, in words.
    fn target(&self) -> String {
        match self.step {
            1 => "whole percentage".to_owned(),
            step => format!("multiple of {step} per cent"),
        }
    }
}

impl Screen for IntegerPercentages {
    fn meta(&self) -> Meta {
        Meta {
            code: Self::CODE,
            name: "integer-percentages",
            title: "Whole percentages",
            family: Family::Rounding,
            focus: Focus::Choice,
            status: Status::Stable,
            cost: Cost::Quick,
            doc: include_str!("../integer_percentages.md"),
        }
    }

    fn run(&self, slice: &Slice<'_>) -> Outcome {
        slice.outcome(Self::CODE, self.find(slice))
    }
}

impl Tally {
    /// P(at least as many stations as observed), exactly.
    pub fn p(&self, which: Which) -> f64 {
        poisson_binomial::sf(&self.chances(which), self.count(which))
    }

    /// P(at least as much weight as observed), by saddle-point approximation.
    pub fn weighted_p(&self, which: Which, weight: Weight) -> f64 {
        let weights: Vec<f64> = self.stations.iter().map(|s| weight.of(&s.ballots) as f64).collect();
        let observed = self.sum(which, weight).observed;
        weighted_bernoulli::sf_saddlepoint(&weights, &self.chances(which), observed)
    }
}

/// The twelve sums, the headline first, then the p of the two parts.
fn measures(tally: &Tally, slice: &Slice<'_>) -> Vec<Measure> {
    let sums = Which::ALL.into_iter().flat_map(|which| Weight::ALL.map(|weight| (which, weight)));
    let sum = |(which, weight): (Which, Weight)| {
        let sum = tally.sum(which, weight);
        Measure {
            name: format!("{} at {}", weight.title(), which.title()),
            symbol: symbol(which, weight),
            value: sum.observed,
            expected: Some(sum.expected),
            sd: Some(sum.sd()),
            unit: if weight == Weight::Stations { Unit::Stations } else { Unit::Votes },
        }
    };
    let part = |(which, symbol): (Which, &'static str)| Measure {
        name: format!("p of {} (exact)", which.title()),
        symbol,
        value: tally.p(which),
        expected: None,
        sd: None,
        unit: Unit::None,
    };
    let parts = [(Which::Share, "p_S"), (Which::Turnout, "p_T")].into_iter();
    sums.map(sum).chain(parts.filter(|_| slice.is_shown()).map(part)).collect()
}

/// The symbol of a sum in the documentation.
fn symbol(which: Which, weight: Weight) -> &'static str {
    let all = match which {
        Which::Either => ["I", "I_N", "I_G", "I_W"],
        Which::Share => ["S", "S_N", "S_G", "S_W"],
        Which::Turnout => ["T", "T_N", "T_G", "T_W"],
    };
    match weight {
        Weight::Stations => all[0],
        Weight::Voters => all[1],
        Weight::Ballots => all[2],
        Weight::Votes => all[3],
    }
}

fn effect(tally: &Tally) -> Effect {
    let sum = tally.sum(Which::Either, Weight::Stations);
    let half = 1.96 * sum.sd();
    Effect {
        name: "stations at whole percentages beyond expectation".to_owned(),
        value: sum.excess(),
        unit: Unit::Stations,
        interval: Some([sum.excess() - half, sum.excess() + half]),
        stations: Some(sum.excess()),
        votes: Some(tally.sum(Which::Either, Weight::Ballots).excess()),
    }
}

/// The largest stations at which both percentages are whole.
fn largest(tally: &Tally) -> Vec<(u32, String)> {
    let mut both: Vec<_> = tally.stations.iter().filter(|s| s.whole == [true; 2]).collect();
    both.sort_by_key(|s| (std::cmp::Reverse(s.ballots.registered), s.ballots.row));
    let why = |s: &Station| {
        let [turnout, share] = [s.ballots.turnout(), s.ballots.share()].map(|x| phrase::percent(x, 2));
        format!("turnout {turnout} and share {share}, {} voters", s.ballots.registered)
    };
    both.into_iter().take(20).map(|s| (s.ballots.row, why(s))).collect()
}
