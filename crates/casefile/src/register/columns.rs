//! Every column of every table: what it holds, and whether a record may lack it.

use super::{Kind, content::Content};
use Content::{
    AnyRecord, Country, Date, Degree, Figure, Hash, Letter, List, Matters, Span, Step, Text, YesNo,
};
use Need::{Asked, Free, Must};

/// A column.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// What its cells hold.
    pub content: Content,
    /// Whether a record may lack it.
    pub need: Need,
}

/// Whether a record may lack a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// A record without it is refused.
    Must,
    /// Asked for when a record is added by hand.
    Asked,
    /// Left to the compiler.
    Free,
}

const fn column(name: &'static str, content: Content, need: Need) -> Column {
    Column { name, content, need }
}

const ELECTION: Content = Content::Record(Kind::Election);
const SOURCES: Column = column("source_ids", Content::Records(Kind::Source), Asked);
const HOW: Column = column("how_known", Text, Asked);
const CONFIDENCE: Column = column("confidence", Degree, Asked);
const NOTE: Column = column("note", Text, Free);
/// Marks a record that stays on this machine.
const SENSITIVE: Column = column(super::withhold::SENSITIVE, YesNo, Free);
const ORGANISATIONS: Column =
    column("organisation_ids", Content::Records(Kind::Organisation), Free);

/// The columns of a kind; the first is the record's name.
pub(super) fn of(kind: Kind) -> &'static [Column] {
    match kind {
        Kind::Source => SOURCE,
        Kind::Election => ELECTION_COLUMNS,
        Kind::Organisation => ORGANISATION,
        Kind::Claim => CLAIM,
        Kind::Mission => MISSION,
        Kind::Invitation => INVITATION,
        Kind::Statement => STATEMENT,
        Kind::Verdict => VERDICT,
        Kind::WiderVerdict => WIDER_VERDICT,
        Kind::Reaction => REACTION,
        Kind::Capture => CAPTURE,
        Kind::Citation => CITATION,
        Kind::Assessment => ASSESSMENT,
    }
}

const SOURCE: &[Column] = &[
    column("source_id", Text, Must),
    column("publisher", Text, Must),
    column("publisher_type", Text, Asked),
    column("published", Span, Asked),
    column("url", Text, Asked),
    column("title", Text, Must),
    column("language", Text, Asked),
    column("suggested_admiralty_reliability", Letter, Asked),
    column("how_read", Text, Asked),
    NOTE,
    column("reliability_by_matter", Matters, Free),
    column("lineage", Text, Free),
    column("machine_made", YesNo, Free),
    column("same_as", Content::Record(Kind::Source), Free),
    column("differs_from", Content::Records(Kind::Source), Free),
    SENSITIVE,
];

const ELECTION_COLUMNS: &[Column] = &[
    column("election_id", Text, Must),
    column("country_iso3", Country, Must),
    column("name", Text, Must),
    column("kind", Text, Asked),
    column("level", Text, Free),
    column("start_date", Date, Asked),
    column("end_date", Date, Free),
    column("official_winner", Text, Free),
    column("official_winner_share_pct", Figure, Free),
    column("share_basis", Text, Free),
    column("official_turnout_pct", Text, Free),
    column("seats_result", Text, Free),
    column("emb", Text, Free),
    SOURCES,
    HOW,
    CONFIDENCE,
    column("conflict_or_note", Text, Free),
    column("regime_spell", Text, Free),
    column("wikidata", Text, Free),
    column("same_as", ELECTION, Free),
    column("differs_from", Content::Records(Kind::Election), Free),
    SENSITIVE,
];

const ORGANISATION: &[Column] = &[
    column("organisation_id", Text, Must),
    column("name", Text, Must),
    column("names", List, Free),
    column("kind", Text, Asked),
    column("parent", Content::Record(Kind::Organisation), Free),
    column("members", List, Free),
    column("country_iso3", Country, Free),
    column("endorsed", List, Free),
    column("aliases", List, Free),
    column("not_to_confuse_with", Content::Records(Kind::Organisation), Free),
    SOURCES,
    HOW,
    CONFIDENCE,
    NOTE,
    column("same_as", Content::Record(Kind::Organisation), Free),
    SENSITIVE,
];

const CLAIM: &[Column] = &[
    column("claim_id", Text, Must),
    column("election_id", ELECTION, Must),
    column("kind", Text, Must),
    column("about", Text, Asked),
    column("value_low", Figure, Asked),
    column("value_high", Figure, Asked),
    column("unit_and_scope", Text, Asked),
    column("claimant", Text, Must),
    column("claimant_role", Text, Asked),
    column("stage", Text, Asked),
    column("date", Date, Asked),
    SOURCES,
    HOW,
    CONFIDENCE,
    NOTE,
    column("unit", Text, Free),
    column("basis", Text, Free),
    column("scope", Text, Free),
    SENSITIVE,
];

