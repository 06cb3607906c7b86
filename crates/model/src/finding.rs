//! What a screen says: figures with their null, uncertainty and limits, never a verdict.

use serde::Serialize;

/// The answer of a screen.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case", tag = "outcome")]
pub enum Outcome {
    /// It could be computed.
    Finding(Box<Finding>),
    /// It could not, and this is why.
    NotApplicable {
        /// The screen's code.
        screen: &'static str,
        /// On what it was tried.
        subject: Subject,
        /// Why it does not apply.
        reason: Reason,
    },
}

impl Outcome {
    /// The finding, if there is one.
    pub fn finding(&self) -> Option<&Finding> {
        match self {
            Outcome::Finding(f) => Some(f),
            Outcome::NotApplicable { .. } => None,
        }
    }
}

/// Why something was left out, or does not apply at all.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case", tag = "reason")]
pub enum Reason {
    /// The returns have no such column.
    ColumnMissing(#[serde(rename = "column")] String),
    /// A value is missing.
    Missing,
    /// An integrity check says the figures cannot be right.
    Flagged,
    /// The value is under the screen's minimum.
    Below {
        /// What is too small.
        what: &'static str,
        /// The smallest value used.
        minimum: i64,
    },
    /// The value is above the screen's maximum.
    Above {
        /// What is too large.
        what: &'static str,
        /// The largest value used.
        maximum: String,
    },
    /// Too few stations are left.
    TooFew {
        /// How many are left.
        used: usize,
        /// How many are needed.
        needed: usize,
    },
    /// All values are the same.
    Constant,
    /// The stations are aggregates, or lack what the method assumes.
    NotStations(#[serde(rename = "why")] String),
    /// The screen is not for this kind of subject.
    WrongSubject(#[serde(rename = "why")] String),
}

impl std::fmt::Display for Reason {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Reason::ColumnMissing(name) => write!(f, "the returns have no column of {name}"),
            Reason::Missing => write!(f, "a value is missing"),
            Reason::Flagged => write!(f, "an integrity check flags the station"),
            Reason::Below { what, minimum } => write!(f, "{what} below {minimum}"),
            Reason::Above { what, maximum } => write!(f, "{what} above {maximum}"),
            Reason::TooFew { used, needed } => {
                write!(f, "only {used} usable values, {needed} needed")
            }
            Reason::Constant => write!(f, "all values are the same"),
            Reason::NotStations(why) | Reason::WrongSubject(why) => write!(f, "{why}"),
        }
    }
}

/// On what a screen was run.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Subject {
    /// The contest.
    pub contest: String,
    /// The choice in focus; `None` for a screen of the whole contest.
    pub choice: Option<String>,
    /// Which stations.
    pub scope: Scope,
}

/// Which stations were looked at.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case", tag = "scope")]
pub enum Scope {
    /// All stations of the file.
    Whole,
    /// The stations of one unit of a level.
    Unit {
        /// The level's name.
        level: String,
        /// The unit's name.
        unit: String,
    },
}

/// The result of one screen on one subject. The sufficient figures stay here, so that the text, the
/// picture and the JSON cannot be computed from different data.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Finding {
    /// The screen's code (`S110`).
    pub screen: &'static str,
    /// On what it was run.
    pub subject: Subject,
    /// How many stations were used.
    pub used: usize,
    /// How many were left out, by reason.
    pub left_out: Vec<LeftOut>,
    /// The figures, the headline statistic first.
    pub measures: Vec<Measure>,
    /// The p-value of the headline statistic; `None` for a descriptive screen.
    pub p: Option<P>,
    /// The size of what was measured, in units a reader can weigh.
    pub effect: Effect,
    /// One plain sentence: what was counted, what chance would give, the difference.
    pub plain: String,
    /// What to draw.
    pub pictures: Vec<Picture>,
    /// The stations that matter most (index, why), at most twenty.
    pub stations: Vec<(u32, String)>,
    /// What a reader must know about this very result.
    pub caveats: Vec<Caveat>,
}

impl Finding {
    /// How many stations were left out for any reason.
    pub fn left_out_total(&self) -> usize {
        self.left_out.iter().map(|l| l.stations).sum()
    }

    /// The figure with this symbol.
    pub fn measure(&self, symbol: &str) -> Option<&Measure> {
        self.measures.iter().find(|m| m.symbol == symbol)
    }
}

/// A number of stations left out for one reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LeftOut {
    /// Why.
    pub why: Reason,
    /// How many.
    pub stations: usize,
}

/// One figure, with what the null would give.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Measure {
    /// What it is, in words.
    pub name: String,
    /// Its symbol in the documentation's formula.
    pub symbol: &'static str,
    /// The value.
    pub value: f64,
    /// Its expectation under the null.
    pub expected: Option<f64>,
    /// Its standard deviation under the null.
    pub sd: Option<f64>,
    /// Its unit.
    pub unit: Unit,
}

impl Measure {
    /// A figure of its own, with no null beside it.
    pub fn plain(name: impl Into<String>, symbol: &'static str, value: f64, unit: Unit) -> Self {
        Measure { name: name.into(), symbol, value, expected: None, sd: None, unit }
    }

    /// The same figure beside what the null expects of it.
    pub fn expecting(self, expected: f64, sd: f64) -> Self {
        Measure { expected: Some(expected), sd: Some(sd), ..self }
    }

    /// The same figure with its standard error, where there is one.
    pub fn with_sd(self, sd: Option<f64>) -> Self {
        Measure { sd, ..self }
    }
}

/// The unit of a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// No unit.
    None,
    /// Stations.
    Stations,
    /// Votes or ballots.
    Votes,
    /// A share between 0 and 1, printed as per cent.
    Share,
    /// A difference of shares, printed as percentage points.
    Points,
}

