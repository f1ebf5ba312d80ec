//! Closures that libpq calls for notices, from a real server that the test starts in a folder of its own. No report at any level, and
//! panics that come back.

#![allow(clippy::multiple_unsafe_ops_per_block, reason = "a test is a row of calls; one proof stands for the row")]

mod support;

use pinned_ffi::{Ref, pinned_ffi};
use std::ffi::{CStr, CString, c_int};
use std::os::unix::process::CommandExt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicI32, Ordering};
use std::sync::{Arc, Mutex};
use support::at_every_level;

#[rustfmt::skip]
#[pinned_ffi(
    header = "libpq-fe.h",
    allow = "PQ(connectdb|finish|status|errorMessage|exec|clear|resultStatus|resultErrorField|getvalue|setNotice(Receiver|Processor)|registerThreadLock)\
             |PGRES_.*|CONNECTION_.*",
    clang_args = ["-I/usr/include/postgresql"]
)]
mod pq {
    unsafe extern "C" {
        #[idiomatic] fn PQexec(conn: *mut PGconn, query: *const c_char) -> *mut PGresult;
        #[idiomatic] fn PQsetNoticeReceiver(conn: *mut PGconn, proc_: PQnoticeReceiver, arg: *mut c_void) -> PQnoticeReceiver;
        #[idiomatic] fn PQsetNoticeProcessor(conn: *mut PGconn, proc_: PQnoticeProcessor, arg: *mut c_void) -> PQnoticeProcessor;
        #[idiomatic] fn PQregisterThreadLock(newhandler: pgthreadlock_t) -> pgthreadlock_t;
    }
}

#[link(name = "pq")]
unsafe extern "C" {}

fn said(body: impl FnOnce()) -> String {
    let payload = catch_unwind(AssertUnwindSafe(body)).expect_err("it panics");
    let text = payload.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| payload.downcast_ref::<String>().cloned()).expect("a text")
}

/// A server with a database that is thrown away.
struct Server {
    program: Child,
    folder: tempfile::TempDir,
}

/// The newest of Debian's folders of PostgreSQL's programs, or where the search path has them.
fn programs() -> Option<PathBuf> {
    let mut folders: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .map(|version| version.path().join("bin"))
        .filter(|folder| folder.join("postgres").exists())
        .collect();
    folders.sort();
    let path = std::env::var_os("PATH").unwrap_or_default();
    let on_path = || std::env::split_paths(&path).find(|folder| folder.join("initdb").exists());
    folders.pop().or_else(on_path)
}

/// The server refuses to run as root: then it runs as nobody, whose the folder is.
fn as_nobody(command: &mut Command, folder: &Path) -> bool {
    const NOBODY: u32 = 65534;
    // SAFETY: it has no arguments.
    if unsafe { libc::geteuid() } != 0 {
        return true;
    }
    command.uid(NOBODY).gid(NOBODY);
    std::os::unix::fs::chown(folder, Some(NOBODY), Some(NOBODY)).is_ok()
}

impl Server {
    fn start() -> Result<Self, String> {
        let programs = programs().ok_or("package postgresql is not installed")?;
        let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
        let data = folder.path().join("data");
        let mut init = Command::new(programs.join("initdb"));
        init.args(["--no-sync", "--no-instructions", "-A", "trust", "-U", "me", "-E", "UTF8", "--no-locale", "-D"])
            .arg(&data);
        if !as_nobody(&mut init, folder.path()) {
            return Err("the folder cannot be given to nobody".into());
        }
        let made = init.current_dir(folder.path()).env("LC_ALL", "C").output().map_err(|error| error.to_string())?;
        if !made.status.success() {
            return Err(format!("initdb: {}", String::from_utf8_lossy(&made.stderr)));
        }
        let mut serve = Command::new(programs.join("postgres"));
        serve.arg("-D").arg(&data).arg("-k").arg(folder.path()).args(["-c", "listen_addresses=", "-c", "fsync=off"]);
        as_nobody(&mut serve, folder.path());
        let program =
            serve.current_dir(folder.path()).env("LC_ALL", "C").stdout(Stdio::null()).stderr(Stdio::null()).spawn();
        Ok(Self { program: program.map_err(|error| error.to_string())?, folder })
    }

