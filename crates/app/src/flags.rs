//! The command line as a table: every command, option and help text.

pub(crate) mod dossier;
pub(crate) mod register;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use glassurn_casefile::number::{self, Convention};
use glassurn_model::{CountKind, Field, Quantity, Threshold};

use crate::exit_code::Exit;

/// What the program is, as `--help` says it.
const ABOUT: &str = "Can this election result be believed, and what exactly is the evidence?";

/// What to try first.
const EXAMPLES: &str = "\
Examples:
  glassurn examine demo                     a simulated election, to see what a report looks like
  glassurn examine results.csv              your own file: CSV, spreadsheet, JSON, dBASE, zipped or not
  glassurn compare official.csv --with protocol-copy=copies.csv
  glassurn map results.csv > mapping.toml   see what was recognised, correct it, and then:
  glassurn examine results.csv --mapping mapping.toml
  glassurn explain S210                     what a screen measures, and what it cannot show";

/// What to keep in mind.
const PROMISE: &str =
    "Glassurn works offline; only `get` opens a connection. It measures; it does not judge.";

/// Shown under `--help`.
fn after() -> String {
    let line = |(exit, meaning): &(Exit, &str)| format!("  {:<3} {meaning}\n", exit.code());
    let codes: String = Exit::ALL.iter().map(line).collect();
    format!("{EXAMPLES}\n\nExit codes (an anomaly is a result, not a failure):\n{codes}\n{PROMISE}")
}

/// The command line.
#[derive(Debug, Parser)]
#[command(name = "glassurn", version, about = ABOUT, after_help = after())]
#[command(arg_required_else_help = true, propagate_version = true)]
pub(crate) struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Read returns, check and screen them, print a summary and write a report
    Examine(ExamineArgs),
    /// Set independent counts beside the official figures: what they contradict, and what they do not show
    Compare(CompareArgs),
    /// Join an election's records, returns and independent counts in one report that a stranger can check
    Dossier(dossier::DossierArgs),
    /// Estimate shares, margin and turnout from a random sample of stations
    Quickcount(QuickcountArgs),
    /// Set stations that had observers beside stations that had none
    Observers(ObserversArgs),
    /// Judge published estimates against the official figures beside them
    Published(PublishedArgs),
    /// Design a sample of stations from an earlier election: how many, which, and the hashes to publish
    Design(DesignArgs),
    /// Audit copies of the protocols of stations drawn at random: do they support the announced order?
    Audit(AuditArgs),
    /// Reconcile several transcriptions of the same sheets: what they agree on, what somebody must decide
    Reconcile(ReconcileArgs),
    /// Keep a register of elections, observers, claims, verdicts and reactions, each with its sources
    Register(register::RegisterArgs),
    /// Write a notice of what differs between two results of one task: what was published stays beside it
    Correct(CorrectArgs),
    /// Write down which column means what, as a mapping file to correct and replay
    Map(MapArgs),
    /// Run the integrity checks alone
    Check(CheckArgs),
    /// Measure the screens on elections whose truth is known: false alarms, power, estimates, time
    BenchMethods(BenchMethodsArgs),
    /// List the screens and checks
    Screens(ScreensArgs),
    /// Print what a screen or check measures, its null, and what it cannot show
    Explain(ExplainArgs),
    /// Make a simulated election, clean or tampered with by a known amount
    Simulate(SimulateArgs),
    /// Download a named data set and check its SHA-256 (the only command that uses the network)
    Get(GetArgs),
    /// Print the completions of a shell
    Completions(CompletionsArgs),
}

/// What to read, and how.
#[derive(Debug, Args)]
pub(crate) struct InputArgs {
    /// Files or folders, the name of a data set (`glassurn get --list`), `demo` or `demo-clean`
    #[arg(required = true, value_name = "INPUT")]
    pub(crate) inputs: Vec<PathBuf>,
    /// Mapping file that says which column means what
    #[arg(long, value_name = "FILE", conflicts_with = "recognise")]
    pub(crate) mapping: Option<PathBuf>,
    /// Recognise the columns even where the catalogue knows the file
    #[arg(long)]
    pub(crate) recognise: bool,
    /// Sheet, archive member or table to read, by a part of its name
    #[arg(long, value_name = "NAME")]
    pub(crate) table: Option<String>,
    /// Text encoding, such as windows-1251 (detected when not given)
    #[arg(long, value_name = "LABEL")]
    pub(crate) encoding: Option<String>,
    /// Field delimiter, one character or `tab` (detected when not given)
    #[arg(long, value_name = "CHAR", value_parser = delimiter)]
    pub(crate) delimiter: Option<u8>,
}

