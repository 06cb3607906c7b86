//! S610 small-stations. Order: by hand, oracle, invariances, calibration, power, refusals, words.

#![allow(clippy::unwrap_used)]

use glassurn_methods::screens::SmallStations;
use glassurn_model::{Kind, Picture, Reason};

mod ballots;
mod common;
use ballots::{Figures, Honest, run};
use common::{close, finding, measure, oracle, p_values_look_uniform, refusal, share_at_most};

const SCREEN: SmallStations = SmallStations::DEFAULT;

/// Villages of six stations, the first of them small; the figures of station i by its place in the village.
fn villages(cast: impl Fn(usize) -> i64, votes: impl Fn(usize) -> i64) -> Figures {
    let mut figures = Figures::default();
    for i in 0..240_usize {
        figures.registered.push(if i % 6 == 0 { 200 } else { 1_000 });
        figures.cast.push(cast(i));
        figures.votes.push(votes(i));
        figures.group.push(i64::try_from(i / 6).unwrap());
    }
    figures
}

// --- by hand ---------------------------------------------------------------------------------

/// Large stations: 500 of 1,000 vote, give or take 10, and half of them for A.
fn wavering(i: usize) -> i64 {
    500 + [0, 10, -10, 20, -20, 0][i % 6]
}

#[test]
fn small_stations_where_all_vote_for_a_lie_up_and_their_votes_are_counted() {
    let all = villages(
        |i| if i % 6 == 0 { 200 } else { wavering(i) },
        |i| {
            if i % 6 == 0 { 200 } else { 250 + [0, 4, -4, 8, -8, 0][i % 6] }
        },
    );
    let f = finding(run(&SCREEN, &all.returns()));
    assert_eq!((measure(&f, "n"), measure(&f, "N_c"), measure(&f, "G")), (40.0, 200.0, 40.0));
    // The five others have 2,500 ballots and 1,250 votes of 5,000 voters: 50 of 200 are to be expected.
    close(f.effect.value, 40.0 * 150.0, 1e-12);
    // Their own spread is what they lie apart, so that forty of them cannot lie beyond about √40.
    assert!(measure(&f, "z") > 6.0 && f.p.unwrap().value < 0.001);
    // Six values of which one stands out by far: it lies 5/√6 standard deviations off, in both.
    close(measure(&f, "δ"), 2.0 * 5.0 / 6.0_f64.sqrt() / 2.0_f64.sqrt(), 0.01);
}

// --- oracle ----------------------------------------------------------------------------------

#[test]
fn agrees_with_numpy() {
    for case in oracle("small_stations.json") {
        let figures = Figures::of(&case);
        let f = finding(run(&SCREEN, &figures.returns()));
        for (symbol, key) in
            [("z", "z"), ("δ", "delta"), ("n", "n"), ("c", "c"), ("N_c", "largest"), ("K", "cuts")]
        {
            close(measure(&f, symbol), case.number(key), 1e-9);
        }
        close(f.measure("δ").unwrap().sd.unwrap(), case.number("sd"), 1e-9);
        close(f.effect.value, case.number("votes_beyond"), 1e-9);
        let [low, high] = f.effect.interval.unwrap();
        close(low, case.number("low"), 1e-7);
        close(high, case.number("high"), 1e-7);
        // Both tails are simulated; 0.02 is four standard errors.
        assert!((f.p.unwrap().value - case.number("p")).abs() < 0.02);
    }
}

// --- what must not matter ----------------------------------------------------------------------

const HONEST: Honest = Honest { stations: 600, sizes: [60.0, 2_500.0], groups: 60 };

#[test]
fn station_order_and_a_common_factor_do_not_matter() {
    let [a, b] = HONEST.in_two_orders(&SCREEN);
    for m in &a.measures {
        close(m.value, measure(&b, m.symbol), 1e-9);
    }
    let mut tenfold = HONEST.draw(7);
    for column in [&mut tenfold.registered, &mut tenfold.cast, &mut tenfold.votes] {
        column.iter_mut().for_each(|v| *v *= 10);
    }
    let c = finding(run(&SCREEN, &tenfold.returns()));
    close(measure(&c, "z"), measure(&a, "z"), 1e-9);
}

