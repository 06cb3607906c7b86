//! S230: skewness and kurtosis of turnout and share.

use glassurn_model::{
    Caveat, Effect, Finding, LeftOut, Measure, Outcome, Picture, Reason, Unit,
};
use glassurn_stats::{moments, normal};

use crate::ballots::{self, Rate, Rules};
use crate::entries::Entry;
use crate::local_law::{LocalLaw, fit};
use crate::{Cost, Family, Focus, Meta, Screen, Slice, Status, caveat, phrase};

#[doc = include_str!("skewness_kurtosis.md")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SkewnessKurtosis {
    /// Fewest registered voters of a station used.
    pub min_registered: i64,
    /// Fewest stations for an answer.
    pub min_stations: usize,
}

/// One moment with what the groups' laws give.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Moment {
    /// Of the stations.
    pub value: f64,
    /// Of the groups' laws.
    pub expected: f64,
    /// Standard error of the value.
    pub se: f64,
}

/// The shape of one rate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shape {
    /// Third standardised moment.
    pub skewness: Moment,
    /// Fourth standardised moment.
    pub kurtosis: Moment,
}

/// The sufficient figures of a slice.
#[derive(Debug, Clone, PartialEq)]
pub struct Shapes {
    /// The stations used.
    pub used: usize,
    /// The others, by reason.
    pub left_out: Vec<LeftOut>,
    /// Share, then turnout.
    pub of: [Shape; 2],
}

impl SkewnessKurtosis {
    /// Stations of a hundred voters or more.
    pub const DEFAULT: Self = SkewnessKurtosis { min_registered: 100, min_stations: 50 };

    const CODE: &'static str = "S230";

    /// The sufficient figures of a slice.
    pub fn shapes(&self, slice: &Slice<'_>) -> Result<Shapes, Reason> {
        let (stations, left_out) = Rules::possible(self.min_registered)
            .apply_to_at_least(self.min_stations, slice)?;
        let groups = ballots::groups(slice, &stations);
        let shape = |rate: Rate| Shape::of(&rate.entries(&stations, groups.as_deref()));
        let [share, turnout] = Rate::BOTH.map(shape);
        let of = [share.ok_or(Reason::Constant)?, turnout.ok_or(Reason::Constant)?];
        Ok(Shapes { used: stations.len(), left_out, of })
    }

    fn find(&self, slice: &Slice<'_>) -> Result<Finding, Reason> {
        let shapes = self.shapes(slice)?;
        let mut caveats = caveat::of(shapes.used, slice.len());
        caveats.push(Caveat::MixedElectorates);
        let headline = shapes.of[0].skewness;
        let beyond = headline.value - headline.expected;
        Ok(Finding {
            screen: Self::CODE,
            subject: slice.subject(),
            used: shapes.used,
            measures: shapes.measures(),
            p: None,
            effect: Effect {
                name: "skewness of the share beyond what differences between groups give".to_owned(),
                value: beyond,
                unit: Unit::None,
                interval: Some([beyond - Z_975 * headline.se, beyond + Z_975 * headline.se]),
                stations: None,
                votes: None,
            },
            plain: shapes.plain(),
            pictures: vec![shapes.picture()],
            stations: Vec::new(),
            caveats,
            left_out: shapes.left_out,
        })
    }
}

/// The 97.5 % point of the normal law.
const Z_975: f64 = 1.959_963_984_540_054;

impl Screen for SkewnessKurtosis {
    fn meta(&self) -> Meta {
        Meta {
            code: Self::CODE,
            name: "skewness-kurtosis",
            title: "Skewness and kurtosis",
            family: Family::Shapes,
            focus: Focus::Choice,
            status: Status::Trial,
            cost: Cost::Quick,
            doc: include_str!("skewness_kurtosis.md"),
        }
    }

    fn run(&self, slice: &Slice<'_>) -> Outcome {
        slice.outcome(Self::CODE, self.find(slice))
    }
}

impl Moment {
    /// Two-sided p of no difference.
    fn p(&self) -> f64 {
        2.0 * normal::sf(((self.value - self.expected) / self.se).abs())
    }
}

impl Shape {
    /// `None` where the rates, or the laws', do not vary.
    fn of(entries: &[Entry]) -> Option<Self> {
        let rates: Vec<f64> = entries.iter().map(|e| e.votes as f64 / e.cast as f64).collect();
        let n = rates.len() as f64;
        let (mean, sd) = (moments::mean(&rates), moments::variance(&rates).sqrt());
        let (sk, ku) = (moments::skewness(&rates), moments::kurtosis(&rates));
        let [expected_sk, expected_ku] = expected(entries, mean)?;
        // What each station adds to either moment, to first order.
        let mut squares = [0.0; 2];
        for rate in &rates {
            let z = (rate - mean) / sd;
            let of_sk = z.powi(3) - sk - 3.0 * z - 1.5 * sk * (z * z - 1.0);
            let of_ku = z.powi(4) - ku - 4.0 * sk * z - 2.0 * ku * (z * z - 1.0);
            squares = [squares[0] + of_sk * of_sk, squares[1] + of_ku * of_ku];
        }
        let [se_sk, se_ku] = squares.map(|s: f64| s.sqrt() / n);
        let shape = Shape {
            skewness: Moment { value: sk, expected: expected_sk, se: se_sk },
            kurtosis: Moment { value: ku, expected: expected_ku, se: se_ku },
        };
        let figures = [sk, ku, expected_sk, expected_ku];
        (figures.iter().all(|f| f.is_finite()) && se_sk > 0.0 && se_ku > 0.0).then_some(shape)
    }
}

