//! Digits as people invent them.

use glassurn_stats::rng::ChaCha8Rng;
use glassurn_stats::sample;

use super::figures::Figures;

/// How often each last digit is chosen, in thousandths. Experiments agree on the direction, not on the
/// figures: round digits are avoided, 3 and 7 favoured, small digits preferred to large ones. These are of
/// our own choosing in that direction.
///
/// - A. Chapanis (1953). Random-number guessing behavior. *American Psychologist* 8, 332.
/// - M. M. Boland, R. G. Hutchinson (2000). Student selection of random digits. *The Statistician* 49,
///   519-529.
const DIGITS: [u64; 10] = [62, 96, 108, 135, 112, 85, 105, 143, 96, 58];

/// How much rarer a digit is that repeats the one before it, and how much more frequent a neighbour of it
/// (B. Beber, A. Scacco 2012, *Political Analysis* 20, 211-234), in tenths.
const REPEATED: u64 = 4;
const NEIGHBOUR: u64 = 14;

/// Each count of at least 10 gets, with this probability, invented last digits (two from 100 on).
///
/// Ballots cast follow; where they would exceed the list, the station stays as it was.
pub(super) fn invented(before: &Figures, strength: f64, rng: &mut ChaCha8Rng) -> Option<Figures> {
    let mut after = before.clone();
    for votes in &mut after.votes {
        if sample::uniform(rng) < strength {
            *votes = with_invented_digits(*votes, rng);
        }
    }
    after.holds().then_some(after)
}

fn with_invented_digits(count: i64, rng: &mut ChaCha8Rng) -> i64 {
    if count < 10 {
        return count;
    }
    if count < 100 {
        let tens = count / 10;
        return tens * 10 + digit(Some(tens), rng);
    }
    let tens = digit(Some(count / 100 % 10), rng);
    count / 100 * 100 + tens * 10 + digit(Some(tens), rng)
}

/// One digit after another.
fn digit(after: Option<i64>, rng: &mut ChaCha8Rng) -> i64 {
    let weight = |(d, w): (i64, &u64)| match after {
        Some(last) if last == d => w * REPEATED,
        Some(last) if (last - d).abs() == 1 => w * NEIGHBOUR,
        _ => w * 10,
    };
    let weights: Vec<u64> = (0..10).zip(&DIGITS).map(weight).collect();
    let mut left = sample::below(rng, weights.iter().sum());
    for (d, w) in (0..).zip(&weights) {
        if left < *w {
            return d;
        }
        left -= w;
    }
    9
}

#[cfg(test)]
mod tests {
    use glassurn_stats::rng;

    use super::*;

    #[test]
    fn only_the_last_digits_change() {
        let mut rng = rng::stream(1, "digits", 0);
        for count in [0, 7, 9] {
            assert_eq!(with_invented_digits(count, &mut rng), count);
        }
        for _ in 0..50 {
            assert_eq!(with_invented_digits(57, &mut rng) / 10, 5);
            assert_eq!(with_invented_digits(1234, &mut rng) / 100, 12);
        }
    }

    #[test]
    fn threes_are_more_frequent_than_zeros() {
        let draw = |i| digit(Some(5), &mut rng::stream(2, "digits", i));
        let digits: Vec<i64> = (0..20_000).map(draw).collect();
        let count = |d| digits.iter().filter(|&&x| x == d).count() as f64;
        // The weights are 62 : 135.
        assert!((count(0) / count(3) - 62.0 / 135.0).abs() < 0.04);
        // A repeated 5 has 85 · 0.4 against a neighbouring 6 with 105 · 1.4.
        assert!((count(5) / count(6) - 34.0 / 147.0).abs() < 0.04);
    }
}
