//! The shipped packs: readable, and each function as the installed header declares it.

use pinned_ffi_codegen::config::{ClangArgs, WrapperSource};
use pinned_ffi_codegen::contract::pack;
use pinned_ffi_codegen::model::{PointerKind, Ty};
use pinned_ffi_codegen::read::{clang, libclang};

#[test]
fn every_pack_reads_without_a_complaint() {
    let (packs, diagnostics) = pack::read_all();
    assert!(diagnostics.is_empty(), "{diagnostics}");
    assert!(packs.functions().count() > 130);
    assert!(["iovec", "msghdr", "mmsghdr"].iter().all(|record| packs.record(record).is_some()));
}

#[test]
fn every_function_is_as_the_header_declares_it() {
    let lib = libclang::open().unwrap_or_else(|error| panic!("{error}"));
    let source = WrapperSource {
        name: "packs.h".into(),
        text: "#define _GNU_SOURCE\n#include <sys/uio.h>\n#include <sys/socket.h>\n#include <unistd.h>\n#include <sys/mman.h>\n".into(),
    };
    let raw = clang::read(&source, &ClangArgs::default(), &lib).unwrap_or_else(|errors| panic!("{errors:?}"));
    let mut checked = 0;
    for (name, entry) in pack::shipped().functions() {
        let Some(declared) = raw.functions.iter().find(|function| function.name == name) else {
            panic!("{}: {name} is not declared by this system's headers", entry.pack());
        };
        assert_eq!(entry.function.params.len(), declared.params.len(), "{name}");
        assert_eq!(entry.function.is_variadic, declared.variadic, "{name}");
        for (ours, theirs) in entry.function.params.iter().zip(&declared.params) {
            let theirs = theirs.ty.canonical.as_str();
            // glibc writes socket addresses as a transparent union of pointers.
            let is_function = matches!(ours.ty, Ty::FnPointer) || theirs.contains("(*)") || theirs.contains("SOCKADDR");
            match &ours.ty {
                Ty::Pointer(pointer) if pointer.kind == PointerKind::Raw && !is_function => {
                    assert!(
                        theirs.ends_with('*')
                            || theirs.ends_with(']')
                            || theirs.ends_with("restrict")
                            || theirs.ends_with("const"),
                        "{name}, {}: {theirs}",
                        ours.name
                    );
                }
                Ty::Number => {
                    assert!(!theirs.contains('*') && !theirs.contains('['), "{name}, {}: {theirs}", ours.name)
                }
                _ => {}
            }
        }
        checked += 1;
    }
    println!("{checked} functions compared");
    assert!(checked > 130);
}
