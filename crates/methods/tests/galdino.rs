//! X710 and X711, multiples beside their neighbours. Order: by hand, oracle, calibration, what must not matter, refusals,
//! words.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

use glassurn_methods::Slice;
use glassurn_methods::ballots::Rate;
use glassurn_methods::peers::Published;
use glassurn_methods::peers::galdino::NeighbourRatio;
use glassurn_methods::simulate::{Plan, election};
use glassurn_model::{Caveat, Field, Reason, Returns, testing::Builder};

mod ballots;
use ballots::{Figures, Honest, run, run_contest};
mod common;
use common::{close, finding, measure, oracle, refusal};

const SHARE: NeighbourRatio = NeighbourRatio { rate: Rate::Share };
const TURNOUT: NeighbourRatio = NeighbourRatio { rate: Rate::Turnout };

// --- by hand -------------------------------------------------------------------------------------

#[test]
fn three_times_as_many_at_a_multiple() {
    // One station in each tenth from 54 to 56 %, and two more at 55.0 %.
    let mut cast: Vec<i64> = (541..=560).collect();
    cast.extend([550, 550]);
    let n = cast.len();
    let returns = Builder::new(n)
        .field(Field::Registered, vec![1_000; n])
        .field(Field::Cast, cast)
        .choice("A", vec![100; n])
        .build();
    let f = finding(run_contest(&TURNOUT, &returns));
    // Bins 549 and 550 are both called multiples, 3 and 1 beside 1.
    assert_eq!((measure(&f, "k₅"), measure(&f, "r₅"), measure(&f, "r₅(1)")), (2.0, 2.0, 3.0));
    close(measure(&f, "r₅(0.025)"), 1.05, 1e-12);
    assert_eq!(TURNOUT.met(&f), Some(true));
    assert!(f.measure("r₁₀").is_none());
}

// --- oracle --------------------------------------------------------------------------------------

#[test]
fn agrees_with_numpy() {
    for case in oracle("galdino.json") {
        let [registered, cast, votes] = ["registered", "cast", "votes"].map(|k| case.counts(k));
        let returns = Figures { registered, cast, votes, ..Figures::default() }.returns();
        let found = [finding(run(&SHARE, &returns)), finding(run_contest(&TURNOUT, &returns))];
        for (f, rate) in found.iter().zip(["share", "turnout"]) {
            let want: Vec<f64> =
                ["5", "10"].iter().flat_map(|m| case.numbers(&format!("{rate}_{m}"))).collect();
            assert_eq!(f.measures.len(), want.len());
            for (m, want) in f.measures.iter().zip(want) {
                close(m.value, want, 1e-9);
            }
        }
    }
}

// --- calibration ---------------------------------------------------------------------------------

#[test]
fn clean_elections_meet_the_rule() {
    let elections: Vec<Returns> = (1..=100)
        .map(|seed| election(&Plan { stations_per_region: 60, seed, ..Plan::default() }))
        .collect();
    let last = Plan::default().choices.len() - 1;
    let met = |p: NeighbourRatio, choice| {
        let one = |r: &&Returns| {
            let outcome = glassurn_methods::Screen::run(&p, &Slice::whole(r, 0, choice));
            outcome.finding().and_then(|f| p.met(f)) == Some(true)
        };
        elections.iter().filter(one).count()
    };
    let counts = [met(SHARE, Some(0)), met(SHARE, Some(last)), met(TURNOUT, None)];
    // The form states these counts; other compilers and libraries may move an election or two.
    let near = |(got, form): (&usize, &usize)| got.abs_diff(*form) <= 3;
    assert!(counts.iter().zip(&[38, 45, 43]).all(near), "{counts:?}");
}

// --- what must not matter, refusals, words -------------------------------------------------------

#[test]
fn station_order_does_not_matter() {
    let honest = Honest { stations: 600, sizes: [200.0, 2_500.0], groups: 4 };
    let [a, b] = honest.in_two_orders(&SHARE);
    assert_eq!(a.measures, b.measures);
}

#[test]
fn refuses_instead_of_guessing() {
    let empty = Builder::new(3).field(Field::Cast, [0; 3]).choice("A", [0; 3]).build();
    assert_eq!(refusal(run(&SHARE, &empty)), Reason::TooFew { used: 0, needed: 1 });
    let apart = Figures::same(60, [1_000, 333, 333, 111]).returns();
    assert_eq!(refusal(run(&SHARE, &apart)), Reason::Constant);
    assert!(matches!(refusal(run_contest(&SHARE, &apart)), Reason::WrongSubject(_)));
    let bare = Builder::new(60).field(Field::Cast, [500; 60]).choice("A", [5; 60]).build();
    assert!(matches!(refusal(run_contest(&TURNOUT, &bare)), Reason::ColumnMissing(_)));
}

#[test]
fn says_that_rounding_decides() {
    let honest = Honest { stations: 600, sizes: [200.0, 2_500.0], groups: 4 };
    let f = finding(run(&SHARE, &honest.draw(3).returns()));
    assert!(f.plain.starts_with("In the shares of 600 stations, "), "{}", f.plain);
    assert!(
        f.plain.contains("the published rule (the mean ratio at multiples of 5 % is above 1) is ")
    );
    assert!(
        f.plain.ends_with("decided by rounding.") && f.caveats.contains(&Caveat::PublishedRule)
    );
}
