//! P610: by hand, oracle, what must not matter, calibration, refusals, words.

#![allow(clippy::unwrap_used)]

use glassurn_methods::parallel::sample_audit::{Drawn, Settings, Station, audit, figures};
use glassurn_model::{Answer, ClaimClass, Count, Verdict};
use glassurn_stats::{rng, sample};
use serde_json::Value;

fn choices(n: usize) -> Vec<String> {
    ["Ada", "Alan", "Grace", "Emmy"][..n].iter().map(|s| (*s).to_owned()).collect()
}

fn station(name: usize, official: [i64; 2], cap: i64) -> Station {
    Station {
        name: name.to_string(),
        stratum: String::new(),
        official: official.map(Some).to_vec(),
        cap: Some(cap),
        drawn: None,
    }
}

fn drawn(order: usize, copy: &[Count]) -> Option<Drawn> {
    Some(Drawn { order: i64::try_from(order).ok(), copy: copy.to_vec() })
}

/// A hundred stations, 80 to 20; the first `n` drawn, with these copies.
fn frame(copies: &[[i64; 2]]) -> Vec<Station> {
    let mut stations: Vec<_> = (0..100).map(|i| station(i, [80, 20], 100)).collect();
    for (i, copy) in copies.iter().enumerate() {
        stations[i].drawn = drawn(i, &copy.map(Some));
    }
    stations
}

fn p(answer: &Answer) -> f64 {
    answer.measure("p").unwrap().value
}

// --- by hand -------------------------------------------------------------------------------------

#[test]
fn twenty_agreeing_copies_support_the_order_and_agree() {
    let answer = audit(&choices(2), &frame(&[[80, 20]; 20]), Settings::DEFAULT);
    assert!(p(&answer) < 0.001);
    let order = answer.claims.iter().find(|c| c.class == ClaimClass::Order).unwrap();
    assert_eq!(order.verdict, Verdict::Consistent);
    let figure = answer.claims.iter().find(|c| c.class == ClaimClass::OfficialFigure).unwrap();
    assert_eq!(figure.verdict, Verdict::Corroborated);
    assert!(answer.claims.iter().all(|c| c.limits[0].contains("authentic")));
}

#[test]
fn one_copy_by_hand() {
    // U = 160, t = 100, x = 160 − 10 = 150: 0.1 + 0.9 · 1.5 = 1.45.
    let answer = audit(&choices(2), &frame(&[[75, 25]]), Settings::DEFAULT);
    assert!((p(&answer) - 1.0 / 1.45).abs() < 1e-12);
    assert_eq!(answer.claims[0].verdict, Verdict::Impossible);
    assert!(answer.claims[0].headline.contains("1 of 1 copies differ"), "{:?}", answer.claims[0]);
}

#[test]
fn a_missing_copy_counts_at_its_worst() {
    let mut stations = frame(&[[80, 20]; 10]);
    stations[3].drawn = drawn(3, &[]);
    let mut worst = frame(&[[80, 20]; 10]);
    worst[3].drawn = drawn(3, &[Some(0), Some(100)]);
    let [missing, worst] = [&stations, &worst].map(|s| audit(&choices(2), s, Settings::DEFAULT));
    assert_eq!(p(&missing), p(&worst));
    assert_eq!(missing.left_out[0].stations, 1);
}

#[test]
fn a_station_without_official_figures_counts_for_the_other() {
    let mut stations = frame(&[[80, 20]; 10]);
    stations[90].official = vec![None, None];
    let figures = figures(&choices(2), &stations, Settings::DEFAULT).unwrap();
    assert_eq!((figures.pairs[0].margin, figures.without_official), (99 * 60 - 100, 1));
}

// --- oracle --------------------------------------------------------------------------------------

#[test]
fn agrees_with_exact_fractions() {
    let file: Value = serde_json::from_str(include_str!("oracle/sample_audit.json")).unwrap();
    let list =
        |v: &Value| -> Vec<Count> { v.as_array().unwrap().iter().map(Value::as_i64).collect() };
    let cases = file["cases"].as_array().unwrap();
    assert_eq!(cases.len(), 8);
    for case in cases {
        let official = case["official"].as_array().unwrap();
        let caps = list(&case["cap"]);
        let mut stations: Vec<_> = official
            .iter()
            .zip(caps)
            .map(|(o, cap)| Station { official: list(o), cap, ..station(0, [0, 0], 0) })
            .collect();
        for (order, pair) in case["drawn"].as_array().unwrap().iter().enumerate() {
            let at = usize::try_from(pair[0].as_u64().unwrap()).unwrap();
            let copy = pair[1].as_array().map(|_| list(&pair[1])).unwrap_or_default();
            stations[at].drawn = drawn(order, &copy);
        }
        let answer = audit(&choices(stations[0].official.len()), &stations, Settings::DEFAULT);
        assert!((p(&answer) / case["p"].as_f64().unwrap() - 1.0).abs() < 1e-9, "{}", p(&answer));
    }
}

