//! P160: by hand, oracle, real data, theorems, refusals, words.

#![allow(clippy::unwrap_used)]

use glassurn_methods::parallel::reweighted::{
    Figures, Limits, Margin, Reweighted, Unit, answer, figures,
};
use glassurn_model::{ClaimClass, Count, Reason, Verdict};
use proptest::prelude::*;
use serde_json::Value;

mod common;
use common::{close, data_or_skip};

fn unit(votes: &[i64], base: i64, size: i64, groups: &[usize]) -> Unit {
    Unit {
        votes: votes.iter().map(|v| Some(*v)).collect(),
        base: Some(base),
        size: Some(size),
        groups: groups.to_vec(),
    }
}

fn margin(totals: &[i64]) -> Margin {
    let group = |(i, t): (usize, &i64)| (format!("group {i}"), *t);
    Margin { name: "province".to_owned(), groups: totals.iter().enumerate().map(group).collect() }
}

fn choices(n: usize) -> Vec<String> {
    ["Ada", "Alan", "Grace"][..n].iter().map(|s| (*s).to_owned()).collect()
}

fn ask<'a>(choices: &'a [String], units: &'a [Unit], margins: &'a [Margin]) -> Reweighted<'a> {
    Reweighted {
        subject: "what is in hand",
        base: "valid votes",
        control: "stations",
        choices,
        units,
        margins,
        limits: Limits::DEFAULT,
    }
}

fn run(units: &[Unit], margins: &[Margin]) -> Result<Figures, String> {
    figures(&ask(&choices(units[0].votes.len()), units, margins))
}

// --- by hand -------------------------------------------------------------------------------------

#[test]
fn one_margin_of_votes_is_the_sum_of_group_shares() {
    // Shares 30 % and 80 %; composition 3 : 1 by votes: 0.75 · 0.3 + 0.25 · 0.8 = 0.425.
    let units = [unit(&[60], 200, 200, &[0]), unit(&[80], 100, 100, &[1])];
    let f = run(&units, &[margin(&[3_000, 1_000])]).unwrap();
    close(f.weighted[0], 0.425, 1e-12);
    close(f.plain[0], 140.0 / 300.0, 1e-12);
    // Weights 15 and 10: 25² / (225 + 100).
    close(f.effective, 625.0 / 325.0, 1e-12);
    close(f.ratio, 1.5, 1e-12);
    assert_eq!(f.rounds, 1);
}

#[test]
fn a_known_composition_that_is_in_hand_changes_nothing() {
    let units = [unit(&[60], 200, 2, &[0]), unit(&[80], 100, 1, &[1])];
    let f = run(&units, &[margin(&[20, 10])]).unwrap();
    assert_eq!(f.plain, f.weighted);
    close(f.effective, 2.0, 1e-12);
}

// --- oracle --------------------------------------------------------------------------------------

#[test]
fn agrees_with_newtons_method_on_the_dual() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/oracle/reweighted.json");
    let file: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let list =
        |v: &Value| v.as_array().unwrap().iter().map(|v| v.as_i64().unwrap()).collect::<Vec<_>>();
    let cases = file["cases"].as_array().unwrap();
    assert_eq!(cases.len(), 5);
    for case in cases {
        let [base, sizes, first, second] =
            ["base", "sizes", "first", "second"].map(|k| list(&case[k]));
        let groups: Vec<_> = case["groups"].as_array().unwrap().iter().map(list).collect();
        let group =
            |i: usize| groups.iter().map(|g| usize::try_from(g[i]).unwrap()).collect::<Vec<_>>();
        let units: Vec<_> = (0..base.len())
            .map(|i| unit(&[first[i], second[i]], base[i], sizes[i], &group(i)))
            .collect();
        let margins: Vec<_> =
            case["totals"].as_array().unwrap().iter().map(|t| margin(&list(t))).collect();
        let f = run(&units, &margins).unwrap();
        for c in 0..2 {
            close(f.weighted[c], case["weighted"][c].as_f64().unwrap(), 1e-9);
            close(f.plain[c], case["plain"][c].as_f64().unwrap(), 1e-12);
        }
        close(f.effective, case["effective"].as_f64().unwrap(), 1e-8);
        close(f.ratio, case["ratio"].as_f64().unwrap(), 1e-7);
    }
}

// --- real data -----------------------------------------------------------------------------------

/// Whole numbers that the file writes with a point.
fn whole(cell: &str) -> Count {
    cell.trim().trim_end_matches(".0").parse().ok()
}

