//! A sample of stations as it came in, and what every method on it needs first: complete reports, strata
//! that have some, a design.

use glassurn_model::{Count, LeftOut, Reason};
use glassurn_stats::survey::{Collapsed, Design, Estimate, Merge, Single, collapse, ratio};

/// Level of every interval.
pub const LEVEL: f64 = 0.95;

/// A stratum of the frame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrameStratum {
    /// Its name in the frame.
    pub name: String,
    /// Stations of the whole stratum, sampled or not.
    pub stations: i64,
}

/// What one sampled station reported.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// Number of its stratum in the frame, from 0; `None` where the frame has none of that name.
    pub stratum: Option<usize>,
    /// Votes of each contestant.
    pub votes: Vec<Count>,
    /// The denominator of shares: valid or cast votes, never mixed.
    pub total: Count,
    /// Registered voters.
    pub registered: Count,
    /// Rejected ballots; nothing is estimated of them where the sample has none.
    pub rejected: Count,
    /// When it came in, in minutes from any moment.
    pub minute: Option<f64>,
}

/// A station that was planned and did not report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Absent {
    /// Number of its stratum in the frame, from 0.
    pub stratum: Option<usize>,
    /// Registered voters, the cap on its votes.
    pub registered: Count,
}

/// A stratified random sample of stations.
#[derive(Debug, Clone, PartialEq)]
pub struct StationSample {
    /// The contestants, as long as each report's votes.
    pub contestants: Vec<String>,
    /// What shares are of, in words (`TOTAL`).
    pub base: String,
    /// The frame.
    pub strata: Vec<FrameStratum>,
    /// What came in.
    pub reports: Vec<Report>,
    /// What was planned and did not come; `None` where the plan is not known.
    pub absent: Option<Vec<Absent>>,
    /// What a stratum with one report adds to the variance.
    pub single: Single,
    /// For each stratum the one it joins if it has no report; the next by number where absent.
    pub partners: Option<Vec<usize>>,
}

/// The usable part of a sample with its design.
pub(super) struct Prepared<'a> {
    pub(super) sample: &'a StationSample,
    pub(super) used: Vec<&'a Report>,
    pub(super) left_out: Vec<LeftOut>,
    pub(super) collapsed: Collapsed,
    pub(super) design: Design,
    pub(super) base: Vec<f64>,
}

impl<'a> Prepared<'a> {
    /// The design of these reports, or why there is none.
    pub(super) fn of(sample: &'a StationSample, reports: &'a [Report]) -> Result<Self, String> {
        let (used, rest): (Vec<_>, Vec<_>) = reports.iter().partition(|r| usable(r).is_none());
        let homes: Vec<usize> = used.iter().filter_map(|r| r.stratum).collect();
        let (collapsed, design) = sample.design(&homes)?;
        if design.df() == 0 {
            return Err("no stratum has two reports, so nothing measures their spread".to_owned());
        }
        let base: Vec<f64> = used.iter().map(|r| number(r.total)).collect();
        Ok(Prepared { sample, used, left_out: counted(&rest), collapsed, design, base })
    }

    /// Votes of one contestant at each used station.
    pub(super) fn votes(&self, contestant: usize) -> Vec<f64> {
        self.used.iter().map(|r| number(r.votes.get(contestant).copied().flatten())).collect()
    }

    /// The share of one contestant.
    pub(super) fn share(&self, contestant: usize) -> Option<Estimate> {
        ratio(&self.design, &self.votes(contestant), &self.base)
    }

    /// All shares, or the reason why there are none.
    pub(super) fn shares(&self) -> Result<Vec<Estimate>, String> {
        let all: Option<Vec<_>> =
            (0..self.sample.contestants.len()).map(|c| self.share(c)).collect();
        all.ok_or_else(|| format!("the reports have no {}", self.sample.base))
    }

    /// The difference of two shares as one ratio.
    pub(super) fn margin(&self, a: usize, b: usize) -> Option<Estimate> {
        let gap: Vec<f64> = self.votes(a).iter().zip(self.votes(b)).map(|(a, b)| a - b).collect();
        ratio(&self.design, &gap, &self.base)
    }

    /// Turnout over the stations whose registered voters are known, and how many those are.
    pub(super) fn turnout(&self) -> Option<(Estimate, usize)> {
        self.known_ratio(|r| r.registered, |r| r.total, |r| r.registered)
    }

    /// Rejected ballots per vote of the base, over the stations that report them, and how many those are.
    pub(super) fn rejected(&self) -> Option<(Estimate, usize)> {
        self.known_ratio(|r| r.rejected, |r| r.rejected, |r| r.total)
    }

    /// A ratio over the stations where this is known: the others are no part of its domain.
    fn known_ratio(
        &self,
        known: fn(&Report) -> Count,
        over: fn(&Report) -> Count,
        under: fn(&Report) -> Count,
    ) -> Option<(Estimate, usize)> {
        let known = |r: &Report| known(r).is_some_and(|n| n >= 0);
        let of = |pick: fn(&Report) -> Count| -> Vec<f64> {
            self.used.iter().map(|r| if known(r) { number(pick(r)) } else { 0.0 }).collect()
        };
        let stations = self.used.iter().filter(|r| known(r)).count();
        Some((ratio(&self.design, &of(over), &of(under))?, stations))
    }

