//! Decides how the reader and bindgen must get on: the same errors, the same library, and no trace on a thread.

use clang_sys::get_library;

use super::{lib, wrapper};
use crate::config::ClangArgs;
use crate::read::bindgen;
use crate::read::clang::{Severity, read};

#[test]
fn errors_are_told_with_their_place() {
    let Some(lib) = lib() else { return };
    let errors = |text: &str, args: &[&str]| {
        let args = ClangArgs { args: args.iter().map(|arg| (*arg).to_owned()).collect() };
        let error = bindgen::read(&wrapper(text), &args, &lib, &bindgen::Select::default());
        assert!(error.is_err(), "bindgen read {text}");
        read(&wrapper(text), &args, &lib).expect_err("the text has an error")
    };
    let two = errors("int a(void);\nint b(unknown_t x);\nint c(void)\nint d(void);\n", &[]);
    assert_eq!(two.iter().map(|error| error.line).collect::<Vec<_>>(), [2, 3]);
    assert!(two[0].message.contains("unknown_t") && two[0].severity == Severity::Error);
    assert!(two[0].file.as_ref().is_some_and(|file| file.ends_with("wrapper.h")));
    let missing = errors("\n#include <no/such/header.h>\n", &[]);
    assert_eq!((missing.len(), missing[0].severity, missing[0].line), (1, Severity::Fatal, 2));
    assert!(missing[0].to_string().contains("wrapper.h:2:10: fatal error: 'no/such/header.h' file not found"));
    assert!(!errors("", &["-no-such-flag"]).is_empty());
}

#[test]
fn bindgen_reads_the_same_with_the_same_library_on_any_thread() {
    let Some(lib) = lib() else { return };
    let text = "#include <stddef.h>\n/** Says. */\nsize_t says(const char *words);\nstruct gone { int i; };\n";
    let select = bindgen::Select { functions: Some("says".to_owned()), ..bindgen::Select::default() };
    let run = || {
        let written = bindgen::read(&wrapper(text), &ClangArgs::default(), &lib, &select).expect("the text is right");
        let read = read(&wrapper(text), &ClangArgs::default(), &lib).expect("the text is right");
        assert!(get_library().is_none(), "the thread is left as it was found");
        (format!("{:?}", written.file.items), read)
    };
    let here = run();
    assert!(here.0.contains("says") && here.0.contains("Says.") && !here.0.contains("gone"));
    assert!(!here.0.contains("wrapper.h") && !here.0.contains("0.73"));
    std::thread::scope(|scope| {
        for thread in [scope.spawn(run), scope.spawn(run)] {
            assert_eq!(thread.join().expect("the thread does not panic"), here);
        }
    });
}
