//! The register in the forms of other programs: what their own tools took, by committed figures; nothing that
//! leads nowhere; hostile text stays text.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::collections::BTreeSet;

use glassurn_casefile::register::{Exchange, Exchanged, Publisher, exchange, seed};
use glassurn_model::register::{Citation, Quote, Register, Stance};
use serde_json::Value;
use sha2::{Digest as _, Sha256};

fn shipped() -> Register {
    seed().unwrap().tables.register().unwrap()
}

fn publisher() -> Publisher {
    Publisher { name: None, url: Some("https://example.org/claims.html".to_owned()) }
}

fn written(register: &Register, form: Exchange) -> Exchanged {
    exchange(register, form, &publisher())
}

/// The case of an oracle, and its text as it is written now.
fn checked(oracle: &str, form: Exchange) -> Value {
    let oracle: Value = serde_json::from_str(oracle).unwrap();
    let case = oracle["cases"][0].clone();
    let text = written(&shipped(), form).text;
    let hash: String = Sha256::digest(text.as_bytes()).iter().map(|b| format!("{b:02x}")).collect();
    assert_eq!(
        case["sha256"],
        hash.as_str(),
        "the text changed: run {}",
        oracle["header"]["script"]
    );
    assert_eq!(case["refused"], serde_json::json!([]));
    case
}

fn entities(register: &Register) -> Vec<Value> {
    let text = written(register, Exchange::Ftm).text;
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn texts<'v>(value: &'v Value, all: &mut Vec<&'v str>) {
    match value {
        Value::String(text) => all.push(text),
        Value::Array(values) => values.iter().for_each(|v| texts(v, all)),
        Value::Object(fields) => fields.values().for_each(|v| texts(v, all)),
        _ => {}
    }
}

// --- oracles -------------------------------------------------------------------------------------

#[test]
fn follow_the_money_takes_every_entity() {
    let case = checked(include_str!("oracle/register_ftm.json"), Exchange::Ftm);
    assert_eq!((&case["accepted"], &case["names"]), (&case["entities"], &case["entities"]));
    assert!(case["schemata"]["Event"].as_u64().unwrap() > 18);
}

#[test]
fn popolo_takes_every_record() {
    let case = checked(include_str!("oracle/register_popolo.json"), Exchange::Popolo);
    let of = |kind: &str| case["records"][kind].as_u64().unwrap();
    let all: u64 =
        ["persons", "organizations", "memberships", "areas", "events"].map(of).iter().sum();
    assert_eq!((case["names"].as_u64().unwrap(), of("events")), (all, 18 + 34));
}

#[test]
fn schema_org_takes_every_review() {
    let case = checked(include_str!("oracle/register_claim_review.json"), Exchange::ClaimReview);
    assert_eq!((case["reviews"].as_u64(), case["names"].as_u64()), (Some(13), Some(13)));
}

// --- what leads somewhere --------------------------------------------------------------------------

#[test]
fn the_same_register_gives_the_same_bytes() {
    for form in Exchange::ALL {
        assert_eq!(written(&shipped(), form), written(&shipped(), form));
        assert_eq!(Exchange::named(form.key()), Some(form));
    }
}

#[test]
fn every_fact_with_an_address_carries_it() {
    let register = shipped();
    let entities = entities(&register);
    let carried = |id: &str| {
        let found = entities.iter().find(|e| e["id"] == id).unwrap_or_else(|| panic!("{id}"));
        found["properties"]["sourceUrl"].as_array().map_or(0, Vec::len)
    };
    let addresses = |sources: &[String]| {
        let known: BTreeSet<_> =
            sources.iter().filter_map(|s| register.source(s)?.url.clone()).collect();
        known.len()
    };
    for r in &register.reactions {
        assert_eq!(
            carried(&format!("reaction-{}", r.id)),
            addresses(&r.grounds.sources),
            "{}",
            r.id
        );
    }
    for c in &register.claims {
        assert_eq!(carried(&format!("claim-{}", c.id)), addresses(&c.grounds.sources), "{}", c.id);
    }
    for v in &register.wider_verdicts {
        assert!(v.address.is_none() || carried(&format!("verdict-{}", v.id)) > 0, "{}", v.id);
    }
}

