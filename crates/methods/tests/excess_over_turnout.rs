//! S250 excess over turnout. Order: by hand, oracle, invariances, calibration, power, refusals, words.

#![allow(clippy::unwrap_used)]

use std::time::Instant;

use glassurn_methods::Slice;
use glassurn_methods::screens::Shpilkin;
use glassurn_model::{Finding, Picture, Reason, Scope, Unit};

mod ballots;
mod common;
use ballots::{Figures, Honest, run, russia};
use common::{close, finding, measure, oracle, refusal};

const SCREEN: Shpilkin = Shpilkin::DEFAULT;

/// Fast enough for hundreds of elections.
const QUICK: Shpilkin = Shpilkin { draws: 200, ..SCREEN };

/// The ends of the bands over the clean bins.
fn range(f: &Finding) -> [f64; 2] {
    ["B₋", "B₊"].map(|symbol| measure(f, symbol))
}

// --- by hand ---------------------------------------------------------------------------------

/// A hundred stations at 50 % turnout with 200 of 500 for the choice, twenty at 90 % with 600 of 900.
fn by_hand() -> Figures {
    let mut figures = Figures::same(100, [1_000, 500, 500, 200]);
    let more = Figures::same(20, [1_000, 900, 900, 600]);
    figures.registered.extend(more.registered);
    figures.issued.extend(more.issued);
    figures.cast.extend(more.cast);
    figures.votes.extend(more.votes);
    figures
}

#[test]
fn one_clean_bin_and_twenty_stations_beyond_it() {
    // Ratio 200 / 300; other ballots 36,000; votes 32,000: 8,000 more than 24,000.
    let f = finding(run(&SCREEN, &by_hand().returns()));
    for (symbol, want) in [
        ("A₋", 8_000.0),
        ("A₊", 8_000.0),
        ("A₋/L", 0.25),
        ("b₋", 50.0),
        ("b₊", 51.0),
        ("b′", 0.0),
        ("r₋", 2.0 / 3.0),
        ("s", 32.0 / 68.0),
        ("s₋", 24.0 / 60.0),
        ("t", 68.0 / 120.0),
        ("t₊", 0.5),
    ] {
        close(measure(&f, symbol), want, 1e-12);
    }
    assert_eq!((f.p, f.effect.unit, f.used), (None, Unit::Votes, 120));
    // Each of the twenty adds 400 votes; resamples have 20 ± √20 of them.
    let [low, high] = range(&f);
    assert!((4_000.0..5_500.0).contains(&low) && (11_000.0..12_500.0).contains(&high));
    assert_eq!(f.effect.value, low);
}

#[test]
fn the_pictures_are_the_curve_and_the_votes() {
    let f = finding(run(&SCREEN, &by_hand().returns()));
    let Picture::Lines { at, series, .. } = &f.pictures[0] else { unreachable!() };
    assert_eq!((at[..].to_vec(), series[0].1[0]), (vec![50.5], 8_000.0));
    let Picture::Lines { series, .. } = &f.pictures[1] else { unreachable!() };
    assert_eq!(series[0].1.iter().sum::<f64>(), 32_000.0);
    close(series[1].1.iter().sum::<f64>(), 24_000.0, 1e-12);
    let returns = by_hand().returns();
    let unit = Scope::Unit { level: "region".to_owned(), unit: "1".to_owned() };
    let part = Slice { scope: unit, ..Slice::whole(&returns, 0, Some(0)) };
    let outcome = glassurn_methods::Screen::run(&SCREEN, &part);
    assert!(finding(outcome).pictures.is_empty());
}

// --- oracle ----------------------------------------------------------------------------------

#[test]
fn agrees_with_numpy_and_scipy() {
    for case in oracle("excess_over_turnout.json") {
        let figures = Figures::of(&case);
        let returns = figures.returns();
        let curve = SCREEN.curve(&Slice::whole(&returns, 0, Some(0))).unwrap();
        let clean: Vec<i64> = curve.clean().map(|p| i64::try_from(p.bin).unwrap()).collect();
        assert_eq!(clean, case.counts("clean"));
        let bands = case.numbers("low").into_iter().zip(case.numbers("high"));
        for ((point, want), (low, high)) in curve.clean().zip(case.numbers("excess")).zip(bands) {
            close(point.excess, want, 1e-9);
            // Points of a thousand resamples against twenty thousand: a twelfth of the band's width.
            for (got, want) in point.band.into_iter().zip([low, high]) {
                assert!((got - want).abs() < 0.12 * (high - low), "{got} {want} {low} {high}");
            }
        }
        let by_group = curve.by_group.unwrap();
        for (got, want) in by_group.excess.into_iter().zip(case.numbers("sums")) {
            close(got, want, 1e-9);
        }
        let cedar = Shpilkin::CEDAR.curve(&Slice::whole(&returns, 0, Some(0))).unwrap();
        let point = cedar.clean().next().unwrap();
        assert_eq!(i64::try_from(point.bin).unwrap(), case.whole("cedar_bin"));
        close(point.excess, case.number("cedar"), 1e-9);
    }
}

/// Year, clean bin, ratio, excess votes: as the group Cedar prints them.
const PRINTED: [(u32, usize, &str, &str); 3] = [
    (2004, 56, "2.087180", "7889226.1505"),
    (2011, 51, "0.521327", "14932292.4081"),
    (2018, 61, "2.696084", "10138780.2393"),
];

