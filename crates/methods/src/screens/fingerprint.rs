//! S320 fingerprint.

use glassurn_model::{
    Caveat, Effect, Finding, LeftOut, Measure, Outcome, Picture, Reason, Scope, Unit,
};
use glassurn_stats::moments;

use crate::simulate::Null;
use crate::{
    Cost, Family, Focus, Meta, Screen, Slice, Status,
    ballots::{Ballots, Rules},
    caveat, phrase,
    turnout_bins::{self, BINS},
};

#[doc = include_str!("fingerprint.md")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fingerprint {
    /// Fewest registered voters of a station used.
    pub min_registered: i64,
    /// Turnout and share from which a station is in the far corner, in per cent.
    pub corner: i64,
    /// Fewest stations for an answer.
    pub min_stations: usize,
}

/// One station in so many in the far corner makes the finding stand out.
const CORNER_ONE_IN: f64 = 200.0;

/// The sufficient figures of a slice.
#[derive(Debug, Clone, PartialEq)]
pub struct Figures {
    /// The stations used.
    pub stations: Vec<Ballots>,
    /// The others, by reason.
    pub left_out: Vec<LeftOut>,
    /// Logarithmic vote rates, of the stations that have one.
    pub rates: Vec<f64>,
    /// Skewness of the logarithmic vote rate.
    pub skewness: f64,
    /// Kurtosis of the logarithmic vote rate.
    pub kurtosis: f64,
    /// Skewness and kurtosis of the same with ballots cast in place of registered voters; NaN where they do not
    /// vary.
    pub of_ballots: [f64; 2],
}

impl Fingerprint {
    /// Stations of a hundred voters or more, as the paper has it.
    pub const DEFAULT: Self = Fingerprint { min_registered: 100, corner: 95, min_stations: 50 };

    const CODE: &'static str = "S320";

    /// The sufficient figures of a slice.
    pub fn figures(&self, slice: &Slice<'_>) -> Result<Figures, Reason> {
        let (stations, left_out) = Rules::possible(self.min_registered).apply(slice)?;
        let rates: Vec<f64> = stations.iter().filter_map(|s| rate(s.registered, s)).collect();
        let cast: Vec<f64> = stations.iter().filter_map(|s| rate(s.cast, s)).collect();
        if rates.len() < self.min_stations {
            return Err(Reason::TooFew { used: rates.len(), needed: self.min_stations });
        }
        let (skewness, kurtosis) = (moments::skewness(&rates), moments::kurtosis(&rates));
        let of_ballots = [moments::skewness(&cast), moments::kurtosis(&cast)];
        if !(skewness.is_finite() && kurtosis.is_finite()) {
            return Err(Reason::Constant);
        }
        Ok(Figures { stations, left_out, rates, skewness, kurtosis, of_ballots })
    }

    fn find(&self, slice: &Slice<'_>) -> Result<Finding, Reason> {
        let figures = self.figures(slice)?;
        let used = figures.stations.len();
        let mut caveats = caveat::of(used, slice.len());
        caveats.retain(|c| *c != Caveat::VeryManyStations);
        caveats.push(Caveat::MixedElectorates);
        let corner = self.corner_of(&figures.stations);
        Ok(Finding {
            screen: Self::CODE,
            subject: slice.subject(),
            used,
            measures: measures(&figures, &corner),
            p: None,
            effect: Effect {
                name: "skewness of the logarithmic vote rate".to_owned(),
                value: figures.skewness,
                unit: Unit::None,
                interval: None,
                stations: None,
                votes: None,
            },
            plain: self.plain(&figures, corner.len()),
            pictures: pictures(&figures.stations, slice),
            stations: listed(corner),
            caveats,
            left_out: figures.left_out,
        })
    }

    /// The stations where both turnout and share are very high, largest first.
    fn corner_of(&self, stations: &[Ballots]) -> Vec<Ballots> {
        let high = |part: i64, whole: i64| part * 100 >= whole * self.corner;
        let in_corner = |s: &&Ballots| high(s.issued, s.registered) && high(s.votes, s.cast);
        let mut corner: Vec<Ballots> = stations.iter().filter(in_corner).copied().collect();
        corner.sort_by_key(|s| (std::cmp::Reverse(s.registered), s.row));
        corner
    }

    fn plain(&self, figures: &Figures, corner: usize) -> String {
        let number = |x: f64| format!("{x:.2}").replace('-', "−");
        format!(
            "The logarithmic vote rate of {} stations has skewness {} and kurtosis {} (a normal law \
             has 0 and 3); at {} stations both turnout and share are {} % or more.",
            phrase::count(figures.rates.len()),
            number(figures.skewness),
            number(figures.kurtosis),
            phrase::count(corner),
            self.corner,
        )
    }
}

