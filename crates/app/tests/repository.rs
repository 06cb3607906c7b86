//! What the repository says of itself is true: dependencies, command-line reference, invariants.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::{collections::BTreeSet, fs, path::PathBuf};

use assert_cmd::Command;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn read(file: &str) -> String {
    fs::read_to_string(root().join(file)).unwrap()
}

/// Names between backticks in the lines that satisfy `wanted`.
fn quoted(text: &str, wanted: impl Fn(&str) -> bool) -> BTreeSet<String> {
    let lines = text.lines().filter(|l| wanted(l));
    let first = lines.map(|l| l.split('|').nth(1).unwrap_or(l).to_owned());
    first
        .flat_map(|l| l.split('`').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>())
        .collect()
}

#[test]
fn every_dependency_has_its_reason_in_the_readme() {
    let manifest: toml::Table = read("Cargo.toml").parse().unwrap();
    let table = manifest["workspace"]["dependencies"].as_table().unwrap();
    let declared: BTreeSet<_> =
        table.keys().filter(|k| !k.starts_with("glassurn-")).cloned().collect();
    let readme = read("README.md");
    let mut explained = quoted(&readme, |l| l.starts_with("| `"));
    explained.extend(quoted(&readme, |l| l.starts_with("For tests:")));
    assert_eq!(declared, explained);
}

#[test]
fn the_map_stays_short() {
    assert!(read("ARCHITECTURE.md").lines().count() <= 200);
}

/// The help of a command, then those of the commands that it lists.
fn helps(command: &str) -> Vec<(String, String)> {
    let args = command.split_whitespace().chain(["--help"]);
    let mut program = Command::cargo_bin("glassurn").unwrap();
    let output = program.args(args).env("COLUMNS", "100").output().unwrap();
    let help = String::from_utf8(output.stdout).unwrap();
    let listed = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    let names = listed.take_while(|line| !line.is_empty()).filter_map(|line| {
        let name = line.strip_prefix("  ")?.split(' ').next()?;
        (!name.is_empty() && name != "help").then_some(name)
    });
    let below: Vec<_> = names.flat_map(|name| helps(&format!("{command} {name}"))).collect();
    [(command.to_owned(), help.clone())].into_iter().chain(below).collect()
}

#[test]
fn the_command_line_reference_is_the_programs_own_help() {
    let mut reference = String::from(
        "# Command line\n\nWritten by `GLASSURN_BLESS=1 cargo nextest run -p glassurn repository`.\n",
    );
    for (command, help) in helps("") {
        let title = format!("glassurn{command}");
        reference.push_str(&format!(
            "\n## {}\n\n```text\n{}\n```\n",
            title.trim(),
            help.trim_end()
        ));
    }
    let file = root().join("docs/cli.md");
    if std::env::var_os("GLASSURN_BLESS").is_some() {
        fs::write(&file, &reference).unwrap();
    }
    assert_eq!(fs::read_to_string(file).unwrap(), reference, "bless with GLASSURN_BLESS=1");
}
