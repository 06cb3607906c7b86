//! S910 late-count. Order: by hand, oracle, invariances, calibration, power, refusals, words.

#![allow(clippy::cast_sign_loss, clippy::unwrap_used, clippy::print_stdout)]

use glassurn_methods::{Outcome, Screen, Slice, screens::LateCount};
use glassurn_model::testing::{self, Builder};
use glassurn_model::{Field, Finding, Picture, Reason, Returns};
use glassurn_stats::{rng, sample};

mod common;
use common::{close, finding, measure, oracle, p_values_look_uniform, refusal, share_at_most};

const SCREEN: LateCount = LateCount::DEFAULT;
const QUICK: LateCount = LateCount { draws: 250, ..SCREEN };

fn run(screen: &LateCount, returns: &Returns) -> Outcome {
    screen.run(&Slice::whole(returns, 0, Some(0)))
}

/// Stations by region, centre, lateness, votes in all and for the choice.
#[derive(Clone, Default)]
struct Table {
    region: Vec<i64>,
    centre: Vec<i64>,
    late: Vec<i64>,
    whole: Vec<i64>,
    votes: Vec<i64>,
}

impl Table {
    fn builder(&self) -> Builder {
        let names = |v: &[i64]| v.iter().map(i64::to_string).collect::<Vec<_>>();
        Builder::new(self.whole.len())
            .level("region", &names(&self.region))
            .level("centre", &names(&self.centre))
            .field(Field::Valid, self.whole.clone())
            .choice("A", self.votes.clone())
            .arrived(self.late.clone())
            .interruption(1)
    }

    fn finding(&self) -> Finding {
        finding(run(&SCREEN, &self.builder().build()))
    }
}

// --- by hand ---------------------------------------------------------------------------------

/// Twelve pairs of centres of ten stations: towns give A 40 of 100 and have two late stations, villages give 70 and
/// have eight; late stations of a village give so many more.
fn pairs(more: i64) -> Table {
    let mut t = Table::default();
    for i in 0..240_i64 {
        let (centre, seat) = (i / 10, i % 10);
        let village = centre % 2 == 1;
        let late = i64::from(seat < if village { 8 } else { 2 });
        t.region.push(centre / 8);
        t.centre.push(centre);
        t.late.push(late);
        t.whole.push(100);
        t.votes.push(if village { 70 + more * late } else { 40 } + [1, -1][(seat % 2) as usize]);
    }
    t
}

#[test]
fn late_villages_are_composition_alone() {
    let f = pairs(0).finding();
    // Early: 8 of 10 stations in towns, late: 2 of 10.
    close(measure(&f, "v_E"), 0.8 * 0.40 + 0.2 * 0.70, 1e-12);
    close(measure(&f, "Δ"), 0.6 * 0.30, 1e-12);
    close(measure(&f, "C₂"), 0.6 * 0.30, 1e-12);
    assert!(measure(&f, "W₂").abs() < 1e-12 && measure(&f, "β").abs() < 1e-12);
    // Every region has as many towns as villages: there the whole difference is within.
    close(measure(&f, "W₁"), 0.6 * 0.30, 1e-12);
    assert!(f.p.unwrap().value > 0.9);
    assert_eq!((measure(&f, "G"), measure(&f, "m"), measure(&f, "n_L")), (24.0, 120.0, 120.0));
}

#[test]
fn votes_added_at_late_stations_are_within_and_are_counted() {
    let f = pairs(5).finding();
    // 96 late village stations have five votes of a hundred more.
    close(measure(&f, "W₂"), 0.8 * 0.05, 1e-12);
    close(measure(&f, "C₂"), 0.6 * 0.30, 1e-12);
    // Towns and villages weigh alike in β (2 · 8 / 10 each), and only the latter have it.
    close(measure(&f, "β"), 0.025, 1e-12);
    assert!(f.p.unwrap().value < 0.002);
    close(measure(&f, "B"), 480.0, 1e-12);
    close(f.effect.value, 0.025, 1e-12);
    let [low, high] = f.effect.interval.unwrap();
    assert!(low > 0.0 && low < 0.025 && high > 0.025 && high < 0.05, "{low} {high}");
}

#[test]
fn the_lead_is_set_beside_that_of_early_stations_of_the_same_place() {
    let table = pairs(5);
    let others = table.whole.iter().zip(&table.votes).map(|(w, v)| w - v).collect::<Vec<_>>();
    let f = finding(run(&SCREEN, &table.builder().choice("B", others).build()));
    // A has 46 of 100 early and 68 late, of as many stations; late villages have five more than their early ones.
    close(measure(&f, "M_E"), 0.46 - 0.54, 1e-12);
    close(measure(&f, "M"), 0.57 - 0.43, 1e-12);
    close(measure(&f, "M_S"), 0.55 - 0.45, 1e-12);
    assert!(
        f.plain
            .contains(" The lead over B was −8.00 points before, and +14.00 in the end; had late"),
        "{}",
        f.plain
    );
}

