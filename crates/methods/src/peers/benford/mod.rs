//! Benford's law as general programs test it: Nigrini's bands of the mean absolute deviation, and the mean digit of
//! Judge and Schechter.

mod law;
mod mean_deviation;
mod mean_digit;

pub use law::Leading;
pub use mean_deviation::MeanDeviation;
pub use mean_digit::MeanDigit;

use super::Peer;

/// The programs.
pub const PEER: Peer = Peer {
    key: "benford",
    title: "Benford's law, bands of deviation and mean digit",
    source: "Nigrini's bands as Python package benford_py has them (2022); Judge and Schechter's mean digit as R package \
             BenfordTests 1.2.0 has it (2015)",
    procedures: &[
        &MeanDeviation { of: Leading::First },
        &MeanDeviation { of: Leading::Second },
        &MeanDeviation { of: Leading::FirstTwo },
        &MeanDeviation { of: Leading::FirstThree },
        &MeanDigit { of: Leading::First },
        &MeanDigit { of: Leading::FirstTwo },
    ],
};
