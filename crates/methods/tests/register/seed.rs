//! The register of Belarus and Myanmar as its tables have it, where they are at hand.

use std::collections::HashMap;
use std::path::PathBuf;

use glassurn_model::register::{
    AbsenceReason, Basis, ClaimKind, ClaimantRole, Confidence, ElectionKind, Grounds, Headcount,
    Letter, Mode, ObserverKind, Register, Reliability, ResultClaim, Scale, Scope, Unit,
};

use crate::made::{self, date, list};

/// The folder of register tables, beside that of published files.
pub(crate) fn folder() -> PathBuf {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/raw");
    let raw =
        std::env::var_os("GLASSURN_DATA").map_or_else(|| PathBuf::from(beside), PathBuf::from);
    raw.join("../register")
}

type Row = HashMap<String, String>;

/// The rows of a table.
pub(crate) fn rows(file: &str) -> Option<Vec<Row>> {
    let bytes = std::fs::read(folder().join(file)).ok()?;
    let mut table = csv::ReaderBuilder::new().flexible(true).from_reader(bytes.as_slice());
    Some(table.deserialize().map(Result::unwrap).collect())
}

/// The register, or `None` with a line that says which test was skipped.
pub(crate) fn register(test: &str) -> Option<Register> {
    let read = |name: &str| rows(&format!("belarus-myanmar/{name}.csv"));
    let Some(sources) = read("sources") else {
        println!("skipped: {test}");
        return None;
    };
    let mut register =
        Register { sources: sources.iter().map(source).collect(), ..Register::default() };
    register.elections = read("elections")?.iter().map(election).collect();
    register.claims = read("claims")?.iter().map(claim).collect();
    register.missions = read("missions")?.iter().map(mission).collect();
    register.invitations = read("invitations")?.iter().map(invitation).collect();
    register.reactions = read("reactions")?.iter().map(reaction).collect();
    let of = |id: &str| register.missions.iter().find(|m| m.id == id).cloned();
    register.verdicts = read("verdicts")?
        .iter()
        .map(|row| {
            let mission = of(&row["mission_id"]).unwrap();
            let mut verdict = made::verdict(&row["election_id"], &mission.observer, "", 9);
            verdict.observer_kind = mission.observer_kind.clone();
            verdict.mission = Some(mission.id);
            verdict.date = date(&row["date"]);
            judged(verdict, row, "verdict_id")
        })
        .collect();
    register.wider_verdicts = read("wider_verdicts")?
        .iter()
        .map(|row| {
            let mut verdict =
                made::verdict(&row["election_id"], &row["observer"], &row["observer_type"], 9);
            verdict.election_date = date(&row["date"]);
            verdict.address = Some(row["source_url"].clone());
            judged(verdict, row, "row_id")
        })
        .collect();
    Some(register)
}

fn judged(
    verdict: glassurn_model::register::Verdict,
    row: &Row,
    id: &str,
) -> glassurn_model::register::Verdict {
    glassurn_model::register::Verdict {
        id: row[id].clone(),
        scale: row["verdict_5"].parse().ok().and_then(Scale::new),
        phrase: row["phrase"].clone(),
        stage: row["stage"].clone(),
        grounds: grounds(row, "note"),
        ..verdict
    }
}

fn grounds(row: &Row, note: &str) -> Grounds {
    Grounds {
        sources: row.get("source_ids").map(|s| list(s)).unwrap_or_default(),
        how_known: row["how_known"].clone(),
        confidence: Confidence::from_key(&row["confidence"]),
        note: row.get(note).cloned().unwrap_or_default(),
    }
}

