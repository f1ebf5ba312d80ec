//! The broken twin: a function for SQL whose query leads back to itself. Its closure has its state alone, so it is not let in.

#[global_allocator]
static ALLOC: pinned_ffi::TrackedAlloc = pinned_ffi::TrackedAlloc::system();

#[cfg(sqlite3)]
fn main() {
    use callbacks::{Database, NO_FINAL, NO_STEP, Value, c};
    use pinned_ffi::Ref;

    let db = Database::open().expect("memory is there");
    let mut calls = 0_u32;
    let depth = move |context: Ref<'_, c::sqlite3_context>, values: &[*mut c::sqlite3_value]| {
        calls += 1;
        let left = Value::of(values).next().map_or(0.0, Value::number);
        let deeper = c"select depth(0)";
        // The bug: that query calls this closure, while it runs.
        let more = if left > 0.0 { callbacks::rows_in(context, deeper).map_or(0, |rows| rows.len()) } else { 0 };
        c::sqlite3_result_int64(context, more as i64 + i64::from(calls));
    };
    c::sqlite3_create_function_v2(db.handle(), c"depth", 1, 1, Some(depth), NO_STEP, NO_FINAL).expect("created");
    println!("{:?}", db.rows(c"select depth(1)"));
}

#[cfg(not(sqlite3))]
fn main() {
    println!("{}", callbacks::SKIPPED);
}
