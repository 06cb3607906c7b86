//! Spreadsheets, dBASE, Parquet and the packers without an encoder at hand, from files made by hand.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use glassurn_casefile::RawTable;
use glassurn_casefile::formats::{ReadOptions, Reading, read_bytes};

mod common;
use common::{cells, compound, dbase, ods, record, workbook, xlsx};

fn reading(bytes: Vec<u8>) -> Reading {
    read_bytes("file", bytes, &ReadOptions::default()).expect("readable")
}

fn one(bytes: Vec<u8>) -> RawTable {
    let mut tables = reading(bytes).tables;
    assert_eq!(tables.len(), 1);
    tables.remove(0)
}

#[test]
fn xlsx_cells_of_every_kind() {
    let table = one(xlsx(
        r#"<row r="2"><c r="A2" t="s"><v>0</v></c><c r="C2" t="inlineStr"><is><t>in </t><r><t>line</t></r></is></c></row>
           <row r="5"><c r="A5"><v>459</v></c><c r="B5"><v>0.28020000000000001</v></c><c r="C5" s="1"><v>43177</v></c>
             <c r="D5" t="b"><v>1</v></c><c r="E5" t="e"><v>#DIV/0!</v></c><c r="F5" t="str"><f>A1</f><v>a&lt;b</v></c>
             <c r="G5"/><c r="H5"><f>1+1</f><v>2</v></c><c><v>1E3</v></c></row>"#,
        r#"<si><r><t>par</t></r><r><t xml:space="preserve">ty </t></r><rPh><t>no</t></rPh></si>"#,
        r#"<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>"#,
    ));
    let expected: [&[&str]; 2] = [
        &["party ", "", "in line"],
        &["459", "0.2802", "2018-03-18", "TRUE", "#DIV/0!", "a<b", "", "2", "1000"],
    ];
    assert_eq!(cells(&table), expected);
    assert_eq!((table.number(0), table.number(1)), (2, 5), "as the spreadsheet numbers them");
    assert_eq!(table.source.table.as_deref(), Some("Results & more"));
    assert_eq!(table.source.format, ["xlsx"]);
}

