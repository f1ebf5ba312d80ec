//! Decides what the comment on a declaration says once its markers are gone.

use super::layer::Cursor;
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
