//! Makes sure that libclang and a C compiler are there: finds them, or gets libclang by apt or as a Python wheel.

mod find;

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use self::find::{Found, files, newest, on_this_machine};
use crate::run::{self, Cmd, Env, Result, say};

/// Where a fetched library lies, below the repository's root.
const FETCHED: &str = "target/pinned-ffi/libclang";

/// The folder inside the wheel that holds the library.
const IN_WHEEL: &str = "clang/native";

/// Debian's packages, the preferred one first.
const PACKAGES: [&str; 2] = ["libclang-19-dev", "libclang-dev"];

/// Debian's packages of the libraries that tests call, with one header of each.
const LIBRARIES: &[(&str, &str)] = &[
    ("zlib1g-dev", "zlib.h"),
    ("libbz2-dev", "bzlib.h"),
    ("liblzma-dev", "lzma.h"),
    ("libzstd-dev", "zstd.h"),
    ("liblz4-dev", "lz4.h"),
    ("libexpat1-dev", "expat.h"),
    ("libsqlite3-dev", "sqlite3.h"),
    ("libcurl4-openssl-dev", "curl/curl.h"),
    ("libpq-dev", "libpq-fe.h"),
    ("libssl-dev", "openssl/ssl.h"),
    ("libx11-dev", "X11/Xlib.h"),
    ("libxt-dev", "X11/Intrinsic.h"),
    ("libncurses-dev", "ncurses.h"),
    ("librocksdb-dev", "rocksdb/c.h"),
    ("libuv1-dev", "uv.h"),
];

/// The same for examples, which say that they skip where it is missing.
const EXAMPLES: &[(&str, &str)] = &[("liburing-dev", "liburing.h"), ("valgrind", "valgrind/valgrind.h")];

/// The packages of servers that tests start, with one program of each; a test says that it skips where its server is missing.
const SERVERS: &[(&str, &str)] = &[("xvfb", "Xvfb"), ("postgresql", "postgres")];

/// What to do by hand when nothing worked.
const HELP: &str = "install libclang with your package manager \
(Debian, Ubuntu: `apt-get install libclang-dev`; Fedora: `dnf install clang-libs`; \
Alpine: `apk add clang-libclang`; Arch: `pacman -S clang`; macOS: `brew install llvm`), \
or set LIBCLANG_PATH to the folder that holds it";

/// Which ways to libclang are open, from `PINNED_FFI_SETUP`.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    /// Any that works.
    Any,
    /// Only the machine's own library and its package manager.
    System,
    /// Only the wheel under target/.
    Wheel,
}

/// `cargo xtask setup`.
pub(crate) fn run(words: &[String]) -> Result<ExitCode> {
    run::no_arguments("setup", words)?;
    let env = ready()?;
    for (key, value) in &env {
        let (key, value) = (key.to_string_lossy(), value.to_string_lossy());
        say(&format!("setup: to call cargo yourself: export {key}='{value}'"));
    }
    Ok(ExitCode::SUCCESS)
}

/// Makes sure that a C compiler and libclang exist; gives the variables that child processes need.
/// A second call finds what the first one got.
pub(crate) fn ready() -> Result<Env> {
    c_compiler()?;
    let found = libclang()?;
    say(&format!("setup: libclang is {}", found.library.display()));
    let folder = found.library.parent().map(Path::to_path_buf);
    Ok(match folder {
        Some(folder) if found.tell => {
            vec![(OsString::from("LIBCLANG_PATH"), folder.into_os_string())]
        }
        _ => Env::new(),
    })
}

/// Makes sure that the libraries of the tests are there; if not, says which are missing.
pub(crate) fn libraries() -> std::result::Result<(), String> {
    get(LIBRARIES)
}

/// Makes sure that the libraries of the examples are there; if not, says which are missing.
pub(crate) fn of_examples() -> std::result::Result<(), String> {
    get(EXAMPLES)
}

/// Makes sure that the servers of the tests are there; if not, says which are missing.
pub(crate) fn of_servers() -> std::result::Result<(), String> {
    get(SERVERS)
}

