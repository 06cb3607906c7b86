//! Simulated elections. Order: by hand, identities, determinism, moments, tampering, likeness.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use glassurn_methods::simulate::{
    self, CleanLike, Null, Plan, Sizes, Spread, Tampering, Way, clean_like, demo, demo_clean,
    election, tamper,
};
use glassurn_model::testing::Builder;
use glassurn_model::{CheckOutcome, Count, Field, Kind, Returns, checks};
use glassurn_stats::moments;

const NONE: Spread = Spread { regions: 0.0, districts: 0.0, stations: 0.0 };

fn field(returns: &Returns, field: Field) -> Vec<i64> {
    present(&returns.contests[0].fields[&field].values)
}

fn choice(returns: &Returns, number: usize) -> Vec<i64> {
    present(&returns.contests[0].choices[number].values)
}

fn present(values: &[Count]) -> Vec<i64> {
    values.iter().map(|v| v.unwrap()).collect()
}

fn shares(parts: &[i64], wholes: &[i64]) -> Vec<f64> {
    let pairs = parts.iter().zip(wholes).filter(|(_, w)| **w > 0);
    pairs.map(|(p, w)| *p as f64 / *w as f64).collect()
}

/// cast = valid + invalid, choices add up to the valid votes, cast ≤ issued ≤ registered.
#[track_caller]
fn identities_hold(returns: &Returns) {
    let [registered, cast, valid, invalid] =
        [Field::Registered, Field::Cast, Field::Valid, Field::Invalid].map(|f| field(returns, f));
    let issued = field(returns, Field::Issued);
    for i in 0..cast.len() {
        let sum: i64 = returns.contests[0].choices.iter().map(|c| c.values[i].unwrap()).sum();
        assert_eq!((valid[i] + invalid[i], sum), (cast[i], valid[i]), "station {i}");
        assert!(cast[i] <= issued[i] && issued[i] <= registered[i], "station {i}");
        assert!(invalid[i] >= 0 && sum >= 0);
    }
}

fn way(way: Way, share: f64, strength: f64) -> Tampering {
    Tampering { way, share_of_stations: share, strength, units: Vec::new(), seed: 3 }
}

fn small() -> Plan {
    Plan { stations_per_region: 60, ..Plan::default() }
}

// --- by hand -----------------------------------------------------------------------------------

#[test]
fn certain_shares_give_certain_counts() {
    let plan = Plan {
        regions: vec!["Only".to_owned()],
        stations_per_region: 3,
        districts_per_region: 2,
        sizes: Sizes::Given(vec![100, 250]),
        turnout: 1.0,
        turnout_spread: NONE,
        support_spread: NONE,
        invalid: 0.0,
        invalid_spread: 0.0,
        choices: vec![("Yes".to_owned(), 1.0), ("No".to_owned(), 0.0)],
        special: 0.0,
        unreturned: None,
        ..Plan::default()
    };
    let returns = election(&plan);
    assert_eq!(field(&returns, Field::Registered), [100, 250, 100]);
    assert_eq!(field(&returns, Field::Cast), [100, 250, 100]);
    assert_eq!((choice(&returns, 0), choice(&returns, 1)), (vec![100, 250, 100], vec![0, 0, 0]));
    assert_eq!(returns.stations.levels[1].of, [0, 0, 1]);
    assert!(!returns.contests[0].fields.contains_key(&Field::Issued));
    assert_eq!(returns.sources[0].name, "simulated with seed 1");
}

// --- identities and determinism ----------------------------------------------------------------

#[test]
fn every_protocol_adds_up_before_and_after() {
    let clean = election(&small());
    identities_hold(&clean);
    for kind in Way::ALL {
        let changed = tamper(&clean, &way(kind, 0.5, 0.5));
        identities_hold(&changed.returns);
        assert!(changed.stations > 100 && changed.votes > 0, "{kind:?}: {changed:?}");
        assert_eq!(field(&clean, Field::Registered), field(&changed.returns, Field::Registered));
    }
    identities_hold(&demo(1));
}

#[test]
fn no_check_calls_a_simulated_figure_impossible() {
    let clean = election(&small());
    let changed = Way::ALL.map(|kind| tamper(&clean, &way(kind, 0.5, 0.5)).returns);
    for returns in changed.iter().chain([&demo(1), &demo_clean(1), &clean_like(&clean, 0, 1)]) {
        for check in checks::ALL.iter().filter(|c| c.meta().code.starts_with('F')) {
            if let CheckOutcome::Ran { flags, .. } = check.run(returns, 0) {
                let first = flags.first().map(|f| f.message());
                assert_eq!(first, None, "{} of {}", check.meta().code, returns.title);
            }
        }
    }
}

#[test]
fn the_number_of_threads_does_not_matter() {
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| (demo(9), clean_like(&demo(9), 0, 4)))
    };
    assert_eq!(on(1), on(2));
}

