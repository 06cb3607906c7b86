#![no_main]

use glassurn_casefile::register::read_listings;

// Listings: each is kept or refused by its place; what is linked can be recorded.
libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let shipped = glassurn_fuzz::shipped();
    match read_listings("t.csv", data.to_vec()) {
        Ok(listings) => {
            let linked = listings.linked(shipped);
            assert!(linked.len() <= listings.rows.len());
            glassurn_fuzz::imports(shipped, &listings.reactions(&linked));
        }
        Err(error) => assert!(!error.problem.is_empty() && !error.hint.is_empty()),
    }
});
