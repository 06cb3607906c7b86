//! S630 invalid-share. Order: by hand, oracle, invariances, calibration, power, refusals, words.

#![allow(clippy::unwrap_used)]

use glassurn_methods::screens::InvalidShare;
use glassurn_model::testing::{self, Builder};
use glassurn_model::{Field, Finding, Picture, Reason, Returns};
use glassurn_stats::{rng, sample};

mod ballots;
mod common;
use ballots::run;
use common::{close, finding, measure, oracle, refusal};

const SCREEN: InvalidShare = InvalidShare::DEFAULT;

#[derive(Clone, Default)]
struct Table {
    unit: Vec<i64>,
    registered: Vec<i64>,
    cast: Vec<i64>,
    invalid: Vec<i64>,
    blank: Vec<i64>,
    a: Vec<i64>,
    b: Vec<i64>,
}

impl Table {
    fn builder(&self) -> Builder {
        let units: Vec<String> = self.unit.iter().map(i64::to_string).collect();
        let builder = Builder::new(self.unit.len()).level("unit", &units);
        let builder = builder
            .field(Field::Registered, self.registered.clone())
            .field(Field::Cast, self.cast.clone())
            .field(Field::Invalid, self.invalid.clone());
        let builder = match self.blank.is_empty() {
            true => builder,
            false => builder.field(Field::Blank, self.blank.clone()),
        };
        builder.choice("A", self.a.clone()).choice("B", self.b.clone())
    }

    fn returns(&self) -> Returns {
        self.builder().build()
    }

    fn finding(&self) -> Finding {
        finding(run(&SCREEN, &self.returns()))
    }
}

// --- by hand ---------------------------------------------------------------------------------

#[test]
fn slopes_and_correlations_by_hand() {
    // In every unit: turnout 50 and 70 %, invalid 4 and 2 %, margin 10 and 30 %.
    let pick =
        |a: i64, b: i64| (0..100).map(|i| if i % 2 == 0 { a } else { b }).collect::<Vec<_>>();
    let t = Table {
        unit: (0..100).map(|i| i / 10).collect(),
        registered: vec![1_000; 100],
        cast: pick(500, 700),
        invalid: pick(15, 10),
        blank: pick(5, 4),
        a: pick(265, 448),
        b: pick(215, 238),
    };
    let f = t.finding();
    close(measure(&f, "b_t"), -0.02 / 0.2, 1e-12);
    close(measure(&f, "r_t"), -1.0, 1e-12);
    close(measure(&f, "b_m"), -0.02 / 0.2, 1e-12);
    close(measure(&f, "s"), (50.0 * 20.0 + 50.0 * 14.0) / (50.0 * 1_200.0), 1e-12);
    assert!(f.p.is_none());
}

// --- oracle ----------------------------------------------------------------------------------

#[test]
fn agrees_with_numpy() {
    for case in oracle("invalid_share.json") {
        let t = Table {
            unit: case.counts("unit"),
            registered: case.counts("registered"),
            cast: case.counts("cast"),
            invalid: case.counts("invalid"),
            blank: case.counts("blank"),
            a: case.counts("a"),
            b: case.counts("b"),
        };
        let f = t.finding();
        for (key, [slope, correlation]) in [("turnout", ["b_t", "r_t"]), ("margin", ["b_m", "r_m"])]
        {
            let want = case.numbers(key);
            close(measure(&f, slope), want[0], 1e-9);
            close(f.measure(slope).unwrap().sd.unwrap(), want[1], 1e-9);
            close(measure(&f, correlation), want[2], 1e-9);
        }
        close(measure(&f, "s"), case.number("share"), 1e-12);
    }
}

// --- what must not matter ----------------------------------------------------------------------

