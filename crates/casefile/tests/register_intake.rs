//! Published lists that become records: listings of the European Union, members of the network of domestic
//! monitors. Figures by hand on the real files; faults with their place; persons by office alone.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test may panic and say what it skips"
)]

use std::{collections::BTreeMap, fs, path::PathBuf};

use glassurn_casefile::register::{
    Kind, Listings, Members, RegisterError, Tables, read_folder, read_listings, read_members, seed,
    write_folder,
};
use glassurn_model::register::ReactionKind;
use tempfile::TempDir;

/// A file of the register's data, beside the published returns.
fn data(path: &str) -> Option<PathBuf> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/raw");
    let data = std::env::var_os("GLASSURN_DATA").map_or(root, PathBuf::from);
    let near = [data.join("../register").join(path), data.join("register").join(path)];
    let found = near.into_iter().find(|f| f.exists());
    if found.is_none() {
        println!("skipped: {path} (no data)");
    }
    found
}

fn listings(file: &str) -> Option<Listings> {
    let path = data(&format!("eu-sanctions/{file}"))?;
    Some(read_listings(file, fs::read(path).unwrap()).unwrap())
}

fn shipped() -> Tables {
    seed().unwrap().tables
}

fn linked(listings: &Listings, now: &Tables) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for one in listings.linked(now) {
        let elections =
            if one.elections.is_empty() { vec!["none".to_owned()] } else { one.elections };
        elections.into_iter().for_each(|e| *counts.entry(e).or_insert(0) += 1);
    }
    counts
}

// --- listings, on the real files -----------------------------------------------------------------------

#[test]
fn listings_name_elections_as_often_as_counted_by_hand() {
    let Some(belarus) = listings("32006R0765.csv") else { return };
    assert_eq!((belarus.rows.len(), belarus.naming().count()), (408, 131));
    let on = |day: &str| {
        belarus.rows.iter().filter(|l| l.date.is_some_and(|d| d.to_string() == day)).count()
    };
    assert_eq!((on("2025-03-27"), on("2020-10-02"), on("2021-06-21")), (32, 39, 86));
    let blank = belarus.rows.iter().filter(|l| l.date.is_none()).count();
    assert_eq!(blank, belarus.rows.iter().filter(|l| l.date_written.is_empty()).count());
    let Some(myanmar) = listings("32013R0401.csv") else { return };
    assert_eq!((myanmar.rows.len(), myanmar.naming().count()), (127, 47));
}

#[test]
fn an_observers_listing_is_linked_to_the_election_that_it_names() {
    let Some(belarus) = listings("32006R0765.csv") else { return };
    let now = shipped();
    let linked = belarus.linked(&now);
    let entry = |id: &str| linked.iter().find(|l| l.listing.id == id).unwrap();
    let of = entry("EU-BLR.I.A.44");
    assert!(of.elections.contains(&"BLR-2025-P".to_owned()), "{}", of.listing.reason);
    assert!(of.listing.reason.contains("CIS") && !of.listing.reason.contains("Tselikavets"));
    let commission = entry("EU-BLR.I.B.41").listing;
    assert!(commission.target.contains("Central Election Commission"), "{}", commission.target);
}

#[test]
fn reactions_of_listings_go_into_the_register_once() {
    let Some(belarus) = listings("32006R0765.csv") else { return };
    let now = shipped();
    let made = belarus.reactions(&belarus.linked(&now));
    let change = now.importing(&made, false).unwrap();
    let after = now.clone().with(&change);
    let register = after.register().unwrap();
    let listed: Vec<_> = register.reactions.iter().filter(|r| r.id.starts_with("EU-BLR")).collect();
    let expected: usize =
        linked(&belarus, &now).iter().filter(|(e, _)| *e != "none").map(|(_, n)| n).sum();
    assert_eq!(listed.len(), expected);
    let whole = |r: &&&glassurn_model::register::Reaction| {
        r.kind == ReactionKind::Sanction
            && r.reason.is_some()
            && r.target.is_some()
            && r.grounds.sources == ["EU-32006R0765"]
    };
    assert_eq!(listed.iter().filter(whole).count(), expected);
    assert!(
        register
            .source("EU-32006R0765")
            .unwrap()
            .url
            .as_deref()
            .unwrap()
            .ends_with("CELEX:32006R0765")
    );
    assert!(
        after.importing(&made, false).unwrap().facts.is_empty(),
        "the second time nothing is new"
    );
}

