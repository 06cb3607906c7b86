//! P130: what the stations that are not in hand would have to show for the announcement to be right.

use glassurn_model::{Answer, Cell, Claim, ClaimClass, Count, Heading, Table, Unit, Verdict, Measure};

use super::Method;
use crate::phrase::{number, percent};

#[doc = include_str!("implied_remainder.md")]
pub const METHOD: Method = Method {
    code: "P130",
    name: "implied-remainder",
    title: "What the missing stations would have to show",
    doc: include_str!("implied_remainder.md"),
};

/// Share of the remaining votes from which a remainder is called nearly all of them.
const NEARLY_ALL: f64 = 0.95;

/// Totals of one choice: in hand and announced, over the same kind of votes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Totals {
    /// The choice.
    pub choice: String,
    /// Its votes in hand.
    pub votes: i64,
    /// All valid votes in hand.
    pub all: i64,
    /// Its announced votes.
    pub announced: i64,
    /// All announced valid votes.
    pub announced_all: i64,
    /// Who counted what is in hand, and who announced.
    pub base: String,
}

/// The figures: exact differences, and their ratios.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Figures {
    /// f: share of the announced valid votes that is in hand.
    pub coverage: f64,
    /// p: the choice's share of the votes in hand.
    pub share: f64,
    /// O: its announced share.
    pub announced: f64,
    /// Votes it would have to have at the stations that are not in hand.
    pub rest_votes: i64,
    /// Valid votes at the stations that are not in hand.
    pub rest_all: i64,
    /// f*: coverage beyond which such a share in hand contradicts such an announced share.
    pub critical: Option<f64>,
}

impl Figures {
    /// r: the share it would have to have there.
    pub fn remainder(&self) -> Option<f64> {
        (self.rest_all > 0).then(|| self.rest_votes as f64 / self.rest_all as f64)
    }

    /// Whether no distribution of the remaining votes can be right: decided on integers.
    pub fn impossible(&self) -> bool {
        self.rest_votes < 0 || self.rest_all < 0 || self.rest_votes > self.rest_all
    }
}

/// The figures, or why there are none.
pub fn figures(totals: &Totals) -> Result<Figures, &'static str> {
    let Totals { votes, all, announced, announced_all, .. } = *totals;
    if [votes, all, announced, announced_all].iter().any(|v| *v < 0) {
        return Err("a total is negative");
    }
    if all == 0 || announced_all == 0 {
        return Err("a total of valid votes is zero");
    }
    if votes > all || announced > announced_all {
        return Err("a choice has more votes than there are valid votes: different bases were mixed");
    }
    let share = votes as f64 / all as f64;
    let stated = announced as f64 / announced_all as f64;
    Ok(Figures {
        coverage: all as f64 / announced_all as f64,
        share,
        announced: stated,
        // Differences of non-negative numbers of 64 bits do not overflow.
        rest_votes: announced - votes,
        rest_all: announced_all - all,
        critical: critical(share, stated),
    })
}

/// f* = (1 − O)/(1 − p) for a share announced above the one in hand, O/p for one below it.
pub fn critical(share: f64, announced: f64) -> Option<f64> {
    let ratio = match announced > share {
        true => (1.0 - announced) / (1.0 - share),
        false if share > 0.0 => announced / share,
        false => return None,
    };
    (ratio < 1.0).then_some(ratio)
}

/// Computes the remainder of every choice given; what is in hand must be whole counts of stations.
///
/// Refused: totals that are missing, zero or on different bases.
pub fn compare(subject: &str, choices: &[Totals]) -> Answer {
    let mut answer = Answer::new(METHOD.code, subject);
    let mut rows = Vec::new();
    for totals in choices {
        match figures(totals) {
            Err(why) => answer.notes.push(format!("{}: {why}", totals.choice)),
            Ok(figures) => {
                answer.claims.push(claim(totals, figures));
                rows.push(row(totals, figures));
                if answer.measures.is_empty() {
                    answer.measures = measures(totals, figures);
                }
            }
        }
    }
    if rows.is_empty() {
        return Answer::refused(METHOD.code, subject, answer.notes.join("; "));
    }
    answer.tables.push(table(rows));
    answer
}

