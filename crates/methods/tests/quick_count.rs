//! P210, P220, P230 and P240: by hand, oracle, real data, theorems, coverage, refusals, words.

#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::cast_possible_truncation)]

use std::collections::HashMap;
use std::path::PathBuf;

use glassurn_methods::parallel::non_response::{Cap, Tighter};
use glassurn_methods::parallel::{
    Absent, FrameStratum, LEVEL, Official, Report, Single, StationSample, arrival, joint_verdict,
    non_response, quick_count, table,
};
use glassurn_model::{Answer, Cell, Verdict};
use glassurn_stats::imbens_manski::interval as imbens_manski;
use glassurn_stats::rng::{self, ChaCha8Rng};
use glassurn_stats::sample::{below, binomial, normal, uniform};
use glassurn_stats::survey::{Design, total};
use proptest::prelude::*;
use serde_json::Value;

fn report(stratum: usize, votes: &[i64], total: i64, registered: i64) -> Report {
    Report {
        stratum: Some(stratum),
        votes: votes.iter().map(|v| Some(*v)).collect(),
        total: Some(total),
        registered: Some(registered),
        rejected: None,
        minute: None,
    }
}

fn sample(sizes: &[i64], reports: Vec<Report>) -> StationSample {
    let width = reports.first().map_or(1, |r| r.votes.len());
    let stratum = |(i, n): (usize, &i64)| FrameStratum { name: (i + 1).to_string(), stations: *n };
    StationSample {
        contestants: ["A", "B", "C", "D"][..width].iter().map(ToString::to_string).collect(),
        base: "valid votes".to_owned(),
        strata: sizes.iter().enumerate().map(stratum).collect(),
        reports,
        absent: None,
        single: Single::Adjust,
        partners: None,
    }
}

fn close(a: f64, b: f64, tolerance: f64) {
    assert!((a - b).abs() < tolerance, "{a} is not {b}");
}

// --- by hand -------------------------------------------------------------------------------------

#[test]
fn equal_strata_have_no_standard_error() {
    let equal = sample(&[10, 40], [0, 0, 1, 1].map(|h| report(h, &[5, 10, 1], 16, 70)).to_vec());
    let q = quick_count::figures(&equal).unwrap();
    for (share, of) in q.shares.iter().zip([5.0, 10.0, 1.0]) {
        close(share.value, of / 16.0, 1e-12);
        close(share.se, 0.0, 1e-12);
    }
    close(q.turnout.unwrap().0.value, 16.0 / 70.0, 1e-12);
    assert_eq!(q.order, [1, 0, 2]);
}

#[test]
fn a_range_by_hand() {
    // Two of four stations report 60 and 40 of 100; caps 100 and 50: low 100/350, high 250/350.
    let mut s = sample(&[40], vec![report(0, &[60], 100, 200), report(0, &[40], 100, 200)]);
    assert!(non_response::figures(&s, Cap::Registered).is_err());
    s.absent = Some([100, 50].map(|r| Absent { stratum: Some(0), registered: Some(r) }).to_vec());
    let f = non_response::figures(&s, Cap::Registered).unwrap();
    close(f.shares[0].bounds[0], 100.0 / 350.0, 1e-12);
    close(f.shares[0].bounds[1], 250.0 / 350.0, 1e-12);
    assert_eq!((f.missing, f.planned, f.largest), (2, 4, 0));
    // Half of their voters: caps 50 and 25.
    let half = non_response::figures(&s, Cap::Turnout(0.5)).unwrap();
    close(half.shares[0].bounds[0], 100.0 / 275.0, 1e-12);
    close(half.shares[0].bounds[1], 175.0 / 275.0, 1e-12);
    // A turnout beyond all voters is no wider than all voters.
    assert_eq!(non_response::figures(&s, Cap::Turnout(1.7)).unwrap(), f);
}

