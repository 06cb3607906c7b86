//! How long the integrity checks take on a national election, one thread.

use criterion::{Criterion, criterion_group, criterion_main};
use glassurn_model::{
    CheckOutcome, Column, Field, Returns,
    checks::ALL,
    testing::{Stream, clean},
};

/// 97,699 stations with 24 columns, as in the largest file of the catalogue.
fn national() -> Returns {
    let mut returns = clean(97_699, 1);
    let mut stream = Stream::new(2);
    for i in 0..12 {
        let values = (0..97_699).map(|_| Some(stream.below(900))).collect();
        returns.contests[0].extras.push(Column::reported(format!("extra {i}"), values));
    }
    returns
}

/// The same with every station's identities broken.
fn broken() -> Returns {
    let mut returns = national();
    for field in [Field::Valid, Field::Found, Field::Received] {
        let column = returns.contests[0].fields.get_mut(&field).into_iter();
        column.for_each(|c| c.values.iter_mut().for_each(|v| *v = v.map(|v| v + 13)));
    }
    returns
}

/// Runs everything; how many flags there are.
fn all(returns: &Returns) -> usize {
    let count = |outcome| match outcome {
        CheckOutcome::Ran { flags, .. } => flags.len(),
        CheckOutcome::NotApplicable { .. } => 0,
    };
    ALL.iter().map(|check| count(check.run(returns, 0))).sum()
}

fn bench(criterion: &mut Criterion) {
    let returns = national();
    let mut group = criterion.benchmark_group("97,699 stations, 24 columns");
    group.sample_size(10);
    group.bench_function("all checks", |b| b.iter(|| all(&returns)));
    for check in ALL {
        let meta = check.meta();
        let name = format!("{} {}", meta.code, meta.name);
        group.bench_function(name, |b| b.iter(|| check.run(&returns, 0)));
    }
    let returns = broken();
    group.bench_function("all checks, every station flagged", |b| b.iter(|| all(&returns)));
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);
