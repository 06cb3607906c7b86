//! A two-dimensional histogram in a few classes of colour, each twice as full as the one before.

use std::fmt::Write;

use maud::{Markup, html};

use super::{Frame, drawing, px};

/// How many colours there are.
pub(in super::super) const CLASSES: usize = 9;

/// A heat map over the unit square: horizontal runs of equal colour, one path a colour.
pub(in super::super) fn heat(title: &str, x: &str, y: &str, bins: usize, counts: &[u32]) -> Markup {
    let height = 552.0;
    let frame = Frame::sized((0.0, 1.0), (0.0, 1.0), height);
    let most = counts.iter().copied().max().unwrap_or(0);
    let ticks = frame.across(per_cent);
    let (left, right) = frame.x.pixels;
    let (bottom, top) = frame.y.pixels;
    let side = bins.max(1) as f64;
    // The scale of a path's own units is one bin, so that coordinates are small whole numbers.
    let transform = format!(
        "translate({} {})scale({:.5} {:.5})",
        px(left),
        px(bottom),
        (right - left) / side,
        (top - bottom) / side
    );
    let description =
        format!("two-dimensional histogram, {bins} by {bins} bins, fullest bin {most}");
    drawing(
        height,
        title,
        &description,
        html! {
            (frame.axes(&ticks, x, per_cent))
            g.heat transform=(transform) {
                @for (number, runs) in runs(bins, counts, most).iter().enumerate().filter(|(_, r)| !r.is_empty()) {
                    path class={ "h" (number) } d=(runs) {}
                }
            }
            text.name.mid x="14" y=(px(f64::midpoint(bottom, top)))
                transform={ "rotate(-90 14 " (px(f64::midpoint(bottom, top))) ")" } { (y) }
        },
    )
}

/// Per cent for an axis.
fn per_cent(v: f64) -> String {
    format!("{:.0}%", v * 100.0)
}

/// The colour of a count: by its number of binary digits, which needs no logarithm and no rounding.
pub(in super::super) fn class(count: u32, most: u32) -> usize {
    let digits = |n: u32| n.max(1).ilog2() as usize;
    digits(count) * (CLASSES - 1) / digits(most).max(1)
}

/// For each colour the path of its runs.
fn runs(bins: usize, counts: &[u32], most: u32) -> Vec<String> {
    let mut paths = vec![String::new(); CLASSES];
    for (row, line) in counts.chunks_exact(bins.max(1)).enumerate() {
        let mut at = 0;
        for run in line.chunk_by(|a, b| colour(*a, most) == colour(*b, most)) {
            if let Some(class) = colour(run[0], most) {
                let _ = write!(paths[class], "M{at} {row}.5h{}", run.len());
            }
            at += run.len();
        }
    }
    paths
}

/// The colour of a bin, none when it is empty.
fn colour(count: u32, most: u32) -> Option<usize> {
    (count > 0).then(|| class(count, most))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_neighbours_are_one_run_and_empty_bins_none() {
        let paths = runs(3, &[0, 1, 1, 200, 0, 1, 0, 0, 0], 200);
        assert_eq!(paths[0], "M1 0.5h2M2 1.5h1");
        assert_eq!(paths[CLASSES - 1], "M0 1.5h1");
        assert_eq!(paths.iter().filter(|p| !p.is_empty()).count(), 2);
    }

    #[test]
    fn classes_are_in_order_and_in_range() {
        let classes: Vec<_> = (1..=5000).map(|c| class(c, 5000)).collect();
        assert!(classes.is_sorted());
        assert_eq!((classes[0], classes[4999]), (0, CLASSES - 1));
        assert_eq!(class(1, 1), 0);
    }
}
