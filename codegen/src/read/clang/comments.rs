//! Decides what the comment on a declaration says once its markers are gone.

use super::layer::{Cursor, Unit};
use super::raw::{Direction, RawParam};

/// The comment attached to a declaration.
pub(super) fn comment(cursor: Cursor<'_>) -> Option<String> {
    cursor.raw_comment().map(|text| clean_comment(&text)).filter(|text| !text.is_empty())
}

/// For each parameter, the direction its comment states.
pub(super) fn directions(cursor: Cursor<'_>, params: &[RawParam]) -> Vec<Option<Direction>> {
    let mut directions = vec![None; params.len()];
    for (name, direction) in cursor.commented_directions() {
        let param = params.iter().position(|param| param.name.as_deref() == Some(name.as_str()));
        if let Some(known) = param.and_then(|at| directions.get_mut(at)) {
            *known = direction;
        }
    }
    directions
}

/// The name that stands in a comment instead: `Display * /* display */`.
pub(super) fn name_behind(cursor: Cursor<'_>, unit: &Unit<'_>) -> Option<String> {
    let (text, start) = cursor.source(unit)?;
    word_in_comment(text.get(start..)?)
}

/// The word that is all of the only comment up to the comma or bracket behind a parameter.
fn word_in_comment(text: &str) -> Option<String> {
    let mut depth = 0;
    let mut found = None;
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        match c {
            '(' | '[' => depth += 1,
            ',' | ')' if depth == 0 => return found,
            ')' | ']' => depth -= 1,
            ';' | '{' | '#' => return None,
            '/' if rest.starts_with("/*") => {
                let (comment, behind) = rest[2..].split_once("*/")?;
                let word = comment.trim();
                let is_word = word.starts_with(|c: char| c.is_ascii_alphabetic())
                    && word.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
                // Two comments, or words about the parameter, are no name; those inside of its type are another's.
                let is_free = found.is_none() && is_word && !NO_NAMES.contains(&word.to_ascii_lowercase().as_str());
                if depth == 0 && !is_free {
                    return None;
                }
                found = found.or_else(|| (depth == 0).then(|| word.to_owned()));
                rest = behind;
                continue;
            }
            _ => {}
        }
        rest = &rest[c.len_utf8()..];
    }
    None
}

/// Words that comments say of parameters without naming them.
const NO_NAMES: &[&str] =
    &["in", "out", "inout", "unused", "optional", "nullable", "const", "void", "null", "ignored", "reserved"];

/// The text of a comment without what makes it one.
pub(super) fn clean_comment(raw: &str) -> String {
    let mut lines = Vec::new();
    for line in raw.lines() {
        let mut line = line.trim();
        line = line.strip_suffix("*/").unwrap_or(line).trim_end();
        for marker in ["/**<", "/*!<", "///<", "//!<", "/**", "/*!", "///", "//!", "/*", "//", "*"] {
            if let Some(rest) = line.strip_prefix(marker) {
                line = rest.trim_start_matches(['*', '/']);
                break;
            }
        }
        lines.push(line.strip_prefix(' ').unwrap_or(line).trim_end());
    }
    let text = lines.join("\n");
    text.trim_matches('\n').trim().to_owned()
}
