//! S720 neighbour-outliers. Order: by hand, oracle, invariances, calibration, power, refusals, words.

#![allow(clippy::unwrap_used, clippy::cast_possible_truncation)]

use glassurn_methods::screens::NeighbourOutliers;
use glassurn_model::{Finding, Picture, Reason, Returns, testing};

mod ballots;
mod common;
mod placed;
use ballots::{Figures, run};
use common::{close, finding, measure, oracle, p_values_are_conservative, refusal, share_at_most};
use placed::{HONEST, heavy, placed};

const SCREEN: NeighbourOutliers = NeighbourOutliers::DEFAULT;

fn find(returns: &Returns) -> Finding {
    finding(run(&SCREEN, returns))
}

/// An honest election in which so many stations give this share to A.
fn changed(seed: u64, stations: usize, share: f64) -> Returns {
    let mut figures = HONEST.draw(seed);
    for i in (0..stations).map(|i| i * 37 % HONEST.stations) {
        figures.votes[i] = (figures.cast[i] as f64 * share) as i64;
    }
    placed(&figures, seed)
}

// --- by hand ---------------------------------------------------------------------------------

#[test]
fn one_station_of_a_square_lies_apart_with_its_votes() {
    let at = |i: usize| Some((50.0 + (i / 20) as f64 / 100.0, 10.0 + (i % 20) as f64 / 100.0));
    let votes = |i: usize| if i == 210 { 900 } else { 440 + (i * i * 31 + i * 17) as i64 % 121 };
    let figures = Figures {
        registered: vec![2_000; 400],
        cast: vec![1_000; 400],
        votes: (0..400).map(votes).collect(),
        ..Figures::default()
    };
    let f = find(&figures.builder().coordinates((0..400).map(at)).build());
    assert_eq!((f.stations.len(), f.stations[0].0), (1, 210));
    // Its neighbours are at about a half: 400 votes more, give or take 20.
    assert!((f.effect.votes.unwrap() - 400.0).abs() < 20.0, "{:?}", f.effect.votes);
    assert!(f.p.is_none());
}

// --- oracle ----------------------------------------------------------------------------------

#[test]
fn agrees_with_scipy_and_statsmodels() {
    for case in oracle("neighbour_outliers.json") {
        let at = case.numbers("latitude").into_iter().zip(case.numbers("longitude")).map(Some);
        let figures = Figures {
            registered: case.counts("cast"),
            cast: case.counts("cast"),
            votes: case.counts("votes"),
            ..Figures::default()
        };
        let returns = figures.builder().coordinates(at).build();
        let slice = glassurn_methods::Slice::whole(&returns, 0, Some(0));
        let share = &SCREEN.figures(&slice).unwrap().rates[0];
        for (got, want) in share.beside.iter().zip(case.numbers("first")) {
            close(got.apart, want, 1e-6);
        }
        let f = find(&returns);
        for (symbol, key) in [
            ("b_v", "slope"),
            ("τ_v", "spread"),
            ("r_v", "largest"),
            ("ν_v", "nu"),
            ("m_v", "outliers"),
        ] {
            close(measure(&f, symbol), case.number(key), 1e-6);
        }
        close(measure(&f, "p_v"), case.number("smallest"), 1e-5);
    }
}

// --- what must not matter ----------------------------------------------------------------------

#[test]
fn station_order_does_not_matter() {
    let returns = changed(7, 4, 0.97);
    let order = testing::Stream::new(8).order(HONEST.stations);
    let [a, b] = [returns.clone(), testing::reordered(&returns, &order)].map(|r| find(&r));
    for m in &a.measures {
        close(m.value, measure(&b, m.symbol), 1e-7);
    }
    let names = |f: &Finding, r: &Returns| {
        let mut names: Vec<String> =
            f.stations.iter().map(|s| r.stations.ids[s.0 as usize].clone()).collect();
        names.sort();
        names
    };
    assert_eq!(names(&a, &returns), names(&b, &testing::reordered(&returns, &order)));
    assert!(!a.stations.is_empty());
}

// --- size and power (seeded; a few seconds) ------------------------------------------------------

#[test]
fn keeps_its_level_where_groups_and_stations_differ() {
    for symbol in ["p_v", "p_t"] {
        let p = |seed| measure(&find(&placed(&HONEST.draw(seed), seed)), symbol);
        let ps: Vec<f64> = (0..400).map(p).collect();
        p_values_are_conservative(ps.clone());
        // And not by saying nothing.
        assert!(share_at_most(&ps, 0.6) > 0.12, "{}", share_at_most(&ps, 0.6));
    }
}

#[test]
fn keeps_its_level_where_stations_have_heavy_tails() {
    let ps: Vec<f64> = (0..300).map(|seed| measure(&find(&heavy(seed)), "p_v")).collect();
    p_values_are_conservative(ps);
}

#[test]
fn finds_four_stations_of_four_hundred_and_few_others() {
    let (mut found, mut others) = (0, 0);
    for seed in 0..40 {
        let f = find(&changed(seed, 4, 0.96));
        let right = |s: &&(u32, String)| (0..4).any(|i| i * 37 % HONEST.stations == s.0 as usize);
        let share: Vec<_> = f.stations.iter().filter(|s| s.1.starts_with("share")).collect();
        let hits = share.iter().copied().filter(right).count();
        found += hits;
        others += share.len() - hits;
    }
    assert!(found >= 105, "found {found} of 160");
    assert!(others * 10 <= found, "{others} others beside {found}");
}

// --- refusals ----------------------------------------------------------------------------------

#[test]
fn refuses_instead_of_guessing() {
    let figures = HONEST.draw(1);
    assert!(matches!(refusal(run(&SCREEN, &figures.returns())), Reason::ColumnMissing(_)));
    let few = figures
        .builder()
        .coordinates((0..400).map(|i| (i < 70).then_some((1.0, i as f64))))
        .build();
    assert_eq!(refusal(run(&SCREEN, &few)), Reason::TooFew { used: 70, needed: 100 });
    let same = Figures::same(200, [1_000, 500, 500, 200]).builder();
    let same = same.coordinates((0..200).map(|i| Some((1.0, f64::from(i) / 10.0)))).build();
    assert_eq!(refusal(run(&SCREEN, &same)), Reason::Constant);
}

// --- words -------------------------------------------------------------------------------------

#[test]
fn says_how_many_and_what_their_neighbours_lead_one_to_expect() {
    let f = find(&changed(7, 4, 0.97));
    let words = format!("{:.0} of 400 in share", measure(&f, "m_v"));
    assert!(f.plain.starts_with(
        "Stations that lie apart from their neighbours by more than such stations do: "
    ));
    assert!(f.plain.contains(&words), "{}", f.plain);
    assert!(f.plain.contains("votes more than their neighbours lead one to expect"), "{}", f.plain);
    assert!(f.stations[0].1.contains("where its neighbours lead one to expect"));
    let Picture::Histogram { counts, expected, .. } = &f.pictures[0] else { unreachable!() };
    close(counts.iter().sum(), 400.0, 1e-12);
    close(expected.iter().sum(), 400.0, 1e-9);
}
