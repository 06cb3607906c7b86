//! S820 swing. Order: by hand, oracle, invariances, calibration, power, refusals, words.

#![allow(clippy::unwrap_used)]

use glassurn_methods::{Screen, Slice, screens::Swing};
use glassurn_model::{Finding, Outcome, Picture, Reason, Returns, testing};

mod common;
mod elections;
use common::{close, finding, measure, oracle, refusal};
use elections::{Election, Swinging, Two};

const SCREEN: Swing = Swing::DEFAULT;

fn run(returns: &Returns, choice: usize) -> Outcome {
    SCREEN.run(&Slice::whole(returns, 0, Some(choice)))
}

fn found(two: &Two) -> Finding {
    finding(run(&two.returns(), 0))
}

const HONEST: Swinging =
    Swinging { groups: 20, size: 20, lists: [300.0, 2_500.0], between: 0.3, within: 0.12 };

// --- by hand ---------------------------------------------------------------------------------

#[test]
fn where_nothing_changes_but_one_station_its_votes_are_counted_to_the_last() {
    let then = Election {
        registered: vec![1_500; 120],
        cast: (0..120).map(|i| 900 + (i * 31) % 200).collect(),
        votes: (0..120).map(|i| 250 + (i * 37) % 300).collect(),
        group: (0..120).map(|i| i / 10).collect(),
    };
    let mut now = then.clone();
    now.votes[55] += 300;
    let f = found(&Two { then, now });
    // All others lie on y = x, and the station far off has no weight.
    close(measure(&f, "β"), 1.0, 1e-9);
    assert_eq!((measure(&f, "n₊"), measure(&f, "n₋"), measure(&f, "τ")), (1.0, 0.0, 0.0));
    // Half a vote is added on both sides before the logit, and not after: the share is off by less than a vote.
    assert!((f.effect.value - 300.0).abs() < 0.5, "{}", f.effect.value);
    assert_eq!(f.stations[0].0, 55);
    assert!(
        f.plain.starts_with("1 of 120 stations lies further than chance allows"),
        "{}",
        f.plain
    );
    assert!(
        f.plain.ends_with(": 1 above and 0 below, with 300 votes more than the swing gives."),
        "{}",
        f.plain
    );
}

// --- oracle ----------------------------------------------------------------------------------

#[test]
fn agrees_with_statsmodels_and_with_leaving_each_station_out() {
    for case in oracle("swing.json") {
        let election = |cast: &str, votes: &str| Election {
            registered: case.counts("registered"),
            cast: case.counts(cast),
            votes: case.counts(votes),
            group: case.counts("group"),
        };
        let two = Two { then: election("cast_then", "votes_then"), now: election("cast", "votes") };
        let returns = two.returns();
        let slice = Slice::whole(&returns, 0, Some(0));
        let fitted = SCREEN.fitted(&slice).unwrap();
        let (t, p, expected) = (case.numbers("t"), case.numbers("p"), case.numbers("expected"));
        for (i, s) in fitted.stations.iter().enumerate() {
            close(s.studentised, t[i], 1e-6);
            close(s.p, p[i], 1e-4);
            close(s.expected, expected[i], 1e-6);
        }
        let f = finding(SCREEN.run(&slice));
        for (symbol, key) in
            [("β", "beta"), ("γ", "gamma"), ("τ", "tau"), ("n₊", "up"), ("n₋", "down")]
        {
            close(measure(&f, symbol), case.number(key), 1e-6);
        }
        close(measure(&f, "q"), case.number("q"), 1e-4);
        close(f.effect.value, case.number("beyond"), 1e-6);
        let [low, high] = f.effect.interval.unwrap();
        close((high - low) / 2.0, 1.96 * case.number("sd"), 1e-6);
    }
}

// --- what must not matter ----------------------------------------------------------------------

#[test]
fn station_order_does_not_matter_and_the_other_choice_swings_the_other_way() {
    let returns = HONEST.draw(3).returns();
    let a = finding(run(&returns, 0));
    let shuffled = testing::reordered(&returns, &testing::Stream::new(8).order(400));
    let b = finding(run(&shuffled, 0));
    let c = finding(run(&returns, 1));
    for m in &a.measures {
        close(m.value, measure(&b, m.symbol), 1e-7);
    }
    for symbol in ["β", "τ", "max|t|", "q"] {
        close(measure(&a, symbol), measure(&c, symbol), 1e-6);
    }
    assert_eq!(measure(&a, "n₊"), measure(&c, "n₋"));
}

#[test]
fn a_swing_of_a_whole_district_is_no_station_of_its_own() {
    let mut two = HONEST.draw(4);
    let before = found(&two);
    for i in 0..20 {
        two.now.votes[i] += (two.now.cast[i] - two.now.votes[i]) / 2;
    }
    assert_eq!((measure(&before, "n₊"), measure(&found(&two), "n₊")), (0.0, 0.0));
}

