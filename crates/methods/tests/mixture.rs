//! The three-class mixture: each station's likelihood, the posterior and its slopes, the fit. Order: by hand, oracle,
//! slopes, what must not matter, labels, the fit, refusals.

#![allow(clippy::unwrap_used)]

use glassurn_methods::mixture::{
    Bound, CLASSES, Effort, Fit, Form, Level, Membership, Parameters, Posterior, Rules, Station,
};

mod common;
mod mixture_draw;
use common::{Case, close, oracle};
use mixture_draw::{Drawn, TRUTHS, draw, parameters as drawn_from};

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
    let (fine, usual) = (Rules::new(41, 21), Rules::quick(7));
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
            // Few points and an expansion are enough wherever the class is not next to impossible, and it stays so.
            let off = (quick[i] - want[i]).abs();
            let bound = if want[i] > best - 10.0 { 5e-3 } else { 0.1 };
            let hopeless = want[i].max(quick[i]) < best - 16.0;
            assert!(hopeless || off < bound, "{} for {}, best {best}", quick[i], want[i]);
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
fn posterior_means_are_those_of_a_chain() {
    for case in oracle("mixture_chain.json") {
        let form = if case.text("form") == "bl" { Form::Same } else { Form::Varying };
        let stations: Vec<Station> =
            case.rows("counts").iter().map(|c| Station::new(c[0], c[1], c[2])).collect();
        let fit = Fit::new(&stations, form, Effort::DEFAULT).unwrap();
        let [mean, sd, error] = ["mean", "sd", "error"].map(|key| case.numbers(key));
        for (i, chance) in fit.chances.iter().enumerate() {
            // Four errors of the chain, and a fifth of a standard deviation for the normal approximation.
            let bound = 4.0 * error[i] + 0.2 * sd[i];
            println!(
                "{form:?} {i}: {chance:?}, the chain has {} ± {} ({})",
                mean[i], sd[i], error[i]
            );
            assert!(
                (chance.mean - mean[i]).abs() < bound,
                "{form:?} {i}: {} for {}",
                chance.mean,
                mean[i]
            );
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
    let classes: Vec<usize> = posterior.memberships(&AT).iter().map(Membership::class).collect();
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

// --- the fit -----------------------------------------------------------------------------------

fn drawn(form: Form, stations: u64, seed: u64) -> ([f64; 2], Drawn) {
    let truth = TRUTHS[usize::try_from(seed % 8).unwrap()];
    (truth, draw(&drawn_from(form, truth[0], truth[1]), stations, seed))
}

fn fit(form: Form, drawn: &Drawn) -> Fit {
    Fit::new(&drawn.stations(), form, Effort::DEFAULT).unwrap()
}

#[test]
fn rough_likelihoods_stand_only_where_a_class_has_no_chance() {
    let (full, sparing) = (Rules::new(7, 5), Rules::sparing(7, 5));
    for form in [Form::Varying, Form::Same] {
        let stations = drawn(form, 1_000, 3).1.stations();
        let look = |rules| {
            Posterior { stations: &stations, form, rules }.look(&AT[..form.unknowns()], &[])
        };
        let (want, got) = (look(&full), look(&sparing));
        close(got.value, want.value, 1e-6);
        for i in 0..form.unknowns() {
            let sd = 1.0 / want.curvature.at(i, i).sqrt();
            assert!((got.gradient[i] - want.gradient[i]).abs() * sd < 0.01, "{form:?} {i}");
        }
    }
}

#[test]
fn intervals_cover_and_stations_fall_in_their_classes() {
    let (mut covered, mut asked) = (0, 0);
    for seed in 0..8 {
        for form in [Form::Varying, Form::Same] {
            let (truth, drawn) = drawn(form, 250, seed);
            let fit = fit(form, &drawn);
            for (chance, truth) in fit.chances.iter().zip(truth) {
                let [low, high] = chance.interval;
                assert!(low <= chance.mean && chance.mean <= high, "{chance:?}");
                covered += usize::from(low <= truth && truth <= high);
                asked += 1;
            }
            let right =
                fit.memberships.iter().zip(&drawn.classes).filter(|(m, c)| m.class() == **c);
            // Where nothing was added the mode may still have some stations in a class, though π may be none.
            let least = if truth == [0.0; 2] { 225 } else { 238 };
            assert!(right.count() >= least, "{form:?} {seed}");
        }
    }
    println!("{covered} of {asked}");
    assert!(covered >= 29, "{covered} of {asked}");
}

#[test]
fn a_class_without_stations_has_an_interval_from_none_and_finite_votes() {
    for form in [Form::Varying, Form::Same] {
        for seed in [0, 8] {
            let (_, drawn) = drawn(form, 250, seed);
            let fit = fit(form, &drawn);
            assert!(fit.chances.iter().all(|c| c.interval[0] == 0.0), "{form:?} {seed} {fit:?}");
            for votes in fit.votes {
                let [low, high] = votes.interval;
                assert!(low == 0.0 && high.is_finite() && votes.mean <= high, "{votes:?}");
            }
        }
    }
}

#[test]
fn a_flat_top_is_one_mode() {
    // Six climbs, one top: where they end differs by a part of their spread.
    for seed in [1, 2, 4] {
        assert_eq!(fit(Form::Same, &drawn(Form::Same, 250, seed).1).modes.len(), 1, "{seed}");
    }
}

#[test]
fn more_stations_with_additions_give_a_larger_chance() {
    let mean = |some| {
        let drawn = draw(&drawn_from(Form::Varying, some, 0.0), 400, 5);
        fit(Form::Varying, &drawn).chances[0].mean
    };
    let means = [0.05, 0.15, 0.4].map(mean);
    assert!(means[0] < means[1] && means[1] < means[2], "{means:?}");
}

#[test]
fn the_order_of_stations_does_not_matter() {
    let (_, mut drawn) = drawn(Form::Varying, 250, 3);
    let there = fit(Form::Varying, &drawn);
    drawn.counts.reverse();
    let back = fit(Form::Varying, &drawn);
    for (a, b) in
        there.chances.iter().chain(&there.votes).zip(back.chances.iter().chain(&back.votes))
    {
        close(b.mean, a.mean, 0.02);
        close(b.interval[1], a.interval[1], 0.02);
    }
}

#[test]
fn many_stations_are_climbed_from_some() {
    // More than twice the six thousand of the climbs between: all are looked at in the end.
    let truth = [0.04, 0.01];
    let drawn = draw(&drawn_from(Form::Same, truth[0], truth[1]), 13_000, 2);
    let fit = fit(Form::Same, &drawn);
    for (chance, truth) in fit.chances.iter().zip(truth) {
        let [low, high] = chance.interval;
        assert!(low <= truth && truth <= high && high - low < 0.008, "{chance:?}");
    }
    assert!(fit.modes.len() == 1 && fit.modes[0].bounds().is_empty());
}

#[test]
fn a_class_of_two_kinds_of_stations_is_said_to_be_split() {
    // Next to nothing is added at one half of the class, and next to all that it allows at the other.
    let mut drawn = draw(&drawn_from(Form::Varying, 0.0, 0.0), 400, 4);
    let kinds = [[-3.0, -3.0], [4.0, -3.0], [-3.0, 4.0], [4.0, 4.0]];
    for (kind, [added, moved]) in kinds.into_iter().enumerate() {
        let mut of = drawn_from(Form::Varying, 0.33, 0.0);
        (of.means[2], of.means[3]) = (added, moved);
        let other = draw(&of, 400, 4);
        let class = (0..400).filter(|i| other.classes[*i] == 1 && i % 4 == kind);
        class.for_each(|i| drawn.counts[i] = other.counts[i]);
    }
    let fit = fit(Form::Varying, &drawn);
    let bounds = fit.modes[0].bounds();
    println!("{bounds:?} {:?}", fit.modes[0].parameters);
    assert!(bounds.contains(&(Level::AddedSome, Bound::Split)));
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
