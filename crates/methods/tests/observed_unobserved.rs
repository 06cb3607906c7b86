//! P510: oracle, by hand, the set, calibration, refusals, words.

#![allow(clippy::unwrap_used)]

use glassurn_methods::parallel::observed_unobserved::{
    Estimate, Settings, Station, compare, figures,
};
use glassurn_model::{ClaimClass, Unit, Verdict};
use glassurn_stats::{rng, sample};
use serde_json::Value;

fn station(y: f64, observed: bool, block: usize, x: Option<f64>) -> Station {
    Station {
        outcome: Some(y),
        observed: Some(observed),
        block: block.to_string(),
        covariate: x,
        near: None,
    }
}

fn oracle() -> Vec<Value> {
    let file: Value =
        serde_json::from_str(include_str!("oracle/observed_unobserved.json")).unwrap();
    file["cases"].as_array().unwrap().clone()
}

#[test]
fn agrees_with_statsmodels_and_with_listed_permutations() {
    let cases = oracle();
    for case in cases.iter().filter(|c| c["near"].is_null()) {
        let f = |key: &str, i: usize| case[key][i].as_f64().unwrap();
        let n = case["y"].as_array().unwrap().len();
        let block = |i: usize| usize::try_from(case["b"][i].as_u64().unwrap()).unwrap();
        let stations: Vec<_> = (0..n)
            .map(|i| station(f("y", i), case["z"][i] == 1, block(i), Some(f("x", i))))
            .collect();
        let got = figures(&stations, Settings::DEFAULT).unwrap();
        let same = |got: Estimate, key: &str| {
            let close = |a: f64, b: f64| (a - b).abs() < 1e-9 * b.abs().max(1.0);
            assert!(close(got.difference, f(key, 0)) && close(got.se, f(key, 1)), "{key}: {got:?}");
        };
        same(got.plain, "plain");
        same(got.cuped.unwrap().0, "cuped");
        assert!((got.cuped.unwrap().1 - case["theta"].as_f64().unwrap()).abs() < 1e-9);
        if !case["lin"].is_null() {
            same(got.lin.unwrap(), "lin");
        }
        if let Some(p) = case["p"].as_f64() {
            assert!((got.permuted.unwrap().p.value - p).abs() < 1e-12);
        }
    }
}

#[test]
fn direct_and_spill_over_agree_with_statsmodels() {
    let cases = oracle();
    let spilled: Vec<_> = cases.iter().filter(|c| !c["near"].is_null()).collect();
    assert_eq!(spilled.len(), 4);
    for case in spilled {
        let mark = |key: &str, i: usize| case[key][i] == 1;
        let block = |i: usize| usize::try_from(case["b"][i].as_u64().unwrap()).unwrap();
        let one = |i: usize| Station {
            near: Some(mark("near", i)),
            ..station(case["y"][i].as_f64().unwrap(), mark("z", i), block(i), None)
        };
        let stations: Vec<_> = (0..case["y"].as_array().unwrap().len()).map(one).collect();
        let spill = figures(&stations, Settings::DEFAULT).unwrap().spill.unwrap();
        assert_eq!(spill.areas, case["areas"].as_bool().unwrap());
        for (key, got) in [("direct", spill.direct.unwrap()), ("over", spill.over.unwrap())] {
            let wanted = [0, 1].map(|i| case[key][i].as_f64().unwrap());
            let close = |a: f64, b: f64| (a - b).abs() < 1e-9 * b.abs().max(1.0);
            assert!(close(got.difference, wanted[0]) && close(got.se, wanted[1]), "{key}: {got:?}");
        }
    }
}

/// Six observed and six unobserved, with a shift.
fn shifted(shift: f64) -> Vec<Station> {
    let y = [3.0, 1.0, 4.0, 1.5, 5.0, 9.0, 2.0, 6.0, 5.5, 3.5, 8.0, 7.0];
    (0..12)
        .map(|i| station(y[i] + if i % 2 == 0 { shift } else { 0.0 }, i % 2 == 0, 0, None))
        .collect()
}