/// One ASCII character, or the word `tab`.
fn delimiter(text: &str) -> Result<u8, String> {
    match text.as_bytes() {
        _ if text == "tab" => Ok(b'\t'),
        [byte] if byte.is_ascii() => Ok(*byte),
        _ => Err("give one ASCII character, or `tab`".to_owned()),
    }
}

/// Which screens, choices and regions.
#[derive(Debug, Args)]
pub(crate) struct ScopeArgs {
    /// Choice to look at, by name (the leader when not given; may be repeated)
    #[arg(long = "choice", value_name = "NAME", conflicts_with = "all_choices")]
    pub(crate) choices: Vec<String>,
    /// Look at every choice
    #[arg(long)]
    pub(crate) all_choices: bool,
    /// Level to look at unit by unit, by name (chosen when not given; `none` for none; may be repeated)
    #[arg(long = "by", value_name = "LEVEL")]
    pub(crate) levels: Vec<String>,
    /// Screen to run, by code or name (all quick ones when not given; may be repeated)
    #[arg(long = "screen", value_name = "CODE")]
    pub(crate) screens: Vec<String>,
    /// Run the slow screens as well: models fitted to turnout and share
    #[arg(long, conflicts_with = "screens")]
    pub(crate) models: bool,
    /// Run another program's procedures as well, with its quirks and its rules, by its key (may be
    /// repeated; `glassurn screens` lists them)
    #[arg(long = "as", value_name = "PROGRAM")]
    pub(crate) published: Vec<String>,
    /// Run what is quick alone: no honest elections are drawn from the returns, no models fitted
    #[arg(long, conflicts_with_all = ["models", "calibration"])]
    pub(crate) quick: bool,
    /// Honest elections to draw from the returns under each of three nulls, to see how often each screen
    /// stands out in them (6 to 50 when not given, fewer for larger files)
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=10_000))]
    pub(crate) calibration: Option<u32>,
    /// Draw no honest elections from the returns
    #[arg(long, conflicts_with = "calibration")]
    pub(crate) no_calibration: bool,
    /// Leave out of the screens every station that an F… check flags
    #[arg(long, conflicts_with = "with_flagged")]
    pub(crate) without_flagged: bool,
    /// Keep flagged stations in the screens (the default)
    #[arg(long)]
    pub(crate) with_flagged: bool,
}

/// `glassurn examine`
#[derive(Debug, Args)]
pub(crate) struct ExamineArgs {
    #[command(flatten)]
    pub(crate) input: InputArgs,
    /// An earlier election or round to set beside the stations: a file, a folder or the name of a data set
    #[arg(long, value_name = "INPUT")]
    pub(crate) before: Option<PathBuf>,
    /// Mapping file of the earlier election
    #[arg(long, value_name = "FILE", requires = "before")]
    pub(crate) before_mapping: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) map: AreaArgs,
    #[command(flatten)]
    pub(crate) scope: ScopeArgs,
    #[command(flatten)]
    pub(crate) order: OrderArgs,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
}

/// When stations were counted, and what the law sets as thresholds.
#[derive(Debug, Args)]
pub(crate) struct OrderArgs {
    /// Earlier published states of the same count, oldest first, as files or data sets: a station arrived with
    /// the first that holds it
    #[arg(long, value_name = "STATE", num_args = 1..)]
    pub(crate) states: Vec<PathBuf>,
    /// When the count was interrupted: a time or number as in the column of arrivals; with --states the number
    /// of the last state before it [default: 1]
    #[arg(long, value_name = "WHEN")]
    pub(crate) interruption: Option<String>,
    /// A rate from which on something else follows by law: turnout=0.5, share=0.4 (may be repeated)
    #[arg(long = "threshold", value_name = "OF=RATE", value_parser = threshold)]
    pub(crate) thresholds: Vec<Threshold>,
}

/// `turnout=RATE` or `share=RATE`.
fn threshold(text: &str) -> Result<Threshold, String> {
    let (of, at) = text.split_once('=').ok_or("write it as turnout=0.5 or share=0.4")?;
    let of = match of.trim() {
        "turnout" => Quantity::Turnout,
        "share" => Quantity::Share,
        other => return Err(format!("`{other}` is neither turnout nor share")),
    };
    Ok(Threshold { of, at: share(at.trim())? })
}