#[test]
fn the_tighter_cap_is_stated_or_what_one_station_in_a_hundred_exceeds() {
    let reports = |most| (1..=200).map(|i| report(0, &[i, 0], i, most)).collect::<Vec<_>>();
    let mut s = sample(&[400], reports(400));
    s.absent = Some(vec![Absent { stratum: Some(0), registered: Some(400) }; 100]);
    let seen = Tighter { turnout: 198.0 / 400.0, stated: false };
    assert_eq!(non_response::tighter(&s, None), Some(seen));
    assert_eq!(non_response::tighter(&s, Some(0.3)).map(|t| t.stated), Some(true));
    assert_eq!(non_response::tighter(&s, Some(1.0)), None);
    let answer = non_response::answer(&s, None);
    let orders: Vec<_> = answer.claims.iter().map(|c| c.headline.as_str()).collect();
    assert!(orders[0].starts_with("Whatever the missing reports hold"), "the widest comes first");
    assert!(orders[1].starts_with("If no missing station has a turnout above 49.5 %, which one"));
    assert_eq!(answer.tables.iter().map(|t| t.name).collect::<Vec<_>>(), ["ranges", "capped"]);
    // Every station at full turnout: no tighter cap than all voters.
    let full = StationSample { reports: reports(1), ..s };
    assert_eq!(non_response::tighter(&full, None), None);
}

#[test]
fn the_published_table_by_hand() {
    let counted = |votes, rejected| Report { rejected, ..report(0, &[votes], 100, 200) };
    let mut s = sample(&[40], vec![counted(60, Some(4)), counted(40, None)]);
    s.absent = Some(vec![Absent { stratum: Some(0), registered: Some(9) }; 2]);
    let official = Official { shares: vec![Some(0.5)], rejected: Some(0.9), ..Official::default() };
    let table = table(&s, &official).unwrap();
    let text = |row: usize, column: usize| match &table.rows[row][column] {
        Cell::Text(text) => text.clone(),
        Cell::Number(v) => format!("{v:.3}"),
        Cell::Count(n) => n.to_string(),
        Cell::Missing => String::new(),
    };
    let names: Vec<String> = (0..table.rows.len()).map(|r| text(r, 0)).collect();
    assert_eq!(names[..3], ["A", "turnout", "rejected ballots"]);
    assert_eq!(
        (text(0, 2), text(0, 3), text(0, 7)),
        ("0.500".into(), "0.500".into(), "inside".into())
    );
    assert_eq!(
        (text(1, 2), text(1, 3), text(1, 7)),
        (String::new(), "0.500".into(), "not stated".into())
    );
    // One station reports rejected ballots: 4 of its 100.
    assert_eq!(
        (text(2, 1), text(2, 3)),
        ("valid votes (stated in 1 of 2 reports)".into(), "0.040".into())
    );
    assert_eq!((text(3, 8), text(4, 8), text(4, 9)), ("4".into(), "2".into(), "0.500".into()));
    s.absent = None;
    let unplanned = glassurn_methods::parallel::table(&s, &official).unwrap();
    assert_eq!(unplanned.rows[3][8], Cell::Missing, "what is not stated is no zero");
}

#[test]
fn one_official_share_against_one_estimate() {
    // N 1000, shares ½ ± 0.1: e = ±10, s² = 400/3, f = 0.004.
    let four = [40, 60, 40, 60].map(|v| report(0, &[v], 100, 200));
    let s = sample(&[1000], four.to_vec());
    let c = joint_verdict::figures(&s, &[Some(0.6)]).unwrap();
    let se = (0.996_f64 * 400.0 / 3.0 / 4.0).sqrt() / 100.0;
    close(c.rows[0].z.unwrap(), -0.1 / se, 1e-9);
    assert!(c.rows[0].inside());
    close(c.joint.unwrap().p, c.rows[0].holm.unwrap(), 1e-12);
    close(c.detectable, 3.182_446_305 * se, 1e-8);
    assert_eq!(joint_verdict::answer(&s, &[Some(0.6)]).claims[0].verdict, Verdict::Consistent);
    assert_eq!(joint_verdict::answer(&s, &[Some(0.9)]).claims[0].verdict, Verdict::Inconsistent);
    assert!(joint_verdict::answer(&s, &[None]).refused.is_some());
    assert!(joint_verdict::answer(&s, &[Some(1.2)]).refused.is_some());
    assert!(joint_verdict::answer(&s, &[Some(0.5), None]).refused.is_some());
}

