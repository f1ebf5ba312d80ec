//! Bindings of headers, measured by `cargo xtask corpus`'s own program: made, and type-checked, ours and bindgen's in turns.

use crate::cargo::{artifact, root};
use crate::figure::{Figure, Part, Whose};
use crate::figures::Figures;
use crate::rows::{ALL, HEADERS, SIZES};
use serde_json::Value;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Rounds of these, which take seconds each.
const ROUNDS: usize = 3;

/// What the corpus writes of a header, and which figures that is.
const FIELDS: &[(&str, Part, Whose)] = &[
    ("ours_ms", Part::Generate, Whose::Ours),
    ("bindgen_ms", Part::Generate, Whose::Bindgen),
    ("check_ms", Part::Check, Whose::Ours),
    ("bindgen_check_ms", Part::Check, Whose::Bindgen),
    ("peak_kib", Part::Memory, Whose::Ours),
    ("bindgen_peak_kib", Part::Memory, Whose::Bindgen),
];

/// Measures what is wanted of it.
pub(crate) fn measure(wanted: &[Figure], rounds: usize, figures: &mut Figures) -> Result<(), String> {
    let is_of_corpus = |part: Part| matches!(part, Part::Generate | Part::Check | Part::Memory);
    let mine: Vec<(&Figure, &str)> = wanted
        .iter()
        .filter_map(|figure| match figure {
            Figure::Bindings(part, _, name) if is_of_corpus(*part) => Some((figure, *name)),
            _ => None,
        })
        .collect();
    if mine.is_empty() {
        return Ok(());
    }
    let is_wanted = |name: &str| mine.iter().any(|(_, wanted)| *wanted == name);
    let mut lines: Vec<(&str, String)> = HEADERS
        .iter()
        .filter(|header| is_wanted(header.name) || is_wanted(ALL))
        .map(|header| {
            (header.name, format!("{}\t{}\t#include <{}>\n", header.package, header.pkg_config, header.include))
        })
        .collect();
    // The first reading of all finds nothing of libclang in memory, and is nobody's.
    lines.insert(0, ("", "libc6-dev\t-\t#include <stddef.h>\n".to_owned()));
    let folder = root().join("target/bench/bindings");
    std::fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    for (count, name) in SIZES.iter().filter(|(_, name)| is_wanted(name)) {
        let header = folder.join(format!("functions_{count}.h"));
        write(&header, &made_up(*count))?;
        lines.push((name, format!("libc6-dev\t-\t#include \"{}\"\n", header.display())));
    }
    let list = folder.join("headers.tsv");
    write(&list, &lines.iter().map(|(_, line)| line.as_str()).collect::<String>())?;
    let corpus = match program() {
        Ok(program) => program,
        Err(why) => {
            mine.iter().for_each(|(figure, _)| figures.miss(figure, &why));
            return Ok(());
        }
    };
    let rounds = rounds.min(ROUNDS);
    for round in 0..rounds {
        eprintln!("bench: bindings, round {} of {rounds}", round + 1);
        let rows = once(&corpus, &list, &folder.join("rows.json"))?;
        let names = lines.iter().map(|(name, _)| *name);
        add(&names.zip(rows).collect::<Vec<_>>(), figures);
    }
    Ok(())
}

/// The program of the corpus.
pub(crate) fn program() -> Result<PathBuf, String> {
    artifact(Some("corpus"), "pinned-ffi-corpus", &["--release", "-p", "pinned-ffi-corpus"])
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    std::fs::write(path, text).map_err(|error| format!("{}: {error}", path.display()))
}

/// One run of the corpus: its rows, in the order of the list.
fn once(corpus: &Path, list: &Path, out: &Path) -> Result<Vec<Value>, String> {
    let output = Command::new(corpus)
        .arg(list)
        .arg("--out")
        .arg(out)
        .args(["--runs", "1"])
        .current_dir(root())
        .output()
        .map_err(|error| format!("{}: {error}", corpus.display()))?;
    let text = std::fs::read_to_string(out)
        .map_err(|_| format!("the corpus fails: {}", String::from_utf8_lossy(&output.stderr)))?;
    let read: Value = serde_json::from_str(&text).map_err(|error| format!("{}: {error}", out.display()))?;
    read["rows"].as_array().cloned().ok_or_else(|| format!("{} has no rows", out.display()))
}

