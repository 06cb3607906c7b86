//! What the checks share: finding columns that are evidence, comparing them station by station.

use crate::{
    Column, Contest, Count, Field, Flag, Kind, Origin, Reason, Returns, Words, check::Tested,
};

/// The contest looked at.
pub(super) fn contest(returns: &Returns, index: usize) -> Result<&Contest, Reason> {
    let missing = || Reason::WrongSubject(format!("there is no contest number {index}"));
    returns.contests.get(index).ok_or_else(missing)
}

/// A protocol line that stands in the source: one made from other lines proves nothing about them.
pub(super) fn reported(contest: &Contest, field: Field) -> Result<&Column, Reason> {
    evidence(contest.field(field)?, field.title())
}

/// The column, unless it was made from others.
fn evidence<'a>(column: &'a Column, title: &str) -> Result<&'a Column, Reason> {
    match column.origin {
        Origin::Reported => Ok(column),
        Origin::Derived => Err(Reason::WrongSubject(format!(
            "{title}: made from other columns, so agreement proves nothing"
        ))),
    }
}

/// The columns of the contest that stand in the source.
pub(super) fn all_reported(contest: &Contest) -> impl Iterator<Item = &Column> {
    contest.columns().filter(|c| c.origin == Origin::Reported)
}

/// The choices' votes added up at each station.
pub(super) fn sum_of_choices(contest: &Contest) -> Result<Column, Reason> {
    let choices: Vec<&Column> = contest.choices.iter().collect();
    choices.iter().try_for_each(|c| evidence(c, &c.name).map(drop))?;
    let none = || Reason::ColumnMissing("votes for a choice".to_owned());
    Column::derived("sum of the choices", &choices).ok_or_else(none)
}

/// Refuses two columns that rest on the same source columns.
pub(super) fn independent(a: &Column, b: &Column) -> Result<(), Reason> {
    if a.from.iter().any(|source| b.from.contains(source)) {
        return Err(Reason::WrongSubject(format!(
            "{} and {} rest on the same columns, so comparing them proves nothing",
            a.name, b.name
        )));
    }
    Ok(())
}

/// The kind of a station.
pub(super) fn kind(returns: &Returns, station: usize) -> Kind {
    returns.stations.kinds.get(station).copied().unwrap_or(Kind::Ordinary)
}

/// The counts of some columns at one station, if it has them all.
pub(super) fn row<const N: usize>(columns: [&Column; N], station: usize) -> Option<[i64; N]> {
    let mut values = [0; N];
    for (value, column) in values.iter_mut().zip(columns) {
        *value = column.values.get(station).copied().flatten()?;
    }
    Some(values)
}

/// A difference as a figure; `None` beyond 64 bits.
pub(super) fn figure(value: i128) -> Count {
    i64::try_from(value).ok()
}

/// Tests every station that has all columns: flags it with the counts and what `wrong` adds to them
/// (figures named `added`), which is nothing where the counts fit.
pub(super) fn compare<const N: usize, const M: usize>(
    columns: [&Column; N],
    added: [&str; M],
    template: impl Into<std::borrow::Cow<'static, str>>,
    wrong: impl Fn(usize, [i128; N]) -> Verdict<M>,
) -> Tested {
    let names = columns.iter().map(|c| c.name.as_str()).chain(added);
    let words = Words::new(names, template);
    let (mut tested, mut flags) = (0, Vec::new());
    let stations = columns.iter().map(|c| c.values.len()).min().unwrap_or(0);
    for (station, index) in (0_u32..).zip(0..stations) {
        let Some(counts) = row(columns, index) else { continue };
        match wrong(index, counts.map(i128::from)) {
            Verdict::Untested => continue,
            Verdict::Fits => {}
            Verdict::Differs(more) => {
                let figures = counts.into_iter().map(Some).chain(more.into_iter().map(figure));
                flags.push(Flag::new(Some(station), &words, figures));
            }
        }
        tested += 1;
    }
    (tested, flags)
}

/// At how many stations that have all columns something is wrong.
pub(super) fn misfits<const N: usize>(
    columns: [&Column; N],
    wrong: impl Fn([i128; N]) -> bool,
) -> usize {
    let stations = columns.iter().map(|c| c.values.len()).min().unwrap_or(0);
    let counts = (0..stations).filter_map(|station| row(columns, station));
    counts.filter(|counts| wrong(counts.map(i128::from))).count()
}

/// What is said of one station's counts.
pub(super) enum Verdict<const M: usize> {
    /// The rule does not concern this station.
    Untested,
    /// Nothing to say.
    Fits,
    /// The counts do not fit; further figures for the message.
    Differs([i128; M]),
}

/// Flags a positive excess.
pub(super) fn excess(by: i128) -> Verdict<1> {
    if by > 0 { Verdict::Differs([by]) } else { Verdict::Fits }
}

/// Flags any difference.
pub(super) fn differ(by: i128) -> Verdict<1> {
    if by != 0 { Verdict::Differs([by]) } else { Verdict::Fits }
}
