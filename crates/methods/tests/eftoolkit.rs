//! X110 to X190, the battery of EFToolkit. Order: by hand, oracle, the program's own output, calibration, what
//! must not matter, refusals, words.

#![allow(clippy::panic, clippy::unwrap_used)]

use std::collections::{BTreeSet, HashMap};

use glassurn_methods::peers::Published;
use glassurn_methods::peers::eftoolkit::*;
use glassurn_methods::simulate::{Plan, election};
use glassurn_methods::{Family, Focus, Screen, Slice};
use glassurn_model::testing::Builder;
use glassurn_model::{Caveat, Count, Field, Finding, Reason, Returns, Scope};

mod ballots;
mod common;
use common::{close, data_or_skip, finding, measure, oracle, plain_csv, refusal};

const STATISTICS: [&Statistic; 6] = [
    SECOND_DIGIT_MEAN,
    LAST_DIGIT_MEAN,
    ZERO_OR_FIVE_COUNTS,
    ZERO_OR_FIVE_PERCENTAGES,
    SKEWNESS,
    KURTOSIS,
];

/// What each procedure says of the choice, or of the contest, in some of its rows.
fn findings<'a>(
    returns: &'a Returns,
    choice: usize,
    rows: &[u32],
    focus: Focus,
) -> Vec<(Finding, &'a dyn Published)> {
    let of = PEER.procedures.iter().filter(|p| p.meta().focus == focus);
    of.filter_map(|p| {
        let choice = (focus == Focus::Choice).then_some(choice);
        let slice =
            Slice { rows: rows.to_vec(), scope: Scope::Whole, ..Slice::whole(returns, 0, choice) };
        Some((p.run(&slice).finding()?.clone(), *p))
    })
    .collect()
}

// --- by hand -------------------------------------------------------------------------------------

/// Fifty stations; the last has a list shorter than its ballots.
fn by_hand() -> Returns {
    let votes = |i: i64| if i % 2 == 0 { 205 } else { 130 };
    let mut cast = vec![400; 50];
    cast[49] = 900;
    Builder::new(50)
        .field(Field::Registered, [800; 50])
        .field(Field::Cast, cast)
        .choice("A", (0..50).map(votes))
        .build()
}

#[test]
fn figures_by_hand() {
    let returns = by_hand();
    let all = returns.stations.all();
    let found = |focus| findings(&returns, 0, &all, focus);
    // Votes 205 and 130: second digits 0 and 3, last digits 5 and 0. All end in 0 or 5, and shares of 51.25, 32.5 and
    // once 14.4 % all round to a percentage that does not, so there nothing varies.
    let votes = found(Focus::Choice);
    let figure =
        |i: usize| (votes[i].0.measures[0].symbol, votes[i].0.measures[0].value, votes[i].0.used);
    assert_eq!([figure(0), figure(1)], [("2BL", 1.5, 50), ("LastC", 2.5, 50)]);
    let symbols: Vec<&str> = votes.iter().map(|(f, _)| f.measures[0].symbol).collect();
    assert_eq!(symbols, ["2BL", "LastC", "Skew", "Kurt", "DipT", "Sobyanin", "Correlation"]);
    // Ballots 400 and once 900: turnouts 50 %, and one cut at 100 %. All end in 0 or 5, so nothing varies.
    let turnout: Vec<&str> =
        found(Focus::Contest).iter().map(|(f, _)| f.measures[0].symbol).collect();
    assert_eq!(turnout, ["Skew", "Kurt", "DipT"]);
    let skewness = (0.98 - 0.02) / (0.98_f64 * 0.02).sqrt();
    close(found(Focus::Contest)[0].0.measures[0].value, skewness, 1e-9);
}

// --- oracle --------------------------------------------------------------------------------------

