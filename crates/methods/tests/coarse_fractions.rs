//! S220 coarse-fractions. Order: by hand, oracle, invariances, calibration, power, refusals, words.

#![allow(clippy::unwrap_used)]

use glassurn_methods::screens::CoarseFractions;
use glassurn_methods::screens::coarse_fractions::Station;
use glassurn_methods::{Outcome, Slice};
use glassurn_model::{Picture, Reason, testing};
use glassurn_stats::{binomial, poisson_binomial, rng};
use rand_distr::{Beta, Binomial, Distribution};

mod ballots;
mod common;
use ballots::albania;
use common::{
    Region, Table, close, data_or_skip, finding, measure, oracle, p_of, p_values_are_conservative,
    p_values_look_uniform, refusal, share_at_most,
};

const SCREEN: CoarseFractions = CoarseFractions::DEFAULT;

fn run(table: &Table) -> Outcome {
    table.run(&SCREEN, Some(0))
}

// --- by hand ---------------------------------------------------------------------------------

#[test]
fn fractions_are_in_lowest_terms_and_neither_nothing_nor_all() {
    // 0/60, 15/60, 20/60, 30/60, 40/60, 60/60, 23/60 and 35/70: of these 15, 20, 30, 40 and 35 of 70 count.
    let cast: Vec<i64> = [60; 7].into_iter().chain([70]).collect::<Vec<_>>().repeat(10);
    let votes = [0, 15, 20, 30, 40, 60, 23, 35].repeat(10);
    let f = finding(run(&Table::of(&cast, &votes)));
    assert_eq!(measure(&f, "F"), 50.0);
    for (symbol, want) in
        [("1/2", 20.0), ("1/3", 10.0), ("2/3", 10.0), ("1/4", 10.0), ("3/4", 0.0), ("1/6", 0.0)]
    {
        assert_eq!(measure(&f, symbol), want, "{symbol}");
    }
}

/// Half the stations give the choice nothing and half give it all: their law is flat, Beta(1, 1).
fn split(cast: i64) -> Table {
    Table::of(&[cast; 60], &[[0; 30], [cast; 30]].concat())
}

#[test]
fn chance_is_the_groups_law_and_the_stations_own_count() {
    // Knowing 0 of 60 makes Beta(1, 1) into Beta(1, 61): P(W* = k) = 61 · 60 ⋯ (61 − k) / (121 ⋯ (121 − k)).
    let of_60 = |k: i64| {
        let falling =
            |from: i64, factors: i64| -> f64 { (0..factors).map(|j| (from - j) as f64).product() };
        61.0 * falling(60, k) / falling(121, k + 1)
    };
    let coarse = [6, 10, 12, 15, 18, 20, 24, 30, 36, 40, 42, 45, 48, 50, 54];
    let f = finding(run(&split(60)));
    let expected: f64 = coarse.into_iter().map(of_60).sum();
    close(f.measure("F").unwrap().expected.unwrap(), 60.0 * expected, 1e-10);
    close(f.measure("1/10").unwrap().expected.unwrap(), 30.0 * (of_60(6) + of_60(54)), 1e-10);
    assert_eq!((measure(&f, "F"), f.p.unwrap().value), (0.0, 1.0));
}

#[test]
fn a_count_that_the_law_calls_impossible_is_counted_all_the_same() {
    // A thousand stations at exactly 40 % leave no room for local levels; one stands at 9/10.
    let votes = [[4_000; 1_000].as_slice(), &[9_000]].concat();
    let f = finding(run(&Table::of(&[10_000; 1_001], &votes)));
    assert_eq!((measure(&f, "F"), measure(&f, "9/10")), (1_001.0, 1.0));
}

#[test]
fn stations_at_a_fraction_are_listed_with_their_chance() {
    let f = finding(run(&Table::of(&[[101; 30], [70; 30]].concat(), &[35; 60])));
    let Picture::Bars { labels, observed, .. } = &f.pictures[0] else { unreachable!() };
    assert_eq!((labels.len(), observed.iter().sum::<f64>()), (31, 30.0));
    assert_eq!(f.stations.len(), 20);
    assert!(f.stations[0].1.starts_with("35 of 70 ballots is 1/2; chance 0."));
}

// --- oracle ----------------------------------------------------------------------------------

#[test]
fn agrees_with_scipy() {
    for case in oracle("coarse_fractions.json") {
        let max_denominator = case.whole("denominator");
        let screen = CoarseFractions { max_denominator, min_cast: 1, ..SCREEN };
        let groups = case.counts("groups").into_iter().map(|g| u32::try_from(g).unwrap());
        let table =
            Table::of(&case.counts("cast"), &case.counts("votes")).grouped(groups.collect());
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
        let every = CoarseFractions { min_cast: 1, ..SCREEN };
        let f = finding(ballots::run(&every, &albania(&text, choice)));
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
        let again = |s: &Station| {
            let level = Beta::new(s.shapes[0], s.shapes[1]).unwrap().sample(&mut rng);
            let cast = s.cast.unsigned_abs();
            i64::try_from(Binomial::new(cast, level).unwrap().sample(&mut rng)).unwrap()
        };
        let votes: Vec<i64> = tally.stations.iter().map(again).collect();
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

/// p if each station's votes were drawn again from its own rate alone.
fn own_rate_p(table: &Table) -> f64 {
    let returns = table.returns();
    let every = CoarseFractions { min_cast: 1, ..SCREEN };
    let stations = every.tally(&Slice::whole(&returns, 0, Some(0))).unwrap().stations;
    let is_coarse = |k: &i64, n: i64| (2..=10).any(|d| k * d % n == 0);
    let chances = stations.iter().map(|s| {
        let p = |k: i64| {
            binomial::pmf(k.unsigned_abs(), s.cast.unsigned_abs(), s.votes as f64 / s.cast as f64)
        };
        (1..s.cast).filter(|k| is_coarse(k, s.cast)).map(p).sum::<f64>().min(1.0)
    });
    let observed = stations.iter().filter(|s| s.fraction.is_some()).count();
    poisson_binomial::sf(&chances.collect::<Vec<_>>(), observed as u64)
}

#[test]
fn small_stations_near_full_agreement_raise_no_alarm() {
    let villages = Region { stations: 600, sizes: [5.0, 60.0], level: 0.95, between: 0.03 };
    let drawn: Vec<Table> = (0..200).map(|seed| villages.draw(seed)).collect();
    let every = CoarseFractions { min_cast: 1, ..SCREEN };
    p_values_are_conservative(drawn.iter().map(|t| p_of(t.run(&every, Some(0)))));
    // The level of a station where all agree is not one: its own rate alone expects no fraction there.
    let alone: Vec<f64> = drawn.iter().map(own_rate_p).collect();
    assert!(share_at_most(&alone, 0.05) > 0.3, "{}", share_at_most(&alone, 0.05));
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
    let few = Table::of(&[50; 49], &[25; 49]);
    assert_eq!(refusal(run(&few)), Reason::TooFew { used: 49, needed: 50 });
    let bare = Table { choices: vec![vec![Some(5); 60]], ..Table::default() };
    assert!(matches!(refusal(run(&bare)), Reason::ColumnMissing(_)));
    assert!(matches!(refusal(few.run(&SCREEN, None)), Reason::WrongSubject(_)));
}

#[test]
fn what_cannot_be_used_is_left_out_and_counted() {
    let mut table = Table::of(&[50; 60], &[25; 60]);
    for (cast, votes) in
        [(None, Some(1)), (Some(49), Some(0)), (Some(60), Some(61)), (Some(90), Some(-1))]
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
