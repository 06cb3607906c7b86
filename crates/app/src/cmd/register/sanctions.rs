//! `glassurn register sanctions`: listings that name an election, as reactions to it.

use glassurn_casefile::register::{Act, Linked, Listings, RegisterError, Tables, read_listings};

use super::{act, read};
use crate::{
    exit_code::Exit,
    failure::Done,
    flags::register::{RegisterArgs, SanctionsArgs},
    terminal,
};

/// Reads the file, links what names an election on record, records it, and says what was not taken.
pub(crate) fn run(args: &RegisterArgs, own: &SanctionsArgs) -> Done {
    let mut store = args.store()?;
    let (name, bytes) = read(&own.file)?;
    let listings = read_listings(&name, bytes)?;
    let files = vec![(listings.file.clone(), listings.sha256.clone())];
    let act = Act { files, ..act("import", format!("listings of {}", own.file.display())) };
    let mut said = Vec::new();
    args.write(&mut store, act, |now| {
        let linked = wanted(&listings, now, own.election.as_deref())?;
        said = counts(&listings, &linked);
        now.importing(&listings.reactions(&linked), own.replace)
    })?;
    let said: Vec<String> = said.iter().map(|line| terminal::plain(line)).collect();
    terminal::print(&said.join("\n"))?;
    Ok(Exit::Done)
}

/// The listings with their elections; only the one that was asked for, where one was.
fn wanted<'l>(
    listings: &'l Listings,
    now: &Tables,
    election: Option<&str>,
) -> Result<Vec<Linked<'l>>, RegisterError> {
    let mut linked = listings.linked(now);
    if let Some(election) = election {
        let id = now.locate(&format!("election/{election}"))?.1.id.clone();
        linked.iter_mut().for_each(|l| l.elections.retain(|e| *e == id));
    }
    Ok(linked)
}

/// What was read, what was taken, and what names an election that cannot be told.
fn counts(listings: &Listings, linked: &[Linked]) -> Vec<String> {
    let mut by_election = std::collections::BTreeMap::new();
    for election in linked.iter().flat_map(|l| &l.elections) {
        *by_election.entry(election).or_insert(0_usize) += 1;
    }
    let open: Vec<String> = linked
        .iter()
        .filter(|l| l.elections.is_empty())
        .map(|l| format!("{} (row {})", l.listing.id, l.listing.row))
        .collect();
    let mut lines = vec![format!("  {:>5}  listings", listings.rows.len())];
    lines.push(format!("  {:>5}  name an election in their reason", linked.len()));
    lines.extend(
        by_election.iter().map(|(e, n)| format!("  {n:>5}  name {e}, and are reactions to it now")),
    );
    lines.push(format!(
        "  {:>5}  are not taken: the reason tells no single election on record",
        open.len()
    ));
    if !open.is_empty() {
        lines.push(format!("         {}", open.join(", ")));
        lines.push(
            "         `glassurn register add reaction` records one of them by hand".to_owned(),
        );
    }
    lines
}
