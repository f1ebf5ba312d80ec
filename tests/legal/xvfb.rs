//! An X server of the test's own, without a screen.

use std::ffi::{CStr, CString};
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

pub(crate) struct Xvfb {
    program: Child,
    name: CString,
}

impl Xvfb {
    /// One that listens; `None`, and a line that says so, where there is none.
    pub(crate) fn start() -> Option<Self> {
        let started = Command::new("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", "320x200x24", "-nolisten", "tcp"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn();
        let Ok(mut program) = started else {
            println!("skipped: x11: package xvfb is not installed");
            return None;
        };
        let mut number = String::new();
        let told = program.stdout.take().expect("a pipe");
        BufReader::new(told).read_line(&mut number).expect("the server tells its number");
        let name = CString::new(format!(":{}", number.trim())).expect("no zero inside");
        Some(Self { program, name })
    }

    /// What `XOpenDisplay` is to open.
    pub(crate) fn name(&self) -> &CStr {
        &self.name
    }

    /// Ends it, if it has not ended.
    pub(crate) fn stop(&mut self) {
        drop(self.program.kill());
        drop(self.program.wait());
    }
}

impl Drop for Xvfb {
    fn drop(&mut self) {
        self.stop();
    }
}