/// A map of areas.
#[derive(Debug, Args)]
pub(crate) struct AreaArgs {
    /// Map of the units of a level: GeoJSON, or a shapefile (.shp) of polygons with its .dbf beside it
    #[arg(long, value_name = "FILE")]
    pub(crate) areas: Option<PathBuf>,
    /// Level whose units the areas are, by name (found when not given)
    #[arg(long, value_name = "LEVEL", requires = "areas")]
    pub(crate) areas_level: Option<String>,
    /// Property that names an area (found when not given)
    #[arg(long, value_name = "PROPERTY", requires = "areas")]
    pub(crate) areas_key: Option<String>,
}

/// Where the results go.
#[derive(Debug, Args)]
pub(crate) struct OutputArgs {
    /// Where to write the report [default: NAME-report.html in this folder]
    #[arg(long, value_name = "FILE.html", conflicts_with = "no_report")]
    pub(crate) report: Option<PathBuf>,
    /// Write no report
    #[arg(long)]
    pub(crate) no_report: bool,
    /// Also write the report as a PDF (a build with the feature `pdf`)
    #[arg(long, value_name = "FILE.pdf")]
    pub(crate) pdf: Option<PathBuf>,
    /// Also write everything as JSON; `-` prints it instead of the summary
    #[arg(long, value_name = "FILE")]
    pub(crate) json: Option<PathBuf>,
    /// Also write the tables as CSV into a folder
    #[arg(long, value_name = "DIR")]
    pub(crate) csv: Option<PathBuf>,
    /// End with 1 when something was found: an F… check, a screen that stands out, or figures that
    /// contradict each other
    #[arg(long)]
    pub(crate) exit_code: bool,
}

/// Where the results of an account go.
#[derive(Debug, Args)]
pub(crate) struct AccountArgs {
    #[command(flatten)]
    pub(crate) output: OutputArgs,
    /// Also write a summary of one page: the sentence, its base, what it does not show, what will be asked
    #[arg(long, value_name = "FILE.html")]
    pub(crate) card: Option<PathBuf>,
}

/// A count to compare with, and who counted.
#[derive(Debug, Clone)]
pub(crate) struct WithArg {
    /// Who counted; what the mapping says when absent.
    pub(crate) kind: Option<CountKind>,
    /// A file, folder or data set.
    pub(crate) input: PathBuf,
}

/// `KIND=INPUT` or `INPUT`.
fn with(text: &str) -> Result<WithArg, String> {
    let kinds = || CountKind::ALL.map(|k| k.key().replace('_', "-")).join(", ");
    match text.split_once('=') {
        Some((kind, input)) => match CountKind::from_key(&kind.replace('-', "_")) {
            Some(kind) => Ok(WithArg { kind: Some(kind), input: input.into() }),
            None => Err(format!("`{kind}` is no kind of count; there are {}", kinds())),
        },
        None => Ok(WithArg { kind: None, input: text.into() }),
    }
}

/// `NAME=NUMBER`.
fn announced(text: &str) -> Result<(String, i64), String> {
    let (name, number) = text.rsplit_once('=').ok_or("write it as NAME=NUMBER")?;
    let count = number::parse(number, Convention::of([number]), &[]).count();
    let value = count.filter(|v| *v >= 0);
    Ok((name.trim().to_owned(), value.ok_or_else(|| format!("`{number}` is no whole number"))?))
}

/// `A=B`.
fn pair(text: &str) -> Result<(String, String), String> {
    let (a, b) = text.split_once('=').ok_or("write it as A=B")?;
    Ok((a.trim().to_owned(), b.trim().to_owned()))
}

