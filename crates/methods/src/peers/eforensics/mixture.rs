//! X610 and X611: the published posterior, computed and not sampled.

use glassurn_model::{Caveat, Effect, Finding, LeftOut, Measure, Outcome, Reason, Unit};

use super::pictures::pictures;
use crate::ballots::{Ballots, Rules};
use crate::mixture::{Effort, Estimate, Fit, Form, Station};
use crate::peers::{Published, figure, verb};
use crate::screens::three_classes::{alike, counts};
use crate::{Affected, Cost, Family, Focus, Meta, Screen, Slice, Status, caveat, phrase};

/// What both forms of the model are run with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mixture {
    /// Fewest registered voters of a station used.
    pub min_registered: i64,
    /// Fewest stations for an answer.
    pub min_stations: usize,
    /// How the posterior is computed.
    pub effort: Effort,
}

#[doc = include_str!("qbl.md")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Qbl(pub Mixture);

#[doc = include_str!("bl.md")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bl(pub Mixture);

/// The sufficient figures of a slice.
#[derive(Debug, Clone, PartialEq)]
pub struct Figures {
    /// The stations used.
    pub stations: Vec<Ballots>,
    /// The others, by reason.
    pub left_out: Vec<LeftOut>,
    /// The posterior.
    pub fit: Fit,
}

const RULE: &str = "a station is more often in a class with votes added than in the first one";

impl Mixture {
    /// No fewest stations or voters are published; the likelihood is near the published one from a hundred voters on.
    pub const DEFAULT: Self =
        Mixture { min_registered: 100, min_stations: 100, effort: Effort::DEFAULT };

    /// The sufficient figures of a slice.
    pub fn figures(&self, form: Form, slice: &Slice<'_>) -> Result<Figures, Reason> {
        let rules = Rules::possible(self.min_registered);
        let (stations, left_out) = rules.apply_to_at_least(self.min_stations.max(1), slice)?;
        if stations.iter().all(|s| alike(s, &stations[0])) {
            return Err(Reason::Constant);
        }
        let counts: Vec<Station> = stations.iter().map(counts).collect();
        let fit = Fit::new(&counts, form, self.effort);
        let fit = fit.map_err(|why| Reason::NotStations(why.to_string()))?;
        Ok(Figures { stations, left_out, fit })
    }

    fn find(&self, code: &'static str, form: Form, slice: &Slice<'_>) -> Result<Finding, Reason> {
        let figures = self.figures(form, slice)?;
        let used = figures.stations.len();
        let mut caveats = caveat::of(used, slice.len());
        caveats.extend([Caveat::MixedElectorates, Caveat::PublishedRule]);
        let all = figures.fit.all_votes;
        Ok(Finding {
            screen: code,
            subject: slice.subject(),
            used,
            measures: figures.measures(),
            p: None,
            effect: Effect {
                name: "votes added and moved, by the published model".to_owned(),
                value: all.mean,
                unit: Unit::Votes,
                interval: Some(all.interval),
                stations: Some(figures.classed().iter().skip(1).sum::<usize>() as f64),
                votes: Some(all.mean),
            },
            plain: figures.plain(form),
            pictures: pictures(&figures),
            stations: Vec::new(),
            caveats,
            left_out: figures.left_out,
        })
    }
}

impl Figures {
    /// Stations by the class that each is in most often.
    pub fn classed(&self) -> [usize; 3] {
        let mut classed = [0; 3];
        self.fit.memberships.iter().for_each(|m| classed[m.class()] += 1);
        classed
    }

