//! S710 moran.

use glassurn_model::{
    Caveat, Effect, Finding, LeftOut, Measure, Outcome, Picture, Reason, Scope, Unit,
};

use crate::{
    Cost, Family, Focus, Meta, Screen, Slice, Status,
    ballots::Rate,
    caveat,
    neighbours::{Grain, Moran, Neighbours, Rules, Sites, level_out, moran},
    phrase::{chance, count},
};

#[doc = include_str!("moran.md")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MoranI {
    /// How many of the nearest places are neighbours.
    pub nearest: usize,
    /// Fewest ballots (for turnout: voters) of a station used.
    pub min_whole: i64,
    /// Fewest places of a group.
    pub min_group: usize,
    /// Fewest places for an answer.
    pub min_sites: usize,
}

const CODE: &str = "S710";

/// How alike neighbours are in one rate.
#[derive(Debug, Clone, PartialEq)]
pub struct Alike {
    /// The rate.
    pub rate: Rate,
    /// Places, or areas.
    pub sites: usize,
    /// Neighbours of all of them.
    pub links: usize,
    /// Moran's I and its moments.
    pub moran: Moran,
    /// The places in ten parts by their own value: its mean, and the mean of their neighbours.
    pub tenths: Vec<[f64; 2]>,
}

/// The sufficient figures of a slice.
#[derive(Debug, Clone, PartialEq)]
pub struct Figures {
    /// The share, and the turnout where there is one.
    pub rates: Vec<Alike>,
    /// What a site is.
    pub grain: Grain,
    /// The level whose units are levelled out.
    pub level: Option<String>,
    /// How many stations were used for the share.
    pub used: usize,
    /// The others, by reason.
    pub left_out: Vec<LeftOut>,
}

impl MoranI {
    /// The eight nearest places, as EFToolkit has it.
    pub const DEFAULT: Self = MoranI { nearest: 8, min_whole: 30, min_group: 5, min_sites: 50 };

    /// The sufficient figures of a slice.
    pub fn figures(&self, slice: &Slice<'_>) -> Result<Figures, Reason> {
        let (sites, share) = self.alike(slice, Rate::Share)?;
        let turnout = self.alike(slice, Rate::Turnout).ok().map(|(_, turnout)| turnout);
        Ok(Figures {
            rates: [share].into_iter().chain(turnout).collect(),
            grain: sites.grain,
            level: sites.level,
            used: sites.used,
            left_out: sites.left_out,
        })
    }

    fn alike(&self, slice: &Slice<'_>, rate: Rate) -> Result<(Sites, Alike), Reason> {
        let MoranI { nearest, min_whole, min_group, min_sites } = *self;
        let rules = Rules { grain: Grain::Places, nearest, min_whole, min_group, min_sites };
        let sites = rules.sites(slice, rate)?;
        let group: Vec<u32> = sites.all.iter().map(|s| s.group).collect();
        let values = level_out(&sites.all);
        let moran = moran(&sites.neighbours, &values, &group).ok_or(Reason::Constant)?;
        let (links, tenths) = (sites.neighbours.links(), tenths(&sites.neighbours, &values));
        let alike = Alike { rate, sites: sites.all.len(), links, moran, tenths };
        Ok((sites, alike))
    }

    fn find(&self, slice: &Slice<'_>) -> Result<Finding, Reason> {
        let figures = self.figures(slice)?;
        let share = &figures.rates[0];
        let mut caveats = caveat::of(figures.used, slice.len());
        caveats.push(Caveat::MixedElectorates);
        Ok(Finding {
            screen: CODE,
            subject: slice.subject(),
            used: figures.used,
            measures: measures(&figures),
            p: None,
            effect: Effect {
                name: "likeness of neighbours in share beyond exchange within groups".to_owned(),
                value: share.moran.i - share.moran.expected,
                unit: Unit::None,
                interval: None,
                stations: None,
                votes: None,
            },
            plain: plain(&figures),
            pictures: pictures(&figures, slice),
            stations: Vec::new(),
            caveats,
            left_out: figures.left_out,
        })
    }
}