#[test]
fn incomplete_reports_are_counted_not_guessed() {
    let mut s = sample(&[50], vec![report(0, &[3], 9, 20); 5]);
    s.reports[0].votes[0] = None;
    s.reports[1].stratum = None;
    s.reports[2].total = Some(1);
    assert!(quick_count::answer(&s).refused.is_none());
    let left: usize = quick_count::answer(&s).left_out.iter().map(|l| l.stations).sum();
    assert_eq!(left, 3);
    s.reports.truncate(4);
    assert!(quick_count::answer(&s).refused.is_some());
    assert!(quick_count::answer(&sample(&[5], Vec::new())).refused.is_some());
    s.reports = vec![report(7, &[3], 9, 20)];
    assert!(quick_count::answer(&s).refused.is_some());
}

#[test]
fn an_empty_stratum_is_merged_and_said() {
    let s = sample(
        &[20, 30, 50],
        vec![report(0, &[1], 2, 4); 2].into_iter().chain(vec![report(2, &[2], 2, 4); 2]).collect(),
    );
    let answer = quick_count::answer(&s);
    assert!(answer.notes[0].contains("stratum 2 has no report and is merged with stratum 3"));
    // Weights 20/2 and 80/2.
    close(quick_count::figures(&s).unwrap().shares[0].value, 90.0 / 100.0, 1e-12);
}

// --- oracle --------------------------------------------------------------------------------------

#[test]
fn agrees_with_plain_sums() {
    let file: Value = serde_json::from_str(include_str!("oracle/quick_count.json")).unwrap();
    for case in file["cases"].as_array().unwrap() {
        let f = |v: &Value| v.as_f64().unwrap();
        if case["what"] == "range" {
            let pair = |k: &str| [f(&case[k][0]), f(&case[k][1])];
            let got = imbens_manski(pair("bounds"), pair("se"), LEVEL).unwrap();
            close(got[0], pair("interval")[0], 1e-12);
            close(got[1], pair("interval")[1], 1e-12);
            continue;
        }
        let strata = case["strata"].as_array().unwrap();
        let sizes: Vec<i64> = strata.iter().map(|s| s["size"].as_i64().unwrap()).collect();
        let units = strata.iter().enumerate().flat_map(|(h, s)| {
            let unit =
                move |u: &Value| report(h, &[u[0].as_i64().unwrap()], u[1].as_i64().unwrap(), 0);
            s["units"].as_array().unwrap().iter().map(unit)
        });
        let share =
            quick_count::figures(&sample(&sizes, units.collect())).unwrap().shares.remove(0);
        close(share.value, f(&case["value"]), 1e-12);
        close(share.se, f(&case["se"]), 1e-12);
        close(share.half_width(LEVEL), f(&case["half"]), 1e-9);
    }
}

// --- Mexico 2018 ---------------------------------------------------------------------------------

/// A file of the night of 1 July 2018; `None` when it is not at hand.
fn mexico(file: &str) -> Option<String> {
    let data = std::env::var_os("GLASSURN_DATA").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/raw")),
        PathBuf::from,
    );
    let near = [data.join("parallel"), data.join("../parallel")];
    let bytes =
        near.iter().find_map(|d| std::fs::read(d.join("mx2018-quickcount").join(file)).ok());
    if bytes.is_none() {
        println!("skipped: {file} (no data)");
    }
    Some(String::from_utf8_lossy(&bytes?).into_owned())
}

