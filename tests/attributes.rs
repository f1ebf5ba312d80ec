//! Each attribute of a header reaches contract and wrapper, and says nothing where it should not.

use pinned_ffi_codegen::{Bindings, Builder};

/// Every attribute, each beside a declaration without it, or with one that must not count.
const HEADER: &str = r#"
typedef __SIZE_TYPE__ size_t;
#define LIMIT 16
#define COUNTED(n) __attribute__((__counted_by__(n)))
#define ONLY_READ(p, n) __attribute__((__access__(__read_only__, p, n)))
extern int global_count;
typedef char *text_t;

void nonnull_some(void *a, void *b, int n) __attribute__((nonnull(2)));
void nonnull_all(void *a, int n, const char *b) __attribute__((nonnull));
void nonnull_here(void *a __attribute__((nonnull)), void *b);
void nonnull_alias(text_t a, text_t b) __attribute__((nonnull(1)));

void nullable(void *_Nullable a, void *_Nonnull b, void *c);

void noescape(const void *a __attribute__((noescape)), const void *b);

void access_plain(void *to, const void *from, size_t n, int *none) __attribute__((access(write_only, 1, 3), access(none, 4)));
void access_user_macro(const int *values, size_t n) ONLY_READ(1, 2);
void access_both(int *values, int *others, size_t n) __attribute__((__access__(__read_write__, 1, 3)));

void counted(size_t n, int *a __attribute__((counted_by(n))), int *b);
void counted_void(size_t n, void *a COUNTED(n));
void counted_macro(int *a __attribute__((counted_by(LIMIT))));
void counted_expression(int w, int h, int *a __attribute__((counted_by(w * h))));
void counted_global(int *a __attribute__((counted_by(global_count))));
void counted_reserved(int __n, int *__a COUNTED(__n));
void counted_keyword(int type, int *match COUNTED(type));
void counted_or_null(int n, int *a __attribute__((counted_by_or_null(n))));
void sized(size_t n, void *a __attribute__((sized_by(n))), void *b);
int *counted_result(int n) COUNTED(n);

void text(const char *a, const char *b) __attribute__((null_terminated_string_arg(1)));

struct thing;
void thing_free(struct thing *thing);
struct thing *thing_new(void) __attribute__((__malloc__(thing_free, 1)));
struct thing *thing_second(void) __attribute__((__malloc__, __malloc__(thing_free, 2)));
struct thing *thing_get(void);

void *alloc_one(size_t n) __attribute__((alloc_size(1)));
void *alloc_product(size_t n, int other, size_t size) __attribute__((alloc_size(1, 3)));
void *alloc_none(size_t n);

void *returns_nonnull(void) __attribute__((returns_nonnull));
void *_Nonnull returns_type(void);
void *_Nullable returns_null(void);
void *returns_anything(void);

typedef void (*visit_t)(int number, void *data);
void callback_now(visit_t visit __attribute__((noescape)), void *data) __attribute__((callback(visit, __, data)));
void callback_ever(visit_t visit, void *data) __attribute__((callback(visit, __, data)));
void callback_none(visit_t visit, void *data);

int must_use(int x) __attribute__((warn_unused_result));
int need_not_use(int x);

void at_least(int a[static 3]);
void at_least_variable(int n, int a[static n]);
void at_least_not(int n, int a[n], int b[3]);

/**
 * Copies.
 * @param[out] to where it goes
 * @param[in,out] both read and written
 * @param from unmarked
 */
void documented(char *to, int *both, char *from);

struct packet {
  size_t n;
  int type;
  int *values COUNTED(n);
  void *bytes __attribute__((sized_by(n * 2)));
  char *_Nonnull name;
  int *of_type COUNTED(type);
  int *of_global COUNTED(global_count);
  int *plain;
};
void packet_use(const struct packet *packet);

struct tail {
  unsigned char n;
  int items[] __attribute__((counted_by(n)));
};
void tail_use(const struct tail *tail);
struct bare_tail {
  int n;
  int items[];
};
void bare_tail_use(const struct bare_tail *tail);