impl Screen for MoranI {
    fn meta(&self) -> Meta {
        Meta {
            code: CODE,
            name: "moran",
            title: "Likeness of neighbours",
            family: Family::Space,
            focus: Focus::Choice,
            status: Status::Trial,
            cost: Cost::Quick,
            doc: include_str!("moran.md"),
        }
    }

    fn run(&self, slice: &Slice<'_>) -> Outcome {
        slice.outcome(CODE, self.find(slice))
    }
}

fn measures(figures: &Figures) -> Vec<Measure> {
    let mut measures = Vec::new();
    for Alike { rate, sites, links, moran, .. } in &figures.rates {
        let [i, p, n, k] = match rate {
            Rate::Share => ["I_v", "p_v", "n_v", "k_v"],
            Rate::Turnout => ["I_t", "p_t", "n_t", "k_t"],
        };
        let of = |what: &str| format!("{what}, {}", rate.name());
        let plain = |name: &str, symbol, value| Measure::plain(of(name), symbol, value, Unit::None);
        measures.extend([
            plain("Moran's I", i, moran.i).expecting(moran.expected, moran.sd),
            plain("chance of as large an I under exchange within groups", p, moran.p()),
            plain(figures.grain.name(), n, *sites as f64),
            plain("neighbours of each on average", k, *links as f64 / *sites as f64),
        ]);
    }
    measures
}

/// The values in ten parts beside those of their neighbours.
fn tenths(neighbours: &Neighbours, values: &[f64]) -> Vec<[f64; 2]> {
    let around = |i: usize| {
        let list = neighbours.of(i);
        let sum: f64 = list.iter().map(|j| values[*j as usize]).sum();
        (!list.is_empty()).then(|| [values[i], sum / list.len() as f64])
    };
    let mut pairs: Vec<[f64; 2]> = (0..values.len()).filter_map(around).collect();
    pairs.sort_by(|a, b| a[0].total_cmp(&b[0]).then(a[1].total_cmp(&b[1])));
    let n = pairs.len();
    let part = |k: usize| {
        let part = &pairs[k * n / 10..(k + 1) * n / 10];
        let mean = |which: usize| part.iter().map(|p| p[which]).sum::<f64>() / part.len().max(1) as f64;
        [mean(0), mean(1)]
    };
    (0..10).map(part).collect()
}

fn pictures(figures: &Figures, slice: &Slice<'_>) -> Vec<Picture> {
    if slice.scope != Scope::Whole {
        return Vec::new();
    }
    let one = |a: &Alike| {
        let of = |which: usize| a.tenths.iter().map(|t| t[which]).collect();
        Picture::Lines {
            title: format!("{} beside their neighbours in {}", figures.grain.title(), a.rate.name()),
            x: "tenth of all, by their own value".to_owned(),
            y: "standard deviations above the mean of the unit".to_owned(),
            at: (1..=10).map(f64::from).collect(),
            series: vec![
                (figures.grain.name().to_owned(), of(0)),
                ("their neighbours".to_owned(), of(1)),
            ],
        }
    };
    figures.rates.iter().map(one).collect()
}

fn plain(figures: &Figures) -> String {
    let groups = figures.level.as_ref().map_or("of all".to_owned(), |l| format!("of each {l}"));
    let one = |a: &Alike| {
        format!(
            "{:.3} in {} (exchange gives {:.3} ± {:.3}; p {})",
            a.moran.i,
            a.rate.name(),
            a.moran.expected,
            1.96 * a.moran.sd,
            chance(a.moran.p()),
        )
        .replace('-', "−")
    };
    let all: Vec<String> = figures.rates.iter().map(one).collect();
    format!(
        "Over {} {}, after the mean {groups} is taken off, Moran's I of neighbours is {}. Neighbours that are \
         alike are ordinary: it says how local the vote is, and nothing about the count.",
        count(figures.rates[0].sites),
        figures.grain.name(),
        all.join(" and "),
    )
}
