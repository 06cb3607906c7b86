//! S830 rounds. Order: by hand, oracle, invariances, calibration, power, refusals, words.

#![allow(clippy::cast_possible_truncation, clippy::unwrap_used, clippy::print_stdout)]

use glassurn_methods::{Screen, Slice, screens::Rounds};
use glassurn_model::testing::{self, Builder};
use glassurn_model::{Field, Finding, Outcome, Picture, Reason, Returns};
use glassurn_stats::{rng, sample};

mod common;
mod elections;
use common::{close, finding, measure, oracle, refusal, share_at_most};
use elections::{Swinging, binomial};

const SCREEN: Rounds = Rounds::DEFAULT;

fn run(returns: &Returns) -> Outcome {
    SCREEN.run(&Slice::whole(returns, 0, Some(0)))
}

fn found(returns: &Returns) -> Finding {
    finding(run(returns))
}

fn round(group: &[i64], registered: &[i64], cast: &[i64]) -> Builder {
    let units: Vec<String> = group.iter().map(i64::to_string).collect();
    Builder::new(group.len())
        .level("region", &units)
        .field(Field::Registered, registered.to_vec())
        .field(Field::Cast, cast.to_vec())
}

// --- by hand ---------------------------------------------------------------------------------

#[test]
fn an_exact_plane_is_found_again() {
    let n = 200_i64;
    let group: Vec<i64> = (0..n).map(|i| i / 20).collect();
    let (registered, cast) = (vec![20_000; 200], vec![10_000; 200]);
    // Shares then of 0.1 to 0.4, contested 0, 0.1 or 0.2; now 0.05 + 1.2 v − 0.1 k + 0.5 v k.
    let v = |i: i64| 1_000 + 100 * ((i * 7) % 31);
    let k = |i: i64| 1_000 * ((i * 11) % 3);
    let now = |i: i64| 500 + 12 * v(i) / 10 - k(i) / 10 + v(i) * k(i) / 20_000;
    let first = round(&group, &registered, &cast)
        .choice("A", (0..n).map(v))
        .choice("B", (0..n).map(|i| 10_000 - v(i)))
        .build();
    let second = round(&group, &registered, &cast)
        .choice("A", (0..n).map(now))
        .choice("B", (0..n).map(|i| 10_000 - now(i)))
        .extra("contested", (0..n).map(k))
        .earlier(first)
        .build();
    let f = found(&second);
    close(measure(&f, "δ"), 0.5, 1e-9);
    close(measure(&f, "β"), 1.2 + 0.5 * measure(&f, "k̄"), 1e-9);
    close(measure(&f, "R²"), 1.0, 1e-12);
    assert_eq!(f.used, 200);
}

// --- oracle ----------------------------------------------------------------------------------

#[test]
fn agrees_with_statsmodels_and_with_matrices_written_out() {
    for case in oracle("rounds.json") {
        let [group, registered] = ["group", "registered"].map(|k| case.counts(k));
        let first = round(&group, &registered, &case.counts("cast_then"))
            .choice("A", case.counts("a"))
            .choice("B", case.counts("b"))
            .choice("C", case.counts("c"))
            .build();
        let mut second =
            round(&group, &registered, &case.counts("cast")).choice("A", case.counts("votes"));
        let contested = case.counts("contested");
        // B stands again as well, so that C alone is set free.
        second = second.choice("B", vec![0; group.len()]);
        if !contested.is_empty() {
            second = second.extra("contested", contested);
        }
        let f = found(&second.earlier(first).build());
        for (at, (symbol, key)) in
            [("β", "beta"), ("κ", "kappa"), ("δ", "delta")].into_iter().enumerate()
        {
            close(measure(&f, symbol), case.number(key), 1e-9);
            close(f.measure(symbol).unwrap().sd.unwrap(), case.numbers("se")[at], 1e-9);
        }
        close(measure(&f, "R²"), case.number("r2"), 1e-9);
        close(measure(&f, "p(δ)"), case.number("p"), 1e-8);
        close(measure(&f, "df"), case.number("df"), 1e-9);
        let [low, high] = f.effect.interval.unwrap();
        close(low, case.number("low"), 1e-9);
        close(high, case.number("high"), 1e-9);
    }
}

// --- what must not matter ----------------------------------------------------------------------

const HONEST: Swinging =
    Swinging { groups: 24, size: 15, lists: [300.0, 2_500.0], between: 0.3, within: 0.12 };

