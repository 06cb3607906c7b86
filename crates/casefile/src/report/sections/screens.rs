//! Section 4: what the screens found, strongest first, each with its pictures, its figures, its innocent
//! causes and its limits; then what could not run.

use std::collections::BTreeMap;

use glassurn_methods::battery::Tested;
use glassurn_methods::{Family, Meta, Status};
use glassurn_model::Finding;
use maud::{Markup, html};

use super::super::chapters::{self, Chapter, Kind};
use super::super::parts::measures;
use super::super::{LISTED, figures, markdown, pictures, svg, trust};
use crate::Examination;

pub(super) const TITLE: &str = "What the screens found, strongest first";

/// How many units a ranking draws.
const RANKED: usize = 20;

/// How many chapters have their pictures and texts in full; the rest is a table.
const IN_FULL: usize = 40;

pub(super) fn body(examination: &Examination) -> Markup {
    let chapters = chapters::chapters(examination);
    let (refused, found): (Vec<_>, Vec<_>) = chapters.iter().partition(|c| c.kind() == Kind::Refused);
    let (full, brief) = found.split_at(found.len().min(IN_FULL));
    let first_of_screen = |at: usize| full[..at].iter().all(|c| c.code != full[at].code);
    html! {
        (how_to_read(examination))
        @if found.is_empty() { p { "No screen has a finding." } }
        @for (at, chapter) in full.iter().enumerate() { (self::chapter(examination, chapter, first_of_screen(at))) }
        @if !brief.is_empty() { (the_rest(brief)) }
        @if !refused.is_empty() { (could_not_run(&refused)) }
    }
}

/// What a reader must know before the first p-value.
fn how_to_read(examination: &Examination) -> Markup {
    let mut families: BTreeMap<Family, usize> = BTreeMap::new();
    let tested = || chapters::findings(examination).filter(|(_, f)| f.p.is_some());
    for family in tested().filter_map(|(_, f)| chapters::screen(f.screen)).map(|m| m.family) {
        *families.entry(family).or_default() += 1;
    }
    let named: Vec<_> = families.iter().map(|(f, n)| format!("{} {}", f.title(), figures::size(*n))).collect();
    html! {
        p {
            (figures::some(chapters::tests(examination), "test was", "tests were")) " run"
            @if !named.is_empty() { " (" (named.join(", ")) ")" }
            ". A p-value is the chance, if the null hypothesis of the screen held, of a result at least as far from it. "
            "Among many tests some p-values are small by chance; therefore each stands beside its value adjusted for "
            "their number: Holm’s within the screen’s family, and Benjamini and Hochberg’s over all tests. "
            "What stands out comes first, and before all what was found by a screen that no honest election "
            "misled when it was measured; then results are ordered by the adjusted p, by p, and by the size of "
            "what was measured."
        }
    }
}

/// One screen on one contest and choice.
fn chapter(examination: &Examination, chapter: &Chapter<'_>, with_texts: bool) -> Markup {
    let meta = chapters::screen(chapter.code);
    html! {
        article.chapter {
            h3 { span.code { (chapter.code) } (chapters::title(chapter.code)) ": " (subject(chapter)) }
            @if chapter.kind() == Kind::StandsOut { p.stands-out { strong { "Stands out: needs explaining." }
                " Which explanations are innocent, and what else looks the same, stands below." } }
            @if let Some(meta) = meta { p.small {
                (meta.form().question())
                @if meta.status == Status::Trial && trust::standing(meta.code).is_none() { " A screen on trial: its error rates are not documented yet." }
            } }
            @match chapter.whole.and_then(|t| Some((t, t.outcome.finding()?))) {
                Some((tested, finding)) => {
                    (whole(tested, finding, &trust::sentences(examination, chapter.code, chapter.contest)))
                },
                None => { p { "For all stations together the screen gave no finding"
                    @if let Some(reason) = chapter.whole.and_then(chapters::refusal) { ": " bdi { (reason) } } "." } },
            }
            (rankings(chapter))
            @if let Some(meta) = meta { (limits(meta, with_texts)) }
        }
    }
}

/// The contest and the choice in focus.
fn subject(chapter: &Chapter<'_>) -> Markup {
    html! {
        @if let Some(choice) = chapter.choice { bdi { (choice) } ", " }
        bdi { (chapter.contest) }
    }
}

