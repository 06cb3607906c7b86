//! A page or file that says something, and what it can be relied on for.

use serde::Serialize;

use super::{Id, PartialDate, words::words};

words! {
    /// Who publishes.
    PublisherKind {
        /// Media owned or directed by a state.
        StateMedia = "state_media",
        /// Media independent of the states concerned.
        IndependentMedia = "independent_media",
        /// Media of which neither is known.
        Media = "media",
        /// A government.
        Government = "government",
        /// An organisation of states.
        Igo = "igo",
        /// A non-governmental organisation.
        Ngo = "ngo",
        /// Science.
        Academic = "academic",
        /// A copy of a wiki.
        WikiMirror = "wiki_mirror",
        /// The compiler's memory: no evidence.
        GeneralKnowledge = "general_knowledge",
    }
}

/// Reliability by the Admiralty letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum Letter {
    /// Completely reliable.
    A,
    /// Usually reliable.
    B,
    /// Fairly reliable.
    C,
    /// Not usually reliable.
    D,
    /// Unreliable.
    E,
    /// Cannot be judged.
    F,
}

impl Letter {
    /// Every letter.
    pub const ALL: [Letter; 6] = [Letter::A, Letter::B, Letter::C, Letter::D, Letter::E, Letter::F];

    /// The letter as it is written.
    pub fn key(self) -> &'static str {
        ["A", "B", "C", "D", "E", "F"][self as usize]
    }

    /// The letter written so.
    pub fn from_key(key: &str) -> Option<Letter> {
        Letter::ALL.into_iter().find(|l| l.key() == key)
    }

    /// What the letter means.
    pub fn title(self) -> &'static str {
        match self {
            Letter::A => "completely reliable",
            Letter::B => "usually reliable",
            Letter::C => "fairly reliable",
            Letter::D => "not usually reliable",
            Letter::E => "unreliable",
            Letter::F => "cannot be judged",
        }
    }
}

words! {
    /// What kind of thing a source is asked about: one letter does not hold for all.
    Matter {
        /// What the publisher, or those it speaks for, did.
        OwnAct = "own_act",
        /// What the publisher, or those it speaks for, said.
        OwnWords = "own_words",
        /// What others did or said.
        Report = "report",
        /// Whether the election was well run.
        Conduct = "conduct",
        /// Figures of a result.
        Figures = "figures",
    }
}

/// What a source can be relied on for.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Reliability {
    /// The compiler's letter where nothing more is said.
    pub overall: Option<Letter>,
    /// Letters for particular matters; they go before the overall one.
    pub by_matter: Vec<(Matter, Letter)>,
}

impl Reliability {
    /// The letter for a matter.
    pub fn letter_for(&self, matter: &Matter) -> Option<Letter> {
        let own = self.by_matter.iter().find(|(m, _)| m == matter);
        own.map(|(_, letter)| *letter).or(self.overall)
    }
}

/// A page, document or file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Source {
    /// Its name: `S012`.
    pub id: Id,
    /// Who publishes.
    pub publisher: String,
    /// What kind of publisher.
    pub publisher_kind: Option<PublisherKind>,
    /// When it was published; where this is a span, its beginning.
    pub published: Option<PartialDate>,
    /// Where publication is a span, its end.
    pub published_until: Option<PartialDate>,
    /// Its address.
    pub url: Option<String>,
    /// Its title.
    pub title: String,
    /// Its language.
    pub language: String,
    /// What it can be relied on for.
    pub reliability: Reliability,
    /// Sources of one lineage repeat each other: one release, one wire, copies of copies.
    pub lineage: Option<Id>,
    /// Whether a machine wrote it; `None` when not known.
    pub machine_made: Option<bool>,
    /// How it was read.
    pub how_read: String,
    /// What a reader must know.
    pub note: String,
}

impl Source {
    /// Whether it is evidence at all: what somebody remembers is not.
    pub fn is_evidence(&self) -> bool {
        self.publisher_kind != Some(PublisherKind::GeneralKnowledge)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_for_a_matter_goes_before_the_overall_one() {
        let by_matter = vec![(Matter::OwnWords, Letter::A), (Matter::Conduct, Letter::F)];
        let state_media = Reliability { overall: Some(Letter::B), by_matter };
        let letters = [Matter::OwnWords, Matter::Conduct, Matter::Report]
            .map(|matter| state_media.letter_for(&matter).map(Letter::key));
        assert_eq!(letters, [Some("A"), Some("F"), Some("B")]);
    }

    #[test]
    fn every_letter_leads_back() {
        assert!(Letter::ALL.into_iter().all(|l| Letter::from_key(l.key()) == Some(l)));
    }
}
