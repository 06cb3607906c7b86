//! S270: the published mixture of three classes of stations, fitted without simulation.

use glassurn_model::{Caveat, Effect, Finding, LeftOut, Outcome, Reason, Unit};

use crate::ballots::{Ballots, Rules};
use crate::mixture::{Effort, Fit, Form, Station, Unfit};
use crate::{Cost, Family, Focus, Meta, Screen, Slice, Status, caveat};

mod figures;
mod pictures;
mod say;

#[doc = include_str!("../three_classes.md")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ThreeClasses {
    /// Fewest registered voters of a station used.
    pub min_registered: i64,
    /// Fewest stations for an answer.
    pub min_stations: usize,
    /// How the model is fitted.
    pub effort: Effort,
}

/// The sufficient figures of a slice.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    /// The stations used.
    pub stations: Vec<Ballots>,
    /// The others, by reason.
    pub left_out: Vec<LeftOut>,
    /// Levels that vary between stations (`qbl`).
    pub varying: Fit,
    /// Levels that are the same everywhere (`bl`), where that form has a mode.
    pub same: Option<Fit>,
}

impl ThreeClasses {
    /// Stations of a hundred voters or more, and a thousand of them.
    pub const DEFAULT: Self =
        ThreeClasses { min_registered: 100, min_stations: 1_000, effort: Effort::DEFAULT };

    const CODE: &'static str = "S270";

    /// The sufficient figures of a slice.
    pub fn model(&self, slice: &Slice<'_>) -> Result<Model, Reason> {
        let (stations, left_out) = Rules::possible(self.min_registered)
            .apply_to_at_least(self.min_stations, slice)?;
        if stations.iter().all(|s| alike(s, &stations[0])) {
            return Err(Reason::Constant);
        }
        let counts: Vec<Station> = stations.iter().map(counts).collect();
        let none = |why: Unfit| Reason::NotStations(why.to_string());
        let varying = Fit::new(&counts, Form::Varying, self.effort).map_err(none)?;
        let same = Fit::new(&counts, Form::Same, self.effort).ok();
        Ok(Model { stations, left_out, varying, same })
    }

    fn find(&self, slice: &Slice<'_>) -> Result<Finding, Reason> {
        let model = self.model(slice)?;
        let used = model.stations.len();
        let mut caveats = caveat::of(used, slice.len());
        caveats.retain(|c| *c != Caveat::VeryManyStations);
        caveats.push(Caveat::MixedElectorates);
        let range = model.varying.range(0);
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
            pictures: model.pictures(),
            stations: model.marked(),
            caveats,
            left_out: model.left_out,
        })
    }
}

/// Whether two stations have the same counts.
pub(crate) fn alike(a: &Ballots, b: &Ballots) -> bool {
    (a.registered, a.issued, a.votes) == (b.registered, b.issued, b.votes)
}

/// A station of the model: those who took no ballot abstained.
pub(crate) fn counts(s: &Ballots) -> Station {
    Station::new(s.registered as f64, (s.registered - s.issued) as f64, s.votes.min(s.registered) as f64)
}

impl Screen for ThreeClasses {
    fn meta(&self) -> Meta {
        Meta {
            code: Self::CODE,
            name: "three-classes",
            title: "Three classes of stations",
            family: Family::Models,
            focus: Focus::Choice,
            status: Status::Trial,
            cost: Cost::Slow,
            doc: include_str!("../three_classes.md"),
        }
    }

    fn run(&self, slice: &Slice<'_>) -> Outcome {
        slice.outcome(Self::CODE, self.find(slice))
    }
}