/// `glassurn compare`
#[derive(Debug, Args)]
pub(crate) struct CompareArgs {
    #[command(flatten)]
    pub(crate) input: InputArgs,
    /// A count to compare with: KIND=INPUT (official, protocol-copy, observer, voter-claim, sample), or
    /// INPUT alone where its mapping says who counted (may be repeated)
    #[arg(long = "with", value_name = "KIND=INPUT", value_parser = with)]
    pub(crate) with: Vec<WithArg>,
    /// A total that was announced for the whole area (a choice's name, or registered, cast, valid; may be
    /// repeated)
    #[arg(long, value_name = "NAME=NUMBER", value_parser = announced)]
    pub(crate) announced: Vec<(String, i64)>,
    /// Who announced these totals, and when
    #[arg(long, value_name = "WHO", default_value = "not stated", requires = "announced")]
    pub(crate) announced_by: String,
    /// How many stations there are in all
    #[arg(long, value_name = "N")]
    pub(crate) stations: Option<i64>,
    /// The least share of those who voted that observers saw at each station they counted at; nothing is said
    /// to be contradicted by ballots that nobody saw when not given
    #[arg(long, value_name = "SHARE", value_parser = thousandths)]
    pub(crate) seen: Option<i64>,
    /// Two names of the same choice (may be repeated)
    #[arg(long, value_name = "A=B", value_parser = pair)]
    pub(crate) same: Vec<(String, String)>,
    /// Choice to look at, by name (the two with most votes when not given; may be repeated)
    #[arg(long = "choice", value_name = "NAME", conflicts_with = "all_choices")]
    pub(crate) choices: Vec<String>,
    /// Look at every choice
    #[arg(long)]
    pub(crate) all_choices: bool,
    #[command(flatten)]
    pub(crate) output: AccountArgs,
}

/// How stations are shared among strata.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum AllocationArg {
    /// In proportion to the stratum's stations
    Proportional,
    /// In proportion to stations times spread
    Neyman,
}

/// `glassurn design`
#[derive(Debug, Args)]
pub(crate) struct DesignArgs {
    #[command(flatten)]
    pub(crate) input: InputArgs,
    /// Choice whose share is to be estimated (the one with most votes when not given)
    #[arg(long, value_name = "NAME")]
    pub(crate) choice: Option<String>,
    /// Half-width of the interval as a share: 0.01 is one percentage point
    #[arg(long, value_name = "SHARE", default_value_t = 0.01, value_parser = share)]
    pub(crate) margin: f64,
    /// Confidence of the interval
    #[arg(long, value_name = "P", default_value_t = 0.95, value_parser = share)]
    pub(crate) confidence: f64,
    /// Level whose units are the strata, by name (no strata when not given)
    #[arg(long, value_name = "LEVEL")]
    pub(crate) strata: Option<String>,
    /// How stations are shared among strata
    #[arg(long, value_enum, default_value_t = AllocationArg::Proportional)]
    pub(crate) allocation: AllocationArg,
    /// How many stations to draw (what the margin needs when not given)
    #[arg(long, value_name = "N")]
    pub(crate) stations: Option<u64>,
    /// Replacements to draw for each stratum
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub(crate) replacements: usize,
    /// Seed of the draw; the same seed and the same stations give the same draw
    #[arg(long, default_value_t = 1)]
    pub(crate) seed: u64,
    /// Folder for frame.csv, sample.csv, replacements.csv and plan.toml
    #[arg(long, value_name = "DIR", default_value = "design")]
    pub(crate) to: PathBuf,
    #[command(flatten)]
    pub(crate) output: AccountArgs,
}

/// The key of a protocol line.
fn field(text: &str) -> Result<Field, String> {
    let keys = || Field::ALL.map(Field::key).join(", ");
    Field::from_key(text)
        .ok_or_else(|| format!("`{text}` is no protocol line; there are {}", keys()))
}

/// `glassurn audit`
#[derive(Debug, Args)]
pub(crate) struct AuditArgs {
    #[command(flatten)]
    pub(crate) input: InputArgs,
    /// Copies of the protocols of the drawn stations, with the same choices
    #[arg(long, value_name = "INPUT")]
    pub(crate) copies: PathBuf,
    /// The list of drawn stations that `design` wrote; a listed station without a copy counts at its worst
    /// (the stations with a copy are taken as the draw when not given)
    #[arg(long, value_name = "sample.csv")]
    pub(crate) sample: Option<PathBuf>,
    /// Level whose units were the strata of the draw, by name
    #[arg(long, value_name = "LEVEL")]
    pub(crate) strata: Option<String>,
    /// Protocol line that no station's votes can exceed (registered, else received, else issued when not given)
    #[arg(long, value_name = "LINE", value_parser = field)]
    pub(crate) cap: Option<Field>,
    /// Largest p-value at which the announced order counts as supported
    #[arg(long, value_name = "P", default_value_t = 0.05, value_parser = share)]
    pub(crate) risk: f64,
    /// How much is staked on agreement, above 0 and at most 1
    #[arg(long, value_name = "SHARE", default_value_t = 0.9, value_parser = share)]
    pub(crate) bet: f64,
    /// Seed of the order in which copies are looked at, where that of drawing is not on record
    #[arg(long, default_value_t = 1)]
    pub(crate) seed: u64,
    #[command(flatten)]
    pub(crate) output: AccountArgs,
}

