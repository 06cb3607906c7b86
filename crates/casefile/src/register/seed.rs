//! The register that is shipped: Belarus and Myanmar, compiled by hand from public pages.

use super::{Folder, RegisterError};

macro_rules! seed {
    ($($table:literal),* $(,)?) => {
        /// The shipped tables.
        const FILES: &[(&str, &str)] =
            &[$((concat!($table, ".csv"), include_str!(concat!("seed/", $table, ".csv")))),*];
    };
}

seed! {
    "sources", "elections", "organisations", "claims", "missions", "invitations", "statements",
    "verdicts", "wider_verdicts", "reactions",
}

/// Reads the shipped tables.
pub fn seed() -> Result<Folder, RegisterError> {
    let mut folder = Folder::default();
    for (name, text) in FILES {
        folder.read_bytes(name, text.as_bytes().to_vec())?;
    }
    Ok(folder)
}
