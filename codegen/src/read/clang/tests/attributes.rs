//! Decides which attributes must be read: glibc's, and ours in every spelling.

use super::{access, func, read_text};
use crate::read::clang::{AccessMode, RawAttr, RawTypeKind};

#[cfg(all(target_os = "linux", target_env = "gnu"))]
#[test]
fn glibc_says_what_gcc_would_hear() {
    let Some(read) = read_text(
        "#define _GNU_SOURCE\n#include <sys/uio.h>\n#include <unistd.h>\n#include <stdio.h>\n#include <stdlib.h>\n\
         #include <string.h>\n#include <sys/socket.h>\n#include <pthread.h>\n",
    ) else {
        return;
    };
    let attrs = |name: &str| func(&read, name).attrs.clone();
    assert!(attrs("readv").contains(&access(AccessMode::ReadOnly, 2, 3)));
    assert!(attrs("writev").contains(&access(AccessMode::ReadOnly, 2, 3)));
    assert!(attrs("read").contains(&access(AccessMode::WriteOnly, 2, 3)));
    assert!(attrs("pread").contains(&access(AccessMode::WriteOnly, 2, 3)));
    assert!(attrs("pthread_setspecific").contains(&access(AccessMode::None, 2, None)));
    let fclose = RawAttr::Dealloc { function: "fclose".to_owned(), argument: Some(1) };
    assert!(attrs("fopen").contains(&fclose) && attrs("fopen").contains(&RawAttr::Malloc));
    assert!(attrs("malloc").contains(&RawAttr::AllocSize(vec![1])));
    assert!(attrs("calloc").contains(&RawAttr::AllocSize(vec![1, 2])));
    assert!(attrs("strdup").contains(&RawAttr::Nonnull(vec![1])));
    assert!(attrs("memcpy").contains(&RawAttr::Nonnull(vec![1, 2])));
    assert!(attrs("abort").contains(&RawAttr::Noreturn));
    assert_eq!(attrs("recvmsg"), []);
    assert_eq!(attrs("getline"), []);
    assert_eq!(func(&read, "memcpy").params[2].ty.spelling, "size_t");
    assert_eq!(func(&read, "memcpy").result.canonical, "void *");
    assert!(func(&read, "printf").variadic && !func(&read, "puts").variadic);
    assert!(func(&read, "printf").attrs.iter().all(|attr| !matches!(attr, RawAttr::Other(_))));
    let readv = func(&read, "readv");
    assert!(readv.in_main_includes && readv.location.file.ends_with("sys/uio.h"));
    assert_eq!(readv.params[1].ty.pointee.as_ref().map(|ty| ty.spelling.as_str()), Some("const struct iovec"));
    // Seen only with _GNU_SOURCE, which the wrapper defines after the prelude.
    func(&read, "pwritev2");
    let iovec = super::record(&read, "iovec");
    assert_eq!((iovec.size, iovec.fields.len()), (16, 2));
    assert!(read.files.iter().any(|file| file.ends_with("sys/cdefs.h")));
    assert!(read.files.iter().all(|file| file.is_absolute() && file.exists()));
    assert_eq!(read.warnings, []);
}

