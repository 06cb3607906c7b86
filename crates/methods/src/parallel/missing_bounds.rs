//! P140: how far the missing stations could move the result, under stated caps on their size.

use glassurn_model::{
    Answer, Cell, Claim, ClaimClass, Heading, IntervalRow, Picture, Table, Unit, Verdict, Measure};

use super::Method;
use crate::phrase::number;

#[doc = include_str!("missing_bounds.md")]
pub const METHOD: Method = Method {
    code: "P140",
    name: "missing-bounds",
    title: "What the missing stations could change",
    doc: include_str!("missing_bounds.md"),
};

/// What is in hand, and how many stations are not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The choices with their votes in hand.
    pub choices: Vec<(String, i64)>,
    /// Valid votes at each station in hand.
    pub sizes: Vec<i64>,
    /// Stations in all, where somebody states it.
    pub stations: Option<i64>,
    /// Valid votes in all, where somebody announced them.
    pub announced_all: Option<i64>,
    /// Who counted what is in hand, and who says how many stations there are.
    pub base: String,
}

/// A cap on the valid votes of each missing station.
#[derive(Debug, Clone, PartialEq)]
pub struct Cap {
    /// How it was chosen.
    pub name: String,
    /// Valid votes at all missing stations together, at most.
    pub missing: f64,
}

/// The figures under one cap.
#[derive(Debug, Clone, PartialEq)]
pub struct Bounds {
    /// The cap.
    pub cap: Cap,
    /// For each choice the smallest and the largest share that some completion gives.
    pub shares: Vec<[f64; 2]>,
    /// Smallest margin of the first choice over the second, in votes.
    pub least_margin: f64,
}

/// The caps: what was announced beyond what is in hand; and, where the number of stations is known, the
/// mean, the 99th percentile and the largest size in hand for each missing one. Least missing votes first.
pub fn caps(part: &Part) -> Option<Vec<Cap>> {
    let total = super::beside::sum(part.sizes.iter().copied())?;
    let announced = part.announced_all.and_then(|all| all.checked_sub(total)).filter(|v| *v >= 0);
    let announced = announced.map(|missing| Cap {
        name: "the announced number of valid votes".to_owned(),
        missing: missing as f64,
    });
    let mut caps = size_caps(part, total).unwrap_or_default();
    caps.extend(announced);
    caps.sort_by(|a, b| a.missing.total_cmp(&b.missing));
    (!caps.is_empty()).then_some(caps)
}

/// The caps by size of a missing station.
fn size_caps(part: &Part, total: i64) -> Option<Vec<Cap>> {
    let missing = u32::try_from(part.missing()?).ok()?;
    let mut sizes = part.sizes.clone();
    sizes.sort_unstable();
    // The smallest size that at least 99 % of the stations in hand do not exceed.
    let rank = (99 * sizes.len()).div_ceil(100).max(1) - 1;
    let sized = |name: &str, size: f64, shown: String| Cap {
        name: format!("{name} at each missing station ({shown} votes)"),
        missing: size * f64::from(missing),
    };
    let mean = total as f64 / sizes.len() as f64;
    let (high, largest) = (*sizes.get(rank)?, *sizes.last()?);
    Some(vec![
        sized("the mean size in hand", mean, format!("{mean:.1}")),
        sized("the 99th percentile in hand", high as f64, number(high as f64)),
        sized("the largest size in hand", largest as f64, number(largest as f64)),
    ])
}

impl Part {
    /// How many stations are not in hand, where the number of all is stated and not below it.
    pub fn missing(&self) -> Option<i64> {
        let in_hand = i64::try_from(self.sizes.len()).ok()?;
        self.stations?.checked_sub(in_hand).filter(|m| *m >= 0)
    }
}

/// The bounds under one cap: every missing vote for the choice, or none.
pub fn bounds(part: &Part, cap: &Cap) -> Option<Bounds> {
    let all = super::beside::sum(part.sizes.iter().copied())? as f64 + cap.missing;
    if all <= 0.0 {
        return None;
    }
    let share = |votes: i64| [votes as f64 / all, (votes as f64 + cap.missing) / all];
    let [first, second] = leading(part)?;
    Some(Bounds {
        cap: cap.clone(),
        shares: part.choices.iter().map(|c| share(c.1)).collect(),
        least_margin: (part.choices[first].1 - part.choices[second].1) as f64 - cap.missing,
    })
}

/// The two choices with most votes in hand, ties to the first.
fn leading(part: &Part) -> Option<[usize; 2]> {
    let mut order: Vec<usize> = (0..part.choices.len()).collect();
    order.sort_by_key(|&i| (std::cmp::Reverse(part.choices[i].1), i));
    Some([*order.first()?, *order.get(1)?])
}

