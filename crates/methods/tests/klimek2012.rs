//! X510, Klimek's model fitted by simulation. Order: by hand, oracle, real data, calibration, what must not matter,
//! refusals, words.

#![allow(clippy::unwrap_used)]

use glassurn_methods::Slice;
use glassurn_methods::ballots::{Ballots, Rules};
use glassurn_methods::peers::Published;
use glassurn_methods::peers::klimek2012::*;
use glassurn_methods::screens::klimek::Honest as Recipe;
use glassurn_methods::simulate::{Plan, election};
use glassurn_model::{Caveat, Reason};

mod ballots;
use ballots::{Figures, Honest, run, russia};
mod common;
use common::{finding, measure, oracle, refusal};

const PUBLISHED: SimulatedFit = SimulatedFit::DEFAULT;

// --- by hand and oracle --------------------------------------------------------------------------

fn stations(figures: &Figures) -> Vec<Ballots> {
    Rules::possible(1).apply(&Slice::whole(&figures.returns(), 0, Some(0))).unwrap().0
}

#[test]
fn agrees_with_the_model_in_numpy() {
    for case in oracle("klimek2012.json") {
        let honest = Recipe {
            turnout: case.number("turnout"),
            share: case.number("share"),
            turnout_sd: case.number("turnout_sd"),
            share_sd: case.number("share_sd"),
            added_sd: case.number("added_sd"),
        };
        let (cast, votes) = (case.counts("cast"), case.counts("votes"));
        let figures =
            Figures { registered: vec![1_500; cast.len()], cast, votes, ..Figures::default() };
        let fit = SimulatedFit { repeats: 400, ..PUBLISHED };
        let tried = fit.tried(&stations(&figures), &honest);
        for (i, point) in case.numbers("points").chunks(3).enumerate() {
            let of: Vec<f64> = tried.iter().filter(|t| t.0 == point).map(|t| t.1).collect();
            assert_eq!(of.len(), 400);
            let mean = of.iter().sum::<f64>() / 400.0;
            let error = case.numbers("error")[i] * 2.0_f64.sqrt();
            assert!((mean - case.numbers("mean")[i]).abs() < 4.0 * error, "{point:?}: {mean}");
        }
        // With six hundred stations the point that the returns were made at, 0.2 and 0.1, does not fit best.
        let means = case.numbers("mean");
        let least = (0..means.len()).min_by(|&a, &b| means[a].total_cmp(&means[b])).unwrap();
        assert_eq!(case.numbers("points")[3 * least..3 * least + 2], [0.0, 0.1]);
    }
}

// --- real data -----------------------------------------------------------------------------------

#[test]
fn the_recipe_is_the_published_one_and_russia_meets_the_rule() {
    let test = "the_recipe_is_the_published_one_and_russia_meets_the_rule";
    let Some(returns) = russia(test, 2011) else { return };
    let (all, _) = Rules::possible(1).apply(&Slice::whole(&returns, 0, Some(0))).unwrap();
    let honest = PUBLISHED.honest(&all).unwrap();
    let printed = [honest.turnout, honest.share, honest.turnout_sd, honest.added_sd];
    assert_eq!(
        printed.map(|x| format!("{x:.6}")),
        ["0.529000", "0.324000", "0.081381", "0.559001"]
    );
    assert!((honest.share_sd / 2.0_f64.sqrt() - 0.069723).abs() < 5e-7, "{honest:?}");
    let f = finding(run(&SimulatedFit { repeats: 3, ..PUBLISHED }, &returns));
    println!("{}", f.plain);
    assert_eq!(PUBLISHED.met(&f), Some(true));
}

// --- calibration ---------------------------------------------------------------------------------

#[test]
fn clean_elections_hardly_ever_meet_the_rule() {
    let met = (1..=20).filter(|&seed| {
        let returns = election(&Plan { stations_per_region: 60, seed, ..Plan::default() });
        PUBLISHED.met(&finding(run(&PUBLISHED, &returns))) == Some(true)
    });
    let met = met.count();
    println!("{met} of 20");
    assert!(met <= 2, "{met}");
}

// --- what must not matter, refusals, words -------------------------------------------------------

const HONEST: Honest = Honest { stations: 600, sizes: [200.0, 2_500.0], groups: 1 };

#[test]
fn station_order_does_not_matter() {
    let [a, b] = HONEST.in_two_orders(&PUBLISHED);
    assert_eq!((measure(&a, "f_i"), measure(&a, "f_e")), (measure(&b, "f_i"), measure(&b, "f_e")));
}

#[test]
fn refuses_instead_of_guessing() {
    let same = |n| Figures::same(n, [1_000, 500, 500, 200]).returns();
    assert_eq!(refusal(run(&PUBLISHED, &same(499))), Reason::TooFew { used: 499, needed: 500 });
    assert_eq!(refusal(run(&PUBLISHED, &same(600))), Reason::Constant);
}

#[test]
fn says_how_coarse_the_grid_is() {
    let f = finding(run(&PUBLISHED, &HONEST.draw(1).returns()));
    assert!(f.plain.starts_with("The published fit by simulation gives f_i = "), "{}", f.plain);
    assert!(f.plain.ends_with(
        "the grid has steps of a fifth and a tenth, and two electorates give the same."
    ));
    assert!(f.caveats.contains(&Caveat::PublishedRule));
}
