//! Procedures as other programs have them, quirks included.
//!
//! Each repeats what its publisher computes and decides, so that published figures can be checked and its rule be
//! weighed beside the screens of this program. None is part of the battery, and a rule that is met is no finding of
//! this program: the form of each says how often honest returns meet it.

use glassurn_model::{Finding, Outcome};

use crate::{Affected, Meta, Screen, Slice};

pub mod benford;
pub mod cedar;
pub mod eforensics;
pub mod eftoolkit;
pub mod galdino;
pub mod klimek2012;
pub mod kobak2016;
pub mod spikes;

/// A procedure as another program has it: a screen whose rule of decision is the publisher's own.
pub trait Published: Screen {
    /// Whether the published rule would speak up at this finding of the procedure; `None` where its publisher
    /// has an estimate and no rule.
    fn met(&self, finding: &Finding) -> Option<bool>;

    /// The published rule in words; empty where there is none.
    fn rule(&self) -> &'static str;
}

/// Another program, or a paper with its own code, and what of it is repeated here.
#[derive(Clone, Copy)]
pub struct Peer {
    /// Stable name, as typed by a user.
    pub key: &'static str,
    /// What a reader sees.
    pub title: &'static str,
    /// Where it is published.
    pub source: &'static str,
    /// Its procedures with their published settings, ordered by code.
    pub procedures: &'static [&'static dyn Published],
}

/// A procedure as a screen whose finding stands out where the published rule is met.
#[derive(Clone, Copy)]
pub struct ByItsRule(pub &'static dyn Published);

impl Screen for ByItsRule {
    fn meta(&self) -> Meta {
        self.0.meta()
    }

    fn run(&self, slice: &Slice<'_>) -> Outcome {
        self.0.run(slice)
    }

    fn stands_out(&self, finding: &Finding) -> Option<bool> {
        self.0.met(finding)
    }

    fn affected(&self, finding: &Finding) -> Option<Affected> {
        self.0.affected(finding)
    }
}

/// Every program, ordered by the codes of its procedures.
pub const ALL: &[Peer] = &[
    eftoolkit::PEER,
    cedar::PEER,
    kobak2016::PEER,
    spikes::PEER,
    klimek2012::PEER,
    eforensics::PEER,
    galdino::PEER,
    benford::PEER,
];

/// Every procedure of every program, ordered by code.
pub fn procedures() -> impl Iterator<Item = &'static dyn Published> {
    ALL.iter().flat_map(|peer| peer.procedures).copied()
}

/// The program with this name.
pub fn find(key: &str) -> Option<&'static Peer> {
    ALL.iter().find(|peer| peer.key == key)
}

/// "is met" or "is not met".
fn verb(met: bool) -> &'static str {
    if met { "is met" } else { "is not met" }
}

/// A figure in a sentence, with three decimals as these programs print it.
fn figure(value: f64) -> String {
    format!("{value:.3}").replace('-', "−")
}
