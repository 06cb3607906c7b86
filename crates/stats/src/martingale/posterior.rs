//! The Bayesian audit that limits risk: half of the prior on a tie, half spread evenly over every majority.
//!
//! P. L. Vora (2019). Risk-limiting Bayesian polling audits for two candidate elections. arXiv:1902.00999.

use crate::sum;

/// The fewest of `drawn` values (without replacement, from `all`) that must be for one side, so that the
/// posterior probability of a tie is at most `risk`. `None` when there is no such number.
pub fn least_votes(all: u64, drawn: u64, risk: f64) -> Option<u64> {
    if drawn == 0 || drawn > all || !(risk > 0.0 && risk < 1.0) {
        return None;
    }
    let logs = Logs::up_to(usize::try_from(all).ok()?);
    let (mut low, mut high) = (drawn / 2, drawn);
    if upset(&logs, all, drawn, high) > risk {
        return None;
    }
    while low < high {
        let middle = (low + high) / 2;
        if upset(&logs, all, drawn, middle) <= risk { high = middle } else { low = middle + 1 }
    }
    Some(low)
}

/// Posterior probability of a tie.
fn upset(logs: &Logs, all: u64, drawn: u64, votes: u64) -> f64 {
    let tie = all / 2;
    let at = |real: u64| logs.likelihood(all, real, drawn, votes);
    let most = (tie..=all).map(at).fold(f64::NEG_INFINITY, f64::max);
    let weight = |real: u64| libm::exp(at(real) - most);
    let others = sum::total((tie + 1..=all).map(weight)) / (all - tie) as f64;
    weight(tie) / (weight(tie) + others)
}

/// Logarithms of factorials.
struct Logs(Vec<f64>);

impl Logs {
    fn up_to(n: usize) -> Logs {
        let mut sum = sum::Sum::default();
        let mut logs = vec![0.0];
        for k in 1..=n {
            sum.add(libm::log(k as f64));
            logs.push(sum.value());
        }
        Logs(logs)
    }

    fn choose(&self, n: u64, k: u64) -> f64 {
        let at = |i: u64| usize::try_from(i).ok().and_then(|i| self.0.get(i)).copied();
        let log = || Some(at(n)? - at(k)? - at(n.checked_sub(k)?)?);
        log().unwrap_or(f64::NEG_INFINITY)
    }

    /// Logarithm of the hypergeometric probability, up to a constant.
    fn likelihood(&self, all: u64, real: u64, drawn: u64, votes: u64) -> f64 {
        self.choose(real, votes) + self.choose(all - real, drawn - votes)
    }
}
