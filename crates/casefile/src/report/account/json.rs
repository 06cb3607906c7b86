//! The JSON envelope of an account, described by `docs/schema/account-1.json`.

use crate::Account;

/// The account as one versioned JSON envelope, ending in a line end.
pub fn account_json(account: &Account) -> String {
    // Plain data with text keys serialises without error; should that change, the envelope says so.
    let text = serde_json::to_string(account);
    text.unwrap_or_else(|e| serde_json::json!({ "error": e.to_string() }).to_string()) + "\n"
}
