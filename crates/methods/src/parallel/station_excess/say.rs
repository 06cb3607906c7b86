//! What the figures carry, in words and tables.

use glassurn_model::{
    Answer, Cell, Claim, ClaimClass, CountKind, Heading, LeftOut, Level, Reason, Table, Unit, Verdict, Measure};

use super::{Companion, Figures, METHOD, Settings, excess_of};
use crate::parallel::beside::Beside;
use crate::phrase::{count, number, percent};

/// The answer.
pub(super) fn answer(
    subject: String,
    beside: &Beside<'_>,
    figures: &Figures,
    narrow: Option<&Figures>,
    companions: &[Companion<'_>],
    settings: Settings,
) -> Answer {
    let mut answer = Answer::new(METHOD.code, subject);
    answer.claims.push(claim(beside, figures, narrow));
    answer.measures = measures(beside, figures, narrow);
    if figures.left_out > 0 {
        answer.left_out.push(LeftOut { why: Reason::Missing, stations: figures.left_out });
    }
    let levels = beside.levels.iter().filter(|l| (2..=200).contains(&l.units.len()));
    let main = narrow.unwrap_or(figures);
    answer.tables = vec![rates(main, settings)];
    answer.tables.extend(levels.map(|level| by_unit(beside, main, level)));
    answer.tables.extend(companions.iter().map(|c| by_companion(beside, main, c)));
    answer.tables.push(stations(beside, main, settings));
    answer.notes = notes(figures, narrow, settings);
    answer
}

/// The claim.
fn claim(beside: &Beside<'_>, figures: &Figures, narrow: Option<&Figures>) -> Claim {
    let (choice, name) = (beside.choice, beside.counted_name.to_lowercase());
    let told = match beside.counted_kind {
        CountKind::VoterStatement => "were stated by voters without proof",
        _ => "are in hand",
    };
    let main = narrow.unwrap_or(figures);
    let (verdict, headline, unsupported) = if main.beyond.is_empty() {
        (
            Verdict::NotTested,
            format!("At none of {} stations do the {name} for {choice} exceed the official figure.", count(main.compared)),
            "the official figures are right: reports cover a part of each station's ballots".to_owned(),
        )
    } else {
        (
            beside.counted_kind.strongest(),
            format!(
                "At {} of {} stations more votes for {choice} {told} ({name}) than the station's own official figure admits: {} votes more in all.",
                count(main.beyond.len()),
                count(main.compared),
                number(main.excess as f64)
            ),
            format!("that {choice} received only so many votes more, or that the other stations were counted rightly: where reports stay below the figure, nothing is tested"),
        )
    };
    Claim {
        class: ClaimClass::OfficialFigure,
        verdict,
        headline,
        base: format!(
            "stations that have both {} and {name}; {} stations lack one of them",
            beside.official_kind.title(),
            count(main.left_out)
        ),
        limits: limits(beside),
        unsupported,
    }
}

/// The assumptions, one each.
fn limits(beside: &Beside<'_>) -> Vec<String> {
    let mut limits = vec!["the copies of the protocols are authentic".to_owned()];
    if !beside.counted_kind.counts_whole_stations() {
        limits.push("each reported ballot was cast at the station that it is reported for, and is reported once; the table of rates shows what remains if a share of the reports is wrong".to_owned());
    }
    limits
}

fn measures(
    beside: &Beside<'_>,
    figures: &Figures,
    narrow: Option<&Figures>,
) -> Vec<Measure> {
    let main = narrow.unwrap_or(figures);
    let of = |pick: fn(&(usize, i64, i64)) -> i64| -> f64 {
        main.beyond.iter().map(pick).fold(0, i64::saturating_add) as f64
    };
    let stations = main.beyond.len() as f64;
    let mut measures = vec![
        Measure::plain("stations with more in hand than the official figure", "n+", stations, Unit::Stations),
        Measure::plain("stations compared", "n", main.compared as f64, Unit::Stations),
        Measure::plain("votes in hand beyond the official figures", "Σ(v − O)₊", main.excess as f64, Unit::Votes),
        Measure::plain("official figure at those stations", "O+", of(|p| p.1), Unit::Votes),
        Measure::plain(format!("{} at those stations", beside.counted_name.to_lowercase()), "v+", of(|p| p.2), Unit::Votes),
    ];
    if narrow.is_some() {
        let name = "stations, counting those without ballots cast too";
        measures.push(Measure::plain(name, "n+ all", figures.beyond.len() as f64, Unit::Stations));
        let name = "votes beyond, counting those without ballots cast too";
        measures.push(Measure::plain(name, "Σ(v − O)₊ all", figures.excess as f64, Unit::Votes));
    }
    measures
}

/// What stays if a share of the reports is wrong.
fn rates(figures: &Figures, settings: Settings) -> Table {
    let none = (0.0, figures.beyond.len(), figures.excess);
    let row = |&(q, stations, excess): &(f64, usize, i64)| {
        vec![Cell::Number(q), Cell::from(stations), Cell::from(excess)]
    };
    Table {
        name: "rates",
        title: format!(
            "Stations that stay beyond their figure if each report were wrong with this probability (Holm over all stations, {})",
            percent(settings.alpha, 0)
        ),
        columns: vec![
            Heading::new("wrong reports", Unit::Share),
            Heading::new("stations", Unit::Stations),
            Heading::new("votes beyond", Unit::Votes),
        ],
        rows: std::iter::once(&none).chain(&figures.at_rate).map(row).collect(),
    }
}

/// The rows of a table by group: stations compared, with an excess, share, excess.
fn groups(
    figures: &Figures,
    names: &[String],
    of: &dyn Fn(usize) -> usize,
) -> Vec<Vec<Cell>> {
    let mut compared = vec![0_usize; names.len()];
    for &s in &figures.stations {
        compared[of(s)] += 1;
    }
    let row = |(at, name): (usize, &String)| {
        let beyond: Vec<_> = figures.beyond.iter().copied().filter(|p| of(p.0) == at).collect();
        let share = (compared[at] > 0).then(|| beyond.len() as f64 / compared[at] as f64);
        vec![
            Cell::from(name.as_str()),
            Cell::from(compared[at]),
            Cell::from(beyond.len()),
            Cell::from(share),
            Cell::from(excess_of(&beyond)),
        ]
    };
    names.iter().enumerate().map(row).collect()
}

/// Headings of a table by group.
fn group_columns(first: &str) -> Vec<Heading> {
    vec![
        Heading::new(first, Unit::None),
        Heading::new("stations compared", Unit::Stations),
        Heading::new("with more in hand", Unit::Stations),
        Heading::new("share of them", Unit::Share),
        Heading::new("votes beyond", Unit::Votes),
    ]
}

/// One row a unit of a level.
fn by_unit(beside: &Beside<'_>, figures: &Figures, level: &Level) -> Table {
    let unit = |s: usize| level.of.get(s).map_or(0, |&u| u as usize);
    Table {
        name: "units",
        title: format!("{} by {}", beside.choice, level.name),
        columns: group_columns(&level.name),
        rows: groups(figures, &level.units, &unit),
    }
}

/// Stations with none, some or an unknown number of something.
fn by_companion(beside: &Beside<'_>, figures: &Figures, companion: &Companion<'_>) -> Table {
    let names = ["none", "one or more", "not known"].map(str::to_owned);
    let group = |s: usize| match companion.values.get(s).copied().flatten() {
        Some(0) => 0,
        Some(_) => 1,
        None => 2,
    };
    Table {
        name: "companions",
        title: format!("{} by {}", beside.choice, companion.name),
        columns: group_columns(companion.name),
        rows: groups(figures, &names, &group),
    }
}

/// The stations with an excess, largest first; small cells are not shown.
fn stations(beside: &Beside<'_>, figures: &Figures, settings: Settings) -> Table {
    let shown = figures.beyond.iter().filter(|p| p.2 >= settings.smallest_cell);
    let row = |&(s, official, counted): &(usize, i64, i64)| {
        let name = beside.ids.get(s).map_or("", String::as_str);
        vec![Cell::from(name), Cell::from(official), Cell::from(counted), Cell::from(counted - official)]
    };
    Table {
        name: "stations",
        title: format!("Stations with more votes for {} in hand than their official figure", beside.choice),
        columns: vec![
            Heading::new("station", Unit::None),
            Heading::new("official figure", Unit::Votes),
            Heading::new(beside.counted_name, Unit::Votes),
            Heading::new("beyond", Unit::Votes),
        ],
        rows: shown.map(row).collect(),
    }
}

fn notes(figures: &Figures, narrow: Option<&Figures>, settings: Settings) -> Vec<String> {
    let mut notes = Vec::new();
    if let Some(narrow) = narrow {
        notes.push(format!(
            "{} stations have votes for the choices and no number of ballots cast; without them {} of {} stations are beyond their figure, with them {} of {}. The headline leaves them out.",
            count(figures.compared - narrow.compared),
            count(narrow.beyond.len()),
            count(narrow.compared),
            count(figures.beyond.len()),
            count(figures.compared)
        ));
    }
    let small = figures.beyond.iter().filter(|p| p.2 < settings.smallest_cell).count();
    if small > 0 {
        notes.push(format!(
            "{} stations with fewer than {} reported votes are counted and not listed, so that no voter is known by a small number.",
            count(small),
            settings.smallest_cell
        ));
    }
    notes.push("Groups of stations (regions, observers present) differ in many ways; that the excess goes with one of them is no effect of it.".to_owned());
    notes
}
