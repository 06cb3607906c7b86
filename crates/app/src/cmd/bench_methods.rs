//! `glassurn bench-methods`: the screens on elections whose truth is known.

use std::fmt::Write as _;

use glassurn_casefile::report;
use glassurn_methods::{
    Cost, Meta, Purpose, Screen,
    peers::{self, ByItsRule},
    proving::{self, Cell, Rate, Standing, Suite},
    screens,
    simulate::shapes,
};

use crate::{
    clock,
    exit_code::Exit,
    failure::{Done, Failure},
    flags::{BenchMethodsArgs, InputArgs},
    input, interrupt, nearest,
    progress::Progress,
    terminal,
};

/// Measures, prints the summary, writes the table.
pub(crate) fn run(args: &BenchMethodsArgs) -> Done {
    let progress = Progress::start();
    let real = args.real.iter().map(|input| {
        let loaded = input::load(&InputArgs::plain(input), &progress)?;
        Ok((loaded.name, loaded.returns))
    });
    let rules: Vec<ByItsRule> = peers::procedures().map(ByItsRule).collect();
    let suite = Suite {
        screens: chosen(args, &rules)?,
        runs: count(args.runs),
        changed_runs: count(args.changed_runs),
        stations: args.stations,
        real: real.collect::<Result<_, Failure>>()?,
        real_runs: count(args.real_runs),
        seed: args.seed,
    };
    let cells = proving::run(&suite, &|done, of| {
        progress.step(format!("measuring: election {done} of {of}"));
    });
    drop(progress);
    terminal::print(&summary(&suite, &cells))?;
    if let Some(to) = &args.to {
        let _writing = interrupt::writing();
        report::write_atomically(to, proving::write(&cells).as_bytes())
            .map_err(|e| Failure::output(&to.display().to_string(), &e))?;
        terminal::print(&format!("every measurement: {}", to.display()))?;
    }
    Ok(Exit::Done)
}

/// The screens and procedures asked for.
fn chosen<'a>(
    args: &BenchMethodsArgs,
    rules: &'a [ByItsRule],
) -> Result<Vec<&'a dyn Screen>, Failure> {
    let procedures = rules.iter().map(|rule| rule as &dyn Screen);
    let all: Vec<&dyn Screen> = screens::ALL.iter().copied().chain(procedures).collect();
    let metas = || all.iter().map(|s| s.meta());
    let is = |m: &Meta, wanted: &str| m.code.eq_ignore_ascii_case(wanted) || m.name == wanted;
    if let Some(wanted) = args.screens.iter().find(|w| !metas().any(|m| is(&m, w))) {
        let problem = format!("there is no screen or procedure `{wanted}`");
        return Err(Failure::new(Exit::Usage, problem, "`glassurn screens` lists them")
            .with_candidates(nearest::nearest(wanted, metas().flat_map(|m| [m.code, m.name]))));
    }
    let wanted = |m: &Meta| match args.screens.is_empty() {
        true => m.cost <= if args.models { Cost::Slow } else { Cost::Quick },
        false => args.screens.iter().any(|w| is(m, w)),
    };
    Ok(all.iter().copied().filter(|s| wanted(&s.meta())).collect())
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// One line for each screen.
fn summary(suite: &Suite<'_>, cells: &[Cell]) -> String {
    let mut text = format!(
        "Every screen by its own rule, {} elections of each shape, about {} stations each, seed {}\n\n\
         {:<6}{:<28}{:>7}  {:>7}  {:<20}{:>8}{:>9}{:>9}  {}\n",
        suite.runs,
        suite.stations,
        suite.seed,
        "",
        "",
        "honest",
        "hardest",
        "(which)",
        "bias",
        "covers",
        "ms",
        "sees, from which share of stations on"
    );
    for screen in &suite.screens {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{}", line(suite, *screen, cells));
    }
    text += "\nhonest: stands out in elections where every null hypothesis holds; hardest: the honest shape where\n\
             it does so most often; sees: stands out at least every other time in the plain shape, and clearly\n\
             more often than with nothing changed.\n";
    text
}

fn line(suite: &Suite<'_>, screen: &dyn Screen, cells: &[Cell]) -> String {
    let meta = screen.meta();
    let standing = Standing::of(cells, meta.code);
    let percent = |rate: Option<Rate>| {
        rate.map_or_else(|| "describes".to_owned(), |r| format!("{:.1} %", 100.0 * r.share()))
    };
    let (base, worst) =
        standing.hard.first().map_or(("", None), |(base, rate)| (base, Some(*rate)));
    let estimates = standing.estimates;
    let bias = estimates.map_or(String::new(), |e| format!("{:+.0} %", 100.0 * e.bias));
    let covers = estimates.filter(|e| e.given > 0).map_or(String::new(), |e| {
        format!("{:.0} %", 100.0 * f64::from(e.covered) / f64::from(e.given))
    });
    let sees: Vec<String> = standing
        .sees
        .iter()
        .map(|(way, amount)| format!("{} {} %", way.key(), 100.0 * amount))
        .collect();
    let worst = worst.map_or(String::new(), |r| percent(Some(r)));
    format!(
        "{:<6}{:<28}{:>9}{worst:>9}  {base:<20}{bias:>8}{covers:>9}{:>9.1}  {}",
        meta.code,
        meta.name,
        percent(standing.easy),
        time(suite, screen),
        sees.join(", ")
    )
}

/// Milliseconds for one plain election: the middle of five.
fn time(suite: &Suite<'_>, screen: &dyn Screen) -> f64 {
    let Some(plain) = shapes::ALL.first() else { return 0.0 };
    let returns = plain.election(suite.stations, suite.seed);
    let mut times: Vec<f64> = (0..5)
        .map(|_| {
            clock::milliseconds(|| drop(proving::answers(&returns, &[screen], Purpose::Report)))
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}
