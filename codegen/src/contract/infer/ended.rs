//! Which memory is handed over with its size and the function that ends it.

use super::callbacks::ends_data;
use super::index::{Arg, Index, Subject};
use super::lengths::Measured;
use super::names;
use super::shape::Base;

/// The rule.
const RULE: &str = "size-before-destroy";

/// Adds sizes between memory that is only read and a function that takes a `void *` alone: `bind(const void *, int, void (*)(void *))`.
pub(super) fn fill(index: &Index<'_>, subject: &Subject<'_>, measured: &mut [Option<Measured>]) {
    for (at, three) in subject.params.windows(3).enumerate() {
        let [memory, size, end] = three else { continue };
        let is_memory = matches!(memory.shape.base, Base::Void | Base::Char | Base::Byte)
            && memory.shape.depth() == 1
            && !memory.shape.is_mut()
            && !memory.shape.is_bounded;
        let is_size =
            size.shape.is_integer() && (is_unnamed(size) || names::length(size, &index.conventions).is_some());
        if is_memory && is_size && ends_data(end) && measured[at].is_none() {
            measured[at] = Some(Measured {
                by: at + 1,
                is_deref: false,
                is_inner: false,
                times: None,
                is_named: true,
                rule: RULE,
            });
        }
    }
}

/// Whether the header gives it no name; `arg2` is one of the reader's making.
pub(super) fn is_unnamed(arg: &Arg) -> bool {
    arg.words.is_empty()
        || arg
            .plain
            .strip_prefix("arg")
            .is_some_and(|number| !number.is_empty() && number.chars().all(|c| c.is_ascii_digit()))
}

#[cfg(all(test, feature = "clang"))]
mod tests {
    use super::super::testing::{infer, said, spell};

    const END: &str = "arg4: ::std::option::Option<unsafe extern \"C\" fn(arg1: *mut c_void)>";

    #[test]
    fn a_number_between_memory_and_what_ends_it() {
        let callback = "arg4: callback(userdata = arg2, scope = async)";
        for (params, expected) in [
            ("arg2: *const c_void, arg3: c_int", &*format!("arg2: sized_by(arg3); {callback}")),
            ("arg2: *const c_char, arg3: u64", &*format!("arg2: sized_by(arg3); {callback}")),
            // A number by another name is none, and what C may write is no value that is handed over with its size.
            ("arg2: *const c_void, flags: c_int", callback),
            ("arg2: *mut c_void, arg3: c_int", &*format!("arg2: opaque; {callback}")),
        ] {
            let function = format!("fn bind(b: *mut box_, {params}, {END});");
            assert_eq!(said(&function), format!("b: opaque; {expected}"), "{function}");
        }
        let function = format!("fn bind(b: *mut box_, arg2: *const c_void, arg3: c_int, {END});");
        let off = infer(&function, &["size-before-destroy", "data-and-destroy"]);
        assert_eq!(spell(&off[0]), "b: opaque");
    }
}
