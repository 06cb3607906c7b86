//! A clean election with the sizes, regions and smooth local levels of a real one.

use glassurn_model::{Contest, Count, Field, Returns};
use glassurn_stats::{rng, sample};

use super::level::Level;
use super::site::{self, Site};
use super::table::{self, Protocol};

/// What is held to be honest when an election is drawn from real returns. None of them is the truth: a screen
/// that keeps its level under all three may be believed further than one that keeps it under one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Null {
    /// Each station's own turnout and shares are its true ones; only chance is added.
    PlugIn,
    /// Turnout and shares are those of the 25 nearest stations in file order of the same unit of the outermost
    /// level, and stations differ from them by as much as the unit's stations do beyond chance.
    Smooth,
    /// Stations of one unit of the outermost level exchange their turnouts and, separately, their shares, and
    /// keep their sizes; then chance is added. So size, turnout and support go together between units alone.
    WithinGroups,
}

impl Null {
    /// Every null.
    pub const ALL: [Null; 3] = [Null::PlugIn, Null::Smooth, Null::WithinGroups];

    /// What a reader sees.
    pub fn title(self) -> &'static str {
        match self {
            Null::PlugIn => "each station's own rates",
            Null::Smooth => "rates of its neighbours",
            Null::WithinGroups => "turnouts and shares exchanged within units",
        }
    }
}

/// What a clean election like a given one is drawn from; made once, drawn with many seeds.
///
/// **Kept:** stations, ids, hierarchy, kinds, coordinates, registered voters, which counts are missing, the
/// lines of the protocol and the choices. **Held to be honest:** turnout and the share of every part (choices,
/// invalid ballots, whatever the choices leave out) as a [`Null`] says. **Drawn:** under [`Null::Smooth`] a
/// deviation for each station (method of moments on the logit scale, at most 0.8), then the counts.
///
/// So local levels and their spread are the real ones, while nothing of the real digits, percentages or
/// repetitions is left. What was done to the real returns on the scale of a region stays in the levels; under
/// [`Null::Smooth`] turnout and support deviate independently of each other within the window.
#[derive(Debug, Clone)]
pub struct CleanLike {
    shell: Returns,
    protocol: Shape,
    sites: Vec<Site>,
    /// Stations that exchange their rates; empty under the other nulls.
    exchange: Vec<Vec<u32>>,
}

/// How many stations are averaged.
const WINDOW: usize = 25;
/// The largest standard deviation between stations, on the logit scale.
const WIDEST: f64 = 0.8;

/// A clean election like contest number `contest`; without any contest when there is no such one.
pub fn clean_like(returns: &Returns, contest: usize, seed: u64) -> Returns {
    match CleanLike::of(returns, contest, Null::Smooth) {
        Some(like) => like.election(seed),
        None => Returns { contests: Vec::new(), ..returns.clone() },
    }
}

impl CleanLike {
    /// Of contest number `contest`; `None` when there is none, or it has no choices.
    pub fn of(returns: &Returns, contest: usize, null: Null) -> Option<Self> {
        let real = returns.contests.get(contest)?;
        let lead = real.leader()?;
        let stations = returns.stations.len();
        let counts = Counts::of(real, stations);
        let units = match returns.stations.levels.first() {
            Some(level) => level.members(),
            None => vec![returns.stations.all()],
        };
        let mut sites = counts.blank_sites(usize::from(counts.first_is_invalid) + lead);
        for unit in &units {
            counts.smooth(unit, null, &mut sites);
        }
        let protocol = Shape {
            lines: real.fields.keys().copied().collect(),
            first_is_invalid: counts.first_is_invalid,
            choices: real.choices.iter().map(|c| c.name.clone()).collect(),
            exhaustive: real.exhaustive,
            contest: real.name.clone(),
        };
        let shell = Returns {
            stations: returns.stations.clone(),
            title: returns.title.clone(),
            ..Returns::default()
        };
        let counted = |unit: Vec<u32>| -> Vec<u32> {
            unit.into_iter().filter(|&i| sites[i as usize].counted).collect()
        };
        let exchange = match null {
            Null::WithinGroups => units.into_iter().map(counted).collect(),
            Null::PlugIn | Null::Smooth => Vec::new(),
        };
        Some(CleanLike { shell, protocol, sites, exchange })
    }

    /// How many stations an election has.
    pub fn stations(&self) -> usize {
        self.sites.len()
    }

