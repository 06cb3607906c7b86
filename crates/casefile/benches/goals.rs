//! What bench/README.md states a goal for, on as many stations as Russia had in 2018, one core: Russia's own where
//! the file is at hand, a simulated election of the same size otherwise.
//!
//! What is measured is processor time, since on a shared machine the clock counts what others do.
//!
//! `RAYON_NUM_THREADS=1 cargo bench -p glassurn-casefile --bench goals`

#![allow(missing_docs, clippy::unwrap_used)]

use std::path::PathBuf;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use criterion::measurement::{Measurement, ValueFormatter, WallTime};
use criterion::{Criterion, SamplingMode, criterion_group, criterion_main};
use glassurn_casefile::formats::{ReadOptions, read};
use glassurn_casefile::{catalogue, examination, mapping};
use glassurn_methods::simulate::{Plan, election};
use glassurn_methods::{Focus, Purpose, Screen, Slice, peers, screens};
use glassurn_model::Returns;

const NAME: &str = "russia-2018";

/// Screens that belong together in a goal.
const GROUPS: [(&str, &[&str]); 3] = [
    ("digits", &["S110", "S112", "S113", "S120", "S130", "S140"]),
    ("integer", &["S210"]),
    ("coarse", &["S220"]),
];

/// Single screens with a goal of their own: votes beyond a ratio, Klimek's fit, resampled density.
const SINGLE: [&str; 3] = ["S250", "S260", "S280"];

/// Processor time of all threads of this process, to a few milliseconds.
struct Processor;

static CLOCK: WallTime = WallTime;

impl Measurement for Processor {
    type Intermediate = Duration;
    type Value = Duration;

    fn start(&self) -> Duration {
        spent()
    }

    fn end(&self, start: Duration) -> Duration {
        spent().saturating_sub(start)
    }

    fn add(&self, a: &Duration, b: &Duration) -> Duration {
        *a + *b
    }

    fn zero(&self) -> Duration {
        Duration::ZERO
    }

    fn to_f64(&self, value: &Duration) -> f64 {
        CLOCK.to_f64(value)
    }

    fn formatter(&self) -> &dyn ValueFormatter {
        CLOCK.formatter()
    }
}

/// What Linux says that the threads have run; the clock elsewhere.
fn spent() -> Duration {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    let Ok(threads) = std::fs::read_dir("/proc/self/task") else { return START.elapsed() };
    let run = |thread: std::fs::DirEntry| {
        let text = std::fs::read_to_string(thread.path().join("schedstat")).ok()?;
        text.split_whitespace().next()?.parse::<u64>().ok()
    };
    Duration::from_nanos(threads.flatten().filter_map(run).sum())
}

/// The returns, and what they are.
fn returns() -> (Returns, &'static str) {
    match real() {
        Some(returns) => (returns, "Russia 2018"),
        None => (simulated(), "simulated"),
    }
}

fn real() -> Option<Returns> {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/raw");
    let data =
        std::env::var_os("GLASSURN_DATA").map_or_else(|| PathBuf::from(beside), PathBuf::from);
    let path = catalogue::locate(NAME, Some(&data), None)?;
    let map = catalogue::find(NAME)?.mapping().ok()?;
    let tables = read(&path, &ReadOptions::default()).ok()?.tables;
    mapping::apply(&tables, &map).ok()
}

/// 119 regions of 821 stations are 97,699.
fn simulated() -> Returns {
    election(&Plan {
        regions: (1..=119).map(|number| format!("Region {number}")).collect(),
        stations_per_region: 821,
        ..Plan::default()
    })
}

/// The screen with this code and the slice that it looks at: the contest, or the leader's.
fn job<'a>(returns: &'a Returns, code: &str) -> (&'static dyn Screen, Slice<'a>) {
    let screen = screens::ALL.iter().copied().find(|s| s.meta().code == code).unwrap();
    let leader = returns.contests[0].leader();
    let choice = if screen.meta().focus == Focus::Choice { leader } else { None };
    (screen, Slice::whole(returns, 0, choice))
}

/// The slice of a screen whose pictures nobody looks at.
fn judged<'a>(slice: &Slice<'a>) -> Slice<'a> {
    Slice { purpose: Purpose::Judging, ..slice.clone() }
}

/// Arithmetic, digits, whole percentages and coarse fractions, singly and together: 50 ms.
fn quick(criterion: &mut Criterion<Processor>) {
    let (returns, which) = returns();
    let mut group =
        criterion.benchmark_group(format!("{which}, {} stations", returns.stations.len()));
    group
        .sample_size(10)
        .sampling_mode(SamplingMode::Flat)
        .measurement_time(Duration::from_secs(3));
    group.bench_function("arithmetic", |b| b.iter(|| examination::check(&returns)));
    let mut every = Vec::new();
    for (name, codes) in GROUPS {
        let jobs: Vec<_> = codes.iter().map(|code| job(&returns, code)).collect();
        for (code, (screen, slice)) in codes.iter().zip(&jobs) {
            group.bench_function(*code, |b| b.iter(|| screen.run(slice)));
        }
        if jobs.len() > 1 {
            group.bench_function(name, |b| {
                b.iter(|| jobs.iter().for_each(|(screen, slice)| drop(screen.run(slice))));
            });
        }
        every.extend(jobs);
    }
    let judged: Vec<_> = every.iter().map(|(screen, slice)| (*screen, judged(slice))).collect();
    group.bench_function("all of these, without pictures", |b| {
        b.iter(|| {
            drop(examination::check(&returns));
            judged.iter().for_each(|(screen, slice)| drop(screen.run(slice)));
        });
    });
    group.bench_function("all of these", |b| {
        b.iter(|| {
            drop(examination::check(&returns));
            every.iter().for_each(|(screen, slice)| drop(screen.run(slice)));
        });
    });
    group.finish();
}

/// EFToolkit's nine procedures with 1,000 resamples (2 s); screens with resamples or a fit (1 s, 5 s, 5 s); spikes
/// with 1,000 resamples and its mixtures (5 s).
fn slow(criterion: &mut Criterion<Processor>) {
    let (returns, which) = returns();
    let mut group =
        criterion.benchmark_group(format!("{which}, {} stations", returns.stations.len()));
    group
        .sample_size(10)
        .sampling_mode(SamplingMode::Flat)
        .measurement_time(Duration::from_secs(5));
    for key in ["eftoolkit", "spikes"] {
        let leader = Slice::whole(&returns, 0, returns.contests[0].leader());
        let procedures = peers::find(key).unwrap().procedures;
        group.bench_function(key, |b| {
            b.iter(|| procedures.iter().for_each(|p| drop(p.run(&leader))));
        });
    }
    for code in SINGLE {
        let (screen, slice) = job(&returns, code);
        group.bench_function(code, |b| b.iter(|| screen.run(&slice)));
    }
    group.finish();
}

criterion_group! {
    name = benches;
    config = Criterion::default().with_measurement(Processor);
    targets = quick, slow
}
criterion_main!(benches);
