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
    paper,
    progress::Progress,
    terminal,
};

/// Joins what is at hand, writes the folder or the press page, prints the sentences.
pub(crate) fn run(args: &DossierArgs) -> Done {
    let date = args.date.as_deref().map(day).transpose()?;
    if args.pdf {
        paper::ready()?;
    }
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
    let out = write(&dossier, args, date)?;
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

/// A day, as it is written in the folder's description.
fn day(text: &str) -> Result<PartialDate, Failure> {
    let date = PartialDate::parse(text).ok().flatten().filter(|d| d.day().is_some());
    let problem = || format!("`{text}` is no day");
    date.ok_or_else(|| Failure::new(Exit::Usage, problem(), "write it as 2026-11-24"))
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
fn write(
    dossier: &Dossier,
    args: &DossierArgs,
    date: Option<PartialDate>,
) -> Result<PathBuf, Failure> {
    let _writing = interrupt::writing();
    match args.reader {
        Reader::Anybody => folder(dossier, args, date),
        Reader::Press => sheet(dossier, args, date),
    }
}

fn folder(
    dossier: &Dossier,
    args: &DossierArgs,
    date: Option<PartialDate>,
) -> Result<PathBuf, Failure> {
    let out = args.out.clone().unwrap_or_else(|| format!("{}-dossier", args.election).into());
    let mut beside = Vec::new();
    if args.pdf {
        let set = |page: &str| paper::set(page, &args.election, date.and_then(on_paper));
        beside.push(("dossier.pdf", set(&report::dossier_html(dossier))?));
        beside.push(("press.pdf", set(&report::press_html(dossier))?));
    }
    let day = date.map(|d| d.to_string());
    write_dossier(dossier, &out, day.as_deref(), &beside).map_err(|e| refused(&out, e))?;
    Ok(out)
}

fn sheet(
    dossier: &Dossier,
    args: &DossierArgs,
    date: Option<PartialDate>,
) -> Result<PathBuf, Failure> {
    let out = args.out.clone().unwrap_or_else(|| format!("{}-press.html", args.election).into());
    let page = report::press_html(dossier);
    let put = |file: &Path, bytes: &[u8]| {
        write_atomically(file, bytes).map_err(|e| Failure::output(&file.display().to_string(), &e))
    };
    if args.pdf {
        let bytes = paper::set(&page, &args.election, date.and_then(on_paper))?;
        put(&out.with_extension("pdf"), &bytes)?;
    }
    put(&out, page.as_bytes())?;
    Ok(out)
}

/// A day in numbers.
fn on_paper(date: PartialDate) -> Option<paper::Day> {
    Some((i32::from(date.year()), date.month()?, date.day()?))
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
