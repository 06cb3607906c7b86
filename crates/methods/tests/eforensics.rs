//! X610 and X611, the published mixture of three classes. Order: oracle, by hand, calibration of the published rule, what
//! must not matter, refusals, words.

#![allow(clippy::unwrap_used)]

use glassurn_methods::mixture::Form;
use glassurn_methods::peers::Published;
use glassurn_methods::peers::eforensics::{Bl, Mixture, Qbl};
use glassurn_methods::{Screen, Slice};
use glassurn_model::{Caveat, Reason};

mod ballots;
mod common;
mod mixture_draw;
use ballots::{Figures, Honest, run};
use common::{finding, measure, oracle, refusal};
use mixture_draw::{draw, parameters};

const FEW: Mixture = Mixture { min_stations: 30, ..Mixture::DEFAULT };

fn drawn(form: Form, stations: u64, [some, most]: [f64; 2], seed: u64) -> Figures {
    Figures::of_abstentions(&draw(&parameters(form, some, most), stations, seed).counts)
}

// --- oracle --------------------------------------------------------------------------------------

#[test]
fn the_posterior_is_that_of_a_chain() {
    for case in oracle("eforensics.json") {
        let form = if case.text("form") == "bl" { Form::Same } else { Form::Varying };
        #[allow(clippy::cast_possible_truncation)]
        let counts: Vec<[i64; 3]> =
            case.rows("counts").iter().map(|c| [c[0], c[1], c[2]].map(|v| v as i64)).collect();
        let returns = Figures::of_abstentions(&counts).returns();
        let figures = FEW.figures(form, &Slice::whole(&returns, 0, Some(0))).unwrap();
        let [mean, sd, error] = ["mean", "sd", "error"].map(|key| case.numbers(key));
        for (i, chance) in figures.fit.chances.iter().enumerate() {
            println!("{form:?} {i}: {chance:?}, the chain has {} ± {}", mean[i], sd[i]);
            assert!((chance.mean - mean[i]).abs() < 4.0 * error[i] + 0.2 * sd[i]);
        }
    }
}

// --- by hand -------------------------------------------------------------------------------------

#[test]
fn the_size_of_the_published_example_comes_out() {
    // As in the package's help: 250 stations, parts 0.95, 0.04 and 0.01.
    let drawn = draw(&parameters(Form::Varying, 0.04, 0.01), 250, 12_345);
    let f = finding(run(&Qbl::DEFAULT, &Figures::of_abstentions(&drawn.counts).returns()));
    println!("{}", f.plain);
    let of = |class: usize| drawn.classes.iter().filter(|&&c| c == class).count() as f64;
    assert!((measure(&f, "Z_2") - of(1)).abs() <= 2.0 && (measure(&f, "Z_3") - of(2)).abs() <= 1.0);
    assert!((measure(&f, "π_1") - 0.95).abs() < 0.03);
    assert_eq!(Qbl::DEFAULT.met(&f), Some(true));
    let affected = Qbl::DEFAULT.affected(&f).unwrap();
    let range = affected.range.unwrap();
    assert!(range[0] <= affected.votes && affected.votes <= range[1]);
    assert!(measure(&f, "F_t") <= measure(&f, "F_w"));
}

// --- calibration of the published rule -----------------------------------------------------------

#[test]
fn honest_elections_meet_the_rule_where_units_differ() {
    // Groups that differ, and nothing changed in any.
    let honest = Honest { stations: 150, sizes: [200.0, 1_500.0], groups: 6 };
    let met = |screen: &dyn Published| {
        let all = (1..=3).map(|seed| run(screen, &honest.draw(seed).returns()));
        all.filter(|o| o.finding().and_then(|f| screen.met(f)) == Some(true)).count()
    };
    let (qbl, bl) = (met(&Qbl::DEFAULT), met(&Bl::DEFAULT));
    println!("qbl {qbl} of 3, bl {bl} of 3");
    assert!(qbl + bl >= 2, "{qbl} {bl}");
}

// --- what must not matter, refusals, words ---------------------------------------------------------

#[test]
fn station_order_does_not_matter() {
    let mut figures = drawn(Form::Varying, 200, [0.1, 0.05], 3);
    let there = finding(run(&Qbl::DEFAULT, &figures.returns()));
    for column in [&mut figures.registered, &mut figures.cast, &mut figures.votes] {
        column.reverse();
    }
    let back = finding(run(&Qbl::DEFAULT, &figures.returns()));
    for symbol in ["Z_2", "Z_3", "M"] {
        assert_eq!(measure(&there, symbol), measure(&back, symbol));
    }
    assert!((measure(&there, "π_2") - measure(&back, "π_2")).abs() < 2e-3);
}

#[test]
fn refuses_instead_of_guessing() {
    let same = |n| Figures::same(n, [1_000, 500, 500, 200]).returns();
    for screen in [&Qbl::DEFAULT as &dyn Screen, &Bl::DEFAULT] {
        assert_eq!(refusal(run(screen, &same(99))), Reason::TooFew { used: 99, needed: 100 });
        assert_eq!(refusal(run(screen, &same(120))), Reason::Constant);
    }
}

#[test]
fn says_how_many_modes_there_are() {
    let f = finding(run(&Bl::DEFAULT, &drawn(Form::Same, 200, [0.1, 0.05], 2).returns()));
    assert!(f.plain.starts_with("The published model (bl, intercepts alone) puts "), "{}", f.plain);
    assert!(f.plain.ends_with("two electorates give the same."), "{}", f.plain);
    assert!(
        f.caveats.contains(&Caveat::PublishedRule) && f.caveats.contains(&Caveat::MixedElectorates)
    );
    assert!(measure(&f, "M") >= 1.0);
}
