#![no_main]

// Tables of a register, named in turn, between bytes 0xFF: what is read leaves as it came.
libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let mut names = ["sources", "elections", "organisations", "claims", "missions", "verdicts", "reactions"].iter();
    let parts = data.split(|b| *b == 0xff).zip(&mut names);
    let files = parts.map(|(part, name)| (format!("{name}.csv"), part.to_vec()));
    glassurn_fuzz::register(files.collect());
});
