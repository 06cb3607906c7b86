//! `glassurn register` and its commands.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use glassurn_casefile::register::{At, Exchange, Kind};

use super::AccountArgs;

/// `glassurn register`
#[derive(Debug, Args)]
pub(crate) struct RegisterArgs {
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: RegisterCommand,
    /// The register's file
    #[arg(long, global = true, value_name = "FILE", default_value = "register.glassurn")]
    pub(crate) register: PathBuf,
    /// Who records (GLASSURN_BY, else the user's name on this machine, when not given)
    #[arg(long, global = true, value_name = "NAME")]
    pub(crate) by: Option<String>,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum RegisterCommand {
    /// Make a new, empty register
    Init,
    /// Make a register of Belarus and Myanmar, to look at
    Demo,
    /// Read a folder of CSV tables, or a workbook, into the register
    Import(ImportArgs),
    /// Read listings of the European Union that name an election, as reactions to it
    Sanctions(SanctionsArgs),
    /// Read the members of the Global Network of Domestic Election Monitors as organisations
    Members(MembersArgs),
    /// Write the register as a folder of CSV tables, or in a form that other programs read
    Export(ExportArgs),
    /// Find records by their words, in any script
    Search(SearchArgs),
    /// Print a record with its sources and what refers to it
    Show(ShowArgs),
    /// List what was done, by whom and when
    Log(LogArgs),
    /// Record something new; without a source it is refused
    Add(AddArgs),
    /// Replace or withdraw values of a record; what was replaced stays in its history
    Edit(EditArgs),
    /// Record where exactly a fact stands in a source
    Cite(CiteArgs),
    /// Record the answer to one question of a scheme about a mission, organisation or statement
    Judge(JudgeArgs),
    /// Propose records that may be one; put on record that two are one, or that they are not
    Merge(MergeArgs),
    /// Take an operation back by a new one
    Undo(UndoArgs),
    /// Everything about one election: claims, observers and verdicts, invitations, reactions
    Sheet(SheetArgs),
    /// Records that contradict each other, or seem to, each with what explains it
    Conflicts(AnalysisArgs),
    /// Who observed whose elections, in both directions
    Dyads(AnalysisArgs),
    /// Mutual observation and praise, beside what chance gives
    Endorsement(EndorsementArgs),
    /// How missions worked and how organisations judge, unknowns shown
    Scorecard(AnalysisArgs),
    /// Agreement and divergence of observers in two groups
    Agreement(AnalysisArgs),
    /// Leniency of observers, beside an independent measure and by one model
    Leniency(AnalysisArgs),
    /// How well a record is supported by independent lineages of sources
    Grade(GradeArgs),
    /// Reactions by date, with their days from the vote
    Timeline(TimelineArgs),
}

/// A moment: an operation's number or a date.
fn at(text: &str) -> Result<At, String> {
    At::parse(text).ok_or_else(|| "give an operation's number, or a date as 2026-11-24".to_owned())
}

/// A kind of record.
fn kind(text: &str) -> Result<Kind, String> {
    let kinds = || Kind::ALL.map(|k| k.table().trim_end_matches('s').replace('_', "-")).join(", ");
    Kind::named(text).ok_or_else(|| format!("`{text}` is no kind of record; there are {}", kinds()))
}

/// A form that other programs read.
fn form(text: &str) -> Result<Exchange, String> {
    let forms = Exchange::ALL.map(Exchange::key).join(", ");
    Exchange::named(text).ok_or_else(|| format!("`{text}` is no form; there are {forms}"))
}

/// `FIELD=VALUE`.
fn cell(text: &str) -> Result<(String, String), String> {
    let (field, value) = text.split_once('=').ok_or("write it as FIELD=VALUE")?;
    Ok((field.trim().to_owned(), value.to_owned()))
}

/// Which moment to look at.
#[derive(Debug, Args)]
pub(crate) struct AtArgs {
    /// Look at the register as it was after this operation, or at the end of this day
    #[arg(long, value_name = "OP|DATE", value_parser = at, default_value = None)]
    pub(crate) at: Option<At>,
}

/// What may leave this machine.
#[derive(Debug, Args)]
pub(crate) struct CareArgs {
    /// Keep records that are marked sensitive; without this they are left out of everything that is written,
    /// with the records that lean on them
    #[arg(long)]
    pub(crate) with_sensitive: bool,
}

/// `glassurn register import`
#[derive(Debug, Args)]
pub(crate) struct ImportArgs {
    /// Folder of tables (sources.csv, missions.csv, …), or a workbook with sheets of these names
    pub(crate) folder: PathBuf,
    /// Let imported values stand for others that are on record
    #[arg(long)]
    pub(crate) replace: bool,
}

/// `glassurn register sanctions`
#[derive(Debug, Args)]
pub(crate) struct SanctionsArgs {
    /// Listings as a CSV file (celex, recordId, programKey, annex, measure, startDate, reason, …)
    pub(crate) file: PathBuf,
    /// Take only what names this election
    #[arg(long, value_name = "ELECTION")]
    pub(crate) election: Option<String>,
    /// Let imported values stand for others that are on record
    #[arg(long)]
    pub(crate) replace: bool,
}

/// `glassurn register members`
#[derive(Debug, Args)]
pub(crate) struct MembersArgs {
    /// Table of members (file, name, acronym, country, …) as CSV, or the folder of their files
    pub(crate) list: PathBuf,
    /// Let imported values stand for others that are on record
    #[arg(long)]
    pub(crate) replace: bool,
}

/// `glassurn register export`
#[derive(Debug, Args)]
pub(crate) struct ExportArgs {
    /// Folder to write into; with --as a file, or - for standard output
    #[arg(value_name = "FOLDER|FILE")]
    pub(crate) out: PathBuf,
    /// Write one file instead of tables: FollowTheMoney entities (ftm), Popolo (popolo), or schema.org claim
    /// reviews (claimreview)
    #[arg(long = "as", value_name = "FORM", value_parser = form)]
    pub(crate) form: Option<Exchange>,
    /// Address of the page that claim reviews will stand on
    #[arg(long, value_name = "URL", requires = "form")]
    pub(crate) url: Option<String>,
    #[command(flatten)]
    pub(crate) care: CareArgs,
    #[command(flatten)]
    pub(crate) moment: AtArgs,
}

/// `glassurn register search`
#[derive(Debug, Args)]
pub(crate) struct SearchArgs {
    /// Words that must all stand in the record; a part of a word is enough
    #[arg(required = true)]
    pub(crate) words: Vec<String>,
    /// How many records to show at most
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub(crate) most: usize,
    /// Print as JSON
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) moment: AtArgs,
}

