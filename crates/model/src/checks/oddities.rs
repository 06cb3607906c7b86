//! Cells that reading could not take as counts, contest by contest.

use std::{collections::HashMap, sync::Arc};

use super::support;
use crate::{Flag, Oddity, OddityKind, Reason, Returns, Words, check::Tested};

/// Reports the cells that reading could not take as counts for one reason.
pub(super) fn test(
    returns: &Returns,
    contest: usize,
    kind: OddityKind,
    problem: &str,
) -> Result<Tested, Reason> {
    support::contest(returns, contest)?;
    let odd = of(returns, contest).filter(|o| o.kind == kind);
    let flags = flags(returns, odd, &format!("{problem}; read as missing"));
    Ok((cells(returns, contest), flags))
}

/// The odd cells of a contest's columns; those of columns that no contest has go to the first contest.
pub(super) fn of(returns: &Returns, contest: usize) -> impl Iterator<Item = &Oddity> {
    let mut owners: HashMap<&str, usize> = HashMap::new();
    for (number, contest) in returns.contests.iter().enumerate() {
        for source in contest.columns().flat_map(|c| &c.from) {
            owners.entry(source).or_insert(number);
        }
    }
    let owner = move |o: &Oddity| owners.get(o.column.as_str()).copied().unwrap_or(0);
    returns.oddities.iter().filter(move |o| owner(o) == contest)
}

/// How many cells the columns of a contest have, empty ones included: each was looked at in reading.
pub(super) fn cells(returns: &Returns, contest: usize) -> usize {
    let columns = returns.contests.get(contest).into_iter().flat_map(support::all_reported);
    let cells: usize = columns.map(|c| c.values.len()).sum();
    cells.max(of(returns, contest).count())
}

/// One flag for each cell, in station order, cells outside stations last; cells that read the same share
/// their words.
pub(super) fn flags<'a>(
    returns: &Returns,
    cells: impl Iterator<Item = &'a Oddity>,
    problem: &str,
) -> Vec<Flag> {
    let station = |o: &Oddity| o.station.filter(|&s| (s as usize) < returns.stations.len());
    let mut cells: Vec<&Oddity> = cells.collect();
    cells.sort_by_key(|o| (station(o).is_none(), station(o), o.place.source, o.place.row));
    let mut known: HashMap<(&str, &str), Arc<Words>> = HashMap::new();
    let flag = |cell: &'a Oddity| {
        let said = format!("{}: `{}` {problem}", cell.column, shortened(&cell.text));
        if station(cell).is_none() {
            let message = format!("row {}, {said}", cell.place.row);
            return Flag::told(None, vec![(cell.column.clone(), None)], message);
        }
        let words = known
            .entry((&cell.column, &cell.text))
            .or_insert_with(|| Words::said([cell.column.as_str()], said));
        Flag::new(station(cell), words, [None])
    };
    cells.into_iter().map(flag).collect()
}

/// The text, cut where it is very long.
fn shortened(text: &str) -> String {
    const LONGEST: usize = 60;
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    text.chars().take(LONGEST).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Check, CheckOutcome,
        checks::{NotANumber, NotWhole, TooLarge},
        testing::Builder,
    };

    #[test]
    fn each_check_flags_the_cells_of_its_kind_with_text_and_column() {
        let huge = "99999999999999999999";
        let returns = Builder::new(2)
            .choice("A", [Some(1), None])
            .oddity(Some(1), "A", "n.a.", OddityKind::NotANumber)
            .oddity(Some(1), "A", "12.5", OddityKind::NotWhole)
            .oddity(Some(1), "A", huge, OddityKind::TooLarge)
            .build();
        let cases: [(&dyn Check, String); 3] = [
            (&NotANumber, "A: `n.a.` is not a number; read as missing".to_owned()),
            (&NotWhole, "A: `12.5` is not a whole number; read as missing".to_owned()),
            (&TooLarge, format!("A: `{huge}` is too large for a count; read as missing")),
        ];
        for (check, said) in cases {
            let CheckOutcome::Ran { tested, flags } = check.run(&returns, 0) else { panic!() };
            assert_eq!((tested, flags.len()), (3, 1));
            assert_eq!((flags[0].station, flags[0].message()), (Some(1), said));
        }
    }

    #[test]
    fn each_cell_belongs_to_the_contest_that_has_its_column() {
        let returns = Builder::new(1)
            .choice("A", [1])
            .contest("second")
            .choice("B", [1])
            .oddity(Some(0), "B", "x", OddityKind::NotANumber)
            .oddity(None, "nobody's", "y", OddityKind::NotANumber)
            .build();
        let texts = |c| of(&returns, c).map(|o| o.text.as_str()).collect::<Vec<_>>();
        assert_eq!((texts(0), texts(1)), (vec!["y"], vec!["x"]));
        let first = flags(&returns, of(&returns, 0), "is odd");
        assert_eq!(first[0].message(), "row 3, nobody's: `y` is odd");
    }

    #[test]
    fn a_very_long_cell_is_cut() {
        assert_eq!(shortened(&"é".repeat(70)), format!("{}…", "é".repeat(60)));
        assert_eq!(shortened("short"), "short");
    }
}
