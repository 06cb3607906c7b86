#![no_main]

// The text as it is, and cut into the files of an archive at each line end.
libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    glassurn_fuzz::reads("t.json", data.to_vec());
    let names: Vec<String> = (0..8).map(|n| format!("{n}.json")).collect();
    let parts = names.iter().map(String::as_str).zip(data.split(|b| *b == b'\n'));
    let members: Vec<(&str, &[u8])> = parts.collect();
    glassurn_fuzz::reads("t.tar", glassurn_fuzz::files::tarred(&members));
});
