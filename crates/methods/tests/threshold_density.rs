//! S920 threshold-density. Order: by hand, oracle, invariances, calibration, power, refusals, words.

#![allow(clippy::unwrap_used)]

use glassurn_methods::screens::ThresholdDensity;
use glassurn_model::testing::{self, Builder};
use glassurn_model::{Field, Picture, Quantity, Reason, Returns};
use glassurn_stats::{density_jump, rng, sample};

mod ballots;
mod common;
use ballots::run;
use common::{
    close, finding, measure, oracle, p_of, p_values_look_uniform, refusal, share_at_most,
};

const SCREEN: ThresholdDensity = ThresholdDensity::DEFAULT;

// --- by hand ---------------------------------------------------------------------------------

/// Two thousand stations of a thousand voters, turnout even between 30 and 70 %, what `lift` takes lifted by two
/// points; the choice has a fifth of the ballots.
fn even(lift: impl Fn(i64) -> bool) -> Builder {
    let cast = move |i: i64| 300 + i % 400 + if lift(300 + i % 400) { 20 } else { 0 };
    let cast: Vec<i64> = (0..2_000).map(cast).collect();
    let votes: Vec<i64> = cast.iter().map(|c| c / 5).collect();
    Builder::new(2_000)
        .field(Field::Registered, [1_000; 2_000])
        .field(Field::Cast, cast)
        .choice("A", votes)
}

#[test]
fn a_gap_below_and_a_crowd_above_are_told_in_stations() {
    let lifted = even(|c| (480..500).contains(&c)).threshold(Quantity::Turnout, 0.5).build();
    let f = finding(run(&SCREEN, &lifted));
    // 50 stations to a point everywhere; none just below, 100 just above. A cubic over more than the gap overshoots.
    assert!((100.0..175.0).contains(&f.effect.value), "{}", f.effect.value);
    assert!(f.p.unwrap().value < 1e-4);
    let f = finding(run(&SCREEN, &even(|_| false).threshold(Quantity::Turnout, 0.5).build()));
    assert!(f.effect.value.abs() < 5.0 && f.p.unwrap().value > 0.3, "{}", f.plain);
    close(measure(&f, "f₊"), 2.5, 0.05);
}

// --- oracle ----------------------------------------------------------------------------------

#[test]
fn densities_agree_with_rddensity_and_numpy() {
    for case in oracle("threshold_density.json") {
        let x = case.numbers("x");
        let [cut, h] = ["cut", "bandwidth"].map(|k| case.number(k));
        close(density_jump::bandwidth(&x).unwrap(), h, 1e-9);
        let found = density_jump::jump(&x, cut, h, None).unwrap();
        close(found.density[1], case.number("left"), 1e-8);
        close(found.density[0], case.number("right"), 1e-8);
        close(found.se, case.number("se"), 1e-8);
        let clusters: Vec<u32> =
            case.counts("cluster").into_iter().map(|c| u32::try_from(c).unwrap()).collect();
        let clustered = density_jump::jump(&x, cut, h, Some(&clusters)).unwrap();
        close(clustered.se, case.number("clustered"), 1e-8);
        if let [left, right, se] = case.numbers("package")[..] {
            close(found.density[1], left, 2e-3);
            close(found.density[0], right, 2e-3);
            close(found.se, se, 1e-2);
        }
    }
}

// --- what must not matter ----------------------------------------------------------------------

/// An honest election with small stations, whose units differ, around one half in turnout and share.
fn honest(seed: u64, lift: f64) -> Returns {
    let mut rng = rng::stream(seed, "honest threshold", 0);
    let (mut registered, mut cast, mut votes, mut units) = (vec![], vec![], vec![], vec![]);
    let count = |v: u64| i64::try_from(v).unwrap();
    for unit in 0..300 {
        let centre = [0.52, 0.5].map(|m| m + 0.06 * sample::normal(&mut rng));
        for _ in 0..4 {
            let n = 100 + sample::below(&mut rng, 200);
            let [turnout, share] =
                centre.map(|c| (c + 0.08 * sample::normal(&mut rng)).clamp(0.05, 0.95));
            let mut voted = sample::binomial(&mut rng, n, turnout).max(1);
            let short = 0.5 - voted as f64 / n as f64;
            if short > 0.0 && short < 0.05 && sample::uniform(&mut rng) < lift {
                voted = n.div_ceil(2) + sample::below(&mut rng, n / 30);
            }
            registered.push(count(n));
            cast.push(count(voted));
            votes.push(count(sample::binomial(&mut rng, voted, share)));
            units.push(unit.to_string());
        }
    }
    Builder::new(1_200)
        .level("unit", &units)
        .field(Field::Registered, registered)
        .field(Field::Cast, cast)
        .choice("A", votes)
        .threshold(Quantity::Turnout, 0.5)
        .build()
}