#[test]
fn agrees_with_rows_drawn_one_by_one() {
    for case in oracle("eftoolkit.json") {
        let column = |key| case.counts(key);
        let returns = Builder::new(column("cast").len())
            .field(Field::Registered, column("registered"))
            .field(Field::Cast, column("cast"))
            .choice("A", column("votes"))
            .build();
        for (series, prefix) in [(Series::Choice, ""), (Series::Turnout, "turnout_")] {
            let choice = (series == Series::Choice).then_some(0);
            let slice = Slice::whole(&returns, 0, choice);
            for statistic in STATISTICS {
                let key = format!("{prefix}{}", statistic.symbol);
                let procedure = Interval { draws: 40_000, ..statistic.of(series) };
                let figures = procedure.figures(&slice).unwrap();
                close(figures.value, case.number(&key), 1e-9);
                let want = case.numbers(&format!("{key}_interval"));
                // Chance in 80,000 draws, and for what is counted one step of the count.
                let step = 1.01 / figures.used as f64;
                let allowed = 0.02 * (want[1] - want[0]) + step;
                for (got, end) in figures.interval.iter().zip(&want) {
                    assert!((got - end).abs() < allowed, "{key}: {got} {want:?}");
                }
            }
            let dip = finding(Dip { series }.run(&slice));
            close(measure(&dip, "D"), case.number(&format!("{prefix}D")), 1e-9);
            assert!((measure(&dip, "DipT") - case.number(&format!("{prefix}DipT"))).abs() < 0.01);
        }
        for pair in [SLOPE_LESS_SHARE, CORRELATION] {
            let f = finding(pair.run(&Slice::whole(&returns, 0, Some(0))));
            close(f.measures[0].value, case.number(pair.symbol), 1e-9);
        }
    }
}

// --- the program's own output --------------------------------------------------------------------

/// Albania 2013 with two choices, stations by prefecture.
fn albania(text: &str) -> Returns {
    let columns = plain_csv(text, &["Registered", "Ballots", "C035", "C050"]);
    let [registered, cast, a, b]: [Vec<Count>; 4] = columns.try_into().unwrap();
    let units: Vec<&str> = text.lines().skip(1).map(|l| l.split(',').nth(1).unwrap()).collect();
    Builder::new(cast.len())
        .level("prefecture", &units)
        .field(Field::Registered, registered)
        .field(Field::Cast, cast)
        .choice("C035", a)
        .choice("C050", b)
        .build()
}

/// Its series, and how they run here.
const SERIES: [(&str, Focus, usize); 3] =
    [("Turnout", Focus::Contest, 0), ("C035", Focus::Choice, 0), ("C050", Focus::Choice, 1)];

/// One line of the program's output: figure, interval, flag.
type Line = (f64, Option<[f64; 2]>, bool);

/// Its output by level, series and statistic.
fn output(text: &str) -> HashMap<[String; 3], Line> {
    let parse = |line: &str| {
        let cells: Vec<&str> = line.split(',').map(|c| c.trim_matches('"')).collect();
        let number = |i: usize| cells[i].parse::<f64>().ok();
        let interval = number(4).zip(number(5)).map(|(low, high)| [low, high]);
        let key = [0, 1, 2].map(|i| cells[i].trim_start_matches('_').to_owned());
        (key, (number(3).unwrap(), interval, cells[7] == "1"))
    };
    text.lines().skip(1).map(parse).collect()
}

/// The rows of a level as the program names it.
fn rows(returns: &Returns, level: &str) -> Vec<u32> {
    let prefectures = &returns.stations.levels[0];
    match prefectures.units.iter().position(|u| u == level) {
        Some(unit) => prefectures.members()[unit].clone(),
        None => returns.stations.all(),
    }
}

/// Each end of each interval less the program's, in widths; and each flag that is not the program's.
#[derive(Default)]
struct Apart {
    lines: usize,
    ends: [Vec<f64>; 2],
    flags: Vec<String>,
}

