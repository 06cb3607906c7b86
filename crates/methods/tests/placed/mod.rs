//! Elections on a map, for the tests of screens of neighbouring places.

#![allow(dead_code)] // every test file includes this module and none uses all of it
#![allow(clippy::unwrap_used)]

use glassurn_model::Returns;
use glassurn_stats::{rng, sample};

use crate::ballots::{Figures, Honest};

/// Four hundred stations in twenty groups.
pub(crate) const HONEST: Honest = Honest { stations: 400, sizes: [200.0, 2_500.0], groups: 20 };

/// The figures with a place for each station, near the middle of its group; where in it has nothing to do with them.
pub(crate) fn placed(figures: &Figures, seed: u64) -> Returns {
    let mut rng = rng::stream(seed, "places", 0);
    let groups = figures.group.iter().max().map_or(1, |g| usize::try_from(*g).unwrap() + 1);
    let centres: Vec<[f64; 2]> = (0..groups)
        .map(|_| [50.0 + 2.0 * sample::uniform(&mut rng), 10.0 + 3.0 * sample::uniform(&mut rng)])
        .collect();
    let near = |g: &i64| {
        let [north, east] = centres[usize::try_from(*g).unwrap()];
        Some((north + 0.15 * sample::normal(&mut rng), east + 0.2 * sample::normal(&mut rng)))
    };
    let at: Vec<_> = figures.group.iter().map(near).collect();
    figures.builder().coordinates(at).build()
}

/// An election without groups whose stations' levels have heavy tails (Student's, five degrees of freedom).
pub(crate) fn heavy(seed: u64) -> Returns {
    let mut figures = Honest { groups: 1, ..HONEST }.draw(seed);
    let mut rng = rng::stream(seed, "heavy", 0);
    for (votes, cast) in figures.votes.iter_mut().zip(&figures.cast) {
        let squares: f64 = (0..5).map(|_| sample::normal(&mut rng).powi(2)).sum();
        let level = 0.3 * sample::normal(&mut rng) / (squares / 5.0).sqrt();
        let share = 1.0 / (1.0 + (-level).exp());
        *votes = i64::try_from(sample::binomial(&mut rng, cast.unsigned_abs(), share)).unwrap();
    }
    placed(&figures, seed)
}
