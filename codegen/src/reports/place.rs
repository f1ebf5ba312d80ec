//! Places in source files, as reports spell them.

/// A place: `src/main.rs:7:5`, or without the column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place<'t> {
    /// The file, as the compiler was given it.
    pub file: &'t str,
    /// The line, from 1.
    pub line: u32,
    /// The column in characters, from 1.
    pub column: Option<u32>,
    /// The function, for a frame of a stack.
    pub function: Option<&'t str>,
}

impl<'t> Place<'t> {
    /// The place in a site or in a frame of a stack; `None` where the frame has none, such as `/lib/libc.so.6+0x1234`.
    pub fn parse(text: &'t str) -> Option<Self> {
        let frames = text.match_indices(" in ").map(|(at, word)| (&text[..at], text.get(at + word.len()..)));
        frames.chain([(text, None)]).find_map(|(place, function)| Self::of(place, function))
    }

    fn of(place: &'t str, function: Option<&'t str>) -> Option<Self> {
        let (rest, last) = number(place)?;
        let found = match number(rest) {
            Some((file, line)) => Self { file, line, column: Some(last), function },
            None => Self { file: rest, line: last, column: None, function },
        };
        (!found.file.is_empty() && found.line > 0 && found.column != Some(0)).then_some(found)
    }
}

/// What is in front of a last colon, and the number behind it.
fn number(text: &str) -> Option<(&str, u32)> {
    let (before, number) = text.rsplit_once(':')?;
    Some((before, number.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::Place;

    #[test]
    fn sites_and_frames_are_places() {
        let place = |file, line, column, function| Some(Place { file, line, column, function });
        assert_eq!(Place::parse("src/a b.rs:7:5"), place("src/a b.rs", 7, Some(5), None));
        assert_eq!(Place::parse("/x/y.rs:7 in app::main"), place("/x/y.rs", 7, None, Some("app::main")));
        assert_eq!(Place::parse("built in c/y.rs:7 in f"), place("built in c/y.rs", 7, None, Some("f")));
        assert_eq!(Place::parse("a:b.rs:7 in <T as F>::f in g"), place("a:b.rs", 7, None, Some("<T as F>::f in g")));
    }

    #[test]
    fn other_frames_are_none() {
        for text in ["/lib/libc.so.6+0x1234", "app::main", "", ":1", "a.rs:0", "a.rs:1:0", "??:?"] {
            assert_eq!(Place::parse(text), None, "{text}");
        }
    }
}
