//! Published files, recognised without any flag: the roles are written out by hand from what their
//! publishers say of them. Order: roles, check values, refusals.

#![allow(clippy::unwrap_used)]

mod recognise;

use glassurn_casefile::mapping;
use recognise::{Roles, published, refused};

/// Recognises a published file and compares its roles.
fn check(test: &str, file: &str, expected: &[(&str, &[&str])]) {
    let Some(tables) = published(test, file) else { return };
    let found = Roles::found(&tables);
    let expected = Roles::of_hand(expected);
    for (role, columns) in &expected.roles {
        assert_eq!(found.of(role), columns, "{file}: {role}");
    }
    let more = found.roles.keys().filter(|r| !expected.roles.contains_key(*r));
    assert_eq!(
        more.collect::<Vec<_>>(),
        Vec::<&String>::new(),
        "{file}: roles that nobody expects"
    );
}

// --- roles -------------------------------------------------------------------------------------

#[test]
fn russia_2004() {
    check(
        "russia_2004",
        "russia-2004-president/2004.csv.zip",
        &[
            ("id", &["region", "uik"]),
            ("level", &["region", "tik"]),
            ("registered", &["Число избирателей, внесенных в список"]),
            ("received", &["Число полученных избирательных бюллетеней"]),
            (
                "issued",
                &[
                    "Число избирательных бюллетеней, выданных  досрочно",
                    "Число избирательных бюллетеней, выданных в день голосования",
                    "Число избирательных бюллетеней, выданных вне помещения",
                ],
            ),
            ("cancelled", &["Число погашенных избирательных бюллетеней"]),
            (
                "found",
                &[
                    "Число избирательных бюллетеней в переносных ящиках",
                    "Число бюллетеней в стационарных ящиках для голосования",
                ],
            ),
            ("invalid", &["Число недействительных избирательных бюллетеней"]),
            ("valid", &["Число действительных избирательных бюллетеней"]),
            (
                "choice",
                &[
                    "Глазьев Сергей Юрьевич",
                    "Малышкин Олег Александрович",
                    "Миронов Сергей Михайлович",
                    "Путин Владимир Владимирович",
                    "Хакамада Ирина Муцуовна",
                    "Харитонов Николай Михайлович",
                    "Против всех",
                ],
            ),
            ("exhaustive", &["true"]),
            (
                "extra",
                &[
                    "Число полученных открепительных  удостоверений",
                    "Число выданных открепительных удостоверений",
                    "Число избирателей, проголосовавших по открепительным удостоверениям",
                    "Число неиспользованных открепительных удостоверений",
                    "Число открепительных удостоверений, выданных в ТИК",
                    "Число утраченных избирательных бюллетеней",
                    "Число не учтенных при получении избирательных бюллетеней",
                ],
            ),
        ],
    );
}

