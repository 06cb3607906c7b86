//! X720 to X731, Benford's law as general programs test it. Order: by hand, oracle, calibration, what must not matter,
//! refusals, words.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

use glassurn_methods::peers::Published;
use glassurn_methods::peers::benford::{Leading, MeanDeviation, MeanDigit, PEER};
use glassurn_methods::simulate::{Plan, election};
use glassurn_methods::{Screen, Slice};
use glassurn_model::{Caveat, Finding, Reason, Returns, testing::Builder};

mod ballots;
use ballots::{Honest, run, run_contest};
mod common;
use common::{close, finding, measure, oracle, refusal};

fn counts(votes: &[i64]) -> Returns {
    Builder::new(votes.len()).choice("A", votes.to_vec()).build()
}

fn deviation(of: Leading, votes: &[i64]) -> Finding {
    finding(run(&MeanDeviation { of }, &counts(votes)))
}

// --- by hand -------------------------------------------------------------------------------------

#[test]
fn counts_that_begin_with_one_are_far_from_the_law() {
    let f = deviation(Leading::First, &[100, 12, 1, 17, 0]);
    // The other eight digits are off by their chances, which sum to what the first is off by.
    close(measure(&f, "MAD"), 2.0 * (1.0 - 2.0_f64.log10()) / 9.0, 1e-12);
    assert_eq!((f.used, f.left_out_total()), (4, 1));
    let f = finding(run(&MeanDigit { of: Leading::First }, &counts(&[100, 12, 1, 17, 0])));
    close(measure(&f, "μ"), 3.440_236_967_123_206, 1e-12);
    close(measure(&f, "a*"), 2.440_236_967_123_206 / 5.559_763_032_876_794, 1e-12);
}

#[test]
fn powers_of_two_follow_the_law() {
    let votes: Vec<i64> = (0..60).map(|i| 1_i64 << i).collect();
    for of in [Leading::First, Leading::Second] {
        let f = deviation(of, &votes);
        assert!(measure(&f, "MAD") < measure(&f, "MAD₀"), "{}", f.plain);
    }
    let f = finding(run(&MeanDigit { of: Leading::First }, &counts(&votes)));
    assert!(f.p.unwrap().value > 0.5);
}

// --- oracle --------------------------------------------------------------------------------------

#[test]
fn agrees_with_numpy() {
    for case in oracle("benford.json") {
        let votes = case.counts("votes");
        for (of, key) in [
            (Leading::First, "first"),
            (Leading::Second, "second"),
            (Leading::FirstTwo, "two"),
            (Leading::FirstThree, "three"),
        ] {
            close(measure(&deviation(of, &votes), "MAD"), case.number(key), 1e-10);
        }
        for (of, key) in [(Leading::First, "mean_first"), (Leading::FirstTwo, "mean_two")] {
            let f = finding(run(&MeanDigit { of }, &counts(&votes)));
            close(measure(&f, "a*"), case.number(key), 1e-10);
            close(f.measure("a*").unwrap().sd.unwrap(), case.number(&format!("{key}_sd")), 1e-10);
            close(f.p.unwrap().value, case.number(&format!("{key}_p")), 1e-7);
        }
    }
}

// --- calibration ---------------------------------------------------------------------------------

#[test]
fn clean_elections_meet_the_rules() {
    let elections: Vec<Returns> = (1..=100)
        .map(|seed| election(&Plan { stations_per_region: 60, seed, ..Plan::default() }))
        .collect();
    let met = |p: &&'static dyn Published, choice| {
        let one = |r: &&Returns| {
            let outcome = p.run(&Slice::whole(r, 0, Some(choice)));
            outcome.finding().and_then(|f| p.met(f)) == Some(true)
        };
        (p.meta().code, elections.iter().filter(one).count())
    };
    let last = Plan::default().choices.len() - 1;
    // The forms state these counts; other compilers and libraries may move an election or two.
    for (choice, form) in [(0, [100, 15, 100, 100, 14, 16]), (last, [90, 16, 100, 100, 66, 30])] {
        let counts: Vec<_> = PEER.procedures.iter().map(|p| met(p, choice)).collect();
        let near = |((_, got), form): (&(&str, usize), &usize)| got.abs_diff(*form) <= 3;
        assert!(counts.iter().zip(&form).all(near), "{counts:?}");
    }
}

// --- what must not matter, refusals, words -------------------------------------------------------

#[test]
fn station_order_does_not_matter() {
    let honest = Honest { stations: 600, sizes: [200.0, 2_500.0], groups: 4 };
    for of in [Leading::First, Leading::FirstThree] {
        let [a, b] = honest.in_two_orders(&MeanDeviation { of });
        assert_eq!(a.measures, b.measures);
    }
}

#[test]
fn refuses_instead_of_guessing() {
    for procedure in PEER.procedures {
        let screen: &dyn Screen = *procedure;
        let none = refusal(run(screen, &counts(&[0, 0, 0])));
        assert_eq!(none, Reason::TooFew { used: 0, needed: 1 });
        assert!(matches!(refusal(run_contest(screen, &counts(&[100]))), Reason::WrongSubject(_)));
    }
}

#[test]
fn says_the_band_and_what_meets_the_rule_innocently() {
    let f = deviation(Leading::First, &[231; 40]);
    assert!(
        f.plain.starts_with("The first digits of 40 counts of votes are on average 0.1"),
        "{}",
        f.plain
    );
    assert!(
        f.plain.contains("(nonconformity)")
            && f.plain.contains(
                "the published rule (a deviation above 0.015 is called nonconformity) is met"
            )
    );
    assert!(f.caveats.contains(&Caveat::PublishedRule) && f.p.is_none());
    let f = finding(run(&MeanDigit { of: Leading::First }, &counts(&[231; 40])));
    assert!(f.plain.ends_with(
        "the published rule (p is below 0.05) is met, and sizes of honest stations meet it."
    ));
}
