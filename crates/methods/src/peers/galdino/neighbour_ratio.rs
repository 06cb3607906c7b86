//! X710, X711: bins called multiples of 5 and 10 per cent, beside five bins on either side.

use glassurn_model::{
    Caveat, Count, Effect, Field, Finding, Measure, Outcome, Picture, Reason, Unit,
};

use crate::ballots::Rate;
use crate::peers::{Published, figure, verb};
use crate::slice::Tray;
use crate::{Cost, Family, Focus, Meta, Screen, Slice, Status, caveat, phrase};

#[doc = include_str!("neighbour_ratio.md")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NeighbourRatio {
    /// Of which rate.
    pub rate: Rate,
}

const RULE: &str = "the mean ratio at multiples of 5 % is above 1";

/// Bins of a tenth of a percentage point, and neighbours on either side.
const BINS: usize = 1_000;
const SIDE: usize = 5;
const WIDTH: f64 = 0.001;

/// The two distances between multiples, with the symbols of what is printed of their ratios.
const MULTIPLES: [(f64, &str, [&str; 6]); 2] = [
    (0.05, "5 %", ["r₅", "r₅(0.5)", "r₅(0.025)", "r₅(0.975)", "r₅(1)", "k₅"]),
    (0.10, "10 %", ["r₁₀", "r₁₀(0.5)", "r₁₀(0.025)", "r₁₀(0.975)", "r₁₀(1)", "k₁₀"]),
];

/// Stations in each bin, and what was left out.
struct Histogram {
    counts: [f64; BINS],
    used: usize,
    tray: Tray,
}

/// The bin of a part of a whole, closed above; nothing is in the first.
fn bin(part: i64, whole: i64) -> Option<usize> {
    let past = (i128::from(part) * BINS as i128 - 1).max(0) / i128::from(whole);
    usize::try_from(past).ok().filter(|&bin| bin < BINS)
}

/// x mod m in double precision throughout, as on the publisher's machine.
fn modulo(x: f64, m: f64) -> f64 {
    let rest = x - (x / m).floor() * m;
    rest - (rest / m).floor() * m
}

/// Whether the middle of a bin counts as a multiple: exactly half a bin from it, so that rounding decides.
fn is_multiple(bin: usize, m: f64) -> bool {
    let edge = |k: usize| k as f64 * WIDTH;
    let rest = modulo(0.5 * (edge(bin + 1) + edge(bin)), m);
    rest < WIDTH / 2.0 || m - rest < WIDTH / 2.0
}

/// The count of each multiple over the mean of its neighbours, where these are not all empty.
fn ratios(counts: &[f64; BINS], m: f64) -> Vec<f64> {
    let multiple: Vec<bool> = (0..BINS).map(|bin| is_multiple(bin, m)).collect();
    let ratio = |at: usize| {
        let near = at.saturating_sub(SIDE)..=(at + SIDE).min(BINS - 1);
        let beside: Vec<f64> = near.filter(|&b| !multiple[b]).map(|b| counts[b]).collect();
        let expected = beside.iter().sum::<f64>() / beside.len() as f64;
        (beside.len() >= 2 && expected > 0.0).then(|| counts[at] / expected)
    };
    (0..BINS).filter(|&bin| multiple[bin]).filter_map(ratio).collect()
}

/// A quantile of ordered numbers, straight between two of them.
fn quantile(ordered: &[f64], p: f64) -> f64 {
    let place = p * (ordered.len() - 1) as f64;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a place in a list"
    )]
    let (below, part) = (place.floor() as usize, place.fract());
    let above = ordered[(below + 1).min(ordered.len() - 1)];
    ordered[below] + part * (above - ordered[below])
}

impl NeighbourRatio {
    fn pick<T>(self, [share, turnout]: [T; 2]) -> T {
        match self.rate {
            Rate::Share => share,
            Rate::Turnout => turnout,
        }
    }