/// The finding for all stations.
fn whole(tested: &Tested, finding: &Finding, trust: &[String]) -> Markup {
    html! {
        p.plain { bdi { (figures::bound(&finding.plain)) } }
        (facts(tested, finding))
        (how_far(trust))
        @if !finding.pictures.is_empty() {
            div.pictures { @for picture in &finding.pictures { (pictures::figure(picture)) } }
        }
        (measures(&finding.measures))
        @if !finding.caveats.is_empty() {
            h4 { "To know about this result" }
            ul { @for caveat in &finding.caveats { li { (caveat.text()) } } }
        }
    }
}

/// What the screen did where the truth is known.
fn how_far(sentences: &[String]) -> Markup {
    html! { @if !sentences.is_empty() {
        h4 { "How far to trust it" }
        ul { @for sentence in sentences { li { (sentence) } } }
    } }
}

/// Effect, p-values and what was used.
fn facts(tested: &Tested, finding: &Finding) -> Markup {
    html! {
        dl.facts {
            dt { (finding.effect.name) } dd { (figures::effect(&finding.effect)) }
            @if let Some(p) = finding.p {
                dt { "p" } dd { (figures::p(p.value)) " (" (figures::p_kind(p.kind)) ")" }
                dt { "p, adjusted" } dd { (adjusted(tested)) }
            } @else {
                dt { "p" } dd { "none: this screen describes and tests nothing" }
            }
            dt { "used" } dd { (figures::some(finding.used, "station", "stations")) }
            dt { "left out" } dd { (left_out(finding)) }
        }
    }
}

/// Both adjusted values, in words.
fn adjusted(tested: &Tested) -> String {
    let value = |v: Option<f64>| v.map_or_else(|| "not computed".to_owned(), figures::p);
    format!("Holm, within the family: {}; Benjamini-Hochberg, over all tests: {}", value(tested.holm), value(tested.bh))
}

/// What was left out, by reason.
fn left_out(finding: &Finding) -> Markup {
    html! {
        @if finding.left_out.is_empty() { "none" }
        @for (i, left) in finding.left_out.iter().take(8).enumerate() {
            @if i > 0 { "; " } (figures::size(left.stations)) ": " bdi { (left.why) }
        }
        @if finding.left_out.len() > 8 { "; and others" }
    }
}

/// The units of each level, ranked.
fn rankings(chapter: &Chapter<'_>) -> Markup {
    let mut levels: Vec<(&str, Vec<(&str, &Tested)>)> = Vec::new();
    for tested in &chapter.units {
        let Some((level, unit)) = chapters::unit(chapters::about(&tested.outcome).1) else { continue };
        match levels.iter_mut().find(|(name, _)| *name == level) {
            Some((_, units)) => units.push((unit, tested)),
            None => levels.push((level, vec![(unit, tested)])),
        }
    }
    html! { @for (level, units) in &levels { (ranking(chapter, level, units)) } }
}

/// The units of one level: the strongest drawn, all in a table, the refusals counted.
fn ranking(chapter: &Chapter<'_>, level: &str, units: &[(&str, &Tested)]) -> Markup {
    let found: Vec<(&str, &Tested, &Finding)> =
        units.iter().filter_map(|(unit, t)| Some((*unit, *t, t.outcome.finding()?))).collect();
    let Some((_, _, first)) = found.first() else { return refusals(units) };
    let unit = first.effect.unit;
    let rows: Vec<svg::Row<'_>> = found
        .iter()
        .take(RANKED)
        .map(|(name, tested, finding)| svg::Row {
            name,
            value: finding.effect.value,
            interval: finding.effect.interval,
            note: tested.bh.map_or_else(String::new, figures::p),
        })
        .collect();
    let title = format!("{} by {level}: {}", chapters::title(chapter.code), first.effect.name);
    let first_are = if first.p.is_some() { "strongest" } else { "largest" };
    let caption = match found.len() {
        n if n > RANKED => format!("{title} (the {RANKED} {first_are} of {n})"),
        _ => title,
    };
    let note = if first.p.is_some() { "p, adjusted" } else { "" };
    let drawing = svg::ranking(&caption, &first.effect.name, note, &rows, &|v| figures::bare(v, unit));
    let head = [level, &first.effect.name, "95 % interval", "p", "p, adjusted over all tests", "stations used"];
    html! {
        div.pictures {
            (pictures::framed(&caption, &drawing, &html! {}, &pictures::numbers(&caption, &head, &table(&found))))
        }
        (refusals(units))
    }
}