    fn measures(&self) -> Vec<Measure> {
        let fit = &self.fit;
        let [some, most] = fit.chances;
        let m = |name: &str, symbol, value, unit| Measure::plain(name, symbol, value, unit);
        let none = 1.0 - some.mean - most.mean;
        let mut measures =
            vec![m("part of the stations, no votes added", "π_1", none, Unit::Share)];
        let [classes, votes] = [Unit::Share, Unit::Votes];
        measures.extend(three(
            "part of the stations, some votes added",
            ["π_2", "π_2,l", "π_2,m"],
            some,
            classes,
        ));
        measures.extend(three(
            "part of the stations, most votes added",
            ["π_3", "π_3,l", "π_3,m"],
            most,
            classes,
        ));
        measures.extend(three("votes added", ["F_t", "F_t,l", "F_t,m"], fit.votes[0], votes));
        measures.extend(three(
            "votes added and moved",
            ["F_w", "F_w,l", "F_w,m"],
            fit.all_votes,
            votes,
        ));
        let [_, some, most] = self.classed().map(|stations| stations as f64);
        measures.push(m(
            "stations most often in the class with some votes added",
            "Z_2",
            some,
            Unit::Stations,
        ));
        measures.push(m("stations most often in the class with most", "Z_3", most, Unit::Stations));
        let modes = fit.rivals().count() as f64;
        measures.push(m("modes with a hundredth of the mass or more", "M", modes, Unit::None));
        measures
    }

    fn plain(&self, form: Form) -> String {
        let [none, some, most] = self.classed();
        let [low, high] = self.fit.all_votes.interval.map(phrase::number);
        let modes = self.fit.rivals().count();
        format!(
            "The published model ({}, intercepts alone) puts {} of {} stations in the class with some votes added and {} \
             in that with most, with π = {} {} {} and F_w = {low} to {high} votes; the published rule ({RULE}) {}, its \
             posterior has {}, and two electorates give the same.",
            match form {
                Form::Varying => "qbl",
                Form::Same => "bl",
            },
            phrase::count(some),
            phrase::count(none + some + most),
            phrase::count(most),
            figure(1.0 - self.fit.chances[0].mean - self.fit.chances[1].mean),
            figure(self.fit.chances[0].mean),
            figure(self.fit.chances[1].mean),
            verb(some + most > 0),
            if modes == 1 {
                "one mode".to_owned()
            } else {
                format!("{modes} modes, of which this is the first")
            },
        )
    }
}

/// A mean with its ends.
fn three(
    name: &str,
    [mean, low, high]: [&'static str; 3],
    of: Estimate,
    unit: Unit,
) -> [Measure; 3] {
    [
        Measure::plain(name, mean, of.mean, unit),
        Measure::plain(format!("{name}, least"), low, of.interval[0], unit),
        Measure::plain(format!("{name}, most"), high, of.interval[1], unit),
    ]
}

fn met(finding: &Finding) -> Option<bool> {
    let of = |symbol| finding.measure(symbol).map(|m| m.value);
    Some(of("Z_2")? + of("Z_3")? > 0.0)
}

fn affected(finding: &Finding) -> Option<Affected> {
    let of = |symbol| finding.measure(symbol).map(|m| m.value);
    Some(Affected { votes: of("F_w")?, range: Some([of("F_w,l")?, of("F_w,m")?]) })
}

/// The fixed part of both forms.
const META: Meta = Meta {
    code: "X610",
    name: "eforensics-qbl",
    title: "Three classes with levels that vary (eforensics qbl)",
    family: Family::Models,
    focus: Focus::Choice,
    status: Status::Trial,
    cost: Cost::Slow,
    doc: include_str!("qbl.md"),
};

/// Both forms are screens and published procedures alike.
macro_rules! form {
    ($screen:ident, $form:expr, $meta:expr) => {
        impl $screen {
            /// With these settings.
            pub const DEFAULT: Self = $screen(Mixture::DEFAULT);
        }

        impl Screen for $screen {
            fn meta(&self) -> Meta {
                $meta
            }

            fn run(&self, slice: &Slice<'_>) -> Outcome {
                let code = self.meta().code;
                slice.outcome(code, self.0.find(code, $form, slice))
            }

            fn affected(&self, finding: &Finding) -> Option<Affected> {
                affected(finding)
            }
        }

        impl Published for $screen {
            fn met(&self, finding: &Finding) -> Option<bool> {
                met(finding)
            }

            fn rule(&self) -> &'static str {
                RULE
            }
        }
    };
}

form!(Qbl, Form::Varying, META);
form!(
    Bl,
    Form::Same,
    Meta {
        code: "X611",
        name: "eforensics-bl",
        title: "Three classes with levels that are the same everywhere (eforensics bl)",
        doc: include_str!("bl.md"),
        ..META
    }
);
