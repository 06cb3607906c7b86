//! How often each screen speaks up when nothing was changed, and when a known amount was.
//!
//! ```text
//! python3 bench/calibration_inputs.py /tmp/inputs
//! cargo run --release -p glassurn-methods --example calibrate -- size /tmp/inputs 1000 > size.tsv
//! cargo run --release -p glassurn-methods --example calibrate -- power 100 > power.tsv
//! ```
//!
//! A further argument limits the run to some screens (`S110,S310`). The tables are plain text with tabs;
//! `bench/calibration_tables.py` makes `docs/methods/calibration.md` and its pictures of them.

#![allow(clippy::print_stdout, clippy::print_stderr, clippy::unwrap_used, clippy::expect_used)]
#![allow(clippy::cast_precision_loss)]

use std::collections::BTreeMap;
use std::path::Path;

use glassurn_methods::simulate::{CleanLike, Null, Plan, Tampering, Way, election, tamper};
use glassurn_methods::{Focus, Screen, Slice, battery, screens};
use glassurn_model::{
    Column, Contest, Count, Field, Kind, Level, Place, Returns, Source, Stations,
};
use glassurn_stats::{interval, normal, uniformity};
use rayon::prelude::*;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let text: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match text[..] {
        ["size", folder, runs] => size(Path::new(folder), runs.parse().unwrap(), &chosen("")),
        ["size", folder, runs, only] => {
            size(Path::new(folder), runs.parse().unwrap(), &chosen(only));
        }
        ["power", runs] => power(runs.parse().unwrap(), &chosen("")),
        ["power", runs, only] => power(runs.parse().unwrap(), &chosen(only)),
        _ => eprintln!(
            "usage: calibrate size FOLDER RUNS [SCREENS] | calibrate power RUNS [SCREENS]"
        ),
    }
}

/// The screens asked for; all quick ones when none is.
fn chosen(only: &str) -> Vec<&'static dyn Screen> {
    let only = only.split(',').filter(|c| !c.is_empty()).map(str::to_owned).collect();
    let plan = battery::Plan { only, ..battery::Plan::default() };
    let wanted = |s: &&&dyn Screen| plan.wants(&s.meta());
    screens::ALL.iter().filter(wanted).copied().collect()
}

/// The p-values of the screens on the whole of an election; `None` where one refuses or has none.
///
/// The choice in focus is the leader; a screen that refuses it (missing zeros of a large choice) gets the
/// smallest choice that it takes.
fn p_values(returns: &Returns, screens: &[&dyn Screen]) -> Vec<Option<f64>> {
    let contest = &returns.contests[0];
    let mut ascending: Vec<usize> = (0..contest.choices.len()).collect();
    ascending.sort_by_key(|&c| contest.choices[c].total());
    let choices: Vec<Option<usize>> =
        contest.leader().into_iter().chain(ascending).map(Some).collect();
    let p = |screen: &&dyn Screen| {
        let focus = if screen.meta().focus == Focus::Choice { &choices[..] } else { &[None] };
        let answer = |choice: &Option<usize>| {
            screen.run(&Slice::whole(returns, 0, *choice)).finding().cloned()
        };
        Some(focus.iter().find_map(answer)?.p?.value)
    };
    screens.iter().map(p).collect()
}

// --- size ----------------------------------------------------------------------------------------