// --- what must not matter --------------------------------------------------------------------------

#[test]
fn the_order_of_the_file_does_not_matter() {
    let stations = frame(&[[80, 20], [70, 30], [80, 20], [81, 19]]);
    let turned: Vec<_> = stations.iter().rev().cloned().collect();
    let [a, b] = [&stations, &turned].map(|s| p(&audit(&choices(2), s, Settings::DEFAULT)));
    assert!((a - b).abs() < 1e-15);
}

#[test]
fn one_stratum_by_rounds_is_the_plain_form() {
    // Two strata of the same kind, drawn alike, can support no more than one stratum with all draws.
    let mut stations = frame(&[[80, 20]; 20]);
    let plain = p(&audit(&choices(2), &stations, Settings::DEFAULT));
    for (i, station) in stations.iter_mut().enumerate() {
        station.stratum = (i % 2).to_string();
    }
    let split = p(&audit(&choices(2), &stations, Settings::DEFAULT));
    assert!(plain < split && split < 0.05, "{plain} {split}");
}

// --- calibration -----------------------------------------------------------------------------------

/// An election in which the announced leader is behind by a hair: officially 60 to 40 everywhere, really
/// `wrong` of 200 stations 0 to 100.
fn wrong_outcome(seed: u64, strata: usize) -> Vec<Station> {
    let mut rng = rng::stream(5, "wrong outcome", seed);
    let mut stations: Vec<_> = (0..200).map(|i| station(i, [60, 40], 100)).collect();
    let mut order: Vec<usize> = (0..200).collect();
    for i in (1..200_usize).rev() {
        order.swap(i, usize::try_from(sample::below(&mut rng, i as u64 + 1)).unwrap());
    }
    // 34 stations off by 120 undo the margin of 200 · 20; they stand together, in the first stratum.
    let mut taken = vec![0; strata];
    for (place, at) in order.into_iter().enumerate() {
        let stratum = at * strata / 200;
        stations[at].stratum = stratum.to_string();
        if taken[stratum] < 60 / strata {
            taken[stratum] += 1;
            let copy = if at < 34 { [0, 100] } else { [60, 40] };
            stations[at].drawn = drawn(place, &copy.map(Some));
        }
    }
    stations
}

#[test]
fn wrong_outcomes_are_seldom_supported() {
    for strata in [1, 4] {
        let ps: Vec<f64> = (0..2_000)
            .map(|seed| p(&audit(&choices(2), &wrong_outcome(seed, strata), Settings::DEFAULT)))
            .collect();
        for level in [0.01, 0.05, 0.2] {
            let often = ps.iter().filter(|p| **p <= level).count() as f64 / 2_000.0;
            let error = (level * (1.0 - level) / 2_000.0_f64).sqrt();
            assert!(often <= level + 3.0 * error, "{strata} strata, {level}: {often}");
        }
    }
}

// --- refusals --------------------------------------------------------------------------------------

#[track_caller]
fn refused(stations: &[Station], names: &[String], word: &str) {
    let answer = audit(names, stations, Settings::DEFAULT);
    assert!(answer.claims.is_empty());
    assert!(answer.refused.as_ref().unwrap().contains(word), "{:?}", answer.refused);
}

#[test]
fn what_cannot_be_audited_is_refused() {
    refused(&frame(&[]), &choices(2), "marked as drawn");
    refused(&frame(&[[80, 20]]), &choices(1), "two choices");
    refused(&frame(&[[80, 30]]), &choices(2), "above its cap");
    refused(&frame(&[[-1, 20]]), &choices(2), "negative");
    refused(&frame(&[[80, 20]]), &choices(3), "number of choices");
    let tie: Vec<_> =
        (0..4).map(|i| Station { drawn: drawn(i, &[]), ..station(i, [5, 5], 10) }).collect();
    refused(&tie, &choices(2), "no single choice");
    let mut twice = frame(&[[80, 20]; 2]);
    twice[1].drawn = twice[0].drawn.clone();
    refused(&twice, &choices(2), "same place");
    let mut empty = frame(&[[80, 20]]);
    empty[50].stratum = "south".to_owned();
    refused(&empty, &choices(2), "stratum south");
}

// --- words -----------------------------------------------------------------------------------------

#[test]
fn words_are_neutral() {
    let answers = [
        audit(&choices(2), &frame(&[[80, 20]; 20]), Settings::DEFAULT),
        audit(&choices(2), &frame(&[[10, 90]; 3]), Settings::DEFAULT),
    ];
    let text = format!("{answers:?}").to_lowercase();
    for word in [
        "fraud", "rigg", "stolen", "steal", "cheat", "falsif", "manipul", "tamper", "crime",
        "winner",
    ] {
        assert!(!text.contains(word), "{word}");
    }
}
