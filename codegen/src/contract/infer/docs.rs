//! What comments on a declaration say of its parameters.

use super::Findings;
use super::index::Subject;
use crate::contract::{Claim, Direction, Extent, Nullability};
use crate::model::{Access, HeaderAttr};

/// Adds what comments say.
pub(super) fn apply(subject: &Subject<'_>, out: &mut Findings<'_>) {
    for attr in &subject.function.attrs {
        if let HeaderAttr::Documented(at, access) = attr {
            let direction = match access {
                Access::Read => Direction::In,
                Access::Write => Direction::Out,
                Access::ReadWrite => Direction::InOut,
                Access::None => continue,
            };
            if subject.params.get(*at).is_some_and(|arg| arg.shape.is_pointer()) {
                out.claim(*at, Claim::Direction(direction), "doxygen-direction", "documented direction");
            }
        }
    }
    let Some(docs) = &subject.function.docs else { return };
    for (at, arg) in subject.params.iter().enumerate().filter(|(_, arg)| arg.shape.is_pointer()) {
        let Some(text) = paragraph(docs, &arg.name) else { continue };
        let lower = text.to_ascii_lowercase();
        let has = |words: &[&str]| words.iter().any(|word| lower.contains(word));
        let direction = match () {
            () if has(&["(out)", "(out ", "[out]"]) => Some(Direction::Out),
            () if has(&["(inout)", "[in,out]", "[inout]"]) => Some(Direction::InOut),
            () => None,
        };
        if let Some(direction) = direction.filter(|_| arg.shape.is_mut()) {
            out.claim(at, Claim::Direction(direction), "docs-hint", text);
        }
        if has(&["may be null", "can be null", "(nullable)", "or null", "may also be null"]) {
            out.claim(at, Claim::Nullability(Nullability::Nullable), "docs-hint", text);
        } else if has(&["must not be null", "cannot be null", "may not be null", "(not nullable)"]) {
            out.claim(at, Claim::Nullability(Nullability::Nonnull), "docs-hint", text);
        }
        if has(&["null-terminated", "nul-terminated", "null terminated", "nul terminated", "zero-terminated"]) {
            out.claim(at, Claim::Extent(Extent::NullTerminated), "docs-hint", text);
        }
    }
}

/// The line that speaks of a parameter: `@name: …`, `@param name …`, `\param[out] name …`.
fn paragraph<'a>(docs: &'a str, name: &str) -> Option<&'a str> {
    docs.lines().map(str::trim).find(|line| {
        let Some(rest) = line.strip_prefix(['@', '\\']) else { return false };
        let rest = match rest.strip_prefix("param") {
            Some(rest) if rest.starts_with('[') => rest.split_once(']').map_or(rest, |(_, rest)| rest),
            Some(rest) if rest.starts_with(' ') => rest,
            _ => rest,
        };
        let rest = rest.trim_start();
        rest.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with([':', ' ', '\t']))
    })
}

#[cfg(test)]
mod tests {
    use super::paragraph;

    #[test]
    fn the_line_of_a_parameter() {
        let docs = "Reads.\n@names: a null-terminated array\n@param n may be NULL\n\\param[out] to (out) the result";
        assert_eq!(paragraph(docs, "names"), Some("@names: a null-terminated array"));
        assert_eq!(paragraph(docs, "n"), Some("@param n may be NULL"));
        assert_eq!(paragraph(docs, "to"), Some("\\param[out] to (out) the result"));
        assert_eq!(paragraph(docs, "name"), None);
        assert_eq!(paragraph(docs, "Reads"), None);
    }
}
