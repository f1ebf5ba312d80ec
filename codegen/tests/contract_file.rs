//! Contract files: what they give, which source wins, and how each mistake in them is told.

use pinned_ffi_codegen::{Bindings, Builder, cache, dump};
use std::path::{Path, PathBuf};

/// A folder with a header and a contract file.
struct Case {
    folder: tempfile::TempDir,
}

const HEADER: &str = "#include <stddef.h>\n\
    typedef struct { void *base; size_t len; int *next; } chunk_t;\n\
    struct ring;\n\
    struct node { char *name; struct node *next; };\n\
    long fill(int fd, void *to, size_t len);\n\
    int keep(struct ring *ring, const void *data, size_t len, void (*free_data)(void *));\n\
    char *name_of(const struct node *node, int flags);\n\
    int log_it(const char *format, ...);\n\
    void visit(struct node *first, void (*each)(struct node *, void *), void *data);\n\
    int chunks(const chunk_t *all, int count);\n";

impl Case {
    fn new(contracts: &str) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        std::fs::write(folder.path().join("mine.h"), HEADER).expect("the folder can be written");
        std::fs::write(folder.path().join("mine.toml"), contracts).expect("the folder can be written");
        Self { folder }
    }

    fn path(&self, name: &str) -> String {
        self.folder.path().join(name).display().to_string()
    }

    fn builder(&self) -> Builder {
        Builder::new().header(self.path("mine.h")).contract_file(self.path("mine.toml"))
    }

    fn refused(&self) -> String {
        refused(&self.builder()).replace(&format!("{}/", self.real()), "")
    }

    fn real(&self) -> String {
        self.folder.path().canonicalize().expect("the folder exists").display().to_string()
    }
}

fn refused(builder: &Builder) -> String {
    match builder.generate() {
        Ok(_) => panic!("that should have been refused"),
        Err(errors) => errors.to_string(),
    }
}

fn generated(builder: &Builder) -> Bindings {
    builder.generate().unwrap_or_else(|errors| panic!("{errors}"))
}

fn contracts(bindings: &Bindings) -> String {
    dump::contracts(&bindings.output.header, &bindings.output.contracts)
}

/// The refusal of a file with this text below its schema.
fn mistake(text: &str) -> String {
    Case::new(&format!("schema = 1\n{text}")).refused()
}

#[track_caller]
fn has(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "{part:?} is not in:\n{text}");
    }
}

#[test]
fn every_key_gives_what_its_word_gives() {
    let case = Case::new(
        "schema = 1\n\
         [functions.fill]\nerrno = true\nmay_alias = true\nunsafe_beyond_pointers = \"fd is \\\"raw\\\"\"\n\
         [functions.fill.params.to]\ndirection = \"out\"\nnullable = false\nsized_by = \"len\"\nfilled_by = \"return\"\n\
         noescape = true\nmay_exceed = true\n\
         [functions.keep]\nsuccess = \"result == 0\"\n\
         [functions.keep.params]\nring = { opaque = true }\n\
         data = { sized_by = \"len\", noescape = [\"when(len == 0)\"], transfer = [\"free = free_data, on(success)\"],\n\
         retained = \"by = ring, until = [keep], on(failure)\" }\nfree_data = { callback = \"scope = call\" }\n\
         [functions.name_of]\nreturns = [\"borrowed = node\", \"nullable, null_terminated\"]\n\
         [functions.name_of.params.0]\none = true\nnullable = true\nflow_through = \"out\"\n\
         [functions.visit.params]\nfirst.direction = \"inout\"\nfirst.pointee = \"opaque\"\nfirst.flow_through = true\n\
         each.callback = \"userdata = data, scope = call\"\ndata.address = true\n\
         [functions.chunks.params.all]\ncounted_by = 0x2\n\
         [records.chunk_t.fields]\nbase = { sized_by = \"len\" }\n\
         [records.node.fields.name]\nnull_terminated = true\n",
    );
    let bindings = generated(&case.builder());
    let text = contracts(&bindings);
    has(
        &text,
        &[
            "errno: -1, else the result [file: errno]",
            "may_alias: yes [file: may_alias]",
            "beyond: fd is \"raw\" [file:",
            "direction: out [file: out]",
            "nullability: nonnull [file: nonnull]",
            "extent: sized_by(len) [file: sized_by(len)]",
            "filled: return [file: filled_by(return)]",
            "escape: noescape [file: noescape]",
            "success: result == 0 [file: success(result == 0)]",
            "escape: noescape when len == 0; transfer(free = free_data) when success; \
             retained(by = ring, until = [keep]) when failure [file:",
            "returns: borrowed = node [file]",
            "returns: nullable, null_terminated [file]",
            "extent: one [file: one]",
            "flow_through: out [file: flow_through(out)]",
            "flow_through: in [file: flow_through]",
            "pointee: opaque [file: pointee(opaque)]",
            "callback: userdata = data, scope = call [file:",
            "extent: counted_by(2) [file: counted_by(2)]",
        ],
    );
    let records = &bindings.output.contracts.records;
    let of = |name: &str| records.iter().find(|record| record.name == name).map(|record| record.fields.len());
    assert_eq!((of("chunk_t"), of("node")), (Some(1), Some(1)));
}

