//! P190: by hand, oracle, theorems, refusals, words.

#![allow(clippy::unwrap_used)]

mod beside;

use beside::{Stations, announced, assert_refused, assert_sound, of_case, oracle, stations, value};
use glassurn_methods::parallel::turnout_tally::{Figures, Settings, compare, figures};
use glassurn_model::{Answer, CountKind, Picture, Verdict};
use glassurn_stats::rng::stream;
use proptest::prelude::*;

const SET: Settings = Settings::DEFAULT;
const WHOLE: &str = "the country";

fn seen(share: i64) -> Settings {
    Settings { seen: Some(share), ..SET }
}

/// Door tallies: far below, a little below, above, equal, without an official figure.
fn five() -> Stations {
    let official = vec![Some(900), Some(500), Some(300), Some(80), None];
    let counted = vec![Some(570), Some(495), Some(304), Some(80), Some(7)];
    Stations::new(official, counted).of_kind(CountKind::Observer)
}

fn of(stations: &Stations, set: Settings) -> Answer {
    compare(&stations.beside(), &[], WHOLE, set)
}

fn verdicts(answer: &Answer) -> Vec<Verdict> {
    answer.claims.iter().map(|c| c.verdict).collect()
}

// --- by hand -------------------------------------------------------------------------------------

#[test]
fn people_beyond_ballots_and_ballots_beyond_people() {
    let answer = of(&five(), seen(950));
    let figures =
        ["n", "n₊", "Σ(t − O)₊", "n₋", "Σ(O − t)₊", "U", "n_U"].map(|s| value(&answer, s));
    // ⌊570/0.95⌋ = 600 and ⌊495/0.95⌋ = 521.
    assert_eq!(figures, [4.0, 1.0, 4.0, 2.0, 335.0, 300.0, 1.0]);
    assert_eq!(verdicts(&answer), [Verdict::Impossible, Verdict::Contradicted]);
    assert_eq!(answer.left_out[0].stations, 1);
    assert!(answer.claims[1].headline.contains("at least 95.0 % of the voters"));
    let Picture::Lines { at, series, .. } = &answer.pictures[0] else { panic!("{answer:?}") };
    assert_eq!((at.len(), series[0].1.last()), (51, Some(&335.0)));
}

#[test]
fn without_a_stated_share_nothing_is_contradicted_and_a_low_one_explains_all() {
    assert_eq!(verdicts(&of(&five(), SET)), [Verdict::Impossible, Verdict::NotTested]);
    assert!(of(&five(), SET).claims[1].headline.contains("is not stated"));
    // 570/0.6 = 950: nothing is left.
    assert_eq!(verdicts(&of(&five(), seen(600)))[1], Verdict::Consistent);
}

#[test]
fn reports_of_voters_bound_from_one_side_only() {
    let answer = of(&five().of_kind(CountKind::VoterClaim), seen(950));
    assert_eq!(verdicts(&answer), [Verdict::Impossible]);
    assert!(answer.measure("U").is_none() && answer.pictures.is_empty());
    assert!(answer.tables.iter().all(|t| t.name != "below" && t.name != "seen"));
    let told = of(&five().of_kind(CountKind::VoterStatement), SET);
    assert_eq!(verdicts(&told), [Verdict::Inconsistent]);
}

#[test]
fn equal_counts_corroborate_and_fewer_reports_do_not() {
    let same = Stations::new(vec![Some(5), Some(9)], vec![Some(5), Some(9)]);
    let kind = |kind| verdicts(&of(&same.clone().of_kind(kind), SET));
    assert_eq!(kind(CountKind::Observer), [Verdict::Corroborated]);
    assert_eq!(kind(CountKind::VoterClaim), [Verdict::NotTested]);
}

#[test]
fn an_area_whose_total_is_below_what_is_in_hand_is_named() {
    // Units 0, 1, 0, 1, 0: in hand 900 + 304 + 7 and 500 + 80.
    let stations = five().by_unit(2);
    let total =
        |area: &str, value| compare(&stations.beside(), &[announced(area, value)], WHOLE, SET);
    assert_eq!(verdicts(&total("unit 0", 1210))[1], Verdict::Impossible);
    assert!(total("unit 0", 1210).claims[1].headline.contains("1 more than"));
    assert_eq!(total("unit 0", 1211).claims.len(), 2);
    assert_eq!(total(WHOLE, 1790).claims.len(), 3);
    let units = total(WHOLE, 0).tables.into_iter().find(|t| t.name == "units").unwrap();
    assert_eq!(units.rows.len(), 2);
}

