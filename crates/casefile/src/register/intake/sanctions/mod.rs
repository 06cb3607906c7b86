//! Listings by the European Union, as transcribed from its Official Journal: which of them name an election in
//! their reason, and which election of the register that is.

mod election;
mod names;

use std::collections::HashSet;

use glassurn_model::register::{PartialDate, state_name};

use super::{Columns, Published, RegisterError, delimited, sheet, tables};
use crate::{
    formats::sha256,
    register::{Kind, Tables, content::parts},
};

pub use election::Linked;

/// One entry of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing {
    /// Its row in the file.
    pub row: u32,
    /// The act by its number in the Official Journal: `32006R0765`.
    pub act: String,
    /// The number that is printed, where one is.
    pub entry: String,
    /// `EU-BLR`.
    pub programme: String,
    /// `I.A`.
    pub annex: String,
    /// What was imposed.
    pub measure: String,
    /// When it was listed, as it was printed.
    pub date_written: String,
    /// The same as a date; `None` where none is printed.
    pub date: Option<PartialDate>,
    /// The reason; for persons with `[…]` in place of their own name.
    pub reason: String,
    /// Who is listed: a body by its name, a person by office alone.
    pub target: String,
    /// A stable name for it.
    pub id: String,
}

/// The entries of one file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Listings {
    /// The file's name.
    pub file: String,
    /// Its SHA-256.
    pub sha256: String,
    /// The entries in their order.
    pub rows: Vec<Listing>,
}

/// Columns that are read; the act stands in one of two.
const COLUMNS: [&str; 10] = [
    "recordId",
    "programKey",
    "annex",
    "measure",
    "startDate",
    "reason",
    "schema",
    "name",
    "alias",
    "position",
];

/// What may be listed.
const SCHEMATA: [&str; 6] = ["Person", "LegalEntity", "Organization", "Company", "Vessel", "Asset"];

/// Reads a file of listings. Refused, with every fault: a row that cannot be understood.
pub fn read_listings(name: &str, bytes: Vec<u8>) -> Result<Listings, RegisterError> {
    let (table, sha256) = delimited(name, bytes)?;
    let act = if !table.is_empty() && table.row(0).any(|h| h.trim() == "amendmentCelex") {
        "amendmentCelex"
    } else {
        "celex"
    };
    let columns = Columns::find(name, &table, &[&[act][..], &COLUMNS[..]].concat())?;
    let mut faults = columns.unwritable();
    let (mut rows, mut seen) = (Vec::new(), HashSet::new());
    for row in columns.rows() {
        match listing(&columns, act, row) {
            Ok(listing) => {
                if seen.insert(listing.id.clone()) {
                    rows.push(listing);
                } else {
                    faults.push(columns.fault(
                        row,
                        "recordId",
                        "another row is the same entry",
                        "keep one row for each entry of an annex",
                    ));
                }
            }
            Err(fault) => faults.push(*fault),
        }
    }
    RegisterError::of(faults)?;
    Ok(Listings { file: name.to_owned(), sha256, rows })
}

fn listing(columns: &Columns, act: &str, row: usize) -> Result<Listing, Box<RegisterError>> {
    let cell = |name: &str| columns.cell(row, name);
    let fault =
        |name: &str, problem: &str, hint: &str| Box::new(columns.fault(row, name, problem, hint));
    let needed = |name: &str| match cell(name) {
        "" => Err(fault(name, "it is blank", "write what the act prints")),
        text => Ok(text.to_owned()),
    };
    let (number, schema, name) = (needed(act)?, cell("schema"), needed("name")?);
    if !SCHEMATA.contains(&schema) {
        return Err(fault(
            "schema",
            "it is no kind of listed subject",
            "write Person, LegalEntity, Organization, Company, Vessel or Asset",
        ));
    }
    if !number.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return Err(fault(act, "it is no number of an act", "write it as 32006R0765"));
    }
    let date = PartialDate::parse(cell("startDate")).map_err(|e| {
        fault(
            "startDate",
            "it is no date",
            &format!("{e}; write 27.3.2025, 21.06.2021 or 20 March 2022, or leave it blank"),
        )
    })?;
    let (programme, measure) = (needed("programKey")?, needed("measure")?);
    let (annex, entry) = (cell("annex").to_owned(), cell("recordId").to_owned());
    let person = schema == "Person";
    let target = match (person, cell("position")) {
        (false, _) => name.clone(),
        (true, "") => format!("a person, entry {entry} of annex {annex}"),
        (true, office) => parts(office).collect::<Vec<_>>().join("; "),
    };
    let reason = if person {
        names::withheld(cell("reason"), &[&name, cell("alias")])
    } else {
        cell("reason").to_owned()
    };
    Ok(Listing {
        row: columns.table.number(row),
        id: id(&programme, &annex, &entry, &measure, &name),
        act: number,
        entry,
        programme,
        annex,
        measure,
        date,
        reason,
        target,
        date_written: cell("startDate").to_owned(),
    })
}

