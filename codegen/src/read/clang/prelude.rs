//! Decides which macros stand before the text, and in glibc's own header, so that clang keeps attributes it would drop.

use super::diagnostics::ClangDiagnostic;
use super::layer::{Attached, Unit};

/// The name of the file that is included before the text.
pub(super) const NAME: &str = "pinned_ffi_prelude.h";

/// What an annotation written by these macros begins with.
pub(super) const MARK: &str = "pinned_ffi:";

/// The macro that makes an annotation of a word and arguments.
const QUOTE: &str = "pinned_ffi_annotate";

/// Attribute names clang drops or refuses, and the word this reader knows each by.
///
/// As function-like macros they leave `__has_attribute(counted_by)` alone. `access` and `malloc` without underscores
/// are also functions of libc and must not be macros.
const RENAMED: &[(&str, &str)] = &[
    ("counted_by", "counted_by"),
    ("__counted_by__", "counted_by"),
    ("counted_by_or_null", "counted_by_or_null"),
    ("__counted_by_or_null__", "counted_by_or_null"),
    ("sized_by", "sized_by"),
    ("__sized_by__", "sized_by"),
    ("sized_by_or_null", "sized_by_or_null"),
    ("__sized_by_or_null__", "sized_by_or_null"),
    ("null_terminated_string_arg", "null_terminated_string_arg"),
    ("__null_terminated_string_arg__", "null_terminated_string_arg"),
    ("__access__", "access"),
    ("__malloc__", "dealloc"),
];

/// Whole-attribute macros of the Linux user headers, which define them as nothing unless they are defined already.
const WRAPPED: &[(&str, &str)] = &[
    ("__counted_by", "counted_by"),
    ("__counted_by_le", "counted_by"),
    ("__counted_by_be", "counted_by"),
    ("__counted_by_ptr", "counted_by"),
    ("__sized_by", "sized_by"),
    ("__counted_by_or_null", "counted_by_or_null"),
    ("__sized_by_or_null", "sized_by_or_null"),
];

/// The text of the file called [`NAME`].
pub(super) fn text() -> String {
    let mut text = String::from("#pragma clang system_header\n");
    text.push_str(&renamed());
    for (name, word) in WRAPPED {
        text.push_str(&format!("#define {name}(...) __attribute__(({QUOTE}(\"{word}\", __VA_ARGS__)))\n"));
    }
    text
}

/// The part of it that a reader of declarations alone needs: clang takes some of these names for errors.
pub(in crate::read) fn renamed() -> String {
    // In two steps, so that macros among the arguments are replaced before they become text.
    let mut text = format!("#define {QUOTE}(word, ...) annotate(\"{MARK}\" word \":\" #__VA_ARGS__)\n");
    for (name, word) in RENAMED {
        text.push_str(&format!("#define {name}(...) {QUOTE}(\"{word}\", __VA_ARGS__)\n"));
    }
    text
}

/// Whether a warning is only about a header that defines one of these macros again.
pub(super) fn is_about(message: &str) -> bool {
    let names = RENAMED.iter().chain(WRAPPED).map(|(name, _)| name);
    message.ends_with("macro redefined") && names.into_iter().any(|name| message.contains(&format!("'{name}'")))
}

/// Follows glibc's own definitions at the end of its `sys/cdefs.h`; clang claims to be GCC 4.2 and gets none of them.
const GLIBC_ATTRIBUTES: &str = r#"
#ifdef __attr_access
# undef __attr_access
# define __attr_access(x) __attribute__ ((annotate ("pinned_ffi:access:" #x)))
# undef __fortified_attr_access
# define __fortified_attr_access(a, o, s) __attribute__ ((annotate ("pinned_ffi:access:" #a "," #o "," #s)))
# undef __attr_access_none
# define __attr_access_none(o) __attribute__ ((annotate ("pinned_ffi:access:none," #o)))
# undef __attr_dealloc
# define __attr_dealloc(f, i) __attribute__ ((annotate ("pinned_ffi:dealloc:" #f "," #i)))
# undef __attr_dealloc_free
# define __attr_dealloc_free __attribute__ ((annotate ("pinned_ffi:dealloc:free,1")))
# undef __attribute_alloc_size__
# define __attribute_alloc_size__(x) __attribute__ ((annotate ("pinned_ffi:alloc_size:" #x)))
#endif
"#;

/// The glibc header that defines attribute macros, with definitions clang keeps.
///
/// It is replaced in memory and not included first, because including any glibc header early would fix the
/// feature-test macros that a wrapper or a header defines for itself.
pub(super) fn glibc_with_attributes(
    attached: &Attached,
    main: &str,
    args: &[String],
) -> Result<Option<(String, String)>, Vec<ClangDiagnostic>> {
    let probe = "#if __has_include(<sys/cdefs.h>)\n#include <sys/cdefs.h>\n#endif\n";
    let unit = Unit::parse(attached, main, &[(main.to_owned(), probe.to_owned())], args)?;
    let Some(path) = unit.files().into_iter().find(|file| file.ends_with("sys/cdefs.h")) else {
        return Ok(None);
    };
    let Ok(text) = std::fs::read_to_string(&path) else {
        return Ok(None);
    };
    Ok(text.contains("__attr_access").then(|| (path, text + GLIBC_ATTRIBUTES)))
}