#[test]
fn the_example_of_the_documentation_is_read() {
    let document = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("CONTRACTS.md"))
        .expect("the document is there");
    let example = document.split("```toml\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap_or_default();
    assert!(example.starts_with("schema = 1"), "{example}");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("libc.toml");
    std::fs::write(&path, example).expect("the folder can be written");
    let builder = Builder::new()
        .define("_GNU_SOURCE")
        .header("sys/uio.h")
        .header("unistd.h")
        .header("stdio.h")
        .header("stdlib.h")
        .allow("readv|getcwd|getline|setbuffer|qsort_r")
        .contract_file(path.display().to_string());
    let bindings = generated(&builder);
    let text = contracts(&bindings);
    has(
        &text,
        &[
            "extent: counted_by(iovcnt) [file: counted_by(iovcnt)]",
            "returns: borrowed = buf [file]",
            "pointee: nullable, null_terminated, reallocated [file:",
            "callback: userdata = arg, scope = call [file:",
        ],
    );
    assert!(bindings.text().contains("pub fn readv<"), "`safe = true` asks for the idiomatic signature");
}

#[test]
fn attributes_win_and_the_audit_says_so() {
    let case = Case::new(
        "schema = 1\n[functions.fill]\nerrno = \"void\"\n[functions.fill.params.to]\n\
         sized_by = \"len\"\nnullable = false\ndirection = \"out\"\nfilled_by = \"return\"\n",
    );
    let builder = case.builder().contracts(
        "unsafe extern \"C\" { #[errno] fn fill(fd: c_int, #[sized_by(4)] #[nonnull] to: *mut c_void, len: size_t) -> c_long; }",
    );
    let bindings = generated(&builder);
    has(
        &contracts(&bindings),
        &[
            "errno: -1, else the result [attribute: errno]",
            "overruled: file says errno(void), attribute says errno and wins",
            "extent: sized_by(4) [attribute: sized_by(4)]",
            "nullability: nonnull [attribute: nonnull]",
            "direction: out [file: out]",
            "filled: return [file: filled_by(return)]",
            "overruled: to: file says sized_by(len), attribute says sized_by(4) and wins",
        ],
    );
    let audit = dump::audit(&bindings.output.header, &bindings.output.facts, &bindings.output.contracts);
    has(&audit, &["note: to: file says sized_by(len), attribute says sized_by(4) and wins", "[attribute, file]"]);
    // What both say is no contradiction.
    assert!(!audit.contains("says nonnull"), "{audit}");
}

#[test]
fn a_file_wins_over_packs_and_headers() {
    let case = Case::new(
        "schema = 1\n[functions.readv.params.iov]\nnullable = true\n[records.iovec.fields.iov_base]\nnullable = true\n",
    );
    let builder = Builder::new().header("sys/uio.h").allow("readv").contract_file(case.path("mine.toml"));
    let bindings = generated(&builder);
    has(
        &contracts(&bindings),
        &["nullability: nullable [file: nullable]", "extent: counted_by(iovcnt) [pack:libc/uio"],
    );
    // The pack's facts of the field stand below the file's.
    let record = bindings.output.contracts.record("iovec").expect("the header has it");
    let (_, facts) = &record.fields[0];
    assert!(facts.extent.is_some() && facts.nullability.is_some(), "{facts:?}");
}