/// The columns of the oracle and the sums that it calls by name.
struct Night {
    names: HashMap<String, usize>,
    rows: Vec<Vec<String>>,
    frame: Vec<FrameStratum>,
}

impl Night {
    fn of(file: &str) -> Option<Night> {
        let (text, sizes) = (mexico(file)?, mexico("derived_stratum_sizes.csv")?);
        let mut lines = text.lines().skip(1);
        let names = lines.next()?.split('|').map(ToOwned::to_owned).zip(0..).collect();
        let rows = lines.map(|l| l.split('|').map(ToOwned::to_owned).collect()).collect();
        let stratum = |l: &str| {
            let mut cells = l.split(',');
            let name = cells.next()?.to_owned();
            Some(FrameStratum { name, stations: cells.next()?.parse().ok()? })
        };
        Some(Night { names, rows, frame: sizes.lines().skip(1).filter_map(stratum).collect() })
    }

    fn cell(&self, row: &[String], name: &str) -> i64 {
        match name {
            "VALID4" => CANDIDATES.iter().map(|c| self.cell(row, c)).sum(),
            _ => row[self.names[name]].parse().unwrap(),
        }
    }

    /// The sample with these contestants; strata without a report are left out of the frame, as the
    /// oracle does.
    fn sample(
        &self,
        contestants: &[&str],
        base: &str,
        single: Single,
        whole: bool,
    ) -> StationSample {
        let home = |r: &[String]| usize::try_from(self.cell(r, "ID_ESTRATO_F")).unwrap() - 1;
        let seen: Vec<usize> = self.rows.iter().map(|r| home(r)).collect();
        let kept: Vec<usize> =
            (0..self.frame.len()).filter(|h| whole || seen.contains(h)).collect();
        let one = |r: &Vec<String>| Report {
            stratum: kept.iter().position(|h| *h == home(r)),
            votes: contestants.iter().map(|c| Some(self.cell(r, c))).collect(),
            total: Some(self.cell(r, base)),
            registered: Some(self.cell(r, "LISTA_NOMINAL")),
            rejected: None,
            minute: Some({
                let at = |name| self.cell(r, name) as f64;
                at("DIA") * 1440.0 + at("HORA") * 60.0 + at("MINUTOS") + at("SEGUNDOS") / 60.0
            }),
        };
        StationSample {
            contestants: contestants.iter().map(ToString::to_string).collect(),
            base: base.to_owned(),
            strata: kept.iter().map(|h| self.frame[*h].clone()).collect(),
            reports: self.rows.iter().map(one).collect(),
            absent: None,
            single,
            partners: None,
        }
    }
}

const CANDIDATES: [&str; 4] = ["RAC", "JAMK", "AMLO", "JHRC"];
const SECOND: &str = "LISTADO_CASILLAS_2018.csv";

/// The rows of the oracle: file, lonely, num, den, est, se, deff.
fn oracle() -> Option<Vec<Vec<String>>> {
    let text = mexico("derived_oracle_r_survey.csv")?;
    Some(text.lines().skip(1).map(|l| l.split(',').map(ToOwned::to_owned).collect()).collect())
}