#[test]
fn seeds_differ_and_repeat() {
    assert_eq!(demo_clean(5), demo_clean(5));
    assert_ne!(demo_clean(5).contests, demo_clean(6).contests);
}

// --- moments -----------------------------------------------------------------------------------

#[test]
fn moments_match_the_plan() {
    let plan = Plan {
        regions: (0..400).map(|i| format!("R{i}")).collect(),
        stations_per_region: 16,
        special: 0.0,
        ..Plan::default()
    };
    let returns = election(&plan);
    let turnout = shares(&field(&returns, Field::Cast), &field(&returns, Field::Registered));
    let support = shares(&choice(&returns, 0), &field(&returns, Field::Valid));
    let invalid = shares(&field(&returns, Field::Invalid), &field(&returns, Field::Cast));
    // Regions are the independent units: standard errors are about 0.07 / 20 and 0.1 / 20.
    assert!((moments::mean(&turnout) - 0.61).abs() < 0.012, "{}", moments::mean(&turnout));
    assert!((moments::mean(&support) - 0.55).abs() < 0.02, "{}", moments::mean(&support));
    assert!((moments::mean(&invalid) - 0.012).abs() < 0.001, "{}", moments::mean(&invalid));
    // Total spread on the logit scale 0.42 and 0.47; × p(1 − p) gives 0.100 and 0.117.
    let sd = |v: &[f64]| moments::variance(v).sqrt();
    assert!((sd(&turnout) - 0.099).abs() < 0.008, "{}", sd(&turnout));
    assert!((sd(&support) - 0.113).abs() < 0.009, "{}", sd(&support));
    let second = shares(&choice(&returns, 1), &field(&returns, Field::Valid));
    assert!((moments::mean(&second) - 0.25).abs() < 0.02, "{}", moments::mean(&second));
}

#[test]
fn correlation_has_the_sign_of_the_plan() {
    for sign in [-0.8, 0.8] {
        let returns = election(&Plan { correlation: sign, special: 0.0, ..small() });
        let turnout = shares(&field(&returns, Field::Cast), &field(&returns, Field::Registered));
        let support = shares(&choice(&returns, 0), &field(&returns, Field::Valid));
        let line = glassurn_stats::ols::fit(&turnout, &support, None).unwrap();
        assert!(line.slope * sign > 0.0 && line.r_squared > 0.3, "{line:?}");
    }
}

#[test]
fn special_stations_are_small_and_nearly_full() {
    let returns = demo_clean(2);
    let (registered, cast) = (field(&returns, Field::Registered), field(&returns, Field::Cast));
    let special: Vec<usize> =
        (0..cast.len()).filter(|&i| returns.stations.kinds[i] == Kind::Special).collect();
    assert!((70..130).contains(&special.len()), "{}", special.len());
    assert!(special.iter().all(|&i| registered[i] <= 400));
    let full: f64 = special.iter().map(|&i| cast[i] as f64 / registered[i] as f64).sum();
    assert!(full / special.len() as f64 > 0.9);
}

// --- tampering ---------------------------------------------------------------------------------

#[test]
fn nothing_is_changed_at_no_station_or_with_no_strength() {
    let clean = election(&small());
    for kind in Way::ALL {
        let none = tamper(&clean, &way(kind, 0.0, 1.0));
        assert_eq!((none.stations, none.votes, &none.returns.contests), (0, 0, &clean.contests));
    }
    for kind in [Way::Stuffing, Way::Moving, Way::Invention] {
        assert_eq!(tamper(&clean, &way(kind, 1.0, 0.0)).returns.contests, clean.contests);
    }
}

#[test]
fn multiplied_votes_grow_by_the_same_share_everywhere() {
    let clean = election(&Plan { special: 0.0, ..small() });
    let changed = tamper(&clean, &way(Way::Proportional, 1.0, 0.05));
    let (before, after) = (choice(&clean, 0), choice(&changed.returns, 0));
    let total = |v: &[i64]| v.iter().sum::<i64>();
    assert_eq!(changed.votes, total(&after) - total(&before));
    assert!((total(&after) as f64 / total(&before) as f64 - 1.05).abs() < 0.002);
    assert_eq!(choice(&changed.returns, 1), choice(&clean, 1));
}

#[test]
fn stations_of_the_extreme_kind_are_nearly_full() {
    let clean = election(&Plan { special: 0.0, ..small() });
    let changed = tamper(&clean, &way(Way::Extreme, 1.0, 0.925)).returns;
    let turnout = shares(&field(&changed, Field::Cast), &field(&changed, Field::Registered));
    let support = shares(&choice(&changed, 0), &field(&changed, Field::Valid));
    // The median of a half-normal deviate is 0.674 of its standard deviation: 5 % of the absent stay at home.
    let middle = |v: &[f64]| moments::mean(v);
    assert!(middle(&turnout) > 0.95 && middle(&support) > 0.95);
}

