#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| glassurn_fuzz::reads("t.parquet", data.to_vec()));
