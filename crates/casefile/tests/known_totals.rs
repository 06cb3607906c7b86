//! Every shipped mapping, applied to the file as published, gives the totals that its source declares.
//! The files are not in the repository: without them each test says that it is skipped.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

use std::path::PathBuf;

use glassurn_casefile::catalogue::{self, Verified};
use glassurn_casefile::formats::{ReadOptions, read};
use glassurn_casefile::{RawTable, mapping};
use glassurn_model::{Contest, Count, CountKind, Field, Kind, Origin, Returns};

/// The folder of published files: `GLASSURN_DATA`, or beside the repository.
fn data() -> PathBuf {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/raw");
    std::env::var_os("GLASSURN_DATA").map_or_else(|| PathBuf::from(beside), PathBuf::from)
}

/// Reads a data set through its shipped mapping; nothing when its file is not at hand.
fn returns(name: &str) -> Option<Returns> {
    let Some(path) = catalogue::locate(name, Some(&data()), None) else {
        println!("skipped: {name} (no data)");
        return None;
    };
    let map = catalogue::find(name).unwrap().mapping().unwrap();
    let published = map.published.as_ref().unwrap();
    assert_eq!(catalogue::verify(&path, published).unwrap(), Verified::Same, "{name}");
    let tables = read(&path, &ReadOptions::default()).unwrap().tables;
    Some(applied(name, &tables))
}

/// Reads a data set with the tables that its mapping joins, which lie beside its file.
fn returns_joined(name: &str) -> Option<Returns> {
    let path = catalogue::locate(name, Some(&data()), None)?;
    let map = catalogue::find(name).unwrap().mapping().unwrap();
    let joined = map.joins.iter().map(|j| path.with_file_name(&j.table));
    let files: Vec<PathBuf> = std::iter::once(path.clone()).chain(joined).collect();
    let read = |file: &PathBuf| read(file, &ReadOptions::default()).unwrap().tables;
    Some(applied(name, &files.iter().flat_map(read).collect::<Vec<_>>()))
}

/// Applies a data set's mapping.
fn applied(name: &str, tables: &[RawTable]) -> Returns {
    let map = catalogue::find(name).unwrap().mapping().unwrap();
    mapping::apply(tables, &map).unwrap_or_else(|e| panic!("{name}: {e} {:?}", e.candidates))
}

/// Sums, by field key or by the name of a choice or further column.
fn sums<const N: usize>(contest: &Contest, expected: [(&str, i64); N]) {
    for (what, sum) in expected {
        assert_eq!(contest.total(what), Some(sum), "{}: {what}", contest.name);
    }
}

/// Sums over the stations that have a count.
fn sums_present<const N: usize>(contest: &Contest, expected: [(&str, i64); N]) {
    for (what, sum) in expected {
        let values = &contest.column(what).unwrap().values;
        assert_eq!(values.iter().flatten().sum::<i64>(), sum, "{}: {what}", contest.name);
    }
}

/// What a contest's own declared totals come to.
fn declared_agree(returns: &Returns) {
    for contest in &returns.contests {
        for tally in contest.declared.iter().filter(|t| t.is_of_all_stations()) {
            assert_eq!(
                contest.total(&tally.what),
                Some(tally.value),
                "{}: {}",
                contest.name,
                tally.what
            );
        }
    }
}

/// Nothing was set aside, nothing is odd.
fn plain(returns: &Returns) {
    assert_eq!(returns.set_aside, []);
    assert_eq!(returns.oddities, []);
}

/// How many stations are of a kind.
fn kinds(returns: &Returns, kind: Kind) -> usize {
    returns.stations.kinds.iter().filter(|k| **k == kind).count()
}

/// How many stations have a count in a column.
fn known(values: &[Count]) -> usize {
    values.iter().flatten().count()
}

/// The values of a choice.
fn votes<'a>(contest: &'a Contest, name: &str) -> &'a [Count] {
    &contest.choices.iter().find(|c| c.name == name).unwrap().values
}

