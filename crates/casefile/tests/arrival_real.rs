//! The order of the count of Bolivia 2019, from its published states. The files are not in the repository: without
//! them the test says that it is skipped.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

use std::path::PathBuf;

use glassurn_casefile::formats::{ReadOptions, read};
use glassurn_casefile::{arrival, catalogue, mapping};
use glassurn_methods::{Screen, Slice, screens::LateCount};
use glassurn_model::Returns;

/// A data set by its own mapping; `None` when it is not at hand.
fn returns(name: &str) -> Option<Returns> {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/raw");
    let data =
        std::env::var_os("GLASSURN_DATA").map_or_else(|| PathBuf::from(beside), PathBuf::from);
    let Some(path) = catalogue::locate(name, Some(&data), None) else {
        println!("skipped: {name} (no data)");
        return None;
    };
    let tables = read(&path, &ReadOptions::default()).unwrap().tables;
    let map = catalogue::find(name).unwrap().mapping().unwrap();
    Some(mapping::apply(&tables, &map).unwrap())
}

#[test]
fn late_sheets_of_bolivia_lie_elsewhere_and_differ_little_from_early_ones_of_their_place() {
    let states = ["bolivia-2019-trep-1940", "bolivia-2019-trep-1829"];
    let states: Option<Vec<Returns>> = states.into_iter().map(returns).collect();
    let (Some(states), Some(mut count)) = (states, returns("bolivia-2019")) else { return };
    arrival::from_states(&mut count, &states).unwrap();
    let leader = count.contests[0].leader();
    let outcome = LateCount::DEFAULT.run(&Slice::whole(&count, 0, leader));
    let f = outcome.finding().unwrap();
    // By pandas, unit by unit: País, Departamento, Provincia, Municipio, Localidad, Recinto.
    let within = [0.080846569, 0.063870575, 0.042934690, 0.034118298, 0.025095370, 0.002042476];
    for (symbol, want) in ["W₁", "W₂", "W₃", "W₄", "W₅", "W₆"].into_iter().zip(within) {
        assert!((f.measure(symbol).unwrap().value - want).abs() < 1e-8, "{symbol}");
    }
    for (symbol, want) in
        [("Δ", 0.083508487), ("C₆", 0.081466012), ("β", 0.001211857), ("n_L", 5_578.0)]
    {
        let value = f.measure(symbol).unwrap().value;
        assert!((value - want).abs() < 1e-8, "{symbol}: {value}");
    }
    // 28,975 sheets at 19:40 and 5,580 later; two of either have no valid vote.
    assert_eq!((f.measure("G").unwrap().value, f.measure("m").unwrap().value), (1_495.0, 4_460.0));
    assert!(f.p.unwrap().value > 0.1);
}