#[test]
fn the_survey_package_agrees_on_all_three_cuts() {
    let Some(rows) = oracle() else { return };
    let mut compared = 0;
    for file in ["REMESAS0100012200.txt", SECOND, "REMESAS0100020000.txt"] {
        let Some(night) = Night::of(file) else { return };
        for row in rows.iter().filter(|r| r[0] == file && r[3] != "HT_total") {
            let [est, se] = [&row[4], &row[5]].map(|v| v.parse::<f64>().unwrap());
            let single = match row[1].as_str() {
                "average" => Single::Average,
                "certainty" | "remove" => Single::Certainty,
                _ => Single::Adjust,
            };
            let plain = row[1] == "SRS-unweighted";
            let (base, turnout) =
                if row[3] == "LISTA_NOMINAL" { ("TOTAL", true) } else { (row[3].as_str(), false) };
            let names =
                if row[2] == "AMLO-RAC" { vec!["AMLO", "RAC"] } else { vec![row[2].as_str()] };
            let s = night.sample(&names, base, single, plain);
            let got = if plain {
                s.unweighted(0).unwrap()
            } else {
                let q = quick_count::figures(&s).unwrap();
                match (turnout, q.margin) {
                    (true, _) => q.turnout.unwrap().0,
                    (false, Some(margin)) => margin,
                    (false, None) => q.shares[0].clone(),
                }
            };
            close(got.value, est, 1e-9);
            close(got.se, se, 1e-9);
            if let Ok(deff) = row[8].parse::<f64>() {
                close(got.deff.unwrap(), deff, 1e-6);
            }
            compared += 1;
        }
    }
    assert!(compared > 80, "{compared}");
}

#[test]
fn the_survey_package_agrees_on_totals() {
    let Some(rows) = oracle() else { return };
    for file in ["REMESAS0100012200.txt", SECOND, "REMESAS0100020000.txt"] {
        let Some(night) = Night::of(file) else { return };
        let s = night.sample(&["AMLO"], "TOTAL", Single::Adjust, false);
        let home: Vec<usize> = s.reports.iter().filter_map(|r| r.stratum).collect();
        let votes: Vec<f64> = s.reports.iter().map(|r| r.votes[0].unwrap() as f64).collect();
        let sizes: Vec<f64> = s.strata.iter().map(|h| h.stations as f64).collect();
        for row in rows.iter().filter(|r| r[0] == file && r[3] == "HT_total") {
            let single = match row[1].as_str() {
                "average" => Single::Average,
                "certainty" | "remove" => Single::Certainty,
                _ => Single::Adjust,
            };
            let got = total(&Design::stratified(&home, &sizes, single).unwrap(), &votes).unwrap();
            let [est, se] = [&row[4], &row[5]].map(|v| v.parse::<f64>().unwrap());
            close(got.value / est, 1.0, 1e-9);
            close(got.se / se, 1.0, 1e-9);
        }
    }
}

#[test]
fn the_published_intervals_of_the_night() {
    let Some(night) = Night::of(SECOND) else { return };
    let q =
        quick_count::figures(&night.sample(&CANDIDATES, "TOTAL", Single::Adjust, true)).unwrap();
    let published = [[22.1, 22.8], [15.7, 16.3], [53.0, 53.8], [5.3, 5.5]];
    for (share, published) in q.shares.iter().zip(published) {
        let [low, high] = share.interval(LEVEL).map(|v| 100.0 * v);
        assert!(
            (low - published[0]).abs() < 0.12 && (high - published[1]).abs() < 0.12,
            "{low} {high}"
        );
    }
    let margin = q.margin.as_ref().unwrap();
    close(margin.value, 0.308_975, 1e-6);
    close(margin.se, 0.002_998, 1e-6);
    // 23, 25, 22 and 7 voters' worth, as the specification of the file says.
    let deff: Vec<f64> = (0..4).map(|c| q.deff_voters(c).unwrap().round()).collect();
    assert_eq!(deff, [25.0, 22.0, 23.0, 7.0]);
}

#[test]
fn late_stations_put_two_official_shares_outside() {
    let Some(night) = Night::of(SECOND) else { return };
    let s = night.sample(&CANDIDATES, "TOTAL", Single::Adjust, true);
    let official = [0.2227, 0.1640, 0.5319, 0.0523].map(Some);
    let c = joint_verdict::figures(&s, &official).unwrap();
    let inside: Vec<bool> = c.rows.iter().map(joint_verdict::Compared::inside).collect();
    assert_eq!(inside, [true, false, true, false]);
    let plain = |c: usize| s.unweighted(c).unwrap().interval(LEVEL);
    assert!((0..4).all(|c| !(plain(c)[0]..=plain(c)[1]).contains(&official[c].unwrap())));
    let answer = joint_verdict::answer(&s, &official);
    assert_eq!(answer.claims[0].verdict, Verdict::Inconsistent);
    // The claim says which, and does not say why.
    assert!(
        answer.claims[0].headline.contains("JAMK") && !answer.claims[0].headline.contains("AMLO")
    );
}

