//! Mappings applied to small tables made by hand: every shape, every rule, every refusal.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use glassurn_casefile::formats::{ReadOptions, read_bytes};
use glassurn_casefile::mapping::{MappingError, apply};
use glassurn_casefile::{Mapping, RawTable};
use glassurn_model::{Count, Field, Kind, OddityKind, Origin, Returns};

/// A table of comma-separated cells; its rows are numbered from 1.
fn table(name: &str, text: &str) -> RawTable {
    let mut table = RawTable::default();
    table.source.name = name.to_owned();
    for (row, line) in (1_u32..).zip(text.lines()) {
        table.push_row(row, line.split(',')).unwrap();
    }
    table
}

/// A mapping with what every mapping needs.
fn mapping(rest: &str) -> Mapping {
    Mapping::from_toml(&format!("title = 'test'\n{rest}")).unwrap()
}

/// Applies a mapping to one table.
fn read(text: &str, map: &str) -> Result<Returns, MappingError> {
    apply(&[table("test.csv", text)], &mapping(map))
}

/// The values of a choice of the first contest.
fn choice<'a>(returns: &'a Returns, name: &str) -> &'a [Count] {
    &returns.contests[0].choices.iter().find(|c| c.name == name).unwrap().values
}

/// The values of a field of the first contest.
fn field(returns: &Returns, field: Field) -> &[Count] {
    &returns.contests[0].fields[&field].values
}

const WIDE: &str = "
    [table]
    [station]
    id = ['region', 'no']
    levels = ['region']
    [[contest]]
    name = 'x'
    choices = [{ column = 'A' }, { column = 'B', name = 'Bee' }]
    [contest.fields]
    registered = ['list', 'added']
    [contest.derive]
    cast = ['valid']
    valid = ['choices']
";

#[test]
fn wide_tables_give_stations_levels_sums_and_derived_lines() {
    let text = "region,no,list,added,A,B\nN,1,100,5,10,20\nS,1,200,,30,40\nN,2,50,1,x,2.5\n";
    let returns = read(text, WIDE).unwrap();
    assert_eq!(returns.stations.ids, ["N / 1", "S / 1", "N / 2"]);
    let level = &returns.stations.levels[0];
    assert_eq!(
        (level.units.as_slice(), level.of.as_slice()),
        (&["N".into(), "S".into()][..], &[0, 1, 0][..])
    );
    assert_eq!(
        field(&returns, Field::Registered),
        [Some(105), None, Some(51)],
        "a missing part is not zero"
    );
    assert_eq!(field(&returns, Field::Cast), [Some(30), Some(70), None]);
    let contest = &returns.contests[0];
    assert_eq!(contest.fields[&Field::Registered].origin, Origin::Reported);
    assert_eq!(contest.fields[&Field::Cast].origin, Origin::Derived);
    assert_eq!(contest.fields[&Field::Registered].from, ["list", "added"]);
    assert_eq!(choice(&returns, "Bee"), [Some(20), Some(40), None]);
    let odd: Vec<_> = returns
        .oddities
        .iter()
        .map(|o| (o.place.row, o.station, o.column.as_str(), o.text.as_str(), o.kind))
        .collect();
    assert_eq!(
        odd,
        [
            (4, Some(2), "A", "x", OddityKind::NotANumber),
            (4, Some(2), "B", "2.5", OddityKind::NotWhole),
        ]
    );
}

#[test]
fn units_of_one_name_in_two_regions_are_two_units() {
    let text = "region,town,no,A\nN,Newtown,1,1\nS,Newtown,1,2\nS,Oldtown,1,3\n";
    let map = "[table]\n[station]\nid=['no']\nlevels=['region','town']\n[[contest]]\nname='x'\nchoices=[{column='A'}]";
    let returns = read(text, map).unwrap();
    assert_eq!(returns.stations.levels[1].units, ["N / Newtown", "S / Newtown", "Oldtown"]);
}

#[test]
fn blank_rows_repeated_names_and_remarks_are_set_aside() {
    let text = "region,no,list,added,A,B\nN,1,100,5,10,20\n,,,,,\nregion,no,list,added,A,B\nS,1,200,1,30,40\nSource: the commission,,,,,\n";
    let returns = read(text, WIDE).unwrap();
    assert_eq!(returns.stations.ids, ["N / 1", "S / 1"]);
    let aside: Vec<_> =
        returns.set_aside.iter().map(|s| (s.place.row, s.reason.as_str())).collect();
    assert_eq!(
        aside,
        [
            (3, "blank row"),
            (4, "repeats the column names"),
            (6, "text below the last row of figures"),
        ]
    );
}

