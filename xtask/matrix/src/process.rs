//! Runs a program in a process of its own, with a limit on its time, and keeps what it says.

use std::ffi::OsStr;
use std::io::Read;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// How a program ended.
#[derive(Debug)]
pub struct Ended {
    /// Its status; `None` where its time was over.
    pub status: Option<ExitStatus>,
    /// What it wrote.
    pub stdout: String,
    /// What it complained of.
    pub stderr: String,
}

impl Ended {
    /// Whether a signal ended it.
    pub fn is_crash(&self) -> bool {
        use std::os::unix::process::ExitStatusExt;
        self.status.is_some_and(|status| status.signal().is_some())
    }

    /// Whether it did what it should and said nothing else.
    pub fn is_silent(&self) -> bool {
        self.status.is_some_and(|status| status.success()) && self.stdout == "done\n" && self.stderr.is_empty()
    }
}

/// Runs `program` with `words`; of our settings it sees only `settings`.
///
/// # Errors
///
/// Says why it could not be started.
pub fn run<S: AsRef<OsStr>>(
    program: &Path,
    words: &[S],
    settings: &[(&str, &str)],
    limit: Duration,
) -> Result<Ended, String> {
    let mut command = Command::new(program);
    command.args(words).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    for (variable, _) in std::env::vars_os() {
        if variable.to_string_lossy().starts_with("PINNED_FFI_") {
            command.env_remove(variable);
        }
    }
    for variable in ["ASAN_OPTIONS", "LSAN_OPTIONS", "MALLOC_PERTURB_", "GLIBC_TUNABLES"] {
        command.env_remove(variable);
    }
    command.env("RUST_BACKTRACE", "0").envs(settings.iter().copied());
    let mut child = command.spawn().map_err(|error| format!("cannot run {}: {error}", program.display()))?;
    let stdout = reader(child.stdout.take());
    let stderr = reader(child.stderr.take());
    let status = wait(&mut child, limit);
    let text =
        |reader: thread::JoinHandle<Vec<u8>>| String::from_utf8_lossy(&reader.join().unwrap_or_default()).into_owned();
    Ok(Ended { status, stdout: text(stdout), stderr: text(stderr) })
}

fn reader(pipe: Option<impl Read + Send + 'static>) -> thread::JoinHandle<Vec<u8>> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        // What was read before an error is what there is.
        let _ = pipe.map(|mut pipe| pipe.read_to_end(&mut bytes));
        bytes
    })
}

fn wait(child: &mut Child, limit: Duration) -> Option<ExitStatus> {
    let start = Instant::now();
    let mut pause = Duration::from_millis(1);
    while start.elapsed() < limit {
        if let Ok(Some(status)) = child.try_wait() {
            return Some(status);
        }
        thread::sleep(pause);
        pause = (pause * 2).min(Duration::from_millis(20));
    }
    // It may have ended meanwhile.
    let _ = child.kill();
    let _ = child.wait();
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_program_says_and_how_it_ends_is_kept() {
        let shell = |script: &str, limit: u64| {
            run(Path::new("/bin/sh"), &["-c", script], &[("WORD", "done")], Duration::from_millis(limit)).expect("sh")
        };
        assert!(shell("echo $WORD", 10_000).is_silent());
        assert!(!shell("echo $WORD >&2", 10_000).is_silent());
        let crashed = shell("kill -SEGV $$", 10_000);
        assert!(crashed.is_crash() && !crashed.is_silent());
        let slow = shell("exec sleep 30", 100);
        assert!(slow.status.is_none() && !slow.is_crash());
    }
}