impl Apart {
    fn compare(
        &mut self,
        [level, series]: [&str; 2],
        (f, p): &(Finding, &dyn Published),
        output: &HashMap<[String; 3], Line>,
    ) {
        let m = &f.measures[0];
        let (point, interval, flag) = output[&[level, series, m.symbol].map(str::to_owned)];
        self.lines += 1;
        match m.symbol {
            // The tables behind p are two simulations.
            "DipT" => {
                assert!((m.value - point).abs() < 0.005, "{level} {series}: {} {point}", m.value)
            }
            _ => close(m.value, point, 1e-9),
        }
        let mut nearest = f64::INFINITY;
        if let Some([low, high]) = interval {
            let width = high - low;
            for (ends, (symbol, want)) in self.ends.iter_mut().zip([("lo", low), ("hi", high)]) {
                ends.push((measure(f, symbol) - want) / width);
                nearest = nearest.min((want - measure(f, "c")).abs() / width);
            }
        }
        if p.met(f) != Some(flag) {
            assert!(nearest < 0.1, "{level} {series} {}: the rule is not met alike", m.symbol);
            self.flags.push(format!("{level} {series} {}", m.symbol));
        }
    }
}

#[test]
fn albania_2013_is_as_the_program_has_it() {
    let test = "albania_2013_is_as_the_program_has_it";
    let Some(text) = data_or_skip(test, "albania-2013-parliament/Albania2013.csv") else { return };
    let returns = albania(&text);
    let mut apart = Apart::default();
    for file in ["national", "prefectures"] {
        let file = format!("../../oracles/eftoolkit/basic_albania2013_{file}_R1000.csv");
        let Some(text) = data_or_skip(test, &file) else { return };
        let output = output(&text);
        let levels: BTreeSet<&str> = output.keys().map(|k| k[0].as_str()).collect();
        for level in levels {
            let rows = rows(&returns, level);
            for (series, focus, choice) in SERIES {
                for found in findings(&returns, choice, &rows, focus) {
                    apart.compare([level, series], &found, &output);
                }
            }
        }
    }
    assert_eq!(apart.lines, 13 * 25);
    // Each end is off by 3 % of the width from chance in two thousand draws, and on average by nothing.
    for ends in apart.ends {
        let n = ends.len() as f64;
        let mean = ends.iter().sum::<f64>() / n;
        let spread = (ends.iter().map(|e| e * e).sum::<f64>() / n).sqrt();
        let most = ends.iter().fold(0.0_f64, |a, b| a.max(b.abs()));
        println!(
            "{n} ends, off by {mean:.4} on average, {spread:.4} in the mean square, {most:.4} at most"
        );
        assert!(mean.abs() < 0.006 && spread < 0.045 && most < 0.15);
    }
    // Where the constant is at an end of the interval, chance decides.
    assert_eq!(apart.flags, ["BERAT C050 2BL", "DIBER Turnout Kurt", "GJIROKASTER Turnout 2BL"]);
}

/// The cells of a printed table: level, series, statistic, what is printed of its figure, and of its interval.
fn printed(text: &str) -> Vec<[String; 5]> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let headings = reader.headers().unwrap().clone();
    let records: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let cells = |pair: &[csv::StringRecord]| {
        let [figures, intervals] = pair else { panic!("a line of intervals below each") };
        let cell = |i: usize| {
            let symbol = headings[i].trim_start_matches('_');
            [&figures[0], &figures[1], symbol, &figures[i], &intervals[i]].map(str::to_owned)
        };
        (2..headings.len() - 1).map(cell).collect::<Vec<_>>()
    };
    records.chunks(2).flat_map(cells).collect()
}

/// The two ends in "(3.925, 4.555)".
fn ends(cell: &str) -> Option<[f64; 2]> {
    let (low, high) = cell.strip_prefix('(')?.strip_suffix(')')?.split_once(", ")?;
    Some([low.parse().ok()?, high.parse().ok()?])
}