    fn code(self) -> &'static str {
        self.pick(["X710", "X711"])
    }

    fn histogram(self, slice: &Slice<'_>) -> Result<Histogram, Reason> {
        let cast = slice.share_denominator()?;
        let (parts, wholes) = match self.rate {
            Rate::Share => (slice.votes()?, cast),
            Rate::Turnout => (cast, slice.field(Field::Registered)?),
        };
        let mut histogram = Histogram { counts: [0.0; BINS], used: 0, tray: Tray::default() };
        for (part, whole) in parts.iter().zip(wholes.iter()) {
            match self.bin(part, whole) {
                Ok(bin) => {
                    histogram.counts[bin] += 1.0;
                    histogram.used += 1;
                }
                Err(why) => histogram.tray.put(why),
            }
        }
        Ok(histogram)
    }

    /// A rate's bin; what is below 0, above 1 or no number is left out.
    fn bin(self, part: Count, whole: Count) -> Result<usize, Reason> {
        let (Some(part), Some(whole)) = (part, whole) else { return Err(Reason::Missing) };
        if part < 0 {
            return Err(Reason::Below { what: "count", minimum: 0 });
        }
        if whole < 1 {
            return Err(Reason::Below { what: "what the count is out of", minimum: 1 });
        }
        let above = Reason::Above { what: self.rate.name(), maximum: "100 %".to_owned() };
        bin(part, whole).ok_or(above)
    }

    fn find(self, slice: &Slice<'_>) -> Result<Finding, Reason> {
        let Histogram { counts, used, tray } = self.histogram(slice)?;
        if used == 0 {
            return Err(Reason::TooFew { used, needed: 1 });
        }
        let measures: Vec<Measure> =
            MULTIPLES.iter().flat_map(|of| measures(&counts, of)).collect();
        let value = measures.first().filter(|m| m.symbol == "r₅").ok_or(Reason::Constant)?.value;
        let mut caveats = caveat::of(used, slice.len());
        caveats.push(Caveat::PublishedRule);
        Ok(Finding {
            screen: self.code(),
            subject: slice.subject(),
            used,
            plain: self.plain(used, &measures[0], &measures[5]),
            measures,
            p: None,
            effect: Effect {
                name: "mean ratio less 1".to_owned(),
                value: value - 1.0,
                unit: Unit::None,
                interval: None,
                stations: None,
                votes: None,
            },
            pictures: vec![self.picture(&counts)],
            stations: Vec::new(),
            caveats,
            left_out: tray.empty(),
        })
    }

    fn plain(self, used: usize, mean: &Measure, multiples: &Measure) -> String {
        format!(
            "In the {}s of {} stations, {} bins called multiples of 5 % hold on average {} times what their \
             neighbours do; the published rule ({RULE}) {}, and which bins are called so is decided by rounding.",
            self.rate.name(),
            phrase::count(used),
            phrase::number(multiples.value),
            figure(mean.value),
            verb(mean.value > 1.0),
        )
    }

    fn picture(self, counts: &[f64; BINS]) -> Picture {
        Picture::Histogram {
            title: format!("Stations by {}", self.rate.name()),
            axis: format!("{}, %", self.rate.name()),
            start: 0.0,
            width: 0.1,
            counts: counts.to_vec(),
            expected: Vec::new(),
            sd: Vec::new(),
        }
    }
}

/// What the script prints of the ratios at one distance; nothing where no multiple has neighbours.
fn measures(
    counts: &[f64; BINS],
    &(m, name, symbols): &(f64, &str, [&'static str; 6]),
) -> Vec<Measure> {
    let mut ratios = ratios(counts, m);
    if ratios.is_empty() {
        return Vec::new();
    }
    let mean = ratios.iter().sum::<f64>() / ratios.len() as f64;
    ratios.sort_by(f64::total_cmp);
    let of = |what: &str| format!("{what} at multiples of {name}");
    let at = |p| quantile(&ratios, p);
    let plain = |what: &str, symbol, value| Measure::plain(of(what), symbol, value, Unit::None);
    vec![
        plain("mean ratio to the neighbours", symbols[0], mean),
        plain("median ratio", symbols[1], at(0.5)),
        plain("2.5 % point of the ratios", symbols[2], at(0.025)),
        plain("97.5 % point of the ratios", symbols[3], at(0.975)),
        plain("largest ratio", symbols[4], at(1.0)),
        plain("bins with neighbours", symbols[5], ratios.len() as f64),
    ]
}

impl Screen for NeighbourRatio {
    fn meta(&self) -> Meta {
        Meta {
            code: self.code(),
            name: self.pick(["galdino-neighbour-ratio", "galdino-neighbour-ratio-turnout"]),
            title: self.pick([
                "Shares at multiples beside their neighbours (Galdino)",
                "Turnouts at multiples beside their neighbours (Galdino)",
            ]),
            family: Family::Rounding,
            focus: self.pick([Focus::Choice, Focus::Contest]),
            status: Status::Trial,
            cost: Cost::Quick,
            doc: include_str!("neighbour_ratio.md"),
        }
    }

    fn run(&self, slice: &Slice<'_>) -> Outcome {
        slice.outcome(self.code(), self.find(slice))
    }
}

impl Published for NeighbourRatio {
    fn met(&self, finding: &Finding) -> Option<bool> {
        Some(finding.measure("r₅")?.value > 1.0)
    }

    fn rule(&self) -> &'static str {
        RULE
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounding_calls_ten_of_twenty_multiples_so() {
        let called = |m| (0..BINS).filter(|&bin| is_multiple(bin, m)).collect::<Vec<_>>();
        assert_eq!(called(0.05), [150, 300, 500, 549, 550, 600, 750, 799, 800, 850]);
        assert_eq!(called(0.10), [300, 500, 600, 799, 800, 999]);
    }

    #[test]
    fn a_multiple_itself_is_in_the_bin_below_it() {
        let bins = [(0, 7), (1, 2), (501, 1_000), (1, 1), (3, 2)].map(|(p, w)| bin(p, w));
        assert_eq!(bins, [Some(0), Some(499), Some(500), Some(999), None]);
    }
}
