//! Charts as inline SVG: no styles of their own (colours come from the page's CSS classes, so that dark
//! mode and print need no second drawing), a title and a description for those who cannot see them, and
//! the same bytes for the same numbers.

mod areas;
mod bars;
mod heat;
mod histogram;
mod intervals;
mod lines;
mod map;
mod ranking;
mod scale;

use std::fmt::Write;

use maud::{Markup, html};

pub(super) use areas::{areas, colour};
pub(super) use bars::{bars, close};
pub(super) use heat::{CLASSES, class, heat};
pub(super) use histogram::histogram;
pub(super) use intervals::intervals;
pub(super) use lines::{STYLES, lines};
pub(super) use map::{Dots, map};
pub(super) use ranking::{Row, ranking};
use scale::Scale;

/// Width of every drawing in its own units; the page scales it.
const WIDTH: f64 = 560.0;

/// A drawing with two axes.
struct Frame {
    x: Scale,
    y: Scale,
    height: f64,
}

impl Frame {
    /// A frame of the usual shape over these ranges; `bottom` is the room for the labels below.
    fn new(x: (f64, f64), y: (f64, f64)) -> Self {
        Frame::sized(x, y, 300.0)
    }

    /// A frame of a given height.
    fn sized(x: (f64, f64), y: (f64, f64), height: f64) -> Self {
        let x = Scale::new(x, (62.0, WIDTH - 22.0));
        let y = Scale::new(y, (height - 50.0, 16.0));
        Frame { x, y, height }
    }

    /// The horizontal grid with its labels, and the name of the horizontal axis.
    fn axes(&self, labels: &[(f64, String)], name: &str, tall: fn(f64) -> String) -> Markup {
        let (left, right) = self.x.pixels;
        let bottom = self.y.pixels.0;
        html! {
            g.grid {
                @for tick in self.y.ticks(5) {
                    @let y = self.y.at(tick);
                    path d={ "M" (px(left)) " " (px(y)) "H" (px(right)) } {}
                    text.end x=(px(left - 6.0)) y=(px(y + 4.5)) { (tall(tick)) }
                }
            }
            path.axis d={ "M" (px(left)) " " (px(bottom)) "H" (px(right)) } {}
            g.ticks {
                @for (at, label) in labels {
                    @let x = self.x.at(*at);
                    g {
                        path d={ "M" (px(x)) " " (px(bottom)) "v4" } {}
                        text.mid x=(px(x)) y=(px(bottom + 19.0)) { (label) }
                    }
                }
            }
            text.mid.name x=(px(f64::midpoint(left, right))) y=(px(self.height - 7.0)) { (name) }
        }
    }

    /// Round ticks of the horizontal axis with their labels.
    fn across(&self, label: fn(f64) -> String) -> Vec<(f64, String)> {
        self.x.ticks(8).into_iter().map(|t| (t, label(t))).collect()
    }
}

/// The drawing's outer element.
fn drawing(height: f64, title: &str, description: &str, inner: Markup) -> Markup {
    html! {
        svg viewBox={ "0 0 " (px(WIDTH)) " " (px(height)) } role="img" {
            title { (title) }
            desc { (description) }
            (inner)
        }
    }
}

/// A coordinate to a tenth of a unit.
fn px(v: f64) -> String {
    let text = format!("{v:.1}");
    let short = text.strip_suffix(".0").unwrap_or(&text);
    if short == "-0" { "0".to_owned() } else { short.to_owned() }
}

/// The data of a path in relative steps of a tenth of a unit: short, and without drift because every
/// step is the difference of two rounded places.
#[derive(Default)]
struct Trace {
    data: String,
    at: (f64, f64),
}

impl Trace {
    /// Lifts the pen to a place.
    fn go(&mut self, x: f64, y: f64) {
        let _ = write!(self.data, "M{} {}", px(x), px(y));
        self.at = (tenth(x), tenth(y));
    }

    /// Draws a straight line to a place.
    fn line(&mut self, x: f64, y: f64) {
        let (x, y) = (tenth(x), tenth(y));
        let (dx, dy) = (x - self.at.0, y - self.at.1);
        let _ = match (dx == 0.0, dy == 0.0) {
            (true, true) => Ok(()),
            (false, true) => write!(self.data, "h{}", px(dx)),
            (true, false) => write!(self.data, "v{}", px(dy)),
            (false, false) => write!(self.data, "l{} {}", px(dx), px(dy)),
        };
        self.at = (x, y);
    }

    /// Closes the path.
    fn close(&mut self) {
        self.data.push('z');
    }
}

/// Rounds to a tenth.
fn tenth(v: f64) -> f64 {
    (v * 10.0).round() / 10.0
}

/// A label of at most so many characters, wide ones counting for more.
fn shortened(text: &str, most: usize) -> String {
    // In tenths of a small Latin letter.
    let wide = |c: char| match c {
        _ if u32::from(c) >= 0x2e80 => 19,
        _ if c.is_ascii_uppercase() => 13,
        _ if c.is_ascii() => 10,
        _ if c.is_uppercase() => 16,
        _ => 12,
    };
    if text.chars().map(wide).sum::<usize>() <= 10 * most.max(1) {
        return text.to_owned();
    }
    let mut room = 10 * most.max(1) - 10;
    let fits = |c: &char| {
        let left = room.checked_sub(wide(*c));
        room = left.unwrap_or(0);
        left.is_some()
    };
    let kept: String = text.chars().take_while(fits).collect();
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn traces_are_short_and_do_not_drift() {
        let mut trace = Trace::default();
        trace.go(0.0, 0.0);
        for step in 1..=30 {
            trace.line(f64::from(step) / 3.0, 5.0);
        }
        trace.close();
        assert_eq!(trace.at, (10.0, 5.0));
        assert!(trace.data.starts_with("M0 0l0.3 5h0.4h0.3"), "{}", trace.data);
    }

    #[test]
    fn long_labels_are_cut_at_characters() {
        assert_eq!(shortened("Путин Владимир", 8), "Путин…");
        assert_eq!(shortened("Путин", 7), "Путин");
    }
}