/// A p-value and how it was obtained.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct P {
    /// The probability, under the null, of a statistic at least as extreme.
    pub value: f64,
    /// How it was obtained.
    pub kind: PKind,
}

/// How a p-value was obtained.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "method")]
pub enum PKind {
    /// The exact distribution under the null.
    Exact,
    /// A limiting distribution; the documentation says how good it is.
    Asymptotic,
    /// Simulation: (b + 1) / (m + 1).
    Simulated {
        /// Replicates drawn.
        draws: u32,
        /// Seed of the run.
        seed: u64,
    },
}

/// How large the difference is.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Effect {
    /// What it measures, in words (`stations beyond expectation`).
    pub name: String,
    /// The value.
    pub value: f64,
    /// Its unit.
    pub unit: Unit,
    /// A 95 % interval.
    pub interval: Option<[f64; 2]>,
    /// The same difference in stations.
    pub stations: Option<f64>,
    /// The votes (or ballots) at stake in those stations: an order of magnitude, no estimate of harm.
    pub votes: Option<f64>,
}

/// A warning that belongs to one result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Caveat {
    /// More than a quarter of the stations were left out.
    ManyLeftOut,
    /// Small stations dominate; the approximation is rough.
    SmallStations,
    /// With so many stations, differences of no practical size give a tiny p.
    VeryManyStations,
    /// The null ignores that honest stations differ more than a binomial draw.
    IgnoresOverdispersion,
    /// Different electorates within the scope produce the same pattern.
    MixedElectorates,
    /// The rule of decision is another program's.
    PublishedRule,
}

impl Caveat {
    /// Every caveat.
    pub const ALL: [Caveat; 6] = [
        Caveat::ManyLeftOut,
        Caveat::SmallStations,
        Caveat::VeryManyStations,
        Caveat::IgnoresOverdispersion,
        Caveat::MixedElectorates,
        Caveat::PublishedRule,
    ];

    /// What a reader is told.
    pub fn text(self) -> &'static str {
        match self {
            Caveat::ManyLeftOut => "more than a quarter of the stations were left out",
            Caveat::SmallStations => "many stations are small, so the approximation is rough",
            Caveat::VeryManyStations => {
                "with this many stations a difference of no practical size gives a tiny p: read the effect first"
            }
            Caveat::IgnoresOverdispersion => {
                "the null treats each station's share as known; honest stations vary more than that"
            }
            Caveat::MixedElectorates => {
                "different electorates (town and country, regions) produce the same pattern"
            }
            Caveat::PublishedRule => {
                "the rule is another program's, repeated as it stands; its form says how often honest returns meet it"
            }
        }
    }
}

/// Data to draw; the report decides how.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case", tag = "picture")]
pub enum Picture {
    /// A bar for each category beside what the null expects.
    Bars {
        /// What is shown.
        title: String,
        /// Name of the horizontal axis.
        axis: String,
        /// The categories.
        labels: Vec<String>,
        /// What was counted.
        observed: Vec<f64>,
        /// What the null expects.
        expected: Vec<f64>,
        /// Standard deviation under the null.
        sd: Vec<f64>,
    },
    /// Counts over equal bins of an axis, with the null's band where there is one.
    Histogram {
        /// What is shown.
        title: String,
        /// Name of the horizontal axis.
        axis: String,
        /// Left edge of the first bin.
        start: f64,
        /// Width of a bin.
        width: f64,
        /// Stations in each bin.
        counts: Vec<f64>,
        /// What the null expects in each bin; empty when there is no null.
        expected: Vec<f64>,
        /// Standard deviation under the null in each bin; empty when there is no null.
        sd: Vec<f64>,
    },
    /// A two-dimensional histogram over the unit square (turnout across, share up).
    Heat {
        /// What is shown.
        title: String,
        /// Name of the horizontal axis.
        x: String,
        /// Name of the vertical axis.
        y: String,
        /// Bins along each side.
        bins: usize,
        /// Row-major counts, lowest share first.
        counts: Vec<u32>,
    },
    /// One or more lines over a common axis.
    Lines {
        /// What is shown.
        title: String,
        /// Name of the horizontal axis.
        x: String,
        /// Name of the vertical axis.
        y: String,
        /// The common axis.
        at: Vec<f64>,
        /// Name and values of each line.
        series: Vec<(String, Vec<f64>)>,
    },
    /// Estimates with their intervals, each beside a figure that somebody states.
    Intervals {
        /// What is shown.
        title: String,
        /// Name of the horizontal axis.
        axis: String,
        /// Unit of the axis.
        unit: Unit,
        /// The rows, from the top.
        rows: Vec<IntervalRow>,
    },
    /// Areas, or points, each in the colour of its class.
    Map {
        /// What is shown.
        title: String,
        /// What the value of an area is.
        value: String,
        /// The classes, the one without a statement last.
        classes: Vec<String>,
        /// The areas.
        areas: Vec<MapArea>,
    },
}

/// One area of a map.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MapArea {
    /// What it is called.
    pub label: String,
    /// Index of its class.
    pub class: usize,
    /// Its value, a share between 0 and 1.
    pub value: f64,
    /// Its centre: latitude and longitude where it has no outline.
    pub at: (f64, f64),
    /// The rings of its outline (see [`crate::Areas`]); empty for a point.
    pub outline: Vec<Vec<[i32; 2]>>,
}

/// One row of a picture of intervals.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct IntervalRow {
    /// What it is.
    pub label: String,
    /// The estimate, where there is one (a bound has none).
    pub estimate: Option<f64>,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// The stated figure, drawn as a mark.
    pub mark: Option<f64>,
}
