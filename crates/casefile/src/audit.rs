//! An audit of a sample: official figures, copies of protocols of the drawn stations, and the draw itself.

use std::collections::HashMap;

use glassurn_methods::parallel::sample_audit::{self, Drawn, Station, audit};
use glassurn_model::{Column, Contest, Count, Field, Returns, Stations};

use crate::{
    Account,
    account::{Coverage, Input},
    comparison::align::{Aligned, align},
    design::strata_of,
};

/// How to audit.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// Risk limit, bet and seed.
    pub method: sample_audit::Settings,
    /// The level whose units were the strata of the draw; none when absent.
    pub strata: Option<String>,
    /// The protocol line that no station's votes exceed; the first reported of registered, received and
    /// issued when absent.
    pub cap: Option<Field>,
}

/// A station of the draw, as `sample.csv` lists it.
type Listed = (String, i64);

/// The stations of a `sample.csv` with their order, or why it is none. The order starts anew in each
/// stratum, which is where it is used.
pub fn read_sample(bytes: &[u8]) -> Result<Vec<Listed>, String> {
    let mut table = csv::Reader::from_reader(bytes);
    let names = table.headers().map_err(|e| e.to_string())?.clone();
    let at = |name: &str| {
        names.iter().position(|n| n == name).ok_or_else(|| format!("it has no column `{name}`"))
    };
    let (station, order) = (at("station")?, at("order")?);
    let mut sample = Vec::new();
    for row in table.records() {
        let row = row.map_err(|e| e.to_string())?;
        let cell = |i: usize| row.get(i).unwrap_or_default();
        let place = cell(order).parse();
        let place = place.map_err(|_| format!("`{}` is no place in the order", cell(order)))?;
        sample.push((cell(station).to_owned(), place));
    }
    Ok(sample)
}

/// Audits the copies; without a list of the drawn stations the copies' stations are taken as drawn.
pub fn examine(
    official: &Returns,
    copies: &Returns,
    sample: Option<&[Listed]>,
    set: &Settings,
    command: String,
) -> Result<Account, String> {
    let none = || "the returns have no contest".to_owned();
    let contest = official.contests.first().ok_or_else(none)?;
    let copied = copies.contests.first().ok_or_else(none)?;
    let found = align(&official.stations, &copies.stations);
    let orders = sample.map(|s| orders(&official.stations, s)).transpose()?;
    let columns = columns(contest, copied)?;
    let cap = cap(contest, set.cap)?;
    let strata = strata_of(&official.stations, set.strata.as_deref())?;
    let station = |(at, stratum): (usize, String)| {
        let row = found.rows.get(at).copied().flatten().map(|r| r as usize);
        let place = orders.as_ref().map(|o| o.get(&at).copied());
        let order = place.flatten();
        // Drawn: on the list, or, without a list, in the copies.
        let drawn = place.map_or(row.is_some(), |p| p.is_some());
        let copy = || row.map_or_else(Vec::new, |r| values(&columns, r));
        Station {
            name: official.stations.ids[at].clone(),
            stratum,
            official: contest.choices.iter().map(|c| value(c, at)).collect(),
            cap: cap.and_then(|c| value(c, at)),
            drawn: drawn.then(|| Drawn { order, copy: copy() }),
        }
    };
    let stations: Vec<Station> = strata.into_iter().enumerate().map(station).collect();
    let names: Vec<String> = contest.choices.iter().map(|c| c.name.clone()).collect();
    let mut account = Account::new("Audit of a sample of stations", &official.title, command);
    account.inputs = vec![input(official, None), input(copies, Some(&found))];
    account.coverage = Some(coverage(&stations));
    account.answers = vec![audit(&names, &stations, set.method)];
    account.notes = notes(sample, &stations, &found);
    account.settings = described(set, cap);
    Ok(account)
}

fn value(column: &Column, at: usize) -> Count {
    column.values.get(at).copied().flatten()
}

