//! Bad input: each ends in a clear message with a hint, within bounds of memory and time.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

use std::path::Path;
use std::process::Command;

use glassurn_casefile::formats::{Limits, ReadError, ReadOptions, read, read_bytes};

mod common;
use common::{compound, dbase, gzipped, ods, record, tarred, workbook, xlsx, zipped};

/// The error of bytes under a name; it always says what to do next.
fn error_of(name: &str, bytes: impl AsRef<[u8]>) -> ReadError {
    error_within(name, bytes, Limits::default())
}

fn error_within(name: &str, bytes: impl AsRef<[u8]>, limits: Limits) -> ReadError {
    let options = ReadOptions { limits, ..ReadOptions::default() };
    let error = read_bytes(name, bytes.as_ref().to_vec(), &options).expect_err(name);
    assert!(!error.hint.is_empty() && !error.problem.is_empty(), "{error:?}");
    error
}

fn error_at(path: &Path) -> ReadError {
    let error = read(path, &ReadOptions::default()).expect_err("unreadable");
    assert!(!error.hint.is_empty(), "{error:?}");
    error
}

/// The error mentions all of these.
fn says(error: &ReadError, words: &[&str]) {
    let text = error.to_string();
    assert!(words.iter().all(|w| text.contains(w)), "{text}");
}

#[test]
fn nothing_at_all() {
    says(&error_of("empty.csv", b""), &["empty.csv", "empty"]);
    says(&error_of("blank.csv", b" \n\r\n\t"), &["no text"]);
    says(&error_of("empty.zip", zipped(&[])), &["no file"]);
    says(&error_of("empty.gz", gzipped(b"")), &["empty"]);
}

#[test]
fn a_million_columns() {
    let error = error_of("wide.csv", "1,".repeat(1_000_000));
    says(&error, &["more than 16384 columns", "row 1"]);
}

#[test]
fn too_many_rows_or_cells() {
    let limits = Limits { rows: 10, ..Limits::default() };
    says(&error_within("long.csv", "1,2\n".repeat(11), limits), &["more than 10 rows", "row 11"]);
    let limits = Limits { cells: 10, ..Limits::default() };
    says(&error_within("t.csv", "1,2\n".repeat(6), limits), &["more than 10 cells", "row 6"]);
}

#[test]
fn an_endless_cell() {
    says(&error_of("t.csv", "x".repeat(2 << 20)), &["longer than 1024 KiB", "row 1"]);
    let quoted = format!("a,b\n1,\"{}\"\n", "x".repeat(2 << 20));
    says(&error_of("t.csv", quoted), &["longer than 1024 KiB", "row 2"]);
}

#[test]
fn an_endless_line_is_refused_before_all_of_it_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("line.csv");
    std::fs::write(&path, "1,".repeat(12 << 20)).unwrap();
    says(&error_at(&path), &["a line is longer than 16 MiB"]);
    let packed = gzipped("x".repeat(24 << 20).as_bytes());
    says(&error_of("line.gz", packed), &["a line is longer than 16 MiB"]);
}

#[test]
fn bytes_that_are_no_text() {
    says(&error_of("nul.csv", b"a,b\n1,\0\n"), &["NUL", "row 2"]);
    says(&error_of("nul.csv", [0; 4096]), &["NUL", "row 1"]);
    says(&error_of("page.xls", "<!DOCTYPE html><table>"), &["HTML"]);
    says(&error_of("a.csv", "%PDF-1.7\n"), &["PDF"]);
}

/// 80 MiB of rows in about 80 KiB.
fn bomb() -> Vec<u8> {
    gzipped("1,2\n".repeat(20 << 20).as_bytes())
}

#[test]
fn bombs_stop_at_the_allowance() {
    let bomb = bomb();
    says(&error_of("bomb.gz", &bomb), &["larger than 64 MiB"]);
    let nested = zipped(&[("a.csv", b"a,b\n1,2\n"), ("bomb.gz", &bomb)]);
    says(&error_of("nested.zip", nested), &["larger than 64 MiB"]);
    says(&error_of("nested.tar", tarred(&[("bomb.gz", &bomb)])), &["larger than 64 MiB"]);
}

#[test]
fn a_header_that_promises_too_much_is_believed() {
    let mut zip = zipped(&[("a.csv", b"a,b\n1,2\n")]);
    let at = zip.windows(4).rposition(|w| w == b"PK\x01\x02").unwrap();
    zip[at + 24..at + 28].copy_from_slice(&0x7fff_ffff_u32.to_le_bytes());
    says(&error_of("liar.zip", zip), &["larger than"]);
}