#[test]
fn an_empty_stratum_of_the_first_cut_is_merged() {
    let Some(night) = Night::of("REMESAS0100012200.txt") else { return };
    let s = night.sample(&CANDIDATES, "TOTAL", Single::Adjust, true);
    let answer = quick_count::answer(&s);
    assert!(answer.notes[0].contains("stratum 234 has no report and is merged with stratum 235"));
    close(quick_count::figures(&s).unwrap().shares[2].value, 0.534_248, 5e-4);
}

// --- theorems ------------------------------------------------------------------------------------

/// Stations of some strata: (stratum, votes, total, registered, minute).
fn stations() -> impl Strategy<Value = (Vec<i64>, Vec<Report>)> {
    let one = (0_i64..300, 0_i64..300, 0_i64..200, 0_i64..200, 0_u16..300);
    prop::collection::vec(prop::collection::vec(one, 4..8), 1..5).prop_map(|strata| {
        let make = |(h, (a, b, more, idle, minute)): (usize, &(i64, i64, i64, i64, u16))| Report {
            minute: Some(f64::from(*minute)),
            ..report(h, &[*a, *b], a + b + more + 1, a + b + more + idle + 1)
        };
        let sizes = strata.iter().map(|s| s.len() as i64 + 40).collect();
        let reports =
            strata.iter().enumerate().flat_map(|(h, s)| s.iter().map(move |u| make((h, u))));
        (sizes, reports.collect())
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..Default::default() })]

    #[test]
    fn the_range_holds_the_full_sample((sizes, reports) in stations(), lost in prop::collection::vec(any::<bool>(), 32)) {
        let full = sample(&sizes, reports.clone());
        let gone = |i: usize| lost[i % 32] && i % 4 > 1;
        let mut part = full.clone();
        part.reports = reports.iter().enumerate().filter(|(i, _)| !gone(*i)).map(|(_, r)| r.clone()).collect();
        part.absent = Some(
            reports.iter().enumerate().filter(|(i, _)| gone(*i))
                .map(|(_, r)| Absent { stratum: r.stratum, registered: r.registered }).collect(),
        );
        let (q, f) = (quick_count::figures(&full).unwrap(), non_response::figures(&part, Cap::Registered).unwrap());
        for (share, range) in q.shares.iter().zip(&f.shares) {
            prop_assert!(range.bounds[0] <= share.value + 1e-12 && share.value <= range.bounds[1] + 1e-12);
            prop_assert!(range.interval[0] <= range.bounds[0] && range.bounds[1] <= range.interval[1]);
        }
    }

    #[test]
    fn the_order_of_reports_does_not_matter((sizes, reports) in stations()) {
        let forth = sample(&sizes, reports.clone());
        let back = sample(&sizes, reports.into_iter().rev().collect());
        let (a, b) = (arrival::figures(&forth), arrival::figures(&back));
        if let (Ok(a), Ok(b)) = (a, b) {
            prop_assert_eq!(a.steps.len(), b.steps.len());
            for (s, t) in a.steps.iter().zip(&b.steps) {
                prop_assert!((s.estimate.value - t.estimate.value).abs() < 1e-12);
            }
            let all = &quick_count::figures(&forth).unwrap().shares[a.contestant];
            prop_assert!((a.steps.last().unwrap().estimate.value - all.value).abs() < 1e-12);
        }
    }

    #[test]
    fn nothing_panics_and_words_are_neutral(
        (sizes, mut reports) in stations(), cut in 0_usize..40, odd in -3_i64..3, official in 0.0_f64..1.0,
    ) {
        reports.truncate(cut);
        if let Some(r) = reports.first_mut() {
            r.votes[0] = Some(odd);
            r.minute = None;
        }
        let mut s = sample(&sizes, reports);
        s.absent = (cut % 2 == 0).then(|| vec![Absent { stratum: Some(0), registered: None }; cut / 4]);
        let stated = vec![Some(official); s.contestants.len()];
        for answer in [
            quick_count::answer(&s), joint_verdict::answer(&s, &stated), arrival::answer(&s), non_response::answer(&s, None),
        ] {
            assert_sound(&answer);
        }
    }
}

