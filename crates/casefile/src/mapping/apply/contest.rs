//! The contests: columns get their roles, lacking protocol lines are derived, zeros that are no counts go.

use std::collections::BTreeMap;

use glassurn_model::{Column, Contest, Count, Field, Origin, Tally};

use super::names::nearest;
use super::pool::{ContestPlan, Pool, PoolColumn};
use super::{MappingError, wrong};
use crate::mapping::{ContestMap, Mapping};

/// Builds the contests; the pool's columns are used up.
pub(super) fn build(
    mapping: &Mapping,
    pool: &mut Pool,
    notes: &mut Vec<String>,
) -> Result<Vec<Contest>, MappingError> {
    let plans = pool.contests.clone();
    let mut supply = Supply::new(pool);
    let mut contests = Vec::new();
    for (map, plan) in mapping.contests.iter().zip(&plans) {
        let listed = plan.listed.map(|c| supply.take(c).values);
        let mut contest = assemble(map, plan, &mut supply);
        derive(&mut contest, map, listed.as_deref())?;
        all_zero(&mut contest, &mapping.missing.all_zero, notes)?;
        declared(&contest)?;
        contests.push(contest);
    }
    Ok(contests)
}

/// The pool's columns, given away at their last use and copied before.
struct Supply<'a> {
    columns: &'a mut [PoolColumn],
    uses: Vec<usize>,
}