#[test]
fn text_that_is_no_toml_is_told_with_its_place() {
    let text = mistake("[functions.fill\nerrno = true\n");
    has(&text, &["error[PB016]: this is no TOML", "--> mine.toml:2:16", "help: mend the line"]);
    let text = mistake("[functions.fill]\nerrno = true\nerrno = true\n");
    has(&text, &["error[PB016]", "duplicate key", "mine.toml:4:1"]);
}

#[test]
fn another_schema_is_refused() {
    for (text, parts) in [
        ("schema = 2\n[functions.x]\nfuture = true\n", ["schema 2 is not known here", "mine.toml:1:10"]),
        ("schema = \"1\"\n", ["schema \"1\" is not known here", "mine.toml:1:10"]),
        ("[functions]\n", ["the file does not say its schema", "mine.toml:1:1"]),
        ("", ["the file does not say its schema", "write `schema = 1` at the top"]),
    ] {
        let text = Case::new(text).refused();
        has(&text, &parts);
        has(&text, &["error[PB016]"]);
        assert_eq!(text.matches("error[").count(), 1, "{text}");
    }
}

#[test]
fn unknown_keys_are_told_with_what_is_near() {
    for (text, parts) in [
        ("[function.fill]\n", ["`function` is no key of a contract file", "did you mean `functions`?", "2:2"]),
        ("[functions.fill]\nerno = true\n", ["`erno` is no key of a function", "did you mean `errno`?", "3:1"]),
        (
            "[functions.fill.params.to]\nsizedby = \"len\"\n",
            ["`sizedby` is no key of a parameter", "`sized_by`?", "3:1"],
        ),
        ("[functions.fill.params.to]\nout = true\n", ["`out` is no key", "help: write `direction = \"out\"`", "3:1"]),
        ("[functions.fill.params.to]\nnonnull = true\n", ["`nonnull`", "help: write `nullable = false`", "3:1"]),
        ("[functions.fill.params.to]\nzzz = true\n", ["`zzz` is no key", "help: take it away", "3:1"]),
        ("[records.node]\nfield = {}\n", ["`field` is no key of a record", "did you mean `fields`?", "3:1"]),
    ] {
        let text = mistake(text);
        has(&text, &parts);
        has(&text, &["error[PB001]"]);
    }
}

#[test]
fn unknown_names_are_told_with_what_is_near() {
    let text = mistake("[functions.fil]\nerrno = true\n");
    has(&text, &["error[PB010]: a contract is given for the function `fil`", "did you mean `fill`?", "mine.toml:2:12"]);
    let text = mistake("[functions.fill.params.too]\none = true\n");
    has(&text, &["error[PB003]: `fill` has no parameter `too`", "did you mean `to`?", "mine.toml:2:24"]);
    let text = mistake("[functions.fill.params.3]\none = true\n");
    has(&text, &["error[PB003]: `fill` has no parameter `3`", "its parameters are fd, to, len"]);
    let text = mistake("[functions.fill.params.to]\nsized_by = \"n\"\n");
    has(&text, &["error[PB003]: `fill` has no parameter `n`", "mine.toml:3:12"]);
    let text = mistake("[records.nodes.fields.name]\none = true\n");
    has(&text, &["error[PB010]: a contract is given for the record `nodes`", "did you mean `node`?"]);
    let text = mistake("[records.node.fields.nam]\none = true\n");
    has(&text, &["error[PB003]: `node` has no field `nam`", "did you mean `name`?"]);
    let text = mistake("[records.chunk_t.fields.base]\nsized_by = \"length\"\n");
    has(&text, &["error[PB003]: `chunk_t` has no field `length`", "mine.toml:3:12"]);
}

