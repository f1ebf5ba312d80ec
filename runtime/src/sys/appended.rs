//! A file that lines are added to: from any thread and any signal handler, and also when somebody closes or deletes it meanwhile.
//!
//! Nothing here asks for memory or takes a lock.

use crate::sync::plain::{AtomicI32, AtomicU64, Ordering};
use core::mem::MaybeUninit;
use std::ffi::CString;
use std::io;
use std::os::unix::ffi::OsStrExt as _;
use std::path::Path;

/// Such a file; it is opened when the first line comes.
#[derive(Debug)]
pub(crate) struct Appended {
    path: CString,
    // Below zero while it is not open. The two below are written before it.
    descriptor: AtomicI32,
    device: AtomicU64,
    inode: AtomicU64,
}

impl Appended {
    /// The file at `path`; `None` for a path that no file can have.
    pub(crate) fn at(path: &Path) -> Option<Self> {
        let path = CString::new(path.as_os_str().as_bytes()).ok()?;
        Some(Self { path, descriptor: AtomicI32::new(-1), device: AtomicU64::new(0), inode: AtomicU64::new(0) })
    }

    /// Makes the file, which must not be there.
    pub(crate) fn create(&self) -> io::Result<()> {
        self.open(libc::O_EXCL).map(drop)
    }

    /// Adds a line in one write, so that processes and threads that share the file do not mix theirs.
    pub(crate) fn append(&self, line: &[u8]) -> io::Result<()> {
        let descriptor = match self.is_still_open() {
            Some(descriptor) => descriptor,
            None => self.open(0)?,
        };
        // SAFETY: `line` is borrowed for the call; write(2) may be called in a handler.
        let written = unsafe { libc::write(descriptor, line.as_ptr().cast(), line.len()) };
        match usize::try_from(written) {
            Ok(written) if written == line.len() => Ok(()),
            Ok(_) => Err(io::Error::from_raw_os_error(libc::ENOSPC)),
            Err(_) => Err(io::Error::last_os_error()),
        }
    }

    /// The descriptor, while it leads to the file and the file has a name. A program that closes every descriptor may have
    /// given the number to a file of its own.
    fn is_still_open(&self) -> Option<i32> {
        let descriptor = self.descriptor.load(Ordering::Acquire);
        let status = status(descriptor)?;
        let is_same = number(status.st_dev) == self.device.load(Ordering::Relaxed)
            && number(status.st_ino) == self.inode.load(Ordering::Relaxed);
        (is_same && status.st_nlink > 0).then_some(descriptor)
    }

    fn open(&self, more: i32) -> io::Result<i32> {
        let flags = libc::O_WRONLY | libc::O_APPEND | libc::O_CREAT | libc::O_CLOEXEC | more;
        // SAFETY: a C string that lives as long as `self`; open(2) may be called in a handler.
        let descriptor = unsafe { libc::open(self.path.as_ptr(), flags, 0o666) };
        let Some(status) = status(descriptor) else { return Err(io::Error::last_os_error()) };
        self.device.store(number(status.st_dev), Ordering::Relaxed);
        self.inode.store(number(status.st_ino), Ordering::Relaxed);
        // What was open before stays so: another thread may be writing to it.
        self.descriptor.store(descriptor, Ordering::Release);
        Ok(descriptor)
    }
}

/// What the kernel knows of an open file; `None` where the descriptor is none.
fn status(descriptor: i32) -> Option<libc::stat> {
    let mut status = MaybeUninit::<libc::stat>::zeroed();
    // SAFETY: writable for one `stat`; any number may be asked for (fstat(2)), also in a handler.
    let failed = descriptor < 0 || unsafe { libc::fstat(descriptor, status.as_mut_ptr()) } != 0;
    // SAFETY: all zero is a valid `stat`, and fstat filled it.
    (!failed).then(|| unsafe { status.assume_init() })
}

/// Device and inode have other types on other systems; they are only compared.
fn number<T>(value: T) -> u64
where
    T: TryInto<u64>,
{
    value.try_into().unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::fd::{AsRawFd as _, FromRawFd as _, OwnedFd};

    fn file() -> (tempfile::TempDir, std::path::PathBuf, Appended) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("with space.jsonl");
        let appended = Appended::at(&path).expect("a path without a zero");
        (folder, path, appended)
    }

    fn read(path: &Path) -> String {
        std::fs::read_to_string(path).expect("the file is there")
    }

    #[test]
    fn a_deleted_file_is_made_again() {
        let (_folder, path, appended) = file();
        appended.append(b"one\n").expect("the folder can be written");
        appended.append(b"two\n").expect("the folder can be written");
        assert_eq!(read(&path), "one\ntwo\n");
        std::fs::remove_file(&path).expect("it is there");
        appended.append(b"three\n").expect("the folder can be written");
        assert_eq!(read(&path), "three\n");
        assert!(appended.create().is_err(), "it is there");
    }

    /// As a daemon does that closes all descriptors and then opens files of its own.
    #[test]
    fn a_descriptor_that_became_another_file_is_not_written() {
        let (folder, path, appended) = file();
        appended.append(b"one\n").expect("the folder can be written");
        let number = appended.descriptor.load(Ordering::Relaxed);
        let theirs = std::fs::File::create(folder.path().join("theirs")).expect("the folder can be written");
        // SAFETY: both are open; the first number is `appended`'s, which finds out.
        assert_eq!(unsafe { libc::dup2(theirs.as_raw_fd(), number) }, number);
        appended.append(b"two\n").expect("the folder can be written");
        assert_eq!(read(&path), "one\ntwo\n");
        assert_eq!(read(&folder.path().join("theirs")), "");
        // SAFETY: the number that was taken away above, and that nobody else closes.
        drop(unsafe { OwnedFd::from_raw_fd(number) });
    }

    #[test]
    fn what_cannot_be_written_is_an_error() {
        let gone = Appended::at(Path::new("/nonexistent/folder/x")).expect("a path without a zero");
        assert_eq!(gone.append(b"x\n").map_err(|error| error.kind()), Err(io::ErrorKind::NotFound));
        assert!(Appended::at(Path::new("a\0b")).is_none());
    }
}