#[test]
fn russia_2011() {
    check(
        "russia_2011",
        "russia-2011-duma/2011.csv.zip",
        &[
            ("id", &["region", "uik"]),
            ("level", &["region", "tik"]),
            ("registered", &["Число избирателей, внесенных в список избирателей"]),
            (
                "received",
                &["Число избирательных бюллетеней, полученных участковой избирательной комиссией"],
            ),
            (
                "issued",
                &[
                    "Число избирательных бюллетеней, выданных избирателям, проголосовавшим досрочно",
                    "Число избирательных бюллетеней, выданных избирателям в помещении для голосования",
                    "Число избирательных бюллетеней, выданных избирателям вне помещения для голосования",
                ],
            ),
            ("cancelled", &["Число погашенных избирательных бюллетеней"]),
            (
                "found",
                &[
                    "Число избирательных бюллетеней в переносных ящиках для голосования",
                    "Число избирательных бюллетеней в стационарных ящиках для голосования",
                ],
            ),
            ("invalid", &["Число недействительных избирательных бюллетеней"]),
            ("valid", &["Число действительных избирательных бюллетеней"]),
            (
                "choice",
                &[
                    "1. Политическая партия СПРАВЕДЛИВАЯ РОССИЯ",
                    "2. Политическая партия \"Либерально-демократическая партия России\"",
                    "3. Политическая партия \"ПАТРИОТЫ РОССИИ\"",
                    "4. Политическая партия \"Коммунистическая партия Российской Федерации\"",
                    "5. Политическая партия \"Российская объединенная демократическая партия \"ЯБЛОКО\"",
                    "6. Всероссийская политическая партия \"ЕДИНАЯ РОССИЯ\"",
                    "7. Всероссийская политическая партия \"ПРАВОЕ ДЕЛО\"",
                ],
            ),
            ("exhaustive", &["true"]),
            (
                "extra",
                &[
                    "Число открепительных удостоверений, полученных участковой избирательной комиссией",
                    "Число открепительных удостоверений, выданных избирателям на избирательном участке",
                    "Число избирателей, проголосовавших по открепительным удостоверениям на избирательном участке",
                    "Число погашенных неиспользованных открепительных удостоверений",
                    "Число открепительных удостоверений, выданных избирателям территориальной избирательной комиссией",
                    "Число утраченных открепительных удостоверений",
                    "Число утраченных избирательных бюллетеней",
                    "Число избирательных бюллетеней, не учтенных при получении",
                ],
            ),
        ],
    );
}

#[test]
fn russia_2018() {
    check(
        "russia_2018",
        "russia-2018-president/2018.csv.zip",
        &[
            ("id", &["region", "uik"]),
            ("level", &["region", "tik"]),
            ("registered", &["Число избирателей, включенных в список избирателей"]),
            (
                "received",
                &["Число избирательных бюллетеней, полученных участковой избирательной комиссией"],
            ),
            (
                "issued",
                &[
                    "Число избирательных бюллетеней, выданных избирателям, проголосовавшим досрочно",
                    "Число избирательных бюллетеней, выданных в помещении для голосования в день голосования",
                    "Число избирательных бюллетеней, выданных вне помещения для голосования в день голосования",
                ],
            ),
            ("cancelled", &["Число погашенных избирательных бюллетеней"]),
            (
                "found",
                &[
                    "Число избирательных бюллетеней в переносных ящиках для голосования",
                    "Число бюллетеней в стационарных ящиках для голосования",
                ],
            ),
            ("invalid", &["Число недействительных избирательных бюллетеней"]),
            ("valid", &["Число действительных избирательных бюллетеней"]),
            (
                "choice",
                &[
                    "Бабурин Сергей Николаевич",
                    "Грудинин Павел Николаевич",
                    "Жириновский Владимир Вольфович",
                    "Путин Владимир Владимирович",
                    "Собчак Ксения Анатольевна",
                    "Сурайкин Максим Александрович",
                    "Титов Борис Юрьевич",
                    "Явлинский Григорий Алексеевич",
                ],
            ),
            ("exhaustive", &["true"]),
            (
                "extra",
                &[
                    "Число утраченных избирательных бюллетеней",
                    "Число избирательных бюллетеней, не учтенных при получении",
                ],
            ),
        ],
    );
}

#[test]
fn uganda_2016() {
    check(
        "uganda_2016",
        "uganda-2016-president/election-results.csv.gz",
        &[
            ("id", &["PARISH", "STATION"]),
            ("level", &["DISTRICT", "CONSTITUENCY", "SUB COUNTY", "PARISH"]),
            ("registered", &["REG VOTERS"]),
            ("cast", &["TOTAL VOTES"]),
            ("valid", &["VALID VOTES"]),
            ("invalid", &["INVALID VOTES"]),
            (
                "choice",
                &[
                    "ABED  BWANIKA",
                    "AMAMA  MBABAZI",
                    "BARYAMUREEBA  VENANSIUS",
                    "BENON  BUTA BIRAARO",
                    "KIZZA  BESIGYE KIFEFE",
                    "MABIRIZI  JOSEPH",
                    "MAUREEN  FAITH KYALYA WALUUBE",
                    "YOWERI  KAGUTA MUSEVENI",
                ],
            ),
            ("exhaustive", &["true"]),
        ],
    );
}