#[test]
fn albania_2013_is_as_printed_for_twelve_prefectures() {
    let test = "albania_2013_is_as_printed_for_twelve_prefectures";
    let Some(text) = data_or_skip(test, "albania-2013-parliament/Albania2013.csv") else { return };
    let returns = albania(&text);
    let file = "../../oracles/eftoolkit/basic_albania2013_prefectures_table_as_printed.csv";
    let Some(text) = data_or_skip(test, file) else { return };
    let table = printed(&text);
    assert_eq!(table.iter().map(|cells| &cells[0]).collect::<BTreeSet<_>>().len(), 12);
    let (mut figures, mut intervals) = (0, 0);
    for (series, focus, choice) in SERIES {
        let levels: BTreeSet<&String> = table.iter().map(|cells| &cells[0]).collect();
        for level in levels {
            let rows = rows(&returns, level);
            for (f, _) in findings(&returns, choice, &rows, focus) {
                let m = &f.measures[0];
                let here = |cells: &&[String; 5]| cells[..3] == [level.as_str(), series, m.symbol];
                let [.., figure, interval] = table.iter().find(here).unwrap();
                let figure: f64 = figure.parse().unwrap();
                // Half of the last printed digit; the tables behind a dip's p are two simulations.
                let allowed = if m.symbol == "DipT" { 0.0055 } else { 0.000_500_1 };
                assert!(
                    (m.value - figure).abs() <= allowed,
                    "{level} {series} {}: {}",
                    m.symbol,
                    m.value
                );
                figures += 1;
                let Some([low, high]) = ends(interval) else { continue };
                for (symbol, want) in [("lo", low), ("hi", high)] {
                    // An end is off by 3 % of the width by chance, five times that at most among 432.
                    let off = (measure(&f, symbol) - want).abs();
                    assert!(off <= 0.15 * (high - low) + 0.0005, "{level} {series} {}", m.symbol);
                }
                intervals += 1;
            }
        }
    }
    assert_eq!((figures, intervals), (12 * 25, 12 * 18));
}

// --- calibration ---------------------------------------------------------------------------------

/// In how many of a hundred clean elections of 720 stations each rule is met, for one choice.
fn met(choice: usize) -> Vec<(&'static str, usize)> {
    let elections: Vec<Returns> = (1..=100)
        .map(|seed| election(&Plan { stations_per_region: 60, seed, ..Plan::default() }))
        .collect();
    let count = |p: &&'static dyn Published| {
        let focus = (p.meta().focus == Focus::Choice).then_some(choice);
        let one = |r: &&Returns| {
            p.run(&Slice::whole(r, 0, focus)).finding().and_then(|f| p.met(f)) == Some(true)
        };
        (p.meta().code, elections.iter().filter(one).count())
    };
    PEER.procedures.iter().map(count).collect()
}

#[test]
fn clean_elections_meet_the_published_rules() {
    // For the leader, and for the smallest choice; the forms print these figures.
    let (first, last) = (met(0), met(Plan::default().choices.len() - 1));
    println!("{first:?}\n{last:?}");
    let within = |met: &[(&str, usize)], code, few: usize, many: usize| {
        let count = met.iter().find(|(c, _)| *c == code).unwrap().1;
        assert!((few..=many).contains(&count), "{code}: {count}");
    };
    // Last digits keep their level where counts are large; shapes and second digits never do.
    for code in ["X120", "X121", "X130", "X131", "X140", "X141"] {
        within(&first, code, 0, 14);
    }
    within(&first, "X110", 15, 35);
    for (code, few) in [("X150", 50), ("X151", 50), ("X160", 60), ("X161", 70)] {
        within(&first, code, few, 100);
    }
    within(&last, "X150", 95, 100);
    within(&first, "X180", 0, 0);
}

/// The codes of the rules that are met.
fn codes(returns: &Returns) -> Vec<&'static str> {
    let all = returns.stations.all();
    let found = [Focus::Choice, Focus::Contest].map(|f| findings(returns, 0, &all, f)).concat();
    let met = found.iter().filter(|(f, p)| p.met(f) == Some(true));
    let mut codes: Vec<&str> = met.map(|(f, _)| f.screen).collect();
    codes.sort_unstable();
    codes
}