fn some(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

fn source(row: &Row) -> glassurn_model::register::Source {
    let mut source =
        made::source(&row["source_id"], &row["publisher"], &row["publisher_type"], &row["title"]);
    let published = &row["published"];
    // A span of years stands for its first.
    let span = published.len() == 9;
    source.published = date(if span { &published[..4] } else { published });
    source.url = some(&row["url"]);
    source.note = row["note"].clone();
    source.how_read = row["how_read"].clone();
    source.reliability = Reliability {
        overall: Letter::from_key(&row["suggested_admiralty_reliability"]),
        by_matter: Vec::new(),
    };
    source
}

fn election(row: &Row) -> glassurn_model::register::Election {
    let mut election = made::election(&row["election_id"], &row["start_date"]);
    election.name = row["name"].clone();
    election.kind = ElectionKind::known(&row["kind"]);
    election.end = date(&row["end_date"]);
    election.winner = some(&row["official_winner"]);
    election.winner_share = row["official_winner_share_pct"].parse().ok();
    election.share_basis = Basis::from_words(&row["share_basis"]);
    election.turnout = row["official_turnout_pct"].parse().ok();
    election.turnout_written = row["official_turnout_pct"].clone();
    election.seats = row["seats_result"].clone();
    election.commission = row["emb"].clone();
    election.grounds = grounds(row, "conflict_or_note");
    election
}

fn claim(row: &Row) -> ResultClaim {
    let written = &row["unit_and_scope"];
    let part = ["only", "some", "photographed"].iter().any(|w| written.contains(w));
    ResultClaim {
        kind: ClaimKind::of(&row["kind"]),
        about: row["about"].clone(),
        unit: written.starts_with("pct").then_some(Unit::Percent),
        basis: Basis::from_words(written),
        scope: part.then(|| Scope::Part(written.clone())),
        written: written.clone(),
        role: ClaimantRole::known(&row["claimant_role"]),
        stage: row["stage"].clone(),
        date: date(&row["date"]),
        grounds: grounds(row, "note"),
        ..made::claim(
            &row["claim_id"],
            &row["election_id"],
            &row["claimant"],
            &row["value_low"],
            &row["value_high"],
        )
    }
}

fn mission(row: &Row) -> glassurn_model::register::Mission {
    let form = &row["form"];
    let mode = match row["observer_type"].as_str() {
        _ if form.contains("none deployed") || form.contains("refused") => {
            Mode::Absent(AbsenceReason::from_words(&row["invited"]))
        }
        "bilateral" => Mode::Delegation,
        "individuals" => Mode::Individuals,
        _ => Mode::Mission,
    };
    let mut mission = made::mission(
        &row["mission_id"],
        &row["election_id"],
        &row["observer"],
        &row["observer_type"],
    );
    mission.observer_kind = ObserverKind::known(&row["observer_type"]);
    mission.mode = mode;
    mission.form = form.clone();
    mission.first_day = date(&row["first_day"]);
    mission.last_day = date(&row["last_day"]);
    mission.observers = Headcount::parse(&row["observers_total"]);
    mission.long_term = Headcount::parse(&row["long_term_observers"]);
    mission.invited = row["invited"].clone();
    mission.grounds = grounds(row, "");
    mission
}

fn invitation(row: &Row) -> glassurn_model::register::Invitation {
    let mut invitation = made::invitation(
        &row["invitation_id"],
        &row["election_id"],
        &row["host"],
        &row["invitee"],
        &row["status"],
        &row["date"],
    );
    invitation.detail = row["detail"].clone();
    invitation.grounds = grounds(row, "");
    invitation
}

fn reaction(row: &Row) -> glassurn_model::register::Reaction {
    let mut reaction = made::reaction(
        &row["reaction_id"],
        &row["election_id"],
        &row["kind"],
        &row["actor_code"],
        &row["date"],
    );
    reaction.actor = row["actor"].clone();
    reaction.detail = row["detail"].clone();
    reaction.grounds = grounds(row, "");
    reaction
}

/// The free-and-fair indicator of V-Dem in years of elections, by country.
pub(crate) fn anchors() -> glassurn_methods::register::anchors::Anchors {
    const CODES: [(&str, &str); 8] = [
        ("370", "BLR"),
        ("775", "MMR"),
        ("365", "RUS"),
        ("705", "KAZ"),
        ("373", "AZE"),
        ("369", "UKR"),
        ("703", "KGZ"),
        ("704", "UZB"),
    ];
    let rows = rows("vdem-election-panel/derived_vdem_v12_election_columns.csv").unwrap();
    let held = rows.iter().filter(|r| r["is_election_year"].starts_with('1'));
    let values = held.filter_map(|r| {
        let country = CODES.iter().find(|c| c.0 == r["gwcode"])?.1;
        Some((country.to_owned(), r["year"].parse().ok()?, r["v2elfrfair"].parse().ok()?))
    });
    glassurn_methods::register::anchors::Anchors::new("V-Dem v12, v2elfrfair", values)
}

/// What another program counted in the same tables.
pub(crate) fn counts(what: &str) -> Vec<serde_json::Value> {
    let file: serde_json::Value =
        serde_json::from_str(include_str!("../oracle/seed_counts.json")).unwrap();
    file["cases"].as_array().unwrap().iter().filter(|c| c["what"] == what).cloned().collect()
}