#[test]
fn venezuela_2024() {
    check(
        "venezuela_2024",
        "venezuela-2024-president/RESULTADOS_2024_CSV_V1.csv.gz",
        &[
            ("id", &["CENTRO", "MESA"]),
            ("level", &["EDO", "MUN", "PAR"]),
            // `RE` says nothing; no other column is never below the ballots.
            ("registered", &["RE"]),
            ("valid", &["VOTOS_VALIDOS"]),
            ("invalid", &["VOTOS_NULOS"]),
            ("choice", &["EG", "NM", "LM", "JABE", "JOBR", "AE", "CF", "DC", "EM", "BERA"]),
            ("exhaustive", &["true"]),
        ],
    );
}

const BOLIVIA: &[&str] = &["CC", "FPV", "MTS", "UCS", "MAS - IPSP", "21F", "PDC", "MNR", "PAN-BOL"];

#[test]
fn bolivia_2019_final() {
    check(
        "bolivia_2019_final",
        "bolivia-2019-president/final_computo.zip",
        &[
            ("id", &["Número Mesa"]),
            ("level", &["País", "Departamento", "Provincia", "Municipio", "Localidad", "Recinto"]),
            ("place", &["lat", "lon"]),
            ("registered", &["Inscritos"]),
            ("blank", &["Blancos"]),
            ("invalid", &["Nulos"]),
            ("choice", BOLIVIA),
        ],
    );
}

#[test]
fn bolivia_2019_preliminary() {
    check(
        "bolivia_2019_preliminary",
        "bolivia-2019-president/trep - acta.2019.10.20.19.40.57.zip",
        &[
            ("id", &["Número Mesa"]),
            ("level", &["País", "Departamento", "Provincia", "Municipio", "Localidad", "Recinto"]),
            ("registered", &["Inscritos"]),
            ("blank", &["Blancos"]),
            ("invalid", &["Nulos"]),
            ("choice", BOLIVIA),
        ],
    );
}

#[test]
fn georgia_2012() {
    check(
        "georgia_2012",
        "georgia-2012-parliament/2012_official_party_list.csv",
        &[
            ("id", &["district id", "უბანი"]),
            ("level", &["district id"]),
            (
                "registered",
                &["ერთიან სიაში ამომრჩეველთა რაოდენობა", "სპეციალურ სიაში ამომრჩეველთა რაოდენობა"],
            ),
            ("cast", &["არჩევნებში მონაწილეთა რაოდენობა"]),
            ("invalid", &["ბათილი ბიულეტენები"]),
            // Together with the invalid ballots they are the ballots cast in three of four precincts only.
            (
                "choice",
                &[
                    "1  “კახა კუკავა – თავისუფალი საქართველო”",
                    "4 “ეროვნულ-დემოკრატიული პარტია”",
                    "5 “ერთიანი ნაციონალური მოძრაობა-მეტი სარგებელი ხალხს”",
                    "9 “სამართლიანი საქართველოსთვის”",
                    "10 “გიორგი თარგამაძე–ქრისტიან-დემოკრატიული გაერთიანება”",
                    "17 “სახალხო მოძრაობა”",
                    "19 “თავისუფლება – ზვიად გამსახურდიას გზა”",
                    "23 “ჯონდი ბაღათურია – ქართული დასი”",
                    "24 “ახალი მემარჯვენეები”",
                    "26 “სახალხო პარტია”",
                    "30  “მერაბ კოსტავას საზოგადოება”",
                    "35 “მომავალი საქართველო”",
                    "36 “საქართველოს მშრომელთა საბჭო”",
                    "38 “შალვა ნათელაშვილი – საქართველოს ლეიბორისტული პარტია”",
                    "40 “საქართველოს სპორტსმენთა კავშირი”",
                    "41 “ბიძინა ივანიშვილი – ქართული ოცნება”",
                ],
            ),
            ("extra", &["აქტივობა 12 საათი", "აქტივობა 17 საათი"]),
        ],
    );
}

