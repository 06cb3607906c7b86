//! A clean election from a plan.

use glassurn_model::{Kind, Returns, Stations};
use glassurn_stats::rng::{self, ChaCha8Rng};
use glassurn_stats::sample;

use super::level::{Level, correlated};
use super::plan::{Plan, Sizes};
use super::site::{self, Site, binomial};
use super::table::{self, Protocol};

/// Draws the election of a plan: a pure function of the plan, whatever the number of threads.
///
/// The returns have the lines registered, issued (when the plan has `unreturned`), cast, valid and
/// invalid, the choices, two levels (region, district), kinds, and coordinates of an invented map.
pub fn election(plan: &Plan) -> Returns {
    let country = Country::of(plan);
    let rows = site::draw(&country.sites, plan.seed);
    let issued = plan.unreturned.map(|lost| {
        let draw = |(i, row): (usize, &Option<site::Row>)| {
            let cast = row.as_ref()?.cast;
            let kept = binomial(&mut rng::stream(plan.seed, "unreturned", i as u64), cast, lost);
            Some((cast + kept).min(country.sites[i].registered?))
        };
        rows.iter().enumerate().map(draw).collect()
    });
    let protocol = Protocol {
        registered: Some(country.sites.iter().map(|s| s.registered).collect()),
        issued,
        cast: true,
        valid: true,
        invalid: true,
        first_is_invalid: true,
        choices: plan.choices.iter().map(|(name, _)| name.clone()).collect(),
        exhaustive: true,
    };
    let contest = protocol.contest("President", &rows);
    table::returns(&plan.title, plan.seed, country.stations, contest)
}

/// The stations with their places and levels.
struct Country {
    stations: Stations,
    sites: Vec<Site>,
}

impl Country {
    fn of(plan: &Plan) -> Self {
        let national = National::of(plan);
        let mut country =
            Country { stations: table::empty(["region", "district"]), sites: Vec::new() };
        for (number, name) in plan.regions.iter().enumerate() {
            country.add_region(plan, &national, number, name);
        }
        country
    }

    fn add_region(&mut self, plan: &Plan, national: &National, number: usize, name: &str) {
        let mut rng = rng::stream(plan.seed, "region", number as u64);
        let electorates = plan.electorates.get(number % plan.electorates.len().max(1));
        let (turnout, support) = electorates.copied().unwrap_or_default();
        let region = national.local(plan, |s| s.regions, &mut rng).shifted(turnout, support);
        let centre = (46.0 + 1.3 * (number / 4) as f64, 8.0 + 2.0 * (number % 4) as f64);
        let districts = plan.districts_per_region.max(1);
        let mut places = Vec::new();
        for d in 1..=districts {
            let district = region.local(plan, |s| s.districts, &mut rng);
            places.push((district, scatter(centre, 0.30, &mut rng), format!("{name} {d}")));
        }
        for s in 0..plan.stations_per_region {
            let here = s * districts / plan.stations_per_region;
            let (local, at, district) = &places[here];
            let last = (s + 1) * districts / plan.stations_per_region != here;
            let postal = (plan.postal && last).then(|| local.shifted(POSTAL.0, POSTAL.1));
            let local = postal.as_ref().unwrap_or(local);
            self.add_station(plan, local, *at, [name, district]);
        }
    }

    fn add_station(&mut self, plan: &Plan, local: &National, at: (f64, f64), units: [&str; 2]) {
        let number = self.sites.len();
        let mut rng = rng::stream(plan.seed, "site", number as u64);
        let special = sample::uniform(&mut rng) < plan.special;
        self.sites.push(local.site(plan, number, special, &mut rng));
        let kind = if special { Kind::Special } else { Kind::Ordinary };
        let at = scatter(at, 0.06, &mut rng);
        table::add_station(&mut self.stations, units, kind, at);
    }
}

/// A point near another.
fn scatter(at: (f64, f64), by: f64, rng: &mut ChaCha8Rng) -> (f64, f64) {
    let mut near = |x: f64| {
        // Five decimals are a metre: no false precision in a table.
        libm::round((x + by * sample::normal(rng)) * 1e5) / 1e5
    };
    (near(at.0), near(at.1))
}

/// The levels of turnout and of every part, national or local.
struct National {
    turnout: Level,
    parts: Vec<Level>,
}

impl National {
    fn of(plan: &Plan) -> Self {
        let support = plan.support_spread;
        let part = |share: &f64| Level {
            spread: support.stations,
            ..Level::with_mean(*share, support.total())
        };
        let mut parts = vec![Level::with_mean(plan.invalid, plan.invalid_spread)];
        let shares = plan.conditional_shares();
        parts.extend(shares.iter().take(shares.len().saturating_sub(1)).map(part));
        let turnout = Level::with_mean(plan.turnout, plan.turnout_spread.total());
        National { turnout: Level { spread: plan.turnout_spread.stations, ..turnout }, parts }
    }

    /// The levels of a unit that deviates by the spread that `of` picks.
    fn local(&self, plan: &Plan, of: fn(&super::Spread) -> f64, rng: &mut ChaCha8Rng) -> Self {
        let deviate = sample::normal(rng);
        let mut local = National { turnout: self.turnout, parts: self.parts.clone() };
        local.turnout.centre += of(&plan.turnout_spread) * deviate;
        for (number, part) in local.parts.iter_mut().enumerate().skip(1) {
            let correlation = if number == LEADER { plan.correlation } else { 0.0 };
            part.centre += of(&plan.support_spread) * correlated(deviate, correlation, rng);
        }
        local
    }

    /// The levels moved by these amounts on the logit scale.
    fn shifted(&self, turnout: f64, support: f64) -> Self {
        let mut shifted = National { turnout: self.turnout, parts: self.parts.clone() };
        shifted.turnout.centre += turnout;
        if let Some(leader) = shifted.parts.get_mut(LEADER) {
            leader.centre += support;
        }
        shifted
    }

    fn site(&self, plan: &Plan, number: usize, special: bool, rng: &mut ChaCha8Rng) -> Site {
        let registered =
            if special { size(&SMALL, number, rng) } else { size(&plan.sizes, number, rng) };
        let larger = plan.sizes.times_typical(registered);
        let (turnout, support) = plan.size_slope;
        let local = self.shifted(turnout * larger, support * larger);
        Site {
            registered: Some(registered),
            counted: true,
            ballots: None,
            turnout: if special { Level { centre: 2.9, spread: 0.6 } } else { local.turnout },
            parts: local.parts,
            lead: LEADER,
            correlation: plan.correlation,
        }
    }
}

/// The part that is the leader: part 0 are the invalid ballots.
const LEADER: usize = 1;

/// How postal voters differ on the logit scale: turnout, support of the leader.
const POSTAL: (f64, f64) = (2.0, -0.5);

/// Sizes of special stations.
const SMALL: Sizes = Sizes::LogNormal { median: 90.0, spread: 0.6, least: 15, most: 400 };

#[expect(clippy::cast_possible_truncation, reason = "rounded and between whole bounds")]
fn size(sizes: &Sizes, number: usize, rng: &mut ChaCha8Rng) -> i64 {
    match sizes {
        Sizes::LogNormal { median, spread, least, most } => {
            let drawn = libm::round(median * libm::exp(spread * sample::normal(rng)));
            (drawn as i64).clamp(*least, *least.max(most))
        }
        Sizes::Given(list) if list.is_empty() => 0,
        Sizes::Given(list) => list[number % list.len()].max(0),
    }
}