    /// Draws one election.
    pub fn election(&self, seed: u64) -> Returns {
        let rows = match self.exchange.is_empty() {
            true => site::draw(&self.sites, seed),
            false => site::draw(&self.exchanged(seed), seed),
        };
        let has = |f| self.protocol.lines.contains(&f);
        let protocol = Protocol {
            registered: has(Field::Registered)
                .then(|| self.sites.iter().map(|s| s.registered).collect()),
            issued: has(Field::Issued)
                .then(|| rows.iter().map(|r| Some(r.as_ref()?.cast)).collect()),
            cast: has(Field::Cast),
            valid: has(Field::Valid),
            // With a line of blank ballots the first part is more than the invalid ones.
            invalid: has(Field::Invalid) && !has(Field::Blank) && self.protocol.first_is_invalid,
            first_is_invalid: self.protocol.first_is_invalid,
            choices: self.protocol.choices.clone(),
            exhaustive: self.protocol.exhaustive,
        };
        let contest = protocol.contest(&self.protocol.contest, &rows);
        let title = format!("Simulated like: {}", self.shell.title);
        table::returns(&title, seed, self.shell.stations.clone(), contest)
    }
}

impl CleanLike {
    /// The sites with their rates exchanged within units.
    fn exchanged(&self, seed: u64) -> Vec<Site> {
        let mut sites = self.sites.clone();
        for (number, unit) in (0..).zip(&self.exchange) {
            let mut rng = rng::stream(seed, "exchange", number);
            let [mut turnouts, mut shares] = [unit.clone(), unit.clone()];
            sample::shuffle(&mut rng, &mut turnouts);
            sample::shuffle(&mut rng, &mut shares);
            for (&to, (&turnout, &share)) in unit.iter().zip(turnouts.iter().zip(&shares)) {
                let to = &mut sites[to as usize];
                to.turnout = self.sites[turnout as usize].turnout;
                to.parts.clone_from(&self.sites[share as usize].parts);
            }
        }
        sites
    }
}

/// The shape of the real contest.
#[derive(Debug, Clone)]
struct Shape {
    lines: Vec<Field>,
    first_is_invalid: bool,
    choices: Vec<String>,
    exhaustive: bool,
    contest: String,
}

/// The real counts, station by station: the list, the ballots, and the parts they fall into.
struct Counts {
    registered: Vec<Count>,
    ballots: Vec<Count>,
    /// Ballots that are not valid (where known), the choices, and what is left; `None` where a count is
    /// missing or they exceed the ballots.
    parts: Vec<Option<Vec<i64>>>,
    first_is_invalid: bool,
}

impl Counts {
    fn of(contest: &Contest, stations: usize) -> Self {
        let line = |f: Field| contest.fields.get(&f).map(|c| c.values.clone());
        let missing = vec![None; stations];
        let ballots = line(Field::Cast).or_else(|| line(Field::Valid)).unwrap_or_else(|| {
            let votes = |i: usize| contest.choices.iter().map(|c| c.values[i]).sum::<Option<i64>>();
            (0..stations).map(votes).collect()
        });
        let invalid = invalid(contest);
        let parts = (0..stations).map(|i| {
            let columns = invalid.iter().map(|v| v[i]);
            let columns = columns.chain(contest.choices.iter().map(|c| c.values[i]));
            let mut parts = columns.collect::<Option<Vec<i64>>>()?;
            parts.push(ballots[i]? - parts.iter().sum::<i64>());
            parts.iter().all(|&p| p >= 0).then_some(parts)
        });
        Counts {
            parts: parts.collect(),
            first_is_invalid: invalid.is_some(),
            registered: line(Field::Registered).unwrap_or(missing),
            ballots,
        }
    }

    /// Sites without levels yet.
    fn blank_sites(&self, lead: usize) -> Vec<Site> {
        let flat = Level { centre: 0.0, spread: 0.0 };
        let site = |i: usize| Site {
            registered: self.registered[i],
            counted: self.parts[i].is_some(),
            ballots: self.ballots[i],
            turnout: flat,
            parts: Vec::new(),
            lead,
            correlation: 0.0,
        };
        (0..self.ballots.len()).map(site).collect()
    }

