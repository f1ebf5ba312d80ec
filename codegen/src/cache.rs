//! Bindings kept beside the build's output, found again by the content of every header they came from.

use crate::Builder;
use crate::config;
use crate::diag::Diagnostics;
use crate::output;
use crate::read::{self, libclang};
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};

/// Bindings as text, and the headers and contract files they came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cached {
    /// Rust code.
    pub code: String,
    /// Absolute paths.
    pub files: Vec<PathBuf>,
}

/// First line of an entry, with the version of its form.
const MARK: &str = "//@ pinned-ffi cache 1";

/// The bindings of `builder`, from the cache where no header has changed.
///
/// In-process reading comes first; where libclang cannot work inside this process (another LLVM is
/// loaded already), the `pinned-ffi` command does it as a helper.
///
/// # Errors
///
/// Those of [`Builder::generate`].
pub fn through(builder: &Builder) -> Result<Cached, Diagnostics> {
    let entry = config::cache_dir_from_env()
        .map(|folder| (folder.join(format!("{:016x}.rs", hash(builder.fingerprint().as_bytes()))), folder));
    if let Some((path, _)) = &entry
        && let Some(cached) = load(path)
    {
        return Ok(cached);
    }
    let (cached, stamps) = match builder.generate() {
        Ok(bindings) => {
            (Cached { code: bindings.output.code.to_string(), files: bindings.files }, Some(bindings.stamps))
        }
        Err(diagnostics) => match helped(builder) {
            Some(cached) => (cached, None),
            None => return Err(diagnostics),
        },
    };
    if let Some((path, folder)) = entry {
        let rendered = render(&cached);
        // A header that changed since it was read would be stored with a content that these bindings are not of.
        let is_of_now = stamps.is_none_or(|stamps| stamps.are_current());
        // A cache that cannot be written costs time, not correctness.
        if is_of_now && read::make_dir(&folder) {
            let _ = output::write(&path, &rendered);
        }
    }
    Ok(cached)
}

/// Asks the command, where no libclang works in this process: the helper has no LLVM of rustc's beside it.
fn helped(builder: &Builder) -> Option<Cached> {
    libclang::open().err()?;
    let mut args = builder.command_line();
    args.push("--cache-entry".into());
    parse(&read::run_helper(&config::helper_from_env(), &args)?)
}

/// An entry as text: each header with its hash, then the code.
pub fn render(cached: &Cached) -> String {
    let mut out = format!("{MARK}\n");
    for file in &cached.files {
        let hash = read::content(file).map_or(0, |content| hash(&content));
        out.push_str(&format!("//@ {hash:016x} {}\n", file.display()));
    }
    out.push_str(&cached.code);
    out.push('\n');
    out
}

fn parse(text: &str) -> Option<Cached> {
    let mut lines = text.lines();
    if lines.next()? != MARK {
        return None;
    }
    let mut files = Vec::new();
    let mut code = String::new();
    for line in lines {
        match line.strip_prefix("//@ ") {
            Some(rest) if code.is_empty() => files.push(PathBuf::from(rest.split_once(' ')?.1)),
            _ => {
                code.push_str(line);
                code.push('\n');
            }
        }
    }
    Some(Cached { code, files })
}

/// An entry whose headers still have the content they had.
fn load(path: &Path) -> Option<Cached> {
    let text = String::from_utf8(read::content(path)?).ok()?;
    let cached = parse(&text)?;
    let unchanged = text.lines().skip(1).map_while(|line| line.strip_prefix("//@ ")).all(|line| {
        line.split_once(' ').is_some_and(|(expected, file)| {
            read::content(Path::new(file)).is_some_and(|content| format!("{:016x}", hash(&content)) == expected)
        })
    });
    unchanged.then_some(cached)
}

/// Tells contents apart; entries live in one build folder, so the hash need not be the same everywhere.
fn hash(bytes: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    bytes.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_reads_back() {
        let cached = Cached { code: "fn a() { }\nfn b() { }\n".into(), files: vec![PathBuf::from("/a b/c.h")] };
        assert_eq!(parse(&render(&cached).replace("}\n\n", "}\n")), Some(cached));
        assert_eq!(parse("fn a() {}"), None);
    }
}
