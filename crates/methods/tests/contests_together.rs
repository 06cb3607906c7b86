//! S840 contests-together. Order: by hand, oracle, invariances, calibration, power, refusals, words.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

use glassurn_methods::{Screen, Slice, screens::ContestsTogether};
use glassurn_model::testing::{self, Builder};
use glassurn_model::{Field, Finding, Outcome, Picture, Reason, Returns};
use glassurn_stats::{logit_normal::logistic, rng, sample};

mod common;
use common::{close, finding, measure, oracle, p_values_are_conservative, refusal, share_at_most};

const SCREEN: ContestsTogether = ContestsTogether::DEFAULT;

fn run(returns: &Returns, contest: usize) -> Outcome {
    SCREEN.run(&Slice::whole(returns, contest, None))
}

fn found(returns: &Returns) -> Finding {
    finding(run(returns, 0))
}

/// Ballots cast and ballots without a vote in two contests, and each station's unit.
#[derive(Default, Clone)]
struct Both {
    cast: [Vec<i64>; 2],
    lost: [Vec<i64>; 2],
    group: Vec<i64>,
}

impl Both {
    fn returns(&self) -> Returns {
        let units: Vec<String> = self.group.iter().map(i64::to_string).collect();
        let mut builder = Builder::new(self.group.len()).level("district", &units);
        for (at, name) in ["List", "Candidates"].into_iter().enumerate() {
            builder = builder
                .contest(name)
                .field(Field::Cast, self.cast[at].clone())
                .field(Field::Invalid, self.lost[at].clone());
        }
        builder.build()
    }

    /// The other contest first.
    fn exchanged(&self) -> Self {
        let mut other = self.clone();
        other.cast.swap(0, 1);
        other.lost.swap(0, 1);
        other
    }
}

// --- by hand ---------------------------------------------------------------------------------

#[test]
fn one_station_whose_spoilt_ballots_are_all_of_one_contest_is_far() {
    let odd = |i: i64, lost: i64| if i == 7 { lost } else { 10 };
    let mut both = Both {
        cast: [vec![500; 60], vec![500; 60]],
        lost: [(0..60).map(|i| odd(i, 40)).collect(), (0..60).map(|i| odd(i, 0)).collect()],
        group: (0..60).map(|i| i / 10).collect(),
    };
    both.cast[1][9] = 520;
    let f = found(&both.returns());
    assert_eq!((measure(&f, "K"), measure(&f, "n"), measure(&f, "ρ")), (1.0, 1.0, 0.0));
    assert_eq!(
        (measure(&f, "Σ|D|"), measure(&f, "max|D|"), measure(&f, "top 1 %")),
        (20.0, 20.0, 1.0)
    );
    close(measure(&f, "P(D ≠ 0)"), 1.0 / 60.0, 1e-12);
    close(measure(&f, "r_A"), (59.0 * 10.0 + 40.0) / 30_000.0, 1e-12);
    close(measure(&f, "r_B"), 590.0 / 30_020.0, 1e-12);
    assert_eq!(f.stations.iter().map(|s| s.0).collect::<Vec<_>>(), [7, 9]);
    assert!(f.plain.contains("; at 1 station the ballots without a vote"), "{}", f.plain);
}

#[test]
fn one_line_of_ballots_for_both_contests_is_no_comparison() {
    let both = Both {
        cast: [vec![500; 60], vec![500; 60]],
        lost: [vec![10; 60], (0..60).map(|i| 8 + i % 5).collect()],
        group: (0..60).map(|i| i / 10).collect(),
    };
    let mut returns = both.returns();
    for contest in &mut returns.contests {
        contest.fields.get_mut(&Field::Cast).unwrap().from = vec!["ballots".to_owned()];
    }
    let f = found(&returns);
    assert!(f.measure("Σ|D|").is_none());
    assert!(
        f.plain.starts_with("This contest and Candidates state the same ballots cast"),
        "{}",
        f.plain
    );
}

// --- oracle ----------------------------------------------------------------------------------