    /// A connection by its socket, as soon as it listens.
    fn connect(folder: &str) -> *mut pq::PGconn {
        let words = CString::new(format!("host='{folder}' user=me dbname=postgres")).expect("no zero");
        for _ in 0..600 {
            // SAFETY: a C string, copied in the call; a connection that came to nothing is finished.
            unsafe {
                let conn = pq::PQconnectdb(words.as_ptr());
                if pq::PQstatus(conn) == pq::CONNECTION_OK {
                    return conn;
                }
                pq::PQfinish(conn);
            }
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
        panic!("no server came up in {folder}");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let number = libc::pid_t::try_from(self.program.id()).expect("a process has a small number");
        // SAFETY: our child, of which nobody has waited for the end yet. SIGINT: it ends its children as well.
        unsafe { libc::kill(number, libc::SIGINT) };
        drop(self.program.wait());
    }
}

/// One server for the three processes of a test.
fn with_server(test: &str, calls: fn()) {
    const FOLDER: &str = "PINNED_FFI_TEST_POSTGRES";
    if std::env::var_os(FOLDER).is_some() {
        return at_every_level(test, calls);
    }
    match Server::start() {
        Ok(server) => {
            let path = server.folder.path().to_str().expect("a text").to_owned();
            let program = std::env::current_exe().expect("a test has a program");
            let output = Command::new(program).args([test, "--exact", "--nocapture"]).env(FOLDER, path).output();
            let output = output.expect("the program runs");
            let told =
                format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
            assert!(output.status.success() && told.contains("1 passed"), "{told}");
        }
        Err(why) => println!("skipped: postgres: {why}"),
    }
}

fn connection() -> *mut pq::PGconn {
    Server::connect(&std::env::var("PINNED_FFI_TEST_POSTGRES").expect("the test sets it"))
}

/// Runs a command that gives nothing.
///
/// # Safety
///
/// The connection is open.
unsafe fn run(conn: *mut pq::PGconn, sql: &CStr) {
    // SAFETY: the caller's promise; the result is ours.
    unsafe {
        let res = pq::PQexec(Ref::from_ptr(conn), Some(sql)).expect("memory is there");
        let status = pq::PQresultStatus(res.as_ref().as_ptr());
        assert_eq!(status, pq::PGRES_COMMAND_OK, "{:?}", CStr::from_ptr(pq::PQerrorMessage(conn)));
    }
}

const NOTICE: &CStr = c"do $$ begin raise notice 'hello from %', 'the server'; raise warning 'beware'; end $$";

#[test]
fn notices_come_to_closures() {
    with_server("notices_come_to_closures", || {
        let told = Arc::new(Mutex::new(Vec::new()));
        let conn = connection();
        // SAFETY: a connection of the test's own; results are only looked at while they are there.
        unsafe {
            let it = Ref::from_ptr(conn).expect("connected");
            let into = Arc::clone(&told);
            let processor =
                move |message: &CStr| into.lock().expect("nobody panics").push(message.to_string_lossy().into_owned());
            assert!(pq::PQsetNoticeProcessor(Some(it), Some(processor)).is_some(), "libpq's own, which prints");
            run(conn, NOTICE);
            let all: Vec<_> = std::mem::take(&mut *told.lock().expect("as above"));
            assert_eq!(all.len(), 2, "{all:?}");
            assert!(all[0].starts_with("NOTICE:  hello from the server\n"), "{}", all[0]);
            assert!(all[1].starts_with("WARNING:  beware\n"), "{}", all[1]);
            // A receiver gets the whole result in the processor's place.
            let into = Arc::clone(&told);
            let receiver = move |res: Ref<'_, pq::PGresult>| {
                let field = |code: u8| {
                    let at = pq::PQresultErrorField(res.as_ptr(), c_int::from(code));
                    CStr::from_ptr(at).to_string_lossy().into_owned()
                };
                into.lock().expect("as above").push(format!("{} {} {}", field(b'S'), field(b'C'), field(b'M')));
            };
            pq::PQsetNoticeReceiver(Some(it), Some(receiver));
            run(conn, NOTICE);
            let all: Vec<_> = std::mem::take(&mut *told.lock().expect("as above"));
            assert_eq!(all, ["NOTICE 00000 hello from the server", "WARNING 01000 beware"]);
            // Null changes nothing.
            assert!(pq::PQsetNoticeReceiver(Some(it), None::<fn(Ref<'_, pq::PGresult>)>).is_some());
            run(conn, c"do $$ begin raise notice 'again'; end $$");
            assert_eq!(*told.lock().expect("as above"), ["NOTICE 00000 again"]);
            // A panic comes out of the call that has read the notice, and libpq has gone on.
            let panics = |_: Ref<'_, pq::PGresult>| panic!("no notice");
            pq::PQsetNoticeReceiver(Some(it), Some(panics));
            assert_eq!(said(|| run(conn, NOTICE)), "no notice");
            let quiet = |_: Ref<'_, pq::PGresult>| ();
            pq::PQsetNoticeReceiver(Some(it), Some(quiet));
            run(conn, NOTICE);
            pq::PQfinish(conn);
        }
        // Results may call both when the connection has gone, so they stay.
        assert_eq!(Arc::strong_count(&told), 3);
    });
}

/// How often the lock was asked for, and how often given back.
static LOCKED: [AtomicI32; 2] = [AtomicI32::new(0), AtomicI32::new(0)];

#[test]
fn libpq_locks_by_a_function() {
    at_every_level("libpq_locks_by_a_function", || {
        fn lock(acquire: c_int) {
            LOCKED[usize::from(acquire == 0)].fetch_add(1, Ordering::Relaxed);
        }
        // SAFETY: a function that holds nothing; the connection comes to nothing.
        unsafe {
            let before = pq::PQregisterThreadLock(Some(lock));
            assert!(before.is_some(), "libpq's own");
            // Who the user is, is asked of the system.
            let conn = pq::PQconnectdb(c"host=127.0.0.1 port=1".as_ptr());
            assert_ne!(pq::PQstatus(conn), pq::CONNECTION_OK);
            pq::PQfinish(conn);
            assert_eq!(pq::PQregisterThreadLock(false.then_some(lock)).map(|it| it as usize != 0), Some(true));
        }
        let counts = LOCKED.each_ref().map(|count| count.load(Ordering::Relaxed));
        assert!(counts[0] > 0 && counts[0] == counts[1], "{counts:?}");
    });
}
