//! S330 corners. Order: by hand, oracle, invariances, calibration, power, refusals, words.

#![allow(clippy::unwrap_used)]

use glassurn_methods::Screen;
use glassurn_methods::screens::Corners;
use glassurn_methods::simulate::{Plan, Tampering, Way, election, shapes, tamper};
use glassurn_model::{Kind, PKind, Picture, Reason, Returns};
use glassurn_stats::rng;
use rand::RngExt;

mod ballots;
mod common;
use ballots::{Figures, Honest, run};
use common::{
    close, finding, measure, oracle, p_of, p_values_are_conservative, refusal, share_at_most,
};

const SCREEN: Corners = Corners::DEFAULT;

// --- by hand ---------------------------------------------------------------------------------

/// Twenty towns of ten stations of 1,000 voters each; figures of a station by its place in the town.
fn towns(cast: impl Fn(i64) -> i64, votes: impl Fn(i64) -> i64) -> Figures {
    let mut figures = Figures::default();
    for i in 0..200 {
        figures.registered.push(1_000);
        figures.cast.push(cast(i % 10));
        figures.votes.push(votes(i % 10));
        figures.group.push(i / 10);
    }
    figures
}

#[test]
fn one_station_of_every_town_high_in_both() {
    // Turnouts 0.40 to 0.48 and 0.90; shares fall with turnout but for the last, which has 0.90.
    let all = towns(
        |k| if k == 9 { 900 } else { 400 + 10 * k },
        |k| if k == 9 { 810 } else { (400 + 10 * k) / 2 - 5 * k },
    );
    let f = finding(run(&SCREEN, &all.returns()));
    // The highest share but one belongs to the lowest turnout: nothing is low in both.
    assert_eq!((measure(&f, "n₊₊"), measure(&f, "n₋₋"), measure(&f, "D")), (20.0, 0.0, 20.0));
    assert_eq!(f.p.unwrap().kind, PKind::Exact);
    close(f.p.unwrap().value, 0.5_f64.powi(20), 1e-9);
    // Votes of a town: 200 at each of nine stations and 810, of 10,000 voters.
    close(measure(&f, "w"), 810.0 - 2_610.0 / 10.0, 1e-12);
    close(f.effect.votes.unwrap(), 20.0 * 549.0, 1e-12);
    assert_eq!(f.effect.interval.unwrap(), [20.0, 20.0]);
}

#[test]
fn turnout_and_share_that_rise_together_everywhere_say_nothing() {
    let all = towns(|k| 400 + 10 * k, |k| 200 + 8 * k);
    let f = finding(run(&SCREEN, &all.returns()));
    assert_eq!((measure(&f, "n₊₊"), measure(&f, "n₋₋")), (20.0, 20.0));
    assert_eq!(f.p.unwrap().value, 1.0);
}

// --- oracle ----------------------------------------------------------------------------------

#[test]
fn agrees_with_scipy_and_every_way_of_signing() {
    for case in oracle("corners.json") {
        let figures = Figures::of(&case);
        let f = finding(run(&SCREEN, &figures.returns()));
        close(measure(&f, "n₊₊"), case.number("high"), 1e-12);
        close(measure(&f, "n₋₋"), case.number("low"), 1e-12);
        close(f.measure("D").unwrap().sd.unwrap(), case.number("chance"), 1e-12);
        close(f.p.unwrap().value, case.number("p"), 1e-9);
        close(measure(&f, "w"), case.number("above"), 1e-9);
        let [low, high] = f.effect.interval.unwrap();
        close((high - low) / 2.0, case.number("half"), 1e-9);
    }
}

// --- what must not matter ----------------------------------------------------------------------

const HONEST: Honest = Honest { stations: 1_200, sizes: [60.0, 2_500.0], groups: 40 };

#[test]
fn station_order_does_not_matter() {
    let [a, b] = HONEST.in_two_orders(&SCREEN);
    assert_eq!(a.p, b.p);
    for m in &a.measures {
        close(m.value, measure(&b, m.symbol), 1e-9);
    }
}

