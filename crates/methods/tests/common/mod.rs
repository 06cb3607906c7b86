//! What the tests of screens share: comparisons, oracles, real data, hand-made returns.

#![allow(dead_code)] // every test file includes this module and none uses all of it
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

use std::path::PathBuf;

use glassurn_methods::{Outcome, Screen, Slice};
use glassurn_model::testing::Builder;
use glassurn_model::{Field, Finding, Reason, Returns};
use glassurn_stats::rng;
use rand::RngExt;
use rand_distr::{Beta, Binomial, Distribution};
use serde_json::Value;

/// Asserts that two numbers agree within a relative tolerance (absolute near zero).
#[track_caller]
pub(crate) fn close(got: f64, want: f64, tolerance: f64) {
    let scale = want.abs().max(1e-300);
    let near = (got - want).abs() <= tolerance * scale || (got - want).abs() <= tolerance * 1e-3;
    assert!(near, "got {got:e}, want {want:e}, relative tolerance {tolerance:e}");
}

/// One case of an oracle file.
pub(crate) struct Case(Value);

impl Case {
    #[track_caller]
    fn get(&self, key: &str) -> &Value {
        self.0.get(key).unwrap_or_else(|| panic!("the oracle's case has no {key:?}"))
    }

    /// Whether the case has this.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.0.get(key).is_some()
    }

    /// A number.
    #[track_caller]
    pub(crate) fn number(&self, key: &str) -> f64 {
        self.get(key).as_f64().unwrap_or_else(|| panic!("{key:?} is no number"))
    }

    /// A whole number.
    #[track_caller]
    pub(crate) fn whole(&self, key: &str) -> i64 {
        self.get(key).as_i64().unwrap_or_else(|| panic!("{key:?} is no whole number"))
    }

    /// A list of numbers.
    #[track_caller]
    pub(crate) fn numbers(&self, key: &str) -> Vec<f64> {
        let list = self.get(key).as_array().unwrap_or_else(|| panic!("{key:?} is no list"));
        list.iter().map(|v| v.as_f64().expect("a number")).collect()
    }

    /// A list of lists of numbers.
    #[track_caller]
    pub(crate) fn rows(&self, key: &str) -> Vec<Vec<f64>> {
        let list = self.get(key).as_array().unwrap_or_else(|| panic!("{key:?} is no list"));
        let row = |v: &Value| {
            v.as_array().expect("a list").iter().map(|x| x.as_f64().expect("a number")).collect()
        };
        list.iter().map(row).collect()
    }

    /// A list of counts.
    #[track_caller]
    pub(crate) fn counts(&self, key: &str) -> Vec<i64> {
        let list = self.get(key).as_array().unwrap_or_else(|| panic!("{key:?} is no list"));
        list.iter().map(|v| v.as_i64().expect("a count")).collect()
    }

    /// A text.
    #[track_caller]
    pub(crate) fn text(&self, key: &str) -> &str {
        self.get(key).as_str().unwrap_or_else(|| panic!("{key:?} is no text"))
    }
}

/// The cases of `tests/oracle/<name>`, whose header must say what made it.
#[track_caller]
pub(crate) fn oracle(name: &str) -> Vec<Case> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/oracle").join(name);
    let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let file: Value = serde_json::from_str(&text).expect("an oracle file is JSON");
    for key in ["script", "tool", "date"] {
        assert!(file["header"][key].is_string(), "{name}: the header lacks {key:?}");
    }
    let cases = file["cases"].as_array().expect("an oracle file has cases");
    assert!(!cases.is_empty(), "{name} has no case");
    cases.iter().cloned().map(Case).collect()
}

/// Asserts that p-values look uniform: Kolmogorov's distance is at most `bound` (1.63/√n is the 1 % level).
#[track_caller]
pub(crate) fn p_values_look_uniform(ps: impl IntoIterator<Item = f64>, bound: f64) {
    let mut ps: Vec<f64> = ps.into_iter().collect();
    ps.sort_by(f64::total_cmp);
    let n = ps.len() as f64;
    let gap = |(i, &p): (usize, &f64)| ((i as f64 + 1.0) / n - p).max(p - i as f64 / n);
    let distance = ps.iter().enumerate().map(gap).fold(0.0, f64::max);
    assert!(distance <= bound, "Kolmogorov's distance is {distance:.4}, allowed {bound:.4}");
}

/// Asserts that p-values are never too small: at 1, 5 and 10 % no more rejections than chance
/// (three standard errors) allows.
#[track_caller]
pub(crate) fn p_values_are_conservative(ps: impl IntoIterator<Item = f64>) {
    let ps: Vec<f64> = ps.into_iter().collect();
    for level in [0.01, 0.05, 0.10] {
        let share = share_at_most(&ps, level);
        let allowed = level + 3.0 * (level * (1.0 - level) / ps.len() as f64).sqrt();
        assert!(share <= allowed, "{share:.4} are at most {level}, allowed {allowed:.4}");
    }
}

/// The share of p-values that are at most `level`.
pub(crate) fn share_at_most(ps: &[f64], level: f64) -> f64 {
    ps.iter().filter(|&&p| p <= level).count() as f64 / ps.len() as f64
}

/// The text of a file of the shared data, or `None` (and the test's name printed) without them.
pub(crate) fn data_or_skip(test: &str, file: &str) -> Option<String> {
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/raw");
    let folder = std::env::var_os("GLASSURN_DATA").map_or(beside, PathBuf::from);
    let text = std::fs::read_to_string(folder.join(file)).ok();
    if text.is_none() {
        println!("skipped: {test} (no data)");
    }
    text
}