#[test]
fn a_station_without_figures_stays_and_lacks_them() {
    let text = "region,no,list,added,A,B\nN,1,100,5,10,20\nN,2,,,,\nS,1,200,1,30,40\n";
    let returns = read(text, WIDE).unwrap();
    assert_eq!(returns.stations.len(), 3);
    assert_eq!(choice(&returns, "A")[1], None);
}

#[test]
fn totals_rows_become_parents_of_their_stations() {
    let text = "region,no,list,added,A,B\nN,1,1812,5,410,720\nN,2,1643,4,330,641\nN,,3455,9,740,1361\nS,1,2201,7,555,812\nS,2,1950,3,420,733\nS,,4151,10,975,1545\nAll,,7606,19,1715,2906\n";
    let returns = read(text, WIDE).unwrap();
    assert_eq!(returns.stations.ids, ["N / 1", "N / 2", "S / 1", "S / 2"]);
    let rows: Vec<u32> = returns.set_aside.iter().map(|s| s.place.row).collect();
    assert_eq!(rows, [4, 7, 8]);
    let parents: Vec<_> = returns.parents.iter().map(|p| p.stations.as_slice()).collect();
    assert_eq!(parents, [&[0, 1][..], &[2, 3], &[0, 1, 2, 3]]);
    let counts = &returns.parents[2].counts;
    assert!(counts.contains(&("registered".to_owned(), Some(7625))), "{counts:?}");
    assert!(counts.contains(&("Bee".to_owned(), Some(2906))), "{counts:?}");
    assert_eq!(returns.contests[0].total("Bee"), Some(2906), "nothing is counted twice");
    assert_eq!(returns.parents[2].label, "All");
}

#[test]
fn transposed_tables_have_a_station_in_each_column() {
    let text = "what,s1,s2\nnumber,1,2\nA,10,30\nB,20,40\n";
    let map = "[table]\nshape='transposed'\n[station]\nid=['number']\n[[contest]]\nname='x'\nchoices=[{column='A'},{column='B'}]";
    let returns = read(text, map).unwrap();
    assert_eq!(returns.stations.ids, ["1", "2"]);
    assert_eq!(choice(&returns, "B"), [Some(20), Some(40)]);
    assert_eq!(returns.stations.places[1].row, 3, "the third column");
}

const LONG: &str = "
    [table]
    [table.shape.long]
    choice = 'party'
    votes = 'votes'
    contest = 'house'
    [station]
    id = ['no']
    [[key]]
    names = 'party'
    values = { a = 'Party A' }
    [[contest]]
    name = 'lower'
    value = 'L'
    [contest.derive]
    valid = ['choices']
    [contest.fields]
    registered = ['list']
    invalid = ['bad']
";

const LONG_ROWS: &str = "house,no,party,votes,list,seat\nL,1,a,10,100,N\nL,1,b,20,100,N\nL,1,bad,3,100,N\nU,1,a,99,100,N\nL,2,a,7,90,N\nL,3,b,0,80,Y\n";

#[test]
fn long_tables_are_turned_and_absent_rows_stay_missing() {
    let returns = read(LONG_ROWS, LONG).unwrap();
    assert_eq!(returns.stations.ids, ["1", "2", "3"]);
    assert_eq!(choice(&returns, "Party A"), [Some(10), Some(7), None]);
    assert_eq!(choice(&returns, "b"), [Some(20), None, Some(0)]);
    assert_eq!(field(&returns, Field::Registered), [Some(100), Some(90), Some(80)]);
    assert_eq!(
        field(&returns, Field::Invalid),
        [Some(3), None, None],
        "a code may be a protocol line"
    );
    assert_eq!(field(&returns, Field::Valid), [Some(30), Some(7), Some(0)]);
    assert!(
        returns.notes.iter().any(|n| n.contains("1 rows belong to contests")),
        "{:?}",
        returns.notes
    );
}