/// Bounds every choice under each cap.
///
/// Refused: fewer than two choices, no station in hand, more in hand than there are, a negative count.
pub fn compare(subject: &str, part: &Part) -> Answer {
    let refuse = |why: &str| Answer::refused(METHOD.code, subject, why);
    if part.sizes.iter().chain(part.choices.iter().map(|c| &c.1)).any(|v| *v < 0) {
        return refuse("a count is negative");
    }
    let Some(caps) = caps(part) else {
        return refuse("neither the number of stations nor that of valid votes was stated, or more is in hand than there is in all");
    };
    let bounds: Vec<_> = caps.iter().filter_map(|cap| self::bounds(part, cap)).collect();
    let (Some([first, second]), false) = (leading(part), bounds.is_empty()) else {
        return refuse("fewer than two choices, or no vote in hand");
    };
    let mut answer = Answer::new(METHOD.code, subject);
    answer.claims.push(claim(part, &bounds, first, second));
    answer.measures = measures(part, first, second);
    answer.tables.push(table(part, &bounds));
    answer.pictures.push(picture(part, &bounds));
    answer.notes.push("The caps come from the stations in hand; registered voters at each missing station would be sharper, and are not in the inputs.".to_owned());
    answer
}

fn claim(part: &Part, bounds: &[Bounds], first: usize, second: usize) -> Claim {
    let (a, b) = (&part.choices[first].0, &part.choices[second].0);
    let missing = part.missing().map_or_else(
        || "the stations not in hand".to_owned(),
        |m| format!("the {} stations not in hand", number(m as f64)),
    );
    let holds = bounds.iter().rev().find(|b| b.least_margin > 0.0);
    let (verdict, headline, unsupported) = match holds {
        Some(bound) => (
            Verdict::Contradicted,
            format!(
                "{a} has more votes than {b} even if every vote at {missing} were for {b}, under this cap: {}. {a} would still lead by {} votes.",
                bound.cap.name,
                number(bound.least_margin.floor())
            ),
            format!("the same without the cap, or what share {a} really has"),
        ),
        None => (
            Verdict::NotTested,
            format!("Votes at {missing} could change whether {a} or {b} has more."),
            "that they did".to_owned(),
        ),
    };
    Claim {
        class: ClaimClass::Order,
        verdict,
        headline,
        base: part.base.clone(),
        limits: vec![
            "the counts in hand are authentic, each of a different station".to_owned(),
            "the votes that are not in hand keep within the cap".to_owned(),
        ],
        unsupported,
    }
}

fn measures(part: &Part, first: usize, second: usize) -> Vec<Measure> {
    let in_hand = part.sizes.len() as f64;
    let all = part.sizes.iter().fold(0, |sum: i64, v| sum.saturating_add(*v)) as f64;
    let margin = part.choices[first].1.saturating_sub(part.choices[second].1) as f64;
    let mut measures = vec![
        Measure::plain("margin in hand", "D", margin, Unit::Votes),
        Measure::plain("stations in hand", "n", in_hand, Unit::Stations),
    ];
    if let Some(stations) = part.stations.filter(|n| *n > 0) {
        let share = in_hand / stations as f64;
        measures.push(Measure::plain("share of all stations", "n/N", share, Unit::Share));
    }
    if let Some(missing) = part.missing().filter(|m| *m > 0 && all > 0.0) {
        let mean = all / in_hand;
        let name = "size at which the missing stations could close the margin, in mean sizes";
        measures.push(Measure::plain(name, "D/(m·x̄)", margin / (missing as f64 * mean), Unit::None));
    }
    measures
}

fn table(part: &Part, bounds: &[Bounds]) -> Table {
    let mut columns = vec![
        Heading::new("cap", Unit::None),
        Heading::new("votes not in hand, at most", Unit::Votes),
    ];
    for (name, _) in &part.choices {
        columns.push(Heading::new(format!("{name}, least"), Unit::Share));
        columns.push(Heading::new(format!("{name}, most"), Unit::Share));
    }
    columns.push(Heading::new("least margin", Unit::Votes));
    let row = |b: &Bounds| {
        let shares = b.shares.iter().flatten().map(|v| Cell::from(*v));
        let first = [Cell::from(b.cap.name.as_str()), Cell::from(b.cap.missing)];
        first.into_iter().chain(shares).chain([Cell::from(b.least_margin)]).collect()
    };
    let title = "Shares that some completion of what is missing gives, cap by cap".to_owned();
    Table { name: "bounds", title, columns, rows: bounds.iter().map(row).collect() }
}

/// The bounds under the widest cap.
fn picture(part: &Part, bounds: &[Bounds]) -> Picture {
    let rows = bounds.last().into_iter().flat_map(|b| part.choices.iter().zip(&b.shares));
    let row = |((name, votes), [low, high]): (&(String, i64), &[f64; 2])| IntervalRow {
        label: name.clone(),
        estimate: share_in_hand(part, *votes),
        low: *low,
        high: *high,
        mark: None,
    };
    Picture::Intervals {
        title: "Shares in hand (dots) and what the missing stations could make of them".to_owned(),
        axis: format!("share of valid votes, under {}", bounds.last().map_or("", |b| &b.cap.name)),
        unit: Unit::Share,
        rows: rows.map(row).collect(),
    }
}

/// A choice's share of the votes in hand.
fn share_in_hand(part: &Part, votes: i64) -> Option<f64> {
    let all = super::beside::sum(part.sizes.iter().copied()).filter(|a| *a > 0)?;
    Some(votes as f64 / all as f64)
}

