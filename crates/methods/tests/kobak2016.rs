//! X310 to X330, the published anomaly at whole percentages. Order: by hand, oracle, printed figures, calibration,
//! power, what must not matter, refusals, words.

#![allow(clippy::unwrap_used)]

use glassurn_methods::peers::Published;
use glassurn_methods::peers::kobak2016::IntegerAnomaly;
use glassurn_methods::screens::integer_percentages::Which;
use glassurn_methods::simulate::{Plan, election};
use glassurn_model::{Caveat, Reason, Returns};

mod ballots;
use ballots::{Figures, Honest, run, russia};
mod common;
use common::{close, finding, measure, oracle, refusal};

const EACH: [IntegerAnomaly; 3] = [
    IntegerAnomaly { which: Which::Either },
    IntegerAnomaly { which: Which::Share },
    IntegerAnomaly { which: Which::Turnout },
];

// --- by hand -------------------------------------------------------------------------------------

#[test]
fn counts_and_point_by_hand() {
    // Turnout 5/10, drawn again from Bin(10, 1/2), is always whole: chance 1. The share 1/4 of 400: far from it.
    let figures = Figures::same(60, [1_000, 500, 500, 201]);
    let f = finding(run(&EACH[2], &figures.returns()));
    // P(Bin(1000, ½) is a multiple of ten) is a tenth; q is the 99.9 % point of Bin(60, 0.1).
    let i = f.measure("I").unwrap();
    assert_eq!(i.value, 60.0);
    assert!((i.expected.unwrap() - 6.0).abs() < 0.1, "{i:?}");
    assert_eq!(measure(&f, "q"), 14.0);
    assert_eq!((measure(&f, "I_N"), EACH[2].met(&f)), (60_000.0, Some(true)));
    let share = finding(run(&EACH[1], &figures.returns()));
    assert_eq!((measure(&share, "I"), EACH[1].met(&share)), (0.0, Some(false)));
}

// --- oracle and printed figures ------------------------------------------------------------------

#[test]
fn agrees_with_the_published_simulation() {
    for case in oracle("kobak2016.json") {
        let figures = Figures::of(&case);
        let (returns, draws) = (figures.returns(), case.number("replicates"));
        for (which, procedure) in EACH.iter().enumerate() {
            let f = finding(run(procedure, &returns));
            assert_eq!(f.used as f64, case.number("used"));
            for (weight, [i, d]) in
                [["I", "d"], ["I_N", "d_N"], ["I_G", "d_G"], ["I_W", "d_W"]].into_iter().enumerate()
            {
                let at = |key: &str| case.numbers(key)[4 * which + weight];
                let m = f.measure(i).unwrap();
                assert_eq!(m.value, at("observed"));
                close(m.sd.unwrap(), at("sd"), 0.03);
                let error = at("sd") / draws.sqrt();
                assert!((measure(&f, d) - at("anomaly")).abs() < 4.0 * error, "{which} {d}");
            }
            assert!((measure(&f, "q") - case.numbers("point")[which]).abs() <= 1.0);
        }
    }
}

#[test]
fn russian_elections_are_as_published() {
    // Anomaly of a thousand published draws, and for either percentage in voters.
    let published = [
        (2004, [933.748, 591.646, 562.218], 1_502_177.0),
        (2011, [1_003.477, 767.136, 449.325], 1_591_129.0),
        (2018, [1_708.839, 859.010, 1_296.186], 2_459_344.0),
    ];
    for (year, anomalies, voters) in published {
        let Some(returns) = russia("russian_elections_are_as_published", year) else { return };
        for (procedure, anomaly) in EACH.iter().zip(anomalies) {
            let f = finding(run(procedure, &returns));
            let error = f.measure("I").unwrap().sd.unwrap() / 1_000_f64.sqrt();
            let off = (measure(&f, "d") - anomaly) / error;
            println!("{year} {} off by {off:.2} errors, q = {}", f.screen, measure(&f, "q"));
            assert!(off.abs() < 3.5, "{year} {}: {off}", f.screen);
            assert_eq!(procedure.met(&f), Some(true));
        }
        let f = finding(run(&EACH[0], &returns));
        let error = f.measure("I_N").unwrap().sd.unwrap() / 1_000_f64.sqrt();
        assert!((measure(&f, "d_N") - voters).abs() < 3.5 * error);
    }
}

// --- calibration and power -----------------------------------------------------------------------

fn met(returns: &[Returns]) -> [usize; 3] {
    EACH.map(|p| returns.iter().filter(|r| p.met(&finding(run(&p, r))) == Some(true)).count())
}

#[test]
fn clean_elections_hardly_ever_meet_the_rule() {
    let clean = |seed| election(&Plan { stations_per_region: 60, seed, ..Plan::default() });
    let met = met(&(1..=100).map(clean).collect::<Vec<_>>());
    println!("{met:?} of 100");
    assert!(met.iter().all(|&m| m <= 1), "{met:?}");
}

#[test]
fn rounded_turnouts_meet_the_rule() {
    let honest = Honest { stations: 500, sizes: [300.0, 2_500.0], groups: 0 };
    let rounded = |seed| {
        let mut figures = honest.draw(seed);
        for i in (0..500).step_by(5) {
            figures.cast[i] =
                (figures.registered[i] * (100 * figures.cast[i] / figures.registered[i]) + 50)
                    / 100;
            figures.votes[i] = figures.votes[i].min(figures.cast[i]);
        }
        figures.returns()
    };
    assert_eq!(met(&(0..10).map(rounded).collect::<Vec<_>>())[2], 10);
}

#[test]
fn station_order_does_not_matter() {
    let honest = Honest { stations: 400, sizes: [200.0, 2_500.0], groups: 4 };
    for procedure in &EACH {
        let [a, b] = honest.in_two_orders(procedure);
        for (m, n) in a.measures.iter().zip(&b.measures) {
            close(m.value, n.value, 1e-9);
        }
    }
}

// --- refusals and words --------------------------------------------------------------------------

#[test]
fn refuses_instead_of_guessing() {
    let none = Figures::same(60, [99, 50, 50, 20]).returns();
    assert_eq!(refusal(run(&EACH[0], &none)), Reason::TooFew { used: 0, needed: 1 });
}

#[test]
fn says_the_rule_and_that_the_null_hides_half() {
    let f = finding(run(&EACH[2], &Figures::same(60, [1_000, 500, 500, 201]).returns()));
    assert!(f.plain.starts_with(
        "60 of 60 stations report a whole turnout within 0.05 percentage points, an anomaly of "
    ));
    assert!(
        f.plain.contains(
            "the published rule (more stations than the 99.9 % point of the null) is met"
        )
    );
    assert!(f.caveats.contains(&Caveat::PublishedRule));
}