#[test]
fn the_set_holds_just_the_shifts_that_the_test_does_not_reject() {
    let p = |shift: f64| figures(&shifted(shift), Settings::DEFAULT).unwrap().permuted.unwrap();
    let [low, high] = p(0.0).set;
    assert!(low < high && low.is_finite() && high.is_finite());
    for (shift, kept) in
        [(low + 1e-6, true), (low - 1e-6, false), (high - 1e-6, true), (high + 1e-6, false)]
    {
        assert_eq!(p(-shift).p.value > 0.05, kept, "{shift}");
    }
}

#[test]
fn under_the_null_small_p_are_as_rare_as_they_should_be() {
    let hits = (0..1_000_u64)
        .filter(|run| {
            let mut rng = rng::stream(5, "null", *run);
            let stations: Vec<_> = (0..12)
                .map(|i| station(sample::normal(&mut rng), i % 2 == 0, i / 6, None))
                .collect();
            let found = figures(&stations, Settings::DEFAULT).unwrap();
            found.permuted.unwrap().p.value <= 0.05
        })
        .count();
    // Of 400 assignments in pairs of signs 20 are rejected: exactly 5 %; four standard deviations are 28.
    assert!((22..=78).contains(&hits), "{hits}");
}

#[test]
fn many_assignments_are_drawn_and_the_same_again() {
    let stations: Vec<_> =
        (0..60).map(|i| station(f64::from(i % 7), i % 2 == 0, 0, None)).collect();
    let first = figures(&stations, Settings::DEFAULT).unwrap();
    assert_eq!(first, figures(&stations, Settings::DEFAULT).unwrap());
    let p = first.permuted.unwrap().p.value * 10_000.0;
    assert!((p - p.round()).abs() < 1e-9 && p >= 1.0);
}

#[test]
fn spill_over_is_told_from_the_direct_difference() {
    let place = |(y, observed, near): (f64, bool, bool)| Station {
        near: Some(near),
        ..station(y, observed, 0, None)
    };
    let all = [
        (30.0, true, true),
        (32.0, true, true),
        (50.0, false, true),
        (52.0, false, true),
        (40.0, false, false),
        (42.0, false, false),
    ];
    let stations: Vec<_> = all.map(place).to_vec();
    let spill = figures(&stations, Settings::DEFAULT).unwrap().spill.unwrap();
    // Each side of two has s² = 2, so that a difference has variance 2/2 + 2/2.
    let by_hand = |difference: f64| Some(Estimate { difference, se: 2.0_f64.sqrt() });
    assert_eq!((spill.direct, spill.over, spill.areas), (by_hand(-20.0), by_hand(10.0), false));
    let answer = compare("share", &stations, Settings::DEFAULT);
    assert!(answer.notes.iter().any(|n| n.contains("twice")));
}

#[test]
fn where_whole_blocks_are_near_or_far_blocks_are_what_was_assigned() {
    // Unobserved means 50, 54 near and 40, 42 far: spill-over 52 − 41, variance 8/2 + 2/2.
    let mean = [50.0, 54.0, 40.0, 42.0];
    let one = |i: usize| Station {
        near: Some(i < 24),
        ..station(
            mean[i / 12] + if i.is_multiple_of(2) { 1.0 } else { -1.0 },
            i % 4 < 2,
            i / 12,
            None,
        )
    };
    let spill = |stations: &[Station]| figures(stations, Settings::DEFAULT).unwrap().spill.unwrap();
    let stations: Vec<_> = (0..48).map(one).collect();
    let over = spill(&stations).over.unwrap();
    assert!(spill(&stations).areas && (over.difference - 11.0).abs() < 1e-12);
    assert!((over.se - 5.0_f64.sqrt()).abs() < 1e-12);
    // One dense block has no spread of its own to judge by.
    assert_eq!(spill(&stations[12..]).over, None);
}

#[test]
fn figures_that_go_missing_with_observers_are_told() {
    let mut stations = shifted(0.0);
    for i in [1, 3, 5] {
        stations[i].outcome = None;
    }
    let answer = compare("share", &stations, Settings::DEFAULT);
    let note = "Of 6 observed stations 6 have a figure, of 6 unobserved ones 3.";
    assert!(answer.notes.iter().any(|n| n.starts_with(note)), "{:?}", answer.notes);
    assert!(answer.claims[0].limits.iter().any(|l| l.contains("figure is known")));
    let whole = compare("share", &shifted(0.0), Settings::DEFAULT);
    assert!(whole.notes.is_empty() && whole.claims[0].limits.len() == 2);
}

