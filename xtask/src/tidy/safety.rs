//! Rules on unsafe code: which rooms may hold it, that each block has its proof beside it, and that locks survive a fork.

use super::source::{is_word, line_of, words};
use super::{File, Problems, Tree, is_under};

/// Rooms that may hold unsafe code; a room is a folder, or a file without its `.rs`.
const ROOMS: &[&str] = &[
    "runtime/src/alloc",
    "runtime/src/fork",
    "runtime/src/pin",
    "runtime/src/sync",
    "runtime/src/pointee",
    "runtime/src/check",
    "runtime/src/sys",
    "runtime/src/call",
    "runtime/src/exit",
    "runtime/src/buf",
    "runtime/src/handle",
    "runtime/src/given",
    "runtime/src/closure",
    "runtime/src/cmem",
    "runtime/src/store",
    "runtime/src/completion",
    "runtime/src/userdata",
    "runtime/src/retain",
    "runtime/src/watch",
    "codegen/src/read/clang",
    "codegen/src/read/libclang",
];

/// Packages whose sources the rule on rooms covers.
const COVERED: &[&str] = &["runtime/src", "codegen/src", "macros/src", "xtask/src"];

/// How many lines above an unsafe block its proof may begin.
const REACH: usize = 6;

/// What follows the word `unsafe`.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Follows {
    /// A block.
    Block,
    /// A function or an implementation.
    Item,
    /// Something that does nothing unsafe by itself: a function pointer's type, an attribute, a trait.
    Other,
}

/// Unsafe code is in [`ROOMS`] only.
pub(super) fn rooms(tree: &Tree, problems: &mut Problems) {
    for file in COVERED.iter().flat_map(|room| tree.under(room)).filter(|file| file.is_ours()) {
        if ROOMS.iter().any(|room| is_under(&file.path, room)) {
            continue;
        }
        let code = file.main_code();
        for at in words(code, "unsafe") {
            if follows(code, at) != Follows::Other {
                let help = "move it to a room that ROOMS in xtask/src/tidy/safety.rs lists, behind a safe function";
                problems.add(&file.path, line_of(code, at), "unsafe code outside its rooms", help);
            }
        }
    }
}

/// Each unsafe block has `SAFETY:` on its line or at most six lines above.
pub(super) fn proofs(tree: &Tree, problems: &mut Problems) {
    for file in tree.files.iter().filter(|file| file.is_ours()) {
        for at in words(&file.code, "unsafe") {
            if follows(&file.code, at) != Follows::Block {
                continue;
            }
            let line = line_of(&file.code, at);
            let first = line.saturating_sub(REACH + 1);
            let mut near = file.text.lines().skip(first).take(line - first);
            if !near.any(|text| text.contains("SAFETY:")) {
                let help = "say above it, after `// SAFETY:`, why it is sound; UNSAFE.md says what that must prove";
                problems.add(&file.path, line, "an unsafe block without `SAFETY:`", help);
            }
        }
    }
}

/// Files with a lock in a static that a fork need not take, each with its reason.
const NOT_AROUND_FORKS: &[(&str, &str)] =
    &[("runtime/src/watch/fault.rs", "who holds it is a thread whose fault ends the process")];

/// A lock in a static is taken before a fork and given back after: a child would wait for a thread that it has not.
pub(super) fn forks(tree: &Tree, problems: &mut Problems) {
    let fork = tree.get("runtime/src/fork.rs").map(File::main_code).unwrap_or_default();
    for file in tree.under("runtime/src").filter(|file| file.is_ours()) {
        let code = file.main_code();
        let is_static = |at: &usize| {
            let item = code.get(..*at).unwrap_or_default().rsplit([';', '}']).next().unwrap_or_default();
            !words(item, "static").is_empty() && words(item, "fn").is_empty()
        };
        let lock = words(code, "SpinLock").into_iter().find(is_static);
        let Some(at) = lock.filter(|_| !NOT_AROUND_FORKS.iter().any(|(path, _)| *path == file.path)) else { continue };
        // `store.rs` is taken by the `around_fork` of its folder.
        let names = || file.path.trim_end_matches(".rs").split('/').skip(2).filter(|name| *name != "mod");
        let is_taken = names().any(|name| !words(fork, name).is_empty());
        if words(code, "around_fork").is_empty() || !is_taken {
            let help = "give the file an `around_fork`, and call it in runtime/src/fork.rs";
            problems.add(&file.path, line_of(code, at), "a lock that a forked child may find taken for ever", help);
        }
    }
}

