//! What is said of the curve: figures, a sentence, pictures.

use glassurn_model::{Measure, Picture, Scope, Unit};

use super::curve::{CLEAN, Curve, Point};
use crate::{Slice, excess::ends, phrase, turnout_bins};

impl Curve {
    /// The clean points of the curve.
    pub fn clean(&self) -> impl Iterator<Item = &Point> {
        self.points.iter().filter(|p| p.clean)
    }

    /// The lowest and the highest of something over the clean points.
    pub(super) fn range(&self, of: impl Fn(&Point) -> [f64; 2]) -> [f64; 2] {
        ends(self.clean().flat_map(of)).unwrap_or([0.0; 2])
    }

    /// Votes for the choice and all other ballots.
    fn totals(&self) -> [f64; 2] {
        [&self.bins.votes, &self.bins.others].map(|b| b.iter().sum::<i64>() as f64)
    }

    /// The first and the last clean bin, as edges in per cent of turnout.
    fn edges(&self) -> [usize; 2] {
        let bins = || self.clean().map(|p| p.bin);
        [bins().min().unwrap_or(0), bins().max().unwrap_or(0) + 1]
    }

    pub(super) fn measures(&self, [least, most]: [f64; 2]) -> Vec<Measure> {
        let [low, high] = self.range(|p| [p.excess; 2]);
        let [votes, others] = self.totals();
        let elsewhere = self.bins.as_high_elsewhere(CLEAN);
        let [first, last] = self.edges().map(|e| e as f64);
        let [r_low, r_high] = self.range(|p| [self.bins.ratio(p.bin); 2]);
        let share = |excess: f64| (votes - excess) / (votes - excess + others);
        let turnout = |excess: f64| (votes - excess + others) / self.registered;
        let m = Measure::plain;
        let mut measures = vec![
            m("excess votes, lowest of the curve", "A₋", low, Unit::Votes),
            m("excess votes, highest of the curve", "A₊", high, Unit::Votes),
            m("excess votes, lower end of the bands", "B₋", least, Unit::Votes),
            m("excess votes, upper end of the bands", "B₊", most, Unit::Votes),
            m("part of the choice's votes, lowest", "A₋/L", low / votes, Unit::Share),
            m("part of the choice's votes, highest", "A₊/L", high / votes, Unit::Share),
            m("clean bins from, per cent of turnout", "b₋", first, Unit::None),
            m("clean bins to, per cent of turnout", "b₊", last, Unit::None),
            m("bins elsewhere with as many other ballots", "b′", elsewhere as f64, Unit::None),
            m("votes for one other ballot, lowest clean bin", "r₋", r_low, Unit::None),
            m("votes for one other ballot, highest clean bin", "r₊", r_high, Unit::None),
            m("share as reported", "s", share(0.0), Unit::Share),
            m("share without the highest excess", "s₋", share(high), Unit::Share),
            m("share without the lowest excess", "s₊", share(low), Unit::Share),
            m("turnout as reported", "t", turnout(0.0), Unit::Share),
            m("turnout without the highest excess", "t₋", turnout(high), Unit::Share),
            m("turnout without the lowest excess", "t₊", turnout(low), Unit::Share),
        ];
        measures.extend(self.by_group.iter().flat_map(|by| by.measures("bins")));
        measures
    }

    pub(super) fn plain(&self, range: [f64; 2]) -> String {
        let [low, high] = range.map(phrase::number);
        let [first, last] = self.edges();
        format!(
            "If support has nothing to do with turnout where counts are sound, and the stations of \
             {first} to {last} % turnout are such stations, the choice has between {low} and {high} \
             votes more than their ratio gives; support that goes with turnout for another reason, \
             such as town and country, gives the same figure."
        )
    }

    /// For a whole contest only.
    pub(super) fn pictures(&self, slice: &Slice<'_>) -> Vec<Picture> {
        if slice.scope != Scope::Whole {
            return Vec::new();
        }
        vec![self.picture_of_curve(), self.picture_of_votes()]
    }

    fn picture_of_curve(&self) -> Picture {
        let line = |name: &str, of: fn(&Point) -> f64| {
            (name.to_owned(), self.points.iter().map(of).collect::<Vec<f64>>())
        };
        let [first, last] = self.edges();
        Picture::Lines {
            title: format!("Excess votes by clean bin (clean: {first} to {last} %)"),
            x: "turnout of the stations taken as clean, %".to_owned(),
            y: "excess votes".to_owned(),
            at: self.points.iter().map(|p| turnout_bins::middle(p.bin)).collect(),
            series: vec![
                line("excess votes", |p| p.excess),
                line("lower end of the band", |p| p.band[0]),
                line("upper end of the band", |p| p.band[1]),
            ],
        }
    }

    /// The choice's votes beside what the lowest and the highest clean ratio give.
    fn picture_of_votes(&self) -> Picture {
        let [low, high] = self.range(|p| [self.bins.ratio(p.bin); 2]);
        let others = |ratio: f64| self.bins.others.iter().map(|&o| ratio * o as f64).collect();
        Picture::Lines {
            title: "Votes by turnout, and what the clean ratios give".to_owned(),
            x: "turnout, %".to_owned(),
            y: "votes in each per cent of turnout".to_owned(),
            at: (0..turnout_bins::BINS).map(turnout_bins::middle).collect(),
            series: vec![
                ("the choice".to_owned(), self.bins.votes.iter().map(|&v| v as f64).collect()),
                ("other ballots times the lowest clean ratio".to_owned(), others(low)),
                ("other ballots times the highest clean ratio".to_owned(), others(high)),
            ],
        }
    }
}
