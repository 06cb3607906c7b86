//! S911 interruption-jump. Order: by hand, oracle, invariances, calibration, power, refusals, words.

#![allow(clippy::unwrap_used)]

use glassurn_methods::{Outcome, Screen, Slice, screens::InterruptionJump};
use glassurn_model::testing::{self, Builder};
use glassurn_model::{Field, Finding, Picture, Reason, Returns, Scale};
use glassurn_stats::{discontinuity, rng, sample};

mod common;
use common::{close, finding, measure, oracle, p_values_look_uniform, refusal};

const SCREEN: InterruptionJump = InterruptionJump::DEFAULT;

fn run(screen: &InterruptionJump, returns: &Returns) -> Outcome {
    screen.run(&Slice::whole(returns, 0, Some(0)))
}

/// Stations in the order of the count.
fn returns(place: &[i64], at: &[i64], first_late: i64, valid: &[i64], votes: &[i64]) -> Returns {
    let places: Vec<String> = place.iter().map(i64::to_string).collect();
    Builder::new(at.len())
        .level("place", &places)
        .field(Field::Valid, valid.to_vec())
        .choice("A", votes.to_vec())
        .arrived(at.to_vec())
        .interruption(first_late)
        .build()
}

// --- by hand ---------------------------------------------------------------------------------

/// A thousand stations alone in their places whose shares climb, then lie so much higher.
fn climbing(step: i64) -> Returns {
    let numbers: Vec<i64> = (0..1_000).collect();
    let share = |i: &i64| 3_000 + 2 * i + if *i >= 800 { step } else { 0 } + (i * 37) % 101 * 4;
    let votes: Vec<i64> = numbers.iter().map(share).collect();
    returns(&numbers, &numbers, 800, &[10_000; 1_000], &votes)
}

#[test]
fn a_step_is_found_in_its_size_and_a_climb_is_none() {
    let [flat, stepped] = [0, 500].map(|step| finding(run(&SCREEN, &climbing(step))));
    // Everything is linear in y, but for the bandwidth, which sees the step in the pilot alone.
    assert!((stepped.effect.value - 0.05).abs() < 0.015 && flat.effect.value.abs() < 0.015);
    assert_eq!(SCREEN.stands_out(&stepped), Some(true));
    assert_eq!(SCREEN.stands_out(&flat), Some(false));
    // The mean of the last 200 stations lies 20 points above that of the others for no step at all.
    assert!(flat.p.unwrap().value > 0.05 && stepped.p.unwrap().value < 0.001);
}

// --- oracle ----------------------------------------------------------------------------------

#[test]
fn agrees_with_rdrobust_and_numpy() {
    for case in oracle("interruption_jump.json") {
        let [place, at] = ["place", "at"].map(|k| case.counts(k));
        let [valid, votes] = ["valid", "votes"].map(|k| case.counts(k));
        let returns = returns(&place, &at, case.whole("first_late"), &valid, &votes);
        let f = finding(run(&SCREEN, &returns));
        close(measure(&f, "h"), case.number("bandwidth"), 1e-7);
        close(measure(&f, "τ₁"), case.number("linear"), 1e-7);
        close(measure(&f, "τ"), case.number("corrected"), 1e-7);
        close(f.measure("τ").unwrap().sd.unwrap(), case.number("se"), 1e-7);
        assert_eq!([measure(&f, "n₋"), measure(&f, "n₊")].to_vec(), case.numbers("used"));
    }
}

// --- what must not matter ----------------------------------------------------------------------

/// An honest count: villages come late, places of four stations mostly report together, and the drift bends.
fn honest(seed: u64, jump: f64) -> Returns {
    let mut rng = rng::stream(seed, "honest order", 0);
    let mut stations: Vec<(f64, i64, u64, f64)> = Vec::new();
    for place in 0..250_i64 {
        let village = sample::uniform(&mut rng) < 0.4;
        let level = 0.4 + if village { 0.15 } else { 0.0 } + 0.05 * sample::normal(&mut rng);
        let start = sample::normal(&mut rng) + if village { 0.8 } else { 0.0 };
        for _ in 0..4 {
            let own = level + 0.05 * sample::normal(&mut rng);
            let time = start + 0.15 * sample::normal(&mut rng);
            stations.push((time, place, 100 + sample::below(&mut rng, 200), own));
        }
    }
    stations.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (mut place, mut valid, mut votes) = (Vec::new(), Vec::new(), Vec::new());
    for (i, (_, at, all, own)) in stations.into_iter().enumerate() {
        let share = (own + if i >= 700 { jump } else { 0.0 }).clamp(0.02, 0.98);
        place.push(at);
        valid.push(i64::try_from(all).unwrap());
        votes.push(i64::try_from(sample::binomial(&mut rng, all, share)).unwrap());
    }
    returns(&place, &(0..1_000).collect::<Vec<_>>(), 700, &valid, &votes)
}

