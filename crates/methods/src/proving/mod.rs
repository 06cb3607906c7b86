//! The proving ground: every screen on elections whose truth is known.
//!
//! Three kinds of elections: simulated honest ones of many [`shapes`], easy and hard; real ones that nobody disputes;
//! and either of them changed at a known share of stations in a known way ([`changes`]). Of every screen it is
//! counted how often it stands out by its own rule ([`Screen::stands_out`]), which is a false alarm where nothing
//! was changed and power where something was; and, where it estimates the votes affected, how far the estimate is
//! from the truth and how often its range holds it.
//!
//! What was measured last is kept with the code ([`measured`]), and reports say it beside each finding.

mod answer;
mod cell;
pub mod changes;
mod standing;
mod table;

use glassurn_model::Returns;
use rayon::prelude::*;

use crate::Screen;
use crate::simulate::{shapes, tamper};

pub use answer::{Answer, answers};
pub use cell::{Cell, Estimates};
pub use changes::Change;
pub use shapes::Shape;
pub use standing::{Coverage, Rate, Standing};
pub use table::{measured, parse, write};

/// What to measure.
#[derive(Clone)]
pub struct Suite<'a> {
    /// The screens.
    pub screens: Vec<&'a dyn Screen>,
    /// Simulated elections of each shape.
    pub runs: u32,
    /// Stations of a simulated election, about.
    pub stations: usize,
    /// Undisputed real elections, with a name.
    pub real: Vec<(String, Returns)>,
    /// How often each real election is changed, for each way and amount.
    pub real_runs: u32,
    /// Seed of the first election; the next ones count on.
    pub seed: u64,
}

/// One kind of election that is drawn, or the real one that is there.
enum Base<'a> {
    Shape(&'a Shape),
    Real(&'a str, &'a Returns),
}

/// The shapes that are changed: one easy, one hard.
const CHANGED: [&str; 2] = ["plain", "two-electorates"];

/// Runs the suite; `done` is told after every election how many are finished, of how many.
pub fn run(suite: &Suite<'_>, done: &(dyn Fn(u64, u64) + Sync)) -> Vec<Cell> {
    let bases: Vec<Base<'_>> = shapes::ALL
        .iter()
        .map(Base::Shape)
        .chain(suite.real.iter().map(|(name, returns)| Base::Real(name, returns)))
        .collect();
    let of = bases.iter().map(|b| u64::from(b.runs(suite))).sum();
    let finished = std::sync::atomic::AtomicU64::new(0);
    let tick = || {
        done(finished.fetch_add(1, std::sync::atomic::Ordering::Relaxed) + 1, of);
    };
    bases.iter().flat_map(|base| base.cells(suite, &tick)).collect()
}

impl Base<'_> {
    fn runs(&self, suite: &Suite<'_>) -> u32 {
        match self {
            Base::Shape(_) => suite.runs,
            Base::Real(..) => suite.real_runs,
        }
    }

    fn key(&self) -> String {
        match self {
            Base::Shape(shape) => shape.key.to_owned(),
            Base::Real(name, _) => (*name).to_owned(),
        }
    }

    /// What is done to it.
    fn changes(&self) -> Vec<Change> {
        let changed = match self {
            Base::Shape(shape) => CHANGED.contains(&shape.key),
            Base::Real(..) => true,
        };
        if changed { changes::all() } else { Vec::new() }
    }

    fn cells(&self, suite: &Suite<'_>, tick: &(dyn Fn() + Sync)) -> Vec<Cell> {
        let changes = self.changes();
        let one = |run: u32| {
            let answers = self.run(suite, &changes, run);
            tick();
            answers
        };
        let runs: Vec<Vec<Answers>> = (0..self.runs(suite)).into_par_iter().map(one).collect();
        let conditions = std::iter::once(None).chain(changes.iter().map(Some));
        let mut cells = Vec::new();
        for (number, change) in conditions.enumerate() {
            // A real election is one: unchanged, every run of it is the same.
            let same = change.is_none() && matches!(self, Base::Real(..));
            let of_condition: Vec<&Answers> =
                runs.iter().map(|r| &r[number]).take(if same { 1 } else { runs.len() }).collect();
            for (at, screen) in suite.screens.iter().enumerate() {
                let answers = of_condition.iter().map(|a| (a.votes, &a.of[at]));
                cells.push(Cell::of(self.key(), change, &screen.meta(), answers));
            }
        }
        cells
    }

    /// One election: unchanged first, then with each change.
    fn run(&self, suite: &Suite<'_>, changes: &[Change], run: u32) -> Vec<Answers> {
        let seed = suite.seed.wrapping_add(u64::from(run));
        let drawn;
        let clean = match self {
            Base::Shape(shape) => {
                drawn = shape.election(suite.stations, seed);
                &drawn
            }
            Base::Real(_, returns) => *returns,
        };
        let mut all = vec![Answers { votes: 0, of: answers(clean, &suite.screens) }];
        for change in changes {
            let changed = tamper(clean, &change.tampering(seed));
            let of = answers(&changed.returns, &suite.screens);
            all.push(Answers { votes: changed.votes, of });
        }
        all
    }
}

/// What the screens said of one election, and how many votes had been changed.
struct Answers {
    votes: i64,
    of: Vec<Answer>,
}