    /// What a reader must know about the strata.
    pub(super) fn notes(&self) -> Vec<String> {
        let mut notes = Vec::new();
        let name = |h: &usize| self.sample.strata.get(*h).map_or("?", |s| &s.name);
        for (small, partner) in &self.collapsed.merged {
            let (small, partner) = (name(small), name(partner));
            notes.push(format!(
                "stratum {small} has no report and is merged with stratum {partner}"
            ));
        }
        let singles = self.design.singles().len();
        if singles > 0 {
            let rule = match self.sample.single {
                Single::Adjust => "each adds the square of its deviation from the grand mean",
                Single::Average => "each adds the mean variance of the others",
                Single::Certainty => "each adds nothing, as if it had been taken with certainty",
            };
            notes.push(format!("strata with one report: {singles}; {rule}"));
        }
        notes
    }
}

impl StationSample {
    /// Strata merged so that each has a unit, and the design over units in these strata.
    pub(super) fn design(&self, homes: &[usize]) -> Result<(Collapsed, Design), String> {
        let mut counts = vec![0; self.strata.len()];
        for &home in homes {
            *counts.get_mut(home).ok_or("a report names a stratum that the frame lacks")? += 1;
        }
        let rule = self.partners.as_deref().map_or(Merge::Next, Merge::Given);
        let collapsed = collapse(&counts, 1, rule)
            .ok_or("no report is complete, or an empty stratum has nothing to be merged with")?;
        let mut sizes = vec![0.0; collapsed.count];
        for (stratum, &new) in self.strata.iter().zip(&collapsed.number) {
            sizes[new] += stratum.stations as f64;
        }
        let merged: Vec<usize> = homes.iter().map(|&h| collapsed.number[h]).collect();
        let design = Design::stratified(&merged, &sizes, self.single)
            .map_err(|e| format!("the sample does not fit its frame ({e:?})"))?;
        Ok((collapsed, design))
    }

    /// The usable reports of the whole sample.
    pub(super) fn prepare(&self) -> Result<Prepared<'_>, String> {
        Prepared::of(self, &self.reports)
    }

    /// Every planned station that has no complete report; `None` where the plan is not known.
    pub(super) fn not_in_hand(&self) -> Option<Vec<Absent>> {
        let mut absent = self.absent.clone()?;
        let incomplete = self.reports.iter().filter(|r| usable(r).is_some());
        absent.extend(incomplete.map(|r| Absent { stratum: r.stratum, registered: r.registered }));
        absent.retain(|a| a.stratum.is_some());
        Some(absent)
    }

    /// The share of one contestant as if all stations were one simple random sample: what is in hand, no
    /// estimate of a stratified frame.
    pub fn unweighted(&self, contestant: usize) -> Option<Estimate> {
        let used: Vec<_> = self.reports.iter().filter(|r| usable(r).is_none()).collect();
        let all = self.strata.iter().map(|s| s.stations as f64).sum();
        let design = Design::stratified(&vec![0; used.len()], &[all], self.single).ok()?;
        let votes: Vec<f64> =
            used.iter().map(|r| number(r.votes.get(contestant).copied().flatten())).collect();
        ratio(&design, &votes, &used.iter().map(|r| number(r.total)).collect::<Vec<_>>())
    }
}

/// A count that is known to be there.
fn number(count: Count) -> f64 {
    count.unwrap_or(0) as f64
}

/// Why a report cannot be used.
fn usable(report: &Report) -> Option<Reason> {
    let counts = || report.votes.iter().chain([&report.total]);
    if report.stratum.is_none() {
        return Some(Reason::NotStations("its stratum is not in the frame".to_owned()));
    }
    if counts().any(Option::is_none) {
        return Some(Reason::Missing);
    }
    if counts().flatten().any(|c| *c < 0) {
        return Some(Reason::Below { what: "a count", minimum: 0 });
    }
    let over = report.votes.iter().any(|v| *v > report.total);
    over.then(|| Reason::Above { what: "votes", maximum: "the station's total".to_owned() })
}

/// Reports left out, by reason.
fn counted(rest: &[&Report]) -> Vec<LeftOut> {
    let mut reasons: Vec<Reason> = rest.iter().filter_map(|r| usable(r)).collect();
    reasons.sort();
    let groups = reasons.chunk_by(|a, b| a == b);
    groups.map(|g| LeftOut { why: g[0].clone(), stations: g.len() }).collect()
}

/// Indices of contestants, largest share first.
pub(super) fn by_share(shares: &[Estimate]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..shares.len()).collect();
    order.sort_by(|&a, &b| shares[b].value.total_cmp(&shares[a].value));
    order
}

/// An interval in words (`53.0 to 53.7 %`).
pub(super) fn span([low, high]: [f64; 2]) -> String {
    format!("{:.2} to {:.2} %", 100.0 * low, 100.0 * high).replace('-', "−")
}

/// What must hold for any estimate from a sample.
pub(super) fn assumptions(p: &Prepared<'_>) -> Vec<String> {
    let mut limits = vec![
        "the stations were drawn at random within their strata, before the count".to_owned(),
        "the figures reported are those of the stations' counts".to_owned(),
        "the frame lists every station once".to_owned(),
    ];
    match p.sample.not_in_hand().map(|a| a.len()) {
        None => limits.push("every planned station reported, or those that did not are like those that did: the plan is not known".to_owned()),
        Some(0) => {}
        Some(n) => limits.push(format!("the {} planned stations that are not in hand are like the others of their stratum (P240 says what they could change)", crate::phrase::count(n))),
    }
    limits
}
