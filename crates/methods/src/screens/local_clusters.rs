//! S711 local-clusters.

use glassurn_model::{
    Caveat, Effect, Finding, MapArea, Measure, Outcome, Picture, Reason, Scope, Unit,
};

use crate::{
    Cost, Family, Focus, Meta, Screen, Slice, Status,
    ballots::Rate,
    caveat,
    neighbours::{Grain, Rules, Sites, level_out},
    phrase::{chance, count, percent},
};

mod local;

pub use local::{Class, Local, local};

#[doc = include_str!("local_clusters.md")]
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LocalClusters {
    /// How many of the nearest places are neighbours, where there is no map of areas.
    pub nearest: usize,
    /// Fewest ballots (for turnout: voters) of a station used.
    pub min_whole: i64,
    /// Fewest areas of a group.
    pub min_group: usize,
    /// Fewest areas for an answer.
    pub min_sites: usize,
    /// Most areas for an answer.
    pub max_sites: usize,
    /// Share of false discoveries among the areas listed.
    pub level: f64,
    /// Most draws for an area.
    pub draws: u32,
    /// Seed of the draws.
    pub seed: u64,
}

const CODE: &str = "S711";

/// The areas in one rate.
#[derive(Debug, Clone, PartialEq)]
pub struct Clusters {
    /// The rate.
    pub rate: Rate,
    /// The areas and their neighbours.
    pub sites: Sites,
    /// What each says.
    pub local: Vec<Local>,
}

impl Clusters {
    /// The class of an area at this share of false discoveries.
    fn class(&self, area: usize, level: f64) -> Class {
        self.local[area].class(level)
    }

    fn many(&self, class: Class, level: f64) -> usize {
        self.local.iter().filter(|l| l.class(level) == class).count()
    }

    fn listed(&self, level: f64) -> usize {
        self.local.len() - self.many(Class::None, level)
    }
}

impl LocalClusters {
    /// One false discovery in twenty, up to 9,999 draws.
    pub const DEFAULT: Self = LocalClusters {
        nearest: 8,
        min_whole: 30,
        min_group: 5,
        min_sites: 30,
        max_sites: 3_000,
        level: 0.05,
        draws: 9_999,
        seed: 1,
    };

    /// The areas in share, and in turnout where there is one.
    pub fn clusters(&self, slice: &Slice<'_>) -> Result<Vec<Clusters>, Reason> {
        let share = self.of(slice, Rate::Share)?;
        Ok([share].into_iter().chain(self.of(slice, Rate::Turnout).ok()).collect())
    }

    fn of(&self, slice: &Slice<'_>, rate: Rate) -> Result<Clusters, Reason> {
        let LocalClusters { nearest, min_whole, min_group, min_sites, .. } = *self;
        let rules = Rules { grain: Grain::Places, nearest, min_whole, min_group, min_sites };
        let sites = rules.sites(slice, rate)?;
        if sites.all.len() > self.max_sites {
            return Err(Reason::WrongSubject(format!(
                "it is for at most {} {}, and there are {}",
                count(self.max_sites),
                sites.grain.name(),
                count(sites.all.len())
            )));
        }
        let group: Vec<u32> = sites.all.iter().map(|s| s.group).collect();
        let values = level_out(&sites.all);
        let local = local(&sites.neighbours, &values, &group, self.draws, self.seed);
        Ok(Clusters { rate, sites, local: local.ok_or(Reason::Constant)? })
    }

    fn find(&self, slice: &Slice<'_>) -> Result<Finding, Reason> {
        let all = self.clusters(slice)?;
        let share = &all[0];
        let mut caveats = caveat::of(share.sites.used, slice.len());
        caveats.push(Caveat::MixedElectorates);
        Ok(Finding {
            screen: CODE,
            subject: slice.subject(),
            used: share.sites.used,
            measures: all.iter().flat_map(|c| measures(c, self.level)).collect(),
            p: None,
            effect: Effect {
                name: format!("{} in clusters or apart, share", share.sites.grain.name()),
                value: share.listed(self.level) as f64,
                unit: Unit::None,
                interval: None,
                stations: None,
                votes: None,
            },
            plain: plain(&all, self.level),
            pictures: pictures(&all, slice, self.level),
            stations: listed(&all, slice, self.level),
            caveats,
            left_out: share.sites.left_out.clone(),
        })
    }
}

impl Screen for LocalClusters {
    fn meta(&self) -> Meta {
        Meta {
            code: CODE,
            name: "local-clusters",
            title: "Clusters of neighbouring areas",
            family: Family::Space,
            focus: Focus::Choice,
            status: Status::Trial,
            cost: Cost::Quick,
            doc: include_str!("local_clusters.md"),
        }
    }

