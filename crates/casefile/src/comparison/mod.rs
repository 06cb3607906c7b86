//! A comparison: official figures, announced totals and independent counts of the same stations set side
//! by side, and what the methods of the parallel family say of them.

pub(crate) mod align;
mod run;

use glassurn_model::{Column, Contest, Count, CountKind, Origin, Returns};

use crate::Account;
use crate::account::Input;
use align::{Aligned, align};

/// What to compare, and how.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// Names of the choices in focus; empty means the two with most votes.
    pub choices: Vec<String>,
    /// Look at every choice.
    pub all_choices: bool,
    /// Totals announced by somebody: name of a choice or key of a field, and the figure.
    pub announced: Vec<(String, i64)>,
    /// Who announced them.
    pub announced_by: String,
    /// How many stations there are in all.
    pub stations: Option<i64>,
    /// The least share of a station's voters that its observers saw, in thousandths, where somebody states it.
    pub seen: Option<i64>,
    /// Names that mean the same choice, in pairs.
    pub same: Vec<(String, String)>,
}

/// One count: returns, and who counted where the user says so.
#[derive(Debug)]
pub struct Source {
    /// The returns.
    pub returns: Returns,
    /// Who counted, when it is not what the mapping says.
    pub kind: Option<CountKind>,
}

/// One contest of a source, on the stations of the first.
#[derive(Debug)]
pub(crate) struct Side<'a> {
    /// What a reader calls it.
    pub(crate) name: String,
    pub(crate) kind: CountKind,
    pub(crate) contest: &'a Contest,
    /// For each station of the first source, the station of this one; `None` for the first itself.
    pub(crate) rows: Option<Vec<Option<u32>>>,
}

impl Side<'_> {
    /// A column on the stations of the first source.
    pub(crate) fn values(&self, column: &Column) -> Vec<Count> {
        match &self.rows {
            None => column.values.clone(),
            Some(rows) => {
                let at = |row: &Option<u32>| {
                    column.values.get(row.as_ref().copied()? as usize).copied()?
                };
                rows.iter().map(at).collect()
            }
        }
    }
}

/// Compares every count with the official figures, and these with what was announced.
///
/// The first source gives the stations; its own contests of another kind are counts to compare with too.
pub fn compare(sources: &[Source], settings: &Settings, command: String) -> Account {
    let title = sources.first().map_or("", |s| s.returns.title.as_str());
    let mut account = Account::new("Comparison of independent counts", title, command);
    let Some((first, others)) = sources.split_first() else { return account };
    let aligned: Vec<Aligned> =
        others.iter().map(|o| align(&first.returns.stations, &o.returns.stations)).collect();
    let mut sides = sides(first, None);
    account.inputs.push(input(first, Vec::new()));
    for (other, aligned) in others.iter().zip(&aligned) {
        account.inputs.push(input(other, aligned.notes()));
        sides.extend(self::sides(other, Some(&aligned.rows)));
    }
    account.settings = described(settings);
    run::run(&first.returns, &sides, settings, &mut account);
    account
}

/// The contests of a source as sides.
fn sides<'a>(source: &'a Source, rows: Option<&[Option<u32>]>) -> Vec<Side<'a>> {
    let side = |contest: &'a Contest| Side {
        name: match source.returns.contests.len() {
            1 => source.returns.title.clone(),
            _ => contest.name.clone(),
        },
        kind: source.kind.unwrap_or(contest.kind),
        contest,
        rows: rows.map(<[_]>::to_vec),
    };
    source.returns.contests.iter().map(side).collect()
}

/// What an input is, for the account.
fn input(source: &Source, notes: Vec<String>) -> Input {
    let returns = &source.returns;
    let first = returns.contests.first().map(|c| c.kind);
    Input {
        name: returns.title.clone(),
        kind: source.kind.or(first),
        stations: Some(returns.stations.len()),
        sources: returns.sources.clone(),
        notes: returns.notes.iter().cloned().chain(notes).collect(),
        provenance: returns.provenance.clone(),
    }
}

/// The settings as name and value.
fn described(settings: &Settings) -> Vec<(String, String)> {
    let choices = match (settings.all_choices, settings.choices.is_empty()) {
        (true, _) => "all".to_owned(),
        (false, true) => "the two with most votes".to_owned(),
        (false, false) => settings.choices.join(", "),
    };
    let mut described = vec![("choices".to_owned(), choices)];
    for (name, value) in &settings.announced {
        described.push((
            "announced".to_owned(),
            format!("{name} = {value}, by {}", settings.announced_by),
        ));
    }
    if let Some(stations) = settings.stations {
        described.push(("stations in all".to_owned(), stations.to_string()));
    }
    if let Some(seen) = settings.seen {
        let share = format!("{} % at each station", seen as f64 / 10.0);
        described.push(("voters that observers saw, at least".to_owned(), share));
    }
    for (a, b) in &settings.same {
        described.push(("the same choice".to_owned(), format!("{a} = {b}")));
    }
    described
}

/// Whether a column stands in its source, so that a missing value there means something.
pub(crate) fn reported(column: &Column) -> bool {
    column.origin == Origin::Reported
}
