//! S270 three classes of stations. Order: by hand, what must not matter, calibration, refusals, words. The likelihood and
//! its oracles are in `mixture.rs`.

#![allow(clippy::unwrap_used)]

use glassurn_methods::mixture::Form;
use glassurn_methods::screens::ThreeClasses;
use glassurn_model::{Finding, Picture, Reason, testing};

mod ballots;
mod common;
mod mixture_draw;
use ballots::{Figures, run};
use common::{close, finding, measure, refusal};
use mixture_draw::{draw, parameters};

const SCREEN: ThreeClasses = ThreeClasses::DEFAULT;

/// Where fewer stations are enough.
const SMALL: ThreeClasses = ThreeClasses { min_stations: 300, ..SCREEN };

/// Stations of the model with these parts of the two classes, and the votes added and moved.
fn drawn(stations: u64, [some, most]: [f64; 2], seed: u64) -> (Figures, f64) {
    let drawn = draw(&parameters(Form::Varying, some, most), stations, seed);
    let figures = Figures::of_abstentions(&drawn.counts);
    (figures, drawn.votes[0] + drawn.votes[1])
}

fn found(figures: &Figures) -> Finding {
    finding(run(&SCREEN, &figures.returns()))
}

// --- by hand -----------------------------------------------------------------------------------

#[test]
fn what_was_put_in_comes_out() {
    let (figures, votes) = drawn(1_000, [0.1, 0.03], 1);
    let f = found(&figures);
    println!("{}", f.plain);
    for (symbol, truth) in [("π_i", 0.1), ("π_e", 0.03)] {
        assert!((measure(&f, symbol) - truth).abs() < 0.02, "{symbol}: {}", measure(&f, symbol));
    }
    assert!(measure(&f, "V_l") < votes && votes < measure(&f, "V_m"), "{votes} {}", f.plain);
    // τ and ν were drawn around logits of 0.3 and −0.2.
    close(measure(&f, "τ"), 0.574, 0.02);
    close(measure(&f, "ν"), 0.450, 0.02);
    let [low, high] = f.effect.interval.unwrap();
    assert!(low == f.effect.value && low < 0.1 && 0.1 < high);
    let Picture::Intervals { rows, .. } = &f.pictures[0] else { unreachable!() };
    assert_eq!(rows.len(), 4);
    let Picture::Histogram { counts, .. } = &f.pictures[1] else { unreachable!() };
    assert_eq!(counts.iter().sum::<f64>(), 1_000.0);
    let heats: Vec<u32> = f.pictures[2..]
        .iter()
        .map(|p| {
            let Picture::Heat { counts, .. } = p else { unreachable!() };
            counts.iter().sum::<u32>()
        })
        .collect();
    assert_eq!((heats.len(), heats.iter().sum::<u32>()), (3, 1_000));
    assert!((f64::from(heats[2]) - 30.0).abs() < 12.0, "{heats:?}");
    assert_eq!(f.stations.len(), 20);
    assert!(f.stations[0].1.starts_with("the model has most votes added, about "));
}

// --- what must not matter, calibration ------------------------------------------------------------

#[test]
fn the_order_of_stations_does_not_matter() {
    let returns = drawn(300, [0.05, 0.0], 3).0.returns();
    let order = testing::Stream::new(8).order(300);
    let turned = testing::reordered(&returns, &order);
    let [a, b] = [&returns, &turned].map(|r| finding(run(&SMALL, r)));
    for symbol in ["π_i", "π_i,m", "π_e,m", "V", "V_m"] {
        close(measure(&a, symbol), measure(&b, symbol), 0.02);
    }
}

#[test]
fn unchanged_stations_are_given_an_interval_from_none() {
    let f = finding(run(&SMALL, &drawn(300, [0.0, 0.0], 2).0.returns()));
    println!("{}", f.plain);
    assert_eq!(f.effect.value, 0.0);
    assert!(f.measure("V_l").is_none_or(|m| m.value == 0.0));
}

// --- refusals and words ----------------------------------------------------------------------------

#[test]
fn refuses_instead_of_guessing() {
    let mut few = drawn(1_000, [0.0; 2], 1).0;
    for column in [&mut few.registered, &mut few.cast, &mut few.votes] {
        column.truncate(999);
    }
    assert_eq!(refusal(run(&SCREEN, &few.returns())), Reason::TooFew { used: 999, needed: 1_000 });
    let same = Figures::same(1_000, [1_000, 500, 500, 200]).returns();
    assert_eq!(refusal(run(&SCREEN, &same)), Reason::Constant);
}

#[test]
fn where_modes_disagree_each_is_named_and_no_mean_is_given() {
    // Two clouds of like size: which of them is the unchanged one is for nobody to say.
    let mut figures = Figures::default();
    for i in 0..1_000_i64 {
        let (turnout, share) = if i % 2 == 0 { (520, 400) } else { (700, 620) };
        let spread = |by: i64| (i * by * 9 % 97 + i * by * 31 % 89 + i * by * 57 % 83) - 133;
        let cast = turnout + spread(7) / 2;
        figures.registered.push(1_000);
        figures.cast.push(cast);
        figures.votes.push(cast * (share + spread(11) / 2) / 1_000);
    }
    let f = found(&figures);
    println!("{}\n{:?}", f.plain, f.measures);
    assert!(f.plain.starts_with("In a model of one electorate, "));
    assert!(f.plain.ends_with("pacts between parties give the same."));
    if measure(&f, "M") > 1.0 && f.measure("π_i").is_none() {
        assert!(f.plain.contains("no single figure is given"), "{}", f.plain);
        close(measure(&f, "w_1") + measure(&f, "w_2"), 1.0, 0.2);
    }
}
