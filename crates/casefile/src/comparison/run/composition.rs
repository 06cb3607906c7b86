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

    /// The outermost level of which every area's number of stations is known and some are in hand everywhere,
    /// with those numbers: fine areas make weights wild. The choice looks at no vote.
    fn known(&self, in_hand: &[usize], stated: Option<i64>) -> Option<(&Level, Vec<i64>)> {
        let covered = |l: &Level| {
            let mut seen = vec![false; l.units.len()];
            let units = in_hand.iter().filter_map(|s| l.of.get(*s));
            units.for_each(|u| seen[*u as usize] = true);
            seen.into_iter().all(|s| s)
        };
        let found = self.first.stations.levels.iter().filter(|l| l.units.len() > 1 && covered(l));
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

#[cfg(test)]
mod tests {
    use glassurn_model::testing::Builder;
    use glassurn_model::{Count, CountKind, Returns};

    use super::super::super::{Settings, Source, compare};
    use super::Answer;

    /// Two regions of four stations, of which `in_b` of the second are in hand; A has 60 % in the first and
    /// 20 % in the second.
    fn returns(in_b: usize) -> Returns {
        let votes = |first: i64, second: i64| -> Vec<Count> {
            (0..8)
                .map(|i| if i < 4 { Some(first) } else { (i < 4 + in_b).then_some(second) })
                .collect()
        };
        let regions = ["North", "North", "North", "North", "South", "South", "South", "South"];
        let builder = Builder::new(8).choice("A", votes(60, 20)).choice("B", votes(40, 80));
        builder.exhaustive().level("region", &regions).build()
    }

    fn weighted(returns: Returns, kind: CountKind, stations: Option<i64>) -> Option<Answer> {
        let source = Source { returns, kind: Some(kind) };
        let settings = Settings { stations, ..Settings::default() };
        let account = compare(&[source], &settings, String::new());
        assert!(account.headlines(99).iter().all(|(a, _)| a.method != "P160"), "never a headline");
        account.answers.into_iter().find(|a| a.method == "P160")
    }

    #[test]
    fn areas_get_their_known_number_of_stations_and_no_share_is_said() {
        let answer = weighted(returns(1), CountKind::ProtocolCopy, None).unwrap();
        let shares = ["p", "p_w"].map(|s| answer.measure(s).unwrap().value);
        assert!(
            (shares[0] - 0.48).abs() < 1e-12 && (shares[1] - 0.60).abs() < 1e-9,
            "{shares:?}, of B"
        );
        let claim = &answer.claims[0];
        assert!(claim.headline.starts_with("Corrects known composition only"), "{claim:?}");
        assert!(claim.headline.contains("by 12.00 points") && !claim.headline.contains('%'));
    }

    #[test]
    fn what_is_not_known_is_refused_and_what_is_whole_is_not_weighted() {
        let copies = CountKind::ProtocolCopy;
        let refused = |answer: Option<Answer>| answer.unwrap().refused.unwrap();
        assert!(refused(weighted(returns(0), copies, None)).contains("none in hand"));
        assert!(refused(weighted(returns(1), copies, Some(40))).contains("list too few"));
        assert!(weighted(returns(4), copies, None).is_none(), "every station is in hand");
        assert!(weighted(returns(1), CountKind::Official, None).is_none());
    }
}
