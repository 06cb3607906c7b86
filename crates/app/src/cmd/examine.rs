//! `glassurn examine`: read, check, screen, summarise, report.

use std::path::PathBuf;

use glassurn_casefile::{
    Examination, areas, arrival, earlier,
    examination::{Checked, Settings},
    examine, report,
};
use glassurn_methods::{calibration, peers, screens};
use glassurn_model::{CheckOutcome, Returns, Severity, checks};

use crate::{
    exit_code::Exit,
    failure::{Done, Failure},
    flags::{AreaArgs, ExamineArgs, InputArgs, OrderArgs, ScopeArgs},
    input, nearest,
    output::{Views, command_line},
    progress::Progress,
    terminal,
};

/// Examines the inputs, prints the summary, writes what was asked for.
pub(crate) fn run(args: &ExamineArgs) -> Done {
    let progress = Progress::start();
    let mut loaded = input::load(&args.input, &progress)?;
    order(args, &mut loaded.returns, &progress)?;
    if let Some(before) = &args.before {
        let input = InputArgs { mapping: args.before_mapping.clone(), ..InputArgs::plain(before) };
        let before = input::load(&input, &progress)?.returns;
        progress.step("joining the earlier election");
        earlier::set_beside(&mut loaded.returns, before)?;
    }
    map(&args.map, &mut loaded.returns, &progress)?;
    let settings = settings(&args.scope, &loaded.returns)?;
    progress.step(format!("examining {} stations", loaded.returns.stations.len()));
    let examination =
        examine(loaded.returns, loaded.mapping, loaded.from, settings, command_line());
    progress.step("writing the report");
    drop(progress);
    let found = notable(&examination);
    let views = Views {
        text: &|| report::text(&examination, terminal::width(), terminal::colour()),
        page: &|| report::html(&examination),
        json: &|| report::json(&examination),
        tables: &|dir| report::tables(&examination, dir),
    };
    views.finish(&loaded.name, &args.output, found)
}

/// When stations were counted, and the thresholds, as far as the user says.
fn order(args: &ExamineArgs, returns: &mut Returns, progress: &Progress) -> Result<(), Failure> {
    let OrderArgs { states, interruption, thresholds } = &args.order;
    returns.thresholds.clone_from(thresholds);
    if !states.is_empty() {
        let load = |state: &PathBuf| input::load_state(state, &args.input, progress);
        arrival::from_states(returns, &states.iter().map(load).collect::<Result<Vec<_>, _>>()?)?;
    }
    match (interruption, &mut returns.stations.arrival) {
        (Some(when), Some(arrival)) => Ok(arrival::interrupt(arrival, when)?),
        (Some(_), None) => Err(Failure::new(
            Exit::Usage,
            "the returns do not say when stations arrived, so that no interruption divides them",
            "name the column in the mapping (`[station] arrived = \"…\"`) or give earlier states with --states",
        )),
        (None, _) => Ok(()),
    }
}

/// Puts the map under the units, where one is given.
fn map(args: &AreaArgs, returns: &mut Returns, progress: &Progress) -> Result<(), Failure> {
    let Some(file) = &args.areas else { return Ok(()) };
    progress.step(format!("reading {}", file.display()));
    let map = areas::read(file)?;
    let wish = areas::Wish { level: args.areas_level.clone(), key: args.areas_key.clone() };
    areas::attach(returns, &map, &wish).map_err(|problem| {
        let problem = format!("{}: {problem}", file.display());
        Failure::new(
            Exit::Input,
            problem,
            "name the level with --areas-level and the property with --areas-key",
        )
    })
}

/// The settings, with every name checked against what the returns have.
fn settings(args: &ScopeArgs, returns: &Returns) -> Result<Settings, Failure> {
    let choices = returns.contests.iter().flat_map(|c| &c.choices).map(|c| c.name.as_str());
    known("choice", &args.choices, choices)?;
    let levels = returns.stations.levels.iter().map(|l| l.name.as_str());
    args.published.iter().try_for_each(|key| program(key))?;
    known("level", &args.levels, levels.chain(["none"]))?;
    Ok(Settings {
        choices: args.choices.clone(),
        all_choices: args.all_choices,
        levels: args.levels.clone(),
        without_flagged: args.without_flagged,
        only: args.screens.iter().map(|s| screen_code(s)).collect::<Result<_, _>>()?,
        models: args.models,
        published: args.published.clone(),
        calibration: if args.no_calibration || args.quick {
            0
        } else {
            args.calibration.unwrap_or_else(|| calibration::draws(returns.stations.len()))
        },
    })
}

/// Refuses a name that the returns do not have, and offers the nearest.
fn known<'a>(
    what: &str,
    wanted: &[String],
    names: impl Iterator<Item = &'a str>,
) -> Result<(), Failure> {
    let names: Vec<_> = names.collect();
    let Some(unknown) = wanted.iter().find(|w| !names.contains(&w.as_str())) else { return Ok(()) };
    let problem = format!("the returns have no {what} `{unknown}`");
    let candidates = nearest::nearest(unknown, names.iter().copied());
    let hint = format!("there are: {}", names.join(" · "));
    Err(Failure::new(Exit::Usage, problem, hint).with_candidates(candidates))
}

/// Refuses a program whose procedures are not here.
fn program(key: &str) -> Result<(), Failure> {
    let keys: Vec<_> = peers::ALL.iter().map(|p| p.key).collect();
    if keys.contains(&key) {
        return Ok(());
    }
    let problem = format!("there are no procedures of a program `{key}`");
    let candidates = nearest::nearest(key, keys.iter().copied());
    let hint = format!("there are those of: {}", keys.join(", "));
    Err(Failure::new(Exit::Usage, problem, hint).with_candidates(candidates))
}

/// The code of a screen given by code or name.
pub(super) fn screen_code(wanted: &str) -> Result<String, Failure> {
    let metas: Vec<_> = screens::ALL.iter().map(|s| s.meta()).collect();
    let found = metas.iter().find(|m| m.code.eq_ignore_ascii_case(wanted) || m.name == wanted);
    found.map(|m| m.code.to_owned()).ok_or_else(|| {
        let names = metas.iter().flat_map(|m| [m.code, m.name]);
        let problem = format!("there is no screen `{wanted}`");
        Failure::new(Exit::Usage, problem, "`glassurn screens` lists them")
            .with_candidates(nearest::nearest(wanted, names))
    })
}

/// Whether an `F…` check or a screen found something.
fn notable(examination: &Examination) -> bool {
    let screened = examination.screens.iter().any(|t| t.stands_out == Some(true));
    screened || examination.checks.iter().any(impossible)
}

/// Whether this is an `F…` check with flags.
pub(crate) fn impossible(checked: &Checked) -> bool {
    let severe = checks::ALL
        .iter()
        .map(|c| c.meta())
        .any(|m| m.code == checked.code && m.severity() == Severity::Impossible);
    severe && matches!(&checked.outcome, CheckOutcome::Ran { flags, .. } if !flags.is_empty())
}