/// An honest election: units differ in everything, stations inside them as well; invalid papers have a level of
/// their own, which goes with turnout by so much.
fn honest(seed: u64, slope: f64) -> Table {
    let mut rng = rng::stream(seed, "honest invalid", 0);
    let mut t = Table::default();
    let count = |v: u64| i64::try_from(v).unwrap();
    for unit in 0..40_i64 {
        let level = |rng: &mut _, mean: f64, sd: f64| mean + sd * sample::normal(rng);
        let (turnout, spoiled) = (level(&mut rng, 0.6, 0.08), level(&mut rng, 0.05, 0.012));
        let support = level(&mut rng, 0.5, 0.1);
        for _ in 0..8 {
            let registered = 300 + sample::below(&mut rng, 1_500);
            let own = 0.06 * sample::normal(&mut rng);
            let cast =
                sample::binomial(&mut rng, registered, (turnout + own).clamp(0.1, 0.95)).max(1);
            let beside = cast as f64 / registered as f64 - turnout;
            let spoiled = spoiled + slope * beside + 0.01 * sample::normal(&mut rng);
            let invalid = sample::binomial(&mut rng, cast, spoiled.clamp(0.005, 0.3));
            let share = (support + 0.05 * sample::normal(&mut rng)).clamp(0.02, 0.98);
            let a = sample::binomial(&mut rng, cast - invalid, share);
            t.unit.push(unit);
            t.registered.push(count(registered));
            t.cast.push(count(cast));
            t.invalid.push(count(invalid));
            t.a.push(count(a));
            t.b.push(count(cast - invalid - a));
        }
    }
    t
}

#[test]
fn station_order_does_not_matter() {
    let returns = honest(3, 0.0).returns();
    let a = finding(run(&SCREEN, &returns));
    let order = testing::Stream::new(5).order(320);
    let b = finding(run(&SCREEN, &testing::reordered(&returns, &order)));
    for m in &a.measures {
        close(m.value, measure(&b, m.symbol), 1e-9);
    }
}

// --- the interval (seeded) -----------------------------------------------------------------------

#[test]
fn the_intervals_hold_the_slope_that_is_there() {
    for slope in [0.0, -0.1] {
        let (mut turnout, mut margin) = (0, 0);
        for seed in 0..400 {
            let f = honest(seed, slope).finding();
            let [low, high] = f.effect.interval.unwrap();
            turnout += i32::from(low <= slope / 10.0 && slope / 10.0 <= high);
            let m = f.measure("b_m").unwrap();
            margin += i32::from(m.value.abs() <= 2.03 * m.sd.unwrap());
        }
        // 95 % of 400 are 380, give or take 9 for two standard errors.
        assert!((364..=396).contains(&turnout), "{turnout} of 400 at {slope}");
        assert!((364..=396).contains(&margin), "{margin} of 400 at {slope}");
    }
}

#[test]
fn valid_ballots_added_at_one_station_in_six_turn_the_slope() {
    let mut lower = 0;
    for seed in 0..40 {
        let mut t = honest(seed, 0.0);
        for i in (0..320).step_by(6) {
            let more = (t.registered[i] - t.cast[i]) / 2;
            t.cast[i] += more;
            t.a[i] += more;
        }
        let [_, high] = t.finding().effect.interval.unwrap();
        lower += i32::from(high < 0.0);
    }
    assert!(lower >= 36, "below zero in {lower} of 40");
}

// --- refusals ----------------------------------------------------------------------------------

#[test]
fn refuses_instead_of_guessing() {
    let t = honest(1, 0.0);
    let none = Table { invalid: vec![0; 320], ..t.clone() };
    assert_eq!(refusal(run(&SCREEN, &none.returns())), Reason::Constant);
    let few = InvalidShare { min_stations: 400, ..SCREEN };
    assert_eq!(refusal(run(&few, &t.returns())), Reason::TooFew { used: 320, needed: 400 });
    let mut without = t.returns();
    without.contests[0].fields.remove(&Field::Invalid);
    assert!(matches!(refusal(run(&SCREEN, &without)), Reason::ColumnMissing(_)));
}

#[test]
fn impossible_and_missing_counts_are_left_out() {
    let t = honest(1, 0.0);
    let mut returns = t.returns();
    let invalid = returns.contests[0].fields.get_mut(&Field::Invalid).unwrap();
    invalid.values[0] = None;
    invalid.values[1] = Some(t.cast[1] + 1);
    invalid.values[2] = Some(-1);
    let f = finding(run(&SCREEN, &returns));
    assert_eq!((f.used, f.left_out_total(), f.left_out.len()), (317, 3, 3));
}

// --- words -------------------------------------------------------------------------------------

#[test]
fn says_how_many_ballots_for_ten_points() {
    let t = honest(7, 0.0);
    let f = t.finding();
    assert_eq!(
        f.plain,
        "The share of invalid and blank ballots is 4.73 %. Beside the other stations of the same unit, where turnout \
         is ten points higher, it changes by −0.16 points (95 % interval −0.42 to +0.11); where the margin over B is \
         ten points higher, it changes by −0.02 points (95 % interval −0.20 to +0.15)."
    );
    assert!(
        matches!(&f.pictures[0], Picture::Lines { at, series, .. } if at.len() == 12 && series.len() == 2)
    );
}