#[test]
fn persons_stand_by_office_alone() {
    for file in ["32006R0765.csv", "32013R0401.csv"] {
        let Some(path) = data(&format!("eu-sanctions/{file}")) else { return };
        let read = read_listings(file, fs::read(&path).unwrap()).unwrap();
        let mut rows = csv_rows(&fs::read_to_string(&path).unwrap());
        let header = rows.remove(0);
        let at = |name: &str| header.iter().position(|h| h == name).unwrap();
        for (row, listing) in
            rows.iter().zip(&read.rows).filter(|(row, _)| row[at("schema")] == "Person")
        {
            let surname = row[at("name")].split_whitespace().last().unwrap().to_lowercase();
            let reason = listing.reason.to_lowercase();
            let named = reason
                .split(|c: char| !c.is_alphabetic() && !"’'-".contains(c))
                .any(|w| w == surname);
            assert!(!named || surname.chars().count() < 3, "{file}, row {}", listing.row);
            assert_ne!(listing.target, row[at("name")]);
        }
    }
}

fn csv_rows(text: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    reader.records().map(|r| r.unwrap().iter().map(str::to_owned).collect()).collect()
}

// --- listings, by hand ---------------------------------------------------------------------------------

const HEADER: &str =
    "celex,recordId,programKey,annex,measure,startDate,reason,schema,name,alias,position\n";

fn read(rows: &str) -> Result<Listings, RegisterError> {
    read_listings("l.csv", format!("{HEADER}{rows}").into_bytes())
}

#[test]
fn every_spelling_of_a_date_is_read_and_a_blank_stays_unknown() {
    let dates = ["27.3.2025", "21.06.2021", "20 March 2022", "26 Feb. 2011", "2011-02", "2011", ""];
    let rows = dates
        .iter()
        .enumerate()
        .map(|(n, d)| format!("3R1,{n},EU-BLR,I,Asset freeze,{d},,Asset,N,,\n"));
    let read = read(&rows.collect::<String>()).unwrap();
    let dates: Vec<_> =
        read.rows.iter().map(|l| l.date.map(|d| d.to_string()).unwrap_or_default()).collect();
    assert_eq!(
        dates,
        ["2025-03-27", "2021-06-21", "2022-03-20", "2011-02-26", "2011-02", "2011", ""]
    );
}

/// A reason, and the elections that it names; the shipped register has several of 2025 in Myanmar.
#[test]
fn an_election_is_named_by_country_year_and_kind_or_not_at_all() {
    for (programme, reason, elections) in [
        ("EU-BLR", "in the wake of the 2020 presidential election", "BLR-2020-P"),
        (
            "EU-BLR",
            "the 2020 election. Also the presidential election of 26 January 2025.",
            "BLR-2020-P;BLR-2025-P",
        ),
        ("EU-BLR", "the parliamentary elections of 2020", ""),
        ("EU-BLR", "falsification of election results", ""),
        ("EU-BLR", "Judge since 2020. He ruled on election observers", ""),
        ("EU-MMR", "the results of the elections held on 8 November 2020", "MMR-2020-G"),
        ("EU-MMR", "preparations for the elections of 2025", ""),
        ("EU-XXX", "the 2020 election", ""),
    ] {
        let read =
            read(&format!("3R1,1,{programme},I,Asset freeze,,\"{reason}\",LegalEntity,N,,\n"))
                .unwrap();
        let found = read.linked(&shipped());
        assert_eq!(
            (found.len(), found[0].elections.join(";").as_str()),
            (1, elections),
            "{reason}"
        );
    }
}

/// A row, its place and what is wrong with it.
const BROKEN: [(&str, &str, &str); 7] = [
    (
        "3R1,1,EU-BLR,I,Asset freeze,soon,,Asset,N,,",
        ", row 2, column startDate, value `soon`",
        "it is no date",
    ),
    (
        "3R1,1,EU-BLR,I,Asset freeze,31.2.2021,,Asset,N,,",
        ", row 2, column startDate, value `31.2.2021`",
        "it is no date",
    ),
    (
        "3R1,1,EU-BLR,I,Asset freeze,,,Ghost,N,,",
        ", row 2, column schema, value `Ghost`",
        "it is no kind of listed subject",
    ),
    ("3R1,1,EU-BLR,I,Asset freeze,,,Asset,,,", ", row 2, column name, value ``", "it is blank"),
    ("3R1,1,EU-BLR,I,,,,Asset,N,,", ", row 2, column measure, value ``", "it is blank"),
    (
        "3R 1,1,EU-BLR,I,Asset freeze,,,Asset,N,,",
        ", row 2, column celex, value `3R 1`",
        "it is no number of an act",
    ),
    (
        "3R1,1,EU-BLR,I,Asset freeze,,,Asset,N,,,x",
        ", row 2",
        "it has 12 cells, and there are 11 columns",
    ),
];

