//! The account in a terminal: what may be said first, then each method's figures.

use glassurn_model::{Answer, Claim, ClaimClass, Measure, Verdict};

use super::super::figures;
use super::super::lines::{Out, cut, fitted, one_line};
use super::title;
use crate::Account;

/// How many claims stand at the top, how many figures under each method, and how many rows of a table.
const CLAIMS: usize = 5;
const MEASURES: usize = 6;
const ROWS: usize = 8;

/// The summary for a terminal of this many columns.
///
/// Whatever could steer the terminal in names that come from the inputs is made visible.
pub fn account_text(account: &Account, width: usize, colour: bool) -> String {
    let mut out = Out::new(width, colour);
    out.heading(&account.title, "");
    out.wrapped(&account.kind, "  ");
    for input in &account.inputs {
        let kind = input.kind.map(|k| format!(" ({})", k.title())).unwrap_or_default();
        let rows = input.sources.iter().map(|s| s.rows).fold(0, u64::saturating_add);
        let rows = || figures::some(usize::try_from(rows).unwrap_or(usize::MAX), "row", "rows");
        let size = input.stations.map_or_else(rows, |n| figures::some(n, "station", "stations"));
        out.wrapped(&format!("{}{kind}: {size}", input.name), "  ");
    }
    claims(&mut out, &account.headlines(CLAIMS), account.claims().len());
    let compares = account.claims().iter().any(|(_, c)| c.class == ClaimClass::OfficialFigure);
    // An account without a figure to contradict is an estimate: its figures are what was asked for.
    let telling = |a: &&Answer| {
        !compares || a.claims.iter().any(|c| c.verdict != Verdict::NotTested) || a.claims.is_empty()
    };
    for answer in account.answers.iter().filter(telling) {
        self::answer(&mut out, answer);
    }
    let silent = account.answers.iter().filter(|a| !telling(a)).count();
    if silent > 0 {
        out.lines.push(String::new());
        let answers = figures::some(silent, "answer tests", "answers test");
        out.line(&format!(
            "{answers} nothing that the inputs could contradict; they are in the report"
        ));
    }
    out.lines.push(String::new());
    out.wrapped(account.cannot_show, "");
    out.finish()
}

/// What may be said, strongest first, each beside what may not.
fn claims(out: &mut Out, claims: &[(&Answer, &Claim)], all: usize) {
    out.heading("What the evidence carries", "the strongest of each method first");
    if claims.is_empty() {
        out.line("  nothing: see why under each method");
    }
    for (answer, claim) in claims {
        out.wrapped(
            &format!("{} [{}, {}]", claim.headline, claim.verdict.title(), answer.method),
            "  ",
        );
        out.wrapped(&format!("does not show: {}", claim.unsupported), "      ");
    }
    if all > claims.len() {
        out.line(&format!("  and {} more in the report", all - claims.len()));
    }
}

/// One method's figures and the head of its first table.
fn answer(out: &mut Out, answer: &Answer) {
    out.heading(&format!("{} {}", answer.method, title(answer.method)), &answer.subject);
    if let Some(why) = &answer.refused {
        out.wrapped(&format!("not applicable: {why}"), "  ");
    }
    for measure in answer.measures.iter().take(MEASURES) {
        self::measure(out, measure);
    }
    if let Some(p) = answer.p {
        out.line(&format!("  {} ({})", figures::p_sentence(p.value), figures::p_kind(p.kind)));
    }
    if let Some(table) = answer.tables.first() {
        self::table(out, table);
    }
}

/// One figure.
fn measure(out: &mut Out, measure: &Measure) {
    let room = out.width.saturating_sub(30).min(60);
    let name = fitted(&one_line(&measure.name), room);
    out.line(&format!("  {name}  {}", figures::value(measure.value, measure.unit)));
}

/// The head of a table, cut to the terminal.
fn table(out: &mut Out, table: &glassurn_model::Table) {
    let text: Vec<Vec<String>> =
        std::iter::once(table.columns.iter().map(|c| c.name.clone()).collect())
            .chain(table.rows.iter().take(ROWS).map(|row| {
                row.iter()
                    .zip(&table.columns)
                    .map(|(c, h)| super::cells::shown(c, h.unit))
                    .collect()
            }))
            .collect();
    let widest = |at: usize| text.iter().filter_map(|r| r.get(at)).map(|c| c.chars().count()).max();
    let widths: Vec<usize> =
        (0..table.columns.len()).map(|at| widest(at).unwrap_or(0).min(28)).collect();
    for row in &text {
        let cells: Vec<String> =
            row.iter().zip(&widths).map(|(c, w)| fitted(&one_line(c), *w)).collect();
        let room = out.width - 2;
        out.line(&format!("  {}", cut(&cells.join("  "), room)));
    }
    if table.rows.len() > ROWS {
        out.line(&format!("  and {} rows more", figures::size(table.rows.len() - ROWS)));
    }
}
