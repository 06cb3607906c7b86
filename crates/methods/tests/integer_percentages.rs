//! S210 integer-percentages. Order: by hand, oracle, invariances, calibration, power, refusals, words.

#![allow(clippy::unwrap_used)]

use glassurn_methods::plug_in::{PlugIn, Windows};
use glassurn_methods::screens::IntegerPercentages;
use glassurn_methods::screens::integer_percentages::{Tally, Weight, Which};
use glassurn_methods::{Screen, Slice};
use glassurn_model::{Caveat, Field, Picture, Reason, Returns, testing};
use glassurn_stats::{poisson_binomial, rng};

mod ballots;
mod common;
use ballots::{Figures, Honest, again, run, russia};
use common::{
    close, finding, measure, oracle, p_of, p_values_are_conservative, p_values_look_uniform,
    refusal,
};

const SCREEN: IntegerPercentages = IntegerPercentages::DEFAULT;
const WHOLE: Windows = Windows { step: 100, half: 5 };
const SYMBOLS: [&str; 12] =
    ["I", "I_N", "I_G", "I_W", "S", "S_N", "S_G", "S_W", "T", "T_N", "T_G", "T_W"];

fn tally(screen: &IntegerPercentages, returns: &Returns) -> Tally {
    screen.tally(&Slice::whole(returns, 0, Some(0))).unwrap()
}

// --- by hand ---------------------------------------------------------------------------------

#[test]
fn a_count_on_the_very_edge_is_inside() {
    // 50.05 % and 49.95 % of 2,000 are 1,001 and 999; of 20,000, 10,010 is inside and 10,011 is not.
    let hold = |x, n| WHOLE.hold(x, n);
    assert!(hold(1_001, 2_000) && hold(999, 2_000));
    assert!(hold(10_010, 20_000) && !hold(10_011, 20_000) && !hold(9_989, 20_000));
    // 0.1 × 3 in floating point would decide this one by its rounding.
    assert!(hold(3, 300) && !hold(7, 600));
}

#[test]
fn one_toss_of_four_coins() {
    // Bin(4, 1/2) lands on 0, 25, 50, 75 or 100 %: all whole. Bin(8, 1/2): only the even ones.
    close(PlugIn::new(2, 4).within(WHOLE), 1.0, 1e-14);
    close(PlugIn::new(4, 8).within(WHOLE), (1.0 + 28.0 + 70.0 + 28.0 + 1.0) / 256.0, 1e-14);
    assert_eq!(PlugIn::new(0, 8).within(WHOLE), 1.0);
}

#[test]
fn stations_at_whole_figures_are_counted_with_their_weights() {
    // 40 stations at 50.0 % and 40.0 %, 20 at 50.1 % and 39.9 %.
    let mut figures = Figures::same(40, [1_000, 500, 500, 200]);
    let other = Figures::same(20, [1_000, 501, 501, 200]);
    figures.registered.extend(other.registered);
    figures.issued.extend(other.issued);
    figures.cast.extend(other.cast);
    figures.votes.extend(other.votes);
    let f = finding(run(&SCREEN, &figures.returns()));
    let observed = [40.0, 40_000.0, 20_000.0, 8_000.0];
    for (symbol, want) in SYMBOLS.iter().zip(observed.iter().cycle()) {
        assert_eq!(measure(&f, symbol), *want, "{symbol}");
    }
    assert_eq!(f.stations.len(), 20);
    assert_eq!(f.stations[0], (0, "turnout 50.00 % and share 40.00 %, 1000 voters".to_owned()));
}

// --- oracle ----------------------------------------------------------------------------------

#[test]
fn agrees_with_scipy() {
    for case in oracle("integer_percentages.json") {
        let screen = IntegerPercentages {
            step: case.whole("step"),
            tolerance: case.whole("tolerance"),
            ..SCREEN
        };
        let figures = Figures::of(&case);
        let f = finding(run(&screen, &figures.returns()));
        assert_eq!(f.used as f64, case.number("used"));
        for (i, symbol) in SYMBOLS.iter().enumerate() {
            let m = f.measure(symbol).unwrap();
            assert_eq!(m.value, case.numbers("observed")[i], "{symbol}");
            close(m.expected.unwrap(), case.numbers("expected")[i], 1e-10);
            close(m.sd.unwrap(), case.numbers("sd")[i], 1e-10);
        }
        let p = case.numbers("p");
        close(f.p.unwrap().value, p[0], 1e-9);
        close(measure(&f, "p_S"), p[1], 1e-9);
        close(measure(&f, "p_T"), p[2], 1e-9);
    }
}

