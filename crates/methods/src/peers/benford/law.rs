//! Leading digits, their law, and how often each comes.

use glassurn_model::{Caveat, Count, LeftOut, Picture, Reason};

use crate::slice::Tray;
use crate::{Slice, caveat};

/// Which digits of a count, from the left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leading {
    /// The first.
    First,
    /// The second.
    Second,
    /// The first two as one number.
    FirstTwo,
    /// The first three as one number.
    FirstThree,
}

impl Leading {
    /// The place of each in an array.
    pub(super) fn pick<T>(self, [first, second, two, three]: [T; 4]) -> T {
        match self {
            Leading::First => first,
            Leading::Second => second,
            Leading::FirstTwo => two,
            Leading::FirstThree => three,
        }
    }

    /// In words, for several.
    pub(super) fn noun(self) -> &'static str {
        self.pick(["first digits", "second digits", "first two digits", "first three digits"])
    }

    /// The smallest value that they have, and the smallest count that has them.
    pub(super) fn least(self) -> i64 {
        self.pick([1, 0, 10, 100])
    }

    fn smallest_count(self) -> i64 {
        self.pick([1, 10, 10, 100])
    }

    /// The largest value.
    pub(super) fn most(self) -> i64 {
        self.pick([9, 9, 99, 999])
    }

    /// The value in a count that has it.
    fn of(self, mut count: i64) -> i64 {
        let above = self.pick([9, 99, 99, 999]);
        while count > above {
            count /= 10;
        }
        if self == Leading::Second { count % 10 } else { count }
    }

    /// The chance of each value under Benford's law.
    pub(super) fn law(self) -> Vec<f64> {
        let leading = |d: i64| libm::log1p(1.0 / d as f64) / std::f64::consts::LN_10;
        let chance = |d: i64| match self {
            Leading::Second => (1..=9).map(|first| leading(10 * first + d)).sum(),
            _ => leading(d),
        };
        (self.least()..=self.most()).map(chance).collect()
    }
}

/// How often each value comes.
pub(super) struct Tally {
    pub(super) of: Leading,
    pub(super) counts: Vec<f64>,
    pub(super) used: usize,
    pub(super) left_out: Vec<LeftOut>,
}

impl Tally {
    /// The votes of the choice in focus that have the digits.
    pub(super) fn of(of: Leading, slice: &Slice<'_>) -> Result<Self, Reason> {
        let mut tray = Tray::default();
        let mut counts = vec![0.0; of.law().len()];
        let mut used = 0;
        for count in slice.votes()?.iter() {
            match place(of, count) {
                Ok(place) => {
                    counts[place] += 1.0;
                    used += 1;
                }
                Err(why) => tray.put(why),
            }
        }
        if used == 0 {
            return Err(Reason::TooFew { used, needed: 1 });
        }
        Ok(Tally { of, counts, used, left_out: tray.empty() })
    }

    /// Each value's share less its chance.
    pub(super) fn apart(&self) -> impl Iterator<Item = f64> {
        let n = self.used as f64;
        self.counts.iter().zip(self.of.law()).map(move |(count, chance)| count / n - chance)
    }

    /// The caveats of either procedure.
    pub(super) fn caveats(&self, slice: &Slice<'_>) -> Vec<Caveat> {
        let mut caveats = caveat::of(self.used, slice.len());
        caveats.push(Caveat::PublishedRule);
        caveats
    }

    /// Bars where there are few, else lines.
    pub(super) fn picture(&self) -> Picture {
        let n = self.used as f64;
        let values = self.of.least()..=self.of.most();
        let title = format!("The {} of the votes, and Benford's law", self.of.noun());
        let law = self.of.law();
        let expected: Vec<f64> = law.iter().map(|p| n * p).collect();
        if law.len() > 10 {
            return Picture::Lines {
                title,
                x: self.of.noun().to_owned(),
                y: "stations".to_owned(),
                at: values.map(|v| v as f64).collect(),
                series: vec![
                    ("stations".to_owned(), self.counts.clone()),
                    ("Benford's law".to_owned(), expected),
                ],
            };
        }
        Picture::Bars {
            title,
            axis: self.of.noun().to_owned(),
            labels: values.map(|v| v.to_string()).collect(),
            observed: self.counts.clone(),
            expected,
            sd: law.iter().map(|p| (n * p * (1.0 - p)).sqrt()).collect(),
        }
    }
}

/// The place of a count's digits in the law.
fn place(of: Leading, count: Count) -> Result<usize, Reason> {
    let count = count.ok_or(Reason::Missing)?;
    let small = Reason::Below { what: "count", minimum: of.smallest_count() };
    if count < of.smallest_count() {
        return Err(small);
    }
    usize::try_from(of.of(count) - of.least()).map_err(|_| small)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_laws_sum_to_one_and_begin_as_known() {
        for (of, first) in [
            (Leading::First, std::f64::consts::LOG10_2),
            (Leading::Second, 0.119_679),
            (Leading::FirstTwo, 0.041_392_685_158_225_04),
            (Leading::FirstThree, 0.004_321_373_782_642_578),
        ] {
            let law = of.law();
            assert!((law.iter().sum::<f64>() - 1.0).abs() < 1e-12);
            assert!((law[0] - first).abs() < 5e-7, "{of:?}");
        }
    }

    #[test]
    fn digits_are_taken_from_the_left() {
        let of = |leading: Leading| leading.of(48_307);
        let all = [Leading::First, Leading::Second, Leading::FirstTwo, Leading::FirstThree];
        assert_eq!(all.map(of), [4, 8, 48, 483]);
        assert_eq!(place(Leading::FirstTwo, Some(99)), Ok(89));
        assert!(
            place(Leading::FirstThree, Some(99)).is_err()
                && place(Leading::First, Some(0)).is_err()
        );
    }
}