/// What the `unsafe` at `at` introduces.
fn follows(code: &str, at: usize) -> Follows {
    let rest = code.get(at + "unsafe".len()..).unwrap_or_default().trim_start();
    let named =
        |keyword: &str| rest.strip_prefix(keyword).is_some_and(|rest| !rest.bytes().next().is_some_and(is_word));
    if rest.starts_with('{') {
        return Follows::Block;
    }
    // `unsafe fn name` is an item, `unsafe fn(…)` a type.
    let is_type = rest.strip_prefix("fn").is_some_and(|rest| rest.trim_start().starts_with('('));
    if named("impl") || (named("fn") && !is_type) { Follows::Item } else { Follows::Other }
}

#[cfg(test)]
mod tests {
    use super::super::said_by;
    use super::*;

    #[test]
    fn unsafe_in_its_rooms_passes() {
        let files = [
            ("runtime/src/sync.rs", "unsafe impl Sync for Lock {}\n"),
            ("runtime/src/pin/table.rs", "unsafe fn f() {}\n"),
            ("codegen/src/read/libclang.rs", "fn f() { unsafe { g() } }\n"),
            ("codegen/src/emit/wrapper.rs", "fn f() { quote! { unsafe { #call } } }\n"),
            ("runtime/src/desc.rs", "// unsafe { }\ntype F = unsafe fn(u8);\npub unsafe trait Stable {}\n"),
            ("tests/heap.rs", "fn f() { unsafe { g() } }\n"),
        ];
        assert!(said_by(rooms, &files).is_empty());
    }

    #[test]
    fn unsafe_elsewhere_fails() {
        for text in ["fn f() { unsafe { g() } }", "unsafe fn f() {}", "unsafe impl Send for X {}"] {
            assert_eq!(said_by(rooms, &[("runtime/src/mode.rs", text)]).len(), 1, "{text}");
            assert_eq!(said_by(rooms, &[("macros/src/lib.rs", text)]).len(), 1, "{text}");
        }
    }

    #[test]
    fn a_lock_is_taken_around_a_fork() {
        let fork = ("runtime/src/fork.rs", "fn before() { table::around_fork(true); }\n");
        let lock = "type L = SpinLock<u8>;\nfn f(of: &'static SpinLock<u8>) {}\nstatic X: [SpinLock<u8>; 2] = new();\n";
        let taken = format!("{lock}fn around_fork() {{}}\n");
        let said = |path, text: &str| said_by(forks, &[fork, (path, text)]);
        assert!(said("runtime/src/pin/table.rs", &taken).is_empty());
        assert!(said("runtime/src/pin/field.rs", "struct S { lock: SpinLock<u8> }\n").is_empty());
        assert_eq!(said("runtime/src/pin/table.rs", lock).len(), 1);
        assert_eq!(said("runtime/src/pin/other.rs", &taken).len(), 1);
        assert!(said("runtime/src/pin/other.rs", lock)[0].starts_with("runtime/src/pin/other.rs:3: "));
    }

    #[test]
    fn a_block_with_its_proof_passes() {
        let above = "fn f() {\n    // SAFETY: `g` asks nothing.\n    unsafe { g() }\n}\n";
        let beside = "fn f() { unsafe { g() } } // SAFETY: `g` asks nothing.\n";
        let far = format!("// SAFETY: one.\n{}unsafe {{ g() }}\n", "x;\n".repeat(REACH - 1));
        let none = "unsafe fn f() {}\n";
        for text in [above, beside, far.as_str(), none] {
            assert!(said_by(proofs, &[("tests/heap.rs", text)]).is_empty(), "{text}");
        }
    }

    #[test]
    fn a_block_without_its_proof_fails() {
        let bare = "fn f() { unsafe { g() } }\n";
        let far = format!("// SAFETY: one.\n{}unsafe {{ g() }}\n", "x;\n".repeat(REACH));
        for text in [bare, far.as_str()] {
            assert_eq!(said_by(proofs, &[("examples/hello/src/main.rs", text)]).len(), 1, "{text}");
        }
    }
}
