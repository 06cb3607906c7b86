//! S810 flows. Order: by hand, oracle, invariances, calibration, power, refusals, words.

#![allow(clippy::unwrap_used)]

use glassurn_methods::{Screen, Slice, screens::Flows};
use glassurn_model::testing::{self, Builder};
use glassurn_model::{Field, Finding, Outcome, Picture, Reason, Returns};
use glassurn_stats::{rng, sample};

mod common;
mod elections;
use common::{close, finding, measure, oracle, refusal};
use elections::Swinging;

const SCREEN: Flows = Flows::DEFAULT;

fn run(screen: &Flows, returns: &Returns) -> Outcome {
    screen.run(&Slice::whole(returns, 0, None))
}

/// Lists, and what voters did then and now: choices, then other ballots, then no vote.
#[derive(Default, Clone)]
struct Voters {
    registered: Vec<i64>,
    then: Vec<Vec<i64>>,
    now: Vec<Vec<i64>>,
    group: Vec<i64>,
}

impl Voters {
    fn election(&self, did: &[Vec<i64>]) -> Builder {
        let units: Vec<String> = self.group.iter().map(i64::to_string).collect();
        let (no_vote, ballots) = did.split_last().unwrap();
        let cast = self.registered.iter().zip(no_vote).map(|(r, n)| r - n);
        let mut builder = Builder::new(self.group.len())
            .level("region", &units)
            .field(Field::Registered, self.registered.clone())
            .field(Field::Cast, cast.collect::<Vec<i64>>());
        for (votes, name) in ballots[..ballots.len() - 1].iter().zip('A'..='Z') {
            builder = builder.choice(&name.to_string(), votes.clone());
        }
        builder
    }

    fn returns(&self) -> Returns {
        self.election(&self.now).earlier(self.election(&self.then).build()).build()
    }
}

// --- by hand ---------------------------------------------------------------------------------

#[test]
fn flows_that_are_the_same_everywhere_are_found_again() {
    // Multiples of ten, so that nine in ten and one in five are whole.
    let a: Vec<i64> = (0..300).map(|i| 100 + 10 * ((i * 7) % 41)).collect();
    let b: Vec<i64> = (0..300).map(|i| 100 + 10 * ((i * 11) % 31)).collect();
    let other: Vec<i64> = (0..300).map(|i| 10 + 10 * ((i * 5) % 7)).collect();
    let none: Vec<i64> = (0..300).map(|i| 1_000 - a[i] - b[i] - other[i]).collect();
    let later: [&dyn Fn(usize) -> i64; 4] =
        [&|i| a[i] * 9 / 10 + none[i] / 5, &|i| b[i] + a[i] / 10, &|i| other[i], &|i| {
            none[i] - none[i] / 5
        }];
    let now = later.map(|of| (0..300).map(of).collect::<Vec<i64>>());
    let voters = Voters {
        registered: vec![1_000; 300],
        then: vec![a.clone(), b.clone(), other.clone(), none.clone()],
        now: now.to_vec(),
        group: (0..300).map(|i| i / 15).collect(),
    };
    let f = finding(run(&SCREEN, &voters.returns()));
    assert!((f.effect.value - 0.2).abs() < 1e-3, "{}", f.effect.value);
    let away: i64 = none.iter().sum();
    assert!((measure(&f, "V") - 0.2 * away as f64).abs() < 1e-3 * away as f64);
    assert_eq!(measure(&f, "m"), 0.0);
    assert!(measure(&f, "s") < 1e-3);
}

// --- oracle ----------------------------------------------------------------------------------

