//! What bindings call things, and which types they give them: names that clash, aliases, unions, null.

use pinned_ffi_codegen::{Bindings, Builder};

/// Bindings of a header with this text.
fn of_text(text: &str, change: impl FnOnce(Builder) -> Builder) -> Result<Bindings, String> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("mine.h");
    std::fs::write(&path, text).expect("the folder can be written");
    change(Builder::new().header(path.display().to_string()).format(false))
        .generate()
        .map_err(|errors| errors.to_string())
}

#[test]
fn parameters_named_like_constants_get_another_name() {
    let text = "enum { first, last }; extern int logging;\n\
        void insert(int *first, int *first_, int *LIMIT);\nvoid set(int *logging);\nint bare(int last);\n#define LIMIT 5\n";
    let bindings = of_text(text, |builder| {
        builder.contracts(
            "unsafe extern \"C\" { fn insert(#[input] #[counted_by(3)] first: *mut i32, first_: *mut i32, LIMIT: *mut i32); }",
        )
    });
    let bindings = bindings.unwrap_or_else(|errors| panic!("{errors}"));
    let text = bindings.text();
    assert!(text.contains("fn insert (first__ : * mut") && text.contains(", LIMIT_ : * mut"), "{text}");
    assert!(text.contains("raw :: insert , first__ , first_ , LIMIT_)") && text.contains("fn set (logging_ : * mut"));
    // Reports and documentation have C's names.
    assert!(text.contains("\"insert first*") && text.contains("| `first` | reads"), "{text}");
}

#[test]
fn null_for_a_handle_is_looked_at_where_somebody_forbids_it() {
    let text = "struct hidden; void by_header(struct hidden *h) __attribute__((nonnull(1)));\n\
        void by_user(struct hidden *h);\nvoid nobody(struct hidden *h);\n";
    let bindings =
        of_text(text, |builder| builder.contracts("unsafe extern \"C\" { fn by_user(#[nonnull] h: *mut hidden); }"));
    let text = bindings.unwrap_or_else(|errors| panic!("{errors}")).text();
    for name in ["by_header", "by_user"] {
        assert!(text.contains(&format!("\"{name} h*n")), "{name}: {text}");
    }
    assert!(!text.contains("\"nobody h*"), "{text}");
}

#[test]
fn null_for_a_function_is_looked_at_where_header_or_user_forbids_it() {
    let text = "typedef int (*compare_t)(const void *, const void *);\n\
        void forbids(int n, compare_t f) __attribute__((nonnull(2)));\nvoid nobody(compare_t f);\n";
    let text = of_text(text, |builder| builder).unwrap_or_else(|errors| panic!("{errors}")).text();
    assert!(text.contains("\"forbids n f*n\"") && !text.contains("\"nobody"), "{text}");
    assert!(text.contains("\"forbids n f*n\" , raw :: forbids , n , f)"), "{text}");
    let said = "unsafe extern \"C\" { fn nobody(#[nonnull] f: compare_t); }";
    let text =
        of_text("typedef int (*compare_t)(int);\nvoid nobody(compare_t f);\n", |builder| builder.contracts(said));
    let text = text.unwrap_or_else(|errors| panic!("{errors}")).text();
    assert!(text.contains("\"nobody f*n\""), "{text}");
}

#[test]
fn a_relative_runtime_is_found_from_the_module_of_wrappers() {
    let text = "void fill(int *p);\n";
    let code = |path: &str| of_text(text, |builder| builder.runtime(path)).expect("it is right").text();
    // All wrappers of the module with so many parameters call by one function.
    let entry = |text: &str| text.split_once("unsafe fn __pinned_ffi_call_1").expect("it is there").1.to_owned();
    assert!(entry(&code("super::vendored")).contains("{ super :: super :: vendored :: private :: Call"));
    assert!(entry(&code("self::vendored")).contains("{ super :: vendored :: private :: Call"));
    assert!(entry(&code("crate::vendored")).contains("{ crate :: vendored :: private :: Call"));
}

#[test]
fn a_tag_with_the_name_of_a_typedef_is_another_type() {
    let text = "typedef struct list { int a; } item; struct item { int b; }; struct plain { int c; };\n\
        int f(item *a, struct item *b, struct plain *c);\n";
    let text = of_text(text, |builder| builder).expect("it is right").text();
    assert!(text.contains("pub type item = list") && text.contains("pub struct struct_item {"), "{text}");
    assert!(text.contains("fn f (a : * mut item , b : * mut struct_item , c : * mut plain)"), "{text}");
    // Without two types of one name, tags are names.
    let text =
        of_text("struct item { int b; }; int f(struct item *b);\n", |builder| builder).expect("it is right").text();
    assert!(text.contains("fn f (b : * mut item)") && !text.contains("struct_item"), "{text}");
}

#[test]
fn attributes_of_a_tag_that_shares_its_name_are_read() {
    let text = "typedef struct list { int a; } item;\n\
        struct item { unsigned n; char *data __attribute__((counted_by(n))); };\nint f(struct item *b);\n";
    let text = of_text(text, |builder| builder).expect("it is right").text();
    let map = text.split("Pointee for struct_item").nth(1).unwrap_or_default();
    assert!(map.split("unsafe impl").next().is_some_and(|map| map.contains(". counted_by (")), "{text}");
}

