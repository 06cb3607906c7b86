//! Seconds that a screen takes on Russia 2018, on one thread: `cargo run --release -p glassurn-methods --example speed --
//! S280 S260`.

#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs)]

use std::time::Instant;

use glassurn_methods::{Focus, Slice, screens::ALL};

#[path = "../tests/ballots/mod.rs"]
mod ballots;
#[path = "../tests/common/mod.rs"]
mod common;

fn main() {
    let Some(returns) = ballots::russia("speed", 2018) else { return };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    for code in std::env::args().skip(1) {
        let screen = ALL.iter().find(|s| s.meta().code == code).unwrap();
        let choice = (screen.meta().focus == Focus::Choice).then_some(0);
        let slice = Slice::whole(&returns, 0, choice);
        for _ in 0..3 {
            let start = Instant::now();
            let outcome = pool.install(|| screen.run(&slice));
            let seconds = start.elapsed().as_secs_f64();
            println!("{code} {seconds:.2} s, {} stations", outcome.finding().map_or(0, |f| f.used));
        }
    }
}
