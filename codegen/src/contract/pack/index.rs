//! Where each function and structure stands in the packs' texts, so that only what a header declares is ever parsed.

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

/// A pack: the name that `sources` show, its text, and the headers that it speaks of, as parts of their paths.
///
/// Without headers it speaks of whatever has the name and the shape: the C library's declarations are spread over many files.
pub(super) struct Pack {
    pub(super) name: &'static str,
    pub(super) text: &'static str,
    pub(super) headers: &'static [&'static str],
}

macro_rules! packs {
    ($($name:literal, $file:literal, [$($header:literal),*];)*) => {
        /// Every pack that is shipped.
        pub(super) const PACKS: &[Pack] = &[
            $(Pack { name: $name, text: include_str!(concat!("../../../packs/", $file)), headers: &[$($header),*] }),*
        ];
    };
}

packs! {
    "libc/uio", "libc/uio.rs", [];
    "libc/socket", "libc/socket.rs", [];
    "libc/unistd", "libc/unistd.rs", [];
    "libc/stdio", "libc/stdio.rs", [];
    "libc/string", "libc/string.rs", [];
    "libc/stdlib", "libc/stdlib.rs", [];
    "libc/poll", "libc/poll.rs", [];
    "libc/aio", "libc/aio.rs", [];
    "libc/pthread", "libc/pthread.rs", [];
    "libc/time", "libc/time.rs", [];
    "libc/users", "libc/users.rs", [];
    "libc/net", "libc/net.rs", [];
    "libc/process", "libc/process.rs", [];
    "libc/locale", "libc/locale.rs", [];
    "libc/search", "libc/search.rs", [];
    "libc/memory", "libc/memory.rs", [];
    "libc/event", "libc/event.rs", [];
    "libc/signal", "libc/signal.rs", [];
    "libc/misc", "libc/misc.rs", [];
    "zlib", "zlib/zlib.rs", ["zlib"];
    "bzip2", "bzip2/bzip2.rs", ["bzlib"];
    "lzma", "lzma/lzma.rs", ["lzma"];
    "zstd", "zstd/zstd.rs", ["zstd"];
    "lz4", "lz4/lz4.rs", ["lz4"];
    "expat", "expat/expat.rs", ["expat"];
    "sqlite3", "sqlite3/sqlite3.rs", ["sqlite3"];
    "curl", "curl/curl.rs", ["curl"];
    "libuv", "libuv/uv.rs", ["uv.h", "uv/"];
    "postgres", "postgres/libpq.rs", ["libpq", "postgres"];
    "openssl", "openssl/openssl.rs", ["openssl/"];
    "x11", "x11/xlib.rs", ["X11/"];
    "x11/xt", "x11/xt.rs", ["X11/Intrinsic"];
    "ncurses", "ncurses/ncurses.rs", ["curses", "menu.h", "form.h", "panel.h", "eti.h", "term.h", "unctrl.h"];
}

/// A function's declaration, or a structure's, as it stands in a pack.
#[derive(Clone, Copy)]
pub(super) struct Item {
    /// Which of [`PACKS`].
    pub(super) pack: usize,
    /// Its text, attributes included.
    pub(super) text: &'static str,
}

/// What stands where.
#[derive(Default)]
pub(super) struct Index {
    pub(super) functions: HashMap<&'static str, Item>,
    pub(super) records: HashMap<&'static str, Item>,
    /// Typed forms, by the function that they are forms of.
    pub(super) forms: HashMap<&'static str, Vec<Item>>,
    /// Functions that some item names as `free`.
    pub(super) releases: HashSet<&'static str>,
}

/// The index of all packs, made at the first question.
pub(super) fn index() -> &'static Index {
    static INDEX: OnceLock<Index> = OnceLock::new();
    INDEX.get_or_init(|| {
        let mut index = Index::default();
        for (pack, Pack { text, .. }) in PACKS.iter().enumerate() {
            index
                .releases
                .extend(text.match_indices("free = ").filter_map(|(at, word)| name_at(&text[at + word.len()..])));
            scan(text, &mut |kind, name, text| {
                let item = Item { pack, text };
                match kind {
                    Kind::Record => drop(index.records.insert(name, item)),
                    Kind::Function => match form_of(text) {
                        Some(of) => index.forms.entry(of).or_default().push(item),
                        None => drop(index.functions.insert(name, item)),
                    },
                }
            });
        }
        index
    })
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Function,
    Record,
}