/// A zip archive whose directory names one member a thousand times.
fn overlapping() -> Vec<u8> {
    let line = format!("{},2\n", "x".repeat(1_020));
    let zip = zipped(&[("a.csv", line.repeat(1 << 10).as_bytes())]);
    let at = zip.windows(4).rposition(|w| w == b"PK\x01\x02").unwrap();
    let end = zip.windows(4).rposition(|w| w == b"PK\x05\x06").unwrap();
    let mut many = zip[..at].to_vec();
    for number in 0..1_000 {
        let mut entry = zip[at..end].to_vec();
        let name = entry.len() - 5;
        entry.splice(name.., format!("{number:05}").into_bytes());
        many.extend(entry);
    }
    let size = u32::try_from(many.len() - at).unwrap();
    let mut tail = zip[end..].to_vec();
    tail[8..10].copy_from_slice(&1_000_u16.to_le_bytes());
    tail[10..12].copy_from_slice(&1_000_u16.to_le_bytes());
    tail[12..16].copy_from_slice(&size.to_le_bytes());
    many.extend(tail);
    many
}

#[test]
fn members_that_overlap_are_bounded() {
    says(&error_of("overlap.zip", overlapping()), &["larger than 64 MiB"]);
}

#[test]
fn containers_inside_containers() {
    let deep = (0..10).fold(b"a,b\n1,2\n".to_vec(), |data, _| gzipped(&data));
    says(&error_of("deep.gz", deep), &["more than 4 containers"]);
    let limits = Limits { members: 3, ..Limits::default() };
    let names: Vec<String> = (0..5).map(|n| format!("{n}.csv")).collect();
    let members: Vec<(&str, &[u8])> =
        names.iter().map(|n| (n.as_str(), &b"a,b\n1,2\n"[..])).collect();
    says(&error_within("many.zip", zipped(&members), limits), &["more than 3 members"]);
    says(&error_within("many.tar", tarred(&members), limits), &["more than 3 members"]);
}

