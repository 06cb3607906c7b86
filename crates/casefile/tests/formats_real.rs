//! Every published file at hand reads into the right rows and columns. The files are not in the
//! repository: without them each test says that it is skipped.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

use std::path::{Path, PathBuf};

use glassurn_casefile::RawTable;
use glassurn_casefile::formats::{ReadOptions, Reading, read};
use glassurn_casefile::number::{Convention, parse};

/// The folder of published files: `GLASSURN_DATA`, or beside the repository.
fn data() -> PathBuf {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/raw");
    std::env::var_os("GLASSURN_DATA").map_or_else(|| PathBuf::from(beside), PathBuf::from)
}

/// Reads a published file; `None` when it is not at hand.
fn published(test: &str, file: &str) -> Option<Reading> {
    let path = data().join(file);
    if !path.exists() {
        println!("skipped: {test} (no data)");
        return None;
    }
    Some(read(Path::new(&path), &ReadOptions::default()).expect(file))
}

/// A test of one file with one table: rows below the names, columns, formats, two corner cells.
macro_rules! reads {
    ($($name:ident: $file:expr, $rows:expr, $columns:expr, $formats:expr, $first:expr, $last:expr;)*) => {$(
        #[test]
        fn $name() {
            let Some(reading) = published(stringify!($name), $file) else { return };
            assert!(reading.notes.is_empty(), "{:?}", reading.notes);
            let [table] = reading.tables.as_slice() else { panic!("one table") };
            assert_eq!((table.len() - 1, table.width()), ($rows, $columns));
            assert_eq!(table.source.rows, $rows as u64);
            assert_eq!(table.source.format, $formats);
            assert_eq!(corners(table), ($first, $last));
        }
    )*};
}

/// The first cell of the names, and the first cell of the last row.
fn corners(table: &RawTable) -> (&str, &str) {
    (table.cell(0, 0), table.cell(table.len() - 1, 0))
}

reads! {
    albania_2013: "albania-2013-parliament/Albania2013.csv", 5_508, 72, ["csv"], "", "5508";
    belarus_places: "belarus-2020-president/geo-categorized.csv", 5_767, 6, ["csv"], "id", "07-009-0052";
    belarus_turnout: "belarus-2020-president/non_trusted_turnout.csv", 140, 2, ["csv"], "id", "06-024-0010";
    belarus_outliers: "belarus-2020-president/outliers.csv", 404, 3, ["csv"], "id", "06-146-0024";
    belarus_extended: "belarus-2020-president/trusted_by_voice_extended.csv", 670, 41, ["csv"], "id", "07-009-0021";
    belarus_trusted: "belarus-2020-president/tusted_by_voice.csv", 666, 35, ["csv"], "id", "07-009-0021";
    belarus_voice: "belarus-2020-president/voice.csv", 5_709, 30, ["csv"], "id", "07-002-0118";
    belarus_voters: "belarus-2020-president/voters.csv", 8, 3, ["csv"], "name", "embassy";
    belarus_observers: "belarus-2020-president/zubr-observers.csv", 5_767, 3, ["csv"], "id", "07-002-0118";
    belarus_codes: "belarus-2020-president/zubr-violation-codes.csv", 12, 2, ["csv"], "code", "11";
    belarus_zubr: "belarus-2020-president/zubr.csv", 5_767, 15, ["csv"], "id", "07-002-0118";
    bolivia_final: "bolivia-2019-president/final_computo.zip", 34_555, 23, ["zip", "csv"], "Número Mesa", "90389";
    bolivia_trep_20: "bolivia-2019-president/trep - acta.2019.10.20.19.40.57.zip", 28_975, 19, ["zip", "csv"], "Número Mesa", "90389";
    bolivia_trep_21: "bolivia-2019-president/trep - acta.2019.10.21.18.29.53.zip", 32_806, 19, ["zip", "csv"], "Número Mesa", "1988";
    georgia_major: "georgia-2012-parliament/2012_official_major.csv", 3_649, 36, ["csv"], "region", "";
    georgia_list: "georgia-2012-parliament/2012_official_party_list.csv", 3_696, 35, ["csv"], "region", "";
    georgia_profiles: "georgia-2012-parliament/district_profiles.csv", 150, 3, ["csv"], "Georgian", "English";
    georgia_upload_bad: "georgia-2012-parliament/upload_2012_official_party_list bad.csv", 3_784, 43, ["csv"], "shape", "Tbilisi Precinct";
    georgia_upload: "georgia-2012-parliament/upload_2012_official_party_list.csv", 3_784, 43, ["csv"], "shape", "Tbilisi Precinct";
    georgia_voters: "georgia-2012-parliament/upload_voters_list 2013 feb.csv", 3_734, 8, ["csv"], "shape", "Tbilisi Precinct";
    koeln_city: "germany-2013-koeln/result_stadt.csv", 2, 102, ["csv (;)"], "Nr", "0";
    koeln: "germany-2013-koeln/result_stimmbezirk.csv", 1_024, 102, ["csv (;)"], "Nr", "90972";
    koeln_names: "germany-2013-koeln/wahlvorschlaege.csv", 38, 6, ["csv"], "stimmzettel_id", "9";
    russia_2004: "russia-2004-president/2004.csv.zip", 95_779, 28, ["zip", "csv"], "region", "99 Территория за пределами РФ";
    russia_2011: "russia-2011-duma/2011.csv.zip", 95_225, 29, ["zip", "csv"], "region", "Город Санкт-Петербург";
    russia_2018: "russia-2018-president/2018.csv.zip", 97_699, 24, ["zip", "csv"], "region", "99 Территория за пределами РФ";
    uganda: "uganda-2016-president/election-results.csv.gz", 28_010, 18, ["gzip", "csv"], "ORDER", "28010";
    uganda_districts: "uganda-2016-president/by_district.csv", 112, 14, ["csv"], "DISTRICT", "112 RUBIRIZI";
    venezuela: "venezuela-2024-president/RESULTADOS_2024_CSV_V1.csv.gz", 24_532, 22, ["gzip", "csv"], "COD_EDO", "24";
    belarus_points: "belarus-2020-president/voting-points-formatted.json.gz", 5_767, 8, ["gzip", "json"], "stats.appliedApplicationsCount", "4882";
    belarus_messages: "belarus-2020-president/zubr-messages.json", 5_767, 2, ["json"], "_key", "06-128-0028";
    kenya_json: "kenya-2013-president-wards/ward_results_json.tar.xz", 10_360, 24, ["xz", "tar", "json"], "_file", "download/test/httpapiiebcorkeresultswardfff8348d-9287-4b51-9807-f88ee32a73d5post1";
    myanmar: "myanmar-2010-parliament/candidate_records_2010.json", 3_050, 12, ["json"], "acclaim", "N";
    myanmar_states: "myanmar-2010-parliament/states.json", 18, 4, ["json"], "area_sqkm", "41061";
    venezuela_states: "venezuela-2024-president/estados.json", 24, 2, ["json"], "_key", "24";
    venezuela_sheets: "venezuela-2024-president/2642 actas sha256.json", 2_642, 3, ["json"], "name", "fa066674-6b4d-4457-abf5-e6d258ac0475.jpg";
    albania_2013_communes: "albania-2013-parliament/Albania2013_communes.dbf", 379, 92, ["dbase"], "COM_ID", "11215";
    albania_2013_prefectures: "albania-2013-parliament/Albania2013_prefectures.dbf", 12, 82, ["dbase"], "OBJECTID", "12";
    albania_2017: "albania-2017-parliament/2017-PS-Voting-Results.xlsx", 5_273, 20, ["xlsx"], "VotingCenterID", "5820";
    israel: "israel-2015-knesset/results_20.xls", 10_414, 33, ["xls"], " שם ישוב", "תרום";
    kenya_wards: "kenya-2013-president-wards/ward.results.dbf", 1_439, 20, ["dbase"], "CONST_CODE", "130";
}

