//! The sufficient figures: which stations stand at a whole percentage, and what their own null gives.

use glassurn_model::{LeftOut, Reason};
use rayon::prelude::*;

use super::IntegerPercentages;
use crate::{
    Slice,
    ballots::Ballots,
    plug_in::{PlugIn, Windows},
};

/// Which of a station's two percentages must be whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// Turnout or share.
    Either,
    /// The share alone.
    Share,
    /// Turnout alone.
    Turnout,
}

/// What a station counts for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// One.
    Stations,
    /// Its registered voters.
    Voters,
    /// Its ballots issued.
    Ballots,
    /// The votes for the choice in focus.
    Votes,
}

impl Which {
    /// All, the headline first.
    pub const ALL: [Which; 3] = [Which::Either, Which::Share, Which::Turnout];

    /// In words.
    pub fn title(self) -> &'static str {
        match self {
            Which::Either => "a whole turnout or share",
            Which::Share => "a whole share",
            Which::Turnout => "a whole turnout",
        }
    }
}

impl Weight {
    /// All, the headline first.
    pub const ALL: [Weight; 4] =
        [Weight::Stations, Weight::Voters, Weight::Ballots, Weight::Votes];

    /// In words.
    pub fn title(self) -> &'static str {
        match self {
            Weight::Stations => "stations",
            Weight::Voters => "registered voters of stations",
            Weight::Ballots => "ballots issued by stations",
            Weight::Votes => "votes for the choice in stations",
        }
    }

    /// A station's weight.
    pub fn of(self, station: &Ballots) -> i64 {
        match self {
            Weight::Stations => 1,
            Weight::Voters => station.registered,
            Weight::Ballots => station.issued,
            Weight::Votes => station.votes,
        }
    }
}

/// A sum over stations, with its expectation and variance under the null.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Sum {
    /// As reported.
    pub observed: f64,
    /// Expected under the null.
    pub expected: f64,
    /// Variance under the null.
    pub variance: f64,
}

impl Sum {
    /// Observed less expected.
    pub fn excess(&self) -> f64 {
        self.observed - self.expected
    }

    /// Standard deviation under the null.
    pub fn sd(&self) -> f64 {
        self.variance.sqrt()
    }
}

/// One station: whether it stands at a whole percentage, and with what chance it would if drawn again.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Station {
    /// Its figures.
    pub ballots: Ballots,
    /// Whether share and turnout are whole.
    pub whole: [bool; 2],
    /// The chance of either under the null.
    pub chance: [f64; 2],
}

impl Station {
    fn new(ballots: Ballots, windows: Windows) -> Self {
        let Ballots { registered, issued, cast, votes, .. } = ballots;
        Station {
            ballots,
            whole: [windows.hold(votes, cast), windows.hold(issued, registered)],
            chance: [
                PlugIn::new(votes, cast).within(windows),
                PlugIn::new(issued, registered).within(windows),
            ],
        }
    }

    /// Whether it counts.
    pub fn is(&self, which: Which) -> bool {
        match which {
            Which::Either => self.whole[0] || self.whole[1],
            Which::Share => self.whole[0],
            Which::Turnout => self.whole[1],
        }
    }

    /// The chance that it counts when drawn again; turnout and share are drawn independently.
    pub fn chance(&self, which: Which) -> f64 {
        let [share, turnout] = self.chance;
        match which {
            Which::Either => share + turnout - share * turnout,
            Which::Share => share,
            Which::Turnout => turnout,
        }
    }
}

/// Every station used, and how many were left out.
#[derive(Debug, Clone, PartialEq)]
pub struct Tally {
    /// The stations used.
    pub stations: Vec<Station>,
    /// The others, by reason.
    pub left_out: Vec<LeftOut>,
}

impl Tally {
    /// Looks at the stations of a slice.
    pub fn new(screen: &IntegerPercentages, slice: &Slice<'_>) -> Result<Self, Reason> {
        let (ballots, left_out) = screen.rules().apply(slice)?;
        let windows = screen.windows();
        let stations =
            ballots.into_par_iter().with_min_len(1024).map(|b| Station::new(b, windows)).collect();
        Ok(Tally { stations, left_out })
    }

    /// The statistic in one of its twelve forms.
    pub fn sum(&self, which: Which, weight: Weight) -> Sum {
        let mut sum = Sum::default();
        for station in &self.stations {
            let w = weight.of(&station.ballots) as f64;
            let p = station.chance(which);
            sum.observed += if station.is(which) { w } else { 0.0 };
            sum.expected += w * p;
            sum.variance += w * w * p * (1.0 - p);
        }
        sum
    }

    /// The chance of each station.
    pub fn chances(&self, which: Which) -> Vec<f64> {
        self.stations.iter().map(|s| s.chance(which)).collect()
    }

    /// How many stations stand at a whole percentage.
    pub fn count(&self, which: Which) -> u64 {
        self.stations.iter().filter(|s| s.is(which)).count() as u64
    }
}
