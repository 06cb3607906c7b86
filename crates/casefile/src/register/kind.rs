//! The kinds of record: one kind is one table.

use super::columns::{self, Column};

/// A kind of record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Pages and files.
    Source,
    /// Elections, rounds and phases.
    Election,
    /// Organisations.
    Organisation,
    /// Claims about results.
    Claim,
    /// Observer missions and absences.
    Mission,
    /// Invitations.
    Invitation,
    /// What somebody said.
    Statement,
    /// What the recorded missions concluded.
    Verdict,
    /// What observers concluded of other elections.
    WiderVerdict,
    /// Reactions.
    Reaction,
    /// Copies of sources.
    Capture,
    /// Passages that bear on a record.
    Citation,
    /// Answers to the questions of a scheme.
    Assessment,
}

impl Kind {
    /// Every kind, in the order in which tables are read: a record refers to kinds before its own.
    pub const ALL: [Kind; 13] = [
        Kind::Source,
        Kind::Election,
        Kind::Organisation,
        Kind::Claim,
        Kind::Mission,
        Kind::Invitation,
        Kind::Statement,
        Kind::Verdict,
        Kind::WiderVerdict,
        Kind::Reaction,
        Kind::Capture,
        Kind::Citation,
        Kind::Assessment,
    ];

    /// The name of its table.
    pub fn table(self) -> &'static str {
        match self {
            Kind::Source => "sources",
            Kind::Election => "elections",
            Kind::Organisation => "organisations",
            Kind::Claim => "claims",
            Kind::Mission => "missions",
            Kind::Invitation => "invitations",
            Kind::Statement => "statements",
            Kind::Verdict => "verdicts",
            Kind::WiderVerdict => "wider_verdicts",
            Kind::Reaction => "reactions",
            Kind::Capture => "captures",
            Kind::Citation => "citations",
            Kind::Assessment => "assessments",
        }
    }

    /// What one record is called.
    pub fn title(self) -> &'static str {
        match self {
            Kind::Source => "source",
            Kind::Election => "election",
            Kind::Organisation => "organisation",
            Kind::Claim => "claim",
            Kind::Mission => "mission",
            Kind::Invitation => "invitation",
            Kind::Statement => "statement",
            Kind::Verdict => "verdict",
            Kind::WiderVerdict => "verdict on another election",
            Kind::Reaction => "reaction",
            Kind::Capture => "capture",
            Kind::Citation => "citation",
            Kind::Assessment => "assessment",
        }
    }

    /// The kind whose table has this name, or whose record is called so.
    pub fn named(name: &str) -> Option<Kind> {
        let name = name.trim().to_lowercase().replace('-', "_");
        Kind::ALL.into_iter().find(|k| {
            k.table() == name || k.title() == name || k.table().strip_suffix('s') == Some(&*name)
        })
    }

    /// The columns that its table may have; others are kept as they are.
    pub fn columns(self) -> &'static [Column] {
        columns::of(self)
    }

    /// The column with this name.
    pub fn column(self, name: &str) -> Option<&'static Column> {
        self.columns().iter().find(|c| c.name == name)
    }

    /// The column that holds a record's name: the first.
    pub fn id_column(self) -> &'static str {
        self.columns().first().map_or("id", |c| c.name)
    }

    /// The column that holds a record's sources.
    pub fn source_column(self) -> Option<&'static str> {
        let named = |name: &&str| self.column(name).is_some();
        ["source_ids", "source_id", "evidence"].into_iter().find(named)
    }

    /// The letters with which names of such records begin, where they are numbered.
    pub fn prefix(self) -> Option<&'static str> {
        match self {
            Kind::Source => Some("S"),
            Kind::Claim => Some("C"),
            Kind::Mission => Some("M"),
            Kind::Invitation => Some("I"),
            Kind::Statement => Some("T"),
            Kind::Verdict => Some("V"),
            Kind::WiderVerdict => Some("W"),
            Kind::Reaction => Some("R"),
            Kind::Citation => Some("Q"),
            Kind::Assessment => Some("A"),
            Kind::Election | Kind::Organisation | Kind::Capture => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_and_title_leads_back_to_its_kind() {
        for kind in Kind::ALL {
            assert_eq!(Kind::named(kind.table()), Some(kind));
            assert_eq!(Kind::named(kind.title()), Some(kind));
        }
        assert_eq!(
            (Kind::named("wider-verdict"), Kind::named("x")),
            (Some(Kind::WiderVerdict), None)
        );
    }

    #[test]
    fn every_kind_has_a_name_first_and_no_column_twice() {
        for kind in Kind::ALL {
            let mut names: Vec<&str> = kind.columns().iter().map(|c| c.name).collect();
            assert!(names[0].ends_with("_id"), "{}", kind.table());
            names.sort_unstable();
            assert!(names.windows(2).all(|pair| pair[0] != pair[1]), "{}", kind.table());
        }
    }
}
