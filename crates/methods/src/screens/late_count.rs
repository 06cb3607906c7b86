//! S910: stations that were counted late beside those counted early.

use glassurn_model::{
    Caveat, Effect, Finding, IntervalRow, Level, Measure, Outcome, Picture, Reason, Scope, Unit,
};

use crate::{
    Cost, Family, Focus, Meta, Screen, Slice, Status,
    arrivals::Counted,
    caveat,
    inference::Estimate,
    phrase::{chance, count, counted, number, percent},
    simulate::Null,
};

mod before;
mod course;
mod lead;
mod parts;
mod within;

pub use course::Course;
pub use lead::Lead;
pub use parts::Parts;
pub use within::Within;

#[doc = include_str!("late_count.md")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LateCount {
    /// Fewest stations for an answer.
    pub min_stations: usize,
    /// Fewest centres with early and late stations for the comparison within them.
    pub min_centres: usize,
    /// Lots drawn within centres.
    pub draws: u32,
    /// Seed of the lots.
    pub seed: u64,
}

const CODE: &str = "S910";

/// Symbols of the parts, level by level.
const COMPOSITION: [&str; 8] = ["C₁", "C₂", "C₃", "C₄", "C₅", "C₆", "C₇", "C₈"];
const WITHIN: [&str; 8] = ["W₁", "W₂", "W₃", "W₄", "W₅", "W₆", "W₇", "W₈"];

/// Everything the finding is made of.
#[derive(Debug, Clone, PartialEq)]
pub struct Figures {
    /// The stations.
    pub counted: Counted,
    /// Early and late share, all votes taken together.
    pub shares: [f64; 2],
    /// Late less early share.
    pub difference: Estimate,
    /// Its parts at each level, outermost first.
    pub parts: Vec<Parts>,
    /// The comparison within centres, where enough of them have both.
    pub within: Option<Within>,
    /// The same comparison, by the votes of an earlier election.
    pub before: Option<Within>,
    /// The lead over the next choice.
    pub lead: Option<Lead>,
    /// The share as stations came in.
    pub course: Course,
}

impl LateCount {
    /// A hundred stations, ten centres that have both.
    pub const DEFAULT: Self = LateCount { min_stations: 100, min_centres: 10, draws: 1_000, seed: 1 };

    /// The sufficient figures of a slice.
    pub fn figures(&self, slice: &Slice<'_>) -> Result<Figures, Reason> {
        let counted = Counted::of(slice, self.min_stations)?;
        let stations = &counted.stations;
        let levels = &slice.returns.stations.levels;
        let found = within::centres(levels, stations, self.min_centres);
        let clusters = clusters(levels, stations, found.as_ref().map(|f| f.1.as_slice()));
        let [early, late] = parts::whole(stations).map(|s| s.share().unwrap_or(0.0));
        let parts = levels.iter().take(WITHIN.len());
        let parts = parts.filter_map(|l| parts::parts(l, stations, &clusters)).collect();
        let within =
            found.as_ref().and_then(|(l, of)| within::compare(l, of, stations, self.draws, self.seed));
        let units = found.as_ref().map(|(l, of)| (l.name.as_str(), of.as_slice()));
        Ok(Figures {
            shares: [early, late],
            lead: Lead::of(slice, stations, units),
            difference: parts::difference(stations, &clusters),
            parts,
            before: found.as_ref().filter(|_| within.is_some()).and_then(|(level, of)| {
                before::before(slice, level, of, stations, (self.draws, self.seed))
            }),
            within,
            course: Course::of(stations, units),
            counted,
        })
    }

    fn find(&self, slice: &Slice<'_>) -> Result<Finding, Reason> {
        let figures = self.figures(slice)?;
        let used = figures.counted.stations.len();
        let mut caveats = caveat::of(used, slice.len());
        caveats.push(Caveat::MixedElectorates);
        Ok(Finding {
            screen: CODE,
            subject: slice.subject(),
            used,
            measures: figures.measures(),
            p: figures.within.as_ref().map(|w| w.p),
            effect: figures.effect(),
            plain: figures.plain(),
            pictures: figures.pictures(slice),
            stations: Vec::new(),
            caveats,
            left_out: figures.counted.left_out,
        })
    }
}