#[test]
fn agrees_with_scipy_statsmodels_and_a_longer_bootstrap() {
    // Every choice has a row of its own, as in the script.
    let screen = Flows { least: 0, draws: 1_000, ..SCREEN };
    for case in oracle("flows.json") {
        let table = |key: &str| -> Vec<Vec<i64>> {
            #[allow(clippy::cast_possible_truncation)]
            case.rows(key).into_iter().map(|r| r.into_iter().map(|v| v as i64).collect()).collect()
        };
        let voters = Voters {
            registered: case.counts("registered"),
            then: table("then"),
            now: table("now"),
            group: case.counts("group"),
        };
        let returns = voters.returns();
        let (_, flows) = screen.fitted(&Slice::whole(&returns, 0, None)).unwrap();
        let [q, free, errors, low, high] =
            ["q", "free", "errors", "low", "high"].map(|key| case.numbers(key));
        for (i, flow) in flows.all.iter().enumerate() {
            assert!((flow.share - q[i]).abs() < 1e-6, "{flow:?} {}", q[i]);
            assert!((flow.free - free[i]).abs() < 1e-8, "{flow:?} {}", free[i]);
            close(flow.free_se, errors[i], 1e-7);
            let wide = 0.01 + 0.1 * (high[i] - low[i]);
            assert!((flow.band[0] - low[i]).abs() < wide, "{flow:?} {}", low[i]);
            assert!((flow.band[1] - high[i]).abs() < wide, "{flow:?} {}", high[i]);
        }
        assert_eq!(flows.impossible().count() as f64, case.number("impossible"));
        close(flows.residual, case.number("residual"), 1e-7);
    }
}

// --- honest pairs of elections -----------------------------------------------------------------

/// Flows from A, B, other ballots and no vote to the same.
const TRUTH: [[f64; 4]; 4] = [
    [0.80, 0.08, 0.02, 0.10],
    [0.06, 0.80, 0.02, 0.12],
    [0.25, 0.25, 0.20, 0.30],
    [0.12, 0.08, 0.01, 0.79],
];

/// Three hundred stations of twenty regions; regions and stations have flows of their own about the truth. Their
/// true mean over all voters of then comes with them.
fn honest(seed: u64) -> (Voters, Vec<Vec<f64>>) {
    let mut rng = rng::stream(seed, "flows", 0);
    let mut voters =
        Voters { then: vec![Vec::new(); 4], now: vec![Vec::new(); 4], ..Voters::default() };
    let mut moved = vec![vec![0.0; 4]; 4];
    for group in 0..20 {
        let centre = dirichlet(&mut rng, &[8.0, 7.0, 0.8, 8.0]);
        let own: Vec<Vec<f64>> = TRUTH.iter().map(|row| around(&mut rng, row, 60.0)).collect();
        for _ in 0..15 {
            let list = 300 + sample::below(&mut rng, 1_500);
            let shares = around(&mut rng, &centre, 40.0);
            let then = sample::multinomial(&mut rng, list, &shares);
            let mut now = [0_u64; 4];
            for (j, voters) in then.iter().enumerate() {
                let flow = around(&mut rng, &own[j], 60.0);
                for (k, went) in
                    sample::multinomial(&mut rng, *voters, &flow).into_iter().enumerate()
                {
                    now[k] += went;
                    moved[j][k] += went as f64;
                }
            }
            let count = |v: u64| i64::try_from(v).unwrap();
            voters.registered.push(count(list));
            voters.group.push(group);
            for k in 0..4 {
                voters.then[k].push(count(then[k]));
                voters.now[k].push(count(now[k]));
            }
        }
    }
    for row in &mut moved {
        let sum: f64 = row.iter().sum();
        row.iter_mut().for_each(|v| *v /= sum);
    }
    (voters, moved)
}

fn dirichlet(rng: &mut rng::ChaCha8Rng, shapes: &[f64]) -> Vec<f64> {
    let drawn: Vec<f64> = shapes.iter().map(|s| sample::gamma(rng, *s)).collect();
    let sum: f64 = drawn.iter().sum();
    drawn.into_iter().map(|d| d / sum).collect()
}

fn around(rng: &mut rng::ChaCha8Rng, centre: &[f64], weight: f64) -> Vec<f64> {
    let shapes: Vec<f64> = centre.iter().map(|c| c * weight + 0.01).collect();
    dirichlet(rng, &shapes)
}

/// Choices by votes, as the screen has them.
fn order(did: &[Vec<i64>]) -> [usize; 4] {
    let votes = |k: usize| did[k].iter().sum::<i64>();
    if votes(1) > votes(0) { [1, 0, 2, 3] } else { [0, 1, 2, 3] }
}