#[test]
fn a_broken_row_says_where_and_what_next() {
    for (row, place, problem) in BROKEN {
        let error = read(&format!("{row}\n")).unwrap_err();
        assert_eq!(
            (error.place.as_str(), error.problem.as_str()),
            (&*format!("l.csv{place}"), problem)
        );
        assert!(error.hint.len() > 10, "{row}: {}", error.hint);
    }
    let rows: String = BROKEN[..5].iter().map(|(row, ..)| format!("{row}\n")).collect();
    assert_eq!(read(&rows).unwrap_err().more.len(), 4, "every fault is told at once");
}

#[test]
fn a_file_that_is_no_text_or_has_another_header_is_refused() {
    let nul = read("3R1,1,EU-BLR,I,Asset freeze,,a\0b,Asset,N,,\n").unwrap_err();
    assert!(nul.problem.contains("a NUL byte") && nul.problem.contains("row 2"), "{nul}");
    for text in [
        "",
        "a,b\n1,2\n",
        "celex,celex,recordId\n",
        "\u{feff}name\n",
        &HEADER.replace("reason", "Reason"),
    ] {
        let error = read_listings("l.csv", text.as_bytes().to_vec()).unwrap_err();
        assert!(!error.problem.is_empty() && error.hint.len() > 5, "{text}: {error:?}");
    }
    let twice = HEADER.trim_end().to_owned() + ",name\n";
    assert!(
        read_listings("l.csv", twice.into_bytes())
            .unwrap_err()
            .problem
            .ends_with("once each: name")
    );
    let huge = format!("{HEADER}3R1,1,EU-BLR,I,Asset freeze,,{},Asset,N,,\n", "x".repeat(2 << 20));
    assert!(!read_listings("l.csv", huge.into_bytes()).unwrap_err().hint.is_empty());
}

#[test]
fn a_formula_stays_the_text_that_it_is() {
    let reason = "=HYPERLINK(\"\"http://a.org\"\") in the 2020 presidential election";
    let read = read(&format!(
        "3R1,1,EU-BLR,I,Asset freeze,27.3.2025,\"{reason}\",LegalEntity,@SUM(1),,\n"
    ))
    .unwrap();
    let now = shipped();
    let made = read.reactions(&read.linked(&now));
    let after = now.clone().with(&now.importing(&made, false).unwrap());
    let dir = TempDir::new().unwrap();
    write_folder(&after, dir.path()).unwrap();
    let back = read_folder(dir.path()).unwrap().tables;
    let cells = |t: &Tables| t.locate("EU-BLR.I.1.BLR-2020-P").unwrap().1.cells.clone();
    assert_eq!(cells(&back), cells(&after));
    assert!(
        cells(&back).contains(&"@SUM(1)".to_owned())
            && cells(&back).contains(&"27.3.2025".to_owned())
    );
}

// --- members -------------------------------------------------------------------------------------------

/// Names and countries of the organisations.
fn organisations(members: &Members) -> BTreeMap<String, (String, String)> {
    let sheet = members.tables.sheet(Kind::Organisation).unwrap();
    let cell = |r, c| sheet.cell(r, c).split_whitespace().collect::<Vec<_>>().join(" ");
    sheet.rows.iter().map(|r| (r.id.clone(), (cell(r, "name"), cell(r, "country_iso3")))).collect()
}

#[test]
fn members_are_organisations_with_country_membership_and_source() {
    let Some(table) = data("gndem-members/derived_members.csv") else { return };
    let members = read_members(&table).unwrap();
    let all = organisations(&members);
    assert_eq!(
        (all.len(), all.keys().filter(|id| id.starts_with("GNDEM-network-")).count()),
        (309 + 10, 10)
    );
    assert_eq!(members.unplaced, ["global", "regional"]);
    let now = shipped();
    let after = now.clone().with(&now.importing(&members.tables, false).unwrap());
    let register = after.register().unwrap();
    assert_eq!(
        register.organisations.len(),
        now.count(Kind::Organisation) + 319,
        "none was merged"
    );
    let burmese = register
        .organisations
        .iter()
        .filter(|o| o.id.starts_with("GNDEM") && o.country.as_deref() == Some("MMR"));
    assert_eq!(burmese.count(), 8);
    let of_list = |o: &&glassurn_model::register::Organisation| o.id.starts_with("GNDEM");
    assert!(
        register
            .organisations
            .iter()
            .filter(of_list)
            .all(|o| o.grounds.sources == ["GNDEM-MEMBERS"])
    );
    let endorse =
        register.organisations.iter().filter(of_list).filter(|o| !o.endorsed.is_empty()).count();
    assert_eq!(endorse, 245 + 3);
}

