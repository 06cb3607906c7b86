//! The list of screens. One screen is one file and one line here; the command line, the manual, the
//! report and the registry tests follow from the list.

use crate::Screen;

/// Declares the modules and the list in one place, so that neither can forget the other.
macro_rules! screens {
    ($($module:ident :: $screen:ident),* $(,)?) => {
        $(pub mod $module; pub use $module::$screen;)*

        /// Every screen with its default settings, ordered by code.
        pub const ALL: &[&dyn Screen] = &[$(&$screen::DEFAULT),*];
    };
}

screens! {
    last_digit::LastDigit,
    zero_or_five::ZeroOrFive,
    last_digit_pairs::LastDigitPairs,
    divisibility::Divisibility,
    second_digit::SecondDigit,
    first_digit::FirstDigit,
    latent_digits::LatentDigits,
    joint_digits::JointDigits,
    integer_percentages::IntegerPercentages,
    coarse_fractions::CoarseFractions,
    skewness_kurtosis::SkewnessKurtosis,
    modes::Modes,
    excess_over_turnout::Shpilkin,
    excess_over_cells::ExcessOverCells,
    klimek::Klimek,
    three_classes::ThreeClasses,
    resampled_density::ResampledDensity,
    turnout_share::TurnoutShare,
    votes_on_turnout::VotesOnTurnout,
    fingerprint::Fingerprint,
    corners::Corners,
    repeated_shares::RepeatedShares,
    missing_zeros::MissingZeros,
    repeated_counts::RepeatedCounts,
    aggregate_rounding::AggregateRounding,
    small_stations::SmallStations,
    no_invalid_ballots::NoInvalidBallots,
    invalid_share::InvalidShare,
    moran::MoranI,
    local_clusters::LocalClusters,
    neighbour_outliers::NeighbourOutliers,
    flows::Flows,
    swing::Swing,
    rounds::Rounds,
    contests_together::ContestsTogether,
    late_count::LateCount,
    interruption_jump::InterruptionJump,
    threshold_density::ThresholdDensity,
}
