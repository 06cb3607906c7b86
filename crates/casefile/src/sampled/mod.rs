//! Tables of a sample of stations, and of published estimates, as inputs of the methods that weigh them.
//!
//! Such tables have no place in a mapping (a frame has no votes, an estimate is no count), so their columns
//! are named on the command line, or recognised by a short list of names.

mod columns;
mod published;
mod sample;

pub(crate) use columns::Columns;
pub use published::{PublishedColumns, published};
pub use sample::{Sample, SampleColumns, sample};

use glassurn_methods::parallel::{
    Official, Report, StationSample, arrival, joint_verdict, non_response, published_estimate,
    quick_count, table,
};
use glassurn_model::CountKind;

use crate::account::{Coverage, Input};
use crate::{Account, RawTable};

/// What is set beside a sample.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Beside {
    /// Official figures.
    pub official: Official,
    /// The largest turnout of a station that did not report, where somebody states one.
    pub cap_turnout: Option<f64>,
}

/// What the methods say of a sample.
pub fn sample_account(
    sample: &Sample,
    beside: &Beside,
    inputs: Vec<Input>,
    title: &str,
    command: String,
) -> Account {
    let (of, official) = (&sample.sample, &beside.official);
    let mut account = Account::new("Quick count from a sample of stations", title, command);
    account.inputs = inputs;
    let mut estimate = quick_count::answer(of);
    estimate.tables.splice(..0, table(of, official).ok());
    account.answers.push(estimate);
    if official.shares.iter().any(Option::is_some) {
        account.answers.push(joint_verdict::answer(of, &official.shares));
    }
    if of.reports.iter().any(|r| r.minute.is_some()) {
        account.answers.push(arrival::answer(of));
    }
    account.answers.push(non_response::answer(of, beside.cap_turnout));
    account.coverage = Some(coverage(of));
    account.settings = vec![
        ("denominator of shares".to_owned(), of.base.clone()),
        ("level of intervals".to_owned(), "95 %".to_owned()),
    ];
    account.settings.extend(stated(of, beside));
    account
}

/// What was stated on the command line, as name and value.
fn stated(of: &StationSample, beside: &Beside) -> Vec<(String, String)> {
    let official = &beside.official;
    let shares = of.contestants.iter().zip(&official.shares);
    let more = [("turnout", official.turnout), ("rejected ballots", official.rejected)];
    let all = shares.map(|(name, share)| (name.as_str(), *share)).chain(more);
    let percent = |share: f64| format!("{} %", (share * 1e6).round() / 1e4);
    let line =
        |(name, share): (&str, Option<f64>)| Some((format!("official, {name}"), percent(share?)));
    let cap =
        beside.cap_turnout.map(|c| ("turnout of missing stations, at most".to_owned(), percent(c)));
    all.filter_map(line).chain(cap).collect()
}

/// How many stations were planned, and how many reported.
fn coverage(of: &StationSample) -> Coverage {
    let lacks = |r: &&Report| r.total.is_none() || r.votes.iter().any(Option::is_none);
    let all = of.strata.iter().try_fold(0_i64, |sum, s| sum.checked_add(s.stations));
    Coverage {
        all: all.and_then(|n| usize::try_from(n).ok()),
        planned: of.absent.as_ref().map(|a| a.len() + of.reports.len()),
        listed: None,
        in_hand: of.reports.len(),
        incomplete: of.reports.iter().filter(lacks).count(),
    }
}

/// What is said of published estimates.
pub fn published_account(
    rows: &[published_estimate::Published],
    read: &[String],
    table: &RawTable,
    title: &str,
    command: String,
) -> Account {
    let mut account = Account::new("Published estimates beside official figures", title, command);
    let notes = std::iter::once(format!("{} rows", rows.len())).chain(read.iter().cloned());
    account.inputs.push(input("Published estimates", None, None, table, notes.collect()));
    account.answers.push(published_estimate::answer(title, rows, read));
    account
}

/// An input of an account.
pub fn input(
    name: &str,
    kind: Option<CountKind>,
    stations: Option<usize>,
    table: &RawTable,
    notes: Vec<String>,
) -> Input {
    let sources = vec![table.source.clone()];
    Input { name: name.to_owned(), kind, stations, sources, notes, ..Input::default() }
}
