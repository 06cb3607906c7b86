//! Local Moran's I and Getis and Ord's G*, and the chance of a sum of neighbours as far out.

use glassurn_stats::{multiple, rng, sample};
use rayon::prelude::*;

use crate::neighbours::Neighbours;

/// What one area says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Local {
    /// Local Moran's I; `None` without a neighbour.
    pub i: Option<f64>,
    /// Getis and Ord's G*, standardised.
    pub g_star: f64,
    /// Whether its value is above the mean, and whether its neighbours' sum is above what chance gives.
    pub high: [bool; 2],
    /// Two-sided chance of the neighbours' sum when values are exchanged within groups, this one staying.
    pub p: f64,
    /// The same after adjustment over the areas (Benjamini and Hochberg).
    pub adjusted: f64,
}

/// Where an area lies beside its neighbours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// High, and so are they.
    HighHigh,
    /// Low, and so are they.
    LowLow,
    /// High among low ones.
    HighLow,
    /// Low among high ones.
    LowHigh,
    /// As chance has it.
    None,
}

impl Class {
    /// All, in the order in which a map shows them.
    pub const ALL: [Class; 5] =
        [Class::HighHigh, Class::LowLow, Class::HighLow, Class::LowHigh, Class::None];
    /// Those that are listed.
    pub const LISTED: [Class; 4] =
        [Class::HighHigh, Class::LowLow, Class::HighLow, Class::LowHigh];

    /// As a reader sees it.
    pub fn name(self) -> &'static str {
        match self {
            Class::HighHigh => "high among high",
            Class::LowLow => "low among low",
            Class::HighLow => "high among low",
            Class::LowHigh => "low among high",
            Class::None => "as chance has it",
        }
    }
}

impl Local {
    /// The class at this share of false discoveries.
    pub fn class(&self, level: f64) -> Class {
        match self.high {
            _ if self.adjusted > level => Class::None,
            [true, true] => Class::HighHigh,
            [false, false] => Class::LowLow,
            [true, false] => Class::HighLow,
            [false, true] => Class::LowHigh,
        }
    }
}

/// What every area says, with up to so many draws for each. `None` where values do not vary.
///
/// Given its own value, an area's I and G* rise with the sum over its neighbours, so that one p-value serves both.
pub fn local(
    neighbours: &Neighbours,
    values: &[f64],
    group: &[u32],
    draws: u32,
    seed: u64,
) -> Option<Vec<Local>> {
    let n = values.len() as f64;
    if values.len() != neighbours.len() || values.len() != group.len() || values.len() < 2 {
        return None;
    }
    let mean = values.iter().sum::<f64>() / n;
    let centred: Vec<f64> = values.iter().map(|v| v - mean).collect();
    let second = centred.iter().map(|v| v * v).sum::<f64>() / n;
    if second.is_nan() || second <= 1e-18 {
        return None;
    }
    let pools = Pools::of(&centred, group);
    let one = |i: usize| {
        let list = neighbours.of(i);
        let own = centred[i];
        let sum: f64 = list.iter().map(|j| centred[*j as usize]).sum();
        let weight = list.len() as f64 + 1.0;
        let root = (second * (n * weight - weight * weight) / (n - 1.0)).sqrt();
        let (p, above) = pools.chance(i, list, sum, draws, seed);
        Local {
            i: (!list.is_empty()).then_some(own / second * sum),
            g_star: if root > 0.0 { (sum + own) / root } else { 0.0 },
            high: [own > 0.0, above],
            p,
            adjusted: 1.0,
        }
    };
    let mut all: Vec<Local> = (0..values.len()).into_par_iter().map(one).collect();
    let p: Vec<f64> = all.iter().map(|l| l.p).collect();
    for (local, adjusted) in all.iter_mut().zip(multiple::benjamini_hochberg(&p)) {
        local.adjusted = adjusted;
    }
    Some(all)
}

