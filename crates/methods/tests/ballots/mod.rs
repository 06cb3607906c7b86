//! What the tests of screens of turnout and share are run on.

#![allow(dead_code)] // every test file includes this module and none uses all of it
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

use std::io::Read;
use std::path::PathBuf;

use glassurn_methods::{Outcome, Screen, Slice};
use glassurn_model::testing::{self, Builder};
use glassurn_model::{Count, Field, Finding, Reason, Returns};
use glassurn_stats::rng;
use rand::RngExt;
use rand_distr::{Beta, Binomial, Distribution, Normal};

use crate::common::{Case, finding, refusal};

/// The four figures of each station, and its group.
#[derive(Debug, Clone, Default)]
pub(crate) struct Figures {
    pub(crate) registered: Vec<i64>,
    pub(crate) issued: Vec<i64>,
    pub(crate) cast: Vec<i64>,
    pub(crate) votes: Vec<i64>,
    pub(crate) group: Vec<i64>,
}

impl Figures {
    pub(crate) fn returns(&self) -> Returns {
        self.builder().build()
    }

    pub(crate) fn builder(&self) -> Builder {
        let mut builder = Builder::new(self.registered.len());
        if !self.group.is_empty() {
            let units: Vec<String> = self.group.iter().map(i64::to_string).collect();
            builder = builder.level("region", &units);
        }
        builder = builder.field(Field::Registered, self.registered.clone());
        if !self.issued.is_empty() {
            builder = builder.field(Field::Issued, self.issued.clone());
        }
        builder.field(Field::Cast, self.cast.clone()).choice("A", self.votes.clone())
    }

    /// Those of an oracle's case; columns that it does not have stay empty.
    pub(crate) fn of(case: &Case) -> Self {
        let counts = |key: &str| if case.has(key) { case.counts(key) } else { Vec::new() };
        Figures {
            registered: case.counts("registered"),
            issued: counts("issued"),
            cast: case.counts("cast"),
            votes: case.counts("votes"),
            group: counts("group"),
        }
    }

    /// Adds seven in ten of those who stayed away, for the choice, at every n-th station; how many.
    pub(crate) fn add_ballots(&mut self, every: usize) -> f64 {
        let mut added = 0;
        for i in (0..self.cast.len()).step_by(every) {
            let more = (self.registered[i] - self.cast[i]) * 7 / 10;
            self.cast[i] += more;
            self.votes[i] += more;
            added += more;
        }
        added as f64
    }

    /// Of registered voters, abstentions and votes; of more votes than ballots as many as these.
    pub(crate) fn of_abstentions(counts: &[[i64; 3]]) -> Self {
        let mut figures = Figures::default();
        for [registered, abstained, votes] in counts {
            figures.registered.push(*registered);
            figures.cast.push(registered - abstained);
            figures.votes.push(*votes.min(&(registered - abstained)));
        }
        figures
    }

    /// The same station so many times.
    pub(crate) fn same(times: usize, [registered, issued, cast, votes]: [i64; 4]) -> Self {
        let column = |v| vec![v; times];
        Figures {
            registered: column(registered),
            issued: column(issued),
            cast: column(cast),
            votes: column(votes),
            group: Vec::new(),
        }
    }
}

/// What a screen says of choice A.
pub(crate) fn run(screen: &dyn Screen, returns: &Returns) -> Outcome {
    screen.run(&Slice::whole(returns, 0, Some(0)))
}

/// What a screen says of the whole contest.
pub(crate) fn run_contest(screen: &dyn Screen, returns: &Returns) -> Outcome {
    screen.run(&Slice::whole(returns, 0, None))
}

/// An election in which support has nothing to do with turnout: groups differ in both, stations inside a
/// group too, and counts are binomial.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Honest {
    pub(crate) stations: usize,
    pub(crate) sizes: [f64; 2],
    pub(crate) groups: usize,
}

impl Honest {
    /// The election of this seed; groups have equal numbers of stations.
    pub(crate) fn draw(&self, seed: u64) -> Figures {
        let mut rng = rng::stream(seed, "honest", 0);
        let [low, high] = self.sizes.map(f64::ln);
        let between = Normal::new(0.0, 0.06).unwrap();
        let centres: Vec<[f64; 2]> = (0..self.groups.max(1))
            .map(|_| [0.62 + between.sample(&mut rng), 0.5 + between.sample(&mut rng)])
            .collect();
        let mut figures = Figures::default();
        for station in 0..self.stations {
            let group = station % centres.len();
            let [turnout, share] = centres[group].map(|mean: f64| {
                let mean = mean.clamp(0.1, 0.9);
                Beta::new(60.0 * mean, 60.0 * (1.0 - mean)).unwrap().sample(&mut rng)
            });
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            let size = (low + (high - low) * rng.random::<f64>()).exp() as u64;
            let cast = Binomial::new(size, turnout).unwrap().sample(&mut rng).max(1);
            let votes = Binomial::new(cast, share).unwrap().sample(&mut rng);
            let count = |v: u64| i64::try_from(v).unwrap();
            figures.registered.push(count(size));
            figures.cast.push(count(cast));
            figures.votes.push(count(votes));
            if self.groups > 0 {
                figures.group.push(count(group as u64));
            }
        }
        figures
    }
}

