//! X510: the model of added votes, fitted by simulating elections on a coarse grid.

use glassurn_model::{Caveat, Effect, Finding, LeftOut, Measure, Outcome, Picture, Reason, Unit};
use glassurn_stats::rng::{self, ChaCha8Rng};
use glassurn_stats::{moments, sample};
use rayon::prelude::*;

use crate::ballots::{Ballots, Rules};
use crate::peers::{Published, figure, verb};
use crate::screens::klimek::{Honest, honest};
use crate::turnout_bins::{self, BINS};
use crate::{Cost, Family, Focus, Meta, Screen, Slice, Status, caveat, phrase};

/// Values that are tried.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Grid {
    /// Parts of the stations with some votes added.
    pub some: &'static [f64],
    /// Parts of the stations with most votes added.
    pub most: &'static [f64],
    /// How votes are moved, beside added: the power α.
    pub alpha: &'static [f64],
}

#[doc = include_str!("simulated_fit.md")]
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SimulatedFit {
    /// Fewest registered voters of a station used.
    pub min_registered: i64,
    /// Fewest stations for an answer.
    pub min_stations: usize,
    /// Values that are tried.
    pub grid: Grid,
    /// Fits, each with elections of its own.
    pub repeats: u32,
    /// Seed of the elections.
    pub seed: u64,
}

/// One fit: f_i, f_e and α.
pub type Fit = [f64; 3];

/// Scale of what is left out where most votes are added.
const MOST: f64 = 0.075;

/// The published threshold.
const THRESHOLD: f64 = 1.96;

const RULE: &str =
    "the mean of f_i or of f_e over the fits is above 1.96 of their standard deviations";

impl SimulatedFit {
    /// Stations of a hundred voters or more; grid and number of fits of EFToolkit.
    pub const DEFAULT: Self = SimulatedFit {
        min_registered: 100,
        min_stations: 500,
        grid: Grid {
            some: &[0.0, 0.2, 0.4, 0.6, 0.8, 1.0],
            most: &[0.0, 0.1, 0.2, 0.3],
            alpha: &[0.5, 1.0],
        },
        repeats: 10,
        seed: 1,
    };

    const CODE: &'static str = "X510";

    /// Location and scale as published: the scale of the share has a factor √2.
    pub fn honest(&self, stations: &[Ballots]) -> Option<Honest> {
        let [turnouts, shares] = [Ballots::turnout, Ballots::share]
            .map(|f| stations.iter().map(f).collect::<Vec<f64>>());
        let recipe = honest(&turnouts, &shares)?;
        Some(Honest { share_sd: recipe.share_sd * std::f64::consts::SQRT_2, ..recipe })
    }

    /// The values tried with their criterion, one repeat after the other.
    pub fn tried(&self, stations: &[Ballots], honest: &Honest) -> Vec<(Fit, f64)> {
        let mut observed = [0.0; BINS];
        stations.iter().for_each(|s| observed[turnout_bins::bin(s.votes, s.cast)] += 1.0);
        let Grid { some, most, alpha } = self.grid;
        let points: Vec<Fit> = some
            .iter()
            .flat_map(|&i| most.iter().flat_map(move |&e| alpha.iter().map(move |&a| [i, e, a])))
            .collect();
        let of = |job: usize| {
            let mut rng = rng::stream(self.seed, Self::CODE, job as u64);
            let point = points[job % points.len()];
            (point, criterion(&simulated(&mut rng, stations.len(), honest, point), &observed))
        };
        let jobs = points.len() * self.repeats.max(1) as usize;
        (0..jobs).into_par_iter().map(of).collect()
    }

    /// The best values of each repeat.
    fn fits(&self, stations: &[Ballots], honest: &Honest) -> Vec<Fit> {
        let tried = self.tried(stations, honest);
        let best = |repeat: &[(Fit, f64)]| {
            repeat.iter().copied().reduce(|a, b| if b.1 < a.1 { b } else { a }).map(|t| t.0)
        };
        let points = tried.len() / self.repeats.max(1) as usize;
        tried.chunks(points.max(1)).filter_map(best).collect()
    }

    fn find(&self, slice: &Slice<'_>) -> Result<Finding, Reason> {
        let rules = Rules::possible(self.min_registered);
        let (stations, left_out) = rules.apply_to_at_least(self.min_stations, slice)?;
        let honest = self.honest(&stations).ok_or(Reason::Constant)?;
        let fits = self.fits(&stations, &honest);
        Ok(finding(slice, &stations, left_out, &honest, &fits))
    }
}

