//! S410 repeated-shares. Order: by hand, oracle, invariances, calibration, power, refusals, words.

#![allow(clippy::unwrap_used)]

use glassurn_methods::{Screen, Slice, screens::RepeatedShares};
use glassurn_model::{Picture, Reason, testing};

mod common;
use common::{
    Region, Table, close, finding, measure, oracle, p_of, p_values_are_conservative, refusal,
    share_at_most,
};

const SCREEN: RepeatedShares = RepeatedShares::DEFAULT;

const REGION: Region = Region { stations: 300, sizes: [100.0, 2_000.0], level: 0.5, between: 0.02 };

/// The region with so many stations at 62.2 %.
fn planted(seed: u64, stations: usize) -> Table {
    let mut table = REGION.draw(seed);
    for (votes, cast) in table.choices[0].iter_mut().zip(&table.cast).take(stations) {
        *votes = cast.map(|t| (t * 622 + 500) / 1000);
    }
    table
}

// --- by hand ---------------------------------------------------------------------------------

#[test]
fn the_most_repeated_share_is_found() {
    let f = finding(planted(1, 40).run(&SCREEN, Some(0)));
    assert_eq!(measure(&f, "s"), 0.622);
    // A station of fewer than 500 ballots may have no count within 0.05 points of 62.2 %.
    assert!(measure(&f, "N") >= 20.0);
    assert_eq!(measure(&f, "K"), 1001.0);
    assert!(f.stations.len() == 20 && f.stations.iter().all(|s| s.0 < 300));
}

#[test]
fn unanimous_places_are_no_surprise() {
    // 40 of 100 stations report 100 %: what repeats is looked for among the others.
    let cast: Vec<i64> = (0..100).map(|i| 300 + i).collect();
    let votes: Vec<i64> =
        cast.iter().map(|t| if t % 5 < 2 { *t } else { t * (t % 60) / 100 }).collect();
    let f = finding(Table::of(&cast, &votes).run(&SCREEN, Some(0)));
    assert!(measure(&f, "s") < 0.6 && measure(&f, "N") < 5.0);
    assert_eq!(f.p.unwrap().value, 1.0);
    let all = refusal(Table::of(&cast, &cast).run(&SCREEN, Some(0)));
    assert_eq!(
        all,
        Reason::WrongSubject(
            "no station has 10 votes for the choice and as many against".to_owned()
        )
    );
}

// --- oracle ----------------------------------------------------------------------------------

#[test]
fn agrees_with_scipy() {
    for case in oracle("repeated_shares.json") {
        let table = Table::of(&case.counts("cast"), &case.counts("votes"));
        let f = finding(table.run(&SCREEN, Some(0)));
        close(measure(&f, "s"), case.number("cell") / 1000.0, 1e-12);
        close(measure(&f, "N"), case.number("n"), 1e-12);
        close(measure(&f, "p₁"), case.number("single"), 1e-8);
        close(f.measure("N").unwrap().sd.unwrap(), case.number("sd"), 1e-8);
        let Picture::Bars { expected, .. } = &f.pictures[0] else { unreachable!() };
        for (got, want) in expected.iter().zip(case.numbers("expected")) {
            close(*got, want, 1e-8);
        }
    }
}

// --- what must not matter ----------------------------------------------------------------------

#[test]
fn station_order_does_not_matter() {
    let returns = planted(7, 12).returns();
    let order = testing::Stream::new(8).order(returns.stations.len());
    let shuffled = testing::reordered(&returns, &order);
    let [a, b] = [&returns, &shuffled].map(|r| finding(SCREEN.run(&Slice::whole(r, 0, Some(0)))));
    close(measure(&a, "p₁"), measure(&b, "p₁"), 1e-9);
    assert_eq!(measure(&a, "s"), measure(&b, "s"));
}

#[test]
fn a_group_is_judged_by_itself() {
    let (mut table, other) = (planted(3, 40), REGION.draw(4));
    table.cast.extend(other.cast);
    table.choices[0].extend(&other.choices[0]);
    let table = table.grouped((0..600).map(|i| i / 300).collect());
    let f = finding(table.run(&SCREEN, Some(0)));
    assert_eq!((measure(&f, "s"), measure(&f, "K")), (0.622, 2002.0));
    close(measure(&f, "p₁"), measure(&finding(planted(3, 40).run(&SCREEN, Some(0))), "p₁"), 1e-9);
}

// --- size and power (seeded; about one second) -------------------------------------------------

#[test]
fn conservative_under_its_null() {
    let ps: Vec<f64> =
        (0..1_000).map(|seed| p_of(REGION.draw(seed).run(&SCREEN, Some(0)))).collect();
    println!("at most 0.05: {}", share_at_most(&ps, 0.05));
    p_values_are_conservative(ps);
}

#[test]
fn conservative_at_small_stations() {
    let small = Region { sizes: [100.0, 200.0], ..REGION };
    p_values_are_conservative((0..500).map(|seed| p_of(small.draw(seed).run(&SCREEN, Some(0)))));
}

#[test]
fn places_where_hardly_anybody_is_for_the_choice_raise_no_alarm() {
    let (hardly, some) = (Region { level: 0.002, ..REGION }, Region { level: 0.3, ..REGION });
    let p = |seed| {
        let (mut table, other) = (hardly.draw(seed), some.draw(seed + 10_000));
        table.cast.extend(&other.cast);
        table.choices[0].extend(&other.choices[0]);
        p_of(table.run(&SCREEN, Some(0)))
    };
    p_values_are_conservative((0..300).map(p));
}

#[test]
fn notices_twenty_five_stations_of_three_hundred_with_one_share() {
    let hits =
        (0..100).filter(|&seed| p_of(planted(seed, 25).run(&SCREEN, Some(0))) < 0.01).count();
    assert!(hits >= 95, "power fell to {hits}/100");
}

// --- refusals ----------------------------------------------------------------------------------

#[test]
fn small_groups_and_small_stations_are_left_out_and_counted() {
    let mut table = REGION.draw(1);
    table.cast[0] = Some(99);
    table.choices[0][0] = Some(9);
    let groups = (0..300).map(|i| u32::from(i >= 280)).collect();
    let f = finding(table.grouped(groups).run(&SCREEN, Some(0)));
    assert_eq!((f.used, f.left_out_total()), (279, 21));
    let few = Table::of(&[500; 20], &[250; 20]);
    assert_eq!(refusal(few.run(&SCREEN, Some(0))), Reason::TooFew { used: 0, needed: 30 });
}

// --- words -------------------------------------------------------------------------------------

#[test]
fn says_what_was_counted_and_what_chance_would_give() {
    let table = planted(1, 40).grouped(vec![0; 300]);
    let f = finding(table.run(&SCREEN, Some(0)));
    let n = measure(&f, "N");
    let expected = f.measure("N").unwrap().expected.unwrap();
    assert_eq!(
        f.plain,
        format!(
            "{n} of 300 stations in 0 report a share of 62.2 % where stations of these sizes and \
             levels lead one to expect {expected:.1}."
        )
    );
}
