#![no_main]

// Panics of the reader behind are held where it is called, so here only their being held is tested: the
// fuzzer's own hook would end the process before.
libfuzzer_sys::fuzz_target!(
    init: std::panic::set_hook(Box::new(|_| ())),
    |data: &[u8]| glassurn_fuzz::reads("t.parquet", data.to_vec())
);