#[test]
fn xlsx_entities_are_not_expanded() {
    let bytes = xlsx(r#"<row><c t="str"><v>x&boom;y</v></c></row>"#, "", "");
    assert_eq!(cells(&one(bytes)), [["xy"]]);
}

#[test]
fn ods_cells_of_every_kind() {
    let table = one(ods(
        r#"<table:table-row table:number-rows-repeated="3"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>
        <table:table-row table:number-rows-repeated="2">
          <table:table-cell office:value-type="string"><text:p>a<text:s text:c="2"/>b</text:p><text:p>c</text:p></table:table-cell>
          <table:table-cell office:value-type="float" office:value="12"><text:p>12.00</text:p></table:table-cell>
          <table:covered-table-cell/>
          <table:table-cell office:value-type="date" office:date-value="2018-03-18"><office:annotation><text:p>a remark</text:p></office:annotation><text:p>18.3.</text:p></table:table-cell>
          <table:table-cell table:number-columns-repeated="2" office:value-type="boolean" office:boolean-value="true"/>
        </table:table-row>
        <table:table-row table:number-rows-repeated="1048571"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>"#,
    ));
    let row = ["a  b\nc", "12", "", "2018-03-18", "TRUE", "TRUE"];
    assert_eq!(cells(&table), [row, row]);
    assert_eq!((table.number(0), table.number(1)), (4, 5));
}

#[test]
fn xls_cells_of_every_kind() {
    let place = |row: u16, column: u16, style: u16| {
        [row.to_le_bytes(), column.to_le_bytes(), style.to_le_bytes()].concat()
    };
    let at = |row, column, style, rest: &[u8]| [place(row, column, style), rest.to_vec()].concat();
    let packed = |value: u32| [&[0, 0][..], &value.to_le_bytes()].concat();
    let numbers = [packed((7 << 2) | 2), packed((1234 << 2) | 3)].concat();
    let several = [&[2, 0, 2, 0][..], &numbers, &[3, 0]].concat();
    let stream = workbook(&[
        record(0x00fd, &at(0, 0, 0, &0_u32.to_le_bytes())),
        record(0x00fd, &at(0, 1, 0, &1_u32.to_le_bytes())),
        record(0x0204, &at(0, 2, 0, b"\x03\0\0abc")),
        record(0x0203, &at(2, 0, 0, &459.0_f64.to_le_bytes())),
        record(0x0203, &at(2, 1, 1, &43_177.0_f64.to_le_bytes())),
        record(0x00bd, &several),
        record(0x0205, &at(2, 4, 0, &[1, 0])),
        record(0x0205, &at(2, 5, 0, &[0x2a, 1])),
        record(0x0006, &at(2, 6, 0, &2.5_f64.to_le_bytes())),
        record(0x0006, &at(2, 7, 0, &[0, 0, 0, 0, 0, 0, 0xff, 0xff])),
        record(0x0207, b"\x02\0\0ok"),
    ]);
    let table = one(compound("Workbook", &stream, |_| {}));
    let expected: [&[&str]; 2] =
        [&["party", "А", "abc"], &["459", "2018-03-18", "7", "12.34", "TRUE", "#N/A", "2.5", "ok"]];
    assert_eq!(cells(&table), expected);
    assert_eq!((table.number(1), table.source.table.as_deref()), (3, Some("Old")));
}

#[test]
fn dbase_cells_of_every_kind() {
    let fields = [("NAME", b'C', 6), ("VOTES", b'N', 5), ("DAY", b'D', 8), ("POSTAL", b'L', 1)];
    let records = [" Tiran   12020130623T", "*gone      1        ?", " b     12.50        F"];
    let reading = reading(dbase(&fields, &records, 3));
    let table = &reading.tables[0];
    assert!(table.named);
    assert_eq!(
        cells(table),
        [
            ["NAME", "VOTES", "DAY", "POSTAL"],
            ["Tiran", "120", "2013-06-23", "TRUE"],
            ["b", "12.50", "", "FALSE"]
        ]
    );
    assert_eq!((table.number(1), table.number(2)), (1, 3), "the deleted record keeps its number");
    assert!(reading.notes[0].what.contains("1 records are marked as deleted"));
}

#[test]
fn xz_and_zstd() {
    // `a,b\n1,2\n`, packed by Python 3.10's lzma module.
    const XZ: [u8; 64] = [
        253, 55, 122, 88, 90, 0, 0, 4, 230, 214, 180, 70, 2, 0, 33, 1, 12, 0, 0, 0, 143, 152, 65,
        156, 1, 0, 7, 97, 44, 98, 10, 49, 44, 50, 10, 0, 190, 156, 189, 73, 181, 18, 42, 254, 0, 1,
        32, 8, 187, 25, 217, 187, 31, 182, 243, 125, 1, 0, 0, 0, 0, 4, 89, 90,
    ];
    let level = ruzstd::encoding::CompressionLevel::Fastest;
    let frame = |text: &'static [u8]| ruzstd::encoding::compress_to_vec(text, level);
    let two_frames = [frame(b"a,b\n"), frame(b"1,2\n")].concat();
    for (bytes, format) in [(XZ.to_vec(), "xz"), (two_frames, "zstd")] {
        let table = one(bytes);
        assert_eq!(cells(&table), [["a", "b"], ["1", "2"]]);
        assert_eq!(table.source.format, [format, "csv"]);
    }
}

#[test]
fn parquet_or_a_word_about_the_feature() {
    let path =
        concat!(env!("CARGO_MANIFEST_DIR"), "/../../testdata/formats/three-stations.parquet");
    let bytes = std::fs::read(path).unwrap();
    let result = read_bytes("t.parquet", bytes, &ReadOptions::default());
    if cfg!(feature = "parquet") {
        let tables = result.unwrap().tables;
        assert_eq!(
            cells(&tables[0]),
            [
                ["station", "registered", "share", "postal"],
                ["1", "812", "0.5", "true"],
                ["2", "", "0.25", "false"],
                ["3", "1204", "", ""]
            ]
        );
    } else {
        assert!(result.unwrap_err().hint.contains("--features parquet"));
    }
}
