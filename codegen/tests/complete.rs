//! Libraries whose packs leave no pointer of their headers unknown.

use pinned_ffi_codegen::Builder;
use pinned_ffi_codegen::audit::report;

#[test]
fn no_pointer_of_zlib_and_sqlite_is_left_unknown() {
    for (header, package, at_least) in [("zlib.h", "zlib1g-dev", 150), ("sqlite3.h", "libsqlite3-dev", 500)] {
        let Ok(bindings) = Builder::new().header(header).generate() else {
            println!("skipped: package {package} is not installed");
            continue;
        };
        let audit = report(&bindings.output);
        let open: Vec<String> = audit
            .functions
            .iter()
            .filter(|function| function.skipped.is_none())
            .flat_map(|function| function.params.iter().map(move |param| (function, param)))
            .filter(|(_, param)| param.pointer && !param.missing.is_empty())
            .map(|(function, param)| format!("{}({}): {:?}", function.name, param.name, param.missing))
            .collect();
        assert!(open.is_empty(), "{header}: {open:?}");
        let summary = audit.summary;
        assert_eq!((summary.complete, summary.unknown, summary.inferred), (summary.pointers, 0, 0), "{header}");
        assert!(summary.pointers >= at_least, "{header}: {} pointers", summary.pointers);
    }
}
