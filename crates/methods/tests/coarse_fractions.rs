//! S220 coarse-fractions. Order: by hand, oracle, invariances, calibration, power, refusals, words.

#![allow(clippy::unwrap_used)]

use glassurn_methods::screens::CoarseFractions;
use glassurn_methods::{Outcome, Slice};
use glassurn_model::{Picture, Reason, testing};
use glassurn_stats::{poisson_binomial, rng};

mod ballots;
mod common;
use ballots::{again, albania};
use common::{
    Region, Table, close, data_or_skip, finding, measure, oracle, p_of, p_values_are_conservative,
    p_values_look_uniform, refusal,
};

const SCREEN: CoarseFractions = CoarseFractions::DEFAULT;

fn run(table: &Table) -> Outcome {
    table.run(&SCREEN, Some(0))
}

// --- by hand ---------------------------------------------------------------------------------

#[test]
fn fractions_are_in_lowest_terms_and_neither_nothing_nor_all() {
    // 0/12, 3/12, 4/12, 6/12, 8/12, 12/12, 5/12 and 7/14: of these 3, 4, 6, 8 of 12 and 7 of 14 count.
    let cast: Vec<i64> = [12; 7].into_iter().chain([14]).collect::<Vec<_>>().repeat(10);
    let votes = [0, 3, 4, 6, 8, 12, 5, 7].repeat(10);
    let f = finding(run(&Table::of(&cast, &votes)));
    assert_eq!(measure(&f, "F"), 50.0);
    for (symbol, want) in
        [("1/2", 20.0), ("1/3", 10.0), ("2/3", 10.0), ("1/4", 10.0), ("3/4", 0.0), ("1/6", 0.0)]
    {
        assert_eq!(measure(&f, symbol), want, "{symbol}");
    }
}

#[test]
fn chance_is_a_binomial_probability() {
    // Eleven ballots have no fraction; of seven with three votes, P(1 … 6 of 7) = 1 − (4/7)⁷ − (3/7)⁷.
    let cast = [[11; 30].as_slice(), &[7; 30]].concat();
    let f = finding(run(&Table::of(&cast, &[3; 60])));
    let none_or_all = (4.0_f64 / 7.0).powi(7) + (3.0_f64 / 7.0).powi(7);
    close(f.measure("F").unwrap().expected.unwrap(), 30.0 * (1.0 - none_or_all), 1e-12);
    let Picture::Bars { labels, observed, .. } = &f.pictures[0] else { unreachable!() };
    assert_eq!((labels.len(), observed.iter().sum::<f64>()), (31, 30.0));
    assert_eq!(f.stations.len(), 20);
    assert!(f.stations[0].1.starts_with("3 of 7 ballots is 3/7; chance 0.97"));
}

// --- oracle ----------------------------------------------------------------------------------

#[test]
fn agrees_with_scipy() {
    for case in oracle("coarse_fractions.json") {
        let max_denominator = case.whole("denominator");
        let screen = CoarseFractions { max_denominator, ..SCREEN };
        let table = Table::of(&case.counts("cast"), &case.counts("votes"));
        let f = finding(table.run(&screen, Some(0)));
        let m = f.measure("F").unwrap();
        assert_eq!(m.value, case.number("observed"));
        close(m.expected.unwrap(), case.number("expected"), 1e-10);
        close(m.sd.unwrap(), case.number("sd"), 1e-10);
        close(f.p.unwrap().value, case.number("p"), 1e-9);
        assert_eq!(measure(&f, "1/2"), case.number("half"));
        close(f.measure("1/2").unwrap().expected.unwrap(), case.number("half_expected"), 1e-10);
        close(f.effect.votes.unwrap(), case.number("votes_effect"), 1e-9);
    }
}

#[test]
fn fractions_of_albania_2013_are_those_published() {
    let test = "fractions_of_albania_2013_are_those_published";
    let Some(text) = data_or_skip(test, "albania-2013-parliament/Albania2013.csv") else { return };
    for (choice, want) in [("C035", 138.0), ("C050", 129.0)] {
        let f = finding(ballots::run(&SCREEN, &albania(&text, choice)));
        assert_eq!((f.used, measure(&f, "F")), (5_506, want), "{choice}");
    }
}

// --- what must not matter ----------------------------------------------------------------------

const REGION: Region = Region { stations: 600, sizes: [40.0, 900.0], level: 0.5, between: 0.03 };