#[test]
fn absent_rows_are_zero_where_the_mapping_says_so() {
    let map = format!(
        "{LONG}\n[missing]\nabsent_is_zero = true\nwhen = [{{ column = 'seat', values = ['Y'] }}]"
    );
    let returns = read(LONG_ROWS, &map).unwrap();
    assert_eq!(
        choice(&returns, "b"),
        [Some(20), Some(0), None],
        "an uncontested seat has no count"
    );
    assert_eq!(choice(&returns, "Party A"), [Some(10), Some(7), None], "nor anybody else's at it");
    let notes = returns.notes.join("\n");
    assert!(notes.contains("1 absent rows were read as zero votes"), "{notes}");
    assert!(notes.contains("1 rows have a zero that is no count"), "{notes}");
}

#[test]
fn rows_that_repeat_a_station_and_choice_are_added_and_told() {
    let text = format!("{LONG_ROWS}L,1,a,5,100,N\nL,2,a,?,90,N\n");
    let returns = read(&text, LONG).unwrap();
    assert_eq!(
        choice(&returns, "Party A"),
        [Some(15), None, None],
        "what cannot be read is not zero"
    );
    assert!(returns.notes.iter().any(|n| n.starts_with("lower: 2 rows name a station and choice")));
}

#[test]
fn a_sum_beyond_64_bits_stays_missing_whatever_follows() {
    let most = i64::MAX;
    let text = format!("{LONG_ROWS}L,2,a,{most},90,N\nL,2,a,4,90,N\nL,2,b,1,90,N\n");
    let returns = read(&text, LONG).unwrap();
    assert_eq!(choice(&returns, "Party A"), [Some(10), None, None]);
    assert_eq!(field(&returns, Field::Valid), [Some(30), None, Some(0)]);
}

#[test]
fn a_station_line_that_differs_between_rows_is_told() {
    let text = "house,no,party,votes,list,seat\nL,1,a,10,100,N\nL,1,b,20,101,N\nL,1,bad,1,100,N\n";
    let returns = read(text, LONG).unwrap();
    assert_eq!(field(&returns, Field::Registered), [Some(100)]);
    assert!(
        returns.notes.iter().any(|n| n.contains("`list` differs between the rows of 1 stations"))
    );
}

#[test]
fn codes_are_named_by_a_table_of_the_input() {
    let map = "
        [table]
        name = 'votes'
        [table.shape.long]
        choice = 'party'
        votes = 'votes'
        [[key]]
        table = 'parties'
        code = 'code'
        name = 'en'
        names = 'party'
        [station]
        id = ['no']
        [[contest]]
        name = 'x'
    ";
    let votes = table("votes.csv", "no,party,votes\n1,7,10\n1,8,5\n");
    let parties = table("parties.csv", "code,en\n7,Seven\n");
    let returns = apply(&[parties.clone(), votes.clone()], &mapping(map)).unwrap();
    let names: Vec<_> = returns.contests[0].choices.iter().map(|c| c.name.as_str()).collect();
    assert_eq!(names, ["Seven", "8"]);
    let error = apply(&[votes], &mapping(map)).unwrap_err();
    assert!(error.problem.contains("no key table named `parties`"), "{error}");
}

#[test]
fn kinds_follow_the_first_rule_that_fits() {
    let text = "no,where,A\n171,home,1\n2,France,2\n3,home,3\n";
    let map = "
        [table]
        [station]
        id = ['no']
        [[station.kind]]
        kind = 'abroad'
        column = 'where'
        values = ['home']
        except = true
        [[station.kind]]
        kind = 'postal'
        column = 'no'
        values = ['*71']
        [[contest]]
        name = 'x'
        choices = [{ column = 'A' }]
    ";
    let returns = read(text, map).unwrap();
    assert_eq!(returns.stations.kinds, [Kind::Postal, Kind::Abroad, Kind::Ordinary]);
}

#[test]
fn zeros_that_mean_nothing_reported_are_missing() {
    let text = "no,list,cast,A\n1,50,0,0\n2,40,3,0\n3,0,0,0\n";
    let map = "[table]\n[station]\nid=['no']\n[missing]\nall_zero=['cast']\n[[contest]]\nname='x'\nchoices=[{column='A'}]\nfields={registered=['list'],cast=['cast']}";
    let returns = read(text, map).unwrap();
    assert_eq!(choice(&returns, "A"), [None, Some(0), None]);
    assert_eq!(field(&returns, Field::Registered), [Some(50), Some(40), None]);
    assert_eq!(field(&returns, Field::Cast), [None, Some(3), None]);
    let error = read(text, &map.replace("all_zero=['cast']", "all_zero=['valid']")).unwrap_err();
    assert!(error.problem.contains("does not have"), "{error}");
}