/// `glassurn reconcile`
#[derive(Debug, Args)]
pub(crate) struct ReconcileArgs {
    /// The transcriptions, one file each, the same sheets in all
    #[arg(required = true, num_args = 2.., value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// Columns that name a sheet, NAME or NAME=OTHER where files differ (equal rows are matched when not given)
    #[arg(long, value_name = "COLUMN", value_delimiter = ',')]
    pub(crate) key: Vec<String>,
    /// Columns to compare, NAME or NAME=OTHER (all that every file has when not given)
    #[arg(long, value_name = "COLUMN", value_delimiter = ',')]
    pub(crate) compare: Vec<String>,
    /// Two names that mean the same; the first is read as the second (may be repeated)
    #[arg(long, value_name = "A=B", value_parser = pair)]
    pub(crate) same: Vec<(String, String)>,
    /// How many transcriptions must agree [default: more than half]
    #[arg(long, value_name = "N")]
    pub(crate) agree: Option<usize>,
    /// Decisions to apply: a file from --undecided with its column `decided` filled in
    #[arg(long, value_name = "FILE.csv")]
    pub(crate) adjudicated: Option<PathBuf>,
    /// Write what is left to decide
    #[arg(long, value_name = "FILE.csv")]
    pub(crate) undecided: Option<PathBuf>,
    /// Write the consensus
    #[arg(long, value_name = "FILE.csv")]
    pub(crate) consensus: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) output: AccountArgs,
}

/// What a stratum with one report adds to the variance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum SingleArg {
    /// The square of its deviation from the grand mean
    Adjust,
    /// The mean variance of the other strata
    Average,
    /// Nothing, as if the stratum had been taken with certainty
    Certainty,
}

/// `NAME=PERCENT`, as a share.
fn official_share(text: &str) -> Result<(String, f64), String> {
    let (name, number) = text.rsplit_once('=').ok_or("write it as NAME=PERCENT")?;
    Ok((name.trim().to_owned(), per_cent(number)?))
}

/// A number of per cent, as a share.
fn per_cent(number: &str) -> Result<f64, String> {
    let cell = number::parse(number, Convention::of([number]), &[]);
    let value = cell.figure().ok_or_else(|| format!("`{number}` is no number"))?;
    if !(0.0..=100.0).contains(&value) {
        return Err(format!("`{number}` is not between 0 and 100 per cent"));
    }
    Ok(value / 100.0)
}

/// `glassurn quickcount`
#[derive(Debug, Args)]
pub(crate) struct QuickcountArgs {
    /// Table with one row for each station that reported
    #[arg(value_name = "SAMPLE")]
    pub(crate) sample: PathBuf,
    /// Table with one row for each stratum: its name and how many stations it has
    #[arg(long, value_name = "FILE")]
    pub(crate) frame: PathBuf,
    /// Table with one row for each station that was drawn; without it nothing is said of missing reports
    #[arg(long, value_name = "FILE")]
    pub(crate) planned: Option<PathBuf>,
    /// Column of the stratum, in the sample and the plan
    #[arg(long, value_name = "COLUMN")]
    pub(crate) stratum: String,
    /// Columns of votes, one for each contestant
    #[arg(long, value_name = "COLUMN,…", value_delimiter = ',', required = true)]
    pub(crate) votes: Vec<String>,
    /// Column of what shares are of: valid votes or ballots cast
    #[arg(long, value_name = "COLUMN")]
    pub(crate) total: String,
    /// Column of registered voters, in the sample and the plan
    #[arg(long, value_name = "COLUMN")]
    pub(crate) registered: Option<String>,
    /// Column of rejected ballots, of which a share of --total is estimated
    #[arg(long, value_name = "COLUMN")]
    pub(crate) rejected: Option<String>,
    /// Columns of the time of report: a clock or minutes; hour,minute[,second]; day,hour,minute,second
    #[arg(long, value_name = "COLUMN,…", value_delimiter = ',')]
    pub(crate) time: Vec<String>,
    /// Columns that together name a station, in the sample and the plan
    #[arg(long, value_name = "COLUMN,…", value_delimiter = ',')]
    pub(crate) key: Vec<String>,
    /// Columns of stratum and stations in the frame [default: its first two]
    #[arg(long, value_name = "COLUMN,COLUMN", value_delimiter = ',')]
    pub(crate) frame_columns: Vec<String>,
    /// Official share of a contestant, of the same denominator; or of `turnout` or `rejected` (may be repeated)
    #[arg(long, value_name = "NAME=PERCENT", value_parser = official_share)]
    pub(crate) official: Vec<(String, f64)>,
    /// Largest turnout of a station that did not report, for a second and tighter range [default: what one
    /// reporting station in a hundred exceeds]
    #[arg(long, value_name = "PERCENT", value_parser = per_cent)]
    pub(crate) cap_turnout: Option<f64>,
    /// Who made the count, as it is to be published
    #[arg(long, value_name = "WHO")]
    pub(crate) counted_by: Option<String>,
    /// Title of the results [default: the name of the sample's file]
    #[arg(long, value_name = "TEXT")]
    pub(crate) title: Option<String>,
    /// Write the table that is published: official share, estimate, margin, interval, stations; in per cent
    #[arg(long, value_name = "FILE.csv")]
    pub(crate) table: Option<PathBuf>,
    /// What a stratum with one report adds to the variance
    #[arg(long, value_enum, default_value_t = SingleArg::Adjust)]
    pub(crate) single: SingleArg,
    /// Text encoding, such as windows-1251 (detected when not given)
    #[arg(long, value_name = "LABEL")]
    pub(crate) encoding: Option<String>,
    #[command(flatten)]
    pub(crate) output: AccountArgs,
}

