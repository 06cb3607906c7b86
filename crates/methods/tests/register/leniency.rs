//! R170 and R180.

use crate::{assert_sound, made, printed, seed, table, words};
use glassurn_methods::register::{
    anchor_residual::{self, residuals},
    anchors::Anchors,
    leniency::{figures, leniency},
};
use glassurn_model::register::Register;
use glassurn_stats::{ordinal::probability, rng, sample};
use serde_json::Value;

// --- simulation ----------------------------------------------------------------------------------

/// A made-up world: who is lenient, how good each election is, and what is on record.
struct World {
    lenient: Vec<bool>,
    quality: Vec<f64>,
    register: Register,
    anchors: Anchors,
}

const OBSERVERS: usize = 12;

/// Lenient observers prefer bad elections; 2.5 verdicts an election; a measure that correlates 0.7 with quality.
fn world(elections: usize, run: u64) -> World {
    let mut rng = rng::stream(run, "made-up observers", elections as u64);
    let lenient: Vec<bool> =
        (0..OBSERVERS).map(|m| m < 4 + usize::from(run.is_multiple_of(2))).collect();
    let own: Vec<f64> = lenient
        .iter()
        .map(|l| if *l { 3.0 } else { 0.0 } + 0.4 * sample::normal(&mut rng))
        .collect();
    let (mut register, mut values, mut quality) = (Register::default(), Vec::new(), Vec::new());
    for at in 0..elections {
        let q = sample::normal(&mut rng);
        quality.push(q);
        let year = 1900 + u16::try_from(at).unwrap();
        values.push(("POL".to_owned(), year, 1.6 * (0.7 * q + 0.714 * sample::normal(&mut rng))));
        let id = format!("POL-{year}-P");
        for m in 0..OBSERVERS {
            let base = 2.5 / OBSERVERS as f64;
            let comes = if lenient[m] { 2.0 * base / (1.0 + (1.5 * q).exp()) } else { base };
            if sample::uniform(&mut rng) < comes {
                let left = sample::uniform(&mut rng);
                let cuts = [-1.5, -0.5, 0.5, 1.5];
                let below =
                    |k: usize| (0..k).map(|c| probability(c, q + own[m], &cuts)).sum::<f64>();
                let step = (1..5).take_while(|k| below(*k) < left).count();
                let step = i8::try_from(step).unwrap() - 2;
                register.wider_verdicts.push(made::verdict(
                    &id,
                    &format!("Observer {m:02}"),
                    "ngo",
                    step,
                ));
            }
        }
    }
    World { lenient, quality, register, anchors: Anchors::new("measure", values) }
}

/// Share of pairs (lenient, other) that a score puts in the right order.
fn auc(score: &[f64], lenient: &[bool]) -> f64 {
    let of =
        |which: bool| score.iter().zip(lenient).filter(move |(_, l)| **l == which).map(|(s, _)| *s);
    let (mut right, mut pairs) = (0.0, 0.0);
    for a in of(true) {
        for b in of(false) {
            right += f64::from(u8::from(a > b)) + 0.5 * f64::from(u8::from(a == b));
            pairs += 1.0;
        }
    }
    right / pairs
}

/// A score for each observer; those without one get the middle.
fn scores(found: impl Iterator<Item = (String, f64)>) -> Vec<f64> {
    let mut scores = vec![0.0; OBSERVERS];
    for (name, score) in found {
        scores[name[9..].parse::<usize>().unwrap()] = score;
    }
    scores
}

fn mean_verdicts(w: &World) -> Vec<f64> {
    let of = |m: usize| {
        let name = format!("Observer {m:02}");
        let own = w.register.wider_verdicts.iter().filter(|v| v.observer == name);
        let steps: Vec<f64> = own.filter_map(|v| v.scale.map(|s| f64::from(s.step()))).collect();
        if steps.is_empty() { 0.0 } else { steps.iter().sum::<f64>() / steps.len() as f64 }
    };
    (0..OBSERVERS).map(of).collect()
}

/// Mean AUC over runs of the model, the model with the measure, the residual, and mean verdicts.
fn recovery(elections: usize, runs: u64) -> [f64; 4] {
    let mut sums = [0.0; 4];
    for run in 0..runs {
        let w = world(elections, run);
        let model = |anchors: &Anchors| {
            let found = figures(&w.register, anchors).unwrap().houses;
            scores(found.into_iter().map(|h| (h.house.id, h.leniency.value)))
        };
        let residual = anchor_residual::figures(&w.register, &w.anchors).houses;
        let scored = [
            model(&Anchors::default()),
            model(&w.anchors),
            scores(residual.into_iter().map(|h| (h.house.id, h.mean))),
            mean_verdicts(&w),
        ];
        scored.iter().zip(&mut sums).for_each(|(s, sum)| *sum += auc(s, &w.lenient));
        assert!(w.quality.len() == elections);
    }
    sums.map(|s| s / runs as f64)
}

