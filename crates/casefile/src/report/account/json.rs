//! The JSON envelope of an account, described by `docs/schema/account-1.json`.

use serde::Serialize;

use super::CANNOT_SHOW;
use crate::Account;

/// The account as one versioned JSON envelope, ending in a line end.
pub fn account_json(account: &Account) -> String {
    #[derive(Serialize)]
    struct Envelope<'a> {
        #[serde(flatten)]
        account: &'a Account,
        cannot_show: &'a str,
    }
    // Plain data with text keys serialises without error; should that change, the envelope says so.
    let text = serde_json::to_string(&Envelope { account, cannot_show: CANNOT_SHOW });
    text.unwrap_or_else(|e| serde_json::json!({ "error": e.to_string() }).to_string()) + "\n"
}