#[test]
fn cedar_gives_the_printed_figures_and_the_curve_holds_them() {
    for (year, bin, ratio, excess) in PRINTED {
        let name = "cedar_gives_the_printed_figures_and_the_curve_holds_them";
        let Some(returns) = russia(name, year) else { continue };
        let whole = Slice::whole(&returns, 0, Some(0));
        let cedar = Shpilkin { draws: 100, ..Shpilkin::CEDAR };
        let f = finding(run(&cedar, &returns));
        assert_eq!(format!("{:.4}", measure(&f, "A₋")), excess);
        assert_eq!(format!("{:.6}", measure(&f, "r₋")), ratio);
        let curve = cedar.curve(&whole).unwrap();
        assert_eq!(curve.clean().map(|p| p.bin).collect::<Vec<_>>(), [bin]);
        let start = Instant::now();
        let f = finding(run(&SCREEN, &returns));
        println!("{year}: {:?}, {}", start.elapsed(), f.plain);
        println!("{:?}", SCREEN.curve(&whole).unwrap().by_group);
        let [low, high] = range(&f);
        let printed: f64 = excess.parse().unwrap();
        assert!(low < printed && printed < high, "{low} {high}");
        assert!(measure(&f, "A₋") <= printed && printed <= measure(&f, "A₊"));
    }
}

// --- what must not matter ----------------------------------------------------------------------

const HONEST: Honest = Honest { stations: 1_500, sizes: [300.0, 2_500.0], groups: 0 };

#[test]
fn station_order_does_not_matter_but_for_the_resamples() {
    let [a, b] = HONEST.in_two_orders(&SCREEN);
    for symbol in ["A₋", "A₊", "b₋", "b₊", "s₋", "t₊"] {
        assert_eq!(measure(&a, symbol), measure(&b, symbol), "{symbol}");
    }
}

#[test]
fn over_all_bins_the_curve_weighs_out_to_nothing() {
    // Weighted by other ballots the excess over all bins is 0, whatever the election.
    let returns = by_hand().returns();
    let bins = SCREEN.curve(&Slice::whole(&returns, 0, Some(0))).unwrap().bins;
    let others: i64 = bins.others.iter().sum();
    let votes: i64 = bins.votes.iter().sum();
    let excess =
        |b: usize| votes as f64 - bins.votes[b] as f64 / bins.others[b] as f64 * others as f64;
    let sum: f64 = [50, 90].map(|b| excess(b) * bins.others[b] as f64).iter().sum();
    assert!(sum.abs() < 1e-3, "{sum}");
}

#[test]
fn the_same_seed_gives_the_same_bands_on_any_number_of_threads() {
    let returns = HONEST.draw(3).returns();
    let of = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| finding(run(&SCREEN, &returns)))
    };
    assert_eq!(of(1), of(3));
    let other = finding(run(&Shpilkin { seed: 2, ..SCREEN }, &returns));
    assert_ne!(range(&of(1)), range(&other));
}

// --- calibration and power -----------------------------------------------------------------------

#[test]
fn the_range_holds_0_where_support_has_nothing_to_do_with_turnout() {
    let elections = 100;
    let missed = (0..elections).filter(|&seed| {
        let f = finding(run(&QUICK, &HONEST.draw(seed).returns()));
        let [low, high] = range(&f);
        !(low..=high).contains(&0.0)
    });
    assert!(missed.count() <= 2);
}

#[test]
fn the_range_leaves_0_and_holds_what_was_added() {
    let (mut leaves, mut holds) = (0, 0);
    for seed in 0..40 {
        let mut figures = Honest { stations: 4_000, ..HONEST }.draw(seed);
        let added = figures.add_ballots(5);
        let f = finding(run(&QUICK, &figures.returns()));
        let [low, high] = range(&f);
        leaves += usize::from(low > 0.0);
        holds += usize::from((low..=high).contains(&added));
    }
    println!("leaves {leaves}, holds {holds} of 40");
    assert!(leaves >= 30 && holds >= 30, "{leaves} {holds}");
}

// --- refusals ----------------------------------------------------------------------------------

#[test]
fn refuses_instead_of_guessing() {
    let same = |times, votes| Figures::same(times, [1_000, 500, 500, votes]).returns();
    let too_few = |used, needed| Reason::TooFew { used, needed };
    assert_eq!(refusal(run(&SCREEN, &same(99, 200))), too_few(99, 100));
    assert_eq!(refusal(run(&SCREEN, &same(100, 500))), Reason::Constant);
    assert_eq!(refusal(run(&SCREEN, &same(100, 0))), Reason::Constant);
    // A hundred stations that share no bin of turnout by ten.
    let mut spread = Figures::same(100, [1_000, 500, 500, 200]);
    for (i, (issued, cast)) in spread.issued.iter_mut().zip(&mut spread.cast).enumerate() {
        (*issued, *cast) = (205 + 5 * i as i64, 205 + 5 * i as i64);
    }
    assert_eq!(refusal(run(&SCREEN, &spread.returns())), too_few(2, 10));
}

// --- words -------------------------------------------------------------------------------------

#[test]
fn says_a_range_its_assumption_and_what_looks_the_same() {
    let f = finding(run(&SCREEN, &by_hand().returns()));
    assert!(f.plain.starts_with(
        "If support has nothing to do with turnout where counts are sound, and the stations of 50 to \
         51 % turnout are such stations, the choice has between "
    ));
    assert!(f.plain.ends_with("such as town and country, gives the same figure."));
}
