//! Reporters are people: telephone numbers and e-mail addresses are neither read nor printed.
//!
//! A column is taken for one of telephone numbers by its name, or where most of its cells are written as
//! only telephone numbers are (a leading `+`, brackets, groups) and hold 8 to 15 digits. Plain digits
//! alone are not enough: they may be counts or codes of stations.

use crate::RawTable;
use crate::mapping::MappingError;

/// How many rows are looked at.
const ROWS: usize = 500;

/// Parts of column names that say "telephone", lower-case.
const PHONE: [&str; 14] = [
    "phone",
    "mobile",
    "msisdn",
    "whatsapp",
    "celular",
    "teléfono",
    "telefono",
    "telefone",
    "téléphone",
    "telephone",
    "телефон",
    "telefon",
    "sim_number",
    "reporter_number",
];

/// Parts of column names that say "e-mail", lower-case.
const MAIL: [&str; 4] = ["email", "e-mail", "correo", "courriel"];

/// The first column that holds raw telephone numbers or e-mail addresses, by its name (`column 3` where it
/// has none). The first row is taken for names.
pub fn phone_column(table: &RawTable) -> Option<String> {
    (0..table.width()).find(|&c| is_personal(table, c)).map(|c| match table.cell(0, c).trim() {
        "" => format!("column {}", c + 1),
        name if is_phone(name) || is_mail(name) => format!("column {}", c + 1),
        name => name.to_owned(),
    })
}

/// Refuses a table that says who reported.
pub fn refuse(table: &RawTable) -> Result<(), MappingError> {
    match phone_column(table) {
        None => Ok(()),
        Some(column) => Err(MappingError {
            problem: format!(
                "{}: {column} holds telephone numbers or e-mail addresses",
                table.source.name
            ),
            candidates: Vec::new(),
            hint:
                "remove the column, or replace each value by a keyed hash; reporters stay unnamed"
                    .to_owned(),
        }),
    }
}

/// Whether a column holds telephone numbers or e-mail addresses.
///
/// A name alone is not enough where every cell is a hash or empty: what was hashed before may be read.
fn is_personal(table: &RawTable, column: usize) -> bool {
    let name = table.cell(0, column).to_lowercase();
    let named = PHONE.iter().chain(&MAIL).any(|p| name.contains(p));
    let (mut filled, mut written, mut digits) = (0_usize, 0_usize, 0_usize);
    // A file without names has its first cells looked at too.
    for row in 0..table.len().min(ROWS) {
        let cell = table.cell(row, column).trim();
        if cell.is_empty() || (row == 0 && !is_phone(cell) && !is_mail(cell)) {
            continue;
        }
        filled += 1;
        written += usize::from(is_phone(cell) || is_mail(cell));
        digits += usize::from(is_number(cell));
    }
    2 * written > filled || (named && 2 * (digits + written) > filled)
}

/// Digits of a telephone number: 7 to 15, as E.164 has at most 15.
fn is_number(cell: &str) -> bool {
    let digits = cell.chars().filter(char::is_ascii_digit).count();
    (7..=15).contains(&digits) && cell.chars().all(|c| c.is_ascii_digit() || " -().+/".contains(c))
}

/// Written as only telephone numbers are: `+44 20 7946 0018`, `(020) 7946-0018`.
fn is_phone(cell: &str) -> bool {
    let international =
        cell.starts_with('+') && cell.chars().filter(char::is_ascii_digit).count() >= 8;
    let bracketed = cell.starts_with('(') && cell.contains(')');
    is_number(cell) && (international || bracketed)
}

/// `name@host.tld`.
fn is_mail(cell: &str) -> bool {
    let Some((name, host)) = cell.split_once('@') else { return false };
    let plain = |t: &str| !t.is_empty() && !t.contains([' ', '@', ',', ';']);
    plain(name) && plain(host) && host.trim_end_matches('.').contains('.')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(rows: &[&[&str]]) -> RawTable {
        let mut table = RawTable::default();
        for (row, number) in rows.iter().zip(1..) {
            table.push_row(number, row.iter().copied()).unwrap();
        }
        table
    }

    #[test]
    fn a_column_named_so_with_digits_is_found() {
        let t = table(&[&["station", "Phone number"], &["1", "0712345678"], &["2", "0712345679"]]);
        assert_eq!(phone_column(&t).as_deref(), Some("Phone number"));
    }

    #[test]
    fn numbers_written_as_telephones_need_no_name() {
        let t =
            table(&[&["station", "who"], &["1", "+44 20 7946 0018"], &["2", "(020) 7946-0019"]]);
        assert_eq!(phone_column(&t).as_deref(), Some("who"));
        let t = table(&[&["1", "+442079460018"], &["2", "+442079460019"]]);
        assert_eq!(phone_column(&t).as_deref(), Some("column 2"), "a number is never repeated");
    }

    #[test]
    fn mail_addresses_are_found() {
        let t = table(&[&["station", "sent by"], &["1", "ada@example.org"], &["2", ""]]);
        assert_eq!(phone_column(&t).as_deref(), Some("sent by"));
    }

    #[test]
    fn counts_codes_and_hashes_are_not() {
        let rows: [&[&str]; 3] = [
            &["codcv", "acta", "registered", "phone_hash", "change", "telephone votes"],
            &["010101001", "010101001.01.1.0001", "12345678", "9f86d081884c7d65", "+12", "114"],
            &["010101002", "010101002.01.1.0001", "12345679", "60303ae22b998861", "-7", "98"],
        ];
        assert_eq!(phone_column(&table(&rows)), None);
        assert_eq!(phone_column(&RawTable::default()), None);
    }
}
