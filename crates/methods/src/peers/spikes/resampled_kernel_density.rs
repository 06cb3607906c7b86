//! X410: shares that are denser than in any of many resamples.

use glassurn_model::{Caveat, Effect, Finding, LeftOut, Measure, Outcome, Picture, Reason, Unit};
use glassurn_stats::beta_mixture::{self, Component, LARGEST_TOTAL, Pair, Tables};
use glassurn_stats::rng::{self, ChaCha8Rng};
use glassurn_stats::{moments, sample};
use rayon::prelude::*;

use super::density::{Density, Grid, PLACES};
use crate::ballots::Rules;
use crate::peers::{Published, verb};
use crate::{Cost, Family, Focus, Meta, Screen, Slice, Status, caveat, phrase};

#[doc = include_str!("resampled_kernel_density.md")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ResampledKernelDensity {
    /// Fewest stations for an answer.
    pub min_stations: usize,
    /// Most laws in a mixture.
    pub most_laws: usize,
    /// Resamples.
    pub resamples: u32,
    /// Seed of the resamples.
    pub seed: u64,
}

/// Registered voters, ballots, votes.
pub type Station = [u32; 3];

/// The laws of turnout and of the share.
#[derive(Debug, Clone, PartialEq)]
pub struct Mixtures {
    /// Ballots out of registered voters.
    pub turnout: Vec<Component>,
    /// Votes out of ballots.
    pub share: Vec<Component>,
}

/// The sufficient figures of a slice.
#[derive(Debug, Clone, PartialEq)]
pub struct Figures {
    /// Density of the shares.
    pub density: Density,
    /// The highest density of all resamples, at each place.
    pub envelope: Density,
    /// Part of the stations nearest to each place beyond the mean of the resamples; 0 at a share of 0.
    pub weights: Vec<f64>,
}

impl Figures {
    /// The places whose density is above the envelope.
    fn beyond(&self) -> impl Iterator<Item = usize> {
        (0..PLACES).filter(|&i| self.density[i] > self.envelope[i])
    }

    /// The published figure, as a part of the stations.
    pub fn part(&self) -> f64 {
        self.beyond().fold(0.0, |sum, i| sum + self.weights[i])
    }
}

const RULE: &str = "F is above 0";

impl ResampledKernelDensity {
    /// The published settings; no fewest stations are published.
    pub const DEFAULT: Self =
        ResampledKernelDensity { min_stations: 500, most_laws: 5, resamples: 1_000, seed: 1 };

    const CODE: &'static str = "X410";

    /// The stations of a slice.
    pub fn stations(&self, slice: &Slice<'_>) -> Result<(Vec<Station>, Vec<LeftOut>), Reason> {
        let rules = Rules::possible(1);
        let (ballots, mut left_out) = rules.apply_to(slice, &slice.share_denominator()?)?;
        let narrow = |n: i64| u32::try_from(n).ok().filter(|&n| n <= LARGEST_TOTAL);
        let station = |s: &crate::ballots::Ballots| {
            Some([narrow(s.registered)?, narrow(s.cast)?, narrow(s.votes)?])
        };
        let stations: Vec<Station> = ballots.iter().filter_map(station).collect();
        if stations.len() < ballots.len() {
            let why =
                Reason::Above { what: "voters at one station", maximum: LARGEST_TOTAL.to_string() };
            left_out.push(LeftOut { why, stations: ballots.len() - stations.len() });
        }
        match stations.len() {
            used if used < self.min_stations => {
                Err(Reason::TooFew { used, needed: self.min_stations })
            }
            _ => Ok((stations, left_out)),
        }
    }

    /// The laws of some stations.
    pub fn mixtures(&self, stations: &[Station]) -> Option<Mixtures> {
        let of = |whole: usize, part: usize| {
            let pairs: Vec<Pair> = stations.iter().map(|s| (s[part], s[whole])).collect();
            self.mixture(&pairs)
        };
        let (turnout, share) = rayon::join(|| of(0, 1), || of(1, 2));
        Some(Mixtures { turnout: turnout?, share: share? })
    }

