#![no_main]

use glassurn_casefile::number::{Cell, Convention, parse};

// Every text is answered, and a count that is read is read again from its own digits.
libfuzzer_sys::fuzz_target!(|text: &str| {
    let convention = Convention::of(text.lines());
    for cell in text.lines().chain([text]) {
        if let Cell::Count(count) = parse(cell, convention, &[]) {
            assert_eq!(parse(&count.to_string(), convention, &[]), Cell::Count(count));
        }
    }
});