/// How many units each level has.
fn units(returns: &Returns) -> Vec<usize> {
    returns.stations.levels.iter().map(|l| l.units.len()).collect()
}

#[test]
fn russia_2018() {
    let Some(returns) = returns("russia-2018") else { return };
    plain(&returns);
    declared_agree(&returns);
    assert_eq!(returns.stations.len(), 97_699);
    assert_eq!(units(&returns)[0], 87);
    let contest = &returns.contests[0];
    sums(
        contest,
        [
            ("registered", 109_008_428),
            ("received", 102_932_812),
            ("issued", 219_648 + 68_587_926 + 4_822_007),
            ("cancelled", 29_302_285),
            ("found", 73_578_992),
            ("cast", 73_578_992),
            ("invalid", 791_258),
            ("valid", 72_787_734),
            ("Путин Владимир Владимирович", 56_430_712),
            ("Грудинин Павел Николаевич", 8_659_206),
            ("Число утраченных избирательных бюллетеней", 1_050),
            ("Число избирательных бюллетеней, не учтенных при получении", 104),
        ],
    );
    assert_eq!(contest.choices.len(), 8);
    assert!(contest.columns().all(|c| c.missing() == 0));
    assert_eq!(contest.fields[&Field::Cast].origin, Origin::Derived);
    assert_eq!(contest.fields[&Field::Issued].origin, Origin::Reported);
    assert_eq!(contest.choices[contest.leader().unwrap()].name, "Путин Владимир Владимирович");
    assert_eq!(returns.stations.ids[0], "Республика Адыгея (Адыгея) / 1 Адыгейская / 1");
    assert_eq!(returns.stations.places[0].row, 2);
}

#[test]
fn russia_2011() {
    let Some(returns) = returns("russia-2011") else { return };
    plain(&returns);
    declared_agree(&returns);
    assert_eq!(returns.stations.len(), 95_225);
    let contest = &returns.contests[0];
    sums(contest, [("registered", 109_229_337), ("ЕДИНАЯ РОССИЯ", 32_371_737)]);
    assert_eq!(contest.choices[contest.leader().unwrap()].name, "ЕДИНАЯ РОССИЯ");
    assert_eq!((units(&returns)[0], contest.choices.len()), (84, 7));
}

#[test]
fn russia_2004() {
    let Some(returns) = returns("russia-2004") else { return };
    plain(&returns);
    declared_agree(&returns);
    assert_eq!(returns.stations.len(), 95_779);
    let contest = &returns.contests[0];
    sums(contest, [("registered", 108_064_342), ("Путин Владимир Владимирович", 49_563_020)]);
    assert_eq!((units(&returns)[0], contest.choices.len()), (91, 7));
}

#[test]
fn israel_2015() {
    let Some(returns) = returns("israel-2015") else { return };
    plain(&returns);
    declared_agree(&returns);
    assert_eq!((returns.stations.len(), kinds(&returns, Kind::Special)), (10_414, 295));
    let contest = &returns.contests[0];
    sums(
        contest,
        [
            ("registered", 5_881_696),
            ("cast", 4_254_738),
            ("invalid", 43_854),
            ("valid", 4_210_884),
            ("מחל", 985_408),
            ("אמת", 786_313),
            ("ודעם", 446_583),
        ],
    );
    assert_eq!((contest.choices.len(), units(&returns)), (26, vec![1_196]));
}