    /// One law more until the density hardly changes.
    fn mixture(&self, pairs: &[Pair]) -> Option<Vec<Component>> {
        let mut last: Option<(Vec<Component>, Vec<f64>)> = None;
        for laws in 1..=self.most_laws.max(1) {
            let components = beta_mixture::fit(pairs, laws)?.components;
            let density = curve(&components);
            let same = last.is_some_and(|(_, before)| correlation(&before, &density) >= 0.99);
            if same || laws == self.most_laws.max(1) {
                return Some(components);
            }
            last = Some((components, density));
        }
        None
    }

    /// The figures of some stations under given laws.
    pub fn figures(&self, stations: &[Station], laws: &Mixtures) -> Figures {
        let mut grid = Grid::default();
        stations.iter().for_each(|&[_, ballots, votes]| grid.add(votes.into(), ballots.into()));
        let known = Known::new(stations, laws);
        let none = || (vec![0.0_f64; PLACES], vec![0_u64; PLACES]);
        // Maxima and sums of whole numbers do not depend on their order.
        let take = |(mut high, mut sums): (Density, Vec<u64>),
                    (density, places): (Density, Vec<u64>)| {
            high.iter_mut().zip(density).for_each(|(h, d)| *h = h.max(d));
            sums.iter_mut().zip(places).for_each(|(s, p)| *s += p);
            (high, sums)
        };
        let draw = |number: u32| {
            let again = known.again(&mut rng::stream(self.seed, Self::CODE, u64::from(number)));
            (again.density(), again.places().iter().map(|&p| u64::from(p)).collect())
        };
        let (envelope, sums) =
            (0..self.resamples).into_par_iter().map(draw).fold(none, take).reduce(none, take);
        let n = stations.len() as f64;
        let all = n * f64::from(self.resamples.max(1));
        let excess =
            |(&seen, &drawn): (&u32, &u64)| (f64::from(seen) / n - drawn as f64 / all).max(0.0);
        let mut weights: Vec<f64> = grid.places().iter().zip(&sums).map(excess).collect();
        weights[0] = 0.0;
        Figures { density: grid.density(), envelope, weights }
    }

    fn find(&self, slice: &Slice<'_>) -> Result<Finding, Reason> {
        let (stations, left_out) = self.stations(slice)?;
        let laws = self.mixtures(&stations).ok_or(Reason::Constant)?;
        let figures = self.figures(&stations, &laws);
        let (used, part, bins) = (stations.len(), figures.part(), figures.beyond().count());
        let mut caveats = caveat::of(used, slice.len());
        caveats.push(Caveat::PublishedRule);
        let m = Measure::plain;
        Ok(Finding {
            screen: Self::CODE,
            subject: slice.subject(),
            used,
            measures: vec![
                m("part of the stations in places above the envelope", "F", part, Unit::Share),
                m("places above the envelope", "B", bins as f64, Unit::None),
                m("laws in the mixture of turnouts", "L_t", laws.turnout.len() as f64, Unit::None),
                m("laws in the mixture of shares", "L_v", laws.share.len() as f64, Unit::None),
            ],
            p: None,
            effect: Effect {
                name: "part of the stations in places above the envelope".to_owned(),
                value: part,
                unit: Unit::Share,
                interval: None,
                stations: Some(part * used as f64),
                votes: None,
            },
            plain: format!(
                "At {bins} places of the share, {} stations are denser than in any of {} resamples, by F = {} of the \
                 stations; the published rule ({RULE}) {}, and F shrinks with more resamples, towards nothing.",
                phrase::count(used),
                phrase::count(self.resamples as usize),
                phrase::percent(part, 4),
                verb(part > 0.0),
            ),
            pictures: vec![picture(&figures)],
            stations: Vec::new(),
            caveats,
            left_out,
        })
    }
}

/// What is drawn from: stations, laws, and for each station the cumulative chances of the laws.
struct Known<'a> {
    stations: &'a [Station],
    laws: &'a Mixtures,
    turnout: Vec<f64>,
    share: Vec<f64>,
}

