#![no_main]

use glassurn_fuzz::{files, register};

// A workbook as it is, or the parts of one between bytes 0xFF, under the name of a table.
libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    if data.starts_with(b"PK") {
        return register(vec![("register.xlsx".to_owned(), data.to_vec())]);
    }
    let text = |part: &[u8]| String::from_utf8_lossy(part).into_owned();
    let mut parts = data.split(|b| *b == 0xff).map(text).chain(std::iter::repeat(String::new()));
    let mut part = || parts.next().unwrap_or_default();
    register(vec![("sources.xlsx".to_owned(), files::xlsx(&part(), &part(), &part()))]);
});
