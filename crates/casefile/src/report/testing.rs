//! A made-up examination that holds everything the report must bear: several contests, missing counts,
//! flags, every kind of picture and p-value, and names that try to break the page, the terminal or a
//! spreadsheet.

use std::collections::BTreeMap;

use glassurn_methods::battery::Tested;
use glassurn_methods::calibration::FalseAlarms;
use glassurn_methods::simulate::Null;
use glassurn_methods::{Screen, screens};
use glassurn_model::{
    Caveat, Check, CheckOutcome, Column, Contest, Count, Effect, Field, Finding, Flag, Kind,
    LeftOut, Level, Measure, Oddity, OddityKind, Outcome, P, PKind, Picture, Place, Provenance,
    Reason, Returns, Scope, SetAside, Source, Stations, Subject, Tally, Unit, checks,
};

use crate::examination::{Checked, MappingFrom, Settings};
use crate::mapping::Decision;
use crate::{Examination, Mapping, examine};

/// Names as strangers' files have them.
pub(super) const HOSTILE: [&str; 8] = [
    "<script>alert(1)</script>",
    "=HYPERLINK(\"http://example.org\";\"x\")",
    "הליכוד בהנהגת בנימין נתניהו",
    "ပြည်ထောင်စုကြံ့ခိုင်ရေးနှင့်ဖွံ့ဖြိုးရေးပါတီ",
    "حزب المؤتمر \u{202e}الوطني",
    "Bell\u{7} and \u{1b}[31mred\u{1b}[0m & 'quotes' \"too\"",
    "+1 -- @SUM(A1:A9)",
    "]]>--><!-- </title></style><img src=x onerror=alert(1)>",
];

const STATIONS: u32 = 60;

/// Numbers without pattern, the same in every run.
fn pattern(i: u32, range: i64) -> i64 {
    i64::from(i.wrapping_mul(2_654_435_761).rotate_left(11) >> 8) % range
}

/// The whole examination.
pub(super) fn examination() -> Examination {
    // No screen has this code: results and checks are computed, screens are made up below.
    let settings = Settings { only: vec!["none".to_owned()], ..Settings::default() };
    let command =
        "glassurn examine 'returns <of> \"two\" contests.csv' --report page.html".to_owned();
    let mut examination = examine(returns(), mapping(), MappingFrom::Recognised, settings, command);
    examination.program = "0.0.0".to_owned();
    examination.settings.only.clear();
    examination.checks = made_up_checks();
    for result in &mut examination.results {
        result.flagged.stations = 3;
        result.flagged.ballots = 1_204;
        result.flagged.could_change_outcome = result.margin.map(|m| m < 1_204);
    }
    examination.screens = made_up_screens();
    let alarms = |(null, stood_out)| FalseAlarms {
        screen: "S110",
        contest: "President <i>".to_owned(),
        null,
        stood_out,
        judged: 20,
    };
    examination.calibration = Null::ALL.into_iter().zip([1, 0, 3]).map(alarms).collect();
    examination
}

/// Every real check and screen, so that the page holds the whole documentation.
pub(super) fn documented() -> Examination {
    let mut examination = examination();
    let reason = || Reason::ColumnMissing("ballots issued".to_owned());
    let check = |check: &&dyn Check| Checked {
        code: check.meta().code,
        contest: "Council".to_owned(),
        outcome: CheckOutcome::NotApplicable { reason: reason() },
    };
    let screen = |screen: &&dyn Screen| {
        let subject = subject(None, None);
        let finding = finding(screen.meta().code, subject, None, Vec::new());
        Tested {
            outcome: Outcome::Finding(Box::new(finding)),
            holm: None,
            bh: None,
            stands_out: None,
        }
    };
    examination.checks = checks::ALL.iter().map(check).collect();
    examination.screens = screens::ALL.iter().map(screen).collect();
    examination
}

