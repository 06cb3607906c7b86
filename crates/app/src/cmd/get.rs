//! `glassurn get`: the only command that opens a connection. It asks for one named file, checks its
//! SHA-256 and keeps it in the user's cache; nothing else is sent or fetched.

use std::{
    io::{self, Read, Write},
    path::Path,
    time::Duration,
};

use glassurn_casefile::{catalogue, catalogue::Verified, mapping::Published};
use sha2::{Digest, Sha256};

use crate::{
    exit_code::Exit,
    failure::{Done, Failure},
    flags::GetArgs,
    interrupt, nearest, places,
    progress::Progress,
    terminal,
};

/// How long the network may be silent.
const PATIENCE: Duration = Duration::from_secs(30);

/// Lists the data sets, or downloads one.
pub(crate) fn run(args: &GetArgs) -> Done {
    let Some(name) = args.name.as_deref().filter(|_| !args.list) else { return list() };
    let set = catalogue::find(name).ok_or_else(|| unknown(name))?;
    let mapping = set.mapping()?;
    let published = mapping.published.ok_or_else(|| unknown(name))?;
    let Some(cache) = places::cache() else {
        let hint = "set HOME or XDG_CACHE_HOME";
        return Err(Failure::new(Exit::Output, "there is no folder for the user's cache", hint));
    };
    let target = cache.join(name).join(&published.file);
    if matches!(catalogue::verify(&target, &published), Ok(Verified::Same)) {
        terminal::print(&format!("{} is already here: {}", name, target.display()))?;
        return Ok(Exit::Done);
    }
    let url = args.from.as_deref().unwrap_or(&published.url);
    if url.is_empty() {
        let problem = format!("{name} is not published as one file: {}", published.publisher);
        return Err(Failure::new(
            Exit::Usage,
            problem,
            "give a mirror with --from, or the file itself",
        ));
    }
    download(url, &target, &published)?;
    terminal::print(&format!("{}\nnext: glassurn examine {name}", target.display()))?;
    Ok(Exit::Done)
}

/// Prints the catalogue.
fn list() -> Done {
    let mut text = String::new();
    for set in catalogue::all() {
        let mapping = set.mapping()?;
        let size = mapping.published.as_ref().map_or(0, |p| p.bytes);
        let here = if places::at_hand(set.name).is_some() { "here" } else { "" };
        text.push_str(&format!(
            "{:<24} {:>9} kB  {here:<4}  {}\n",
            set.name,
            size.div_ceil(1000),
            mapping.title
        ));
    }
    terminal::print(&text)?;
    Ok(Exit::Done)
}

/// A name that the catalogue does not have.
fn unknown(name: &str) -> Failure {
    let names = catalogue::all().iter().map(|s| s.name);
    let problem = format!("there is no data set `{name}`");
    Failure::new(Exit::Usage, problem, "`glassurn get --list` lists them")
        .with_candidates(nearest::nearest(name, names))
}

/// Fetches `url` into `target`, which appears only when whole and of the recorded SHA-256.
fn download(url: &str, target: &Path, published: &Published) -> Result<(), Failure> {
    let progress = Progress::start();
    progress.step(format!("downloading {url}"));
    let _writing = interrupt::writing();
    let folder = target.parent().unwrap_or(Path::new("."));
    let cannot_write = |e: io::Error| Failure::output(&target.display().to_string(), &e);
    std::fs::create_dir_all(folder).map_err(cannot_write)?;
    let mut part = tempfile::NamedTempFile::new_in(folder).map_err(cannot_write)?;
    let agent = ureq::Agent::new_with_config(
        ureq::Agent::config_builder()
            .timeout_connect(Some(PATIENCE))
            .timeout_recv_response(Some(PATIENCE))
            .max_redirects(5)
            .build(),
    );
    let mut answer = agent.get(url).call().map_err(|e| offline(url, &e))?;
    // One byte more than promised is enough to know that it is another file.
    let body = answer.body_mut().as_reader().take(published.bytes.saturating_add(1));
    let sha256 = copy(body, &mut part, url)?;
    if sha256 != published.sha256 {
        return Err(another_file(url, &sha256, published));
    }
    part.persist(target).map_err(|e| cannot_write(e.error))?;
    Ok(())
}

/// Copies, hashes, and stops on Ctrl-C.
fn copy(mut body: impl Read, part: &mut impl Write, url: &str) -> Result<String, Failure> {
    let mut hash = Sha256::new();
    let mut chunk = vec![0; 64 * 1024];
    loop {
        let n = body.read(&mut chunk).map_err(|e| broken(url, &e))?;
        if n == 0 || interrupt::requested() {
            break;
        }
        hash.update(&chunk[..n]);
        part.write_all(&chunk[..n]).map_err(|e| Failure::output("the download", &e))?;
    }
    Ok(hash.finalize().iter().map(|b| format!("{b:02x}")).collect())
}

/// No answer.
fn offline(url: &str, error: &ureq::Error) -> Failure {
    let hint = "without a network, copy the file by hand and give its path; its SHA-256 is checked all the same";
    Failure::new(Exit::Network, format!("{url} cannot be reached: {error}"), hint)
}

/// The answer broke off.
fn broken(url: &str, error: &io::Error) -> Failure {
    Failure::new(Exit::Network, format!("{url} broke off: {error}"), "try again")
}

/// The answer is not the file on record.
fn another_file(url: &str, sha256: &str, published: &Published) -> Failure {
    let problem = format!(
        "{url} is not the file on record: SHA-256 {sha256}, expected {}; nothing was kept",
        published.sha256
    );
    let hint = "the publisher may have changed it; examine it as your own file if you trust it";
    Failure::new(Exit::Hash, problem, hint)
}
