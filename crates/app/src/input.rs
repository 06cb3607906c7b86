//! From what the user typed to returns: a file, a folder, a named data set, or a simulated election.

use std::path::{Path, PathBuf};

use glassurn_casefile::{
    Mapping, RawTable, catalogue,
    catalogue::DataSet,
    examination::MappingFrom,
    formats::{self, ReadOptions},
    mapping,
    mapping::MappingError,
    privacy,
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

/// How columns are recognised.
type Infer = fn(&[RawTable]) -> Result<Mapping, MappingError>;

/// Reads the inputs and applies the mapping given, known or recognised.
pub(crate) fn load(args: &InputArgs, progress: &Progress) -> Result<Loaded, Failure> {
    if let Some(demo) = demo(&args.inputs) {
        return Ok(demo);
    }
    Ok(apply(args, read(args, progress)?, mapping::infer, progress)?.0)
}

/// An earlier state of a count: by its own mapping where it is a data set, else read as the count is.
pub(crate) fn load_state(
    state: &Path,
    count: &InputArgs,
    progress: &Progress,
) -> Result<Returns, Failure> {
    let plain = InputArgs::plain(state);
    let args = match data_set(state) {
        Some(_) => plain,
        None => InputArgs {
            mapping: count.mapping.clone(),
            recognise: count.recognise,
            encoding: count.encoding.clone(),
            delimiter: count.delimiter,
            ..plain
        },
    };
    Ok(load(&args, progress)?.returns)
}

/// The same with the tables, so that columns can be had of which the mapping does not speak. A table that
/// says who reported is refused.
pub(crate) fn load_tables(
    args: &InputArgs,
    progress: &Progress,
) -> Result<(Loaded, Vec<RawTable>), Failure> {
    apply(args, read_unnamed(args, progress)?, mapping::infer, progress)
}

/// Reads tables none of which says who reported.
fn read_unnamed(args: &InputArgs, progress: &Progress) -> Result<Tables, Failure> {
    let read = read(args, progress)?;
    read.tables.iter().try_for_each(privacy::refuse)?;
    Ok(read)
}

/// The same for counts that people reported: a table that says who they are is refused, and one of voters
/// without votes is recognised.
pub(crate) fn load_count(args: &InputArgs, progress: &Progress) -> Result<Loaded, Failure> {
    Ok(apply(args, read_unnamed(args, progress)?, mapping::infer_count, progress)?.0)
}

/// Applies the mapping given, known or recognised.
fn apply(
    args: &InputArgs,
    read: Tables,
    infer: Infer,
    progress: &Progress,
) -> Result<(Loaded, Vec<RawTable>), Failure> {
    let Tables { tables, notes, known } = read;
    progress.step("recognising columns");
    let (mapping, from) = choose_mapping(args, &tables, known, infer)?;
    progress.step("applying the mapping");
    let mut returns = mapping::apply(&tables, &mapping)?;
    returns.notes.splice(..0, notes);
    if returns.title.is_empty() {
        returns.title = stem(&args.inputs[0]);
    }
    let name = stem(&args.inputs[0]);
    Ok((Loaded { returns, mapping, from, name }, tables))
}

/// The mapping of the inputs, without applying it.
pub(crate) fn mapping_of(args: &InputArgs, progress: &Progress) -> Result<Mapping, Failure> {
    if let Some(demo) = demo(&args.inputs) {
        return Ok(demo.mapping);
    }
    let Tables { tables, known, .. } = read(args, progress)?;
    progress.step("recognising columns");
    Ok(choose_mapping(args, &tables, known, mapping::infer)?.0)
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
        let paths = match data_set(input) {
            Some(set) => at_hand(*named.insert(set)).ok_or_else(|| absent(input))?,
            None => vec![input.clone()],
        };
        for path in paths {
            progress.step(format!("reading {}", path.display()));
            let reading = formats::read(&path, &options)?;
            tables.extend(reading.tables);
            notes.extend(reading.notes.iter().map(|n| format!("{}: {}", n.file, n.what)));
        }
    }
    let known = named.or_else(|| tables.iter().find_map(published_as));
    if let Some(set) = known.filter(|_| args.mapping.is_none() && !args.recognise) {
        keep_used(&mut tables, set, &mut notes)?;
    }
    Ok(Tables { tables, notes, known })
}

/// The file of a data set and, where they lie beside it, the tables that its mapping joins.
fn at_hand(set: DataSet) -> Option<Vec<PathBuf>> {
    let file = places::at_hand(set.name)?;
    let joins = set.mapping().map(|m| m.joins).unwrap_or_default();
    let joined = joins.iter().map(|j| file.with_file_name(&j.table)).filter(|p| p.is_file());
    let joined: Vec<PathBuf> = joined.collect();
    Some(std::iter::once(file).chain(joined).collect())
}

