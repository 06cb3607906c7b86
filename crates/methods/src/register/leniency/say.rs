//! The answer of the model.

use glassurn_model::{Answer, Cell, Claim, IntervalRow, Measure, Picture, Table, Unit, Verdict};

use super::super::{
    anchors::Anchors,
    say::{self, fixed, some},
};
use super::{FEWEST, Figures, Leniency, METHOD};

const UNSUPPORTED: &str = "That an observer is dishonest, or that an election was good or bad: the model measures \
    observers against each other, and no election is judged by it.";

pub(super) fn answer(anchors: &Anchors, f: &Figures) -> Answer {
    let subject = format!(
        "{} on {}, {} with a value of the measure",
        some(f.verdicts, "verdict", "verdicts"),
        some(f.elections, "election", "elections"),
        f.anchored
    );
    let mut answer = Answer::new(METHOD.code, subject);
    answer.claims = vec![headline(f)];
    answer.measures = measures(f);
    answer.tables = vec![table(f)];
    answer.pictures.push(picture(f));
    answer.notes = notes(anchors, f);
    answer
}

fn shown(l: &Leniency) -> String {
    let [low, high] = l.interval();
    format!("{} {} ({} to {})", l.house.name, fixed(l.leniency.value, 1), fixed(low, 1), fixed(high, 1))
}

fn headline(f: &Figures) -> Claim {
    let enough: Vec<_> = f.houses.iter().filter(|l| l.enough()).collect();
    let clear: Vec<_> = enough.iter().filter(|l| l.is_clear()).map(|l| shown(l)).collect();
    let headline = if clear.is_empty() {
        format!(
            "Of {} with at least {FEWEST} verdicts none can be told from the others.",
            some(enough.len(), "observer", "observers")
        )
    } else {
        format!(
            "{} {} with at least {FEWEST} verdicts {} clear of zero: {}.",
            // Without a measure of the elections zero is only the middle of these observers.
            if f.anchored == 0 { "Set beside each other alone, without an independent measure of the elections, of" } else { "Of" },
            some(enough.len(), "observer", "observers"),
            if clear.len() == 1 { "one stands".to_owned() } else { format!("{} stand", clear.len()) },
            clear.join("; ")
        )
    };
    let base = format!(
        "{} by {} of {}",
        some(f.verdicts, "verdict", "verdicts"),
        some(f.houses.len(), "observer", "observers"),
        some(f.elections, "election", "elections")
    );
    let limits = [
        "Leniency is relative: 0 is the middle of what is held of observers beforehand, not the truth.",
        "The model holds: one quality of each election, seen by all, to which each observer adds its own leniency.",
    ];
    say::claim(Verdict::Estimated, headline, base, &limits, UNSUPPORTED)
}

fn measures(f: &Figures) -> Vec<Measure> {
    let plain = |name: &str, symbol, n: usize| Measure::plain(name, symbol, n as f64, Unit::None);
    let clear = f.houses.iter().filter(|l| l.is_clear()).count();
    let enough = f.houses.iter().filter(|l| l.enough()).count();
    vec![
        plain("observers with enough verdicts", "M", enough),
        plain("of these, clear of zero", "M_0", clear),
        plain("verdicts", "n", f.verdicts),
        plain("elections", "N", f.elections),
        plain("elections with a value of the measure", "N_a", f.anchored),
    ]
}

fn table(f: &Figures) -> Table {
    let row = |l: &Leniency| {
        let figure = |v: f64| if l.enough() { Cell::Text(fixed(v, 2)) } else { Cell::Missing };
        let [low, high] = l.interval();
        let [counted, expected] = l.endorsing;
        vec![
            Cell::from(l.house.name.as_str()),
            Cell::from(l.house.group.title()),
            Cell::from(l.verdicts),
            if l.enough() { figure(l.leniency.value) } else { Cell::from("too few verdicts") },
            figure(l.leniency.sd),
            figure(low),
            figure(high),
            figure(counted),
            figure(expected),
        ]
    };
    let mut houses: Vec<&Leniency> = f.houses.iter().collect();
    houses.sort_by_key(|l| !l.enough());
    let columns = ["observer", "group", "verdicts", "leniency", "sd", "low", "high", "share of +2", "by the model"];
    let title = "Leniency of observers with 95 % intervals, relative to each other";
    say::table("leniency", title, &columns, houses.into_iter().map(row).collect())
}

fn picture(f: &Figures) -> Picture {
    let row = |l: &Leniency| {
        let [low, high] = l.interval();
        IntervalRow {
            label: l.house.name.clone(),
            estimate: Some(l.leniency.value),
            low,
            high,
            mark: Some(0.0),
        }
    };
    Picture::Intervals {
        title: "Leniency of observers with enough verdicts".to_owned(),
        axis: "leniency; 0 is the middle of what is held beforehand".to_owned(),
        unit: Unit::None,
        rows: f.houses.iter().filter(|l| l.enough()).map(row).collect(),
    }
}

fn notes(anchors: &Anchors, f: &Figures) -> Vec<String> {
    let few = f.houses.iter().filter(|l| !l.enough()).count();
    let measure = if anchors.is_empty() {
        "No independent measure was given: quality is held to be the same for all elections beforehand, and observers \
         that choose bad elections look harsher than they are."
            .to_owned()
    } else {
        format!("Quality is held to follow {} where it has a value.", anchors.name)
    };
    vec![
        format!(
            "{} with fewer than {FEWEST} verdicts took part in the fit; nothing is said of them.",
            some(few, "observer", "observers")
        ),
        measure,
        "Verdicts collected from reports of disagreement make observers look further apart than they are.".to_owned(),
    ]
}
