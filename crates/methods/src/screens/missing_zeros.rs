//! S411: stations without a single vote for a small choice.

use glassurn_model::{Effect, Finding, LeftOut, Measure, Outcome, P, PKind, Picture, Reason, Unit};
use glassurn_stats::multiple;

use crate::entries::{Entry, entries, groups};
use crate::local_law;
use crate::phrase::number;
use crate::{Cost, Family, Focus, Meta, Screen, Slice, Status};

mod law;
use law::{Few, ZeroLaw};

#[doc = include_str!("missing_zeros.md")]
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MissingZeros {
    /// Fewest ballots at a station.
    pub min_cast: i64,
    /// Fewest stations with at most two votes.
    pub min_stations: usize,
}

impl MissingZeros {
    /// The settings used when none are given.
    pub const DEFAULT: Self = MissingZeros { min_cast: 50, min_stations: 30 };
}

const CODE: &str = "S411";

impl Screen for MissingZeros {
    fn meta(&self) -> Meta {
        Meta {
            code: CODE,
            name: "missing-zeros",
            title: "Stations without a vote for a small choice",
            family: Family::Repetition,
            focus: Focus::Choice,
            status: Status::Stable,
            cost: Cost::Quick,
            doc: include_str!("missing_zeros.md"),
        }
    }

    fn run(&self, slice: &Slice<'_>) -> Outcome {
        slice.outcome(CODE, self.count(slice).map(|zeros| zeros.finding(slice)))
    }
}

/// What is counted.
struct Zeros {
    left_out: Vec<LeftOut>,
    /// Stations with no, one and two votes, in each group.
    groups: Vec<Few>,
    /// The stations with one or two votes.
    few: Vec<Entry>,
    total: Few,
    law: ZeroLaw,
    /// For each group P(so few zeros or fewer).
    p: Vec<f64>,
    /// Zeros that a beta-binomial law fitted to each group expects.
    fitted: f64,
}

impl MissingZeros {
    fn count(&self, slice: &Slice<'_>) -> Result<Zeros, Reason> {
        let (all, mut tray) = entries(slice, self.min_cast.max(2))?;
        let smallest = all.iter().map(|e| e.cast).min().unwrap_or(2);
        let mut counted = vec![Few::default(); groups(&all)];
        let mut few = Vec::new();
        for e in &all {
            if e.votes > 2 {
                tray.put(Reason::Above { what: "votes", maximum: "2".to_owned() });
                continue;
            }
            counted[e.group as usize].add(e.votes);
            few.extend((e.votes > 0).then_some(*e));
        }
        let total = counted.iter().fold(Few::default(), |sum, few| sum.plus(few));
        if total.stations() < self.min_stations.max(1) {
            return Err(Reason::TooFew { used: total.stations(), needed: self.min_stations });
        }
        let laws: Vec<_> = counted.iter().map(|few| ZeroLaw::of(few, smallest)).collect();
        let law = ZeroLaw::sum(&laws);
        if law.variance() <= 0.0 {
            return Err(Reason::Constant);
        }
        let p = laws.iter().zip(&counted).map(|(law, few)| law.cdf(few.none)).collect();
        let (left_out, fitted) = (tray.empty(), fitted(&all));
        Ok(Zeros { left_out, groups: counted, few, total, law, p, fitted })
    }
}

/// Zeros expected by a beta-binomial law fitted to each group: shown beside the bound, not tested.
fn fitted(all: &[Entry]) -> f64 {
    local_law::no_votes(all).iter().sum()
}

impl Zeros {
    fn finding(self, slice: &Slice<'_>) -> Finding {
        let (expected, sd) = (self.law.mean(), self.law.variance().sqrt());
        let lacking = expected - self.total.none as f64;
        Finding {
            screen: CODE,
            subject: slice.subject(),
            used: self.total.stations(),
            measures: self.measures(),
            p: Some(P { value: self.law.cdf(self.total.none), kind: PKind::Exact }),
            effect: Effect {
                name: "stations without a vote that are lacking".to_owned(),
                value: lacking,
                unit: Unit::Stations,
                interval: Some([lacking - 1.959_963_984_540_054 * sd, lacking + 1.959_963_984_540_054 * sd]),
                stations: Some(lacking),
                // A station that should have had no vote reports at least one.
                votes: Some(lacking),
            },
            plain: format!(
                "{} stations report no vote, {} one and {} two, where so many ones and twos go with {} zeros at least.",
                number(self.total.none as f64),
                number(self.total.one as f64),
                number(self.total.two as f64),
                number(expected)
            ),
            pictures: vec![self.bars(expected, sd)],
            stations: self.stations(slice),
            caveats: Vec::new(),
            left_out: self.left_out,
        }
    }

    fn measures(&self) -> Vec<Measure> {
        let zeros = |symbol, name: &str, value, expected, sd| Measure {
            name: name.to_owned(),
            symbol,
            value,
            expected,
            sd,
            unit: Unit::Stations,
        };
        let none = self.total.none as f64;
        let sd = self.law.variance().sqrt();
        let smallest = multiple::holm(&self.p).into_iter().fold(1.0, f64::min);
        vec![
            zeros("Z", "stations without a vote", none, Some(self.law.mean()), Some(sd)),
            zeros("Z₁", "zeros of a beta-binomial law fitted to each group", self.fitted, None, None),
            Measure {
                name: format!("smallest p of {} groups, adjusted by Holm", self.p.len()),
                symbol: "p_g",
                value: smallest,
                expected: None,
                sd: None,
                unit: Unit::None,
            },
        ]
    }

    /// Stations with one or two votes in the group with the smallest p.
    fn stations(&self, slice: &Slice<'_>) -> Vec<(u32, String)> {
        let Some(group) = (0..self.p.len()).min_by(|&i, &j| self.p[i].total_cmp(&self.p[j])) else {
            return Vec::new();
        };
        let levels = &slice.returns.stations.levels;
        let unit = slice.groups.and_then(|g| levels.get(g)?.units.get(group));
        let Few { none, one, two } = self.groups[group];
        let place = unit.map_or_else(String::new, |unit| format!(" in {unit}"));
        let say = format!("{none} stations{place} report no vote, {one} report one and {two} two");
        let of_group = self.few.iter().filter(|e| e.group as usize == group);
        of_group.take(20).map(|e| (e.row, format!("reports {}; {say}", e.votes))).collect()
    }

    /// Given the stations and their votes, one zero more is one two more and two ones fewer.
    fn bars(&self, expected: f64, sd: f64) -> Picture {
        let Few { none, one, two } = self.total;
        let more = expected - none as f64;
        Picture::Bars {
            title: "Stations with few votes".to_owned(),
            axis: "votes for the choice".to_owned(),
            labels: ["0", "1", "2"].map(str::to_owned).to_vec(),
            observed: vec![none as f64, one as f64, two as f64],
            expected: vec![expected, one as f64 - 2.0 * more, two as f64 + more],
            sd: vec![sd, 2.0 * sd, sd],
        }
    }
}
