//! The register on disk: a folder of tables that a spreadsheet opens, and a store that forgets nothing.
//!
//! [`Tables`] is the hinge: a folder is read into tables, the store holds tables at every moment of its
//! past, and [`Tables::register`] turns tables into the nouns that analyses take.

mod analysis;
mod anchors;
mod check;
mod columns;
mod compose;
mod content;
mod error;
mod exchange;
mod folder;
mod intake;
mod kind;
mod nouns;
mod propose;
mod seed;
mod store;
mod tables;
mod withhold;

pub(crate) use analysis::withheld;
pub use analysis::{Analysis, analyse};
pub use anchors::{Measure, read_anchors};
pub use columns::{Column, Need};
pub use compose::Cells;
pub use content::{Content, Refusal};
pub use error::RegisterError;
pub use exchange::{Exchange, Exchanged, Publisher, exchange};
pub use folder::{Folder, fingerprint, read_folder, write_folder};
pub use intake::{Linked, Listing, Listings, Members, read_listings, read_members};
pub use kind::Kind;
pub use propose::Proposal;
pub use seed::seed;
pub use store::{Act, At, Author, Hit, Operation, Past, Store, Written};
pub use tables::{Change, Fact, Record, Sheet, Tables};
