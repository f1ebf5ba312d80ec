//! Diagnostics as text: for a terminal, and for `compile_error!`.

use super::{Diagnostic, Place};

/// The form for a terminal or a build log.
pub(super) fn text(diagnostic: &Diagnostic) -> String {
    let mut out = format!("error[{}]: {}", diagnostic.code.id, diagnostic.message);
    match &diagnostic.place {
        Place::Token(span) => {
            let start = span.start();
            if start.line > 0 {
                out.push_str(&format!("\n  --> line {}, column {}", start.line, start.column + 1));
            }
        }
        Place::Header(at) => out.push_str(&format!("\n  --> {at}")),
        Place::Unknown => {}
    }
    tail(&mut out, diagnostic);
    out
}

/// The form for `compile_error!`: rustc adds "error" and the place itself.
pub(super) fn compile_error(diagnostic: &Diagnostic) -> String {
    let mut out = format!("{} [{}]", diagnostic.message, diagnostic.code.id);
    if let Place::Header(at) = &diagnostic.place {
        out.push_str(&format!("\n  = note: at {at}"));
    }
    tail(&mut out, diagnostic);
    out
}

fn tail(out: &mut String, diagnostic: &Diagnostic) {
    for note in &diagnostic.notes {
        out.push_str(&format!("\n  = note: {note}"));
    }
    if let Some(help) = &diagnostic.help {
        out.push_str(&format!("\n  = help: {help}"));
    }
}

/// Longer names are no slip of a finger.
const LONGEST: usize = 256;

/// The candidate most like `name`, if one is near enough to be meant.
pub fn closest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    candidates
        .into_iter()
        // Nobody mistypes such names, and comparing them takes the square of their length.
        .filter(|candidate| candidate.len().max(name.len()) <= LONGEST)
        .map(|candidate| (distance(name, candidate), candidate))
        .filter(|(distance, candidate)| *distance <= (1 + candidate.len().min(name.len())) / 3)
        .min()
        .map(|(_, candidate)| candidate)
}

/// Levenshtein's edit distance.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, left) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, right) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(left != *right);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::closest;

    #[test]
    fn suggests_only_what_is_near() {
        assert_eq!(closest("nonull", ["nonnull", "nullable", "out"]), Some("nonnull"));
        assert_eq!(closest("count", ["iovcnt", "fd"]), None);
        assert_eq!(closest("flowthrough", ["flow_through", "out"]), Some("flow_through"));
    }
}