#[test]
fn the_amount_is_the_one_that_was_made() {
    let clean = election(&small());
    let stuffed = tamper(&clean, &way(Way::Stuffing, 0.3, 0.2));
    let gain: i64 =
        choice(&stuffed.returns, 0).iter().sum::<i64>() - choice(&clean, 0).iter().sum::<i64>();
    assert_eq!(stuffed.votes, gain);
    assert_eq!(choice(&stuffed.returns, 1), choice(&clean, 1));

    let moved = tamper(&clean, &way(Way::Moving, 0.3, 0.2));
    let gain: i64 =
        choice(&moved.returns, 0).iter().sum::<i64>() - choice(&clean, 0).iter().sum::<i64>();
    assert_eq!(moved.votes, gain);
    assert_eq!(field(&moved.returns, Field::Cast), field(&clean, Field::Cast));
    let differ =
        choice(&moved.returns, 0).iter().zip(choice(&clean, 0)).filter(|(a, b)| **a != *b).count();
    assert_eq!(moved.stations, differ);
}

#[test]
fn a_larger_share_changes_the_same_stations_and_more() {
    let clean = election(&small());
    let changed = |share: f64| -> Vec<bool> {
        let after = tamper(&clean, &way(Way::Moving, share, 0.5)).returns;
        choice(&after, 0).iter().zip(choice(&clean, 0)).map(|(a, b)| *a != b).collect()
    };
    let (few, many) = (changed(0.2), changed(0.6));
    assert!(few.iter().zip(&many).all(|(f, m)| !f || *m));
    assert!(few.iter().filter(|c| **c).count() < many.iter().filter(|c| **c).count());
}

#[test]
fn units_and_ordinary_stations_only() {
    let clean = demo_clean(1);
    let after =
        tamper(&clean, &Tampering { units: vec![2], ..way(Way::Stuffing, 1.0, 0.5) }).returns;
    let (before, now) = (choice(&clean, 0), choice(&after, 0));
    for i in 0..before.len() {
        if before[i] != now[i] {
            assert_eq!(clean.stations.levels[0].of[i], 2);
            assert_eq!(clean.stations.kinds[i], Kind::Ordinary);
        }
    }
}

#[test]
fn rounded_stations_are_as_near_as_whole_ballots_allow() {
    let clean = election(&Plan { special: 0.0, ..small() });
    let after = tamper(&clean, &way(Way::Rounding, 1.0, 0.0)).returns;
    let near = |parts: &[i64], wholes: &[i64]| {
        parts.iter().zip(wholes).all(|(p, w)| {
            let percent = 100.0 * *p as f64 / *w as f64;
            (percent - percent.round()).abs() <= 50.0 / *w as f64 + 1e-9
        })
    };
    let cast = field(&after, Field::Cast);
    assert!(near(&cast, &field(&after, Field::Registered)) && near(&choice(&after, 0), &cast));
    assert!(!near(&field(&clean, Field::Cast), &field(&clean, Field::Registered)));
}

#[test]
fn copies_are_counts_of_another_station() {
    let clean = election(&small());
    let changed = tamper(&clean, &way(Way::Copying, 0.2, 1.0));
    let row = |r: &Returns, i: usize| -> Vec<Count> {
        r.contests[0].choices.iter().map(|c| c.values[i]).collect()
    };
    for i in 0..clean.stations.len() {
        let now = row(&changed.returns, i);
        if now != row(&clean, i) {
            assert!((0..clean.stations.len()).any(|j| j != i && row(&clean, j) == now));
        }
    }
}

#[test]
fn missing_counts_are_left_alone() {
    let mut returns = election(&small());
    let leader = &mut returns.contests[0].choices[0].values;
    leader.iter_mut().step_by(2).for_each(|v| *v = None);
    let after = tamper(&returns, &way(Way::Moving, 1.0, 0.5)).returns;
    assert!(after.contests[0].choices[0].values.iter().step_by(2).all(Option::is_none));
    let rest = |r: &Returns| {
        r.contests[0].choices[1].values.iter().step_by(2).copied().collect::<Vec<_>>()
    };
    assert_eq!(rest(&after), rest(&returns));
}

#[test]
fn keys_lead_back_and_notes_are_neutral() {
    for kind in Way::ALL {
        assert_eq!(Way::from_key(kind.key()), Some(kind));
    }
    let returns = demo(1);
    assert_eq!(returns.notes.len(), 3);
    assert!(returns.notes[1].contains("in Eastholm: ballots added for the leader at"));
    for word in ["fraud", "rigged", "stolen", "stuff"] {
        assert!(!returns.notes.iter().any(|n| n.to_lowercase().contains(word)));
    }
}

