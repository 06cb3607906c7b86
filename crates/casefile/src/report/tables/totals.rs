//! `totals.csv`: the totals of every contest with their shares, beside the totals that the source declares.

use std::io;

use super::cells::{Cell, Table};
use crate::Examination;
use crate::report::sections;

/// The totals of every contest, beside declared ones.
pub(super) fn totals(examination: &Examination) -> io::Result<Vec<u8>> {
    let mut table = Table::new(&[
        "contest",
        "field",
        "name",
        "total",
        "stations without a value",
        "origin",
        "share of ballots cast",
        "share of valid votes",
        "declared",
        "difference",
        "declared by",
    ])?;
    for (result, contest) in examination.results.iter().zip(&examination.returns.contests) {
        for total in &result.totals {
            let key = total.field.map_or("choice", |f| f.key());
            let what = total.field.map_or(total.name.as_str(), |f| f.key());
            let declared = contest.declared_total(what);
            table.row(&[
                Cell::Text(&result.contest),
                Cell::Text(key),
                Cell::Text(&total.name),
                Cell::Count(total.total),
                Cell::size(total.missing),
                Cell::Text(sections::origin(total.origin)),
                Cell::Number(total.share),
                Cell::Number(total.share_of_valid),
                Cell::Count(declared.map(|d| d.value)),
                Cell::Count(declared.and_then(|d| total.total?.checked_sub(d.value))),
                Cell::Text(declared.map_or("", |d| &d.source)),
            ])?;
        }
    }
    table.bytes()
}
