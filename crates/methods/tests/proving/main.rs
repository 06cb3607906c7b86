//! The proving ground: its honest elections, what it counts, and what was measured last.

#![allow(clippy::unwrap_used)]

mod page;

use std::collections::BTreeSet;

use glassurn_methods::proving::{self, Cell, Estimates, Rate, Standing, Suite, parse, write};
use glassurn_methods::simulate::{Way, shapes};
use glassurn_methods::{Cost, Meta, Screen, Status, screens};
use glassurn_model::{CheckOutcome, Field, Returns, checks};

fn column(returns: &Returns, field: Field) -> Vec<i64> {
    returns.contests[0].fields[&field].values.iter().map(|v| v.unwrap()).collect()
}

fn turnout(returns: &Returns) -> Vec<f64> {
    let (cast, registered) = (column(returns, Field::Cast), column(returns, Field::Registered));
    cast.iter().zip(&registered).map(|(&c, &r)| c as f64 / r as f64).collect()
}

fn screen(code: &str) -> &'static dyn Screen {
    *screens::ALL.iter().find(|s| s.meta().code == code).unwrap()
}

fn correlation(x: &[f64], y: &[f64]) -> f64 {
    let mean = |v: &[f64]| v.iter().sum::<f64>() / v.len() as f64;
    let (mx, my) = (mean(x), mean(y));
    let sum = |a: &[f64], ma: f64, b: &[f64], mb: f64| -> f64 {
        a.iter().zip(b).map(|(a, b)| (a - ma) * (b - mb)).sum()
    };
    sum(x, mx, y, my) / (sum(x, mx, x, mx) * sum(y, my, y, my)).sqrt()
}

// --- honest elections ----------------------------------------------------------------------------

#[test]
fn every_shape_is_an_election_that_no_check_calls_impossible() {
    let keys: BTreeSet<_> = shapes::ALL.iter().map(|s| s.key).collect();
    assert_eq!(keys.len(), shapes::ALL.len());
    assert!(shapes::ALL.is_sorted_by_key(|s| !s.exchangeable), "exchangeable ones come first");
    for shape in shapes::ALL {
        let returns = shape.election(600, 3);
        assert_eq!(returns.stations.len(), 600 * shape.times, "{}", shape.key);
        assert_eq!(shape.election(600, 3), returns, "{}", shape.key);
        assert_ne!(shape.election(600, 4).contests, returns.contests, "{}", shape.key);
        for check in checks::ALL.iter().filter(|c| c.meta().code.starts_with('F')) {
            if let CheckOutcome::Ran { flags, .. } = check.run(&returns, 0) {
                assert!(flags.is_empty(), "{}: {}", shape.key, check.meta().code);
            }
        }
    }
}

#[test]
fn a_hard_shape_has_what_its_title_says() {
    let draw = |key: &str| shapes::find(key).unwrap().election(1_200, 1);
    let shares = |r: &Returns| -> Vec<f64> {
        let votes = r.contests[0].choices[0].values.iter().map(|v| v.unwrap() as f64);
        votes.zip(column(r, Field::Valid)).map(|(v, n)| v / n as f64).collect()
    };
    let sizes = |r: &Returns| -> Vec<f64> {
        column(r, Field::Registered).iter().map(|&n| (n as f64).ln()).collect()
    };
    let plain = draw("plain");
    assert!(correlation(&turnout(&plain), &shares(&plain)).abs() < 0.25);
    assert!(correlation(&sizes(&plain), &shares(&plain)).abs() < 0.1);
    let country = draw("town-and-country");
    assert!(correlation(&sizes(&country), &shares(&country)) < -0.25);
    assert!(correlation(&sizes(&country), &turnout(&country)) < -0.3);
    let together = draw("correlated");
    assert!(correlation(&turnout(&together), &shares(&together)) > 0.4);
    // A third of the regions is the second electorate.
    let two = shares(&draw("two-electorates"));
    let far = two.iter().filter(|&&s| s > 0.75).count();
    assert!((250..550).contains(&far), "{far}");
    // Eight districts of a hundred stations each in twelve regions: 96 count postal votes.
    let postal = turnout(&draw("postal")).iter().filter(|&&t| t > 0.85).count();
    assert!((60..180).contains(&postal), "{postal}");
    let one = turnout(&draw("one-electorate"));
    assert!(one.iter().all(|t| (t - 0.61).abs() < 0.2));
    let bundles = draw("bundles");
    let round = |r: &Returns| {
        let votes = &r.contests[0].choices[0].values;
        votes.iter().filter(|v| v.unwrap() % 10 == 0).count()
    };
    assert!(round(&bundles) > round(&plain) + 60);
}

// --- the suite -----------------------------------------------------------------------------------

fn suite(screens: &[&'static str], runs: u32) -> Suite<'static> {
    Suite {
        screens: screens.iter().map(|code| screen(code)).collect(),
        runs,
        changed_runs: runs,
        stations: 150,
        real: vec![("quiet-town".to_owned(), shapes::ALL[0].election(300, 77))],
        real_runs: 2,
        seed: 1,
    }
}

#[test]
fn cells_are_the_same_on_any_number_of_threads_and_survive_their_table() {
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| proving::run(&suite(&["S112", "S250"], 3), &|_, _| ()))
    };
    let cells = on(1);
    assert_eq!(cells, on(2));
    let table = write(&cells);
    assert_eq!(write(&parse(&table).unwrap()), table);
    // Twelve shapes, three of them and the real one changed in 7 ways by 5 amounts, for two screens; and what is
    // drawn from the real one under the nulls of each: S250 has one, S112 all three.
    assert_eq!(cells.len(), 2 * (12 + 1 + 4 * 35) + 3 + 1);
    let real: Vec<&Cell> = cells.iter().filter(|c| c.base == "quiet-town").collect();
    // An election that is there is there once; changed, it is drawn twice.
    assert!(real.iter().all(|c| c.judged == if c.way.is_empty() { 1 } else { 2 }));
}

