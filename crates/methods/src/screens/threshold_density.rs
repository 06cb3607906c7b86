//! S920: whether stations pile up just above a legal threshold.

use glassurn_model::{
    Caveat, Effect, Finding, LeftOut, Measure, Outcome, P, PKind, Picture, Quantity, Reason,
    Scope, Threshold, Unit,
};
use glassurn_stats::{density_jump, density_jump::DensityJump, normal, rng, sample};

use crate::{
    Cost, Family, Focus, Meta, Screen, Slice, Status,
    ballots::{Ballots, Rate, Rules},
    caveat,
    neighbourhood::innermost,
    phrase::{count, number, percent},
};

#[doc = include_str!("threshold_density.md")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ThresholdDensity {
    /// Fewest registered voters of a station used.
    pub min_registered: i64,
    /// Fewest stations inside the bandwidth, on either side.
    pub min_near: usize,
    /// Fewest stations for an answer.
    pub min_stations: usize,
    /// Seed of the places inside the rounding of a count.
    pub seed: u64,
}

const CODE: &str = "S920";

/// The 97.5 % point of the normal law.
const Z: f64 = 1.959_963_984_540_054;

/// Bins that are drawn on either side of the threshold.
const BINS: usize = 12;

/// Symbols of the thresholds.
const SYMBOLS: [&str; 4] = ["z₁", "z₂", "z₃", "z₄"];

/// What was found at one threshold.
#[derive(Debug, Clone, PartialEq)]
pub struct At {
    /// The threshold.
    pub threshold: Threshold,
    /// The bandwidth.
    pub bandwidth: f64,
    /// The jump of the density there.
    pub jump: DensityJump,
    /// Stations in equal bins around it, the lowest first.
    pub bins: Vec<f64>,
}

/// Everything the finding is made of.
#[derive(Debug, Clone, PartialEq)]
pub struct Figures {
    /// Stations used.
    pub used: usize,
    /// The others, by reason.
    pub left_out: Vec<LeftOut>,
    /// The thresholds that could be tested, the clearest jump first.
    pub found: Vec<At>,
}

impl ThresholdDensity {
    /// Stations of a hundred voters or more; fifty on either side.
    pub const DEFAULT: Self =
        ThresholdDensity { min_registered: 100, min_near: 50, min_stations: 300, seed: 1 };

    /// The sufficient figures of a slice.
    pub fn figures(&self, slice: &Slice<'_>) -> Result<Figures, Reason> {
        let thresholds = &slice.returns.thresholds;
        if thresholds.is_empty() {
            return Err(Reason::WrongSubject("no legal threshold is named".to_owned()));
        }
        let rules = Rules::possible(self.min_registered);
        let (stations, left_out) = rules.apply_to_at_least(self.min_stations, slice)?;
        let clusters = innermost(slice, stations.iter().map(|s| s.row), 2).ok().map(|(_, of)| of);
        let at = thresholds.iter().take(SYMBOLS.len());
        let mut found: Vec<At> =
            at.filter_map(|t| self.at(*t, &stations, clusters.as_deref())).collect();
        found.sort_by(|a, b| b.z().abs().total_cmp(&a.z().abs()));
        if found.is_empty() {
            let why = "too few stations lie near the threshold on both sides".to_owned();
            return Err(Reason::WrongSubject(why));
        }
        Ok(Figures { used: stations.len(), left_out, found })
    }

    /// One threshold.
    fn at(&self, threshold: Threshold, stations: &[Ballots], clusters: Option<&[u32]>) -> Option<At> {
        let rate = match threshold.of {
            Quantity::Turnout => Rate::Turnout,
            Quantity::Share => Rate::Share,
        };
        // A count of k of n stands for everything between k − ½ and k + ½: small stations have few rates, and half
        // of what lies on the threshold belongs to either side.
        let spread = |s: &Ballots| {
            let [part, whole] = rate.of(s);
            let mut rng = rng::stream(self.seed, rate.name(), s.row.into());
            (part as f64 + sample::uniform(&mut rng) - 0.5) / whole as f64
        };
        let values: Vec<f64> = stations.iter().map(spread).collect();
        let bandwidth = density_jump::bandwidth(&values)?;
        let jump = density_jump::jump(&values, threshold.at, bandwidth, clusters)?;
        let enough = jump.used.iter().all(|n| *n >= self.min_near) && jump.se > 0.0;
        let width = bandwidth / BINS as f64;
        let mut bins = vec![0.0; 2 * BINS];
        for v in &values {
            let bin = ((v - threshold.at) / width).floor() + BINS as f64;
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked to lie inside")]
            if (0.0..2.0 * BINS as f64).contains(&bin) {
                bins[bin as usize] += 1.0;
            }
        }
        enough.then_some(At { threshold, bandwidth, jump, bins })
    }