/// The villages of the file, and the stations of each province.
fn villages(text: &str) -> (Vec<Unit>, Margin) {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let names = reader.headers().unwrap().clone();
    let at = |n: &str| names.iter().position(|h| h == n).unwrap();
    let [a, b, c, in_hand, all, province] = [
        "paslon1",
        "paslon2",
        "paslon3",
        "tot_tps_foto_approved_kawal_pemilu",
        "tot_tps",
        "prov_name",
    ]
    .map(at);
    let (mut units, mut margin) = (Vec::new(), margin(&[]));
    for row in reader.records().map(Result::unwrap) {
        let known = margin.groups.iter().position(|g| g.0 == row[province]);
        let group = known.unwrap_or(margin.groups.len());
        if known.is_none() {
            margin.groups.push((row[province].to_owned(), 0));
        }
        margin.groups[group].1 += whole(&row[all]).unwrap_or(0);
        let votes: Vec<_> = [a, b, c].map(|i| whole(&row[i])).to_vec();
        let base = votes.iter().copied().sum();
        units.push(Unit { votes, base, size: whole(&row[in_hand]), groups: vec![group] });
    }
    (units, margin)
}

#[test]
fn indonesia_2024_by_province() {
    let file = "../parallel/id2024-kawalpemilu/kawalpemilu2024.csv";
    let Some(text) = data_or_skip("indonesia_2024_by_province", file) else { return };
    let (units, margin) = villages(&text);
    assert_eq!(margin.groups.iter().map(|g| g.1).sum::<i64>(), 311_536);
    let begin = std::time::Instant::now();
    let f = run(&units, std::slice::from_ref(&margin)).unwrap();
    assert!(begin.elapsed().as_secs_f64() < 1.0, "{:?}", begin.elapsed());
    assert_eq!(f.used, 32_386);
    close(f.in_hand[0].iter().sum(), 261_521.0, 1e-12);
    for (c, (plain, weighted)) in [
        (0.250_908_276_884, 0.248_843_756_978),
        (0.598_283_631_194, 0.598_522_882_171),
        (0.150_808_091_922, 0.152_633_360_851),
    ]
    .into_iter()
    .enumerate()
    {
        close(f.plain[c], plain, 1e-10);
        close(f.weighted[c], weighted, 1e-10);
    }
    // Two provinces of Papua have 6 % of their stations in hand.
    assert!(f.ratio > 10.0, "{}", f.ratio);
    let strict = Limits { ratio: 10.0, ..Limits::DEFAULT };
    let choices = choices(3);
    let margins = [margin];
    let why = answer(&Reweighted { limits: strict, ..ask(&choices, &units, &margins) }).refused;
    assert!(why.unwrap().contains("more than the 10.0 declared"));
}

// --- theorems ------------------------------------------------------------------------------------

fn any_units() -> impl Strategy<Value = Vec<Unit>> {
    let one = (1_i64..500, 1_i64..9, 0_usize..3, 0_usize..2)
        .prop_flat_map(|(base, size, g, h)| (0..=base, Just((base, size, g, h))))
        .prop_map(|(votes, (base, size, g, h))| unit(&[votes], base, size, &[g, h]));
    prop::collection::vec(one, 6..40)
}

/// What is in hand of each group, times a factor.
fn totals(units: &[Unit], margin_of: usize, groups: usize, by: i64) -> Vec<i64> {
    let mut totals = vec![0; groups];
    units.iter().for_each(|u| totals[u.groups[margin_of]] += by * u.size.unwrap());
    totals
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..Default::default() })]

    #[test]
    fn margins_in_proportion_leave_the_plain_share(units in any_units(), by in 1_i64..50) {
        let margins = [margin(&totals(&units, 0, 3, by)), margin(&totals(&units, 1, 2, by))];
        let f = run(&units, &margins).unwrap();
        prop_assert!((f.plain[0] - f.weighted[0]).abs() < 1e-9);
        prop_assert!((f.effective - units.len() as f64).abs() < 1e-6);
    }

    #[test]
    fn the_weighted_share_lies_between_the_groups_shares(
        mut units in any_units(), scale in prop::collection::vec(1_i64..9, 3),
    ) {
        units.iter_mut().for_each(|u| u.groups.truncate(1));
        let known: Vec<_> = totals(&units, 0, 3, 1).iter().zip(&scale).map(|(t, s)| t * s).collect();
        let Ok(f) = run(&units, &[margin(&known)]) else { return Ok(()) };
        let share = |g: usize| {
            let of = || units.iter().filter(move |u| u.groups[0] == g);
            let base: i64 = of().map(|u| u.base.unwrap()).sum();
            (base > 0).then(|| of().map(|u| u.votes[0].unwrap()).sum::<i64>() as f64 / base as f64)
        };
        let shares: Vec<_> = (0..3).filter_map(share).collect();
        let low = shares.iter().copied().fold(1.0, f64::min);
        let high = shares.iter().copied().fold(0.0, f64::max);
        prop_assert!(low - 1e-9 <= f.weighted[0] && f.weighted[0] <= high + 1e-9);
        prop_assert!(f.effective <= units.len() as f64 + 1e-9);
    }

    #[test]
    fn no_units_make_it_panic(
        units in prop::collection::vec((any::<Option<i64>>(), any::<Option<i64>>(), any::<Option<i64>>(), 0_usize..4), 0..9),
        known in prop::collection::vec(any::<i64>(), 0..4),
    ) {
        let unit = |(v, base, size, g)| Unit { votes: vec![v], base, size, groups: vec![g] };
        let units: Vec<_> = units.into_iter().map(unit).collect();
        let (choices, margins) = (choices(1), [margin(&known)]);
        let answer = answer(&ask(&choices, &units, &margins));
        prop_assert!(answer.refused.is_some() || answer.measures.iter().all(|m| m.value.is_finite()));
    }
}

