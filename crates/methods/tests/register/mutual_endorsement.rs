//! R140.

use glassurn_methods::register::{
    anchors::Anchors,
    mutual_endorsement::{Bounds, Settings, endorsement, figures, null},
};
use glassurn_model::{Verdict, register::Register};
use serde_json::Value;

use crate::{assert_sound, made, printed, seed, table};

fn settings(fewest: usize) -> Settings {
    Settings { fewest, draws: 200, ..Settings::DEFAULT }
}

/// Each link (sender, host, year) as an attended invitation.
fn visits(links: &[(&str, &str, u16)]) -> Register {
    let mut register = Register::default();
    for (at, (sender, host, year)) in links.iter().enumerate() {
        let id = format!("{host}-{year}-P");
        if register.election(&id).is_none() {
            register.elections.push(made::election(&id, &format!("{year}-05-01")));
        }
        register.invitations.push(made::invitation(
            &format!("I{at}"),
            &id,
            host,
            sender,
            "attended",
            "",
        ));
    }
    register
}

// --- by hand -------------------------------------------------------------------------------------

#[test]
fn praise_is_weighed_by_how_bad_the_election_was() {
    let mut register = visits(&[("POL", "CZE", 2020), ("CZE", "POL", 2021)]);
    register.wider_verdicts = vec![
        made::verdict("CZE-2020-P", "Poland", "bilateral", 2),
        made::verdict("CZE-2020-P", "OSCE", "igo", -2),
        made::verdict("POL-2021-P", "Czechia", "bilateral", 2),
        made::verdict("POL-2021-P", "OSCE", "igo", -1),
    ];
    let pair = figures(&register, &Anchors::default()).pairs.remove(0);
    // 2 · 1 against 2 · ½: 2 · 1 / 3.
    assert!((pair.index().unwrap() - 2.0 / 3.0).abs() < 1e-12, "{pair:?}");
    assert_eq!(pair.strength(), Bounds { low: 3.0, high: 3.0 });
    // Praise for a good election weighs nothing, and then nothing is endorsed.
    register.wider_verdicts[1].scale = glassurn_model::register::Scale::new(2);
    register.wider_verdicts[3].scale = glassurn_model::register::Scale::new(1);
    let pair = figures(&register, &Anchors::default()).pairs.remove(0);
    assert_eq!((pair.index(), pair.strength()), (None, Bounds::default()));
    assert!(
        format!("{:?}", endorsement(&register, &Anchors::default(), settings(30)).tables)
            .contains("no endorsement on record")
    );
}

#[test]
fn unknown_severity_gives_bounds_and_a_measure_settles_it() {
    let mut register = visits(&[("POL", "CZE", 2020), ("CZE", "POL", 2021)]);
    register.wider_verdicts = vec![
        made::verdict("CZE-2020-P", "Poland", "bilateral", 2),
        made::verdict("POL-2021-P", "Czechia", "bilateral", 1),
    ];
    let pair = figures(&register, &Anchors::default()).pairs.remove(0);
    assert_eq!((pair.index(), pair.strength()), (None, Bounds { low: 0.0, high: 3.0 }));
    let anchors =
        Anchors::new("measure", [("CZE".to_owned(), 2020, -1.0), ("POL".to_owned(), 2021, -9.0)]);
    let pair = figures(&register, &anchors).pairs.remove(0);
    assert_eq!(pair.index(), Some(1.0));
}

// --- the null ------------------------------------------------------------------------------------

#[test]
fn planted_reciprocity_is_found_and_chance_is_not() {
    let states =
        ["POL", "CZE", "SVK", "HUN", "AUT", "DEU", "FRA", "ITA", "ESP", "PRT", "SWE", "FIN"];
    let mut planted = Vec::new();
    for i in 0..12 {
        for step in [1, 11] {
            planted.push((states[i], states[(i + step) % 12], 2021));
        }
        planted.push((states[i], states[(i + 6) % 12], 2021));
    }
    let one_way: Vec<_> = (0..12)
        .flat_map(|i| [1, 2, 4].map(|step| (states[i], states[(i + step) % 12], 2021)))
        .collect();
    let p = |links: &[(&str, &str, u16)]| {
        null(&figures(&visits(links), &Anchors::default()), settings(30)).p.value
    };
    assert!(p(&planted) < 0.01, "{}", p(&planted));
    assert!(p(&one_way) > 0.9);
    let answer = endorsement(&visits(&planted), &Anchors::default(), settings(30));
    assert_eq!(answer.claims[0].verdict, Verdict::Inconsistent);
    assert_eq!(answer.measure("r").unwrap().value, 1.0);
    assert_sound(&answer);
}

