//! The methods for independent counts on two published files give the figures that were published of them.
//! The files are not in the repository: without them each test says that it is skipped.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

use std::path::PathBuf;

use glassurn_casefile::catalogue;
use glassurn_casefile::formats::{ReadOptions, read};
use glassurn_casefile::mapping;
use glassurn_methods::parallel::beside::{Announced, Beside, sum};
use glassurn_methods::parallel::{
    area_excess, implied_remainder, missing_bounds, station_excess, sum_chain, turnout_tally,
};
use glassurn_model::{Answer, Contest, Count, CountKind, Field, Returns, Verdict};

/// The folder of published files: `GLASSURN_DATA`, or beside the repository.
fn data() -> PathBuf {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/raw");
    std::env::var_os("GLASSURN_DATA").map_or_else(|| PathBuf::from(beside), PathBuf::from)
}

/// Reads a data set through its shipped mapping; nothing when its file is not at hand.
fn returns(name: &str) -> Option<Returns> {
    // Before the file is looked for: a name that the catalogue does not know must not pass as absent data.
    let map = catalogue::find(name).unwrap().mapping().unwrap();
    let Some(path) = catalogue::locate(name, Some(&data()), None) else {
        println!("skipped: comparison of {name} (no data)");
        return None;
    };
    let reading = read(&path, &ReadOptions::default()).unwrap();
    Some(mapping::apply(&reading.tables, &map).unwrap())
}

fn contest<'a>(returns: &'a Returns, name: &str) -> &'a Contest {
    returns.contests.iter().find(|c| c.name == name).unwrap()
}

fn votes<'a>(contest: &'a Contest, name: &str) -> &'a [Count] {
    &contest.choices.iter().find(|c| c.name == name).unwrap().values
}

fn announced(value: i64, source: &str) -> Announced {
    Announced { area: "the whole country".to_owned(), value, source: source.to_owned() }
}

#[track_caller]
fn figures<const N: usize>(answer: &Answer, expected: [(&str, f64); N]) {
    assert_eq!(answer.refused, None);
    for (symbol, want) in expected {
        assert_eq!(answer.measure(symbol).unwrap().value, want, "{symbol}");
    }
}

// --- Belarus 2020 ----------------------------------------------------------------------------------

const BELARUS: &str = "belarus-2020";
const TSIKHANOUSKAYA: &str = "Tsikhanouskaya";

/// Photographed ballots beside the protocols.
fn belarus(returns: &Returns) -> Beside<'_> {
    Beside {
        choice: TSIKHANOUSKAYA,
        official: votes(contest(returns, "Official protocol"), TSIKHANOUSKAYA),
        official_kind: CountKind::ProtocolCopy,
        counted: votes(contest(returns, "Photographed ballots"), TSIKHANOUSKAYA),
        counted_kind: CountKind::VoterClaim,
        counted_name: "Photographed ballots",
        ids: &returns.stations.ids,
        levels: &returns.stations.levels,
    }
}

#[test]
fn belarus_stations_with_more_ballots_photographed_than_counted() {
    let Some(returns) = returns(BELARUS) else { return };
    let cast = &contest(&returns, "Official protocol").field(Field::Cast).unwrap().values;
    let set = station_excess::Settings::DEFAULT;
    let answer = station_excess::compare(&belarus(&returns), &[], Some(cast), set);
    figures(&answer, [("n", 1_374.0), ("n+", 438.0), ("Σ(v − O)₊", 49_836.0)]);
    figures(&answer, [("O+", 63_422.0), ("v+", 113_258.0)]);
    figures(&answer, [("n+ all", 441.0), ("Σ(v − O)₊ all", 50_138.0)]);
}

#[test]
fn belarus_votes_in_hand_exceed_the_announced_total() {
    let Some(returns) = returns(BELARUS) else { return };
    let total = [announced(588_622, "the commission")];
    let answer = area_excess::compare(&belarus(&returns), &total, "the whole country");
    figures(&answer, [("L", 811_616.0), ("O", 588_622.0), ("L - O", 222_994.0)]);
    figures(&answer, [("P", 497_510.0), ("v", 530_047.0)]);
    assert_eq!(answer.claims[0].verdict, Verdict::Impossible);
    // No share, no estimate: neither in the figures nor in the words.
    assert!(answer.claims.iter().all(|c| !c.headline.contains('%')));
}

#[test]
fn belarus_units_add_up_to_the_whole() {
    let Some(returns) = returns(BELARUS) else { return };
    let beside = belarus(&returns);
    for level in beside.levels {
        let least = level.members().into_iter().map(|members| {
            area_excess::in_hand(&beside, members.iter().map(|&s| s as usize)).unwrap().least
        });
        assert_eq!(least.sum::<i64>(), 811_616, "{}", level.name);
    }
}

