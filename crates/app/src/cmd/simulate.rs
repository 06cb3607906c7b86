//! `glassurn simulate`: a simulated election as a CSV file.

use glassurn_casefile::report;
use glassurn_methods::simulate::{self, Plan, Tampering, Way};

use crate::{
    exit_code::Exit,
    failure::{Done, Failure},
    flags::{SimulateArgs, TamperArg},
    interrupt, terminal,
};

/// Simulates, tampers on request, writes, and says by how much.
pub(crate) fn run(args: &SimulateArgs) -> Done {
    let plan = Plan { seed: args.seed, ..Plan::sized(args.regions, args.stations) };
    let mut returns = simulate::election(&plan);
    let mut said = format!("{} stations, seed {}", returns.stations.len(), args.seed);
    if let Some(way) = args.tamper {
        let tampering = Tampering {
            way: way.into(),
            share_of_stations: args.share,
            strength: args.strength,
            units: Vec::new(),
            seed: args.seed,
        };
        let tampered = simulate::tamper(&returns, &tampering);
        said += &format!("; {} votes changed at {} stations", tampered.votes, tampered.stations);
        returns = tampered.returns;
    }
    let _writing = interrupt::writing();
    report::returns_table(&returns)
        .and_then(|table| report::write_atomically(&args.to, &table))
        .map_err(|e| Failure::output(&args.to.display().to_string(), &e))?;
    terminal::print(&format!("{}: {said}", args.to.display()))?;
    Ok(Exit::Done)
}

impl From<TamperArg> for Way {
    fn from(way: TamperArg) -> Self {
        match way {
            TamperArg::Stuffing => Way::Stuffing,
            TamperArg::Moving => Way::Moving,
            TamperArg::Rounding => Way::Rounding,
            TamperArg::Invention => Way::Invention,
            TamperArg::Copying => Way::Copying,
            TamperArg::Extreme => Way::Extreme,
            TamperArg::Proportional => Way::Proportional,
            TamperArg::Bundling => Way::Bundling,
        }
    }
}
