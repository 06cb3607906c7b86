#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| glassurn_fuzz::reads("t.dbf", data.to_vec()));
