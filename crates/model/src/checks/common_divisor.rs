use std::collections::BTreeSet;

use super::support;
use crate::{Check, CheckMeta, CheckOutcome, Column, Flag, Reason, Returns, check::Tested};

#[doc = include_str!("common_divisor.md")]
#[derive(Debug, Clone, Copy)]
pub struct CommonDivisor;

impl Check for CommonDivisor {
    fn meta(&self) -> CheckMeta {
        let doc = include_str!("common_divisor.md");
        CheckMeta { code: "W203", name: "common-divisor", doc }
    }

    fn run(&self, returns: &Returns, contest: usize) -> CheckOutcome {
        test(returns, contest).into()
    }
}

/// Fewest non-zero counts: below it, a common divisor may be an accident (2^-20 is one in a million).
const FEWEST: usize = 20;
/// Fewest different counts: a column that knows only a few values shows nothing by their divisor.
const DISTINCT: usize = 10;

/// Looks for columns whose non-zero counts are all multiples of one number.
fn test(returns: &Returns, contest: usize) -> Result<Tested, Reason> {
    let contest = support::contest(returns, contest)?;
    let (mut most, mut tested, mut flags) = (0, 0, Vec::new());
    for column in support::all_reported(contest) {
        let counts = column.values.iter().flatten().filter(|&&v| v != 0);
        let enough = counts.clone().take(FEWEST).count();
        most = most.max(enough);
        if enough < FEWEST {
            continue;
        }
        tested += 1;
        let divisor = divisor(column);
        if divisor >= 2 && distinct(column) >= DISTINCT {
            flags.push(flag(column, counts.count(), divisor));
        }
    }
    if tested == 0 {
        return Err(Reason::TooFew { used: most, needed: FEWEST });
    }
    Ok((tested, flags))
}

/// The largest number that divides every count.
fn divisor(column: &Column) -> u64 {
    let mut divisor = 0;
    for value in column.values.iter().flatten() {
        divisor = common(divisor, value.unsigned_abs());
        if divisor == 1 {
            break;
        }
    }
    divisor
}

/// Greatest common divisor; that of a number and zero is the number.
fn common(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { common(b, a % b) }
}

/// How many different non-zero counts there are, as far as it matters.
fn distinct(column: &Column) -> usize {
    let mut seen = BTreeSet::new();
    for &value in column.values.iter().flatten().filter(|&&v| v != 0) {
        seen.insert(value);
        if seen.len() == DISTINCT {
            break;
        }
    }
    seen.len()
}

/// A column with its divisor, and how often chance alone would do that.
fn flag(column: &Column, used: usize, divisor: u64) -> Flag {
    let exponent = libm::ceil(used as f64 * libm::log10(divisor as f64) * 10.0) / 10.0;
    let message = format!(
        "{}: all {used} non-zero counts are multiples of {divisor}; were remainders even, the chance \
         of that would be {divisor}^-{used} (1 in 10^{exponent:.1})",
        column.label()
    );
    let values = vec![
        ("divisor".to_owned(), i64::try_from(divisor).ok()),
        ("non-zero counts".to_owned(), i64::try_from(used).ok()),
    ];
    Flag::told(None, values, message)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Builder, Stream, messages};

    fn eights(n: usize) -> Vec<Option<i64>> {
        (0_i64..).map(|i| Some(8 * (i * 7 % 31))).take(n).collect()
    }

    #[test]
    fn the_largest_divisor_is_named_with_its_chance() {
        let builder = Builder::new(40).extra("spoilt", eights(40));
        let returns = builder.choice("A", (0..40).map(|i| 100 + i)).build();
        assert_eq!(
            messages(&CommonDivisor, &returns),
            ["spoilt: all 38 non-zero counts are multiples of 8; were remainders even, the chance \
              of that would be 8^-38 (1 in 10^34.4)"]
        );
        let outcome = CommonDivisor.run(&returns, 0);
        assert!(matches!(outcome, CheckOutcome::Ran { tested: 2, .. }));
    }

    #[test]
    fn one_count_that_does_not_divide_is_enough_to_be_silent() {
        let mut counts = eights(40);
        counts[5] = Some(13);
        assert!(messages(&CommonDivisor, &Builder::new(40).choice("A", counts).build()).is_empty());
    }

    #[test]
    fn few_counts_or_few_values_are_no_evidence() {
        let few = Builder::new(20).choice("A", eights(20)).build();
        let reason = Reason::TooFew { used: 19, needed: 20 };
        assert_eq!(CommonDivisor.run(&few, 0), CheckOutcome::NotApplicable { reason });
        let two = Builder::new(90).choice("A", (0..90).map(|i| 2 * (i % 10))).build();
        assert!(messages(&CommonDivisor, &two).is_empty());
    }

    #[test]
    fn ordinary_counts_have_no_common_divisor() {
        for seed in 0..200 {
            let mut stream = Stream::new(seed);
            let counts: Vec<i64> = (0..25).map(|_| stream.below(300)).collect();
            let returns = Builder::new(25).choice("A", counts).build();
            assert!(messages(&CommonDivisor, &returns).is_empty(), "seed {seed}");
        }
    }
}
