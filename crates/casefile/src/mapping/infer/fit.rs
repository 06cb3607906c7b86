//! Which columns are the choices, and which column is their sum.

use super::identity::{Block, Share, Values, at_most, blocks, difference, equal, sum};
use super::profile::Profile;

/// An identity on fewer rows than this says nothing.
pub(super) const SAID: f64 = 0.6;
/// An identity on so many rows settles what it says.
pub(super) const SETTLED: f64 = 0.9;

/// Choices that, with some other columns, add up to a target.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Fit {
    /// The choices.
    pub(super) choices: Vec<usize>,
    /// Invalid and blank ballots that are part of the sum.
    pub(super) with: Vec<usize>,
    /// The column that is the sum.
    pub(super) target: usize,
    /// How often.
    pub(super) share: Share,
    /// Whether the names say the same.
    pub(super) agreed: bool,
}

/// What is known about columns before sums are looked at.
#[derive(Debug, Clone, Default)]
pub(super) struct Known {
    /// Columns named as valid votes.
    pub(super) valid: Vec<usize>,
    /// Columns named as ballots cast.
    pub(super) cast: Vec<usize>,
    /// Columns named as invalid.
    pub(super) invalid: Vec<usize>,
    /// Columns named as blank.
    pub(super) blank: Vec<usize>,
    /// All other columns of counts that are no keys.
    pub(super) others: Vec<usize>,
}

/// The columns' profiles with shorthand for sums.
#[derive(Clone, Copy)]
pub(super) struct Columns<'a>(pub(super) &'a [Profile]);

