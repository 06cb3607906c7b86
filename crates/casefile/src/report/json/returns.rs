//! The returns as the envelope shows them: sources, levels, what was set aside or is odd, and the columns of
//! every contest with the totals that its source declares.

use std::collections::BTreeMap;

use glassurn_model::{
    Column, Contest, CountKind, Earlier, Field, OddityKind, Partners, Source, Tally,
};
use serde::Serialize;

use super::listed::Listed;
use super::place::At;
use crate::Examination;

#[derive(Serialize)]
pub(super) struct Returns<'a> {
    title: &'a str,
    stations: usize,
    levels: Vec<Level<'a>>,
    sources: Listed<&'a Source>,
    set_aside: Listed<SetAside<'a>>,
    oddities: Listed<Oddity<'a>>,
    notes: &'a [String],
    contests: Vec<ContestView<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    earlier: Option<EarlierView<'a>>,
}

impl<'a> Returns<'a> {
    pub(super) fn of(examination: &'a Examination) -> Self {
        let returns = &examination.returns;
        let levels = returns.stations.levels.iter();
        Returns {
            title: &returns.title,
            stations: returns.stations.len(),
            levels: levels.map(|l| Level { name: &l.name, units: l.units.len() }).collect(),
            sources: Listed::of(returns.sources.iter()),
            set_aside: Listed::of(returns.set_aside.iter().map(|row| SetAside {
                at: At::place(examination, row.place),
                label: &row.label,
                reason: &row.reason,
            })),
            oddities: Listed::of(returns.oddities.iter().map(|cell| Oddity {
                at: At::place(examination, cell.place),
                column: &cell.column,
                text: &cell.text,
                kind: cell.kind,
            })),
            notes: &returns.notes,
            contests: returns.contests.iter().map(ContestView::of).collect(),
            earlier: returns.earlier.as_ref().map(EarlierView::of),
        }
    }
}

/// The earlier election that was set beside the stations.
#[derive(Serialize)]
struct EarlierView<'a> {
    title: &'a str,
    sources: Listed<&'a Source>,
    contests: Vec<&'a str>,
    partners: Partners,
}

impl<'a> EarlierView<'a> {
    fn of(earlier: &'a Earlier) -> Self {
        EarlierView {
            title: &earlier.title,
            sources: Listed::of(earlier.sources.iter()),
            contests: earlier.contests.iter().map(|c| c.name.as_str()).collect(),
            partners: earlier.partners,
        }
    }
}

#[derive(Serialize)]
struct Level<'a> {
    name: &'a str,
    units: usize,
}

#[derive(Serialize)]
struct SetAside<'a> {
    #[serde(flatten)]
    at: At<'a>,
    label: &'a str,
    reason: &'a str,
}

#[derive(Serialize)]
struct Oddity<'a> {
    #[serde(flatten)]
    at: At<'a>,
    column: &'a str,
    text: &'a str,
    kind: OddityKind,
}

/// A contest's columns; its totals stand under `results`.
#[derive(Serialize)]
struct ContestView<'a> {
    name: &'a str,
    kind: CountKind,
    exhaustive: bool,
    fields: &'a BTreeMap<Field, Column>,
    choices: &'a [Column],
    extras: &'a [Column],
    declared: Vec<Declared<'a>>,
}

impl<'a> ContestView<'a> {
    fn of(contest: &'a Contest) -> Self {
        let declared = |tally: &'a Tally| {
            let sum = contest.total(&tally.what);
            let comparable = sum.filter(|_| tally.is_of_all_stations());
            let difference = comparable.and_then(|s| s.checked_sub(tally.value));
            Declared { tally, sum, difference }
        };
        ContestView {
            name: &contest.name,
            kind: contest.kind,
            exhaustive: contest.exhaustive,
            fields: &contest.fields,
            choices: &contest.choices,
            extras: &contest.extras,
            declared: contest.declared.iter().map(declared).collect(),
        }
    }
}

#[derive(Serialize)]
struct Declared<'a> {
    #[serde(flatten)]
    tally: &'a Tally,
    sum: Option<i64>,
    difference: Option<i64>,
}
