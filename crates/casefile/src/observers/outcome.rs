//! What is compared: a share of the votes, or turnout, at each station.

use glassurn_model::{Column, Contest, Field, Reason, Returns};

use crate::mapping::{MappingError, nearest};

/// What is compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The share of a choice, by name; of the one with most votes when absent.
    Share(Option<String>),
    /// Turnout.
    Turnout,
}

/// The outcome at each station.
pub(super) struct Values {
    /// What a sentence calls it.
    pub(super) name: String,
    /// Numerator and denominator.
    pub(super) base: String,
    pub(super) values: Vec<Option<f64>>,
}

/// The outcome asked for, from the first contest that has it.
pub(super) fn of(returns: &Returns, wanted: &Outcome) -> Result<Values, MappingError> {
    match wanted {
        Outcome::Turnout => turnout(returns),
        Outcome::Share(name) => share(returns, name.as_deref()),
    }
}

fn turnout(returns: &Returns) -> Result<Values, MappingError> {
    let of = |c: &Contest| -> Result<Values, Reason> {
        let (top, bottom) = (c.turnout_numerator()?, c.field(Field::Registered)?);
        Ok(ratio("Turnout".to_owned(), top, bottom))
    };
    let mut tried = returns.contests.iter().map(of);
    let first = tried.next().unwrap_or(Err(Reason::Missing));
    first.or_else(|why| tried.find_map(Result::ok).ok_or_else(|| lacking(&why)))
}

/// The choice asked for, what its share is out of, and their contest.
pub(super) fn chosen<'a>(
    returns: &'a Returns,
    wanted: Option<&str>,
) -> Result<(&'a Contest, &'a Column, &'a Column), MappingError> {
    let found = match wanted {
        None => returns.contests.iter().find_map(|c| Some((c, &c.choices[c.leader()?]))),
        Some(name) => returns.contests.iter().find_map(|c| Some((c, named(c, name)?))),
    };
    let (contest, choice) = found.ok_or_else(|| no_choice(returns, wanted))?;
    let bottom = contest.field(Field::Valid).or_else(|_| contest.field(Field::Cast));
    Ok((contest, choice, bottom.map_err(|why| lacking(&why))?))
}

fn share(returns: &Returns, wanted: Option<&str>) -> Result<Values, MappingError> {
    let (_, choice, bottom) = chosen(returns, wanted)?;
    Ok(ratio(format!("Share of {}", choice.name), choice, bottom))
}

fn named<'a>(contest: &'a Contest, name: &str) -> Option<&'a Column> {
    contest.choices.iter().find(|c| c.name.to_lowercase() == name.trim().to_lowercase())
}

/// A ratio at each station; nothing where a part is missing or nothing is there to divide by.
fn ratio(name: String, top: &Column, bottom: &Column) -> Values {
    let one = |(t, b): (&Option<i64>, &Option<i64>)| match (t, b) {
        (Some(t), Some(b)) if *b > 0 => Some(*t as f64 / *b as f64),
        _ => None,
    };
    let base = format!("{} / {}", top.name, bottom.name);
    Values { name, base, values: top.values.iter().zip(&bottom.values).map(one).collect() }
}

/// How large stations are: registered voters of the first contest that has them.
pub(super) fn sizes(returns: &Returns) -> Option<&Column> {
    returns.contests.iter().find_map(|c| c.field(Field::Registered).ok())
}

fn lacking(why: &Reason) -> MappingError {
    MappingError {
        problem: why.to_string(),
        candidates: Vec::new(),
        hint: "`glassurn map FILE` shows which columns were recognised; correct it and give it with --mapping"
            .to_owned(),
    }
}

fn no_choice(returns: &Returns, wanted: Option<&str>) -> MappingError {
    let names = || returns.contests.iter().flat_map(|c| &c.choices).map(|c| c.name.as_str());
    let wanted = wanted.unwrap_or_default();
    let near = nearest(wanted, names());
    let all = || names().take(8).map(str::to_owned).collect();
    MappingError {
        problem: format!("no choice is called `{wanted}`"),
        candidates: if near.is_empty() { all() } else { near },
        hint: "name a choice with --choice, or compare turnout with --turnout".to_owned(),
    }
}