#[test]
fn station_order_does_not_matter() {
    let returns = honest(3).0.returns();
    let shuffled = testing::reordered(&returns, &testing::Stream::new(8).order(300));
    let [a, b] = [returns, shuffled].map(|r| finding(run(&SCREEN, &r)));
    for (m, n) in a.measures.iter().zip(&b.measures) {
        assert_eq!(m.symbol, n.symbol);
        assert!((m.value - n.value).abs() < 1e-7, "{m:?} {n:?}");
    }
}

#[test]
fn bands_hold_the_true_mean_and_no_flow_is_impossible_though_places_flow_otherwise() {
    let screen = Flows { draws: 100, ..SCREEN };
    let (mut held, mut cells, mut alarms) = (0, 0, 0);
    let draws = 300;
    for seed in 0..draws {
        let (voters, truth) = honest(seed);
        let returns = voters.returns();
        let (_, flows) = screen.fitted(&Slice::whole(&returns, 0, None)).unwrap();
        let (then, now) = (order(&voters.then), order(&voters.now));
        alarms += usize::from(flows.impossible().count() > 0);
        // The large flows of the two parties and of those who did not vote.
        for flow in flows.all.iter().filter(|f| f.from != 2 && f.to != 2) {
            let truth = truth[then[flow.from]][now[flow.to]];
            held += usize::from((flow.band[0]..=flow.band[1]).contains(&truth));
            cells += 1;
        }
    }
    let covered =
        f64::from(u32::try_from(held).unwrap()) / f64::from(u32::try_from(cells).unwrap());
    assert!(covered > 0.85, "bands hold {covered} of the flows");
    // One chance in twenty for each election at most, and three standard errors.
    assert!(alarms <= 27, "{alarms} of {draws} elections have an impossible flow");
}

#[test]
fn votes_added_where_a_choice_is_strong_make_impossible_flows() {
    let seen = (0..30)
        .filter(|&seed| {
            let (mut voters, _) = honest(seed);
            for i in 0..300 {
                let share = voters.then[0][i] as f64 / voters.registered[i] as f64;
                #[allow(clippy::cast_possible_truncation)]
                let added = (voters.now[3][i] as f64 * (2.0 * share - 0.3).clamp(0.0, 0.9)) as i64;
                voters.now[0][i] += added;
                voters.now[3][i] -= added;
            }
            let f: Finding = finding(run(&Flows { draws: 20, ..SCREEN }, &voters.returns()));
            measure(&f, "m") > 0.0
        })
        .count();
    assert!(seen >= 24, "{seen} of 30");
}

// --- refusals ----------------------------------------------------------------------------------

#[test]
fn refuses_instead_of_guessing() {
    let (voters, _) = honest(1);
    let alone = voters.election(&voters.now).build();
    assert!(matches!(refusal(run(&SCREEN, &alone)), Reason::WrongSubject(_)));
    let few = Swinging { groups: 10, size: 15, lists: [300.0, 900.0], between: 0.1, within: 0.1 };
    assert_eq!(
        refusal(run(&SCREEN, &few.draw(1).returns())),
        Reason::TooFew { used: 150, needed: 200 }
    );
    let mut regions = voters.returns();
    regions.stations.levels.clear();
    assert!(matches!(refusal(run(&SCREEN, &regions)), Reason::ColumnMissing(_)));
    let mut same = voters.clone();
    same.registered = vec![1_000; 300];
    same.then = [400, 300, 50, 250].map(|v| vec![v; 300]).to_vec();
    same.now = same.then.clone();
    assert_eq!(refusal(run(&SCREEN, &same.returns())), Reason::Constant);
}

// --- words -------------------------------------------------------------------------------------

#[test]
fn says_that_places_are_no_voters() {
    let f = finding(run(&SCREEN, &honest(7).0.returns()));
    let begins = "A regression of 300 places, which is no survey of voters, gives ";
    assert!(f.plain.starts_with(begins), "{}", f.plain);
    assert!(f.p.is_none() && SCREEN.stands_out(&f).is_none());
    assert!(matches!(&f.pictures[..], [Picture::Intervals { rows, .. }] if rows.len() == 16));
}
