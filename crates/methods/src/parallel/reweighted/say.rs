//! What the weights change, in words.

use glassurn_model::{Answer, Cell, Claim, ClaimClass, Heading, Measure, Table, Unit, Verdict};

use super::{Figures, METHOD, Margin, Reweighted};
use crate::phrase::{count, number};

/// The answer.
pub(super) fn answer(ask: &Reweighted<'_>, f: &Figures) -> Answer {
    let mut answer = Answer::new(METHOD.code, ask.subject);
    answer.claims = claim(ask, f).into_iter().collect();
    answer.measures = measures(f);
    answer.left_out.clone_from(&f.left_out);
    answer.tables = vec![choices(ask, f)];
    answer.tables.extend(ask.margins.iter().zip(&f.in_hand).map(|(m, h)| groups(ask, m, h)));
    answer.notes = vec![
        "No point estimate of the result is given. Weighting corrects how the groups are represented, and nothing within a group; nothing here was drawn at random, so there is no margin of error either."
            .to_owned(),
    ];
    answer
}

/// The choice with most weighted votes.
fn first(f: &Figures) -> Option<usize> {
    (0..f.weighted.len()).max_by(|a, b| f.weighted[*a].total_cmp(&f.weighted[*b]))
}

/// What weighting moves; the weighted shares themselves stand in the table alone, because a sentence with
/// such a share is read as the result.
fn claim(ask: &Reweighted<'_>, f: &Figures) -> Option<Claim> {
    let moved = f.weighted.iter().zip(&f.plain).map(|(w, p)| w - p);
    let (at, most) = moved.enumerate().max_by(|a, b| a.1.abs().total_cmp(&b.1.abs()).then(b.0.cmp(&a.0)))?;
    let choice = ask.choices.get(at)?;
    let by = ask.margins.iter().map(|m| m.name.as_str()).collect::<Vec<_>>().join(" and ");
    let direction = if most < 0.0 { "down" } else { "up" };
    Some(Claim {
        class: ClaimClass::TrueShare,
        verdict: Verdict::NotTested,
        headline: format!(
            "Corrects known composition only: weighting what is in hand to the known {} by {by} moves the share of {choice} {direction} by {:.2} points, and no other share by more.",
            ask.control,
            100.0 * most.abs()
        ),
        base: format!(
            "{} {} in {} units in hand, as informative as {} equally weighted ones",
            number(f.total as f64),
            ask.base,
            count(f.used),
            number(f.effective)
        ),
        limits: vec![
            "the counts in hand are authentic".to_owned(),
            format!("within each {by}, what is in hand is like what is not"),
            "the control totals are right".to_owned(),
        ],
        unsupported: "that the weighted shares are the true ones, or nearer to them than the plain sums: where those in hand differ from the others of their own group, weighting leaves the error or adds to it".to_owned(),
    })
}

fn measures(f: &Figures) -> Vec<Measure> {
    let mut measures = Vec::new();
    if let Some(at) = first(f) {
        measures.push(Measure::plain("share in hand, weighted to known composition only", "p_w", f.weighted[at], Unit::Share));
        measures.push(Measure::plain("share in hand, plain sum", "p", f.plain[at], Unit::Share));
    }
    measures.extend([
        Measure::plain("effective number of units", "n_e", f.effective, Unit::None),
        Measure::plain("units in hand", "n", f.used as f64, Unit::None),
        Measure::plain("largest over smallest weight", "r", f.ratio, Unit::None),
        Measure::plain("rounds until the margins hold", "k", f.rounds as f64, Unit::None),
    ]);
    measures
}

fn choices(ask: &Reweighted<'_>, f: &Figures) -> Table {
    let row = |((choice, plain), weighted): ((&String, &f64), &f64)| {
        vec![choice.as_str().into(), (*plain).into(), (*weighted).into(), (weighted - plain).into()]
    };
    Table {
        name: "choices",
        title: "Shares in hand before and after weighting: no estimates of the result".to_owned(),
        columns: vec![
            Heading::new("choice", Unit::None),
            Heading::new("plain sum", Unit::Share),
            Heading::new("weighted", Unit::Share),
            Heading::new("difference", Unit::Points),
        ],
        rows: ask.choices.iter().zip(&f.plain).zip(&f.weighted).map(row).collect(),
    }
}

fn groups(ask: &Reweighted<'_>, margin: &Margin, in_hand: &[f64]) -> Table {
    let row = |((name, total), held): (&(String, i64), &f64)| {
        let part = (*total > 0).then(|| held / *total as f64);
        vec![name.as_str().into(), (*held).into(), (*total).into(), Cell::from(part)]
    };
    let mut rows: Vec<_> = margin.groups.iter().zip(in_hand).collect();
    // Least covered first: there the weighting leans on least.
    let part = |(group, held): &(&(String, i64), &f64)| **held / group.1.max(1) as f64;
    rows.sort_by(|a, b| part(a).total_cmp(&part(b)));
    Table {
        name: "groups",
        title: format!("What is in hand, by {}", margin.name),
        columns: vec![
            Heading::new(margin.name.as_str(), Unit::None),
            Heading::new(format!("{} in hand", ask.control), Unit::None),
            Heading::new(format!("{} in all", ask.control), Unit::None),
            Heading::new("covered", Unit::Share),
        ],
        rows: rows.into_iter().map(row).collect(),
    }
}
