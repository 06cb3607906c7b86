//! A correction: what differs between two results of one task, the first of which was published. Nothing is
//! taken back silently: every figure and sentence that changed stands here as it was and as it is.

mod claims;
mod figures;
mod read;

use serde::Serialize;

pub use claims::{ClaimChange, Said};
pub use figures::{Figure, FigureChange, Value};
pub use read::ReadingError;

use read::Written;

/// Version of the JSON envelope; it changes when a reader of the old one would be misled.
pub const ENVELOPE: u32 = 1;

/// Why, when, and whether the two results may have different titles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Circumstances {
    /// Why it is corrected.
    pub reason: String,
    /// The day, as given: nothing here knows what day it is.
    pub date: String,
    /// Somebody states that results of different titles are of the same task.
    pub renamed: bool,
}

/// Everything that differs.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Correction {
    /// Version of this envelope.
    pub envelope: u32,
    /// What kind of result is corrected, as its page says.
    pub kind: String,
    /// Its title, before and now.
    pub title: Both,
    /// Why.
    pub reason: String,
    /// When.
    pub date: String,
    /// Version of the program that made each.
    pub program: Both,
    /// The command that made each.
    pub command: Both,
    /// Files, by their SHA-256.
    pub files: Vec<FileChange>,
    /// Settings and seeds that differ.
    pub settings: Vec<SettingChange>,
    /// Sentences that changed, fell away or came.
    pub claims: Vec<ClaimChange>,
    /// Figures that changed, fell away or came.
    pub figures: Vec<FigureChange>,
}

/// Something before and now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Both {
    /// In the result that is corrected.
    pub before: String,
    /// In the corrected one.
    pub now: String,
}

/// A file that one of the results was made from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FileChange {
    /// Its name.
    pub name: String,
    /// Its SHA-256.
    pub sha256: String,
    /// Whether the result before was made from it.
    pub before: bool,
    /// Whether the result now is.
    pub now: bool,
}

/// A setting that differs; absent where one result does not have it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SettingChange {
    /// Its name.
    pub name: String,
    /// Its value before.
    pub before: Option<String>,
    /// Its value now.
    pub now: Option<String>,
}

/// Compares the JSON of two results.
///
/// Refused: what is no result of this program, results of different kinds or schema versions, of different
/// titles unless somebody states that they are of one task, and results between which nothing differs.
pub fn correct(before: &[u8], now: &[u8], of: &Circumstances) -> Result<Correction, ReadingError> {
    let [before, now] =
        [read::read(before, "the first file")?, read::read(now, "the second file")?];
    read::comparable(&before, &now, of.renamed)?;
    let (old, new) = figures::of_both(&before.value, &now.value);
    let (seeds, changed): (Vec<_>, Vec<_>) =
        figures::changes(&old, &new).into_iter().partition(FigureChange::is_seed);
    let mut settings = settings(&before, &now);
    settings.extend(seeds.into_iter().map(FigureChange::into_setting));
    let correction = Correction {
        envelope: ENVELOPE,
        kind: now.kind.clone(),
        title: both(&before, &now, |w| &w.title),
        reason: of.reason.clone(),
        date: of.date.clone(),
        program: both(&before, &now, |w| &w.program),
        command: both(&before, &now, |w| &w.command),
        files: files(&before, &now),
        settings,
        claims: claims::changes(&before.value, &now.value),
        figures: changed,
    };
    if correction.is_empty() { Err(ReadingError::same()) } else { Ok(correction) }
}

impl Correction {
    /// Whether nothing differs that a reader of the first result was told.
    fn is_empty(&self) -> bool {
        let files = self.files.iter().all(|f| f.before == f.now);
        files && self.settings.is_empty() && self.claims.is_empty() && self.figures.is_empty()
    }

    /// Whether a sentence fell away or says something stronger, weaker or else.
    pub fn changes_what_is_said(&self) -> bool {
        self.claims.iter().any(|c| match (&c.before, &c.now) {
            (Some(before), Some(now)) => {
                (&before.class, &before.verdict) != (&now.class, &now.verdict)
            }
            (before, _) => before.is_some(),
        })
    }
}

fn both(before: &Written, now: &Written, of: fn(&Written) -> &String) -> Both {
    Both { before: of(before).clone(), now: of(now).clone() }
}

/// Every file of either result, those that only one has first.
fn files(before: &Written, now: &Written) -> Vec<FileChange> {
    let mut files: Vec<FileChange> = Vec::new();
    for (name, sha256) in before.files.iter().chain(&now.files) {
        if files.iter().any(|f| f.sha256 == *sha256) {
            continue;
        }
        let in_of = |w: &Written| w.files.iter().any(|f| f.1 == *sha256);
        let (name, sha256) = (name.clone(), sha256.clone());
        files.push(FileChange { name, before: in_of(before), now: in_of(now), sha256 });
    }
    files.sort_by_key(|f| f.before && f.now);
    files
}

/// Settings that differ, by name in the order of the results.
fn settings(before: &Written, now: &Written) -> Vec<SettingChange> {
    let value = |w: &Written, name: &str| {
        let all: Vec<&str> =
            w.settings.iter().filter(|s| s.0 == name).map(|s| s.1.as_str()).collect();
        (!all.is_empty()).then(|| all.join("; "))
    };
    let mut names: Vec<&str> = Vec::new();
    for (name, _) in before.settings.iter().chain(&now.settings) {
        if !names.contains(&name.as_str()) {
            names.push(name);
        }
    }
    let change = |name: &str| SettingChange {
        name: name.to_owned(),
        before: value(before, name),
        now: value(now, name),
    };
    names.into_iter().map(change).filter(|c| c.before != c.now).collect()
}