struct outer {
  struct {
    int n;
    int *inner_values COUNTED(n);
  } inner;
};
void outer_use(const struct outer *outer);
"#;

struct Seen {
    contracts: String,
    bindings: Bindings,
}

fn see(text: &str, change: impl Fn(Builder) -> Builder) -> Seen {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("said.h");
    std::fs::write(&path, text).expect("the folder can be written");
    let bindings = change(Builder::new().header(path.display().to_string()).without_rule("all").format(false))
        .generate()
        .unwrap_or_else(|errors| panic!("{errors}"));
    let contracts = bindings.output.dumps()[2].1.clone();
    Seen { contracts, bindings }
}

impl Seen {
    /// The lines about one function or structure, without what it is called.
    fn of(&self, name: &str) -> Vec<&str> {
        let mut lines = self.contracts.lines().skip_while(|line| *line != name);
        assert!(lines.next().is_some(), "{name} is not there:\n{}", self.contracts);
        lines.take_while(|line| line.starts_with(' ')).map(str::trim).collect()
    }

    /// The facts about one parameter or member.
    fn param(&self, function: &str, param: &str) -> Vec<&str> {
        let lines = self.of(function);
        let mut rest = lines.into_iter().skip_while(|line| *line != param);
        assert!(rest.next().is_some(), "{function} has no {param}:\n{}", self.contracts);
        rest.take_while(|line| line.contains(": ")).collect()
    }
}

fn all() -> Seen {
    see(HEADER, |builder| builder)
}

#[test]
fn nonnull_and_nullable() {
    let seen = all();
    let nonnull = ["nullability: nonnull [header: nonnull]"];
    assert_eq!(seen.param("nonnull_some", "b"), nonnull);
    assert!(seen.param("nonnull_some", "a").is_empty());
    assert_eq!(seen.param("nonnull_all", "a"), nonnull);
    assert!(seen.param("nonnull_all", "b").contains(&nonnull[0]));
    assert_eq!(seen.param("nonnull_here", "a"), nonnull);
    assert!(seen.param("nonnull_here", "b").is_empty());
    assert_eq!(seen.param("nonnull_alias", "a"), nonnull);
    assert!(seen.param("nonnull_alias", "b").is_empty());
    assert_eq!(seen.param("nullable", "a"), ["nullability: nullable [header: _Nullable]"]);
    assert_eq!(seen.param("nullable", "b"), nonnull);
    assert!(seen.param("nullable", "c").is_empty());
}

#[test]
fn noescape() {
    let seen = all();
    let word = "escape: noescape [header: noescape]";
    assert!(seen.param("noescape", "a").contains(&word));
    assert!(!seen.param("noescape", "b").contains(&word));
}

#[test]
fn access() {
    let seen = all();
    assert_eq!(
        seen.param("access_plain", "to"),
        ["direction: out [header: access]", "extent: sized_by(n) [header: access]"]
    );
    assert_eq!(seen.param("access_plain", "from"), ["direction: in [default: pointer to const]"]);
    assert!(seen.param("access_plain", "none").is_empty(), "no direction: C does not look");
    assert_eq!(
        seen.param("access_user_macro", "values"),
        ["direction: in [header: access]", "extent: counted_by(n) [header: access]"]
    );
    assert_eq!(
        seen.param("access_both", "values"),
        ["direction: inout [header: access]", "extent: counted_by(n) [header: access]"]
    );
    assert!(seen.param("access_both", "others").is_empty());
}