/// `glassurn observers`
#[derive(Debug, Args)]
pub(crate) struct ObserversArgs {
    #[command(flatten)]
    pub(crate) input: InputArgs,
    /// A list of stations apart from the returns. Its columns can be named below; without one that says who
    /// was observed, the stations on the list were
    #[arg(long = "with", value_name = "LIST")]
    pub(crate) with: Option<PathBuf>,
    /// Columns of the list that together name a station [default: its first]
    #[arg(long, value_name = "COLUMN,…", value_delimiter = ',', requires = "with")]
    pub(crate) key: Vec<String>,
    /// Column that says whether a station was observed: yes or no, 1 or 0, or a number of observers (`observed`
    /// or `observers` when not given)
    #[arg(long, value_name = "COLUMN")]
    pub(crate) observed: Option<String>,
    /// Choice whose share of the valid votes is compared, by name (the one with most votes when not given)
    #[arg(long, value_name = "NAME", conflicts_with = "turnout")]
    pub(crate) choice: Option<String>,
    /// Compare turnout instead
    #[arg(long)]
    pub(crate) turnout: bool,
    /// Column or level within whose units observers were assigned at random, or `all` for one lot. Without it
    /// nothing was drawn by lot, and only an association is told
    #[arg(long, value_name = "COLUMN")]
    pub(crate) block: Option<String>,
    /// Where nothing was drawn by lot: column or level within whose units stations are compared
    #[arg(long, value_name = "COLUMN", conflicts_with = "block")]
    pub(crate) within: Option<String>,
    /// The column is about a technical device, such as an optical scanner: also say what the result would be, had
    /// stations without one voted as those with one in the same unit
    #[arg(long, conflicts_with = "turnout")]
    pub(crate) device: bool,
    /// Column of a figure from before, such as the share of an earlier election, to adjust for
    #[arg(long, value_name = "COLUMN")]
    pub(crate) earlier: Option<String>,
    /// Column that says whether many stations around it were observed: direct difference and spill-over
    #[arg(long, value_name = "COLUMN")]
    pub(crate) near: Option<String>,
    /// Where nothing was drawn by lot: how far the two stations of a pair may lie apart in size and earlier figure,
    /// in standard deviations
    #[arg(long, value_name = "SD", default_value_t = 0.5, value_parser = positive)]
    pub(crate) caliper: f64,
    /// Confidence of the interval
    #[arg(long, value_name = "P", default_value_t = 0.95, value_parser = share)]
    pub(crate) confidence: f64,
    /// Seed of the permutations where they are too many to list
    #[arg(long, default_value_t = 1)]
    pub(crate) seed: u64,
    #[command(flatten)]
    pub(crate) output: AccountArgs,
}

