//! S310 turnout-share. Order: by hand, oracle, invariances, calibration, power, refusals, words.

#![allow(clippy::unwrap_used)]

use glassurn_methods::Slice;
use glassurn_methods::screens::TurnoutShare;
use glassurn_model::{Caveat, Picture, Reason};

mod ballots;
mod common;
use ballots::{Figures, Honest, albania, refuses_few_constant_and_incomplete_returns, run};
use common::{close, data_or_skip, finding, measure, oracle, p_values_look_uniform, refusal};

const SCREEN: TurnoutShare = TurnoutShare::DEFAULT;

// --- by hand ---------------------------------------------------------------------------------

/// Turnout 50 and 60 % with shares 40 and 50 % in one region, 70 and 80 % with 10 and 20 % in the other.
fn simpson() -> Figures {
    let mut figures = Figures::default();
    for (group, cast, votes) in [(0, 500, 200), (0, 600, 300), (1, 700, 70), (1, 800, 160)] {
        for _ in 0..20 {
            figures.registered.push(1_000);
            figures.cast.push(cast);
            figures.votes.push(votes);
            figures.group.push(group);
        }
    }
    figures
}

#[test]
fn groups_and_whole_may_disagree() {
    let f = finding(run(&SCREEN, &simpson().returns()));
    // Within: shares rise by 10 points for 10 points of turnout. Over all: Σxy / Σxx = −0.8 · 0.05 / 0.05.
    close(measure(&f, "b_w"), 1.0, 1e-12);
    close(measure(&f, "r_w"), 1.0, 1e-12);
    close(measure(&f, "b"), -1.0, 1e-12);
    assert_eq!(measure(&f, "G"), 2.0);
    assert!(f.measure("b_b").is_none(), "two points make no regression");
    assert!(f.caveats.contains(&Caveat::MixedElectorates));
    let Picture::Lines { at, series, .. } = &f.pictures[0] else { unreachable!() };
    assert_eq!(at, &[50.5, 60.5, 70.5, 80.5]);
    assert_eq!(series[0].1, [0.4, 0.5, 0.1, 0.2]);
}

#[test]
fn without_groups_the_line_over_all_stations_is_the_headline() {
    let f = finding(run(&SCREEN, &Figures { group: Vec::new(), ..simpson() }.returns()));
    assert_eq!(f.measures[0].symbol, "b");
    close(f.effect.value, -1.0, 1e-12);
}

// --- oracle ----------------------------------------------------------------------------------

#[test]
fn agrees_with_numpy() {
    for case in oracle("turnout_share.json") {
        let figures = Figures::of(&case);
        let f = finding(run(&SCREEN, &figures.returns()));
        assert_eq!(measure(&f, "G"), case.number("groups"));
        for symbol in ["b", "a", "r", "b_w", "r_w", "b_b", "r_b"] {
            close(measure(&f, symbol), case.number(symbol), 1e-9);
        }
        for (symbol, se) in [("b", "se_b"), ("b_w", "se_w"), ("b_b", "se_bb")] {
            close(f.measure(symbol).unwrap().sd.unwrap(), case.number(se), 1e-9);
        }
        close(measure(&f, "p"), case.number("p"), 1e-8);
        assert_eq!(f.p, None, "an association is no test of the battery");
        let [low, high] = f.effect.interval.unwrap();
        close(low, case.number("low"), 1e-8);
        close(high, case.number("high"), 1e-8);
    }
}

#[test]
fn lines_of_albania_2013_are_those_published() {
    let test = "lines_of_albania_2013_are_those_published";
    let Some(text) = data_or_skip(test, "albania-2013-parliament/Albania2013.csv") else { return };
    let everyone = TurnoutShare { min_registered: 1, ..SCREEN };
    let published = [
        ("C035", "-0.004813", "0.414178", "-0.006236"),
        ("C050", "0.076517", "0.263558", "0.095705"),
    ];
    for (choice, slope, intercept, correlation) in published {
        let f = finding(run(&everyone, &albania(&text, choice)));
        assert_eq!(f.used, 5_506);
        for (symbol, want) in [("b", slope), ("a", intercept), ("r", correlation)] {
            assert_eq!(format!("{:.6}", measure(&f, symbol)), want, "{choice} {symbol}");
        }
    }
}

