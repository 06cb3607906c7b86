//! Section 5: the stations that checks and screens point at, and a map where coordinates exist.

use glassurn_model::{Column, Contest, Field};
use maud::{Markup, html};

use super::super::{chapters, figures, notable, pictures, svg};
use crate::Examination;

pub(super) const TITLE: &str = "Stations that matter";

/// How many stations are shown.
const SHOWN: usize = 25;

/// How many contests are mapped.
const MAPPED: usize = 2;

pub(super) fn body(examination: &Examination) -> Markup {
    let notable = notable::notable(examination);
    html! {
        @if notable.is_empty() { p { "No check and no screen points at a single station." } }
        @else {
            p {
                (figures::some(notable.len(), "station is", "stations are")) " pointed at by a check or a screen; those with the most "
                "different pointers come first. A pointer is a reason to look at the station’s protocol, nothing more."
            }
            (table(examination, &notable[..notable.len().min(SHOWN)]))
            @if notable.len() > SHOWN {
                p.small { "The first " (SHOWN) " of " (figures::size(notable.len())) "; the tables list all." }
            }
        }
        (maps(examination))
    }
}

fn table(examination: &Examination, notable: &[notable::Notable<'_>]) -> Markup {
    html! {
        div.scroll tabindex="0" role="group" aria-label="Stations that matter" { table {
            thead { tr {
                th scope="col" { "station" } th scope="col" { "place" } th.n scope="col" { "pointers" }
                th scope="col" { "what points at it" }
            } }
            tbody { @for entry in notable {
                @let (name, place) = chapters::station(examination, Some(entry.station));
                tr {
                    th.name scope="row" { bdi { (name) } }
                    td.place { bdi { (place) } }
                    td.n { (figures::size(entry.pointers)) }
                    td.wide { @for (i, (code, why)) in entry.why.iter().take(6).enumerate() {
                        @if i > 0 { br; } span.code { (code) } bdi { (why.text()) }
                    }
                    @if entry.why.len() > 6 { br; "and " (figures::size(entry.why.len() - 6)) " more" } }
                }
            } }
        } }
    }
}

/// Turnout and the leader's share at the stations' coordinates.
fn maps(examination: &Examination) -> Markup {
    let Some(places) = &examination.returns.stations.coordinates else { return html! {} };
    let contests = examination.returns.contests.iter().take(MAPPED);
    let drawn: Vec<Markup> = contests
        .flat_map(|contest| {
            let turnout = contest.turnout_numerator().ok().zip(contest.field(Field::Registered).ok());
            let name = format!("Turnout by station, {}", contest.name);
            [turnout.map(|t| (name, t)), leader(contest)]
        })
        .flatten()
        .filter_map(|(title, (part, whole))| map(&title, places, part, whole))
        .collect();
    html! {
        @if !drawn.is_empty() {
            h3 { "Stations on the map" }
            p.small { "Each dot is a station at its published coordinates; where several fall on one place the highest is shown. The five colours hold equally many stations." }
            div.pictures { @for map in &drawn { (map) } }
        }
    }
}

/// The leader's votes and what they are a share of.
fn leader(contest: &Contest) -> Option<(String, (&Column, &Column))> {
    let votes = contest.choices.get(contest.leader()?)?;
    let whole = contest.share_denominator().ok()?;
    Some((format!("Share of {} by station, {}", votes.name, contest.name), (votes, whole)))
}

/// The ratio of two columns, station by station, on the map.
fn map(title: &str, places: &[Option<(f64, f64)>], part: &Column, whole: &Column) -> Option<Markup> {
    let values = part.values.iter().zip(&whole.values).map(|(p, w)| match (p, w) {
        (Some(part), Some(whole)) if *whole > 0 => Some(*part as f64 / *whole as f64),
        _ => None,
    });
    let dots = places.iter().zip(values).filter_map(|(place, value)| {
        let ((lat, lon), value) = ((*place)?, value?);
        let sound = lat.abs() <= 90.0 && lon.abs() <= 180.0;
        sound.then_some((lat, lon, value))
    });
    let dots = svg::Dots::new(dots.collect())?;
    let [a, b, c, d] = dots.breaks.map(figures::percent);
    let classes =
        [format!("up to {a}"), format!("to {b}"), format!("to {c}"), format!("to {d}"), format!("above {d}")];
    let legend = html! {
        ul.legend { @for (number, class) in classes.iter().enumerate() { li {
            svg.key viewBox="0 0 14 14" aria-hidden="true" { circle class={ "q" (number) } cx="7" cy="7" r="5" {} }
            (class)
        } } }
    };
    Some(pictures::framed(title, &svg::map(title, &dots), &legend, &html! {}))
}