/// `glassurn published`
#[derive(Debug, Args)]
pub(crate) struct PublishedArgs {
    /// Table with one row for each published figure, in per cent
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// Column of the estimate (columns are recognised when not given)
    #[arg(long, value_name = "COLUMN")]
    pub(crate) estimate: Option<String>,
    /// Column of the interval's lower end
    #[arg(long, value_name = "COLUMN")]
    pub(crate) lower: Option<String>,
    /// Column of the interval's upper end
    #[arg(long, value_name = "COLUMN")]
    pub(crate) upper: Option<String>,
    /// Column of the margin of error
    #[arg(long, value_name = "COLUMN")]
    pub(crate) margin: Option<String>,
    /// Column of the official figure
    #[arg(long, value_name = "COLUMN")]
    pub(crate) official: Option<String>,
    /// Column of what the figure is of
    #[arg(long, value_name = "COLUMN")]
    pub(crate) name: Option<String>,
    /// Columns of what rows are published together with: election, organisation, area
    #[arg(long, value_name = "COLUMN,…", value_delimiter = ',')]
    pub(crate) group: Vec<String>,
    /// Text encoding, such as windows-1251 (detected when not given)
    #[arg(long, value_name = "LABEL")]
    pub(crate) encoding: Option<String>,
    #[command(flatten)]
    pub(crate) output: AccountArgs,
}

/// A day as `2024-07-28`.
fn day(text: &str) -> Result<String, String> {
    let parts: Vec<&str> = text.split('-').collect();
    let number = |part: &str, digits: usize| {
        part.parse::<u32>().ok().filter(|_| part.len() == digits && !part.starts_with('+'))
    };
    let sound = match parts.as_slice() {
        [year, month, day] => {
            number(year, 4).is_some()
                && number(month, 2).is_some_and(|m| (1..=12).contains(&m))
                && number(day, 2).is_some_and(|d| (1..=31).contains(&d))
        }
        _ => false,
    };
    if sound {
        Ok(text.to_owned())
    } else {
        Err("write it as YEAR-MONTH-DAY, 2024-07-28".to_owned())
    }
}

/// `glassurn correct`
#[derive(Debug, Args)]
pub(crate) struct CorrectArgs {
    /// The result that was published, as --json wrote it
    #[arg(value_name = "OLD.json")]
    pub(crate) before: PathBuf,
    /// The result that replaces it
    #[arg(value_name = "NEW.json")]
    pub(crate) now: PathBuf,
    /// Why it is corrected, in a sentence
    #[arg(long, value_name = "TEXT", value_parser = clap::builder::NonEmptyStringValueParser::new())]
    pub(crate) reason: String,
    /// The day of the correction
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub(crate) date: String,
    /// The results are of one task although their titles differ
    #[arg(long)]
    pub(crate) renamed: bool,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
}

/// `glassurn map`
#[derive(Debug, Args)]
pub(crate) struct MapArgs {
    #[command(flatten)]
    pub(crate) input: InputArgs,
    /// Where to write the mapping [default: standard output]
    #[arg(long, value_name = "FILE.toml")]
    pub(crate) to: Option<PathBuf>,
}

/// `glassurn check`
#[derive(Debug, Args)]
pub(crate) struct CheckArgs {
    #[command(flatten)]
    pub(crate) input: InputArgs,
    /// How many flags of each check to print
    #[arg(long, value_name = "N", default_value_t = 5)]
    pub(crate) show: usize,
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
    /// End with 1 when an F… check found something
    #[arg(long)]
    pub(crate) exit_code: bool,
}

