//! Every screen against simulated clean elections: a small, seeded version of what `glassurn bench-methods` measures
//! at length (`docs/methods/proving.md`).

#![allow(clippy::unwrap_used, clippy::print_stdout)]

use glassurn_methods::simulate::{Plan, demo, demo_clean, election};
use glassurn_methods::{Cost, Focus, Screen, Slice, battery, screens};
use glassurn_model::{Finding, Returns};
use glassurn_stats::binomial;
use rayon::prelude::*;

const ELECTIONS: u64 = 240;
const LEVEL: f64 = 0.05;

/// A screen's p-value on all stations, the leader in focus.
fn p_value(screen: &dyn Screen, returns: &Returns) -> Option<f64> {
    let leader = returns.contests[0].leader();
    let choice = if screen.meta().focus == Focus::Choice { leader } else { None };
    Some(screen.run(&Slice::whole(returns, 0, choice)).finding()?.p?.value)
}

/// 720 stations in 12 regions.
fn clean(seed: u64) -> Returns {
    election(&Plan { stations_per_region: 60, seed, ..Plan::default() })
}

#[test]
fn no_screen_speaks_up_too_often_when_nothing_was_changed() {
    let elections: Vec<Returns> = (1..=ELECTIONS).into_par_iter().map(clean).collect();
    // Slow screens fit models and have no p-value.
    for screen in screens::ALL.iter().filter(|s| s.meta().cost == Cost::Quick) {
        let ps: Vec<f64> = elections.par_iter().filter_map(|e| p_value(*screen, e)).collect();
        let (n, k) = (ps.len() as u64, ps.iter().filter(|p| **p <= LEVEL).count() as u64);
        let meta = screen.meta();
        println!("{} {}: {k} of {n} at 5 %", meta.code, meta.name);
        // One chance in ten thousand, for each screen, that a level of 5 % gives so many.
        assert!(binomial::sf(k, n, LEVEL) > 1e-4, "{} rejects {k} of {n}", meta.code);
        // A level that holds because nothing is ever small would show nothing: the digits use theirs up.
        if ["S110", "S112"].contains(&meta.code) {
            assert!(binomial::cdf(k, n, LEVEL) > 1e-4, "{} rejects {k} of {n}", meta.code);
        }
    }
}

#[test]
fn the_demonstration_shows_something_and_its_clean_twin_does_not() {
    // As the program does it: the country and each region, adjusted over the whole battery.
    let plan = battery::Plan { levels: vec![0], ..battery::Plan::default() };
    let shown = |returns: &Returns| -> Vec<String> {
        let small = |t: &battery::Tested| t.bh.is_some_and(|p| p <= 0.01);
        let name = |f: &Finding| format!("{} {:?}", f.screen, f.subject.scope);
        let tested = battery::run(returns, &plan);
        tested.iter().filter(|t| small(t)).filter_map(|t| t.outcome.finding().map(name)).collect()
    };
    let (clean, changed) = (shown(&demo_clean(1)), shown(&demo(1)));
    println!("clean {clean:?}\nchanged {changed:?}");
    assert!(clean.is_empty(), "{clean:?}");
    assert!(
        changed.iter().any(|c| c.starts_with("S210") && c.contains("Ironbridge")),
        "{changed:?}"
    );
}
