//! How calls are checked: each place where it can be said, which one wins, and what comes of it in wrappers and audits.

use pinned_ffi_codegen::{Bindings, Builder, Guarded, Nested, audit, dump};

const HEADER: &str = "#include <stddef.h>\n\
    struct node { int value; struct node *next; };\n\
    long sum(const struct node *first);\n\
    int peek(const char *at);\n\
    int parse(const char *text, size_t n);\n\
    int add(int a, int b);\n";

const SAID: &str = r#"unsafe extern "C" {
    fn sum(#[one] #[noescape] first: *const node) -> c_long;
    fn peek(#[one] at: *const c_char) -> c_int;
    fn parse(#[counted_by(n)] #[noescape] text: *const c_char, n: usize) -> c_int;
}"#;

/// The bindings of the header, with what `ask` asks for beside the contracts, and this contract file.
fn bind(file: &str, ask: impl FnOnce(Builder) -> Builder) -> Result<Bindings, String> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = |name: &str| folder.path().join(name).display().to_string();
    std::fs::write(path("mine.h"), HEADER).expect("the folder can be written");
    std::fs::write(path("mine.toml"), format!("schema = 1\n{file}")).expect("the folder can be written");
    let builder = Builder::new().header(path("mine.h")).contract_file(path("mine.toml")).contracts(SAID);
    ask(builder).generate().map_err(|errors| errors.to_string())
}

fn bound(file: &str, ask: impl FnOnce(Builder) -> Builder) -> Bindings {
    bind(file, ask).unwrap_or_else(|errors| panic!("{errors}"))
}

/// The lines of the contract's dump for one function.
fn contract(bindings: &Bindings, function: &str) -> String {
    let text = dump::contracts(&bindings.output.header, &bindings.output.contracts);
    let begin = text.find(&format!("{function}\n")).unwrap_or_else(|| panic!("no {function} in {text}"));
    text[begin..]
        .split_inclusive('\n')
        .enumerate()
        .take_while(|(number, line)| *number == 0 || line.starts_with(' '))
        .map(|(_, line)| line)
        .collect()
}

/// The literal that describes a function.
fn literal(bindings: &Bindings, function: &str) -> Option<String> {
    let text = bindings.text();
    let literals = text.split('"').filter(|literal| literal.starts_with(function) && literal.contains('*'));
    literals.map(str::to_owned).next()
}

#[test]
fn nothing_said_is_strict_sampled_and_checked() {
    let bindings = bound("", |builder| builder);
    assert_eq!(literal(&bindings, "sum").as_deref(), Some("sum first*0.<1c"));
    let contract = contract(&bindings, "sum");
    assert!(
        !contract.contains("nested") && !contract.contains("guarded") && !contract.contains("unchecked"),
        "{contract}"
    );
    assert!(
        !dump::audit(&bindings.output.header, &bindings.output.facts, &bindings.output.contracts).contains("unchecked")
    );
}

#[test]
fn the_whole_may_be_live_and_a_function_strict_again() {
    let file = "[functions.parse]\nnested = \"strict\"\n";
    let bindings = bound(file, |builder| builder.nested(Nested::Live));
    assert!(contract(&bindings, "sum").contains("nested: live [attribute: nested = \"live\"]"));
    assert!(
        contract(&bindings, "parse").contains("nested: strict [file: nested(strict)]"),
        "{}",
        contract(&bindings, "parse")
    );
    assert_eq!(literal(&bindings, "sum").as_deref(), Some("sum~ first*0.<1c"));
    assert!(literal(&bindings, "parse").is_some_and(|literal| literal.starts_with("parse text")));
}

#[test]
fn attributes_win_over_files_and_the_audit_says_so() {
    let file = "[functions.sum]\nnested = \"live\"\nguarded = \"never\"\n";
    let said =
        r#"unsafe extern "C" { #[nested(strict)] #[guarded(always)] fn sum(#[one] first: *const node) -> c_long; }"#;
    let bindings = bound(file, |builder| builder.contracts(said));
    let contract = contract(&bindings, "sum");
    for line in [
        "nested: strict [attribute: nested(strict)]",
        "guarded: always [attribute: guarded(always)]",
        "overruled: file says nested(live), attribute says nested(strict) and wins",
        "overruled: file says guarded(never), attribute says guarded(always) and wins",
    ] {
        assert!(contract.contains(line), "{line:?} is not in {contract}");
    }
    assert!(literal(&bindings, "sum").is_some_and(|literal| literal.starts_with("sum+ ")));
}

#[test]
fn the_builder_guards_by_pattern() {
    let ask = |builder: Builder| builder.guarded("p.*", Guarded::Never).guarded("sum", Guarded::Always);
    let bindings = bound("", ask);
    let begins =
        |function: &str, with: &str| literal(&bindings, function).is_some_and(|literal| literal.starts_with(with));
    assert!(begins("sum", "sum+ ") && begins("peek", "peek- ") && begins("parse", "parse- "));
    let plans = dump::plans(&bindings.output.plans);
    assert!(plans.contains("guarded: never") && plans.contains("guarded: always"), "{plans}");
}

#[test]
fn what_is_unchecked_has_no_wrapper_says_why_and_is_listed() {
    let file =
        "[functions.parse]\nunchecked = \"measured\"\nsafe = true\n[functions.parse.params.text]\ndirection = \"in\"\n";
    let bindings = bound(file, |builder| builder.unchecked("peek|pick.*", "called for every byte"));
    let text = bindings.text();
    assert_eq!((literal(&bindings, "peek"), literal(&bindings, "parse")), (None, None));
    assert!(literal(&bindings, "sum").is_some());
    assert!(text.contains("Calls are not checked, in any build: called for every byte."), "{text}");
    assert!(text.contains("Calls are not checked, in any build: measured."), "{text}");
    // C's own declaration for one signature, a wrapper without a description for the other.
    assert!(!text.contains("fn peek(\n") && text.contains("pub fn peek("), "{text}");
    assert!(text.contains("pub fn parse(text: &["), "{text}");
    assert!(!text.contains("Call::enter"), "{text}");
    let listed = dump::audit(&bindings.output.header, &bindings.output.facts, &bindings.output.contracts);
    assert!(listed.contains("peek, unchecked(\"called for every byte\")\n"), "{listed}");
    assert!(listed.contains("4 functions, 2 unchecked, "), "{listed}");
    let report = audit::report(&bindings.output);
    let policy =
        |name: &str| report.functions.iter().find(|function| function.name == name).map(|found| found.policy.clone());
    assert_eq!(policy("parse"), Some(vec!["unchecked(\"measured\")".to_owned()]));
    assert_eq!((policy("sum"), report.summary.unchecked), (Some(Vec::new()), 2));
}

#[test]
fn names_and_patterns_with_mistakes_are_told() {
    let said = bind("", |builder| builder.unchecked("peeek", "no reason")).expect_err("there is no such function");
    assert!(said.contains("`unchecked` names `peeek`") && said.contains("did you mean `peek`?"), "{said}");
    let said = bind("", |builder| builder.guarded("(", Guarded::Always)).expect_err("that is no pattern");
    assert!(said.contains("`guarded` takes a regular expression, not `(`"), "{said}");
    for (file, told) in [
        ("nested = \"lax\"", "`nested` cannot be read: expected strict or live"),
        ("guarded = true", "`guarded` cannot be"),
        ("guarded = \"often\"", "`guarded` cannot be read: expected always or never"),
        ("unchecked = true", "`unchecked` cannot be"),
    ] {
        let said = bind(&format!("[functions.sum]\n{file}\n"), |builder| builder).expect_err(file);
        assert!(said.contains(told), "{file}: {said}");
    }
}

#[test]
fn a_helper_process_is_asked_for_the_same() {
    let ask =
        |builder: Builder| builder.nested(Nested::Live).unchecked("peek|poke", "a = b").guarded("sum", Guarded::Always);
    let line = ask(Builder::new().header("mine.h")).command_line();
    for word in ["--nested=live", "--unchecked=peek|poke=a = b", "--guarded-always=sum"] {
        assert!(line.iter().any(|said| said == word), "{word} is not in {line:?}");
    }
}
