//! P160 in a comparison: what is in hand, weighted to the number of stations of each area that the files
//! list or that somebody states. It corrects known composition only, and is never a headline.

use glassurn_methods::parallel::reweighted::{self, Limits, Margin, Reweighted, Unit};
use glassurn_model::{Answer, Count, CountKind, Level};

use super::{Case, sum};

/// A list of fewer than this part of all stations says nothing of the others' areas.
const WHOLE_LIST: f64 = 0.95;

impl Case<'_> {
    /// The answer, where the count is a part of the stations and it is known how all of them lie.
    pub(super) fn composition(&self) -> Option<Answer> {
        let contest = self.contest();
        let sampled = matches!(self.base.kind, CountKind::Official | CountKind::Sample);
        if sampled || !contest.exhaustive || self.first.stations.levels.is_empty() {
            return None;
        }
        let columns: Vec<Vec<Count>> =
            contest.choices.iter().map(|c| self.base.values(c)).collect();
        let votes = |s: usize| -> Vec<Count> {
            columns.iter().map(|c| c.get(s).copied().flatten()).collect()
        };
        let listed = self.first.stations.len();
        let in_hand: Vec<usize> =
            (0..listed).filter(|s| votes(*s).iter().any(Option::is_some)).collect();
        let stated = self.settings.stations.or(self.whole("stations").map(|a| a.value));
        if in_hand.len() == listed && stated.is_none_or(|n| n <= count(listed)) {
            return None;
        }
        let Some((level, totals)) = self.known(&in_hand, stated) else {
            let why = "no area's number of stations is known for all areas: the files list too few of the \
                stations, or some area has none in hand";
            return Some(Answer::refused(reweighted::METHOD.code, &*self.base.name, why));
        };
        let unit = |&s: &usize| {
            let votes = votes(s);
            let base = votes.iter().copied().collect::<Option<Vec<_>>>().and_then(sum);
            let group = level.of.get(s).map_or(0, |u| *u as usize);
            Unit { votes, base, size: Some(1), groups: vec![group] }
        };
        let units: Vec<Unit> = in_hand.iter().map(unit).collect();
        let groups = level.units.iter().cloned().zip(totals).collect();
        let names: Vec<String> = contest.choices.iter().map(|c| c.name.clone()).collect();
        Some(reweighted::answer(&Reweighted {
            subject: &self.base.name,
            base: "votes for all choices",
            control: "stations",
            choices: &names,
            units: &units,
            margins: &[Margin { name: level.name.clone(), groups }],
            limits: Limits::DEFAULT,
        }))
    }

    /// The finest level of which every area's number of stations is known and some are in hand everywhere,
    /// with those numbers. The choice looks at no vote.
    fn known(&self, in_hand: &[usize], stated: Option<i64>) -> Option<(&Level, Vec<i64>)> {
        let mut levels: Vec<&Level> = self.first.stations.levels.iter().collect();
        levels.sort_by_key(|l| std::cmp::Reverse(l.units.len()));
        let covered = |l: &Level| {
            let mut seen = vec![false; l.units.len()];
            let units = in_hand.iter().filter_map(|s| l.of.get(*s));
            units.for_each(|u| seen[*u as usize] = true);
            seen.into_iter().all(|s| s)
        };
        let found = levels.into_iter().filter(|l| covered(l));
        found.filter_map(|l| Some((l, self.totals(l, stated)?))).next()
    }

    /// Stations of each area: as stated, else as listed where the list is nearly whole.
    fn totals(&self, level: &Level, stated: Option<i64>) -> Option<Vec<i64>> {
        let announced = self.announced("stations");
        let of = |unit: &String| announced.iter().find(|a| a.area == *unit).map(|a| a.value);
        if let Some(totals) = level.units.iter().map(of).collect::<Option<Vec<_>>>() {
            return Some(totals);
        }
        let listed = count(self.first.stations.len());
        let whole = stated.is_none_or(|n| listed as f64 >= WHOLE_LIST * n as f64);
        whole.then(|| level.members().iter().map(|m| count(m.len())).collect())
    }
}

fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}
