//! Writes `src/dip/table.rs`: quantiles of √n · dip for uniform samples, simulated.
//!
//! ```text
//! cargo run -p glassurn-stats --example dip_table > crates/stats/src/dip/table.rs
//! ```

#![allow(clippy::print_stdout, clippy::cast_precision_loss, clippy::cast_possible_truncation)]
#![allow(clippy::cast_sign_loss)]

use glassurn_stats::{dip, rng, sample};

const LEVELS: [f64; 23] = [
    0.0, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.925, 0.95, 0.975,
    0.98, 0.99, 0.995, 0.998, 0.999, 0.9999,
];

const SIZES: [usize; 22] = [
    4, 5, 6, 7, 8, 9, 10, 12, 15, 20, 30, 50, 80, 120, 200, 500, 1_000, 2_000, 5_000, 10_000,
    20_000, 50_000,
];

/// How many samples of a size, so that large ones do not take hours.
fn samples(n: usize) -> u64 {
    match n {
        ..=500 => 100_000,
        501..=5_000 => 40_000,
        _ => 20_000,
    }
}

/// A uniform sample in order: sums of exponential steps.
fn ordered(n: usize, draw: u64) -> Vec<f64> {
    let mut stream = rng::stream(n as u64, "dip table", draw);
    let mut sum = 0.0;
    let step = |_| {
        sum -= sample::uniform(&mut stream).ln();
        sum
    };
    (0..n).map(step).collect()
}

fn main() {
    println!("//! Quantiles of √n · dip for uniform samples; made by `examples/dip_table.rs`.\n");
    println!("/// Levels of the columns.\npub(super) const LEVELS: [f64; 23] = [");
    LEVELS.iter().for_each(|l| println!("    {l:?},"));
    println!("];\n\n/// Sample sizes and their quantiles.");
    println!("#[rustfmt::skip]\npub(super) const ROWS: [(usize, [f64; 23]); {}] = [", SIZES.len());
    for n in SIZES {
        let of = |draw| dip::statistic(&ordered(n, draw)) * (n as f64).sqrt();
        let mut dips: Vec<f64> = (0..samples(n)).map(of).collect();
        dips.sort_by(f64::total_cmp);
        let at = |level: f64| dips[(level * (dips.len() - 1) as f64) as usize];
        let row: Vec<String> = LEVELS.iter().map(|l| format!("{:.5}", at(*l))).collect();
        println!("    ({n}, [{}]),", row.join(", "));
    }
    println!("];");
}
