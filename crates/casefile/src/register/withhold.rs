//! What leaves this machine: the tables without records that are marked sensitive.

use std::collections::HashSet;

use super::{
    Kind, Need, Record, Sheet, Tables,
    content::{Content, parts},
};

/// The column that marks a record as one that stays on this machine.
pub(super) const SENSITIVE: &str = "sensitive";

/// Records by kind and name.
type Withheld = HashSet<(Kind, String)>;

impl Tables {
    /// The tables without every record that is marked `sensitive`, and without those that cannot stand
    /// alone when it is gone: what refers to it, and what rests on no other source. Lists of several lose
    /// its name. How many were left out is kept in [`Tables::withheld`].
    #[must_use]
    pub fn without_sensitive(mut self) -> Tables {
        let mut withheld = Withheld::new();
        while self.add_to(&mut withheld) {}
        for sheet in &mut self.sheets {
            let kind = sheet.kind;
            sheet.rows.retain(|row| !withheld.contains(&(kind, row.id.clone())));
            sheet.forget(&withheld);
        }
        self.withheld += withheld.len();
        self
    }

    /// Adds what is to be withheld beside what is known; whether anything was added.
    fn add_to(&self, withheld: &mut Withheld) -> bool {
        let before = withheld.len();
        for sheet in &self.sheets {
            for row in &sheet.rows {
                if sheet.cell(row, SENSITIVE).trim() == "yes" || leans_on(sheet, row, withheld) {
                    withheld.insert((sheet.kind, row.id.clone()));
                }
            }
        }
        withheld.len() > before
    }
}

/// Whether a record cannot stand without what is withheld.
fn leans_on(sheet: &Sheet, row: &Record, withheld: &Withheld) -> bool {
    let gone = |kinds: &[Kind], id: &str| names(withheld, kinds, id);
    sheet.kind.columns().iter().any(|column| {
        let cell = sheet.cell(row, column.name).trim();
        let all_gone = |kinds: &[Kind]| !cell.is_empty() && parts(cell).all(|id| gone(kinds, id));
        match column.content {
            Content::Record(kind) => gone(&[kind], cell),
            Content::AnyRecord => gone(&Kind::ALL, cell),
            Content::Records(kind) => all_gone(&[kind]),
            Content::List => column.need == Need::Must && all_gone(&Kind::ALL),
            _ => false,
        }
    })
}

/// Whether a name is that of a withheld record of one of these kinds.
fn names(withheld: &Withheld, kinds: &[Kind], id: &str) -> bool {
    kinds.iter().any(|kind| withheld.contains(&(*kind, id.to_owned())))
}

impl Sheet {
    /// Takes withheld names out of lists of several.
    fn forget(&mut self, withheld: &Withheld) {
        let lists = self.kind.columns().iter().filter_map(|column| {
            let kinds: &[Kind] = match &column.content {
                Content::Records(kind) => std::slice::from_ref(kind),
                Content::List => &Kind::ALL,
                _ => return None,
            };
            Some((self.index(column.name)?, kinds))
        });
        for (index, kinds) in lists.collect::<Vec<_>>() {
            let gone = |id: &str| names(withheld, kinds, id);
            for cell in self.rows.iter_mut().filter_map(|row| row.cells.get_mut(index)) {
                if parts(cell).any(gone) {
                    *cell = parts(cell).filter(|id| !gone(id)).collect::<Vec<_>>().join(";");
                }
            }
        }
    }
}