#[test]
fn belarus_two_stations_have_fewer_ballots_than_voters_proved() {
    let Some(returns) = returns(BELARUS) else { return };
    let cast = |name: &str| contest(&returns, name).field(Field::Cast).unwrap().values.as_slice();
    let (official, counted) = (cast("Official protocol"), cast("Photographed ballots"));
    let beside = Beside { choice: "ballots cast", official, counted, ..belarus(&returns) };
    let set = turnout_tally::Settings::DEFAULT;
    let answer = turnout_tally::compare(&beside, &[], "the whole country", set);
    figures(&answer, [("n", 1_374.0), ("n₊", 2.0), ("Σ(t − O)₊", 749.0)]);
    assert_eq!((answer.claims.len(), answer.measure("U")), (1, None));
    assert_eq!(answer.left_out[0].stations, 5_709 - 1_374);
}

// --- Venezuela 2024 ----------------------------------------------------------------------------------

const VENEZUELA: &str = "venezuela-2024";
const GONZALEZ: &str = "Edmundo González";
const MADURO: &str = "Nicolás Maduro";
const BULLETIN: &str = "the electoral council, second bulletin, 2 August 2024";
const ANNOUNCED: [(&str, i64); 2] = [(GONZALEZ, 5_326_104), (MADURO, 6_408_844)];
const ANNOUNCED_VALID: i64 = 12_335_884;

/// Votes in hand by choice, and valid votes by tally sheet.
fn venezuela(returns: &Returns) -> (Vec<(String, i64)>, Vec<i64>) {
    let contest = contest(returns, "President");
    let total = |c: &glassurn_model::Column| Some((c.name.clone(), c.total()?));
    let choices: Vec<_> = contest.choices.iter().filter_map(total).collect();
    let of = |s: usize| sum(contest.choices.iter().filter_map(|c| c.values[s]));
    (choices, (0..returns.stations.len()).filter_map(of).collect())
}

#[test]
fn venezuela_remainder_is_beyond_what_remains() {
    let Some(returns) = returns(VENEZUELA) else { return };
    let (choices, sizes) = venezuela(&returns);
    let of = |(name, announced): (&str, i64)| implied_remainder::Totals {
        choice: name.to_owned(),
        votes: choices.iter().find(|c| c.0 == name).unwrap().1,
        all: sum(sizes.iter().copied()).unwrap(),
        announced,
        announced_all: ANNOUNCED_VALID,
        base: BULLETIN.to_owned(),
    };
    let maduro = implied_remainder::figures(&of(ANNOUNCED[1])).unwrap();
    let near = |got: f64, want: f64| assert!((got - want).abs() < 5e-4, "{got} {want}");
    near(maduro.coverage, 0.864);
    near(maduro.critical.unwrap(), 0.690);
    near(maduro.remainder().unwrap(), 1.889);
    assert_eq!((maduro.rest_votes, maduro.rest_all), (3_167_383, 1_676_756));
    let answer = implied_remainder::compare("tally sheets", &ANNOUNCED.map(of));
    assert!(answer.claims.iter().all(|c| c.verdict == Verdict::Impossible));
}

#[test]
fn venezuela_sums_exceed_the_announced_total() {
    let Some(returns) = returns(VENEZUELA) else { return };
    let totals = ANNOUNCED.map(|(_, value)| announced(value, BULLETIN));
    let line = |(&(name, _), announced)| sum_chain::Line {
        name,
        stations: votes(contest(&returns, "President"), name),
        announced,
    };
    let lines: Vec<_> = ANNOUNCED.iter().zip(&totals).map(line).collect();
    let answer = sum_chain::compare("sheets", CountKind::ProtocolCopy, &lines, Some(30_026));
    figures(&answer, [("Σ", 7_156_462.0), ("k", -1_830_358.0)]);
    let verdicts: Vec<_> = answer.claims.iter().map(|c| c.verdict).collect();
    assert_eq!(verdicts, [Verdict::Impossible, Verdict::NotTested]);
}

#[test]
fn venezuela_bounds_by_cap() {
    let Some(returns) = returns(VENEZUELA) else { return };
    let (choices, sizes) = venezuela(&returns);
    assert_eq!(sizes.len(), 24_532);
    let maduro = choices.iter().position(|c| c.0 == MADURO).unwrap();
    let base = "tally sheets".to_owned();
    let part =
        missing_bounds::Part { choices, sizes, stations: Some(30_026), announced_all: None, base };
    let most = |cap: &missing_bounds::Cap| {
        let share = missing_bounds::bounds(&part, cap).unwrap().shares[maduro][1];
        (share * 1e4).round() / 100.0
    };
    let caps = missing_bounds::caps(&part).unwrap();
    assert_eq!(caps.iter().map(most).collect::<Vec<_>>(), [43.14, 48.13, 51.31]);
    let answer = missing_bounds::compare("tally sheets", &part);
    let sizes = answer.measure("D/(m·x̄)").unwrap().value;
    assert!((sizes - 1.64).abs() < 5e-3, "{sizes}");
}
