//! S231: whether turnout and share have one mode, by Hartigan's dip.

use glassurn_model::{
    Caveat, Effect, Finding, IntervalRow, LeftOut, Measure, Outcome, Picture, Reason, Unit,
};
use glassurn_stats::{dip, interval, multiple};
use rayon::prelude::*;

use crate::ballots::{self, Ballots, Rate, Rules};
use crate::{Cost, Family, Focus, Meta, Screen, Slice, Status, caveat, phrase};

#[doc = include_str!("modes.md")]
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Modes {
    /// Fewest registered voters of a station used.
    pub min_registered: i64,
    /// Fewest stations for an answer, and in a group that is looked at.
    pub min_stations: usize,
    /// A group with a p-value up to this has more than one mode, for the count of groups.
    pub level: f64,
}

/// A dip and its p-value under the uniform law.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Dip {
    /// The statistic.
    pub value: f64,
    /// The chance of one as large.
    pub p: f64,
}

/// The dips of one rate.
#[derive(Debug, Clone, PartialEq)]
pub struct Dips {
    /// Over all stations, as others compute it: ties stay ties.
    pub overall: Dip,
    /// Over all stations, ties spread.
    pub spread: Dip,
    /// For each group with enough stations, ties spread.
    pub groups: Vec<Dip>,
}

/// The sufficient figures of a slice.
#[derive(Debug, Clone, PartialEq)]
pub struct Figures {
    /// The stations used.
    pub used: usize,
    /// The others, by reason.
    pub left_out: Vec<LeftOut>,
    /// Share, then turnout.
    pub of: [Dips; 2],
}

impl Modes {
    /// Stations of a hundred voters or more, groups of fifty stations or more, p up to 5 %.
    pub const DEFAULT: Self = Modes { min_registered: 100, min_stations: 50, level: 0.05 };

    const CODE: &'static str = "S231";

    /// The sufficient figures of a slice.
    pub fn figures(&self, slice: &Slice<'_>) -> Result<Figures, Reason> {
        let (stations, left_out) = Rules::possible(self.min_registered)
            .apply_to_at_least(self.min_stations, slice)?;
        for rate in Rate::BOTH {
            let first = rate.of(&stations[0]);
            if stations.iter().all(|s| same(rate.of(s), first)) {
                return Err(Reason::Constant);
            }
        }
        let groups = ballots::groups(slice, &stations);
        let of = Rate::BOTH.map(|rate| self.dips(rate, &stations, groups.as_deref()));
        Ok(Figures { used: stations.len(), left_out, of })
    }

    fn dips(&self, rate: Rate, stations: &[Ballots], groups: Option<&[u32]>) -> Dips {
        let parts: Vec<[i64; 2]> = stations.iter().map(|s| rate.of(s)).collect();
        let raw: Vec<f64> = parts.iter().map(|[x, n]| *x as f64 / *n as f64).collect();
        let mut members: Vec<Vec<[i64; 2]>> = Vec::new();
        for (&group, part) in groups.unwrap_or_default().iter().zip(&parts) {
            let group = group as usize;
            if members.len() <= group {
                members.resize(group + 1, Vec::new());
            }
            members[group].push(*part);
        }
        members.retain(|m| m.len() >= self.min_stations.max(4));
        let groups = members.into_par_iter().map(|m| Dip::of(&spread(m))).collect();
        Dips { overall: Dip::of(&raw), spread: Dip::of(&spread(parts)), groups }
    }

    fn find(&self, slice: &Slice<'_>) -> Result<Finding, Reason> {
        let figures = self.figures(slice)?;
        let mut caveats = caveat::of(figures.used, slice.len());
        caveats.push(Caveat::MixedElectorates);
        Ok(Finding {
            screen: Self::CODE,
            subject: slice.subject(),
            used: figures.used,
            measures: self.measures(&figures),
            p: None,
            effect: Effect {
                name: "dip of the share, ties spread".to_owned(),
                value: figures.of[0].spread.value,
                unit: Unit::None,
                interval: None,
                stations: None,
                votes: None,
            },
            plain: self.plain(&figures),
            pictures: vec![self.picture(&figures)],
            stations: Vec::new(),
            caveats,
            left_out: figures.left_out,
        })
    }

    /// Groups with a small p-value.
    fn many(&self, dips: &Dips) -> usize {
        dips.groups.iter().filter(|d| d.p <= self.level).count()
    }

