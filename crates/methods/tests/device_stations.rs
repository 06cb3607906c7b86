//! P530 device-stations. Order: by hand, oracle, invariances, calibration, power, refusals, words.

#![allow(clippy::unwrap_used)]

use glassurn_methods::parallel::device_stations::{Figures, Settings, Station, compare, figures};
use glassurn_model::Verdict;
use glassurn_stats::{rng, sample};

mod common;
use common::{close, oracle};

fn station(unit: i64, device: bool, registered: i64, ballots: i64, votes: i64) -> Station {
    Station {
        votes: Some(votes),
        ballots: Some(ballots),
        registered: Some(registered),
        device: Some(device),
        unit: unit.to_string(),
    }
}

fn of(stations: &[Station]) -> Figures {
    figures(stations, Settings::DEFAULT).unwrap()
}

// --- by hand ---------------------------------------------------------------------------------

#[test]
fn two_units_by_hand() {
    let all = [
        station(1, true, 200, 100, 60),
        station(1, false, 250, 200, 160),
        station(2, true, 100, 50, 20),
        station(2, false, 100, 50, 25),
        // No device in this unit, and none without one in the next.
        station(3, false, 100, 50, 50),
        station(4, true, 100, 50, 1),
        Station { device: None, ..station(1, true, 1, 1, 1) },
        Station { votes: Some(5), ..station(1, true, 9, 4, 4) },
    ];
    let f = of(&all);
    // 160 − 200 · 0.6 and 25 − 50 · 0.4; by voters 160 − 250 · 0.3 and 25 − 100 · 0.2.
    assert_eq!((f.excess, f.by_voters.unwrap().0), (40.0 + 5.0, 85.0 + 5.0));
    assert_eq!((f.areas.len(), f.stations, f.missing, f.alone), (2, [2, 2], 2, 2));
    assert_eq!(f.votes, [60.0 + 160.0 + 20.0 + 25.0 + 50.0 + 1.0, 185.0]);
    let unknown = [station(1, true, 0, 100, 60), station(1, false, 250, 200, 160)];
    assert!(of(&unknown).by_voters.is_none());
}

// --- oracle ----------------------------------------------------------------------------------

#[test]
fn agrees_with_pandas_and_scipy() {
    for case in oracle("device_stations.json") {
        let [unit, device] = ["unit", "device"].map(|k| case.counts(k));
        let [registered, ballots, votes] =
            ["registered", "ballots", "votes"].map(|k| case.counts(k));
        let all: Vec<Station> = (0..unit.len())
            .map(|i| station(unit[i], device[i] == 1, registered[i], ballots[i], votes[i]))
            .collect();
        let f = of(&all);
        assert_eq!(i64::try_from(f.areas.len()).unwrap(), case.whole("units"));
        close(f.excess, case.number("excess"), 1e-9);
        close(f.by_voters.unwrap().0, case.number("by_voters"), 1e-9);
        // Both are bootstraps: an end of 1,999 draws has an error of about 6 % of the spread.
        let [low, high] = f.interval.unwrap();
        let near = 0.25 * case.number("spread");
        assert!(
            (low - case.number("low")).abs() < near && (high - case.number("high")).abs() < near
        );
    }
}

// --- what must not matter ----------------------------------------------------------------------

/// Units that differ, stations that differ inside them, devices at two of five.
fn election(seed: u64, added: f64) -> Vec<Station> {
    let mut rng = rng::stream(seed, "devices", 0);
    let mut all = Vec::new();
    for unit in 0..60 {
        let level = 0.5 + 0.1 * sample::normal(&mut rng);
        for _ in 0..8 {
            let device = sample::uniform(&mut rng) < 0.4;
            let registered = 200 + sample::below(&mut rng, 1_500);
            let ballots = sample::binomial(&mut rng, registered, 0.6).max(1);
            let own = level + 0.05 * sample::normal(&mut rng) + if device { 0.0 } else { added };
            let votes = sample::binomial(&mut rng, ballots, own.clamp(0.02, 0.98));
            let [registered, ballots, votes] =
                [registered, ballots, votes].map(|v| i64::try_from(v).unwrap());
            all.push(station(unit, device, registered, ballots, votes));
        }
    }
    all
}

#[test]
fn the_order_of_stations_does_not_matter() {
    let mut all = election(3, 0.05);
    let a = of(&all);
    all.reverse();
    let b = of(&all);
    close(a.excess, b.excess, 1e-12);
    close(a.interval.unwrap()[0], b.interval.unwrap()[0], 1e-9);
}

// --- the interval, with and without a difference ---------------------------------------------------

#[test]
fn the_interval_holds_zero_where_devices_make_no_difference() {
    let held = (0..300).filter(|seed| {
        let quick = Settings { draws: 499, ..Settings::DEFAULT };
        let [low, high] = figures(&election(*seed, 0.0), quick).unwrap().interval.unwrap();
        low <= 0.0 && 0.0 <= high
    });
    // 95 % of 300 are 285, give or take 11 for three standard errors; a bootstrap of 60 units runs a little short.
    let held = held.count();
    assert!((270..=296).contains(&held), "{held} of 300");
}

#[test]
fn five_points_at_stations_without_a_device_are_found() {
    let above =
        (0..40).filter(|seed| of(&election(*seed, 0.05)).interval.unwrap()[0] > 0.0).count();
    assert!(above >= 38, "above zero in {above} of 40");
}

// --- refusals and words --------------------------------------------------------------------------

#[test]
fn refuses_where_no_unit_has_both() {
    let answer =
        compare("A", &[station(1, true, 9, 5, 3), station(2, false, 9, 5, 3)], Settings::DEFAULT);
    assert_eq!(answer.refused.unwrap(), "no unit has stations with a device and stations without");
    assert!(compare("A", &[], Settings::DEFAULT).refused.is_some());
}

#[test]
fn says_how_many_votes_and_what_it_does_not_show() {
    let all = [station(1, true, 200, 100, 60), station(1, false, 250, 2_000, 1_600)];
    let answer = compare("Votes of A", &all, Settings::DEFAULT);
    let claim = &answer.claims[0];
    assert_eq!(
        claim.headline,
        "Votes of A: with the votes per ballot of the stations that had a device in the same unit, the one \
         station without one would have 400 votes fewer, of 1,600 votes counted there and 1,660 in all."
    );
    assert_eq!(claim.verdict, Verdict::Estimated);
    assert!(claim.unsupported.contains("more urban places"));
    assert!(answer.notes[0].starts_with("There is no interval"));
    assert_eq!((answer.tables[0].rows.len(), answer.pictures.len()), (1, 1));
}
