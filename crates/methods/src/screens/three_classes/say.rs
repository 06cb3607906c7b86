//! What is said of the model: a sentence, stations.

use super::Model;
use crate::mixture::{Bound, Level, Membership, Mode};
use crate::phrase;

/// A class is at most as frequent as unchanged stations; above this part it is at that bound.
const FULL: f64 = 0.49;

/// Most stations named.
const NAMED: usize = 20;

impl Model {
    pub(super) fn plain(&self) -> String {
        let start = "In a model of one electorate, in which whatever is not one cloud counts as votes added or moved,";
        let end = "several electorates, local loyalty and pacts between parties give the same";
        let stations = phrase::count(self.stations.len());
        if self.varying.agrees() {
            let [some, most] = [self.parts(0, 1), self.parts(1, 1)];
            let [low, high] = self.varying.all_votes.interval.map(phrase::number);
            return format!(
                "{start} {some} of {stations} stations have some votes added{} and {most} most of them, {low} to \
                 {high} votes added and moved{}; {end}.",
                if self.varying.range(0)[1] > FULL { " (the model allows no more than half)" } else { "" },
                self.at_bounds(),
            );
        }
        let modes: Vec<String> = self.varying.rivals().map(|m| {
            let [some, most] = [m.chances[1], m.chances[2]].map(|c| phrase::percent(c, 1));
            format!("{some} with some votes added and {most} with most")
        }).collect();
        format!(
            "{start} {stations} stations have {} answers that the returns do not tell apart ({}), so no single \
             figure is given; {end}.",
            modes.len(),
            modes.join("; or "),
        )
    }

    /// Which levels have drifted to an end of what the model allows.
    fn at_bounds(&self) -> String {
        let bounds = self.varying.modes.first().map(Mode::bounds).unwrap_or_default();
        let those = |wanted: Bound, how: &str| {
            let at = bounds.iter().filter(|(_, bound)| *bound == wanted);
            let names: Vec<&str> = at.map(|(level, _)| name(*level)).collect();
            (!names.is_empty()).then(|| format!("{} {how}", names.join(" and ")))
        };
        let said: Vec<String> = [
            those(Bound::Alike, "hardly differ between stations"),
            those(Bound::Split, "are next to least or next to most, which is no one class"),
        ]
        .into_iter()
        .flatten()
        .collect();
        if said.is_empty() { String::new() } else { format!(", though {}", said.join("; and ")) }
    }

    /// `3.1 % to 5.2 %` of the stations.
    fn parts(&self, class: usize, decimals: usize) -> String {
        let [low, high] = self.varying.range(class).map(|p| phrase::percent(p, decimals));
        if low == high { low } else { format!("{low} to {high}") }
    }

    /// The stations to which the model adds and moves most votes, of those that it puts in a class.
    pub(super) fn marked(&self) -> Vec<(u32, String)> {
        let total = |m: &Membership| m.votes.iter().flatten().sum::<f64>();
        let pairs = self.varying.memberships.iter().zip(&self.stations);
        let mut marked: Vec<_> = pairs.filter(|(m, _)| m.class() > 0).collect();
        marked.sort_by(|a, b| total(b.0).total_cmp(&total(a.0)).then(a.1.row.cmp(&b.1.row)));
        let say = |m: &Membership| {
            let votes = phrase::number(total(m));
            let class = if m.class() == 1 { "some" } else { "most" };
            let chance = phrase::percent(m.chances[m.class()], 0);
            format!("the model has {class} votes added, about {votes}, with chance {chance}")
        };
        marked.into_iter().take(NAMED).map(|(m, s)| (s.row, say(m))).collect()
    }
}

fn name(level: Level) -> &'static str {
    match level {
        Level::Turnout => "turnouts",
        Level::Share => "shares",
        Level::AddedSome => "votes added in the class with some",
        Level::MovedSome => "votes moved in the class with some votes added",
        Level::AddedMost => "votes added in the class with most",
        Level::MovedMost => "votes moved in the class with most votes added",
    }
}
