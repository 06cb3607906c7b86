//! S251 excess over cells. Order: by hand, oracle, invariances, calibration, power, real data, refusals, words.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::time::Instant;

use glassurn_methods::screens::{ExcessOverCells, Shpilkin};
use glassurn_methods::{Screen, Slice};
use glassurn_model::{Finding, Picture, Reason, Unit};

mod ballots;
mod common;
use ballots::{Figures, Honest, run, russia};
use common::{close, finding, measure, oracle, refusal};

const SCREEN: ExcessOverCells = ExcessOverCells::DEFAULT;

/// Fast enough for hundreds of elections.
const QUICK: ExcessOverCells = ExcessOverCells { draws: 200, ..SCREEN };

/// The ends of the bands over the clean cells.
fn range(f: &Finding) -> [f64; 2] {
    ["B₋", "B₊"].map(|symbol| measure(f, symbol))
}

// --- by hand -------------------------------------------------------------------------------------

/// Three hundred stations with 200 of 500 ballots for the choice, sixty of the same turnout with 400 of 500.
fn by_hand() -> Figures {
    let mut figures = Figures::same(360, [1_000, 500, 500, 200]);
    figures.votes[300..].fill(400);
    figures
}

#[test]
fn votes_moved_at_the_same_turnout_are_seen_in_the_plane_alone() {
    // Ratio 200 / 300; other ballots 96,000; votes 84,000: 20,000 more than 64,000.
    let f = finding(run(&SCREEN, &by_hand().returns()));
    for (symbol, want) in [
        ("A₋", 20_000.0),
        ("A₊", 20_000.0),
        ("A₋/L", 20.0 / 84.0),
        ("b₋", 50.0),
        ("b₊", 51.0),
        ("v₋", 38.0),
        ("v₊", 43.0),
        ("n_c", 300.0),
        ("c′", 0.0),
        ("r₊", 2.0 / 3.0),
    ] {
        close(measure(&f, symbol), want, 1e-12);
    }
    assert_eq!((f.p, f.effect.unit, f.used), (None, Unit::Votes, 360));
    assert_eq!(SCREEN.stands_out(&f), None);
    let by_turnout = finding(run(&Shpilkin::DEFAULT, &by_hand().returns()));
    assert_eq!(measure(&by_turnout, "A₊"), 0.0);
    let Picture::Heat { counts, .. } = &f.pictures[2] else { unreachable!() };
    assert_eq!(counts.iter().sum::<u32>(), 300);
}

// --- oracle --------------------------------------------------------------------------------------

#[test]
fn agrees_with_numpy_and_scipy() {
    for case in oracle("excess_over_cells.json") {
        let figures = Figures::of(&case);
        let returns = figures.returns();
        let curve = SCREEN.curve(&Slice::whole(&returns, 0, Some(0))).unwrap();
        let of = |f: &dyn Fn(&glassurn_methods::screens::excess_over_cells::Column) -> usize| {
            curve.points.iter().map(|p| i64::try_from(f(&p.cells)).unwrap()).collect::<Vec<_>>()
        };
        assert_eq!(of(&|c| c.bin), case.counts("bins"));
        assert_eq!(of(&|c| c.rows.start), case.counts("first"));
        assert_eq!(of(&|c| c.rows.end), case.counts("end"));
        let bands = case.numbers("low").into_iter().zip(case.numbers("high"));
        for ((point, want), (low, high)) in
            curve.points.iter().zip(case.numbers("excess")).zip(bands)
        {
            close(point.excess, want, 1e-9);
            // Points of a thousand resamples against four thousand.
            for (got, want) in point.band.into_iter().zip([low, high]) {
                assert!((got - want).abs() < 0.15 * (high - low), "{got} {want} {low} {high}");
            }
        }
        for (got, want) in curve.by_group.unwrap().excess.into_iter().zip(case.numbers("sums")) {
            close(got, want, 1e-9);
        }
    }
}

// --- what must not matter ------------------------------------------------------------------------

const HONEST: Honest = Honest { stations: 1_500, sizes: [300.0, 2_500.0], groups: 0 };

#[test]
fn station_order_does_not_matter_but_for_the_resamples() {
    let [a, b] = HONEST.in_two_orders(&QUICK);
    for symbol in ["A₋", "A₊", "b₋", "b₊", "v₋", "c′"] {
        assert_eq!(measure(&a, symbol), measure(&b, symbol), "{symbol}");
    }
}

#[test]
fn the_same_seed_gives_the_same_bands_on_any_number_of_threads() {
    let returns = Honest { groups: 5, ..HONEST }.draw(3).returns();
    let of = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| finding(run(&QUICK, &returns)))
    };
    assert_eq!(of(1), of(3));
}

// --- calibration and power -----------------------------------------------------------------------

#[test]
fn the_range_seldom_leaves_0_in_one_honest_electorate() {
    let leaves = |groups: usize| {
        let out = |seed: &u64| {
            let f = finding(run(&QUICK, &Honest { groups, ..HONEST }.draw(*seed).returns()));
            range(&f)[0] > 0.0
        };
        (0..300).filter(out).count()
    };
    let [one, twelve] = [leaves(0), leaves(12)];
    println!("one electorate {one}, twelve groups {twelve} of 300");
    assert!(one <= 6 && twelve <= 15, "{one} {twelve}");
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
    assert!(leaves >= 30 && holds >= 25, "{leaves} {holds}");
}

// --- real data -----------------------------------------------------------------------------------

#[test]
fn russian_elections_have_a_range_beside_that_of_turnout() {
    for year in [2004, 2011, 2018] {
        let name = "russian_elections_have_a_range_beside_that_of_turnout";
        let Some(returns) = russia(name, year) else { return };
        let start = Instant::now();
        let f = finding(run(&SCREEN, &returns));
        println!("{year}: {:?}, {}", start.elapsed(), f.plain);
        let line = finding(run(&Shpilkin { draws: 100, ..Shpilkin::DEFAULT }, &returns));
        let sums = ["A₋", "A₊", "Σ₋", "Σ₊", "G"];
        println!("    cells {:?}", sums.map(|s| measure(&f, s).round()));
        println!("    turnout {:?}", sums.map(|s| measure(&line, s).round()));
        assert!(range(&f)[0] > 0.0);
    }
}

// --- refusals and words --------------------------------------------------------------------------

#[test]
fn refuses_instead_of_guessing() {
    let same = |times, votes| Figures::same(times, [1_000, 500, 500, votes]).returns();
    assert_eq!(refusal(run(&SCREEN, &same(299, 200))), Reason::TooFew { used: 299, needed: 300 });
    assert_eq!(refusal(run(&SCREEN, &same(300, 500))), Reason::Constant);
    assert_eq!(refusal(run(&SCREEN, &same(300, 0))), Reason::Constant);
    let mut spread = Figures::same(300, [10_000, 0, 0, 0]);
    for i in 0..300 {
        let cast = 1_000 + 29 * i as i64;
        (spread.issued[i], spread.cast[i]) = (cast, cast);
        spread.votes[i] = cast * (1 + (i as i64 * 37) % 97) / 100;
    }
    assert!(matches!(refusal(run(&SCREEN, &spread.returns())), Reason::TooFew { needed: 10, .. }));
}

#[test]
fn says_a_range_its_assumption_and_what_looks_the_same() {
    let f = finding(run(&SCREEN, &by_hand().returns()));
    assert!(f.plain.starts_with(
        "If sound stations have one level of support, and those of 50 to 51 % turnout that give the choice 38 to 43 % are \
         such stations, the choice has between "
    ));
    assert!(f.plain.ends_with("a second electorate gives the same figure."));
}