const KOELN: &[&str] = &[
    "CDU",
    "SPD",
    "FDP",
    "GRÜNE",
    "DIE LINKE",
    "PIRATEN",
    "NPD",
    "REP",
    "Bündnis 21/RRP",
    "Volksabstimmung",
    "ÖDP",
    "MLPD",
    "BüSo",
    "PSG",
    "AfD",
    "BIG",
    "pro Deutschland",
    "DIE RECHTE",
    "FREIE WÄHLER",
    "Partei der Nichtwähler",
    "Partei der Vernunft",
    "Die PARTEI",
];

#[test]
fn koeln_2013_has_two_contests_in_one_row() {
    let second: Vec<String> = KOELN.iter().map(|p| format!("Z_{p}")).collect();
    let second: Vec<&str> = second.iter().map(String::as_str).collect();
    check(
        "koeln_2013",
        "germany-2013-koeln/result_stimmbezirk.csv",
        &[
            ("id", &["Nr"]),
            ("registered", &["Wahlberechtigte"]),
            ("cast", &["abgegeben"]),
            ("valid", &["gültig"]),
            ("invalid", &["ungültig"]),
            ("choice", KOELN),
            ("exhaustive", &["true"]),
            ("Z registered", &["Wahlberechtigte"]),
            ("Z cast", &["abgegeben"]),
            ("Z valid", &["gültig2"]),
            ("Z invalid", &["ungültig2"]),
            ("Z choice", &second),
            ("Z exhaustive", &["true"]),
        ],
    );
}

#[test]
fn belarus_2020_has_three_counts_of_each_option() {
    check(
        "belarus_2020",
        "belarus-2020-president/voice.csv",
        &[
            ("id", &["id"]),
            ("registered", &["officialVoters"]),
            ("cast", &["officialVotes"]),
            ("invalid", &["corrupted_officialVotes"]),
            (
                "choice",
                &[
                    "against_officialVotes",
                    "cherechen_officialVotes",
                    "dmitriyev_officialVotes",
                    "kanopatskaja_officialVotes",
                    "lukashenko_officialVotes",
                    "tihanovkaja_officialVotes",
                ],
            ),
            // The name of a register, but the sum of the platform's users.
            ("registered cast", &["registered"]),
            ("registered invalid", &["corrupted_registered"]),
            (
                "registered choice",
                &[
                    "against_registered",
                    "cherechen_registered",
                    "dmitriyev_registered",
                    "ignore_registered",
                    "kanopatskaja_registered",
                    "lukashenko_registered",
                    "tihanovkaja_registered",
                ],
            ),
            ("registered exhaustive", &["true"]),
            ("photoVoices cast", &["photoVoices"]),
            ("photoVoices invalid", &["corrupted_photoVoices"]),
            (
                "photoVoices choice",
                &[
                    "against_photoVoices",
                    "cherechen_photoVoices",
                    "dmitriyev_photoVoices",
                    "ignore_photoVoices",
                    "kanopatskaja_photoVoices",
                    "lukashenko_photoVoices",
                    "tihanovkaja_photoVoices",
                ],
            ),
            ("photoVoices exhaustive", &["true"]),
        ],
    );
}

#[test]
fn albania_2013_ballots_are_valid_votes() {
    let choices: Vec<String> = (7..=72).map(|n| format!("C{n:03}")).collect();
    let choices: Vec<&str> = choices.iter().map(String::as_str).collect();
    check(
        "albania_2013",
        "albania-2013-parliament/Albania2013.csv",
        &[
            ("id", &["Precincts"]),
            ("level", &["Prefectures", "Communes"]),
            ("registered", &["Registered"]),
            ("valid", &["Ballots"]),
            ("choice", &choices),
        ],
    );
}