#[test]
fn lenient_observers_are_found_from_few_verdicts() {
    // Section 4.4 of the design: elections; model, model with the measure, mean verdict.
    for (elections, want) in [
        (15, [0.92, 0.93, 0.90]),
        (30, [0.97, 0.99, 0.96]),
        (60, [0.99, 1.0, 0.99]),
        (150, [1.0, 1.0, 0.99]),
    ] {
        let [model, measured, residual, mean] = recovery(elections, 40);
        println!("{elections}: {model:.3} {measured:.3} residual {residual:.3} mean {mean:.3}");
        for (got, want) in [model, measured, mean].into_iter().zip(want) {
            assert!((got - want).abs() < 0.03, "{elections} elections: {got:.3} for {want}");
        }
        assert!(residual > mean - 0.01 && measured >= residual - 0.02);
    }
}

// --- real data -----------------------------------------------------------------------------------

#[test]
fn belarus_and_myanmar() {
    let Some(register) = seed::register("leniency::belarus_and_myanmar") else { return };
    let got = figures(&register, &seed::anchors()).unwrap();
    assert_eq!((got.verdicts, got.elections, got.anchored, got.houses.len()), (55, 29, 20, 13));
    for (house, value, sd) in [
        ("CoE", -2.8, 1.4),
        ("citizen groups", -2.3, 1.2),
        ("OSCE", -1.9, 1.2),
        ("Carter", -1.0, 1.1),
        ("ANFREL", -1.0, 1.1),
        ("EU", -0.8, 1.3),
        ("ASEAN", 0.9, 1.6),
        ("BLR", 1.4, 1.2),
        ("RUS", 1.4, 1.5),
        ("OTS", 1.6, 1.5),
        ("SCO", 1.9, 1.4),
        ("CIS", 2.7, 1.1),
    ] {
        let found = got.houses.iter().find(|h| h.house.id == house).unwrap().leniency;
        println!("{house}: {found:?}");
        assert!((found.value - value).abs() < 0.2, "{house} {found:?}");
        assert!((found.sd - sd).abs() < 0.1, "{house} {found:?}");
    }
    let clear: Vec<_> =
        got.houses.iter().filter(|h| h.is_clear()).map(|h| h.house.id.as_str()).collect();
    assert_eq!(clear, ["CIS"]);
    for answer in [leniency(&register, &seed::anchors()), residuals(&register, &seed::anchors())] {
        println!("{}", printed(&answer));
        assert_sound(&answer);
    }
}

// --- oracle --------------------------------------------------------------------------------------

#[test]
fn agrees_with_scipy_and_statsmodels() {
    let file: Value = serde_json::from_str(include_str!("../oracle/leniency.json")).unwrap();
    for case in file["cases"].as_array().unwrap() {
        let mut register = Register::default();
        for row in case["verdicts"].as_array().unwrap() {
            let text = |i: usize| row[i].as_str().unwrap();
            let step = i8::try_from(row[2].as_i64().unwrap()).unwrap();
            register.wider_verdicts.push(made::verdict(text(0), text(1), "ngo", step));
        }
        let values = case["anchors"].as_array().unwrap().iter().map(|a| {
            let year = u16::try_from(a[0].as_u64().unwrap()).unwrap();
            ("POL".to_owned(), year, a[1].as_f64().unwrap())
        });
        let anchors = Anchors::new("measure", values);
        let model = figures(&register, &anchors).unwrap();
        let residual = anchor_residual::figures(&register, &anchors);
        assert!((residual.slope - case["slope"].as_f64().unwrap()).abs() < 1e-10);
        for want in case["houses"].as_array().unwrap() {
            let name = want[0].as_str().unwrap();
            let number = |i: usize| want[i].as_f64().unwrap();
            let got = model.houses.iter().find(|h| h.house.id == name).unwrap().leniency;
            assert!(
                (got.value - number(1)).abs() < 1e-4 && (got.sd - number(2)).abs() < 1e-3,
                "{name}"
            );
            let got = residual.houses.iter().find(|h| h.house.id == name).unwrap().mean;
            assert!((got - number(3)).abs() < 1e-10, "{name}");
        }
    }
}

// --- what must not matter --------------------------------------------------------------------------

#[test]
fn presence_only_and_order_change_nothing() {
    let w = world(20, 3);
    let before = figures(&w.register, &w.anchors).unwrap();
    let mut more = w.register.clone();
    more.wider_verdicts.reverse();
    for year in [1900, 1950] {
        let mut present = made::verdict(&format!("POL-{year}-P"), "Observer 01", "ngo", 0);
        present.scale = None;
        more.wider_verdicts.push(present.clone());
        present.observer = "Somebody new".to_owned();
        more.wider_verdicts.push(present);
    }
    assert_eq!(figures(&more, &w.anchors).unwrap(), before);
    let residual = |r: &Register| anchor_residual::figures(r, &w.anchors);
    assert_eq!(residual(&more), residual(&w.register));
}

