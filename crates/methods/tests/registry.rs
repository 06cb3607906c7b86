//! What every screen and every method must be, written once for both lists.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::{Path, PathBuf};

use glassurn_methods::{
    Cost, Focus, Meta, Method, Screen, Slice, Status, battery::Plan, find, methods as listed,
    parallel, peers, register, screens::ALL,
};
use glassurn_model::{Form, Outcome, Returns, testing};
use proptest::prelude::*;

/// Words that name an offence; a screen names what it measures.
const FORBIDDEN: [&str; 9] =
    ["fraud", "rigg", "stolen", "steal", "cheat", "falsif", "manipul", "tamper", "crime"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn metas() -> impl Iterator<Item = Meta> {
    ALL.iter().map(|s| s.meta())
}

/// What the manual shows of a screen or of a method.
struct Entry {
    code: &'static str,
    name: &'static str,
    title: &'static str,
    doc: &'static str,
    /// What the last section says of it.
    since: &'static str,
    /// Where its oracle lies.
    oracles: &'static str,
}

impl Entry {
    fn form(&self) -> Form {
        Form::new(self.doc)
    }
}

/// What the manual shows of a screen, whose oracle lies in a folder.
fn entry(Meta { code, name, title, doc, status, .. }: Meta, oracles: &'static str) -> Entry {
    let since = match status {
        Status::Trial => "(trial)",
        Status::Stable => "(stable)",
    };
    Entry { code, name, title, doc, since, oracles }
}

/// The screens of returns.
fn screens() -> impl Iterator<Item = Entry> {
    metas().map(|meta| entry(meta, "oracle/screens/"))
}

/// The procedures of other programs.
fn published() -> impl Iterator<Item = Entry> {
    peers::procedures().map(|p| entry(p.meta(), "oracle/peers/"))
}

/// Everything that runs on a slice: the screens, then the procedures of other programs.
fn runnable() -> impl Iterator<Item = &'static dyn Screen> {
    ALL.iter().copied().chain(peers::procedures().map(|p| p as &dyn Screen))
}

/// The entries of a list of methods, whose oracles lie in one folder.
fn methods(list: &'static [Method], oracles: &'static str) -> impl Iterator<Item = Entry> {
    list.iter().map(move |&Method { code, name, title, doc }| Entry {
        code,
        name,
        title,
        doc,
        since: "(stable)",
        oracles,
    })
}

/// The methods that weigh independent counts.
fn counts() -> impl Iterator<Item = Entry> {
    methods(parallel::ALL, "oracle/parallel/")
}

/// The analyses of the register.
fn analyses() -> impl Iterator<Item = Entry> {
    methods(register::ALL, "oracle/register/")
}

/// Every list, one after the other.
fn entries() -> impl Iterator<Item = Entry> {
    screens().chain(published()).chain(counts()).chain(analyses())
}

/// The text in which a forbidden word may not stand: all but the titles of papers.
fn own_words(entry: &Entry) -> String {
    let form = entry.form();
    let sections = Form::SCREEN.iter().filter(|h| **h != "References").map(|h| form.section(h));
    [entry.name, entry.title, form.question()]
        .into_iter()
        .chain(sections)
        .collect::<Vec<_>>()
        .join("\n")
}

#[track_caller]
fn assert_neutral(what: &str, text: &str) {
    let text = text.to_lowercase();
    for word in FORBIDDEN {
        assert!(!text.contains(word), "{what} contains {word:?}");
    }
}

// --- the list ------------------------------------------------------------------------------------

#[test]
fn codes_are_unique_and_ordered() {
    let lists: [(char, Vec<Entry>); 4] = [
        ('S', screens().collect()),
        ('X', published().collect()),
        ('P', counts().collect()),
        ('R', analyses().collect()),
    ];
    for (first, list) in lists {
        let codes: Vec<_> = list.iter().map(|e| e.code).collect();
        assert!(codes.windows(2).all(|w| w[0] < w[1]), "{codes:?}");
        for code in codes {
            assert!(code.len() == 4 && code.starts_with(first) && code[1..].parse::<u16>().is_ok());
        }
    }
}