#[test]
fn the_same_stations_are_compared_in_an_earlier_election() {
    let (now, then) = (pairs(0), pairs(5));
    let f = finding(run(&SCREEN, &now.builder().earlier(then.builder().build()).build()));
    close(measure(&f, "β′"), 0.025, 1e-12);
    assert!(measure(&f, "β").abs() < 1e-12 && measure(&f, "p(β′)") < 0.002);
    let said = " By the same comparison they lay +2.50 points from them in the earlier election (p 0.0010).";
    assert!(f.plain.ends_with(said), "{}", f.plain);
}

// --- oracle ----------------------------------------------------------------------------------

#[test]
fn agrees_with_numpy() {
    for case in oracle("late_count.json") {
        let table = Table {
            region: case.counts("region"),
            centre: case.counts("centre"),
            late: case.counts("late"),
            whole: case.counts("whole"),
            votes: case.counts("votes"),
        };
        let screen = LateCount { draws: 20_000, min_stations: 50, ..SCREEN };
        let f = finding(run(&screen, &table.builder().build()));
        let sd = |symbol: &str| f.measure(symbol).unwrap().sd.unwrap();
        for (symbol, value) in
            [("Δ", "difference"), ("β", "beta"), ("G", "mixed"), ("m", "late_inside")]
        {
            close(measure(&f, symbol), case.number(value), 1e-9);
        }
        close(sd("β"), case.number("beta_se"), 1e-9);
        close(sd("Δ"), case.number("difference_se"), 1e-6);
        for (symbols, value, error) in
            [(["C₁", "C₂"], "composition", "composition_se"), (["W₁", "W₂"], "within", "within_se")]
        {
            for (i, symbol) in symbols.into_iter().enumerate() {
                close(measure(&f, symbol), case.numbers(value)[i], 1e-9);
                close(sd(symbol), case.numbers(error)[i], 1e-6);
            }
        }
        close(f.effect.value, case.number("beta"), 1e-9);
        assert!((measure(&f, "B") - case.number("beyond")).abs() <= 0.5);
        // Both are simulated: 3,000 lots have a standard error of at most 0.01.
        assert!((f.p.unwrap().value - case.number("p")).abs() < 0.04);
        let ends = f.effect.interval.unwrap();
        let want = case.numbers("ends");
        let width = want[1] - want[0];
        for (end, want) in ends.into_iter().zip(want) {
            assert!((end - want).abs() < 0.08 * width, "{end} {want} of {width}");
        }
    }
}

// --- what must not matter ----------------------------------------------------------------------

/// An honest election: villages are late more often and vote otherwise; stations of a centre differ.
fn honest(seed: u64) -> Table {
    let mut rng = rng::stream(seed, "honest late", 0);
    let mut t = Table::default();
    for centre in 0..60_i64 {
        let village = sample::uniform(&mut rng) < 0.4;
        let level = 0.4 + if village { 0.25 } else { 0.0 } + 0.06 * sample::normal(&mut rng);
        let late = if village { 0.6 } else { 0.12 };
        for _ in 0..6 {
            let whole = 80 + sample::below(&mut rng, 180);
            let share = (level + 0.06 * sample::normal(&mut rng)).clamp(0.02, 0.98);
            t.region.push(centre / 12);
            t.centre.push(centre);
            t.late.push(i64::from(sample::uniform(&mut rng) < late));
            t.whole.push(i64::try_from(whole).unwrap());
            t.votes.push(i64::try_from(sample::binomial(&mut rng, whole, share)).unwrap());
        }
    }
    t
}

#[test]
fn station_order_and_the_scale_of_time_do_not_matter() {
    let returns = honest(3).builder().build();
    let a = finding(run(&SCREEN, &returns));
    let order = testing::Stream::new(5).order(360);
    let b = finding(run(&SCREEN, &testing::reordered(&returns, &order)));
    for m in &a.measures {
        close(m.value, measure(&b, m.symbol), 1e-9);
    }
    let mut later = returns.clone();
    let arrival = later.stations.arrival.as_mut().unwrap();
    arrival.at.iter_mut().for_each(|at| *at = at.map(|v| 1_000 + 60 * v));
    arrival.interruption = Some(1_060);
    assert_eq!(finding(run(&SCREEN, &later)), a);
}