#[test]
fn station_order_does_not_matter() {
    let returns = REGION.draw(7).returns();
    let shuffled = testing::reordered(&returns, &testing::Stream::new(8).order(600));
    let [a, b] = [&returns, &shuffled].map(|r| finding(ballots::run(&SCREEN, r)));
    assert_eq!(measure(&a, "F"), measure(&b, "F"));
    close(a.p.unwrap().value, b.p.unwrap().value, 1e-10);
}

#[test]
fn fractions_together_are_the_headline() {
    let f = finding(run(&REGION.draw(9)));
    let parts = &f.measures[1..];
    assert_eq!(parts.len(), 31);
    assert_eq!(parts.iter().map(|m| m.value).sum::<f64>(), f.measures[0].value);
    let expected: f64 = parts.iter().map(|m| m.expected.unwrap()).sum();
    close(expected, f.measures[0].expected.unwrap(), 1e-12);
}

// --- size and power (seeded; about one second) -------------------------------------------------

#[test]
fn exact_when_votes_are_drawn_from_the_null() {
    let table = REGION.draw(1);
    let returns = table.returns();
    let tally = SCREEN.tally(&Slice::whole(&returns, 0, Some(0))).unwrap();
    let chances: Vec<f64> = tally.stations.iter().map(|s| s.chance).collect();
    let ps = (0..400).map(|draw| {
        let mut rng = rng::stream(draw, "null", 0);
        let votes: Vec<i64> =
            tally.stations.iter().map(|s| again(s.votes, s.cast, &mut rng)).collect();
        let cast: Vec<i64> = tally.stations.iter().map(|s| s.cast).collect();
        let returns = Table::of(&cast, &votes).returns();
        let drawn = SCREEN.tally(&Slice::whole(&returns, 0, Some(0))).unwrap();
        let count = drawn.stations.iter().filter(|s| s.fraction.is_some()).count() as u64;
        ballots::between_steps(&mut rng, |k| poisson_binomial::sf(&chances, k), count)
    });
    p_values_look_uniform(ps, 0.0815); // 1.63 / √400
}

#[test]
fn never_too_small_in_honest_elections() {
    p_values_are_conservative((0..400).map(|seed| p_of(run(&REGION.draw(seed)))));
}

#[test]
fn notices_a_fiftieth_of_stations_at_tenths() {
    let region = Region { stations: 2_000, sizes: [200.0, 1_500.0], level: 0.5, between: 0.03 };
    let changed = |seed| {
        let mut table = region.draw(seed);
        for i in (0..2_000).step_by(50) {
            let cast = table.cast[i].unwrap() / 10 * 10;
            let tenths = (table.choices[0][i].unwrap() * 10 / cast).clamp(1, 9);
            (table.cast[i], table.choices[0][i]) = (Some(cast), Some(cast / 10 * tenths));
        }
        p_of(run(&table))
    };
    // About 20 by chance with standard deviation 4.5, and 40 more.
    let hits = (0..60).filter(|&seed| changed(seed) < 0.01).count();
    assert!(hits > 54, "power fell to {hits}/60");
}

// --- refusals ----------------------------------------------------------------------------------

#[test]
fn refuses_instead_of_guessing() {
    let few = Table::of(&[10; 49], &[5; 49]);
    assert_eq!(refusal(run(&few)), Reason::TooFew { used: 49, needed: 50 });
    let bare = Table { choices: vec![vec![Some(5); 60]], ..Table::default() };
    assert!(matches!(refusal(run(&bare)), Reason::ColumnMissing(_)));
    assert!(matches!(refusal(few.run(&SCREEN, None)), Reason::WrongSubject(_)));
}

#[test]
fn what_cannot_be_used_is_left_out_and_counted() {
    let mut table = Table::of(&[10; 60], &[5; 60]);
    for (cast, votes) in
        [(None, Some(1)), (Some(0), Some(0)), (Some(3), Some(4)), (Some(9), Some(-1))]
    {
        table.cast.push(cast);
        table.choices[0].push(votes);
    }
    let f = finding(run(&table));
    assert_eq!((f.used, f.left_out.len(), f.left_out_total()), (60, 4, 4));
}

// --- words -------------------------------------------------------------------------------------

#[test]
fn says_what_was_counted_what_chance_gives_and_the_difference() {
    let f = finding(run(&Table::of(&[[100; 30], [101; 30]].concat(), &[50; 60])));
    assert_eq!(
        f.plain,
        "At 30 of 60 stations the share is a fraction with a denominator from 2 to 10; 3 would be if \
         each station's votes were drawn again (standard deviation 1.7), so this is 27 more than that."
    );
}
