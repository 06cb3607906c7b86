//! Bars beside what the null expects.

use maud::{Markup, html};

use super::super::figures;
use super::{Frame, drawing, px};

/// A bar for each category: its count from zero or, where all counts lie close to their expectation and
/// such bars would hide the difference, the difference itself.
pub(in super::super) fn bars(
    title: &str,
    axis: &str,
    labels: &[String],
    [observed, expected, sd]: [&[f64]; 3],
) -> Markup {
    let differences = close(observed, expected);
    let base = |i: usize| expected.get(i).copied().filter(|_| differences).unwrap_or(0.0);
    let shown: Vec<f64> = observed.iter().enumerate().map(|(i, v)| v - base(i)).collect();
    let mean: Vec<f64> = expected.iter().enumerate().map(|(i, v)| v - base(i)).collect();
    let frame = frame(labels.len(), [&shown, &mean, sd]);
    let half = 0.36 * (frame.x.at(1.0) - frame.x.at(0.0));
    let description = format!(
        "{} bars{}; the grey boxes show what the null expects, plus and minus two standard deviations",
        labels.len(),
        if differences { ", each the difference between observed and expected" } else { "" }
    );
    drawing(
        frame.height,
        title,
        &description,
        html! {
            (frame.axes(&ticks(labels), axis, figures::on_axis))
            @for (i, &v) in shown.iter().enumerate() {
                @let (x, zero, to) = (frame.x.at(i as f64), frame.y.at(0.0), frame.y.at(v));
                @if let (Some(&mean), Some(&sd)) = (mean.get(i), sd.get(i)) {
                    (expectation(&frame, x, half, mean, sd))
                }
                rect.bar x=(px(x - 0.6 * half)) width=(px(1.2 * half))
                    y=(px(zero.min(to))) height=(px((zero - to).abs().max(0.5))) {}
            }
        },
    )
}

/// Whether every count is within a tenth of its expectation.
pub(in super::super) fn close(observed: &[f64], expected: &[f64]) -> bool {
    expected.len() == observed.len()
        && !observed.is_empty()
        && observed.iter().zip(expected).all(|(o, e)| (o - e).abs() < 0.1 * e)
}

/// As many labels as there is room for.
fn ticks(labels: &[String]) -> Vec<(f64, String)> {
    let labels: Vec<String> = labels.iter().map(|l| super::shortened(l, 12)).collect();
    let longest = labels.iter().map(|l| l.chars().count()).max().unwrap_or(1);
    // A character is about eight units wide, and the axis under 480.
    let room = (480 / (8 * longest + 10)).max(1);
    let every = labels.len().div_ceil(room).max(1);
    labels.into_iter().enumerate().step_by(every).map(|(i, l)| (i as f64, l)).collect()
}

/// The frame that holds bars, boxes and zero.
fn frame(n: usize, [shown, mean, sd]: [&[f64]; 3]) -> Frame {
    let edge = |side: f64| mean.iter().zip(sd).map(move |(e, s)| e + side * s);
    let top = edge(2.0).chain(shown.iter().copied()).fold(0.0, f64::max);
    let low = edge(-2.0).chain(shown.iter().copied()).fold(0.0, f64::min);
    // Counts begin at zero even where the box of an expectation reaches below it.
    let low =
        if shown.iter().all(|v| *v >= 0.0) && mean.iter().any(|m| *m > 0.0) { 0.0 } else { low };
    Frame::new((-0.7, n as f64 - 0.3), (1.08 * low, 1.08 * top))
}

/// The box of two standard deviations about the expectation.
fn expectation(frame: &Frame, x: f64, half: f64, mean: f64, sd: f64) -> Markup {
    let (high, low) = (frame.y.at(mean + 2.0 * sd), frame.y.at(mean - 2.0 * sd));
    html! {
        rect.null x=(px(x - half)) y=(px(high)) width=(px(2.0 * half)) height=(px((low - high).max(0.5))) {}
        path.mean d={ "M" (px(x - half)) " " (px(frame.y.at(mean))) "h" (px(2.0 * half)) } {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_do_not_run_into_each_other() {
        let percent: Vec<String> = (0..11).map(|i| format!("94.{i} %")).collect();
        assert!(ticks(&percent).len() <= 8);
        let digits: Vec<String> = (0..10).map(|i: i32| i.to_string()).collect();
        assert_eq!(ticks(&digits).len(), 10);
    }

    #[test]
    fn counts_near_their_expectation_are_drawn_as_differences() {
        assert!(close(&[95.0, 105.0], &[100.0, 100.0]));
        assert!(!close(&[80.0, 105.0], &[100.0, 100.0]));
        assert!(!close(&[], &[]));
        let drawn =
            bars("t", "a", &["x".into(), "y".into()], [&[95.0, 105.0], &[100.0; 2], &[3.0; 2]]);
        assert!(drawn.into_string().contains("difference between observed and expected"));
    }
}
