//! S710 moran. Order: by hand, oracle, invariances, calibration, power, refusals, words.

#![allow(clippy::unwrap_used, clippy::cast_possible_truncation)]

use glassurn_methods::neighbours::Neighbours;
use glassurn_methods::screens::MoranI;
use glassurn_model::{Field, Kind, Picture, Reason, Returns, testing};

mod ballots;
mod common;
mod placed;
use ballots::{Figures, run};
use common::{close, finding, measure, oracle, p_values_look_uniform, refusal};
use placed::{HONEST, placed};

const SCREEN: MoranI = MoranI::DEFAULT;

/// Stations of a chessboard of eight by eight; neighbours are the areas that share a side.
fn board(votes: impl Fn(usize, usize) -> i64) -> Returns {
    let cells = || (0..64).map(|i| (i / 8, i % 8));
    let touching = cells().map(|(r, c)| {
        let right = (c < 7).then_some(r * 8 + c + 1);
        let below = (r < 7).then_some((r + 1) * 8 + c);
        right.into_iter().chain(below).map(|i| u32::try_from(i).unwrap()).collect()
    });
    let centres = cells().map(|(r, c)| Some((c as f64, r as f64)));
    let units: Vec<String> = (0..64).map(|i| i.to_string()).collect();
    testing::Builder::new(64)
        .level("square", &units)
        .field(Field::Cast, [1_000; 64])
        .choice("A", cells().map(|(r, c)| votes(r, c)))
        .areas(0, touching.collect(), centres.collect())
        .build()
}

// --- by hand ---------------------------------------------------------------------------------

#[test]
fn a_chessboard_has_minus_one_and_two_halves_nearly_one() {
    let f = finding(run(&SCREEN, &board(|r, c| if (r + c) % 2 == 0 { 400 } else { 600 })));
    close(measure(&f, "I_v"), -1.0, 1e-12);
    close(f.measure("I_v").unwrap().expected.unwrap(), -1.0 / 63.0, 1e-12);
    assert!(measure(&f, "p_v") > 0.999_999);
    // 112 sides of which 8 part the halves: 96 of 112.
    let f = finding(run(&SCREEN, &board(|_, c| if c < 4 { 400 } else { 600 })));
    close(measure(&f, "I_v"), 96.0 / 112.0, 1e-12);
    close(measure(&f, "k_v"), 3.5, 1e-12);
    assert!(measure(&f, "p_v") < 1e-12 && f.p.is_none());
}

// --- oracle ----------------------------------------------------------------------------------

#[test]
fn agrees_with_esda_and_with_every_exchange() {
    for case in oracle("moran.json") {
        let at: Vec<(f64, f64)> =
            case.numbers("latitude").into_iter().zip(case.numbers("longitude")).collect();
        let near = Neighbours::nearest(&at, 8);
        for (i, row) in case.rows("neighbours").iter().enumerate() {
            let mut list: Vec<f64> = near.of(i).iter().map(|j| f64::from(*j)).collect();
            list.sort_by(f64::total_cmp);
            assert_eq!(&list, row, "neighbours of {i}");
        }
        let figures = Figures {
            registered: case.counts("cast"),
            cast: case.counts("cast"),
            votes: case.counts("votes"),
            group: case.counts("group"),
            ..Figures::default()
        };
        let f =
            finding(run(&SCREEN, &figures.builder().coordinates(at.into_iter().map(Some)).build()));
        let i = f.measure("I_v").unwrap();
        close(i.value, case.number("i"), 1e-9);
        close(i.expected.unwrap(), case.number("expected"), 1e-9);
        close(i.sd.unwrap(), case.number("sd"), 1e-9);
        if case.number("p") >= 0.0 {
            close(measure(&f, "p_v"), case.number("p"), 1e-9);
        }
    }
}

// --- what must not matter ----------------------------------------------------------------------