impl<'a> Columns<'a> {
    /// A column's sampled counts.
    pub(super) fn values(self, column: usize) -> &'a Values {
        &self.0[column].values
    }

    /// The sum of columns.
    pub(super) fn sum(self, columns: &[usize]) -> Vec<Option<i64>> {
        sum(columns.iter().map(|&c| self.values(c)))
    }

    /// Names of columns, for people.
    pub(super) fn names(self, columns: &[usize]) -> String {
        let names: Vec<String> =
            columns.iter().map(|&c| format!("`{}`", self.0[c].reference)).collect();
        names.join(" + ")
    }

    /// The best explanation of the unnamed columns as choices.
    pub(super) fn best_fit(self, unnamed: &[usize], known: &Known) -> Option<Fit> {
        let mut best = self.plain(unnamed, known);
        if best.as_ref().is_none_or(|f| !f.agreed || f.share.ratio() < 0.995) {
            best = better(best, self.adjusted(unnamed, known));
        }
        if best.as_ref().is_none_or(|f| f.share.ratio() < SAID) {
            best = better(best, self.inner(unnamed, known));
        }
        if best.as_ref().is_none_or(|f| f.share.ratio() < SAID) {
            best = better(best, self.block(unnamed, known));
        }
        best.filter(|f| f.share.ratio() >= SAID && f.choices.len() >= 2)
    }

    /// All unnamed columns are choices.
    fn plain(self, unnamed: &[usize], known: &Known) -> Option<Fit> {
        let choices = self.sum(unnamed);
        let targets = known.valid.iter().chain(&known.cast).chain(&known.others);
        let mut best = None;
        for &target in targets.filter(|t| !unnamed.contains(t)) {
            for with in known.partners(target) {
                let share = equal(&self.plus(&choices, &with), self.values(target));
                let fit = Fit {
                    choices: unnamed.to_vec(),
                    target,
                    share,
                    agreed: known.agree(target, &with),
                    with,
                };
                best = better(best, Some(fit));
            }
        }
        best
    }

    /// A sum and further columns.
    fn plus(self, base: &Values, with: &[usize]) -> Vec<Option<i64>> {
        with.iter().fold(base.to_vec(), |total, &c| {
            let add =
                |(a, b): (&Option<i64>, &Option<i64>)| a.map(|a| a.saturating_add(b.unwrap_or(0)));
            total.iter().zip(self.values(c)).map(add).collect()
        })
    }

    /// Some unnamed columns are no choices, or some named columns are: what exceeds the total cannot be part
    /// of it, and of the rest one or two columns explain the difference.
    fn adjusted(self, unnamed: &[usize], known: &Known) -> Option<Fit> {
        let mut best = None;
        for &target in known.valid.iter().chain(&known.cast) {
            let whole = self.values(target);
            let part = |c: &usize| at_most(self.values(*c), whole).ratio() >= 0.5;
            let parts: Vec<usize> = unnamed.iter().copied().filter(part).collect();
            for with in known.partners(target) {
                let rest = difference(&self.plus(&self.sum(&parts), &with), whole);
                let mut tried = self.explained(&parts, known, &rest, target);
                if parts.len() < unnamed.len() {
                    tried.push(parts.clone());
                }
                for changed in tried {
                    let share = equal(&self.plus(&self.sum(&changed), &with), whole);
                    let agreed = known.agree(target, &with);
                    let fit = Fit { choices: changed, with: with.clone(), target, share, agreed };
                    best = better(best, Some(fit).filter(|f| f.share.ratio() >= SETTLED));
                }
            }
        }
        best
    }

    /// The changed choices that explain what is left over.
    fn explained(
        self,
        unnamed: &[usize],
        known: &Known,
        rest: &Values,
        target: usize,
    ) -> Vec<Vec<usize>> {
        let mut found = Vec::new();
        let without = |gone: &[usize]| -> Vec<usize> {
            unnamed.iter().copied().filter(|c| !gone.contains(c)).collect()
        };
        let fits = |values: &Values| equal(values, rest).ratio() >= SETTLED;
        let singles = unnamed.iter().filter(|&&c| fits(self.values(c)));
        found.extend(singles.map(|&c| without(&[c])));
        if found.is_empty() && unnamed.len() <= 120 {
            for (i, &a) in unnamed.iter().enumerate() {
                let pairs = unnamed[i + 1..].iter().filter(|&&b| self.pair_fits(a, b, rest));
                found.extend(pairs.map(|&b| without(&[a, b])));
            }
        }
        let lacking: Vec<Option<i64>> = rest.iter().map(|r| r.map(i64::wrapping_neg)).collect();
        let named = known.others.iter().copied().filter(|c| *c != target && !unnamed.contains(c));
        let named: Vec<usize> = named.filter(|c| !self.0[*c].constant).collect();
        let mut add = |more: &[usize]| {
            let mut choices = [unnamed, more].concat();
            choices.sort_unstable();
            found.push(choices);
        };
        for (i, &a) in named.iter().enumerate() {
            if equal(self.values(a), &lacking).ratio() >= SETTLED {
                add(&[a]);
            }
            let pairs = named[i + 1..].iter().filter(|&&b| self.pair_fits(a, b, &lacking));
            pairs.for_each(|&b| add(&[a, b]));
        }
        found
    }

    /// Whether two columns together are what is left over; looks at few rows first.
    fn pair_fits(self, a: usize, b: usize, rest: &Values) -> bool {
        let (a, b) = (self.values(a), self.values(b));
        let step = (rest.len() / 16).max(1);
        let misses = (0..rest.len()).step_by(step).filter(|&r| {
            let value = |v: &Values| v.get(r).copied().flatten().unwrap_or(0);
            value(a).saturating_add(value(b)) != value(rest)
        });
        misses.take(6).count() < 6 && equal(&sum([a, b]), rest).ratio() >= SETTLED
    }

    /// One of the unnamed columns is the sum of all others.
    fn inner(self, unnamed: &[usize], known: &Known) -> Option<Fit> {
        let all = self.sum(unnamed);
        let mut best = None;
        for &target in unnamed {
            let twice = sum([self.values(target), self.values(target)]);
            let choices: Vec<usize> = unnamed.iter().copied().filter(|&c| c != target).collect();
            let fit = |with: Vec<usize>| Fit {
                share: equal(&self.plus(&all, &with), &twice),
                choices: choices.clone(),
                target,
                with,
                agreed: false,
            };
            let fits = known.combinations().into_iter().map(fit);
            best = fits.fold(best, |best, f| better(best, Some(f)));
        }
        best.filter(|f| f.share.ratio() >= SETTLED)
    }

    /// Some neighbours among all columns add up to another column.
    fn block(self, unnamed: &[usize], known: &Known) -> Option<Fit> {
        let named = known.valid.iter().chain(&known.cast).chain(&known.invalid).chain(&known.blank);
        let mut order: Vec<usize> = unnamed.iter().chain(named).copied().collect();
        order.sort_unstable();
        order.dedup();
        let columns: Vec<&Values> = order.iter().map(|&c| self.values(c)).collect();
        let found = blocks(&columns, SETTLED);
        let mut best: Option<(bool, Fit)> = None;
        let unknown = |b: &Block| order[b.range.clone()].iter().all(|c| unnamed.contains(c));
        for block in found.into_iter().filter(unknown) {
            let fit = Fit {
                choices: order[block.range].to_vec(),
                with: Vec::new(),
                target: order[block.target],
                share: block.share,
                agreed: known.valid.contains(&order[block.target]),
            };
            let whole = self.has_whole(&fit, &order);
            let wins = best.as_ref().is_none_or(|(old_whole, old)| {
                (whole, fit.agreed, key(&fit), fit.choices.len())
                    > (*old_whole, old.agreed, key(old), old.choices.len())
            });
            if wins {
                best = Some((whole, fit));
            }
        }
        best.map(|b| b.1)
    }

    /// Whether the target and one more column add up to a third: valid and invalid votes to ballots cast.
    fn has_whole(self, fit: &Fit, order: &[usize]) -> bool {
        let rest: Vec<usize> = order
            .iter()
            .copied()
            .filter(|c| *c != fit.target && !fit.choices.contains(c))
            .collect();
        rest.iter().any(|&part| {
            let sum = self.sum(&[fit.target, part]);
            let whole = |&c: &usize| c != part && equal(&sum, self.values(c)).ratio() >= SETTLED;
            rest.iter().any(whole)
        })
    }
}

