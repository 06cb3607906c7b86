//! Differences within blocks with their standard errors.

/// One station, ready for arithmetic.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row {
    pub(super) y: f64,
    pub(super) x: f64,
    pub(super) observed: bool,
}

/// An estimate of the difference.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// Observed minus unobserved, blocks weighted by their stations.
    pub difference: f64,
    /// Its standard error (HC2; Neyman's where there is no covariate).
    pub se: f64,
}

fn total(values: impl Iterator<Item = f64>) -> f64 {
    values.sum()
}

fn mean(values: impl Iterator<Item = f64> + Clone) -> f64 {
    total(values.clone()) / values.count() as f64
}

/// Difference of means within blocks: block × arm dummies, HC2, which is Neyman's variance.
pub(super) fn plain(blocks: &[Vec<Row>]) -> Estimate {
    let [a, b] = [true, false].map(|arm| side(blocks, arm, false));
    Estimate { difference: a.0 - b.0, se: libm::sqrt(a.1 + b.1) }
}

/// Lin's regression: block × arm dummies and one slope for each arm on the covariate, centred by block.
pub(super) fn lin(blocks: &[Vec<Row>]) -> Option<Estimate> {
    let [a, b] = [true, false].map(|arm| side(blocks, arm, true));
    let se = libm::sqrt(a.1 + b.1);
    se.is_finite().then_some(Estimate { difference: a.0 - b.0, se })
}

/// The outcome less θ times the centred covariate, θ = covariance over variance within blocks.
pub(super) fn cuped(blocks: &[Vec<Row>]) -> Option<(Estimate, f64)> {
    let (mut xy, mut xx) = (0.0, 0.0);
    for block in blocks {
        let [my, mx] = [mean(block.iter().map(|r| r.y)), mean(block.iter().map(|r| r.x))];
        xy += total(block.iter().map(|r| (r.y - my) * (r.x - mx)));
        xx += total(block.iter().map(|r| (r.x - mx) * (r.x - mx)));
    }
    if xx <= 0.0 {
        return None;
    }
    let theta = xy / xx;
    let adjusted: Vec<Vec<Row>> = blocks
        .iter()
        .map(|block| block.iter().map(|r| Row { y: r.y - theta * r.x, ..*r }).collect())
        .collect();
    Some((plain(&adjusted), theta))
}

/// The weighted level of one arm at the blocks' mean covariate, and its variance.
///
/// The level is linear in the outcomes, Σ c y, so that HC2 is Σ c² e²/(1 − h).
fn side(blocks: &[Vec<Row>], arm: bool, slope: bool) -> (f64, f64) {
    let all: usize = blocks.iter().map(Vec::len).sum();
    let mut cells = Vec::new();
    for block in blocks {
        let rows: Vec<Row> = block.iter().filter(|r| r.observed == arm).copied().collect();
        let [y, x] = [mean(rows.iter().map(|r| r.y)), mean(rows.iter().map(|r| r.x))];
        let off = x - mean(block.iter().map(|r| r.x));
        cells.push((rows, block.len() as f64 / all as f64, y, x, off));
    }
    let spread: f64 = cells
        .iter()
        .map(|(rows, _, _, x, _)| total(rows.iter().map(|r| (r.x - x) * (r.x - x))))
        .sum();
    let common: f64 = cells
        .iter()
        .map(|(rows, _, y, x, _)| total(rows.iter().map(|r| (r.x - x) * (r.y - y))))
        .sum();
    let (beta, spread) = if slope { (common / spread, spread) } else { (0.0, f64::INFINITY) };
    let lean: f64 = cells.iter().map(|(_, w, _, _, off)| w * off).sum();
    let (mut level, mut variance) = (0.0, 0.0);
    for (rows, w, y, x, off) in &cells {
        level += w * (y - beta * off);
        let n = rows.len() as f64;
        for row in rows {
            let d = row.x - x;
            let (c, h) = (w / n - lean * d / spread, 1.0 / n + d * d / spread);
            let e = row.y - y - beta * d;
            // A point that fits itself says nothing of its error.
            let free = if h < 1.0 - 1e-9 { 1.0 - h } else { f64::NAN };
            variance += c * c * e * e / free;
        }
    }
    (level, variance)
}