/// Whatever is taken out of the snapshot, nothing refers to it.
#[test]
fn nothing_refers_to_what_was_left_out() {
    let whole = shipped();
    let ids: Vec<String> = whole.elections.iter().map(|e| e.id.clone()).collect();
    for id in ids {
        let mut register = whole.clone();
        register.elections.retain(|e| e.id != id);
        register.organisations.retain(|o| o.id != "CIS");
        register.sources.retain(|s| s.id != "S012");
        let entities = entities(&register);
        let names: BTreeSet<&str> = entities.iter().map(|e| e["id"].as_str().unwrap()).collect();
        assert_eq!(names.len(), entities.len(), "every name is there once");
        let leads = [
            "subject",
            "object",
            "project",
            "participant",
            "member",
            "organization",
            "entity",
            "proof",
        ];
        for (entity, lead) in entities.iter().flat_map(|e| leads.iter().map(move |l| (e, l))) {
            let mut to = Vec::new();
            texts(&entity["properties"][lead], &mut to);
            assert!(to.iter().all(|t| names.contains(t)), "{id}: {entity}");
        }
        let popolo = written(&register, Exchange::Popolo).text;
        assert!(
            !popolo.contains(&format!("\"election-{id}\""))
                && !popolo.contains("organisation-CIS\"")
        );
        let reviews = written(&register, Exchange::ClaimReview).text;
        assert!(!reviews.contains(&format!("({id})")), "{id}");
    }
}

#[test]
fn what_is_unknown_is_said_to_be_so() {
    let entities = entities(&shipped());
    let of = |id: &str| entities.iter().find(|e| e["id"] == id).unwrap()["properties"].clone();
    assert_eq!(of("verdict-V007")["role"][0], "concluded of the election: no conclusion on record");
    assert_eq!(of("verdict-V001")["role"][0], "concluded of the election: −2 rejects");
    assert!(
        of("verdict-V021")["description"].to_string().contains("ascribes it to Russian observers")
    );
    assert!(entities.iter().all(|e| e["id"] != "source-S084"), "memory is no document");
    assert!(of("absence-M013.0")["role"][0].as_str().unwrap().starts_with("did not observe"));
}

// --- words -----------------------------------------------------------------------------------------

#[test]
fn a_grade_is_no_verdict_on_a_claim() {
    let document: Value =
        serde_json::from_str(&written(&shipped(), Exchange::ClaimReview).text).unwrap();
    for review in document["@graph"].as_array().unwrap() {
        let rating = &review["reviewRating"];
        let words =
            format!("{} {}", rating["alternateName"], rating["ratingExplanation"]).to_lowercase();
        assert!(words.contains("does not say whether the claim is so"), "{words}");
        for word in ["fraud", "rigged", "stolen", "false", "true", "lie"] {
            assert!(!words.split(|c: char| !c.is_alphabetic()).any(|w| w == word), "{words}");
        }
    }
}

#[test]
fn a_contested_claim_has_no_number() {
    let mut register = shipped();
    let against = |(n, source): (usize, &str)| Citation {
        id: format!("Q{n}"),
        fact: "C005".to_owned(),
        field: None,
        source: source.to_owned(),
        capture: None,
        quote: Quote::default(),
        page: None,
        stance: Stance::Contradicts,
    };
    register.citations =
        ["S029", "S036"].iter().enumerate().map(|(n, s)| against((n, s))).collect();
    let text = written(&register, Exchange::ClaimReview).text;
    let document: Value = serde_json::from_str(&text).unwrap();
    for review in document["@graph"].as_array().unwrap() {
        let rating = &review["reviewRating"];
        let contested = rating["alternateName"].as_str().unwrap().starts_with("contested");
        assert_eq!(contested, rating.get("ratingValue").is_none(), "{rating}");
    }
}

// --- hostile text ----------------------------------------------------------------------------------

#[test]
fn hostile_text_stays_text() {
    let mut register = shipped();
    let odd = "=cmd|' /C calc'!A0 \u{0}\u{1b}[2J\"</script>\n{\"a\": 1}".to_owned()
        + &"я".repeat(100_000);
    register.elections[0].name = odd.clone();
    register.organisations[0].names[0].text = odd.clone();
    register.organisations[1].id = "../../x y".to_owned();
    register.missions[0].observer = odd.clone();
    register.reactions[0].detail = odd.clone();
    register.claims[0].claimant = odd;
    register.sources[0].url = Some("javascript:alert(1)".to_owned());
    register.sources[1].url = Some("https://a.org/\"><script>".to_owned());
    let entities = entities(&register);
    let mut all = Vec::new();
    entities.iter().for_each(|e| texts(e, &mut all));
    assert!(all.iter().all(|t| !t.contains(char::is_control) && t.chars().count() <= 60_000));
    for form in Exchange::ALL {
        let text = written(&register, form).text;
        assert!(
            !text.contains("javascript:alert") && !text.contains("a.org/\\\"><script>"),
            "{form:?}"
        );
        assert!(!text.contains('\0') && !text.contains('\u{1b}'));
    }
}

#[test]
fn an_empty_register_is_an_empty_document() {
    let written = |form| written(&Register::default(), form);
    assert_eq!((written(Exchange::Ftm).text.as_str(), written(Exchange::Popolo).written), ("", 0));
    assert!(written(Exchange::ClaimReview).left_out.is_empty());
}