#[test]
fn agrees_with_scipy() {
    for case in oracle("contests_together.json") {
        let both = Both {
            cast: ["cast", "other_cast"].map(|k| case.counts(k)),
            lost: ["here", "other"].map(|k| case.counts(k)),
            group: case.counts("group"),
        };
        let f = found(&both.returns());
        for (symbol, key) in [
            ("ρ", "rho"),
            ("ν", "df"),
            ("σ", "scale"),
            ("K", "far"),
            ("p(K)", "p"),
            ("n", "listed"),
            ("r_A", "r_a"),
            ("r_B", "r_b"),
            ("Σ|D|", "sum"),
            ("P(D ≠ 0)", "share"),
            ("max|D|", "largest"),
            ("top 1 %", "top"),
        ] {
            close(measure(&f, symbol), case.number(key), 1e-9);
        }
        let k = f.measure("K").unwrap();
        close(k.expected.unwrap(), case.number("expected"), 1e-9);
        close(k.sd.unwrap(), case.number("sd"), 1e-9);
        assert!((measure(&f, "Σ|U − mπ|") - case.number("ballots")).abs() <= 0.5);
    }
}

// --- honest pairs of contests ----------------------------------------------------------------

/// Districts differ in how many ballots are without a vote and in how they fall between the contests; stations
/// do so too, more where `weight` is less; `both` of them are without a vote in both contests.
fn honest(seed: u64, both: f64, weight: f64) -> Both {
    unlike(seed, both, weight, Unlike::Alike)
}

/// How stations differ from their district, beyond chance.
#[derive(Clone, Copy)]
enum Unlike {
    /// All by the same beta law.
    Alike,
    /// More in some districts than in others.
    ByDistrict,
    /// Much more at one station in ten.
    OneInTen,
    /// By a Student law with five degrees of freedom, on the logit scale.
    Student,
}

fn unlike(seed: u64, both: f64, weight: f64, unlike: Unlike) -> Both {
    let mut rng = rng::stream(seed, "together", 0);
    let mut all = Both::default();
    for group in 0..20_i64 {
        let rate = 0.02 + 0.02 * sample::uniform(&mut rng);
        let share = 0.3 + 0.4 * sample::uniform(&mut rng);
        let district = match unlike {
            Unlike::ByDistrict => weight * (0.7 * sample::normal(&mut rng)).exp(),
            _ => weight,
        };
        for _ in 0..20 {
            let cast = 200 + sample::below(&mut rng, 1_500);
            let level = sample::beta(&mut rng, 60.0 * rate, 60.0 * (1.0 - rate));
            let own = match unlike {
                Unlike::OneInTen if sample::uniform(&mut rng) < 0.1 => district / 6.0,
                _ => district,
            };
            let part = match unlike {
                Unlike::Student => {
                    let squares: f64 = (0..5).map(|_| sample::normal(&mut rng).powi(2)).sum();
                    let t = sample::normal(&mut rng) / (squares / 5.0).sqrt();
                    let sd = (0.6 / (weight * share * (1.0 - share))).sqrt();
                    logistic((share / (1.0 - share)).ln() + sd * t)
                }
                _ => sample::beta(&mut rng, own * share, own * (1.0 - share)),
            };
            let total = sample::binomial(&mut rng, cast, (2.0 * level).min(0.9));
            let in_both = sample::binomial(&mut rng, total, both);
            let here = sample::binomial(&mut rng, total - in_both, part);
            let count = |v: u64| i64::try_from(v).unwrap();
            all.lost[0].push(count(in_both + here));
            all.lost[1].push(count(total - here));
            let second = cast - sample::binomial(&mut rng, 3, 0.05);
            all.cast[0].push(count(cast));
            all.cast[1].push(count(second.max(total)));
            all.group.push(group);
        }
    }
    all
}

