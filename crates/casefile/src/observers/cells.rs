//! One column at the stations, and what its texts mean.

use crate::mapping::MappingError;
use crate::number::{Cell, Convention, parse};

/// What a column says where it means yes, lower-case.
const YES: [&str; 9] = ["yes", "y", "true", "да", "oui", "sí", "si", "ja", "tak"];
/// And no.
const NO: [&str; 7] = ["no", "n", "false", "нет", "non", "nein", "nie"];

/// The most characters of a cell that an error repeats.
const SHOWN: usize = 40;

/// A column's texts, one a station, with where each stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cells {
    pub(super) name: String,
    pub(super) texts: Vec<String>,
    /// File and row.
    pub(super) places: Vec<(String, u32)>,
}

impl Cells {
    /// Yes and no; a number of observers is yes from one on, and nothing is neither.
    pub(super) fn marks(&self) -> Result<Vec<Option<bool>>, MappingError> {
        let hint =
            "write yes or no, 1 or 0, or a number of observers; leave empty what is not known";
        let mark = |(at, text): (usize, &String)| {
            mark(text).map_err(|()| self.wrong(at, "neither yes nor no", hint))
        };
        self.texts.iter().enumerate().map(mark).collect()
    }

    /// Numbers, whole or not.
    pub(super) fn numbers(&self) -> Result<Vec<Option<f64>>, MappingError> {
        let convention = Convention::of(self.texts.iter().map(String::as_str));
        let hint = "write a number; leave empty what is not known";
        let number = |(at, text): (usize, &String)| match parse(text, convention, &[]) {
            Cell::Missing => Ok(None),
            cell => cell.figure().map(Some).ok_or_else(|| self.wrong(at, "no number", hint)),
        };
        self.texts.iter().enumerate().map(number).collect()
    }

    /// A cell that is not what it should be.
    fn wrong(&self, at: usize, what: &str, hint: &str) -> MappingError {
        let text: String = self.texts[at].chars().take(SHOWN).collect();
        let (file, row) = self.places.get(at).cloned().unwrap_or_default();
        MappingError {
            problem: format!("{file}, row {row}, column `{}`: `{text}` is {what}", self.name),
            candidates: Vec::new(),
            hint: hint.to_owned(),
        }
    }

    /// No cell has one of the answers.
    pub(super) fn without(&self, wanted: bool) -> MappingError {
        let word = if wanted { "observed" } else { "not observed" };
        MappingError {
            problem: format!("by the column `{}` no station was {word}", self.name),
            candidates: Vec::new(),
            hint: "an empty cell is not known: write 0 or no where nobody observed; a list of observed stations alone needs no --observed"
                .to_owned(),
        }
    }
}

/// One cell as yes, no, or nothing.
fn mark(text: &str) -> Result<Option<bool>, ()> {
    let word = text.trim().to_lowercase();
    if YES.contains(&word.as_str()) || NO.contains(&word.as_str()) {
        return Ok(Some(YES.contains(&word.as_str())));
    }
    match parse(text, Convention::default(), &[]) {
        Cell::Missing => Ok(None),
        Cell::Count(n) if n >= 0 => Ok(Some(n > 0)),
        _ => Err(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(texts: &[&str]) -> Cells {
        let places = (2..).take(texts.len()).map(|row| ("list.csv".to_owned(), row)).collect();
        Cells {
            name: "observers".to_owned(),
            texts: texts.iter().map(|t| (*t).to_owned()).collect(),
            places,
        }
    }

    #[test]
    fn yes_no_counts_and_nothing() {
        let marks = cells(&["Yes", " no", "7", "0", "", "NA", "True", "да"]).marks().unwrap();
        let [yes, no] = [Some(true), Some(false)];
        assert_eq!(marks, [yes, no, yes, no, None, None, yes, yes]);
    }

    #[test]
    fn anything_else_is_an_error_with_its_place() {
        for bad in ["maybe", "-1", "0.5", "50%", "99999999999999999999"] {
            let error = cells(&["1", bad]).marks().unwrap_err();
            let wanted =
                format!("list.csv, row 3, column `observers`: `{bad}` is neither yes nor no");
            assert_eq!(error.problem, wanted);
            assert!(error.hint.contains("empty"));
        }
        assert!(cells(&["1", &"x".repeat(1000)]).marks().unwrap_err().problem.len() < 120);
    }

    #[test]
    fn numbers_follow_their_column() {
        assert_eq!(cells(&["0,5", "", "1,25"]).numbers().unwrap(), [Some(0.5), None, Some(1.25)]);
        let error = cells(&["0.5", "half"]).numbers().unwrap_err();
        assert!(error.problem.contains("row 3") && error.problem.contains("`half` is no number"));
    }
}