#[test]
fn what_allow_leaves_out_is_no_mistake() {
    let case = Case::new("schema = 1\n[functions.keep]\nmay_alias = true\n[records.node.fields.name]\none = true\n");
    generated(&case.builder().allow("fill"));
    generated(&case.builder().allow("log_it|fill"));
}

#[test]
fn values_of_the_wrong_kind_are_told() {
    for (text, parts) in [
        ("[functions.fill]\nerrno = 1\n", ["`errno` cannot be a number", "write `errno = true`", "3:9"]),
        (
            "[functions.fill]\nerrno = \"nul\"\n",
            ["`errno` cannot be read: success carries", "write `errno = true`", "3:9"],
        ),
        ("[functions.fill]\nmay_alias = false\n", ["`may_alias` cannot be false", "help: take it away", "3:13"]),
        ("[functions.fill]\nsafe = \"yes\"\n", ["`safe` cannot be a string", "write `safe = true`", "3:8"]),
        ("[functions]\nfill = 1\n", ["`fill` is a table, not a number", "help: write `[….fill]`", "3:8"]),
        ("functions = []\n", ["`functions` is a table, not a list", "help:", "2:13"]),
        ("[functions.fill.params]\nto = 1.5\n", ["`to` is a table, not a number with a point", "help:", "3:6"]),
        ("[functions.fill.params.to]\ndirection = \"up\"\n", ["`up` is no direction", "`direction = \"in\"`", "3:13"]),
        (
            "[functions.fill.params.to]\nsized_by = -1\n",
            ["`sized_by` cannot be a number", "`sized_by = \"n\"`", "3:12"],
        ),
        (
            "[functions.fill.params.to]\nsized_by = \"len %\"\n",
            ["`sized_by` cannot be read", "`sized_by = \"n\"`", "3:12"],
        ),
        (
            "[functions.fill.params.to]\nsized_by = \"(len\"\n",
            ["a quote or a bracket is open", "`sized_by = \"n\"`", "3:12"],
        ),
        (
            "[functions.fill.params.to]\nretained = \"by = fd\"\n",
            ["until which function", "`retained = \"forever\"`", "3:12"],
        ),
        ("[functions.fill.params.to]\nnoescape = [true]\n", ["`noescape` cannot be true", "help:", "3:13"]),
        ("[functions.fill.params.to]\none = 1979-05-27\n", ["`one` cannot be a date", "write `one = true`", "3:7"]),
    ] {
        let text = mistake(text);
        has(&text, &parts);
        has(&text, &["error[PB002]"]);
    }
}

#[test]
fn a_number_may_be_said_to_be_an_address() {
    let case = Case::new(
        "schema = 1\n[functions.fill.params]\nlen = { pointer = true, sized_by = \"64\", direction = \"in\", noescape = true }\n",
    );
    let bindings = generated(&case.builder());
    let plan = bindings.output.plans.iter().find(|plan| plan.c_name == "fill").expect("planned");
    let addresses: Vec<&str> =
        plan.params.iter().filter(|param| param.holds_address()).map(|param| param.name.as_str()).collect();
    assert_eq!(addresses, ["len"]);
    assert!(bindings.text().contains("is too narrow for an address"), "its width is asserted");

    let text = mistake("[functions.fill.params.len]\npointer = true\none = true\n");
    has(&text, &["error[PB014]: in `fill`: `len` is a number, and nothing says what it points to", "sized_by(n)"]);
    let text = mistake("[functions.fill.params.to]\npointer = true\n");
    has(&text, &["error[PB014]: in `fill`: `to` is a pointer by its type", "take `pointer` away"]);
    let text = mistake("[records.chunk_t.fields.len]\npointer = true\n");
    has(&text, &["error[PB014]: `len` is a field, and numbers inside structures are not followed"]);
}

