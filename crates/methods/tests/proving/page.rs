//! `docs/methods/proving.md`, made from what was measured last.

use std::collections::BTreeMap;
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
honest ones drawn from the stations of the real ones, and some of them changed by a known amount. Made from
`crates/methods/src/proving/measured.tsv`; the command that measures it anew, and what a run takes, stand in
`bench/README.md`.

A screen **stands out** when its p-value is at most 5 %, or when the rule in its documentation is met; the procedures of
other programs (X…) stand out when their publishers' rules are met. Where nothing was
changed that is a false alarm; where something was, it is power. A method that stands out in an honest shape cannot
tell tampering from that shape: the finding is real, the reason is open. The drawn elections have about 1,500 stations,
those of a whole country 18,000 (a dot where a screen was not measured there); power grows with their number.

What this cannot show: real honest elections hold things that no simulation here has. A screen that holds its level
here may still speak up on an honest election; its page names such causes.
";

fn page(cells: &[Cell]) -> String {
    let mut text = INTRODUCTION.to_owned();
    text += &in_words(cells);
    text += "\n## In one table\n\n";
    text += "*Honest*: elections where every null hypothesis holds. *Misled by*: honest elections in which it stands \
             out more often than a level of 5 % allows, beyond a chance of one in a thousand. *Sees*: stands out at least every other time, and in \
             a quarter more of the elections than with nothing changed; with the smallest share of stations \
             changed (of votes added, where they were multiplied), among 1,500 stations and, in brackets, among 18,000. \
             *Estimates*: mean error of the \
             votes it estimates, and how often its range holds the truth, over every change of a drawn election.\n\n";
    text += "| screen | honest | misled by | sees | estimates |\n|---|---|---|---|---|\n";
    for meta in metas(cells) {
        text += &row(&meta, &Standing::of(cells, meta.code));
    }
    text += &honest(cells);
    text += &power(cells);
    text
}

/// Whether a method is of a group.
type Belongs<'a> = &'a dyn Fn(&Standing) -> bool;

/// The methods sorted by what their standing out is worth.
fn in_words(cells: &[Cell]) -> String {
    let all: Vec<(Meta, Standing)> =
        metas(cells).into_iter().map(|m| (m, Standing::of(cells, m.code))).collect();
    let often = |s: &Standing| s.easy.is_some_and(Rate::too_often);
    let sees = |s: &Standing| !(s.sees.is_empty() && s.sees_in_a_country.is_empty());
    let groups: [(&str, Belongs<'_>); 6] = [
        (
            "**Silent in every honest election here, and they see some of what was changed.** Where one stands out, the \
             usual shapes of honest elections do not explain it",
            &|s| s.quiet() && sees(s),
        ),
        (
            "**Silent in every honest election here, and in nearly every changed one.** Standing out would say much; \
             silence says nothing",
            &|s| s.quiet() && !sees(s) && s.ever,
        ),
        (
            "**Stood out in no election here, honest or changed.** What it would be worth if one did was not seen",
            &|s| s.quiet() && !s.ever,
        ),
        (
            "**Keep their level where their null hypothesis holds, and are misled by a shape of honest elections.** Ask \
             first whether that shape is there",
            &|s| !s.quiet() && s.easy.is_some() && !often(s),
        ),
        (
            "**Their rule is met by honest elections more often than by chance of one in twenty.** It says nothing about \
             what was done",
            &often,
        ),
        ("**Estimate or describe, and have no rule**", &|s| s.easy.is_none()),
    ];
    let mut text = "\n## In words\n\n".to_owned();
    for (title, belongs) in groups {
        let names: Vec<String> = all
            .iter()
            .filter(|(_, s)| belongs(s))
            .map(|(m, _)| format!("[{}]({}.md) {}", m.code, m.code, m.title))
            .collect();
        if !names.is_empty() {
            writeln!(text, "- {title}: {}.", names.join(", ")).unwrap();
        }
    }
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
    let list = |seen: &[(Way, f64)]| -> Vec<String> {
        seen.iter().map(|(w, amount)| format!("{} from {} %", w.key(), 100.0 * amount)).collect()
    };
    let (mut sees, country) = (list(&standing.sees), list(&standing.sees_in_a_country));
    if !country.is_empty() {
        sees.push(format!("({})", country.join(", ")));
    }
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
        if sees.is_empty() { "nothing here".to_owned() } else { sees.join(" ") },
    )
}

