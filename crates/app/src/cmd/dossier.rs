//! `glassurn dossier`: records, returns and independent counts of one election in one report.

use std::path::{Path, PathBuf};

use glassurn_casefile::{
    Account, Dossier, Examination,
    comparison::{self, Settings, Source},
    dossier::{FolderError, write_dossier},
    examination, examine,
    register::{At, Store, seed},
    report::{self, write_atomically},
};
use glassurn_model::register::{PartialDate, Register};

use crate::{
    exit_code::Exit,
    failure::{Done, Failure},
    flags::{
        InputArgs,
        dossier::{DossierArgs, Reader},
    },
    input, interrupt, nearest,
    output::command_line,
    progress::Progress,
    terminal,
};

/// Joins what is at hand, writes the folder or the press page, prints the sentences.
pub(crate) fn run(args: &DossierArgs) -> Done {
    let date = args.date.as_deref().map(day).transpose()?;
    let progress = Progress::start();
    let register = register(args)?;
    if register.election(&args.election).is_none() {
        return Err(unknown(&register, &args.election));
    }
    let counts = counts(args, &progress)?;
    let returns = returns(args, &progress)?;
    drop(progress);
    let dossier = Dossier::new(&register, &args.election, returns, counts, command_line())
        .ok_or_else(|| unknown(&register, &args.election))?;
    let out = write(&dossier, args, date.as_deref())?;
    terminal::print(&report::dossier_text(&dossier, terminal::width(), terminal::colour()))?;
    terminal::tell(&format!("dossier: {}", out.display()));
    Ok(Exit::Done)
}

/// The register at hand, without what may not leave this machine.
fn register(args: &DossierArgs) -> Result<Register, Failure> {
    let file = &args.register;
    let tables = match file.to_str() {
        Some("demo") if !file.exists() => seed()?.tables,
        _ => Store::open(file)?.tables(&At::Now)?,
    };
    Ok(args.care.of(tables).register()?)
}

/// The election is not recorded; the nearest are.
fn unknown(register: &Register, election: &str) -> Failure {
    let names = register.elections.iter().map(|e| e.id.as_str());
    let problem = format!("the register has no election `{election}`");
    let hint = format!("it has: {}", names.clone().collect::<Vec<_>>().join(" · "));
    Failure::new(Exit::Usage, problem, hint).with_candidates(nearest::nearest(election, names))
}

/// A day as it is written in the folder's description.
fn day(text: &str) -> Result<String, Failure> {
    let date = PartialDate::parse(text).ok().flatten().filter(|d| d.day().is_some());
    let problem = || format!("`{text}` is no day");
    date.map(|d| d.to_string())
        .ok_or_else(|| Failure::new(Exit::Usage, problem(), "write it as 2026-11-24"))
}

/// What each input of results shows.
fn returns(args: &DossierArgs, progress: &Progress) -> Result<Vec<Examination>, Failure> {
    let examined = |path: &PathBuf| {
        let loaded = input::load(&InputArgs::plain(path), progress)?;
        progress.step(format!("examining {} stations", loaded.returns.stations.len()));
        let settings = examination::Settings::default();
        Ok(examine(loaded.returns, loaded.mapping, loaded.from, settings, command_line()))
    };
    args.returns.iter().map(examined).collect()
}

/// What independent counts, or announced totals, show beside the first results.
fn counts(args: &DossierArgs, progress: &Progress) -> Result<Option<Account>, Failure> {
    let Some(first) = args.returns.first() else { return Ok(None) };
    let mut sources = vec![Source {
        returns: input::load(&InputArgs::plain(first), progress)?.returns,
        kind: None,
    }];
    for with in &args.with {
        let returns = input::load_count(&InputArgs::plain(&with.input), progress)?.returns;
        sources.push(Source { returns, kind: with.kind });
    }
    let settings = Settings {
        announced: args.announced.clone(),
        announced_by: args.announced_by.clone(),
        stations: args.stations,
        ..Settings::default()
    };
    progress.step("comparing");
    let account = comparison::compare(&sources, &settings, command_line());
    Ok((!account.answers.is_empty()).then_some(account))
}

/// Writes the folder or the page; answers where.
fn write(dossier: &Dossier, args: &DossierArgs, date: Option<&str>) -> Result<PathBuf, Failure> {
    let _writing = interrupt::writing();
    let (end, for_press) = match args.reader {
        Reader::Anybody => ("dossier", false),
        Reader::Press => ("press.html", true),
    };
    let out = args.out.clone().unwrap_or_else(|| format!("{}-{end}", args.election).into());
    if for_press {
        write_atomically(&out, report::press_html(dossier).as_bytes())
            .map_err(|e| Failure::output(&out.display().to_string(), &e))?;
    } else {
        write_dossier(dossier, &out, date).map_err(|e| refused(&out, e))?;
    }
    Ok(out)
}

fn refused(out: &Path, error: FolderError) -> Failure {
    match error {
        FolderError::Io(e) => Failure::output(&out.display().to_string(), &e),
        FolderError::Occupied(_) => {
            let hint = "a dossier is written into a new folder; name one with --out";
            Failure::new(Exit::Output, error.to_string(), hint)
        }
    }
}