#[test]
fn rows_whose_zeros_are_no_counts_are_told() {
    let text = "no,state,A,B\n1,open,0,5\n2,closed,0,0\n";
    let map = "[table]\n[station]\nid=['no']\n[missing]\nwhen=[{column='state',values=['closed']}]\n[[contest]]\nname='x'\nchoices=[{column='A'},{column='B'}]";
    let returns = read(text, map).unwrap();
    assert_eq!(choice(&returns, "A"), [Some(0), None]);
    assert_eq!(returns.notes, ["1 rows have zeros that are no counts (`state`)"]);
}

#[test]
fn rows_may_be_chosen_and_names_may_stand_below_a_title() {
    let text = "Results,,\nno,level,A\n1,station,5\n2,district,9\n";
    let map = "[table]\nheader=2\nonly={level=['station']}\n[station]\nid=['no']\n[[contest]]\nname='x'\nchoices=[{column='A'}]";
    let returns = read(text, map).unwrap();
    assert_eq!((returns.stations.ids.len(), returns.stations.places[0].row), (1, 3));
    assert_eq!(returns.notes, ["1 rows were left out: their `level` is not `station`"]);
    let error = read(text, &map.replace("header=2", "header=9")).unwrap_err();
    assert_eq!(error.candidates, ["rows 1 to 4"]);
}

#[test]
fn one_column_decides_how_its_numbers_are_written() {
    let text = "no;A;B".replace(';', ",");
    let mut made = table("x.csv", &text);
    made.push_row(2, ["1", "1.234", "12"]).unwrap();
    made.push_row(3, ["2", "1.234.567", "1,000"]).unwrap();
    let map =
        "[table]\n[station]\nid=['no']\n[[contest]]\nname='x'\nchoices=[{column='A'},{column='B'}]";
    let returns = apply(&[made], &mapping(map)).unwrap();
    assert_eq!(choice(&returns, "A"), [Some(1_234), Some(1_234_567)]);
    assert_eq!(choice(&returns, "B"), [Some(12), Some(1_000)]);
    assert!(
        returns.notes.iter().any(|n| n.contains("`B` may be read in two ways")),
        "{:?}",
        returns.notes
    );
}

#[test]
fn tables_of_one_kind_are_read_together() {
    let map = "[table]\n[station]\nid=['no']\n[[contest]]\nname='x'\nchoices=[{column='A'}]";
    let tables = [
        table("n.csv", "no,A\n1,5\n"),
        table("notes.csv", "text\nhello\n"),
        table("s.csv", "A,no\n7,1\n"),
    ];
    let returns = apply(&tables, &mapping(map)).unwrap();
    assert_eq!(choice(&returns, "A"), [Some(5), Some(7)]);
    assert_eq!((returns.sources.len(), returns.stations.places[1].source), (2, 1));
    assert!(returns.notes[0].starts_with("1 of 3 tables were not read"), "{:?}", returns.notes);
}

#[test]
fn coordinates_are_kept_where_they_can_be_read() {
    let text = "no,lat,lon,A\n1,52.5,13.4,1\n2,,,2\n3,99,0,3\n";
    let map = "[table]\n[station]\nid=['no']\nlatitude='lat'\nlongitude='lon'\n[[contest]]\nname='x'\nchoices=[{column='A'}]";
    let returns = read(text, map).unwrap();
    assert_eq!(returns.stations.coordinates.unwrap(), [Some((52.5, 13.4)), None, None]);
    assert_eq!(returns.notes, ["2 stations have no coordinates that can be read"]);
}

#[test]
fn times_of_arrival_are_read_from_their_column_and_told() {
    let text = "no,hora,A\n1,20/10/2019 19:40,1\n2,,2\n3,20/10/2019 18:05,3\n";
    let map = "[table]\n[station]\nid=['no']\narrived='hora'\n[[contest]]\nname='x'\nchoices=[{column='A'}]";
    let returns = read(text, map).unwrap();
    let at = returns.stations.arrival.unwrap().at;
    assert_eq!((at[1], at[0].unwrap() - at[2].unwrap()), (None, 95 * 60));
    assert_eq!(
        returns.notes,
        [
            "arrival: `hora` is read as date and time, day first, from `20/10/2019 18:05` to `20/10/2019 19:40`; \
          1 stations have none that can be read"
        ]
    );
    let unread = read(&text.replace("/2019 ", " "), map).unwrap();
    assert!(unread.stations.arrival.is_none() && unread.notes[0].contains("no times or numbers"));
    let lacking = read(&text.replace("hora", "time"), map).unwrap_err();
    assert!(lacking.problem.contains("hora"), "{}", lacking.problem);
}