#[test]
fn counted_and_sized_parameters() {
    let seen = all();
    let extent = |function: &str, param: &str| -> Option<String> {
        let found = seen.param(function, param);
        found.iter().find_map(|line| line.strip_prefix("extent: ")).map(str::to_owned)
    };
    assert_eq!(extent("counted", "a").as_deref(), Some("counted_by(n) [header: counted_by]"));
    assert_eq!(extent("counted", "b"), None);
    assert_eq!(extent("counted_void", "a").as_deref(), Some("sized_by(n) [header: counted_by]"));
    assert_eq!(extent("counted_macro", "a").as_deref(), Some("counted_by(16) [header: counted_by]"));
    assert_eq!(extent("counted_expression", "a").as_deref(), Some("counted_by(w * h) [header: counted_by]"));
    assert_eq!(extent("counted_global", "a"), None, "what is no parameter cannot be read before the call");
    assert_eq!(extent("counted_reserved", "a").as_deref(), Some("counted_by(n) [header: counted_by]"));
    assert_eq!(extent("counted_keyword", "match_").as_deref(), Some("counted_by(type_) [header: counted_by]"));
    assert_eq!(
        seen.param("counted_or_null", "a"),
        ["nullability: nullable [header: _Nullable]", "extent: counted_by(n) [header: counted_by]"]
    );
    assert_eq!(extent("sized", "a").as_deref(), Some("sized_by(n) [header: sized_by]"));
    assert_eq!(extent("sized", "b"), None);
    assert_eq!(seen.of("counted_result"), ["returns: counted_by(n) [header]"]);
}

#[test]
fn null_terminated() {
    let seen = all();
    let word = "extent: null_terminated [header: null_terminated_string_arg]";
    assert!(seen.param("text", "a").contains(&word));
    assert!(!seen.param("text", "b").contains(&word));
}

#[test]
fn owned_results() {
    let seen = all();
    assert_eq!(seen.of("thing_new"), ["returns: owned, free = thing_free [header]"]);
    // What takes it back as its second argument is no release function of one pointer.
    assert!(seen.of("thing_second").iter().all(|line| *line == "returns: owned [header]"));
    assert!(seen.of("thing_get").is_empty());
    assert_eq!(seen.of("alloc_one"), ["returns: sized_by(n) [header]"]);
    assert_eq!(seen.of("alloc_product"), ["returns: sized_by(n * size) [header]"]);
    assert!(seen.of("alloc_none").is_empty());
    assert_eq!(seen.of("returns_nonnull"), ["returns: nonnull [header]"]);
    assert_eq!(seen.of("returns_type"), ["returns: nonnull [header]"]);
    assert_eq!(seen.of("returns_null"), ["returns: nullable [header]"]);
    assert!(seen.of("returns_anything").is_empty());
}

/// What is owned, with the header's word alone, is an owner in Rust.
#[test]
fn an_owned_result_becomes_an_owner() {
    let seen = see(HEADER, |builder| {
        builder
            .allow("thing_.*")
            .safe("thing_new")
            .contracts("unsafe extern \"C\" { #[returns(opaque)] safe fn thing_new() -> *mut thing; }")
    });
    let text = seen.bindings.text().replace(char::is_whitespace, "");
    assert!(text.contains("Owned<'static,thing,raw::thing_free>"), "{text}");
}

#[test]
fn callbacks() {
    let seen = all();
    assert_eq!(seen.param("callback_now", "visit"), ["callback: userdata = data, scope = call [header: callback]"]);
    // Clang's own `pthread_create` has the attribute: it says nothing about when.
    assert_eq!(seen.param("callback_ever", "visit"), ["callback: userdata = data [header: callback]"]);
    assert!(!seen.of("callback_none").iter().any(|line| line.contains("callback: ")));
}

#[test]
fn results_that_must_be_used() {
    let text = all().bindings.text();
    let before = |function: &str| {
        // It has nothing to check, so it is C's own, one declaration after the other.
        let at = text.find(&format!("fn {function}")).unwrap_or_else(|| panic!("{function}: {text}"));
        text[..at].rfind("fn ").map_or(&text[..at], |start| &text[start..at]).contains("must_use]")
    };
    assert!(before("must_use"), "{text}");
    assert!(!before("need_not_use"), "{text}");
}

