//! Members as organisations, with the networks that they name and the source that the list is.

use std::collections::{BTreeMap, BTreeSet};

use glassurn_model::register::state_named;

use super::{Member, Members};
use crate::{
    formats::sha256,
    register::{
        Kind, RegisterError,
        intake::{Published, sheet, tables},
    },
};

/// Names of states that the list spells in its own way.
const SPELLINGS: [(&str, &str); 4] = [
    ("Macedonia", "MKD"),
    ("Timor Leste", "TLS"),
    ("Côte d'Ivoire", "CIV"),
    ("West Bank / Gaza", "PSE"),
];

const SOURCE: &str = "GNDEM-MEMBERS";

/// The list as tables of the register.
pub(super) fn made(
    file: &str,
    files: Vec<(String, String)>,
    members: &[Member],
) -> Result<Members, RegisterError> {
    let mut seen = BTreeSet::new();
    let twice = members.iter().filter(|m| !seen.insert(&m.stem)).map(|m| {
        let place = format!("{}, value `{}`", m.place, m.stem);
        RegisterError::at(place, "another member has the same name of file", "keep one of them")
    });
    RegisterError::of(twice.collect())?;
    if members.is_empty() {
        return Err(RegisterError::at(
            file,
            "there is no member in it",
            "give the table of members, or the folder of their files",
        ));
    }
    let unplaced = members.iter().filter(|m| !m.country.is_empty() && code(&m.country).is_none());
    let unplaced: BTreeSet<String> = unplaced.map(|m| m.country.clone()).collect();
    let whole: String = files.iter().map(|(n, h)| format!("{h}  {n}\n")).collect();
    let sha256 = match files.as_slice() {
        [(_, one)] => one.clone(),
        _ => sha256(whole.as_bytes()),
    };
    let columns = [
        "organisation_id",
        "name",
        "kind",
        "members",
        "country_iso3",
        "endorsed",
        "aliases",
        "source_ids",
        "how_known",
        "confidence",
        "note",
    ];
    let rows = members.iter().map(organisation).chain(networks(members)).collect();
    let source = Published {
        id: SOURCE.to_owned(),
        publisher: "Global Network of Domestic Election Monitors",
        kind: "ngo",
        url: "https://gndem.org".to_owned(),
        title: "Members of the network, and who endorses the Declaration of Global Principles"
            .to_owned(),
        reliable: "own_act:B;own_words:A",
        file,
        sha256: &sha256,
        note: "a list of members says who belongs, not how well anybody observed",
    };
    let tables = tables(vec![source.sheet(), sheet(Kind::Organisation, &columns, rows)]);
    Ok(Members { files, tables, unplaced: unplaced.into_iter().collect() })
}

fn code(country: &str) -> Option<&'static str> {
    let spelt = SPELLINGS.iter().find(|(name, _)| *name == country).map(|(_, code)| *code);
    state_named(country).or(spelt)
}

/// Lists have semicolons between their parts.
fn part(text: &str) -> String {
    text.replace(';', ",")
}

fn organisation(m: &Member) -> Vec<String> {
    let listed = ["true", "yes"].contains(&m.is_member.to_lowercase().as_str());
    let code = code(&m.country);
    // Not at home in one country: a network of others.
    let kind = if code.is_some() { "citizen" } else { "ngo_network" };
    let notes = [
        (code.is_none() && !m.country.is_empty())
            .then(|| format!("country as listed: {}", m.country)),
        (!m.website.is_empty()).then(|| format!("website: {}", m.website)),
        (!listed).then(|| "listed without a mark of membership".to_owned()),
    ];
    vec![
        format!("GNDEM-{}", part(&m.stem)),
        m.name.clone(),
        kind.to_owned(),
        String::new(),
        code.unwrap_or_default().to_owned(),
        if listed { "DoGP".to_owned() } else { String::new() },
        part(&m.acronym),
        SOURCE.to_owned(),
        format!("named in the list of members, entry {}", m.stem),
        "high".to_owned(),
        notes.into_iter().flatten().collect::<Vec<_>>().join("; "),
    ]
}

/// The networks that members name, each with those who name it.
fn networks(members: &[Member]) -> impl Iterator<Item = Vec<String>> {
    let mut of: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for m in members {
        for network in m.networks.split(',').map(str::trim).filter(|n| !n.is_empty()) {
            of.entry(part(network)).or_default().push(format!("GNDEM-{}", part(&m.stem)));
        }
    }
    of.into_iter().map(|(network, of)| {
        vec![
            format!("GNDEM-network-{}", network.replace(' ', "-")),
            network,
            "ngo_network".to_owned(),
            of.join(";"),
            String::new(),
            String::new(),
            String::new(),
            SOURCE.to_owned(),
            "named by its members in the list".to_owned(),
            "medium".to_owned(),
            String::new(),
        ]
    })
}
