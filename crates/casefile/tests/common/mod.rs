//! Shared by the tests of reading: files made by hand.

#![allow(dead_code, unreachable_pub, clippy::unwrap_used, clippy::cast_possible_truncation)]

use std::io::{Cursor, Write};

use glassurn_casefile::RawTable;

/// All cells of a table.
pub fn cells(table: &RawTable) -> Vec<Vec<&str>> {
    (0..table.len()).map(|r| table.row(r).collect()).collect()
}

/// A zip archive of these members.
pub fn zipped(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, data) in members {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(data).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A tar archive of these members.
pub fn tarred(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (name, data) in members {
        let mut header = tar::Header::new_gnu();
        header.set_size(data.len() as u64);
        header.set_mode(0o644);
        header.set_cksum();
        builder.append_data(&mut header, name, *data).unwrap();
    }
    builder.into_inner().unwrap()
}

/// gzip of these bytes.
pub fn gzipped(data: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(data).unwrap();
    encoder.finish().unwrap()
}

/// A workbook with one sheet: the content of its `sheetData`, of its shared strings and of its styles.
pub fn xlsx(sheet: &str, strings: &str, styles: &str) -> Vec<u8> {
    const REL: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let relations = format!(
        r#"<Relationships><Relationship Id="r1" Type="{REL}/worksheet" Target="worksheets/sheet1.xml"/>
        <Relationship Id="r2" Type="{REL}/sharedStrings" Target="sharedStrings.xml"/>
        <Relationship Id="r3" Type="{REL}/styles" Target="/xl/styles.xml"/></Relationships>"#
    );
    let root = format!(
        r#"<Relationships><Relationship Id="r1" Type="{REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
    );
    let sheet = format!(r#"<worksheet><sheetData>{sheet}</sheetData></worksheet>"#);
    zipped(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("_rels/.rels", root.as_bytes()),
        (
            "xl/workbook.xml",
            br#"<workbook><sheets><sheet name="Results &amp; more" sheetId="1" r:id="r1"/></sheets></workbook>"#,
        ),
        ("xl/_rels/workbook.xml.rels", relations.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
        ("xl/sharedStrings.xml", format!("<sst>{strings}</sst>").as_bytes()),
        ("xl/styles.xml", format!("<styleSheet>{styles}</styleSheet>").as_bytes()),
    ])
}

/// An OpenDocument spreadsheet with this content of its first table.
pub fn ods(table: &str) -> Vec<u8> {
    let content = format!(
        r#"<office:document-content><office:body><office:spreadsheet><table:table table:name="One">{table}</table:table></office:spreadsheet></office:body></office:document-content>"#
    );
    zipped(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", content.as_bytes()),
    ])
}

/// A compound file with one stream; `next` may change the table of sectors.
pub fn compound(name: &str, stream: &[u8], next: impl Fn(&mut Vec<u32>)) -> Vec<u8> {
    const END: u32 = 0xffff_fffe;
    const FREE: u32 = 0xffff_ffff;
    let mut stream = stream.to_vec();
    stream.resize(stream.len().next_multiple_of(512).max(4096), 0);
    let sectors = stream.len() / 512;
    // Sector 0 is the table, 1 the directory, the stream follows; one table has room for 126 sectors.
    assert!(sectors <= 126);
    let mut table = vec![0xffff_fffd, END];
    table.extend((0..sectors as u32).map(|s| if s + 1 == sectors as u32 { END } else { s + 3 }));
    table.resize(128, FREE);
    next(&mut table);
    let mut file = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    file.resize(512, 0);
    file[26..28].copy_from_slice(&3_u16.to_le_bytes());
    file[30..32].copy_from_slice(&9_u16.to_le_bytes());
    file[32..34].copy_from_slice(&6_u16.to_le_bytes());
    for (at, value) in [(44, 1), (48, 1), (60, END), (64, 0), (68, END), (72, 0), (76, 0)] {
        file[at..at + 4].copy_from_slice(&u32::to_le_bytes(value));
    }
    (80..512).step_by(4).for_each(|at| file[at..at + 4].copy_from_slice(&FREE.to_le_bytes()));
    file.extend(table.iter().flat_map(|n| n.to_le_bytes()));
    for (name, start, length) in [("Root Entry", END, 0), (name, 2, stream.len() as u32)] {
        let mut entry: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        entry.resize(128, 0);
        entry[116..120].copy_from_slice(&start.to_le_bytes());
        entry[120..124].copy_from_slice(&length.to_le_bytes());
        file.extend(entry);
    }
    file.resize(512 * 3, 0);
    file.extend(stream);
    file
}

/// A record of an old workbook.
pub fn record(kind: u16, data: &[u8]) -> Vec<u8> {
    [&kind.to_le_bytes(), &(data.len() as u16).to_le_bytes(), data].concat()
}

/// The stream of a workbook with one sheet, `Old`, of these records.
pub fn workbook(cells: &[Vec<u8>]) -> Vec<u8> {
    let bof = record(0x0809, &[0, 6, 5, 0]);
    let strings = record(0x00fc, b"\x01\0\0\0\x02\0\0\0\x05\0\0party\x01\0\x01\x10\x04");
    let formats = record(0x041e, b"\xa4\0\x0a\0\0yyyy-mm-dd");
    let styles = [record(0x00e0, &[0, 0, 0, 0]), record(0x00e0, &[0, 0, 0xa4, 0])].concat();
    let before = bof.len() + strings.len() + formats.len() + styles.len();
    let start = (before + 4 + 11 + 4) as u32;
    let sheet = record(0x0085, &[&start.to_le_bytes(), &b"\0\0\x03\0Old"[..]].concat());
    let end = record(0x000a, &[]);
    [
        bof,
        strings,
        formats,
        styles,
        sheet,
        end.clone(),
        record(0x0809, &[0, 6, 16, 0]),
        cells.concat(),
        end,
    ]
    .concat()
}

/// A dBASE table: fields as name, type and length; records with their mark; records promised.
pub fn dbase(fields: &[(&str, u8, u8)], records: &[&str], promised: u32) -> Vec<u8> {
    let length = 1 + fields.iter().map(|f| u16::from(f.2)).sum::<u16>();
    let start = 33 + 32 * fields.len() as u16;
    let mut file = vec![3, 124, 7, 28];
    file.extend(promised.to_le_bytes());
    file.extend(start.to_le_bytes());
    file.extend(length.to_le_bytes());
    file.resize(32, 0);
    for (name, kind, length) in fields {
        let mut field = name.as_bytes().to_vec();
        field.resize(32, 0);
        (field[11], field[16]) = (*kind, *length);
        file.extend(field);
    }
    file.push(0x0d);
    file.extend(records.concat().bytes());
    file.push(0x1a);
    file
}
