//! Writes a resolved contest as the mapping has it: its lines, the lines derived from others, its choices,
//! and everything else that varies as further columns.

use std::collections::BTreeMap;

use glassurn_model::{CountKind, Field};

use super::{Resolved, Resolver};
use crate::mapping::infer::fit::SETTLED;
use crate::mapping::infer::report::Report;
use crate::mapping::{ChoiceMap, ContestMap};

impl Resolver<'_> {
    /// Which lines the mapping derives from others.
    fn derived(&self) -> BTreeMap<Field, Vec<String>> {
        let mut derive = BTreeMap::new();
        let has = |f: Field| self.fields.contains_key(&f);
        let summed = self.fit.as_ref().is_none_or(|f| !f.with.is_empty());
        let valid = has(Field::Valid) || summed;
        if !has(Field::Valid) && summed {
            derive.insert(Field::Valid, vec!["choices".to_owned()]);
        }
        if !has(Field::Cast) && valid && (has(Field::Invalid) || has(Field::Blank)) {
            let parts = [Field::Valid, Field::Invalid, Field::Blank];
            let parts = parts.into_iter().filter(|f| *f == Field::Valid || has(*f));
            derive.insert(Field::Cast, parts.map(|f| f.key().to_owned()).collect());
        }
        derive
    }

    /// The contest as the mapping writes it.
    pub(super) fn finish(self, report: &mut Report) -> Resolved {
        let reference = |c: &usize| self.columns.0[*c].reference.clone();
        let exhaustive = self.fit.as_ref().is_some_and(|f| f.share.ratio() >= SETTLED);
        let derive = self.derived();
        for (field, parts) in &derive {
            report.derive(*field, parts);
        }
        let choice = |c: &usize| {
            let name = &self.columns.0[*c].name;
            let shown = (*name != reference(c)).then(|| name.clone()).filter(|n| !n.is_empty());
            ChoiceMap { column: reference(c), name: shown }
        };
        let mut extras: Vec<usize> = self
            .draft
            .others
            .iter()
            .chain(self.draft.named.iter().map(|n| &n.column))
            .copied()
            .filter(|c| !self.taken(*c) && !self.choices.contains(c))
            .filter(|c| !self.columns.0[*c].constant)
            .collect();
        extras.sort_unstable();
        extras.dedup();
        let map = ContestMap {
            kind: CountKind::Official,
            name: self.draft.name.clone(),
            fields: self
                .fields
                .iter()
                .map(|(f, c)| (*f, c.iter().map(reference).collect()))
                .collect(),
            derive,
            choices: self.choices.iter().map(choice).collect(),
            exhaustive,
            extras: extras.iter().map(reference).collect(),
            ..ContestMap::default()
        };
        Resolved { map, fields: self.fields, choices: self.choices }
    }
}
