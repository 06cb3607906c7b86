//! The register in the forms of other programs. Each is a function of a [`Register`], so that whatever was
//! left out of the snapshot is in none of them.

mod claim_review;
mod ftm;
mod popolo;
mod words;

use glassurn_model::register::Register;

/// A form that other programs read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Exchange {
    /// FollowTheMoney entities, one a line of JSON.
    Ftm,
    /// One Popolo document.
    Popolo,
    /// One schema.org document of claim reviews (JSON-LD).
    ClaimReview,
}

/// Who publishes, where a form says so.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Publisher {
    /// Who reviews.
    pub name: Option<String>,
    /// The address of the page that the reviews stand on.
    pub url: Option<String>,
}

impl Exchange {
    /// Every form.
    pub const ALL: [Exchange; 3] = [Exchange::Ftm, Exchange::Popolo, Exchange::ClaimReview];

    /// The word for it.
    pub fn key(self) -> &'static str {
        match self {
            Exchange::Ftm => "ftm",
            Exchange::Popolo => "popolo",
            Exchange::ClaimReview => "claimreview",
        }
    }

    /// The form with this word.
    pub fn named(key: &str) -> Option<Exchange> {
        Exchange::ALL.into_iter().find(|form| form.key() == key)
    }
}

/// What was written, and what the form has no place for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Exchanged {
    /// The text, the same bytes for the same register.
    pub text: String,
    /// How many records, entities or claims it holds.
    pub written: usize,
    /// What was left out, and why, one sentence each.
    pub left_out: Vec<String>,
}

/// Writes the register in a form.
pub fn exchange(register: &Register, form: Exchange, publisher: &Publisher) -> Exchanged {
    match form {
        Exchange::Ftm => ftm::write(register),
        Exchange::Popolo => popolo::write(register),
        Exchange::ClaimReview => claim_review::write(register, publisher),
    }
}
