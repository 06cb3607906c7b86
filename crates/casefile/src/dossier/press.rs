//! What the evidence carries in three sentences, and three that it does not.

use glassurn_model::{Claim, Verdict};
use serde::Serialize;

use crate::Account;

/// How many sentences of each kind.
const SENTENCES: usize = 3;

/// Sentences for a reader who has a minute.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Press {
    /// What the evidence carries, each with its base.
    pub carried: Vec<Sentence>,
    /// What it does not carry.
    pub not_carried: Vec<String>,
    /// What is easily mistaken: records that conflict, explained.
    pub mistaken: Vec<String>,
}

/// A sentence with what it rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sentence {
    /// The sentence.
    pub says: String,
    /// What it rests on.
    pub base: String,
}

/// Chooses them: the strongest of the counts first, then what is on record, one of each analysis before a
/// second of any.
pub(super) fn press(records: &Account, counts: Option<&Account>) -> Press {
    let mut claims: Vec<&Claim> = Vec::new();
    claims.extend(counts.into_iter().flat_map(|c| c.headlines(1)).map(|(_, c)| c));
    let said = |method: &'static str| {
        let of = records.answers.iter().filter(move |a| a.method == method);
        of.flat_map(|a| &a.claims)
    };
    claims.extend(said("R110").take(2));
    claims.extend(said("R130").skip(1).take(1));
    claims.extend(said("R110").skip(2));
    let mut not_carried: Vec<String> = Vec::new();
    for claim in &claims {
        if !not_carried.contains(&claim.unsupported) {
            not_carried.push(claim.unsupported.clone());
        }
    }
    not_carried.truncate(SENTENCES);
    let sentence = |c: &&Claim| Sentence { says: c.headline.clone(), base: c.base.clone() };
    let conflicts = said("R120").filter(|c| c.verdict == Verdict::Inconsistent);
    Press {
        carried: claims.iter().take(SENTENCES).map(sentence).collect(),
        not_carried,
        mistaken: conflicts.map(|c| c.headline.clone()).collect(),
    }
}
