//! What holds for every check, whatever it looks at.

use std::{collections::BTreeSet, fs, path::PathBuf};

use glassurn_model::{Form, Severity, checks::ALL};

#[test]
fn codes_are_well_formed_unique_and_sorted() {
    let codes: Vec<&str> = ALL.iter().map(|c| c.meta().code).collect();
    assert!(codes.windows(2).all(|pair| pair[0] < pair[1]), "{codes:?}");
    for code in codes {
        let (letter, number) = code.split_at(1);
        assert!(["F", "W"].contains(&letter), "{code}");
        let number: u32 = number.parse().unwrap();
        assert!((101..400).contains(&number), "{code}");
    }
}

#[test]
fn severity_follows_from_the_code() {
    let severe = |code: &str| {
        let check = ALL.iter().find(|c| c.meta().code == code).unwrap();
        check.meta().severity() == Severity::Impossible
    };
    assert!(severe("F101") && !severe("W101"));
}

#[test]
fn names_are_unique_and_say_what_is_measured() {
    let names: BTreeSet<&str> = ALL.iter().map(|c| c.meta().name).collect();
    assert_eq!(names.len(), ALL.len());
    for name in names {
        let words: Vec<&str> = name.split('-').collect();
        let plain = |w: &&str| !w.is_empty() && w.chars().all(|c| c.is_ascii_lowercase());
        assert!(words.len() >= 2 && words.iter().all(plain), "{name}");
    }
}

#[test]
fn forms_are_complete() {
    for check in ALL {
        let (code, form) = (check.meta().code, check.meta().form());
        assert_eq!(form.check(Form::CHECK), Ok(()), "{code}");
        assert!(form.question().len() <= 100, "{code}: {}", form.question());
        for (heading, body) in form.sections() {
            assert!(!body.is_empty(), "{code}: nothing under {heading}");
        }
        let example = form.section("Example");
        assert!(example.contains("```\n") && example.contains("In words: "), "{code}");
    }
}

#[test]
fn forms_fit_a_terminal() {
    for check in ALL {
        let long = check.meta().doc.lines().find(|l| l.chars().count() > 118);
        assert_eq!(long, None, "{}", check.meta().code);
    }
}

#[test]
fn no_check_names_an_offence_or_a_verdict() {
    const FORBIDDEN: [&str; 14] = [
        "fraud",
        "rigg",
        "stole",
        "steal",
        "cheat",
        "falsif",
        "forge",
        "manipul",
        "crime",
        "illegal",
        "tamper",
        "suspicious",
        "verdict",
        "guilt",
    ];
    for check in ALL {
        let meta = check.meta();
        let text = format!("{} {}", meta.name, meta.doc).to_lowercase();
        let found = FORBIDDEN.iter().find(|w| text.contains(**w));
        assert_eq!(found, None, "{}", meta.code);
    }
}

#[test]
fn codes_that_a_form_mentions_exist() {
    let known: BTreeSet<&str> = ALL.iter().map(|c| c.meta().code).collect();
    for check in ALL {
        for word in check.meta().doc.split(|c: char| !c.is_ascii_alphanumeric()) {
            let code = word.len() == 4
                && word.starts_with(['F', 'W'])
                && word[1..].chars().all(|c| c.is_ascii_digit());
            assert!(!code || known.contains(word), "{} mentions {word}", check.meta().code);
        }
    }
}

#[test]
fn the_manual_is_up_to_date() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs/checks");
    let mut expected: Vec<(String, String)> =
        ALL.iter().map(|c| (format!("{}.md", c.meta().code), page(c.meta()))).collect();
    expected.push(("README.md".to_owned(), contents()));
    if std::env::var_os("GLASSURN_BLESS").is_some() {
        fs::create_dir_all(&folder).unwrap();
        for (name, text) in &expected {
            fs::write(folder.join(name), text).unwrap();
        }
    }
    for (name, text) in &expected {
        let found = fs::read_to_string(folder.join(name)).unwrap_or_default();
        assert!(found == *text, "docs/checks/{name} is out of date: run with GLASSURN_BLESS=1");
    }
    let files = fs::read_dir(&folder).unwrap().map(|f| f.unwrap().file_name());
    let unknown: Vec<_> =
        files.filter(|f| !expected.iter().any(|(name, _)| **name == **f)).collect();
    assert!(unknown.is_empty(), "pages without a check: {unknown:?}");
}

/// The page of one check: its form, one level down, under its code.
fn page(meta: glassurn_model::CheckMeta) -> String {
    let mut page = format!("# {} · {}\n\n**{}**\n", meta.code, meta.name, meta.form().question());
    for (heading, body) in meta.form().sections() {
        page.push_str(&format!("\n## {heading}\n\n{body}\n"));
    }
    page
}

/// The list of all checks.
fn contents() -> String {
    let mut text = String::from(
        "# Integrity checks\n\n\
         Arithmetic that polling-station returns must satisfy. `F…` means that the figures cannot all be\n\
         right, `W…` that they deserve a look. A flag names the figures, not a cause; nothing is repaired,\n\
         and a missing count is never taken for zero. `glassurn explain CODE` prints the same pages.\n\n\
         These files are generated from the program; `GLASSURN_BLESS=1 cargo test -p glassurn-model`\n\
         writes them.\n\n\
         | code | name | question |\n|---|---|---|\n",
    );
    for meta in ALL.iter().map(|c| c.meta()) {
        let (code, question) = (meta.code, meta.form().question());
        text.push_str(&format!("| [{code}]({code}.md) | {} | {question} |\n", meta.name));
    }
    text
}
