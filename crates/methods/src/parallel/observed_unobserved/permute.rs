//! Randomisation inference: other assignments of the observers within the same blocks.

use glassurn_model::{P, PKind};
use glassurn_stats::{rng, sample};

use super::estimate::Row;

/// The most assignments that are listed one by one.
const LISTED: u64 = 20_000;

/// Assignments drawn where there are more.
pub(super) const DRAWN: u32 = 9_999;

/// What the permutation says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Permuted {
    /// Two-sided p of "observers change nothing at any station".
    pub p: P,
    /// Constant shifts that are not rejected at the level asked for.
    pub set: [f64; 2],
}

/// The statistic of the outcomes and that of the true assignment, under another assignment.
type Pair = (f64, f64);

/// The test and the set at level `alpha`.
pub(super) fn test(blocks: &[Vec<Row>], alpha: f64, seed: u64) -> Permuted {
    let all: usize = blocks.iter().map(Vec::len).sum();
    let weight = |block: &[Row]| block.len() as f64 / all as f64;
    let own = |block: &Vec<Row>| {
        let chosen: Vec<usize> = (0..block.len()).filter(|i| block[*i].observed).collect();
        pair(block, weight(block), &chosen).0
    };
    let observed: f64 = blocks.iter().map(own).sum();
    let exact = count(blocks).is_some_and(|n| n <= LISTED);
    let pairs = if exact { listed(blocks, &weight) } else { drawn(blocks, &weight, seed) };
    // Rounding must not turn an equal assignment into a smaller one.
    let least = observed.abs() * (1.0 - 1e-12) - 1e-14;
    // Without a full list the true assignment is one of those drawn: (b + 1)/(m + 1).
    let extra = usize::from(!exact);
    let extreme = pairs.iter().filter(|p| p.0.abs() >= least).count() + extra;
    let total = pairs.len() + extra;
    let kind = if exact { PKind::Exact } else { PKind::Simulated { draws: DRAWN, seed } };
    Permuted {
        p: P { value: extreme as f64 / total as f64, kind },
        set: shifts(&pairs, observed, alpha, extra),
    }
}

/// The shifts τ at which no more than α of the assignments are rejected.
///
/// With outcomes y − τz, an assignment is at least as extreme as the true one when
/// |A − τB| ≥ |T − τ|, that is for τ between (T − A)/(1 − B) and (T + A)/(1 + B), an interval around T.
fn shifts(pairs: &[Pair], t: f64, alpha: f64, extra: usize) -> [f64; 2] {
    let mut low = vec![f64::NEG_INFINITY; extra];
    let mut high = vec![f64::INFINITY; extra];
    for (a, b) in pairs {
        let same = 1.0 - b.abs() < 1e-12;
        let ends = [(t - a) / (1.0 - b), (t + a) / (1.0 + b)];
        low.push(if same { f64::NEG_INFINITY } else { ends[0].min(ends[1]) });
        high.push(if same { f64::INFINITY } else { ends[0].max(ends[1]) });
    }
    low.sort_by(f64::total_cmp);
    high.sort_by(|a, b| f64::total_cmp(b, a));
    let rejected = |i: &usize| (*i as f64 + 1.0) <= alpha * low.len() as f64 + 1e-9;
    let at = (0..low.len()).take_while(rejected).count().min(low.len() - 1);
    [low[at], high[at]]
}

/// How many assignments there are; `None` beyond 64 bits.
fn count(blocks: &[Vec<Row>]) -> Option<u64> {
    blocks.iter().try_fold(1_u64, |product, block| {
        let n = block.len() as u64;
        let k = block.iter().filter(|r| r.observed).count() as u64;
        let choose = (0..k.min(n - k)).try_fold(1_u64, |c, i| Some(c.checked_mul(n - i)? / (i + 1)));
        product.checked_mul(choose?)
    })
}

/// A block's part of both statistics when these stations are the observed ones.
fn pair(block: &[Row], weight: f64, chosen: &[usize]) -> Pair {
    let (n, k) = (block.len() as f64, chosen.len() as f64);
    let part = |value: &dyn Fn(&Row) -> f64| {
        let all: f64 = block.iter().map(value).sum();
        let own: f64 = chosen.iter().map(|i| value(&block[*i])).sum();
        weight * (own / k - (all - own) / (n - k))
    };
    (part(&|r| r.y), part(&|r| f64::from(u8::from(r.observed))))
}

/// Every assignment.
fn listed(blocks: &[Vec<Row>], weight: &dyn Fn(&[Row]) -> f64) -> Vec<Pair> {
    let mut pairs = vec![(0.0, 0.0)];
    for block in blocks {
        let k = block.iter().filter(|r| r.observed).count();
        let mut own = Vec::new();
        choose(block.len(), k, &mut Vec::new(), &mut |c| own.push(pair(block, weight(block), c)));
        pairs = pairs.iter().flat_map(|p| own.iter().map(|o| (p.0 + o.0, p.1 + o.1))).collect();
    }
    pairs
}

/// Every choice of `k` of `n`, in the order of their numbers.
fn choose(n: usize, k: usize, chosen: &mut Vec<usize>, say: &mut dyn FnMut(&[usize])) {
    if k == 0 {
        return say(chosen);
    }
    let first = chosen.last().map_or(0, |l| l + 1);
    for i in first..=n - k {
        chosen.push(i);
        choose(n, k - 1, chosen, say);
        chosen.pop();
    }
}

/// Assignments from a seed.
fn drawn(blocks: &[Vec<Row>], weight: &dyn Fn(&[Row]) -> f64, seed: u64) -> Vec<Pair> {
    let one = |draw: u64| {
        let mut rng = rng::stream(seed, "observed-unobserved", draw);
        blocks.iter().fold((0.0, 0.0), |sum, block| {
            let k = block.iter().filter(|r| r.observed).count();
            let mut order: Vec<usize> = (0..block.len()).collect();
            for i in 0..k {
                let left = (block.len() - i) as u64;
                let step = usize::try_from(sample::below(&mut rng, left)).unwrap_or(0);
                order.swap(i, i + step);
            }
            let part = pair(block, weight(block), &order[..k]);
            (sum.0 + part.0, sum.1 + part.1)
        })
    };
    (0..u64::from(DRAWN)).map(one).collect()
}