/// Columns of a comma-separated text without quotes, by heading; what is no whole number is missing.
pub(crate) fn plain_csv(text: &str, headings: &[&str]) -> Vec<Vec<Option<i64>>> {
    let mut lines = text.lines();
    let names: Vec<&str> = lines.next().expect("a heading").split(',').collect();
    let at = |h: &&str| names.iter().position(|n| n == h).expect("the heading is there");
    let places: Vec<usize> = headings.iter().map(at).collect();
    let mut columns = vec![Vec::new(); headings.len()];
    for line in lines {
        let cells: Vec<&str> = line.split(',').collect();
        for (column, &place) in columns.iter_mut().zip(&places) {
            column.push(cells.get(place).and_then(|c| c.trim().parse().ok()));
        }
    }
    columns
}

/// Hand-made returns of one contest.
#[derive(Default, Clone)]
pub(crate) struct Table {
    /// Ballots cast.
    pub(crate) cast: Vec<Option<i64>>,
    /// Votes for each choice.
    pub(crate) choices: Vec<Vec<Option<i64>>>,
    /// Other protocol lines.
    pub(crate) fields: Vec<(Field, Vec<Option<i64>>)>,
    /// Each station's group; empty makes no level.
    pub(crate) groups: Vec<u32>,
}

impl Table {
    /// One choice's votes among ballots cast.
    pub(crate) fn of(cast: &[i64], votes: &[i64]) -> Self {
        let present = |v: &[i64]| v.iter().copied().map(Some).collect::<Vec<_>>();
        Table { cast: present(cast), choices: vec![present(votes)], ..Table::default() }
    }

    /// The same with groups.
    pub(crate) fn grouped(mut self, groups: Vec<u32>) -> Self {
        self.groups = groups;
        self
    }

    /// The returns: choices are called A, B, C …, groups are regions `0`, `1`, ….
    pub(crate) fn returns(&self) -> Returns {
        let stations = self.choices.first().map_or(self.cast.len(), Vec::len);
        let mut builder = Builder::new(stations);
        if !self.cast.is_empty() {
            builder = builder.field(Field::Cast, self.cast.clone());
        }
        for (field, values) in &self.fields {
            builder = builder.field(*field, values.clone());
        }
        for (values, name) in self.choices.iter().zip('A'..='Z') {
            builder = builder.choice(&name.to_string(), values.clone());
        }
        if !self.groups.is_empty() {
            let units: Vec<String> = self.groups.iter().map(u32::to_string).collect();
            builder = builder.level("region", &units);
        }
        builder.build()
    }

    /// What a screen says of choice A (or of the contest, `None`).
    pub(crate) fn run(&self, screen: &dyn Screen, choice: Option<usize>) -> Outcome {
        screen.run(&Slice::whole(&self.returns(), 0, choice))
    }
}

/// The finding, or a panic that shows the refusal.
#[track_caller]
pub(crate) fn finding(outcome: Outcome) -> Finding {
    match outcome {
        Outcome::Finding(f) => *f,
        Outcome::NotApplicable { reason, .. } => panic!("not applicable: {reason}"),
    }
}

/// The reason of a refusal, or a panic.
#[track_caller]
pub(crate) fn refusal(outcome: Outcome) -> Reason {
    match outcome {
        Outcome::NotApplicable { reason, .. } => reason,
        Outcome::Finding(f) => panic!("it found: {}", f.plain),
    }
}

/// The value of the p of a finding.
#[track_caller]
pub(crate) fn p_of(outcome: Outcome) -> f64 {
    finding(outcome).p.expect("the screen has a p").value
}

/// The value of a measure by its symbol.
#[track_caller]
pub(crate) fn measure(f: &Finding, symbol: &str) -> f64 {
    f.measure(symbol).unwrap_or_else(|| panic!("no measure {symbol}")).value
}

/// Stations drawn from an honest region: log-uniform sizes, Beta levels around one mean, binomial counts.
#[derive(Clone, Copy)]
pub(crate) struct Region {
    /// Number of stations.
    pub(crate) stations: usize,
    /// Smallest and largest number of ballots.
    pub(crate) sizes: [f64; 2],
    /// Mean level.
    pub(crate) level: f64,
    /// Intra-class correlation of the levels; 0 makes them all equal.
    pub(crate) between: f64,
}

impl Region {
    /// The region of this seed.
    pub(crate) fn draw(&self, seed: u64) -> Table {
        let mut rng = rng::stream(seed, "region", 0);
        let [low, high] = self.sizes.map(f64::ln);
        let weight = 1.0 / self.between.max(1e-9) - 1.0;
        let levels = Beta::new(self.level * weight, (1.0 - self.level) * weight).unwrap();
        let (mut cast, mut votes) = (Vec::new(), Vec::new());
        for _ in 0..self.stations {
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            let size = (low + (high - low) * rng.random::<f64>()).exp() as u64;
            let level = if self.between > 0.0 { levels.sample(&mut rng) } else { self.level };
            let count = Binomial::new(size, level).unwrap().sample(&mut rng);
            cast.push(i64::try_from(size).unwrap());
            votes.push(i64::try_from(count).unwrap());
        }
        Table::of(&cast, &votes)
    }
}