impl Honest {
    /// What a screen finds in the election of seed 7, and in the same stations in another order.
    pub(crate) fn in_two_orders(&self, screen: &dyn Screen) -> [Finding; 2] {
        let returns = self.draw(7).returns();
        let order = testing::Stream::new(8).order(self.stations);
        let shuffled = testing::reordered(&returns, &order);
        [&returns, &shuffled].map(|r| finding(run(screen, r)))
    }
}

/// A screen of at least 50 stations of a hundred voters refuses 49, sixty that are the same, and returns
/// without a list of voters.
pub(crate) fn refuses_few_constant_and_incomplete_returns(screen: &dyn Screen) {
    let same = |times| Figures::same(times, [1_000, 500, 500, 200]).returns();
    assert_eq!(refusal(run(screen, &same(49))), Reason::TooFew { used: 49, needed: 50 });
    assert_eq!(refusal(run(screen, &same(60))), Reason::Constant);
    let bare = Builder::new(60).field(Field::Cast, [500; 60]).choice("A", [5; 60]).build();
    assert!(matches!(refusal(run(screen, &bare)), Reason::ColumnMissing(_)));
}

/// Bin(n, x / n), drawn.
pub(crate) fn again(x: i64, n: i64, rng: &mut impl rand::Rng) -> i64 {
    let law = Binomial::new(n.unsigned_abs(), x as f64 / n as f64).unwrap();
    i64::try_from(law.sample(rng)).unwrap()
}

/// A p-value between the two steps of a discrete law next to `count`: uniform under the null.
pub(crate) fn between_steps(rng: &mut impl RngExt, sf: impl Fn(u64) -> f64, count: u64) -> f64 {
    let [at, beyond] = [count, count + 1].map(sf);
    beyond + rng.random::<f64>() * (at - beyond)
}

/// A Russian election station by station, grouped by region, or `None` (and the test's name printed).
pub(crate) fn russia(test: &str, year: u32) -> Option<Returns> {
    let contest = if year == 2011 { "duma" } else { "president" };
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/raw");
    let folder = std::env::var_os("GLASSURN_DATA").map_or(beside, PathBuf::from);
    let path = folder.join(format!("russia-{year}-{contest}/{year}.csv.zip"));
    let Ok(file) = std::fs::File::open(path) else {
        println!("skipped: {test} (no data)");
        return None;
    };
    let mut text = String::new();
    let mut archive = zip::ZipArchive::new(file).unwrap();
    archive.by_name(&format!("{year}.csv")).unwrap().read_to_string(&mut text).unwrap();
    Some(russian(&text))
}

/// Reads the columns by what their headings say.
fn russian(text: &str) -> Returns {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let headings = reader.headers().unwrap().clone();
    let places = |words: &[&str]| -> Vec<usize> {
        let says = |h: &str| words.iter().any(|w| h.contains(w));
        headings.iter().enumerate().filter(|(_, h)| says(h)).map(|(i, _)| i).collect()
    };
    let registered = places(&["избирателей, включенных", "избирателей, внесенных"]);
    let issued = places(&["бюллетеней, выданных"]);
    let cast = places(&["действительных"]);
    let leader = places(&["Путин", "ЕДИНАЯ РОССИЯ"]);
    let mut columns: [Vec<Count>; 4] = Default::default();
    let mut regions = Vec::new();
    for record in reader.records().map(Result::unwrap) {
        let sum = |places: &[usize]| -> Count {
            places.iter().try_fold(0, |sum, &p| Some(sum + record[p].parse::<i64>().ok()?))
        };
        for (column, places) in columns.iter_mut().zip([&registered, &issued, &cast, &leader]) {
            column.push(sum(places));
        }
        regions.push(record[0].to_owned());
    }
    let [registered, issued, cast, votes] = columns;
    Builder::new(regions.len())
        .level("region", &regions)
        .field(Field::Registered, registered)
        .field(Field::Issued, issued)
        .field(Field::Cast, cast)
        .choice("leader", votes)
        .build()
}

/// Albania 2013: the columns of the file, ballots as ballots cast.
pub(crate) fn albania(text: &str, choice: &str) -> Returns {
    let columns = crate::common::plain_csv(text, &["Registered", "Ballots", choice]);
    let [registered, cast, votes]: [Vec<Count>; 3] = columns.try_into().unwrap();
    Builder::new(cast.len())
        .field(Field::Registered, registered)
        .field(Field::Cast, cast)
        .choice(choice, votes)
        .build()
}

/// Canada 2011 with the counts that a published result was made of, or `None` (and the test's name printed).
pub(crate) fn canada(test: &str) -> Option<Returns> {
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/raw");
    let folder = std::env::var_os("GLASSURN_DATA").map_or(beside, PathBuf::from);
    let Ok(file) = std::fs::File::open(folder.join("../../oracles/spikes/canada2011.csv.gz"))
    else {
        println!("skipped: {test} (no data)");
        return None;
    };
    let mut text = String::new();
    flate2::read::GzDecoder::new(file).read_to_string(&mut text).unwrap();
    let columns = crate::common::plain_csv(&text.replace('"', ""), &["N", "t", "v"]);
    let [registered, cast, votes]: [Vec<Count>; 3] = columns.try_into().unwrap();
    let builder = Builder::new(cast.len()).field(Field::Registered, registered);
    Some(builder.field(Field::Cast, cast).choice("leader", votes).build())
}
