//! S510 aggregate-rounding. Order: by hand, oracle, invariances, calibration, power, refusals, words.

#![allow(clippy::unwrap_used)]

use glassurn_methods::screens::AggregateRounding;
use glassurn_methods::screens::aggregate_rounding::aggregate_rounding;
use glassurn_methods::{Outcome, Screen, Slice};
use glassurn_model::testing::{Builder, Stream};
use glassurn_model::{Field, Reason, Returns};

mod common;
use common::{close, finding, measure, oracle, p_of, p_values_are_conservative, refusal};

const SCREEN: AggregateRounding = AggregateRounding::DEFAULT;

/// A bulletin as a file of one row.
fn bulletin(whole: i64, totals: &[i64]) -> Returns {
    let builder = Builder::new(1).field(Field::Valid, [whole]);
    let names = (1..).map(|i| format!("choice {i}"));
    let add = |b: Builder, (name, total): (String, &i64)| b.choice(&name, [*total]);
    names.zip(totals).fold(builder, add).build()
}

fn run(returns: &Returns) -> Outcome {
    SCREEN.run(&Slice::whole(returns, 0, None))
}

const VENEZUELA: [i64; 3] = [5_150_092, 4_445_978, 462_704];

// --- by hand ---------------------------------------------------------------------------------

#[test]
fn the_bulletin_of_venezuela_2024() {
    let f = finding(run(&bulletin(10_058_774, &VENEZUELA)));
    assert_eq!(f.measures[0].symbol, "K_1");
    assert_eq!((measure(&f, "K_0"), measure(&f, "K_1"), measure(&f, "K_2")), (0.0, 3.0, 3.0));
    close(measure(&f, "c_1"), 10_058.774, 1e-12);
    close(f.p.unwrap().value, 1.0 / 10_058.774_f64.powi(2), 1e-12);
    // One vote more and the second total is no percentage.
    let moved = [VENEZUELA[0], VENEZUELA[1] + 1, VENEZUELA[2]];
    let f = finding(run(&bulletin(10_058_774, &moved)));
    assert_eq!((measure(&f, "K_1"), f.p.unwrap().value), (2.0, 1.0));
}

#[test]
fn percentages_and_distances() {
    let rounding = aggregate_rounding(1_000, &[333, 667, 0], 0).unwrap();
    assert_eq!((rounding.matched(), rounding.totals.len(), rounding.step), (0, 2, 10.0));
    assert_eq!((rounding.totals[0].percent, rounding.totals[0].distance), (33.0, 3.0));
    assert!(aggregate_rounding(1_000, &[333, 667], 1).unwrap().all());
    // Half a vote may be rounded either way: 0.5 % of 300 is 1.5.
    assert!(aggregate_rounding(300, &[1, 2], 1).unwrap().all());
}

#[test]
fn the_coarsest_percentages_that_explain_all_are_the_headline() {
    let f = finding(run(&bulletin(2_000_000, &[1_200_000, 800_000])));
    assert_eq!(f.measures[0].symbol, "K_0");
    close(f.p.unwrap().value, 1.0 / 20_000.0, 1e-12);
    let f = finding(run(&bulletin(2_000_000, &[1_200_200, 799_800])));
    assert_eq!(f.measures[0].symbol, "K_2");
    close(f.p.unwrap().value, 1.0 / 200.0, 1e-12);
}

// --- oracle ----------------------------------------------------------------------------------

#[test]
fn agrees_with_decimal_rounding() {
    for case in oracle("aggregate_rounding.json") {
        let (whole, totals) = (case.whole("whole"), case.counts("totals"));
        for (m, want) in (0..).zip(case.numbers("matched")) {
            let rounding = aggregate_rounding(whole, &totals, m).unwrap();
            assert_eq!(rounding.matched() as f64, want, "{whole} {totals:?} {m}");
            close(rounding.step, case.numbers("step")[m as usize], 1e-12);
        }
        close(p_of(run(&bulletin(whole, &totals))), case.number("p"), 1e-12);
    }
}

// --- what must not matter ----------------------------------------------------------------------

#[test]
fn the_order_of_choices_and_the_number_of_stations_do_not_matter() {
    let reversed = [VENEZUELA[2], VENEZUELA[1], VENEZUELA[0]];
    let [a, b] = [VENEZUELA, reversed].map(|t| p_of(run(&bulletin(10_058_774, &t))));
    assert_eq!(a, b);
    let split = Builder::new(2)
        .field(Field::Valid, [58_774, 10_000_000])
        .choice("A", [50_092, 5_100_000])
        .choice("B", [4_000_000, 445_978])
        .choice("C", [0, 462_704])
        .choice("nobody", [0, 0])
        .build();
    assert_eq!(p_of(run(&split)), a);
}