const MISSION: &[Column] = &[
    column("mission_id", Text, Must),
    column("election_id", ELECTION, Must),
    column("observer", Text, Must),
    column("observer_type", Text, Asked),
    column("form", Text, Asked),
    column("first_day", Date, Asked),
    column("last_day", Date, Asked),
    column("observers_total", Text, Asked),
    column("long_term_observers", Text, Free),
    column("invited", Text, Asked),
    SOURCES,
    HOW,
    CONFIDENCE,
    column("mode", Text, Free),
    column("absence_reason", Text, Free),
    ORGANISATIONS,
    column("sender", Country, Free),
    column("stations_visited", Text, Free),
    column("head", Text, Free),
    column("roster", List, Free),
    column("funding", Text, Free),
    column("host_hospitality", Text, Free),
    NOTE,
    column("same_as", Content::Record(Kind::Mission), Free),
    column("differs_from", Content::Records(Kind::Mission), Free),
    SENSITIVE,
];

const INVITATION: &[Column] = &[
    column("invitation_id", Text, Must),
    column("election_id", ELECTION, Must),
    column("host", Text, Must),
    column("invitee", List, Must),
    column("status", Text, Must),
    column("detail", Text, Free),
    column("date", Date, Asked),
    SOURCES,
    HOW,
    CONFIDENCE,
    column("reciprocal_of", Content::Record(Kind::Invitation), Free),
    NOTE,
    SENSITIVE,
];

const STATEMENT: &[Column] = &[
    column("statement_id", Text, Must),
    column("speaker", Text, Must),
    column("attributed_to", Text, Free),
    column("about", AnyRecord, Asked),
    column("date", Date, Asked),
    column("venue", Text, Free),
    column("text_original", Text, Must),
    column("lang", Text, Asked),
    column("translation", Text, Free),
    column("before_polls_close", YesNo, Free),
    SOURCES,
    HOW,
    CONFIDENCE,
    NOTE,
    SENSITIVE,
];

const VERDICT: &[Column] = &[
    column("verdict_id", Text, Must),
    column("mission_id", Content::Record(Kind::Mission), Must),
    column("election_id", ELECTION, Must),
    column("verdict_5", Step, Asked),
    column("phrase", Text, Asked),
    column("stage", Text, Asked),
    column("date", Date, Asked),
    SOURCES,
    HOW,
    CONFIDENCE,
    NOTE,
    column("speaker", Text, Free),
    column("attributed_to", Text, Free),
    column("standard", Text, Free),
    column("coder", Text, Free),
    column("second_coder", Text, Free),
    column("second_verdict_5", Step, Free),
    SENSITIVE,
];

const WIDER_VERDICT: &[Column] = &[
    column("row_id", Text, Must),
    column("election_id", Text, Must),
    column("country_iso3", Country, Asked),
    column("date", Date, Asked),
    column("kind", Text, Free),
    column("observer", Text, Must),
    column("observer_type", Text, Asked),
    column("verdict_5", Step, Asked),
    column("phrase", Text, Asked),
    column("stage", Text, Asked),
    column("source_url", Text, Asked),
    HOW,
    CONFIDENCE,
    NOTE,
    column("source_ids", Content::Records(Kind::Source), Free),
    ORGANISATIONS,
    column("sender", Country, Free),
    column("speaker", Text, Free),
    column("attributed_to", Text, Free),
    column("standard", Text, Free),
    column("said_on", Date, Free),
    SENSITIVE,
];

const REACTION: &[Column] = &[
    column("reaction_id", Text, Must),
    column("election_id", ELECTION, Must),
    column("kind", Text, Must),
    column("actor", Text, Must),
    column("actor_code", List, Asked),
    column("date", Date, Asked),
    column("detail", Text, Free),
    SOURCES,
    HOW,
    CONFIDENCE,
    column("target", Text, Free),
    column("legal_act", Text, Free),
    column("reason", Text, Free),
    column("amount", Text, Free),
    NOTE,
    SENSITIVE,
];

const CAPTURE: &[Column] = &[
    column("capture_id", Hash, Must),
    column("source_id", Content::Record(Kind::Source), Must),
    column("format", Text, Asked),
    column("captured_at", Text, Asked),
    column("by", Text, Free),
    column("tool", Text, Free),
    column("timestamp_token", Text, Free),
    SENSITIVE,
];

const CITATION: &[Column] = &[
    column("citation_id", Text, Must),
    column("fact", AnyRecord, Must),
    column("field", Text, Free),
    column("source_id", Content::Record(Kind::Source), Must),
    column("capture_id", Content::Record(Kind::Capture), Free),
    column("prefix", Text, Free),
    column("exact", Text, Asked),
    column("suffix", Text, Free),
    column("page", Text, Free),
    column("stance", Text, Must),
    SENSITIVE,
];

const ASSESSMENT: &[Column] = &[
    column("answer_id", Text, Must),
    column("subject", AnyRecord, Must),
    column("scheme", Text, Must),
    column("item", Text, Must),
    column("answer", Content::Answer, Must),
    column("evidence", List, Asked),
    column("note", Text, Free),
    column("assessor", Text, Asked),
    column("date", Date, Free),
    column("reply", Text, Free),
    SENSITIVE,
];
