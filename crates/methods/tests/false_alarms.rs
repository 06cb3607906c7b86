//! False alarms on honest elections drawn from the returns at hand.

#![allow(clippy::unwrap_used)]

use glassurn_methods::calibration::{FalseAlarms, draws, false_alarms};
use glassurn_methods::simulate::{Null, Plan, Tampering, Way, election, tamper};
use glassurn_methods::{Outcome, Screen, Slice, screens};
use glassurn_model::{Finding, P, PKind, Returns, testing::Builder};

fn screen(code: &str) -> &'static dyn Screen {
    *screens::ALL.iter().find(|s| s.meta().code == code).unwrap()
}

fn real() -> Returns {
    election(&Plan { stations_per_region: 40, ..Plan::default() })
}

fn rate(alarms: &[FalseAlarms], code: &str, null: Null) -> [u32; 2] {
    let entry = alarms.iter().find(|a| a.screen == code && a.null == null).unwrap();
    [entry.stood_out, entry.judged]
}

/// Stands out always: the worst screen there can be.
struct Always;

impl Screen for Always {
    fn meta(&self) -> glassurn_methods::Meta {
        screen("S110").meta()
    }

    fn run(&self, slice: &Slice<'_>) -> Outcome {
        let found = screen("S110").run(slice).finding().cloned().unwrap();
        let p = Some(P { value: 0.0, kind: PKind::Exact });
        Outcome::Finding(Box::new(Finding { p, ..found }))
    }
}

#[test]
fn a_screen_that_always_speaks_up_is_found_out() {
    let alarms = false_alarms(&real(), &[&Always], 7, 1);
    assert_eq!(alarms.len(), 3);
    assert!(alarms.iter().all(|a| [a.stood_out, a.judged] == [7, 7]));
}

#[test]
fn what_was_done_to_the_returns_is_no_false_alarm() {
    // Digits invented everywhere: the screen of last digits stands out on the file, and not on what is drawn of it.
    let how = Tampering {
        way: Way::Invention,
        share_of_stations: 1.0,
        strength: 1.0,
        units: Vec::new(),
        seed: 1,
    };
    let returns = tamper(&real(), &how).returns;
    let digits = screen("S113");
    let found = digits.run(&Slice::whole(&returns, 0, Some(0)));
    assert!(digits.stands_out(found.finding().unwrap()).unwrap());
    let alarms = false_alarms(&returns, &[digits], 40, 1);
    for null in Null::ALL {
        let [out, judged] = rate(&alarms, "S113", null);
        // One chance in ten thousand that a level of 5 % gives nine of forty.
        assert!(judged == 40 && out < 9, "{null:?}: {out}");
    }
}

#[test]
fn the_number_of_threads_and_the_order_of_screens_do_not_matter() {
    let returns = real();
    let on = |threads: usize, codes: [&str; 2]| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let list = codes.map(screen);
        let mut alarms = pool.install(|| false_alarms(&returns, &list, 9, 4));
        alarms.sort_by_key(|a| (a.screen, a.null));
        alarms
    };
    assert_eq!(on(1, ["S110", "S210"]), on(2, ["S210", "S110"]));
}

#[test]
fn a_screen_without_a_rule_and_returns_without_choices_have_none() {
    assert_eq!(false_alarms(&real(), &[screen("S310")], 3, 1), []);
    assert_eq!(false_alarms(&Builder::new(50).build(), &[screen("S110")], 3, 1), []);
}

#[test]
fn large_files_are_drawn_less_often() {
    assert_eq!([100, 10_000, 97_699].map(draws), [50, 30, 6]);
}

#[test]
fn a_screen_of_rates_is_asked_only_where_rates_are_exchanged() {
    let alarms = false_alarms(&real(), &[screen("S610"), screen("S110")], 3, 1);
    let nulls = |code: &str| -> Vec<Null> {
        alarms.iter().filter(|a| a.screen == code).map(|a| a.null).collect()
    };
    assert_eq!(nulls("S610"), [Null::WithinGroups]);
    assert_eq!(nulls("S110"), Null::ALL);
}