#[test]
fn names_and_titles_are_unique() {
    let names: BTreeSet<_> = entries().map(|e| e.name).collect();
    let titles: BTreeSet<_> = entries().map(|e| e.title).collect();
    let all = runnable().count() + listed().count();
    assert_eq!((names.len(), titles.len()), (all, all));
    for name in names {
        assert!(name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'));
    }
}

#[test]
fn a_slow_screen_runs_only_when_asked_for() {
    let quick = metas().find(|m| m.cost == Cost::Quick).unwrap();
    let slow = Meta { code: "S999", cost: Cost::Slow, ..quick };
    let wanted = |only: &[&str], models| {
        let only = only.iter().map(|s| (*s).to_owned()).collect();
        let plan = Plan { only, models, ..Plan::default() };
        [plan.wants(&quick), plan.wants(&slow)]
    };
    assert_eq!(wanted(&[], false), [true, false]);
    assert_eq!(wanted(&[], true), [true, true]);
    let minutes = Meta { cost: Cost::Minutes, ..slow };
    let named = Plan { only: vec!["S999".to_owned()], ..Plan::default() };
    let models = Plan { models: true, ..Plan::default() };
    assert!(named.wants(&minutes) && !models.wants(&minutes));
    assert_eq!(wanted(&["S999"], false), [false, true]);
    assert_eq!(wanted(&[quick.code], false), [true, false]);
}

#[test]
fn a_method_is_found_by_its_code() {
    for entry in counts().chain(analyses()) {
        assert_eq!(find(entry.code).unwrap().name, entry.name);
    }
    assert!(find("P000").is_none());
}

#[test]
fn words_are_neutral() {
    for entry in entries() {
        assert_neutral(entry.code, &own_words(&entry));
    }
}

// --- the documentation ---------------------------------------------------------------------------

#[test]
fn forms_are_complete_and_in_order() {
    for entry in entries() {
        let (code, form) = (entry.code, entry.form());
        assert_eq!(form.check(Form::SCREEN), Ok(()), "{code}");
        for heading in Form::SCREEN {
            assert!(!form.section(heading).is_empty(), "{code}: {heading} is empty");
        }
        assert!(form.section("Since").contains(code), "{code}");
        assert!(form.section("Since").contains(entry.since), "{code}: {}", entry.since);
        assert!(!entry.doc.contains("@@"), "{code}: a figure is not filled in");
    }
}

/// The keys in `[brackets]` at the start of the list items of the references.
fn keys(entry: &Entry) -> Vec<&'static str> {
    let lines = entry.form().section("References").lines();
    lines.filter_map(|l| l.strip_prefix("- [")?.split_once(']')).map(|(key, _)| key).collect()
}

#[test]
fn every_reference_is_in_the_bibliography() {
    let bibliography = std::fs::read_to_string(root().join("docs/references.bib")).unwrap();
    for entry in entries() {
        assert!(!keys(&entry).is_empty(), "{} cites nothing", entry.code);
        for key in keys(&entry) {
            assert!(bibliography.contains(&format!("{{{key},\n")), "{}: {key}", entry.code);
        }
    }
}

#[test]
fn every_key_cited_in_the_text_is_referenced() {
    for entry in entries() {
        let keys = keys(&entry);
        for cited in own_words(&entry).split('[').skip(1).filter_map(|s| Some(s.split_once(']')?.0))
        {
            let is_key = cited.len() > 4
                && cited.is_ascii()
                && cited[cited.len() - 4..].parse::<u16>().is_ok()
                && cited.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
            assert!(!is_key || keys.contains(&cited), "{}: [{cited}]", entry.code);
        }
    }
}

#[test]
fn every_screen_and_method_has_an_oracle() {
    for entry in entries() {
        let section = entry.form().section("Checked against");
        let script = section.split('`').find(|s| s.starts_with(entry.oracles));
        let script = script.unwrap_or_else(|| panic!("{} names no script", entry.code));
        assert!(root().join(script).is_file(), "{}: {script} is not there", entry.code);
        let stem = Path::new(script).file_stem().unwrap().to_str().unwrap();
        let json = root().join(format!("crates/methods/tests/oracle/{stem}.json"));
        assert!(json.is_file(), "{}: {} is not there", entry.code, json.display());
    }
}