// --- size and power (seeded; a few seconds) ------------------------------------------------------

/// The share of honest pairs in which any station is listed.
fn any_listed(shape: Swinging, draws: u64) -> f64 {
    let listed = |seed| {
        let f = found(&shape.draw(seed));
        measure(&f, "n₊") + measure(&f, "n₋") > 0.0
    };
    (0..draws).filter(|s| listed(*s)).count() as f64 / draws as f64
}

#[test]
fn honest_pairs_list_a_station_no_more_often_than_promised() {
    // 5 % and three standard errors of 400 draws.
    let uneven = any_listed(HONEST, 400);
    assert!(uneven <= 0.083, "{uneven}");
    let small = Swinging { lists: [60.0, 400.0], within: 0.05, ..HONEST };
    let small = any_listed(small, 400);
    assert!(small <= 0.083, "{small}");
}

#[test]
fn the_median_of_the_studentised_residuals_is_that_of_a_normal_law() {
    let f = HONEST.draw(5).returns();
    let fitted = SCREEN.fitted(&Slice::whole(&f, 0, Some(0))).unwrap();
    let mut t: Vec<f64> = fitted.stations.iter().map(|s| s.studentised.abs()).collect();
    t.sort_by(f64::total_cmp);
    assert!((t[200] - 0.6745).abs() < 0.05, "{}", t[200]);
    assert!((0.08..0.16).contains(&fitted.spread), "{}", fitted.spread);
}

#[test]
fn finds_one_station_in_a_hundred_whose_votes_were_added_to() {
    let found = |seed: u64| {
        let mut two = HONEST.draw(seed);
        for i in (7..400).step_by(100) {
            two.now.votes[i] += (two.now.cast[i] - two.now.votes[i]) * 2 / 5;
        }
        let returns = two.returns();
        let fitted = SCREEN.fitted(&Slice::whole(&returns, 0, Some(0))).unwrap();
        let hits = |i: usize| fitted.stations[i].is_listed();
        let right = (7..400).step_by(100).filter(|i| hits(*i)).count();
        (right, (0..400).filter(|i| hits(*i)).count() - right)
    };
    let (right, wrong) =
        (0..30).map(found).fold((0, 0), |(r, w), (right, wrong)| (r + right, w + wrong));
    assert!(right >= 80, "{right} of 120 are listed");
    assert!(wrong <= 15, "{wrong} others are");
}

// --- refusals ----------------------------------------------------------------------------------

#[test]
fn refuses_instead_of_guessing() {
    let two = HONEST.draw(1);
    let alone = two.now.builder().build();
    assert!(matches!(refusal(run(&alone, 0)), Reason::WrongSubject(_)));
    let few = Swinging { groups: 4, ..HONEST }.draw(1);
    assert_eq!(refusal(run(&few.returns(), 0)), Reason::TooFew { used: 80, needed: 100 });
    let mut flat = HONEST.draw(1);
    flat.then.cast = vec![200; 400];
    flat.then.votes = vec![100; 400];
    flat.then.registered = vec![300; 400];
    flat.now.registered = vec![300; 400];
    flat.now.cast = vec![200; 400];
    flat.now.votes.iter_mut().for_each(|v| *v = (*v).min(200));
    assert_eq!(refusal(run(&flat.returns(), 0)), Reason::Constant);
}

#[test]
fn other_places_and_missing_partners_are_left_out_with_their_reason() {
    let mut two = HONEST.draw(2);
    two.then.registered[0] *= 3;
    let mut returns = two.returns();
    let earlier = returns.earlier.as_mut().unwrap();
    for column in earlier.contests[0].fields.values_mut() {
        column.values[1] = None;
    }
    earlier.contests[0].choices.iter_mut().for_each(|c| c.values[1] = None);
    let f = finding(run(&returns, 0));
    assert_eq!((f.used, f.left_out_total()), (398, 2));
    let said: Vec<String> = f.left_out.iter().map(|l| l.why.to_string()).collect();
    assert_eq!(
        said,
        ["difference of the two lists of voters above 50 %", "no partner in the earlier election"]
    );
}

// --- words -------------------------------------------------------------------------------------

#[test]
fn says_how_many_lie_out_and_with_how_many_votes() {
    let f = found(&HONEST.draw(5));
    assert_eq!(
        f.plain,
        "None of 400 stations lies further than chance allows from what its share and the turnout of the earlier \
         election lead one to expect, beside the others of the same district."
    );
    assert!(f.p.is_none() && SCREEN.stands_out(&f).is_none() && f.effect.interval.is_none());
    assert!(matches!(&f.pictures[..], [Picture::Histogram { .. }, Picture::Heat { .. }]));
}
