//! What the program shows, scene by scene.

use callbacks::{Database, NO_FINAL, NO_STEP, Value, c};
use pinned_ffi::Ref;
use std::cmp::Ordering;
use std::ffi::{CStr, c_int, c_void};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, mpsc};

type Context<'a> = Ref<'a, c::sqlite3_context>;

/// SQLite's `SQLITE_UTF8`.
const UTF8: c_int = 1;

#[rustfmt::skip]
#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    /// The pack's contract of qsort_r(3) says that the comparison runs during the call, and that both elements have `size` bytes.
    #[idiomatic]
    fn qsort_r(
        base: *mut c_void, nmemb: usize, size: usize,
        compar: Option<unsafe extern "C" fn(*const c_void, *const c_void, *mut c_void) -> c_int>, arg: *mut c_void,
    );
}

/// All scenes, in order.
///
/// # Errors
///
/// SQLite's code.
pub(crate) fn all() -> Result<(), c_int> {
    sort();
    functions()?;
    aggregate()?;
    order()?;
    hook()?;
    panics()
}

/// For one call: the closure lies on the stack and borrows what it likes.
fn sort() {
    let mut codes = *b"b2a9c1a1";
    let mut compared = 0;
    let compare = |left: &[u8], right: &[u8]| {
        compared += 1;
        left.cmp(right) as c_int
    };
    // SAFETY: four elements of two bytes, and bytes are in a total order.
    unsafe { qsort_r(&mut codes, 4, 2, compare) };
    assert_eq!(&codes, b"a1a9b2c1");
    assert!(compared >= 3);
    println!("sorted: {}", String::from_utf8_lossy(&codes));
}

/// Until SQLite destroys it: replaced, or closed.
fn functions() -> Result<(), c_int> {
    let db = Database::open()?;
    let held = Arc::new(());
    let initials = |held: Arc<()>| {
        move |context: Context<'_>, values: &[*mut c::sqlite3_value]| {
            let _ = &held;
            let text: String = Value::of(values)
                .flat_map(|value| value.text().split(' ').filter_map(|word| word.chars().next()).collect::<Vec<_>>())
                .collect();
            // SQLite takes a copy.
            c::sqlite3_result_text_transient(context, Some(text.as_bytes()));
        }
    };
    let create = |held| {
        c::sqlite3_create_function_v2(db.handle(), c"initials", -1, UTF8, Some(initials(held)), NO_STEP, NO_FINAL)
    };
    create(Arc::clone(&held))?;
    let rows = db.rows(c"select initials('Ada Lovelace', 'Grace Hopper')")?;
    assert_eq!(rows, [["ALGH"]]);
    create(Arc::clone(&held))?;
    assert_eq!(Arc::strong_count(&held), 2, "the first one is destroyed");
    drop(db);
    assert_eq!(Arc::strong_count(&held), 1, "and so is the second");
    println!("function: {}", rows[0][0]);
    Ok(())
}

/// Two closures under one userdata.
fn aggregate() -> Result<(), c_int> {
    let db = Database::open()?;
    let numbers = Arc::new(Mutex::new(Vec::new()));
    let all = Arc::clone(&numbers);
    let step = move |_: Context<'_>, values: &[*mut c::sqlite3_value]| {
        all.lock().expect("nobody panics with it").extend(Value::of(values).map(Value::number));
    };
    let end = move |context: Context<'_>| {
        let mut numbers = std::mem::take(&mut *numbers.lock().expect("as above"));
        numbers.sort_by(f64::total_cmp);
        c::sqlite3_result_double(context, numbers.get(numbers.len() / 2).copied().unwrap_or(0.0));
    };
    c::sqlite3_create_function_v2(db.handle(), c"median", 1, UTF8, NO_STEP, Some(step), Some(end))?;
    let rows = db.rows(c"select median(column1) from (values (9), (2), (40), (3), (8))")?;
    assert_eq!(rows, [["8.0"]]);
    println!("aggregate: {}", rows[0][0]);
    Ok(())
}

/// Texts as slices that live for the comparison.
fn order() -> Result<(), c_int> {
    let db = Database::open()?;
    let by_number = |left: &[u8], right: &[u8]| {
        let number = |text: &[u8]| std::str::from_utf8(text).ok().and_then(|text| text.parse::<u32>().ok());
        match number(left).cmp(&number(right)) {
            Ordering::Less => -1,
            Ordering::Equal => 0,
            Ordering::Greater => 1,
        }
    };
    c::sqlite3_create_collation_v2(db.handle(), c"by_number", UTF8, Some(by_number))?;
    let rows = db.rows(c"select column1 from (values ('10'), ('9'), ('100')) order by 1 collate by_number")?;
    assert_eq!(rows, [["9"], ["10"], ["100"]]);
    println!("order: {}", rows.concat().join(" "));
    Ok(())
}

/// Until the same call is made again, or the connection is closed: SQLite hands the old data back, and the wrapper drops it.
fn hook() -> Result<(), c_int> {
    let db = Database::open()?;
    let (send, changes) = mpsc::channel();
    let tell = move |_, _: &CStr, table: &CStr, row: i64| {
        // Where nobody listens there is nobody to tell.
        let _ = send.send((table.to_string_lossy().into_owned(), row));
    };
    c::sqlite3_update_hook(db.handle(), Some(tell));
    db.rows(c"create table t (x); insert into t values (1), (2)")?;
    c::sqlite3_update_hook(db.handle(), None::<fn(c_int, &CStr, &CStr, i64)>);
    db.rows(c"insert into t values (3)")?;
    // The sender went with the closure, so the list ends.
    let changes: Vec<_> = changes.iter().collect();
    assert_eq!(changes, [("t".to_owned(), 1), ("t".to_owned(), 2)]);
    println!("hook: {} changes", changes.len());
    Ok(())
}

/// A panic waits until SQLite has returned, and goes on in Rust.
fn panics() -> Result<(), c_int> {
    let db = Database::open()?;
    let mut steps = 0;
    let busy = move || {
        steps += 1;
        if steps > 3 { std::panic::panic_any("enough of that") } else { 0 }
    };
    c::sqlite3_progress_handler(db.handle(), 1, Some(busy));
    // The hook would print it.
    std::panic::set_hook(Box::new(|_| ()));
    let caught = catch_unwind(AssertUnwindSafe(|| db.rows(c"select 1 union select 2 union select 3")));
    let _ = std::panic::take_hook();
    let said = caught.expect_err("it panics").downcast_ref::<&str>().copied();
    assert_eq!(said, Some("enough of that"));
    c::sqlite3_progress_handler(db.handle(), 0, None::<fn() -> c_int>);
    assert_eq!(db.rows(c"select 'still there'")?, [["still there"]]);
    println!("panic: {}, and SQLite is fine", said.unwrap_or_default());
    Ok(())
}
