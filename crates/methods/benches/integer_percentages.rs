//! The exact null of whole percentages for as many stations as Russia had in 2018, on one core.

#![allow(missing_docs)]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use glassurn_methods::plug_in::{PlugIn, Windows};
use glassurn_model::testing::Stream;

const WHOLE: Windows = Windows { step: 100, half: 5 };

/// Electorates, turnouts and shares of the real range (mean electorate 1,175).
fn stations(n: usize) -> Vec<[i64; 4]> {
    let mut stream = Stream::new(2018);
    let mut station = || {
        let registered = 100 + stream.below(2_150);
        let issued = registered * (35 + stream.below(64)) / 100;
        let cast = issued - stream.below(2);
        [registered, issued, cast, cast * (50 + stream.below(49)) / 100]
    };
    (0..n).map(|_| station()).collect()
}

/// Expectation and variance of the number of stations where turnout or share is whole.
fn exact_null(stations: &[[i64; 4]]) -> [f64; 2] {
    let mut moments = [0.0; 2];
    for &[registered, issued, cast, votes] in stations {
        let share = PlugIn::new(votes, cast).within(WHOLE);
        let turnout = PlugIn::new(issued, registered).within(WHOLE);
        let p = share + turnout - share * turnout;
        moments[0] += p;
        moments[1] += p * (1.0 - p);
    }
    moments
}

fn bench(c: &mut Criterion) {
    let stations = stations(91_152);
    c.bench_function("exact null of whole percentages, 91,152 stations", |b| {
        b.iter(|| exact_null(black_box(&stations)));
    });
}

criterion_group!(benches, bench);
criterion_main!(benches);