impl Screen for LateCount {
    fn meta(&self) -> Meta {
        Meta {
            code: CODE,
            name: "late-count",
            title: "Late stations beside early ones",
            family: Family::Time,
            focus: Focus::Choice,
            status: Status::Trial,
            cost: Cost::Quick,
            doc: include_str!("late_count.md"),
        }
    }

    fn run(&self, slice: &Slice<'_>) -> Outcome {
        slice.outcome(CODE, self.find(slice))
    }

    // Elections that keep each station's share keep what late stations have.
    fn nulls(&self) -> &'static [Null] {
        &[Null::WithinGroups]
    }
}

/// What is independent of each other: the centres, else the innermost units, else the stations.
fn clusters(levels: &[Level], stations: &[crate::arrivals::Arrived], centres: Option<&[u32]>) -> Vec<u32> {
    let innermost = || levels.last().and_then(|l| parts::groups(l, stations));
    let own = || (0_u32..).take(stations.len()).collect();
    centres.map(<[u32]>::to_vec).or_else(innermost).unwrap_or_else(own)
}

impl Figures {
    fn late(&self) -> usize {
        self.counted.stations.iter().filter(|s| s.late).count()
    }

    fn measures(&self) -> Vec<Measure> {
        let with = |name: String, symbol, e: &Estimate| {
            Measure::plain(name, symbol, e.value, Unit::Points).with_sd(Some(e.se))
        };
        let mut measures = Vec::new();
        if let Some(w) = &self.within {
            let name = format!("late less early share within the same {}", w.level);
            measures.push(with(name, "β", &w.slope));
            let name = format!("votes at late stations beyond the early share of the same {}", w.level);
            measures.push(Measure::plain(name, "B", w.beyond.round(), Unit::Votes));
        }
        if let Some(b) = &self.before {
            let name = format!("the same stations in the earlier election, within the same {}", b.level);
            measures.push(with(name, "β′", &b.slope));
            measures.push(Measure::plain("p of that by drawing lots", "p(β′)", b.p.value, Unit::None));
        }
        measures.push(with("late less early share".to_owned(), "Δ", &self.difference));
        measures.push(Measure::plain("early share", "v_E", self.shares[0], Unit::Share));
        measures.push(Measure::plain("late share", "v_L", self.shares[1], Unit::Share));
        for (i, p) in self.parts.iter().enumerate() {
            measures.push(with(format!("late stations lie in other units ({})", p.level), COMPOSITION[i], &p.composition));
            measures.push(with(format!("late stations differ within units ({})", p.level), WITHIN[i], &p.within));
        }
        if let Some(l) = &self.lead {
            let mut lead = |name: String, symbol, value| measures.push(Measure::plain(name, symbol, value, Unit::Points));
            lead(format!("lead over {}", l.over), "M", l.all);
            lead(format!("lead over {}, early stations alone", l.over), "M_E", l.early);
            if let Some((level, like)) = &l.like {
                lead(format!("lead over {}, had late stations the early shares of their {level}", l.over), "M_S", *like);
            }
        }
        measures.push(Measure::plain("late stations", "n_L", self.late() as f64, Unit::Stations));
        if let Some(w) = &self.within {
            let name = format!("units with early and late stations ({})", w.level);
            measures.push(Measure::plain(name, "G", w.centres as f64, Unit::None));
            measures.push(Measure::plain("late stations in them", "m", w.stations[1] as f64, Unit::Stations));
        }
        measures
    }