#[test]
fn p_values_are_valid_when_partners_are_chance() {
    use glassurn_stats::{rng, sample};
    let states = ["POL", "CZE", "SVK", "HUN", "AUT", "DEU", "FRA", "ITA"];
    let mut small = 0;
    for run in 0..60 {
        let mut rng = rng::stream(run, "chance partners", 0);
        let mut links = Vec::new();
        for from in 0..8 {
            for to in (0..8).filter(|to| *to != from) {
                if sample::uniform(&mut rng) < 0.4 {
                    links.push((states[from], states[to], 2021));
                }
            }
        }
        let f = figures(&visits(&links), &Anchors::default());
        let set = Settings { draws: 99, seed: run, fewest: 0 };
        small += usize::from(null(&f, set).p.value <= 0.2);
    }
    // Binomial(60, 0.2) exceeds 22 once in a thousand; the count is discrete, so fewer is fair.
    assert!(small <= 22, "{small}");
}

#[test]
fn windows_keep_their_own_partners() {
    // One visit each way, ten years apart: nothing can be shuffled, every draw has the same pair.
    let f = figures(&visits(&[("POL", "CZE", 2005), ("CZE", "POL", 2021)]), &Anchors::default());
    let got = null(&f, settings(0));
    assert_eq!((f.windows.len(), got.mean, got.p.value), (2, 1.0, 1.0));
}

// --- oracle --------------------------------------------------------------------------------------

#[test]
fn agrees_with_networkx() {
    let file: Value =
        serde_json::from_str(include_str!("../oracle/mutual_endorsement.json")).unwrap();
    for case in file["cases"].as_array().unwrap() {
        let links = case["links"].as_array().unwrap();
        let text = |l: &Value, i: usize| l[i].as_str().unwrap().to_owned();
        let links: Vec<_> =
            links.iter().map(|l| (text(l, 0), text(l, 1), l[2].as_u64().unwrap())).collect();
        let links: Vec<_> = links
            .iter()
            .map(|l| (l.0.as_str(), l.1.as_str(), u16::try_from(l.2).unwrap()))
            .collect();
        let got = null(&figures(&visits(&links), &Anchors::default()), settings(0));
        for (got, want) in [
            (got.observed.share, "r"),
            (got.observed.corrected, "rho"),
            (got.observed.weighted, "r_w"),
        ] {
            assert!((got.unwrap() - case[want].as_f64().unwrap()).abs() < 1e-12, "{want}");
        }
        let (mean, sd) = (case["mean"].as_f64().unwrap(), case["sd"].as_f64().unwrap());
        assert!(
            (got.mean - mean).abs() < 4.0 * sd / 200_f64.sqrt() + 0.05,
            "{} for {mean}",
            got.mean
        );
    }
}

// --- what must not matter, refusals -----------------------------------------------------------------

#[test]
fn the_order_of_records_does_not_matter_and_the_seed_decides() {
    let links =
        [("POL", "CZE", 2020), ("CZE", "POL", 2021), ("SVK", "CZE", 2020), ("SVK", "POL", 2021)];
    let mut turned = visits(&links);
    turned.invitations.reverse();
    let f = figures(&turned, &Anchors::default());
    assert_eq!(f, figures(&visits(&links), &Anchors::default()));
    assert_eq!(null(&f, settings(0)), null(&f, settings(0)));
}

#[test]
fn few_links_give_the_table_alone() {
    let answer = endorsement(
        &visits(&[("POL", "CZE", 2020), ("CZE", "POL", 2021)]),
        &Anchors::default(),
        settings(30),
    );
    assert!(answer.measure("r").is_none() && answer.p.is_none());
    assert_eq!(answer.claims[0].verdict, Verdict::NotTested);
    assert_eq!(table(&answer, "pairs").rows.len(), 1);
    assert!(endorsement(&Register::default(), &Anchors::default(), settings(30)).refused.is_some());
}

// --- real data -----------------------------------------------------------------------------------

#[test]
fn belarus_and_myanmar() {
    let Some(register) = seed::register("mutual_endorsement::belarus_and_myanmar") else { return };
    let f = figures(&register, &Anchors::default());
    let mutual: Vec<_> = f.pairs.iter().filter(|p| p.both_attended).collect();
    assert_eq!(mutual.len(), 1);
    assert_eq!([mutual[0].a.as_str(), mutual[0].b.as_str()], ["BLR", "MMR"]);
    // One verdict on record in one direction, on an election that no credible observer judged.
    assert_eq!((mutual[0].verdicts, mutual[0].index()), ([1, 0], None));
    let answer = endorsement(&register, &Anchors::default(), Settings::DEFAULT);
    assert!(answer.measure("r").is_none(), "fewer than 30 links");
    assert!(printed(&answer).contains("hosts covered: 4"));
    assert_sound(&answer);
}
