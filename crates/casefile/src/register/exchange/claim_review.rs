//! schema.org ClaimReview: what was claimed of a result, and how well others could check it.
//!
//! The rating is the grade of evidence, never a judgement of truth, and every review says so.

use glassurn_methods::register::evidence_grade::{Grade, Graded, figures};
use glassurn_model::register::{
    ClaimantRole, Election, Matter, Register, ResultClaim, Source, state_name,
};
use serde_json::{Value, json};

use super::{
    Exchanged, Publisher,
    words::{self, address, name},
};

/// What every rating says beside its grade.
const EXPLAINS: &str = "The grade says how well others could check the claim by independent sources. It does not \
    say whether the claim is so.";

/// All claims whose election is in the snapshot, as one document.
pub(super) fn write(register: &Register, publisher: &Publisher) -> Exchanged {
    let reviews: Vec<Value> = reviews(register, publisher, |_| true);
    let lost = register.claims.len() - reviews.len();
    let left_out = (lost > 0).then(|| format!("{lost} claims on elections that are not exported"));
    let written = reviews.len();
    Exchanged {
        text: format!("{:#}\n", document(reviews)),
        written,
        left_out: left_out.into_iter().collect(),
    }
}

/// The document around reviews.
fn document(reviews: Vec<Value>) -> Value {
    json!({ "@context": "https://schema.org", "@graph": reviews })
}

fn reviews(
    register: &Register,
    publisher: &Publisher,
    wanted: impl Fn(&ResultClaim) -> bool,
) -> Vec<Value> {
    let graded = figures(register, None);
    let of = |c: &ResultClaim| {
        let about =
            |g: &&Graded| g.statement.record == c.id && g.statement.matter == Matter::Figures;
        graded.iter().find(about).and_then(|g| review(register, publisher, c, g))
    };
    register.claims.iter().filter(|c| wanted(c)).filter_map(of).collect()
}

fn review(
    register: &Register,
    publisher: &Publisher,
    c: &ResultClaim,
    graded: &Graded,
) -> Option<Value> {
    let election = register.election(&c.election)?;
    let day = c.date.map(|d| format!(", {d}")).unwrap_or_default();
    let base = publisher.url.as_deref().and_then(address).unwrap_or_default();
    Some(json!({
        "@type": "ClaimReview",
        "@id": format!("{base}#{}", name("claim", &c.id)),
        "url": format!("{base}#{}", name("claim", &c.id)),
        "author": { "@type": "Organization", "name": publisher.name.as_deref().unwrap_or("Compiler of the register") },
        "claimReviewed": format!("{}{day}, on {} ({}): {}", c.claimant, election.name, c.election, words::claim(c)),
        "itemReviewed": claim(register, c, election),
        "reviewRating": rating(graded),
    }))
}

fn claim(register: &Register, c: &ResultClaim, election: &Election) -> Value {
    let works: Vec<Value> = words::sources(register, &c.grounds).map(work).collect();
    let mut claim = json!({
        "@type": "Claim",
        "author": { "@type": claimant(c), "name": c.claimant },
        "about": event(election),
    });
    if let Some(date) = c.date {
        claim["datePublished"] = json!(date.to_string());
    }
    if !works.is_empty() {
        claim["appearance"] = json!(works);
    }
    claim
}

fn event(e: &Election) -> Value {
    let place = state_name(&e.country).unwrap_or(&e.country);
    let mut event = json!({
        "@type": "Event",
        "identifier": e.id,
        "name": e.name,
        "location": { "@type": "Place", "name": place },
    });
    if let Some(start) = e.start {
        event["startDate"] = json!(start.to_string());
    }
    event
}

/// Who claims a figure for themselves is a person; whoever else claims speaks for a body.
fn claimant(c: &ResultClaim) -> &'static str {
    let body = matches!(
        c.role,
        Some(ClaimantRole::Official | ClaimantRole::CitizenPlatform | ClaimantRole::Military)
    );
    if !body && !c.about.is_empty() && c.claimant == c.about { "Person" } else { "Organization" }
}

fn work(source: &Source) -> Value {
    let mut work = json!({ "@type": "CreativeWork", "headline": source.title, "publisher": { "@type": "Organization", "name": source.publisher } });
    if let Some(url) = source.url.as_deref().and_then(address) {
        work["url"] = json!(url);
    }
    if let Some(date) = source.published {
        work["datePublished"] = json!(date.to_string());
    }
    work
}

/// The grade; a contested claim has none in figures.
fn rating(graded: &Graded) -> Value {
    let grade: Grade = graded.grade;
    let mut rating = json!({
        "@type": "Rating",
        "alternateName": format!("{} by evidence: {}", grade.title(), grade.rule()),
        "ratingExplanation": format!("{EXPLAINS} What would raise it: {}.", grade.raise()),
    });
    if let Some(number) = grade.exchange() {
        rating["ratingValue"] = json!(number);
        rating["bestRating"] = json!(100);
        rating["worstRating"] = json!(0);
    }
    rating
}
