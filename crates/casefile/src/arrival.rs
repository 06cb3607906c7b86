//! The order in which stations were counted: from a column of times, or from earlier states of the count.

mod states;
mod time;

use glassurn_model::{Arrival, Scale};

use crate::mapping::MappingError;
pub use states::from_states;
use time::Manner;

/// Reads a column; the sentence says what was understood. Nothing where nearly nothing can be read.
pub(crate) fn read(column: &str, cells: &[&str]) -> (Option<Arrival>, String) {
    let known = |c: &&&str| !time::is_missing(c);
    let filled: Vec<&str> = cells.iter().filter(known).copied().collect();
    let readable = |m: Manner| filled.iter().filter(|c| m.read(c).is_some()).count();
    // The first manner wins among equals: reading every cell is what tells them apart.
    let counts = Manner::ALL.map(|m| (m, readable(m)));
    let (manner, read) =
        counts.iter().rev().max_by_key(|(_, n)| *n).copied().unwrap_or((Manner::Number, 0));
    if read == 0 || 2 * read < filled.len() {
        let example = filled.first().map_or(String::new(), |c| format!(" (`{c}`)"));
        let note = format!("arrival: no times or numbers can be read in `{column}`{example}");
        return (None, note);
    }
    let at: Vec<Option<i64>> = cells.iter().map(|c| manner.read(c)).collect();
    let mut note = understood(column, manner, cells, &at);
    let also_month_first = counts.iter().any(|(m, n)| *m == Manner::MonthFirst && *n == read);
    if manner == Manner::DayFirst && also_month_first {
        note.push_str("; month first would be read as well");
    }
    let scale = if manner == Manner::Number { Scale::Order } else { Scale::Seconds };
    (Some(Arrival { at, scale, states: Vec::new(), interruption: None }), note)
}

/// What was understood of a column, with its first and last moment as they stand there.
fn understood(column: &str, manner: Manner, cells: &[&str], at: &[Option<i64>]) -> String {
    let known = || at.iter().zip(cells).filter_map(|(at, cell)| Some(((*at)?, *cell)));
    let ends = [known().min_by_key(|k| k.0), known().max_by_key(|k| k.0)];
    let [first, last] = ends.map(|e| e.map_or("", |k| k.1).trim().to_owned());
    let none = at.iter().filter(|a| a.is_none()).count();
    format!(
        "arrival: `{column}` is read as {}, from `{first}` to `{last}`; {none} stations have none that can be read",
        manner.name()
    )
}

/// Sets the interruption of the count: a time or number as in the column, or, with states, the number of the
/// last state before it, the first being 1.
pub fn interrupt(arrival: &mut Arrival, text: &str) -> Result<(), MappingError> {
    let moment = match arrival.scale {
        Scale::Seconds => Manner::TIMES.iter().find_map(|m| m.read(text)),
        Scale::Order | Scale::States => Manner::Number.read(text),
    };
    let known = || arrival.at.iter().flatten();
    let inside = |m: i64| known().any(|a| *a < m) && known().any(|a| *a >= m);
    match moment.filter(|m| inside(*m)) {
        Some(moment) => arrival.interruption = Some(moment),
        None => return Err(no_such_moment(arrival, text)),
    }
    Ok(())
}

/// A moment that does not divide the stations, or that is none.
fn no_such_moment(arrival: &Arrival, text: &str) -> MappingError {
    let hint = match arrival.scale {
        Scale::Seconds => "write a time as in the column, between its first and its last",
        Scale::Order => "write a number between the column's first and its last",
        Scale::States => "write the number of the last state before it: 1 is the first given",
    };
    MappingError {
        problem: format!(
            "no interruption of the count at `{text}`: it leaves no stations before or after it"
        ),
        candidates: Vec::new(),
        hint: hint.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_is_read_in_the_manner_that_fits_most_cells() {
        let (arrival, note) =
            read("hora", &["2019-10-20 19:40:57", "", "2019-10-21 00:00:00", "late"]);
        let arrival = arrival.unwrap();
        assert_eq!(arrival.scale, Scale::Seconds);
        let at: Vec<_> = arrival.at.iter().map(|a| a.map(|a| a - arrival.at[0].unwrap())).collect();
        assert_eq!(at, [Some(0), None, Some(4 * 3600 + 19 * 60 + 3), None]);
        assert_eq!(
            note,
            "arrival: `hora` is read as date and time, year first, from `2019-10-20 19:40:57` to \
             `2019-10-21 00:00:00`; 2 stations have none that can be read"
        );
    }

    #[test]
    fn days_and_months_are_told_apart_where_a_cell_tells() {
        let of = |cells: &[&str]| read("t", cells);
        assert!(of(&["20/10/2019 19:40", "01/11/2019 1:00"]).1.contains("day first"));
        assert!(of(&["10/20/2019 7:40 PM", "11/01/2019 1:00 AM"]).1.contains("month first"));
        assert!(of(&["01/02/2019", "03/02/2019"]).1.contains("month first would be read as well"));
    }

    #[test]
    fn numbers_are_an_order_and_words_are_nothing() {
        let (arrival, _) = read("orden", &["3", "1", "2"]);
        let arrival = arrival.unwrap();
        assert_eq!((arrival.scale, arrival.at), (Scale::Order, vec![Some(3), Some(1), Some(2)]));
        assert_eq!(read("x", &["early", "late"]).0, None);
        assert_eq!(read("x", &["", ""]).0, None);
    }

    #[test]
    fn an_interruption_divides_the_stations_or_is_refused() {
        let (arrival, _) = read("t", &["19:00", "20:00", "21:30"]);
        let mut arrival = arrival.unwrap();
        interrupt(&mut arrival, "20:30").unwrap();
        assert_eq!(arrival.interruption, Some(20 * 3600 + 1800));
        let error = interrupt(&mut arrival, "18:00").unwrap_err();
        assert!(error.problem.contains("18:00") && error.hint.contains("as in the column"));
        assert!(interrupt(&mut arrival, "noon").is_err());
    }
}