fn found(seed: u64, jump: f64) -> Finding {
    finding(run(&InterruptionJump { placebos: 0, ..SCREEN }, &honest(seed, jump)))
}

#[test]
fn station_order_in_the_file_and_the_scale_of_time_do_not_matter() {
    let returns = honest(3, 0.0);
    let a = finding(run(&SCREEN, &returns));
    let order = testing::Stream::new(5).order(1_000);
    let b = finding(run(&SCREEN, &testing::reordered(&returns, &order)));
    for m in &a.measures {
        close(m.value, measure(&b, m.symbol), 1e-9);
    }
    let mut later = returns.clone();
    let arrival = later.stations.arrival.as_mut().unwrap();
    arrival.scale = Scale::Seconds;
    // Hours of silence change nothing: what counts is the order.
    arrival
        .at
        .iter_mut()
        .for_each(|at| *at = at.map(|v| 60 * v + if v >= 700 { 80_000 } else { 0 }));
    arrival.interruption = Some(60_000);
    assert_eq!(finding(run(&SCREEN, &later)), a);
}

// --- size and power (seeded; a few seconds) ------------------------------------------------------

#[test]
fn calibrated_though_villages_are_late_and_places_report_together() {
    let ps = (0..400).map(|seed| found(seed, 0.0).p.unwrap().value);
    p_values_look_uniform(ps, 0.0815); // 1.63 / √400
}

#[test]
fn an_honest_count_rarely_stands_out() {
    let out = (0..120)
        .filter(|s| SCREEN.stands_out(&finding(run(&SCREEN, &honest(*s, 0.0)))) == Some(true));
    let out = out.count();
    // Fewer than by p alone, since other places have as clear a jump.
    assert!(out <= 9, "{out} of 120");
}

#[test]
fn notices_a_jump_of_eight_points_at_a_thousand_stations_every_other_time() {
    let noticed = (0..60).filter(|s| found(*s, 0.08).p.unwrap().value <= 0.05).count();
    assert!(noticed >= 30, "noticed {noticed} of 60");
}

#[test]
fn a_straight_mean_would_be_misled_by_the_drift() {
    // The difference of means near the interruption, which the screen does not use, is mostly positive.
    let means = (0..60).filter(|seed| {
        let r = honest(*seed, 0.0);
        let c = &r.contests[0];
        let share = |i: usize| {
            c.choices[0].values[i].unwrap() as f64
                / c.fields[&Field::Valid].values[i].unwrap() as f64
        };
        let mean = |from: usize, to: usize| (from..to).map(share).sum::<f64>() / (to - from) as f64;
        mean(700, 1_000) > mean(400, 700)
    });
    assert!(means.count() >= 55);
}

// --- refusals ----------------------------------------------------------------------------------

#[test]
fn refuses_instead_of_guessing() {
    let mut untold = climbing(0);
    untold.stations.arrival.as_mut().unwrap().interruption = None;
    assert!(refusal(run(&SCREEN, &untold)).to_string().contains("no interruption"));
    let mut states = climbing(0);
    states.stations.arrival.as_mut().unwrap().scale = Scale::States;
    assert!(refusal(run(&SCREEN, &states)).to_string().contains("few lots"));
    let mut lots = climbing(0);
    let arrival = lots.stations.arrival.as_mut().unwrap();
    arrival.at.iter_mut().for_each(|at| *at = at.map(|v| v / 50));
    arrival.interruption = Some(16);
    assert!(refusal(run(&SCREEN, &lots)).to_string().contains("few lots"));
    let mut early = climbing(0);
    early.stations.arrival.as_mut().unwrap().interruption = Some(950);
    assert_eq!(refusal(run(&SCREEN, &early)), Reason::TooFew { used: 50, needed: 200 });
    let mut none = climbing(0);
    none.stations.arrival = None;
    assert!(matches!(refusal(run(&SCREEN, &none)), Reason::ColumnMissing(_)));
    let same: Vec<i64> = (0..1_000).collect();
    let constant = returns(&same, &same, 800, &[100; 1_000], &[50; 1_000]);
    assert_eq!(refusal(run(&SCREEN, &constant)), Reason::Constant);
    assert!(discontinuity::bandwidth(&[0.1; 10], &[0.1; 10]).is_none());
}

// --- words -------------------------------------------------------------------------------------

#[test]
fn says_where_how_much_and_how_rare() {
    let f = finding(run(&SCREEN, &climbing(500)));
    assert!(f.plain.starts_with(
        "Where the count was interrupted, after 800 of 1,000 stations, the share jumps by +"
    ));
    assert!(f.plain.contains("; a jump as clear is at 0 of "), "{}", f.plain);
    assert!(f.plain.ends_with(" other places."));
    assert!(matches!(&f.pictures[0], Picture::Intervals { rows, .. } if rows.len() > 10));
    assert!(matches!(&f.pictures[1], Picture::Lines { at, .. } if at.len() == 50));
}