#[test]
fn small_reports_are_counted_and_not_listed() {
    let small = Stations::new(vec![Some(1), Some(20)], vec![Some(3), Some(30)]);
    let answer = of(&small, SET);
    let above = answer.tables.iter().find(|t| t.name == "above").unwrap();
    assert_eq!((value(&answer, "n₊"), above.rows.len()), (2.0, 1));
    assert!(answer.notes.iter().any(|n| n.contains("fewer than 5")));
}

// --- oracle --------------------------------------------------------------------------------------

#[test]
fn agrees_with_fractions() {
    for case in oracle("P190") {
        let stations = of_case(&case).of_kind(CountKind::Observer);
        let found = figures(&stations.beside(), seen(case["seen"].as_i64().unwrap())).unwrap();
        let sums = [found.excess, found.unseen];
        assert_eq!(serde_json::to_value(sums).unwrap(), case["sums"]);
        let rows: Vec<_> = found
            .by_share
            .iter()
            .map(|u| (u.share, u.stations, u.ballots, u.named, u.named_ballots))
            .collect();
        assert_eq!(serde_json::to_value(rows).unwrap(), case["by_share"]);
    }
}

// --- theorems ------------------------------------------------------------------------------------

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..Default::default() })]

    #[test]
    fn the_more_were_seen_the_more_is_beyond(s in stations()) {
        prop_assume!(s.beside().pairs().count() > 0);
        let set = Settings { shares: [500, 700, 999, 1000], ..SET };
        let found = figures(&s.of_kind(CountKind::Observer).beside(), set).unwrap();
        let grows = |pick: fn(&Figures, usize) -> i64| (0..3).all(|i| pick(&found, i) <= pick(&found, i + 1));
        prop_assert!(grows(|f, i| f.by_share[i].ballots));
        prop_assert!(grows(|f, i| i64::try_from(f.by_share[i].stations).unwrap()));
        prop_assert!(grows(|f, i| i64::try_from(f.by_share[i].named).unwrap()));
        // Were everybody seen, every ballot beyond the tally is beyond.
        prop_assert_eq!(found.by_share[3].ballots, found.unseen);
        prop_assert_eq!(found.by_share[3].named, found.below.len());
        let shift: i64 = found.pairs.iter().map(|p| p.1 - p.2).sum();
        prop_assert_eq!(found.unseen - found.excess, shift);
    }

    #[test]
    fn every_answer_is_sound(s in stations(), share in 1_i64..=1000, part in any::<bool>()) {
        let kind = if part { CountKind::VoterClaim } else { CountKind::Observer };
        let s = s.of_kind(kind).by_unit(3);
        assert_sound(&compare(&s.beside(), &[announced(WHOLE, 40)], WHOLE, seen(share)));
    }
}

// --- its own null --------------------------------------------------------------------------------

/// Observers see each voter with probability 0.95: no more than one file in twenty names a station.
#[test]
fn voters_missed_by_chance_name_a_station_in_at_most_one_file_of_twenty() {
    let named = (0..400_u64).filter(|file| {
        let mut random = stream(8, "tallies under their null", *file);
        let (official, counted) = (0..60)
            .map(|i| {
                let voters = 50 + 17 * i;
                let tally = (0..voters).filter(|_| random.random::<f64>() < 0.95).count();
                (Some(voters), Some(i64::try_from(tally).unwrap()))
            })
            .unzip();
        let stations = Stations::new(official, counted).of_kind(CountKind::Observer);
        figures(&stations.beside(), seen(950)).unwrap().by_share[0].named > 0
    });
    let share = named.count() as f64 / 400.0;
    assert!(share <= 0.05 + 2.0 * 0.011, "{share}");
}

// --- refusals ------------------------------------------------------------------------------------

#[test]
fn what_cannot_be_compared_is_refused() {
    let two = |official, counted| of(&Stations::new(official, counted), SET);
    assert_refused(&two(vec![Some(1), None], vec![None, Some(1)]), "both");
    assert_refused(&two(vec![Some(-1)], vec![Some(3)]), "negative");
    assert_refused(&two(vec![Some(0); 2], vec![Some(i64::MAX); 2]), "64 bits");
    assert_refused(&of(&five(), seen(0)), "0.001");
    assert_refused(&of(&five(), seen(1001)), "0.001");
}
