//! S114: counts of a column that are multiples of one number too often.

use glassurn_model::{
    Effect, Finding, Measure, Outcome, P, PKind, Picture, Reason, Unit,
};

use crate::phrase::{count, number, percent};
use crate::{Cost, Family, Focus, LEVEL, Meta, Screen, Slice, Status, caveat};

mod columns;
mod law;

pub use columns::{Column, Columns};
pub use law::Tally;

#[doc = include_str!("divisibility.md")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Divisibility {
    /// Smallest count that is looked at.
    pub min_count: i64,
    /// Fewest such counts.
    pub min_stations: u64,
    /// The numbers that are tried.
    pub divisors: &'static [i64],
}

const CODE: &str = "S114";

impl Divisibility {
    /// Every number up to twelve, and what papers are bundled by.
    pub const DEFAULT: Self = Divisibility {
        min_count: 10,
        min_stations: 20,
        divisors: &[2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 16, 20, 25, 50, 100],
    };

    /// The sufficient figures of a slice.
    pub fn columns(&self, slice: &Slice<'_>) -> Result<Columns, Reason> {
        Columns::of(self, slice)
    }

    fn find(&self, slice: &Slice<'_>) -> Result<Finding, Reason> {
        let columns = self.columns(slice)?;
        let (column, p) = (columns.first(), columns.adjusted(columns.first()));
        let top = column.top();
        let caveats = caveat::of(columns.used, slice.len());
        let beyond = top.multiples as f64 - top.expected;
        Ok(Finding {
            screen: CODE,
            subject: slice.subject(),
            used: columns.used,
            measures: measures(&columns),
            p: Some(P { value: p, kind: PKind::Exact }),
            effect: Effect {
                name: format!("counts of {} that are multiples of {}, beyond expectation", column.name, top.divisor),
                value: beyond,
                unit: Unit::Stations,
                interval: Some([-1.96, 1.96].map(|z| beyond + z * top.variance.sqrt())),
                stations: Some(beyond),
                votes: None,
            },
            plain: plain(&columns, self.min_count),
            pictures: vec![picture(column)],
            stations: Vec::new(),
            caveats,
            left_out: columns.left_out,
        })
    }
}

impl Screen for Divisibility {
    fn meta(&self) -> Meta {
        Meta {
            code: CODE,
            name: "divisibility",
            title: "Multiples of one number",
            family: Family::Digits,
            focus: Focus::Contest,
            status: Status::Trial,
            cost: Cost::Quick,
            doc: include_str!("divisibility.md"),
        }
    }

    fn run(&self, slice: &Slice<'_>) -> Outcome {
        slice.outcome(CODE, self.find(slice))
    }
}

fn measures(columns: &Columns) -> Vec<Measure> {
    let column = columns.first();
    let m = |name: &str, symbol, value, unit| Measure::plain(name, symbol, value, unit);
    let top = column.top();
    let [all, whole] = column.non_zero.map(|n| n as f64);
    let multiples = format!("multiples of {} among the counts of {}", top.divisor, column.name);
    let mut measures = vec![
        m(&multiples, "k", top.multiples as f64, Unit::Stations).expecting(top.expected, top.variance.sqrt()),
        m("counts looked at", "n", top.counts as f64, Unit::Stations),
        m("multiples beyond expectation, in standard deviations", "z", top.z(), Unit::None),
        m("number that they are multiples of", "d", top.divisor as f64, Unit::None),
        m("non-zero counts", "n₀", all, Unit::Stations),
        m("multiples among the non-zero counts", "k₀", whole, Unit::Stations),
        m("pairs of a column and a number looked at", "K", columns.tests as f64, Unit::None),
        m("columns", "C", columns.all.len() as f64, Unit::None),
        m("columns with p of at most 0.05 after all pairs", "C*", columns.standing_out(LEVEL).count() as f64, Unit::None),
    ];
    for other in columns.standing_out(LEVEL).filter(|c| c.name != column.name).take(20) {
        let top = other.top();
        let name = format!("multiples of {} among the counts of {}", top.divisor, other.name);
        let one = m(&name, "k′", top.multiples as f64, Unit::Stations);
        measures.push(one.expecting(top.expected, top.variance.sqrt()));
    }
    measures
}

fn plain(columns: &Columns, min_count: i64) -> String {
    let column = columns.first();
    let top = column.top();
    let share = |k: f64| percent(k / top.counts as f64, 1);
    let others: Vec<String> = columns
        .standing_out(LEVEL)
        .filter(|c| c.name != column.name)
        .map(|c| format!("{} ({})", c.name, c.top().divisor))
        .collect();
    let also = match others.as_slice() {
        [] => String::new(),
        names => format!("; so are those of {}", names.join(", ")),
    };
    format!(
        "Of {} counts of {} from {} upward, {} ({}) are multiples of {}, where counts of their sizes lead one to \
         expect {} ({}); packs of papers and lists of a fixed size do that too{also}.",
        count(usize::try_from(top.counts).unwrap_or(0)),
        column.name,
        law::cut(top.divisor, min_count),
        number(top.multiples as f64),
        share(top.multiples as f64),
        top.divisor,
        number(top.expected),
        share(top.expected),
    )
}

/// The multiples of each number in the column that stands out most.
fn picture(column: &Column) -> Picture {
    let of = |f: fn(&Tally) -> f64| column.tallies.iter().map(f).collect();
    Picture::Bars {
        title: format!("Multiples among the counts of {}", column.name),
        axis: "multiples of".to_owned(),
        labels: column.tallies.iter().map(|t| t.divisor.to_string()).collect(),
        observed: of(|t| t.multiples as f64),
        expected: of(|t| t.expected),
        sd: of(|t| t.variance.sqrt()),
    }
}
