//! S130: the smallest part of the counts that does not fit the expected last digits.

use glassurn_model::{Effect, Finding, Measure, Outcome, Reason, Unit};
use glassurn_stats::{rng, sample};

use crate::digits::Digits;
use crate::phrase::{count, percent};
use crate::{Cost, Family, Focus, Meta, Screen, Slice, Status};

#[doc = include_str!("latent_digits.md")]
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LatentDigits {
    /// Smallest count whose last digit is used.
    pub min_count: i64,
    /// Fewest counts.
    pub min_stations: usize,
    /// Draws for what chance gives.
    pub draws: u32,
    /// Seed of the draws.
    pub seed: u64,
}

impl LatentDigits {
    /// The settings used when none are given.
    pub const DEFAULT: Self =
        LatentDigits { min_count: 30, min_stations: 100, draws: 1_000, seed: 1 };

    fn find(&self, slice: &Slice<'_>) -> Result<Finding, Reason> {
        let d = Digits::of(slice, self.min_count, self.min_stations)?;
        let shares = d.expected.map(|e| e / d.n());
        if shares.iter().any(|s| *s <= 0.0) {
            return Err(Reason::Constant);
        }
        let part = Parts::of(&d.observed, &shares);
        let chance = self.chance(d.stations.len(), &shares);
        let beyond = part.deleted - chance.mean.deleted;
        Ok(Finding {
            screen: CODE,
            subject: slice.subject(),
            used: d.stations.len(),
            measures: chance.measures(&d, part),
            p: None,
            effect: Effect {
                name: "part to leave out beyond what chance gives".to_owned(),
                value: beyond,
                unit: Unit::Points,
                interval: None,
                stations: Some(beyond.max(0.0) * d.n()),
                votes: None,
            },
            plain: format!(
                "The last digits of {} counts fit what sizes lead one to expect when {} of them are left \
                 out, or {} given another digit; with nothing odd chance alone makes that {} and {}.",
                count(d.stations.len()),
                percent(part.deleted, 1),
                percent(part.changed, 1),
                percent(chance.mean.deleted, 1),
                percent(chance.mean.changed, 1),
            ),
            pictures: vec![d.bars("Last digits of the counts", "last digit")],
            stations: Vec::new(),
            caveats: d.caveats(),
            left_out: d.left_out,
        })
    }

    /// The two parts where the digits of n counts are drawn with these chances.
    fn chance(&self, n: usize, shares: &[f64; 10]) -> Chance {
        let draws = u64::from(self.draws.max(1));
        let part = |draw| {
            let mut stream = rng::stream(self.seed, "latent digits", draw);
            let drawn = sample::multinomial(&mut stream, n as u64, shares);
            let counts: [f64; 10] = std::array::from_fn(|d| drawn[d] as f64);
            Parts::of(&counts, shares)
        };
        let parts: Vec<Parts> = (0..draws).map(part).collect();
        let m = draws as f64;
        let mean = |of: fn(&Parts) -> f64| parts.iter().map(of).sum::<f64>() / m;
        let (deleted, changed) = (mean(|p| p.deleted), mean(|p| p.changed));
        let square = |of: fn(&Parts) -> f64, at: f64| {
            (parts.iter().map(|p| (of(p) - at).powi(2)).sum::<f64>() / m).sqrt()
        };
        let sd = Parts { deleted: square(|p| p.deleted, deleted), changed: square(|p| p.changed, changed) };
        Chance { mean: Parts { deleted, changed }, sd }
    }
}

const CODE: &str = "S130";

impl Screen for LatentDigits {
    fn meta(&self) -> Meta {
        Meta {
            code: CODE,
            name: "latent-digits",
            title: "Counts that do not fit the last digits",
            family: Family::Digits,
            focus: Focus::Choice,
            status: Status::Trial,
            cost: Cost::Quick,
            doc: include_str!("latent_digits.md"),
        }
    }

    fn run(&self, slice: &Slice<'_>) -> Outcome {
        slice.outcome(CODE, self.find(slice))
    }
}

/// The two parts of the counts.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Parts {
    /// The least to leave out so that the rest fits.
    deleted: f64,
    /// The least to give another digit.
    changed: f64,
}

impl Parts {
    fn of(counts: &[f64; 10], shares: &[f64; 10]) -> Self {
        let n: f64 = counts.iter().sum();
        let pairs = || counts.iter().zip(shares).map(|(c, s)| (c / n, s));
        let fits = pairs().map(|(c, s)| c / s).fold(f64::INFINITY, f64::min);
        let off: f64 = pairs().map(|(c, s)| (c - s).abs()).sum();
        Parts { deleted: (1.0 - fits).max(0.0), changed: off / 2.0 }
    }
}

/// What chance gives.
struct Chance {
    mean: Parts,
    sd: Parts,
}

impl Chance {
    fn measures(&self, d: &Digits, part: Parts) -> Vec<Measure> {
        let classical = Parts::of(&d.observed, &[0.1; 10]);
        let measure = |name: &str, symbol, value, expected, sd| Measure {
            name: name.to_owned(),
            symbol,
            value,
            expected: Some(expected),
            sd: Some(sd),
            unit: Unit::Share,
        };
        vec![
            measure("part to leave out", "π*", part.deleted, self.mean.deleted, self.sd.deleted),
            measure("part to change", "Δ", part.changed, self.mean.changed, self.sd.changed),
            Measure::plain("part to leave out, equal digits", "π*₀", classical.deleted, Unit::Share),
            Measure::plain("part to change, equal digits", "Δ₀", classical.changed, Unit::Share),
        ]
    }
}
