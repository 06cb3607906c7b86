#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    if let Err(problem) = glassurn_casefile::areas::read_bytes(data) {
        assert!(!problem.is_empty());
    }
});
