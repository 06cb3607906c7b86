//! The proving ground: every screen on elections whose truth is known.
//!
//! Four kinds of elections: simulated honest ones of many [`shapes`], easy and hard; real ones that nobody disputes;
//! honest ones drawn from the stations of real ones under each [`Null`]; and the first two changed at a known share of
//! stations in a known way ([`changes`]). Of every screen it is
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

use crate::simulate::{CleanLike, Null, shapes, tamper};
use crate::{Purpose, Screen};

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
    /// Simulated elections of each shape, and of each null that is drawn from a real election.
    pub runs: u32,
    /// To how many of them every change is made; to fewer of a shape with more stations.
    pub changed_runs: u32,
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
    Like(&'a str, Null, Box<CleanLike>),
}

/// The shapes that are changed: an easy one, the same for a whole country, and a hard one.
const CHANGED: [&str; 3] = ["plain", "country", "two-electorates"];

/// How many stations drawn from a real election count as one election of a shape: larger ones are drawn less often.
const STATIONS_OF_ONE: usize = 3_000;

/// Runs the suite; `done` is told after every election how many are finished, of how many.
pub fn run(suite: &Suite<'_>, done: &(dyn Fn(u64, u64) + Sync)) -> Vec<Cell> {
    let shapes = shapes::ALL.iter().map(Base::Shape);
    let real = suite.real.iter().map(|(name, returns)| Base::Real(name, returns));
    let like = suite.real.iter().flat_map(|(name, returns)| {
        let drawn = |null| Some(Base::Like(name, null, Box::new(CleanLike::of(returns, 0, null)?)));
        Null::ALL.into_iter().filter_map(drawn)
    });
    let bases: Vec<Base<'_>> = shapes.chain(real).chain(like).collect();
    let of = bases.iter().map(|b| u64::from(b.runs(suite))).sum();
    let finished = std::sync::atomic::AtomicU64::new(0);
    let tick = || {
        done(finished.fetch_add(1, std::sync::atomic::Ordering::Relaxed) + 1, of);
    };
    bases.iter().flat_map(|base| base.cells(suite, &tick)).collect()
}

/// So many times fewer, but one.
fn fewer(runs: u32, times: usize) -> u32 {
    (runs / u32::try_from(times.max(1)).unwrap_or(u32::MAX)).max(1)
}

impl Base<'_> {
    fn runs(&self, suite: &Suite<'_>) -> u32 {
        match self {
            Base::Shape(shape) => fewer(suite.runs, shape.times),
            Base::Real(..) => suite.real_runs,
            Base::Like(_, _, like) => fewer(suite.runs, like.stations() / STATIONS_OF_ONE),
        }
    }

    fn key(&self) -> String {
        match self {
            Base::Shape(shape) => shape.key.to_owned(),
            Base::Real(name, _) => (*name).to_owned(),
            Base::Like(name, null, _) => format!("{name}, {}", null.title()),
        }
    }

    /// Whether the screen's null hypothesis may hold here, so that it is asked at all.
    fn asks(&self, screen: &dyn Screen) -> bool {
        match self {
            Base::Shape(_) | Base::Real(..) => true,
            Base::Like(_, null, _) => screen.nulls().contains(null),
        }
    }

    /// What is done to it, and to how many of them.
    fn changes(&self, suite: &Suite<'_>) -> (Vec<Change>, u32) {
        match self {
            Base::Shape(shape) if CHANGED.contains(&shape.key) => {
                (changes::all(), self.runs(suite).min(fewer(suite.changed_runs, shape.times)))
            }
            Base::Shape(_) | Base::Like(..) => (Vec::new(), 0),
            Base::Real(..) => (changes::all(), suite.real_runs),
        }
    }

    fn cells(&self, suite: &Suite<'_>, tick: &(dyn Fn() + Sync)) -> Vec<Cell> {
        let (changes, changed) = self.changes(suite);
        let screens: Vec<&dyn Screen> =
            suite.screens.iter().copied().filter(|s| self.asks(*s)).collect();
        let one = |run: u32| {
            let answers =
                self.run(suite, &screens, if run < changed { &changes } else { &[] }, run);
            tick();
            answers
        };
        let runs: Vec<Vec<Answers>> = (0..self.runs(suite)).into_par_iter().map(one).collect();
        let conditions = std::iter::once(None).chain(changes.iter().map(Some));
        let mut cells = Vec::new();
        for (number, change) in conditions.enumerate() {
            // A real election is one: unchanged, every run of it is the same.
            let same = change.is_none() && matches!(self, Base::Real(..));
            let of_condition: Vec<&Answers> = runs
                .iter()
                .filter_map(|r| r.get(number))
                .take(if same { 1 } else { runs.len() })
                .collect();
            for (at, screen) in screens.iter().enumerate() {
                let answers = of_condition.iter().map(|a| (a.votes, &a.of[at]));
                cells.push(Cell::of(self.key(), change, &screen.meta(), answers));
            }
        }
        cells
    }

    /// One election: unchanged first, then with each change.
    fn run(
        &self,
        suite: &Suite<'_>,
        screens: &[&dyn Screen],
        changes: &[Change],
        run: u32,
    ) -> Vec<Answers> {
        let seed = suite.seed.wrapping_add(u64::from(run));
        let drawn;
        let clean = match self {
            Base::Real(_, returns) => *returns,
            Base::Shape(shape) => {
                drawn = shape.election(suite.stations, seed);
                &drawn
            }
            Base::Like(_, _, like) => {
                drawn = like.election(seed);
                &drawn
            }
        };
        let judge = |returns: &Returns| answers(returns, screens, Purpose::Judging);
        let mut all = vec![Answers { votes: 0, of: judge(clean) }];
        for change in changes {
            let changed = tamper(clean, &change.tampering(seed));
            let of = judge(&changed.returns);
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
