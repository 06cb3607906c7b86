#![no_main]

use glassurn_fuzz::{files, reads};

// A compound file as it is, or the stream of a workbook.
libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    if data.starts_with(b"\xd0\xcf\x11\xe0") {
        return reads("t.xls", data.to_vec());
    }
    let stream = &data[..data.len().min(60_000)];
    reads("t.xls", files::compound("Workbook", stream, |_| {}));
});