#[test]
fn two_runs_agree_and_the_place_in_the_file_moves_only_the_rounding() {
    let returns = honest(3, 0.0);
    let a = finding(run(&SCREEN, &returns));
    assert_eq!(a, finding(run(&SCREEN, &returns)));
    let order = testing::Stream::new(5).order(1_200);
    let b = finding(run(&SCREEN, &testing::reordered(&returns, &order)));
    assert!((measure(&a, "z₁") - measure(&b, "z₁")).abs() < 1.5);
}

#[test]
fn a_pile_on_a_fraction_that_is_not_the_threshold_does_not_matter() {
    // Stations of ten voters each have turnouts of tenths alone; the threshold is one of them.
    let mut rng = rng::stream(9, "tenths", 0);
    let cast: Vec<i64> = (0..3_000)
        .map(|_| i64::try_from(sample::binomial(&mut rng, 10, 0.5)).unwrap().max(1))
        .collect();
    let returns = Builder::new(3_000)
        .field(Field::Registered, [10; 3_000])
        .field(Field::Cast, cast)
        .choice("A", [0; 3_000])
        .threshold(Quantity::Turnout, 0.5)
        .build();
    let tiny = ThresholdDensity { min_registered: 1, ..SCREEN };
    assert!(p_of(run(&tiny, &returns)) > 0.05);
}

// --- size and power (seeded; a few seconds) ------------------------------------------------------

#[test]
fn calibrated_with_small_stations_of_units_that_differ() {
    p_values_look_uniform((0..400).map(|s| p_of(run(&SCREEN, &honest(s, 0.0)))), 0.0815);
}

#[test]
fn several_thresholds_are_not_more_often_small() {
    let ps: Vec<f64> = (0..200)
        .map(|seed| {
            let mut returns = honest(seed, 0.0);
            let first = returns.thresholds[0];
            returns.thresholds.push(glassurn_model::Threshold { at: 0.6, ..first });
            returns.thresholds.push(glassurn_model::Threshold { of: Quantity::Share, at: 0.5 });
            p_of(run(&SCREEN, &returns))
        })
        .collect();
    assert!(share_at_most(&ps, 0.05) <= 0.09, "{}", share_at_most(&ps, 0.05));
}

#[test]
fn notices_six_of_ten_stations_lifted_over_the_line() {
    let ps: Vec<f64> = (0..40).map(|s| p_of(run(&SCREEN, &honest(s, 0.6)))).collect();
    assert!(share_at_most(&ps, 0.05) > 0.8, "{}", share_at_most(&ps, 0.05));
}

// --- refusals ----------------------------------------------------------------------------------

#[test]
fn refuses_instead_of_guessing() {
    let none = even(|_| false).build();
    assert!(refusal(run(&SCREEN, &none)).to_string().contains("no legal threshold"));
    let far = even(|_| false).threshold(Quantity::Turnout, 0.9).build();
    assert!(refusal(run(&SCREEN, &far)).to_string().contains("near the threshold"));
    let few = ThresholdDensity { min_stations: 5_000, ..SCREEN };
    let some = even(|_| false).threshold(Quantity::Turnout, 0.5).build();
    assert_eq!(refusal(run(&few, &some)), Reason::TooFew { used: 2_000, needed: 5_000 });
    let alike = Builder::new(400)
        .field(Field::Registered, [1_000_000; 400])
        .field(Field::Cast, [500_000; 400])
        .choice("A", [1; 400])
        .threshold(Quantity::Turnout, 0.9)
        .build();
    assert!(matches!(refusal(run(&SCREEN, &alike)), Reason::WrongSubject(_)));
}

// --- words -------------------------------------------------------------------------------------

#[test]
fn says_how_densely_stations_lie() {
    let lifted = even(|c| (480..500).contains(&c)).threshold(Quantity::Turnout, 0.5);
    let f = finding(run(&SCREEN, &lifted.threshold(Quantity::Turnout, 0.6).build()));
    assert!(
        f.plain.starts_with("Just below a turnout of 50.0 % stations lie as densely as "),
        "{}",
        f.plain
    );
    assert!(f.plain.ends_with("It is the clearest of 2 thresholds."), "{}", f.plain);
    assert_eq!(f.pictures.len(), 2);
    assert!(matches!(&f.pictures[0], Picture::Histogram { counts, .. } if counts.len() == 24));
}
