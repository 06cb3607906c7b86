//! Allocation to strata and the seeded draw.

use std::collections::BTreeMap;

use glassurn_stats::{rng, sample};

/// How stations are shared among strata.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Allocation {
    /// In proportion to the stratum's stations.
    Proportional,
    /// In proportion to stations times spread (Neyman).
    Neyman,
}

/// Stations for every stratum (name, stations, spread): at least two where there are two, at most all;
/// the rest by largest remainders, ties in the order given. The sum is `total` wherever bounds allow.
pub fn allocate(strata: &[(String, u64, f64)], total: u64, how: Allocation) -> Vec<u64> {
    let weight = |s: &(String, u64, f64)| match how {
        Allocation::Proportional => s.1 as f64,
        Allocation::Neyman => s.1 as f64 * s.2,
    };
    let sum: f64 = strata.iter().map(weight).sum();
    let mut drawn: Vec<u64> = strata.iter().map(|s| s.1.min(2)).collect();
    let mut left = total.saturating_sub(drawn.iter().sum());
    while left > 0 {
        // What a stratum lacks of its share; the one that lacks most takes the next station.
        let lack = |i: usize| total as f64 * weight(&strata[i]) / sum - drawn[i] as f64;
        let open = (0..strata.len()).filter(|i| drawn[*i] < strata[*i].1);
        let Some(next) = open.reduce(|a, b| if lack(b) > lack(a) { b } else { a }) else { break };
        // Whole stations of the lack at once, so that large samples need few rounds.
        let whole = (1..=left.min(strata[next].1 - drawn[next]))
            .take_while(|n| *n == 1 || (*n as f64) < lack(next) / 2.0)
            .last()
            .unwrap_or(1);
        drawn[next] += whole;
        left -= whole;
    }
    drawn
}

/// One stratum's draw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draw {
    /// The stratum.
    pub stratum: String,
    /// The sample, in drawn order.
    pub sample: Vec<String>,
    /// The replacements, in the order in which they are to be used.
    pub replacements: Vec<String>,
}

/// Draws from a frame of (stratum, station): the whole of each stratum is put in a random order, of which
/// the first stations are the sample and the next `spare` the replacements. The order depends on the seed,
/// the stratum's name and the stations' names, not on the order of the file. `None` when a station stands
/// twice in the frame or a stratum has fewer stations than it is to give.
pub fn draw(
    frame: &[(String, String)],
    sizes: &BTreeMap<String, u64>,
    spare: usize,
    seed: u64,
) -> Option<Vec<Draw>> {
    let mut strata: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (stratum, station) in frame {
        strata.entry(stratum).or_default().push(station);
    }
    let mut draws = Vec::new();
    for (name, mut stations) in strata {
        stations.sort_unstable();
        if stations.windows(2).any(|w| w[0] == w[1]) {
            return None;
        }
        let n = usize::try_from(sizes.get(name).copied().unwrap_or(0)).ok()?;
        if n > stations.len() {
            return None;
        }
        let mut rng = rng::stream(seed, &format!("sample-design {name}"), 0);
        sample::shuffle(&mut rng, &mut stations);
        let owned = |part: &[&str]| part.iter().map(|s| (*s).to_owned()).collect();
        let last = (n + spare).min(stations.len());
        draws.push(Draw {
            stratum: name.to_owned(),
            sample: owned(&stations[..n]),
            replacements: owned(&stations[n..last]),
        });
    }
    Some(draws)
}