/// n used; observed, expectation and standard deviation of either, share, turnout; excess in voters.
type Published = (u32, usize, [f64; 3], [&'static str; 3], [&'static str; 3], &'static str);

const RUSSIA: [Published; 3] = [
    (
        2004,
        85_457,
        [17_393.0, 9_283.0, 9_214.0],
        ["16458.64", "8696.45", "8647.17"],
        ["113.66", "86.93", "86.98"],
        "1503189",
    ),
    (
        2011,
        86_718,
        [17_803.0, 9_708.0, 9_216.0],
        ["16800.43", "8941.45", "8767.16"],
        ["114.72", "87.86", "87.75"],
        "1598610",
    ),
    (
        2018,
        91_152,
        [19_271.0, 10_116.0, 10_543.0],
        ["17562.40", "9258.87", "9245.47"],
        ["117.38", "89.60", "90.01"],
        "2457649",
    ),
];

#[test]
fn whole_percentages_of_russia_are_those_published() {
    for (year, used, observed, expected, sd, voters) in RUSSIA {
        let Some(returns) = russia("whole_percentages_of_russia_are_those_published", year) else {
            return;
        };
        let f = finding(run(&SCREEN, &returns));
        assert_eq!(f.used, used, "{year}");
        for (i, symbol) in ["I", "S", "T"].iter().enumerate() {
            let m = f.measure(symbol).unwrap();
            assert_eq!(m.value, observed[i], "{year} {symbol}");
            assert_eq!(format!("{:.2}", m.expected.unwrap()), expected[i], "{year} {symbol}");
            assert_eq!(format!("{:.2}", m.sd.unwrap()), sd[i], "{year} {symbol}");
        }
        let m = f.measure("I_N").unwrap();
        assert_eq!(format!("{:.0}", m.value - m.expected.unwrap()), voters, "{year}");
        assert!(f.p.unwrap().value < 1e-15 && f.caveats.contains(&Caveat::VeryManyStations));
    }
}

// --- what must not matter ----------------------------------------------------------------------

const HONEST: Honest = Honest { stations: 500, sizes: [150.0, 2_500.0], groups: 0 };

#[test]
fn station_order_does_not_matter() {
    let returns = HONEST.draw(7).returns();
    let shuffled = testing::reordered(&returns, &testing::Stream::new(8).order(500));
    let [a, b] = [&returns, &shuffled].map(|r| finding(run(&SCREEN, r)));
    for symbol in SYMBOLS {
        let [m, n] = [&a, &b].map(|f| f.measure(symbol).unwrap());
        assert_eq!(m.value, n.value);
        close(m.expected.unwrap(), n.expected.unwrap(), 1e-12);
    }
    close(a.p.unwrap().value, b.p.unwrap().value, 1e-10);
}

#[test]
fn counts_by_jumping_and_by_walking_are_the_same() {
    // Odds beyond the tables are walked; just inside they are jumped. Both follow one law.
    for (x, n) in [(40, 5_200), (41, 5_200), (5_159, 5_200), (4_096, 8_192), (4_096, 8_193)] {
        let law = PlugIn::new(x, n);
        let mut sum = 0.0;
        law.walk(0.max(x - law.reach()), n.min(x + law.reach()), |k, p| {
            sum += if WHOLE.hold(k, n) { p } else { 0.0 };
        });
        close(law.within(WHOLE), sum, 1e-11);
    }
}

#[test]
fn bins_of_the_picture_add_up_to_the_stations() {
    let f = finding(run(&SCREEN, &HONEST.draw(3).returns()));
    assert_eq!(f.pictures.len(), 2);
    for picture in &f.pictures {
        let Picture::Histogram { counts, expected, sd, .. } = picture else { unreachable!() };
        assert_eq!((counts.len(), expected.len(), sd.len()), (1001, 1001, 1001));
        assert_eq!(counts.iter().sum::<f64>(), f.used as f64);
        close(expected.iter().sum(), f.used as f64, 1e-6);
    }
    // Every tenth bin is a window of the statistic, but for counts on the upper edge.
    let Picture::Histogram { expected, .. } = &f.pictures[1] else { unreachable!() };
    let whole: f64 = expected.iter().step_by(10).sum();
    close(whole, f.measure("S").unwrap().expected.unwrap(), 1e-2);
}

// --- size and power (seeded; about one second) -------------------------------------------------

#[test]
fn exact_when_counts_are_drawn_from_the_null() {
    let figures = HONEST.draw(1);
    let n = figures.cast.len();
    let null = tally(&SCREEN, &figures.returns());
    let chances = null.chances(Which::Either);
    let ps = (0..400).map(|draw| {
        let mut rng = rng::stream(draw, "null", 0);
        let count = (0..n).filter(|&i| {
            let (registered, cast) = (figures.registered[i], figures.cast[i]);
            WHOLE.hold(again(figures.votes[i], cast, &mut rng), cast)
                || WHOLE.hold(again(cast, registered, &mut rng), registered)
        });
        let count = count.count() as u64;
        ballots::between_steps(&mut rng, |k| poisson_binomial::sf(&chances, k), count)
    });
    p_values_look_uniform(ps, 0.0815); // 1.63 / √400
}

#[test]
fn never_too_small_in_honest_elections() {
    p_values_are_conservative((0..400).map(|s| p_of(run(&SCREEN, &HONEST.draw(s).returns()))));
}

#[test]
fn weighted_tails_follow_the_exact_one() {
    let figures = HONEST.draw(2);
    let tally = tally(&SCREEN, &figures.returns());
    let same = tally.weighted_p(Which::Either, Weight::Stations);
    let exact = tally.p(Which::Either);
    assert!((same - exact).abs() < 0.05, "{same} {exact}");
    let voters = tally.weighted_p(Which::Either, Weight::Voters);
    let sum = tally.sum(Which::Either, Weight::Voters);
    let normal = glassurn_stats::normal::sf(sum.excess() / sum.sd());
    assert!((voters - normal).abs() < 0.02, "{voters} {normal}");
}

#[test]
fn notices_a_fifteenth_of_stations_at_multiples_of_five() {
    let honest = Honest { stations: 2_000, sizes: [300.0, 2_000.0], groups: 0 };
    let changed = |seed| {
        let mut figures = honest.draw(seed);
        for i in (0..2_000).step_by(15) {
            let registered = figures.registered[i];
            let target = (figures.cast[i] * 20 + registered / 2) / registered;
            figures.cast[i] = (registered * target + 10) / 20;
            figures.votes[i] = figures.votes[i].min(figures.cast[i]);
        }
        p_of(run(&SCREEN, &figures.returns()))
    };
    // 134 stations move, of which 25 were whole: 6.2 standard deviations of 17.6, less what the null takes up.
    let hits = (0..60).filter(|&seed| changed(seed) < 0.01).count();
    assert!(hits > 54, "power fell to {hits}/60");
}

// --- refusals ----------------------------------------------------------------------------------

#[test]
fn refuses_instead_of_guessing() {
    let few = Figures::same(49, [1_000, 500, 500, 200]).returns();
    assert_eq!(refusal(run(&SCREEN, &few)), Reason::TooFew { used: 49, needed: 50 });
    let bare = testing::Builder::new(60).field(Field::Cast, [500; 60]).choice("A", [5; 60]).build();
    assert!(matches!(refusal(run(&SCREEN, &bare)), Reason::ColumnMissing(_)));
    let nobody = SCREEN.run(&Slice::whole(&few, 0, None));
    assert!(matches!(refusal(nobody), Reason::WrongSubject(_)));
}

#[test]
fn what_cannot_be_used_is_left_out_and_counted() {
    let figures = Figures::same(60, [1_000, 500, 500, 200]);
    let plus = |column: &[i64], more: [Option<i64>; 6]| {
        column.iter().copied().map(Some).chain(more).collect::<Vec<_>>()
    };
    let some = |v: [i64; 6]| v.map(Some);
    let mut votes = some([5, 5, 5, 100, -1, 5]);
    votes[0] = None;
    let returns = testing::Builder::new(66)
        .field(Field::Registered, plus(&figures.registered, some([200, 99, 200, 200, 200, 200])))
        .field(Field::Cast, plus(&figures.cast, some([50, 50, 199, 100, 50, 0])))
        .choice("A", plus(&figures.votes, votes))
        .build();
    let f = finding(run(&SCREEN, &returns));
    assert_eq!((f.used, f.left_out_total()), (60, 6));
    let above = |what, maximum: &str| Reason::Above { what, maximum: maximum.to_owned() };
    let reasons: Vec<Reason> = f.left_out.iter().map(|l| l.why.clone()).collect();
    assert_eq!(
        reasons,
        [
            Reason::Missing,
            Reason::Below { what: "registered voters", minimum: 100 },
            above("turnout", "99 %"),
            above("share", "99 %"),
            Reason::Below { what: "votes", minimum: 0 },
            Reason::Below { what: "ballots cast", minimum: 1 },
        ]
    );
}

// --- words -------------------------------------------------------------------------------------

#[test]
fn says_what_was_counted_what_chance_gives_and_the_difference() {
    let f = finding(run(&SCREEN, &Figures::same(100, [1_000, 500, 500, 200]).returns()));
    assert_eq!(
        f.plain,
        "100 of 100 stations report a turnout or a share within 0.05 percentage points of a whole \
         percentage; 28 would if each station's counts were drawn again (standard deviation 4), so \
         this is 72 more than that."
    );
    let five = IntegerPercentages { step: 5, ..SCREEN };
    let f = finding(run(&five, &Figures::same(100, [1_000, 500, 500, 200]).returns()));
    assert!(f.plain.contains("of a multiple of 5 per cent"), "{}", f.plain);
}
