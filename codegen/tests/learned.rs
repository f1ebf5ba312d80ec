//! What lines of evidence are weighed as: enough of it, from different values, of one voice, or nothing is proposed.

use pinned_ffi_codegen::audit::{self, LearnedFacts, Report};
use pinned_ffi_codegen::diag::Diagnostics;
use pinned_ffi_codegen::learned::{Learned, text};
use pinned_ffi_codegen::read::text_file::TextFile;
use pinned_ffi_codegen::{Builder, learned};
use serde_json::{Value, json};

/// The audit of this header with these lines.
fn explained(header: &str, lines: &[Value]) -> Report {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("mine.h");
    std::fs::write(&path, header).expect("the folder can be written");
    let bindings = Builder::new().header(path.display().to_string()).without_rule("all").generate();
    let mut report = audit::report(&bindings.unwrap_or_else(|errors| panic!("{errors}")).output);
    let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
    let (mut learned, mut diagnostics) = (Learned::default(), Diagnostics::new());
    learned.add(&TextFile::new("learned.jsonl".into(), text), &mut diagnostics);
    assert!(diagnostics.is_empty(), "{diagnostics}");
    learned.explain(&mut report);
    report
}

/// A line about `void f(unsigned char *p, unsigned long n, unsigned long m)`, with these counts of `p`.
fn line(calls: u64, pointer: Value) -> Value {
    let mut all = json!({"calls": calls, "size": 1, "compared": calls, "contents": [1, 2, 3, 4, 5]});
    let (Some(all), Value::Object(more)) = (all.as_object_mut(), pointer) else { panic!("both are objects") };
    all.extend(more);
    json!({"schema": 1, "kind": "learned", "function": "f", "run": "1-1", "calls": calls, "result": {},
           "params": [{"name": "p", "pointer": all}, {"name": "n"}, {"name": "m"}]})
}

const HEADER: &str = "void f(unsigned char *p, unsigned long n, unsigned long m);\n";

/// What is proposed, and what is open.
fn weighed(lines: &[Value]) -> (Vec<String>, Vec<String>) {
    let report = explained(HEADER, lines);
    let facts: LearnedFacts = report.functions[0].params[0].learned.clone().expect("calls were seen");
    (facts.proposed.into_iter().map(|proposal| proposal.word).collect(), facts.open)
}

fn length(of: &str, calls: u64, counts: Value) -> Value {
    let mut all = json!({"of": of, "in_bytes": false, "calls": calls, "values": [3, 4, 5, 6]});
    let (Some(all), Value::Object(more)) = (all.as_object_mut(), counts) else { panic!("both are objects") };
    all.extend(more);
    Value::Object(all.clone())
}

#[test]
fn so_many_calls_are_enough_and_one_less_is_not() {
    let exact = |calls: u64| line(calls, json!({"lengths": [length("n", calls, json!({"exact": calls}))]}));
    let (proposed, _) = weighed(&[exact(learned::ENOUGH)]);
    assert_eq!(proposed, ["input", "counted_by(n)"]);
    let (proposed, open) = weighed(&[exact(learned::ENOUGH - 1)]);
    assert_eq!((proposed.len(), &*open), (0, &["too little seen: 15 calls, and 16 are needed".to_owned()][..]));
    // Two runs of eight calls are sixteen.
    assert_eq!(weighed(&[exact(8), exact(8)]).0, ["input", "counted_by(n)"]);
}

#[test]
fn one_call_that_does_not_fit_is_enough_to_say_nothing() {
    for wrong in ["over", "short"] {
        let counts = json!({"exact": 100, wrong: 1});
        let (proposed, open) = weighed(&[line(101, json!({"lengths": [length("n", 101, counts)]}))]);
        assert_eq!(proposed, ["input"], "{wrong}");
        assert!(open.contains(&"extent: no number is all of its memory, or all that C wrote".to_owned()), "{open:?}");
    }
    // A run that never writes, and one that sometimes does.
    let (proposed, open) =
        weighed(&[line(50, json!({})), line(50, json!({"changed": 3, "written": [1, 2, 3], "contents": [9]}))]);
    assert!(proposed.is_empty(), "{proposed:?}");
    assert!(open.contains(&"direction: C wrote it in 3 of 100 calls, and 8 are needed".to_owned()), "{open:?}");
    // A pointer that is kept at some calls.
    let searched = json!({"searched": 32, "searched_heap": 32, "kept_static": 5});
    let (_, open) = weighed(&[line(50, searched)]);
    assert!(open.contains(&"escape: C had a pointer to it after 5 of 32 searched calls".to_owned()), "{open:?}");
}