#[test]
fn belarus_2020() {
    let Some(returns) = returns("belarus-2020") else { return };
    plain(&returns);
    assert_eq!((returns.stations.len(), units(&returns)[0]), (5_709, 7));
    let [official, photographed, users] = returns.contests.as_slice() else {
        panic!("three counts")
    };
    sums(
        official,
        [
            ("registered", 2_375_658),
            ("cast", 1_962_740),
            ("invalid", 18_862),
            ("Lukashenko", 1_236_287),
            ("Tsikhanouskaya", 497_510),
            ("Against all", 130_006),
            ("Kanapatskaya", 37_937),
            ("Dmitriyeu", 32_467),
            ("Cherachen", 31_137),
        ],
    );
    let cast = &official.fields[&Field::Cast].values;
    let lukashenko = votes(official, "Lukashenko");
    assert_eq!(known(cast), 1_374);
    assert_eq!(known(lukashenko), 1_395);
    assert_eq!(known(&official.fields[&Field::Registered].values), 1_336);
    sums(photographed, [("photoVoices", 540_344), ("Tsikhanouskaya", 530_047)]);
    sums(users, [("registered", 929_869), ("Tsikhanouskaya", 893_633)]);
    let stated = votes(official, "Tsikhanouskaya");
    let photos = votes(photographed, "Tsikhanouskaya");
    let more: Vec<usize> = (0..stated.len())
        .filter(|&i| cast[i].is_some() && stated[i].zip(photos[i]).is_some_and(|(s, p)| p > s))
        .collect();
    let sum = |values: &[Count]| more.iter().filter_map(|&i| values[i]).sum::<i64>();
    assert_eq!((more.len(), sum(stated), sum(photos)), (438, 63_422, 113_258));
    assert_eq!(sum(photos) - sum(stated), 49_836);
    let minsk = returns.stations.levels[0].units.iter().position(|u| u == "Minsk city").unwrap();
    let in_minsk = |i: &&usize| returns.stations.levels[0].of[**i] as usize == minsk;
    assert_eq!(more.iter().filter(in_minsk).count(), 280);
    let won = (0..stated.len()).filter(|&i| cast[i].is_some() && stated[i] > lukashenko[i]);
    assert_eq!(won.count(), 197);
    let unlike = (0..cast.len()).filter(|&i| {
        let choices = official.choices.iter().filter_map(|c| c.values[i]).sum::<i64>();
        let invalid = official.fields[&Field::Invalid].values[i].unwrap_or(0);
        let any = official.choices.iter().any(|c| c.values[i].is_some());
        any && cast[i] != Some(choices + invalid)
    });
    assert_eq!(unlike.count(), 173, "21 of them have votes and no ballots cast");
    let kinds: Vec<CountKind> = returns.contests.iter().map(|c| c.kind).collect();
    let (claim, said) = (CountKind::VoterClaim, CountKind::VoterStatement);
    assert_eq!(kinds, [CountKind::ProtocolCopy, claim, said]);
    assert_eq!(official.announced("registered").unwrap().value, 6_904_649);
    assert_eq!(official.announced("cast"), None);
}

#[test]
fn belarus_2020_without_its_companions_says_what_is_missing() {
    let Some(returns) = returns("belarus-2020") else { return };
    let not_given: Vec<&String> =
        returns.notes.iter().filter(|n| n.contains("was not given")).collect();
    assert!(not_given[0].contains("`geo-categorized.csv`") && not_given[0].contains("area"));
    assert!(not_given[1].contains("`zubr.csv`") && not_given[1].contains("late-report"));
    assert_eq!((units(&returns), returns.stations.coordinates), (vec![7, 146], None));
    assert!(returns.contests[0].extras.iter().all(|c| known(&c.values) == 0));
}

#[test]
fn belarus_2020_with_its_companions_has_places_and_observers() {
    let Some(returns) = returns_joined("belarus-2020") else { return };
    plain(&returns);
    // Every station has a place; 27 kinds of place in the seven regions.
    assert_eq!(units(&returns)[..2], [7, 27]);
    assert!(returns.stations.coordinates.as_ref().unwrap().iter().all(Option::is_some));
    assert_eq!(kinds(&returns, Kind::Abroad), 44);
    let names: Vec<&str> = returns.sources.iter().map(|s| s.name.as_str()).collect();
    assert_eq!(names, ["voice.csv", "geo-categorized.csv", "zubr.csv"]);
    // 3 of the 5,709 stations are not in the observers' table.
    let official = &returns.contests[0];
    assert_eq!((official.extras.len(), known(&official.extras[0].values)), (13, 5_706));
    sums_present(
        official,
        [
            ("observers", 7_957),
            ("accreditation-reject", 23),
            ("no-let-observer-in", 873),
            ("late-report", 352),
            ("wrong-voters-number", 709),
            ("other", 726),
        ],
    );
    assert!(returns.notes.iter().any(|n| n.starts_with("3 rows of `voice.csv`")));
}