#[test]
fn what_cannot_be_meant_is_an_error_with_candidates() {
    let text = "region,no,Registered,A\nN,1,100,5\n";
    let head = "[table]\n[station]\nid=['no']\n[[contest]]\nname='x'\n";
    let refused = |rest: &str| read(text, &format!("{head}{rest}")).unwrap_err();
    let error = refused("choices=[{column='A'}]\nfields={registered=['Registred']}");
    assert_eq!(error.problem, "`test.csv` has no column `Registred`");
    assert_eq!(error.candidates[0], "Registered");
    assert!(!error.hint.is_empty());
    let error = refused("choices=[{column='A'},{column='A'}]");
    assert!(error.problem.contains("the choice `A` twice"), "{error}");
    let error = refused("choices=[]");
    assert!(error.problem.contains("neither fields nor choices"), "{error}");
    let error = refused("choices=[{column='A'}]\nderive={cast=['vald']}");
    assert!(error.problem.contains("derives `cast` from `vald`"), "{error}");
    let error = refused("choices=[{column='A'}]\nderive={cast=['valid'],valid=['cast']}");
    assert!(error.problem.contains("from itself"), "{error}");
    let error = refused("choices=[{column='A'}]\nfields={cast=['A']}\nderive={cast=['choices']}");
    assert!(error.problem.contains("both reads and derives"), "{error}");
    let error = refused("choices=[{column='A'}]\ndeclared=[{what='B',value=1,source='s'}]");
    assert!(error.problem.contains("declares a total of `B`"), "{error}");
    let error =
        apply(&[table("x.csv", text)], &mapping("contest=[]\n[table]\n[station]\nid=['no']"))
            .unwrap_err();
    assert!(error.problem.contains("no contest"), "{error}");
    let error = read(
        text,
        &format!("{head}choices=[{{column='A'}}]").replace("[table]", "[table]\nname='tset'"),
    )
    .unwrap_err();
    assert_eq!(
        (error.problem.as_str(), error.candidates.as_slice()),
        ("the input has no table named `tset`", &["test.csv".to_owned()][..])
    );
    let error = read(LONG_ROWS, &LONG.replace("value = 'L'", "value = 'LL'")).unwrap_err();
    assert_eq!(error.candidates, ["L"], "{error}");
    let error = read(LONG_ROWS, &LONG.replace("'bad'", "'badd'")).unwrap_err();
    assert_eq!(error.candidates[0], "bad", "{error}");
}

#[test]
fn an_empty_table_is_no_panic() {
    let map = mapping(WIDE);
    assert!(apply(&[], &map).is_err());
    assert!(apply(&[RawTable::default()], &map).is_err());
    let only_names = read("region,no,list,added,A,B\n", WIDE).unwrap();
    assert!(only_names.stations.is_empty());
}

#[test]
fn the_example_of_the_reference_is_true() {
    let text = include_str!("../../../docs/mapping.md");
    let block = |mark: &str| {
        let start = text.find(mark).unwrap() + mark.len();
        text[start..].split("```").next().unwrap().trim_start().to_owned()
    };
    let (csv, toml) = (block("```csv"), block("```toml"));
    let reading = read_bytes("example.csv", csv.into_bytes(), &ReadOptions::default()).unwrap();
    let returns = apply(&reading.tables, &Mapping::from_toml(&toml).unwrap()).unwrap();
    assert_eq!(returns.stations.ids, ["101", "102", "171"]);
    assert_eq!(returns.stations.kinds[2], Kind::Postal);
    assert_eq!(returns.set_aside[0].reason, "every count is the sum of the 3 rows above");
    assert_eq!(returns.contests[0].total("Red"), Some(876));
    assert_eq!(returns.parents[1].counts.iter().find(|c| c.0 == "Red").unwrap().1, Some(891));
}

// --- joined tables -----------------------------------------------------------------------------

