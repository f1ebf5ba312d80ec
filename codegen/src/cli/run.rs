//! `pinned-ffi run`: a command in checked mode, and what all its processes have reported in one summary.

use crate::report;
use clap::{Args, ValueEnum};
use pinned_ffi_codegen::output;
use pinned_ffi_codegen::reports::Gathered;
use pinned_ffi_codegen::reports::sarif::Invocation;
use rustix::process::{Pid, Signal, kill_process};
use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGUSR1, SIGUSR2};
use signal_hook::iterator::SignalsInfo;
use signal_hook::iterator::exfiltrator::WithOrigin;
use signal_hook::low_level::siginfo::{Cause, Origin};
use std::error::Error;
use std::ffi::OsString;
use std::io::{self, Write as _};
use std::os::unix::process::ExitStatusExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, ExitStatus};
use std::thread;

/// No process of the command had checks in it.
const UNCHECKED: u8 = 98;
/// The command was content, and there are reports.
const REPORTED: u8 = 99;
/// The work around the command failed.
const FAILED: u8 = 125;
/// The command is there, and cannot be started.
const NOT_RUNNABLE: u8 = 126;
/// There is no such command.
const NOT_FOUND: u8 = 127;

/// Arguments of `pinned-ffi run`.
#[derive(Debug, Args)]
#[command(after_help = "\
Exit code: the command's own where it is not 0 (128 and the number of the signal that ended it); else 99 when there were \
reports, 98 when no process had checks in it, and 0. 127: there is no such command; 126: it cannot be started; 125: the \
reports cannot be gathered or written.

What the command's processes say on standard error stays there, but for reports, which the summary tells once each. A process \
that goes on after the command has ended is no longer listened to.")]
pub(crate) struct Run {
    /// How much is checked: PINNED_FFI_CHECK
    #[arg(long, value_enum, default_value_t = Level::Cheap)]
    level: Level,
    /// What a process does after a report: PINNED_FFI_ON_VIOLATION. With `log` a run finds all
    #[arg(long, value_enum, default_value_t = OnViolation::Log)]
    on_violation: OnViolation,
    /// Where to write the reports as SARIF 2.1.0
    #[arg(long, value_name = "FILE")]
    sarif: Option<PathBuf>,
    /// Where to write the lines of JSON of all processes, which `pinned-ffi report` reads
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
    /// The command and its arguments, such as `cargo test`
    #[arg(required = true, trailing_var_arg = true, allow_hyphen_values = true, value_name = "COMMAND")]
    command: Vec<OsString>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Level {
    Cheap,
    Full,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum OnViolation {
    Log,
    Panic,
    Abort,
}

/// The word that the runtime reads.
fn word(value: &impl ValueEnum) -> String {
    value.to_possible_value().map_or_else(String::new, |value| value.get_name().to_owned())
}

/// Runs the command and tells.
pub(crate) fn run(asked: &Run) -> ExitCode {
    let result = tempfile::Builder::new().prefix("pinned-ffi-").tempdir().map_err(Into::into);
    match result.and_then(|folder| run_with(asked, folder.path())) {
        Ok(code) => ExitCode::from(code),
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(FAILED)
        }
    }
}

fn run_with(asked: &Run, folder: &Path) -> Result<u8, Box<dyn Error>> {
    // Listened to before the command is there, so that no signal for it is lost.
    let signals = SignalsInfo::<WithOrigin>::new(heard())?;
    let child = match start(asked, folder) {
        Ok(child) => child,
        Err(error) => {
            let name = asked.command.first().map_or_else(Default::default, |name| name.to_string_lossy());
            eprintln!("error: cannot run `{name}`: {error}");
            return Ok(if error.kind() == io::ErrorKind::NotFound { NOT_FOUND } else { NOT_RUNNABLE });
        }
    };
    let own = code(wait(child, signals)?);
    let told = tell(asked, folder, own);
    if let (Err(error), true) = (&told, own != 0) {
        eprintln!("{error}");
        return Ok(own);
    }
    let of_reports = told?;
    Ok(if own != 0 { own } else { of_reports })
}

/// The signals to listen to. One that is ignored here, as under nohup, stays so for the command as well.
fn heard() -> Vec<i32> {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let ignored = ignored.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or(0);
    let is_heard = |signal: &i32| ignored >> (signal - 1) & 1 == 0;
    [SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGUSR1, SIGUSR2].into_iter().filter(is_heard).collect()
}

fn start(asked: &Run, folder: &Path) -> io::Result<Child> {
    let (name, arguments) = asked.command.split_first().ok_or(io::ErrorKind::NotFound)?;
    Command::new(name)
        .args(arguments)
        .env("PINNED_FFI_CHECK", word(&asked.level))
        .env("PINNED_FFI_ON_VIOLATION", word(&asked.on_violation))
        .env("PINNED_FFI_REPORT", folder)
        .spawn()
}

/// Waits for the command, and hands on what other processes send it. What a terminal sends, it sends the command as well.
fn wait(mut child: Child, mut signals: SignalsInfo<WithOrigin>) -> io::Result<ExitStatus> {
    let handle = signals.handle();
    let process = i32::try_from(child.id()).ok().and_then(Pid::from_raw);
    let hand_on = move |origin: &Origin| {
        if let (Cause::Sent(_), Some(process), Some(signal)) =
            (origin.cause, process, Signal::from_named_raw(origin.signal))
        {
            // It may have ended just now.
            let _ = kill_process(process, signal);
        }
    };
    let listener = thread::spawn(move || signals.forever().for_each(|origin| hand_on(&origin)));
    let status = child.wait();
    handle.close();
    // It ends when the handle is closed, and has nothing to panic about.
    let _ = listener.join();
    status
}

/// As shells tell it.
fn code(status: ExitStatus) -> u8 {
    let code = status.code().or_else(|| status.signal().map(|signal| 128 + signal));
    code.and_then(|code| u8::try_from(code).ok()).unwrap_or(FAILED)
}

/// Writes and prints what was reported; gives the code that a content command ends with.
fn tell(asked: &Run, folder: &Path, own: u8) -> Result<u8, Box<dyn Error>> {
    let texts = report::lines(folder)?;
    let gathered = Gathered::read(texts.iter().map(String::as_str));
    let mut summary = report::summary_of(&gathered, report::look());
    let is_checked = gathered.checked().next().is_some();
    if !is_checked && gathered.bugs.is_empty() {
        summary.push_str(
            "pinned-ffi: no process ran with checks\n   \
             = help: build with debug assertions, or with feature `checked` of the crate pinned-ffi, and make \
             `pinned_ffi::TrackedAlloc` the `#[global_allocator]`\n",
        );
    }
    // The command may have closed the terminal; what counts then is the exit code.
    let _ = anstream::stderr().lock().write_all(summary.as_bytes());
    // After the summary, which a file that cannot be written must not cost; nor must it cost the other file.
    let json = asked.json.as_ref().map_or(Ok(()), |path| output::write(path, &texts.concat()));
    if let Some(path) = &asked.sarif {
        let arguments = asked.command.iter().map(|word| word.to_string_lossy().into_owned()).collect();
        let invocation = Invocation { arguments, exit_code: i32::from(own) };
        output::write(path, &report::sarif_of(&gathered, Some(invocation))?)?;
    }
    json?;
    Ok(match (gathered.bugs.is_empty() && gathered.untold == 0, is_checked) {
        (false, _) => REPORTED,
        (true, false) => UNCHECKED,
        (true, true) => 0,
    })
}