/// The values of each group, among which they are exchanged.
struct Pools<'a> {
    group: &'a [u32],
    members: Vec<Vec<f64>>,
    place: Vec<usize>,
}

/// So many draws beyond the observed sum are enough to know that it is ordinary.
const ENOUGH: u32 = 20;

impl<'a> Pools<'a> {
    fn of(values: &[f64], group: &'a [u32]) -> Self {
        let most = group.iter().max().map_or(0, |g| *g as usize + 1);
        let (mut members, mut place) = (vec![Vec::new(); most], Vec::with_capacity(values.len()));
        for (value, g) in values.iter().zip(group) {
            place.push(members[*g as usize].len());
            members[*g as usize].push(*value);
        }
        Pools { group, members, place }
    }

    /// The two-sided p of the sum over the neighbours, and whether it lies above its mean. Draws stop early where
    /// both tails are large: the p-value is then the share of draws beyond, as Besag and Clifford have it.
    fn chance(&self, i: usize, list: &[u32], sum: f64, draws: u32, seed: u64) -> (f64, bool) {
        let wanted = self.wanted(list);
        let pool = |g: u32| self.members[g as usize].len() - usize::from(g == self.group[i]);
        let mean: f64 = wanted.iter().map(|(g, k)| *k as f64 * self.mean(*g, i)).sum();
        if wanted.iter().all(|(g, k)| pool(*g) <= *k) {
            return (1.0, sum > mean);
        }
        let mut rng = rng::stream(seed, "local", i as u64);
        let (mut below, mut above, mut drawn) = (0_u32, 0_u32, 0_u32);
        // The same values added in another order may differ in the last bits.
        let slack = 1e-9 * (1.0 + sum.abs());
        while drawn < draws && below.min(above) < ENOUGH {
            let other: f64 = wanted.iter().map(|(g, k)| self.draw(*g, i, *k, &mut rng)).sum();
            drawn += 1;
            below += u32::from(other <= sum + slack);
            above += u32::from(other >= sum - slack);
        }
        let beyond = f64::from(below.min(above));
        let tail = match below.min(above) {
            ENOUGH.. => beyond / f64::from(drawn),
            _ => (beyond + 1.0) / (f64::from(drawn) + 1.0),
        };
        ((2.0 * tail).min(1.0), sum > mean)
    }

    /// How many values of each group the neighbours have.
    fn wanted(&self, list: &[u32]) -> Vec<(u32, usize)> {
        let mut groups: Vec<u32> = list.iter().map(|j| self.group[*j as usize]).collect();
        groups.sort_unstable();
        let mut wanted: Vec<(u32, usize)> = Vec::new();
        for g in groups {
            match wanted.last_mut() {
                Some((last, k)) if *last == g => *k += 1,
                _ => wanted.push((g, 1)),
            }
        }
        wanted
    }

    /// The mean of a group's values without the area's own.
    fn mean(&self, g: u32, i: usize) -> f64 {
        let members = &self.members[g as usize];
        let sum: f64 = members.iter().sum();
        let own = g == self.group[i];
        let less = if own { members[self.place[i]] } else { 0.0 };
        (sum - less) / (members.len() - usize::from(own)).max(1) as f64
    }

    /// The sum of `k` values of a group, none twice and the area's own never (Floyd's way).
    fn draw(&self, g: u32, i: usize, k: usize, rng: &mut rng::ChaCha8Rng) -> f64 {
        let members = &self.members[g as usize];
        let own = (g == self.group[i]).then_some(self.place[i]);
        let size = members.len() - usize::from(own.is_some());
        let k = k.min(size);
        let mut taken: Vec<usize> = Vec::with_capacity(k);
        for last in size - k..size {
            let at = usize::try_from(sample::below(rng, last as u64 + 1)).unwrap_or(last);
            taken.push(if taken.contains(&at) { last } else { at });
        }
        let value = |at: &usize| members[at + usize::from(own.is_some_and(|own| *at >= own))];
        taken.iter().map(value).sum()
    }
}
