//! Column names in seventeen languages over small tables whose arithmetic is right.

#![allow(clippy::unwrap_used)]

mod recognise;

use glassurn_casefile::mapping::{self, Mapping};
use glassurn_model::Kind;
use proptest::prelude::*;
use recognise::{Roles, permuted, refused, table};

/// Names of: region, station, registered, cast, valid, invalid; and the names of three choices.
struct Language {
    name: &'static str,
    header: [&'static str; 6],
    choices: [&'static str; 3],
}

const LANGUAGES: &[Language] = &[
    language(
        "English",
        [
            "Region",
            "Polling station",
            "Registered voters",
            "Votes cast",
            "Valid votes",
            "Rejected ballots",
        ],
        ["Reform Party", "J. Smith", "Greens"],
    ),
    language(
        "Russian",
        [
            "Регион",
            "Номер участка",
            "Число избирателей, внесённых в список",
            "Приняло участие в голосовании",
            "Число действительных бюллетеней",
            "Число недействительных бюллетеней",
        ],
        ["Иванов Иван", "Петрова Анна", "Против всех"],
    ),
    language(
        "Russian in Latin letters",
        [
            "Region",
            "Nomer uchastka",
            "Chislo izbirateley v spiske",
            "Progolosovalo",
            "Deystvitelnyh byulleteney",
            "Nedeystvitelnyh byulleteney",
        ],
        ["Ivanov", "Petrova", "Sidorov"],
    ),
    language(
        "Belarusian",
        [
            "Вобласць",
            "Нумар участка",
            "Колькасць выбаршчыкаў, уключаных у спісы",
            "Прынялі ўдзел у галасаванні",
            "Сапраўдных бюлетэняў",
            "Несапраўдных бюлетэняў",
        ],
        ["Ціханоўская", "Канапацкая", "Супраць усіх"],
    ),
    language(
        "Ukrainian",
        [
            "Область",
            "Номер дільниці",
            "Кількість виборців, внесених до списку",
            "Взяли участь у голосуванні",
            "Дійсних бюлетенів",
            "Визнаних недійсними",
        ],
        ["Шевченко", "Франко", "Українка"],
    ),
    language(
        "Spanish",
        [
            "Departamento",
            "Número de mesa",
            "Electores habilitados",
            "Votos emitidos",
            "Votos válidos",
            "Votos nulos",
        ],
        ["MAS", "Frente Amplio", "21F"],
    ),
    language(
        "Portuguese",
        ["UF", "Seção", "Eleitores aptos", "Comparecimento", "Votos válidos", "Votos nulos"],
        ["Fulano", "Beltrana", "Sicrano"],
    ),
    language(
        "French",
        [
            "Département",
            "Bureau de vote",
            "Inscrits",
            "Votants",
            "Suffrages exprimés",
            "Bulletins nuls",
        ],
        ["DUPONT Marie", "DURAND Paul", "MARTIN Luc"],
    ),
    language(
        "German",
        [
            "Wahlkreis",
            "Wahlbezirk",
            "Wahlberechtigte insgesamt",
            "Abgegebene Stimmen",
            "Gültige Stimmen",
            "Ungültige Stimmen",
        ],
        ["SPD", "CDU", "DIE LINKE"],
    ),
    language(
        "Polish",
        [
            "Powiat",
            "Numer obwodu",
            "Liczba wyborców uprawnionych do głosowania",
            "Liczba kart ważnych",
            "Liczba głosów ważnych",
            "Liczba głosów nieważnych",
        ],
        ["KOWALSKI Jan", "NOWAK Anna", "ZIELIŃSKA Ewa"],
    ),
    language(
        "Turkish",
        [
            "İlçe",
            "Sandık No",
            "Kayıtlı Seçmen Sayısı",
            "Oy Kullanan Seçmen Sayısı",
            "Geçerli Oy Sayısı",
            "Geçersiz Oy Sayısı",
        ],
        ["AKP", "CHP", "BAĞIMSIZ"],
    ),
    language(
        "Georgian",
        [
            "ოლქი",
            "უბანი",
            "ამომრჩეველთა საერთო რაოდენობა",
            "ხელმოწერების რაოდენობა",
            "ნამდვილი ბიულეტენები",
            "ბათილი ბიულეტენები",
        ],
        ["1 “ა”", "5 “ბ”", "41 “გ”"],
    ),
    language(
        "Hebrew",
        ["שם ישוב", "מספר קלפי", "בז״ב", "מצביעים", "כשרים", "פסולים"],
        ["אמת", "מחל", "ודעם"],
    ),
    language(
        "Arabic",
        [
            "المحافظة",
            "رقم المكتب",
            "عدد الناخبين المسجلين",
            "عدد المصوتين",
            "الأصوات الصحيحة",
            "الأصوات الباطلة",
        ],
        ["أحمد", "فاطمة", "علي"],
    ),
    language(
        "Burmese",
        ["မြို့နယ်", "မဲရုံအမှတ်", "မဲဆန္ဒရှင်ဦးရေ", "ဆန္ဒမဲပေးသူဦးရေ", "ခိုင်လုံမဲ", "ပယ်မဲ"],
        ["ဦးဘ", "ဒေါ်လှ", "ဦးမြ"],
    ),
    language(
        "Albanian",
        [
            "Qarku",
            "Kodi i QV",
            "Numri i zgjedhësve në listë",
            "Kanë votuar",
            "Vota të vlefshme",
            "Vota të pavlefshme",
        ],
        ["PS", "PD", "LSI"],
    ),
    language(
        "Bulgarian",
        [
            "Община",
            "Номер на секция",
            "Избиратели по списък",
            "Гласували избиратели",
            "Действителни гласове",
            "Недействителни гласове",
        ],
        ["Иван Иванов", "Мария Петрова", "ДПС"],
    ),
    language(
        "Indonesian",
        [
            "Kecamatan",
            "No TPS",
            "Jumlah Pemilih Terdaftar",
            "Pengguna Hak Pilih",
            "Suara Sah",
            "Suara Tidak Sah",
        ],
        ["Anies", "Prabowo", "Ganjar"],
    ),
];

const fn language(
    name: &'static str,
    header: [&'static str; 6],
    choices: [&'static str; 3],
) -> Language {
    Language { name, header, choices }
}

impl Language {
    fn header(&self) -> Vec<&'static str> {
        self.header.into_iter().chain(self.choices).collect()
    }

    /// What recognition must find: everything, from names and arithmetic together.
    fn roles(&self) -> Roles {
        let [region, station, registered, cast, valid, invalid] = self.header;
        Roles::of_hand(&[
            ("id", &[region, station]),
            ("level", &[region]),
            ("registered", &[registered]),
            ("cast", &[cast]),
            ("valid", &[valid]),
            ("invalid", &[invalid]),
            ("choice", &self.choices),
            ("exhaustive", &["true"]),
        ])
    }
}

/// Region, station, registered, cast, valid, invalid, three choices.
const ROWS: [&str; 6] = [
    "North,1,640,412,400,12,220,130,50",
    "North,2,581,377,371,6,201,120,50",
    "North,3,702,530,522,8,98,402,22",
    "South,1,498,301,297,4,150,117,30",
    "South,2,820,610,601,9,300,220,81",
    "South,3,333,240,238,2,111,97,30",
];

fn rows() -> Vec<Vec<&'static str>> {
    ROWS.iter().map(|r| r.split(',').collect()).collect()
}

/// Some columns of the rows.
fn columns<const N: usize>(columns: [usize; N]) -> Vec<Vec<&'static str>> {
    rows().iter().map(|r| columns.map(|c| r[c]).to_vec()).collect()
}

#[test]
fn headers_are_recognised_in_every_language() {
    for language in LANGUAGES {
        let found = Roles::found(&[table(&language.header(), &rows())]);
        assert_eq!(found, language.roles(), "{}", language.name);
    }
}

#[test]
fn the_order_of_columns_does_not_matter() {
    for language in LANGUAGES {
        for seed in 1..6 {
            let (header, rows) = permuted(&language.header(), &rows(), seed);
            let found = Roles::found(&[table(&header, &rows)]);
            assert_eq!(found.sorted(), language.roles().sorted(), "{} {seed}", language.name);
        }
    }
}

#[test]
fn a_totals_row_among_the_first_does_not_disturb() {
    let mut rows = rows();
    rows.insert(0, vec!["", "", "3574", "2470", "2429", "41", "1080", "1086", "263"]);
    let language = &LANGUAGES[0];
    let found = Roles::found(&[table(&language.header(), &rows)]);
    assert_eq!(found.of("choice"), language.roles().of("choice"));
    assert_eq!(found.of("cast"), language.roles().of("cast"));
}

#[test]
fn titles_above_the_names_are_passed_over() {
    let language = &LANGUAGES[5];
    let header = language.header();
    let mut rows = rows();
    rows.insert(0, header);
    rows.insert(0, vec![""]);
    let title = ["Elecciones generales 2019"];
    let found = Roles::found(&[table(&title, &rows)]);
    assert_eq!(found.header, Some(3));
    assert_eq!(found.of("choice"), language.roles().of("choice"));
}

#[test]
fn tables_on_their_side_are_recognised() {
    let language = &LANGUAGES[0];
    let mut lines = vec![language.header()];
    lines.extend(rows());
    let turned: Vec<Vec<&str>> =
        (0..lines[0].len()).map(|c| lines.iter().map(|l| l[c]).collect()).collect();
    let found = Roles::found(&[table(&turned[0], &turned[1..])]);
    assert!(found.turned, "{found:?}");
    assert_eq!(found, Roles { turned: true, ..language.roles() });
}

// --- arithmetic against names ------------------------------------------------------------------

/// The table of the English language with other names.
fn renamed(names: &[(&str, &'static str)]) -> Vec<&'static str> {
    let mut header = LANGUAGES[0].header();
    for (old, new) in names {
        let at = header.iter().position(|h| h == old).unwrap();
        header[at] = new;
    }
    header
}

#[test]
fn names_that_say_nothing_are_settled_by_arithmetic() {
    let header =
        renamed(&[("Registered voters", "RE"), ("Votes cast", "XK"), ("Rejected ballots", "VN")]);
    let found = Roles::found(&[table(&header, &rows())]);
    assert_eq!(found.of("registered"), ["RE"]);
    assert_eq!(found.of("cast"), ["XK"]);
    assert_eq!(found.of("invalid"), ["VN"]);
    assert_eq!(found.of("choice"), LANGUAGES[0].choices);
}

#[test]
fn without_any_name_the_arithmetic_is_enough() {
    let header = ["Region", "Station", "A1", "A2", "A3", "A4", "A5", "A6", "A7"];
    let found = Roles::found(&[table(&header, &rows())]);
    assert_eq!(found.of("valid"), ["A3"]);
    assert_eq!(found.of("cast"), ["A2"]);
    assert_eq!(found.of("invalid"), ["A4"]);
    assert_eq!(found.of("registered"), ["A1"]);
    assert_eq!(found.of("choice"), ["A5", "A6", "A7"]);
}

#[test]
fn misleading_names_are_overruled_and_the_reason_says_so() {
    // Valid votes are called ballots, and there is no column of invalid ones.
    let header = ["Region", "Station", "Registered", "Ballots", "A", "B", "C"];
    let mapping = mapping::infer(&[table(&header, &columns([0, 1, 2, 4, 6, 7, 8]))]).unwrap();
    assert_eq!(Roles::from_mapping(&mapping).of("valid"), ["Ballots"]);
    let reason = &mapping.decisions.iter().find(|d| d.role == "valid").unwrap().reason;
    assert!(
        reason.contains("“ballots” (English), but the sum of the choices on 6 of 6 rows"),
        "{reason}"
    );
}

#[test]
fn a_party_named_like_a_unit_is_a_choice_where_the_sum_needs_it() {
    let header = renamed(&[("Greens", "Community"), ("J. Smith", "Centro")]);
    let found = Roles::found(&[table(&header, &rows())]);
    assert_eq!(found.of("choice"), ["Reform Party", "Centro", "Community"]);
    assert_eq!(found.of("level"), ["Region"]);
}

#[test]
fn choices_that_leave_something_out_are_not_exhaustive() {
    let header = ["Region", "Station", "Registered voters", "Valid votes", "A votes", "B votes"];
    let found = Roles::found(&[table(&header, &columns([0, 1, 2, 4, 6, 7]))]);
    assert_eq!(found.of("choice"), ["A votes", "B votes"]);
    assert_eq!(found.of("exhaustive"), Vec::<String>::new());
}

#[test]
fn two_registers_that_differ_are_refused_with_both() {
    let mut header = LANGUAGES[0].header();
    header.push("Number of registered voters");
    let rows: Vec<Vec<&str>> = rows()
        .into_iter()
        .zip(["650", "590", "710", "500", "830", "340"])
        .map(|(mut r, n)| {
            r.push(n);
            r
        })
        .collect();
    let error = refused(&[table(&header, &rows)]);
    assert_eq!(
        error.problem,
        "2 columns could be the registered voters, and arithmetic does not decide"
    );
    assert!(
        error.candidates[0]
            .contains("`Registered voters` named “registered voters” (English) (score 1.00")
    );
    assert!(error.candidates[1].contains("`Number of registered voters`"));
    assert!(error.hint.contains("--mapping") && error.hint.contains("glassurn map"));
}

#[test]
fn two_rows_of_names_are_read_together() {
    let above = ["", "", "", "", "", "", "Reform Party", "", "J. Smith", "", "Greens", ""];
    let below = [
        "Region",
        "Polling station",
        "Registered voters",
        "Votes cast",
        "Valid votes",
        "Rejected ballots",
        "votes",
        "%",
        "votes",
        "%",
        "votes",
        "%",
    ];
    let mut list: Vec<Vec<&str>> = vec![below.to_vec()];
    list.extend(
        rows().into_iter().map(|r| [&r[..6], &[r[6], "55.0", r[7], "32.5", r[8], "12.5"]].concat()),
    );
    let mapping = mapping::infer(&[table(&above, &list)]).unwrap();
    assert_eq!(mapping.table.header, Some(2));
    let choices = &mapping.contests[0].choices;
    let columns: Vec<&str> = choices.iter().map(|c| c.column.as_str()).collect();
    assert_eq!(columns, ["votes", "votes#2", "votes#3"]);
    assert_eq!(choices[0].name.as_deref(), Some("Reform Party votes"));
    let returns = mapping::apply(&[table(&above, &list)], &mapping).unwrap();
    assert_eq!(returns.contests[0].total("valid"), Some(2_429));
    assert_eq!(returns.contests[0].total("Greens votes"), Some(263));
}

#[test]
fn long_tables_in_other_languages() {
    let header = ["Provinsi", "TPS", "Pemilih terdaftar", "Paslon", "Perolehan suara"];
    let rows: Vec<Vec<&str>> = [
        "Aceh,1,300,Anies,90",
        "Aceh,1,300,Prabowo,110",
        "Aceh,2,280,Anies,70",
        "Aceh,2,280,Prabowo,140",
        "Bali,1,310,Anies,60",
        "Bali,1,310,Prabowo,170",
        "Bali,2,250,Anies,80",
        "Bali,2,250,Prabowo,99",
    ]
    .iter()
    .map(|r| r.split(',').collect())
    .collect();
    let found = Roles::found(&[table(&header, &rows)]);
    let expected = Roles::of_hand(&[
        ("choice column", &["Paslon"]),
        ("votes column", &["Perolehan suara"]),
        ("id", &["Provinsi", "TPS"]),
        ("level", &["Provinsi"]),
        ("registered", &["Pemilih terdaftar"]),
    ]);
    assert_eq!(found, expected);
}

#[test]
fn postal_and_foreign_stations_are_told_by_their_names() {
    let header = [
        "Wahlkreis",
        "Wahlbezirk",
        "Wahlberechtigte",
        "Wähler",
        "Gültige",
        "Ungültige",
        "A",
        "B",
        "C",
    ];
    let mut list = rows();
    list.push(vec!["Briefwahl Nord", "9001", "0", "212", "210", "2", "100", "80", "30"]);
    list.push(vec!["Briefwahl Nord", "9002", "0", "121", "120", "1", "50", "40", "30"]);
    let mapping = mapping::infer(&[table(&header, &list)]).unwrap();
    let kinds: Vec<_> =
        mapping.station.kinds.iter().map(|k| (k.kind, k.values.join("|"))).collect();
    assert_eq!(
        kinds,
        [(Kind::Postal, "Briefwahl Nord".to_owned()), (Kind::Special, "0".to_owned())]
    );
}

// --- whatever the table ------------------------------------------------------------------------

/// Confidence of a role.
fn confidence(mapping: &Mapping, role: &str) -> f64 {
    mapping.decisions.iter().find(|d| d.role == role).map_or(0.0, |d| d.confidence)
}

#[test]
fn noise_for_a_name_only_lowers_confidence() {
    for language in LANGUAGES {
        let with = mapping::infer(&[table(&language.header(), &rows())]).unwrap();
        for (at, role) in [(2, "registered"), (3, "cast"), (4, "valid"), (5, "invalid")] {
            let mut header = language.header();
            header[at] = "Qzwx";
            let without = mapping::infer(&[table(&header, &rows())]).unwrap();
            let (name, roles) = (language.name, Roles::from_mapping(&without));
            assert_eq!(roles.of(role), ["Qzwx"], "{name} {role}");
            assert!(confidence(&without, role) < confidence(&with, role), "{name} {role}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn recognition_never_panics(
        width in 0_usize..12,
        cells in prop::collection::vec(prop_oneof![
            "[ -~]{0,8}", "[а-я]{1,6}", "[0-9]{1,20}", Just(String::new()), Just("registered".to_owned()),
            Just("votes".to_owned()), Just("party".to_owned()), Just("-5".to_owned()), Just("12,5%".to_owned()),
        ], 0..120),
    ) {
        let rows: Vec<Vec<&str>> =
            cells.chunks(width.max(1)).map(|r| r.iter().map(String::as_str).collect()).collect();
        let mut list = rows.into_iter();
        let first = list.next().unwrap_or_default();
        let tables = [table(&first, &list.collect::<Vec<_>>())];
        if let Ok(mapping) = mapping::infer(&tables) {
            prop_assert!(mapping.contests.iter().all(|c| !c.exhaustive || c.choices.len() != 1));
            prop_assert!(mapping.decisions.iter().all(|d| (0.0..=1.0).contains(&d.confidence)));
            prop_assert_eq!(mapping::infer(&tables), Ok(mapping));
        }
    }
}
