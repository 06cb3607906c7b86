//! Stations that are not ordinary: postal, special, abroad.

use glassurn_model::Kind;

use super::groups::Groups;
use super::profile::Profile;
use super::report::Report;
use super::synonyms::synonyms;
use super::view::View;
use crate::mapping::KindRule;

/// Most names of a column that are looked at.
const NAMES: usize = 2_000;

/// Rules from names, then from registers of zero voters.
pub(super) fn kinds(
    view: &View,
    profiles: &[Profile],
    names: &[usize],
    registered: &[usize],
    ballots: &[Option<i64>],
    report: &mut Report,
) -> Vec<KindRule> {
    let mut rules = Vec::new();
    for &column in names {
        let groups = Groups::of(view, column);
        if groups.count <= NAMES {
            rules.extend(country(view, profiles, column, &groups, report));
            by_name(view, profiles, column, &groups, &mut rules, report);
        }
    }
    rules.extend(no_register(profiles, registered, ballots, report));
    rules
}

/// In a column of countries, all but the one that nearly all rows name are abroad.
fn country(
    view: &View,
    profiles: &[Profile],
    column: usize,
    groups: &Groups,
    report: &mut Report,
) -> Option<KindRule> {
    profiles[column].best(|r| r == "level.1")?;
    let mut sizes = vec![0_usize; groups.count];
    groups.of.iter().for_each(|&g| sizes[g as usize] += 1);
    let (home, size) = sizes.iter().enumerate().max_by_key(|s| s.1)?;
    let most = groups.count >= 2 && 10 * size >= 8 * groups.of.len();
    let home = view.cell(groups.first[home] as usize, column).to_owned();
    if !most || home.is_empty() {
        return None;
    }
    report.decide(
        "kind abroad",
        &[column],
        0.8,
        format!("{size} of {} rows are in {home}; the others are abroad", groups.of.len()),
    );
    Some(KindRule {
        kind: Kind::Abroad,
        column: profiles[column].reference.clone(),
        values: vec![home],
        except: true,
    })
}

/// Names that say what kind of station it is.
fn by_name(
    view: &View,
    profiles: &[Profile],
    column: usize,
    groups: &Groups,
    rules: &mut Vec<KindRule>,
    report: &mut Report,
) {
    for (kind, role) in
        [(Kind::Postal, "postal"), (Kind::Abroad, "abroad"), (Kind::Special, "special")]
    {
        let says = |text: &str| synonyms().says(text, role);
        let names = groups.first.iter().map(|&r| view.cell(r as usize, column));
        let values: Vec<String> = names.filter(|n| says(n)).map(str::to_owned).collect();
        if !values.is_empty() && 2 * values.len() <= groups.count.max(2) {
            report.decide(
                &format!("kind {role}"),
                &[column],
                0.7,
                format!("named: {}", shortened(&values)),
            );
            rules.push(KindRule {
                kind,
                column: profiles[column].reference.clone(),
                values,
                except: false,
            });
        }
    }
}

/// The first few of many names.
fn shortened(values: &[String]) -> String {
    let first = values.iter().take(4).cloned().collect::<Vec<_>>().join(", ");
    if values.len() > 4 { format!("{first} and {} more", values.len() - 4) } else { first }
}

/// Stations with ballots and no registered voters.
fn no_register(
    profiles: &[Profile],
    registered: &[usize],
    ballots: &[Option<i64>],
    report: &mut Report,
) -> Option<KindRule> {
    let &column = registered.first()?;
    let pairs = profiles[column].values.iter().zip(ballots);
    let without = pairs.filter(|(r, b)| **r == Some(0) && b.is_some_and(|b| b > 0)).count();
    if without < 2 {
        return None;
    }
    report.decide("kind special", &[column], 0.6, format!(
        "{without} rows looked at have ballots and no registered voters: counted apart from the list their voters are on"
    ));
    Some(KindRule {
        kind: Kind::Special,
        column: profiles[column].reference.clone(),
        values: vec!["0".to_owned()],
        except: false,
    })
}