/// The generated index of the screens and of the methods.
fn index() -> String {
    let mut text = String::from(
        "# Screens\n\nMade from the list in `crates/methods/src/screens/mod.rs`; \
         `GLASSURN_BLESS=1 cargo test -p glassurn-methods --test registry` makes it anew.\n\n\
         | code | name | question | family | for each | status |\n|---|---|---|---|---|---|\n",
    );
    for meta in metas() {
        let focus = match meta.focus {
            Focus::Choice => "choice",
            Focus::Contest => "contest",
        };
        let status = match (meta.status, meta.cost) {
            (Status::Trial, Cost::Quick) => "trial",
            (Status::Trial, Cost::Slow) => "trial, slow",
            (Status::Stable, Cost::Quick) => "stable",
            (Status::Trial, Cost::Minutes) => "trial, takes minutes",
            (Status::Stable, Cost::Minutes) => "stable, takes minutes",
            (Status::Stable, Cost::Slow) => "stable, slow",
        };
        let Meta { code, name, .. } = meta;
        let (question, family) = (meta.form().question(), meta.family.title());
        writeln!(
            text,
            "| [{code}]({code}.md) | {name} | {question} | {family} | {focus} | {status} |"
        )
        .unwrap();
    }
    text.push_str(&index_of_published());
    let lists = [
        ("Methods for independent counts", "parallel", counts().collect::<Vec<_>>()),
        ("Analyses of the register", "register", analyses().collect()),
    ];
    for (heading, folder, list) in lists {
        write!(
            text,
            "\n# {heading}\n\nMade from the list in `crates/methods/src/{folder}/mod.rs`.\n\n\
             | code | name | question |\n|---|---|---|\n"
        )
        .unwrap();
        for entry in list {
            let Entry { code, name, .. } = entry;
            let question = entry.form().question();
            writeln!(text, "| [{code}]({code}.md) | {name} | {question} |").unwrap();
        }
    }
    text
}

/// The part of the index that lists the procedures of other programs.
fn index_of_published() -> String {
    let mut text = String::from(
        "\n# Procedures of other programs\n\nMade from the list in `crates/methods/src/peers/mod.rs`: what others \
         compute and decide, repeated as it stands. They are no part of the battery, and a rule that is met is no \
         finding of this program.\n",
    );
    for peer in peers::ALL {
        let peers::Peer { key, title, source, procedures } = peer;
        write!(
            text,
            "\n## {title} (`{key}`)\n\n{source}.\n\n\
             | code | name | question | for each | published rule |\n|---|---|---|---|---|\n"
        )
        .unwrap();
        for p in *procedures {
            let Meta { code, name, focus, .. } = p.meta();
            let focus = if focus == Focus::Choice { "choice" } else { "contest" };
            let (question, rule) = (p.meta().form().question(), p.rule());
            writeln!(text, "| [{code}]({code}.md) | {name} | {question} | {focus} | {rule} |")
                .unwrap();
        }
    }
    text
}

/// The generated page of one screen or method.
fn page(entry: &Entry) -> String {
    let (question, rest) = entry.doc.split_once('\n').unwrap();
    let mut fenced = false;
    let deeper = |line: &str| {
        fenced ^= line.starts_with("```");
        if !fenced && line.starts_with("# ") { format!("#{line}\n") } else { format!("{line}\n") }
    };
    let body: String = rest.lines().map(deeper).collect();
    format!("# {} · {} ({})\n\n**{question}**\n{body}", entry.code, entry.title, entry.name)
}

#[test]
fn manual_pages_are_up_to_date() {
    let folder = root().join("docs/methods");
    let pages = entries().map(|e| (format!("{}.md", e.code), page(&e)));
    for (name, text) in pages.chain([("README.md".to_owned(), index())]) {
        let path = folder.join(name);
        if std::env::var_os("GLASSURN_BLESS").is_some() {
            std::fs::create_dir_all(&folder).unwrap();
            std::fs::write(&path, text).unwrap();
            continue;
        }
        let there = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(
            there == text,
            "{} is not what the list makes: run with GLASSURN_BLESS=1",
            path.display()
        );
    }
}

// --- behaviour -----------------------------------------------------------------------------------

/// Every slice that the returns have for a screen.
fn slices<'a>(returns: &'a Returns, screen: &dyn Screen) -> Vec<Slice<'a>> {
    let mut slices = Vec::new();
    for (number, contest) in returns.contests.iter().enumerate() {
        let choices = (0..contest.choices.len()).map(Some);
        let none = (screen.meta().focus == Focus::Contest).then_some(None);
        let focuses =
            none.into_iter().chain(choices.filter(|_| screen.meta().focus == Focus::Choice));
        slices.extend(focuses.map(|choice| Slice::whole(returns, number, choice)));
    }
    slices
}