#[test]
fn turning_every_rate_round_turns_the_answer_round() {
    let mut rng = rng::stream(5, "rates", 0);
    let rates: Vec<[i64; 2]> =
        (0..1_200).map(|_| [0; 2].map(|_| rng.random_range(1..1_000_i64))).collect();
    let with = |turn: fn(i64) -> i64| {
        let figures = Figures {
            registered: vec![1_000_000; 1_200],
            cast: rates.iter().map(|r| turn(r[0]) * 1_000).collect(),
            votes: rates.iter().map(|r| turn(r[0]) * turn(r[1])).collect(),
            group: (0..1_200).map(|i| i / 30).collect(),
            ..Figures::default()
        };
        finding(run(&SCREEN, &figures.returns()))
    };
    let (a, b) = (with(|r| r), with(|r| 1_000 - r));
    assert_eq!(measure(&a, "n₊₊"), measure(&b, "n₋₋"));
    assert_eq!(measure(&a, "D"), -measure(&b, "D"));
    assert!(measure(&a, "D") != 0.0);
}

#[test]
fn special_stations_are_left_out() {
    let figures = HONEST.draw(7);
    let mut builder = figures.builder();
    for station in 0..10 {
        builder = builder.kind(station, Kind::Special);
    }
    let f = finding(run(&SCREEN, &builder.build()));
    assert_eq!((f.used, f.left_out_total()), (1_190, 10));
}

// --- size and power (seeded; a few seconds) ------------------------------------------------------

fn drawn(shape: &str, seed: u64) -> Returns {
    shapes::find(shape).unwrap().election(1_500, seed)
}

#[test]
fn keeps_its_level_however_turnout_and_support_go_together() {
    for shape in ["plain", "small", "correlated", "two-electorates"] {
        p_values_are_conservative((0..150).map(|seed| p_of(run(&SCREEN, &drawn(shape, seed)))));
    }
}

#[test]
fn is_no_more_careful_than_it_must_be() {
    let ps: Vec<f64> = (0..200).map(|seed| p_of(run(&SCREEN, &drawn("plain", seed)))).collect();
    let [at5, at30] = [0.05, 0.3].map(|level| share_at_most(&ps, level));
    assert!(at5 > 0.0 && at30 > 0.15, "{at5} {at30}");
}

fn changed(way: Way, share_of_stations: f64, seed: u64) -> f64 {
    let clean = election(&Plan { stations_per_region: 125, special: 0.0, seed, ..Plan::default() });
    let how = Tampering { way, share_of_stations, strength: 0.4, units: Vec::new(), seed };
    p_of(run(&SCREEN, &tamper(&clean, &how).returns))
}

#[test]
fn notices_ballots_added_at_few_stations_and_not_at_all() {
    let power = |share| {
        let ps: Vec<f64> = (0..40).map(|s| changed(Way::Stuffing, share, s)).collect();
        share_at_most(&ps, 0.05)
    };
    assert!(power(0.1) > 0.75, "{}", power(0.1));
    // Where every station gets some there is hardly a corner.
    assert!(power(1.0) < 0.4, "{}", power(1.0));
}

// --- refusals and words --------------------------------------------------------------------------

#[test]
fn refuses_instead_of_guessing() {
    let alone = Figures { group: Vec::new(), ..HONEST.draw(1) };
    assert!(matches!(refusal(run(&SCREEN, &alone.returns())), Reason::ColumnMissing(_)));
    let few = Honest { stations: 190, groups: 19, ..HONEST }.draw(1);
    assert_eq!(refusal(run(&SCREEN, &few.returns())), Reason::TooFew { used: 190, needed: 200 });
    let large = Honest { groups: 9, ..HONEST }.draw(1);
    assert!(matches!(refusal(run(&SCREEN, &large.returns())), Reason::WrongSubject(_)));
}

#[test]
fn says_how_many_stand_at_either_end() {
    let f = finding(run(&SCREEN, &HONEST.draw(7).returns()));
    let [high, low] = ["n₊₊", "n₋₋"].map(|s| measure(&f, s));
    let begins =
        format!("Within the 40 units of region, {high} stations are among the highest 10 % both");
    assert!(f.plain.starts_with(&begins), "{}", f.plain);
    assert!(f.plain.contains(&format!("and {low} among the lowest 10 % in both")), "{}", f.plain);
    assert!(matches!(&f.pictures[0], Picture::Heat { bins: 20, counts, .. }
        if counts.iter().sum::<u32>() == 1_200));
    assert!(SCREEN.affected(&f).unwrap().range.is_some());
}
