//! The programs at every level, what they say, and what they say where the kernel refuses io_uring.

#[path = "../../silent.rs"]
mod silent;

use std::io;
use std::os::unix::process::CommandExt;
use std::process::{Command, Output};

fn command(program: &str, level: &str) -> Command {
    let mut command = Command::new(program);
    command.env("PINNED_FFI_CHECK", level).env("RUST_BACKTRACE", "0");
    for variable in ["PINNED_FFI_ON_VIOLATION", "PINNED_FFI_REPORT"] {
        command.env_remove(variable);
    }
    command
}

fn run(mut command: Command) -> (Output, String, String) {
    let output = command.output().expect("the program was built");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let (stdout, stderr) = (text(&output.stdout), text(&output.stderr));
    (output, stdout, stderr)
}

/// Tells a person that nothing was tried, and why.
fn is_skipped(stdout: &str) -> bool {
    let skipped = stdout.starts_with("skipped: io_uring: ");
    if skipped {
        eprint!("{stdout}");
    }
    skipped
}

#[test]
fn what_is_held_until_when() {
    let (pin, pins) = if pinned_ffi::COMPILED { (1, 2) } else { (0, 0) };
    for level in ["off", "cheap", "full"] {
        let stdout = silent::run(&[env!("CARGO_BIN_EXE_uring")], level);
        if is_skipped(&stdout) {
            return;
        }
        for line in [
            "readv: 73747 bytes",
            "writev: 73747 bytes",
            // Two buffers, the vector, and the open file; the vector goes with the entry.
            &format!(
                "readv of a pipe: {} blocks are held in the queue, {} in the kernel, {pins} of them buffers",
                2 * pins,
                pins + pin
            ),
            "readv of a pipe: 5 bytes, 0 buffers are held after that",
            "sendmsg: 13 bytes",
            &format!("read_fixed: {pins} buffers are held between requests, 0 after the registration"),
            &format!("read_fixed dropped early: {pins} buffers are held until the completion, 0 after"),
            "SubmitBatch: [Some(3010), Some(777), Some(13)]",
            "SubmitBatch that panics: 0 buffers are held after it",
            "tokio: dropped half way, cancelled, 0 pins after the completion",
            &format!("tokio: shut down, {pin} pin until the completion, 0 after"),
            "ok",
        ] {
            // Where locked memory is limited, the kernel registers nothing.
            let is_limited = line.starts_with("read_fixed") && stdout.contains("skipped: registered buffers");
            assert!(is_limited || stdout.lines().any(|said| said == line), "{level}: no `{line}` in {stdout}");
        }
        assert!(stdout.lines().any(|said| said.starts_with("tokio: a file in ")), "{level}: {stdout}");
    }
}

#[test]
fn buffers_that_nobody_holds_are_reported() {
    for level in ["cheap", "full"].into_iter().filter(|_| pinned_ffi::COMPILED) {
        let (output, stdout, stderr) = run(command(env!("CARGO_BIN_EXE_uring-broken"), level));
        if is_skipped(&stdout) {
            return;
        }
        assert!(!output.status.success() && stdout.is_empty(), "{level}: {stdout}{stderr}");
        for fragment in
            ["error[PF001]: `io_uring_prep_readv`", "`iovecs[1].iov_base`", "4097 bytes", "uring-broken.rs:"]
        {
            assert!(stderr.contains(fragment), "{level}: no `{fragment}` in {stderr}");
        }
    }
}

#[test]
fn valgrind_has_nothing_to_say() {
    if let Some(stdout) = silent::in_valgrind(env!("CARGO_BIN_EXE_uring")) {
        assert!(is_skipped(&stdout) || stdout.ends_with("ok\n"), "{stdout}");
    }
}

/// A filter stands for kernels without io_uring, and for containers that forbid it.
#[test]
fn a_kernel_that_refuses_is_no_failure() {
    for (number, text) in [(libc::ENOSYS, "Function not implemented"), (libc::EPERM, "Operation not permitted")] {
        for program in [env!("CARGO_BIN_EXE_uring"), env!("CARGO_BIN_EXE_uring-broken")] {
            let mut refused = command(program, "cheap");
            // SAFETY: system calls only, and nothing is allocated between fork and exec.
            unsafe { refused.pre_exec(move || refuse(number as u32)) };
            let (output, stdout, stderr) = run(refused);
            let without_header = stdout.contains("liburing.h was not installed");
            assert!(output.status.success(), "{stdout}{stderr}");
            assert!(without_header || stdout == format!("skipped: io_uring: {text} (os error {number})\n"), "{stdout}");
        }
    }
}

/// From here on `io_uring_setup` gives this error, in this process and what it becomes.
fn refuse(number: u32) -> io::Result<()> {
    const LOAD: u16 = (libc::BPF_LD | libc::BPF_W | libc::BPF_ABS) as u16;
    const JUMP: u16 = (libc::BPF_JMP | libc::BPF_JEQ | libc::BPF_K) as u16;
    const RETURN: u16 = (libc::BPF_RET | libc::BPF_K) as u16;
    let line = |code, jt, jf, k| libc::sock_filter { code, jt, jf, k };
    let mut program = [
        // The number of the call is the first word.
        line(LOAD, 0, 0, 0),
        line(JUMP, 0, 1, libc::SYS_io_uring_setup as u32),
        line(RETURN, 0, 0, libc::SECCOMP_RET_ERRNO | number),
        line(RETURN, 0, 0, libc::SECCOMP_RET_ALLOW),
    ];
    let filter = libc::sock_fprog { len: program.len() as u16, filter: program.as_mut_ptr() };
    // SAFETY: takes numbers.
    let promised = unsafe { libc::prctl(libc::PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) };
    // SAFETY: a program of that length, which the kernel copies.
    let set = unsafe { libc::prctl(libc::PR_SET_SECCOMP, libc::SECCOMP_MODE_FILTER, &raw const filter) };
    if promised == 0 && set == 0 { Ok(()) } else { Err(io::Error::last_os_error()) }
}
