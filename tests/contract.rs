//! The agreement between emitted code and runtime: one schema, every path there, and one truth about libc's structures.

use pinned_ffi::Pointee;
use pinned_ffi_codegen::emit;

#[test]
fn both_sides_have_the_same_schema() {
    assert_eq!(emit::SCHEMA, pinned_ffi::private::SCHEMA);
}

/// A program that names every path that emitted code may name, type-checked by rustc.
#[test]
fn every_path_resolves() {
    let uses: String = emit::paths::NAMES
        .iter()
        .map(|name| format!("#[allow(unused_imports)] use pinned_ffi::{name} as _;\n"))
        .collect();
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR"));
    let path = folder.join("every_path.rs");
    std::fs::write(&path, format!("{}\nfn main() {{}}\n", uses)).expect("the target folder can be written");
    trybuild::TestCases::new().pass(path);
}

#[pinned_ffi::pinned_ffi(header = ["sys/uio.h", "sys/socket.h"], define = "_GNU_SOURCE", allow = "readv|recvmsg|recvmmsg")]
mod generated {}

/// What the runtime says of libc's structures is what the packs say of the header's.
#[test]
fn libc_maps_are_those_of_the_header() {
    fn compare<A: Pointee, B: Pointee>() {
        let spell = |map: &pinned_ffi::private::PointerMap| {
            let slots: Vec<String> = map
                .slots()
                .iter()
                .map(|slot| {
                    let inner: Vec<&str> = slot.pointer.slots().iter().map(|slot| slot.name).collect();
                    let pointer = &slot.pointer;
                    format!(
                        "{} at {}: {} {} {:?} {:?} {:?} {:?} {inner:?}",
                        slot.name,
                        slot.offset,
                        pointer.size,
                        pointer.align,
                        pointer.direction,
                        pointer.nullability,
                        pointer.extent,
                        pointer.flow
                    )
                })
                .collect();
            slots.join("\n")
        };
        assert_eq!(spell(A::MAP), spell(B::MAP));
    }
    compare::<libc::iovec, generated::iovec>();
    compare::<libc::msghdr, generated::msghdr>();
    compare::<libc::mmsghdr, generated::mmsghdr>();
}