/// `glassurn screens`
#[derive(Debug, Args)]
pub(crate) struct ScreensArgs {
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// `glassurn explain`
#[derive(Debug, Args)]
pub(crate) struct ExplainArgs {
    /// Code or name of a screen or check (S210, integer-percentages, F101 …)
    #[arg(value_name = "CODE")]
    pub(crate) code: String,
}

/// `glassurn bench-methods`
#[derive(Debug, Args)]
pub(crate) struct BenchMethodsArgs {
    /// Simulated elections of each shape, and of each null drawn from a real one (fewer of large ones)
    #[arg(long, default_value_t = 100, value_parser = whole::<10_000>)]
    pub(crate) runs: usize,
    /// To how many of them every change is made (to fewer of large ones)
    #[arg(long, default_value_t = 100, value_parser = whole::<10_000>)]
    pub(crate) changed_runs: usize,
    /// Stations of a simulated election, about
    #[arg(long, default_value_t = 1_500, value_parser = whole::<100_000>)]
    pub(crate) stations: usize,
    /// Undisputed real election to use as well: a data set or a file (may be repeated)
    #[arg(long, value_name = "INPUT")]
    pub(crate) real: Vec<PathBuf>,
    /// How often each real election is changed, for each way and amount
    #[arg(long, default_value_t = 20, value_parser = whole::<10_000>)]
    pub(crate) real_runs: usize,
    /// Seed of the first election; the next ones count on
    #[arg(long, default_value_t = 1)]
    pub(crate) seed: u64,
    /// Screen to measure, by code or name (all quick ones when not given; may be repeated)
    #[arg(long = "screen", value_name = "CODE")]
    pub(crate) screens: Vec<String>,
    /// Measure the slow screens as well
    #[arg(long)]
    pub(crate) models: bool,
    /// Also write every measurement as a table with tabs
    #[arg(long, value_name = "FILE.tsv")]
    pub(crate) to: Option<PathBuf>,
}

/// How a simulated election is tampered with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum TamperArg {
    /// Ballots for the leader added
    Stuffing,
    /// Votes moved from others to the leader
    Moving,
    /// Turnout and share rounded to whole percentages
    Rounding,
    /// Counts invented
    Invention,
    /// Results copied from station to station
    Copying,
    /// Nearly everybody votes, nearly all for the leader
    Extreme,
    /// The leader's votes multiplied by one factor
    Proportional,
    /// Counts given in whole bundles of ten
    Bundling,
}

/// `glassurn simulate`
#[derive(Debug, Args)]
pub(crate) struct SimulateArgs {
    /// File to write, as CSV
    #[arg(long, value_name = "FILE.csv", default_value = "simulated.csv")]
    pub(crate) to: PathBuf,
    /// Seed; the same seed gives the same election
    #[arg(long, default_value_t = 1)]
    pub(crate) seed: u64,
    /// Number of stations
    #[arg(long, default_value_t = 5000, value_parser = whole::<1_000_000>)]
    pub(crate) stations: usize,
    /// Number of regions
    #[arg(long, default_value_t = 12, value_parser = whole::<10_000>)]
    pub(crate) regions: usize,
    /// Tamper with it
    #[arg(long, value_enum)]
    pub(crate) tamper: Option<TamperArg>,
    /// Share of the stations tampered with
    #[arg(long, default_value_t = 0.05, requires = "tamper", value_parser = share)]
    pub(crate) share: f64,
    /// How strongly, between 0 and 1
    #[arg(long, default_value_t = 0.5, requires = "tamper", value_parser = share)]
    pub(crate) strength: f64,
}

/// A whole number from 1 to `MOST`.
fn whole<const MOST: usize>(text: &str) -> Result<usize, String> {
    let fits = |n: &usize| (1..=MOST).contains(n);
    text.parse().ok().filter(fits).ok_or_else(|| format!("not a whole number from 1 to {MOST}"))
}

/// A number between 0 and 1.
fn share(text: &str) -> Result<f64, String> {
    let value: f64 = text.parse().map_err(|_| "not a number".to_owned())?;
    if (0.0..=1.0).contains(&value) { Ok(value) } else { Err("not between 0 and 1".to_owned()) }
}

/// A share above 0 and at most 1, in thousandths.
fn thousandths(text: &str) -> Result<i64, String> {
    let whole = (1000.0 * share(text)?).round();
    let fits = (1..=1000_i64).find(|t| (*t as f64 - whole).abs() < 0.5);
    fits.ok_or_else(|| "not between 0.001 and 1".to_owned())
}

/// A number above 0.
fn positive(text: &str) -> Result<f64, String> {
    let value: f64 = text.parse().map_err(|_| "not a number".to_owned())?;
    if value > 0.0 && value.is_finite() { Ok(value) } else { Err("not above 0".to_owned()) }
}

/// `glassurn get`
#[derive(Debug, Args)]
pub(crate) struct GetArgs {
    /// Name of the data set
    #[arg(value_name = "NAME", required_unless_present = "list")]
    pub(crate) name: Option<String>,
    /// List the data sets
    #[arg(long)]
    pub(crate) list: bool,
    /// Take the file from this address instead (a mirror); its SHA-256 must be the same
    #[arg(long, value_name = "URL")]
    pub(crate) from: Option<String>,
}

/// `glassurn completions`
#[derive(Debug, Args)]
pub(crate) struct CompletionsArgs {
    /// The shell
    pub(crate) shell: clap_complete::Shell,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }
}