// --- what must not matter ----------------------------------------------------------------------

const HONEST: Honest = Honest { stations: 600, sizes: [300.0, 2_500.0], groups: 30 };

#[test]
fn station_order_does_not_matter() {
    let [a, b] = HONEST.in_two_orders(&SCREEN);
    for m in &a.measures {
        close(m.value, measure(&b, m.symbol), 1e-10);
    }
}

#[test]
fn a_shift_of_a_whole_group_does_not_matter_within() {
    let figures = HONEST.draw(3);
    let mut moved = figures.clone();
    for i in (0..600).filter(|i| figures.group[*i] == 4) {
        // Every share in the group rises by the same five points (but for rounding).
        moved.votes[i] = (figures.votes[i] + figures.cast[i] / 20).min(figures.cast[i]);
    }
    let [a, b] = [figures, moved].map(|f| measure(&finding(run(&SCREEN, &f.returns())), "b_w"));
    assert!((a - b).abs() < 1e-3, "{a} {b}");
}

// --- size and power (seeded; about one second) -------------------------------------------------

fn p(figures: &Figures) -> f64 {
    measure(&finding(run(&SCREEN, &figures.returns())), "p")
}

#[test]
fn calibrated_where_support_has_nothing_to_do_with_turnout() {
    let ps = (0..600).map(|seed| p(&HONEST.draw(seed)));
    p_values_look_uniform(ps, 0.0666); // 1.63 / √600
}

#[test]
fn notices_a_share_that_rises_by_two_points_for_ten() {
    let rising = |seed| {
        let mut f = HONEST.draw(seed);
        for i in 0..600 {
            let turnout = f.cast[i] as f64 / f.registered[i] as f64;
            #[allow(clippy::cast_possible_truncation)]
            let more = (0.2 * (turnout - 0.62) * f.cast[i] as f64).round() as i64;
            f.votes[i] = (f.votes[i] + more).clamp(0, f.cast[i]);
        }
        p(&f)
    };
    // Error of the slope about 0.065 / (0.065 √600) = 0.041: 4.9 standard errors.
    let hits = (0..60).filter(|&seed| rising(seed) < 0.01).count();
    assert!(hits > 54, "power fell to {hits}/60");
}

// --- refusals ----------------------------------------------------------------------------------

#[test]
fn refuses_instead_of_guessing() {
    refuses_few_constant_and_incomplete_returns(&SCREEN);
    let few = Figures::same(49, [1_000, 500, 500, 200]).returns();
    let nobody = glassurn_methods::Screen::run(&SCREEN, &Slice::whole(&few, 0, None));
    assert!(matches!(refusal(nobody), Reason::WrongSubject(_)));
}

#[test]
fn what_cannot_be_used_is_left_out_and_counted() {
    let mut figures = simpson();
    figures.registered[0] = 99;
    figures.cast[1] = 1_001;
    figures.votes[2] = 501;
    let f = finding(run(&SCREEN, &figures.returns()));
    assert_eq!((f.used, f.left_out.len(), f.left_out_total()), (77, 3, 3));
}

// --- words -------------------------------------------------------------------------------------

#[test]
fn says_how_they_go_together_and_no_more() {
    let f = finding(run(&SCREEN, &simpson().returns()));
    assert_eq!(
        f.plain,
        "Within the 2 groups a turnout higher by 10 points goes with a share higher by 10.0 points \
         (95 % interval 10.0 to 10.0); no association gives 0. Without regard to groups it is −10.0."
    );
}
