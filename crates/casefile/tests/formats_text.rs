//! Delimited text: line ends, quotes, encodings, delimiters; alone, in gzip and in zip.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

use glassurn_casefile::RawTable;
use glassurn_casefile::formats::{ReadError, ReadOptions, read_bytes};

mod common;
use common::{cells, gzipped, zipped};

/// The single place that reads: one table from bytes.
fn one(bytes: impl AsRef<[u8]>) -> RawTable {
    named("t.csv", bytes.as_ref())
}

fn named(name: &str, bytes: &[u8]) -> RawTable {
    let reading = read_bytes(name, bytes.to_vec(), &ReadOptions::default()).expect("readable");
    assert_eq!(reading.tables.len(), 1);
    reading.tables.into_iter().next().expect("one table")
}

fn fails(bytes: impl AsRef<[u8]>) -> ReadError {
    read_bytes("t.csv", bytes.as_ref().to_vec(), &ReadOptions::default()).expect_err("unreadable")
}

fn numbers(table: &RawTable) -> Vec<u32> {
    (0..table.len()).map(|r| table.number(r)).collect()
}

#[test]
fn every_line_end_is_a_line_end() {
    for end in ["\n", "\r\n", "\r"] {
        let table = one(["a,b", "1,2", "", "3,4", ""].join(end));
        assert_eq!(cells(&table), [["a", "b"], ["1", "2"], ["3", "4"]]);
        assert_eq!(numbers(&table), [1, 2, 4], "an editor shows the empty line");
    }
}

#[test]
fn the_last_line_needs_no_end() {
    assert_eq!(cells(&one("a,b\n1,2")), [["a", "b"], ["1", "2"]]);
    assert_eq!(cells(&one("a,b\n1,")), [["a", "b"], ["1", ""]]);
}

#[test]
fn quotes_hold_delimiters_line_ends_and_quotes() {
    let table = one("a,b\n\"x,\r\ny\",\"say \"\"no\"\"\"\n\"\",3\n");
    assert_eq!(cells(&table), [["a", "b"], ["x,\r\ny", "say \"no\""], ["", "3"]]);
    assert_eq!(numbers(&table), [1, 2, 4], "the line on which a record begins");
}

#[test]
fn what_follows_a_closing_quote_belongs_to_the_cell() {
    let table = one("a,b\n\"1\" ,\"ab\"cd\"e\n");
    assert_eq!(cells(&table)[1], ["1 ", "abcd\"e"]);
}

#[test]
fn rows_may_be_ragged() {
    let table = one("a,b,c\n1\n1,2,3,4\n,,\n");
    assert_eq!(
        cells(&table),
        [vec!["a", "b", "c"], vec!["1"], vec!["1", "2", "3", "4"], vec!["", "", ""]]
    );
    assert_eq!((table.width(), table.cell(1, 2)), (4, ""));
}

#[test]
fn an_open_quote_is_an_error_with_its_row() {
    let error = fails("a,b\n1,2\n3,\"4\n5,6\n");
    assert_eq!(error.row, Some(3));
    assert!(error.to_string().contains("never closed"), "{error}");
}

#[test]
fn a_first_line_may_tell_the_delimiter() {
    let table = one("sep=|\na|b\n1|2\n");
    assert_eq!(
        (cells(&table), numbers(&table)),
        (vec![vec!["a", "b"], vec!["1", "2"]], vec![2, 3])
    );
}

#[test]
fn the_user_may_tell_delimiter_and_encoding() {
    let options = ReadOptions {
        delimiter: Some(b'x'),
        encoding: Some("windows-1251".to_owned()),
        ..ReadOptions::default()
    };
    let bytes = b"\xc0x\xc1\n1x2\n".to_vec();
    let reading = read_bytes("t", bytes, &options).unwrap();
    assert_eq!(cells(&reading.tables[0]), [["А", "Б"], ["1", "2"]]);
    let options = ReadOptions { encoding: Some("klingon".to_owned()), ..ReadOptions::default() };
    let error = read_bytes("t", b"a,b\n".to_vec(), &options).unwrap_err();
    assert!(error.problem.contains("klingon") && !error.hint.is_empty());
}

const RUSSIAN: &str = "Участок,Число избирателей в списке,Действительных бюллетеней\n\
    Школа № 5,1204,870\nДом культуры посёлка,998,640\nБиблиотека имени Пушкина,1510,1100\n";