/// Two honest rounds of two choices, in which regions and stations swing otherwise, and ballots contested by
/// regions and stations whatever the result; `taken` of every contested vote for A goes to B.
fn contested(seed: u64, taken: f64) -> Returns {
    contested_in(HONEST, seed, taken)
}

fn contested_in(law: Swinging, seed: u64, taken: f64) -> Returns {
    let mut two = law.draw(seed);
    let mut rng = rng::stream(seed, "contested", 0);
    let regions: Vec<f64> = (0..law.groups).map(|_| 0.9 * sample::uniform(&mut rng)).collect();
    let mut marked = Vec::new();
    for i in 0..two.now.cast.len() {
        let share = regions[i / law.size] * sample::uniform(&mut rng);
        marked.push(binomial(&mut rng, two.now.cast[i], share));
        let lost = taken * marked[i] as f64 * two.now.votes[i] as f64 / two.now.cast[i] as f64;
        two.now.votes[i] -= lost.round() as i64;
    }
    two.now.builder().extra("contested", marked).earlier(two.then.builder().build()).build()
}

#[test]
fn station_order_does_not_matter() {
    let returns = contested(3, 0.0);
    let a = found(&returns);
    let b = found(&testing::reordered(&returns, &testing::Stream::new(8).order(360)));
    for m in &a.measures {
        close(m.value, measure(&b, m.symbol), 1e-8);
    }
}

// --- size and power (seeded) ---------------------------------------------------------------------

fn p(returns: &Returns) -> f64 {
    measure(&found(returns), "p(δ)")
}

#[test]
fn contested_ballots_that_are_as_others_seldom_change_the_slope_though_regions_swing_otherwise() {
    let ps: Vec<f64> = (0..600).map(|seed| p(&contested(seed, 0.0))).collect();
    let [small, half] = [0.05, 0.5].map(|level| share_at_most(&ps, level));
    println!("24 regions: {small} are at most 0.05, {half} at most 0.5");
    assert!((0.025..=0.08).contains(&small), "{small} are at most 0.05");
    assert!((0.45..0.58).contains(&half), "{half} are at most 0.5");
}

#[test]
fn few_regions_make_it_careful_not_rash() {
    let few = Swinging { groups: 8, size: 40, ..HONEST };
    let ps: Vec<f64> = (0..200).map(|seed| p(&contested_in(few, seed, 0.0))).collect();
    let small = share_at_most(&ps, 0.05);
    println!("8 regions: {small} are at most 0.05");
    assert!(small <= 0.06, "{small} are at most 0.05");
}

#[test]
fn sees_contested_votes_taken_from_one_side() {
    let ps: Vec<f64> = (0..60).map(|seed| p(&contested(seed, 1.0))).collect();
    let power = share_at_most(&ps, 0.05);
    println!("votes taken: {power} are at most 0.05");
    assert!(power > 0.7, "power fell to {power}");
}

// --- refusals ----------------------------------------------------------------------------------

#[test]
fn refuses_instead_of_guessing() {
    let two = HONEST.draw(1);
    let reason = |returns: &Returns| refusal(run(returns)).to_string();
    assert!(reason(&two.now.builder().build()).contains("no earlier election"));
    assert!(reason(&two.returns()).contains("every choice of the earlier election stands again"));
    let mut other = two.returns();
    other.contests[0].choices[0].name = "Z".to_owned();
    assert!(reason(&other).contains("did not stand"));
    let mut regions = contested(1, 0.0);
    regions.stations.levels.clear();
    assert!(matches!(refusal(run(&regions)), Reason::ColumnMissing(_)));
    let few = Swinging { groups: 6, ..HONEST }.draw(1);
    let mut few = few.returns();
    few.contests[0].choices[1].name = "Z".to_owned();
    assert_eq!(refusal(run(&few)), Reason::TooFew { used: 90, needed: 100 });
}

// --- words -------------------------------------------------------------------------------------

#[test]
fn says_how_closely_and_whether_the_slope_changes() {
    let f = found(&contested(7, 0.0));
    assert!(f.plain.starts_with("The first round accounts for "), "{}", f.plain);
    assert!(
        f.plain.contains(" From where no ballot was contested to where all were "),
        "{}",
        f.plain
    );
    assert!(f.plain.ends_with("no more than chance gives."), "{}", f.plain);
    assert!(f.p.is_none() && SCREEN.stands_out(&f).is_none());
    assert!(
        matches!(&f.pictures[..], [Picture::Heat { .. }, Picture::Lines { series, .. }] if series.len() == 2)
    );
}
