#![no_main]

use glassurn_fuzz::{files, reads};

// An archive as it is, or the content of a table.
libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    if data.starts_with(b"PK") {
        return reads("t.ods", data.to_vec());
    }
    reads("t.ods", files::ods(&String::from_utf8_lossy(data)));
});
