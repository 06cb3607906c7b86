//! How often the intervals of the three-class mixture (S270) cover what was drawn, and how long a fit takes:
//!
//! ```text
//! cargo run --release -p glassurn-methods --example mixture_study -- cover > cover.tsv
//! cargo run --release -p glassurn-methods --example mixture_study -- speed 95000
//! cargo run --release -p glassurn-methods --example mixture_study -- fit qbl < counts.tsv
//! ```
//!
//! `fit` reads voters, abstentions and votes of a station a line.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::unwrap_used,
    clippy::disallowed_methods
)]

#[path = "../tests/mixture_draw/mod.rs"]
mod mixture_draw;

use std::{ops::Range, time::Instant};

use glassurn_methods::mixture::{Effort, Estimate, Fit, Form, Mode, Station};
use mixture_draw::{TRUTHS, draw, parameters};

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match args.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["cover"] => [250, 1_000, 10_000].into_iter().for_each(|stations| cover(stations, 0..40)),
        ["cover", stations, from, to] => {
            cover(stations.parse().unwrap(), from.parse().unwrap()..to.parse().unwrap())
        }
        ["speed", stations] => speed(stations.parse().unwrap()),
        ["fit", "qbl"] => fit(Form::Varying),
        ["fit", "bl"] => fit(Form::Same),
        _ => {
            eprintln!(
                "usage: mixture_study cover [STATIONS FROM TO] | speed STATIONS | fit qbl|bl < COUNTS"
            )
        }
    }
}

fn cover(stations: u64, seeds: Range<u64>) {
    println!(
        "form\tstations\tseed\tsome\tlow\tmean\thigh\tcovers\tmost\tlow\tmean\thigh\tcovers\tvotes\tlow\thigh\tcovers\tright\tmodes\tagrees\tseconds"
    );
    for seed in seeds {
        [Form::Varying, Form::Same].into_iter().for_each(|form| one(form, stations, seed));
    }
}

fn one(form: Form, stations: u64, seed: u64) {
    let [some, most] = TRUTHS[(seed % 8) as usize];
    let drawn = draw(&parameters(form, some, most), stations, seed);
    let start = Instant::now();
    let fit = match Fit::new(&drawn.stations(), form, Effort::DEFAULT) {
        Ok(fit) => fit,
        Err(why) => return println!("{form:?}\t{stations}\t{seed}\t{why}"),
    };
    let seconds = start.elapsed().as_secs_f64();
    print!("{form:?}\t{stations}\t{seed}");
    for (j, truth) in [some, most].into_iter().enumerate() {
        let Estimate { mean, interval: [low, high] } = fit.chances[j];
        let covers = u8::from(low <= truth && truth <= high);
        print!("\t{truth}\t{low:.5}\t{mean:.5}\t{high:.5}\t{covers}");
    }
    let total = drawn.votes[0];
    let [low, high] = fit.votes[0].interval;
    print!("\t{total:.0}\t{low:.0}\t{high:.0}\t{}", u8::from(low <= total && total <= high));
    let right = fit.memberships.iter().zip(&drawn.classes).filter(|(m, c)| m.class() == **c);
    let right = right.count() as f64 / stations as f64;
    println!("\t{right:.4}\t{}\t{}\t{seconds:.1}", fit.modes.len(), fit.agrees());
}

fn speed(stations: u64) {
    for form in [Form::Varying, Form::Same] {
        time(&draw(&parameters(form, 0.04, 0.01), stations, 1).stations(), form);
    }
}

fn fit(form: Form) {
    let numbers = |line: String| {
        let cells: Vec<f64> = line.split('\t').map(|c| c.parse().unwrap()).collect();
        Station::new(cells[0], cells[1], cells[2])
    };
    let stations: Vec<Station> = std::io::stdin().lines().map(|l| numbers(l.unwrap())).collect();
    time(&stations, form);
}

fn time(stations: &[Station], form: Form) {
    let start = Instant::now();
    let fit = Fit::new(stations, form, Effort::DEFAULT);
    println!("{form:?}, {} stations, {:.1} s", stations.len(), start.elapsed().as_secs_f64());
    let fit = match fit {
        Ok(fit) => fit,
        Err(why) => return println!("    {why}"),
    };
    for mode in &fit.modes {
        let Mode { log_posterior, log_mass, chances, votes, parameters, .. } = mode;
        println!("    {log_posterior:.2} {log_mass:.2} {chances:.5?} {votes:.0?} {parameters:.3?}");
    }
    println!("    {:?}\n    {:?} {:?}", fit.chances, fit.votes, fit.all_votes);
}
