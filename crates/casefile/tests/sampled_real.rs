//! Published estimates and quick counts as they were published. The files are not in the repository:
//! without them each test says that it is skipped.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)]

use std::path::PathBuf;

use glassurn_casefile::formats::{ReadOptions, read};
use glassurn_casefile::report::published_table;
use glassurn_casefile::sampled::{
    Beside, PublishedColumns, SampleColumns, published, published_account, sample, sample_account,
};
use glassurn_casefile::{Account, RawTable};
use glassurn_methods::parallel::non_response::Cap;
use glassurn_methods::parallel::published_estimate::{Judged, judge};
use glassurn_methods::parallel::{LEVEL, Official, Single, arrival, non_response, quick_count};
use glassurn_model::Verdict;

/// The only table of a file of the parallel counts; `None` when it is not at hand.
fn table(file: &str) -> Option<RawTable> {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/raw");
    let data =
        std::env::var_os("GLASSURN_DATA").map_or_else(|| PathBuf::from(beside), PathBuf::from);
    let near = [data.join("parallel"), data.join("../parallel")].map(|d| d.join(file));
    let Some(path) = near.iter().find(|p| p.is_file()) else {
        println!("skipped: {file} (no data)");
        return None;
    };
    let mut tables = read(path, &ReadOptions::default()).expect(file).tables;
    assert_eq!(tables.len(), 1);
    tables.pop()
}

// --- published estimates ---------------------------------------------------------------------------

#[test]
fn every_published_verdict_or_why_not() {
    let Some(table) = table("published-pvt/published_pvt_vs_official.csv") else { return };
    let (rows, notes) = published(&table, &PublishedColumns::default()).unwrap();
    assert!(notes.is_empty(), "{notes:?}");
    let (judged, rescues) = judge(&rows);
    assert_eq!((judged.len(), rescues.len()), (28, 0));
    let mut unlike = Vec::new();
    for j in &judged {
        let said = match j.published.stated.as_deref() {
            Some("consistent" | "within margin") => Verdict::Consistent,
            Some("inconsistent" | "corrected later") => Verdict::Inconsistent,
            // The authority's own quick count states no verdict, and two Nigerian rows have no official share.
            _ => continue,
        };
        if said != j.verdict {
            unlike.push((j.published.group.as_str(), j.published.name.as_str(), j.verdict));
        }
    }
    // The organisation judged two states as wholes; one party of each is inside its own interval.
    let whole = |area| ["Nigeria 2023 president Yiaga Africa", area].join(" ");
    let (rivers, imo) = (whole("Rivers"), whole("Imo"));
    let inside = Verdict::Consistent;
    assert_eq!(unlike, [(rivers.as_str(), "PDP", inside), (imo.as_str(), "PDP", inside)]);
    let verdicts = |country: &str| -> Vec<Verdict> {
        let of = judged.iter().filter(|j| j.published.group.starts_with(country));
        of.map(|j| j.verdict).collect()
    };
    let (yes, no) = (Verdict::Consistent, Verdict::Inconsistent);
    // Late reports: two of four shares of 2018 are outside, turnout and all of 2024 inside.
    assert_eq!(verdicts("Mexico"), [yes, yes, no, no, yes, yes, yes, yes]);
    assert_eq!(verdicts("Nigeria")[6..], [Verdict::NotTested; 2]);
    let account = published_account(&rows, &notes, &table, "published", String::new());
    assert!(account.finds_something());
}

/// The rows of one election of a Georgian workbook.
fn georgia(file: &str) -> Option<(Vec<Judged>, Vec<String>)> {
    let table = table(&format!("ge2003-2020-pvt/{file}"))?;
    let columns = PublishedColumns { estimate: Some("ISFED".to_owned()), ..Default::default() };
    let (rows, mut notes) = published(&table, &columns).unwrap();
    let (judged, rescues) = judge(&rows);
    assert_eq!(judged.len(), 112);
    notes.extend(rescues.into_iter().map(|r| format!("{}: {}", r.group, r.what)));
    Some((judged, notes))
}

fn outside(judged: &[Judged], group: &str) -> Vec<String> {
    let of = judged.iter().filter(|j| j.published.group == group);
    of.filter(|j| j.verdict == Verdict::Inconsistent).map(|j| j.published.name.clone()).collect()
}

#[test]
fn swapped_columns_and_text_cells_of_the_december_workbook() {
    let Some((judged, notes)) = georgia("PVT_Dec11_2020.xlsx") else { return };
    let has = |what: &str| notes.iter().filter(|n| n.contains(what)).count();
    assert_eq!(has("2020 Parliamentary: the columns are exchanged"), 1);
    assert_eq!((has("exchanged"), has("text with an odd space")), (1, 2));
    for election in ["2004 Parliamentary", "2008 Presidential", "2012 Parliamentary"] {
        assert_eq!(has(&format!("{election}: every row has the margin")), 1);
    }
    assert_eq!(outside(&judged, "2020 Parliamentary"), ["UNM"]);
    let of_2020 = judged.iter().filter(|j| j.published.group == "2020 Parliamentary");
    assert_eq!(of_2020.filter(|j| j.verdict == Verdict::Consistent).count(), 9);
    // 79 rows have an interval; the 19 of three elections are in the wrong unit.
    assert_eq!(judged.iter().filter(|j| j.interval.is_some()).count(), 60);
}

#[test]
fn before_the_correction_the_leader_was_outside() {
    let Some((judged, notes)) = georgia("PVT_before_isfed_audit.xlsx") else { return };
    assert!(!notes.iter().any(|n| n.contains("exchanged")));
    assert_eq!(outside(&judged, "2020 Parliamentary"), ["GD", "Alliance of Patriots of Georgia"]);
}