impl<'a> Supply<'a> {
    /// Counts the uses.
    fn new(pool: &'a mut Pool) -> Supply<'a> {
        let mut uses = vec![0; pool.columns.len()];
        for plan in &pool.contests {
            let fields = plan.fields.iter().flat_map(|(_, columns)| columns);
            let others =
                plan.choices.iter().map(|(_, c)| c).chain(&plan.extras).chain(&plan.listed);
            fields.chain(others).for_each(|&c| uses[c] += 1);
        }
        Supply { columns: pool.columns.as_mut_slice(), uses }
    }

    /// A column.
    fn take(&mut self, column: usize) -> PoolColumn {
        self.uses[column] = self.uses[column].saturating_sub(1);
        let from = &mut self.columns[column];
        if self.uses[column] > 0 {
            return from.clone();
        }
        PoolColumn { name: from.name.clone(), values: std::mem::take(&mut from.values) }
    }

    /// A column as it stands in the source, under a name.
    fn reported(&mut self, name: &str, column: usize) -> Column {
        let taken = self.take(column);
        Column { from: vec![taken.name], ..Column::reported(name, taken.values) }
    }

    /// The sum of columns.
    fn sum(&mut self, name: &str, columns: &[usize]) -> Column {
        if let [only] = columns {
            return self.reported(name, *only);
        }
        let parts: Vec<Column> = columns.iter().map(|&c| self.reported("", c)).collect();
        let sum = Column::derived(name, &parts.iter().collect::<Vec<_>>());
        // A sum that defines the line (issued early, on the day, outside) is as reported as its parts.
        sum.map_or_else(
            || Column::reported(name, Vec::new()),
            |c| Column { origin: Origin::Reported, ..c },
        )
    }
}

/// Gives columns their roles.
fn assemble(map: &ContestMap, plan: &ContestPlan, supply: &mut Supply) -> Contest {
    let fields = plan.fields.iter().filter(|(_, columns)| !columns.is_empty());
    let fields: BTreeMap<_, _> =
        fields.map(|(f, columns)| (*f, supply.sum(f.title(), columns))).collect();
    let choices = plan.choices.iter().map(|(name, c)| supply.reported(name, *c)).collect();
    let extra = |&c: &usize| {
        let PoolColumn { name, values } = supply.take(c);
        Column::reported(name, values)
    };
    Contest {
        name: map.name.clone(),
        kind: map.kind,
        fields,
        choices,
        extras: plan.extras.iter().map(extra).collect(),
        exhaustive: map.exhaustive,
        declared: map.declared.clone(),
    }
}

/// Makes the protocol lines that the file lacks; one may be made of another.
fn derive(
    contest: &mut Contest,
    map: &ContestMap,
    listed: Option<&[Count]>,
) -> Result<(), MappingError> {
    let mut left: Vec<_> = map.derive.iter().collect();
    while !left.is_empty() {
        let before = left.len();
        let mut later = Vec::new();
        for (field, parts) in left {
            if contest.fields.contains_key(field) {
                return Err(both(contest, *field));
            }
            match made(contest, *field, parts, &map.derive, listed)? {
                Some(column) => drop(contest.fields.insert(*field, column)),
                None => later.push((field, parts)),
            }
        }
        left = later;
        if left.len() == before {
            let names: Vec<_> = left.iter().map(|(f, _)| f.key().to_owned()).collect();
            let problem =
                format!("contest `{}` derives `{}` from itself", contest.name, names.join("`, `"));
            return Err(wrong(problem, names, "break the circle in `derive`"));
        }
    }
    Ok(())
}

/// A field is both read and derived.
fn both(contest: &Contest, field: Field) -> MappingError {
    let problem = format!("contest `{}` both reads and derives `{}`", contest.name, field.key());
    wrong(problem, Vec::new(), "keep it in `fields` or in `derive`, not in both")
}

/// A derived field; nothing when a part is not derived yet.
fn made(
    contest: &Contest,
    field: Field,
    parts: &[String],
    derive: &BTreeMap<Field, Vec<String>>,
    listed: Option<&[Count]>,
) -> Result<Option<Column>, MappingError> {
    let mut columns = Vec::new();
    for part in parts {
        if part == "choices" {
            match listed {
                Some(values) => columns.push(Column::reported("choices", values.to_vec())),
                None => columns.extend(contest.choices.iter().cloned()),
            }
            continue;
        }
        let named = Field::from_key(part);
        let column = named.and_then(|f| contest.fields.get(&f));
        if let Some(column) = column.or_else(|| contest.columns().find(|c| c.name == *part)) {
            columns.push(column.clone());
        } else if named.is_some_and(|f| derive.contains_key(&f)) {
            return Ok(None);
        } else {
            return Err(no_part(contest, field, part));
        }
    }
    let parts: Vec<&Column> = columns.iter().collect();
    let sum = Column::derived(field.title(), &parts);
    sum.map(Some).ok_or_else(|| no_part(contest, field, "choices"))
}

/// A derived field names a part that is not there.
fn no_part(contest: &Contest, field: Field, part: &str) -> MappingError {
    let problem = format!(
        "contest `{}` derives `{}` from `{part}`, which it does not have",
        contest.name,
        field.key()
    );
    wrong(problem, known(contest, part), "name fields, choices or `choices` in `derive`")
}

/// What a contest has, most like `name` first.
fn known(contest: &Contest, name: &str) -> Vec<String> {
    let fields = contest.fields.keys().map(|f| f.key());
    let near = nearest(name, fields.clone().chain(contest.columns().map(|c| c.name.as_str())));
    if near.is_empty() { fields.map(str::to_owned).collect() } else { near }
}

/// Zeros at stations that reported nothing are missing counts.
fn all_zero(
    contest: &mut Contest,
    fields: &[Field],
    notes: &mut Vec<String>,
) -> Result<(), MappingError> {
    if fields.is_empty() {
        return Ok(());
    }
    let mut columns = Vec::new();
    for field in fields {
        let column = contest.fields.get(field);
        columns.push(column.ok_or_else(|| {
            let problem = format!(
                "`missing.all_zero` names `{}`, which contest `{}` does not have",
                field.key(),
                contest.name
            );
            wrong(problem, known(contest, field.key()), "name fields of the contest")
        })?);
    }
    let stations = columns.first().map_or(0, |c| c.values.len());
    let silent: Vec<usize> =
        (0..stations).filter(|&i| columns.iter().all(|c| c.values[i] == Some(0))).collect();
    let all = contest.fields.values_mut().chain(&mut contest.choices).chain(&mut contest.extras);
    for column in all {
        for &station in &silent {
            if column.values[station] == Some(0) {
                column.values[station] = None;
            }
        }
    }
    if !silent.is_empty() {
        notes.push(format!(
            "{}: {} stations report nothing but zeros; their zeros are missing counts",
            contest.name,
            silent.len()
        ));
    }
    Ok(())
}

/// Refuses declared totals of nothing.
fn declared(contest: &Contest) -> Result<(), MappingError> {
    let has = |what: &str| {
        let field = Field::from_key(what).is_some_and(|f| contest.fields.contains_key(&f));
        field || contest.columns().any(|c| c.name == what)
    };
    // What was announced for the whole may be a line that the file lacks.
    let announced = |t: &Tally| t.announced && Field::from_key(&t.what).is_some();
    let refused = |t: &&Tally| !(has(&t.what) || announced(t) || t.what == Tally::STATIONS);
    contest.declared.iter().find(refused).map_or(Ok(()), |tally| {
        let problem = format!(
            "contest `{}` declares a total of `{}`, which it does not have",
            contest.name, tally.what
        );
        Err(wrong(problem, known(contest, &tally.what), "name a field or a choice as it is shown"))
    })
}