    /// Gives the sites of one unit their levels.
    fn smooth(&self, unit: &[u32], null: Null, sites: &mut [Site]) {
        let rows: Vec<usize> = unit.iter().map(|&r| r as usize).collect();
        // A list shorter than its ballots (voters added on the day) says nothing about turnout.
        let pair = |&i: &usize| {
            let pair = (self.ballots[i]?, self.registered[i]?);
            (pair.0 <= pair.1).then_some(pair)
        };
        let turnout: Vec<Option<(i64, i64)>> = rows.iter().map(pair).collect();
        for (&i, level) in rows.iter().zip(levels(&turnout, null)) {
            sites[i].turnout = level;
        }
        let width = rows.iter().find_map(|&i| self.parts[i].as_ref()).map_or(0, Vec::len);
        for part in 0..width.saturating_sub(1) {
            let pair = |&i: &usize| {
                let parts = self.parts[i].as_ref()?;
                Some((parts[part], parts[part..].iter().sum()))
            };
            let shares: Vec<Option<(i64, i64)>> = rows.iter().map(pair).collect();
            for (&i, level) in rows.iter().zip(levels(&shares, null)) {
                sites[i].parts.push(level);
            }
        }
    }
}

/// Ballots cast that are no valid votes: the difference of the two lines, else the line itself.
fn invalid(contest: &Contest) -> Option<Vec<Count>> {
    let line = |f: Field| contest.fields.get(&f).map(|c| &c.values);
    let cast = line(Field::Cast)?;
    match line(Field::Valid) {
        Some(valid) => Some(cast.iter().zip(valid).map(|(c, v)| Some((*c)? - (*v)?)).collect()),
        None => line(Field::Invalid).cloned(),
    }
}

/// The level of each station of a unit: its own share, or the average over the window with the unit's spread.
fn levels(pairs: &[Option<(i64, i64)>], null: Null) -> Vec<Level> {
    let level = |share, spread| Level::near_mean(share, spread);
    match null {
        Null::PlugIn | Null::WithinGroups => {
            windowed(pairs, 1).into_iter().map(|share| level(share, 0.0)).collect()
        }
        Null::Smooth => {
            let local = windowed(pairs, WINDOW);
            let spread = excess_spread(pairs, &local);
            local.into_iter().map(|share| level(share, spread)).collect()
        }
    }
}

/// Pooled share over the window around each place.
fn windowed(pairs: &[Option<(i64, i64)>], window: usize) -> Vec<f64> {
    let mut running = vec![(0.0, 0.0)];
    for pair in pairs {
        let (k, n) = pair.unwrap_or((0, 0));
        let (sum_k, sum_n) = running[running.len() - 1];
        running.push((sum_k + k as f64, sum_n + n as f64));
    }
    let whole = running[pairs.len()];
    let share = |i: usize| {
        let start = i.saturating_sub(window / 2).min(pairs.len().saturating_sub(window));
        let end = (start + window).min(pairs.len());
        let (k, n) = (running[end].0 - running[start].0, running[end].1 - running[start].1);
        if n > 0.0 {
            k / n
        } else if whole.1 > 0.0 {
            whole.0 / whole.1
        } else {
            0.0
        }
    };
    (0..pairs.len()).map(share).collect()
}

/// Standard deviation on the logit scale beyond binomial chance: Σ(d² − pq/n) = σ² Σ(pq)².
fn excess_spread(pairs: &[Option<(i64, i64)>], local: &[f64]) -> f64 {
    let (mut excess, mut scale) = (0.0, 0.0);
    for (pair, p) in pairs.iter().zip(local) {
        let Some((k, n)) = pair.filter(|&(_, n)| n > 0) else { continue };
        let (n, pq) = (n as f64, p * (1.0 - p));
        let d = k as f64 / n - p;
        // The station is one of the window, which takes its share from the deviation.
        excess += d * d * WINDOW as f64 / (WINDOW - 1) as f64 - pq / n;
        scale += pq * pq;
    }
    if scale > 0.0 { libm::sqrt((excess / scale).max(0.0)).min(WIDEST) } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_is_pooled_and_stays_inside() {
        let pairs: Vec<_> = (0..30).map(|i| Some((i, 100))).collect();
        let local = windowed(&pairs, WINDOW);
        // The first window is 0 to 24, the last 5 to 29.
        assert!((local[0] - 0.12).abs() < 1e-12 && (local[29] - 0.17).abs() < 1e-12);
        assert_eq!(windowed(&[None, Some((1, 4))], WINDOW), [0.25, 0.25]);
        assert!(windowed(&[], WINDOW).is_empty());
    }

    #[test]
    fn binomial_stations_have_no_excess() {
        let pairs = vec![Some((50, 100)); 40];
        assert_eq!(excess_spread(&pairs, &windowed(&pairs, WINDOW)), 0.0);
    }
}