/// Finds packages by their headers and programs, or installs them; if that cannot be, says which are missing.
fn get(packages: &[(&'static str, &str)]) -> std::result::Result<(), String> {
    let missing =
        || -> Vec<&str> { packages.iter().filter(|(_, sign)| !is_there(sign)).map(|(package, _)| *package).collect() };
    let wanted = missing();
    if wanted.is_empty() {
        return Ok(());
    }
    if may_use_apt() {
        say(&format!("setup: getting {}", wanted.join(" ")));
        let install = || apt().args(&["install", "-y", "--no-install-recommends"]).args(&wanted).succeeds();
        // Lists may be old or absent; a failure shows in what is still missing.
        if !install() {
            apt().args(&["update"]).succeeds();
            install();
        }
    }
    let still = missing();
    if still.is_empty() { Ok(()) } else { Err(format!("not installed: {}", still.join(" "))) }
}

/// Whether a header is found, or a program.
fn is_there(sign: &str) -> bool {
    if sign.ends_with(".h") {
        return has_header(sign);
    }
    // Debian has each version of PostgreSQL in a folder of its own, which no search path names.
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    run::find_program(sign).is_some() || versions.into_iter().any(|it| it.path().join("bin").join(sign).exists())
}

/// Whether the C compiler finds a header.
fn has_header(header: &str) -> bool {
    let folder = if header == "libpq-fe.h" { "-I/usr/include/postgresql" } else { "-I." };
    let probe = format!("#include <stdio.h>\n#include <{header}>\n");
    let file = run::root().join("target").join("pinned-ffi-probe.c");
    let written =
        file.parent().map(fs::create_dir_all).is_some_and(|made| made.is_ok()) && fs::write(&file, probe).is_ok();
    written && Cmd::new("cc").args(&["-fsyntax-only", folder]).arg(file).succeeds()
}

/// Fails, with what to install, when there is no C compiler.
fn c_compiler() -> Result<()> {
    let set = std::env::var("CC").unwrap_or_default();
    // CC may hold a launcher or flags as well: `ccache gcc -m64`.
    let name = set.split_whitespace().next().unwrap_or("cc");
    if Cmd::new(name).args(&["--version"]).succeeds() {
        return Ok(());
    }
    Err(format!(
        "no C compiler: `{name} --version` does not run\n  help: install one \
         (Debian, Ubuntu: `apt-get install gcc libc6-dev`; Fedora: `dnf install gcc`; \
         macOS: `xcode-select --install`), or set CC to yours"
    ))
}

/// Finds libclang or gets it, in the order that the module's first line gives.
fn libclang() -> Result<Found> {
    let way = way()?;
    let mut tried = Vec::new();
    if way != Way::Wheel
        && let Some(found) = on_this_machine(&mut tried)
    {
        return Ok(found);
    }
    if way != Way::System {
        if let Some(found) = fetched() {
            return Ok(found);
        }
        tried.push(FETCHED.to_owned());
    }
    say(&format!("setup: no libclang in: {}", tried.join(", ")));
    let mut failures = Vec::new();
    if way != Way::Wheel {
        match by_apt() {
            Ok(found) => return Ok(found),
            Err(reason) => failures.push(reason),
        }
    }
    if way != Way::System {
        match by_wheel() {
            Ok(found) => return Ok(found),
            Err(reason) => failures.push(reason),
        }
    }
    Err(format!(
        "no libclang, and none could be got\n  searched: {}\n  tried: {}\n  help: {HELP}",
        tried.join(", "),
        failures.join("\n  tried: ")
    ))
}

/// Reads `PINNED_FFI_SETUP`.
fn way() -> Result<Way> {
    let Some(value) = std::env::var_os("PINNED_FFI_SETUP") else {
        return Ok(Way::Any);
    };
    match &*value.to_string_lossy() {
        "" => Ok(Way::Any),
        "system" => Ok(Way::System),
        "wheel" => Ok(Way::Wheel),
        other => Err(format!("PINNED_FFI_SETUP is `{other}`; it can be `wheel` or `system`")),
    }
}

/// A library that an earlier call unpacked.
fn fetched() -> Option<Found> {
    let library = newest(&in_wheel(&run::root().join(FETCHED)))?;
    Some(Found { library, tell: true })
}

/// Installs Debian's package.
fn by_apt() -> Result<Found> {
    if !may_use_apt() {
        return Err("apt-get: not there, or not run as root".to_owned());
    }
    apt_install(&PACKAGES)?;
    on_this_machine(&mut Vec::new())
        .ok_or_else(|| "apt-get: installed, but no libclang is where it should be".to_owned())
}

/// Where an unpacked wheel may hold the library: at its root, or where pip would install it from.
fn in_wheel(unpacked: &Path) -> Vec<PathBuf> {
    let mut folders = vec![unpacked.join(IN_WHEEL)];
    for entry in fs::read_dir(unpacked).into_iter().flatten().flatten() {
        if entry.path().extension().is_some_and(|ending| ending == "data") {
            folders.extend(["platlib", "purelib"].map(|lib| entry.path().join(lib).join(IN_WHEEL)));
        }
    }
    folders
}

/// Downloads the wheel and unpacks it under target/.
fn by_wheel() -> Result<Found> {
    let target = run::root().join(FETCHED);
    let folder = target.parent().map(Path::to_path_buf).unwrap_or_default();
    let downloads = folder.join("wheel");
    // A download cut short must not be unpacked; what is there without a library is of no use.
    remove(&downloads)?;
    fs::create_dir_all(&downloads).map_err(|error| format!("wheel: cannot make {}: {error}", downloads.display()))?;
    say("setup: getting the Python wheel `libclang` from PyPI (about 25 MB), unpacked under target/");
    Cmd::new("python3")
        .args(&["-m", "pip", "download", "--quiet", "--disable-pip-version-check"])
        .args(&["--no-deps", "--only-binary=:all:", "--dest"])
        .arg(&downloads)
        .args(&["libclang"])
        .run()
        .map_err(|reason| format!("wheel: {reason}; it needs python3 with pip, and the network"))?;
    let wheel = files(&downloads)
        .into_iter()
        .find(|file| file.extension().is_some_and(|ending| ending == "whl"))
        .ok_or_else(|| format!("wheel: pip left none in {}", downloads.display()))?;
    // Unpacked beside its place and renamed, so that half a library is never taken for a whole one.
    let partial = folder.join(format!("libclang.partial-{}", std::process::id()));
    remove(&partial)?;
    Cmd::new("python3")
        .args(&["-m", "zipfile", "-e"])
        .arg(&wheel)
        .arg(&partial)
        .run()
        .map_err(|reason| format!("wheel: {reason}"))?;
    if newest(&in_wheel(&partial)).is_none() {
        return Err(format!("wheel: {} holds no {IN_WHEEL}/libclang", wheel.display()));
    }
    remove(&target)?;
    fs::rename(&partial, &target).map_err(|error| format!("wheel: cannot rename to {}: {error}", target.display()))?;
    // The library is in place; the archive is only a copy of it, and its absence harms nothing.
    let _ = fs::remove_dir_all(&downloads);
    fetched().ok_or_else(|| "wheel: unpacked, but the library is gone".to_owned())
}

/// Whether packages can be installed: as root, on a system with apt-get.
fn may_use_apt() -> bool {
    run::find_program("apt-get").is_some() && Cmd::new("id").args(&["-u"]).text().is_ok_and(|user| user.trim() == "0")
}

/// Installs the first of `packages` that can be; a fresh machine has no package lists, so they are
/// fetched when the first attempt fails.
fn apt_install(packages: &[&str]) -> Result<()> {
    let install = |package: &str| apt().args(&["install", "-y", "--no-install-recommends"]).arg(package).run();
    if let Some(first) = packages.first()
        && install(first).is_ok()
    {
        return Ok(());
    }
    // A failed update is not the end: one broken source among many leaves the others usable.
    if let Err(reason) = apt().args(&["update"]).run() {
        say(&format!("setup: {reason}"));
    }
    if packages.iter().any(|package| install(package).is_ok()) {
        return Ok(());
    }
    Err(format!("apt-get: could not install {}", packages.join(" or ")))
}

/// A quiet apt-get that asks nothing.
fn apt() -> Cmd {
    Cmd::new("apt-get").env("DEBIAN_FRONTEND", "noninteractive").args(&[
        "-qq",
        "-o",
        "Dpkg::Use-Pty=0",
        "-o",
        "DPkg::Lock::Timeout=120",
    ])
}

/// Removes a folder with all that is in it; one that is not there is fine.
fn remove(folder: &Path) -> Result<()> {
    if !folder.exists() {
        return Ok(());
    }
    fs::remove_dir_all(folder).map_err(|error| format!("cannot remove {}: {error}", folder.display()))
}