/// A test of one column's sum, as the publisher states it.
macro_rules! sums {
    ($($name:ident: $file:expr, $column:expr, $sum:expr;)*) => {$(
        #[test]
        fn $name() {
            let Some(reading) = published(stringify!($name), $file) else { return };
            let table = &reading.tables[0];
            let column = table.row(0).position(|name| name == $column).expect($column);
            let cells = || (1..table.len()).map(|row| table.cell(row, column));
            let convention = Convention::of(cells());
            let counts = cells().filter_map(|cell| parse(cell, convention, &[]).count());
            assert_eq!(counts.sum::<i64>(), $sum);
        }
    )*};
}

sums! {
    albania_2013_sum: "albania-2013-parliament/Albania2013.csv", "C035", 714_118;
    albania_2017_sum: "albania-2017-parliament/2017-PS-Voting-Results.xlsx", "PS_Votes", 754_816;
    // Four stations have `1.000`, a thousand; read as one, they would have more ballots than voters.
    albania_2017_registered: "albania-2017-parliament/2017-PS-Voting-Results.xlsx", "registered_voters", 3_399_962 + 4 * 999;
    belarus_sum: "belarus-2020-president/voice.csv", "officialVoters", 2_375_658;
    bolivia_sum: "bolivia-2019-president/final_computo.zip", "MAS - IPSP", 2_889_359;
    koeln_sum: "germany-2013-koeln/result_stimmbezirk.csv", "Z_CDU", 171_386;
    israel_eligible: "israel-2015-knesset/results_20.xls", "בזב", 5_881_696;
    israel_likud: "israel-2015-knesset/results_20.xls", "מחל", 985_408;
    kenya_sum: "kenya-2013-president-wards/ward_results_json.tar.xz", "contests[].locations[].results[].votes", 5_191_806;
    myanmar_sum: "myanmar-2010-parliament/candidate_records_2010.json", "votes", 62_594_041;
    russia_sum: "russia-2018-president/2018.csv.zip", "Путин Владимир Владимирович", 56_430_712;
    uganda_sum: "uganda-2016-president/election-results.csv.gz", "REG VOTERS", 15_277_198;
    venezuela_sum: "venezuela-2024-president/RESULTADOS_2024_CSV_V1.csv.gz", "EG", 7_156_462;
}