#[test]
fn special_stations_are_left_out() {
    let figures = HONEST.draw(7);
    let mut builder = figures.builder();
    for station in 0..10 {
        builder = builder.kind(station, Kind::Special);
    }
    let f = finding(run(&SCREEN, &builder.build()));
    assert_eq!((f.used, f.left_out_total()), (590, 10));
}

// --- size and power (seeded; a few seconds) ------------------------------------------------------

/// Fewer draws than by default: 0.005 is error enough here.
const QUICK: SmallStations = SmallStations { draws: 999, ..SCREEN };

fn p(figures: &Figures) -> f64 {
    finding(run(&QUICK, &figures.returns())).p.unwrap().value
}

#[test]
fn calibrated_where_size_has_nothing_to_do_with_it_though_small_stations_vary_more() {
    p_values_look_uniform((0..600).map(|seed| p(&HONEST.draw(seed))), 0.0666); // 1.63 / √600
}

#[test]
fn notices_a_tenth_of_small_voters_added_and_nothing_at_large_stations() {
    let added = |seed, small: bool| {
        let mut f = HONEST.draw(seed);
        for i in (0..600)
            .filter(|i| (f.registered[*i] < 100) == small && (small || i % 8 == 0))
            .collect::<Vec<_>>()
        {
            let more = (f.registered[i] - f.cast[i]) / 4;
            f.cast[i] += more;
            f.votes[i] += more;
        }
        p(&f)
    };
    let at = |small| share_at_most(&(0..60).map(|s| added(s, small)).collect::<Vec<_>>(), 0.05);
    assert!(at(true) > 0.7, "power fell to {}", at(true));
    assert!(at(false) < 0.15, "speaks of large stations: {}", at(false));
}

// --- refusals ----------------------------------------------------------------------------------

#[test]
fn refuses_instead_of_guessing() {
    let alone = Figures { group: Vec::new(), ..HONEST.draw(1) };
    assert!(matches!(refusal(run(&SCREEN, &alone.returns())), Reason::ColumnMissing(_)));
    let each = Figures { group: (0..600).collect(), ..HONEST.draw(1) };
    assert!(matches!(refusal(run(&SCREEN, &each.returns())), Reason::ColumnMissing(_)));
    let few = Honest { stations: 150, sizes: [60.0, 2_500.0], groups: 15 }.draw(1);
    assert_eq!(refusal(run(&SCREEN, &few.returns())), Reason::TooFew { used: 150, needed: 200 });
    let same =
        villages(|i| if i % 6 == 0 { 100 } else { 500 }, |i| if i % 6 == 0 { 50 } else { 250 });
    assert_eq!(refusal(run(&SCREEN, &same.returns())), Reason::TooFew { used: 0, needed: 200 });
    let equal = Figures {
        registered: vec![1_000; 240],
        ..villages(wavering, |i| 250 + [0, 4, -4, 8, -8, 0][i % 6])
    };
    assert!(matches!(refusal(run(&SCREEN, &equal.returns())), Reason::WrongSubject(_)));
}

// --- words -------------------------------------------------------------------------------------

#[test]
fn says_how_small_how_far_and_how_many_votes() {
    let f = finding(run(&SCREEN, &HONEST.draw(7).returns()));
    assert_eq!(
        f.plain,
        "The 127 stations with at most 125 voters lie 0.09 standard deviations above their neighbours (of \
         the same region) in turnout and share taken together, where size alone gives 0 ± 0.16; with their \
         larger neighbours' votes per voter the choice would have 74 votes fewer there."
    );
    assert!(matches!(&f.pictures[0], Picture::Lines { series, .. } if series.len() == 3));
    assert!(!f.stations.is_empty() && f.stations.len() <= 20);
}
