//! How often each screen speaks up on honest elections drawn from these very returns.
//!
//! The level of a test is a promise about its null hypothesis; whether it is kept depends on the sizes and levels
//! of the stations at hand. So elections are drawn from the returns under three nulls ([`Null`]), and it is counted
//! in how many a screen stands out by its own rule. A rate far above 5 % says that here the screen's p-value
//! means less than it seems to.

use glassurn_model::Returns;
use rayon::prelude::*;
use serde::Serialize;

use crate::simulate::{CleanLike, Null};
use crate::{Purpose, Screen, proving};

/// How often one screen stands out under one null.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FalseAlarms {
    /// The screen's code.
    pub screen: &'static str,
    /// The contest's name.
    pub contest: String,
    /// What was held to be honest.
    pub null: Null,
    /// Elections in which the screen stood out.
    pub stood_out: u32,
    /// Elections on which it had an opinion.
    pub judged: u32,
}

/// Elections to draw under each null when nobody says how many: fewer of larger ones, since each costs more.
pub fn draws(stations: usize) -> u32 {
    let most = 300_000 / stations.max(1);
    u32::try_from(most).unwrap_or(u32::MAX).clamp(6, 50)
}

/// Draws that many elections under each null, for each contest, and runs on all stations of each, the leader in
/// focus, the screens for which it is one ([`Screen::nulls`]).
pub fn false_alarms(
    returns: &Returns,
    screens: &[&dyn Screen],
    draws: u32,
    seed: u64,
) -> Vec<FalseAlarms> {
    let mut all = Vec::new();
    for (contest, null) in (0..returns.contests.len()).flat_map(|c| Null::ALL.map(|n| (c, n))) {
        let suited: Vec<&dyn Screen> =
            screens.iter().copied().filter(|s| s.nulls().contains(&null)).collect();
        let counts = counted(returns, contest, null, &suited, draws, seed);
        all.extend(suited.iter().zip(counts).map(|(screen, [stood_out, judged])| FalseAlarms {
            screen: screen.meta().code,
            contest: returns.contests[contest].name.clone(),
            null,
            stood_out,
            judged,
        }));
    }
    all.retain(|f| f.judged > 0);
    all
}

/// For each screen, in how many elections it stood out, and on how many it had an opinion.
fn counted(
    returns: &Returns,
    contest: usize,
    null: Null,
    screens: &[&dyn Screen],
    draws: u32,
    seed: u64,
) -> Vec<[u32; 2]> {
    let nothing = || vec![[0; 2]; screens.len()];
    let Some(like) = CleanLike::of(returns, contest, null) else { return nothing() };
    let one = |draw: u32| {
        let election = like.election(seed.wrapping_add(draw.into()));
        let answers = proving::answers(&election, screens, Purpose::Judging);
        let judged = |a: &proving::Answer| a.stands_out.map_or([0, 0], |out| [out.into(), 1]);
        answers.iter().map(judged).collect::<Vec<[u32; 2]>>()
    };
    let add = |mut a: Vec<[u32; 2]>, b: Vec<[u32; 2]>| {
        for (a, b) in a.iter_mut().zip(b) {
            *a = [a[0] + b[0], a[1] + b[1]];
        }
        a
    };
    // Whole numbers: the order of adding does not matter.
    (0..draws).into_par_iter().map(one).reduce(nothing, add)
}