fn returns() -> Returns {
    let all = || 0..STATIONS;
    let level = Level {
        name: "region".to_owned(),
        units: (0..25).map(|u| format!("Region {u} {}", HOSTILE[u % 8])).collect(),
        of: all().map(|i| i % 25).collect(),
    };
    Returns {
        title: "Made-up election <b>2020</b> & its returns".to_owned(),
        sources: vec![Source {
            name: "returns <of> \"two\" contests.csv".to_owned(),
            bytes: 3_096_195,
            sha256: "0ecfa337c877a2db".repeat(4),
            format: vec!["zip".to_owned(), "csv".to_owned()],
            encoding: Some("UTF-8".to_owned()),
            table: None,
            rows: 63,
        }],
        stations: Stations {
            ids: all().map(|i| format!("{} / {}", HOSTILE[i as usize % 8], 1000 + i)).collect(),
            places: all().map(|i| Place { source: 0, row: i + 2 }).collect(),
            kinds: all().map(|i| if i % 20 == 7 { Kind::Abroad } else { Kind::Ordinary }).collect(),
            levels: vec![level],
            coordinates: Some(all().map(coordinates).collect()),
            arrival: None,
            areas: None,
        },
        contests: vec![president(), council()],
        set_aside: vec![SetAside {
            place: Place { source: 0, row: 62 },
            label: HOSTILE[0].to_owned(),
            reason: "sum of the 60 stations above".to_owned(),
        }],
        oddities: vec![Oddity {
            place: Place { source: 0, row: 9 },
            station: Some(7),
            column: HOSTILE[1].to_owned(),
            text: "=1+1".to_owned(),
            kind: OddityKind::NotANumber,
        }],
        notes: vec!["12 rows of zero votes were absent and are made explicit".to_owned()],
        parents: Vec::new(),
        provenance: Provenance::default(),
        thresholds: Vec::new(),
        earlier: None,
    }
}

fn coordinates(i: u32) -> Option<(f64, f64)> {
    let near = |spread: i64| pattern(i + 500, spread) as f64 / 100.0;
    (!i.is_multiple_of(9)).then(|| (53.0 + near(300), 24.0 + 0.6 * f64::from(i % 17) + near(40)))
}

/// A contest whose choices have hostile names.
fn president() -> Contest {
    let registered: Vec<i64> = (0..STATIONS).map(|i| 400 + pattern(i, 1_900)).collect();
    let cast: Vec<Count> = registered
        .iter()
        .zip(0..)
        .map(|(r, i)| (i != 5).then_some(r * (45 + pattern(i + 9, 50)) / 100))
        .collect();
    let mut choices = vec![votes(&"A very long name ".repeat(18), &cast, 9)];
    choices.extend(HOSTILE.iter().zip(1..).map(|(name, k)| votes(name, &cast, 7 + 3 * k)));
    let invalid = cast.iter().map(|c| c.map(|c| c / 50)).collect();
    let fields = BTreeMap::from([
        (
            Field::Registered,
            Column::reported("voters on the list", registered.into_iter().map(Some).collect()),
        ),
        (Field::Cast, Column::reported("ballots cast", cast)),
        (Field::Invalid, Column::reported("=invalid", invalid)),
    ]);
    let declared = Tally {
        what: "cast".to_owned(),
        value: 41_000,
        source: "the commission’s protocol".to_owned(),
        area: None,
        announced: false,
    };
    Contest {
        name: "President <i>".to_owned(),
        kind: Default::default(),
        fields,
        choices,
        extras: Vec::new(),
        exhaustive: true,
        declared: vec![declared],
    }
}

fn votes(name: &str, cast: &[Count], part: i64) -> Column {
    Column::reported(name, cast.iter().map(|c| c.map(|c| c * 3 / part / 2)).collect())
}

/// A contest with little in it.
fn council() -> Contest {
    let values = (0..STATIONS).map(|i| Some(pattern(i + 77, 300))).collect();
    Contest {
        name: "Council".to_owned(),
        kind: Default::default(),
        fields: BTreeMap::new(),
        choices: vec![Column::reported("Only list", values)],
        extras: Vec::new(),
        exhaustive: false,
        declared: Vec::new(),
    }
}

