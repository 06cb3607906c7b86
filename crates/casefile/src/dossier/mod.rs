//! A dossier: everything at hand on one election in one value. Its page, its page for the press and its
//! folder are views of it.

mod folder;
mod press;
mod ro_crate;
mod sources;
mod unknown;

pub use folder::{FolderError, write_dossier};
pub use press::{Press, Sentence};
pub use sources::Rests;

use glassurn_methods::register::{
    anchors::Anchors, conflicts, dyads, election_sheet, evidence_grade, reaction_timeline,
};
use glassurn_model::{
    Answer, Table,
    register::{Election, Register, ResultClaim, Source},
};

use crate::{
    Account, Examination,
    register::{Exchange, Publisher, exchange},
};

/// Everything at hand on one election.
#[derive(Debug, Clone)]
pub struct Dossier {
    /// The election.
    pub election: Election,
    /// What the register says of it, analysis by analysis.
    pub records: Account,
    /// What its returns show.
    pub returns: Vec<Examination>,
    /// What independent counts show.
    pub counts: Option<Account>,
    /// The sources that the records cite.
    pub sources: Vec<Source>,
    /// Which of them each record rests on.
    pub rests: Rests,
    /// What nobody has put on record, or given.
    pub unknown: Vec<String>,
    /// What may be printed, and what may not.
    pub press: Press,
    /// Its claims as schema.org claim reviews, for search engines and fact-checkers.
    pub reviews: String,
}

impl Dossier {
    /// The dossier of an election; `None` when the register has none of that name.
    pub fn new(
        register: &Register,
        election: &str,
        returns: Vec<Examination>,
        counts: Option<Account>,
        command: String,
    ) -> Option<Dossier> {
        let election = register.election(election)?.clone();
        let records = records(register, &election, command);
        let rests = sources::rests(register, &election.id, &records);
        let sources = sources::cited(register, &rests);
        let unknown = unknown::unknown(register, &election.id, &returns, counts.as_ref());
        let press = press::press(&records, counts.as_ref(), &rests);
        let reviews = reviews(register, &election.id);
        Some(Dossier {
            election,
            records,
            returns,
            counts,
            sources,
            rests,
            unknown,
            press,
            reviews,
        })
    }

    /// The program's version.
    pub fn program(&self) -> &str {
        &self.records.program
    }

    /// The answer of an analysis of the register.
    pub fn answer(&self, method: &str) -> Option<&Answer> {
        self.records.answers.iter().find(|a| a.method == method)
    }

    /// A table of an analysis of the register.
    pub fn table(&self, method: &str, name: &str) -> Option<&Table> {
        self.answer(method)?.tables.iter().find(|t| t.name == name)
    }
}

/// The claims on one election as claim reviews; each grade says how well a claim can be checked, not whether
/// it is so.
fn reviews(register: &Register, election: &str) -> String {
    let of_election = |c: &&ResultClaim| c.election == election;
    let claims = register.claims.iter().filter(of_election).cloned().collect();
    let narrow = Register { claims, ..register.clone() };
    exchange(&narrow, Exchange::ClaimReview, &Publisher::default()).text
}

/// The analyses that speak of one election.
fn records(register: &Register, election: &Election, command: String) -> Account {
    let id = election.id.as_str();
    let mut account = Account::new("Dossier of an election", election.name.clone(), command);
    account.answers = vec![
        election_sheet::sheet(register, id),
        conflicts::of_election(register, &Anchors::default(), id),
        dyads::of_state(register, &election.country),
        reaction_timeline::timeline(register, Some(id)),
        evidence_grade::of_election(register, id),
    ];
    account
}
