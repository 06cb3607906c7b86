//! S280 resampled density. Order: by hand, oracle, real data, what must not matter, calibration, power, refusals, words.

#![allow(clippy::unwrap_used)]

use std::time::Instant;

use glassurn_methods::Slice;
use glassurn_methods::screens::ResampledDensity;
use glassurn_model::{Finding, PKind, Reason};
use glassurn_stats::beta_mixture;

mod ballots;
use ballots::{Figures, Honest, canada, run, russia};
mod common;
use common::{Table, close, finding, measure, oracle, p_of, p_values_are_conservative, refusal};

const SCREEN: ResampledDensity = ResampledDensity::DEFAULT;

// --- by hand -------------------------------------------------------------------------------------

/// Stations of 1000 ballots spread evenly over 30 to 60 %, and some of them at exactly 50 %.
fn heap(stations: i64, at_half: i64) -> Table {
    let votes: Vec<i64> =
        (0..stations).map(|i| if i < at_half { 500 } else { 300 + 300 * i / stations }).collect();
    Table::of(&vec![1_000; votes.len()], &votes)
}

#[test]
fn a_heap_is_the_top_and_all_that_is_beyond() {
    let f = finding(heap(3_000, 150).run(&SCREEN, Some(0)));
    // Ten stations at each share of the spread, and 150 more, of which the null itself draws a few there again.
    assert_eq!((measure(&f, "x"), measure(&f, "O"), measure(&f, "B")), (0.5, 160.0, 1.0));
    let expected = f.measure("O").unwrap().expected.unwrap();
    assert!((12.0..20.0).contains(&expected), "{expected}");
    close(f.effect.value, 160.0 - expected, 1e-9);
    close(f.p.unwrap().value, 1.0 / 1_001.0, 1e-12);
    close(measure(&f, "F"), f.effect.value / 3_000.0, 1e-12);
}

#[test]
fn an_even_spread_has_no_bin_beyond() {
    let f = finding(heap(3_000, 0).run(&SCREEN, Some(0)));
    assert!(f.p.unwrap().value > 0.5 && measure(&f, "B") == 0.0 && measure(&f, "F") == 0.0);
}

// --- oracle --------------------------------------------------------------------------------------

#[test]
fn agrees_with_scipy_and_numpy() {
    let screen = ResampledDensity { most_laws: 1, draws: 20_000, ..SCREEN };
    for case in oracle("resampled_density.json") {
        let table = Table::of(&case.counts("cast"), &case.counts("votes"));
        let returns = table.returns();
        let f = screen.figures(&Slice::whole(&returns, 0, Some(0))).unwrap();
        assert!(f.mixture.log_likelihood > case.number("log_likelihood") - 0.02);
        let looked_at: Vec<i64> = f.looked_at.iter().map(|&i| i64::try_from(i).unwrap()).collect();
        assert_eq!(looked_at, case.counts("looked_at"));
        for (i, &bin) in f.looked_at.iter().enumerate() {
            close(f.bins[bin].expected, case.numbers("expected")[i], 2e-3);
            close(f.bins[bin].variance, case.numbers("variance")[i], 2e-3);
        }
        let (top, z) = f.top();
        assert_eq!(i64::try_from(top).unwrap(), case.whole("top"));
        close(z, case.number("z"), 5e-3);
        assert!((f.p() - case.number("p")).abs() < 0.015, "{} {}", f.p(), case.number("p"));
        assert!((f.threshold() - case.number("threshold")).abs() < 0.06);
    }
}

// --- real data -----------------------------------------------------------------------------------

#[test]
fn russia_has_heaps_and_canada_none() {
    let test = "russia_has_heaps_and_canada_none";
    let timed = |returns| {
        let start = Instant::now();
        let f = finding(run(&SCREEN, returns));
        println!("{:?}: {}", start.elapsed(), f.plain);
        f
    };
    let Some(canada) = canada(test) else { return };
    assert!(timed(&canada).p.unwrap().value > 0.2);
    let Some(russia) = russia(test, 2018) else { return };
    let f = timed(&russia);
    assert_eq!((measure(&f, "x"), measure(&f, "O")), (0.95, 220.0));
    close(f.p.unwrap().value, 1.0 / 1_001.0, 1e-12);
    assert!(measure(&f, "B") >= 5.0);
}

// --- what must not matter ------------------------------------------------------------------------

const HONEST: Honest = Honest { stations: 2_000, sizes: [400.0, 2_500.0], groups: 4 };

#[test]
fn station_order_matters_to_no_figure_but_the_resamples() {
    let [a, b] = HONEST.in_two_orders(&SCREEN);
    for symbol in ["Z", "x", "O", "K", "L"] {
        close(measure(&a, symbol), measure(&b, symbol), 1e-6);
    }
    assert!((a.p.unwrap().value - b.p.unwrap().value).abs() < 0.07);
}

// --- calibration and power -----------------------------------------------------------------------

#[test]
fn honest_elections_are_not_called_odd() {
    let screen = ResampledDensity { draws: 199, ..SCREEN };
    let ps = (0..120).map(|seed| p_of(run(&screen, &HONEST.draw(seed).returns())));
    p_values_are_conservative(ps);
}

#[test]
fn rounded_shares_are_seen() {
    let screen = ResampledDensity { draws: 199, ..SCREEN };
    let seen = (0..20).filter(|&seed| {
        let mut figures: Figures = HONEST.draw(seed);
        for i in (0..2_000).step_by(16) {
            figures.votes[i] = (figures.cast[i] * 6 + 5) / 10;
        }
        p_of(run(&screen, &figures.returns())) <= 0.05
    });
    let seen = seen.count();
    println!("{seen} of 20");
    assert!(seen >= 15);
}

// --- refusals and words --------------------------------------------------------------------------

#[test]
fn refuses_instead_of_guessing() {
    let same = |n, figures| Figures::same(n, figures).returns();
    let few = refusal(run(&SCREEN, &same(999, [1_000, 500, 500, 200])));
    assert_eq!(few, Reason::TooFew { used: 999, needed: 1_000 });
    let large = i64::from(beta_mixture::LARGEST_TOTAL) + 1;
    let none = refusal(run(&SCREEN, &same(1_000, [large, large, large, 9])));
    assert_eq!(none, Reason::TooFew { used: 0, needed: 1_000 });
    let nobody = refusal(run(&SCREEN, &same(1_000, [1_000, 500, 500, 0])));
    assert_eq!(nobody, Reason::Constant);
}

fn words(f: &Finding) {
    let PKind::Simulated { draws: 1_000, seed: 1 } = f.p.unwrap().kind else { unreachable!() };
    assert!(f.plain.starts_with("The share 50.0 % is reported by 160 of 3,000 stations, where "));
    assert!(f.plain.ends_with(" standard deviations with p = 0.001."));
}

#[test]
fn says_the_share_the_count_and_how_many_shares_were_looked_at() {
    words(&finding(heap(3_000, 150).run(&SCREEN, Some(0))));
}