// --- likeness ----------------------------------------------------------------------------------

#[test]
fn a_like_election_keeps_places_and_levels_but_no_digits() {
    let real = tamper(&demo_clean(3), &way(Way::Rounding, 1.0, 0.0)).returns;
    let like = clean_like(&real, 0, 8);
    identities_hold(&like);
    assert_eq!(like.stations, real.stations);
    assert_eq!(field(&like, Field::Registered), field(&real, Field::Registered));
    let turnout = |r: &Returns| shares(&field(r, Field::Cast), &field(r, Field::Registered));
    let support = |r: &Returns| shares(&choice(r, 0), &field(r, Field::Valid));
    for of in [turnout, support] {
        let (a, b) = (of(&like), of(&real));
        assert!((moments::mean(&a) - moments::mean(&b)).abs() < 0.01);
        let ratio = (moments::variance(&a) / moments::variance(&b)).sqrt();
        assert!((ratio - 1.0).abs() < 0.06, "{ratio}");
    }
    let whole = |r: &Returns| {
        let near = |t: &f64| (100.0 * t - (100.0 * t).round()).abs() < 0.03;
        turnout(r).iter().filter(|t| near(t)).count() as f64 / r.stations.len() as f64
    };
    assert!(whole(&real) > 0.5 && whole(&like) < 0.1, "{} {}", whole(&real), whole(&like));
}

#[test]
fn a_like_election_keeps_what_is_missing_and_what_is_odd() {
    let column = |v: [Count; 4]| v.to_vec();
    let real = Builder::new(4)
        .field(Field::Registered, column([Some(500), Some(20), None, Some(400)]))
        .field(Field::Cast, column([Some(300), Some(25), Some(90), None]))
        .field(Field::Valid, column([Some(290), Some(25), Some(80), Some(10)]))
        .choice("A", column([Some(200), Some(20), Some(50), Some(5)]))
        .choice("B", column([Some(60), Some(5), Some(20), Some(5)]))
        .build();
    let like = clean_like(&real, 0, 1);
    let contest = &like.contests[0];
    assert_eq!(
        contest.fields[&Field::Registered].values,
        real.contests[0].fields[&Field::Registered].values
    );
    // More ballots than names, or no list: the ballots stay. No ballots reported: none drawn.
    let cast = &contest.fields[&Field::Cast].values;
    assert_eq!((cast[1], cast[2], cast[3]), (Some(25), Some(90), None));
    assert_eq!(contest.choices[0].values[3], None);
    assert!(!contest.fields.contains_key(&Field::Invalid));
    let (valid, a, b) =
        (&contest.fields[&Field::Valid].values, &contest.choices[0], &contest.choices[1]);
    for i in 0..3 {
        assert!(a.values[i].unwrap() + b.values[i].unwrap() <= valid[i].unwrap());
        assert!(valid[i] <= cast[i]);
    }
}

#[test]
fn a_contest_that_is_not_there_gives_no_likeness() {
    assert!(CleanLike::of(&demo_clean(1), 7, Null::Smooth).is_none());
    assert!(clean_like(&demo_clean(1), 7, 1).contests.is_empty());
    assert!(simulate::clean_like(&Returns::default(), 0, 1).contests.is_empty());
}

#[test]
fn under_each_null_the_rates_are_the_ones_it_says() {
    let real = election(&small());
    let drawn = |null| CleanLike::of(&real, 0, null).unwrap().election(5);
    let turnout = |r: &Returns| shares(&field(r, Field::Cast), &field(r, Field::Registered));
    let (before, after) = (turnout(&real), turnout(&drawn(Null::PlugIn)));
    // Its own rate: five binomial standard deviations at most, anywhere.
    let n = field(&real, Field::Registered);
    for ((p, q), n) in before.iter().zip(&after).zip(&n) {
        assert!((p - q).abs() < 5.0 * (p * (1.0 - p) / *n as f64).sqrt() + 1e-9, "{p} {q} {n}");
    }
    // Exchanged: another order, nearly the same mean and spread in each region.
    let exchanged = turnout(&drawn(Null::WithinGroups));
    let far = before.iter().zip(&exchanged).filter(|(p, q)| (*p - *q).abs() > 0.1).count();
    assert!(far > before.len() / 4, "{far}");
    for region in 0..12 {
        let part = |v: &[f64]| v[region * 60..(region + 1) * 60].to_vec();
        let (a, b) = (part(&before), part(&exchanged));
        assert!((moments::mean(&a) - moments::mean(&b)).abs() < 0.02, "region {region}");
        assert!((moments::variance(&a) / moments::variance(&b) - 1.0).abs() < 0.3, "{region}");
    }
    for null in Null::ALL {
        identities_hold(&Returns { ..drawn(null) });
        assert_eq!(field(&drawn(null), Field::Registered), n);
    }
}
