//! S260: Klimek's model of stations where votes were added, fitted by quadrature.

use glassurn_model::{
    Caveat, Effect, Finding, LeftOut, Outcome, Reason, Unit,
};

use crate::ballots::{Ballots, Rules};
use crate::turnout_bins::{self, BINS};
use crate::{Cost, Family, Focus, Meta, Screen, Slice, Status, caveat};

mod expected;
mod fit;
mod profile;
mod recipe;
mod say;

pub use expected::Kind;
pub use fit::{Fit, Fits};
pub use profile::Profile;
pub use recipe::Honest;
pub(crate) use recipe::honest;

#[doc = include_str!("../klimek.md")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Klimek {
    /// Fewest registered voters of a station used.
    pub min_registered: i64,
    /// Fewest stations for an answer.
    pub min_stations: usize,
    /// Resamples of stations.
    pub draws: u32,
    /// Seed of the resamples.
    pub seed: u64,
}

/// The sufficient figures of a slice.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    /// The stations used.
    pub stations: Vec<Ballots>,
    /// The others, by reason.
    pub left_out: Vec<LeftOut>,
    /// Location and scale.
    pub honest: Honest,
    /// The fits.
    pub fits: Fits,
}

impl Klimek {
    /// Stations of a hundred voters or more, as the paper has it.
    pub const DEFAULT: Self = Klimek { min_registered: 100, min_stations: 1_000, draws: 200, seed: 1 };

    const CODE: &'static str = "S260";

    /// The sufficient figures of a slice.
    pub fn model(&self, slice: &Slice<'_>) -> Result<Model, Reason> {
        let (stations, left_out) = Rules::possible(self.min_registered)
            .apply_to_at_least(self.min_stations, slice)?;
        let turnouts: Vec<f64> = stations.iter().map(Ballots::turnout).collect();
        let shares: Vec<f64> = stations.iter().map(Ballots::share).collect();
        let honest = recipe::honest(&turnouts, &shares).ok_or(Reason::Constant)?;
        let mut observed = [0.0; BINS];
        stations.iter().for_each(|s| observed[turnout_bins::bin(s.votes, s.cast)] += 1.0);
        let fits = fit::fit(&honest, &observed, self.draws, self.seed);
        if !fits.best.criterion.is_finite() {
            return Err(Reason::Constant);
        }
        Ok(Model { stations, left_out, honest, fits })
    }

    fn find(&self, slice: &Slice<'_>) -> Result<Finding, Reason> {
        let model = self.model(slice)?;
        let used = model.stations.len();
        let mut caveats = caveat::of(used, slice.len());
        caveats.retain(|c| *c != Caveat::VeryManyStations);
        caveats.push(Caveat::MixedElectorates);
        let range = model.range(0);
        Ok(Finding {
            screen: Self::CODE,
            subject: slice.subject(),
            used,
            measures: model.measures(),
            p: None,
            effect: Effect {
                name: "part of the stations to which the model adds some votes, least".to_owned(),
                value: range[0],
                unit: Unit::Share,
                interval: Some(range),
                stations: Some(range[0] * used as f64),
                votes: None,
            },
            plain: model.plain(),
            pictures: model.pictures(slice),
            stations: Vec::new(),
            caveats,
            left_out: model.left_out,
        })
    }
}

impl Screen for Klimek {
    fn meta(&self) -> Meta {
        Meta {
            code: Self::CODE,
            name: "klimek-model",
            title: "Klimek's model of added votes",
            family: Family::Models,
            focus: Focus::Choice,
            status: Status::Trial,
            cost: Cost::Slow,
            doc: include_str!("../klimek.md"),
        }
    }

    fn run(&self, slice: &Slice<'_>) -> Outcome {
        slice.outcome(Self::CODE, self.find(slice))
    }
}