#[test]
fn kenya_2013() {
    let Some(returns) = returns("kenya-2013") else { return };
    plain(&returns);
    assert_eq!(returns.stations.len(), 1_295);
    let contest = &returns.contests[0];
    sums(
        contest,
        [
            ("registered", 13_217_252),
            ("valid", 5_192_070),
            ("invalid", 331_032),
            ("contests[].locations[].reported", 13_606),
            ("contests[].locations[].spoilt", 232_472),
            ("contests[].locations[].disputed", 264),
            ("UHURU KENYATTA", 2_772_278),
            ("RAILA  ODINGA", 2_182_246),
            ("MUSALIA MUDAVADI", 148_292),
        ],
    );
    let eights = |values: &[Count]| {
        let some: Vec<i64> = values.iter().flatten().copied().filter(|v| *v != 0).collect();
        (some.len(), some.iter().filter(|v| *v % 8 == 0).count())
    };
    assert_eq!(eights(&contest.fields[&Field::Invalid].values), (1_221, 1_221));
    let spoilt = contest.extras.iter().find(|c| c.name.ends_with("spoilt")).unwrap();
    assert_eq!(eights(&spoilt.values), (1_163, 1_163));
    assert_eq!(contest.choices.len(), 8);
}

#[test]
fn kenya_2013_map() {
    let Some(returns) = returns("kenya-2013-map") else { return };
    plain(&returns);
    assert_eq!(returns.stations.len(), 1_439);
    let contest = &returns.contests[0];
    sums(contest, [("registered", 13_116_855), ("valid", 5_161_139), ("SPOILT", 230_080)]);
    assert!(contest.columns().all(|c| c.missing() == 154));
}

#[test]
fn koeln_2013() {
    let Some(returns) = returns("koeln-2013") else { return };
    plain(&returns);
    declared_agree(&returns);
    assert_eq!((returns.stations.len(), kinds(&returns, Kind::Postal)), (1_024, 224));
    assert_eq!(units(&returns), [9, 86]);
    let [second, first] = returns.contests.as_slice() else { panic!("two votes") };
    sums(
        second,
        [
            ("registered", 722_435),
            ("cast", 523_763),
            ("valid", 519_398),
            ("invalid", 4_365),
            ("CDU", 171_386),
            ("SPD", 154_707),
        ],
    );
    sums(
        first,
        [("registered", 722_435), ("cast", 523_763), ("valid", 518_211), ("invalid", 5_552)],
    );
    assert_eq!((second.choices.len(), first.choices.len()), (22, 22));
}

#[test]
fn uganda_2016() {
    let Some(returns) = returns("uganda-2016") else { return };
    plain(&returns);
    declared_agree(&returns);
    assert_eq!(returns.stations.len(), 28_010);
    let contest = &returns.contests[0];
    sums(
        contest,
        [
            ("registered", 15_277_198),
            ("YOWERI KAGUTA MUSEVENI", 5_971_872),
            ("KIZZA BESIGYE KIFEFE", 3_508_687),
            ("valid", 9_851_812),
            ("invalid", 477_319),
            ("cast", 10_329_131),
        ],
    );
    assert_eq!(contest.fields[&Field::Cast].missing(), 235, "no result, not zero");
    assert_eq!(contest.fields[&Field::Registered].missing(), 0);
    let ids: std::collections::HashSet<_> = returns.stations.ids.iter().collect();
    assert_eq!(ids.len(), 28_010);
    let Some(districts) = self::returns("uganda-2016-districts") else { return };
    plain(&districts);
    assert_eq!(districts.stations.len(), 112);
    for choice in contest.choices.iter().map(|c| &c.name) {
        assert_eq!(districts.contests[0].total(choice), contest.total(choice), "{choice}");
    }
    sums(&districts.contests[0], [("registered", 15_277_198), ("COUNT(VOTES.STATION)", 28_010)]);
}

