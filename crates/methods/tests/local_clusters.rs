//! S711 local-clusters. Order: by hand, oracle, invariances, calibration, power, refusals, words.

#![allow(clippy::unwrap_used, clippy::cast_possible_truncation)]

use glassurn_methods::neighbours::Neighbours;
use glassurn_methods::screens::LocalClusters;
use glassurn_methods::screens::local_clusters::{Class, local};
use glassurn_model::{Areas, Finding, Picture, Reason, Returns, testing};
use glassurn_stats::{rng, sample};

mod ballots;
mod common;
mod placed;
use ballots::{Figures, Honest, run};
use common::{close, finding, measure, oracle, p_values_look_uniform, refusal};
use placed::{HONEST, placed};

const SCREEN: LocalClusters = LocalClusters::DEFAULT;

/// A lattice whose cells touch along sides and at corners.
fn lattice(side: u32) -> Vec<Vec<u32>> {
    let touches = |i: u32, j: u32| {
        let (down, across) = ((i / side).abs_diff(j / side), (i % side).abs_diff(j % side));
        i != j && down <= 1 && across <= 1
    };
    let all = || 0..side * side;
    all().map(|i| all().filter(|j| touches(i, *j)).collect()).collect()
}

/// Squares of ten by ten, two stations each; their votes by square and station.
fn squares(votes: impl Fn(usize, usize) -> i64) -> Returns {
    let figures = Figures {
        registered: vec![2_000; 200],
        cast: vec![1_000; 200],
        votes: (0..200).map(|i| votes(i / 2, i % 2)).collect(),
        group: (0..200).map(|i| i / 2).collect(),
        ..Figures::default()
    };
    let centres = (0..100).map(|i| Some((f64::from(i % 10), f64::from(i / 10)))).collect();
    figures.builder().areas(0, lattice(10), centres).build()
}

fn block(square: usize) -> bool {
    (3..6).contains(&(square / 10)) && (3..6).contains(&(square % 10))
}

fn wavering(square: usize, station: usize) -> i64 {
    i64::try_from(470 + (square * 37 + station * 11) % 60).unwrap()
}

// --- by hand ---------------------------------------------------------------------------------

#[test]
fn a_block_is_a_cluster_and_a_lone_square_is_low_among_high() {
    let f = finding(run(&SCREEN, &squares(|q, s| if block(q) { 900 } else { wavering(q, s) })));
    assert!(measure(&f, "hh_v") >= 5.0 && f.measure("hh_t").is_none());
    let f = finding(run(
        &SCREEN,
        &squares(|q, s| match q {
            44 => 100,
            q if block(q) => 900,
            q => wavering(q, s),
        }),
    ));
    let Picture::Map { areas, classes, .. } = &f.pictures[0] else { unreachable!() };
    assert_eq!(areas[44].label, "44");
    assert_eq!(classes[areas[44].class], Class::LowHigh.name());
    assert!((areas[44].value - 0.1).abs() < 1e-12 && areas[44].outline.len() == 1);
    assert_eq!(classes[areas[99].class], Class::None.name());
}

// --- oracle ----------------------------------------------------------------------------------

#[test]
fn agrees_with_esda_on_touching_and_on_nearest_neighbours() {
    for (number, case) in oracle("local_clusters.json").iter().enumerate() {
        let at: Vec<(f64, f64)> = case.numbers("x").into_iter().zip(case.numbers("y")).collect();
        let neighbours = match number {
            0 => Neighbours::touching(&lattice(9), &(0..81).collect::<Vec<u32>>()),
            _ => Neighbours::nearest_in_plane(&at, 8),
        };
        for (i, row) in case.rows("neighbours").iter().enumerate() {
            let mut list: Vec<f64> = neighbours.of(i).iter().map(|j| f64::from(*j)).collect();
            list.sort_by(f64::total_cmp);
            assert_eq!(&list, row, "neighbours of {i}");
        }
        let values = case.numbers("values");
        let all = local(&neighbours, &values, &vec![0; values.len()], 9_999, 3).unwrap();
        for (i, l) in all.iter().enumerate() {
            close(l.i.unwrap(), case.numbers("i")[i], 1e-9);
            close(l.g_star, case.numbers("g_star")[i], 1e-9);
            // Draws stop at twenty in the smaller tail: a relative error of a fifth, here four of them.
            let p = case.numbers("p")[i];
            assert!((l.p - p).abs() < 0.9 * p + 0.002, "{i}: {} {p}", l.p);
        }
    }
}

