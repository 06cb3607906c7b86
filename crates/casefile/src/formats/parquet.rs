//! Parquet. The reader is large, so it is built in only with the feature `parquet`.

use super::{Format, Item, ReadError, Session};

pub(super) const FORMAT: Format =
    Format { name: "parquet", marked: |data| data.starts_with(b"PAR1"), read };

#[cfg(not(feature = "parquet"))]
fn read(item: Item, _: &mut Session<'_>) -> Result<(), ReadError> {
    let hint = "build Glassurn with `--features parquet`, or save the table as CSV";
    Err(item.error("it is a Parquet file, which this build does not read", hint))
}

/// What to do about a file that other programs may still open.
#[cfg(feature = "parquet")]
const SAVE: &str = "save the table as CSV with the program that made it";

#[cfg(feature = "parquet")]
fn read(item: Item, session: &mut Session<'_>) -> Result<(), ReadError> {
    // The one place where a panic of another's reader is held: it trusts offsets inside damaged pages.
    let table = std::panic::catch_unwind(|| rows::table(&item.data, session.options));
    let table = table.unwrap_or_else(|_| Err("the file is damaged".to_owned()));
    let table = table.map_err(|problem| item.error(problem, SAVE))?;
    session.push(table, &item, FORMAT.name, None, None);
    Ok(())
}

#[cfg(feature = "parquet")]
mod rows {
    use bytes::Bytes;
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::Field;

    use crate::RawTable;
    use crate::formats::{ReadOptions, serial};

    /// Reads all rows.
    pub(super) fn table(data: &[u8], options: &ReadOptions) -> Result<RawTable, String> {
        let limits = &options.limits;
        let broken = |e: parquet::errors::ParquetError| format!("the file is damaged: {e}");
        let file = SerializedFileReader::new(Bytes::copy_from_slice(data)).map_err(broken)?;
        let groups = file.metadata().row_groups();
        let unpacked = groups.iter().fold(0_i64, |sum, g| sum.saturating_add(g.total_byte_size()));
        let allowed = i64::try_from(limits.allowance(data.len() as u64)).unwrap_or(i64::MAX);
        if !(0..=allowed).contains(&unpacked) {
            return Err(format!("its contents are larger than {} MiB", allowed >> 20));
        }
        let mut table = RawTable::default();
        for row in file.get_row_iter(None).map_err(broken)? {
            let row = row.map_err(broken)?;
            let cells: Vec<String> = row.get_column_iter().map(|(_, field)| cell(field)).collect();
            limits.check(&table, cells.len())?;
            let number = u32::try_from(table.len() + 1).unwrap_or(u32::MAX);
            let cells = cells.iter().map(String::as_str);
            table.push_row(number, cells).map_err(|e| e.to_string())?;
        }
        let schema = file.metadata().file_metadata().schema_descr().root_schema();
        let names = schema.get_fields().iter().map(|f| f.name());
        table.set_names(names).map_err(|e| e.to_string())?;
        Ok(table)
    }

    /// A field as text.
    fn cell(field: &Field) -> String {
        match field {
            Field::Null => String::new(),
            Field::Str(text) => text.clone(),
            Field::Float(value) => value.to_string(),
            Field::Double(value) => serial::number(*value),
            Field::Bytes(bytes) => String::from_utf8_lossy(bytes.data()).into_owned(),
            other => other.to_string(),
        }
    }
}
