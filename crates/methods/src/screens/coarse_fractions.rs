//! S220 coarse-fractions.

use glassurn_model::{
    Finding, LeftOut, Outcome, P, PKind, Reason,
};
use glassurn_stats::poisson_binomial;

use crate::entries::{Entry, entries};
use crate::local_law::fit;
use crate::{Cost, Family, Focus, Meta, Screen, Slice, Status, caveat};

mod fractions;
mod say;
use fractions::FRACTIONS;
pub use fractions::{Row, Station};

#[doc = include_str!("coarse_fractions.md")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CoarseFractions {
    /// Largest denominator of a fraction looked at, at most ten.
    pub max_denominator: i64,
    /// Fewest ballots cast at a station used.
    pub min_cast: i64,
    /// Fewest stations for an answer.
    pub min_stations: usize,
}

/// The sufficient figures of a slice.
#[derive(Debug, Clone, PartialEq)]
pub struct Tally {
    /// The stations used.
    pub stations: Vec<Station>,
    /// The fractions looked at.
    pub table: Vec<Row>,
    /// The stations left out, by reason.
    pub left_out: Vec<LeftOut>,
}

impl CoarseFractions {
    /// Denominators up to ten, stations with at least fifty ballots.
    pub const DEFAULT: Self =
        CoarseFractions { max_denominator: 10, min_cast: 50, min_stations: 50 };

    const CODE: &'static str = "S220";

    /// The sufficient figures of a slice.
    pub fn tally(&self, slice: &Slice<'_>) -> Result<Tally, Reason> {
        let (entries, tray) = entries(slice, self.min_cast)?;
        let used = entries.len();
        if used < self.min_stations {
            return Err(Reason::TooFew { used, needed: self.min_stations });
        }
        let laws = fit(&entries);
        let wanted = FRACTIONS.iter().filter(|f| f.1 <= self.max_denominator);
        let mut table: Vec<Row> = wanted.map(|f| Row::empty(f.2)).collect();
        let station = |e: &Entry| Station::new(e, &laws[e.group as usize], &mut table);
        let stations = entries.iter().map(station).collect();
        Ok(Tally { stations, table, left_out: tray.empty() })
    }

    fn find(&self, slice: &Slice<'_>) -> Result<Finding, Reason> {
        let tally = self.tally(slice)?;
        let used = tally.stations.len();
        Ok(Finding {
            screen: Self::CODE,
            subject: slice.subject(),
            used,
            measures: tally.measures(),
            p: Some(P { value: tally.p(), kind: PKind::Exact }),
            effect: tally.effect(),
            plain: tally.plain(self.max_denominator.min(10)),
            pictures: vec![tally.bars()],
            stations: tally.least_likely(),
            caveats: caveat::of(used, slice.len()),
            left_out: tally.left_out,
        })
    }
}

impl Screen for CoarseFractions {
    fn meta(&self) -> Meta {
        Meta {
            code: Self::CODE,
            name: "coarse-fractions",
            title: "Coarse fractions",
            family: Family::Rounding,
            focus: Focus::Choice,
            status: Status::Stable,
            cost: Cost::Quick,
            doc: include_str!("coarse_fractions.md"),
        }
    }

    fn run(&self, slice: &Slice<'_>) -> Outcome {
        slice.outcome(Self::CODE, self.find(slice))
    }
}

impl Tally {
    /// P(at least as many stations as observed), exactly.
    pub fn p(&self) -> f64 {
        let chances: Vec<f64> = self.stations.iter().map(|s| s.chance).collect();
        let count = self.stations.iter().filter(|s| s.fraction.is_some()).count();
        poisson_binomial::sf(&chances, count as u64)
    }

    /// Stations at a fraction: how many, expectation and standard deviation under the null.
    pub fn sum(&self) -> (f64, f64, f64) {
        let observed = self.stations.iter().filter(|s| s.fraction.is_some()).count();
        let expected = self.stations.iter().map(|s| s.chance).sum();
        let variance: f64 = self.stations.iter().map(|s| s.chance * (1.0 - s.chance)).sum();
        (observed as f64, expected, variance.sqrt())
    }
}
