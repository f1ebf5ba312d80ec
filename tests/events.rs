//! Reports as events of `tracing`, seen by a subscriber.

use pinned_ffi::report::Action;
use pinned_ffi::{Level, OnViolation};
use std::collections::BTreeMap;
use std::ffi::{c_int, c_void};
use std::fmt::Debug;
use std::sync::{Arc, Mutex};
use tracing::field::{Field, Visit};
use tracing::{Event, Subscriber};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt as _};

#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    fn read(fd: c_int, buf: *mut c_void, count: usize) -> isize;
}

#[derive(Clone, Debug, Default)]
struct Seen {
    level: String,
    target: String,
    fields: BTreeMap<&'static str, String>,
}

impl Visit for Seen {
    fn record_str(&mut self, field: &Field, value: &str) {
        self.fields.insert(field.name(), value.to_owned());
    }

    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.fields.insert(field.name(), format!("{value:?}"));
    }
}

/// Keeps what it sees, and has a bug of its own.
#[derive(Clone, Default)]
struct Keeps(Arc<Mutex<Vec<Seen>>>);

impl<S: Subscriber> Layer<S> for Keeps {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        wrong();
        let metadata = event.metadata();
        let mut seen =
            Seen { level: metadata.level().to_string(), target: metadata.target().into(), ..Seen::default() };
        event.record(&mut seen);
        self.0.lock().expect("no test panics with it").push(seen);
    }
}

fn wrong() {
    // SAFETY: none, the buffer is null; no descriptor is -1.
    unsafe { read(-1, std::ptr::null_mut(), 8) };
}

/// One test, because hook and policy belong to the process.
#[test]
fn a_bug_is_an_event() {
    let kept = Keeps::default();
    let events = || kept.0.lock().expect("no test panics with it").clone();
    tracing::subscriber::set_global_default(tracing_subscriber::registry().with(kept.clone()))
        .expect("there is no other");
    pinned_ffi::set_on_violation(OnViolation::Log);

    pinned_ffi::set_level(Level::Off);
    wrong();
    assert!(events().is_empty());

    pinned_ffi::set_level(Level::Cheap);
    wrong();
    let seen = events();
    let [event] = &seen[..] else { panic!("one event: {seen:?}") };
    assert_eq!((event.level.as_str(), event.target.as_str()), ("ERROR", "pinned_ffi"));
    let field = |name: &str| event.fields.get(name).map(String::as_str);
    assert_eq!((field("code"), field("rule")), (Some("PF005"), Some("null-argument")));
    assert_eq!((field("function"), field("parameter"), field("path")), (Some("read"), Some("buf"), Some("buf")));
    assert_eq!((field("address"), field("repeats")), (Some("0x0"), Some("0")));
    assert_eq!(field("message"), Some("`read`: `buf` is null, and C dereferences it"));
    assert!(field("called_at").is_some_and(|at| at.starts_with("tests/events.rs:")), "{event:?}");
    assert!(field("help").is_some_and(|help| help.starts_with("pass a valid pointer")), "{event:?}");
    assert!(field("id").is_some_and(|id| id.len() == 16), "{event:?}");
    assert_eq!(field("pinned_at"), None);

    // A hook that wants nothing more has its say about standard error, not about events.
    pinned_ffi::set_hook(|_| Action::Continue);
    (0..99).for_each(|_| wrong());
    pinned_ffi::clear_hook();
    let repeats: Vec<Option<String>> = events().iter().map(|event| event.fields.get("repeats").cloned()).collect();
    assert_eq!(repeats, ["0", "1", "10"].map(|text| Some(text.to_owned())));
}