    fn run(&self, slice: &Slice<'_>) -> Outcome {
        slice.outcome(CODE, self.find(slice))
    }
}

fn measures(clusters: &Clusters, level: f64) -> Vec<Measure> {
    let symbols = match clusters.rate {
        Rate::Share => ["hh_v", "ll_v", "hl_v", "lh_v", "p_v", "n_v"],
        Rate::Turnout => ["hh_t", "ll_t", "hl_t", "lh_t", "p_t", "n_t"],
    };
    let plain = |name: &str, symbol, value| {
        Measure::plain(format!("{name}, {}", clusters.rate.name()), symbol, value, Unit::None)
    };
    let grain = clusters.sites.grain.name();
    let smallest = clusters.local.iter().map(|l| l.adjusted).fold(1.0, f64::min);
    let class = |(class, symbol): (Class, &'static str)| {
        plain(&format!("{grain}: {}", class.name()), symbol, clusters.many(class, level) as f64)
    };
    let mut measures: Vec<Measure> = Class::LISTED.into_iter().zip(symbols).map(class).collect();
    measures.push(plain("smallest p, adjusted for their number", symbols[4], smallest));
    measures.push(plain(grain, symbols[5], clusters.local.len() as f64));
    measures
}

fn plain(all: &[Clusters], level: f64) -> String {
    let one = |c: &Clusters| {
        let [hh, ll, hl, lh] = Class::LISTED.map(|class| count(c.many(class, level)));
        format!(
            "in {} {hh} high among high, {ll} low among low, {hl} high among low and {lh} low among high",
            c.rate.name()
        )
    };
    let words: Vec<String> = all.iter().map(one).collect();
    let sites = &all[0].sites;
    let groups = sites.level.as_ref().map_or("of all".to_owned(), |l| format!("of its {l}"));
    format!(
        "Of {} {}, each less the mean {groups}: {}, where chance gives about one in twenty of those listed. Such \
         clusters are how people live, unless something else explains them.",
        count(sites.all.len()),
        sites.grain.name(),
        words.join("; "),
    )
}

fn pictures(all: &[Clusters], slice: &Slice<'_>, level: f64) -> Vec<Picture> {
    if slice.scope != Scope::Whole {
        return Vec::new();
    }
    all.iter().map(|c| picture(c, slice, level)).collect()
}

fn picture(clusters: &Clusters, slice: &Slice<'_>, level: f64) -> Picture {
    let sites = &clusters.sites;
    let map = slice.returns.stations.areas.as_ref().filter(|_| sites.grain == Grain::Areas);
    let area = |(i, site): (usize, &crate::neighbours::Site)| MapArea {
        label: name(sites, slice, i),
        class: clusters.class(i, level) as usize,
        value: site.rate(),
        at: site.at,
        outline: map.and_then(|m| m.outlines.get(site.unit as usize)).cloned().unwrap_or_default(),
    };
    Picture::Map {
        title: format!("Clusters of {} in {}", sites.grain.name(), clusters.rate.name()),
        value: clusters.rate.name().to_owned(),
        classes: Class::ALL.map(|c| c.name().to_owned()).to_vec(),
        areas: sites.all.iter().enumerate().map(area).collect(),
    }
}

/// What a reader calls a site: the unit's name, or its first station's.
fn name(sites: &Sites, slice: &Slice<'_>, i: usize) -> String {
    let stations = &slice.returns.stations;
    let site = &sites.all[i];
    let unit = stations.areas.as_ref().filter(|_| sites.grain == Grain::Areas).and_then(|areas| {
        stations.levels.get(areas.level)?.units.get(site.unit as usize).cloned()
    });
    unit.or_else(|| stations.ids.get(site.row as usize).cloned()).unwrap_or_default()
}

/// The first station of each area listed, the smallest p first.
fn listed(all: &[Clusters], slice: &Slice<'_>, level: f64) -> Vec<(u32, String)> {
    let mut found: Vec<(f64, u32, String)> = Vec::new();
    for clusters in all {
        for (i, local) in clusters.local.iter().enumerate() {
            let class = local.class(level);
            if class == Class::None {
                continue;
            }
            let site = &clusters.sites.all[i];
            let say = format!(
                "{}: {} {}, {} (p {})",
                name(&clusters.sites, slice, i),
                clusters.rate.name(),
                percent(site.rate(), 1),
                class.name(),
                chance(local.p)
            );
            found.push((local.p, site.row, say));
        }
    }
    found.sort_by(|a, b| a.0.total_cmp(&b.0).then_with(|| (a.1, &a.2).cmp(&(b.1, &b.2))));
    found.into_iter().take(20).map(|(_, row, say)| (row, say)).collect()
}