impl<'a> Known<'a> {
    fn new(stations: &'a [Station], laws: &'a Mixtures) -> Self {
        let chances = |laws: &[Component], whole: usize, part: usize| -> Vec<f64> {
            let largest = stations.iter().map(|s| s[whole]).max().unwrap_or(0);
            let (tables, mut chances) = (Tables::new(laws, largest), vec![0.0; laws.len()]);
            let mut all = Vec::with_capacity(stations.len() * laws.len());
            for s in stations {
                beta_mixture::chances(&tables, (s[part], s[whole]), &mut chances);
                let mut sum = 0.0;
                all.extend(chances.iter().map(|c| {
                    sum += c;
                    sum
                }));
            }
            all
        };
        let (turnout, share) = (chances(&laws.turnout, 0, 1), chances(&laws.share, 1, 2));
        Known { stations, laws, turnout, share }
    }

    /// All stations drawn again: turnout and share each at a level of its law, given what was counted.
    fn again(&self, rng: &mut ChaCha8Rng) -> Grid {
        let mut grid = Grid::default();
        let chances = self
            .turnout
            .chunks(self.laws.turnout.len())
            .zip(self.share.chunks(self.laws.share.len()));
        for (&[registered, ballots, votes], (turnout, share)) in self.stations.iter().zip(chances) {
            let level = level(rng, &self.laws.turnout, turnout, (ballots, registered));
            let cast = sample::binomial(rng, registered.into(), level);
            let level = self::level(rng, &self.laws.share, share, (votes, ballots));
            grid.add(sample::binomial(rng, cast, level), cast);
        }
        grid
    }
}

/// A level given a count.
fn level(rng: &mut ChaCha8Rng, laws: &[Component], chances: &[f64], (y, n): Pair) -> f64 {
    let u = sample::uniform(rng);
    let picked = chances.iter().position(|&c| u < c).unwrap_or(0);
    let law = laws[picked];
    sample::beta(rng, law.a + f64::from(y), law.b + f64::from(n - y))
}

/// The density of a mixture of beta laws at the inner places.
fn curve(components: &[Component]) -> Vec<f64> {
    let law = |c: &Component, x: f64| {
        let scale = libm::lgamma(c.a + c.b) - libm::lgamma(c.a) - libm::lgamma(c.b);
        let log = (c.a - 1.0) * libm::log(x) + (c.b - 1.0) * libm::log(1.0 - x);
        c.weight * libm::exp(scale + log)
    };
    let at = |x: f64| components.iter().map(|c| law(c, x)).sum();
    (10..=990).map(|i| at(f64::from(i) / 1_000.0)).collect()
}

fn correlation(x: &[f64], y: &[f64]) -> f64 {
    let (mean_x, mean_y) = (moments::mean(x), moments::mean(y));
    let products: Vec<f64> = x.iter().zip(y).map(|(x, y)| (x - mean_x) * (y - mean_y)).collect();
    moments::mean(&products) / (moments::variance(x) * moments::variance(y)).sqrt()
}

fn picture(figures: &Figures) -> Picture {
    Picture::Lines {
        title: "Density of the shares, and the highest of the resamples".to_owned(),
        x: "share, %".to_owned(),
        y: "density".to_owned(),
        at: (0..PLACES).map(|i| i as f64 / 10.0).collect(),
        series: vec![
            ("stations".to_owned(), figures.density.clone()),
            ("highest of the resamples".to_owned(), figures.envelope.clone()),
        ],
    }
}

impl Screen for ResampledKernelDensity {
    fn meta(&self) -> Meta {
        Meta {
            code: Self::CODE,
            name: "spikes-resampled-kernel-density",
            title: "Resampled kernel density (spikes)",
            family: Family::Rounding,
            focus: Focus::Choice,
            status: Status::Trial,
            cost: Cost::Slow,
            doc: include_str!("resampled_kernel_density.md"),
        }
    }

    fn run(&self, slice: &Slice<'_>) -> Outcome {
        slice.outcome(Self::CODE, self.find(slice))
    }
}

impl Published for ResampledKernelDensity {
    fn met(&self, finding: &Finding) -> Option<bool> {
        finding.measure("F").map(|m| m.value > 0.0)
    }

    fn rule(&self) -> &'static str {
        RULE
    }
}
