//! X220: votes and stations near whole percentages, beyond what their area holds and beyond their neighbours.

mod interpolation;

use glassurn_model::{
    Caveat, Count, Effect, Field, Finding, LeftOut, Measure, Outcome, Picture, Reason, Unit,
};

use crate::peers::Published;
use crate::slice::Tray;
use crate::{Affected, Cost, Family, Focus, Meta, Screen, Slice, Status, caveat, phrase};
use interpolation::{BINS, Bins, bin, excess, expected};

#[doc = include_str!("integer_excess.md")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IntegerExcess;

/// Stations and the choice's votes there.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
struct Held {
    stations: f64,
    votes: f64,
}

/// The same for each tenth of a per cent of turnout, or of the share.
struct Tenths {
    stations: Bins,
    votes: Bins,
}

/// The sufficient figures.
struct Figures {
    used: usize,
    left_out: Vec<LeftOut>,
    votes: f64,
    whole: Held,
    rest: Held,
    turnout: Tenths,
    share: Tenths,
}

impl Held {
    fn put(&mut self, votes: f64) {
        self.stations += 1.0;
        self.votes += votes;
    }
}

impl Tenths {
    const EMPTY: Self = Tenths { stations: [0.0; BINS], votes: [0.0; BINS] };

    fn put(&mut self, rate: f64, votes: f64) {
        if let Some(bin) = bin(rate) {
            self.stations[bin] += 1.0;
            self.votes[bin] += votes;
        }
    }
}

/// Within a tenth of a point below a whole percentage or two tenths above it; compared in floating point, which
/// decides the edges as in the notebook.
fn is_whole(rate: f64) -> bool {
    let past = rate % 0.01;
    !(0.002..=0.009).contains(&past)
}

/// Area near a whole turnout or share for one of the rest's.
fn area() -> f64 {
    (1.0 - 0.7 * 0.7) / (0.7 * 0.7)
}

impl Figures {
    fn of(slice: &Slice<'_>) -> Result<Self, Reason> {
        let (registered, cast) = (slice.field(Field::Registered)?, slice.share_denominator()?);
        let (votes, mut tray) = (slice.votes()?, Tray::default());
        let mut figures = Figures {
            used: 0,
            left_out: Vec::new(),
            votes: 0.0,
            whole: Held::default(),
            rest: Held::default(),
            turnout: Tenths::EMPTY,
            share: Tenths::EMPTY,
        };
        for ((registered, cast), votes) in registered.iter().zip(cast.iter()).zip(votes.iter()) {
            match station([registered, cast, votes]) {
                Ok(counts) => figures.put(counts),
                Err(why) => tray.put(why),
            }
        }
        figures.left_out = tray.empty();
        if figures.used == 0 {
            return Err(Reason::TooFew { used: 0, needed: 1 });
        }
        if figures.votes == 0.0 || figures.whole.stations + figures.rest.stations == 0.0 {
            return Err(Reason::Constant);
        }
        Ok(figures)
    }

    fn put(&mut self, [registered, cast, votes]: [f64; 3]) {
        let (turnout, share) = (cast / registered, votes / cast);
        self.used += 1;
        self.votes += votes;
        self.turnout.put(turnout, votes);
        self.share.put(share, votes);
        if turnout < 0.99 && share < 0.99 {
            let whole = is_whole(turnout) || is_whole(share);
            if whole { &mut self.whole } else { &mut self.rest }.put(votes);
        }
    }

    /// Votes beyond the rest's, by area.
    fn votes_beyond(&self) -> f64 {
        self.whole.votes - self.rest.votes * area()
    }

    /// Stations beyond the rest's, by area.
    fn stations_beyond(&self) -> f64 {
        self.whole.stations - self.rest.stations * area()
    }

