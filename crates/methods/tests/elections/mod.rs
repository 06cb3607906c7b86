//! Honest pairs of elections for the tests of screens that set two beside each other.

#![allow(dead_code)] // every test file includes this module and none uses all of it
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use glassurn_model::testing::Builder;
use glassurn_model::{Field, Returns};
use glassurn_stats::{logit_normal::logistic, rng, sample};

/// One election of two choices at some stations.
#[derive(Debug, Clone, Default)]
pub(crate) struct Election {
    pub(crate) registered: Vec<i64>,
    pub(crate) cast: Vec<i64>,
    pub(crate) votes: Vec<i64>,
    pub(crate) group: Vec<i64>,
}

impl Election {
    /// Choice A has the votes, choice B the others.
    pub(crate) fn builder(&self) -> Builder {
        let units: Vec<String> = self.group.iter().map(i64::to_string).collect();
        let others = self.cast.iter().zip(&self.votes).map(|(c, v)| c - v);
        Builder::new(self.cast.len())
            .level("district", &units)
            .field(Field::Registered, self.registered.clone())
            .field(Field::Cast, self.cast.clone())
            .choice("A", self.votes.clone())
            .choice("B", others)
    }
}

/// Two elections of the same stations: districts differ in level and in swing, and stations do so too.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Swinging {
    pub(crate) groups: usize,
    pub(crate) size: usize,
    /// Smallest and largest list.
    pub(crate) lists: [f64; 2],
    /// Spread of the districts' swings, on the logit scale.
    pub(crate) between: f64,
    /// Spread of the stations' swings inside a district.
    pub(crate) within: f64,
}

/// Then and now.
pub(crate) struct Two {
    pub(crate) then: Election,
    pub(crate) now: Election,
}

impl Two {
    pub(crate) fn returns(&self) -> Returns {
        self.now.builder().earlier(self.then.builder().build()).build()
    }
}

pub(crate) fn binomial(rng: &mut rng::ChaCha8Rng, n: i64, p: f64) -> i64 {
    i64::try_from(sample::binomial(rng, n.unsigned_abs(), p)).unwrap()
}

impl Swinging {
    pub(crate) fn draw(&self, seed: u64) -> Two {
        let mut rng = rng::stream(seed, "swinging", 0);
        let [low, high] = self.lists.map(f64::ln);
        let (mut then, mut now) = (Election::default(), Election::default());
        for group in 0..self.groups {
            let [level, turnout, swing, slope] =
                [0.4, 0.3, self.between, 0.1].map(|sd| sd * sample::normal(&mut rng));
            for _ in 0..self.size {
                #[allow(clippy::cast_possible_truncation)]
                let list = (low + (high - low) * sample::uniform(&mut rng)).exp() as i64;
                let share = level + 0.3 * sample::normal(&mut rng);
                let went = 0.4 + turnout + 0.2 * sample::normal(&mut rng);
                let share_now =
                    0.2 + swing + (0.95 + slope) * share + self.within * sample::normal(&mut rng);
                let went_now = 0.1 + went + 0.1 * sample::normal(&mut rng);
                for (election, went, share) in
                    [(&mut then, went, share), (&mut now, went_now, share_now)]
                {
                    let cast = binomial(&mut rng, list, logistic(went)).max(1);
                    election.registered.push(list);
                    election.cast.push(cast);
                    election.votes.push(binomial(&mut rng, cast, logistic(share)));
                    election.group.push(i64::try_from(group).unwrap());
                }
            }
        }
        Two { then, now }
    }
}
