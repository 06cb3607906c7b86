//! Bars beside what the null expects.

use maud::{Markup, html};

use super::super::figures;
use super::{Frame, drawing, px};

/// A bar for each category: from zero, or, where all lie close to their expectation, from it.
pub(in super::super) fn bars(
    title: &str,
    axis: &str,
    labels: &[String],
    [observed, expected, sd]: [&[f64]; 3],
) -> Markup {
    let from_expectation = close(observed, expected);
    let frame = frame(labels.len(), [observed, expected, sd], from_expectation);
    let half = 0.36 * (frame.x.at(1.0) - frame.x.at(0.0));
    let every = labels.len().div_ceil(22).max(1);
    let named = labels.iter().enumerate().step_by(every);
    let ticks: Vec<_> = named.map(|(i, l)| (i as f64, super::shortened(l, 9))).collect();
    let description = format!(
        "{} bars; the grey boxes show what the null expects, plus and minus two standard deviations{}",
        labels.len(),
        if from_expectation { "; bars start at the expectation, not at zero" } else { "" }
    );
    drawing(
        frame.height,
        title,
        &description,
        html! {
            (frame.axes(&ticks, axis, figures::number))
            @for (i, &v) in observed.iter().enumerate() {
                @let (x, to) = (frame.x.at(i as f64), frame.y.at(v));
                @let null = expected.get(i).copied();
                @let from = frame.y.at(null.filter(|_| from_expectation).unwrap_or(0.0));
                @if let (Some(mean), Some(&sd)) = (null, sd.get(i)) {
                    (expectation(&frame, x, half, mean, sd))
                }
                rect.bar x=(px(x - 0.6 * half)) width=(px(1.2 * half))
                    y=(px(from.min(to))) height=(px((from - to).abs().max(0.5))) {}
            }
        },
    )
}

/// Whether every bar is within a tenth of its expectation, so that bars from zero would hide the difference.
pub(in super::super) fn close(observed: &[f64], expected: &[f64]) -> bool {
    expected.len() == observed.len()
        && !observed.is_empty()
        && observed.iter().zip(expected).all(|(o, e)| (o - e).abs() < 0.1 * e)
}

/// The frame that holds bars and bands.
fn frame(n: usize, [observed, expected, sd]: [&[f64]; 3], from_expectation: bool) -> Frame {
    let tops = expected.iter().zip(sd).map(|(e, s)| e + 2.0 * s).chain(observed.iter().copied());
    let top = tops.fold(0.0, f64::max);
    let lows = expected.iter().zip(sd).map(|(e, s)| e - 2.0 * s).chain(observed.iter().copied());
    let low = lows.fold(top, f64::min);
    let margin = 0.15 * (top - low);
    let range =
        if from_expectation { (low - margin, top + margin) } else { (low.min(0.0), 1.05 * top) };
    Frame::new((-0.7, n as f64 - 0.3), range)
}

/// The box of two standard deviations about the expectation.
fn expectation(frame: &Frame, x: f64, half: f64, mean: f64, sd: f64) -> Markup {
    let (high, low) = (frame.y.at(mean + 2.0 * sd), frame.y.at(mean - 2.0 * sd));
    html! {
        rect.null x=(px(x - half)) y=(px(high)) width=(px(2.0 * half)) height=(px((low - high).max(0.5))) {}
        path.mean d={ "M" (px(x - half)) " " (px(frame.y.at(mean))) "h" (px(2.0 * half)) } {}
    }
}