/// `glassurn register show`
#[derive(Debug, Args)]
pub(crate) struct ShowArgs {
    /// Name of the record: M014, or missions/M014
    #[arg(value_name = "RECORD")]
    pub(crate) record: String,
    /// Also print everything that was ever on record of it
    #[arg(long)]
    pub(crate) history: bool,
    /// Print as JSON
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) moment: AtArgs,
}

/// `glassurn register log`
#[derive(Debug, Args)]
pub(crate) struct LogArgs {
    /// Print as JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// `glassurn register add`
#[derive(Debug, Args)]
pub(crate) struct AddArgs {
    /// What to record: source, election, organisation, claim, mission, invitation, statement, verdict,
    /// wider-verdict, reaction
    #[arg(value_parser = kind)]
    pub(crate) kind: Kind,
    /// A value (may be repeated); on a terminal the rest is asked for
    #[arg(long = "set", value_name = "FIELD=VALUE", value_parser = cell)]
    pub(crate) set: Vec<(String, String)>,
}

/// `glassurn register edit`
#[derive(Debug, Args)]
pub(crate) struct EditArgs {
    /// Name of the record
    #[arg(value_name = "RECORD")]
    pub(crate) record: String,
    /// A new value; a blank one withdraws what is on record (may be repeated)
    #[arg(long = "set", value_name = "FIELD=VALUE", value_parser = cell, required = true)]
    pub(crate) set: Vec<(String, String)>,
}

/// `glassurn register cite`
#[derive(Debug, Args)]
pub(crate) struct CiteArgs {
    /// Name of the record that the passage bears on
    #[arg(value_name = "RECORD")]
    pub(crate) record: String,
    /// The source that the passage stands in
    #[arg(long, value_name = "SOURCE")]
    pub(crate) source: String,
    /// The words of the passage
    #[arg(long, value_name = "WORDS")]
    pub(crate) exact: String,
    /// Whether it supports, contradicts or mentions the fact
    #[arg(long, value_name = "STANCE", default_value = "supports", value_parser = ["supports", "contradicts", "mentions"])]
    pub(crate) stance: String,
    /// A copy of the source, kept as a file: its SHA-256 is recorded, the file itself stays where it is
    #[arg(long, value_name = "FILE")]
    pub(crate) capture: Option<PathBuf>,
    /// Another value: field, prefix, suffix, page (may be repeated)
    #[arg(long = "set", value_name = "FIELD=VALUE", value_parser = cell)]
    pub(crate) set: Vec<(String, String)>,
}

/// `glassurn register judge`
#[derive(Debug, Args)]
pub(crate) struct JudgeArgs {
    /// Name of the record that the answer is about
    #[arg(value_name = "RECORD")]
    pub(crate) record: String,
    /// Question and answer: P2=partly (yes, partly, no, unknown)
    #[arg(value_name = "ITEM=ANSWER", value_parser = cell)]
    pub(crate) answer: (String, String),
    /// The list of questions
    #[arg(long, value_name = "NAME", default_value = "mission_scorecard")]
    pub(crate) scheme: String,
    /// What the answer rests on: sources or citations, with ; between them
    #[arg(long, value_name = "RECORDS")]
    pub(crate) evidence: String,
    /// Words beside the answer
    #[arg(long, value_name = "WORDS", default_value = "")]
    pub(crate) note: String,
}

/// `glassurn register merge`
#[derive(Debug, Args)]
pub(crate) struct MergeArgs {
    /// List records that may be one and records that only look alike; changes nothing
    #[arg(long, conflicts_with_all = ["record", "into", "apart_from"])]
    pub(crate) propose: bool,
    /// Name of a record
    #[arg(value_name = "RECORD", required_unless_present = "propose")]
    pub(crate) record: Option<String>,
    /// The record that it is: the first becomes another name of this one
    #[arg(long, value_name = "RECORD", required_unless_present_any = ["propose", "apart_from"])]
    pub(crate) into: Option<String>,
    /// The record that it is not, though they look alike
    #[arg(long, value_name = "RECORD", conflicts_with = "into")]
    pub(crate) apart_from: Option<String>,
    /// Merge without being asked
    #[arg(long, requires = "into")]
    pub(crate) yes: bool,
    /// Print proposals as JSON
    #[arg(long, requires = "propose")]
    pub(crate) json: bool,
}

/// `glassurn register undo`
#[derive(Debug, Args)]
pub(crate) struct UndoArgs {
    /// The operation's number, as `register log` shows it
    pub(crate) operation: i64,
}

/// What every analysis takes.
#[derive(Debug, Args)]
pub(crate) struct AnalysisArgs {
    /// An independent measure of elections: a CSV table with a country (country_iso3 or gwcode), a year and the
    /// measure, higher being better
    #[arg(long, value_name = "FILE")]
    pub(crate) anchor: Option<PathBuf>,
    /// The column of the measure
    #[arg(long, value_name = "COLUMN", default_value = "v2elfrfair")]
    pub(crate) anchor_column: String,
    #[command(flatten)]
    pub(crate) care: CareArgs,
    #[command(flatten)]
    pub(crate) moment: AtArgs,
    #[command(flatten)]
    pub(crate) output: AccountArgs,
}

/// `glassurn register sheet`
#[derive(Debug, Args)]
pub(crate) struct SheetArgs {
    /// Name of the election: BLR-2020-P
    #[arg(value_name = "ELECTION")]
    pub(crate) election: String,
    #[command(flatten)]
    pub(crate) analysis: AnalysisArgs,
}

/// `glassurn register endorsement`
#[derive(Debug, Args)]
pub(crate) struct EndorsementArgs {
    /// Registers with shuffled partners
    #[arg(long, value_name = "N", default_value_t = 1_000, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub(crate) draws: u32,
    /// Seed of the shuffles
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(crate) seed: u64,
    #[command(flatten)]
    pub(crate) analysis: AnalysisArgs,
}

/// `glassurn register grade`
#[derive(Debug, Args)]
pub(crate) struct GradeArgs {
    /// Name of the record; every record when not given
    #[arg(value_name = "RECORD")]
    pub(crate) record: Option<String>,
    #[command(flatten)]
    pub(crate) analysis: AnalysisArgs,
}

/// `glassurn register timeline`
#[derive(Debug, Args)]
pub(crate) struct TimelineArgs {
    /// Name of the election; every election when not given
    #[arg(value_name = "ELECTION")]
    pub(crate) election: Option<String>,
    #[command(flatten)]
    pub(crate) analysis: AnalysisArgs,
}