#[test]
fn declared_totals_come_before_sums() {
    let mut builder = Builder::new(1).field(Field::Valid, [7]).choice("A", [4]).choice("B", [3]);
    for (what, value) in [("valid", 2_000_000), ("A", 1_200_000), ("B", 800_000)] {
        builder = builder.declared(what, value, "bulletin");
    }
    close(p_of(run(&builder.build())), 1.0 / 20_000.0, 1e-12);
}

// --- size and power ----------------------------------------------------------------------------

/// Totals of three choices among so many votes, drawn evenly.
fn drawn(stream: &mut Stream, whole: i64) -> [i64; 3] {
    let a = 1 + stream.below(whole - 2);
    let b = 1 + stream.below(whole - a - 1);
    [a, b, whole - a - b]
}

#[test]
fn never_too_small_for_totals_that_are_counted() {
    let mut stream = Stream::new(510);
    let ps = (0..4_000).map(|_| p_of(run(&bulletin(200_000, &drawn(&mut stream, 200_000)))));
    p_values_are_conservative(ps);
}

#[test]
fn the_chance_of_one_total_is_that_of_its_step() {
    // 60,000 totals and a step of 20 votes: 3,000 by chance, with standard deviation 53.
    let mut stream = Stream::new(511);
    let matched: usize = (0..20_000)
        .filter_map(|_| aggregate_rounding(200_000, &drawn(&mut stream, 200_000), 2))
        .map(|r| r.matched())
        .sum();
    assert!((2_800..3_200).contains(&matched), "{matched}");
}

#[test]
fn always_notices_percentages_with_one_decimal() {
    let mut stream = Stream::new(512);
    for _ in 0..200 {
        let whole = 5_000_000 + stream.below(5_000_000);
        let totals = drawn(&mut stream, 1_000).map(|per_mille| (whole * per_mille + 500) / 1_000);
        assert!(p_of(run(&bulletin(whole, &totals))) < 1e-6);
    }
}

// --- refusals ----------------------------------------------------------------------------------

#[test]
fn refuses_instead_of_guessing() {
    assert_eq!(refusal(run(&bulletin(100, &[100]))), Reason::TooFew { used: 1, needed: 2 });
    assert_eq!(refusal(run(&bulletin(100, &[60, 0]))), Reason::TooFew { used: 1, needed: 2 });
    let bare = Builder::new(1).choice("A", [1]).choice("B", [1]).build();
    assert!(matches!(refusal(run(&bare)), Reason::ColumnMissing(_)));
    let empty = Builder::new(1).field(Field::Valid, [None]).choice("A", [1]).choice("B", [1]);
    assert_eq!(refusal(run(&empty.build())), Reason::Missing);
    assert_eq!(aggregate_rounding(100, &[101, 1], 1), None);
    assert_eq!(aggregate_rounding(100, &[-1, 1], 1), None);
    assert_eq!(aggregate_rounding(0, &[1, 1], 1), None);
}

#[test]
fn small_totals_show_nothing() {
    let f = finding(run(&bulletin(900, &[411, 489])));
    assert_eq!(f.p.unwrap().value, 1.0);
}

#[test]
fn stations_without_a_figure_are_counted() {
    let returns = Builder::new(3)
        .field(Field::Valid, [900, 800, 700])
        .choice("A", [Some(411), None, Some(300)])
        .choice("B", [489, 400, 400])
        .build();
    let f = finding(run(&returns));
    assert_eq!((f.used, f.left_out_total()), (2, 1));
}

// --- words -------------------------------------------------------------------------------------

#[test]
fn says_what_rounds_and_how_often_that_happens() {
    let f = finding(run(&bulletin(10_058_774, &VENEZUELA)));
    assert_eq!(
        f.plain,
        "All 3 totals are what percentages with 1 decimal of 10,058,774 give when rounded to a whole \
         vote; one total does so by itself with a chance of 1 in 10,059, and all together with a \
         chance of at most 9.9e-9."
    );
    let f = finding(run(&bulletin(10_058_774, &[5_150_092, 4_445_979, 462_703])));
    assert_eq!(
        f.plain,
        "1 of 3 totals are what a percentage with 1 decimal of 10,058,774 gives when rounded to a \
         whole vote; one does so by itself with a chance of 1 in 10,059. Percentages with up to 2 \
         decimals do not explain all of them."
    );
}
