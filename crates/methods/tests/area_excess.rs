//! P110: by hand, oracle, theorems, refusals, words.

#![allow(clippy::unwrap_used)]

mod beside;

use beside::{
    Stations, announced, assert_refused, assert_sound, of_case, oracle, shuffled, stations, value,
};
use glassurn_methods::parallel::area_excess::{compare, in_hand};
use glassurn_model::{Answer, Count, CountKind, Verdict};
use proptest::prelude::*;

fn least(s: &Stations) -> i64 {
    in_hand(&s.beside(), 0..s.official.len()).unwrap().least
}

/// 40 + 25 + 10 = 75 at least.
fn three() -> Stations {
    Stations::new(vec![Some(40), None, Some(10)], vec![Some(30), Some(25), None])
}

// --- by hand -------------------------------------------------------------------------------------

#[test]
fn the_larger_figure_of_each_station_counts() {
    let answer = compare(&three().beside(), &[announced("all", 70)], "all");
    let figures = ["L", "P", "v", "O", "L - O"].map(|s| value(&answer, s));
    assert_eq!(figures, [75.0, 50.0, 55.0, 70.0, 5.0]);
    assert_eq!(answer.claims[0].verdict, Verdict::Impossible);
    assert!(
        answer.claims[0].headline.contains("75")
            && answer.claims[0].headline.contains("5 more than the announced total of 70")
    );
}

#[test]
fn equal_is_no_excess() {
    let answer = compare(&three().beside(), &[announced("all", 75)], "all");
    assert_eq!((answer.claims[0].verdict, value(&answer, "L - O")), (Verdict::NotTested, 0.0));
}

#[test]
fn statements_without_proof_carry_less() {
    let told = three().of_kind(CountKind::VoterStatement);
    let verdict =
        |total| compare(&told.beside(), &[announced("all", total)], "all").claims[0].verdict;
    assert_eq!(verdict(70), Verdict::Inconsistent);
    assert_eq!(verdict(49), Verdict::Inconsistent); // although the protocols alone hold 50
    assert_eq!(verdict(75), Verdict::NotTested);
}

#[test]
fn protocols_that_exceed_the_total_alone_have_a_claim_of_their_own() {
    let answer = compare(&three().beside(), &[announced("all", 49)], "all");
    assert_eq!(answer.claims.len(), 2);
    assert!(answer.claims[0].headline.contains("alone add up to 50"), "{:?}", answer.claims[0]);
    assert!(!answer.claims[0].base.contains("larger"), "no voter's word is in it");
}

#[test]
fn a_total_for_a_name_that_two_areas_bear_is_compared_with_neither() {
    // The whole is named like one of its units: 75 and 50 in hand, and a total of 60 for "unit 0".
    let totals = [announced("unit 0", 60), announced("unit 1", 30)];
    let answer = compare(&three().by_unit(2).beside(), &totals, "unit 0");
    assert!(answer.claims.iter().all(|c| c.verdict == Verdict::NotTested), "{:?}", answer.claims);
    assert_eq!((answer.claims.len(), answer.notes.len()), (1, 1));
}

#[test]
fn a_unit_has_its_own_claim() {
    // Stations 0 and 2 are of unit 0: 50 of 45; station 1 of unit 1: 25 of 30.
    let units = [announced("unit 0", 45), announced("unit 1", 30)];
    let answer = compare(&three().by_unit(2).beside(), &units, "all");
    let verdicts: Vec<_> = answer.claims.iter().map(|c| c.verdict).collect();
    // Of unit 0 the protocols alone hold 50, which is a claim of its own.
    assert_eq!(verdicts, [Verdict::Impossible, Verdict::Impossible, Verdict::NotTested]);
    assert_eq!(answer.tables[0].rows.len(), 3);
}

// --- oracle --------------------------------------------------------------------------------------

#[test]
fn agrees_with_plain_sums() {
    for case in oracle("P110") {
        let units: Vec<u32> = serde_json::from_value(case["units"].clone()).unwrap();
        let s = of_case(&case).in_units(units.clone(), 3);
        let all = in_hand(&s.beside(), 0..units.len()).unwrap();
        assert_eq!(all.least, case["least"].as_i64().unwrap());
        assert_eq!(all.protocols as u64, case["protocols"].as_u64().unwrap());
        for (unit, want) in (0_u32..3).zip(case["by_unit"].as_array().unwrap()) {
            let members = (0..units.len()).filter(|s| units[*s] == unit);
            assert_eq!(in_hand(&s.beside(), members).unwrap().least, want.as_i64().unwrap());
        }
    }
}

