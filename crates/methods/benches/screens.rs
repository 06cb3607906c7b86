//! How long each screen, and each program's procedures together, take on a whole country: 97,699 stations in 83 regions, leader and contest.

#![allow(missing_docs, clippy::unwrap_used)]

use criterion::{Criterion, criterion_group, criterion_main};
use glassurn_methods::{Cost, Focus, Slice, peers, screens::ALL};
use glassurn_model::{Field, Returns, testing::Builder};
use glassurn_stats::rng;
use rand::RngExt;
use rand_distr::{Beta, Binomial, Distribution};

const STATIONS: usize = 97_699;

/// A country with sizes from 50 to 3,000 and eight choices, the first of which leads.
fn country() -> Returns {
    let mut rng = rng::stream(1, "country", 0);
    let regions: Vec<String> = (0..STATIONS).map(|i| (i * 83 / STATIONS).to_string()).collect();
    let mut registered = Vec::with_capacity(STATIONS);
    let mut cast = Vec::with_capacity(STATIONS);
    let mut choices = vec![Vec::new(); 8];
    let (turnout, share) = (Beta::new(10.0, 6.0).unwrap(), Beta::new(20.0, 7.0).unwrap());
    for _ in 0..STATIONS {
        let size = (50.0 * 60.0_f64.powf(rng.random::<f64>())).round();
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let size = size as u64;
        let came = Binomial::new(size, turnout.sample(&mut rng)).unwrap().sample(&mut rng);
        let mut rest = came;
        for (i, choice) in choices.iter_mut().enumerate() {
            let level = if i == 0 { share.sample(&mut rng) } else { 0.4 };
            let votes =
                if i == 7 { rest } else { Binomial::new(rest, level).unwrap().sample(&mut rng) };
            rest -= votes;
            choice.push(i64::try_from(votes).unwrap());
        }
        registered.push(i64::try_from(size).unwrap());
        cast.push(i64::try_from(came).unwrap());
    }
    let mut builder = Builder::new(STATIONS)
        .level("region", &regions)
        .field(Field::Registered, registered)
        .field(Field::Cast, cast);
    for (i, votes) in choices.into_iter().enumerate() {
        builder = builder.choice(&i.to_string(), votes);
    }
    builder.exhaustive().build()
}

fn screens(c: &mut Criterion) {
    let returns = country();
    for screen in ALL {
        let meta = screen.meta();
        // The last choice is small: the one for which zeros can be missing.
        let choices: &[Option<usize>] = match meta.focus {
            Focus::Contest => &[None],
            Focus::Choice => &[Some(0), Some(7)],
        };
        for &choice in choices {
            let slice = Slice::whole(&returns, 0, choice);
            let which = choice.map_or("contest".to_owned(), |c| format!("choice {c}"));
            c.bench_function(&format!("{} {} {which}", meta.code, meta.name), |b| {
                b.iter(|| screen.run(&slice));
            });
        }
    }
}

/// The quick procedures of one program: those of the contest once, those of a choice for the first.
fn programs(c: &mut Criterion) {
    let returns = country();
    let [whole, leader] = [None, Some(0)].map(|choice| Slice::whole(&returns, 0, choice));
    for peer in peers::ALL {
        c.bench_function(peer.key, |b| {
            b.iter(|| {
                for procedure in peer.procedures.iter().filter(|p| p.meta().cost == Cost::Quick) {
                    let choice = procedure.meta().focus == Focus::Choice;
                    procedure.run(if choice { &leader } else { &whole });
                }
            });
        });
    }
}

criterion_group!(benches, screens, programs);
criterion_main!(benches);