#[test]
fn permuted_names_leave_nothing_clear() {
    let w = world(40, 4);
    let (mut clear, mut shown) = (0, 0);
    for run in 0..20 {
        let mut rng = rng::stream(run, "permuted names", 0);
        let mut register = w.register.clone();
        let n = register.wider_verdicts.len();
        for i in (1..n).rev() {
            let j = usize::try_from(sample::below(&mut rng, i as u64 + 1)).unwrap();
            let (a, b) = (
                register.wider_verdicts[i].observer.clone(),
                register.wider_verdicts[j].observer.clone(),
            );
            register.wider_verdicts[i].observer = b;
            register.wider_verdicts[j].observer = a;
        }
        let found = figures(&register, &w.anchors).unwrap().houses;
        clear += found.iter().filter(|h| h.is_clear()).count();
        shown += found.iter().filter(|h| h.enough()).count();
    }
    assert!(shown > 150 && clear * 33 < shown, "{clear} of {shown}");
}

#[test]
fn who_turns_critical_as_elections_turn_bad_is_not_harsh() {
    let (mut register, mut values) = (Register::default(), Vec::new());
    for at in 0..24_u16 {
        let (year, good) = (1990 + at, at < 12);
        values.push(("POL".to_owned(), year, if good { 1.0 } else { -2.0 }));
        let id = format!("POL-{year}-P");
        let steps = if good { [1, 0, 1] } else { [-2, -1, -2] };
        // The first observes all; the second leaves when elections turn bad, the third comes then.
        register.wider_verdicts.push(made::verdict(
            &id,
            "Turning",
            "ngo",
            steps[usize::from(at % 3)],
        ));
        let other = if good { "Early" } else { "Late" };
        register.wider_verdicts.push(made::verdict(
            &id,
            other,
            "ngo",
            steps[usize::from((at + 1) % 3)],
        ));
    }
    let anchors = Anchors::new("measure", values);
    let found = figures(&register, &anchors).unwrap().houses;
    let turning = found.iter().find(|h| h.house.id == "Turning").unwrap();
    assert!(turning.enough() && !turning.is_clear(), "{turning:?}");
    let residual = anchor_residual::figures(&register, &anchors).houses;
    let turning = residual.iter().find(|h| h.house.id == "Turning").unwrap();
    assert!(
        turning.interval.unwrap()[0] < 0.0 && turning.interval.unwrap()[1] > 0.0,
        "{turning:?}"
    );
}

#[test]
fn the_share_of_endorsements_is_what_the_model_has() {
    let w = world(60, 5);
    for h in figures(&w.register, &w.anchors).unwrap().houses.iter().filter(|h| h.enough()) {
        assert!((h.endorsing[0] - h.endorsing[1]).abs() < 0.15, "{h:?}");
    }
}

#[test]
fn dropping_the_measure_changes_ranks_little() {
    let Some(register) = seed::register("leniency::dropping_the_measure") else { return };
    let order = |anchors: &Anchors| -> Vec<String> {
        let found = figures(&register, anchors).unwrap().houses;
        found.into_iter().filter(|h| h.enough()).map(|h| h.house.id).collect()
    };
    let [with, without] = [order(&seed::anchors()), order(&Anchors::default())];
    assert_eq!((&with[0], with.len()), (&without[0], 3));
}

// --- refusals ------------------------------------------------------------------------------------

#[test]
fn fewer_than_five_verdicts_say_nothing() {
    let rows: Vec<_> = (0..4).map(|y| (format!("POL-{}-P", 2000 + y), "Alone", "ngo", 2)).collect();
    let rows: Vec<_> = rows.iter().map(|r| (r.0.as_str(), r.1, r.2, r.3)).collect();
    let register = made::judged(&rows);
    let anchors =
        Anchors::new("measure", (0..9).map(|y| ("POL".to_owned(), 2000 + y, f64::from(y))));
    assert!(leniency(&register, &anchors).refused.is_some());
    assert!(residuals(&register, &anchors).refused.is_some());
    assert!(leniency(&Register::default(), &anchors).refused.is_some());
    let mut enough = register.clone();
    enough.wider_verdicts.push(made::verdict("POL-2004-P", "Alone", "ngo", 1));
    enough.wider_verdicts.push(made::verdict("POL-2004-P", "Rare", "ngo", -2));
    let answer = leniency(&enough, &anchors);
    let rare =
        table(&answer, "leniency").rows.iter().map(|r| words(r)).find(|r| r[0] == "Rare").unwrap();
    assert_eq!(rare[2..], ["1", "too few verdicts", "", "", "", "", ""]);
    assert!(residuals(&enough, &Anchors::default()).refused.unwrap().contains("--anchor"));
    assert_sound(&answer);
}
