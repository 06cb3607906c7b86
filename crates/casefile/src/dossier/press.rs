//! What the evidence carries in five sentences at most, and what it does not.

use glassurn_model::{Claim, Verdict};
use serde::Serialize;

use super::{Rests, sources};
use crate::Account;

/// How many sentences of each kind.
const SENTENCES: usize = 5;

/// Sentences for a reader who has a minute.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Press {
    /// What the evidence carries, each with its base.
    pub carried: Vec<Sentence>,
    /// What is easily mistaken: records that conflict, explained.
    pub mistaken: Vec<Sentence>,
    /// What it does not carry.
    pub not_carried: Vec<String>,
}

/// A sentence with what it rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sentence {
    /// The sentence.
    pub says: String,
    /// What it rests on.
    pub base: String,
    /// The sources of the records that its base names; none where it rests on counts.
    pub sources: Vec<String>,
}

impl Sentence {
    fn new(claim: &Claim, rests: &Rests) -> Sentence {
        let mut cited: Vec<String> = Vec::new();
        for source in sources::names(&claim.base).filter_map(|name| rests.get(name)).flatten() {
            if !cited.contains(source) {
                cited.push(source.clone());
            }
        }
        Sentence { says: claim.headline.clone(), base: claim.base.clone(), sources: cited }
    }
}

/// Chooses them: the strongest of the counts first, then what was announced and what that rests on, what
/// observers concluded, who visited whom both ways, and who did not come.
pub(super) fn press(records: &Account, counts: Option<&Account>, rests: &Rests) -> Press {
    let said = |method: &'static str| {
        let of = records.answers.iter().filter(move |a| a.method == method);
        of.flat_map(|a| &a.claims)
    };
    let mut claims: Vec<&Claim> = Vec::new();
    claims.extend(counts.into_iter().flat_map(|c| c.headlines(1)).map(|(_, c)| c));
    claims.extend(said("R110").take(1));
    claims.extend(said("R190").skip(1).take(1));
    claims.extend(said("R110").skip(1).take(1));
    claims.extend(said("R130").skip(1).take(1));
    claims.extend(said("R110").skip(2));
    claims.truncate(SENTENCES);
    let mut not_carried: Vec<String> = Vec::new();
    for claim in &claims {
        if !not_carried.contains(&claim.unsupported) {
            not_carried.push(claim.unsupported.clone());
        }
    }
    let conflicts = said("R120").filter(|c| c.verdict == Verdict::Inconsistent);
    Press {
        carried: claims.iter().map(|c| Sentence::new(c, rests)).collect(),
        mistaken: conflicts.map(|c| Sentence::new(c, rests)).collect(),
        not_carried,
    }
}
