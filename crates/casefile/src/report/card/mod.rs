//! An account on one page, to be printed, pinned up or sent: the strongest sentence with its class, its base
//! and the reading that it does not carry, how many stations, the questions that will be asked, and how to
//! make it again. It chooses and formats; what nobody stated is said to be not stated.

mod questions;
mod stations;
#[cfg(test)]
mod tests;

use glassurn_model::{Answer, Claim, IntervalRow, Picture, Unit};
use maud::{Markup, html};

use super::account::capital;
use super::{figures, page, svg};
use crate::Account;
use crate::account::Input;

/// The only style of the page.
const STYLE: &str = include_str!("card.css");

/// How many letters of a sentence fit; longer ones (they hold names from files) are cut, and say so.
const LETTERS: usize = 640;
/// A sentence of more letters is set smaller.
const LONG: usize = 240;
/// How many rows of figures, further sentences and files are listed.
const ROWS: usize = 5;
const ALSO: usize = 2;
const FILES: usize = 5;

/// The account as one self-contained page of A4.
pub fn account_card(account: &Account) -> String {
    let body = body(account).into_string();
    // So that a page of long names stays one page: the more letters, the smaller.
    let size = match body.len() {
        0..4_300 => "roomy",
        4_300..5_400 => "dense",
        5_400..8_000 => "small",
        _ => "tight",
    };
    let sheet = html! { main.sheet.(size) { (maud::PreEscaped(body)) } };
    page::styled(STYLE, &account.title, &account.program, &sheet)
}

fn body(account: &Account) -> Markup {
    let claims = account.headlines(1 + ALSO);
    html! {
        header {
            p.kind { (account.kind) }
            h1 { (text(&account.title)) }
        }
        @match claims.split_first() {
            None => section.claim { p.headline { "The inputs carry no claim; the report says why, method by method." } }
            Some(((answer, claim), others)) => {
                (headline(claim))
                (not_shown(account, claim))
                div.two[account.coverage.is_some()] { (figures_of(account, answer)) (stations::section(account, answer)) }
                @let asked = questions::asked(account, claim);
                (questions::section(&asked))
                (also(others, &asked))
            }
        }
        (again(account))
    }
}

/// A text from the inputs at a length that fits.
fn text(text: &str) -> Markup {
    let bound = figures::bound(text);
    let cut = bound.chars().count() > LETTERS;
    let kept: String = bound.chars().take(if cut { LETTERS - 40 } else { LETTERS }).collect();
    html! { bdi { (kept) @if cut { " … (cut; the report has it whole)" } } }
}

/// A fragment as a sentence.
fn sentence(text: &str) -> String {
    let text = capital(text.trim());
    if text.ends_with(['.', '!', '?']) { text } else { text + "." }
}

/// The sentence, with what it is about, its base and what must hold.
fn headline(claim: &Claim) -> Markup {
    html! {
        section.claim {
            p.verdict { strong { (capital(claim.verdict.title())) } " · " (claim.class.title()) }
            p.headline.long[claim.headline.chars().count() > LONG] { (text(&claim.headline)) }
            p { strong { "Base: " } (text(&claim.base)) }
            @if !claim.limits.is_empty() { p { strong { "Holds if: " } (text(&claim.limits.join("; "))) } }
        }
    }
}

fn not_shown(account: &Account, claim: &Claim) -> Markup {
    html! {
        section.not {
            h2 { "What this does not show" }
            p { strong { (text(&sentence(&claim.unsupported))) } }
            @for note in &account.notes { p { (text(note)) } }
            p { (account.cannot_show) }
        }
    }
}

/// What else the evidence carries, but for what stands among the questions.
fn also(others: &[(&Answer, &Claim)], asked: &questions::Asked) -> Markup {
    let said =
        |c: &&(&Answer, &Claim)| asked.iter().any(|(_, lines)| lines.contains(&c.1.headline));
    let others: Vec<_> = others.iter().filter(|c| !said(c)).collect();
    html! {
        @if !others.is_empty() {
            section { h2 { "Also carried" } ul { @for (_, claim) in others {
                li { strong { (capital(claim.verdict.title())) ": " } (text(&claim.headline)) }
            } } }
        }
    }
}

/// Intervals of shares: title, axis, unit and rows.
type Shares<'a> = (&'a str, &'a str, Unit, &'a [IntervalRow]);

fn shares(picture: &Picture) -> Option<Shares<'_>> {
    match picture {
        Picture::Intervals { title, axis, unit, rows } if *unit != Unit::Votes => {
            Some((title, axis, *unit, rows))
        }
        _ => None,
    }
}

/// The intervals with the stated figures beside them, or the figures of the sentence.
fn figures_of(account: &Account, answer: &Answer) -> Markup {
    let own = answer.pictures.iter().find_map(shares);
    // Of other answers only those that set something official beside their intervals.
    let mut beside = account.answers.iter().flat_map(|a| &a.pictures).filter_map(shares);
    let found = own.or_else(|| beside.find(|f| f.3.iter().any(|r| r.mark.is_some())));
    html! {
        section {
            h2 { "The figures" }
            @match found {
                Some((title, axis, unit, rows)) => {
                    @let shown = &rows[..rows.len().min(ROWS)];
                    (svg::intervals(title, axis, unit, shown))
                    (intervals(unit, shown))
                    @if rows.len() > ROWS { p.small { "And " (rows.len() - ROWS) " more in the report." } }
                }
                None => (measures(answer)),
            }
        }
    }
}

/// Each interval, and whether the stated figure is inside.
fn intervals(unit: Unit, rows: &[IntervalRow]) -> Markup {
    let bare =
        |v: Option<f64>| v.map_or_else(|| "not stated".to_owned(), |v| figures::bare(v, unit));
    let inside = |r: &IntervalRow| match r.mark {
        None => "not stated",
        Some(mark) if (r.low..=r.high).contains(&mark) => "inside",
        Some(_) => "outside",
    };
    html! { table {
        thead { tr {
            th scope="col" { "of" } th scope="col" { "estimate" } th scope="col" { "interval" }
            th scope="col" { "official" } th scope="col" { "official is" }
        } }
        tbody { @for row in rows { tr {
            th scope="row" { (text(&row.label)) }
            td { (bare(row.estimate)) }
            td { (bare(Some(row.low))) " to " (bare(Some(row.high))) }
            td { (bare(row.mark)) }
            td { (inside(row)) }
        } } }
    } }
}

fn measures(answer: &Answer) -> Markup {
    html! {
        table { tbody { @for m in answer.measures.iter().take(ROWS) { tr {
            th scope="row" { (text(&m.name)) } td { (figures::value(m.value, m.unit)) }
        } } } }
        p.small { "No interval: this sentence rests on counts, not on an estimate." }
    }
}

/// The version, the files and the command.
fn again(account: &Account) -> Markup {
    let named = |i: &Input| {
        let sources = i.sources.iter();
        sources.map(|s| (s.name.clone(), s.sha256.clone())).collect::<Vec<_>>()
    };
    let files: Vec<_> = account.inputs.iter().flat_map(named).collect();
    html! {
        section.again {
            h2 { "How to make it again" }
            p { "Glassurn " (account.program) " with the same files writes the same figures:" }
            pre { code { (text(&account.command)) } }
            table { tbody { @for (name, sha256) in files.iter().take(FILES) { tr {
                th scope="row" { (text(name)) }
                td.hash { @if sha256.is_empty() { "no file" } @else { "SHA-256 " (sha256) } }
            } } } }
            @if files.len() > FILES { p.small { "And " (files.len() - FILES) " files more in the report." } }
        }
    }
}
