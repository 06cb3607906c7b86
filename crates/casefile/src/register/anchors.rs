//! An independent measure of elections, read from a table with one row a country and year.

use glassurn_methods::register::anchors::Anchors;

use super::RegisterError;

/// Codes of Gleditsch and Ward beside those of ISO 3166-1, in pairs.
const CODES: &str = include_str!("gleditsch_ward.txt");

/// Columns that name the country, the first present is used.
const COUNTRY: [&str; 4] = ["country_iso3", "country_text_id", "iso3", "gwcode"];

/// A measure with how many rows of it were of no use.
#[derive(Debug, Clone, PartialEq)]
pub struct Measure {
    /// The values.
    pub anchors: Anchors,
    /// Rows without a country that is known, or without a year or value.
    pub left_out: usize,
}

/// Reads a table. Rows of years without an election, where a column `is_election_year` says so, are skipped:
/// such tables carry the last election's value forward.
pub fn read_anchors(name: &str, bytes: &[u8], column: &str) -> Result<Measure, RegisterError> {
    let mut table = csv::ReaderBuilder::new().flexible(true).from_reader(bytes);
    let heads =
        table.headers().map_err(|e| fault(name, e.to_string(), "give a CSV table in UTF-8"))?;
    let heads: Vec<String> = heads.iter().map(|h| h.trim().to_owned()).collect();
    let at = |wanted: &str| heads.iter().position(|h| h == wanted);
    let lacks = |what: String| {
        fault(
            name,
            format!("it has no column {what}"),
            "name its columns: country_iso3 (or gwcode), year, and the one of the measure with --anchor-column",
        )
    };
    let country = COUNTRY.iter().find_map(|c| at(c)).ok_or_else(|| lacks(COUNTRY.join(" or ")))?;
    let year = at("year").ok_or_else(|| lacks("year".to_owned()))?;
    let value = at(column).ok_or_else(|| lacks(column.to_owned()))?;
    let held = at("is_election_year");
    let (mut values, mut left_out) = (Vec::new(), 0);
    for (row, line) in (2_u64..).zip(table.records()) {
        let line = line
            .map_err(|e| fault(&format!("{name}, row {row}"), e.to_string(), "correct the row"))?;
        let cell = |i: usize| line.get(i).unwrap_or_default().trim();
        if held.is_some_and(|i| !cell(i).starts_with('1')) {
            continue;
        }
        let found =
            iso(cell(country)).zip(cell(year).parse().ok()).zip(cell(value).parse::<f64>().ok());
        match found.filter(|(_, v)| v.is_finite()) {
            Some(((country, year), value)) => values.push((country, year, value)),
            None => left_out += 1,
        }
    }
    let anchors = Anchors::new(format!("{column} in {name}"), values);
    Ok(Measure { anchors, left_out })
}

fn fault(place: &str, problem: String, hint: &str) -> RegisterError {
    RegisterError::at(place, problem, hint)
}

/// The three letters of a country, from themselves or from a number of Gleditsch and Ward.
fn iso(code: &str) -> Option<String> {
    if code.len() == 3 && code.bytes().all(|b| b.is_ascii_uppercase()) {
        return Some(code.to_owned());
    }
    let number = code.strip_suffix(".0").unwrap_or(code);
    let mut words = CODES.split_whitespace();
    while let (Some(gw), Some(iso)) = (words.next(), words.next()) {
        if gw == number {
            return Some(iso.to_owned());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_kinds_of_codes_are_read_and_carried_values_are_not() {
        let table = "gwcode,year,is_election_year,x\n370,1994.0,1.0,0.5\n370,1994,1.0,0.5\n370,1995,0.0,0.5\n999,1994,1,1\n775.0,2015,1,\n";
        let measure = read_anchors("t.csv", table.as_bytes(), "x").unwrap();
        assert_eq!((measure.anchors.len(), measure.left_out), (1, 3));
        assert_eq!(measure.anchors.of("BLR", 1994), Some(0.5));
        let plain = read_anchors("t.csv", b"country_iso3,year,q\nMMR,2015,0.76\n", "q").unwrap();
        assert_eq!(plain.anchors.of("MMR", 2015), Some(0.76));
        assert_eq!(plain.anchors.name, "q in t.csv");
    }

    #[test]
    fn a_missing_column_is_named() {
        let error = read_anchors("t.csv", b"country_iso3,year\nMMR,2015\n", "q").unwrap_err();
        assert!(error.problem.contains("no column q") && error.hint.contains("--anchor-column"));
    }

    #[test]
    fn every_code_leads_to_a_state() {
        let words: Vec<_> = CODES.split_whitespace().collect();
        assert!(words.len() % 2 == 0);
        for pair in words.chunks(2) {
            assert!(pair[0].parse::<u16>().is_ok());
            assert!(glassurn_model::register::state_name(pair[1]).is_some(), "{}", pair[1]);
        }
    }
}