#[test]
fn contradictions_are_told() {
    let text = mistake("[functions.fill.params.to]\none = true\nsized_by = \"len\"\n");
    has(&text, &["error[PB004]: `sized_by(len)` contradicts `one` on `to`", "mine.toml:4:12"]);
    let text = mistake("[functions.fill.params]\nto = { one = true }\n1 = { sized_by = \"len\" }\n");
    has(&text, &["error[PB004]", "on `to`"]);
    let text = mistake("[functions.name_of.params.node]\ndirection = \"out\"\n");
    has(&text, &["error[PB004]: `out` contradicts the type of `node`, a pointer to const", "mine.toml:3:13"]);
    let text = mistake("[functions.fill]\nsafe = true\nidiomatic = true\n");
    has(&text, &["error[PB004]: `safe` and `idiomatic` are two signatures", "mine.toml:4:1"]);
    let text = mistake("[functions.fill.params.fd]\none = true\n");
    has(&text, &["error[PB014]: in `fill`: `fd` is not a pointer", "mine.toml:3:7"]);
    // Two files are one source.
    let case = Case::new("schema = 1\n[functions.fill]\nerrno = true\n");
    std::fs::write(case.path("more.toml"), "schema = 1\n[functions.fill]\nerrno = \"void\"\n").expect("written");
    let text = refused(&case.builder().contract_file(case.path("more.toml")));
    has(&text, &["error[PB004]: `errno(void)` contradicts `errno`", "more.toml:3:9"]);
}

#[test]
fn all_mistakes_of_a_file_are_told_together() {
    let text = mistake("[functions.fill]\nerno = true\nmay_alias = 1\n[functions.fill.params.to]\nzzz = 1\n");
    assert_eq!(text.matches("error[").count(), 3, "{text}");
}

#[test]
fn a_file_that_cannot_be_read_is_told() {
    let case = Case::new("schema = 1\n");
    let text = refused(&case.builder().contract_file("no/such.toml"));
    has(&text, &["error[PB015]: the contract file no/such.toml does not exist", "looked in", "help: name it relative"]);
    let folder = refused(&case.builder().contract_file(std::env::temp_dir().to_string_lossy()));
    has(&folder, &["error[PB015]: the contract file ", " is a folder", "help: name the file in it"]);
    std::fs::write(case.path("bad.toml"), b"schema = 1\n# \xff\n").expect("the folder can be written");
    let text = refused(&case.builder().contract_file(case.path("bad.toml")));
    has(&text, &["error[PB015]: the contract file is not UTF-8", "bad.toml:2:1"]);
}

#[test]
fn the_build_watches_the_file() {
    let case = Case::new("schema = 1\n");
    let bindings = generated(&case.builder());
    let path = PathBuf::from(case.real()).join("mine.toml");
    assert!(bindings.files.contains(&path), "{:?}", bindings.files);
    assert!(bindings.files.is_sorted());
    let entry = cache::render(&cache::Cached { code: String::new(), files: bindings.files });
    assert!(entry.contains("mine.toml"), "{entry}");
    assert_ne!(case.builder().fingerprint(), Builder::new().header(case.path("mine.h")).fingerprint());
    assert!(case.builder().command_line().contains(&format!("--contract-file={}", case.path("mine.toml"))));
}

/// What the macro makes of a module with these options.
fn expanded(options: proc_macro2::TokenStream) -> String {
    let options = pinned_ffi_codegen::options::Options::parse(options).unwrap_or_else(|errors| panic!("{errors}"));
    let module: syn::ItemMod = syn::parse_quote!(
        mod mine {}
    );
    match pinned_ffi_codegen::expand_header(module, &options) {
        Ok(code) => code.to_string(),
        Err(errors) => errors.to_string(),
    }
}

#[test]
fn a_module_with_a_header_takes_files() {
    let case = Case::new("schema = 1\n[functions.fill.params.to]\nsized_by = \"len\"\n");
    let (header, file) = (case.path("mine.h"), case.path("mine.toml"));
    let code = expanded(quote::quote!(header = #header, allow = "fill", contract_file = #file));
    has(&code, &["pub unsafe fn fill", "mine.toml\""]);
    std::fs::write(&file, "schema = 7\n").expect("the folder can be written");
    let text = expanded(quote::quote!(header = #header, allow = "fill", contract_file = [#file]));
    has(&text, &["error[PB016]: schema 7 is not known here", "note: at ", "mine.toml:1:10"]);
    let text = expanded(quote::quote!(header = #header, gir = #file));
    has(&text, &["error[PB017]: this is no XML"]);
}
