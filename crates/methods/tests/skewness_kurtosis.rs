//! S230 skewness and kurtosis. Order: by hand, oracle, invariances, calibration, power, refusals, words.

#![allow(clippy::unwrap_used)]

use glassurn_methods::screens::SkewnessKurtosis;
use glassurn_model::Finding;

mod ballots;
mod common;
use ballots::{Figures, Honest, albania, refuses_few_constant_and_incomplete_returns, run, russia};
use common::{close, data_or_skip, finding, measure, oracle};

const SCREEN: SkewnessKurtosis = SkewnessKurtosis::DEFAULT;

// --- by hand ---------------------------------------------------------------------------------

/// Forty stations give 300 of 900, ten give 700 of 900; turnouts are 45 and 45.5 %.
fn by_hand() -> Figures {
    let mut figures = Figures::same(50, [2_000, 900, 900, 300]);
    figures.votes[40..].fill(700);
    figures.issued.iter_mut().step_by(2).for_each(|i| *i += 10);
    figures
}

#[test]
fn a_fifth_above_the_others_is_a_tail() {
    // A law on two points with 4/5 and 1/5: skewness 0.6 / 0.4, kurtosis 1 + 1.5².
    let f = finding(run(&SCREEN, &by_hand().returns()));
    for (symbol, want) in [("sk_v", 1.5), ("ku_v", 3.25), ("sk_t", 0.0), ("ku_t", 1.0)] {
        close(measure(&f, symbol), want, 1e-9);
    }
    assert_eq!((f.p, f.used, measure(&f, "sk_0"), measure(&f, "ku_0")), (None, 50, 0.0, 3.0));
}

#[test]
fn groups_that_differ_are_expected_to() {
    // The same stations in two groups that explain all: what is left is nothing.
    let mut figures = by_hand();
    figures.group = (0..50).map(|i| i64::from(i >= 40)).collect();
    let f = finding(run(&SCREEN, &figures.returns()));
    assert!((f.measure("sk_v").unwrap().expected.unwrap() - 1.5).abs() < 0.1);
    let one = finding(run(&SCREEN, &by_hand().returns()));
    assert!(one.measure("sk_v").unwrap().expected.unwrap() < 0.8);
}

// --- oracle ----------------------------------------------------------------------------------

#[test]
fn agrees_with_scipy() {
    for case in oracle("skewness_kurtosis.json") {
        let figures = Figures::of(&case);
        let f = finding(run(&SCREEN, &figures.returns()));
        for symbol in ["sk_v", "ku_v", "sk_t", "ku_t"] {
            let m = f.measure(symbol).unwrap();
            close(m.value, case.number(symbol), 1e-10);
            close(m.expected.unwrap(), case.number(&format!("expected_{symbol}")), 1e-7);
            close(m.sd.unwrap(), case.number(&format!("se_{symbol}")), 1e-6);
        }
    }
}

/// Every station with a voter, as other tools take them.
const ALL: SkewnessKurtosis = SkewnessKurtosis { min_registered: 1, ..SCREEN };

fn six([a, b]: [&str; 2], f: &Finding) -> [String; 2] {
    [a, b].map(|s| format!("{:.6}", measure(f, s)))
}

#[test]
fn albania_2013_is_as_others_print_it() {
    let file = "albania-2013-parliament/Albania2013.csv";
    let Some(text) = data_or_skip("albania_2013_is_as_others_print_it", file) else { return };
    for (choice, share) in [("C035", ["-0.318126", "3.230626"]), ("C050", ["0.540678", "3.536530"])]
    {
        let f = finding(run(&ALL, &albania(&text, choice)));
        assert_eq!(f.used, 5_506);
        assert_eq!(six(["sk_v", "ku_v"], &f), share);
        assert_eq!(six(["sk_t", "ku_t"], &f), ["1.296943", "4.748881"]);
    }
}

#[test]
fn russian_elections_are_as_scipy_has_them() {
    let figures = [
        (2004, ["0.191332", "3.286401"], ["0.261878", "1.963593"]),
        (2011, ["0.668554", "2.588295"], ["0.485938", "2.241634"]),
        (2018, ["0.232746", "3.120736"], ["0.412062", "2.211013"]),
    ];
    for (year, share, turnout) in figures {
        let Some(returns) = russia("russian_elections_are_as_scipy_has_them", year) else { return };
        let f = finding(run(&SCREEN, &returns));
        assert_eq!(six(["sk_v", "ku_v"], &f), share);
        assert_eq!(six(["sk_t", "ku_t"], &f), turnout);
        println!("{year}: {}", f.plain);
    }
}

// --- what must not matter, calibration, power ----------------------------------------------------

const HONEST: Honest = Honest { stations: 800, sizes: [200.0, 2_500.0], groups: 8 };

#[test]
fn station_order_does_not_matter() {
    let [a, b] = HONEST.in_two_orders(&SCREEN);
    for symbol in ["sk_v", "ku_v", "sk_t", "ku_t"] {
        close(measure(&a, symbol), measure(&b, symbol), 1e-9);
    }
}

#[test]
fn groups_with_beta_levels_are_not_called_odd() {
    let small = (0..200).filter(|&seed| {
        let f = finding(run(&SCREEN, &HONEST.draw(seed).returns()));
        measure(&f, "p") <= 0.05
    });
    // Differences between groups are fixed and make no error: less than 5 %, and at most 20 of 200.
    let small = small.count();
    println!("{small} of 200");
    assert!(small <= 20, "{small}");
}

#[test]
fn a_tail_inside_groups_is_seen() {
    let seen = (0..20).filter(|&seed| {
        let mut figures = HONEST.draw(seed);
        for i in (0..800).step_by(10) {
            figures.votes[i] += (figures.cast[i] - figures.votes[i]) * 9 / 10;
        }
        measure(&finding(run(&SCREEN, &figures.returns())), "p") < 0.001
    });
    assert!(seen.count() >= 18);
}

// --- refusals and words --------------------------------------------------------------------------

#[test]
fn refuses_instead_of_guessing() {
    refuses_few_constant_and_incomplete_returns(&SCREEN);
}

#[test]
fn says_what_groups_give_and_that_a_normal_law_is_no_yardstick() {
    let f = finding(run(&SCREEN, &by_hand().returns()));
    assert!(f.plain.starts_with(
        "The shares of 50 stations have skewness 1.50 and kurtosis 3.25, where groups that differ as \
         these do give "
    ));
    assert!(f.plain.ends_with("is no yardstick for voters who differ)."));
}
