//! Return addresses as lines of source, by the `addr2line` of the toolchain that linked the program.

use super::lines::Lines;
use super::process::Process;
use crate::sys;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::Mutex;

/// Stacks whose lines are looked up, which takes a tenth of a second each: those of later ones stay file and offset.
const STACKS: usize = 1024;

/// The program's own frames among these return addresses, innermost first: `src/main.rs:3 in main`.
///
/// Where addr2line is missing, or knows nothing, a frame is told as `file+offset`.
pub(super) fn describe(frames: &[usize]) -> Vec<String> {
    own_frames(frames).iter().map(Frame::text).collect()
}

/// As [`describe`], name and place apart.
pub(super) fn own_frames(frames: &[usize]) -> Vec<Frame> {
    static KNOWN: Mutex<BTreeMap<Vec<usize>, Vec<Frame>>> = Mutex::new(BTreeMap::new());
    if frames.is_empty() {
        return Vec::new();
    }
    // Not waited for: who has it may be a thread that a fork left behind.
    let known = || KNOWN.try_lock().ok();
    let (found, is_full) = known().map_or((None, false), |known| (known.get(frames).cloned(), known.len() >= STACKS));
    found.unwrap_or_else(|| {
        if is_full {
            return resolve(frames, |_, _| Vec::new());
        }
        let described = resolve(frames, addr2line);
        if let Some(mut known) = known() {
            known.insert(frames.to_vec(), described.clone());
        }
        described
    })
}

/// Starting a process takes a tenth of a second, so each stack is resolved once.
fn resolve(frames: &[usize], lines_of: impl Fn(&PathBuf, &[(usize, usize)]) -> Vec<Vec<Frame>>) -> Vec<Frame> {
    let mut by_module: BTreeMap<PathBuf, Vec<(usize, usize)>> = BTreeMap::new();
    for (number, frame) in frames.iter().enumerate() {
        // A return address is behind its call.
        if let Some((module, offset)) = sys::module_of(frame.wrapping_sub(1)) {
            by_module.entry(module).or_default().push((number, offset));
        }
    }
    let mut described: Vec<(usize, Vec<Frame>)> = Vec::new();
    for (module, offsets) in by_module {
        let texts = lines_of(&module, &offsets);
        for (index, (number, offset)) in offsets.iter().enumerate() {
            let unknown = || vec![Frame { name: String::new(), at: format!("{}+{offset:#x}", module.display()) }];
            described.push((*number, texts.get(index).cloned().unwrap_or_else(unknown)));
        }
    }
    described.sort_by_key(|(number, _)| *number);
    own(described.into_iter().flat_map(|(_, frames)| frames))
}

/// A function on a stack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Frame {
    /// Empty where not known.
    pub(super) name: String,
    /// `file:line`, or `file+offset`, or `??:0`.
    pub(super) at: String,
}

impl Frame {
    fn text(&self) -> String {
        let Self { name, at } = self;
        match (name.is_empty(), at.starts_with("??")) {
            (true, _) => at.clone(),
            (false, true) => name.clone(),
            (false, false) => format!("{at} in {name}"),
        }
    }
}

fn addr2line(module: &PathBuf, offsets: &[(usize, usize)]) -> Vec<Vec<Frame>> {
    let output = Command::new("addr2line")
        .args(["--addresses", "--functions", "--demangle", "--inlines", "--exe"])
        .arg(module)
        .args(offsets.iter().map(|(_, offset)| format!("{offset:#x}")))
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output();
    output.map_or_else(|_| Vec::new(), |output| parse(&String::from_utf8_lossy(&output.stdout)))
}

/// One list of frames per address: itself and what it was inlined into.
fn parse(text: &str) -> Vec<Vec<Frame>> {
    let mut all: Vec<Vec<Frame>> = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if line.starts_with("0x") {
            all.push(Vec::new());
            continue;
        }
        let at = lines.next().unwrap_or("??:?");
        let at = at.split(" (discriminator").next().unwrap_or(at);
        if let Some(frames) = all.last_mut()
            && line != "??"
        {
            frames.push(Frame { name: without_hash(line).to_owned(), at: relative(at) });
        }
    }
    all
}

/// `f::h0123456789abcdef` without what tells two builds apart.
fn without_hash(name: &str) -> &str {
    match name.rsplit_once("::h") {
        Some((name, hash)) if hash.len() == 16 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()) => name,
        _ => name,
    }
}

/// A path below the process's folder as seen from there; whoever gathers reports of many processes looks from one place.
fn relative(at: &str) -> String {
    if Lines::wanted_before().is_some_and(Lines::is_gathered) {
        return at.to_owned();
    }
    let folder = Some(Process::known().folder.as_str()).filter(|folder| !folder.is_empty());
    let inside = folder.and_then(|folder| at.strip_prefix(folder)?.strip_prefix('/'));
    inside.unwrap_or(at).to_owned()
}