#[test]
fn station_order_and_the_order_of_contests_do_not_matter() {
    let both = honest(3, 0.2, 200.0);
    let a = found(&both.returns());
    let b = found(&testing::reordered(&both.returns(), &testing::Stream::new(8).order(400)));
    let c = found(&both.exchanged().returns());
    for m in &a.measures {
        close(m.value, measure(&b, m.symbol), 1e-9);
    }
    for symbol in ["ρ", "K", "p(K)", "n", "Σ|D|"] {
        close(measure(&a, symbol), measure(&c, symbol), 1e-8);
    }
}

#[test]
fn honest_contests_have_no_more_far_stations_than_chance_gives() {
    let p = |seed, both, weight| measure(&found(&honest(seed, both, weight).returns()), "p(K)");
    p_values_are_conservative((0..300).map(|seed| p(seed, 0.3, 200.0)));
    p_values_are_conservative((0..300).map(|seed| p(seed, 0.0, 1_000.0)));
    p_values_are_conservative((0..300).map(|seed| p(seed, 0.0, 40.0)));
}

#[test]
fn stations_that_differ_by_different_degrees_seldom_make_too_many_far_ones() {
    for (name, law, most) in [
        ("by district", Unlike::ByDistrict, 0.08),
        ("one station in ten", Unlike::OneInTen, 0.08),
        ("Student's law", Unlike::Student, 0.08),
    ] {
        let p = |seed| measure(&found(&unlike(seed, 0.0, 40.0, law).returns()), "p(K)");
        let share = share_at_most(&(0..300).map(p).collect::<Vec<_>>(), 0.05);
        println!("{name}: {share:.3} are at most 0.05");
        assert!(share <= most, "{name}: {share:.3} are at most 0.05");
    }
}

#[test]
fn finds_stations_where_valid_votes_were_made_invalid_in_one_contest() {
    let found = |seed| {
        let mut both = honest(seed, 0.2, 200.0);
        for i in (11..400).step_by(40) {
            both.lost[0][i] += both.cast[0][i] / 20;
        }
        let f = found(&both.returns());
        (measure(&f, "p(K)"), measure(&f, "K") - f.measure("K").unwrap().expected.unwrap())
    };
    let all: Vec<(f64, f64)> = (0..40).map(found).collect();
    let seen = all.iter().filter(|a| a.0 <= 0.05).count();
    let mean = all.iter().map(|a| a.1).sum::<f64>() / 40.0;
    println!("ten of 400 stations changed: {seen} of 40 seen, {mean:.1} more than chance");
    assert!(seen >= 25, "{seen} of 40");
    // Ten stations were changed.
    assert!((3.0..=10.5).contains(&mean), "{mean}");
}

// --- refusals ----------------------------------------------------------------------------------

#[test]
fn refuses_instead_of_guessing() {
    let both = honest(1, 0.0, 200.0);
    let returns = both.returns();
    assert!(refusal(run(&returns, 1)).to_string().contains("the contest before it"));
    let mut alone = returns.clone();
    alone.contests.pop();
    assert!(refusal(run(&alone, 0)).to_string().contains("no other contest"));
    let mut bare = returns.clone();
    bare.contests[1].fields.remove(&Field::Invalid);
    assert!(matches!(refusal(run(&bare, 0)), Reason::ColumnMissing(_)));
    let mut few = Slice::whole(&returns, 0, None);
    few.rows.truncate(40);
    assert_eq!(refusal(SCREEN.run(&few)), Reason::TooFew { used: 40, needed: 50 });
    let none = Both { lost: [vec![0; 400], both.lost[1].clone()], ..both };
    assert_eq!(refusal(run(&none.returns(), 0)), Reason::Constant);
}

// --- words -------------------------------------------------------------------------------------

#[test]
fn says_where_the_contests_part() {
    let f = found(&honest(7, 0.2, 200.0).returns());
    let begins = "Ballots cast differ between this contest and Candidates at ";
    assert!(f.plain.starts_with(begins), "{}", f.plain);
    assert!(f.plain.contains(" of 400 stations, by "), "{}", f.plain);
    assert!(f.p.is_none() && SCREEN.stands_out(&f).is_none());
    assert!(matches!(&f.pictures[..], [Picture::Histogram { .. }]));
}