const JOINED: &str = "
    [table]
    [[join]]
    table = 'places.csv'
    on = ['no', 'code']
    columns = ['area', 'lat', 'lon']
    [[join]]
    table = 'watch.csv'
    on = ['no', 'no']
    columns = ['people', 'late']
    [station]
    id = ['no']
    levels = ['region', 'area']
    latitude = 'lat'
    longitude = 'lon'
    [[contest]]
    name = 'x'
    choices = [{ column = 'A' }]
    extras = ['people']
    flags = ['late']
";

const MAIN: &str = "region,no,A\nN,1,10\nN,2,20\nS,3,30\n";
const PLACES: &str = "code,area,lat,lon\n3,city,53,27\n1,village,52,24\n9,city,50,20\n";
const WATCH: &str = "no,people,late\n2,4,True\n1,0,False\n";

#[test]
fn a_join_adds_columns_by_key_and_keeps_the_order_of_rows() {
    let map = mapping(JOINED);
    assert_eq!(Mapping::from_toml(&map.to_toml().unwrap()).unwrap(), map);
    let tables = [table("watch.csv", WATCH), table("main.csv", MAIN), table("places.csv", PLACES)];
    let returns = apply(&tables, &map).unwrap();
    assert_eq!(returns.stations.ids, ["1", "2", "3"]);
    assert_eq!(returns.stations.places.iter().map(|p| p.row).collect::<Vec<_>>(), [2, 3, 4]);
    let areas = &returns.stations.levels[1];
    assert_eq!(areas.units, ["village", "(none)", "city"]);
    let places = returns.stations.coordinates.unwrap();
    assert_eq!(places, [Some((52.0, 24.0)), None, Some((53.0, 27.0))]);
    let extras: Vec<(&str, &[Count])> =
        returns.contests[0].extras.iter().map(|c| (c.name.as_str(), &c.values[..])).collect();
    assert_eq!(
        extras,
        [("people", &[Some(0), Some(4), None][..]), ("late", &[Some(0), Some(1), None][..])],
        "no row is missing, not zero and not `False`"
    );
    let sources: Vec<&str> = returns.sources.iter().map(|s| s.name.as_str()).collect();
    assert_eq!(sources, ["main.csv", "places.csv", "watch.csv"]);
    assert_eq!(
        returns.notes,
        [
            "1 rows of `main.csv` have no row in `places.csv`: there these columns are empty: area, lat, lon",
            "1 rows of `main.csv` have no row in `watch.csv`: there these columns are empty: people, late",
            "1 stations have no coordinates that can be read",
        ]
    );
    assert_eq!(returns.oddities, []);
}

#[test]
fn a_joined_table_that_was_not_given_leaves_its_columns_empty() {
    let returns = read(MAIN, JOINED).unwrap();
    let levels: Vec<&str> = returns.stations.levels.iter().map(|l| l.name.as_str()).collect();
    assert_eq!((levels, returns.stations.coordinates), (vec!["region"], None));
    assert!(returns.contests[0].extras.iter().all(|c| c.values == [None; 3]));
    assert_eq!(
        returns.notes,
        [
            "the table `places.csv` was not given, so these columns are empty: area, lat, lon",
            "the table `watch.csv` was not given, so these columns are empty: people, late",
            "the level `area` is left out: it has no names",
            "no station has coordinates that can be read",
        ]
    );
}

#[test]
fn a_join_that_cannot_be_meant_is_an_error() {
    let with = |places: &str, map: &str| {
        apply(&[table("main.csv", MAIN), table("places.csv", places)], &mapping(map)).unwrap_err()
    };
    let error = with(&format!("{PLACES}1,city,0,0\n"), JOINED);
    assert_eq!(
        error.problem,
        "the joined table `places.csv` has `1` twice in `code`: in row 3 and in row 5"
    );
    let error = with(PLACES, &JOINED.replace("'area', 'lat', 'lon']", "'aera']"));
    assert_eq!(error.problem, "the joined table `places.csv` has no column `aera`");
    assert_eq!(error.candidates[0], "area");
    let error = with(PLACES, &JOINED.replace("on = ['no', 'code']", "on = ['nr', 'code']"));
    assert_eq!(error.problem, "`main.csv` has no column `nr` to join on");
    let error = with("code,A\n1,5\n", &JOINED.replace("'area', 'lat', 'lon'", "'A'"));
    assert_eq!(error.problem, "the column `A` of `places.csv` is also one of `main.csv`");
    let error = with(PLACES, &JOINED.replace("[table]", "[table]\nshape='transposed'"));
    assert!(error.problem.contains("transposed"), "{error}");
}

