//! Maps of areas: GeoJSON and shapefiles, made by hand, damaged, and published.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::path::{Path, PathBuf};

use glassurn_casefile::areas::{self, Wish};
use glassurn_model::{Returns, testing::Builder};

/// The corners of a square of side 1, clockwise.
fn square(x: f64, y: f64) -> Vec<[f64; 2]> {
    vec![[x, y], [x, y + 1.0], [x + 1.0, y + 1.0], [x + 1.0, y], [x, y]]
}

fn geojson(areas: &[(&str, Vec<[f64; 2]>)]) -> String {
    let feature = |(name, ring): &(&str, Vec<[f64; 2]>)| {
        let ring: Vec<String> = ring.iter().map(|p| format!("[{:?},{:?}]", p[0], p[1])).collect();
        format!(
            r#"{{"type":"Feature","properties":{{"id":7,"name":"{name}"}},
            "geometry":{{"type":"Polygon","coordinates":[[{}]]}}}}"#,
            ring.join(",")
        )
    };
    let features: Vec<String> = areas.iter().map(feature).collect();
    format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(","))
}

fn shp(areas: &[Vec<[f64; 2]>]) -> Vec<u8> {
    let mut records = Vec::new();
    for (number, ring) in (1_u32..).zip(areas) {
        let mut body = 5_u32.to_le_bytes().to_vec();
        body.extend([0; 32]);
        let points = u32::try_from(ring.len()).unwrap();
        [1, points, 0].iter().for_each(|n| body.extend(n.to_le_bytes()));
        ring.iter().flatten().for_each(|x| body.extend(x.to_le_bytes()));
        records.extend(number.to_be_bytes());
        records.extend(u32::try_from(body.len() / 2).unwrap().to_be_bytes());
        records.extend(body);
    }
    let mut file = 9_994_u32.to_be_bytes().to_vec();
    file.extend([0; 24]);
    file.extend(1_000_u32.to_le_bytes());
    file.extend(5_u32.to_le_bytes());
    file.extend([0; 64]);
    file.extend(records);
    file
}

/// A dBASE table of one column.
fn dbf(name: &str, cells: &[&str]) -> Vec<u8> {
    let mut file = vec![3, 124, 1, 1];
    file.extend(u32::try_from(cells.len()).unwrap().to_le_bytes());
    file.extend(65_u16.to_le_bytes());
    file.extend(21_u16.to_le_bytes());
    file.extend([0; 20]);
    let mut field = name.as_bytes().to_vec();
    field.resize(11, 0);
    field.extend([b'C', 0, 0, 0, 0, 20]);
    field.resize(32, 0);
    file.extend(field);
    file.push(0x0d);
    cells.iter().for_each(|c| file.extend(format!(" {c:<20}").bytes()));
    file
}

/// Four communes of two districts, one station each.
fn returns() -> Returns {
    Builder::new(4)
        .level("district", &["N", "N", "S", "S"])
        .level("commune", &["Át", "Be", "Ce", "De"])
        .choice("A", [1, 2, 3, 4])
        .build()
}

/// Át and Be side by side, Ce at a corner of Be, an island that is no commune; De is not there.
fn islands() -> Vec<(&'static str, Vec<[f64; 2]>)> {
    vec![
        ("CE", square(2.0, 1.0)),
        ("at", square(0.0, 0.0)),
        ("BE ", square(1.0, 0.0)),
        ("Island", square(9.0, 9.0)),
    ]
}

fn written(folder: &Path, name: &str, bytes: &[u8]) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, bytes).unwrap();
    path
}

#[track_caller]
fn assert_islands(returns: &Returns, key: &str) {
    let areas = returns.stations.areas.as_ref().unwrap();
    assert_eq!(areas.level, 1);
    assert_eq!(areas.touching, [vec![1], vec![0, 2], vec![1], vec![]]);
    assert_eq!(areas.centres, [Some((0.5, 0.5)), Some((1.5, 0.5)), Some((2.5, 1.5)), None]);
    assert_eq!(areas.outlines[0][0].len(), 4);
    let note = returns.notes.last().unwrap();
    assert!(note.contains("an area for 3 of the 4 units of `commune`"), "{note}");
    assert!(note.contains(&format!("property `{key}`")), "{note}");
    assert!(note.contains("without an area: 1 (De)"), "{note}");
    assert!(note.contains("areas of no unit: 1 (Island)"), "{note}");
    assert_eq!(returns.sources.last().unwrap().rows, 4);
}

#[test]
fn names_match_whatever_their_letters_and_areas_touch_at_sides_and_corners() {
    let folder = tempfile::tempdir().unwrap();
    let path = written(folder.path(), "map.geojson", geojson(&islands()).as_bytes());
    let mut of_geojson = returns();
    areas::attach(&mut of_geojson, &areas::read(&path).unwrap(), &Wish::default()).unwrap();
    assert_islands(&of_geojson, "name");

    let (names, rings): (Vec<&str>, Vec<_>) = islands().into_iter().unzip();
    let path = written(folder.path(), "map.shp", &shp(&rings));
    written(folder.path(), "map.dbf", &dbf("LEVEL", &names));
    let mut of_shapes = returns();
    areas::attach(&mut of_shapes, &areas::read(&path).unwrap(), &Wish::default()).unwrap();
    assert_islands(&of_shapes, "LEVEL");
}

