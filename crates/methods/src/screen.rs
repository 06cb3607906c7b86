//! The whole contract of a screen on one page.

use glassurn_model::{Finding, Form, Outcome};

use crate::Slice;
use crate::simulate::Null;

/// Screens that look at the same thing; p-values are adjusted (Holm) within a family.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Family {
    /// Digits of counts.
    Digits,
    /// Round percentages and fractions.
    Rounding,
    /// Results that repeat.
    Repetition,
    /// Shapes of the distributions of turnout and share.
    Shapes,
    /// How turnout and shares go together.
    Association,
    /// Published totals.
    Totals,
    /// Models of whole returns, fitted to turnout and share.
    Models,
    /// The order in which stations were counted.
    Time,
    /// Two contests or two elections beside each other.
    Elections,
    /// Places beside each other on the map.
    Space,
}

impl Family {
    /// What a reader sees.
    pub fn title(self) -> &'static str {
        match self {
            Family::Digits => "digits",
            Family::Rounding => "round percentages",
            Family::Repetition => "repeated results",
            Family::Shapes => "shapes of turnout and share",
            Family::Association => "turnout and share",
            Family::Totals => "published totals",
            Family::Models => "models of turnout and share",
            Family::Time => "order of the count",
            Family::Elections => "between contests and elections",
            Family::Space => "neighbouring places",
        }
    }
}

/// Whether a screen runs once for each choice or once for the contest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Focus {
    /// Once for each choice asked for.
    Choice,
    /// Once for the contest.
    Contest,
}

/// How far a screen is to be trusted yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// New: shown, and marked as a trial.
    Trial,
    /// Its null calibration and power are documented and tested.
    Stable,
}

/// How long a screen takes, and so whether it runs unasked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cost {
    /// At most a few seconds on the returns of a large country.
    Quick,
    /// Longer: runs when named, or when models are asked for.
    Slow,
    /// Minutes, on a large country many: runs when named, and never for models in general.
    Minutes,
}

/// What is fixed about a screen.
#[derive(Debug, Clone, Copy)]
pub struct Meta {
    /// Stable code, never reused (`S110`).
    pub code: &'static str,
    /// Stable name: what is measured, never an offence (`last-digit`).
    pub name: &'static str,
    /// What a reader sees (`Last digits`).
    pub title: &'static str,
    /// Its family.
    pub family: Family,
    /// For each choice, or for the contest.
    pub focus: Focus,
    /// Trial or stable.
    pub status: Status,
    /// Quick or slow.
    pub cost: Cost,
    /// Documentation form; its first line is the question.
    pub doc: &'static str,
}

impl Meta {
    /// The documentation as a form.
    pub fn form(&self) -> Form {
        Form::new(self.doc)
    }
}

/// The level of a single test.
pub const LEVEL: f64 = 0.05;

/// An estimate of the votes affected.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Affected {
    /// The estimate.
    pub votes: f64,
    /// The range that the screen gives with it.
    pub range: Option<[f64; 2]>,
}

/// A forensic screen. Implementations are structs of settings, one file each, listed in
/// [`crate::screens`] with their default settings.
pub trait Screen: Sync {
    /// Code, name, documentation.
    fn meta(&self) -> Meta;

    /// Looks at some stations of one contest.
    fn run(&self, slice: &Slice<'_>) -> Outcome;

    /// Whether a finding of this screen stands out, by the screen's own rule: a p-value of at most
    /// [`LEVEL`] where it has one. `None` for a screen that describes and has no rule.
    ///
    /// How often the rule is met when nothing was changed is measured, not assumed: see [`crate::proving`].
    fn stands_out(&self, finding: &Finding) -> Option<bool> {
        finding.p.map(|p| p.value <= LEVEL)
    }

    /// The nulls under which what the screen looks for is not there. A screen of turnout and share names fewer
    /// than all: elections that keep each station's rates keep what it looks at.
    fn nulls(&self) -> &'static [Null] {
        &Null::ALL
    }

    /// How many votes the screen estimates to be affected; `None` where it makes no such estimate.
    fn affected(&self, finding: &Finding) -> Option<Affected> {
        let _ = finding;
        None
    }
}
