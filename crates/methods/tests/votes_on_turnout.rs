//! S311 votes-on-turnout. Order: by hand, oracle, invariances, calibration, power, refusals, words.

#![allow(clippy::unwrap_used)]

use glassurn_methods::screens::VotesOnTurnout;
use glassurn_model::{Picture, Reason};

mod ballots;
mod common;
use ballots::{Figures, Honest, albania, refuses_few_constant_and_incomplete_returns, run};
use common::{close, data_or_skip, finding, measure, oracle, p_values_look_uniform, refusal};

const SCREEN: VotesOnTurnout = VotesOnTurnout::DEFAULT;

/// Sixty stations of 1,000 voters with this many ballots and votes.
fn stations(cast: impl Fn(i64) -> i64, votes: impl Fn(i64) -> i64) -> Figures {
    let mut figures = Figures::same(60, [1_000, 0, 0, 0]);
    figures.issued.clear();
    figures.cast = (0..60).map(cast).collect();
    figures.votes = figures.cast.iter().map(|c| votes(*c)).collect();
    figures
}

// --- by hand ---------------------------------------------------------------------------------

#[test]
fn further_ballots_for_one_choice_alone_give_a_slope_of_one() {
    let f = finding(run(&SCREEN, &stations(|i| 400 + 5 * i, |c| c - 200).returns()));
    close(measure(&f, "b"), 1.0, 1e-12);
    close(measure(&f, "a"), -0.2, 1e-12);
    // Ballots are 547.5 on average, of which 200 are for others.
    close(measure(&f, "s"), 347.5 / 547.5, 1e-12);
    close(measure(&f, "D"), 200.0 / 547.5, 1e-12);
}

#[test]
fn a_constant_share_gives_no_difference() {
    let f = finding(run(&SCREEN, &stations(|i| 400 + 10 * i % 300, |c| c / 2).returns()));
    close(measure(&f, "b"), 0.5, 1e-12);
    assert!(measure(&f, "D").abs() < 1e-12);
    let Picture::Lines { series, .. } = &f.pictures[0] else { unreachable!() };
    assert_eq!(series.len(), 3);
}

// --- oracle ----------------------------------------------------------------------------------

#[test]
fn agrees_with_numpy() {
    for case in oracle("votes_on_turnout.json") {
        let figures = Figures::of(&case);
        let f = finding(run(&SCREEN, &figures.returns()));
        for symbol in ["D", "b", "a", "s", "D_share"] {
            close(measure(&f, symbol), case.number(symbol), 1e-9);
        }
        // The script's errors come from a numerical derivative.
        for symbol in ["se_HC", "se_CR"] {
            close(measure(&f, symbol), case.number(symbol), 1e-6);
        }
        assert!((measure(&f, "p") - case.number("p")).abs() < 1e-6);
    }
}

#[test]
fn the_form_on_shares_of_albania_2013_is_that_of_eftoolkit() {
    let test = "the_form_on_shares_of_albania_2013_is_that_of_eftoolkit";
    let Some(text) = data_or_skip(test, "albania-2013-parliament/Albania2013.csv") else { return };
    let everyone = VotesOnTurnout { min_registered: 1, ..SCREEN };
    for (choice, want) in [("C035", "-0.416261"), ("C050", "-0.230440")] {
        let f = finding(run(&everyone, &albania(&text, choice)));
        assert_eq!(format!("{:.6}", measure(&f, "D_share")), want, "{choice}");
    }
}

// --- what must not matter ----------------------------------------------------------------------

const HONEST: Honest = Honest { stations: 600, sizes: [300.0, 2_500.0], groups: 30 };

#[test]
fn station_order_does_not_matter() {
    let [a, b] = HONEST.in_two_orders(&SCREEN);
    for m in &a.measures {
        close(m.value, measure(&b, m.symbol), 1e-9);
    }
}

#[test]
fn the_others_have_the_opposite_difference() {
    let figures = HONEST.draw(3);
    let others = Figures {
        votes: figures.cast.iter().zip(&figures.votes).map(|(c, v)| c - v).collect(),
        ..figures.clone()
    };
    let [a, b] = [figures, others].map(|f| finding(run(&SCREEN, &f.returns())));
    close(measure(&a, "D"), -measure(&b, "D"), 1e-9);
    close(measure(&a, "se_CR"), measure(&b, "se_CR"), 1e-9);
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
fn notices_ballots_added_at_a_fifth_of_stations() {
    let added = |seed| {
        let mut f = HONEST.draw(seed);
        for i in (0..600).step_by(5) {
            let more = (f.registered[i] - f.cast[i]) / 2;
            f.cast[i] += more;
            f.votes[i] += more;
        }
        p(&f)
    };
    let hits = (0..60).filter(|&seed| added(seed) < 0.01).count();
    assert!(hits > 30, "power fell to {hits}/60");
}

// --- refusals ----------------------------------------------------------------------------------

#[test]
fn refuses_instead_of_guessing() {
    refuses_few_constant_and_incomplete_returns(&SCREEN);
    assert_eq!(refusal(run(&SCREEN, &stations(|i| 400 + i, |_| 0).returns())), Reason::Constant);
}

#[test]
fn what_cannot_be_used_is_left_out_and_counted() {
    let mut figures = stations(|i| 400 + i, |c| c / 2);
    figures.registered[0] = 99;
    figures.cast[1] = 1_001;
    figures.votes[2] = 501;
    let f = finding(run(&SCREEN, &figures.returns()));
    assert_eq!((f.used, f.left_out.len(), f.left_out_total()), (57, 3, 3));
}

// --- words -------------------------------------------------------------------------------------

#[test]
fn says_slope_and_share_and_the_difference() {
    let f = finding(run(&SCREEN, &stations(|i| 400 + 5 * i, |c| c - 200).returns()));
    assert!(
        f.plain.starts_with(
            "Where turnout is higher by 100 ballots, the choice has 100.0 votes more, and its share \
             of all ballots is 63.5 %: 36.5 points apart (95 % interval "
        ),
        "{}",
        f.plain
    );
}
