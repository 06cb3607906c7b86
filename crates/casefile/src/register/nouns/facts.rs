//! Elections, organisations and claims.

use glassurn_model::register::{
    Basis, ClaimKind, ClaimantRole, Election, ElectionKind, Endorsement, Name, Organisation,
    OrganisationKind, PartialDate, ResultClaim, Scope, Unit,
};

use super::{Kind, Row};

pub(super) fn election(row: &Row) -> Election {
    Election {
        id: row.id(),
        country: row.text("country_iso3"),
        name: row.text("name"),
        kind: ElectionKind::known(row.cell("kind")),
        level: row.text("level"),
        regime_spell: row.maybe("regime_spell"),
        start: row.date("start_date"),
        end: row.date("end_date"),
        winner: row.maybe("official_winner"),
        winner_share: row.figure("official_winner_share_pct"),
        share_basis: basis(row.cell("share_basis")),
        turnout: row.figure("official_turnout_pct"),
        turnout_written: row.text("official_turnout_pct"),
        seats: row.text("seats_result"),
        commission: row.text("emb"),
        wikidata: row.maybe("wikidata"),
        grounds: row.grounds(),
    }
}

/// A basis by its key or in words.
fn basis(text: &str) -> Option<Basis> {
    let keyed = Basis::ALL.iter().find(|b| b.key() == text).cloned();
    keyed.or_else(|| Basis::from_words(text)).or_else(|| Basis::known(text))
}

/// An organisation with the names of those that were merged into it.
pub(super) fn organisation_under_all_names(row: &Row) -> Organisation {
    let mut whole = organisation(row);
    for other in row.merged.rows_under(Kind::Organisation, &row.record.id) {
        let Organisation { id, names, aliases, .. } = organisation(&other);
        let texts = names.into_iter().map(|n| n.text).chain(aliases).chain([id]);
        let new: Vec<String> = texts.filter(|t| !whole.aliases.contains(t)).collect();
        whole.aliases.extend(new);
    }
    whole
}

fn organisation(row: &Row) -> Organisation {
    let own = Name { text: row.text("name"), lang: String::new(), script: String::new() };
    let mut names = row.list("names").iter().map(|n| name(n)).collect::<Vec<_>>();
    if !names.iter().any(|n| n.text == own.text) {
        names.insert(0, own);
    }
    Organisation {
        id: row.id(),
        names,
        kind: OrganisationKind::known(row.cell("kind")),
        parent: row.one("parent", Kind::Organisation),
        members: row.list("members"),
        country: row.maybe("country_iso3"),
        endorsed: row.list("endorsed").iter().map(|e| endorsement(e)).collect(),
        aliases: row.list("aliases"),
        not_to_confuse_with: row.many("not_to_confuse_with", Kind::Organisation),
        grounds: row.grounds(),
    }
}

/// `text@lang-Script`, of which language and script may be left out.
fn name(written: &str) -> Name {
    let (text, tag) = written.rsplit_once('@').unwrap_or((written, ""));
    let (lang, script) = tag.split_once('-').unwrap_or((tag, ""));
    let own = |t: &str| t.trim().to_owned();
    Name { text: own(text), lang: own(lang), script: own(script) }
}

/// `DoP:2005-10-27`, of which the date may be left out.
fn endorsement(written: &str) -> Endorsement {
    let (which, date) = written.split_once(':').unwrap_or((written, ""));
    Endorsement { which: which.trim().to_owned(), date: PartialDate::parse(date).ok().flatten() }
}

pub(super) fn claim(row: &Row) -> ResultClaim {
    let written = row.text("unit_and_scope");
    ResultClaim {
        id: row.id(),
        election: row.text("election_id"),
        kind: ClaimKind::of(row.cell("kind")),
        about: row.text("about"),
        low: row.figure("value_low"),
        high: row.figure("value_high"),
        unit: unit(&row.maybe("unit").unwrap_or_else(|| written.clone())),
        basis: basis(row.cell("basis")).or_else(|| Basis::from_words(&written)),
        scope: scope(row.cell("scope"), &written),
        written,
        claimant: row.text("claimant"),
        role: ClaimantRole::known(row.cell("claimant_role")),
        stage: row.text("stage"),
        date: row.date("date"),
        grounds: row.grounds(),
    }
}

/// The unit that words name: `pct of valid votes`, `of 263 lower-house seats`, `votes`.
fn unit(text: &str) -> Option<Unit> {
    let lower = text.to_lowercase();
    let number = lower.split(|c: char| !c.is_ascii_digit()).find(|n| !n.is_empty());
    match () {
        () if ["pct", "%", "percent", "per cent"].iter().any(|w| lower.contains(w)) => {
            Some(Unit::Percent)
        }
        () if lower.contains("seats") => {
            Some(Unit::Seats { of: number.and_then(|n| n.parse().ok()) })
        }
        () if lower.contains("votes") => Some(Unit::Votes),
        () => None,
    }
}

/// Words by which a claim restricts itself to a part.
const RESTRICTS: [&str; 7] =
    ["only", "at some", "some polling", "precincts", "where counted", "self-reported", "abroad"];

/// The scope that is stated, else what the words of the claim say. Nobody's silence is a whole.
fn scope(stated: &str, written: &str) -> Option<Scope> {
    let part = |text: &str| Some(Scope::Part(text.trim().to_owned()));
    let lower = written.to_lowercase();
    match stated {
        "all" | "whole" => Some(Scope::Whole),
        "" if RESTRICTS.iter().any(|w| lower.contains(w)) => {
            let words = written.trim_start_matches("pct").trim_start_matches([',', ' ']);
            part(words)
        }
        "" if Basis::from_words(written).is_some() => Some(Scope::Whole),
        "" => None,
        text => part(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_a_claim_give_unit_basis_and_scope() {
        let read = |text: &str| (unit(text), Basis::from_words(text), scope("", text));
        let percent = Some(Unit::Percent);
        let whole = Some(Scope::Whole);
        assert_eq!(
            read("pct of voters who took part"),
            (percent, Some(Basis::OfParticipants), whole.clone())
        );
        assert_eq!(read("pct of valid votes"), (percent, Some(Basis::OfValid), whole));
        let part = |t: &str| Some(Scope::Part(t.to_owned()));
        let fair = "pct, only in precincts said to have counted fairly";
        assert_eq!(read(fair), (percent, None, part(&fair[5..])));
        assert_eq!(read("pct"), (percent, None, None));
        assert_eq!(read("of 263 lower-house seats").0, Some(Unit::Seats { of: Some(263) }));
    }

    #[test]
    fn names_and_endorsements_may_lack_their_tags() {
        let full = name("СНГ@ru-Cyrl");
        assert_eq!(
            (full.text.as_str(), full.lang.as_str(), full.script.as_str()),
            ("СНГ", "ru", "Cyrl")
        );
        assert_eq!(name("CIS").lang, "");
        assert_eq!(
            endorsement("DoP:2005-10-27").date.map(|d| d.to_string()).as_deref(),
            Some("2005-10-27")
        );
        assert_eq!(endorsement("DoGP").date, None);
    }
}