    fn find(&self, slice: &Slice<'_>) -> Result<Finding, Reason> {
        let figures = self.figures(slice)?;
        let mut caveats = caveat::of(figures.used, slice.len());
        caveats.push(Caveat::MixedElectorates);
        let first = figures.found.first().ok_or(Reason::Constant)?;
        // Bonferroni, over the thresholds looked at.
        let p = (figures.found.len() as f64 * 2.0 * normal::sf(first.z().abs())).min(1.0);
        Ok(Finding {
            screen: CODE,
            subject: slice.subject(),
            used: figures.used,
            measures: figures.measures(),
            p: Some(P { value: p, kind: PKind::Asymptotic }),
            effect: Effect {
                name: "stations per percentage point, just above the threshold less just below it".to_owned(),
                value: first.stations(figures.used)[1],
                unit: Unit::Stations,
                interval: Some([first.stations(figures.used)[0], first.stations(figures.used)[2]]),
                stations: Some(first.stations(figures.used)[1]),
                votes: None,
            },
            plain: first.plain(figures.used, figures.found.len()),
            pictures: if slice.scope == Scope::Whole {
                figures.found.iter().map(At::picture).collect()
            } else {
                vec![first.picture()]
            },
            stations: Vec::new(),
            caveats,
            left_out: figures.left_out,
        })
    }
}

impl Screen for ThresholdDensity {
    fn meta(&self) -> Meta {
        Meta {
            code: CODE,
            name: "threshold-density",
            title: "Stations around a legal threshold",
            family: Family::Shapes,
            focus: Focus::Choice,
            status: Status::Trial,
            cost: Cost::Quick,
            doc: include_str!("threshold_density.md"),
        }
    }

    fn run(&self, slice: &Slice<'_>) -> Outcome {
        slice.outcome(CODE, self.find(slice))
    }
}

impl At {
    fn z(&self) -> f64 {
        self.jump.jump / self.jump.se
    }

    /// The jump in stations per percentage point: lower end, estimate, upper end.
    fn stations(&self, used: usize) -> [f64; 3] {
        [-Z, 0.0, Z].map(|z| 0.01 * used as f64 * (self.jump.jump + z * self.jump.se))
    }

    fn name(&self) -> String {
        let of = if self.threshold.of == Quantity::Turnout { "turnout" } else { "share" };
        format!("{of} of {}", percent(self.threshold.at, 1))
    }

    fn plain(&self, used: usize, looked_at: usize) -> String {
        let [low, jump, high] = self.stations(used);
        let per_point = |density: f64| number(0.01 * used as f64 * density.max(0.0));
        let others = match looked_at {
            1 => String::new(),
            n => format!(" It is the clearest of {} thresholds.", count(n)),
        };
        format!(
            "Just below a {} stations lie as densely as {} to a percentage point, just above it as densely as {}: a \
             step of {} (95 % interval {} to {}).{others}",
            self.name(),
            per_point(self.jump.density[1]),
            per_point(self.jump.density[0]),
            number(jump),
            number(low),
            number(high),
        )
    }

    fn picture(&self) -> Picture {
        Picture::Histogram {
            title: format!("Stations around a {}", self.name()),
            axis: if self.threshold.of == Quantity::Turnout { "turnout" } else { "share" }.to_owned(),
            start: self.threshold.at - self.bandwidth,
            width: self.bandwidth / BINS as f64,
            counts: self.bins.clone(),
            expected: Vec::new(),
            sd: Vec::new(),
        }
    }
}

impl Figures {
    fn measures(&self) -> Vec<Measure> {
        let plain = Measure::plain;
        let mut measures = Vec::new();
        for (at, symbol) in self.found.iter().zip(SYMBOLS) {
            let name = format!("step of the density at a {}, in its standard errors", at.name());
            measures.push(Measure::plain(name, symbol, at.z(), Unit::None).expecting(0.0, 1.0));
        }
        if let Some(first) = self.found.first() {
            measures.push(plain("density just below", "f₋", first.jump.density[1], Unit::None));
            measures.push(plain("density just above", "f₊", first.jump.density[0], Unit::None));
            measures.push(plain("bandwidth", "h", first.bandwidth, Unit::Share));
            measures.push(plain("stations inside it, below", "n₋", first.jump.used[0] as f64, Unit::Stations));
            measures.push(plain("stations inside it, above", "n₊", first.jump.used[1] as f64, Unit::Stations));
        }
        measures
    }
}