// --- theorems --------------------------------------------------------------------------------------

fn impossible(answer: &Answer, area: &str) -> bool {
    let of = |c: &&glassurn_model::Claim| c.headline.contains(area);
    answer.claims.iter().find(of).unwrap().verdict == Verdict::Impossible
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..Default::default() })]

    #[test]
    fn adding_a_station_never_lowers_the_least_in_hand(
        s in stations(),
        official in proptest::option::of(0_i64..300),
        counted in proptest::option::of(0_i64..300),
    ) {
        let more = |v: &[Count], new| v.iter().copied().chain([new]).collect();
        let longer = Stations::new(more(&s.official, official), more(&s.counted, counted));
        prop_assert!(least(&longer) >= least(&s));
    }

    #[test]
    fn the_bounds_of_units_add_up_and_an_excess_of_the_whole_is_one_of_a_unit(
        s in stations(), units in 2_u32..5, shift in -200_i64..200,
    ) {
        let s = s.by_unit(units);
        let n = s.official.len();
        let member = |u: u32| (0..n).filter(move |i| i % units as usize == u as usize);
        let parts: Vec<i64> =
            (0..units).map(|u| in_hand(&s.beside(), member(u)).unwrap().least).collect();
        prop_assert_eq!(parts.iter().sum::<i64>(), least(&s));
        // Announced totals that add up: the least in hand, each moved by its own part of the shift.
        let moved = parts.iter().zip(1_i64..).map(|(p, i)| (p + shift * (i % 3 - 1) + shift / 7).max(0));
        let mut totals: Vec<_> = moved.zip(0..).map(|(v, u)| announced(&format!("unit {u}"), v)).collect();
        totals.push(announced("all of it", totals.iter().map(|t| t.value).sum()));
        let answer = compare(&s.beside(), &totals, "all of it");
        if answer.refused.is_none() && impossible(&answer, "all of it") {
            let found = (0..units).any(|u| impossible(&answer, &format!("unit {u}")));
            prop_assert!(found);
        }
    }

    #[test]
    fn figures_of_an_honest_part_never_exceed_the_whole(s in stations()) {
        // The truth is the official figure; reports are a part of it; the total is of all stations.
        let total = s.official.iter().flatten().sum();
        let part = |(o, c): (&Count, &Count)| Some((*c)?.min((*o)?));
        let counted = s.official.iter().zip(&s.counted).map(part).collect();
        let official = s.official.iter().enumerate().map(|(i, o)| o.filter(|_| i % 3 > 0)).collect();
        let answer = compare(&Stations::new(official, counted).beside(), &[announced("all", total)], "all");
        prop_assert!(answer.claims.iter().all(|c| c.verdict == Verdict::NotTested));
    }

    #[test]
    fn the_order_of_stations_does_not_matter((s, order) in shuffled()) {
        let of = |s: &Stations| compare(&s.beside(), &[announced("all", 500)], "all");
        prop_assert_eq!(of(&s), of(&s.permuted(&order)));
    }

    #[test]
    fn every_answer_is_sound(s in stations(), total in 0_i64..4_000) {
        assert_sound(&compare(&s.by_unit(3).beside(), &[announced("all", total), announced("unit 1", total / 3)], "all"));
    }
}

// --- refusals --------------------------------------------------------------------------------------

#[test]
fn what_cannot_be_compared_is_refused() {
    let of = |official, counted| {
        compare(&Stations::new(official, counted).beside(), &[announced("all", 1)], "all")
    };
    assert_refused(&of(vec![Some(-1)], vec![None]), "negative");
    assert_refused(&of(vec![Some(i64::MAX), Some(1)], vec![None, None]), "64 bits");
    assert_refused(&of(vec![None], vec![None]), "no station");
    assert_refused(&compare(&three().beside(), &[announced("elsewhere", 1)], "all"), "announced");
}
