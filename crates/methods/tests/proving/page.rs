//! `docs/methods/proving.md`, made from what was measured last.

use std::fmt::Write as _;
use std::path::Path;

use glassurn_methods::proving::{self, Cell, Rate, Standing, changes};
use glassurn_methods::simulate::{Way, shapes};
use glassurn_methods::{Meta, peers, screens};

#[test]
fn the_page_is_up_to_date() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/methods/proving.md");
    let text = page(proving::measured());
    if std::env::var_os("GLASSURN_BLESS").is_some() {
        std::fs::write(&path, text).unwrap();
        return;
    }
    let there = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(there == text, "docs/methods/proving.md: run with GLASSURN_BLESS=1");
}

const INTRODUCTION: &str = "\
# Which method deserves trust for what

Every screen on elections whose truth is known: simulated honest ones of many shapes, real ones that nobody disputes,
and both of them changed by a known amount. Made from `crates/methods/src/proving/measured.tsv`; the command that
measures it anew, and what a run takes, stand in `bench/README.md`.

A screen **stands out** when its p-value is at most 5 %, or when the rule in its documentation is met; the procedures of
other programs (X…) stand out when their publishers' rules are met. Where nothing was
changed that is a false alarm; where something was, it is power. A method that stands out in an honest shape cannot
tell tampering from that shape: the finding is real, the reason is open. The drawn elections have about 1,500 stations;
power grows with their number.
";

fn page(cells: &[Cell]) -> String {
    let mut text = INTRODUCTION.to_owned();
    text += "\n## In one table\n\n";
    text += "*Honest*: elections where every null hypothesis holds. *Misled by*: honest elections in which it stands \
             out more often than a level of 5 % allows. *Sees*: stands out at least every other time, and in \
             a quarter more of the elections than with nothing changed; with the smallest share of stations \
             changed (of votes added, where they were multiplied), in the plain shape. *Estimates*: mean error of the \
             votes it estimates, and how often its range holds the truth, over every change of a drawn election.\n\n";
    text += "| screen | honest | misled by | sees | estimates |\n|---|---|---|---|---|\n";
    for meta in metas(cells) {
        text += &row(&meta, &Standing::of(cells, meta.code));
    }
    text += &honest(cells);
    text += &power(cells);
    text
}

/// The screens that were measured and either judge or estimate.
fn metas(cells: &[Cell]) -> Vec<Meta> {
    let counts = |m: &Meta| {
        let mine = |c: &&Cell| c.code == m.code;
        cells.iter().filter(mine).any(|c| c.judged > 0 || c.estimates.is_some())
    };
    let procedures = peers::procedures().map(|p| p.meta());
    screens::ALL.iter().map(|s| s.meta()).chain(procedures).filter(counts).collect()
}

fn percent(rate: Rate) -> String {
    format!("{:.1} %", 100.0 * rate.share())
}

fn row(meta: &Meta, standing: &Standing) -> String {
    let misled: Vec<String> =
        standing.misled_by().map(|(base, rate)| format!("{base} {}", percent(rate))).collect();
    let sees: Vec<String> = standing
        .sees
        .iter()
        .map(|(way, amount)| format!("{} from {} %", way.key(), 100.0 * amount))
        .collect();
    let estimates = standing.estimates.map_or(String::new(), |e| {
        let ranges = (e.given > 0).then(|| format!(", {} of {} ranges", e.covered, e.given));
        format!("{:+.0} %{}", 100.0 * e.bias, ranges.unwrap_or_default())
    });
    let or = |list: Vec<String>, none: &str| {
        if list.is_empty() { none.to_owned() } else { list.join(", ") }
    };
    format!(
        "| [{}]({}.md) {} | {} | {} | {} | {estimates} |\n",
        meta.code,
        meta.code,
        meta.title,
        standing.easy.map_or("no rule".to_owned(), percent),
        or(misled, "nothing here"),
        or(sees, "nothing here"),
    )
}

fn share(cell: Option<&Cell>) -> String {
    match cell.and_then(Cell::rate) {
        Some((share, _)) => format!("{:.1}", 100.0 * share),
        None => "·".to_owned(),
    }
}

/// Screens by honest elections.
fn honest(cells: &[Cell]) -> String {
    let mut bases: Vec<(&str, &str)> = shapes::ALL.iter().map(|s| (s.key, s.title)).collect();
    for cell in cells.iter().filter(|c| shapes::find(&c.base).is_none()) {
        if !bases.iter().any(|b| b.0 == cell.base) {
            bases.push((&cell.base, "a real election that nobody disputes"));
        }
    }
    let mut text = "\n## Honest elections\n\n".to_owned();
    for (number, (key, title)) in bases.iter().enumerate() {
        let runs = cells.iter().filter(|c| c.base == *key && c.way.is_empty()).map(|c| c.judged);
        let runs = runs.max().unwrap_or(0);
        writeln!(text, "{}. **{key}**: {title} ({runs} drawn)", number + 1).unwrap();
    }
    text += "\nPer cent of them in which the screen stands out (a real election is one: 0 or 100).\n\n| screen |";
    text += &(1..=bases.len()).map(|n| format!(" {n} |")).collect::<String>();
    text += &format!("\n|---|{}\n", "---|".repeat(bases.len()));
    for meta in metas(cells) {
        let one = |base: &(&str, &str)| {
            let here = |c: &&Cell| c.code == meta.code && c.base == base.0 && c.way.is_empty();
            format!(" {} |", share(cells.iter().find(here)))
        };
        let row: String = bases.iter().map(one).collect();
        writeln!(text, "| {} {} |{row}", meta.code, meta.name).unwrap();
    }
    text
}

/// For each way, screens by amounts, in the plain shape and in the hard one.
fn power(cells: &[Cell]) -> String {
    let mut text = "\n## Changed elections\n\nPer cent of elections in which the screen stands out, with this share \
                    of stations changed (of votes added, where they were multiplied): in the plain shape, and, after \
                    the stroke, in the one with two electorates. A screen that stands out as often with nothing changed \
                    sees nothing.\n"
        .to_owned();
    for way in Way::ALL.into_iter().filter(|&w| w != Way::Bundling) {
        write!(text, "\n### {}: {}\n\n| screen | 0 % |", way.key(), changes::title(way)).unwrap();
        text += &changes::AMOUNTS.map(|a| format!(" {} % |", 100.0 * a)).concat();
        text += &format!("\n|---|---|{}\n", "---|".repeat(changes::AMOUNTS.len()));
        for meta in metas(cells) {
            let at = |base: &str, way: &str, amount: f64| {
                let here = |c: &&Cell| {
                    c.code == meta.code && c.base == base && c.way == way && c.amount == amount
                };
                share(cells.iter().find(here))
            };
            let pair = |way: &str, amount| {
                format!(" {} / {} |", at("plain", way, amount), at("two-electorates", way, amount))
            };
            let row = changes::AMOUNTS.map(|amount| pair(way.key(), amount)).concat();
            writeln!(text, "| {} {} |{}{row}", meta.code, meta.name, pair("", 0.0)).unwrap();
        }
    }
    text
}
