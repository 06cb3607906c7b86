//! Lists the tables in files and folders: `cargo run -p glassurn-casefile --example tables -- FILE…`

#![allow(clippy::print_stdout)]

use std::path::Path;
use std::time::Instant;

use glassurn_casefile::formats::{ReadOptions, read};

fn main() {
    for file in std::env::args().skip(1) {
        let start = Instant::now();
        let reading = read(Path::new(&file), &ReadOptions::default());
        let took = start.elapsed();
        match reading {
            Err(error) => println!("{error}\n  hint: {}", error.hint),
            Ok(reading) => {
                for table in &reading.tables {
                    let source = &table.source;
                    let format = source.format.join(" > ");
                    let sheet = source.table.as_deref().unwrap_or("-");
                    let (rows, columns) = (table.len(), table.width());
                    println!("{}: {sheet}, {format}, {rows} rows, {columns} columns", source.name);
                }
                reading.notes.iter().for_each(|n| println!("  {}: {}", n.file, n.what));
            }
        }
        println!("{file}: {:.1} ms", took.as_secs_f64() * 1e3);
    }
}