/// `EU-BLR.I.A.44`; where no number is printed, a fingerprint of the entry in its place.
fn id(programme: &str, annex: &str, entry: &str, measure: &str, name: &str) -> String {
    let number = if entry.is_empty() {
        sha256(format!("{measure}\n{name}").as_bytes())[..12].to_owned()
    } else {
        entry.to_owned()
    };
    let place: Vec<&str> =
        [programme, annex, &number].into_iter().filter(|p| !p.is_empty()).collect();
    place.join(".")
}

impl Listing {
    /// Whether the reason names an election.
    pub fn names_election(&self) -> bool {
        self.reason.to_lowercase().contains("election")
    }

    /// The country that the programme is about: `BLR` of `EU-BLR`.
    pub fn country(&self) -> Option<&str> {
        let code = self.programme.rsplit('-').next()?;
        state_name(code).map(|_| code)
    }

    fn source(&self) -> String {
        format!("EU-{}", self.act)
    }
}

impl Listings {
    /// The listings that name an election.
    pub fn naming(&self) -> impl Iterator<Item = &Listing> {
        self.rows.iter().filter(|l| l.names_election())
    }

    /// Reactions of the register, one for each listing and election that its reason names by year; and the
    /// source that they rest on.
    pub fn reactions(&self, linked: &[Linked<'_>]) -> Tables {
        let columns = [
            "reaction_id",
            "election_id",
            "kind",
            "actor",
            "actor_code",
            "date",
            "detail",
            "source_ids",
            "how_known",
            "confidence",
            "target",
            "legal_act",
            "reason",
            "note",
        ];
        let rows =
            linked.iter().flat_map(|l| l.elections.iter().map(|e| self.reaction(l.listing, e)));
        let rows: Vec<_> = rows.collect();
        let acts: Vec<&Listing> =
            linked.iter().filter(|l| !l.elections.is_empty()).map(|l| l.listing).collect();
        let mut sheets = vec![sheet(Kind::Reaction, &columns, rows)];
        sheets.extend(self.source(&acts));
        tables(sheets)
    }

    fn reaction(&self, l: &Listing, election: &str) -> Vec<String> {
        let entry = if l.entry.is_empty() {
            "entry without a number".to_owned()
        } else {
            format!("entry {}", l.entry)
        };
        let own = |text: &str| text.to_owned();
        vec![
            format!("{}.{election}", l.id),
            own(election),
            own("sanction"),
            own("European Union"),
            own("EU"),
            l.date_written.clone(),
            format!("{}; {entry} of annex {}", l.measure, l.annex),
            l.source(),
            format!("read in file {}, row {}", self.file, l.row),
            own("high"),
            l.target.clone(),
            format!("CELEX {}", l.act),
            l.reason.clone(),
            own("the words are the European Union's, who lists; persons stand by office"),
        ]
    }

    /// The source, once for each act.
    fn source(&self, listed: &[&Listing]) -> Option<crate::register::Sheet> {
        let mut whole: Option<crate::register::Sheet> = None;
        let mut acts: Vec<&str> = listed.iter().map(|l| l.act.as_str()).collect();
        acts.sort_unstable();
        acts.dedup();
        for act in acts {
            let published = Published {
                id: format!("EU-{act}"),
                publisher: "European Union, Official Journal",
                kind: "igo",
                url: format!("https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX:{act}"),
                title: format!("Act {act}: entries of its annexes with their reasons"),
                reliable: "own_act:A;own_words:A",
                file: &self.file,
                sha256: &self.sha256,
                note: "transcribed by OpenSanctions (CC BY-NC 4.0); reliable for what the European Union did and said, \
                    which is no finding of a court",
            };
            match &mut whole {
                None => whole = Some(published.sheet()),
                Some(sheet) => sheet.rows.extend(published.sheet().rows),
            }
        }
        whole
    }
}