    fn effect(&self) -> Effect {
        match &self.within {
            Some(w) => Effect {
                name: format!("late less early share within the same {}", w.level),
                value: w.slope.value,
                unit: Unit::Points,
                interval: w.interval,
                stations: Some(w.stations[1] as f64),
                votes: None,
            },
            None => Effect {
                name: "late less early share".to_owned(),
                value: self.difference.value,
                unit: Unit::Points,
                interval: Some(self.difference.interval()),
                stations: Some(self.late() as f64),
                votes: None,
            },
        }
    }

    fn plain(&self) -> String {
        let late = self.late();
        let difference = format!(
            "The {} that came {} gave the choice {}, the {} before {}: a difference of {} points.",
            counted(late, "station", "stations"),
            self.counted.cut.after(),
            percent(self.shares[1], 2),
            count(self.counted.stations.len() - late),
            percent(self.shares[0], 2),
            points(self.difference.value),
        );
        let parts = self.parts.last().map(|p| {
            format!(
                " Of these {} come of where late stations lie and {} of how they differ from early ones of the same {}.",
                points(p.composition.value),
                points(p.within.value),
                p.level,
            )
        });
        // Of a choice that is behind the lead is among the figures alone.
        let lead = self.lead.as_ref().filter(|l| l.all > 0.0).map(|l| {
            let like = l.like.as_ref().map(|(level, like)| {
                format!("; had late stations voted as the early ones of their {level}, it would be {}", points(*like))
            });
            format!(
                " The lead over {} was {} points before, and {} in the end{}.",
                l.over,
                points(l.early),
                points(l.all),
                like.unwrap_or_default(),
            )
        });
        let within = self.within.as_ref().map_or_else(
            || " Too few units have early and late stations to set one beside the other.".to_owned(),
            within_words,
        );
        let before = self.before.as_ref().map(|b| {
            format!(
                " By the same comparison they lay {} points from them in the earlier election (p {}).",
                points(b.slope.value),
                chance(b.p.value),
            )
        });
        let [parts, lead, before] = [parts, lead, before].map(Option::unwrap_or_default);
        difference + &parts + &lead + &within + &before
    }

    /// The row of the level of the centres, by lots.
    fn lots(&self, p: &Parts) -> Option<IntervalRow> {
        let w = self.within.as_ref().filter(|w| w.level == p.level)?;
        let [low, high] = w.interval?;
        let label = format!("stations within {}", p.level);
        Some(IntervalRow { label, estimate: Some(w.slope.value), low, high, mark: None })
    }

    fn pictures(&self, slice: &Slice<'_>) -> Vec<Picture> {
        let row = |label: String, e: &Estimate| {
            let [low, high] = e.interval();
            IntervalRow { label, estimate: Some(e.value), low, high, mark: None }
        };
        let mut rows = vec![row("late less early".to_owned(), &self.difference)];
        rows.extend(self.parts.iter().map(|p| self.lots(p).unwrap_or_else(|| row(format!("within {}", p.level), &p.within))));
        let intervals = Picture::Intervals {
            title: "Late less early share, and what is left of it inside ever smaller units".to_owned(),
            axis: "difference of shares".to_owned(),
            unit: Unit::Points,
            rows,
        };
        match slice.scope {
            Scope::Whole => vec![self.course.picture(self.shares[0]), intervals],
            Scope::Unit { .. } => vec![intervals],
        }
    }
}

/// What is said of the comparison inside centres.
fn within_words(w: &Within) -> String {
    let interval = w.interval.map(|[low, high]| format!("95 % interval {} to {}; ", points(low), points(high)));
    format!(
        " In the {} ({}) with both, late stations lie {} points from the early ones in the mean ({}p {} by drawing lots), \
         {} votes in all.",
        counted(w.centres, "unit", "units"),
        w.level,
        points(w.slope.value),
        interval.unwrap_or_default(),
        chance(w.p.value),
        number(w.beyond),
    )
}

/// A difference of shares in points, with its sign.
fn points(difference: f64) -> String {
    format!("{:+.2}", 100.0 * difference).replace('-', "−")
}
