#![no_main]

// zip, tar, gzip, xz, zstd: whichever the bytes begin as.
libfuzzer_sys::fuzz_target!(|data: &[u8]| glassurn_fuzz::reads("t.bin", data.to_vec()));