fn mapping() -> Mapping {
    let decision = |role: &str, columns: &[&str], confidence, reason: &str| Decision {
        role: role.to_owned(),
        columns: columns.iter().map(|&c| c.to_owned()).collect(),
        confidence,
        reason: reason.to_owned(),
    };
    Mapping {
        title: "Made-up election".to_owned(),
        decisions: vec![
            decision(
                "registered",
                &["voters on the list"],
                0.98,
                "its name; never below ballots cast",
            ),
            decision(
                "choice",
                &HOSTILE,
                0.8,
                "they add up to the valid votes at 58 of 60 stations",
            ),
        ],
        ..Mapping::default()
    }
}

fn made_up_checks() -> Vec<Checked> {
    let flag = |station: Option<u32>, message: &str| {
        let values =
            vec![("registered voters".to_owned(), Some(812)), (HOSTILE[0].to_owned(), None)];
        Flag::told(station, values, message.to_owned())
    };
    let ran = |code, tested, flags| Checked {
        code,
        contest: "President <i>".to_owned(),
        outcome: CheckOutcome::Ran { tested, flags },
    };
    let many = (0..STATIONS).cycle().take(250).map(|i| flag(Some(i), "turnout of exactly 100 %"));
    vec![
        ran(
            "F101",
            59,
            vec![
                flag(Some(3), "850 ballots cast, 812 voters"),
                flag(Some(11), "5 more than issued"),
            ],
        ),
        ran("F102", 59, Vec::new()),
        ran("W201", 60, many.collect()),
        ran("W202", 9, vec![flag(None, "every value is a multiple of 8")]),
        Checked {
            code: "F104",
            contest: "Council".to_owned(),
            outcome: CheckOutcome::NotApplicable {
                reason: Reason::ColumnMissing("ballots issued".to_owned()),
            },
        },
    ]
}

fn subject(choice: Option<&str>, unit: Option<String>) -> Subject {
    let scope = unit.map_or(Scope::Whole, |unit| Scope::Unit { level: "region".to_owned(), unit });
    Subject { contest: "President <i>".to_owned(), choice: choice.map(str::to_owned), scope }
}

/// A finding with the usual parts.
fn finding(
    screen: &'static str,
    subject: Subject,
    p: Option<P>,
    pictures: Vec<Picture>,
) -> Finding {
    Finding {
        screen,
        subject,
        used: 57,
        left_out: vec![
            LeftOut { why: Reason::Missing, stations: 1 },
            LeftOut { why: Reason::Below { what: "ballots cast", minimum: 100 }, stations: 2 },
        ],
        measures: vec![Measure {
            name: "stations at a whole percentage".to_owned(),
            symbol: "K",
            value: 31.0,
            expected: Some(12.34),
            sd: Some(3.21),
            unit: Unit::Stations,
        }],
        p,
        effect: Effect {
            name: "stations beyond expectation".to_owned(),
            value: 18.66,
            unit: Unit::Stations,
            interval: Some([12.4, 24.9]),
            stations: Some(18.66),
            votes: Some(9_421.0),
        },
        plain: "31 stations report a whole percentage; chance would give about 12: 19 more."
            .to_owned(),
        pictures,
        stations: vec![(3, "turnout of exactly 75 %".to_owned()), (20, HOSTILE[7].to_owned())],
        caveats: Caveat::ALL.to_vec(),
    }
}

fn made_up_screens() -> Vec<Tested> {
    let p = |value, kind| Some(P { value, kind });
    let tested = |finding: Finding, holm, bh| Tested {
        outcome: Outcome::Finding(Box::new(finding)),
        holm,
        bh,
        stands_out: bh.map(|p: f64| p <= 0.05),
    };
    let simulated = PKind::Simulated { draws: 9_999, seed: 42 };
    let leader = Some(HOSTILE[2]);
    let mut all = vec![
        tested(
            finding("S110", subject(leader, None), p(0.032, PKind::Asymptotic), vec![digits()]),
            Some(0.064),
            Some(0.04),
        ),
        tested(
            finding("S201", subject(leader, None), p(3.2e-12, PKind::Exact), vec![shares()]),
            Some(6.4e-12),
            Some(9e-12),
        ),
        tested(
            finding("S202", subject(Some(HOSTILE[0]), None), p(0.0001, simulated), Vec::new()),
            Some(0.0003),
            Some(0.0002),
        ),
        tested(
            finding("S401", subject(leader, None), None, vec![fingerprint(), by_turnout()]),
            None,
            None,
        ),
        Tested {
            outcome: Outcome::NotApplicable {
                screen: "S301",
                subject: subject(leader, None),
                reason: Reason::TooFew { used: 12, needed: 50 },
            },
            holm: None,
            bh: None,
            stands_out: None,
        },
    ];
    all.extend(units());
    all
}

