//! Which methods apply to which pair of counts.

mod composition;

use glassurn_methods::parallel::{
    area_excess,
    beside::{Announced, Beside, sum},
    implied_remainder::{self, total_where},
    missing_bounds,
    selection_factor::{self, SelectionFactor},
    station_excess, station_match, sum_chain, turnout_tally,
};
use glassurn_model::{Answer, Column, Contest, Count, CountKind, Field, Returns};

use super::{Settings, Side, reported};
use crate::Account;
use crate::account::Coverage;

/// The whole area, as announced totals name it.
pub(super) const WHOLE: &str = "the whole area";

/// Factors by which stations in hand may have been likelier to be in hand than others.
const FACTORS: [f64; 9] = [1.0, 1.25, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0, 10.0];

/// Why an account of counts that nobody drew has no estimate.
const NO_ESTIMATE: &str = "No estimate of the true shares is given: the stations in hand were not drawn at \
    random, and nothing in the inputs says how they differ from the others. Weighting them (P160) corrects \
    known composition only.";

/// Runs every method that the sides allow.
pub(super) fn run(first: &Returns, sides: &[Side<'_>], settings: &Settings, account: &mut Account) {
    let Some(base) = base(sides) else { return };
    let others: Vec<&Side<'_>> = sides.iter().filter(|s| !std::ptr::eq(*s, base)).collect();
    let case = Case { first, base, settings };
    let focus = case.focus();
    for choice in &focus {
        account.answers.extend(case.area(choice, &others));
    }
    for side in &others {
        for choice in &focus {
            account.answers.extend(case.stations(choice, side));
        }
    }
    account.answers.extend(case.remainder());
    account.answers.extend(case.bounds());
    account.answers.extend(case.selection());
    account.answers.extend(case.composition());
    account.answers.extend(case.sums());
    for side in others.iter().filter(|s| s.kind.counts_whole_stations()) {
        account.answers.extend(case.matches(&focus, side));
    }
    for side in &others {
        account.answers.extend(case.turnout(side));
    }
    account.answers.sort_by_key(|a| a.method);
    account.coverage = Some(case.coverage());
    if !matches!(base.kind, CountKind::Official | CountKind::Sample) {
        account.notes.push(NO_ESTIMATE.to_owned());
    }
}

/// The side that states the authority's station figures: its own, else copies of its protocols, else the first.
fn base<'s, 'a>(sides: &'s [Side<'a>]) -> Option<&'s Side<'a>> {
    let of = |kind: CountKind| sides.iter().find(|s| s.kind == kind);
    of(CountKind::Official).or_else(|| of(CountKind::ProtocolCopy)).or(sides.first())
}

/// The official side, and what is wanted of it.
struct Case<'a> {
    first: &'a Returns,
    base: &'a Side<'a>,
    settings: &'a Settings,
}