#[test]
fn a_clean_election_meets_half_of_the_rules() {
    let test = "a_clean_election_meets_half_of_the_rules";
    let Some(canada) = ballots::canada(test) else { return };
    let met = ["X110", "X111", "X120", "X150", "X151", "X160", "X161", "X170"];
    assert_eq!(codes(&canada), met);
    let Some(russia) = ballots::russia(test, 2011) else { return };
    let met = codes(&russia);
    assert!(!met.contains(&"X130") && !met.contains(&"X180"), "{met:?}");
    assert_eq!(met.len(), 14);
}

#[test]
fn a_choice_with_few_votes_meets_the_rule_for_last_digits() {
    let votes = (0..200).map(|i| i % 4);
    let returns = Builder::new(200).field(Field::Cast, [500; 200]).choice("A", votes).build();
    let f = finding(LAST_DIGIT_MEAN.of(Series::Choice).run(&Slice::whole(&returns, 0, Some(0))));
    assert_eq!(LAST_DIGIT_MEAN.of(Series::Choice).met(&f), Some(true));
}

// --- what must not matter ------------------------------------------------------------------------

#[test]
fn station_order_matters_to_no_digit_and_hardly_to_a_shape() {
    let honest = ballots::Honest { stations: 400, sizes: [200.0, 2_500.0], groups: 4 };
    for (procedure, tolerance) in [(SECOND_DIGIT_MEAN, 0.0), (SKEWNESS, 0.06)] {
        let [a, b] = honest.in_two_orders(&procedure.of(Series::Choice));
        close(a.measures[0].value, b.measures[0].value, 1e-12);
        let width = measure(&a, "hi") - measure(&a, "lo");
        for end in ["lo", "hi"] {
            assert!((measure(&a, end) - measure(&b, end)).abs() <= tolerance * width);
        }
    }
}

// --- refusals and words --------------------------------------------------------------------------

#[test]
fn refuses_instead_of_guessing() {
    let run = |procedure: &dyn Screen, returns: &Returns| {
        let choice = (procedure.meta().focus == Focus::Choice).then_some(0);
        refusal(procedure.run(&Slice::whole(returns, 0, choice)))
    };
    let same = ballots::Figures::same(60, [1_000, 500, 500, 231]).returns();
    for procedure in PEER
        .procedures
        .iter()
        .filter(|p| p.meta().family != Family::Shapes || p.meta().code < "X170")
    {
        assert_eq!(run(*procedure, &same), Reason::Constant, "{}", procedure.meta().code);
    }
    let one = ballots::Figures::same(1, [1_000, 500, 500, 231]).returns();
    for procedure in PEER.procedures {
        assert!(matches!(run(*procedure, &one), Reason::TooFew { used: 1, .. }));
    }
    let bare = Builder::new(60).field(Field::Cast, [500; 60]).choice("A", [5; 60]).build();
    assert!(matches!(run(&CORRELATION, &bare), Reason::ColumnMissing(_)));
    assert!(matches!(run(&SKEWNESS.of(Series::Turnout), &bare), Reason::ColumnMissing(_)));
}

#[test]
fn says_the_figure_the_rule_and_what_meets_it_innocently() {
    let f =
        finding(SECOND_DIGIT_MEAN.of(Series::Choice).run(&Slice::whole(&by_hand(), 0, Some(0))));
    assert!(f.plain.starts_with("The mean second digit of 50 counts of votes is 1.500 (interval "));
    let end = "the published rule (the 95 % interval excludes 4.187) is met, and the sizes of honest stations alone often meet it.";
    assert!(f.plain.ends_with(end));
    assert!(f.caveats.contains(&Caveat::PublishedRule) && f.p.is_none());
}