    fn measures(&self) -> Vec<Measure> {
        let m = |name: &str, symbol, value, unit| Measure::plain(name, symbol, value, unit);
        let (votes, stations, used) =
            (self.votes_beyond(), self.stations_beyond(), self.used as f64);
        let beyond = |what: &str, of: &str| format!("{what} beyond their neighbours, by {of}");
        vec![
            m("votes beyond the rest's, by area", "A_W", votes, Unit::Votes),
            m("stations beyond the rest's, by area", "A_S", stations, Unit::Stations),
            m("part of all stations", "A_S/n", stations / used, Unit::Share),
            m("part of the choice's votes", "A_W/W", votes / self.votes, Unit::Share),
            m("stations near a whole percentage", "S", self.whole.stations, Unit::Stations),
            m(
                &beyond("stations", "turnout"),
                "I_S",
                excess(&self.turnout.stations),
                Unit::Stations,
            ),
            m(&beyond("votes", "turnout"), "I_W", excess(&self.turnout.votes), Unit::Votes),
            m(&beyond("stations", "share"), "J_S", excess(&self.share.stations), Unit::Stations),
            m(&beyond("votes", "share"), "J_W", excess(&self.share.votes), Unit::Votes),
        ]
    }

    fn plain(&self) -> String {
        let stations = excess(&self.turnout.stations);
        format!(
            "Near whole percentages of turnout or share the notebook's ratio of areas gives {} votes and {} of {} \
             stations beyond the rest, and its neighbouring tenths of turnout {} stations; no rule is published, and \
             small stations and turnouts that bunch give such figures as well.",
            phrase::number(self.votes_beyond()),
            phrase::number(self.stations_beyond()),
            phrase::count(self.used),
            phrase::number(stations),
        )
    }

    fn picture(&self) -> Picture {
        let y = &self.turnout.stations;
        Picture::Lines {
            title: "Stations by turnout, and what neighbouring tenths give".to_owned(),
            x: "turnout, %".to_owned(),
            y: "stations in each tenth of a per cent".to_owned(),
            at: (1..=BINS).map(|k| k as f64 / 10.0).collect(),
            series: vec![
                ("stations".to_owned(), y.to_vec()),
                ("from the neighbours".to_owned(), expected(y).to_vec()),
            ],
        }
    }
}

/// The figures of a station of more than a hundred voters, whatever its turnout.
fn station(figures: [Count; 3]) -> Result<[f64; 3], Reason> {
    let [Some(registered), Some(cast), Some(votes)] = figures else { return Err(Reason::Missing) };
    if registered <= 100 {
        return Err(Reason::Below { what: "registered voters", minimum: 101 });
    }
    if cast.min(votes) < 0 {
        return Err(Reason::Below { what: "ballots or votes", minimum: 0 });
    }
    Ok([registered as f64, cast as f64, votes as f64])
}

impl IntegerExcess {
    const CODE: &'static str = "X220";

    fn find(self, slice: &Slice<'_>) -> Result<Finding, Reason> {
        let figures = Figures::of(slice)?;
        let mut caveats = caveat::of(figures.used, slice.len());
        caveats.retain(|c| *c != Caveat::VeryManyStations);
        caveats.push(Caveat::MixedElectorates);
        let value = figures.votes_beyond();
        Ok(Finding {
            screen: Self::CODE,
            subject: slice.subject(),
            used: figures.used,
            measures: figures.measures(),
            p: None,
            effect: Effect {
                name: "votes near whole percentages beyond the rest's".to_owned(),
                value,
                unit: Unit::Votes,
                interval: None,
                stations: Some(figures.stations_beyond()),
                votes: Some(value),
            },
            plain: figures.plain(),
            pictures: vec![figures.picture()],
            stations: Vec::new(),
            caveats,
            left_out: figures.left_out,
        })
    }
}

impl Screen for IntegerExcess {
    fn meta(&self) -> Meta {
        Meta {
            code: Self::CODE,
            name: "cedar-integer-excess",
            title: "Excess near whole percentages (Cedar)",
            family: Family::Rounding,
            focus: Focus::Choice,
            status: Status::Trial,
            cost: Cost::Quick,
            doc: include_str!("integer_excess.md"),
        }
    }

    fn run(&self, slice: &Slice<'_>) -> Outcome {
        slice.outcome(Self::CODE, self.find(slice))
    }

    fn affected(&self, finding: &Finding) -> Option<Affected> {
        Some(Affected { votes: finding.effect.value, range: None })
    }
}

impl Published for IntegerExcess {
    fn met(&self, _: &Finding) -> Option<bool> {
        None
    }

    fn rule(&self) -> &'static str {
        ""
    }
}