fn values(columns: &[&Column], at: usize) -> Vec<Count> {
    columns.iter().map(|c| value(c, at)).collect()
}

/// The copies' column of every official choice.
fn columns<'a>(official: &Contest, copied: &'a Contest) -> Result<Vec<&'a Column>, String> {
    // Who transcribes copies writes names with other spaces and capitals.
    let folded = |name: &str| name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let find = |wanted: &Column| {
        let found = copied.choices.iter().find(|c| folded(&c.name) == folded(&wanted.name));
        found.ok_or_else(|| format!("the copies have no column for the choice {}", wanted.name))
    };
    official.choices.iter().map(find).collect()
}

/// The column that bounds a station's votes.
fn cap(contest: &Contest, wanted: Option<Field>) -> Result<Option<&Column>, String> {
    let column = |f: &Field| contest.fields.get(f);
    match wanted {
        Some(field) => match column(&field) {
            Some(column) => Ok(Some(column)),
            None => Err(format!("the official returns have no {}", field.title())),
        },
        None => Ok([Field::Registered, Field::Received, Field::Issued].iter().find_map(column)),
    }
}

/// The place in the order of every listed station; each must be a station of the official returns, once.
fn orders(stations: &Stations, sample: &[Listed]) -> Result<HashMap<usize, i64>, String> {
    let at: HashMap<&str, usize> =
        stations.ids.iter().enumerate().map(|(i, id)| (id.as_str(), i)).collect();
    let mut orders = HashMap::new();
    for (name, place) in sample {
        let Some(station) = at.get(name.as_str()) else {
            return Err(format!("the drawn station {name} is not in the official returns"));
        };
        if orders.insert(*station, *place).is_some() {
            return Err(format!("the drawn station {name} is listed twice"));
        }
    }
    Ok(orders)
}

fn input(returns: &Returns, matched: Option<&Aligned>) -> Input {
    let matched = matched.map(Aligned::notes).unwrap_or_default();
    Input {
        name: returns.title.clone(),
        kind: returns.contests.first().map(|c| c.kind),
        stations: Some(returns.stations.len()),
        sources: returns.sources.clone(),
        notes: returns.notes.iter().cloned().chain(matched).collect(),
        provenance: returns.provenance.clone(),
    }
}

/// How many stations were drawn, and how many have a copy.
fn coverage(stations: &[Station]) -> Coverage {
    let drawn = || stations.iter().filter_map(|s| s.drawn.as_ref());
    let copied = || drawn().filter(|d| !d.copy.is_empty());
    Coverage {
        all: Some(stations.len()),
        planned: Some(drawn().count()),
        listed: Some(stations.len()),
        in_hand: copied().count(),
        incomplete: copied().filter(|d| d.copy.iter().any(Option::is_none)).count(),
    }
}

/// What a reader must know of who was drawn.
fn notes(sample: Option<&[Listed]>, stations: &[Station], found: &Aligned) -> Vec<String> {
    if sample.is_none() {
        return vec![
            "There is no list of the drawn stations: those with a copy are taken as the draw. If others \
             were drawn too and left out, the p-value does not hold; give the list with --sample."
                .to_owned(),
        ];
    }
    let rows = stations.iter().zip(&found.rows);
    match rows.filter(|(s, row)| s.drawn.is_none() && row.is_some()).count() {
        0 => Vec::new(),
        n => vec![format!("{n} copies are of stations that were not drawn; they are not used.")],
    }
}

/// The settings as name and value.
fn described(set: &Settings, cap: Option<&Column>) -> Vec<(String, String)> {
    [
        ("risk limit", set.method.risk.to_string()),
        ("bet", set.method.bet.to_string()),
        ("seed", set.method.seed.to_string()),
        ("strata", set.strata.clone().unwrap_or_else(|| "none".to_owned())),
        ("cap of a station", cap.map_or("its official votes", |c| c.name.as_str()).to_owned()),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .to_vec()
}