#[test]
fn arrays_of_at_least() {
    let seen = all();
    let facts = |count: &str| {
        vec![
            "nullability: nonnull [header: [static n]]".to_owned(),
            format!("extent: counted_by({count}) [header: [static n]]"),
        ]
    };
    assert_eq!(seen.param("at_least", "a"), facts("3"));
    assert_eq!(seen.param("at_least_variable", "a"), facts("n"));
    assert!(seen.param("at_least_not", "a").is_empty(), "C does not hold anybody to it");
    assert!(seen.param("at_least_not", "b").is_empty());
}

#[test]
fn directions_in_comments_are_guesses() {
    let seen = see(HEADER, |builder| builder.allow("documented"));
    assert!(seen.of("documented").iter().all(|line| !line.contains("direction")), "rules are off");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("said.h");
    std::fs::write(&path, HEADER).expect("the folder can be written");
    let bindings = Builder::new().header(path.display().to_string()).allow("documented").generate();
    let bindings = bindings.unwrap_or_else(|errors| panic!("{errors}"));
    let seen = Seen { contracts: bindings.output.dumps()[2].1.clone(), bindings };
    let word = |param: &str, direction: &str| {
        let line = format!("direction: {direction} [inferred:doxygen-direction: documented direction]");
        seen.param("documented", param).contains(&line.as_str())
    };
    assert!(word("to", "out") && word("both", "inout"), "{}", seen.contracts);
    assert!(!seen.param("documented", "from").iter().any(|line| line.contains("doxygen")));
}

#[test]
fn members_of_structures() {
    let seen = all();
    let member = |record: &str, field: &str| {
        let name = format!("members of {record}");
        seen.param(&name, field).iter().map(|line| (*line).to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(member("packet", "values"), ["extent: counted_by(n) [header: counted_by]"]);
    assert_eq!(member("packet", "bytes"), ["extent: sized_by(n * 2) [header: sized_by]"]);
    assert_eq!(member("packet", "name"), ["nullability: nonnull [header: nonnull]"]);
    assert_eq!(member("packet", "of_type"), ["extent: counted_by(type_) [header: counted_by]"]);
    let lines = seen.of("members of packet");
    assert!(!lines.contains(&"plain") && !lines.contains(&"of_global"), "{lines:?}");
    assert_eq!(member("tail", "items"), ["extent: counted_by(n) [header: counted_by]"]);
    assert!(!seen.contracts.contains("members of bare_tail"), "{}", seen.contracts);
    assert_eq!(member("outer__bindgen_ty_1", "inner_values"), ["extent: counted_by(n) [header: counted_by]"]);
    // The map that the runtime walks has it.
    let text = seen.bindings.text();
    assert!(text.replace(char::is_whitespace, "").contains(".counted_by("), "{text}");
}

/// A structure that says how many bytes its pointer has is a buffer of a vector, as `iovec` is.
#[test]
fn a_structure_of_bytes_makes_a_vector() {
    let header = "typedef __SIZE_TYPE__ size_t;
        struct piece { void *start __attribute__((sized_by(length))); size_t length; };
        struct other { void *start; size_t length; };
        int gather(const struct piece *pieces, int count);
        int gather_other(const struct other *pieces, int count);";
    let contract = |name: &str, ty: &str| {
        format!(
            "unsafe extern \"C\" {{ #[idiomatic] fn {name}(#[counted_by(count)] #[flow_through(in)] #[noescape] pieces: *const {ty}, count: c_int) -> c_int; }}"
        )
    };
    let seen = see(header, |builder| {
        builder.contracts(contract("gather", "piece")).contracts(contract("gather_other", "other"))
    });
    let plan = &seen.bindings.output.dumps()[3].1;
    let lines: Vec<&str> = plan.lines().filter(|line| line.trim_start().starts_with("pieces: ")).collect();
    assert!(lines[0].contains("Vector"), "{plan}");
    assert!(!lines.iter().skip(1).any(|line| line.contains("Vector {")), "{plan}");
}
