//! Which packages are there, what pkg-config says of them, and how missing ones are got.

use crate::declared;
use crate::list::Entry;
use std::collections::BTreeSet;
use std::process::Command;

/// The packages of an entry that are not installed.
pub(crate) fn missing(entry: &Entry) -> Vec<String> {
    entry.packages.iter().filter(|package| !is_installed(package)).cloned().collect()
}

fn is_installed(package: &str) -> bool {
    Command::new("dpkg-query")
        .args(["-W", "-f=${Status}", package])
        .output()
        .is_ok_and(|output| output.stdout.ends_with(b"ok installed"))
}

/// The clang arguments that pkg-config names.
pub(crate) fn flags(entry: &Entry) -> Result<Vec<String>, String> {
    let Some(name) = &entry.pkg_config else { return Ok(Vec::new()) };
    let output =
        Command::new("pkg-config").args(["--cflags", name]).output().map_err(|error| format!("pkg-config: {error}"))?;
    if !output.status.success() {
        return Err(format!("pkg-config: {}", String::from_utf8_lossy(&output.stderr).trim()));
    }
    Ok(String::from_utf8_lossy(&output.stdout).split_whitespace().map(str::to_owned).collect())
}

/// Installs what is missing, and a clang to count with, by apt.
pub(crate) fn install(entries: &[Entry]) -> Result<(), String> {
    let mut wanted: BTreeSet<String> = entries.iter().flat_map(missing).collect();
    wanted.extend(["pkg-config".to_owned(), "gcc".to_owned()].into_iter().filter(|package| !is_installed(package)));
    // Another version of clang declares other functions in its own headers.
    wanted.extend(Some(declared::PACKAGE.to_owned()).filter(|package| !is_installed(package)));
    if wanted.is_empty() {
        return Ok(());
    }
    eprintln!("installing {}", wanted.iter().cloned().collect::<Vec<_>>().join(" "));
    let apt = |words: &[&str], packages: &BTreeSet<String>| {
        Command::new("apt-get")
            .env("DEBIAN_FRONTEND", "noninteractive")
            .args(["-o", "DPkg::Lock::Timeout=600"])
            .args(words)
            .args(packages)
            .stdout(std::process::Stdio::null())
            .status()
            .is_ok_and(|status| status.success())
    };
    apt(&["update"], &BTreeSet::new());
    if !apt(&["install", "-y", "--no-install-recommends"], &wanted) {
        // One package that is not to be had must not keep the others away: its row says "missing".
        for package in &wanted {
            apt(&["install", "-y", "--no-install-recommends"], &BTreeSet::from([package.clone()]));
        }
    }
    if !declared::is_one_there() {
        apt(&["install", "-y", "--no-install-recommends"], &BTreeSet::from(["clang".to_owned()]));
    }
    Ok(())
}