#[test]
fn a_type_with_the_name_of_the_raw_module_is_refused() {
    let text = "struct raw { int x; };\nvoid f(struct raw *p);\n";
    let told = of_text(text, |builder| builder).expect_err("two items of one name");
    assert!(told.contains("PB013") && told.contains("the header has a type `raw`"), "{told}");
    assert!(told.contains("help: choose another name with `raw_module`"), "{told}");
    let other = of_text(text, |builder| builder.raw_module("declared")).expect("it is right").text();
    assert!(other.contains("pub mod declared"), "{other}");
}

#[test]
fn names_of_ours_give_way() {
    let text = "typedef struct { int n; } __pinned_ffi_wrappers; extern int __PINNED_FFI_TYPES;\n\
        int __pinned_ffi_call_giving_1(int n);\nint f(__pinned_ffi_wrappers *p);\n";
    let text = of_text(text, |builder| builder).expect("it is right").text();
    assert!(
        text.contains("mod __pinned_ffi_wrappers_ {") && text.contains("self :: __pinned_ffi_wrappers_ ::"),
        "{text}"
    );
    assert!(text.contains("static __PINNED_FFI_TYPES_ :") && text.contains("& __PINNED_FFI_TYPES_ ,"), "{text}");
    assert!(text.contains("unsafe { __pinned_ffi_call_giving_1_ (\"f p*"), "{text}");
    let text = of_text("int f(int n, int *p);", |builder| builder.beside(["n"])).expect("it is right").text();
    assert!(text.contains("fn f (n_ :"), "{text}");
}

#[test]
fn bindings_of_c_signatures_name_core_alone() {
    let text = "#include <stddef.h>\nstruct s { void *data; int (*f)(void *); unsigned bit : 1; int items[]; };\n\
        union u { int n; float f; };\nint f(struct s *s, const char *name, void (*g)(union u), size_t n);\n";
    let text = of_text(text, |builder| builder).expect("it is right").text();
    assert!(!text.contains("std ::"), "{text}");
    assert!(text.contains(":: core :: ffi :: c_char"), "{text}");
}

#[test]
fn handles_behind_aliases_have_an_idiomatic_form() {
    let text = "typedef struct box *box_t; typedef box_t other_t;\n\
        box_t box_new(void); void box_free(box_t b); int box_get(other_t b); int box_open(box_t *to); int bare(box_t b);\n";
    let contracts = "unsafe extern \"C\" {
        #[returns(owned, free = box_free, nonnull)] safe fn box_new() -> box_t;
        safe fn box_get(#[opaque] #[noescape] b: other_t) -> c_int;
        #[success(result == 0)]
        safe fn box_open(#[out] #[one] #[noescape] #[pointee(owned, free = box_free)] to: *mut box_t) -> c_int;
    }";
    let text = of_text(text, |builder| builder.contracts(contracts)).unwrap_or_else(|errors| panic!("{errors}")).text();
    let owned = "Owned < 'static , box_ , raw :: box_free >";
    let signature = |name: &str| text.split(&format!("fn {name} ")).last().and_then(|rest| rest.split('{').next());
    assert!(signature("box_new").is_some_and(|head| head.contains(owned)), "{:?}", signature("box_new"));
    assert!(signature("box_open").is_some_and(|head| head.contains(owned)), "{:?}", signature("box_open"));
    assert!(signature("box_get").is_some_and(|head| head.contains("Ref < '")), "{:?}", signature("box_get"));
    // C's signature keeps C's name.
    assert!(text.contains("fn bare (b : box_t)"), "{text}");
}

#[test]
fn a_mistake_in_a_macros_contract_points_at_the_option() {
    let text = "#define POKE(p) (*(p) = 1)\nint plain(int *p);\n";
    let told = of_text(text, |builder| builder.shim_macro("int POKE(int *p)").safe("POKE|plain"));
    let told = told.expect_err("nothing says how much memory it is");
    assert!(told.contains("so `POKE` cannot be a `safe fn`\n  --> shim_macro `int POKE(int *p)`"), "{told}");
    assert!(told.contains("mine.h:2:5") && !told.contains("pinned_ffi_wrapper"), "{told}");
}

#[test]
fn transparent_unions_are_pointers() {
    let builder = Builder::new().header("sys/socket.h").define("_GNU_SOURCE").allow("bind|recvfrom").format(false);
    let text = builder.generate().unwrap_or_else(|errors| panic!("{errors}")).text();
    assert!(text.contains("addr : * const sockaddr"), "{text}");
    assert!(text.contains("src_addr : * mut sockaddr") && !text.contains("addr : __"), "{text}");
    // The pack's contracts are looked at in the call.
    assert!(text.contains("\"bind sockfd=s addr*0.<n{p2.}"), "{text}");
    // An ordinary union stays what it is.
    let text =
        of_text("union u { int *p; long n; }; int f(union u u);", |builder| builder).expect("it is right").text();
    assert!(text.contains("fn f (u : u)"), "{text}");
}
