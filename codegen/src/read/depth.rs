//! Decides whether declarations are nested so deeply that reading them could use up the stack.

use super::clang::RawAttrs;
use crate::diag::{Diagnostic, Diagnostics, Place, codes};
use std::path::Path;

/// How deep an item may be. Parsing what is twice as deep fits into 2 MiB, the stack of a thread, without optimisation.
const DEEPEST: usize = 48;

/// A type's arguments take as much stack as this many pointers or arrays: `Option<fn() -> T>`.
const ARGUMENTS: usize = 4;

/// Refuses text of bindgen's with an item that is too deep, at its place in the header.
///
/// # Errors
///
/// The first such item.
pub fn refuse_deep(text: &str, raw: &RawAttrs) -> Result<(), Diagnostics> {
    let Some(name) = first_deep(text) else { return Ok(()) };
    let functions = raw.functions.iter().map(|function| (&function.name, &function.location));
    let records = raw.records.iter().map(|record| (&record.name, &record.location));
    let found = functions.chain(records).find(|(known, _)| *known == name);
    let place = found
        .map_or(Place::Unknown, |(_, at)| Place::Header(format!("{}:{}:{}", at.file.display(), at.line, at.column)));
    Err(Diagnostic::new(codes::C_ERROR, place, format!("the type of `{name}` is nested too deeply"))
        .help("name its parts with typedefs, or leave it out with `allow`")
        .into())
}

/// Declarators in a row that no reader's stack is asked to hold: bindgen and syn go down once for each.
const LONGEST: usize = 512;

/// Refuses a header's own text with a row of stars or brackets so long that a reader would run out of stack, at its line.
///
/// # Errors
///
/// The first such row.
pub fn refuse_rows(file: &Path) -> Result<(), Diagnostics> {
    // What cannot be read clang tells, at the line that includes it.
    let Some(line) = std::fs::read(file).ok().and_then(|text| first_row(&text)) else { return Ok(()) };
    let place = Place::Header(format!("{}:{line}:1", file.display()));
    Err(Diagnostic::new(codes::C_ERROR, place, format!("more than {LONGEST} pointers or arrays in one declaration"))
        .help("name a part of the type with a typedef")
        .into())
}

/// The line of the first row that is too long; comments and literals are no rows.
fn first_row(text: &[u8]) -> Option<usize> {
    let (mut row, mut line, mut at) = (0, 1, 0);
    while at < text.len() {
        let rest = &text[at..];
        let length = match rest {
            [b'/', b'*', ..] => rest.windows(2).skip(2).position(|two| two == b"*/").map_or(rest.len(), |end| end + 4),
            [b'/', b'/', ..] => rest.iter().position(|byte| *byte == b'\n').unwrap_or(rest.len()),
            [quote @ (b'"' | b'\''), literal @ ..] => {
                let mut escaped = false;
                let end = literal.iter().position(|byte| {
                    let ends = (byte == quote && !escaped) || *byte == b'\n';
                    escaped = *byte == b'\\' && !escaped;
                    ends
                });
                end.map_or(rest.len(), |end| end + 2)
            }
            [byte, ..] => {
                match byte {
                    b'*' | b'[' => row += 1,
                    b',' | b';' | b'(' | b'{' | b'}' | b'=' | b'#' => row = 0,
                    _ => {}
                }
                1
            }
            [] => break,
        };
        if row > LONGEST {
            return Some(line);
        }
        line += rest[..length.min(rest.len())].iter().filter(|byte| **byte == b'\n').count();
        at += length;
    }
    None
}

/// The name of the first item in which something is too deep.
fn first_deep(text: &str) -> Option<&str> {
    // Each open bracket with its weight, and the stars before it.
    let mut open: Vec<(&str, usize, usize)> = Vec::new();
    let (mut depth, mut stars) = (0, 0);
    let (mut name, mut before) = ("", "");
    let mut words = Words { rest: text };
    while let Some(word) = words.next() {
        // A sign that compares is never closed, and ends where a type's arguments cannot go on.
        while matches!(word, "{" | ";") && open.last().is_some_and(|(bracket, ..)| *bracket == "<") {
            let Some((_, weight, outer)) = open.pop() else { break };
            (depth, stars) = (depth - weight, outer);
        }
        match word {
            "(" | "[" | "{" | "<" => {
                let weight = if word == "<" { ARGUMENTS } else { 1 };
                open.push((word, weight, stars));
                depth += weight;
            }
            // An arrow is no bracket.
            ">" if before == "-" || before == "=" || open.last().is_none_or(|(bracket, ..)| *bracket != "<") => {}
            ")" | "]" | "}" | ">" => {
                while let Some((bracket, weight, outer)) = open.pop() {
                    (depth, stars) = (depth - weight, outer);
                    if word == ">" || bracket != "<" {
                        break;
                    }
                }
            }
            "," | ";" | "=" => stars = open.last().map_or(0, |(.., outer)| *outer),
            "*" => stars += 1,
            // Functions stand one level down, in their block; a type's name follows at once.
            "fn" | "struct" | "union" | "type" | "static" if depth <= 1 => name = words.next().unwrap_or_default(),
            _ => {}
        }
        before = word;
        if depth + stars > DEEPEST {
            return Some(name);
        }
    }
    None
}

