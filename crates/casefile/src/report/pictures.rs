//! Figures of the page: a drawing with its caption, its legend and the numbers behind it as a table.

use glassurn_model::{IntervalRow, MapArea, Picture, Unit};
use maud::{Markup, html};

use super::figures;
use super::svg;

/// How many rows of numbers a figure shows.
const ROWS: usize = 24;

/// A figure with everything around it.
pub(super) fn figure(picture: &Picture) -> Markup {
    match picture {
        Picture::Bars { title, axis, labels, observed, expected, sd } => {
            bars(title, axis, labels, [observed, expected, sd])
        }
        Picture::Histogram { title, axis, start, width, counts, expected, sd } => {
            histogram(title, axis, (*start, *width), [counts, expected, sd])
        }
        Picture::Heat { title, x, y, bins, counts } => heat(title, (x, y), *bins, counts),
        Picture::Lines { title, x, y, at, series } => lines(title, (x, y), at, series),
        Picture::Intervals { title, axis, unit, rows } => intervals(title, axis, *unit, rows),
        Picture::Map { title, value, classes, areas } => map(title, value, classes, areas),
    }
}

/// The frame of every figure.
pub(super) fn framed(caption: &str, drawing: &Markup, legend: &Markup, numbers: &Markup) -> Markup {
    html! {
        figure {
            figcaption { (caption) }
            (drawing)
            (legend)
            (numbers)
        }
    }
}

/// The numbers behind a figure, folded away.
pub(super) fn numbers(caption: &str, head: &[&str], rows: &[Vec<String>]) -> Markup {
    html! {
        details {
            summary { "The numbers" span.hidden { " of: " (caption) } }
            div.scroll tabindex="0" role="group" aria-label={ "Numbers: " (caption) } { table.figures {
                thead { tr {
                    @for cell in head { @if cell.is_empty() { td {} } @else { th scope="col" { (cell) } } }
                } }
                tbody { @for row in rows { tr {
                    @for (at, cell) in row.iter().enumerate() {
                        @if at == 0 { th scope="row" { bdi { (cell) } } } @else { td { (cell) } }
                    }
                } } }
            } }
        }
    }
}

/// The legend of what the null expects.
fn null_legend(observed: &str, expected: &str) -> Markup {
    html! {
        ul.legend {
            li { (key("key bar")) (observed) }
            li { (key("key null")) (expected) }
        }
    }
}

/// A swatch.
fn key(class: &str) -> Markup {
    html! { svg class=(class) viewBox="0 0 14 14" aria-hidden="true" { rect width="14" height="14" {} } }
}

fn bars(title: &str, axis: &str, labels: &[String], data: [&[f64]; 3]) -> Markup {
    let [observed, expected, sd] = data;
    let rows: Vec<_> = labels
        .iter()
        .zip(observed)
        .enumerate()
        .map(|(i, (label, &v))| {
            let null = [expected.get(i), sd.get(i)]
                .map(|v| v.map_or(String::new(), |v| figures::fixed(*v, 1)));
            [label.clone(), figures::number(v)].into_iter().chain(null).collect()
        })
        .collect();
    let legend = if expected.is_empty() {
        html! {}
    } else if svg::close(observed, expected) {
        null_legend("observed minus expected", "± 2 standard deviations of the null")
    } else {
        null_legend("observed", "expected ± 2 standard deviations")
    };
    let table = numbers(title, &[axis, "observed", "expected", "standard deviation"], &rows);
    framed(title, &svg::bars(title, axis, labels, data), &legend, &table)
}

fn histogram(title: &str, axis: &str, (start, width): (f64, f64), data: [&[f64]; 3]) -> Markup {
    let [counts, expected, sd] = data;
    let beyond = |i: usize| match (expected.get(i), sd.get(i)) {
        (Some(mean), Some(sd)) if *sd > 0.0 => (counts[i] - mean) / sd,
        _ => counts[i],
    };
    let mut order: Vec<usize> = (0..counts.len()).collect();
    order.sort_by(|&a, &b| beyond(b).abs().total_cmp(&beyond(a).abs()).then(a.cmp(&b)));
    order.truncate(ROWS);
    order.sort_unstable();
    let rows: Vec<_> = order
        .iter()
        .map(|&i| {
            let null = [expected.get(i), sd.get(i)]
                .map(|v| v.map_or(String::new(), |v| figures::fixed(*v, 1)));
            let bin =
                bin(start + width * i as f64, width, start, start + width * counts.len() as f64);
            [bin, figures::number(counts[i])].into_iter().chain(null).collect()
        })
        .collect();
    let all = counts.len() <= ROWS;
    let which = match (all, expected.is_empty()) {
        (true, _) => html! {},
        (false, true) => {
            html! { p.small { "The numbers are of the " (ROWS) " fullest bins; all are in the JSON." } }
        }
        (false, false) => {
            html! { p.small { "The numbers are of the " (ROWS) " bins furthest from the null; all are in the JSON." } }
        }
    };
    let legend = if expected.is_empty() {
        html! {}
    } else {
        null_legend("observed", "expected ± 2 standard deviations")
    };
    let table = numbers(title, &[axis, "observed", "expected", "standard deviation"], &rows);
    framed(
        title,
        &svg::histogram(title, axis, (start, width), data),
        &legend,
        &html! { (table) (which) },
    )
}

/// The name of a bin: its left edge, as per cent where the axis is a share.
fn bin(left: f64, width: f64, start: f64, end: f64) -> String {
    if start >= 0.0 && end <= 1.5 {
        let decimals = if width < 0.01 { 1 } else { 0 };
        format!("{}\u{a0}%", figures::fixed(left * 100.0, decimals))
    } else {
        figures::number(left)
    }
}

