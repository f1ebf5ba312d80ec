//! Every `access` attribute that gcc sees in the system's headers is one that we see, and decides what it is about.

#![cfg(target_os = "linux")]

use pinned_ffi_codegen::config::{ClangArgs, WrapperSource};
use pinned_ffi_codegen::model::{Access, HeaderAttr, Ty};
use pinned_ffi_codegen::read::{clang, libclang};
use pinned_ffi_codegen::{Bindings, Builder};
use std::collections::BTreeSet;
use std::io::Write as _;
use std::process::{Command, Stdio};

/// The POSIX and Linux headers that say the most; with glibc 2.36 they hold 50 declarations with `access`.
const HEADERS: &[&str] = &[
    "unistd.h",
    "stdio.h",
    "stdlib.h",
    "string.h",
    "strings.h",
    "sys/uio.h",
    "sys/socket.h",
    "sys/stat.h",
    "fcntl.h",
    "poll.h",
    "pthread.h",
    "signal.h",
    "time.h",
    "dirent.h",
    "netdb.h",
    "sys/mman.h",
    "sys/select.h",
    "sys/epoll.h",
    "sys/ioctl.h",
    "net/if.h",
    "wchar.h",
];

/// The others of glibc that use it.
const MORE: &[&str] =
    &["sys/random.h", "sys/xattr.h", "grp.h", "pwd.h", "shadow.h", "gshadow.h", "regex.h", "monetary.h", "spawn.h"];

