//! `glassurn dossier`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{WithArg, announced, register::CareArgs, with};

/// For whom the dossier is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Reader {
    /// Whoever wants to check everything: a folder
    Anybody,
    /// The press: one page, what the evidence carries and what it does not
    Press,
}

/// `glassurn dossier`
#[derive(Debug, Args)]
pub(crate) struct DossierArgs {
    /// The election, as the register names it (BLR-2020-P)
    #[arg(value_name = "ELECTION")]
    pub(crate) election: String,
    /// The register's file, or `demo` for the one that is shipped
    #[arg(long, value_name = "FILE", default_value = "register.glassurn")]
    pub(crate) register: PathBuf,
    #[command(flatten)]
    pub(crate) care: CareArgs,
    /// Results of its polling stations: file, folder or data set (may be repeated)
    #[arg(long, value_name = "INPUT")]
    pub(crate) returns: Vec<PathBuf>,
    /// An independent count to set beside the first of the returns (may be repeated)
    #[arg(long = "with", value_name = "KIND=INPUT", value_parser = with, requires = "returns")]
    pub(crate) with: Vec<WithArg>,
    /// A total that was announced for the whole area (may be repeated)
    #[arg(long, value_name = "NAME=NUMBER", value_parser = announced, requires = "returns")]
    pub(crate) announced: Vec<(String, i64)>,
    /// Who announced these totals, and when
    #[arg(long, value_name = "WHO", default_value = "not stated", requires = "announced")]
    pub(crate) announced_by: String,
    /// How many stations there are in all
    #[arg(long, value_name = "N")]
    pub(crate) stations: Option<i64>,
    /// For whom it is
    #[arg(long = "for", value_enum, default_value_t = Reader::Anybody)]
    pub(crate) reader: Reader,
    /// Where to write it: a folder that is not there yet, or a file for the press [default:
    /// ELECTION-dossier, ELECTION-press.html]
    #[arg(long, value_name = "PATH")]
    pub(crate) out: Option<PathBuf>,
    /// Also write it as a PDF: dossier.pdf and press.pdf in the folder, or a PDF beside the page for the press
    /// (a build with the feature `pdf`)
    #[arg(long)]
    pub(crate) pdf: bool,
    /// Day of publication, for the folder's description and the PDF (2026-11-24)
    #[arg(long, value_name = "DATE")]
    pub(crate) date: Option<String>,
}
