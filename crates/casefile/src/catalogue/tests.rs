use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::*;

/// The root of the repository.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

#[test]
fn the_list_is_the_folder() {
    let mut files = BTreeSet::new();
    for country in std::fs::read_dir(root().join("mappings")).unwrap() {
        for file in std::fs::read_dir(country.unwrap().path()).unwrap() {
            let path = file.unwrap().path();
            let path = path.strip_prefix(root()).unwrap().to_str().unwrap().replace('\\', "/");
            files.insert(path);
        }
    }
    let listed: BTreeSet<String> = all().iter().map(|d| d.path.to_owned()).collect();
    assert_eq!(listed, files);
    assert_eq!(listed.len(), all().len(), "a mapping is listed twice");
}

#[test]
fn every_mapping_reads_and_survives_a_round_trip() {
    for data in all() {
        let mapping = data.mapping().unwrap_or_else(|e| panic!("{}: {e}", data.path));
        let text = mapping.to_toml().unwrap();
        let again =
            Mapping::from_toml(&text).unwrap_or_else(|e| panic!("{}: {e}\n{text}", data.path));
        assert_eq!(again, mapping, "{}", data.path);
        assert_eq!(again.to_toml().unwrap(), text, "{}", data.path);
    }
}

#[test]
fn every_data_set_says_where_it_comes_from() {
    for data in all() {
        let published = data.mapping().unwrap().published.unwrap();
        let address = published.url.starts_with("https://") || published.url.is_empty();
        assert!(address, "{}: {}", data.name, published.url);
        assert!(published.sha256.len() == 64 && published.bytes > 0, "{}", data.name);
        assert!(!published.licence.is_empty() && !published.publisher.is_empty(), "{}", data.name);
        assert!(!published.file.contains('/') && !published.folder.contains('/'), "{}", data.name);
    }
}

#[test]
fn names_are_found_and_near_misses_are_named() {
    assert_eq!(find("russia-2018").unwrap().path, "mappings/russia/2018-president.toml");
    assert_eq!(find("russia-1918"), None);
    let sha256 = find("russia-2018").unwrap().mapping().unwrap().published.unwrap().sha256;
    assert_eq!(known(&sha256), find("russia-2018"));
    assert_eq!(known(""), None);
    assert_eq!(nearest("rusia-2018").first().map(String::as_str), Some("russia-2018"));
}

#[test]
fn files_are_located_and_told_from_others() {
    let dir = tempfile::tempdir().unwrap();
    let published = find("uganda-2016").unwrap().mapping().unwrap().published.unwrap();
    let folder = dir.path().join("raw").join(&published.folder);
    std::fs::create_dir_all(&folder).unwrap();
    assert_eq!(locate("uganda-2016", Some(dir.path()), None), None);
    let file = folder.join("election-results.csv.gz");
    std::fs::write(&file, b"something else").unwrap();
    for data in [dir.path().to_owned(), dir.path().join("raw")] {
        assert_eq!(
            locate("uganda-2016", Some(&data), None).map(|p| p.canonicalize().unwrap()),
            Some(file.canonicalize().unwrap())
        );
    }
    assert!(verify(&file, &published).is_err(), "no gzip stream");
    let plain = Published {
        sha256: digest(&b"abc"[..]).unwrap().0,
        file: "x".to_owned(),
        bytes: 3,
        ..published
    };
    let other = folder.join("x");
    std::fs::write(&other, b"abc").unwrap();
    assert_eq!(verify(&other, &plain).unwrap(), Verified::Same);
    std::fs::write(&other, b"abd").unwrap();
    assert!(matches!(verify(&other, &plain).unwrap(), Verified::Other { bytes: 3, .. }));
}

#[test]
fn parallel_counts_lie_beside_the_raw_data() {
    let dir = tempfile::tempdir().unwrap();
    let published = find("venezuela-2024-qr").unwrap().mapping().unwrap().published.unwrap();
    let folder = dir.path().join("parallel").join(&published.folder);
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::create_dir_all(dir.path().join("raw")).unwrap();
    std::fs::write(folder.join(&published.file), b"x").unwrap();
    for data in [dir.path().to_owned(), dir.path().join("raw"), dir.path().join("parallel")] {
        assert!(locate("venezuela-2024-qr", Some(&data), None).is_some(), "{}", data.display());
    }
}

#[test]
fn a_table_bears_the_prints_of_its_own_file_packed_and_unpacked() {
    use std::io::Write;
    let plain = b"no,votes\n1,20\n2,30\n";
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(plain).unwrap();
    let packed = packed.finish().unwrap();
    let print = |bytes: &[u8]| digest(bytes).unwrap().0;
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("a.csv"), plain).unwrap();
    std::fs::write(dir.path().join("b.csv.gz"), &packed).unwrap();
    let options = crate::formats::ReadOptions::default();
    let both = crate::formats::read(dir.path(), &options).unwrap().tables;
    assert_eq!(both[0].prints, [print(plain)]);
    assert_eq!(both[1].prints, [print(&packed), print(plain)]);
    let one = crate::formats::read_bytes("b.csv.gz", packed, &options).unwrap().tables;
    assert_eq!(one[0].prints, both[1].prints);
    assert_eq!(one[0].prints[0], one[0].source.sha256);
}

#[test]
fn a_packed_copy_of_the_published_file_is_the_same() {
    use std::io::Write;
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("x.csv.gz");
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(b"abc").unwrap();
    std::fs::write(&file, packed.finish().unwrap()).unwrap();
    let sha256 = digest(&b"abc"[..]).unwrap().0;
    assert_eq!(sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    let published =
        Published { sha256, file: "x.csv".to_owned(), bytes: 3, ..Published::default() };
    assert_eq!(verify(&file, &published).unwrap(), Verified::Same);
}
