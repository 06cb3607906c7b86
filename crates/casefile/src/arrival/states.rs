//! Earlier published states of a count: a station arrived with the first state that holds it.

use glassurn_model::{Arrival, Contest, Count, Returns, Scale};

use crate::comparison::align::{Aligned, align};
use crate::mapping::MappingError;

/// Gives the stations of a count their places in its published states, oldest first; those that no state holds
/// came last. The states' files are named among the sources, and notes say what was matched.
pub fn from_states(count: &mut Returns, states: &[Returns]) -> Result<(), MappingError> {
    let mut at = vec![None; count.stations.len()];
    let mut changed = 0;
    for (number, state) in (0_i64..).zip(states) {
        let aligned = align(&count.stations, &state.stations);
        if aligned.rows.iter().all(Option::is_none) {
            return Err(no_station(state));
        }
        let mut new = 0;
        for (station, row) in aligned.rows.iter().enumerate() {
            let Some(row) = row.filter(|_| at[station].is_none()) else { continue };
            at[station] = Some(number);
            new += 1;
            changed += usize::from(differ(count, station, state, row as usize));
        }
        count.notes.push(said(number, state, new, &aligned));
    }
    let last = i64::try_from(states.len()).unwrap_or(i64::MAX);
    let rest = at.iter().filter(|a| a.is_none()).count();
    count.notes.push(format!(
        "order of the count: {rest} stations are in none of the {last} states and came last"
    ));
    count.notes.push(format!(
        "order of the count: {changed} stations have other figures here than in the first state that holds them"
    ));
    count.sources.extend(states.iter().flat_map(|s| s.sources.iter().cloned()));
    count.stations.arrival = Some(Arrival {
        at: at.into_iter().map(|a| Some(a.unwrap_or(last))).collect(),
        scale: Scale::States,
        states: states.iter().map(|s| s.title.clone()).collect(),
        interruption: Some(1),
    });
    Ok(())
}

/// What a reader must know of one state.
fn said(number: i64, state: &Returns, new: usize, aligned: &Aligned) -> String {
    let gone = aligned.rows.iter().flatten().count();
    let gone = state.stations.len().saturating_sub(gone);
    format!(
        "order of the count: state {} ({}) holds {} stations, {new} of them not in a state before; {gone} of its stations are not in this count",
        number + 1,
        state.title,
        state.stations.len(),
    )
}

/// Whether a station has other figures in a state than in the count.
fn differ(count: &Returns, station: usize, state: &Returns, row: usize) -> bool {
    let figure = |contest: &Contest, name: &str, at: usize| -> Option<Count> {
        contest.columns().find(|c| c.name == name)?.values.get(at).copied()
    };
    let of = |contest: &Contest| {
        let same = state.contests.iter().find(|c| c.name == contest.name);
        same.is_some_and(|then| {
            let differs = |c: &glassurn_model::Column| {
                figure(then, &c.name, row)
                    .is_some_and(|v| Some(v) != c.values.get(station).copied())
            };
            contest.columns().any(differs)
        })
    };
    count.contests.iter().any(of)
}

/// A state none of whose stations is in the count.
fn no_station(state: &Returns) -> MappingError {
    MappingError {
        problem: format!("no station of the state `{}` is in the count", state.title),
        candidates: Vec::new(),
        hint:
            "states are matched by the stations' names: give both the same columns of `station.id`"
                .to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use glassurn_model::testing::Builder;

    fn state(title: &str, ids: &[&str], votes: &[i64]) -> Returns {
        let returns = Builder::new(ids.len()).ids(ids.iter().copied());
        Returns { title: title.to_owned(), ..returns.choice("A", votes.to_vec()).build() }
    }

    #[test]
    fn a_station_came_with_the_first_state_that_holds_it() {
        let mut count = state("final", &["a", "b", "c", "d"], &[1, 2, 3, 4]);
        let first = state("at 19:40", &["b", "x"], &[2, 9]);
        let second = state("at 20:00", &["b", "c"], &[5, 7]);
        from_states(&mut count, &[first, second]).unwrap();
        let arrival = count.stations.arrival.unwrap();
        assert_eq!(arrival.at, [Some(2), Some(0), Some(1), Some(2)]);
        assert_eq!((arrival.interruption, arrival.states.len()), (Some(1), 2));
        assert_eq!(count.sources.len(), 3);
        assert_eq!(
            count.notes,
            [
                "order of the count: state 1 (at 19:40) holds 2 stations, 1 of them not in a state before; 1 of its stations are not in this count",
                "order of the count: state 2 (at 20:00) holds 2 stations, 1 of them not in a state before; 0 of its stations are not in this count",
                "order of the count: 2 stations are in none of the 2 states and came last",
                // c has 3 votes at the end and had 7; b is as it first was.
                "order of the count: 1 stations have other figures here than in the first state that holds them",
            ]
        );
    }

    #[test]
    fn a_state_of_other_stations_is_refused() {
        let mut count = state("final", &["a"], &[1]);
        let error = from_states(&mut count, &[state("elsewhere", &["q"], &[1])]).unwrap_err();
        assert!(error.problem.contains("elsewhere") && error.hint.contains("station.id"));
    }
}
