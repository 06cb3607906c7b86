//! Speed of the kernels that screens lean on: `cargo bench -p glassurn-stats`.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use glassurn_stats::{beta_binomial, binomial, poisson_binomial, uniformity, weighted_bernoulli};

/// As many stations as Russia had in 2018, each with about one chance in a hundred.
fn stations() -> Vec<f64> {
    (0..91_000_u32).map(|i| 0.005 + f64::from(i * 7919 % 1000) / 100_000.0).collect()
}

fn poisson_binomials(c: &mut Criterion) {
    let p = stations();
    c.bench_function("poisson_binomial::moments 91,000", |b| {
        b.iter(|| poisson_binomial::moments(black_box(&p)))
    });
    for k in [950, 1_500] {
        c.bench_function(&format!("poisson_binomial::sf 91,000 at {k}"), |b| {
            b.iter(|| poisson_binomial::sf(black_box(&p), k))
        });
    }
    let half = vec![0.4; 200_000];
    c.bench_function("poisson_binomial::two_sided 200,000 wide", |b| {
        b.iter(|| poisson_binomial::two_sided(black_box(&half), 80_100))
    });
    let weights: Vec<f64> = (0..91_000_u32).map(|i| f64::from(i % 2000)).collect();
    let (mean, variance) = weighted_bernoulli::moments(&weights, &p);
    c.bench_function("weighted_bernoulli::sf_saddlepoint 91,000", |b| {
        let x = mean + 3.0 * variance.sqrt();
        b.iter(|| weighted_bernoulli::sf_saddlepoint(black_box(&weights), &p, x))
    });
}

fn single_laws(c: &mut Criterion) {
    c.bench_function("binomial::pmf 1,500", |b| {
        b.iter(|| binomial::pmf(black_box(731), 1_500, 0.48))
    });
    c.bench_function("binomial::between 1,500, 15 wide", |b| {
        b.iter(|| binomial::between(black_box(720), 735, 1_500, 0.48))
    });
    c.bench_function("binomial::sf 100,000", |b| {
        b.iter(|| binomial::sf(black_box(48_200), 100_000, 0.48))
    });
    c.bench_function("beta_binomial::sf 1,500", |b| {
        b.iter(|| beta_binomial::sf(black_box(731), 1_500, 40.0, 45.0))
    });
    let values: Vec<f64> = (0..1_000).map(|i| (f64::from(i) + 0.3) / 1_000.0).collect();
    c.bench_function("uniformity::ks 1,000", |b| b.iter(|| uniformity::ks(black_box(&values))));
}

criterion_group!(benches, poisson_binomials, single_laws);
criterion_main!(benches);