#[test]
fn files_cut_off() {
    let sheet = r#"<row r="1"><c r="A1"><v>1</v></c></row>"#;
    let whole = xlsx(sheet, "", "");
    says(&error_of("cut.xlsx", &whole[..whole.len() / 2]), &["cut off"]);
    let gz = gzipped("a,b\n1,2\n".repeat(1_000).as_bytes());
    says(&error_of("cut.gz", &gz[..gz.len() / 2]), &["cannot be read"]);
    let tar = tarred(&[("a.csv", "1,2\n".repeat(1_000).as_bytes())]);
    says(&error_of("cut.tar", &tar[..2_000]), &["cut off"]);
    says(&error_of("cut.json", r#"[{"a": 1}, {"a"#), &["never closed", "row 1"]);
    let xls = compound("Workbook", &workbook(&[]), |_| {});
    says(&error_of("cut.xls", &xls[..1_000]), &["damaged or cut off"]);
}

#[test]
fn sheets_that_lie() {
    let far = r#"<row><c r="XFE1"><v>1</v></c></row>"#;
    says(&error_of("far.xlsx", xlsx(far, "", "")), &["more than 16384 columns"]);
    let below = r#"<row><c r="A1048577"><v>1</v></c></row>"#;
    says(&error_of("below.xlsx", xlsx(below, "", "")), &["A1048577"]);
    let shared = r#"<row><c t="s"><v>7</v></c></row>"#;
    says(&error_of("s.xlsx", xlsx(shared, "", "")), &["no shared string 7"]);
    let corners: String =
        (1..=200).map(|r| format!(r#"<row><c r="XFD{r}"><v>1</v></c></row>"#)).collect();
    says(&error_of("corners.xlsx", xlsx(&corners, "", "")), &["spread over"]);
    let repeated = r#"<table:table-row table:number-rows-repeated="1048576"><table:table-cell
        table:number-columns-repeated="16384" office:value-type="float" office:value="1"/></table:table-row>"#;
    let limits = Limits { cells: 1 << 20, ..Limits::default() };
    says(&error_within("repeated.ods", ods(repeated), limits), &["more than 1048576 cells"]);
}

#[test]
fn old_workbooks_that_lie() {
    let book = |cells: &[Vec<u8>]| compound("Workbook", &workbook(cells), |_| {});
    says(&error_of("short.xls", book(&[record(0x0203, &[0, 0])])), &["too short"]);
    let tail = compound("Workbook", &workbook(&[]), |next| next[1] = 1);
    says(&error_of("tail.xls", tail.clone()), &["damaged"]);
    let locked = compound("Workbook", &record(0x002f, &[1, 0]), |_| {});
    says(&error_of("locked.xls", locked), &["password"]);
    says(&error_of("old.xls", compound("Book", &[], |_| {})), &["Excel 5.0"]);
    says(&error_of("letter.doc", compound("WordDocument", &[], |_| {})), &["no workbook"]);
}

#[test]
fn dbase_that_promises_more_than_it_has() {
    let fields = [("A", b'N', 3)];
    says(&error_of("t.dbf", dbase(&fields, &["   1"], 1_000_000)), &["promises 1000000 records"]);
    let reading =
        read_bytes("t.dbf", dbase(&fields, &["   1", "   2"], 1), &ReadOptions::default());
    assert_eq!(reading.unwrap().tables[0].len(), 2, "what follows the last record is none");
}

#[test]
fn json_that_goes_deep_or_wide() {
    says(&error_of("deep.json", "[".repeat(1 << 20)), &["deeper than 64"]);
    let lists: String = (0..2_000).map(|n| format!(r#""a{n}":[{{"b":1}}],"#)).collect();
    says(&error_of("lists.json", format!(r#"{{{lists}"z":1}}"#)), &["more than 1000 lists"]);
    let names: String = (0..20_000).map(|n| format!(r#""a{n}":1,"#)).collect();
    says(&error_of("wide.json", format!(r#"[{{{names}"z":1}}]"#)), &["more than 16384 columns"]);
}

#[test]
fn places_that_are_no_files() {
    let folder = tempfile::tempdir().unwrap();
    says(&error_at(&folder.path().join("absent.csv")), &["cannot be opened"]);
    says(&error_at(folder.path()), &["no file"]);
    std::fs::write(folder.path().join("shapes.shp"), b"x").unwrap();
    std::fs::write(folder.path().join("photo.png"), b"x").unwrap();
    says(&error_at(folder.path()), &["none of 2 members", "passed over"]);
    says(&error_at(Path::new("/dev/null")), &["not a regular file"]);
}

#[test]
fn pipes_do_not_block() {
    let folder = tempfile::tempdir().unwrap();
    let pipe = folder.path().join("pipe.csv");
    if !Command::new("mkfifo").arg(&pipe).status().is_ok_and(|s| s.success()) {
        println!("skipped: pipes_do_not_block (no mkfifo)");
        return;
    }
    says(&error_at(&pipe), &["not a regular file"]);
    std::fs::write(folder.path().join("t.csv"), b"a,b\n1,2\n").unwrap();
    let reading = read(folder.path(), &ReadOptions::default()).unwrap();
    assert_eq!((reading.tables.len(), reading.notes.len()), (1, 1));
}

#[cfg(unix)]
#[test]
fn files_one_may_not_read() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("secret.csv");
    std::fs::write(&path, b"a,b\n1,2\n").unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o000)).unwrap();
    if std::fs::read(&path).is_ok() {
        println!("skipped: files_one_may_not_read (this user may read everything)");
        return;
    }
    says(&error_at(&path), &["cannot be opened"]);
}

#[test]
fn a_folder_is_one_input() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("b")).unwrap();
    std::fs::write(folder.path().join("b/t.csv"), b"a,b\n1,2\n").unwrap();
    std::fs::write(folder.path().join("a.json"), br#"{"id": 1}"#).unwrap();
    std::fs::write(folder.path().join("c.json"), br#"{"id": 2}"#).unwrap();
    std::fs::write(folder.path().join("bad.xlsx"), b"PK\x03\x04").unwrap();
    let reading = read(folder.path(), &ReadOptions::default()).unwrap();
    let formats: Vec<_> = reading.tables.iter().map(|t| t.source.format.join(" ")).collect();
    assert_eq!(formats, ["folder csv", "folder json"]);
    assert_eq!(reading.tables[1].len(), 3);
    assert!(reading.notes[0].what.starts_with("not read: the archive is damaged"));
    let again = read(folder.path(), &ReadOptions::default()).unwrap();
    assert_eq!(reading.tables[0].source, again.tables[0].source);
    assert_eq!(reading.tables[0].source.sha256.len(), 64);
}
