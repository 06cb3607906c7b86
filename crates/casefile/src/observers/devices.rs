//! What votes would be, had stations without a technical device voted as those with one.

use glassurn_methods::parallel::device_stations::{self, Settings, Station};
use glassurn_methods::parallel::observed_unobserved;
use glassurn_model::{Answer, Column, Field, Returns};

use super::outcome;
use crate::mapping::MappingError;

/// Carries the votes per ballot over, block by block; the marks and blocks are those of the comparison.
pub(super) fn answer(
    returns: &Returns,
    choice: Option<&str>,
    all: &[observed_unobserved::Station],
    seed: u64,
) -> Result<Answer, MappingError> {
    let (contest, votes, ballots) = outcome::chosen(returns, choice)?;
    let registered = contest.field(Field::Registered).ok();
    let at = |column: &Column, i: usize| column.values.get(i).copied().flatten();
    let station = |(i, s): (usize, &observed_unobserved::Station)| Station {
        votes: at(votes, i),
        ballots: at(ballots, i),
        registered: registered.and_then(|r| at(r, i)),
        device: s.observed,
        unit: s.block.clone(),
    };
    let stations: Vec<Station> = all.iter().enumerate().map(station).collect();
    let settings = Settings { seed, ..Settings::DEFAULT };
    Ok(device_stations::compare(&format!("Votes of {}", votes.name), &stations, settings))
}
