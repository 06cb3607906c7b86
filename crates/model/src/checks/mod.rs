//! The list of integrity checks. One check is one file and one line here.

mod alike;
mod ledger;
mod oddities;
mod parts;
mod support;

use crate::Check;

/// Declares the modules and the list in one place, so that neither can forget the other.
macro_rules! checks {
    ($($module:ident :: $check:ident),* $(,)?) => {
        $(mod $module; pub use $module::$check;)*

        /// Every check, ordered by code.
        pub const ALL: &[&dyn Check] = &[$(&$check),*];
    };
}

checks! {
    registered_below_cast::RegisteredBelowCast,
    registered_below_issued::RegisteredBelowIssued,
    cast_differs_from_parts::CastDiffersFromParts,
    found_differs_from_parts::FoundDiffersFromParts,
    choices_differ_from_valid::ChoicesDifferFromValid,
    choices_above_valid::ChoicesAboveValid,
    issued_below_found::IssuedBelowFound,
    cast_below_found::CastBelowFound,
    cast_below_valid::CastBelowValid,
    negative_count::NegativeCount,
    not_a_number::NotANumber,
    not_whole::NotWhole,
    too_large::TooLarge,
    repeated_name::RepeatedName,
    parent_differs::ParentDiffers,
    declared_differs::DeclaredDiffers,
    special_above_registered::SpecialAboveRegistered,
    received_differs::ReceivedDiffers,
    full_turnout::FullTurnout,
    none_registered::NoneRegistered,
    all_zero_station::AllZeroStation,
    zero_column::ZeroColumn,
    swapped_columns::SwappedColumns,
    computed_decimals::ComputedDecimals,
    repeated_counts::RepeatedCounts,
    copied_column::CopiedColumn,
    common_divisor::CommonDivisor,
}