/// The frames of the program's own code, up to `main`.
fn own(frames: impl Iterator<Item = Frame>) -> Vec<Frame> {
    let mut own = Vec::new();
    for frame in frames {
        if !frame.name.is_empty() && is_machinery(&frame) {
            continue;
        }
        let is_main = frame.name == "main" || frame.name.ends_with("::main");
        own.push(frame);
        if is_main {
            break;
        }
    }
    own
}

/// Code between the program's own and the allocator.
fn is_machinery(frame: &Frame) -> bool {
    let name = frame.name.trim_start_matches(['<', '_', '$']);
    let ours = [
        "pinned_ffi::alloc::",
        "pinned_ffi::call::",
        "pinned_ffi::pin::",
        "pinned_ffi::report::compiled::",
        "pinned_ffi::report::sink::",
        "pinned_ffi::sys::",
        "pinned_ffi::unchecked::",
        "pinned_ffi::watch::",
        "<pinned_ffi::alloc::",
    ];
    frame.at.contains("/rustc/")
        || frame.at.contains("/lib/rustlib/src/")
        || !has_place(frame) && is_std_of_std(&frame.name)
        || ["std::", "core::", "alloc::", "rust_", "libc_start", "start", "Unwind", "LT$alloc..", "LT$core.."]
            .iter()
            .any(|prefix| name.starts_with(prefix))
        || ours.iter().any(|prefix| frame.name.starts_with(prefix))
        || frame.name.starts_with("__rustc")
        || frame.name.contains("pinned_ffi::alloc::TrackedAlloc")
        // `interpose_malloc!` gives these functions C's names.
        || frame.at.contains("runtime/src/alloc/interpose.rs:")
}

fn has_place(frame: &Frame) -> bool {
    !frame.at.starts_with("??") && frame.at.rsplit_once(':').is_some()
}

/// Whether this is what std's own trait does for one of its types: `<u8 as alloc::vec::spec_from_elem::SpecFromElem>::from_elem`.
/// Generic code of std may come from a crate that was built without debug information, and has no place then.
fn is_std_of_std(name: &str) -> bool {
    let is_std = |path: &str| ["std::", "core::", "alloc::"].iter().any(|prefix| path.starts_with(prefix));
    let Some((of, what)) = name.strip_prefix('<').and_then(|name| name.split_once(" as ")) else { return false };
    is_std(what) && (is_std(of) || !of.contains("::"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_only_the_programs_frames() {
        let text = "0x0000000000001000\npinned_ffi::alloc::sites::capture\n/x/runtime/src/alloc/sites.rs:3\n\
                    0x0000000000002000\nalloc::vec::Vec<T>::clone\n/rustc/abc/library/alloc/src/vec.rs:1\n\
                    demo::load::h0123456789abcdef\n/x/src/main.rs:7 (discriminator 2)\n\
                    0x0000000000003000\ndemo::main\n/x/src/main.rs:3\n\
                    0x0000000000004000\n??\n??:0\n0x0000000000005000\nlate\n/x/late.rs:1\n";
        let frames = parse(text);
        assert_eq!(frames.len(), 5);
        let own: Vec<String> = own(frames.into_iter().flatten()).iter().map(Frame::text).collect();
        assert_eq!(own, ["/x/src/main.rs:7 in demo::load", "/x/src/main.rs:3 in demo::main"]);
    }

    #[test]
    fn std_without_places_is_left_out() {
        let frame = |name: &str| Frame { name: name.to_owned(), at: "??:0".to_owned() };
        let names = [
            "<u8 as alloc::vec::spec_from_elem::SpecFromElem>::from_elem",
            "<alloc::vec::Vec<u8> as core::clone::Clone>::clone",
            "<demo::Buffer as core::clone::Clone>::clone",
            "<u8 as demo::Grow>::grow",
        ];
        let left: Vec<String> = own(names.into_iter().map(frame)).into_iter().map(|frame| frame.name).collect();
        assert_eq!(left, &names[2..]);
    }

    #[inline(never)]
    fn here() -> Vec<String> {
        describe(&crate::alloc::sites::frames(crate::alloc::sites::capture()))
    }

    #[test]
    fn finds_this_function() {
        let frames = here();
        if !frames.iter().any(|frame| frame.contains(" in ")) {
            println!("skipped: no addr2line, or no debug information: {frames:?}");
            return;
        }
        assert!(
            frames.iter().any(|frame| frame.contains("symbols.rs:") && frame.contains("finds_this_function")),
            "{frames:?}"
        );
    }
}
