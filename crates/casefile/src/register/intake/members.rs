//! The members of the Global Network of Domestic Election Monitors: organisations, their countries, and the
//! regional networks that they belong to.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs, io,
    path::Path,
};

use glassurn_model::register::state_named;
use sha2::{Digest as _, Sha256};

use super::{Columns, Published, RegisterError, delimited, sheet, tables};
use crate::{
    formats::Limits,
    register::{Kind, Tables},
};

/// Names of states that the list spells in its own way.
const SPELLINGS: [(&str, &str); 3] =
    [("Macedonia", "MKD"), ("Timor Leste", "TLS"), ("Côte d'Ivoire", "CIV")];

/// Files that a folder of members may have.
const MOST_FILES: usize = 10_000;

/// One organisation as the list has it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Member {
    stem: String,
    name: String,
    acronym: String,
    country: String,
    is_member: String,
    networks: String,
    website: String,
    place: String,
}

/// The list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Members {
    /// Files that were read, with their SHA-256.
    pub files: Vec<(String, String)>,
    /// As tables of the register: a source, organisations and networks.
    pub tables: Tables,
    /// Countries that are no state's name: kept in the note, as they were written.
    pub unplaced: Vec<String>,
}

const COLUMNS: [&str; 7] =
    ["file", "name", "acronym", "country", "is_member", "regional_network", "website"];

/// Reads the table of members, or the folder of their files. Refused, with every fault.
pub fn read_members(path: &Path) -> Result<Members, RegisterError> {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    if path.is_dir() {
        let files = folder(path)?;
        return Members::from_files(&name, files);
    }
    let bytes = fs::read(path).map_err(|e| unreadable(&path.display().to_string(), &e))?;
    Members::from_csv(&name, bytes)
}

fn unreadable(place: &str, error: &io::Error) -> RegisterError {
    RegisterError::at(
        place,
        format!("it cannot be read: {error}"),
        "check its name and permissions",
    )
}

/// Name and bytes of each file of members, by name.
fn folder(path: &Path) -> Result<Vec<(String, Vec<u8>)>, RegisterError> {
    let place = path.display().to_string();
    let mut files = Vec::new();
    for entry in fs::read_dir(path).map_err(|e| unreadable(&place, &e))? {
        let entry = entry.map_err(|e| unreadable(&place, &e))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.ends_with(".md") && files.len() < MOST_FILES {
            let long = entry.metadata().is_ok_and(|m| m.len() > Limits::default().cell as u64);
            if long {
                return Err(RegisterError::at(
                    name,
                    "it is longer than a member's file",
                    "look at it, and move it away",
                ));
            }
            let bytes = fs::read(entry.path()).map_err(|e| unreadable(&name, &e))?;
            files.push((name, bytes));
        }
    }
    files.sort();
    Ok(files)
}

impl Members {
    /// From the table of members.
    pub fn from_csv(name: &str, bytes: Vec<u8>) -> Result<Members, RegisterError> {
        let (table, sha256) = delimited(name, bytes)?;
        let columns = Columns::find(name, &table, &COLUMNS)?;
        let mut faults = columns.unwritable();
        let mut members = Vec::new();
        for row in columns.rows() {
            let own = |column: &str| columns.cell(row, column).to_owned();
            let blank = ["file", "name"].into_iter().find(|c| columns.cell(row, c).is_empty());
            faults.extend(
                blank.map(|c| columns.fault(row, c, "it is blank", "write what the list says")),
            );
            members.push(Member {
                stem: own("file").trim_end_matches(".md").to_owned(),
                name: own("name"),
                acronym: own("acronym"),
                country: own("country"),
                is_member: own("is_member"),
                networks: own("regional_network"),
                website: own("website"),
                place: format!("{name}, row {}", table.number(row)),
            });
        }
        RegisterError::of(faults)?;
        made(name, vec![(name.to_owned(), sha256)], &members)
    }

    /// From the files of a folder: each begins with `---`, lines of `key: value`, and `---`.
    pub fn from_files(
        folder: &str,
        files: Vec<(String, Vec<u8>)>,
    ) -> Result<Members, RegisterError> {
        let (mut faults, mut members, mut read) = (Vec::new(), Vec::new(), Vec::new());
        for (name, bytes) in files {
            let sha256 = Sha256::digest(&bytes).iter().map(|b| format!("{b:02x}")).collect();
            read.push((name.clone(), sha256));
            match front_matter(&name, &bytes) {
                Ok(member) => members.push(member),
                Err(fault) => faults.push(fault),
            }
        }
        RegisterError::of(faults)?;
        made(folder, read, &members)
    }
}

fn front_matter(name: &str, bytes: &[u8]) -> Result<Member, RegisterError> {
    let fault = |line: usize, problem: &str, hint: &str| {
        Err(RegisterError::at(format!("{name}, line {line}"), problem, hint))
    };
    let Ok(text) = std::str::from_utf8(bytes) else {
        return fault(1, "it is not in UTF-8", "save it as UTF-8");
    };
    let mut lines = text.lines().enumerate();
    if lines.next().is_none_or(|(_, l)| l.trim_end() != "---") {
        return fault(
            1,
            "it does not begin with ---",
            "give the members' files as they are published",
        );
    }
    let mut fields: BTreeMap<&str, String> = BTreeMap::new();
    let mut last = "";
    for (n, line) in lines {
        if line.trim_end() == "---" {
            break;
        }
        match line.split_once(':') {
            _ if line.contains('\0') => {
                return fault(n + 1, "there is a NUL character in it", "take it out");
            }
            // An indented line goes on with the value before it.
            _ if line.starts_with(' ') => {
                let value = fields.entry(last).or_default();
                *value = format!("{value} {}", line.trim());
            }
            Some((key, value)) => {
                last = key.trim();
                fields.insert(
                    last,
                    value.trim().trim_start_matches('>').trim_start_matches('-').to_owned(),
                );
            }
            None if line.trim().is_empty() => {}
            None => return fault(n + 1, "it is no `key: value`", "correct the line"),
        }
    }
    let field = |key: &str| unquoted(fields.get(key).map_or("", String::as_str));
    let stem = name.trim_end_matches(".md").to_owned();
    if field("name").is_empty() {
        return fault(1, "it names no organisation", "write a line `name: …`");
    }
    Ok(Member {
        stem,
        name: field("name"),
        acronym: field("acronym"),
        country: field("country"),
        is_member: field("is_member"),
        networks: field("regional_network"),
        website: field("website"),
        place: name.to_owned(),
    })
}

/// A value without the quotes around it.
fn unquoted(text: &str) -> String {
    let text = text.trim();
    let within = |q: char| text.strip_prefix(q).and_then(|t| t.strip_suffix(q));
    match (within('\''), within('"')) {
        (Some(t), _) => t.replace("''", "'"),
        (_, Some(t)) => t.replace("\\\"", "\""),
        // YAML's words for nothing.
        _ if ["null", "~"].contains(&text) => String::new(),
        _ => text.to_owned(),
    }
}

const SOURCE: &str = "GNDEM-MEMBERS";

fn made(
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
    let whole = Sha256::digest(
        files.iter().map(|(n, h)| format!("{h}  {n}\n")).collect::<String>().as_bytes(),
    );
    let whole: String = whole.iter().map(|b| format!("{b:02x}")).collect();
    let sha256 = if let [(_, one)] = files.as_slice() { one.clone() } else { whole };
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
    let kind =
        if code.is_some() || m.country == "West Bank / Gaza" { "citizen" } else { "ngo_network" };
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