fn heat(title: &str, (x, y): (&str, &str), bins: usize, counts: &[u32]) -> Markup {
    let most = counts.iter().copied().max().unwrap_or(0);
    let classes: Vec<(u32, u32)> = legend_classes(most);
    let legend = html! {
        ul.legend {
            @for (number, (from, to)) in classes.iter().enumerate().filter(|(_, c)| c.0 <= c.1) {
                li {
                    (key(&format!("key h{number}")))
                    (figures::count(i64::from(*from)))
                    @if from != to { "–" (figures::count(i64::from(*to))) }
                }
            }
            li { "stations in a bin" }
        }
    };
    let rows = coarse(bins, counts);
    let head: Vec<String> =
        std::iter::once(format!("{y} \\ {x}")).chain((0..10).map(tenths)).collect();
    let head: Vec<&str> = head.iter().map(String::as_str).collect();
    framed(title, &svg::heat(title, x, y, bins, counts), &legend, &numbers(title, &head, &rows))
}

/// The smallest and largest count of each colour.
fn legend_classes(most: u32) -> Vec<(u32, u32)> {
    let mut classes = vec![(u32::MAX, 0); svg::CLASSES];
    for digits in 0..=most.max(1).ilog2() {
        let (from, to) = (1_u32 << digits, (u32::MAX >> (31 - digits)).min(most));
        let class = &mut classes[svg::class(from, most)];
        *class = (class.0.min(from), class.1.max(to));
    }
    classes
}

/// Tenths of the axis.
fn tenths(k: usize) -> String {
    format!("{}–{}\u{a0}%", 10 * k, 10 * (k + 1))
}

/// The heat map in ten by ten fields, highest share first, as it is drawn.
fn coarse(bins: usize, counts: &[u32]) -> Vec<Vec<String>> {
    let mut fields = [[0_usize; 10]; 10];
    for (at, &count) in counts.iter().enumerate().filter(|_| bins > 0) {
        let (row, column) = ((at / bins) * 10 / bins, (at % bins) * 10 / bins);
        fields[row.min(9)][column] += count as usize;
    }
    let row = |k: usize| {
        std::iter::once(tenths(k)).chain(fields[k].iter().map(|c| figures::size(*c))).collect()
    };
    (0..10).rev().map(row).collect()
}

fn lines(title: &str, (x, y): (&str, &str), at: &[f64], series: &[(String, Vec<f64>)]) -> Markup {
    let legend = html! {
        ul.legend {
            @for (number, (name, _)) in series.iter().enumerate() {
                li {
                    svg.key viewBox="0 0 24 14" aria-hidden="true" {
                        path class={ "line l" (number.min(svg::STYLES - 1)) } d="M0 7H24" {}
                    }
                    bdi { (name) }
                }
            }
            li { (y) }
        }
    };
    let every = at.len().div_ceil(ROWS).max(1);
    let share = at.last().is_some_and(|l| *l <= 1.5);
    let label = |v: f64| if share { figures::percent(v) } else { figures::number(v) };
    let rows: Vec<_> = (0..at.len())
        .step_by(every)
        .map(|i| {
            let values =
                series.iter().map(|s| s.1.get(i).map_or(String::new(), |v| figures::number(*v)));
            std::iter::once(label(at[i])).chain(values).collect()
        })
        .collect();
    let head: Vec<&str> = std::iter::once(x).chain(series.iter().map(|s| s.0.as_str())).collect();
    framed(title, &svg::lines(title, x, at, series), &legend, &numbers(title, &head, &rows))
}

fn intervals(title: &str, axis: &str, unit: Unit, rows: &[IntervalRow]) -> Markup {
    let legend = html! {
        ul.legend {
            li { (key("key bar")) "estimate or bounds" }
            @if rows.iter().any(|r| r.mark.is_some()) { li { (key("key mark")) "stated figure" } }
        }
    };
    let table: Vec<_> = rows.iter().map(|r| interval_numbers(r, unit)).collect();
    let head = ["row", "estimate", "from", "to", "stated figure"];
    let drawing = svg::intervals(title, axis, unit, rows);
    framed(title, &drawing, &legend, &numbers(title, &head, &table))
}

/// One row of intervals as text.
fn interval_numbers(row: &IntervalRow, unit: Unit) -> Vec<String> {
    let bare = |v: Option<f64>| v.map_or_else(String::new, |v| figures::bare(v, unit));
    let values = [row.estimate, Some(row.low), Some(row.high), row.mark].map(bare);
    std::iter::once(row.label.clone()).chain(values).collect()
}

fn map(title: &str, value: &str, classes: &[String], areas: &[MapArea]) -> Markup {
    let many = |class: usize| areas.iter().filter(|a| a.class == class).count();
    let legend = html! {
        ul.legend { @for (class, name) in classes.iter().enumerate() { li {
            svg.key viewBox="0 0 14 14" aria-hidden="true" {
                rect class=(svg::colour(class, classes.len())) width="14" height="14" {}
            }
            (name) " (" (figures::size(many(class))) ")"
        } } }
    };
    let mut said: Vec<&MapArea> = areas.iter().filter(|a| a.class + 1 < classes.len()).collect();
    said.sort_by_key(|a| a.class);
    let row = |a: &&MapArea| {
        let class = classes.get(a.class).cloned().unwrap_or_default();
        vec![a.label.clone(), class, figures::percent(a.value)]
    };
    let rows: Vec<_> = said.iter().take(ROWS).map(row).collect();
    let table = numbers(title, &["area", "class", value], &rows);
    let more = html! {
        @if said.len() > ROWS { p.small { "The first " (ROWS) " of " (said.len()) "; all are in the JSON." } }
    };
    framed(title, &svg::areas(title, classes, areas), &legend, &html! { (table) (more) })
}
