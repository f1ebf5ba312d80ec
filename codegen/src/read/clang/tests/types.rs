//! Decides what must be known of types: nullability, bounds, kinds and layout.

use super::{func, read_text, record};
use crate::read::clang::{ArrayBound, Nullability, RawAttr, RawLinkage, RawTypeKind, RecordKind};

#[test]
fn types_keep_nullability_bounds_and_layout() {
    let Some(read) = read_text(
        r#"typedef struct node node;
typedef struct { int x; } point;
typedef int vec4[4];
enum color { RED };
struct opaque;
void arrays(int n, int a[static 4], int b[4], int c[n], int d[], vec4 e, int f[const static 2][3]);
node * _Nullable find(node * _Nonnull * _Nullable all, const char * _Nonnull name);
_Bool sorts(unsigned char u, long long l, double d, enum color e, point p, struct opaque *o, const int k,
            int (*f)(int), void *v, int g(void), signed char s);
struct node { struct node *next; unsigned a : 3, : 5, b : 8; union { int i; float f; };
              struct inner { char c; } in; int count; char tail[]; };
union either { char c[3]; long l; };
struct kept { int n; int *p __attribute__((counted_by(n))); };
int old();
int printf(const char *, ...);
static inline int twice(int x) { return 2 * x; }
inline int maybe(int x) { return x; }
#pragma clang assume_nonnull begin
void assumed(char *p);
#pragma clang assume_nonnull end
"#,
    ) else {
        return;
    };
    let params = |name: &str| &func(&read, name).params;
    let bounds: Vec<_> = params("arrays").iter().map(|param| param.array.clone()).collect();
    use ArrayBound::{Fixed, Incomplete, Static, Variable};
    let variable = Variable("n".to_owned());
    assert_eq!(
        bounds,
        [None, Some(Static(4)), Some(Fixed(4)), Some(variable), Some(Incomplete), Some(Fixed(4)), Some(Static(2))]
    );
    assert!(params("arrays")[1..].iter().all(|param| param.ty.kind == RawTypeKind::Array));

    let find = func(&read, "find");
    assert_eq!(find.result.nullability, Some(Nullability::Nullable));
    assert_eq!(find.params[0].ty.nullability, Some(Nullability::Nullable));
    let inner = find.params[0].ty.pointee.as_ref().and_then(|ty| ty.nullability);
    assert_eq!(inner, Some(Nullability::Nonnull));
    assert_eq!(find.params[1].ty.nullability, Some(Nullability::Nonnull));
    assert!(find.params[1].ty.pointee.as_ref().is_some_and(|ty| ty.is_const));
    assert_eq!(params("assumed")[0].ty.nullability, Some(Nullability::Nonnull));
    assert_eq!(read.warnings, []);

    let int = |bits, signed| RawTypeKind::Int { bits, signed };
    let kinds: Vec<_> = params("sorts").iter().map(|param| param.ty.kind.clone()).collect();
    let expected = [
        int(8, false),
        int(64, true),
        RawTypeKind::Float,
        RawTypeKind::Enum,
        RawTypeKind::Record { name: "point".to_owned() },
        RawTypeKind::Pointer,
        int(32, true),
        RawTypeKind::FunctionPointer,
        RawTypeKind::Pointer,
        RawTypeKind::FunctionPointer,
        int(8, true),
    ];
    assert_eq!(kinds, expected);
    assert_eq!(func(&read, "sorts").result.kind, RawTypeKind::Bool);
    assert!(params("sorts")[6].ty.is_const);
    assert!(params("sorts")[5].ty.pointee.as_ref().is_some_and(|ty| ty.incomplete));
    assert!(!record(&read, "opaque").complete);

    let node = record(&read, "node");
    let fields: Vec<_> = node
        .fields
        .iter()
        .map(|field| (field.name.as_deref(), field.offset_bits, field.bit_width, field.flexible_array))
        .collect();
    let expected = [
        (Some("next"), 0, None, false),
        (Some("a"), 64, Some(3), false),
        (None, 67, Some(5), false),
        (Some("b"), 72, Some(8), false),
        (None, 96, None, false),
        (Some("in"), 128, None, false),
        (Some("count"), 160, None, false),
        (Some("tail"), 192, None, true),
    ];
    assert_eq!(fields, expected);
    assert_eq!((node.kind, node.complete, node.size, node.align), (RecordKind::Struct, true, 24, 8));
    assert_eq!(node.fields[4].ty.kind, RawTypeKind::Record { name: "node::anonymous_1".to_owned() });
    assert_eq!(record(&read, "node::anonymous_1").kind, RecordKind::Union);
    assert_eq!(record(&read, "inner").size, 1);
    assert_eq!(record(&read, "point").fields.len(), 1);
    let either = record(&read, "either");
    assert_eq!((either.kind, either.size), (RecordKind::Union, 8));
    assert!(either.fields.iter().all(|field| field.offset_bits == 0 && !field.flexible_array));
    assert_eq!(record(&read, "kept").fields[1].attrs, [RawAttr::CountedBy("n".to_owned())]);

    assert!(func(&read, "printf").variadic);
    let old = func(&read, "old");
    assert!(old.no_prototype && !old.variadic);
    let twice = func(&read, "twice");
    assert_eq!((twice.linkage, twice.defined), (RawLinkage::StaticInline, true));
    assert_eq!(func(&read, "maybe").linkage, RawLinkage::Inline);
    assert_eq!((old.linkage, old.defined), (RawLinkage::External, false));
}