// --- refusals ------------------------------------------------------------------------------------

#[test]
fn refusals_say_why() {
    let units = [unit(&[60], 200, 2, &[0]), unit(&[80], 100, 1, &[1])];
    let why = |totals: &[i64]| run(&units, &[margin(totals)]).unwrap_err();
    assert!(why(&[4, 6, 5]).contains("nothing is in hand of province group 2"));
    assert!(why(&[4, 0]).contains("control total of zero"));
    assert!(why(&[4]).contains("in no group"));
    assert!(why(&[2, 200]).contains("the largest weight is 200.0 times"));
    let two = [unit(&[6], 20, 2, &[0, 0]), unit(&[8], 10, 1, &[1, 1])];
    let apart = run(&two, &[margin(&[1, 3]), margin(&[3, 1])]).unwrap_err();
    assert!(apart.contains("do not converge"), "{apart}");
    let sums = run(&two, &[margin(&[1, 3]), margin(&[3, 2])]).unwrap_err();
    assert!(sums.contains("another sum"), "{sums}");
    assert!(run(&two, &[margin(&[1, 3])]).unwrap_err().contains("other choices or margins"));
}

#[test]
fn weights_that_leave_too_little_are_refused() {
    let mut units = vec![unit(&[5], 10, 1, &[0]); 20];
    units.push(unit(&[5], 10, 1, &[1]));
    // 20 weights of 1 and one of 40: 60² / (20 + 1,600) = 2.2 of 21.
    let why = run(&units, &[margin(&[20, 40])]).unwrap_err();
    assert!(why.contains("10.6 % of the units effective"), "{why}");
}

#[test]
fn incomplete_and_impossible_units_are_left_out_with_their_reason() {
    let mut units = vec![unit(&[6], 20, 2, &[0]); 3];
    units.push(Unit { base: None, ..unit(&[6], 20, 2, &[0]) });
    units.push(unit(&[30], 20, 2, &[0]));
    units.push(unit(&[3], 20, 0, &[0]));
    let f = run(&units, &[margin(&[12])]).unwrap();
    let left: Vec<_> = f.left_out.iter().map(|l| (l.why.clone(), l.stations)).collect();
    assert_eq!((f.used, left), (3, vec![(Reason::Missing, 1), (Reason::Flagged, 2)]));
}

// --- words ---------------------------------------------------------------------------------------

#[test]
fn the_claim_says_what_weighting_moves_and_no_share() {
    let units = [unit(&[60, 90], 200, 2, &[0]), unit(&[80, 20], 100, 1, &[1])];
    let (choices, margins) = (choices(2), [margin(&[4, 6])]);
    let answer = answer(&ask(&choices, &units, &margins));
    let claim = &answer.claims[0];
    assert_eq!((claim.class, claim.verdict), (ClaimClass::TrueShare, Verdict::NotTested));
    assert!(
        claim.headline.starts_with("Corrects known composition only")
            && claim.headline.contains("share of Ada up by 13.33 points"),
        "{claim:?}"
    );
    assert!(
        !claim.headline.contains('%') && !claim.unsupported.contains('%'),
        "no share in a sentence"
    );
    assert!(answer.notes[0].starts_with("No point estimate"), "{:?}", answer.notes);
    assert!(
        claim.limits[1].contains("within each province") && claim.base.contains("300 valid votes")
    );
    let names: Vec<_> = answer.tables.iter().map(|t| t.name).collect();
    assert_eq!(names, ["choices", "groups"]);
}