#[test]
fn venezuela_2024() {
    let Some(returns) = returns("venezuela-2024") else { return };
    plain(&returns);
    declared_agree(&returns);
    assert_eq!((returns.stations.len(), units(&returns)[0]), (24_532, 24));
    sums(
        &returns.contests[0],
        [
            ("registered", 17_745_239),
            ("valid", 10_659_128),
            ("invalid", 1_139),
            ("Edmundo González", 7_156_462),
            ("Nicolás Maduro", 3_241_461),
        ],
    );
    let ids: std::collections::HashSet<_> = returns.stations.ids.iter().collect();
    assert_eq!(ids.len(), 24_532);
}

#[test]
fn venezuela_2024_first_table() {
    let Some(returns) = returns("venezuela-2024-actas") else { return };
    plain(&returns);
    assert_eq!((returns.stations.len(), units(&returns)[0]), (24_532, 24));
    let contest = &returns.contests[0];
    assert_eq!(contest.kind, CountKind::ProtocolCopy);
    sums(
        contest,
        [
            ("González", 7_156_462),
            ("Maduro", 3_241_461),
            ("Others", 261_205),
            ("valid", 10_659_128),
            ("invalid", 1_139),
            ("cast", 10_660_267),
        ],
    );
    let announced = |what: &str| contest.announced(what).unwrap().value;
    assert_eq!((announced("stations"), announced("registered")), (30_026, 21_321_805));
    assert_eq!(announced("valid") + announced("invalid"), announced("cast"));
    assert_eq!(contest.total("González").unwrap() - announced("González"), 1_830_358);
    let ids: std::collections::HashSet<_> = returns.stations.ids.iter().collect();
    assert_eq!(ids.len(), 24_532);
    assert_eq!(returns.stations.ids[0], "AMAZONAS / ATURES / FERNANDO GIRON TOVAR / row 2");
}

#[test]
fn venezuela_2024_codes() {
    let Some(returns) = returns("venezuela-2024-qr") else { return };
    plain(&returns);
    assert_eq!(returns.stations.len(), 21_952);
    let contest = &returns.contests[0];
    sums(contest, [("González", 6_392_350), ("Maduro", 2_891_553), ("Otros", 231_419)]);
    assert_eq!(contest.total("valid"), Some(6_392_350 + 2_891_553 + 231_419));
    let choices = contest.choices.iter().map(|c| contest.announced(&c.name).unwrap().value);
    assert_eq!(choices.sum::<i64>(), contest.announced("valid").unwrap().value);
}

#[test]
fn indonesia_2024() {
    let Some(returns) = returns("indonesia-2024-kawalpemilu") else { return };
    plain(&returns);
    assert_eq!((returns.stations.len(), units(&returns)[0]), (33_571, 39));
    assert_eq!(kinds(&returns, Kind::Abroad), 96);
    let contest = &returns.contests[0];
    assert_eq!(contest.kind, CountKind::Observer);
    let anies = votes(contest, "Anies");
    assert_eq!(anies.len() - known(anies), 1_185);
    sums_present(
        contest,
        [
            ("Anies", 13_214_733),
            ("Prabowo", 31_510_154),
            ("Ganjar", 7_942_698),
            ("tot_tps", 311_536),
            ("tot_tps_foto_approved_kawal_pemilu", 261_521),
        ],
    );
    let choices = contest.choices.iter().map(|c| contest.announced(&c.name).unwrap().value);
    assert_eq!(choices.sum::<i64>(), contest.announced("valid").unwrap().value);
}

