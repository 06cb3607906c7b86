//! Areas of a map, or points of one, in the colour of their class: no tiles, nothing fetched.

use std::fmt::Write;

use glassurn_model::MapArea;
use maud::{Markup, html};

use super::{WIDTH, drawing, px};
use crate::areas::shortening;

/// The tallest map.
const TALL: f64 = 600.0;

/// Colours of classes; the last class of a map, which says nothing, has one of its own.
const COLOURS: [&str; 4] = ["q4", "q0", "q3", "q1"];

/// The name of the colour of a class among so many.
pub(in super::super) fn colour(class: usize, classes: usize) -> &'static str {
    match class + 1 == classes {
        true => "unsaid",
        false => COLOURS[class.min(COLOURS.len() - 1)],
    }
}

/// The map. An area that is named has its name to point at; the others are one path.
pub(in super::super) fn areas(title: &str, classes: &[String], areas: &[MapArea]) -> Markup {
    let drawn = areas.iter().any(|a| !a.outline.is_empty());
    let sheet = if drawn { Sheet::of_outlines(areas) } else { Sheet::of_points(areas) };
    let counts = classes.iter().enumerate().map(|(class, name)| {
        format!("{name}: {}", areas.iter().filter(|a| a.class == class).count())
    });
    let description = format!("{} areas; {}", areas.len(), counts.collect::<Vec<_>>().join(", "));
    let said = |a: &&MapArea| a.class + 1 < classes.len();
    let (said, rest): (Vec<_>, Vec<_>) = areas.iter().partition(said);
    let rest: String = rest.iter().map(|a| sheet.path(a, drawn)).collect();
    let kind = if drawn { "shapes" } else { "spots" };
    drawing(
        sheet.height,
        title,
        &description,
        html! {
            g class=(kind) {
                @if !rest.is_empty() { path.unsaid d=(rest) {} }
                @for area in said {
                    path class=(colour(area.class, classes.len())) d=(sheet.path(area, drawn)) {
                        title { (area.label) ": " (classes.get(area.class).map_or("", String::as_str)) }
                    }
                }
            }
        },
    )
}

/// How places become places of the drawing.
struct Sheet {
    left: f64,
    top: f64,
    scale: f64,
    across: f64,
    margin: f64,
    height: f64,
}

impl Sheet {
    fn of_outlines(areas: &[MapArea]) -> Self {
        let corners = || areas.iter().flat_map(|a| a.outline.iter().flatten());
        let of = |axis: usize| corners().map(move |c| f64::from(c[axis]));
        Sheet::new(ends(of(0)), ends(of(1)), 1.0)
    }

    /// Points are latitude and longitude: up is less.
    fn of_points(areas: &[MapArea]) -> Self {
        let up = ends(areas.iter().map(|a| -a.at.0));
        let across = shortening(f64::midpoint(up.0, up.1));
        Sheet::new(ends(areas.iter().map(|a| a.at.1 * across)), up, across)
    }

    fn new((west, east): (f64, f64), (top, bottom): (f64, f64), across: f64) -> Self {
        let (wide, tall) = ((east - west).max(1e-6), (bottom - top).max(1e-6));
        let scale = ((WIDTH - 20.0) / wide).min(TALL / tall);
        let margin = f64::midpoint(0.0, WIDTH - wide * scale);
        Sheet { left: west, top, scale, across, margin, height: tall * scale + 20.0 }
    }

    fn place(&self, x: f64, y: f64) -> (f64, f64) {
        ((x - self.left) * self.scale + self.margin, (y - self.top) * self.scale + 10.0)
    }

    fn path(&self, area: &MapArea, drawn: bool) -> String {
        let mut path = String::new();
        if !drawn {
            let (x, y) = self.place(area.at.1 * self.across, -area.at.0);
            let _ = write!(path, "M{} {}h0", px(x), px(y));
            return path;
        }
        for ring in &area.outline {
            let corners = ring.iter().map(|c| self.place(f64::from(c[0]), f64::from(c[1])));
            let mut trace = super::Trace::default();
            for (i, (x, y)) in corners.enumerate() {
                if i == 0 { trace.go(x, y) } else { trace.line(x, y) }
            }
            path += &trace.data;
            path.push('z');
        }
        path
    }
}

/// The smallest and largest number; 0 and 1 where there is none.
fn ends(values: impl Iterator<Item = f64>) -> (f64, f64) {
    let (low, high) = values
        .filter(|v| v.is_finite())
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| (low.min(v), high.max(v)));
    if low <= high { (low, high) } else { (0.0, 1.0) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn area(label: &str, class: usize, x: i32) -> MapArea {
        let outline = vec![vec![[x, 0], [x + 10, 0], [x + 10, 20], [x, 20]]];
        MapArea { label: label.to_owned(), class, value: 0.5, at: (0.0, 0.0), outline }
    }

    #[test]
    fn named_areas_have_their_name_and_the_rest_are_one_path() {
        let classes = ["high among high".to_owned(), "as chance has it".to_owned()];
        let list = [area("A", 0, 0), area("B", 1, 10), area("C", 1, 20)];
        let page = areas("Map", &classes, &list).into_string();
        assert!(page.contains("<title>A: high among high</title>"));
        assert_eq!((page.matches("<path").count(), page.matches('z').count()), (2, 3));
        assert!(page.contains("3 areas; high among high: 1, as chance has it: 2"));
    }

    #[test]
    fn points_are_dots_with_north_up() {
        let point = |at| MapArea { at, outline: Vec::new(), ..area("P", 0, 0) };
        let classes = ["a".to_owned(), "b".to_owned()];
        let page =
            areas("Map", &classes, &[point((50.0, 10.0)), point((40.0, 10.0))]).into_string();
        let first = page.split("d=\"M").nth(1).unwrap();
        assert!(first.split(' ').nth(1).unwrap().starts_with("10h0"), "{first}");
    }
}