/// The data set whose published file a table comes from.
fn published_as(table: &RawTable) -> Option<DataSet> {
    table.prints.iter().find_map(|sha256| catalogue::known(sha256))
}

/// Leaves out the tables that a data set's mapping does not speak of, where its published file is among
/// them; says which.
fn keep_used(
    tables: &mut Vec<RawTable>,
    set: DataSet,
    notes: &mut Vec<String>,
) -> Result<(), Failure> {
    let own = |t: &RawTable| published_as(t) == Some(set);
    if !tables.iter().any(own) {
        return Ok(());
    }
    let used = mapping::used(tables, &set.mapping()?, own);
    let mut at = used.iter();
    let (kept, left): (Vec<_>, Vec<_>) =
        std::mem::take(tables).into_iter().partition(|_| at.next().is_some_and(|used| *used));
    *tables = kept;
    if !left.is_empty() {
        let names: Vec<&str> = left.iter().map(|t| t.source.name.as_str()).collect();
        let (count, names) = (names.len(), names.join(", "));
        notes.push(format!("{count} tables are not used by the mapping of {}: {names}", set.name));
    }
    Ok(())
}

/// The only table of a file, whose columns the command itself names.
pub(crate) fn table(
    file: &Path,
    encoding: Option<&str>,
    progress: &Progress,
) -> Result<RawTable, Failure> {
    progress.step(format!("reading {}", file.display()));
    let options = ReadOptions { encoding: encoding.map(ToOwned::to_owned), ..Default::default() };
    let mut tables = formats::read(file, &options)?.tables;
    match (tables.pop(), tables.is_empty()) {
        (Some(only), true) => {
            privacy::refuse(&only)?;
            Ok(only)
        }
        _ => Err(Failure::new(
            Exit::Input,
            format!("{} does not hold exactly one table", file.display()),
            "export the one sheet or member that is meant",
        )),
    }
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
    infer: Infer,
) -> Result<(Mapping, MappingFrom), Failure> {
    if let Some(file) = &args.mapping {
        let text = std::fs::read_to_string(file).map_err(|e| unreadable(file, &e))?;
        let from = MappingFrom::Given { file: file.display().to_string() };
        return Ok((Mapping::from_toml(&text)?, from));
    }
    if let Some(set) = known.filter(|_| !args.recognise) {
        return Ok((set.mapping()?, MappingFrom::Catalogue { name: set.name.to_owned() }));
    }
    Ok((infer(tables)?, MappingFrom::Recognised))
}

/// A mapping file that cannot be read.
fn unreadable(file: &Path, error: &std::io::Error) -> Failure {
    let problem = format!("the mapping {} cannot be read: {error}", file.display());
    Failure::new(Exit::Input, problem, "write one with `glassurn map FILE > mapping.toml`")
}

/// A short name for outputs: the input's name without its extensions.
pub(crate) fn stem(input: &Path) -> String {
    let name = input.file_name().unwrap_or(input.as_os_str()).to_string_lossy();
    let stem = name.split('.').find(|part| !part.is_empty()).unwrap_or("returns");
    stem.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A table of a folder, whose own file has this print.
    fn table(name: &str, print: &str) -> RawTable {
        let mut table = RawTable::default();
        table.prints = vec![print.to_owned()];
        table.source.name = format!("folder!{name}");
        table.source.table = Some(name.to_owned());
        table
    }

    #[test]
    fn a_known_file_anywhere_among_the_tables_decides_which_are_used() {
        let set = catalogue::find("belarus-2020").unwrap();
        let print = set.mapping().unwrap().published.unwrap().sha256;
        let mut tables = vec![
            table("geo-categorized.csv", "1"),
            table("tusted_by_voice.csv", "2"),
            table("renamed.csv", &print),
            table("zubr-observers.csv", "3"),
            table("zubr.csv", "4"),
        ];
        assert_eq!(tables.iter().find_map(published_as), Some(set));
        let mut notes = Vec::new();
        keep_used(&mut tables, set, &mut notes).unwrap();
        let names: Vec<&str> = tables.iter().filter_map(|t| t.source.table.as_deref()).collect();
        assert_eq!(names, ["geo-categorized.csv", "renamed.csv", "zubr.csv"]);
        assert_eq!(
            notes,
            [
                "2 tables are not used by the mapping of belarus-2020: folder!tusted_by_voice.csv, folder!zubr-observers.csv"
            ]
        );
    }

    #[test]
    fn a_file_that_is_not_as_published_leaves_all_tables() {
        let set = catalogue::find("belarus-2020").unwrap();
        let mut tables = vec![table("voice.csv", "1"), table("more.csv", "2")];
        let mut notes = Vec::new();
        keep_used(&mut tables, set, &mut notes).unwrap();
        assert_eq!((tables.len(), notes.len()), (2, 0));
    }
}