fn share(cell: Option<&Cell>) -> String {
    match cell.and_then(Cell::rate) {
        Some((share, _)) => format!("{:.1}", 100.0 * share),
        None => "·".to_owned(),
    }
}

/// How many honest elections of a shape were drawn: for the screens of this program, and for the others.
fn drawn(cells: &[Cell], base: &str) -> String {
    let most = |ours: bool| {
        let honest = cells.iter().filter(|c| c.base == base && c.way.is_empty());
        honest.filter(|c| c.code.starts_with('S') == ours).map(|c| c.judged).max().unwrap_or(0)
    };
    match (most(true), most(false)) {
        (1, _) => "1 drawn".to_owned(),
        (ours, 0) => format!("{ours} drawn"),
        (ours, theirs) => format!("{ours} drawn, {theirs} for other programs"),
    }
}

/// Screens by honest elections.
fn honest(cells: &[Cell]) -> String {
    let mut bases: Vec<(&str, &str)> = shapes::ALL.iter().map(|s| (s.key, s.title)).collect();
    for cell in cells.iter().filter(|c| shapes::find(&c.base).is_none()) {
        if !bases.iter().any(|b| b.0 == cell.base) {
            let drawn = cell.base.contains(", ");
            let title = match drawn {
                true => {
                    "honest elections drawn from its stations, for the screens that are asked there"
                }
                false => "a real election that nobody disputes",
            };
            bases.push((&cell.base, title));
        }
    }
    let mut text = "\n## Honest elections\n\n".to_owned();
    for (number, (key, title)) in bases.iter().enumerate() {
        writeln!(text, "{}. **{key}**: {title} ({})", number + 1, drawn(cells, key)).unwrap();
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

/// The shapes of which power is shown, in this order.
const CHANGED: [&str; 3] = ["plain", "country", "two-electorates"];

/// For each way, screens by amounts, in the plain shape, in that of a country, and in the hard one.
fn power(cells: &[Cell]) -> String {
    let mut text = "\n## Changed elections\n\nPer cent of elections in which the screen stands out, with this share \
                    of stations changed (of votes added, where they were multiplied): in the plain shape, in that of \
                    a whole country, and in the one with two electorates. A screen that stands out as often with \
                    nothing changed sees nothing; one that never does is not listed.\n"
        .to_owned();
    let mut by_place: BTreeMap<(&str, &str, &str, u64), &Cell> = BTreeMap::new();
    for c in cells {
        by_place.insert((&c.code, &c.base, &c.way, c.amount.to_bits()), c);
    }
    for way in Way::ALL.into_iter().filter(|&w| w != Way::Bundling) {
        write!(text, "\n### {}: {}\n\n| screen | 0 % |", way.key(), changes::title(way)).unwrap();
        text += &changes::AMOUNTS.map(|a| format!(" {} % |", 100.0 * a)).concat();
        text += &format!("\n|---|---|{}\n", "---|".repeat(changes::AMOUNTS.len()));
        for meta in metas(cells) {
            let at = |base: &str, way: &str, amount: f64| {
                by_place.get(&(meta.code, base, way, amount.to_bits())).copied()
            };
            let three = |way: &str, amount| {
                format!(" {} |", CHANGED.map(|base| share(at(base, way, amount))).join(" / "))
            };
            let ever = |amount| {
                CHANGED
                    .iter()
                    .any(|base| at(base, way.key(), amount).is_some_and(|c| c.stood_out > 0))
            };
            if changes::AMOUNTS.into_iter().any(ever) {
                let row = changes::AMOUNTS.map(|amount| three(way.key(), amount)).concat();
                writeln!(text, "| {} {} |{}{row}", meta.code, meta.name, three("", 0.0)).unwrap();
            }
        }
    }
    text
}
