//! Shares less those of their group, each in its own standard deviation.

use super::Site;

/// Log odds of each site less the mean of its group, in standard deviations. A site's standard deviation is that between sites of one group (by moments) and that of chance
/// at its size.
pub fn level_out(sites: &[Site]) -> Vec<f64> {
    let groups = sites.iter().map(|s| s.group as usize + 1).max().unwrap_or(0);
    let plain = means(sites, groups, |_| 1.0);
    let mut size = vec![0.0; groups];
    sites.iter().for_each(|s| size[s.group as usize] += 1.0);
    let (mut excess, mut freedom) = (0.0, 0.0);
    for site in sites {
        let free = 1.0 - 1.0 / size[site.group as usize];
        excess += (site.log_odds() - plain[site.group as usize]).powi(2) - site.chance() * free;
        freedom += free;
    }
    let variance = if freedom > 0.0 { (excess / freedom).max(0.0) } else { 0.0 };
    let of = |site: &Site| 1.0 / (variance + site.chance());
    let means = means(sites, groups, of);
    let value = |s: &Site| (s.log_odds() - means[s.group as usize]) * of(s).sqrt();
    sites.iter().map(value).collect()
}

/// The weighted mean of the log odds in each group.
fn means(sites: &[Site], groups: usize, weight: impl Fn(&Site) -> f64) -> Vec<f64> {
    let mut sums = vec![(0.0, 0.0); groups];
    for site in sites {
        let (sum, weights) = &mut sums[site.group as usize];
        *sum += weight(site) * site.log_odds();
        *weights += weight(site);
    }
    sums.into_iter().map(|(sum, weights)| if weights > 0.0 { sum / weights } else { 0.0 }).collect()
}