#[test]
fn the_table_and_the_folder_of_members_say_the_same() {
    let (Some(table), Some(folder)) =
        (data("gndem-members/derived_members.csv"), data("gndem-members/members"))
    else {
        return;
    };
    let (table, folder) = (read_members(&table).unwrap(), read_members(&folder).unwrap());
    assert_eq!(folder.files.len(), 309);
    assert_eq!(organisations(&table), organisations(&folder));
}

#[test]
fn likely_duplicates_are_proposed_and_never_merged() {
    let Some(table) = data("gndem-members/derived_members.csv") else { return };
    let now = shipped();
    let after =
        now.clone().with(&now.importing(&read_members(&table).unwrap().tables, false).unwrap());
    let proposed = after.proposals();
    let with = |a: &str| proposed.iter().any(|p| p.a == a && p.b.starts_with("GNDEM-"));
    assert!(with("ANFREL") && with("ENEMO") && with("PACE-MMR"));
    let sheet = after.sheet(Kind::Organisation).unwrap();
    assert!(sheet.rows.iter().all(|r| sheet.cell(r, "same_as").is_empty()));
}

const MEMBERS: &str = "file,name,acronym,region,country,is_member,regional_network,website\n";

#[test]
fn broken_members_say_where_and_what_next() {
    let table = |rows: &str| {
        Members::from_csv("m.csv", format!("{MEMBERS}{rows}").into_bytes()).unwrap_err()
    };
    assert_eq!(table(",N,,,,,,\n").place, "m.csv, row 2, column file, value ``");
    assert_eq!(table("a.md,,,,,,,\n").problem, "it is blank");
    assert_eq!(table("a.md,N,,,,,,\na.md,M,,,,,,\n").place, "m.csv, row 3, value `a`");
    assert!(table("a.md,N\0,,,,,,\n").problem.contains("a NUL byte"));
    assert_eq!(table("").problem, "there is no member in it");
    assert!(
        Members::from_csv("m.csv", b"x,y\n1,2\n".to_vec()).unwrap_err().place.ends_with("row 1")
    );
    let file = |text: &[u8]| {
        Members::from_files("m", vec![("a.md".to_owned(), text.to_vec())]).unwrap_err()
    };
    assert_eq!(file(b"name: N\n").problem, "it does not begin with ---");
    assert_eq!(
        (file(b"---\nx\n").place.as_str(), file(b"---\n---\n").problem.as_str()),
        ("a.md, line 2", "it names no organisation")
    );
    assert_eq!(file(b"---\nname: \xff\n").problem, "it is not in UTF-8");
    assert_eq!(file(b"---\nname: N\n").problem, "its `---` is not closed");
}

#[test]
fn a_folder_of_members_holds_plain_files_of_a_members_size() {
    let folder = tempfile::tempdir().unwrap();
    let refused = || read_members(folder.path()).unwrap_err();
    let name = folder.path().join("a.md");
    std::fs::create_dir(&name).unwrap();
    assert_eq!(
        (refused().place.as_str(), refused().problem.as_str()),
        ("a.md", "it is no plain file")
    );
    std::fs::remove_dir(&name).unwrap();
    std::fs::write(&name, "x".repeat(2 << 20)).unwrap();
    assert_eq!(refused().problem, "it is longer than a member's file");
    std::fs::write(&name, "---\nname: N\n---\n").unwrap();
    assert_eq!(read_members(folder.path()).unwrap().files.len(), 1);
}

#[test]
fn odd_members_stay_what_they_are() {
    let text = b"---\nname: >-\n  =1+1;\n  'x'\ncountry: Nowhere\nacronym: 'A''B;C'\nregional_network: \"N; M\"\n---\n";
    let members = Members::from_files("m", vec![("a;b.md".to_owned(), text.to_vec())]).unwrap();
    let now = shipped();
    let after = now.clone().with(&now.importing(&members.tables, false).unwrap());
    let register = after.register().unwrap();
    let member = register.organisation("GNDEM-a,b").unwrap();
    assert_eq!((member.names[0].text.as_str(), member.country.as_deref()), ("=1+1; 'x'", None));
    assert_eq!(member.aliases, ["A'B,C"]);
    assert_eq!(register.organisation("GNDEM-network-N,-M").unwrap().members, ["GNDEM-a,b"]);
}