// --- Mexico 2018 -----------------------------------------------------------------------------------

fn columns() -> SampleColumns {
    let names = |text: &str| text.split(',').map(ToOwned::to_owned).collect();
    SampleColumns {
        stratum: "ID_ESTRATO_F".to_owned(),
        votes: names("RAC,JAMK,AMLO,JHRC"),
        total: "TOTAL".to_owned(),
        registered: Some("LISTA_NOMINAL".to_owned()),
        rejected: Some("NULOS".to_owned()),
        time: names("DIA,HORA,MINUTOS,SEGUNDOS"),
        key: names("iD_ESTADO,SECCION,TIPO_CASILLA,ID_CASILLA,EXT_CONTIGUA"),
        frame: Vec::new(),
    }
}

#[test]
fn the_night_of_1_july_2018_from_its_files() {
    let at = |file: &str| table(&format!("mx2018-quickcount/{file}"));
    let (Some(reports), Some(frame), Some(plan)) = (
        at("LISTADO_CASILLAS_2018.csv"),
        at("derived_stratum_sizes.csv"),
        at("4-ConteoRapido18MUESTRA-ELECCION-PRESIDENCIAL.csv"),
    ) else {
        return;
    };
    let got = sample(&reports, &frame, Some(&plan), &columns(), Single::Adjust).unwrap();
    assert!(got.notes.is_empty(), "{:?}", got.notes);
    let s = &got.sample;
    assert_eq!((s.strata.len(), s.reports.len()), (350, 5_254));
    assert_eq!(s.strata.iter().map(|h| h.stations).sum::<i64>(), 156_899);
    assert_eq!(s.absent.as_ref().map(Vec::len), Some(7_787 - 5_254));
    let q = quick_count::figures(s).unwrap();
    assert!((q.shares[2].value - 0.533_665_287_6).abs() < 1e-9);
    assert!((q.turnout.as_ref().unwrap().0.se - 0.001_804_178_9).abs() < 1e-9);
    // The intervals miss two official shares; the range with nothing assumed of late stations holds all.
    let f = non_response::figures(s, Cap::Registered).unwrap();
    for (range, official) in f.shares.iter().zip([0.2227, 0.1640, 0.5319, 0.0523]) {
        assert!(range.bounds[0] < official && official < range.bounds[1]);
        let [low, high] = range.at_random.interval(LEVEL);
        assert!(range.interval[0] < low && high < range.interval[1]);
    }
    // The range narrows as reports come in.
    let steps = arrival::figures(s).unwrap().steps;
    let widths: Vec<f64> = steps.iter().filter_map(|s| s.range.map(|[l, h]| h - l)).collect();
    assert_eq!(widths.len(), arrival::STEPS);
    assert!(widths.windows(2).all(|w| w[1] < w[0]), "{widths:?}");
    // Under the tighter cap the order is still open, and the range is inside the widest one.
    let cap = non_response::tighter(s, None).unwrap();
    let tight = non_response::figures(s, Cap::Turnout(cap.turnout)).unwrap();
    let [wide, narrow] = [&f, &tight].map(|f| f.margin.as_ref().unwrap().bounds);
    assert!(wide[0] < narrow[0] && narrow[1] < wide[1], "{wide:?} {narrow:?}");
    let official = Official {
        shares: [0.2227, 0.1640, 0.5319, 0.0523].map(Some).to_vec(),
        turnout: Some(0.6342),
        rejected: None,
    };
    let beside = Beside { official, cap_turnout: None };
    let account = sample_account(&got, &beside, Vec::new(), "Mexico", String::new());
    let methods: Vec<_> = account.answers.iter().map(|a| a.method).collect();
    assert_eq!(methods, ["P210", "P220", "P230", "P240"]);
    assert!(account.answers.iter().all(|a| a.refused.is_none()));
    assert_eq!(account.coverage.as_ref().unwrap().planned, Some(7_787));
    the_published_table_reads_back(&account);
}

/// What `--table` writes is what `published` reads, with the same verdicts.
fn the_published_table_reads_back(account: &Account) {
    let bytes = published_table(account).unwrap().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("table.csv");
    std::fs::write(&file, bytes).unwrap();
    let table = read(&file, &ReadOptions::default()).unwrap().tables.pop().unwrap();
    let (rows, notes) = published(&table, &PublishedColumns::default()).unwrap();
    assert!(notes.is_empty(), "{notes:?}");
    let (judged, rescues) = judge(&rows);
    assert!(rescues.is_empty(), "{rescues:?}");
    let verdict = |j: &Judged| (j.published.name.clone(), j.verdict, j.published.estimate);
    let (yes, no, open) = (Verdict::Consistent, Verdict::Inconsistent, Verdict::NotTested);
    let told: Vec<_> = judged.iter().map(verdict).collect();
    let row = |name: &str, verdict, estimate| (name.to_owned(), verdict, estimate);
    // Rejected ballots: 2.67 % by R's survey package too.
    let expected = [
        row("AMLO", yes, Some(53.37)),
        row("RAC", yes, Some(22.47)),
        row("JAMK", no, Some(15.95)),
        row("JHRC", no, Some(5.38)),
        row("turnout", yes, Some(63.37)),
        row("rejected ballots", open, Some(2.67)),
        row("stations planned", open, None),
        row("stations with a complete report", open, None),
    ];
    assert_eq!(told, expected);
}
