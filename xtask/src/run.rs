//! Runs other programs from the repository's root, and prints in cargo's style what is run.

use std::ffi::{OsStr, OsString};
use std::io::{self, BufRead, BufReader, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Output, Stdio};

/// What can fail gives its message; `main` prints it.
pub(crate) type Result<T> = std::result::Result<T, String>;

/// Environment variables for child processes.
pub(crate) type Env = Vec<(OsString, OsString)>;

/// The repository's root: the folder above this crate's manifest.
pub(crate) fn root() -> PathBuf {
    let built_at = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    // Cargo tells where the manifest is now; that counts when the checkout has been moved since the build.
    let manifest = std::env::var_os("CARGO_MANIFEST_DIR")
        .map(PathBuf::from)
        .filter(|folder| folder.file_name() == Some(OsStr::new("xtask")))
        .unwrap_or(built_at);
    manifest.parent().map(Path::to_path_buf).unwrap_or_default()
}

/// Prints one line for the user.
pub(crate) fn say(line: &str) {
    let mut out = io::stdout().lock();
    // A reader that went away must not become a panic; the exit code still tells how it went.
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}

/// Prints one line to standard error.
pub(crate) fn complain(line: &str) {
    let _ = writeln!(io::stderr().lock(), "{line}");
}

/// Prints a line as cargo does: a verb, right-aligned, and what it is done to.
pub(crate) fn note(verb: &str, what: &str) {
    if io::stderr().is_terminal() {
        complain(&format!("\x1b[1;32m{verb:>12}\x1b[0m {what}"));
    } else {
        complain(&format!("{verb:>12} {what}"));
    }
}

/// Refuses arguments for a command that takes none.
pub(crate) fn no_arguments(command: &str, words: &[String]) -> Result<()> {
    match words.first() {
        Some(word) => Err(format!("`cargo xtask {command}` takes no argument `{word}`")),
        None => Ok(()),
    }
}

/// The first file called `name` in the folders of `PATH`.
pub(crate) fn find_program(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file())
}

/// A program to run, with its arguments and what is added to its environment.
pub(crate) struct Cmd {
    /// The program, by name or path.
    program: OsString,
    /// Its arguments.
    args: Vec<OsString>,
    /// Variables added to the inherited environment.
    env: Env,
}

impl Cmd {
    /// A call of `program` without arguments.
    pub(crate) fn new(program: impl Into<OsString>) -> Self {
        Self { program: program.into(), args: Vec::new(), env: Vec::new() }
    }

    /// A call of the cargo that runs us.
    pub(crate) fn cargo() -> Self {
        Self::new(std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo")))
    }

    /// A call of the compiler that cargo would use.
    pub(crate) fn rustc() -> Self {
        Self::new(std::env::var_os("RUSTC").unwrap_or_else(|| OsString::from("rustc")))
    }

    /// Adds one argument.
    pub(crate) fn arg(mut self, arg: impl Into<OsString>) -> Self {
        self.args.push(arg.into());
        self
    }

    /// Adds arguments that are fixed text.
    pub(crate) fn args(mut self, args: &[&str]) -> Self {
        self.args.extend(args.iter().map(OsString::from));
        self
    }

    /// Sets a variable.
    pub(crate) fn env(mut self, key: &str, value: impl Into<OsString>) -> Self {
        self.env.push((OsString::from(key), value.into()));
        self
    }

    /// Sets a variable unless the user has set it already.
    pub(crate) fn default_env(self, key: &str, value: &str) -> Self {
        if std::env::var_os(key).is_some() { self } else { self.env(key, value) }
    }

    /// Sets the variables that set-up has found necessary.
    pub(crate) fn envs(mut self, env: &Env) -> Self {
        self.env.extend(env.iter().cloned());
        self
    }

    /// Says what is run, runs it in the open, and fails when it fails.
    pub(crate) fn run(&self) -> Result<()> {
        self.announce();
        let status = self.command().status().map_err(|error| self.not_started(&error))?;
        self.judge(status)
    }

    /// Runs it silently and tells whether it could be run and succeeded.
    pub(crate) fn succeeds(&self) -> bool {
        let mut command = self.command();
        command.stdout(Stdio::null()).stderr(Stdio::null());
        command.status().is_ok_and(|status| status.success())
    }

    /// Runs it silently and gives what it printed and how it ended.
    pub(crate) fn capture(&self) -> Result<Output> {
        self.command().output().map_err(|error| self.not_started(&error))
    }

    /// Runs it silently and gives its standard output; when it fails, its standard error is in the message.
    pub(crate) fn text(&self) -> Result<String> {
        let output = self.capture()?;
        if output.status.success() {
            return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
        }
        let errors = String::from_utf8_lossy(&output.stderr);
        Err(format!("`{}` failed ({}): {}", self.shown(), output.status, errors.trim()))
    }

    /// Says what is run, and passes its standard output on line by line, each to `seen` as well.
    pub(crate) fn tee(&self, seen: &mut dyn FnMut(&str)) -> Result<()> {
        self.announce();
        let mut child = self.command().stdout(Stdio::piped()).spawn().map_err(|error| self.not_started(&error))?;
        if let Some(pipe) = child.stdout.take() {
            let mut reader = BufReader::new(pipe);
            let mut line = Vec::new();
            // Bytes, not text: what a test prints need not be UTF-8.
            while reader.read_until(b'\n', &mut line).is_ok_and(|read| read > 0) {
                let mut out = io::stdout().lock();
                let _ = out.write_all(&line).and_then(|()| out.flush());
                drop(out);
                seen(&String::from_utf8_lossy(&line));
                line.clear();
            }
        }
        let status = child.wait().map_err(|error| self.not_started(&error))?;
        self.judge(status)
    }

    /// The call as the standard library wants it.
    fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        command.args(&self.args).current_dir(root()).stdin(Stdio::null());
        for (key, value) in &self.env {
            command.env(key, value);
            // Cargo prefers the encoded variable; a step that sets flags means its own.
            if key == "RUSTFLAGS" {
                command.env_remove("CARGO_ENCODED_RUSTFLAGS");
            }
        }
        command
    }

    /// Prints the call in cargo's style.
    fn announce(&self) {
        note("Running", &self.shown());
    }

    /// The call as a user would type it.
    fn shown(&self) -> String {
        let program = Path::new(&self.program).file_name().unwrap_or(&self.program);
        let set = self
            .env
            .iter()
            .map(|(key, value)| format!("{}={}", key.to_string_lossy(), quoted(&value.to_string_lossy())));
        let words = self.args.iter().map(|arg| quoted(&arg.to_string_lossy()));
        set.chain([program.to_string_lossy().into_owned()]).chain(words).collect::<Vec<_>>().join(" ")
    }

    /// An error unless `status` is a success.
    fn judge(&self, status: ExitStatus) -> Result<()> {
        if status.success() { Ok(()) } else { Err(format!("`{}` failed ({status})", self.shown())) }
    }

    /// The message for a program that could not be started or waited for.
    fn not_started(&self, error: &io::Error) -> String {
        format!("cannot run `{}`: {error}", self.shown())
    }
}

/// `word` in single quotes when a shell would take it apart otherwise.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_=./:,+@".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', "'\\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_only_what_a_shell_would_split() {
        assert_eq!(quoted("--all-targets"), "--all-targets");
        assert_eq!(quoted("readv|writev"), "'readv|writev'");
        assert_eq!(quoted(""), "''");
        assert_eq!(quoted("it's"), "'it'\\''s'");
    }

    #[test]
    fn the_root_holds_this_crate() {
        assert!(root().join("xtask/Cargo.toml").is_file());
    }
}