#[test]
fn albania_2017_lacks_parties() {
    check(
        "albania_2017",
        "albania-2017-parliament/2017-PS-Voting-Results.xlsx",
        &[
            // `PollingStationID` is the administrative unit, whatever it is called.
            ("id", &["VotingCenterID"]),
            ("level", &["CountyId.x", "MunicipalityName", "PollingStationName"]),
            ("registered", &["registered_voters"]),
            ("valid", &["valid_votes"]),
            ("invalid", &["invalid_votes"]),
            // Seven of eighteen: not exhaustive.
            (
                "choice",
                &[
                    "PD_Votes",
                    "PS_Votes",
                    "LSI_Votes",
                    "PDIU_Votes",
                    "LIBRA_Votes",
                    "SFIDA_Votes",
                    "PSD_Votes",
                ],
            ),
            ("extra", &["FemaleVoters"]),
        ],
    );
}

#[test]
fn israel_2015_has_letters_for_names() {
    check(
        "israel_2015",
        "israel-2015-knesset/results_20.xls",
        &[
            ("id", &["שם ישוב", "מספר קלפי"]),
            ("level", &["שם ישוב"]),
            ("registered", &["בזב"]),
            ("cast", &["מצביעים"]),
            ("invalid", &["פסולים"]),
            ("valid", &["כשרים"]),
            (
                "choice",
                &[
                    "אמת", "ג", "ודעם", "ז", "זך", "זץ", "טב", "י", "יז", "יך", "יץ", "כ", "ל",
                    "מחל", "מרצ", "נז", "ני", "נץ", "ע", "פה", "ף", "ףץ", "קנ", "קץ", "רק", "שס",
                ],
            ),
            ("exhaustive", &["true"]),
        ],
    );
}

#[test]
fn kenya_2013_is_long() {
    check(
        "kenya_2013",
        "kenya-2013-president-wards/ward_results_json.tar.xz",
        &[
            ("choice column", &["contests[].locations[].results[].name"]),
            ("votes column", &["contests[].locations[].results[].votes"]),
            ("id", &["contests[].locations[].location_id"]),
            ("registered", &["contests[].locations[].registered"]),
            ("valid", &["contests[].locations[].valid"]),
            ("invalid", &["contests[].locations[].rejected"]),
            ("exhaustive", &["true"]),
            (
                "extra",
                &[
                    "contests[].locations[].disputed",
                    "contests[].locations[].spoilt",
                    "contests[].locations[].reported",
                ],
            ),
        ],
    );
}

#[test]
fn myanmar_2010_is_long_with_three_houses() {
    check(
        "myanmar_2010",
        "myanmar-2010-parliament/candidate_records_2010.json",
        &[
            ("choice column", &["party"]),
            ("votes column", &["votes"]),
            ("contest column", &["parliament"]),
            ("id", &["constituency"]),
            ("level", &["state", "state_code"]),
        ],
    );
}

// --- check values -------------------------------------------------------------------------------

/// Recognises and applies, and compares totals: the contest's number, a line or choice, its total.
fn totals(test: &str, file: &str, stations: usize, expected: &[(usize, &str, i64)]) {
    let Some(tables) = published(test, file) else { return };
    let mapping = mapping::infer(&tables).unwrap();
    let returns = mapping::apply(&tables, &mapping).unwrap();
    assert_eq!(returns.stations.len(), stations, "{file}: stations");
    for (contest, what, total) in expected {
        assert_eq!(
            returns.contests[*contest].total(what),
            Some(*total),
            "{file}: {contest} {what}"
        );
    }
}

#[test]
fn totals_of_russia() {
    let test = "totals_of_russia";
    totals(test, "russia-2004-president/2004.csv.zip", 95_779, &[(0, "registered", 108_064_342)]);
    totals(
        test,
        "russia-2011-duma/2011.csv.zip",
        95_225,
        &[
            (0, "registered", 109_229_337),
            (0, "6. Всероссийская политическая партия \"ЕДИНАЯ РОССИЯ\"", 32_371_737),
        ],
    );
    totals(
        test,
        "russia-2018-president/2018.csv.zip",
        97_699,
        &[
            (0, "registered", 109_008_428),
            (0, "found", 73_578_992),
            (0, "cast", 73_578_992),
            (0, "invalid", 791_258),
            (0, "valid", 72_787_734),
            (0, "Путин Владимир Владимирович", 56_430_712),
            (0, "Грудинин Павел Николаевич", 8_659_206),
        ],
    );
}

