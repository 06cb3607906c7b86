//! S231 modes. Order: by hand, oracle, invariances, calibration, power, refusals, words.

#![allow(clippy::unwrap_used)]

use glassurn_methods::Slice;
use glassurn_methods::screens::Modes;

mod ballots;
mod common;
use ballots::{Figures, Honest, albania, refuses_few_constant_and_incomplete_returns, run, russia};
use common::{close, data_or_skip, finding, measure, oracle, p_values_are_conservative};

const SCREEN: Modes = Modes::DEFAULT;

// --- by hand ---------------------------------------------------------------------------------

/// Two groups of fifty with one heap each, at 20 and at 80 %; turnout in one heap.
fn two_heaps() -> Figures {
    let mut figures = Figures::same(100, [2_000, 1_000, 1_000, 200]);
    for i in 0..100 {
        let near = i64::try_from(i % 50).unwrap();
        figures.votes[i] = if i < 50 { 200 + near } else { 750 + near };
        figures.cast[i] = 1_000 + near % 7;
        figures.issued[i] = 1_000 + near;
        figures.group.push(i64::from(i >= 50));
    }
    figures
}

#[test]
fn two_groups_of_one_heap_are_two_modes_in_all_and_none_inside() {
    let f = finding(run(&SCREEN, &two_heaps().returns()));
    assert!(measure(&f, "D_v") > 0.2 && measure(&f, "p_v") < 0.001);
    assert_eq!((measure(&f, "k_v"), measure(&f, "k_t"), measure(&f, "G")), (0.0, 0.0, 2.0));
    assert_eq!((f.p, f.effect.value), (None, measure(&f, "D_v′")));
    let mut one = two_heaps();
    one.group.clear();
    let f = finding(run(&SCREEN, &one.returns()));
    assert!(f.measure("k_v").is_none());
}

// --- oracle ----------------------------------------------------------------------------------

#[test]
fn agrees_with_diptest() {
    for case in oracle("modes.json") {
        let figures = Figures::of(&case);
        let returns = figures.returns();
        let found = SCREEN.figures(&Slice::whole(&returns, 0, Some(0))).unwrap();
        for (dips, rate) in found.of.iter().zip(["v", "t"]) {
            let number = |name: &str| case.number(&format!("{name}_{rate}"));
            close(dips.overall.value, number("dip"), 1e-9);
            close(dips.spread.value, number("spread"), 1e-9);
            assert!((dips.overall.p - number("p")).abs() < 0.015, "{:?}", dips.overall);
            for (group, want) in dips.groups.iter().zip(case.numbers(&format!("groups_{rate}"))) {
                close(group.value, want, 1e-9);
            }
        }
    }
}

/// Every station with a voter, as other tools take them.
const ALL: Modes = Modes { min_registered: 1, ..SCREEN };

#[test]
fn albania_2013_is_as_diptest_of_r_has_it() {
    let file = "albania-2013-parliament/Albania2013.csv";
    let Some(text) = data_or_skip("albania_2013_is_as_diptest_of_r_has_it", file) else { return };
    for (choice, dip, p) in [("C035", "0.00281387", 0.99501), ("C050", "0.00289302", 0.994171)] {
        let f = finding(run(&ALL, &albania(&text, choice)));
        assert_eq!(format!("{:.8}", measure(&f, "D_v")), dip);
        assert_eq!(format!("{:.8}", measure(&f, "D_t")), "0.03954950");
        assert!((measure(&f, "p_v") - p).abs() < 0.005, "{}", measure(&f, "p_v"));
        assert!(measure(&f, "p_t") <= 0.0002);
    }
}

#[test]
fn russian_elections_are_as_diptest_has_them() {
    let figures = [
        (2004, "0.00981519", "0.02082855"),
        (2011, "0.00622877", "0.01926388"),
        (2018, "0.00137819", "0.01014609"),
    ];
    for (year, share, turnout) in figures {
        let name = "russian_elections_are_as_diptest_has_them";
        let Some(returns) = russia(name, year) else { return };
        let start = std::time::Instant::now();
        let f = finding(run(&SCREEN, &returns));
        println!("{year}: {:?}, {}", start.elapsed(), f.plain);
        assert_eq!(format!("{:.8}", measure(&f, "D_v")), share);
        assert_eq!(format!("{:.8}", measure(&f, "D_t")), turnout);
    }
}

// --- what must not matter, calibration, power ----------------------------------------------------

const HONEST: Honest = Honest { stations: 480, sizes: [120.0, 2_500.0], groups: 4 };

#[test]
fn station_order_does_not_matter() {
    let [a, b] = HONEST.in_two_orders(&SCREEN);
    assert_eq!(a.measures, b.measures);
}

#[test]
fn groups_with_one_mode_are_rarely_called_two() {
    let of = |seed| {
        let f = finding(run(&SCREEN, &HONEST.draw(seed).returns()));
        [measure(&f, "p_v,G"), measure(&f, "p_t,G")]
    };
    p_values_are_conservative((0..150).flat_map(of));
}

#[test]
fn a_second_heap_inside_groups_is_seen() {
    let seen = (0..20).filter(|&seed| {
        let mut figures = HONEST.draw(seed);
        for i in (0..480).filter(|i| i % 12 < 4) {
            figures.votes[i] += (figures.cast[i] - figures.votes[i]) * 9 / 10;
        }
        measure(&finding(run(&SCREEN, &figures.returns())), "k_v") >= 3.0
    });
    assert!(seen.count() >= 18);
}

// --- refusals and words --------------------------------------------------------------------------

#[test]
fn refuses_instead_of_guessing() {
    refuses_few_constant_and_incomplete_returns(&SCREEN);
}

#[test]
fn says_how_many_groups() {
    let f = finding(run(&SCREEN, &two_heaps().returns()));
    assert!(
        f.plain.ends_with(
            "looked at one by one, 0 of 2 groups have more modes than one in the share and 0 in \
             turnout, where chance gives up to 1."
        ),
        "{}",
        f.plain
    );
}