#[test]
fn a_map_of_something_else_is_refused_with_what_there_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = written(folder.path(), "map.json", geojson(&[("X", square(0.0, 0.0))]).as_bytes());
    let map = areas::read(&path).unwrap();
    let refused = |level: Option<&str>| {
        let wish = Wish { level: level.map(ToOwned::to_owned), key: None };
        areas::attach(&mut returns(), &map, &wish).unwrap_err()
    };
    assert!(refused(None).contains("only 0 have an area of that name"), "{}", refused(None));
    assert!(
        refused(Some("ward")).contains("levels: district, commune"),
        "{}",
        refused(Some("ward"))
    );
}

#[test]
fn no_damage_is_more_than_an_error() {
    let whole = shp(&[square(0.0, 0.0), square(1.0, 0.0)]);
    assert_eq!(areas::read_bytes(&whole), Ok(2));
    for end in 0..whole.len() {
        let read = areas::read_bytes(&whole[..end]);
        // Without its records a file is whole and empty; with the first record too.
        assert!(
            read.is_err() || [100, 100 + 8 + 44 + 4 + 80].contains(&end),
            "cut at {end}: {read:?}"
        );
    }
    for at in 28..whole.len() {
        for byte in [0, 0x7f, 0xff] {
            let mut changed = whole.clone();
            changed[at] = byte;
            let _ = areas::read_bytes(&changed);
        }
    }
    let wrong = |bytes: &[u8], says: &str| {
        let problem = areas::read_bytes(bytes).unwrap_err();
        assert!(problem.contains(says), "{problem}");
    };
    let mut nan = whole.clone();
    let last = nan.len() - 8;
    nan[last..].copy_from_slice(&f64::NAN.to_le_bytes());
    wrong(&nan, "record 2: a corner is no number");
    let mut lies = whole.clone();
    lies[100 + 8 + 40..100 + 8 + 44].copy_from_slice(&u32::MAX.to_le_bytes());
    wrong(&lies, "more than 20000000 points");
    let mut lines = whole;
    lines[32] = 3;
    wrong(&lines, "are no polygons");
    wrong(br#"{"type":"Topology"}"#, "TopoJSON");
    wrong(b"{}", "no collection");
    wrong(br#"{"type":"FeatureCollection","features":[{"geometry":{"type":"Point","coordinates":[1,2]}}]}"#, "`Point` is no polygon");
    wrong(
        br#"{"type":"FeatureCollection","features":[{"geometry":{"type":"Polygon","coordinates":[[[1]]]}}]}"#,
        "no pair of numbers",
    );
    wrong("[".repeat(100_000).as_bytes(), "no JSON");
    assert_eq!(
        areas::read_bytes(br#"{"type":"FeatureCollection","features":[{"geometry":null}]}"#),
        Ok(1)
    );
}

#[test]
fn a_shapefile_without_its_table_says_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let path = written(folder.path(), "alone.shp", &shp(&[square(0.0, 0.0)]));
    let error = areas::read(&path).unwrap_err();
    assert!(error.hint.contains("put the .dbf beside the .shp"), "{error}");
}

#[test]
fn communes_of_albania_touch_as_they_should() {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/raw");
    let data =
        std::env::var_os("GLASSURN_DATA").map_or_else(|| PathBuf::from(beside), PathBuf::from);
    let file = data.join("albania-2013-parliament/Albania2013_communes.shp");
    if !file.is_file() {
        println!("skipped: communes_of_albania_touch_as_they_should (no data)");
        return;
    }
    let text = std::fs::read_to_string(file.with_file_name("Albania2013.csv")).unwrap();
    let rows: Vec<Vec<&str>> = text.lines().skip(1).map(|l| l.split(',').collect()).collect();
    let communes: Vec<&str> = rows.iter().map(|r| r[2]).collect();
    let mut returns = Builder::new(rows.len()).level("Communes", &communes).build();
    areas::attach(&mut returns, &areas::read(&file).unwrap(), &Wish::default()).unwrap();
    let areas = returns.stations.areas.unwrap();
    let known = areas.centres.iter().flatten().count();
    assert_eq!((areas.centres.len(), known), (379, 369));
    let links: usize = areas.touching.iter().map(Vec::len).sum();
    let alone =
        areas.touching.iter().zip(&areas.centres).filter(|(t, c)| c.is_some() && t.is_empty());
    // shapely: 1,988 ordered pairs within a third of a metre, the eleven wards named TIRANE_TIRANE1 taken together.
    assert_eq!((links, alone.count()), (1_988, 0));
}