#[test]
fn every_election_is_reported_as_it_is_done() {
    let seen = std::sync::Mutex::new(Vec::new());
    proving::run(&suite(&["S112"], 2), &|done, of| seen.lock().unwrap().push((done, of)));
    let mut seen = seen.into_inner().unwrap();
    seen.sort_unstable();
    // The country is drawn once, every other shape and every null of the real election twice.
    let all = 2 * shapes::ALL.len() as u64 - 1 + 2 + 3 * 2;
    assert_eq!(seen, (1..=all).map(|done| (done, all)).collect::<Vec<_>>());
}

#[test]
fn changes_are_made_to_so_many_elections_and_no_more() {
    let cells = proving::run(&Suite { changed_runs: 1, ..suite(&["S112"], 4) }, &|_, _| ());
    let plain =
        |way: &str| cells.iter().find(|c| c.base == "plain" && c.way == way).unwrap().judged;
    assert_eq!((plain(""), plain("stuffing")), (4, 1));
}

#[test]
fn a_broken_table_names_the_line() {
    let good = write(&[cell("plain", "", 0.0, 3, 100)]);
    assert_eq!(parse(&good).unwrap().len(), 1);
    assert_eq!(parse("base\tway\n"), Err(1));
    assert_eq!(parse(&format!("{good}plain\tmoving\n")), Err(3));
    assert_eq!(parse(&good.replace("100", "many")), Err(2));
}

// --- what it comes to ----------------------------------------------------------------------------

fn cell(base: &str, way: &str, amount: f64, stood_out: u32, judged: u32) -> Cell {
    let (base, way, code) = (base.to_owned(), way.to_owned(), "S999".to_owned());
    Cell { base, way, amount, code, judged, stood_out, estimates: None }
}

#[test]
fn a_standing_by_hand() {
    let estimates = |truth, estimate, covered| {
        Some(Estimates { number: 10, truth, estimate, with_range: 10, covered })
    };
    let cells = [
        cell("plain", "", 0.0, 4, 100),
        cell("small", "", 0.0, 6, 100),
        cell("postal", "", 0.0, 8, 100),
        cell("bundles", "", 0.0, 80, 100),
        cell("Köln", "", 0.0, 0, 1),
        cell("plain", "stuffing", 0.02, 49, 100),
        Cell { estimates: estimates(100.0, 150.0, 8), ..cell("plain", "stuffing", 0.05, 50, 100) },
        Cell { estimates: estimates(300.0, 210.0, 9), ..cell("plain", "moving", 0.1, 10, 100) },
        // Not the plain shape, not drawn: neither power nor coverage.
        Cell { estimates: estimates(9.0, 9e9, 0), ..cell("Köln", "moving", 0.1, 100, 100) },
    ];
    let standing = Standing::of(&cells, "S999");
    assert_eq!(standing.easy, Some(Rate { stood_out: 10, judged: 200 }));
    assert_eq!(standing.hard[0], ("bundles".to_owned(), Rate { stood_out: 80, judged: 100 }));
    assert_eq!(standing.sees, [(Way::Stuffing, 0.05)]);
    assert!(
        standing.ever && !Standing::of(&[cell("plain", "stuffing", 0.02, 0, 100)], "S999").ever
    );
    let coverage = standing.estimates.unwrap();
    assert!((coverage.bias - (360.0 / 400.0 - 1.0)).abs() < 1e-12);
    assert_eq!((coverage.covered, coverage.given), (17, 20));
    // Eight of a hundred may be chance (its interval begins at 4.1 %), eighty may not.
    assert!(!standing.quiet());
    assert_eq!(standing.misled_by().map(|m| m.0).collect::<Vec<_>>(), ["bundles"]);
    // Half of the changed elections is no more than what it says of half of the unchanged ones.
    let always = [cell("plain", "", 0.0, 30, 100), cell("plain", "stuffing", 0.05, 54, 100)];
    assert_eq!(Standing::of(&always, "S999").sees, []);
    assert!(Standing::of(&cells[..3], "S999").quiet());
    assert!(Rate { stood_out: 1, judged: 1 }.too_often());
    assert!(!Rate { stood_out: 0, judged: 0 }.too_often());
    assert_eq!(Standing::of(&cells, "S000").easy, None);
}

// --- what was measured last ----------------------------------------------------------------------

#[test]
fn the_table_with_the_code_has_every_judging_quick_screen_on_every_shape() {
    let cells = proving::measured();
    let judges = |m: &Meta| {
        let measured = cells.iter().any(|c| c.code == m.code && c.judged > 0);
        m.cost == Cost::Quick && (m.status == Status::Stable || measured)
    };
    for meta in screens::ALL.iter().map(|s| s.meta()).filter(judges) {
        for shape in shapes::ALL {
            let there = |c: &&Cell| c.code == meta.code && c.base == shape.key && c.way.is_empty();
            assert!(
                cells.iter().any(|c| there(&c)),
                "{} on {}: measure anew",
                meta.code,
                shape.key
            );
        }
    }
}

#[test]
fn no_screen_gives_false_alarms_where_its_null_holds() {
    let cells = proving::measured();
    for screen in screens::ALL {
        let code = screen.meta().code;
        let Some(rate) = Standing::of(cells, code).easy else { continue };
        assert!(!rate.too_often(), "{code}: {rate:?}");
    }
}