#[test]
fn totals_of_uganda_and_venezuela() {
    totals(
        "totals_of_uganda",
        "uganda-2016-president/election-results.csv.gz",
        28_010,
        &[
            (0, "registered", 15_277_198),
            (0, "valid", 9_851_812),
            (0, "invalid", 477_319),
            (0, "cast", 10_329_131),
            (0, "YOWERI  KAGUTA MUSEVENI", 5_971_872),
            (0, "KIZZA  BESIGYE KIFEFE", 3_508_687),
        ],
    );
    totals(
        "totals_of_venezuela",
        "venezuela-2024-president/RESULTADOS_2024_CSV_V1.csv.gz",
        24_532,
        &[
            (0, "registered", 17_745_239),
            (0, "valid", 10_659_128),
            (0, "invalid", 1_139),
            (0, "EG", 7_156_462),
            (0, "NM", 3_241_461),
        ],
    );
}

#[test]
fn totals_of_bolivia() {
    for (file, sheets, registered, valid, cc, mas) in [
        ("final_computo.zip", 34_555, 7_315_364, 6_137_671, 2_240_920, 2_889_359),
        ("trep - acta.2019.10.20.19.40.57.zip", 28_975, 6_137_228, 5_152_979, 1_950_000, 2_355_644),
        ("trep - acta.2019.10.21.18.29.53.zip", 32_806, 6_964_976, 5_841_452, 2_145_237, 2_738_136),
    ] {
        let expected = [
            (0, "registered", registered),
            (0, "valid", valid),
            (0, "CC", cc),
            (0, "MAS - IPSP", mas),
        ];
        let file = format!("bolivia-2019-president/{file}");
        totals("totals_of_bolivia", &file, sheets, &expected);
    }
}

#[test]
fn totals_of_georgia_and_koeln() {
    totals(
        "totals_of_georgia",
        "georgia-2012-parliament/2012_official_party_list.csv",
        3_696,
        &[
            (0, "registered", 3_658_613 + 79_887),
            (0, "cast", 2_248_787),
            (0, "invalid", 62_874),
            (0, "აქტივობა 12 საათი", 925_202),
            (0, "აქტივობა 17 საათი", 1_884_705),
            (0, "41 “ბიძინა ივანიშვილი – ქართული ოცნება”", 1_181_862),
            (0, "5 “ერთიანი ნაციონალური მოძრაობა-მეტი სარგებელი ხალხს”", 867_432),
        ],
    );
    totals(
        "totals_of_koeln",
        "germany-2013-koeln/result_stimmbezirk.csv",
        1_024,
        &[
            (0, "registered", 722_435),
            (0, "cast", 523_763),
            (0, "valid", 518_211),
            (0, "invalid", 5_552),
            (1, "valid", 519_398),
            (1, "invalid", 4_365),
            (1, "Z_CDU", 171_386),
            (1, "Z_SPD", 154_707),
        ],
    );
}

#[test]
fn totals_of_belarus() {
    totals(
        "totals_of_belarus",
        "belarus-2020-president/voice.csv",
        5_709,
        &[
            (0, "registered", 2_375_658),
            (0, "cast", 1_962_740),
            (0, "lukashenko_officialVotes", 1_236_287),
            (0, "tihanovkaja_officialVotes", 497_510),
            (0, "against_officialVotes", 130_006),
            (0, "invalid", 18_862),
            (1, "cast", 929_869),
            (1, "tihanovkaja_registered", 893_633),
            (2, "cast", 540_344),
            (2, "tihanovkaja_photoVoices", 530_047),
        ],
    );
}

