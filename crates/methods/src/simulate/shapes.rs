//! Honest elections of many shapes, easy and hard: what a method must keep quiet about.
//!
//! An **exchangeable** shape is one where, within a region, a station's size, turnout and support have nothing
//! to do with one another and every count is exact: the null hypotheses of the screens hold, so a p-value must
//! keep its level. A **hard** one holds something honest that many methods mistake for tampering.

use glassurn_model::Returns;

use super::{Plan, Sizes, Spread, Tampering, Way, election, tamper};

/// One shape of honest elections.
#[derive(Debug, Clone, Copy)]
pub struct Shape {
    /// A short key.
    pub key: &'static str,
    /// What it is, in words.
    pub title: &'static str,
    /// Whether the usual null hypotheses hold in it.
    pub exchangeable: bool,
    /// How many times more stations it has than was asked for: so many times fewer of it are drawn.
    pub times: usize,
    plan: fn() -> Plan,
    bundled: f64,
}

impl Shape {
    /// One election of about this many stations, [`Shape::times`] over.
    pub fn election(&self, stations: usize, seed: u64) -> Returns {
        let plan = (self.plan)();
        let stations = stations.saturating_mul(self.times);
        let stations_per_region = stations.div_ceil(plan.regions.len().max(1)).max(1);
        let returns = election(&Plan { stations_per_region, seed, ..plan });
        if self.bundled == 0.0 {
            return returns;
        }
        let hasty = Tampering {
            way: Way::Bundling,
            share_of_stations: self.bundled,
            strength: 1.0,
            units: Vec::new(),
            seed,
        };
        tamper(&returns, &hasty).returns
    }
}

const fn exchangeable(key: &'static str, title: &'static str, plan: fn() -> Plan) -> Shape {
    Shape { key, title, exchangeable: true, times: 1, plan, bundled: 0.0 }
}

const fn hard(key: &'static str, title: &'static str, plan: fn() -> Plan) -> Shape {
    Shape { key, title, exchangeable: false, times: 1, plan, bundled: 0.0 }
}

/// Every shape, the exchangeable ones first.
pub const ALL: &[Shape] = &[
    exchangeable("plain", "stations alike within a region", plain),
    exchangeable("large", "large stations, 1,500 to 6,000 voters", large),
    exchangeable("small", "small stations, 80 to 600 voters", small),
    exchangeable("one-electorate", "one electorate, no differences but chance", one_electorate),
    exchangeable("close", "two even choices and a high turnout", close),
    Shape {
        times: 12,
        ..exchangeable("country", "as plain, with twelve times as many stations", plain)
    },
    hard("two-electorates", "two electorates in different regions", two_electorates),
    hard("town-and-country", "small stations vote more, and more for the leader", town_and_country),
    hard("correlated", "turnout and support go together everywhere", correlated),
    hard("postal", "one station in each district counts postal votes", postal),
    hard("special", "hospitals, ships, barracks: 8 % small stations with a full turnout", special),
    Shape { bundled: 0.1, ..hard("bundles", "one station in ten counts in bundles of ten", plain) },
];

/// The shape with this key.
pub fn find(key: &str) -> Option<&'static Shape> {
    ALL.iter().find(|s| s.key == key)
}

/// No special stations, no correlation.
fn plain() -> Plan {
    Plan { special: 0.0, correlation: 0.0, districts_per_region: 4, ..Plan::default() }
}

fn large() -> Plan {
    let sizes = Sizes::LogNormal { median: 3_000.0, spread: 0.3, least: 1_500, most: 6_000 };
    Plan { sizes, ..plain() }
}

fn small() -> Plan {
    let sizes = Sizes::LogNormal { median: 220.0, spread: 0.5, least: 80, most: 600 };
    Plan { sizes, ..plain() }
}

fn one_electorate() -> Plan {
    let none = Spread { regions: 0.0, districts: 0.0, stations: 0.0 };
    Plan { turnout_spread: none, support_spread: none, invalid_spread: 0.0, ..plain() }
}

fn close() -> Plan {
    let choices = [("A. Marlow", 0.49), ("B. Tessin", 0.48), ("C. Orland", 0.03)];
    let choices = choices.map(|(name, share)| (name.to_owned(), share)).to_vec();
    Plan { choices, turnout: 0.82, ..plain() }
}

fn two_electorates() -> Plan {
    Plan { electorates: vec![(0.0, 0.0), (0.0, 0.0), (0.9, 1.6)], ..plain() }
}

fn town_and_country() -> Plan {
    Plan { size_slope: (-0.35, -0.35), ..plain() }
}

fn correlated() -> Plan {
    Plan { correlation: 0.6, ..plain() }
}

fn postal() -> Plan {
    Plan { postal: true, districts_per_region: 8, ..plain() }
}

fn special() -> Plan {
    Plan { special: 0.08, ..plain() }
}
