//! `glassurn quickcount`: shares, margin and turnout from a random sample of stations.

use std::path::Path;

use glassurn_casefile::{
    Account, RawTable,
    report::{published_table, write_atomically},
    sampled::{self, Beside, Sample, SampleColumns},
};
use glassurn_methods::parallel::{Official, Single};
use glassurn_model::CountKind;

use crate::{
    cmd::account,
    exit_code::Exit,
    failure::{Done, Failure},
    flags::{QuickcountArgs, SingleArg},
    input, interrupt, nearest,
    output::command_line,
    progress::Progress,
};

/// Reads the sample and its frame, estimates, prints and writes what was asked for.
pub(crate) fn run(args: &QuickcountArgs) -> Done {
    let progress = Progress::start();
    let read = |file: &Path| input::table(file, args.encoding.as_deref(), &progress);
    let (table, frame) = (read(&args.sample)?, read(&args.frame)?);
    let planned = args.planned.as_deref().map(read).transpose()?;
    progress.step("estimating");
    let single = match args.single {
        SingleArg::Adjust => Single::Adjust,
        SingleArg::Average => Single::Average,
        SingleArg::Certainty => Single::Certainty,
    };
    let sample = sampled::sample(&table, &frame, planned.as_ref(), &columns(args), single)?;
    let beside = Beside { official: official(args)?, cap_turnout: args.cap_turnout };
    let mut inputs = inputs(&sample, &table, &frame, planned.as_ref());
    inputs[0].provenance.publisher.clone_from(&args.counted_by);
    let name = input::stem(&args.sample);
    let title = args.title.as_deref().unwrap_or(&name);
    let account = sampled::sample_account(&sample, &beside, inputs, title, command_line());
    drop(progress);
    if let Some(file) = &args.table {
        published(&account, file)?;
    }
    account::finish(&account, &format!("{name}-quickcount"), &args.output)
}

/// Writes the table that is published.
fn published(account: &Account, file: &Path) -> Result<(), Failure> {
    let Some(bytes) = published_table(account) else {
        let why = "there is no estimate, so there is no table to publish";
        return Err(Failure::new(Exit::Input, why, "run it without --table to see why"));
    };
    let _writing = interrupt::writing();
    let written = bytes.and_then(|bytes| write_atomically(file, &bytes));
    written.map_err(|e| Failure::output(&file.display().to_string(), &e))
}

fn columns(args: &QuickcountArgs) -> SampleColumns {
    SampleColumns {
        stratum: args.stratum.clone(),
        votes: args.votes.clone(),
        total: args.total.clone(),
        registered: args.registered.clone(),
        rejected: args.rejected.clone(),
        time: args.time.clone(),
        key: args.key.clone(),
        frame: args.frame_columns.clone(),
    }
}

/// Official figures, shares in the order of the contestants; a contestant's name comes before the words
/// for turnout and rejected ballots.
fn official(args: &QuickcountArgs) -> Result<Official, Failure> {
    let shares = vec![None; args.votes.len()];
    let mut official = Official { shares, ..Official::default() };
    for (name, share) in &args.official {
        let at = args.votes.iter().position(|v| v == name);
        match (at.and_then(|at| official.shares.get_mut(at)), name.as_str()) {
            (Some(place), _) => *place = Some(*share),
            (None, "turnout") => official.turnout = Some(*share),
            (None, "rejected") => official.rejected = Some(*share),
            (None, _) => {
                let problem = format!("`{name}` is none of the columns of --votes");
                let near = nearest::nearest(name, args.votes.iter().map(String::as_str));
                let hint =
                    "give official figures under the names of --votes, or as turnout or rejected";
                return Err(Failure::new(Exit::Usage, problem, hint).with_candidates(near));
            }
        }
    }
    Ok(official)
}

/// What went in.
fn inputs(
    sample: &Sample,
    table: &RawTable,
    frame: &RawTable,
    planned: Option<&RawTable>,
) -> Vec<glassurn_casefile::account::Input> {
    let of = &sample.sample;
    let all: i64 = of.strata.iter().map(|s| s.stations).fold(0, i64::saturating_add);
    let (all, drawn) = (
        usize::try_from(all).unwrap_or(0),
        of.reports.len() + of.absent.as_ref().map_or(0, Vec::len),
    );
    let kind = Some(CountKind::Sample);
    let mut inputs = vec![
        sampled::input(
            "Reports of sampled stations",
            kind,
            Some(of.reports.len()),
            table,
            sample.notes.clone(),
        ),
        sampled::input(
            "Frame",
            None,
            Some(all),
            frame,
            vec![format!("{} strata", of.strata.len())],
        ),
    ];
    inputs.extend(
        planned.map(|p| sampled::input("Planned sample", None, Some(drawn), p, Vec::new())),
    );
    inputs
}
