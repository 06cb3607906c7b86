//! From what the user typed to returns: a file, a folder, a named data set, or a simulated election.

use std::path::{Path, PathBuf};

use glassurn_casefile::{
    Mapping, RawTable, catalogue,
    catalogue::DataSet,
    examination::MappingFrom,
    formats::{self, ReadOptions},
    mapping,
};
use glassurn_methods::simulate;
use glassurn_model::Returns;

use crate::{exit_code::Exit, failure::Failure, flags::InputArgs, places, progress::Progress};

/// Seed of the elections that `demo` and `demo-clean` show.
const DEMO_SEED: u64 = 1;

/// Returns, and how they came about.
pub(crate) struct Loaded {
    pub(crate) returns: Returns,
    pub(crate) mapping: Mapping,
    pub(crate) from: MappingFrom,
    /// Short name for output files.
    pub(crate) name: String,
}

impl InputArgs {
    /// One input that is recognised, or known by the catalogue, and takes no option of its own.
    pub(crate) fn plain(input: &Path) -> Self {
        InputArgs {
            inputs: vec![input.to_owned()],
            mapping: None,
            recognise: false,
            table: None,
            encoding: None,
            delimiter: None,
        }
    }
}

/// Tables read from disk, and the data set they are known to be.
struct Tables {
    tables: Vec<RawTable>,
    /// What a reader of the tables must know, in words.
    notes: Vec<String>,
    known: Option<DataSet>,
}

/// Reads the inputs and applies the mapping given, known or recognised.
pub(crate) fn load(args: &InputArgs, progress: &Progress) -> Result<Loaded, Failure> {
    if let Some(demo) = demo(&args.inputs) {
        return Ok(demo);
    }
    let Tables { tables, notes, known } = read(args, progress)?;
    progress.step("recognising columns");
    let (mapping, from) = choose_mapping(args, &tables, known)?;
    progress.step("applying the mapping");
    let mut returns = mapping::apply(&tables, &mapping)?;
    returns.notes.splice(..0, notes);
    if returns.title.is_empty() {
        returns.title = stem(&args.inputs[0]);
    }
    Ok(Loaded { returns, mapping, from, name: stem(&args.inputs[0]) })
}

/// The mapping of the inputs, without applying it.
pub(crate) fn mapping_of(args: &InputArgs, progress: &Progress) -> Result<Mapping, Failure> {
    if let Some(demo) = demo(&args.inputs) {
        return Ok(demo.mapping);
    }
    let Tables { tables, known, .. } = read(args, progress)?;
    progress.step("recognising columns");
    Ok(choose_mapping(args, &tables, known)?.0)
}

/// `demo` and `demo-clean` need no file.
fn demo(inputs: &[PathBuf]) -> Option<Loaded> {
    let [only] = inputs else { return None };
    let name = only.to_str().filter(|_| !only.exists())?;
    let returns = match name {
        "demo" => simulate::demo(DEMO_SEED),
        "demo-clean" => simulate::demo_clean(DEMO_SEED),
        _ => return None,
    };
    let mapping = Mapping { title: returns.title.clone(), ..Mapping::default() };
    Some(Loaded { returns, mapping, from: MappingFrom::Simulated, name: name.to_owned() })
}

/// Reads every input into tables.
fn read(args: &InputArgs, progress: &Progress) -> Result<Tables, Failure> {
    let options = ReadOptions {
        encoding: args.encoding.clone(),
        delimiter: args.delimiter,
        table: args.table.clone(),
        ..ReadOptions::default()
    };
    let (mut tables, mut notes) = (Vec::new(), Vec::new());
    let mut named = None;
    for input in &args.inputs {
        let path = match data_set(input) {
            Some(set) => places::at_hand(named.insert(set).name).ok_or_else(|| absent(input))?,
            None => input.clone(),
        };
        progress.step(format!("reading {}", path.display()));
        let reading = formats::read(&path, &options)?;
        tables.extend(reading.tables);
        notes.extend(reading.notes.iter().map(|n| format!("{}: {}", n.file, n.what)));
    }
    let known = named.or_else(|| catalogue::known(&tables.first()?.source.sha256));
    Ok(Tables { tables, notes, known })
}

/// The data set of this name, unless a file of that name stands here.
fn data_set(input: &Path) -> Option<DataSet> {
    input.to_str().filter(|_| !input.exists()).and_then(catalogue::find)
}

/// A data set that is known and not on this machine.
fn absent(input: &Path) -> Failure {
    let name = input.display();
    Failure::new(
        Exit::Input,
        format!("the data set {name} is not on this machine"),
        format!(
            "`glassurn get {name}` downloads it; or set GLASSURN_DATA to the folder that has it"
        ),
    )
}

/// The mapping given, else the catalogue's for this very file, else the one recognised.
fn choose_mapping(
    args: &InputArgs,
    tables: &[RawTable],
    known: Option<DataSet>,
) -> Result<(Mapping, MappingFrom), Failure> {
    if let Some(file) = &args.mapping {
        let text = std::fs::read_to_string(file).map_err(|e| unreadable(file, &e))?;
        let from = MappingFrom::Given { file: file.display().to_string() };
        return Ok((Mapping::from_toml(&text)?, from));
    }
    if let Some(set) = known.filter(|_| !args.recognise) {
        return Ok((set.mapping()?, MappingFrom::Catalogue { name: set.name.to_owned() }));
    }
    Ok((mapping::infer(tables)?, MappingFrom::Recognised))
}

/// A mapping file that cannot be read.
fn unreadable(file: &Path, error: &std::io::Error) -> Failure {
    let problem = format!("the mapping {} cannot be read: {error}", file.display());
    Failure::new(Exit::Input, problem, "write one with `glassurn map FILE > mapping.toml`")
}

/// A short name for outputs: the input's name without its extensions.
fn stem(input: &Path) -> String {
    let name = input.file_name().unwrap_or(input.as_os_str()).to_string_lossy();
    let stem = name.split('.').find(|part| !part.is_empty()).unwrap_or("returns");
    stem.to_owned()
}
