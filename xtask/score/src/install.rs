//! Gets the packages of the lists by apt; one that is not to be had keeps no other one away.

use crate::list::Entry;
use std::collections::BTreeSet;
use std::process::{Command, Stdio};

/// Installs what is missing.
pub(crate) fn install(entries: &[Entry]) {
    let all: BTreeSet<&str> = entries.iter().flat_map(|entry| &entry.packages).map(String::as_str).collect();
    let missing: Vec<&str> = all.into_iter().filter(|package| !is_installed(package)).collect();
    if missing.is_empty() {
        return;
    }
    apt(&["update"]);
    for package in missing {
        if !apt(&["install", "-y", "--no-install-recommends", package]) {
            eprintln!("skipped: apt-get has no {package}");
        }
    }
}

fn is_installed(package: &str) -> bool {
    let asked = Command::new("dpkg-query").args(["-W", "-f=${Status}", package]).output();
    asked.is_ok_and(|output| output.stdout.ends_with(b"ok installed"))
}

fn apt(words: &[&str]) -> bool {
    let mut apt = Command::new("apt-get");
    apt.env("DEBIAN_FRONTEND", "noninteractive").args(["-o", "DPkg::Lock::Timeout=600"]).args(words);
    apt.stdout(Stdio::null()).status().is_ok_and(|status| status.success())
}