#[test]
fn encodings_are_detected() {
    let utf16 = |units: Vec<[u8; 2]>, mark: [u8; 2]| {
        let body: Vec<u8> = units.concat();
        (body.clone(), [mark.to_vec(), body].concat())
    };
    let le = utf16(RUSSIAN.encode_utf16().map(u16::to_le_bytes).collect(), [0xff, 0xfe]);
    let be = utf16(RUSSIAN.encode_utf16().map(u16::to_be_bytes).collect(), [0xfe, 0xff]);
    let legacy = |label: &str| {
        let encoding = encoding_rs::Encoding::for_label(label.as_bytes()).unwrap();
        encoding.encode(RUSSIAN).0.into_owned()
    };
    for (bytes, encoding) in [
        (RUSSIAN.as_bytes().to_vec(), "UTF-8"),
        ([b"\xef\xbb\xbf", RUSSIAN.as_bytes()].concat(), "UTF-8"),
        (le.0, "UTF-16LE"),
        (le.1, "UTF-16LE"),
        (be.0, "UTF-16BE"),
        (be.1, "UTF-16BE"),
        (legacy("windows-1251"), "windows-1251"),
        (legacy("koi8-r"), "KOI8-U"),
        (legacy("ibm866"), "IBM866"),
    ] {
        let table = one(&bytes);
        assert_eq!(table.source.encoding.as_deref(), Some(encoding));
        assert_eq!((table.cell(0, 0), table.cell(3, 0)), ("Участок", "Библиотека имени Пушкина"));
    }
}

#[test]
fn one_damaged_cell_does_not_spoil_the_others() {
    let mut bytes = RUSSIAN.as_bytes().to_vec();
    bytes.extend_from_slice(b"\xd0,1,2\n");
    let reading = read_bytes("t.csv", bytes, &ReadOptions::default()).unwrap();
    assert_eq!(reading.tables[0].cell(3, 0), "Библиотека имени Пушкина");
    assert!(reading.notes[0].what.contains("1 characters are not valid UTF-8"));
}

#[test]
fn compressed_and_archived() {
    let text = b"a,b\n1,2\n";
    let gz = gzipped(text);
    let table = named("t.csv.gz", &gz);
    assert_eq!((table.cell(1, 1), table.source.format.join(" ")), ("2", "gzip csv".to_owned()));

    let archive = zipped(&[
        ("__MACOSX/._t.csv", b"\0\0"),
        ("b/t 1.csv", text),
        ("a.csv.gz", &gz),
        ("picture.png", b"\x89PNG"),
        ("readme", b"words\n"),
    ]);
    let reading = read_bytes("x.zip", archive.clone(), &ReadOptions::default()).unwrap();
    let names: Vec<_> = reading.tables.iter().map(|t| t.source.name.as_str()).collect();
    assert_eq!(names, ["x.zip!a.csv.gz", "x.zip!b/t 1.csv"]);
    assert_eq!(reading.tables[1].source.table.as_deref(), Some("b/t 1.csv"));
    assert_eq!(reading.tables[0].source.format, ["zip", "gzip", "csv"]);
    assert_eq!(reading.tables[0].source.bytes, archive.len() as u64);
    let passed: Vec<_> = reading.notes.iter().map(|n| n.file.as_str()).collect();
    assert_eq!(passed, ["x.zip!picture.png", "x.zip!readme"]);
}

#[test]
fn a_table_may_be_asked_for_by_name() {
    let archive = zipped(&[("a.csv", b"a,b\n1,2\n"), ("b.csv", b"c,d\n1,2\n")]);
    let ask = |name: &str| {
        let options = ReadOptions { table: Some(name.to_owned()), ..ReadOptions::default() };
        read_bytes("x.zip", archive.clone(), &options)
    };
    assert_eq!(ask("B").unwrap().tables[0].cell(0, 0), "c");
    assert!(ask("q").unwrap_err().hint.contains("`a.csv`, `b.csv`"));
}

#[test]
fn agrees_with_the_csv_crate() {
    use proptest::prelude::*;
    let cell = "[a-z0-9,\" \n]{0,6}";
    let rows = prop::collection::vec(prop::collection::vec(cell, 2..6), 1..8);
    proptest!(|(rows in rows)| {
        let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
        for row in &rows {
            writer.write_record(row).unwrap();
        }
        let options = ReadOptions { delimiter: Some(b','), ..ReadOptions::default() };
        let reading = read_bytes("t.csv", writer.into_inner().unwrap(), &options).unwrap();
        prop_assert_eq!(cells(&reading.tables[0]), rows);
    });
}