#[test]
fn an_earlier_figure_that_some_station_lacks_adjusts_nothing_and_is_told() {
    let x = |i: usize| station(i as f64, i.is_multiple_of(2), 0, Some((i * i) as f64));
    let mut stations: Vec<_> = (0..12).map(x).collect();
    assert!(figures(&stations, Settings::DEFAULT).unwrap().lin.is_some());
    stations[3].covariate = None;
    let found = figures(&stations, Settings::DEFAULT).unwrap();
    assert_eq!((found.uncovered, found.lin, found.cuped), (Some(1), None, None));
    let answer = compare("share", &stations, Settings::DEFAULT);
    assert!(answer.notes.iter().any(|n| n.starts_with("1 station lacks the earlier figure")));
}

#[test]
fn shares_are_told_in_per_cent_and_points() {
    let y = [0.50, 0.30, 0.52, 0.32, 0.54, 0.34, 0.56, 0.36];
    let stations: Vec<_> = (0..8).map(|i| station(y[i], i % 2 == 0, i / 4, None)).collect();
    let set = Settings { unit: Unit::Share, ..Settings::DEFAULT };
    let answer = compare("Share of Ada", &stations, set);
    let headline = &answer.claims[0].headline;
    assert!(
        headline.starts_with("Share of Ada: stations with observers have 53.00 %"),
        "{headline}"
    );
    assert!(headline.contains("is 20.00 points (95 % interval"), "{headline}");
    assert_eq!(answer.tables[0].rows.len(), 2);
}

#[test]
fn the_order_of_stations_and_the_names_of_blocks_do_not_matter() {
    let one = |i: u32| {
        let block = usize::try_from(i / 8).unwrap();
        station(f64::from(i * i % 17), i.is_multiple_of(3), block, Some(f64::from(i % 5)))
    };
    let stations: Vec<_> = (0..24).map(one).collect();
    let mut other: Vec<_> = stations.iter().rev().cloned().collect();
    other.iter_mut().for_each(|s| s.block = format!("block {}", s.block));
    let [a, b] = [&stations, &other].map(|s| figures(s, Settings::DEFAULT).unwrap());
    let close = |a: Estimate, b: Estimate| {
        assert!((a.difference - b.difference).abs() < 1e-12 && (a.se - b.se).abs() < 1e-12);
    };
    close(a.plain, b.plain);
    close(a.lin.unwrap(), b.lin.unwrap());
    close(a.cuped.unwrap().0, b.cuped.unwrap().0);
    assert_eq!((a.used, a.present), (b.used, b.present));
}

#[test]
fn without_a_lot_there_is_an_association_and_no_test() {
    let set = Settings { random: false, ..Settings::DEFAULT };
    let answer = compare("share", &shifted(-9.0), set);
    let claim = &answer.claims[0];
    assert!(claim.headline.contains("association") && answer.p.is_none());
    assert_eq!((claim.class, claim.verdict), (ClaimClass::Data, Verdict::NotTested));
    let random = compare("share", &shifted(-9.0), Settings::DEFAULT);
    assert_eq!(random.claims[0].verdict, Verdict::Inconsistent);
}

#[test]
fn missing_is_left_out_and_lone_blocks_are_refused() {
    let mut stations = shifted(0.0);
    stations[0].outcome = None;
    stations.push(station(1.0, true, 1, None));
    let found = figures(&stations, Settings::DEFAULT).unwrap();
    assert_eq!((found.missing, found.alone, found.used), (1, 1, [5, 6]));
    let lone = [station(1.0, true, 0, None), station(2.0, false, 0, None)];
    assert!(compare("share", &lone, Settings::DEFAULT).refused.is_some());
    let wide = Settings { confidence: 1.0, ..Settings::DEFAULT };
    assert!(compare("share", &stations, wide).refused.is_some());
}