/// Calls `found` with each function of the extern blocks and each structure of a text.
fn scan(text: &'static str, found: &mut impl FnMut(Kind, &'static str, &'static str)) {
    let bytes = text.as_bytes();
    let (mut at, mut depth) = (0, 0_i32);
    // Whether we are inside an extern block, whose items end with a semicolon.
    let mut in_block = false;
    let (mut start, mut name, mut kind) = (0, None, Kind::Function);
    while at < bytes.len() {
        match bytes[at] {
            b'/' if bytes.get(at + 1) == Some(&b'/') => {
                let end = text[at..].find('\n').map_or(bytes.len(), |length| at + length);
                // A comment before an item is none of its text.
                if name.is_none() && text[start..at].trim().is_empty() {
                    start = end;
                }
                at = end;
                continue;
            }
            b'"' => at += 1 + text[at + 1..].find('"').unwrap_or(0),
            b'(' | b'[' => depth += 1,
            b')' | b']' => depth -= 1,
            b'{' if depth == 0 && !in_block && name.is_none() => {
                in_block = true;
                start = at + 1;
            }
            b'{' => depth += 1,
            b'}' if depth == 0 => {
                in_block = false;
                start = at + 1;
            }
            b'}' => {
                depth -= 1;
                if let (0, Kind::Record, Some(record)) = (depth, kind, name) {
                    found(Kind::Record, record, &text[start..=at]);
                    (start, name, kind) = (at + 1, None, Kind::Function);
                }
            }
            b';' if depth == 0 => {
                if let (true, Some(function)) = (in_block, name) {
                    found(Kind::Function, function, &text[start..=at]);
                }
                (start, name) = (at + 1, None);
            }
            b'f' if depth == 0 && in_block && name.is_none() => name = word_after(text, at, "fn "),
            b's' | b'u' if depth == 0 && !in_block && name.is_none() => {
                name = word_after(text, at, "struct ").or_else(|| word_after(text, at, "union "));
                kind = if name.is_some() { Kind::Record } else { kind };
            }
            _ => {}
        }
        at += 1;
    }
}

/// The name behind a keyword that stands here as a word of its own.
fn word_after(text: &'static str, at: usize, keyword: &str) -> Option<&'static str> {
    let before = text[..at].bytes().next_back();
    if before.is_some_and(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
        return None;
    }
    name_at(text[at..].strip_prefix(keyword)?)
}

/// The name that a text begins with.
fn name_at(text: &'static str) -> Option<&'static str> {
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '_')?;
    Some(&text[..end]).filter(|name| !name.is_empty())
}

/// The function that an item is a typed form of.
fn form_of(text: &'static str) -> Option<&'static str> {
    let rest = &text[text.find("form_of(")? + "form_of(".len()..];
    let end = rest.find([',', ')'])?;
    Some(rest[..end].trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn releases_are_what_items_free_with() {
        let releases = &index().releases;
        assert!(["free", "fclose", "sqlite3_finalize"].iter().all(|name| releases.contains(name)), "{releases:?}");
        assert!(!releases.contains("fopen"));
    }

    #[test]
    fn functions_records_and_forms() {
        let text = r#"//! Text.
            // fn comment(a: c_int);
            struct iovec { #[sized_by(iov_len)] iov_base: *mut c_void, iov_len: size_t, }
            unsafe extern "C" {
                // read(2); the first.
                #[errno]
                fn read(fd: c_int, #[out] buf: [u8; 3], f: Option<unsafe extern "C" fn(c_int) -> c_int>) -> ssize_t;
                #[unsafe_beyond_pointers("fn x(; }")] fn write(fd: c_int);
                #[form_of(open, flags = 1)] fn open_one();
            }
            unsafe extern "C" { fn last(); }
        "#;
        let mut found = Vec::new();
        scan(text, &mut |kind, name, text| found.push((kind, name, text.trim())));
        let names: Vec<_> = found.iter().map(|(kind, name, _)| (*kind, *name)).collect();
        assert_eq!(
            names,
            [
                (Kind::Record, "iovec"),
                (Kind::Function, "read"),
                (Kind::Function, "write"),
                (Kind::Function, "open_one"),
                (Kind::Function, "last")
            ]
        );
        assert!(found[1].2.starts_with("#[errno]") && found[1].2.ends_with("ssize_t;"), "{}", found[1].2);
        assert_eq!(form_of(found[3].2), Some("open"));
        assert_eq!(form_of(found[2].2), None);
    }
}