#[test]
fn bolivia_2019() {
    let cases = [
        ("bolivia-2019-trep-1940", 28_975, 6_137_228, 5_152_979, 1_950_000, 2_355_644),
        ("bolivia-2019-trep-1829", 32_806, 6_964_976, 5_841_452, 2_145_237, 2_738_136),
        ("bolivia-2019", 34_555, 7_315_364, 6_137_671, 2_240_920, 2_889_359),
    ];
    for (name, sheets, registered, valid, cc, mas) in cases {
        let Some(returns) = returns(name) else { continue };
        plain(&returns);
        declared_agree(&returns);
        assert_eq!(returns.stations.len(), sheets);
        let contest = &returns.contests[0];
        sums(
            contest,
            [("registered", registered), ("valid", valid), ("CC", cc), ("MAS - IPSP", mas)],
        );
        let (cast, listed) = (&contest.fields[&Field::Cast], &contest.fields[&Field::Registered]);
        assert!(cast.values.iter().zip(&listed.values).all(|(c, r)| c <= r), "{name}");
        if name == "bolivia-2019" {
            assert_eq!(kinds(&returns, Kind::Abroad), 1_507);
            assert!(returns.stations.coordinates.unwrap().iter().all(Option::is_some));
        }
    }
}

#[test]
fn georgia_2012() {
    let Some(returns) = returns("georgia-2012") else { return };
    plain(&returns);
    declared_agree(&returns);
    assert_eq!(returns.stations.len(), 3_696);
    let contest = &returns.contests[0];
    sums(
        contest,
        [
            ("registered", 3_658_613 + 79_887),
            ("cast", 2_248_787),
            ("invalid", 62_874),
            ("აქტივობა 12 საათი", 925_202),
            ("აქტივობა 17 საათი", 1_884_705),
            ("Georgian Dream", 1_181_862),
            ("United National Movement", 867_432),
        ],
    );
    assert_eq!((contest.choices.len(), units(&returns)), (16, vec![74]));
    let ids: std::collections::HashSet<_> = returns.stations.ids.iter().collect();
    assert_eq!(ids.len(), 3_695, "one district and precinct stand there twice");
}

#[test]
fn georgia_2012_majoritarian() {
    let Some(returns) = returns("georgia-2012-majoritarian") else { return };
    plain(&returns);
    assert_eq!((returns.stations.len(), units(&returns)), (3_649, vec![73]));
    let contest = &returns.contests[0];
    sums(
        contest,
        [
            ("registered", 3_613_851 + 82_047),
            ("cast", 2_210_830),
            ("invalid", 67_451),
            ("Georgian Dream", 1_141_404),
            ("United National Movement", 887_116),
        ],
    );
    assert_eq!(votes(contest, "Free Georgia").iter().filter(|v| v.is_none()).count(), 1_029);
}

#[test]
fn albania_2013() {
    let Some(returns) = returns("albania-2013") else { return };
    assert_eq!((returns.set_aside.len(), returns.oddities.len()), (0, 0));
    assert_eq!((returns.stations.len(), units(&returns)), (5_508, vec![12, 379]));
    let contest = &returns.contests[0];
    let choice = |code: &str| contest.choices.iter().find(|c| c.name.starts_with(code)).unwrap();
    sums(contest, [("registered", 3_185_255), ("valid", 1_726_239)]);
    let sums = [
        ("C035", 714_118),
        ("C050", 528_925),
        ("C032", 180_613),
        ("C051", 52_200),
        ("C056", 44_958),
    ];
    for (code, sum) in sums {
        assert_eq!(choice(code).total(), Some(sum), "{code}");
    }
    let all: i64 = contest.choices.iter().filter_map(|c| c.total()).sum();
    assert_eq!((all, contest.choices.len()), (1_717_108, 66));
    assert_eq!((choice("C067").missing(), choice("C011").missing()), (1, 1), "the two cells `NA`");
    let level = &returns.stations.levels[0];
    let sizes: Vec<_> =
        level.units.iter().map(String::as_str).zip(level.members().iter().map(Vec::len)).collect();
    for expected in [
        ("BERAT", 300),
        ("DIBER", 258),
        ("DURRES", 444),
        ("ELBASAN", 516),
        ("FIER", 558),
        ("GJIROKASTER", 237),
        ("KORCE", 447),
        ("KUKES", 165),
        ("LEZHE", 256),
        ("SHKODER", 474),
        ("TIRANE", 1_421),
        ("VLORE", 432),
    ] {
        assert!(sizes.contains(&expected), "{expected:?} {sizes:?}");
    }
    // What other sources say differs from the file's own sums by less than one in two hundred.
    for tally in &contest.declared {
        let sum = contest.total(&tally.what).unwrap();
        assert!(
            sum > tally.value && sum - tally.value < tally.value / 200,
            "{}: {sum}",
            tally.what
        );
    }
}