fn size(folder: &Path, runs: u64, screens: &[&'static dyn Screen]) {
    println!("data\tscreen\tname\truns\tat5\tlow5\thigh5\tat1\tks_d\tks_p");
    let demo = |seed| election(&Plan { seed, ..Plan::default() });
    report("demo plan", runs, screens, &demo);
    for name in ["israel-2015", "russia-2018"] {
        let path = folder.join(name).with_extension("tsv");
        let Ok(text) = std::fs::read_to_string(&path) else {
            eprintln!("skipped: {name} (no {})", path.display());
            continue;
        };
        let like = CleanLike::of(&read(&text), 0, Null::Smooth).expect("a contest with choices");
        report(name, runs, screens, &|seed| like.election(seed));
    }
}

type Draw<'a> = dyn Fn(u64) -> Returns + Sync + 'a;

fn report(name: &str, runs: u64, screens: &[&'static dyn Screen], draw: &Draw<'_>) {
    let all: Vec<Vec<Option<f64>>> =
        (1..=runs).into_par_iter().map(|seed| p_values(&draw(seed), screens)).collect();
    for (number, screen) in screens.iter().enumerate() {
        let ps: Vec<f64> = all.iter().filter_map(|run| run[number]).collect();
        let at = |level: f64| ps.iter().filter(|p| **p <= level).count() as u64;
        let n = ps.len() as u64;
        let [low, high] = interval::wilson(at(0.05), n, normal::quantile(0.975));
        let (d, p) = uniformity::ks(&ps);
        let meta = screen.meta();
        let share = |k: u64| k as f64 / n as f64;
        println!(
            "{name}\t{}\t{}\t{n}\t{:.4}\t{low:.4}\t{high:.4}\t{:.4}\t{d:.4}\t{p:.2e}",
            meta.code,
            meta.name,
            share(at(0.05)),
            share(at(0.01))
        );
    }
}

// --- power ---------------------------------------------------------------------------------------

/// Shares of stations that are changed.
const SHARES: [f64; 8] = [0.0, 0.01, 0.02, 0.05, 0.1, 0.2, 0.4, 0.8];

/// Strengths of each way: a weak and a strong one.
fn strengths(way: Way) -> [f64; 2] {
    match way {
        Way::Stuffing | Way::Moving => [0.1, 0.4],
        Way::Rounding => [0.0, 0.3],
        Way::Invention | Way::Copying | Way::Bundling => [0.5, 1.0],
        Way::Extreme => [0.7, 0.925],
        Way::Proportional => [0.02, 0.1],
    }
}

fn power(runs: u64, screens: &[&'static dyn Screen]) {
    println!("way\tstrength\tshare\tscreen\tname\truns\tat5\tstations\tvotes");
    let clean: Vec<Returns> = (1..=runs)
        .into_par_iter()
        .map(|seed| election(&Plan { seed, ..Plan::default() }))
        .collect();
    for way in Way::ALL {
        for strength in strengths(way) {
            for share_of_stations in SHARES {
                let how =
                    |seed| Tampering { way, share_of_stations, strength, units: Vec::new(), seed };
                curve(&clean, &how, screens);
            }
        }
    }
}

/// What one changed election gives: p-values, stations changed, votes changed.
type Run = (Vec<Option<f64>>, f64, f64);

fn curve(
    clean: &[Returns],
    how: &(dyn Fn(u64) -> Tampering + Sync),
    screens: &[&'static dyn Screen],
) {
    let run = |(seed, returns): (usize, &Returns)| {
        let changed = tamper(returns, &how(seed as u64));
        (p_values(&changed.returns, screens), changed.stations as f64, changed.votes as f64)
    };
    let all: Vec<Run> = clean.par_iter().enumerate().map(run).collect();
    let mean = |of: &dyn Fn(&Run) -> f64| all.iter().map(of).sum::<f64>() / all.len() as f64;
    let (stations, votes) = (mean(&|r| r.1), mean(&|r| r.2));
    let t = how(0);
    for (number, screen) in screens.iter().enumerate() {
        let ps: Vec<f64> = all.iter().filter_map(|run| run.0[number]).collect();
        let hits = ps.iter().filter(|p| **p <= 0.05).count() as f64 / ps.len().max(1) as f64;
        println!(
            "{}\t{}\t{}\t{}\t{}\t{}\t{hits:.3}\t{stations:.0}\t{votes:.0}",
            t.way.key(),
            t.strength,
            t.share_of_stations,
            screen.meta().code,
            screen.meta().name,
            ps.len()
        );
    }
}

// --- reading -------------------------------------------------------------------------------------

/// Returns from a table whose headings are `level:…`, `kind`, `field:…`, `choice:…`.
fn read(text: &str) -> Returns {
    let mut lines = text.lines();
    let headings: Vec<&str> = lines.next().expect("a heading").split('\t').collect();
    let rows: Vec<Vec<&str>> = lines.map(|l| l.split('\t').collect()).collect();
    let column = |at: usize| -> Vec<Count> { rows.iter().map(|r| r[at].parse().ok()).collect() };
    let mut fields = BTreeMap::new();
    let (mut choices, mut levels, mut kinds) = (Vec::new(), Vec::new(), Vec::new());
    for (at, heading) in headings.iter().enumerate() {
        match heading.split_once(':') {
            Some(("level", name)) => levels.push(level(name, rows.iter().map(|r| r[at]))),
            Some(("field", key)) => {
                let field = Field::from_key(key).expect("a field's key");
                fields.insert(field, Column::reported(field.title(), column(at)));
            }
            Some((_, name)) => choices.push(Column::reported(name, column(at))),
            None => kinds = rows.iter().map(|r| kind(r[at])).collect(),
        }
    }
    let contest = Contest {
        name: "contest".to_owned(),
        kind: Default::default(),
        fields,
        choices,
        extras: Vec::new(),
        exhaustive: true,
        declared: Vec::new(),
    };
    let numbered = || (0_u32..).take(rows.len());
    let stations = Stations {
        ids: numbered().map(|i| i.to_string()).collect(),
        places: numbered().map(|i| Place { source: 0, row: i + 2 }).collect(),
        kinds,
        levels,
        coordinates: None,
        areas: None,
    };
    let sources = vec![Source::default()];
    Returns { sources, stations, contests: vec![contest], ..Returns::default() }
}

fn kind(text: &str) -> Kind {
    match text {
        "special" => Kind::Special,
        "abroad" => Kind::Abroad,
        _ => Kind::Ordinary,
    }
}

fn level<'a>(name: &str, cells: impl Iterator<Item = &'a str>) -> Level {
    let mut level = Level { name: name.to_owned(), units: Vec::new(), of: Vec::new() };
    let mut known = BTreeMap::new();
    for cell in cells {
        let number = *known.entry(cell).or_insert_with(|| {
            level.units.push(cell.to_owned());
            u32::try_from(level.units.len() - 1).unwrap()
        });
        level.of.push(number);
    }
    level
}
