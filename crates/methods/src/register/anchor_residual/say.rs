//! The answer of the comparison with a measure.

use glassurn_model::{Answer, Cell, Claim, IntervalRow, Measure, Picture, Table, Unit, Verdict};

use super::super::{
    anchors::Anchors,
    say::{self, fixed, some},
};
use super::{FEWEST, Figures, METHOD, Residual};

const UNSUPPORTED: &str = "That an observer is biased, or why: the measure is a judgement of experts, and observers \
    choose which elections they attend.";

pub(super) fn answer(subject: String, anchors: &Anchors, f: &Figures) -> Answer {
    let mut answer = Answer::new(METHOD.code, subject);
    answer.claims = vec![headline(anchors, f)];
    answer.measures = vec![
        Measure::plain("steps of the scale for one unit of the measure", "β", f.slope, Unit::None),
        Measure::plain("verdicts on elections with a value", "n", f.verdicts as f64, Unit::None),
    ];
    answer.tables = vec![table(f)];
    answer.pictures.push(picture(f));
    answer.notes = notes(f);
    answer
}

/// The house with its interval, in words.
fn shown(r: &Residual, [low, high]: [f64; 2]) -> String {
    format!("{} {} ({} to {})", r.house.name, fixed(r.mean, 1), fixed(low, 1), fixed(high, 1))
}

fn headline(anchors: &Anchors, f: &Figures) -> Claim {
    let measured: Vec<_> =
        f.houses.iter().filter_map(|r| r.interval.map(|i| shown(r, i))).collect();
    let headline = format!(
        "Distance of verdicts from {}, in steps of the scale, beside the mean of all observers: {}.",
        anchors.name,
        measured.join("; ")
    );
    let base = format!("observers with at least {FEWEST} verdicts on elections with a value");
    let limits = [
        "The distance is relative: above 0 is kinder than the mean of the observers listed, not than the truth.",
        "The interval takes an observer's elections as if drawn from many like them.",
    ];
    say::claim(Verdict::Estimated, headline, base, &limits, UNSUPPORTED)
}

fn table(f: &Figures) -> Table {
    let row = |r: &Residual| {
        let figure = |v: f64| Cell::Text(fixed(v, 2));
        let few = || Cell::from("too few verdicts");
        vec![
            Cell::from(r.house.name.as_str()),
            Cell::from(r.house.group.title()),
            Cell::from(r.verdicts),
            r.interval.map_or_else(few, |_| figure(r.mean)),
            r.interval.map_or(Cell::Missing, |i| figure(i[0])),
            r.interval.map_or(Cell::Missing, |i| figure(i[1])),
        ]
    };
    let mut houses: Vec<&Residual> = f.houses.iter().collect();
    houses.sort_by_key(|r| r.interval.is_none());
    let columns = ["observer", "group", "verdicts", "distance", "low", "high"];
    let title = "Mean distance of verdicts from the line on the measure, with 95 % intervals";
    say::table("residuals", title, &columns, houses.into_iter().map(row).collect())
}

fn picture(f: &Figures) -> Picture {
    let row = |r: &Residual| {
        r.interval.map(|[low, high]| IntervalRow {
            label: r.house.name.clone(),
            estimate: Some(r.mean),
            low,
            high,
            mark: Some(0.0),
        })
    };
    Picture::Intervals {
        title: "Distance of verdicts from the independent measure".to_owned(),
        axis: "steps of the scale; above 0 is kinder than the observers' mean".to_owned(),
        unit: Unit::None,
        rows: f.houses.iter().filter_map(row).collect(),
    }
}

fn notes(f: &Figures) -> Vec<String> {
    let few = f.houses.iter().filter(|r| r.interval.is_none()).count();
    let mut notes = vec![format!(
        "{} with fewer than {FEWEST} such verdicts: nothing is said of them.",
        some(few, "observer", "observers")
    )];
    if f.assumed {
        notes.push("No observer judged elections of different value: one unit of the measure was taken as one step.".to_owned());
    }
    notes
}
