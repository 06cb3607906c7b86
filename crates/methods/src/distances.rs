//! Distances of stations in standard deviations, drawn beside the law that they should have.

use glassurn_model::Picture;

/// How the distances are drawn.
#[derive(Debug, Clone)]
pub(crate) struct Drawing {
    /// Above it.
    pub(crate) title: String,
    /// Width of a bar.
    pub(crate) width: f64,
    /// How many bars there are, half of them on either side.
    pub(crate) bars: usize,
}

impl Drawing {
    /// Of these distances, those that are numbers, beside a law given by its cumulative probabilities.
    pub(crate) fn of(self, distances: &[f64], cdf: impl Fn(f64) -> f64) -> Picture {
        let Drawing { title, width, bars } = self;
        let start = -width * bars as f64 / 2.0;
        let edge = |bar: usize| start + width * bar as f64;
        let mut counts = vec![0.0; bars];
        let distances = distances.iter().filter(|d| d.is_finite());
        for d in distances.clone() {
            let bar = (1..bars).rfind(|bar| *d >= edge(*bar)).unwrap_or(0);
            if let Some(count) = counts.get_mut(bar) {
                *count += 1.0;
            }
        }
        let n = distances.count() as f64;
        let below = |bar: usize| match bar {
            0 => 0.0,
            _ if bar == bars => 1.0,
            _ => cdf(edge(bar)),
        };
        let chances: Vec<f64> = (0..bars).map(|bar| below(bar + 1) - below(bar)).collect();
        Picture::Histogram {
            title,
            axis: "standard deviations (outermost bars: all beyond)".to_owned(),
            start,
            width,
            counts,
            expected: chances.iter().map(|p| n * p).collect(),
            sd: chances.iter().map(|p| (n * p * (1.0 - p)).max(0.0).sqrt()).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_distance_is_in_one_bar_and_what_is_beyond_in_the_last() {
        let drawing = Drawing { title: String::new(), width: 1.0, bars: 4 };
        let picture = drawing.of(&[-9.0, -1.0, -0.1, 0.0, 9.0, f64::NAN], |x| 0.5 + x / 10.0);
        let Picture::Histogram { counts, expected, .. } = picture else { panic!() };
        assert_eq!(counts, [1.0, 2.0, 1.0, 1.0]);
        let far =
            expected.iter().zip([2.0, 0.5, 0.5, 2.0]).map(|(a, b): (&f64, f64)| (a - b).abs());
        assert!(far.fold(0.0, f64::max) < 1e-12, "{expected:?}");
    }
}