/// The rows behind a ranking.
fn table(found: &[(&str, &Tested, &Finding)]) -> Vec<Vec<String>> {
    let row = |(name, tested, finding): &(&str, &Tested, &Finding)| {
        let effect = &finding.effect;
        let ends = effect.interval.map(|i| i.map(|v| figures::bare(v, effect.unit)).join(" to "));
        let p = finding.p.map(|p| figures::p(p.value));
        let bh = tested.bh.map(figures::p);
        let optional = [ends, p, bh].map(Option::unwrap_or_default);
        let first = [(*name).to_owned(), figures::bare(effect.value, effect.unit)];
        first.into_iter().chain(optional).chain([figures::size(finding.used)]).collect()
    };
    found.iter().take(3 * LISTED).map(row).collect()
}

/// How many units could not be looked at, by reason.
fn refusals(units: &[(&str, &Tested)]) -> Markup {
    let mut reasons: BTreeMap<String, usize> = BTreeMap::new();
    for reason in units.iter().filter_map(|(_, t)| chapters::refusal(t)) {
        *reasons.entry(reason.to_string()).or_default() += 1;
    }
    let all: usize = reasons.values().sum();
    html! {
        @if all > 0 { p.small {
            "Not applicable to " (figures::some(all, "unit", "units")) ": "
            @for (i, (reason, n)) in reasons.iter().take(5).enumerate() {
                @if i > 0 { "; " } bdi { (reason) } " (" (figures::size(*n)) ")"
            }
            @if reasons.len() > 5 { "; and other reasons" } "."
        } }
    }
}

/// Innocent causes and limits from the screen's own documentation; in full where the screen first appears.
fn limits(meta: Meta, in_full: bool) -> Markup {
    let form = meta.form();
    let anchor = format!("#about-{}", meta.code);
    html! {
        @if in_full {
            h4 { "Innocent causes" } (markdown::render(form.section("Innocent causes")))
            h4 { "What it cannot show" } (markdown::render(form.section("What it cannot show")))
        }
        p.small { a href=(anchor) { "The method, its assumptions and its innocent causes (" (meta.code) ")" } }
    }
}

/// Findings beyond those shown in full.
fn the_rest(brief: &[&Chapter<'_>]) -> Markup {
    html! {
        h3 { "Further results" }
        div.scroll tabindex="0" role="group" aria-label="Further results" { table {
            thead { tr {
                th scope="col" { "screen" } th scope="col" { "of" } th scope="col" { "in words" }
                th.n scope="col" { "p" } th.n scope="col" { "p, adjusted" }
            } }
            tbody { @for chapter in brief.iter().take(3 * LISTED) {
                @let tested = chapter.whole;
                @let finding = tested.and_then(|t| t.outcome.finding());
                tr {
                    th scope="row" { (chapter.code) } td { (subject(chapter)) }
                    td.wide { bdi { (finding.map_or("", |f| &f.plain)) } }
                    td.n { (finding.and_then(|f| f.p).map_or_else(String::new, |p| figures::p(p.value))) }
                    td.n { (tested.and_then(|t| t.bh).map_or_else(String::new, figures::p)) }
                }
            } }
        } }
    }
}

/// The screens that have no finding at all, and why.
fn could_not_run(refused: &[&Chapter<'_>]) -> Markup {
    html! {
        h3 { "Screens that could not run, and why" }
        div.scroll tabindex="0" role="group" aria-label="Screens that could not run" { table {
            thead { tr { th scope="col" { "screen" } th scope="col" { "of" } th scope="col" { "reason" } } }
            tbody { @for chapter in refused.iter().take(3 * LISTED) {
                @let reason = chapter.whole.or(chapter.units.first().copied()).and_then(chapters::refusal);
                tr {
                    th scope="row" { span.code { (chapter.code) } (chapters::title(chapter.code)) }
                    td { (subject(chapter)) }
                    td.wide { @if let Some(reason) = reason { bdi { (reason) } } }
                }
            } }
        } }
    }
}
