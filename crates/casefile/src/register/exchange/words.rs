//! What the forms say alike: addresses that hold, identifiers that stay, records in words.

use glassurn_model::register::{
    Grounds, Register, ResultClaim, Scale, Scope, Source, Unit, Verdict,
};

use crate::formats::sha256;

/// Longest address that is passed on.
const LONGEST: usize = 2_000;

/// An address that other programs take: `http` or `https`, a host, a path, no blanks.
pub(super) fn address(url: &str) -> Option<String> {
    let url = url.trim();
    let rest = ["https://", "http://"].iter().find_map(|scheme| url.strip_prefix(scheme))?;
    let host = rest.split(['/', '?', '#', ':']).next().unwrap_or_default();
    let letter = |c: char| c.is_alphanumeric() || ".-".contains(c);
    let odd = |c: char| c.is_whitespace() || c.is_control() || "<>\"{}|\\^`".contains(c);
    let hosted = host.contains('.') && host.chars().all(letter) && !host.starts_with('.');
    let path = if rest == host { "/" } else { "" };
    (hosted && url.len() <= LONGEST && !url.contains(odd)).then(|| format!("{url}{path}"))
}

/// A stable name for a record in another program: its own, where that is plain; else its fingerprint.
pub(super) fn name(kind: &str, id: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    if (1..=80).contains(&id.len()) && id.chars().all(plain) {
        return format!("{kind}-{id}");
    }
    let hash = sha256(id.as_bytes());
    // Two hyphens: no plain name can be taken for it.
    format!("{kind}--{}", &hash[..32])
}

/// The sources of a fact that are evidence and in the snapshot, each once.
pub(super) fn sources<'r>(
    register: &'r Register,
    grounds: &'r Grounds,
) -> impl Iterator<Item = &'r Source> {
    let known = grounds.sources.iter().filter_map(|id| register.source(id));
    known.filter(|s| s.is_evidence())
}

/// What a reader of another program must know of a fact, in one sentence each.
pub(super) fn caution(register: &Register, grounds: &Grounds) -> Vec<String> {
    let memory = |id: &String| register.source(id).is_some_and(|s| !s.is_evidence());
    let mut words = Vec::new();
    if !grounds.how_known.is_empty() {
        words.push(format!("How it is known: {}.", grounds.how_known.trim_end_matches('.')));
    }
    words.extend(grounds.confidence.map(|c| format!("The compiler's confidence: {}.", c.key())));
    if grounds.from_memory() || grounds.sources.iter().any(memory) {
        words.push(
            "Check first: it rests, in whole or in part, on memory, which is no evidence."
                .to_owned(),
        );
    }
    words.extend(Some(grounds.note.clone()).filter(|n| !n.is_empty()));
    words
}

/// What is claimed: figure, unit, whose, of what, and where.
pub(super) fn claim(claim: &ResultClaim) -> String {
    let mut words = vec![format!("{}:", claim.kind)];
    words.extend(figure(claim));
    if !claim.about.is_empty() {
        words.push(format!("for {}", claim.about));
    }
    words.extend(claim.basis.as_ref().map(|b| format!("({b})")));
    words.push(match &claim.scope {
        Some(Scope::Whole) => "everywhere".to_owned(),
        Some(Scope::Part(part)) => format!("only there: {part}"),
        None => "where, it is not said".to_owned(),
    });
    words.join(" ")
}

fn figure(claim: &ResultClaim) -> Option<String> {
    let (low, high) = (claim.low.or(claim.high)?, claim.high.or(claim.low)?);
    let span = if low == high { low.to_string() } else { format!("{low} to {high}") };
    Some(match claim.unit {
        Some(Unit::Percent) => format!("{span} %"),
        Some(Unit::Votes) => format!("{span} votes"),
        Some(Unit::Seats { of: Some(all) }) => format!("{span} of {all} seats"),
        Some(Unit::Seats { of: None }) => format!("{span} seats"),
        None => span,
    })
}

/// A conclusion as its step and what it means: `−2 rejects`.
pub(super) fn step(scale: Scale) -> String {
    let sign = if scale.step() > 0 { "+" } else { "" };
    format!("{sign}{} {}", scale.step(), scale.title()).replace('-', "−")
}

/// Who says so, and to whom it is ascribed, where that is not the observer itself.
pub(super) fn voices(verdict: &Verdict) -> Vec<String> {
    let mut words = Vec::new();
    if verdict.speaker != verdict.observer {
        words.push(format!("Said by {}, not by the observer itself.", verdict.speaker));
    }
    words.extend(verdict.attributed_to.as_ref().map(|to| {
        format!("The speaker ascribes it to {to}: it is not on record as {to}'s own word.")
    }));
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_that_hold_are_passed_on() {
        for url in
            ["https://a.org/", "http://a.org:8080/x?y=1#z", " https://be-tarask.пример.org/я "]
        {
            assert_eq!(address(url).as_deref(), Some(url.trim()), "{url}");
        }
        for url in [
            "",
            "a.org",
            "ftp://a.org",
            "javascript:alert(1)",
            "https://",
            "https://a b.org",
            "https://a",
            "https://a.org/\u{1}",
            "https://a.org/<b>",
        ] {
            assert_eq!(address(url), None, "{url}");
        }
    }

    #[test]
    fn names_stay_and_are_never_exchanged() {
        assert_eq!(name("election", "BLR-2025-P"), "election-BLR-2025-P");
        let odd = ["a b", "ä", "", "a\u{0}"].map(|id| name("x", id));
        let all: std::collections::BTreeSet<_> = odd.iter().collect();
        assert!(all.len() == 4 && odd.iter().all(|n| n.starts_with("x--") && n.len() == 35));
    }
}