/// The same screen region by region, one of which it does not fit.
fn units() -> Vec<Tested> {
    let subject = |unit| subject(Some(HOSTILE[2]), Some(unit));
    let one = |u: u32| {
        let p = Some(P { value: f64::from(u) / 31.0, kind: PKind::Exact });
        let unit = format!("Region {u} {}", HOSTILE[u as usize % 8]);
        let mut finding = finding("S110", subject(unit), p, vec![digits()]);
        finding.effect.value = 14.0 - f64::from(u);
        finding.effect.interval = Some([9.0 - f64::from(u), 19.0 - f64::from(u)]);
        let bh = Some((f64::from(u) / 20.0).min(1.0));
        Tested {
            outcome: Outcome::Finding(Box::new(finding)),
            holm: Some(1.0),
            bh,
            stands_out: Some(false),
        }
    };
    let outcome = Outcome::NotApplicable {
        screen: "S110",
        subject: subject("Region 31".to_owned()),
        reason: Reason::Constant,
    };
    (0..30).map(one).chain([Tested { outcome, holm: None, bh: None, stands_out: None }]).collect()
}

fn digits() -> Picture {
    Picture::Bars {
        title: "Last digits".to_owned(),
        axis: "last digit".to_owned(),
        labels: (0..10).map(|d: i32| d.to_string()).collect(),
        observed: (0..10).map(|d| 900.0 + pattern(d, 90) as f64).collect(),
        expected: vec![931.5; 10],
        sd: vec![28.9; 10],
    }
}

fn shares() -> Picture {
    let hump = |i: u32| 400.0 / (1.0 + (f64::from(i) - 600.0).powi(2) / 20_000.0);
    let counts =
        |i: u32| hump(i) + pattern(i, 30) as f64 + if i.is_multiple_of(50) { 150.0 } else { 0.0 };
    Picture::Histogram {
        title: format!("Share of {}", HOSTILE[2]),
        axis: "share of ballots cast".to_owned(),
        start: 0.0,
        width: 0.001,
        counts: (0..1_001).map(|i| if i == 1_000 { 4_000.0 } else { counts(i).round() }).collect(),
        expected: (0..1_001).map(|i| hump(i) + 15.0).collect(),
        sd: (0..1_001).map(|i| (hump(i) + 15.0).sqrt()).collect(),
    }
}

fn fingerprint() -> Picture {
    let cell = |i: u32| {
        let (x, y) = (f64::from(i % 100), f64::from(i / 100));
        let (dx, dy) = ((x - 62.0) / 11.0, (y - 55.0 - 0.3 * (x - 62.0)) / 9.0);
        let full = 1_500.0 / (1.0 + (dx * dx + dy * dy).powi(2));
        format!("{:.0}", if full < 3.0 { 0.0 } else { full }).parse().unwrap_or(0)
    };
    Picture::Heat {
        title: "Turnout and share".to_owned(),
        x: "turnout".to_owned(),
        y: format!("share of {}", HOSTILE[2]),
        bins: 100,
        counts: (0..10_000).map(cell).collect(),
    }
}

fn by_turnout() -> Picture {
    let at: Vec<f64> = (0..101).map(|i| f64::from(i) / 100.0).collect();
    let line = |top: f64, middle: f64| {
        at.iter().map(|x| top / (1.0 + ((x - middle) * 9.0).powi(2))).collect()
    };
    let mut broken: Vec<f64> = line(300_000.0, 0.5);
    broken[40] = f64::NAN;
    Picture::Lines {
        title: "Votes by turnout".to_owned(),
        x: "turnout".to_owned(),
        y: "votes in a bin of 1 %".to_owned(),
        at: at.clone(),
        series: vec![
            (HOSTILE[2].to_owned(), line(800_000.0, 0.62)),
            ("all others".to_owned(), broken),
        ],
    }
}
