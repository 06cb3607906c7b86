//! `findings.csv`: every answer of every screen, findings and refusals alike, one row each.

use std::io;

use glassurn_methods::battery::Tested;
use glassurn_model::Finding;

use super::cells::{Cell, Table};
use crate::Examination;
use crate::report::{chapters, figures};

/// Every answer of every screen.
pub(super) fn findings(examination: &Examination) -> io::Result<Vec<u8>> {
    let mut table = Table::new(&[
        "screen",
        "title",
        "contest",
        "choice",
        "level",
        "unit",
        "outcome",
        "used",
        "left out",
        "statistic",
        "value",
        "expected",
        "standard deviation",
        "p",
        "p is",
        "p, Holm",
        "p, Benjamini-Hochberg",
        "stands out",
        "effect",
        "size of the effect",
        "95 % from",
        "95 % to",
        "unit of the effect",
        "stations",
        "votes",
        "in words",
    ])?;
    for tested in &examination.screens {
        let (code, subject) = chapters::about(&tested.outcome);
        let (level, unit) = chapters::unit(subject).unwrap_or_default();
        let choice = subject.choice.as_deref().unwrap_or("");
        let about = [code, chapters::title(code), &subject.contest, choice, level, unit];
        table.cells(&about.map(Cell::Text))?;
        match tested.outcome.finding() {
            Some(finding) => finding_cells(&mut table, tested, finding)?,
            None => {
                let reason = chapters::refusal(tested).map(ToString::to_string).unwrap_or_default();
                table.cell(&Cell::Text("not applicable"))?;
                (0..18).try_for_each(|_| table.cell(&Cell::Text("")))?;
                table.row(&[Cell::Text(&reason)])?;
            }
        }
    }
    table.bytes()
}

/// The rest of a finding's row.
fn finding_cells(table: &mut Table, tested: &Tested, finding: &Finding) -> io::Result<()> {
    let Tested { holm, bh, stands_out, .. } = *tested;
    let headline = finding.measures.first();
    let effect = &finding.effect;
    let kind = finding.p.map(|p| figures::p_kind(p.kind)).unwrap_or_default();
    let unit = format!("{:?}", effect.unit).to_lowercase();
    table.row(&[
        Cell::Text("finding"),
        Cell::size(finding.used),
        Cell::size(finding.left_out_total()),
        Cell::Text(headline.map_or("", |m| &m.name)),
        Cell::Number(headline.map(|m| m.value)),
        Cell::Number(headline.and_then(|m| m.expected)),
        Cell::Number(headline.and_then(|m| m.sd)),
        Cell::Number(finding.p.map(|p| p.value)),
        Cell::Text(&kind),
        Cell::Number(holm),
        Cell::Number(bh),
        Cell::Text(match stands_out {
            Some(true) => "yes",
            Some(false) => "no",
            None => "",
        }),
        Cell::Text(&effect.name),
        Cell::Number(Some(effect.value)),
        Cell::Number(effect.interval.map(|i| i[0])),
        Cell::Number(effect.interval.map(|i| i[1])),
        Cell::Text(&unit),
        Cell::Number(effect.stations),
        Cell::Number(effect.votes),
        Cell::Text(&finding.plain),
    ])
}