/// One attribute: function, mode, pointer and size, counted from 1.
type Said = (String, &'static str, u32, Option<u32>);

/// The headers of a list that this machine has.
fn present(headers: &[&'static str]) -> Vec<&'static str> {
    let has = |header: &&&str| preprocessed(&format!("#include <{header}>\n")).is_some();
    headers.iter().filter(has).copied().collect()
}

fn includes(headers: &[&str]) -> String {
    headers.iter().map(|header| format!("#include <{header}>\n")).collect()
}

/// What gcc makes of a text before it compiles it; `None` where it refuses, or is none of GNU's.
fn preprocessed(text: &str) -> Option<String> {
    let mut gcc = Command::new("gcc")
        .args(["-E", "-P", "-D_GNU_SOURCE", "-x", "c", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    gcc.stdin.take()?.write_all(text.as_bytes()).ok()?;
    let output = gcc.wait_with_output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Whether `gcc` is one that knows the attribute: on some systems that name is clang's.
fn has_gcc() -> bool {
    let text = "#if defined __clang__ || !__has_attribute(access)\n#error\n#endif\n";
    let is_there = preprocessed(text).is_some();
    if !is_there {
        println!("skipped: no gcc that knows the attribute `access`");
    }
    is_there
}

/// Texts that end with `;` or a body at the outermost level.
fn declarations(text: &str) -> Vec<String> {
    let (mut all, mut one, mut depth) = (Vec::new(), String::new(), 0);
    for c in text.chars() {
        match c {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth -= 1,
            _ => {}
        }
        one.push(c);
        if depth == 0 && (c == ';' || c == '}') {
            all.push(std::mem::take(&mut one));
        }
    }
    all
}

/// The text in the parenthesis that `text` begins with, and what follows it.
fn parenthesis(text: &str) -> Option<(&str, &str)> {
    let mut depth = 0;
    for (at, c) in text.char_indices() {
        depth += i32::from(c == '(') - i32::from(c == ')');
        if depth == 0 {
            return Some((text.get(1..at)?, &text[at + 1..]));
        }
    }
    None
}

/// What one declaration says, by gcc's grammar: attributes are taken out, then the first name before `(` is declared.
fn said_in(declaration: &str) -> Vec<Said> {
    let (mut plain, mut attributes) = (String::new(), String::new());
    let mut rest = declaration;
    while let Some(at) = rest.find("__attribute__") {
        plain.push_str(&rest[..at]);
        let after = rest[at + "__attribute__".len()..].trim_start();
        let (inside, after) = parenthesis(after).expect("gcc closes its parentheses");
        attributes.push_str(inside);
        rest = after;
    }
    plain.push_str(rest);
    let Some(open) = plain.find('(').filter(|_| !plain.trim_start().starts_with("typedef")) else { return Vec::new() };
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let name = plain[..open].trim_end().rsplit(|c| !is_name(c)).next().unwrap_or_default().to_owned();
    let mut all = Vec::new();
    let mut rest = attributes.as_str();
    while let Some(at) = ["access__", "access ("].iter().filter_map(|word| rest.find(word)).min() {
        rest = &rest[at..];
        let (inside, after) = parenthesis(&rest[rest.find('(').expect("it has arguments")..]).expect("closed");
        let mut words = inside.split(',').map(|word| word.trim().trim_matches('_'));
        let mode = match words.next() {
            Some("read_only") => "read_only",
            Some("write_only") => "write_only",
            Some("read_write") => "read_write",
            Some("none") => "none",
            other => panic!("{name}: access with {other:?}"),
        };
        let mut numbers = words.map(|word| word.parse().expect("parameters are numbers"));
        all.push((name.clone(), mode, numbers.next().expect("a pointer is named"), numbers.next()));
        rest = after;
    }
    all
}

/// gcc's view of some headers.
fn of_gcc(headers: &[&str]) -> BTreeSet<Said> {
    let text = preprocessed(&includes(headers)).expect("each of them can be read");
    declarations(&text).iter().flat_map(|declaration| said_in(declaration)).collect()
}

/// Our view.
fn of_reader(headers: &[&str]) -> BTreeSet<Said> {
    let lib = libclang::open().unwrap_or_else(|error| panic!("{error}"));
    let source =
        WrapperSource { name: "wrapper.h".into(), text: format!("#define _GNU_SOURCE\n{}", includes(headers)) };
    let read = clang::read(&source, &ClangArgs::default(), &lib).unwrap_or_else(|errors| panic!("{errors:?}"));
    let mut all = BTreeSet::new();
    for function in &read.functions {
        for attr in &function.attrs {
            if let clang::RawAttr::Access { mode, pointer, size } = attr {
                let mode = match mode {
                    clang::AccessMode::ReadOnly => "read_only",
                    clang::AccessMode::WriteOnly => "write_only",
                    clang::AccessMode::ReadWrite => "read_write",
                    clang::AccessMode::None => "none",
                };
                all.insert((function.name.clone(), mode, *pointer, *size));
            }
        }
    }
    all
}

fn names(said: &BTreeSet<Said>) -> BTreeSet<&str> {
    said.iter().map(|said| said.0.as_str()).collect()
}

#[test]
fn the_oracle_reads_gccs_grammar() {
    let text = "typedef int (*later) (void *) __attribute__ ((__access__ (__none__, 1)));\n\
                extern __attribute__ ((__cold__)) long int one (int, void *, long) __asm__ (\"\" \"other\") \
                __attribute__ ((__nothrow__)) __attribute__ ((__access__ (__write_only__, 2, 3)));\n\
                extern char *two (char *a, char *b) __attribute__ ((access (read_only, 1), __access__ (__none__, 2)));\n\
                static inline int three (int a) { int access = a; return access (a); }\n";
    let found: Vec<Said> = declarations(text).iter().flat_map(|declaration| said_in(declaration)).collect();
    assert_eq!(found[0], ("one".to_owned(), "write_only", 2, Some(3)));
    assert_eq!(
        found[1..].iter().map(|said| (said.1, said.2, said.3)).collect::<Vec<_>>(),
        [("read_only", 1, None), ("none", 2, None)]
    );
}

#[test]
fn the_reader_sees_what_gcc_sees() {
    if !has_gcc() {
        return;
    }
    for (what, headers) in [("the 21 headers", HEADERS), ("the others", MORE)] {
        let headers = present(headers);
        let expected = of_gcc(&headers);
        let found = of_reader(&headers);
        println!("{what}: {} attributes on {} functions", expected.len(), names(&expected).len());
        let missing: Vec<_> = expected.difference(&found).collect();
        let invented: Vec<_> = found.difference(&expected).collect();
        assert!(missing.is_empty() && invented.is_empty(), "missing {missing:#?}\ninvented {invented:#?}");
    }
    // Other systems have other headers, and another glibc may say it of other functions.
    let text = preprocessed(&includes(&present(HEADERS))).expect("each of them can be read");
    let all = declarations(&text);
    let are_functions = all.iter().filter(|one| one.contains('(') && !one.trim_start().starts_with("typedef"));
    let with = all.iter().filter(|declaration| !said_in(declaration).is_empty()).count();
    println!("{} declarations, {with} with `access`", are_functions.count());
    assert!(!cfg!(target_env = "gnu") || with >= 50, "{with}");
}

/// Bindings of the headers, in one run for all tests.
fn bindings(headers: &[&str]) -> Bindings {
    let mut builder = Builder::new().define("_GNU_SOURCE").format(false).layout_tests(false);
    for header in headers {
        builder = builder.header(*header);
    }
    builder.generate().unwrap_or_else(|errors| panic!("{errors}"))
}

#[test]
fn contracts_carry_it() {
    if !has_gcc() {
        return;
    }
    let headers = present(&[HEADERS, MORE].concat());
    let expected = of_gcc(&headers);
    let output = bindings(&headers).output;
    let mut of_header = 0;
    for (name, mode, pointer, size) in &expected {
        let at = output.header.functions.iter().position(|function| function.c_name() == name);
        let at = at.unwrap_or_else(|| panic!("{name} is not bound"));
        let function = &output.header.functions[at];
        let pointer = *pointer as usize - 1;
        let size = size.map(|size| size as usize - 1);
        let mode = match *mode {
            "read_only" => Access::Read,
            "write_only" => Access::Write,
            "read_write" => Access::ReadWrite,
            _ => Access::None,
        };
        // A pack that knows the function stands above; the header's word is still there.
        assert!(function.attrs.contains(&HeaderAttr::Access { mode, pointer, size }), "{name}: {:?}", function.attrs);
        // Without the packs: what the header's word alone gives.
        let mut contract = pinned_ffi_codegen::contract::FnContract::new(function);
        pinned_ffi_codegen::contract::from_header::apply(&mut contract, function, &output.header);
        let facts = &contract.params[pointer];
        let word = facts.direction.as_ref().map(|fact| (format!("{:?}", fact.value), fact.source.to_string()));
        let wanted = match mode {
            Access::Read => Some("In"),
            Access::Write => Some("Out"),
            Access::ReadWrite => Some("InOut"),
            Access::None => None,
        };
        assert_eq!(word, wanted.map(|wanted| (wanted.to_owned(), "header".to_owned())), "{name}");
        let extent = facts.extent.as_ref().map(|fact| fact.value.to_string());
        let wanted = size.map(|size| {
            let word = match function.params[pointer].ty.as_pointer().map(|pointer| &*pointer.pointee) {
                Some(Ty::Void) => "sized_by",
                _ => "counted_by",
            };
            format!("{word}({})", function.params[size].name)
        });
        assert_eq!(extent, wanted, "{name}");
        // Beside the packs: whoever says it, the axis is known.
        let settled = &output.contracts.functions[at].params[pointer];
        assert!(mode == Access::None || settled.is_opaque() || settled.direction.is_some(), "{name}: {settled:?}");
        of_header += usize::from(settled.direction.as_ref().is_some_and(|fact| fact.source.to_string() == "header"));
    }
    println!("{} attributes, {of_header} decide the direction, packs the rest", expected.len());
}