impl Screen for Fingerprint {
    fn meta(&self) -> Meta {
        Meta {
            code: Self::CODE,
            name: "fingerprint",
            title: "Fingerprint of turnout and share",
            family: Family::Association,
            focus: Focus::Choice,
            status: Status::Stable,
            cost: Cost::Quick,
            doc: include_str!("fingerprint.md"),
        }
    }

    fn run(&self, slice: &Slice<'_>) -> Outcome {
        slice.outcome(Self::CODE, self.find(slice))
    }

    fn nulls(&self) -> &'static [Null] {
        &[Null::WithinGroups]
    }

    /// The far corner holds at least one station in two hundred.
    fn stands_out(&self, finding: &Finding) -> Option<bool> {
        Some(finding.measure("C")?.value * CORNER_ONE_IN >= finding.used as f64)
    }
}

/// ln((N − W) / W) of so many voters, where both are above zero.
fn rate(voters: i64, s: &Ballots) -> Option<f64> {
    let others = voters - s.votes;
    (s.votes > 0 && others > 0).then(|| libm::log(others as f64 / s.votes as f64))
}

fn measures(figures: &Figures, corner: &[Ballots]) -> Vec<Measure> {
    let measure = Measure::plain;
    let ballots: f64 = corner.iter().map(|s| s.cast as f64).sum();
    let rates = figures.rates.len() as f64;
    let mut measures = vec![
        measure("skewness of the logarithmic vote rate", "sk", figures.skewness, Unit::None),
        measure("kurtosis of the logarithmic vote rate", "ku", figures.kurtosis, Unit::None),
        measure("stations with a logarithmic vote rate", "n_ν", rates, Unit::Stations),
        measure("stations in the far corner", "C", corner.len() as f64, Unit::Stations),
        measure("ballots cast in the far corner", "C_R", ballots, Unit::Votes),
    ];
    if figures.of_ballots.iter().all(|m| m.is_finite()) {
        let [sk, ku] = figures.of_ballots;
        measures.push(measure("skewness, ballots in place of voters", "sk_R", sk, Unit::None));
        measures.push(measure("kurtosis, ballots in place of voters", "ku_R", ku, Unit::None));
    }
    measures
}

/// The first stations of the far corner.
fn listed(corner: Vec<Ballots>) -> Vec<(u32, String)> {
    let why = |s: Ballots| {
        let [turnout, share] = [s.turnout(), s.share()].map(|x| phrase::percent(x, 1));
        (s.row, format!("turnout {turnout}, share {share}, {} voters", s.registered))
    };
    corner.into_iter().take(20).map(why).collect()
}

/// For a whole contest only: units have too few stations for ten thousand cells.
fn pictures(stations: &[Ballots], slice: &Slice<'_>) -> Vec<Picture> {
    if slice.scope != Scope::Whole || !slice.is_shown() {
        return Vec::new();
    }
    vec![heat(stations), votes_by_turnout(stations), cumulative(stations)]
}

/// Stations in each per cent of turnout and share.
fn heat(stations: &[Ballots]) -> Picture {
    Picture::Heat {
        title: "Stations by turnout and share".to_owned(),
        x: "turnout, %".to_owned(),
        y: "share, %".to_owned(),
        bins: BINS,
        counts: turnout_bins::cells(stations),
    }
}

/// Votes for the choice and all other ballots, in each per cent of turnout.
fn votes_by_turnout(stations: &[Ballots]) -> Picture {
    let bins = turnout_bins::sums(stations);
    Picture::Lines {
        title: "Votes by turnout".to_owned(),
        x: "turnout, %".to_owned(),
        y: "votes in each per cent of turnout".to_owned(),
        at: (0..BINS).map(turnout_bins::middle).collect(),
        series: vec![
            ("the choice".to_owned(), bins.iter().map(|b| b.votes).collect()),
            ("all other ballots".to_owned(), bins.iter().map(|b| b.cast - b.votes).collect()),
        ],
    }
}

/// Result of the stations up to each turnout.
fn cumulative(stations: &[Ballots]) -> Picture {
    let bins = turnout_bins::sums(stations);
    let total: f64 = bins.iter().map(|b| b.cast).sum();
    let (mut votes, mut cast) = (0.0, 0.0);
    let (mut at, mut share, mut part) = (Vec::new(), Vec::new(), Vec::new());
    for (edge, bin) in (1..).zip(&bins) {
        (votes, cast) = (votes + bin.votes, cast + bin.cast);
        if cast > 0.0 {
            at.push(f64::from(edge));
            share.push(votes / cast);
            part.push(cast / total);
        }
    }
    Picture::Lines {
        title: "Result of the stations up to each turnout".to_owned(),
        x: "turnout up to, %".to_owned(),
        y: "share".to_owned(),
        at,
        series: vec![
            ("share of the choice so far".to_owned(), share),
            ("part of all ballots so far".to_owned(), part),
        ],
    }
}
