//! The answer of the grading.

use glassurn_model::{
    Answer, Cell, Claim, Measure, Picture, Table, Unit, Verdict,
    register::{Matter, Register, ResultClaim},
};

use super::super::say::{self, some};
use super::{Grade, Graded, METHOD};

const UNSUPPORTED: &str = "That a statement is true: a grade says how well others could check it. A statement that \
    somebody praised an election says nothing of the election.";

pub(super) fn answer(subject: String, graded: &[Graded]) -> Answer {
    let mut answer = Answer::new(METHOD.code, subject);
    answer.claims = if graded.len() <= 2 {
        graded.iter().map(one).collect()
    } else {
        vec![all(graded)]
    };
    answer.measures = measures(graded);
    answer.tables = vec![table(graded), rules()];
    answer.pictures.push(picture(graded));
    answer.notes = vec![
        "Outlets that repeat one release, wire or announcement are one lineage and count once.".to_owned(),
        "Lineages are those on record, else a wire that the publisher names, else the publisher.".to_owned(),
    ];
    answer
}

fn shown(g: &Graded) -> String {
    let of = |l: &super::Lineage| format!("{} ({}: {})", l.name, l.weight.title(), l.sources.join(", "));
    g.lineages.iter().map(of).collect::<Vec<_>>().join("; ")
}

fn one(g: &Graded) -> Claim {
    let headline = format!(
        "“{}”: {}, by the rule: {}. What would raise it: {}.",
        g.statement.words,
        g.grade.title(),
        g.grade.rule(),
        g.grade.raise()
    );
    let base = format!("{}: {}", g.statement.record, if g.lineages.is_empty() { "no source".to_owned() } else { shown(g) });
    say::claim(Verdict::Recorded, headline, base, &["Sources of one lineage count once."], UNSUPPORTED)
}

/// What the figures claimed for an election rest on, whoever prints them.
pub(super) fn announcements(register: &Register, graded: &[Graded]) -> Option<Claim> {
    let figures = graded.iter().filter(|g| g.statement.matter == Matter::Figures);
    let claim = |g: &Graded| register.claims.iter().find(|c| c.id == g.statement.record && c.low.is_some());
    let claims: Vec<&ResultClaim> = figures.filter_map(claim).collect();
    let (first, more) = claims.split_first()?;
    let named = |c: &ResultClaim| format!("{} ({})", say::figures(c), c.claimant);
    let headline = match more {
        [] => format!("The figure on record rests on one announcement, its claimant's own: {}.", named(first)),
        _ => {
            let all: Vec<_> = claims.iter().map(|c| named(c)).collect();
            format!("Each figure on record rests on one announcement, its claimant's own: {}.", all.join("; "))
        }
    };
    let records: Vec<_> = claims.iter().map(|c| c.id.as_str()).collect();
    let base = format!("records {}", records.join(", "));
    let unsupported = "That a figure is wrong because nobody without an interest in it is on record for it.";
    let limits = ["Whoever prints a claimant's figure repeats the claimant."];
    Some(say::claim(Verdict::Recorded, headline, base, &limits, unsupported))
}

fn count(graded: &[Graded], grade: Grade) -> usize {
    graded.iter().filter(|g| g.grade == grade).count()
}

pub(super) fn all(graded: &[Graded]) -> Claim {
    let counted: Vec<_> =
        Grade::ALL.iter().map(|g| format!("{} {}", g.title(), count(graded, *g))).collect();
    let headline = format!("{}: {}.", some(graded.len(), "statement", "statements"), counted.join(", "));
    let base = "every claim (that it was made, and that it is so), mission, invitation, verdict and reaction";
    say::claim(Verdict::Recorded, headline, base.to_owned(), &["Sources of one lineage count once."], UNSUPPORTED)
}

fn measures(graded: &[Graded]) -> Vec<Measure> {
    const SYMBOLS: [&str; 6] = ["n_e", "n_w", "n_r", "n_c", "n_x", "n_u"];
    let one = |(grade, symbol): (&Grade, &'static str)| {
        Measure::plain(grade.title(), symbol, count(graded, *grade) as f64, Unit::None)
    };
    Grade::ALL.iter().zip(SYMBOLS).map(one).collect()
}

fn table(graded: &[Graded]) -> Table {
    let row = |g: &Graded| {
        let against: Vec<_> = g.against.iter().map(|l| l.sources.join(", ")).collect();
        let exchange = g.grade.exchange().map_or(Cell::Missing, |n| Cell::Count(i64::from(n)));
        vec![
            Cell::from(g.statement.record.as_str()),
            Cell::from(g.statement.words.as_str()),
            Cell::from(g.grade.title()),
            Cell::from(g.lineages.len()),
            say::text(&shown(g)),
            say::text(&against.join("; ")),
            Cell::from(g.grade.raise()),
            exchange,
        ]
    };
    let mut order: Vec<&Graded> = graded.iter().collect();
    order.sort_by_key(|g| std::cmp::Reverse(g.grade));
    let columns = ["record", "statement", "grade", "lineages", "which", "against", "what would raise it", "for exchange"];
    let title = "Statements by grade, the weakest first";
    say::table("grades", title, &columns, order.into_iter().map(row).collect())
}

fn rules() -> Table {
    let row = |g: &Grade| vec![Cell::from(g.title()), Cell::from(g.rule()), Cell::from(g.raise())];
    say::table("rules", "The rules", &["grade", "rule", "what would raise it"], Grade::ALL.iter().map(row).collect())
}

fn picture(graded: &[Graded]) -> Picture {
    Picture::Bars {
        title: "Statements by grade".to_owned(),
        axis: "grade".to_owned(),
        labels: Grade::ALL.iter().map(|g| g.title().to_owned()).collect(),
        observed: Grade::ALL.iter().map(|g| count(graded, *g) as f64).collect(),
        expected: Vec::new(),
        sd: Vec::new(),
    }
}
