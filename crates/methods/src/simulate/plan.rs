//! What a simulated election looks like before anything is drawn.

/// A simulated election in figures. Start from [`Plan::default`] and change what matters.
///
/// | figure | default | why |
/// |---|---|---|
/// | regions × stations × districts | 12 × 420, 8 districts each | 5,040 stations: national and regional screens both have enough |
/// | sizes | log-normal, median 1,100, spread 0.55 | the range of precincts in town and country |
/// | turnout | 61 %, spreads 0.25 / 0.15 / 0.30 | standard deviation about 10 points between stations, as in contested elections |
/// | leader | 55 %, spreads 0.35 / 0.20 / 0.25 | regions between about 40 and 70 % |
/// | correlation | 0.15 | a mild honest association of turnout and support |
/// | invalid | 1.2 %, spread 0.5 | usual for a short ballot paper |
/// | special stations | 2 % | hospitals and the like: small, nearly everybody votes |
/// | unreturned | 1 in 2,000 | ballots given out that never reach the box |
/// | electorates | one | a second one is a hard case for many screens, see [`super::shapes`] |
/// | size slope, postal | none | the same |
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// Title of the election.
    pub title: String,
    /// Names of the regions.
    pub regions: Vec<String>,
    /// Stations in each region.
    pub stations_per_region: usize,
    /// Districts in each region; stations are dealt out evenly, in order.
    pub districts_per_region: usize,
    /// Registered voters of a station.
    pub sizes: Sizes,
    /// Mean turnout of a station.
    pub turnout: f64,
    /// How turnout varies.
    pub turnout_spread: Spread,
    /// How the leader's share varies.
    pub support_spread: Spread,
    /// Correlation of turnout and the leader's share, in regions and in stations.
    pub correlation: f64,
    /// Mean share of invalid ballots.
    pub invalid: f64,
    /// How the share of invalid ballots varies between stations.
    pub invalid_spread: f64,
    /// Names of the choices and their mean shares of the valid votes, the leader first; shares are scaled
    /// to add up to 1.
    pub choices: Vec<(String, f64)>,
    /// Share of stations that are small and special, with a turnout near 95 %.
    pub special: f64,
    /// By how much turnout and the leader's support of a region differ, on the logit scale: the first region
    /// gets the first entry, and so on, again from the start when there are more regions. Empty: by nothing.
    pub electorates: Vec<(f64, f64)>,
    /// How turnout and the leader's support change, on the logit scale, when a station is e times as large.
    pub size_slope: (f64, f64),
    /// Whether the last station of each district counts postal votes: nearly all of its voters sent theirs,
    /// and fewer of them for the leader.
    pub postal: bool,
    /// Share of issued ballots that never reach the box; `None` leaves out the line of ballots issued.
    pub unreturned: Option<f64>,
    /// Seed of every draw.
    pub seed: u64,
}

/// Standard deviations on the logit scale: 0.04 is about one point at 50 %.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spread {
    /// Between regions.
    pub regions: f64,
    /// Between districts of a region.
    pub districts: f64,
    /// Between stations of a district.
    pub stations: f64,
}

/// Sizes of stations in registered voters.
#[derive(Debug, Clone, PartialEq)]
pub enum Sizes {
    /// Log-normal, cut off at both ends.
    LogNormal {
        /// Median size.
        median: f64,
        /// Standard deviation of the logarithm.
        spread: f64,
        /// Smallest size.
        least: i64,
        /// Largest size.
        most: i64,
    },
    /// Real sizes, used in order and again from the start when there are more stations.
    Given(Vec<i64>),
}

impl Sizes {
    /// The logarithm of how many times larger a station is than a typical one.
    pub(super) fn times_typical(&self, registered: i64) -> f64 {
        let typical = match self {
            Sizes::LogNormal { median, .. } => *median,
            Sizes::Given(list) => {
                list.iter().map(|&n| n as f64).sum::<f64>() / list.len().max(1) as f64
            }
        };
        libm::log((registered.max(1) as f64) / typical.max(1.0))
    }
}

/// Regions of the country that does not exist.
const REGIONS: [&str; 12] = [
    "Alderney Coast",
    "Brannmark",
    "Corvale",
    "Dunmere",
    "Eastholm",
    "Fernwall",
    "Greywater",
    "Highmoor",
    "Ironbridge",
    "Juniper Hills",
    "Kestrel Plain",
    "Larkfield",
];

impl Default for Plan {
    fn default() -> Self {
        let choices =
            [("A. Marlow", 0.55), ("B. Tessin", 0.25), ("C. Orland", 0.13), ("D. Vey", 0.07)];
        Plan {
            title: "Simulated election".to_owned(),
            regions: REGIONS.map(str::to_owned).to_vec(),
            stations_per_region: 420,
            districts_per_region: 8,
            sizes: Sizes::LogNormal { median: 1_100.0, spread: 0.55, least: 40, most: 3_000 },
            turnout: 0.61,
            turnout_spread: Spread { regions: 0.25, districts: 0.15, stations: 0.30 },
            support_spread: Spread { regions: 0.35, districts: 0.20, stations: 0.25 },
            correlation: 0.15,
            invalid: 0.012,
            invalid_spread: 0.5,
            choices: choices.map(|(name, share)| (name.to_owned(), share)).to_vec(),
            special: 0.02,
            electorates: Vec::new(),
            size_slope: (0.0, 0.0),
            postal: false,
            unreturned: Some(0.0005),
            seed: 1,
        }
    }
}

impl Spread {
    /// The standard deviation of all three together.
    pub(super) fn total(self) -> f64 {
        let parts = [self.regions, self.districts, self.stations];
        libm::sqrt(parts.iter().map(|s| s * s).sum())
    }
}

impl Plan {
    /// The default plan with about this many stations, dealt out evenly to this many regions.
    pub fn sized(regions: usize, stations: usize) -> Self {
        let regions = regions.max(1);
        let numbered = (REGIONS.len()..regions).map(|i| format!("Region {}", i + 1));
        let names = REGIONS.iter().map(|&r| r.to_owned()).chain(numbered).take(regions);
        Plan {
            regions: names.collect(),
            stations_per_region: stations.div_ceil(regions).max(1),
            ..Plan::default()
        }
    }

    /// Each choice's share among the votes that earlier choices leave.
    pub(super) fn conditional_shares(&self) -> Vec<f64> {
        let weights: Vec<f64> = self.choices.iter().map(|(_, share)| share.max(0.0)).collect();
        (0..weights.len())
            .map(|i| {
                let left: f64 = weights[i..].iter().sum();
                if left > 0.0 { weights[i] / left } else { 0.0 }
            })
            .collect()
    }
}