#[test]
fn albania_2017() {
    let Some(returns) = returns("albania-2017") else { return };
    plain(&returns);
    assert_eq!((returns.stations.len(), units(&returns)[..2].to_vec()), (5_273, vec![12, 61]));
    let contest = &returns.contests[0];
    sums(
        contest,
        [
            ("valid", 1_557_561),
            ("invalid", 31_215),
            ("PS", 754_816),
            ("PD", 448_415),
            ("LSI", 222_102),
            ("FemaleVoters", 704_697),
        ],
    );
    // Four cells say `1.000`, at stations with 387 to 523 ballots: a thousand. A program that reads them as
    // one gives 3,399,962, and four stations with more ballots than voters.
    let listed = &contest.fields[&Field::Registered];
    let thousands = listed.values.iter().filter(|v| **v == Some(1_000)).count();
    assert_eq!((listed.total(), thousands), (Some(3_399_962 + 4 * 999), 4));
    let more = |(c, r): (&Count, &Count)| c.zip(*r).is_some_and(|(c, r)| c > r);
    let cast = &contest.fields[&Field::Cast].values;
    assert_eq!(cast.iter().zip(&listed.values).filter(|p| more(*p)).count(), 0);
    assert!(
        returns.notes.iter().any(|n| n.contains("`registered_voters` may be read in two ways"))
    );
    assert_eq!((contest.exhaustive, contest.fields[&Field::Valid].missing()), (false, 2));
    let ids: std::collections::HashSet<_> = returns.stations.ids.iter().collect();
    assert_eq!(ids.len(), 5_271, "two stations stand there twice");
}

#[test]
fn myanmar_2010() {
    let Some(returns) = returns("myanmar-2010") else { return };
    plain(&returns);
    let usdp = "Union Solidarity and Development Party";
    let nup = "National Unity Party";
    let expected = [
        (20_626_524, 11_857_538, 4_062_658, Some(1_483_329)),
        (20_284_194, 11_681_570, 4_430_736, Some(1_546_033)),
        (21_683_323, 12_373_175, 5_786_175, None),
    ];
    for (contest, (all, first, second, third)) in returns.contests.iter().zip(expected) {
        sums(contest, [("valid", all), (usdp, first), (nup, second)]);
        if let Some(third) = third {
            sums(contest, [("National Democratic Force", third)]);
        }
    }
    let notes = returns.notes.join("\n");
    assert!(notes.contains("rows have a zero that is no count"), "{notes}");
    // Read with uncontested seats as zeros, the constituencies are all there.
    let path = catalogue::locate("myanmar-2010", Some(&data()), None).unwrap();
    let reading = read(&path, &ReadOptions::default()).unwrap();
    let mut map = catalogue::find("myanmar-2010").unwrap().mapping().unwrap();
    map.missing.when.clear();
    let returns = mapping::apply(&reading.tables, &map).unwrap();
    let seats: Vec<usize> =
        returns.contests.iter().map(|c| known(&c.fields[&Field::Valid].values)).collect();
    assert_eq!(seats, [322, 168, 331]);
}
