//! An account: what the methods of the parallel family say of some inputs. The terminal, the page, the
//! JSON and the tables are four views of this one value, as they are of an examination.

use glassurn_model::{Answer, Claim, ClaimClass, CountKind, Provenance, Source, Verdict};
use serde::Serialize;

/// Version of the JSON envelope; it changes when a reader of the old one would be misled.
pub const ENVELOPE: u32 = 1;

/// Everything that was found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Account {
    /// Version of this envelope.
    pub envelope: u32,
    /// Version of the program.
    pub program: String,
    /// The command that makes this account again.
    pub command: String,
    /// What kind of account it is, as its page says (`Comparison of independent counts`).
    pub kind: String,
    /// A title a reader recognises.
    pub title: String,
    /// What went in.
    pub inputs: Vec<Input>,
    /// The answers, in the order of their methods.
    pub answers: Vec<Answer>,
    /// What a reader must know before the first figure.
    pub notes: Vec<String>,
    /// The settings that shape the figures, as name and value.
    pub settings: Vec<(String, String)>,
    /// What no account of this kind can show; stands on the page, in the envelope and in the terminal.
    pub cannot_show: &'static str,
    /// How many stations; absent where the account is of no stations.
    pub coverage: Option<Coverage>,
}

/// How many stations there are and how many are in hand; what nobody states is absent.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Coverage {
    /// Stations in all.
    pub all: Option<usize>,
    /// Stations that were to report, by a plan made before.
    pub planned: Option<usize>,
    /// Stations that the files list, with counts or without.
    pub listed: Option<usize>,
    /// Stations with counts: those that reported, or whose copy is in hand.
    pub in_hand: usize,
    /// Those of them that lack some count; each figure uses the stations that have what it needs.
    pub incomplete: usize,
}

/// What accounts of counts cannot show.
const CANNOT_SHOW: &str = "Counts set side by side show whether figures can all be right; they cannot \
    show why they differ, who caused it, or what happened before the count, and counts that agree are no \
    evidence that voting was free.";

/// One input, with its part in the account.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Input {
    /// What it is in this account (`Photographed ballots`).
    pub name: String,
    /// Who counted.
    pub kind: Option<CountKind>,
    /// How many stations it has; absent where its rows are no stations.
    pub stations: Option<usize>,
    /// The files.
    pub sources: Vec<Source>,
    /// What was decided in reading.
    pub notes: Vec<String>,
    /// Who stands behind it.
    pub provenance: Provenance,
}

impl Account {
    /// An account without inputs and answers.
    pub fn new(
        kind: impl Into<String>,
        title: impl Into<String>,
        command: impl Into<String>,
    ) -> Self {
        Account {
            envelope: ENVELOPE,
            program: env!("CARGO_PKG_VERSION").to_owned(),
            command: command.into(),
            kind: kind.into(),
            title: title.into(),
            inputs: Vec::new(),
            answers: Vec::new(),
            notes: Vec::new(),
            settings: Vec::new(),
            coverage: None,
            cannot_show: CANNOT_SHOW,
        }
    }

    /// Every claim with the answer it belongs to, strongest first; among equals in the order of answers.
    pub fn claims(&self) -> Vec<(&Answer, &Claim)> {
        let answers = self.answers.iter();
        let mut claims: Vec<_> =
            answers.flat_map(|a| a.claims.iter().map(move |c| (a, c))).collect();
        claims.sort_by_key(|(_, c)| (c.verdict, c.class));
        claims
    }

    /// The claims for a reader in a hurry: the strongest of each method, then the others, so that one
    /// method's many areas do not hide what another says. A share that nothing tests is none of them: out
    /// of its place it is read as the result.
    pub fn headlines(&self, most: usize) -> Vec<(&Answer, &Claim)> {
        let bare = |c: &Claim| (c.class, c.verdict) == (ClaimClass::TrueShare, Verdict::NotTested);
        let claims: Vec<_> = self.claims().into_iter().filter(|(_, c)| !bare(c)).collect();
        let first = |at: usize| claims[..at].iter().all(|c| c.0.method != claims[at].0.method);
        let silent = |at: usize| claims[at].1.verdict == Verdict::NotTested;
        let mut order: Vec<usize> = (0..claims.len()).collect();
        // Stable: within each group the order stays strongest first.
        order.sort_by_key(|&at| (silent(at), !first(at)));
        order.into_iter().take(most).map(|at| claims[at]).collect()
    }

    /// Whether some figure is contradicted or inconsistent.
    pub fn finds_something(&self) -> bool {
        self.claims().iter().any(|(_, c)| c.verdict <= Verdict::Inconsistent)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(method: &'static str, verdicts: &[Verdict]) -> Answer {
        let claim = |verdict: &Verdict| Claim {
            class: ClaimClass::OfficialFigure,
            verdict: *verdict,
            headline: String::new(),
            base: String::new(),
            limits: Vec::new(),
            unsupported: String::new(),
        };
        Answer { claims: verdicts.iter().map(claim).collect(), ..Answer::new(method, "") }
    }

    #[test]
    fn no_method_hides_what_another_says() {
        use Verdict::{Impossible, Inconsistent, NotTested};
        let mut account = Account::new("", "", "");
        account.answers = vec![
            answer("P110", &[Impossible, Impossible, NotTested]),
            answer("P120", &[Inconsistent]),
            answer("P130", &[NotTested]),
        ];
        let methods = |most| account.headlines(most).iter().map(|c| c.0.method).collect::<Vec<_>>();
        assert_eq!(methods(3), ["P110", "P120", "P110"]);
        assert_eq!(methods(9), ["P110", "P120", "P110", "P130", "P110"]);
        assert!(account.finds_something());
    }

    #[test]
    fn a_share_that_nothing_tests_is_no_headline() {
        let mut account = Account::new("", "", "");
        account.answers = vec![answer("P160", &[Verdict::NotTested])];
        assert_eq!(account.headlines(9).len(), 1, "about the official figure it may be one");
        account.answers[0].claims[0].class = ClaimClass::TrueShare;
        assert_eq!(account.headlines(9).len(), 0);
        assert_eq!(account.claims().len(), 1, "it keeps its place among all claims");
    }
}