/// What is true of every answer.
#[track_caller]
fn assert_sound(answer: &Answer) {
    let text = serde_json::to_string(answer).unwrap().to_lowercase();
    for word in [
        "fraud", "rigg", "stolen", "steal", "cheat", "falsif", "manipul", "tamper", "crime",
        "winner", "nan",
    ] {
        assert!(!text.contains(word), "{}: {word}: {text}", answer.method);
    }
    assert!(answer.claims.iter().all(|c| c.headline.ends_with('.') && !c.unsupported.is_empty()));
    assert!(answer.tables.iter().all(|t| t.rows.iter().all(|r| r.len() == t.columns.len())));
}

// --- coverage ------------------------------------------------------------------------------------

/// Stations of one simulated country: stratum, votes, total, registered.
fn country(rng: &mut ChaCha8Rng) -> Vec<Vec<[i64; 3]>> {
    let station = |level: f64, rng: &mut ChaCha8Rng| {
        let registered = 200 + below(rng, 500);
        let turnout = 0.5 + 0.3 * uniform(rng);
        let total = binomial(rng, registered, turnout);
        let p = (level + 0.1 * normal(rng)).clamp(0.02, 0.98);
        [binomial(rng, total, p), total, registered].map(|v| i64::try_from(v).unwrap())
    };
    (0..8)
        .map(|_| {
            let level = 0.2 + 0.6 * uniform(rng);
            (0..80).map(|_| station(level, rng)).collect()
        })
        .collect()
}

#[test]
fn the_range_covers_where_losing_depends_on_the_share() {
    let population = country(&mut rng::stream(3, "country", 0));
    let sum = |i: usize| population.iter().flatten().map(|s| s[i]).sum::<i64>() as f64;
    let truth = sum(0) / sum(1);
    let (mut at_random, mut range) = (0, 0);
    for draw in 1..=2_000 {
        let rng = &mut rng::stream(3, "country", draw);
        let (mut reports, mut absent) = (Vec::new(), Vec::new());
        for (h, stratum) in population.iter().enumerate() {
            let mut pool = stratum.clone();
            for i in 0..10 {
                let other = i + usize::try_from(below(rng, (pool.len() - i) as u64)).unwrap();
                pool.swap(i, other);
                let [votes, total, registered] = pool[i];
                // Stations with a high share come late; two of each stratum come in any case.
                let late = 0.5 * votes as f64 / total.max(1) as f64;
                if i > 1 && uniform(rng) < late {
                    absent.push(Absent { stratum: Some(h), registered: Some(registered) });
                } else {
                    reports.push(report(h, &[votes], total, registered));
                }
            }
        }
        let s = StationSample { absent: Some(absent), ..sample(&[80; 8], reports) };
        let f = non_response::figures(&s, Cap::Registered).unwrap();
        let holds = |[low, high]: [f64; 2]| i32::from((low..=high).contains(&truth));
        at_random += holds(f.shares[0].at_random.interval(LEVEL));
        range += holds(f.shares[0].interval);
    }
    assert!(range >= 1_900, "{range}");
    assert!(at_random < 1_870, "the loss should matter: {at_random}");
}