/// Procedures that take seconds even on a hundred stations, and have no refusal that only odd returns meet: their own
/// tests run them.
const TOO_SLOW_FOR_HUNDREDS: [&str; 2] = ["X610", "X611"];

fn answers(returns: &Returns) -> Vec<Outcome> {
    let one =
        |s: &&dyn Screen| slices(returns, *s).iter().map(|slice| s.run(slice)).collect::<Vec<_>>();
    let quick = runnable().filter(|s| !TOO_SLOW_FOR_HUNDREDS.contains(&s.meta().code));
    quick.collect::<Vec<_>>().iter().flat_map(one).collect()
}

/// What is true of every finding.
#[track_caller]
fn assert_sound(outcome: &Outcome) {
    let Outcome::Finding(f) = outcome else { return };
    if let Some(p) = f.p {
        assert!((0.0..=1.0).contains(&p.value), "{}: p = {}", f.screen, p.value);
    }
    assert!(f.stations.len() <= 20, "{}: {} stations", f.screen, f.stations.len());
    assert!(!f.measures.is_empty() && !f.pictures.is_empty(), "{}", f.screen);
    assert!(f.effect.interval.is_none_or(|[low, high]| low <= high), "{}", f.screen);
    assert!(f.plain.ends_with('.') && !f.plain.contains("NaN"), "{}: {}", f.screen, f.plain);
    let finite = |m: &glassurn_model::Measure| {
        m.value.is_finite()
            && m.expected.is_none_or(f64::is_finite)
            && m.sd.is_none_or(|s| s >= 0.0)
    };
    assert!(f.measures.iter().all(finite), "{}: {:?}", f.screen, f.measures);
    let stations = f.stations.iter().map(|s| s.1.as_str());
    assert_neutral(f.screen, &stations.chain([f.plain.as_str()]).collect::<Vec<_>>().join("\n"));
}

#[test]
fn two_runs_give_the_same_answer() {
    let returns = testing::clean(600, 5);
    let first = answers(&returns);
    assert!(first.iter().any(|o| o.finding().is_some()));
    assert_eq!(first, answers(&returns));
    first.iter().for_each(assert_sound);
}

#[test]
fn every_answer_names_its_screen_and_counts_every_station() {
    let returns = testing::clean(600, 6);
    for screen in runnable() {
        for slice in slices(&returns, screen) {
            match screen.run(&slice) {
                Outcome::Finding(f) => {
                    assert_eq!(f.screen, screen.meta().code);
                    assert_eq!(f.used + f.left_out_total(), 600, "{}", f.screen);
                }
                Outcome::NotApplicable { screen: code, .. } => assert_eq!(code, screen.meta().code),
            }
        }
    }
}

#[test]
fn a_published_rule_is_decided_by_what_its_sentence_says() {
    let returns = testing::clean(600, 7);
    for p in peers::procedures() {
        let (code, rule) = (p.meta().code, p.rule());
        let (mut found, slices) = (0, slices(&returns, p));
        for f in slices.iter().filter_map(|slice| p.run(slice).finding().cloned()) {
            let said = match p.met(&f) {
                Some(true) => format!("the published rule ({rule}) is met"),
                Some(false) => format!("the published rule ({rule}) is not met"),
                None => "no rule is published".to_owned(),
            };
            assert!(f.plain.contains(&said), "{code}: {}", f.plain);
            assert_eq!(p.met(&f).is_none(), rule.is_empty(), "{code}");
            found += 1;
        }
        assert!(found > 0, "{code} finds nothing in clean returns");
    }
}

#[test]
fn a_program_is_found_by_its_name() {
    for peer in peers::ALL {
        assert_eq!(peers::find(peer.key).map(|p| p.title), Some(peer.title));
        assert!(peer.key.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit()));
        assert!(!peer.procedures.is_empty() && !peer.source.is_empty());
    }
    assert!(peers::find("nobody").is_none());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..Default::default() })]

    #[test]
    fn never_panics_on_arbitrary_returns(seed in any::<u64>()) {
        answers(&testing::arbitrary(seed)).iter().for_each(assert_sound);
    }

    #[test]
    fn never_panics_on_a_few_clean_stations(seed in any::<u64>(), n in 0_usize..300) {
        answers(&testing::clean(n, seed)).iter().for_each(assert_sound);
    }
}