/// Takes the figures of one round out of its rows.
fn add(rows: &[(&str, Value)], figures: &mut Figures) {
    for (field, part, whose) in FIELDS {
        let (mut sum, mut is_any) = (0.0, false);
        for (name, row) in rows {
            let header = HEADERS.iter().map(|header| header.name).find(|header| header == name);
            let made_up = SIZES.iter().map(|(_, size)| *size).find(|size| size == name);
            let Some(known) = header.or(made_up) else { continue };
            let figure = Figure::Bindings(*part, *whose, known);
            if let Some(missing) = row["missing"].as_str() {
                figures.miss(&figure, &format!("{missing} is not installed"));
            } else if row["ok"] != true {
                figures.miss(&figure, &format!("the corpus refuses it: {}", row["errors"]));
            } else if let Some(value) = row[*field].as_f64() {
                figures.add(&figure, value);
                if header.is_some() {
                    sum = if *part == Part::Memory { value.max(sum) } else { sum + value };
                    is_any = true;
                }
            }
        }
        let all = Figure::Bindings(*part, *whose, ALL);
        if is_any {
            figures.add(&all, sum);
        } else {
            figures.miss(&all, "no header of the list is installed");
        }
    }
}

/// A header of many functions, like those of real libraries: structures, texts, buffers, callbacks.
fn made_up(functions: usize) -> String {
    let mut text = String::from("#include <stddef.h>\n#include <stdint.h>\n");
    for number in 0..functions {
        if number % 10 == 0 {
            let _ = writeln!(
                text,
                "typedef struct kind_{number} {{ int size; const char *name; void *data; }} kind_{number};"
            );
        }
        let kind = number / 10 * 10;
        let _ = match number % 4 {
            0 => writeln!(text, "int made_up_{number}(kind_{kind} *of, const uint8_t *bytes, size_t len);"),
            1 => writeln!(text, "const char *made_up_{number}(const kind_{kind} *of, const char *name);"),
            2 => writeln!(text, "size_t made_up_{number}(kind_{kind} *of, void *out, size_t room, int flags);"),
            _ => {
                writeln!(text, "int made_up_{number}(kind_{kind} *of, int (*call)(void *data, int code), void *data);")
            }
        };
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn sums_are_of_headers_that_are_there() {
        let rows = [
            ("zlib", json!({"missing": null, "ok": true, "ours_ms": 10.0, "peak_kib": 70})),
            ("expat", json!({"missing": "libexpat1-dev", "ok": false})),
            ("lzma", json!({"missing": null, "ok": true, "ours_ms": 5.0, "peak_kib": 90})),
            ("10 functions", json!({"missing": null, "ok": true, "ours_ms": 1000.0, "peak_kib": 1000})),
        ];
        let mut figures = Figures::default();
        add(&rows, &mut figures);
        let get = |part, name| figures.get(&Figure::Bindings(part, Whose::Ours, name));
        assert_eq!(get(Part::Generate, ALL), Some(15.0));
        assert_eq!(get(Part::Memory, ALL), Some(90.0));
        assert_eq!(get(Part::Generate, "10 functions"), Some(1000.0));
        assert_eq!(get(Part::Generate, "expat"), None);
        let missing = figures.missing(&Figure::Bindings(Part::Generate, Whose::Ours, "expat"));
        assert_eq!(missing, "libexpat1-dev is not installed");
    }

    #[test]
    fn a_made_up_header_has_that_many() {
        assert_eq!(made_up(12).matches(" made_up_").count() + made_up(12).matches(" *made_up_").count(), 12);
    }
}