/// Stations by share, in a simulated election.
fn simulated(
    rng: &mut ChaCha8Rng,
    stations: usize,
    h: &Honest,
    [some, most, alpha]: Fit,
) -> [f64; BINS] {
    let mut counts = [0.0; BINS];
    for _ in 0..stations {
        let (t, v) = (within(rng, h.turnout, h.turnout_sd), within(rng, h.share, h.share_sd));
        let u = sample::uniform(rng);
        let x = if u <= some {
            within(rng, 0.0, h.added_sd)
        } else if u <= some + most {
            1.0 - within(rng, 0.0, MOST)
        } else {
            0.0
        };
        let votes = t * v + x * (1.0 - t) + libm::pow(x, alpha) * (1.0 - v) * t;
        let share = votes / (t + x * (1.0 - t));
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share")]
        let bin = ((share * BINS as f64) as usize).min(BINS - 1);
        counts[bin] += 1.0;
    }
    counts
}

/// A normal number that lies between 0 and 1; with mean 0, the size of one.
fn within(rng: &mut ChaCha8Rng, mean: f64, sd: f64) -> f64 {
    loop {
        let drawn = mean + sd * sample::normal(rng);
        let drawn = if mean == 0.0 { drawn.abs() } else { drawn };
        if drawn > 0.0 && drawn < 1.0 {
            return drawn;
        }
    }
}

fn criterion(simulated: &[f64; BINS], observed: &[f64; BINS]) -> f64 {
    simulated.iter().zip(observed).map(|(h, o)| ((h - o) / (o + 1.0)).powi(2)).sum()
}

/// Mean and standard deviation (n − 1) of one of the values over the fits.
fn spread(fits: &[Fit], value: usize) -> [f64; 2] {
    let values: Vec<f64> = fits.iter().map(|f| f[value]).collect();
    let n = values.len() as f64;
    [moments::mean(&values), (moments::variance(&values) * n / (n - 1.0).max(1.0)).sqrt()]
}

fn beyond([mean, sd]: [f64; 2]) -> bool {
    mean > THRESHOLD * sd
}

fn finding(
    slice: &Slice<'_>,
    stations: &[Ballots],
    left_out: Vec<LeftOut>,
    h: &Honest,
    fits: &[Fit],
) -> Finding {
    let used = stations.len();
    let [some, most, alpha] = [0, 1, 2].map(|value| spread(fits, value));
    let mut caveats = caveat::of(used, slice.len());
    caveats.extend([Caveat::MixedElectorates, Caveat::PublishedRule]);
    let m = |name: &str, symbol, value, unit| Measure::plain(name, symbol, value, unit);
    let part =
        |name, symbol, [mean, sd]: [f64; 2]| m(name, symbol, mean, Unit::Share).with_sd(Some(sd));
    Finding {
        screen: SimulatedFit::CODE,
        subject: slice.subject(),
        used,
        measures: vec![
            part("part of the stations, some votes added", "f_i", some),
            part("part of the stations, most votes added", "f_e", most),
            m("votes moved as added (α)", "α", alpha[0], Unit::None).with_sd(Some(alpha[1])),
            m("turnout of the model's unchanged stations", "τ", h.turnout, Unit::Share),
            m("share of the model's unchanged stations", "ν", h.share, Unit::Share),
            m("scale of their turnout", "s_τ", h.turnout_sd, Unit::Points),
            m("scale of their share, times √2", "s_ν", h.share_sd, Unit::Points),
            m("scale of the part added", "θ", h.added_sd, Unit::Points),
        ],
        p: None,
        effect: Effect {
            name: "part of the stations to which the model adds some votes".to_owned(),
            value: some[0],
            unit: Unit::Share,
            interval: None,
            stations: Some(some[0] * used as f64),
            votes: None,
        },
        plain: format!(
            "The published fit by simulation gives f_i = {} ± {} and f_e = {} ± {} at {} stations; the published rule \
             ({RULE}) {}, while the grid has steps of a fifth and a tenth, and two electorates give the same.",
            figure(some[0]),
            figure(some[1]),
            figure(most[0]),
            figure(most[1]),
            phrase::count(used),
            verb(beyond(some) || beyond(most)),
        ),
        pictures: vec![Picture::Heat {
            title: "Stations by turnout and share".to_owned(),
            x: "turnout, %".to_owned(),
            y: "share, %".to_owned(),
            bins: BINS,
            counts: turnout_bins::cells(stations),
        }],
        stations: Vec::new(),
        caveats,
        left_out,
    }
}

impl Screen for SimulatedFit {
    fn meta(&self) -> Meta {
        Meta {
            code: Self::CODE,
            name: "klimek-simulated-fit",
            title: "Klimek's model by simulation",
            family: Family::Models,
            focus: Focus::Choice,
            status: Status::Trial,
            cost: Cost::Slow,
            doc: include_str!("simulated_fit.md"),
        }
    }

    fn run(&self, slice: &Slice<'_>) -> Outcome {
        slice.outcome(Self::CODE, self.find(slice))
    }
}

impl Published for SimulatedFit {
    fn met(&self, finding: &Finding) -> Option<bool> {
        let of = |symbol| finding.measure(symbol).and_then(|m| Some([m.value, m.sd?]));
        Some(beyond(of("f_i")?) || beyond(of("f_e")?))
    }

    fn rule(&self) -> &'static str {
        RULE
    }
}