/// Skewness and kurtosis of rates drawn from the laws of the stations' groups, around a point near their mean.
fn expected(entries: &[Entry], around: f64) -> Option<[f64; 2]> {
    let laws = fit(entries);
    let mut sums = [0.0; 4];
    for e in entries {
        let raw = raw_moments(e.cast as f64, &laws[e.group as usize]);
        for (sum, moment) in sums.iter_mut().zip(shifted(raw, -around)) {
            *sum += moment;
        }
    }
    let [_, m2, m3, m4] = shifted_to_mean(sums.map(|s| s / entries.len() as f64));
    (m2 > 1e-9).then(|| [m3 / (m2 * m2.sqrt()), m4 / (m2 * m2)])
}

/// E[(x + d)ᵏ] for k = 1 … 4 from E[xᵏ].
fn shifted([a, b, c, e]: [f64; 4], d: f64) -> [f64; 4] {
    [
        a + d,
        b + d * (2.0 * a + d),
        c + d * (3.0 * b + d * (3.0 * a + d)),
        e + d * (4.0 * c + d * (6.0 * b + d * (4.0 * a + d))),
    ]
}

fn shifted_to_mean(raw: [f64; 4]) -> [f64; 4] {
    shifted(raw, -raw[0])
}

/// E[(X / n)ᵏ] for k = 1 … 4, X beta-binomial: from its factorial moments Π (n − j)(a + j) / (a + b + j).
fn raw_moments(n: f64, law: &LocalLaw) -> [f64; 4] {
    let mut product = 1.0;
    let f: [f64; 4] = std::array::from_fn(|j| {
        let j = j as f64;
        product *= (n - j).max(0.0) * (law.a + j) / (law.a + law.b + j);
        product
    });
    let n2 = n * n;
    [
        f[0] / n,
        (f[1] + f[0]) / n2,
        (f[2] + 3.0 * f[1] + f[0]) / (n2 * n),
        (f[3] + 6.0 * f[2] + 7.0 * f[1] + f[0]) / (n2 * n2),
    ]
}

impl Shapes {
    fn measures(&self) -> Vec<Measure> {
        let measure = |name: String, symbol, moment: Moment| Measure {
            name,
            symbol,
            value: moment.value,
            expected: Some(moment.expected),
            sd: Some(moment.se),
            unit: Unit::None,
        };
        let symbols = [("sk_v", "ku_v"), ("sk_t", "ku_t")];
        let mut measures = Vec::new();
        for ((rate, shape), (sk, ku)) in Rate::BOTH.iter().zip(self.of).zip(symbols) {
            let name = rate.name();
            measures.push(measure(format!("skewness of the {name}"), sk, shape.skewness));
            measures.push(measure(format!("kurtosis of the {name}"), ku, shape.kurtosis));
        }
        let p = self.of[0].skewness.p();
        measures.push(Measure::plain("p of no difference in sk_v (asymptotic)", "p", p, Unit::None));
        let normal = [("skewness of a normal law", "sk_0", 0.0), ("kurtosis of a normal law", "ku_0", 3.0)];
        measures.extend(normal.map(|(name, symbol, v)| Measure::plain(name, symbol, v, Unit::None)));
        measures
    }

    fn plain(&self) -> String {
        let number = |x: f64| format!("{x:.2}").replace('-', "−");
        let Shape { skewness: sk, kurtosis: ku } = self.of[0];
        format!(
            "The shares of {} stations have skewness {} and kurtosis {}, where groups that differ as \
             these do give {} and {} (a normal law, 0 and 3, is no yardstick for voters who differ).",
            phrase::count(self.used),
            number(sk.value),
            number(ku.value),
            number(sk.expected),
            number(ku.expected),
        )
    }

    fn picture(&self) -> Picture {
        let both = self.of.map(|s| [s.skewness, s.kurtosis]).concat();
        let labels = ["skewness, share", "kurtosis, share", "skewness, turnout", "kurtosis, turnout"];
        Picture::Bars {
            title: "Skewness and kurtosis".to_owned(),
            axis: "figure".to_owned(),
            labels: labels.map(str::to_owned).to_vec(),
            observed: both.iter().map(|m| m.value).collect(),
            expected: both.iter().map(|m| m.expected).collect(),
            sd: both.iter().map(|m| m.se).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_of_a_beta_binomial_are_those_of_its_probabilities() {
        // n = 3, a = b = 1: 0, 1/3, 2/3 and 1 are equally likely.
        let got = raw_moments(3.0, &LocalLaw { a: 1.0, b: 1.0 });
        for (k, moment) in (1..5).zip(got) {
            let want: f64 = (0..4).map(|x| (f64::from(x) / 3.0).powi(k) / 4.0).sum();
            assert!((moment - want).abs() < 1e-14, "{k}");
        }
    }

    #[test]
    fn moving_raw_moments() {
        // x = 1 or 3, moved by 2: 3 or 5.
        let raw = [2.0, 5.0, 14.0, 41.0];
        assert_eq!(shifted(raw, 2.0), [4.0, 17.0, 76.0, 353.0]);
        assert_eq!(shifted_to_mean(raw), [0.0, 1.0, 0.0, 1.0]);
    }
}