#[test]
fn totals_of_albania() {
    totals(
        "totals_of_albania",
        "albania-2013-parliament/Albania2013.csv",
        5_508,
        &[
            (0, "registered", 3_185_255),
            (0, "valid", 1_726_239),
            (0, "C035", 714_118),
            (0, "C050", 528_925),
            (0, "C032", 180_613),
        ],
    );
    totals(
        "totals_of_albania",
        "albania-2017-parliament/2017-PS-Voting-Results.xlsx",
        5_273,
        &[
            // Four cells say `1.000`, at stations with 383 to 514 valid votes: a thousand. Read as one,
            // the column adds up to the 3,399,962 that its description gives.
            (0, "registered", 3_399_962 + 4 * 999),
            (0, "valid", 1_557_561),
            (0, "invalid", 31_215),
            (0, "PS_Votes", 754_816),
            (0, "PD_Votes", 448_415),
            (0, "LSI_Votes", 222_102),
        ],
    );
}

#[test]
fn totals_of_israel() {
    totals(
        "totals_of_israel",
        "israel-2015-knesset/results_20.xls",
        10_414,
        &[
            (0, "registered", 5_881_696),
            (0, "cast", 4_254_738),
            (0, "invalid", 43_854),
            (0, "valid", 4_210_884),
            (0, "מחל", 985_408),
            (0, "אמת", 786_313),
        ],
    );
}

#[test]
fn totals_of_kenya() {
    totals(
        "totals_of_kenya",
        "kenya-2013-president-wards/ward_results_json.tar.xz",
        1_295,
        &[
            (0, "registered", 13_217_252),
            (0, "valid", 5_192_070),
            (0, "invalid", 331_032),
            (0, "contests[].locations[].reported", 13_606),
            (0, "contests[].locations[].spoilt", 232_472),
            (0, "contests[].locations[].disputed", 264),
            (0, "UHURU KENYATTA", 2_772_278),
            (0, "RAILA  ODINGA", 2_182_246),
            (0, "MUSALIA MUDAVADI", 148_292),
        ],
    );
}

#[test]
fn totals_of_myanmar() {
    let file = "myanmar-2010-parliament/candidate_records_2010.json";
    let Some(tables) = published("totals_of_myanmar", file) else { return };
    let returns = mapping::apply(&tables, &mapping::infer(&tables).unwrap()).unwrap();
    let house = |name: &str| returns.contests.iter().find(|c| c.name == name).unwrap();
    for (name, votes, usdp, nup) in [
        ("PTH", 20_626_524, 11_857_538, 4_062_658),
        ("AMH", 20_284_194, 11_681_570, 4_430_736),
        ("RGH", 21_683_323, 12_373_175, 5_786_175),
    ] {
        let found = ["valid", "USDP", "NUP"].map(|what| house(name).total(what));
        assert_eq!(found, [Some(votes), Some(usdp), Some(nup)], "{name}");
    }
}

// --- refusals ----------------------------------------------------------------------------------

#[test]
fn files_without_votes_are_refused() {
    for file in [
        "belarus-2020-president/geo-categorized.csv",
        "belarus-2020-president/zubr-observers.csv",
        "belarus-2020-president/voters.csv",
        "georgia-2012-parliament/upload_2012_official_party_list.csv",
        "myanmar-2010-parliament/states.json",
        "kenya-2013-president-wards/ward.results.dbf",
    ] {
        let Some(tables) = published("files_without_votes_are_refused", file) else { return };
        let error = refused(&tables);
        assert!(error.hint.contains("--mapping"), "{file}: {error:?}");
    }
}

#[test]
fn a_folder_with_two_returns_asks_which() {
    let Some(tables) = published("a_folder_with_two_returns", "georgia-2012-parliament") else {
        return;
    };
    let error = refused(&tables);
    assert!(error.problem.contains("2 tables"), "{error:?}");
    assert!(
        error.candidates.iter().any(|c| c.contains("2012_official_party_list.csv")),
        "{error:?}"
    );
    assert!(error.hint.contains("--table"), "{error:?}");
}
