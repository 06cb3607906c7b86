//! Sentences before and now: which say the same, which changed, which fell away.

use std::collections::HashSet;

use serde::Serialize;
use serde_json::Value as Json;

use super::figures::{alone, label};

/// A sentence as a result has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Said {
    /// Key of its class (`true_share`).
    pub class: String,
    /// Key of its verdict (`inconsistent`).
    pub verdict: String,
    /// The sentence.
    pub headline: String,
    /// Its base.
    pub base: String,
}

/// A sentence that changed, fell away (nothing now) or came (nothing before).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ClaimChange {
    /// The answer it belongs to.
    pub answer: String,
    /// Before.
    pub before: Option<Said>,
    /// Now.
    pub now: Option<Said>,
}

/// How alike two sentences must be, without their figures, to be one that changed.
const ALIKE: f64 = 0.6;

/// What changed, answer by answer.
pub(super) fn changes(before: &Json, now: &Json) -> Vec<ClaimChange> {
    let alone = alone(before, now);
    let (old, new) = (said(before, &alone), said(now, &alone));
    let mut answers: Vec<&String> = Vec::new();
    for (answer, _) in old.iter().chain(&new) {
        if !answers.contains(&answer) {
            answers.push(answer);
        }
    }
    let of = |all: &[(String, Said)], answer: &str| {
        let all = all.iter().filter(|(a, _)| a == answer);
        all.map(|(_, s)| s.clone()).collect::<Vec<Said>>()
    };
    answers.into_iter().flat_map(|a| paired(a, of(&old, a), of(&new, a))).collect()
}

/// Every sentence with the name of its answer.
fn said(value: &Json, alone: &HashSet<String>) -> Vec<(String, Said)> {
    let mut all = Vec::new();
    for answer in value["answers"].as_array().into_iter().flatten() {
        let name = answer.as_object().map_or_else(String::new, |m| label(m, alone));
        for claim in answer["claims"].as_array().into_iter().flatten() {
            let text = |key: &str| claim[key].as_str().unwrap_or_default().to_owned();
            let said = Said {
                class: text("class"),
                verdict: text("verdict"),
                headline: text("headline"),
                base: text("base"),
            };
            all.push((name.clone(), said));
        }
    }
    all
}

/// The sentences of one answer: equal ones are dropped, alike ones are one that changed.
fn paired(answer: &str, before: Vec<Said>, mut now: Vec<Said>) -> Vec<ClaimChange> {
    let mut left = Vec::new();
    for said in before {
        match now.iter().position(|n| *n == said) {
            Some(at) => drop(now.remove(at)),
            None => left.push(said),
        }
    }
    let change = |before, now| ClaimChange { answer: answer.to_owned(), before, now };
    let mut changes = Vec::new();
    for said in left {
        let alike = now.iter().enumerate().filter(|(_, n)| n.class == said.class);
        let alike = alike
            .map(|(at, n)| (strsim::sorensen_dice(&bare(&n.headline), &bare(&said.headline)), at));
        let best =
            alike.filter(|a| a.0 >= ALIKE).max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
        let found = best.map(|(_, at)| now.remove(at));
        changes.push(change(Some(said), found));
    }
    changes.extend(now.into_iter().map(|n| change(None, Some(n))));
    changes
}

/// A sentence without its figures.
fn bare(sentence: &str) -> String {
    sentence.chars().filter(|c| !c.is_numeric()).collect()
}
