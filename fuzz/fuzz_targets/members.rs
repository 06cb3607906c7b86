#![no_main]

use glassurn_casefile::register::Members;

// The table of members; or, after a byte 0xFF, files of members between bytes 0xFF.
libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let members = match data.strip_prefix(&[0xff]) {
        None => Members::from_csv("t.csv", data.to_vec()),
        Some(rest) => {
            let parts = rest.split(|b| *b == 0xff).take(20).enumerate();
            let files = parts.map(|(n, part)| (format!("{n}.md"), part.to_vec())).collect();
            Members::from_files("members", files)
        }
    };
    match members {
        Ok(members) => glassurn_fuzz::imports(glassurn_fuzz::shipped(), &members.tables),
        Err(error) => assert!(!error.problem.is_empty() && !error.hint.is_empty()),
    }
});
