//! Decides where the attributes are in the text of a C declaration, and where that text ends.

/// The attributes in a printed declaration that belong to it and not to its parameters.
pub(super) fn printed_attributes(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = text;
    let mut depth = 0;
    while let Some(c) = rest.chars().next() {
        let starts = ["__attribute__((", "__attribute((", "__attribute__ ((", "[["];
        if let Some(start) = starts.into_iter().find(|start| depth == 0 && rest.starts_with(start)) {
            let (inside, after) = balanced(&rest[start.len() - 1..]);
            found.extend(split_arguments(inside));
            // The outer bracket closes right after the inner one.
            rest = after.trim_start().get(1..).unwrap_or_default();
            continue;
        }
        match c {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth -= 1,
            '"' | '\'' => {
                rest = after_literal(rest);
                continue;
            }
            _ => {}
        }
        rest = &rest[c.len_utf8()..];
    }
    found
}

/// Splits `(inside) after` at the parenthesis or bracket that closes the first one.
fn balanced(text: &str) -> (&str, &str) {
    let mut depth = 0;
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => {
                depth -= 1;
                if depth == 0 {
                    return (&text[1..at], &text[at + 1..]);
                }
            }
            '"' | '\'' => {
                at = text.len() - after_literal(&text[at..]).len();
                continue;
            }
            _ => {}
        }
        at += c.len_utf8();
    }
    (text.get(1..).unwrap_or_default(), "")
}

/// What follows the string or character that the text begins with.
fn after_literal(text: &str) -> &str {
    let mut chars = text.char_indices();
    let Some((_, quote)) = chars.next() else {
        return text;
    };
    while let Some((at, c)) = chars.next() {
        match c {
            '\\' => drop(chars.next()),
            _ if c == quote => return &text[at + 1..],
            _ => {}
        }
    }
    ""
}

/// The parts between commas that no bracket or literal holds.
fn split_arguments(text: &str) -> Vec<String> {
    let mut parts = Vec::new();
    let mut depth = 0;
    let mut start = 0;
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(text[start..at].trim().to_owned());
                start = at + 1;
            }
            '"' | '\'' => {
                at = text.len() - after_literal(&text[at..]).len();
                continue;
            }
            _ => {}
        }
        at += c.len_utf8();
    }
    parts.push(text[start..].trim().to_owned());
    parts.retain(|part| !part.is_empty());
    parts
}

/// The text of a declaration without its comments, up to the `;` or the body.
pub(super) fn declaration_text(source: &str) -> String {
    let mut text = String::new();
    let mut rest = source;
    let mut depth = 0;
    while let Some(c) = rest.chars().next() {
        if rest.starts_with("/*") {
            rest = rest.find("*/").map_or("", |end| &rest[end + 2..]);
            text.push(' ');
            continue;
        }
        if rest.starts_with("//") {
            rest = rest.find('\n').map_or("", |end| &rest[end..]);
            continue;
        }
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            ';' | '{' if depth <= 0 => break,
            '"' => {
                let after = after_literal(rest);
                text.push_str(&rest[..rest.len() - after.len()]);
                rest = after;
                continue;
            }
            _ => {}
        }
        text.push(c);
        rest = &rest[c.len_utf8()..];
    }
    text
}

/// A text unless it is empty, as libclang gives it for what is not there.
pub(super) fn non_empty(text: String) -> Option<String> {
    Some(text).filter(|text| !text.is_empty())
}