#[test]
fn without_an_interruption_the_last_quarter_is_late_and_ties_stay_together() {
    let mut returns = honest(3).builder().build();
    let arrival = returns.stations.arrival.as_mut().unwrap();
    arrival.interruption = None;
    arrival.at = (0..360).map(|i| Some(i / 7)).collect();
    let f = finding(run(&SCREEN, &returns));
    // Three quarters are 270 stations; the 270th came at 38, which ends with station 273.
    assert_eq!(measure(&f, "n_L"), 360.0 - 273.0);
    assert!(f.plain.contains("came last, a quarter of all"));
}

// --- size and power (seeded; a few seconds) ------------------------------------------------------

fn p(table: &Table) -> f64 {
    finding(run(&QUICK, &table.builder().build())).p.unwrap().value
}

#[test]
fn calibrated_where_late_stations_lie_elsewhere() {
    p_values_look_uniform((0..400).map(|seed| p(&honest(seed))), 0.0815); // 1.63 / √400
}

#[test]
fn the_interval_within_centres_holds_what_it_should() {
    let mut held = 0;
    for seed in 0..400 {
        let f = finding(run(&QUICK, &honest(seed).builder().build()));
        let [low, high] = f.effect.interval.unwrap();
        let holds = low <= 0.0 && high >= 0.0;
        // One rule: the interval says what p says.
        assert_eq!(holds, f.p.unwrap().value > 0.05, "{seed}");
        held += i32::from(holds);
        // While the difference itself is never zero: 25 points between village and town.
        assert!(measure(&f, "Δ") > 2.0 * f.measure("Δ").unwrap().sd.unwrap());
    }
    println!("{held} of 400 intervals hold zero");
    assert!((370..=396).contains(&held), "{held} of 400 intervals hold zero");
}

#[test]
fn notices_four_votes_of_a_hundred_added_at_late_stations() {
    let added = |seed| {
        let mut t = honest(seed);
        for i in 0..360 {
            let more = t.late[i] * t.whole[i] / 25;
            t.votes[i] = t.whole[i].min(t.votes[i] + more);
        }
        p(&t)
    };
    let power = share_at_most(&(0..60).map(added).collect::<Vec<_>>(), 0.05);
    println!("four votes of a hundred added: {power} at most 0.05");
    assert!(power > 0.85, "power fell to {power}");
}

// --- refusals ----------------------------------------------------------------------------------

#[test]
fn refuses_instead_of_guessing() {
    let mut untimed = honest(1).builder().build();
    untimed.stations.arrival = None;
    assert!(matches!(refusal(run(&SCREEN, &untimed)), Reason::ColumnMissing(_)));
    let all = Table { late: vec![0; 360], ..honest(1) };
    assert!(matches!(refusal(run(&SCREEN, &all.builder().build())), Reason::WrongSubject(_)));
    let mut few = honest(1).builder().build();
    few.stations.arrival.as_mut().unwrap().at.iter_mut().skip(50).for_each(|at| *at = None);
    assert_eq!(refusal(run(&SCREEN, &few)), Reason::TooFew { used: 50, needed: 100 });
}

#[test]
fn centres_that_are_wholly_late_or_early_leave_no_test() {
    let mut t = honest(1);
    t.late = t.centre.iter().map(|c| c % 2).collect();
    t.region = t.centre.clone();
    let f = finding(run(&SCREEN, &t.builder().build()));
    assert!(f.p.is_none() && f.measure("β").is_none());
    assert!(measure(&f, "W₂").abs() < 1e-15);
    close(measure(&f, "C₂"), measure(&f, "Δ"), 1e-12);
    assert!(
        f.plain
            .ends_with("Too few units have early and late stations to set one beside the other.")
    );
}

// --- words -------------------------------------------------------------------------------------

#[test]
fn says_where_late_stations_lie_and_how_they_differ_there() {
    let f = pairs(5).finding();
    assert_eq!(
        f.plain,
        "The 120 stations that came after the interruption gave the choice 68.00 %, the 120 before 46.00 %: \
         a difference of +22.00 points. Of these +18.00 come of where late stations lie and +4.00 of how they differ \
         from early ones of the same centre. In the 24 units (centre) with both, late stations lie +2.50 points \
         from the early ones in the mean (95 % interval +2.03 to +2.97; p 0.0010 by drawing lots), 480 votes in all."
    );
    assert!(matches!(&f.pictures[0], Picture::Lines { series, .. } if series.len() == 2));
    assert!(matches!(&f.pictures[1], Picture::Intervals { rows, .. } if rows.len() == 3));
}
