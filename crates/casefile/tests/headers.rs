//! Column names in seventeen languages over small tables whose arithmetic is right.

#![allow(missing_docs)]

mod recognise;

use recognise::{Roles, permuted, table};

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
        ["MAS", "Comunidad", "21F"],
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