impl<'a> Case<'a> {
    fn contest(&self) -> &'a Contest {
        self.base.contest
    }

    /// How many stations there are, where somebody states it, and how many have counts.
    fn coverage(&self) -> Coverage {
        let columns: Vec<Vec<Count>> =
            self.contest().choices.iter().map(|c| self.base.values(c)).collect();
        let known =
            |s: usize| columns.iter().filter(move |c| c.get(s).is_some_and(Option::is_some));
        let listed = self.first.stations.len();
        let counts: Vec<usize> = (0..listed).map(|s| known(s).count()).filter(|n| *n > 0).collect();
        let stated = self.settings.stations.or(self.whole("stations").map(|a| a.value));
        let own = (self.base.kind == CountKind::Official).then_some(listed);
        Coverage {
            all: stated.and_then(|n| usize::try_from(n).ok()).or(own),
            planned: None,
            listed: Some(listed),
            in_hand: counts.len(),
            incomplete: counts.iter().filter(|n| **n < columns.len()).count(),
        }
    }

    /// Whether two names mean one choice.
    fn same(&self, a: &str, b: &str) -> bool {
        let fold = |s: &str| s.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        let declared = |(x, y): &(String, String)| (x == a && y == b) || (x == b && y == a);
        fold(a) == fold(b) || self.settings.same.iter().any(declared)
    }

    /// The column of a choice or field in another side.
    fn column<'s>(&self, side: &'s Side<'_>, name: &str) -> Option<&'s Column> {
        let choices = side.contest.choices.iter();
        let mut found = choices.filter(|c| self.same(&c.name, name));
        found.next().or_else(|| side.contest.fields.get(&Field::from_key(name)?))
    }

    /// What was announced of a choice or field, area by area: on the command line, else in the mapping.
    fn announced(&self, name: &str) -> Vec<Announced> {
        let given = self.settings.announced.iter().filter(|(n, _)| self.same(n, name));
        let given: Vec<_> = given
            .map(|(_, value)| Announced {
                area: WHOLE.to_owned(),
                value: *value,
                source: self.settings.announced_by.clone(),
            })
            .collect();
        let of_all = self.base.kind == CountKind::Official;
        let stated = self.contest().declared.iter().filter(|t| t.announced || of_all);
        let declared = stated.filter(|t| self.same(&t.what, name));
        let declared = declared.map(|t| Announced {
            area: t.area.clone().unwrap_or_else(|| WHOLE.to_owned()),
            value: t.value,
            source: t.source.clone(),
        });
        if given.is_empty() { declared.collect() } else { given }
    }

    /// What was announced of a choice or field for the whole.
    fn whole(&self, name: &str) -> Option<Announced> {
        self.announced(name).into_iter().find(|a| a.area == WHOLE)
    }

    /// The choices in focus.
    fn focus(&self) -> Vec<&'a str> {
        let choices = &self.contest().choices;
        let wanted = |c: &&Column| {
            self.settings.all_choices || self.settings.choices.iter().any(|w| self.same(w, &c.name))
        };
        let named: Vec<_> = choices.iter().filter(wanted).map(|c| c.name.as_str()).collect();
        if !named.is_empty() {
            return named;
        }
        let size =
            |c: &&Column| std::cmp::Reverse(self.whole(&c.name).map(|a| a.value).max(c.total()));
        let mut all: Vec<&Column> = choices.iter().collect();
        all.sort_by_key(size);
        all.iter().take(2).map(|c| c.name.as_str()).collect()
    }

    /// One choice of the base beside that of another side.
    fn beside<'v>(
        &'v self,
        choice: &'v str,
        official: &'v [Count],
        counted: &'v [Count],
        side: Option<&'v Side<'_>>,
    ) -> Beside<'v> {
        Beside {
            choice,
            official,
            official_kind: self.base.kind,
            counted,
            counted_kind: side.map_or(self.base.kind, |s| s.kind),
            counted_name: side.map_or(self.base.kind.title(), |s| s.name.as_str()),
            ids: &self.first.stations.ids,
            levels: &self.first.stations.levels,
        }
    }

    /// The base's figures of a choice.
    fn official(&self, choice: &str) -> Vec<Count> {
        let column = self.contest().choices.iter().find(|c| c.name == choice);
        column.map_or_else(Vec::new, |c| self.base.values(c))
    }

    /// P110 for one choice: against each other side that adds something, or the base alone.
    fn area(&self, choice: &str, others: &[&Side<'_>]) -> Vec<Answer> {
        let announced = self.announced(choice);
        if announced.is_empty() || self.base.kind == CountKind::Official && others.is_empty() {
            return Vec::new();
        }
        let official = self.official(choice);
        let mut answers = Vec::new();
        for side in others {
            let Some(column) = self.column(side, choice) else { continue };
            let counted = side.values(column);
            let beside = self.beside(choice, &official, &counted, Some(side));
            answers.push(area_excess::compare(&beside, &announced, WHOLE));
        }
        if answers.is_empty() {
            let beside = self.beside(choice, &official, &[], None);
            answers.push(area_excess::compare(&beside, &announced, WHOLE));
        }
        answers
    }

    /// P120 for one choice against voters' reports and observers.
    fn stations(&self, choice: &str, side: &Side<'_>) -> Option<Answer> {
        if side.kind.counts_whole_stations() {
            return None;
        }
        let counted = side.values(self.column(side, choice)?);
        let official = self.official(choice);
        let cast = self.contest().field(Field::Cast).ok().filter(|c| reported(c));
        let cast = cast.map(|c| self.base.values(c));
        let extras: Vec<(&str, Vec<Count>)> =
            self.contest().extras.iter().map(|c| (c.name.as_str(), self.base.values(c))).collect();
        let companions: Vec<_> = extras
            .iter()
            .map(|(name, values)| station_excess::Companion { name, values })
            .collect();
        let beside = self.beside(choice, &official, &counted, Some(side));
        let set = station_excess::Settings::DEFAULT;
        Some(station_excess::compare(&beside, &companions, cast.as_deref(), set))
    }

    /// Votes of every choice, and valid votes, over the stations that have all of them.
    fn complete(&self) -> Option<(Vec<i64>, i64)> {
        let columns: Vec<Vec<Count>> =
            self.contest().choices.iter().map(|c| self.base.values(c)).collect();
        let slices: Vec<&[Count]> = columns.iter().map(Vec::as_slice).collect();
        let votes: Option<Vec<i64>> = slices.iter().map(|c| total_where(c, &slices)).collect();
        let votes = votes?;
        let all = sum(votes.iter().copied())?;
        Some((votes, all))
    }

    /// P130, where valid votes were announced and the base is whole counts of stations.
    fn remainder(&self) -> Option<Answer> {
        let valid = self.whole(Field::Valid.key())?;
        if self.base.kind == CountKind::Official || !self.contest().exhaustive {
            return None;
        }
        let (votes, all) = self.complete()?;
        let totals = self.contest().choices.iter().zip(votes).filter_map(|(choice, votes)| {
            let announced = self.whole(&choice.name)?;
            Some(implied_remainder::Totals {
                choice: choice.name.clone(),
                votes,
                all,
                announced: announced.value,
                announced_all: valid.value,
                base: self.base_words(&announced.source),
            })
        });
        let totals: Vec<_> = totals.collect();
        (!totals.is_empty()).then(|| implied_remainder::compare(&self.base.name, &totals))
    }

    /// P140, where it is known how many stations, or how many valid votes, there are.
    fn bounds(&self) -> Option<Answer> {
        if self.base.kind == CountKind::Official || !self.contest().exhaustive {
            return None;
        }
        let stations = self.settings.stations.or(self.whole("stations").map(|a| a.value));
        let announced_all = self.whole(Field::Valid.key()).map(|a| a.value);
        if stations.is_none() && announced_all.is_none() {
            return None;
        }
        let columns: Vec<Vec<Count>> =
            self.contest().choices.iter().map(|c| self.base.values(c)).collect();
        let size = |s: usize| {
            sum(columns.iter().map(|c| c.get(s).copied().flatten()).collect::<Option<Vec<_>>>()?)
        };
        let sizes: Vec<i64> = (0..self.first.stations.len()).filter_map(size).collect();
        let (votes, _) = self.complete()?;
        let names = self.contest().choices.iter().map(|c| c.name.clone());
        let part = missing_bounds::Part {
            choices: names.zip(votes).collect(),
            sizes,
            stations,
            announced_all,
            base: self.base_words("whoever stated the number of stations and of valid votes (see the settings and the mapping)"),
        };
        Some(missing_bounds::compare(&self.base.name, &part))
    }

    /// P150 for the choice that leads in hand, against its announced share and the next choice.
    fn selection(&self) -> Option<Answer> {
        let contest = self.contest();
        if self.base.kind == CountKind::Official || !contest.exhaustive {
            return None;
        }
        let columns: Vec<Vec<Count>> =
            contest.choices.iter().map(|c| self.base.values(c)).collect();
        let mut order: Vec<usize> = (0..columns.len()).collect();
        order.sort_by_key(|&i| (std::cmp::Reverse(contest.choices[i].total()), i));
        let (lead, next) = (*order.first()?, *order.get(1)?);
        let all = |s: usize| {
            sum(columns.iter().map(|c| c.get(s).copied().flatten()).collect::<Option<Vec<_>>>()?)
        };
        let counts: Vec<(Count, Count)> = (0..self.first.stations.len())
            .map(|s| (columns[lead].get(s).copied().flatten(), all(s)))
            .collect();
        let announced = self.whole(&contest.choices[lead].name);
        let valid = self.whole(Field::Valid.key()).filter(|v| v.value > 0);
        let stated = announced.zip(valid).map(|(a, v)| a.value as f64 / v.value as f64);
        Some(selection_factor::answer(&SelectionFactor {
            subject: &self.base.name,
            choice: &contest.choices[lead].name,
            base: "votes for all choices",
            counts: &counts,
            stated: stated.map(|share| (share, "the announced share")),
            rival: Some((&contest.choices[next].name, &columns[next])),
            grid: &FACTORS,
        }))
    }

    /// P170: the base's stations against the announced totals.
    fn sums(&self) -> Option<Answer> {
        if !matches!(self.base.kind, CountKind::Official | CountKind::ProtocolCopy) {
            return None;
        }
        let contest = self.contest();
        let fields = contest.fields.iter().filter(|(_, c)| reported(c));
        let named = fields.map(|(f, c)| (f.key(), f.title(), c));
        let named =
            named.chain(contest.choices.iter().map(|c| (c.name.as_str(), c.name.as_str(), c)));
        let lines: Vec<(&str, Vec<Count>, Announced)> = named
            .filter_map(|(key, title, c)| Some((title, self.base.values(c), self.whole(key)?)))
            .collect();
        let lines: Vec<_> = lines
            .iter()
            .map(|(name, stations, announced)| sum_chain::Line { name, stations, announced })
            .collect();
        let all = self.settings.stations.or(self.whole("stations").map(|a| a.value));
        (!lines.is_empty())
            .then(|| sum_chain::compare(&self.base.name, self.base.kind, &lines, all))
    }

    /// P180 for the choices in focus and for the ballots cast.
    fn matches(&self, focus: &[&str], side: &Side<'_>) -> Vec<Answer> {
        let choices = focus.iter().filter_map(|name| {
            let official = self.contest().choices.iter().find(|c| c.name == **name)?;
            self.one_match(name, official, side, name)
        });
        // Of those whom observers saw voting P190 speaks: some of them are always missed.
        let cast = self.contest().field(Field::Cast).ok();
        let cast = cast.filter(|_| side.kind != CountKind::Observer);
        let key = Field::Cast.key();
        let cast = cast.and_then(|c| self.one_match(key, c, side, Field::Cast.title()));
        choices.chain(cast).collect()
    }

    /// P190: ballots cast against those whom observers saw voting, or who proved that they did.
    fn turnout(&self, side: &Side<'_>) -> Option<Answer> {
        if !matches!(side.kind, CountKind::Observer | CountKind::VoterClaim) {
            return None;
        }
        let cast = self.contest().field(Field::Cast).ok().filter(|c| reported(c))?;
        let key = Field::Cast.key();
        let counted = match self.column(side, key) {
            Some(column) => side.values(column),
            None => side.values(&all_choices(side.contest)?),
        };
        let official = self.base.values(cast);
        let beside = self.beside(Field::Cast.title(), &official, &counted, Some(side));
        let set = turnout_tally::Settings {
            seen: self.settings.seen,
            ..turnout_tally::Settings::DEFAULT
        };
        Some(turnout_tally::compare(&beside, &self.announced(key), WHOLE, set))
    }

    /// P180 for one line.
    fn one_match(
        &self,
        key: &str,
        official: &Column,
        side: &Side<'_>,
        title: &str,
    ) -> Option<Answer> {
        let counted = side.values(self.column(side, key)?);
        let official = self.base.values(official);
        Some(station_match::compare(&self.beside(title, &official, &counted, Some(side))))
    }

    /// What the base is, and who announced.
    fn base_words(&self, source: &str) -> String {
        format!("{} ({}); announced by {source}", self.base.name, self.base.kind.title())
    }
}

/// The votes of every choice together, where the choices are all there were.
fn all_choices(contest: &Contest) -> Option<Column> {
    let parts: Vec<&Column> = contest.choices.iter().collect();
    contest.exhaustive.then(|| Column::derived("all choices", &parts)).flatten()
}
