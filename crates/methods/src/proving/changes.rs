//! The changes that are made, each with the amounts.

use crate::simulate::{Tampering, Way};

/// A known change of an election.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Change {
    /// In which way.
    pub way: Way,
    /// How much: the share of stations changed; for votes multiplied everywhere, the share added to them.
    pub amount: f64,
}

/// The amounts.
pub const AMOUNTS: [f64; 5] = [0.005, 0.01, 0.02, 0.05, 0.1];

/// Every way of changing an election on purpose, with every amount.
pub fn all() -> Vec<Change> {
    // Bundles are an honest habit: they make one of the hard shapes instead.
    let ways = Way::ALL.into_iter().filter(|&w| w != Way::Bundling);
    ways.flat_map(|way| AMOUNTS.map(|amount| Change { way, amount })).collect()
}

impl Change {
    /// The change as the simulation takes it.
    pub(super) fn tampering(self, seed: u64) -> Tampering {
        let everywhere = self.way == Way::Proportional;
        Tampering {
            way: self.way,
            share_of_stations: if everywhere { 1.0 } else { self.amount },
            strength: if everywhere { self.amount } else { strength(self.way) },
            units: Vec::new(),
            seed,
        }
    }
}

/// How strongly a changed station is changed.
fn strength(way: Way) -> f64 {
    match way {
        // Two in five of those who stayed at home, or of the votes for others.
        Way::Stuffing | Way::Moving => 0.4,
        // A little above the true percentage.
        Way::Rounding => 0.1,
        // The published value for stations of the extreme kind.
        Way::Extreme => 0.925,
        Way::Invention | Way::Copying | Way::Proportional | Way::Bundling => 1.0,
    }
}

/// What was done, in words.
pub fn title(way: Way) -> &'static str {
    match way {
        Way::Stuffing => "ballots added for two in five of those who stayed at home",
        Way::Moving => "two in five votes of the others moved to the leader",
        Way::Rounding => "turnout and share made whole percentages, a little above the true ones",
        Way::Invention => "last two digits invented",
        Way::Copying => "protocols copied from a neighbour",
        Way::Extreme => "nearly everybody made to vote, nearly all for the leader",
        Way::Proportional => "the leader's votes multiplied at every station",
        Way::Bundling => "counts given in bundles of ten",
    }
}