    fn measures(&self, figures: &Figures) -> Vec<Measure> {
        let symbols = [
            ["D_v", "p_v", "D_v′", "p_v′", "k_v", "G", "p_v,G"],
            ["D_t", "p_t", "D_t′", "p_t′", "k_t", "G_t", "p_t,G"],
        ];
        let mut measures = Vec::new();
        for ((rate, dips), symbol) in Rate::BOTH.iter().zip(&figures.of).zip(symbols) {
            let name = rate.name();
            let mut put = |what: String, i: usize, value| {
                measures.push(Measure::plain(what, symbol[i], value, Unit::None));
            };
            put(format!("dip of the {name}, ties spread"), 2, dips.spread.value);
            put(format!("p of one mode for the {name}, ties spread"), 3, dips.spread.p);
            put(format!("dip of the {name} as others compute it"), 0, dips.overall.value);
            put(format!("p of one mode for the {name} as others compute it"), 1, dips.overall.p);
            if dips.groups.is_empty() {
                continue;
            }
            let n = dips.groups.len() as f64;
            let ps: Vec<f64> = dips.groups.iter().map(|d| d.p).collect();
            let smallest = multiple::holm(&ps).into_iter().fold(1.0, f64::min);
            measures.push(Measure {
                name: format!("groups whose {name} has more modes than one"),
                symbol: symbol[4],
                value: self.many(dips) as f64,
                expected: Some(self.level * n),
                sd: Some((n * self.level * (1.0 - self.level)).sqrt()),
                unit: Unit::None,
            });
            let mut put = |what: String, i: usize, value| {
                measures.push(Measure::plain(what, symbol[i], value, Unit::None));
            };
            put("groups looked at".to_owned(), 5, n);
            put(format!("smallest p of a group's {name}, for their number"), 6, smallest);
        }
        measures
    }

    fn plain(&self, figures: &Figures) -> String {
        let [share, turnout] = &figures.of;
        let p = |d: Dip| if d.p < 0.001 { "below 0.001".to_owned() } else { format!("{:.3}", d.p) };
        let whole = format!(
            "Over {} stations one mode gives a dip as large as that of the share with p {}, of turnout \
             with p {}",
            phrase::count(figures.used),
            p(share.spread),
            p(turnout.spread),
        );
        if share.groups.is_empty() {
            return format!("{whole}; different electorates make several modes.");
        }
        format!(
            "{whole}; looked at one by one, {} of {} groups have more modes than one in the share and \
             {} in turnout, where chance gives up to {}.",
            self.many(share),
            phrase::count(share.groups.len()),
            self.many(turnout),
            phrase::number((self.level * share.groups.len() as f64).ceil()),
        )
    }

    /// The parts of groups with more modes than one, beside the part that chance gives.
    fn picture(&self, figures: &Figures) -> Picture {
        let row = |(rate, dips): (&Rate, &Dips)| {
            let (many, n) = (self.many(dips), dips.groups.len());
            let [low, high] = interval::wilson(many as u64, n as u64, Z_975);
            let estimate = (n > 0).then(|| many as f64 / n as f64);
            IntervalRow { label: rate.name().to_owned(), estimate, low, high, mark: Some(self.level) }
        };
        Picture::Intervals {
            title: "Groups with more modes than one".to_owned(),
            axis: "part of the groups; the mark is what chance gives".to_owned(),
            unit: Unit::Share,
            rows: Rate::BOTH.iter().zip(&figures.of).map(row).collect(),
        }
    }
}

/// The 97.5 % point of the normal law.
const Z_975: f64 = 1.959_963_984_540_054;

impl Screen for Modes {
    fn meta(&self) -> Meta {
        Meta {
            code: Self::CODE,
            name: "modes",
            title: "More modes than one",
            family: Family::Shapes,
            focus: Focus::Choice,
            status: Status::Trial,
            cost: Cost::Quick,
            doc: include_str!("modes.md"),
        }
    }

    fn run(&self, slice: &Slice<'_>) -> Outcome {
        slice.outcome(Self::CODE, self.find(slice))
    }
}

impl Dip {
    fn of(values: &[f64]) -> Self {
        let value = dip::statistic(values);
        Dip { value, p: dip::p_uniform(value, values.len()) }
    }
}

/// Whether two fractions are equal.
fn same([a, b]: [i64; 2], [c, d]: [i64; 2]) -> bool {
    i128::from(a) * i128::from(d) == i128::from(c) * i128::from(b)
}

/// Rates with ties spread: x of n lies between x / (n + 1) and (x + 1) / (n + 1), and stations that report
/// the same x and n lie evenly in between.
fn spread(mut parts: Vec<[i64; 2]>) -> Vec<f64> {
    parts.sort_unstable();
    let runs = parts.chunk_by(|a, b| a == b);
    let place = |run: &[[i64; 2]]| {
        let ([x, n], k) = (run[0], run.len() as f64);
        let at = move |i| (x as f64 + (f64::from(i) + 0.5) / k) / (n as f64 + 1.0);
        (0_u32..).take(run.len()).map(at).collect::<Vec<f64>>()
    };
    runs.flat_map(place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ties_lie_evenly() {
        let got = spread(vec![[1, 3], [0, 1], [1, 3]]);
        assert_eq!(got, [0.25, 1.25 / 4.0, 1.75 / 4.0]);
    }
}
