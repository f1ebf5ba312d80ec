//! Runs a program and gives its output, how long it took, and the most memory it had.

use std::io::Read as _;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// What became of a program.
pub(crate) struct Ran {
    pub(crate) success: bool,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    pub(crate) time: Duration,
    /// In KiB.
    pub(crate) peak: u64,
}

/// Runs it to its end.
pub(crate) fn run(command: &mut Command) -> Result<Ran, String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let start = Instant::now();
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| format!("{name}: {error}"))?;
    let (mut out, mut err) = (child.stdout.take(), child.stderr.take());
    let reader = std::thread::spawn(move || {
        let mut text = Vec::new();
        if let Some(err) = &mut err {
            let _ = err.read_to_end(&mut text);
        }
        text
    });
    let mut stdout = Vec::new();
    if let Some(out) = &mut out {
        out.read_to_end(&mut stdout).map_err(|error| format!("{name}: {error}"))?;
    }
    let stderr = reader.join().unwrap_or_default();
    let mut status = 0;
    // SAFETY: an all-zero rusage is a value.
    let mut usage: libc::rusage = unsafe { std::mem::zeroed() };
    let pid = libc::pid_t::try_from(child.id()).map_err(|error| error.to_string())?;
    // SAFETY: the child is ours and was not waited for; status and usage are live.
    let waited = unsafe { libc::wait4(pid, &mut status, 0, &mut usage) };
    if waited != pid {
        return Err(format!("{name}: {}", std::io::Error::last_os_error()));
    }
    Ok(Ran {
        success: libc::WIFEXITED(status) && libc::WEXITSTATUS(status) == 0,
        stdout: String::from_utf8_lossy(&stdout).into_owned(),
        stderr: String::from_utf8_lossy(&stderr).into_owned(),
        time: start.elapsed(),
        peak: u64::try_from(usage.ru_maxrss).unwrap_or(0),
    })
}
