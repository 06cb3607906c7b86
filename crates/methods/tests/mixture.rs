//! The three-class mixture: each station's likelihood, the posterior and its slopes. Order: by hand, oracle, slopes,
//! what must not matter, labels, refusals.

#![allow(clippy::unwrap_used)]

use glassurn_methods::mixture::{CLASSES, Form, Parameters, Posterior, Rules, Station};

mod common;
use common::{Case, close, oracle};

fn station(case: &Case) -> Station {
    let [n, a, w] = ["registered", "abstained", "votes"].map(|k| case.whole(k) as f64);
    Station::new(n, a, w)
}

fn parameters(case: &Case) -> Parameters {
    let six = |key: &str| case.numbers(key).try_into().unwrap();
    Parameters { odds: [0.5, 0.5], means: six("means"), variances: six("variances") }
}

/// Log likelihoods by class, as many points as it takes.
fn logs(case: &Case, rules: &Rules) -> [f64; 3] {
    station(case).likelihoods(&parameters(case), rules).map(|l| l.log)
}

fn stations() -> Vec<Station> {
    let counts = [
        [400, 180, 100],
        [700, 300, 180],
        [500, 60, 380],
        [900, 40, 840],
        [350, 20, 310],
        [800, 350, 190],
    ];
    counts.map(|[n, a, w]: [i32; 3]| Station::new(n.into(), a.into(), w.into())).to_vec()
}

const AT: [f64; 14] =
    [-1.5, -2.5, 0.2, -0.1, 0.1, -0.3, 0.2, -0.1, -2.0, -2.2, -1.8, -1.6, -1.7, -1.5];

// --- by hand -----------------------------------------------------------------------------------

#[test]
fn without_variance_and_additions_counts_are_binomial() {
    // Ten voters, half of whom come; of those who come half vote for the choice.
    let parameters = Parameters { odds: [0.5; 2], means: [0.0; 6], variances: [0.0; 6] };
    let [none, ..] = Station::new(10.0, 5.0, 2.0).likelihoods(&parameters, &Rules::new(3, 3));
    // C(10,5) 2⁻¹⁰ · C(10,2) ¼² ¾⁸
    let want = 252.0 / 1024.0 * 45.0 / 16.0 * 0.75_f64.powi(8);
    close(none.log, want.ln(), 1e-12);
}

// --- oracle ------------------------------------------------------------------------------------

#[test]
fn likelihoods_are_those_of_brute_force() {
    let (fine, usual) = (Rules::new(41, 21), Rules::new(7, 5));
    for case in oracle("mixture.json") {
        let (got, quick) = (logs(&case, &fine), logs(&case, &usual));
        let want = ["none", "some", "most"].map(|k| case.number(k));
        let best = want.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        for i in 0..3 {
            if got[i] == f64::NEG_INFINITY {
                assert!(want[i] < best - 28.0, "a class is left out that could matter");
                continue;
            }
            assert!((got[i] - want[i]).abs() < 1e-6, "{} for {}", got[i], want[i]);
            // Few points are enough wherever the class is not next to impossible.
            let bound = if want[i] > best - 15.0 { 2e-3 } else { 2.0 };
            assert!((quick[i] - want[i]).abs() < bound, "{} for {}", quick[i], want[i]);
        }
    }
}

#[test]
fn expected_votes_are_those_of_brute_force() {
    let fine = Rules::new(41, 21);
    for case in oracle("mixture.json") {
        let got = station(&case).likelihoods(&parameters(&case), &fine);
        for (name, likelihood) in ["some", "most"].into_iter().zip(&got[1..]) {
            if likelihood.log == f64::NEG_INFINITY {
                continue;
            }
            close(likelihood.votes[0], case.number(&format!("{name}_added")), 1e-5);
            close(likelihood.votes[1], case.number(&format!("{name}_moved")), 1e-5);
            let [added, moved] = likelihood.squares;
            assert!(added >= likelihood.votes[0].powi(2) && moved >= likelihood.votes[1].powi(2));
        }
    }
}

