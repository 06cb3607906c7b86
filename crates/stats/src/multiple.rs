//! Adjusting p-values for their number.

/// Holm's step-down adjustment: controls the chance of any false alarm, under any dependence.
///
/// S. Holm (1979). A simple sequentially rejective multiple test procedure. *Scandinavian Journal of
/// Statistics* 6, 65-70.
pub fn holm(p: &[f64]) -> Vec<f64> {
    let order = ascending(p);
    let mut adjusted = vec![0.0; p.len()];
    let mut largest = 0.0_f64;
    for (rank, &i) in order.iter().enumerate() {
        largest = largest.max((p.len() - rank) as f64 * p[i]).min(1.0);
        adjusted[i] = largest;
    }
    adjusted
}

/// Benjamini and Hochberg's step-up adjustment: controls the share of false alarms among alarms, for
/// independent or positively dependent tests.
///
/// Y. Benjamini, Y. Hochberg (1995). Controlling the false discovery rate. *Journal of the Royal
/// Statistical Society B* 57, 289-300.
pub fn benjamini_hochberg(p: &[f64]) -> Vec<f64> {
    let order = ascending(p);
    let mut adjusted = vec![0.0; p.len()];
    let mut smallest = 1.0_f64;
    for (rank, &i) in order.iter().enumerate().rev() {
        smallest = smallest.min(p.len() as f64 / (rank + 1) as f64 * p[i]);
        adjusted[i] = smallest;
    }
    adjusted
}

/// Indices by ascending p, ties in their given order.
fn ascending(p: &[f64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.sort_by(|&a, &b| p[a].total_cmp(&p[b]));
    order
}
