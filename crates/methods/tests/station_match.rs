//! P180: by hand, oracle, theorems, refusals, words.

#![allow(clippy::unwrap_used)]

mod beside;

use beside::{Stations, assert_refused, assert_sound, of_case, oracle, shuffled, stations, value};
use glassurn_methods::parallel::station_match::{compare, figures};
use glassurn_model::{Count, CountKind, Verdict};
use proptest::prelude::*;

fn copies(official: Vec<Count>, counted: Vec<Count>) -> Stations {
    Stations::new(official, counted).of_kind(CountKind::ProtocolCopy)
}

// --- by hand -------------------------------------------------------------------------------------

#[test]
fn four_higher_of_five() {
    let official = [10, 25, 31, 44, 58, 60].map(Some).to_vec();
    let counted = vec![Some(10), Some(20), Some(30), Some(40), Some(50), None];
    let answer = compare(&copies(official, counted).beside());
    let got = ["n", "n=", "n+", "n−", "D"].map(|s| value(&answer, s));
    assert_eq!(got, [5.0, 1.0, 4.0, 0.0, 18.0]);
    assert!((answer.p.as_ref().unwrap().value - 0.125).abs() < 1e-12); // 2/2⁴
    assert_eq!(answer.claims[0].verdict, Verdict::Inconsistent);
    assert_eq!(answer.left_out[0].stations, 1);
    let first = &answer.tables[0].rows[0]; // the largest difference, 58 to 50
    assert_eq!(first[3], glassurn_model::Cell::Count(8));
}

#[test]
fn agreement_has_no_p() {
    let same = vec![Some(3), Some(4)];
    let answer = compare(&copies(same.clone(), same).beside());
    assert_eq!(answer.claims[0].verdict, Verdict::Corroborated);
    assert_eq!((answer.p, answer.left_out.len()), (None, 0));
}

// --- oracle --------------------------------------------------------------------------------------

#[test]
fn agrees_with_exact_binomials() {
    for case in oracle("P180") {
        let s = of_case(&case).of_kind(CountKind::Observer);
        let got = figures(&s.beside()).unwrap();
        let whole = |key: &str| case[key].as_i64().unwrap();
        assert_eq!((got.compared as i64, got.same as i64), (whole("compared"), whole("same")));
        assert_eq!((got.higher as i64, got.shift), (whole("higher"), whole("shift")));
        let want = case["sign"].as_f64().unwrap();
        assert!((got.sign - want).abs() < 1e-9, "{} {want}", got.sign);
    }
}

// --- theorems --------------------------------------------------------------------------------------

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..Default::default() })]

    #[test]
    fn exchanging_the_counts_reverses_the_differences_and_keeps_p(s in stations()) {
        prop_assume!(s.beside().pairs().count() > 0);
        let turned = Stations::new(s.counted.clone(), s.official.clone());
        let (a, b) = (figures(&s.beside()).unwrap(), figures(&turned.beside()).unwrap());
        prop_assert_eq!((a.shift, a.same, a.official_only), (-b.shift, b.same, b.counted_only));
        prop_assert_eq!(a.higher + b.higher, a.differ.len());
        prop_assert!((a.sign - b.sign).abs() < 1e-9 && (0.0..=1.0).contains(&a.sign));
    }

    #[test]
    fn every_station_is_counted_once(s in stations()) {
        prop_assume!(s.beside().pairs().count() > 0);
        let f = figures(&s.beside()).unwrap();
        let none = s.official.iter().zip(&s.counted).filter(|(o, c)| o.is_none() && c.is_none()).count();
        prop_assert_eq!(f.same + f.differ.len(), f.compared);
        prop_assert_eq!(f.compared + f.official_only + f.counted_only + none, s.official.len());
    }

    #[test]
    fn the_order_of_stations_changes_only_the_order_of_ties((s, order) in shuffled()) {
        prop_assume!(s.beside().pairs().count() > 0);
        let (a, b) = (figures(&s.beside()).unwrap(), figures(&s.permuted(&order).beside()).unwrap());
        let mut back: Vec<_> = b.differ.iter().map(|d| (order[d.0], d.1, d.2)).collect();
        let mut first = a.differ.clone();
        back.sort_unstable();
        first.sort_unstable();
        prop_assert_eq!(first, back);
        prop_assert_eq!((a.shift, a.sign, a.higher), (b.shift, b.sign, b.higher));
    }

    #[test]
    fn every_answer_is_sound(s in stations()) {
        assert_sound(&compare(&s.of_kind(CountKind::Observer).beside()));
    }
}

// --- refusals --------------------------------------------------------------------------------------

#[test]
fn what_cannot_be_matched_is_refused() {
    let voters = Stations::new(vec![Some(1)], vec![Some(1)]);
    assert_refused(&compare(&voters.beside()), "part of each station");
    assert_refused(&compare(&copies(vec![Some(1), None], vec![None, Some(1)]).beside()), "both");
    let far = copies(vec![Some(i64::MAX); 2], vec![Some(0); 2]);
    assert_refused(&compare(&far.beside()), "64 bits");
}
