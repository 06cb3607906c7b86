//! The register at one moment.

use std::collections::BTreeSet;

use serde::Serialize;

use super::{
    Assessment, Capture, Citation, Election, Invitation, Mission, Organisation, Reaction,
    ResultClaim, Source, Statement, Verdict,
};

/// Everything that is on record at one moment, in the order in which it was recorded.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Register {
    /// Pages and files.
    pub sources: Vec<Source>,
    /// Elections.
    pub elections: Vec<Election>,
    /// Organisations.
    pub organisations: Vec<Organisation>,
    /// Claims about results.
    pub claims: Vec<ResultClaim>,
    /// Observer missions and recorded absences.
    pub missions: Vec<Mission>,
    /// Invitations.
    pub invitations: Vec<Invitation>,
    /// Statements.
    pub statements: Vec<Statement>,
    /// Verdicts of the recorded missions.
    pub verdicts: Vec<Verdict>,
    /// Verdicts on other elections, without a recorded mission: for how observers judge in general.
    pub wider_verdicts: Vec<Verdict>,
    /// Reactions.
    pub reactions: Vec<Reaction>,
    /// Copies of sources.
    pub captures: Vec<Capture>,
    /// Passages that bear on facts.
    pub citations: Vec<Citation>,
    /// Assessments.
    pub assessments: Vec<Assessment>,
    /// How many records whoever keeps the register left out as sensitive.
    pub withheld: usize,
}

impl Register {
    /// The election with this name.
    pub fn election(&self, id: &str) -> Option<&Election> {
        self.elections.iter().find(|e| e.id == id)
    }

    /// The source with this name.
    pub fn source(&self, id: &str) -> Option<&Source> {
        self.sources.iter().find(|s| s.id == id)
    }

    /// The organisation with this name.
    pub fn organisation(&self, id: &str) -> Option<&Organisation> {
        self.organisations.iter().find(|o| o.id == id)
    }

    /// The mission with this name.
    pub fn mission(&self, id: &str) -> Option<&Mission> {
        self.missions.iter().find(|m| m.id == id)
    }

    /// The names of an election's records: its own, and those of what was claimed, done and said about it.
    pub fn records_of<'a>(&'a self, election: &'a str) -> BTreeSet<&'a str> {
        let claims = self.claims.iter().map(|c| (&c.id, &c.election));
        let missions = self.missions.iter().map(|m| (&m.id, &m.election));
        let invitations = self.invitations.iter().map(|i| (&i.id, &i.election));
        let verdicts = self.all_verdicts().map(|v| (&v.id, &v.election));
        let reactions = self.reactions.iter().map(|r| (&r.id, &r.election));
        let all = claims.chain(missions).chain(invitations).chain(verdicts).chain(reactions);
        let of = all.filter(|(_, e)| *e == election).map(|(id, _)| id.as_str());
        of.chain([election]).collect()
    }

    /// Every verdict, of recorded missions and of others.
    pub fn all_verdicts(&self) -> impl Iterator<Item = &Verdict> {
        self.verdicts.iter().chain(&self.wider_verdicts)
    }
}
