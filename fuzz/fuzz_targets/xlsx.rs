#![no_main]

use glassurn_fuzz::{files, reads};

// An archive as it is, or the parts of a workbook between bytes 0xFF.
libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    if data.starts_with(b"PK") {
        return reads("t.xlsx", data.to_vec());
    }
    let text = |part: &[u8]| String::from_utf8_lossy(part).into_owned();
    let mut parts = data.split(|b| *b == 0xff).map(text).chain(std::iter::repeat(String::new()));
    let mut part = || parts.next().unwrap_or_default();
    reads("t.xlsx", files::xlsx(&part(), &part(), &part()));
});