fn claim(totals: &Totals, figures: Figures) -> Claim {
    let choice = &totals.choice;
    let f = percent(figures.coverage, 1);
    let of = format!(
        "{} votes of the {} remaining",
        number(figures.rest_votes as f64),
        number(figures.rest_all as f64)
    );
    let (verdict, headline, unsupported) = match figures.remainder() {
        _ if figures.impossible() => (
            Verdict::Impossible,
            format!("With {f} of the announced valid votes in hand, the announced total of {choice} would need {of}: no count of the missing stations can give that."),
            "what the true total is: the stations that are not in hand stay unknown",
        ),
        Some(r) if r > NEARLY_ALL => (
            Verdict::Inconsistent,
            format!("With {f} of the announced valid votes in hand, the announced total of {choice} is possible only if nearly every other vote is for it: {of} ({}).", percent(r, 1)),
            "that this did not happen: it is possible",
        ),
        r => (
            Verdict::NotTested,
            format!(
                "With {f} of the announced valid votes in hand, the announced total of {choice} needs {of} ({}): the share in hand is {}.",
                r.map_or_else(|| "no vote remains".to_owned(), |r| percent(r, 1)),
                percent(figures.share, 1)
            ),
            "that the announced total is right, or wrong: below the critical coverage no share in hand can tell",
        ),
    };
    Claim {
        class: ClaimClass::OfficialFigure,
        verdict,
        headline,
        base: totals.base.clone(),
        limits: vec![
            "the counts in hand are authentic, and each is of a different station that the announcement covers".to_owned(),
            "both totals count the same thing (valid votes)".to_owned(),
        ],
        unsupported: unsupported.to_owned(),
    }
}

fn measures(totals: &Totals, figures: Figures) -> Vec<Measure> {
    let of = |name: &str| format!("{}: {name}", totals.choice);
    let mut measures = vec![
        Measure::plain("share of the announced valid votes that is in hand", "f", figures.coverage, Unit::Share),
        Measure::plain(of("share in hand"), "p", figures.share, Unit::Share),
        Measure::plain(of("announced share"), "O", figures.announced, Unit::Share),
    ];
    if let Some(r) = figures.remainder() {
        measures.push(Measure::plain(of("votes needed per vote remaining"), "r", r, Unit::None));
    }
    if let Some(critical) = figures.critical {
        let name = of("coverage beyond which these shares exclude each other");
        measures.push(Measure::plain(name, "f*", critical, Unit::Share));
    }
    measures
}

fn row(totals: &Totals, figures: Figures) -> Vec<Cell> {
    vec![
        Cell::from(totals.choice.as_str()),
        Cell::from(totals.votes),
        Cell::from(figures.share),
        Cell::from(totals.announced),
        Cell::from(figures.announced),
        Cell::from(figures.rest_votes),
        Cell::from(figures.rest_all),
        Cell::from(figures.remainder()),
        Cell::from(figures.critical),
    ]
}

fn table(rows: Vec<Vec<Cell>>) -> Table {
    let heading = Heading::new;
    Table {
        name: "remainders",
        title: "What is in hand, what was announced, and what would remain".to_owned(),
        columns: vec![
            heading("choice", Unit::None),
            heading("in hand", Unit::Votes),
            heading("share in hand", Unit::Share),
            heading("announced", Unit::Votes),
            heading("announced share", Unit::Share),
            heading("needed elsewhere", Unit::Votes),
            heading("valid votes elsewhere", Unit::Votes),
            heading("needed per vote", Unit::None),
            heading("critical coverage", Unit::Share),
        ],
        rows,
    }
}

/// The total of a column over the stations that have every column given; `None` beyond 64 bits.
pub fn total_where(column: &[Count], others: &[&[Count]]) -> Count {
    let complete = |s: usize| others.iter().all(|o| o.get(s).is_some_and(Option::is_some));
    let values = column.iter().enumerate().filter(|(s, _)| complete(*s)).filter_map(|(_, v)| *v);
    super::beside::sum(values)
}