// --- what must not matter ----------------------------------------------------------------------

#[test]
fn stations_of_an_area_may_be_parted_and_areas_touch_both_ways() {
    let returns = squares(|q, s| if block(q) { 900 } else { wavering(q, s) });
    let a = finding(run(&SCREEN, &returns));
    let order = testing::Stream::new(3).order(200);
    let mut swapped = testing::reordered(&returns, &order);
    // The order in which areas first appear numbers the draws, so that only values stay the same.
    let b = finding(run(&SCREEN, &swapped));
    assert!((measure(&a, "hh_v") - measure(&b, "hh_v")).abs() <= 1.0);
    let areas: &mut Areas = swapped.stations.areas.as_mut().unwrap();
    for (i, list) in areas.touching.iter_mut().enumerate() {
        list.retain(|j| *j as usize > i);
    }
    let c = finding(run(&SCREEN, &swapped));
    assert_eq!(b.measures, c.measures);
}

// --- size and power (seeded; a few seconds) ------------------------------------------------------

#[test]
fn an_area_has_a_uniform_p_where_groups_differ() {
    let p = |seed: u64| {
        let mut rng = rng::stream(seed, "clusters", 0);
        let group: Vec<u32> = (0..81).map(|i| i % 9 / 3).collect();
        let values: Vec<f64> =
            group.iter().map(|g| f64::from(*g) * 3.0 + sample::normal(&mut rng)).collect();
        let centred: Vec<f64> =
            values.iter().zip(&group).map(|(v, g)| v - f64::from(*g) * 3.0).collect();
        let touching = Neighbours::touching(&lattice(9), &(0..81).collect::<Vec<u32>>());
        local(&touching, &centred, &group, 999, seed).unwrap()[40].p
    };
    p_values_look_uniform((0..600).map(p), 0.0666); // 1.63 / √600
}

fn listed(f: &Finding) -> f64 {
    ["hh_v", "ll_v", "hl_v", "lh_v"].map(|s| measure(f, s)).iter().sum()
}

#[test]
fn lists_little_where_nothing_is_and_a_block_where_one_is() {
    let honest = Honest { stations: 100, sizes: [200.0, 2_500.0], groups: 100 };
    let draw = |seed, more: f64| {
        let mut figures = honest.draw(seed);
        for i in (0..100).filter(|i| block(*i)) {
            let rest = figures.cast[i] - figures.votes[i];
            figures.votes[i] += (rest as f64 * more) as i64;
        }
        let centres = (0..100).map(|i| Some((f64::from(i % 10), f64::from(i / 10)))).collect();
        finding(run(&SCREEN, &figures.builder().areas(0, lattice(10), centres).build()))
    };
    let with_any = (0..100).filter(|s| listed(&draw(*s, 0.0)) > 0.0).count();
    assert!(with_any <= 12, "{with_any} of 100 list something");
    let found = (0..40).filter(|s| measure(&draw(*s, 0.6), "hh_v") >= 3.0).count();
    assert!(found >= 36, "{found} of 40");
}

// --- refusals ----------------------------------------------------------------------------------

#[test]
fn refuses_instead_of_guessing() {
    let figures = HONEST.draw(1);
    assert!(matches!(refusal(run(&SCREEN, &figures.returns())), Reason::ColumnMissing(_)));
    let many = Honest { stations: 3_100, sizes: [150.0, 200.0], groups: 1 }.draw(1);
    assert!(matches!(refusal(run(&SCREEN, &placed(&many, 1))), Reason::WrongSubject(_)));
    assert_eq!(refusal(run(&SCREEN, &squares(|_, _| 500))), Reason::Constant);
    let mut unknown = squares(wavering);
    let areas = unknown.stations.areas.as_mut().unwrap();
    areas.centres.iter_mut().skip(20).for_each(|c| *c = None);
    assert_eq!(refusal(run(&SCREEN, &unknown)), Reason::TooFew { used: 20, needed: 30 });
}

// --- words -------------------------------------------------------------------------------------

#[test]
fn says_how_many_of_each_class() {
    let f = finding(run(&SCREEN, &squares(|q, s| if block(q) { 900 } else { wavering(q, s) })));
    let words = format!("in share {:.0} high among high", measure(&f, "hh_v"));
    assert!(f.plain.starts_with("Of 100 areas, each less the mean of all: "), "{}", f.plain);
    assert!(f.plain.contains(&words), "{}", f.plain);
    assert!(f.stations[0].1.contains("high among high"));
}