#[test]
fn station_order_buildings_and_shares_of_groups_do_not_matter() {
    let returns = placed(&HONEST.draw(7), 7);
    let order = testing::Stream::new(8).order(HONEST.stations);
    let [a, b] =
        [returns.clone(), testing::reordered(&returns, &order)].map(|r| finding(run(&SCREEN, &r)));
    for m in &a.measures {
        close(m.value, measure(&b, m.symbol), 1e-9);
    }
    // Each station's list in two halves at the same point is the same place.
    let mut halves = HONEST.draw(7);
    let mut at = returns.stations.coordinates.clone().unwrap();
    at.extend_from_within(..);
    for column in [&mut halves.registered, &mut halves.cast, &mut halves.votes] {
        let second: Vec<i64> = column.iter().map(|v| v / 2).collect();
        column.iter_mut().zip(&second).for_each(|(v, s)| *v -= s);
        column.extend(second);
    }
    halves.group.extend_from_within(..);
    let c = finding(run(&SCREEN, &halves.builder().coordinates(at).build()));
    close(measure(&c, "I_v"), measure(&a, "I_v"), 1e-9);
    close(measure(&c, "I_t"), measure(&a, "I_t"), 1e-9);
}

// --- size and power (seeded; a few seconds) ------------------------------------------------------

#[test]
fn calibrated_where_groups_differ_and_places_exchange_inside_them() {
    for symbol in ["p_v", "p_t"] {
        let p = |seed| measure(&finding(run(&SCREEN, &placed(&HONEST.draw(seed), seed))), symbol);
        p_values_look_uniform((0..400).map(p), 0.0815); // 1.63 / √400
    }
}

#[test]
fn notices_a_slope_inside_groups() {
    let p = |seed| {
        let mut figures = HONEST.draw(seed);
        let at = placed(&figures, seed).stations.coordinates.unwrap();
        let north = at.iter().map(|p| p.unwrap().0);
        for ((votes, cast), north) in figures.votes.iter_mut().zip(&figures.cast).zip(north) {
            // Up to a tenth of the ballots more or fewer by where the station lies.
            let moved = (*cast as f64 * 0.1 * (20.0 * north).sin()).round();
            *votes = (*votes as f64 + moved).clamp(0.0, *cast as f64) as i64;
        }
        measure(&finding(run(&SCREEN, &placed(&figures, seed))), "p_v")
    };
    let found = (0..40).filter(|seed| p(*seed) < 0.05).count();
    assert!(found >= 36, "found in {found} of 40");
}

// --- refusals ----------------------------------------------------------------------------------

#[test]
fn refuses_instead_of_guessing() {
    let figures = HONEST.draw(1);
    assert!(matches!(refusal(run(&SCREEN, &figures.returns())), Reason::ColumnMissing(_)));
    let nowhere = figures
        .builder()
        .coordinates((0..400).map(|i| (i < 20).then_some((1.0, i as f64))))
        .build();
    assert_eq!(refusal(run(&SCREEN, &nowhere)), Reason::TooFew { used: 20, needed: 50 });
    let odd = figures.builder().coordinates((0..400).map(|i| Some((f64::NAN, i as f64)))).build();
    assert_eq!(refusal(run(&SCREEN, &odd)), Reason::TooFew { used: 0, needed: 50 });
    assert_eq!(refusal(run(&SCREEN, &board(|_, _| 500))), Reason::Constant);
}

#[test]
fn special_stations_and_those_without_a_place_are_left_out() {
    let figures = HONEST.draw(7);
    let mut at = placed(&figures, 7).stations.coordinates.unwrap();
    at[20] = None;
    let mut builder = figures.builder().coordinates(at);
    for station in 0..10 {
        builder = builder.kind(station, Kind::Special);
    }
    let f = finding(run(&SCREEN, &builder.build()));
    assert_eq!((f.used, f.left_out_total()), (389, 11));
}

// --- words -------------------------------------------------------------------------------------

#[test]
fn says_how_alike_and_that_it_is_ordinary() {
    let f = finding(run(&SCREEN, &placed(&HONEST.draw(7), 7)));
    let i = format!("{:.3} in share", measure(&f, "I_v")).replace('-', "−");
    assert!(
        f.plain.starts_with("Over 400 places, after the mean of each region is taken off"),
        "{}",
        f.plain
    );
    assert!(f.plain.contains(&format!("Moran's I of neighbours is {i}")), "{}", f.plain);
    assert!(f.plain.contains("Neighbours that are alike are ordinary"), "{}", f.plain);
    let Picture::Lines { series, .. } = &f.pictures[0] else { unreachable!() };
    // A tenth's own values rise; what their neighbours have does not follow here.
    assert!(series[0].1.windows(2).all(|w| w[0] < w[1]) && series[1].1[9] < 0.5);
}
