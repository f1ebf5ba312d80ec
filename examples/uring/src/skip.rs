//! Whether io_uring can be used here, and what to say where it cannot.

use std::io;

/// No such system call; not permitted, by a sysctl or a filter; not permitted to this user.
const REFUSALS: [i32; 3] = [38, 1, 13];

/// What to say where the kernel refuses io_uring: `skipped: io_uring: …`. Other errors are errors.
pub fn skipped(error: &io::Error) -> Option<String> {
    let refused = error.raw_os_error().is_some_and(|number| REFUSALS.contains(&number));
    let old = error.kind() == io::ErrorKind::Unsupported;
    (refused || old).then(|| format!("skipped: io_uring: {error}"))
}

#[cfg(test)]
mod tests {
    use super::skipped;
    use std::io;

    #[test]
    fn only_refusals_are_skipped() {
        let said = |number| skipped(&io::Error::from_raw_os_error(number));
        assert_eq!(said(38).as_deref(), Some("skipped: io_uring: Function not implemented (os error 38)"));
        assert_eq!(said(1).as_deref(), Some("skipped: io_uring: Operation not permitted (os error 1)"));
        assert_eq!(said(22), None);
    }
}