#[test]
fn one_value_teaches_nothing() {
    let lengths = json!([{"of": "n", "in_bytes": false, "calls": 90, "exact": 90, "values": [12]}]);
    let (proposed, open) = weighed(&[line(90, json!({"contents": [1], "lengths": lengths}))]);
    assert!(proposed.is_empty(), "{proposed:?}");
    assert!(open.contains(&"extent: 1 different value of `n` was seen, and 4 are needed".to_owned()), "{open:?}");
    // Different runs have different values.
    let run = |value: u64| {
        let lengths = json!([{"of": "n", "in_bytes": false, "calls": 5, "exact": 5, "values": [value]}]);
        line(5, json!({"contents": [value], "lengths": lengths}))
    };
    assert_eq!(weighed(&[run(1), run(2), run(3), run(4)]).0, ["input", "counted_by(n)"]);
}

#[test]
fn two_numbers_that_fit_are_none() {
    let both = [length("n", 40, json!({"exact": 40})), length("m", 40, json!({"exact": 40}))];
    let (proposed, open) = weighed(&[line(40, json!({"lengths": both}))]);
    assert_eq!(proposed, ["input"]);
    assert!(open.contains(&"extent: `n` and `m` fit all the same".to_owned()), "{open:?}");
}

#[test]
fn a_heap_that_was_not_searched_may_keep_pointers() {
    let (proposed, open) = weighed(&[line(40, json!({"searched": 32}))]);
    assert_eq!(proposed, ["input"]);
    let why = "escape: C's heap was not searched: a program with `interpose_malloc!` does";
    assert!(open.contains(&why.to_owned()), "{open:?}");
    assert_eq!(weighed(&[line(40, json!({"searched": 32, "searched_heap": 32}))]).0, ["input", "noescape"]);
}

#[test]
fn names_are_those_of_the_header_and_strangers_are_named() {
    let mut lines = vec![line(40, json!({"lengths": [length("count", 40, json!({"exact": 40}))]}))];
    lines[0]["params"][1]["name"] = "count".into();
    let mut other = line(3, json!({}));
    other["function"] = "elsewhere".into();
    let mut shorter = line(3, json!({}));
    shorter["function"] = "g".into();
    lines.extend([other, shorter]);
    let report = explained(&format!("{HEADER}void g(void);\n"), &lines);
    let line = report.functions[0].learned.as_ref().and_then(|learned| learned.line.as_deref());
    assert_eq!(line, Some("fn f(#[input] #[counted_by(n)] p: *mut c_uchar, n: c_ulong, m: c_ulong);"));
    let told = text::text(&report);
    assert!(told.contains("\nnote: `g` has other parameters in the program than in these headers\n"), "{told}");
    assert!(told.contains("\nnote: not in these headers: elsewhere\n"), "{told}");
    assert!(told.ends_with("\n2 words proposed, 0 contradictions\n"), "{told}");
}

#[test]
fn a_line_may_say_whatever_it_likes() {
    let huge =
        json!({"changed": u64::MAX, "null": u64::MAX, "searched": u64::MAX, "kept_static": u64::MAX, "kept_heap": 7});
    let lines = [line(u64::MAX, huge.clone()), line(u64::MAX, huge), line(0, json!({"null": 9}))];
    assert!(!text::text(&explained(HEADER, &lines)).is_empty());
    let mut learned = Learned::default();
    let mut diagnostics = Diagnostics::new();
    let bad = "{\"schema\":1,\"kind\":\"learned\",\"function\":\"f\",\"calls\":1,\"params\":{},\"result\":{}}\n[]\n{\n";
    learned.add(&TextFile::new("bad.jsonl".into(), bad.into()), &mut diagnostics);
    let said = diagnostics.to_string();
    assert_eq!((said.matches("error[PB020]").count(), learned.functions.len()), (3, 0), "{said}");
    for place in ["bad.jsonl:1:", "bad.jsonl:2:", "bad.jsonl:3:"] {
        assert!(said.contains(place), "{said}");
    }
}