#[test]
fn an_exact_name_comes_before_names_that_contain_it() {
    let tables = [
        table("old-main.csv", "region,no,A\nN,1,99\n"),
        table("folder!main.csv", MAIN),
        table("more-places.csv", "code\n"),
        table("places.csv", PLACES),
        table("watch.csv", WATCH),
    ];
    let map = mapping(&JOINED.replace("[table]", "[table]\nname='main.csv'"));
    assert_eq!(choice(&apply(&tables, &map).unwrap(), "A"), [Some(10), Some(20), Some(30)]);
    let used =
        glassurn_casefile::mapping::used(&tables, &map, |t| t.source.name == "folder!main.csv");
    assert_eq!(used, [false, true, false, true, true]);
}

#[test]
fn a_copy_that_has_the_joined_columns_already_is_left_out() {
    let copy = "region,no,A,area,lat,lon,people,late\nN,1,10,city,1,1,1,True\n";
    let tables = [
        table("copy.csv", copy),
        table("main.csv", MAIN),
        table("places.csv", PLACES),
        table("watch.csv", WATCH),
    ];
    let returns = apply(&tables, &mapping(JOINED)).unwrap();
    assert_eq!(returns.stations.len(), 3);
    assert!(
        returns.notes.contains(
            &"a table was not read: the column `area` of `places.csv` is also one of `copy.csv`"
                .to_owned()
        ),
        "{:?}",
        returns.notes
    );
}

#[test]
fn flags_are_yes_and_no_and_nothing_else() {
    let text = "no,A,late\n1,1,TRUE\n2,1,false\n3,1,\n4,1,1\n5,1,perhaps\n";
    let map = "[table]\n[station]\nid=['no']\n[[contest]]\nname='x'\nchoices=[{column='A'}]\n";
    let returns = read(text, &format!("{map}flags=['late']")).unwrap();
    let late = &returns.contests[0].extras[0];
    assert_eq!(late.values, [Some(1), Some(0), None, Some(1), None]);
    assert_eq!(returns.oddities.len(), 1);
    // The same words in an ordinary column are no counts.
    let returns = read(text, &format!("{map}extras=['late']")).unwrap();
    assert_eq!(returns.oddities.len(), 3);
    let error = read(LONG_ROWS, &LONG.replace("value = 'L'", "value = 'L'\nflags = ['x']"));
    assert!(error.unwrap_err().problem.contains("`flags` in a long table"));
}

#[test]
fn the_number_of_the_row_tells_stations_without_a_key_apart() {
    let text = "parish,A\nN,10\nN,10\nS,30\n";
    let map =
        "[table]\n[station]\nid=['parish','#row']\n[[contest]]\nname='x'\nchoices=[{column='A'}]";
    let returns = read(text, map).unwrap();
    assert_eq!(returns.stations.ids, ["N / row 2", "N / row 3", "S / row 4"]);
    let repeated = glassurn_model::checks::RepeatedName;
    let outcome = glassurn_model::Check::run(&repeated, &returns, 0);
    assert!(
        matches!(outcome, glassurn_model::CheckOutcome::Ran { tested: 3, flags } if flags.is_empty())
    );
    let error = read(text, &map.replace("'parish','#row'", "'#row','parish'")).unwrap_err();
    assert!(error.problem.contains("can only be the last"), "{error}");
    let error = read(LONG_ROWS, &LONG.replacen("id = [", "id = ['#row',", 1)).unwrap_err();
    assert!(error.problem.contains("in a long table"), "{error}");
}

#[test]
fn what_was_announced_for_the_whole_may_be_a_line_the_file_lacks() {
    let head =
        "[table]\n[station]\nid=['no']\n[[contest]]\nname='x'\nchoices=[{column='A'}]\ndeclared=";
    let with =
        |tally: &str| read("no,A\n1,5\n", &format!("{head}[{{{tally},value=9,source='s'}}]"));
    let announced = with("what='registered',announced=true").unwrap();
    assert_eq!(announced.contests[0].announced("registered").unwrap().value, 9);
    assert_eq!(announced.contests[0].declared_total("registered"), None);
    assert!(with("what='stations',announced=true").is_ok());
    assert!(with("what='registered'").is_err() && with("what='B',announced=true").is_err());
}
