//! Changing returns by a known amount.

mod bundles;
mod copying;
mod extremes;
mod figures;
mod invention;
mod rounding;
mod votes;

use glassurn_model::{Kind, Returns};
use glassurn_stats::{rng, sample};

use figures::Lines;

/// In which way stations are changed; the leader of the contest gains, where anybody does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Way {
    /// Ballots for the leader are added. Strength: the share of those who did not vote, for whom one is.
    Stuffing,
    /// Votes of other choices become the leader's. Strength: the share of those votes.
    Moving,
    /// Turnout and the leader's share become whole percentages, as nearly as whole ballots allow.
    /// Strength: how far above the true figure, as a share of what it lacks to 100 % (0: the nearest).
    Rounding,
    /// The last two digits of counts are invented as people do it. Strength: the share of counts.
    Invention,
    /// Counts are those of another station of the same unit. Strength: the share of copies that are
    /// exact; in the others one vote is moved.
    Copying,
    /// Nearly everybody votes, nearly all for the leader. Strength: 1 less the standard deviation of the share
    /// of absent voters, and of votes for others, that this leaves untouched.
    Extreme,
    /// The leader's votes grow by the same factor. Strength: by which share of them.
    Proportional,
    /// Counts are given in whole bundles of ten, the nearest number of them. Strength: the share of counts.
    Bundling,
}

impl Way {
    /// Every way.
    pub const ALL: [Way; 8] = [
        Way::Stuffing,
        Way::Moving,
        Way::Rounding,
        Way::Invention,
        Way::Copying,
        Way::Extreme,
        Way::Proportional,
        Way::Bundling,
    ];

    /// What is done, in neutral words.
    pub fn title(self) -> &'static str {
        match self {
            Way::Stuffing => "ballots added for the leader",
            Way::Moving => "votes moved to the leader",
            Way::Rounding => "percentages made whole",
            Way::Invention => "digits invented",
            Way::Copying => "counts copied from another station",
            Way::Extreme => "nearly everybody votes for the leader",
            Way::Proportional => "the leader's votes multiplied",
            Way::Bundling => "counts given in bundles",
        }
    }

    /// A one-word key.
    pub fn key(self) -> &'static str {
        match self {
            Way::Stuffing => "stuffing",
            Way::Moving => "moving",
            Way::Rounding => "rounding",
            Way::Invention => "invention",
            Way::Copying => "copying",
            Way::Extreme => "extreme",
            Way::Proportional => "proportional",
            Way::Bundling => "bundling",
        }
    }

    /// The way with this key.
    pub fn from_key(key: &str) -> Option<Way> {
        Way::ALL.into_iter().find(|w| w.key() == key)
    }
}

/// What to do to the first contest.
#[derive(Debug, Clone, PartialEq)]
pub struct Tampering {
    /// In which way.
    pub way: Way,
    /// The share of ordinary stations to change.
    pub share_of_stations: f64,
    /// How strongly, between 0 and 1; what that means is said at each [`Way`].
    pub strength: f64,
    /// Units of the outermost level to which it is confined; empty means everywhere.
    pub units: Vec<u32>,
    /// Seed of the choice of stations and of what happens there.
    pub seed: u64,
}

/// Returns after tampering, with the amount.
#[derive(Debug, Clone, PartialEq)]
pub struct Tampered {
    /// The changed returns; a note says what was done.
    pub returns: Returns,
    /// At how many stations a count changed.
    pub stations: usize,
    /// How many votes: at each station the larger of all gains and all losses of choices.
    pub votes: i64,
}

/// Changes returns in a known way. The identities of the protocol (cast = valid + invalid, choices add up
/// to the valid votes, cast ≤ registered) stay as they were at every station.
///
/// Only ordinary stations with every count present are changed; a station where the change is impossible
/// (nobody stayed at home, no other station to copy) stays as it was and is not counted.
pub fn tamper(returns: &Returns, tampering: &Tampering) -> Tampered {
    let mut changed = Tampered { returns: returns.clone(), stations: 0, votes: 0 };
    let Some(lines) = returns.contests.first().and_then(Lines::of) else { return changed };
    for station in chosen(returns, tampering) {
        let Some(before) = lines.read(&returns.contests[0], station) else { continue };
        let mut rng = rng::stream(tampering.seed, tampering.way.title(), station as u64);
        let strength = tampering.strength.clamp(0.0, 1.0);
        let after = match tampering.way {
            Way::Stuffing => votes::stuffed(&before, strength, &mut rng),
            Way::Moving => Some(votes::moved(&before, strength, &mut rng)),
            Way::Rounding => rounding::rounded(&before, strength),
            Way::Invention => invention::invented(&before, strength, &mut rng),
            Way::Copying => copying::donor(returns, &lines, station, &mut rng)
                .and_then(|donor| copying::copied(&before, &donor, strength, &mut rng)),
            Way::Extreme => extremes::extreme(&before, strength, &mut rng),
            Way::Proportional => extremes::proportional(&before, strength, &mut rng),
            Way::Bundling => bundles::bundled(&before, strength, &mut rng),
        };
        let Some(after) = after.filter(|after| *after != before && after.holds()) else { continue };
        changed.stations += 1;
        changed.votes += before.distance(&after);
        lines.write(&mut changed.returns.contests[0], station, &before, &after);
    }
    changed.returns.notes.push(note(returns, tampering, &changed));
    changed
}

/// The stations picked, each by a stream of its own: more of them at a larger share, never others.
fn chosen<'a>(returns: &'a Returns, t: &'a Tampering) -> impl Iterator<Item = usize> + 'a {
    let inside = |i: usize| {
        let unit = returns.stations.levels.first().and_then(|l| l.of.get(i));
        t.units.is_empty() || unit.is_some_and(|u| t.units.contains(u))
    };
    let ordinary = |i: usize| returns.stations.kinds.get(i).is_none_or(|k| *k == Kind::Ordinary);
    let picked = |i: usize| {
        let label = ("chosen ".to_owned()) + t.way.key();
        sample::uniform(&mut rng::stream(t.seed, &label, i as u64)) < t.share_of_stations
    };
    (0..returns.stations.len()).filter(move |&i| inside(i) && ordinary(i) && picked(i))
}

fn note(returns: &Returns, t: &Tampering, changed: &Tampered) -> String {
    let name = |u: &u32| returns.stations.levels.first()?.units.get(*u as usize).cloned();
    let units: Vec<String> = t.units.iter().filter_map(name).collect();
    let place = if units.is_empty() { String::new() } else { format!(" in {}", units.join(", ")) };
    format!(
        "changed on purpose{place}: {} at {} stations, {} votes in all (share of stations {}, strength {}, \
         seed {})",
        t.way.title(),
        changed.stations,
        changed.votes,
        t.share_of_stations,
        t.strength,
        t.seed
    )
}