#[test]
fn a_normal_deviation_stands_for_the_latent_count() {
    // Where a class is at all likely, the published sum over counts differs from the integral by less than this.
    for case in oracle("mixture.json") {
        let best = ["none", "some", "most"]
            .map(|k| case.number(k))
            .into_iter()
            .fold(f64::NEG_INFINITY, f64::max);
        for name in ["some", "most"] {
            let (used, exact) = (case.number(name), case.number(&format!("{name}_exact")));
            let bound = match best - exact {
                ..3.0 => 0.25,
                ..15.0 => 0.35,
                _ => 25.0,
            };
            assert!((used - exact).abs() < bound, "{name}: {used} for {exact}, best {best}");
        }
    }
}

// --- slopes ------------------------------------------------------------------------------------

#[test]
fn slopes_are_those_of_the_posterior() {
    let (stations, rules) = (stations(), Rules::new(31, 15));
    for form in [Form::Varying, Form::Same] {
        let posterior = Posterior { stations: &stations, form, rules: &rules };
        let at = &AT[..form.unknowns()];
        let look = posterior.look(at, &[]);
        for i in 0..at.len() {
            let moved = |by: f64| {
                let mut at = at.to_vec();
                at[i] += by;
                posterior.look(&at, &[]).value
            };
            let want = (moved(1e-3) - moved(-1e-3)) / 2e-3;
            let bound = 1e-3 * want.abs().max(1.0);
            assert!(
                (look.gradient[i] - want).abs() < bound,
                "{form:?} {i}: {} for {want}",
                look.gradient[i]
            );
        }
    }
}

#[test]
fn what_is_held_has_no_slope() {
    let (stations, rules) = (stations(), Rules::new(5, 5));
    let posterior = Posterior { stations: &stations, form: Form::Varying, rules: &rules };
    let look = posterior.look(&AT, &[1]);
    assert_eq!(look.gradient[1], 0.0);
    assert_eq!((look.curvature.at(1, 1), look.curvature.at(0, 1)), (1.0, 0.0));
    assert_ne!(look.gradient[0], 0.0);
}

// --- what must not matter ------------------------------------------------------------------------

#[test]
fn the_number_of_threads_does_not_matter() {
    let stations: Vec<Station> = stations().into_iter().cycle().take(600).collect();
    let rules = Rules::new(5, 3);
    let posterior = Posterior { stations: &stations, form: Form::Varying, rules: &rules };
    let look = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| posterior.look(&AT, &[]))
    };
    assert_eq!(look(1), look(3));
}

// --- labels ------------------------------------------------------------------------------------

#[test]
fn classes_cannot_change_names() {
    let [some, most] = CLASSES;
    assert!(some.level(40.0) <= 0.7 && most.level(-40.0) >= 0.7);
    let (stations, rules) = (stations(), Rules::new(9, 5));
    let posterior = Posterior { stations: &stations, form: Form::Varying, rules: &rules };
    let classes: Vec<usize> = posterior
        .memberships(&AT)
        .iter()
        .map(|m| (0..3).max_by(|a, b| m.chances[*a].total_cmp(&m.chances[*b])).unwrap())
        .collect();
    assert_eq!(classes, [0, 0, 1, 2, 2, 0]);
}

#[test]
fn chances_sum_to_one_and_the_first_class_is_the_largest() {
    for odds in [[0.0, 0.0], [1.0, 1.0], [0.2, 0.01]] {
        let [none, some, most] =
            Parameters { odds, means: [0.0; 6], variances: [0.1; 6] }.chances();
        assert!((none + some + most - 1.0).abs() < 1e-15 && none >= some && none >= most);
    }
}

// --- refusals ----------------------------------------------------------------------------------

#[test]
fn a_class_that_leaves_fewer_than_abstained_is_none() {
    let parameters = Parameters { odds: [0.5; 2], means: [0.0; 6], variances: [0.1; 6] };
    let [none, some, most] =
        Station::new(500.0, 300.0, 90.0).likelihoods(&parameters, &Rules::new(7, 5));
    assert!(none.log.is_finite() && some.log.is_finite());
    assert_eq!((most.log, most.votes), (f64::NEG_INFINITY, [0.0, 0.0]));
}
