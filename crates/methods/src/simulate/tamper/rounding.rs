//! Turnout and share as whole percentages.

use super::figures::Figures;

/// Turnout among the registered and the leader's share among ballots cast become whole percentages.
///
/// The leader's ballots are fixed first; the other choices and the invalid ballots share what is left in
/// their old proportions (largest remainders).
pub(super) fn rounded(before: &Figures, strength: f64) -> Option<Figures> {
    let registered = before.registered.filter(|&r| r > 0)?;
    let cast = whole_percent(before.cast(), registered, strength)?;
    let leader = before.votes[before.leader];
    let votes = whole_percent(leader, before.cast(), strength)
        .and_then(|_| percent_of(percent(leader, before.cast(), strength)?, cast))?;
    let mut rest: Vec<i64> = before.votes.clone();
    rest[before.leader] = 0;
    rest.push(before.other);
    let mut shared = proportional(&rest, cast - votes)?;
    let other = shared.pop()?;
    shared[before.leader] = votes;
    Some(Figures { other, votes: shared, ..before.clone() })
}

/// The count among `of` that is nearest to the whole percentage aimed at.
fn whole_percent(count: i64, of: i64, strength: f64) -> Option<i64> {
    percent_of(percent(count, of, strength)?, of)
}

/// The whole percentage aimed at.
fn percent(count: i64, of: i64, strength: f64) -> Option<f64> {
    if of <= 0 {
        return None;
    }
    let share = count as f64 / of as f64;
    Some(libm::round(100.0 * (share + strength * (1.0 - share))))
}

/// A percentage of a number, to the nearest whole one.
#[expect(clippy::cast_possible_truncation, reason = "between 0 and `of`, which is a count")]
fn percent_of(percent: f64, of: i64) -> Option<i64> {
    (of >= 0).then(|| libm::round(percent * of as f64 / 100.0) as i64)
}

/// `total` shared out in proportion to `weights`, by largest remainders; `None` when nobody has weight.
fn proportional(weights: &[i64], total: i64) -> Option<Vec<i64>> {
    let sum: i64 = weights.iter().sum();
    if total < 0 || sum <= 0 {
        return (total == 0).then(|| vec![0; weights.len()]);
    }
    let product = |w: i64| i128::from(w) * i128::from(total);
    let floor = |w: &i64| i64::try_from(product(*w) / i128::from(sum)).unwrap_or(0);
    let mut shares: Vec<i64> = weights.iter().map(floor).collect();
    let mut by_remainder: Vec<usize> = (0..weights.len()).collect();
    by_remainder.sort_by_key(|&i| std::cmp::Reverse(product(weights[i]) % i128::from(sum)));
    let left = usize::try_from(total - shares.iter().sum::<i64>()).unwrap_or(0);
    for &i in by_remainder.iter().take(left) {
        shares[i] += 1;
    }
    Some(shares)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_hand() {
        // 613 of 1,000 vote (61.3 %), 352 of them for the leader (57.4 %): 61 % and 57 % of 610 is 347.7.
        let before =
            Figures { registered: Some(1000), other: 11, votes: vec![352, 200, 50], leader: 0 };
        let after = rounded(&before, 0.0).unwrap();
        assert_eq!((after.cast(), after.votes[0]), (610, 348));
        // 262 left for weights 200, 50, 11 (sum 261): 200.77, 50.19, 11.04.
        assert_eq!((after.votes[1], after.votes[2], after.other), (201, 50, 11));
    }

    #[test]
    fn shares_add_up() {
        assert_eq!(proportional(&[1, 1, 1], 10), Some(vec![4, 3, 3]));
        assert_eq!(proportional(&[0, 0], 0), Some(vec![0, 0]));
        assert_eq!(proportional(&[0, 0], 3), None);
    }
}
