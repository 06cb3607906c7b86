//! The list of integrity checks. One check is one file and one line here.

use crate::Check;

/// Declares the modules and the list in one place, so that neither can forget the other.
macro_rules! checks {
    ($($module:ident :: $check:ident),* $(,)?) => {
        $(mod $module; pub use $module::$check;)*

        /// Every check, ordered by code.
        pub const ALL: &[&dyn Check] = &[$(&$check),*];
    };
}

checks! {}
