//! Parts that several pages share.

use glassurn_model::{Measure, Source};
use maud::{Markup, html};

use super::figures;

/// How many rows of each list are shown.
pub(super) const SHOWN: usize = 20;

/// The files that were read, with their fingerprints.
pub(super) fn sources(sources: &[Source]) -> Markup {
    html! {
        div.scroll tabindex="0" role="group" aria-label="Sources" { table {
            thead { tr {
                th scope="col" { "file" } th.n scope="col" { "size" } th.n scope="col" { "rows" }
                th scope="col" { "read as" } th scope="col" { "SHA-256 of the file" }
            } }
            tbody { @for source in sources.iter().take(SHOWN) { tr {
                th scope="row" { bdi { (source.name) } }
                td.n { (figures::bytes(source.bytes)) }
                td.n { (figures::count(i64::try_from(source.rows).unwrap_or(i64::MAX))) }
                td { (read_as(source)) }
                td.hash { @if source.sha256.is_empty() { "no file" } @else { (source.sha256) } }
            } } }
        } }
        (rest(sources.len(), "source", "sources"))
    }
}

/// Format, encoding and table of a source.
fn read_as(source: &Source) -> String {
    let inside: Vec<_> = source.format.iter().rev().map(String::as_str).collect();
    let format = inside.join(" in ");
    let encoding = source.encoding.clone();
    let table = source.table.as_ref().map(|t| format!("table {t}"));
    let parts = [Some(format).filter(|f| !f.is_empty()), encoding, table];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// A line that says how many more there are.
pub(super) fn rest(all: usize, one: &str, many: &str) -> Markup {
    html! { @if all > SHOWN {
        p.small { "And " (figures::some(all - SHOWN, one, many)) " more; the JSON and the tables list them." }
    } }
}

/// The figures of a finding beside what the null gives.
pub(super) fn measures(measures: &[Measure]) -> Markup {
    let optional =
        |v: Option<f64>, m: &Measure| v.map_or_else(String::new, |v| figures::bare(v, m.unit));
    let expected = measures.iter().any(|m| m.expected.is_some());
    let sd = measures.iter().any(|m| m.sd.is_some());
    html! {
        @if !measures.is_empty() {
            div.scroll tabindex="0" role="group" aria-label="Figures" { table {
                thead { tr {
                    th scope="col" { "figure" } th scope="col" { "symbol" } th.n scope="col" { "value" }
                    @if expected { th.n scope="col" { "expected" } }
                    @if sd { th.n scope="col" { "standard deviation" } }
                } }
                tbody { @for measure in measures { tr {
                    th scope="row" { (measure.name) }
                    td { (measure.symbol) }
                    td.n { (figures::bare(measure.value, measure.unit)) }
                    @if expected { td.n { (optional(measure.expected, measure)) } }
                    @if sd { td.n { (optional(measure.sd, measure)) } }
                } } }
            } }
        }
    }
}
