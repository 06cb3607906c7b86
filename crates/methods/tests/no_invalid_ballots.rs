//! S620 no-invalid-ballots. Order: by hand, oracle, invariances, calibration, power, refusals, words.

#![allow(clippy::unwrap_used)]

use glassurn_methods::screens::NoInvalidBallots;
use glassurn_model::{Field, Outcome, Reason};
use glassurn_stats::rng;
use rand::RngExt;
use rand_distr::{Beta, Binomial, Distribution};

mod common;
use common::{Table, close, finding, measure, oracle, refusal};

const SCREEN: NoInvalidBallots = NoInvalidBallots::DEFAULT;

fn stations(cast: &[i64], invalid: &[i64], group: &[i64]) -> Table {
    let half: Vec<i64> = cast.iter().map(|c| c / 2).collect();
    let mut table = Table::of(cast, &half);
    table.fields = vec![(Field::Invalid, invalid.iter().copied().map(Some).collect())];
    table.grouped(group.iter().map(|g| u32::try_from(*g).unwrap()).collect())
}

fn run(table: &Table) -> Outcome {
    table.run(&SCREEN, None)
}

// --- by hand ---------------------------------------------------------------------------------

#[test]
fn equal_shares_leave_a_binomial_law() {
    // Sixty stations of 100 ballots, one invalid at each: the law is binomial with (60.5 / 6001), and
    // 0.3634 of the stations are expected to have none.
    let f = finding(run(&stations(&[100; 60], &[1; 60], &[])));
    let chance = (1.0 - 60.5 / 6_001.0_f64).powi(100);
    close(f.measure("Z").unwrap().expected.unwrap(), 60.0 * chance, 1e-4);
    assert_eq!((measure(&f, "Z"), measure(&f, "p")), (0.0, 1.0));
    assert!(f.p.is_none());
    close(measure(&f, "s"), 0.01, 1e-12);
}

// --- oracle ----------------------------------------------------------------------------------

#[test]
fn agrees_with_scipy() {
    for case in oracle("no_invalid_ballots.json") {
        let table = stations(&case.counts("cast"), &case.counts("invalid"), &case.counts("group"));
        let f = finding(run(&table));
        let none = f.measure("Z").unwrap();
        assert_eq!(none.value, case.number("none"));
        close(none.expected.unwrap(), case.number("expected"), 1e-9);
        close(none.sd.unwrap(), case.number("sd"), 1e-9);
        close(measure(&f, "p"), case.number("p"), 1e-9);
    }
}

// --- honest elections, and others ----------------------------------------------------------------

/// Twelve units of fifty stations whose chances of an invalid ballot vary.
fn honest(seed: u64) -> [Vec<i64>; 3] {
    let mut rng = rng::stream(seed, "honest", 0);
    let [mut cast, mut invalid, mut group] = [(); 3].map(|()| Vec::new());
    for unit in 0..12_i64 {
        let mean = 0.003 + 0.015 * rng.random::<f64>();
        for _ in 0..50 {
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            let size = (60.0_f64.ln() + 3.4 * rng.random::<f64>()).exp() as u64;
            let chance = Beta::new(60.0 * mean, 60.0 * (1.0 - mean)).unwrap().sample(&mut rng);
            let spoilt = Binomial::new(size, chance).unwrap().sample(&mut rng);
            cast.push(i64::try_from(size).unwrap());
            invalid.push(i64::try_from(spoilt).unwrap());
            group.push(unit);
        }
    }
    [cast, invalid, group]
}

#[test]
fn station_order_does_not_matter() {
    let [cast, invalid, group] = honest(3);
    let reversed = |v: &[i64]| v.iter().rev().copied().collect::<Vec<_>>();
    let a = finding(run(&stations(&cast, &invalid, &group)));
    let b = finding(run(&stations(&reversed(&cast), &reversed(&invalid), &reversed(&group))));
    close(measure(&a, "p"), measure(&b, "p"), 1e-9);
    close(a.effect.value, b.effect.value, 1e-9);
}

fn fitted(seed: u64, wrote_none: usize) -> (f64, f64) {
    let [cast, mut invalid, group] = honest(seed);
    invalid.iter_mut().step_by(wrote_none).for_each(|v| *v = 0);
    let f = finding(run(&stations(&cast, &invalid, &group)));
    let z = f.measure("Z").unwrap();
    (z.value / z.expected.unwrap(), measure(&f, "p"))
}

#[test]
fn honest_elections_have_about_as_many_as_expected_and_no_test_is_made_of_it() {
    let (ratios, ps): (Vec<f64>, Vec<f64>) = (0..400).map(|seed| fitted(seed, 1_000)).unzip();
    let mean = ratios.iter().sum::<f64>() / 400.0;
    assert!((0.95..1.1).contains(&mean), "{mean}");
    // The documentation says how often the fitted law would reject.
    assert_eq!(ps.iter().filter(|p| **p <= 0.05).count(), 74);
}

#[test]
fn a_tenth_that_wrote_none_is_seen() {
    let seen = (0..60).filter(|&seed| fitted(seed, 10).0 > fitted(seed, 1_000).0).count();
    assert!(seen > 50, "{seen} of 60");
}

// --- refusals ----------------------------------------------------------------------------------

#[test]
fn refuses_instead_of_guessing() {
    assert_eq!(refusal(run(&stations(&[100; 60], &[0; 60], &[]))), Reason::Constant);
    let few = refusal(run(&stations(&[100; 49], &[1; 49], &[])));
    assert_eq!(few, Reason::TooFew { used: 49, needed: 50 });
    let bare = Table::of(&[100; 60], &[50; 60]);
    assert!(matches!(refusal(run(&bare)), Reason::ColumnMissing(_)));
}

#[test]
fn a_missing_figure_is_no_zero() {
    let mut table = stations(&[100; 60], &[1; 60], &[]);
    table.fields[0].1[0] = None;
    let f = finding(run(&table));
    assert_eq!((f.used, f.left_out_total(), measure(&f, "Z")), (59, 1, 0.0));
}

// --- words -------------------------------------------------------------------------------------

#[test]
fn says_how_many_and_how_many_chance_gives() {
    let [cast, invalid, group] = honest(1);
    let f = finding(run(&stations(&cast, &invalid, &group)));
    assert_eq!(
        f.plain,
        "205 of 600 stations report not a single invalid ballot, where stations of these sizes, in units with as \
         many invalid ballots, lead one to expect 182 ± 20."
    );
    assert!(f.stations.len() <= 20 && f.stations[0].1.contains("none invalid"));
}
