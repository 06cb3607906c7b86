//! `glassurn quickcount`: shares, margin and turnout from a random sample of stations.

use std::path::Path;

use glassurn_casefile::{
    RawTable,
    sampled::{self, Sample, SampleColumns},
};
use glassurn_methods::parallel::Single;
use glassurn_model::CountKind;

use crate::{
    cmd::account,
    exit_code::Exit,
    failure::{Done, Failure},
    flags::{QuickcountArgs, SingleArg},
    input, nearest,
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
    let official = official(args)?;
    let inputs = inputs(&sample, &table, &frame, planned.as_ref());
    let name = input::stem(&args.sample);
    let account = sampled::sample_account(&sample, &official, inputs, &name, command_line());
    drop(progress);
    account::finish(&account, &format!("{name}-quickcount"), &args.output)
}

fn columns(args: &QuickcountArgs) -> SampleColumns {
    SampleColumns {
        stratum: args.stratum.clone(),
        votes: args.votes.clone(),
        total: args.total.clone(),
        registered: args.registered.clone(),
        time: args.time.clone(),
        key: args.key.clone(),
        frame: args.frame_columns.clone(),
    }
}

/// Official shares in the order of the contestants.
fn official(args: &QuickcountArgs) -> Result<Vec<Option<f64>>, Failure> {
    let mut shares = vec![None; args.votes.len()];
    for (name, share) in &args.official {
        let Some(at) = args.votes.iter().position(|v| v == name) else {
            let problem = format!("`{name}` is none of the columns of --votes");
            let near = nearest::nearest(name, args.votes.iter().map(String::as_str));
            let hint = "give official shares under the names of --votes";
            return Err(Failure::new(Exit::Usage, problem, hint).with_candidates(near));
        };
        shares[at] = Some(*share);
    }
    Ok(shares)
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