#[test]
fn attributes_are_read_in_every_spelling() {
    let Some(read) = read_text(
        r#"typedef unsigned long size_t;
#define NONNULL(...) __attribute__((__nonnull__(__VA_ARGS__)))
#define COUNTED(n) __attribute__((counted_by(n)))
#define BORROWED __attribute__((noescape))
void all(char *a, char *b) __attribute__((nonnull));
void two(char *a, int b, char *c) NONNULL(1, 3);
void one(char *a __attribute__((nonnull)), char *b);
char *fresh(size_t n, size_t m) __attribute__((returns_nonnull, malloc, alloc_size(1, 2), warn_unused_result));
void keep(int *p __attribute__((noescape)), void (*BORROWED cb)(void *), void *data);
void direct(char *p, int n) __attribute__((access(write_only, 1, 2)));
void under(char *p, int n) __attribute__((__access__(__read_write__, 1, 2), __access__ (none, 1)));
void counted(int n, int *p COUNTED(n * 2), void *q __attribute__((__sized_by__(n))));
void apple(int *COUNTED(n) p, int n);
void string(const char *s) __attribute__((null_terminated_string_arg(1)));
void *closed(void) __attribute__((__malloc__(all, 1)));
void call(void (*cb)(void *, int), void *data) __attribute__((callback(1, 2, __)));
int print(const char *f, ...) __attribute__((format(printf, 1, 2), deprecated("use \"x()\", not y)(")));
void gone(void) __attribute__((noreturn));
_Noreturn void gone11(void);
void noted(void) __attribute__((annotate("mine, (odd"), annotate("two"), visibility("default")));
void plain(char *p);
int renamed(void) __asm__("other_name");
int access(const char *name, int mode);
#if !__has_attribute(nonnull)
#error __has_attribute must go on working
#endif
"#,
    ) else {
        return;
    };
    let attrs = |name: &str| func(&read, name).attrs.clone();
    let param = |name: &str, number: usize| func(&read, name).params[number].attrs.clone();
    assert_eq!(attrs("all"), [RawAttr::Nonnull(vec![])]);
    assert_eq!(attrs("two"), [RawAttr::Nonnull(vec![1, 3])]);
    assert_eq!((attrs("one"), param("one", 0), param("one", 1)), (vec![], vec![RawAttr::Nonnull(vec![])], vec![]));
    for attr in [RawAttr::ReturnsNonnull, RawAttr::Malloc, RawAttr::AllocSize(vec![1, 2]), RawAttr::WarnUnusedResult] {
        assert_eq!(attrs("fresh").iter().filter(|found| **found == attr).count(), 1, "{attr:?}");
    }
    assert_eq!((param("keep", 0), param("keep", 2)), (vec![RawAttr::Noescape], vec![]));
    assert!(func(&read, "keep").params[0].ty.noescape && func(&read, "keep").params[1].ty.noescape);
    assert_eq!(func(&read, "keep").params[1].ty.kind, RawTypeKind::FunctionPointer);
    assert_eq!(attrs("direct"), [access(AccessMode::WriteOnly, 1, 2)]);
    assert_eq!(attrs("under"), [access(AccessMode::ReadWrite, 1, 2), access(AccessMode::None, 1, None)]);
    assert_eq!(param("counted", 1), [RawAttr::CountedBy("n * 2".to_owned())]);
    assert_eq!(param("counted", 2), [RawAttr::SizedBy("n".to_owned())]);
    assert_eq!(param("apple", 0), [RawAttr::CountedBy("n".to_owned())]);
    assert_eq!(attrs("string"), [RawAttr::NullTerminatedStringArg(Some(1))]);
    assert_eq!(attrs("closed"), [RawAttr::Dealloc { function: "all".to_owned(), argument: Some(1) }]);
    assert_eq!(attrs("call"), [RawAttr::Callback(vec![1, 2, -1])]);
    assert_eq!(attrs("print"), [RawAttr::Format("printf, 1, 2".to_owned()), RawAttr::Deprecated]);
    assert_eq!(attrs("gone"), [RawAttr::Noreturn]);
    assert_eq!(attrs("gone11"), [RawAttr::Noreturn]);
    let notes = ["mine, (odd", "two"].map(|text| RawAttr::Annotate(text.to_owned()));
    assert!(notes.iter().all(|note| attrs("noted").contains(note)), "{:?}", attrs("noted"));
    assert_eq!(attrs("plain"), []);
    assert_eq!(attrs("renamed"), [RawAttr::Other("asm(\"other_name\")".to_owned())]);
    assert_eq!(func(&read, "access").params.len(), 2);
}
