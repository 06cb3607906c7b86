//! A small form: on a terminal, what was not given is asked for, one line each.

use std::io::{self, BufRead, IsTerminal};

use glassurn_casefile::register::{Column, Kind, Need};

use crate::{failure::Failure, terminal};

/// Whether somebody is there to be asked.
pub(super) fn can_ask() -> bool {
    io::stdin().is_terminal() && io::stderr().is_terminal()
}

/// Asks for the columns of a kind that were not given. A blank answer is unknown.
pub(super) fn fill(kind: Kind, given: &mut Vec<(String, String)>) -> Result<(), Failure> {
    terminal::tell(&format!("A new {}. Leave a line blank where you do not know.", kind.title()));
    fill_from(kind, given, &mut io::stdin().lock())?;
    Ok(())
}

fn fill_from(
    kind: Kind,
    given: &mut Vec<(String, String)>,
    answers: &mut impl BufRead,
) -> io::Result<()> {
    for column in kind.asked(given) {
        terminal::tell(&question(column));
        let mut line = String::new();
        if answers.read_line(&mut line)? == 0 {
            return Ok(());
        }
        let answer = line.trim();
        if !answer.is_empty() {
            given.push((column.name.to_owned(), answer.to_owned()));
        }
    }
    Ok(())
}

/// The line that asks for a cell.
fn question(column: &Column) -> String {
    let hint = column.content.hint();
    let must = if column.need == Need::Must { "needed" } else { "" };
    let words: Vec<&str> = [must, hint].into_iter().filter(|w| !w.is_empty()).collect();
    match words.is_empty() {
        true => format!("{}:", column.name),
        false => format!("{} ({}):", column.name, words.join("; ")),
    }
}

/// Asks for a yes.
pub(super) fn yes(question: &str) -> Result<bool, Failure> {
    terminal::tell(&format!("{question} [y/N]"));
    let mut line = String::new();
    io::stdin().lock().read_line(&mut line)?;
    Ok(["y", "yes"].contains(&line.trim().to_lowercase().as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_fill_what_was_not_given_and_blanks_stay_unknown() {
        let mut given = vec![("observer".to_owned(), "O".to_owned())];
        fill_from(Kind::Mission, &mut given, &mut "E1\nigo\n\nsoon".as_bytes()).unwrap();
        let fields: Vec<_> = given.iter().map(|(c, v)| format!("{c}={v}")).collect();
        assert_eq!(fields, ["observer=O", "election_id=E1", "observer_type=igo", "first_day=soon"]);
    }

    #[test]
    fn a_question_says_what_is_needed_and_how_to_write_it() {
        let of = |name| question(Kind::Election.column(name).unwrap());
        assert_eq!(of("country_iso3"), "country_iso3 (needed; three letters, as in BLR):");
        assert_eq!((of("kind"), of("name")), ("kind:".to_owned(), "name (needed):".to_owned()));
    }
}
