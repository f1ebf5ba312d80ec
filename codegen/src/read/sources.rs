//! Reads what users give in files beside attributes: contract files and introspection files.

use super::clang::RawAttrs;
use super::text_file::TextFile;
use crate::contract::{Declared, Sources, file, gir};
use crate::diag::Diagnostics;
use std::path::PathBuf;

/// Reads all files, named relative to one of `folders` or absolutely, and tells where they lie.
///
/// # Errors
///
/// Files that cannot be read, or are not what they are named as, all together.
pub fn read(
    contract_files: &[String],
    girs: &[String],
    folders: &[PathBuf],
) -> Result<(Sources, Vec<PathBuf>), Diagnostics> {
    let (mut sources, mut files, mut diagnostics) = (Sources::default(), Vec::new(), Diagnostics::new());
    for name in contract_files {
        let read = TextFile::read(name, folders, "contract file").and_then(|text| Ok((file::parse(&text)?, text.path)));
        match read {
            Ok((contracts, path)) => {
                sources.files.push(contracts);
                files.push(path);
            }
            Err(errors) => diagnostics.extend(errors),
        }
    }
    for name in girs {
        let read = TextFile::read(name, folders, "introspection file")
            .and_then(|text| gir::parse(&text, &mut sources.introspection).map(|()| text.path));
        match read {
            Ok(path) => files.push(path),
            Err(errors) => diagnostics.extend(errors),
        }
    }
    diagnostics.barrier()?;
    Ok((sources, files))
}

/// What the headers declare, bound or not.
pub fn declared(raw: &RawAttrs) -> Declared {
    Declared {
        functions: raw.functions.iter().map(|function| function.name.clone()).collect(),
        records: raw.records.iter().map(|record| record.name.clone()).collect(),
    }
}