/// The tokens of a Rust text that matter here: words and signs. Literals of text are passed over.
///
/// It goes by bytes, since it sees all that bindgen wrote: what is not ASCII stands in words and in literals only.
struct Words<'a> {
    rest: &'a str,
}

impl<'a> Iterator for Words<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        loop {
            let bytes = self.rest.as_bytes();
            let start = bytes.iter().position(|byte| !byte.is_ascii_whitespace())?;
            let is_word = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_' || !byte.is_ascii();
            let length = match &bytes[start..] {
                [b'"', literal @ ..] => {
                    let mut escaped = false;
                    let end = literal.iter().position(|byte| {
                        let ends = *byte == b'"' && !escaped;
                        escaped = *byte == b'\\' && !escaped;
                        ends
                    })?;
                    self.rest = &self.rest[start + end + 2..];
                    continue;
                }
                [first, ..] if !is_word(first) => 1,
                word => word.iter().position(|byte| !is_word(byte)).unwrap_or(word.len()),
            };
            let (word, rest) = self.rest[start..].split_at(length);
            self.rest = rest;
            return Some(word);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{LONGEST, first_deep, first_row};

    #[test]
    fn rows_are_counted_outside_comments_and_literals() {
        let stars = |count: usize| format!("int x;\nvoid f(int {}p);\n", "*".repeat(count));
        assert_eq!(first_row(stars(LONGEST).as_bytes()), None);
        assert_eq!(first_row(stars(LONGEST + 1).as_bytes()), Some(2));
        let arrays = format!("extern int a{};", "[1]".repeat(LONGEST + 1));
        assert_eq!(first_row(arrays.as_bytes()), Some(1));
        let qualified = format!("\n\nextern int {} p;", "* const".repeat(LONGEST + 1));
        assert_eq!(first_row(qualified.as_bytes()), Some(3));
        let drawn = format!("/{0}\n{0}*/ // {0}\nconst char *s = \"{0}\\\"{0}\"; /* {0}", "*".repeat(900));
        assert_eq!(first_row(drawn.as_bytes()), None);
        let many = "void f(int *a, int *b);\n".repeat(900);
        assert_eq!(first_row(many.as_bytes()), None);
    }

    #[test]
    fn only_types_count() {
        let stars = |count: usize| format!("unsafe extern \"C\" {{ pub fn f(p: {}u8); }}", "*mut ".repeat(count));
        assert_eq!(first_deep(&stars(20)), None);
        assert_eq!(first_deep(&stars(60)), Some("f"));
        let many = format!("unsafe extern \"C\" {{ pub fn f({}); }}", "p: *mut *mut u8, ".repeat(200));
        assert_eq!(first_deep(&many), None);
        let lists = format!("pub struct s {{ a: {}u8{}, }}", "[".repeat(60), "; 1]".repeat(60));
        assert_eq!(first_deep(&lists), Some("s"));
        let calls = format!("pub type t = {}{};", "Option<fn(".repeat(15), ")>".repeat(15));
        assert_eq!(first_deep(&calls), Some("t"));
        let results = format!("pub type t = {}u8{};", "Option<fn() -> ".repeat(15), ">".repeat(15));
        assert_eq!(first_deep(&results), Some("t"));
        let compared = format!("fn f() {{ {} }}", "if a < b { c(1 << 2 - 1 >= 0 && d < e) } ".repeat(50));
        assert_eq!(first_deep(&compared), None);
        let text = format!("#[doc = \"\\\"{}\"] pub type t = fn(*mut u8) -> *mut u8;", "(".repeat(100));
        assert_eq!(first_deep(&text), None);
    }
}