impl Known {
    /// Which columns may be added to the choices to reach a target.
    fn partners(&self, target: usize) -> Vec<Vec<usize>> {
        let all = self.combinations();
        all.into_iter().filter(|with| !with.contains(&target)).collect()
    }

    /// Nothing, invalid, blank, or both.
    fn combinations(&self) -> Vec<Vec<usize>> {
        let mut all = vec![Vec::new()];
        all.extend(self.blank.iter().map(|&b| vec![b]));
        for &i in &self.invalid {
            all.push(vec![i]);
            all.extend(self.blank.iter().map(|&b| vec![i, b]));
        }
        all
    }

    /// Whether the names say what the sum says.
    fn agree(&self, target: usize, with: &[usize]) -> bool {
        if with.is_empty() { self.valid.contains(&target) } else { self.cast.contains(&target) }
    }
}

/// The better of two fits: more rows, then agreement with the names, then fewer additions.
fn better(a: Option<Fit>, b: Option<Fit>) -> Option<Fit> {
    match (a, b) {
        (Some(a), Some(b)) => Some(if key(&b) > key(&a) { b } else { a }),
        (a, b) => a.or(b),
    }
}

/// Order of fits. Agreement with the names outweighs a few rows.
fn key(fit: &Fit) -> (u32, std::cmp::Reverse<usize>) {
    let share = fit.share.ratio() + if fit.agreed { 0.02 } else { 0.0 };
    let with = fit.with.len();
    // Shares are compared in thousandths so that rounding does not decide.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    ((share * 1_000.0).round() as u32, std::cmp::Reverse(with))
}
