//! Decides whether a reading counts: no file of it changed from before it began until after it ended.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// File systems write times in steps of up to 10 ms: two changes within one look like one.
const STEP: Duration = Duration::from_millis(20);

/// How often a reading is begun anew before it is given up.
const ATTEMPTS: usize = 6;

/// When files were last changed, as far as the system tells.
#[derive(Clone, Debug)]
pub struct Stamps {
    files: BTreeMap<PathBuf, Option<Stamp>>,
    taken: SystemTime,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Stamp {
    changed: SystemTime,
    length: u64,
    /// The file itself, where another may have been put in its place.
    node: u64,
}

/// Calls `once` until none of the files that it names changed meanwhile; `named` are those known before.
///
/// # Errors
///
/// A file that changed in every attempt.
pub fn read<T>(
    named: &[PathBuf],
    mut once: impl FnMut() -> T,
    files: impl Fn(&T) -> &[PathBuf],
) -> Result<(T, Stamps), PathBuf> {
    let mut before = Stamps::settled(named.iter());
    let mut changed = PathBuf::new();
    for _ in 0..ATTEMPTS {
        let value = once();
        let after = Stamps::of(named.iter().chain(files(&value)));
        match after.changed_since(&before) {
            None => return Ok((value, after)),
            Some(path) => changed = path.to_owned(),
        }
        before = Stamps::settled(after.files.keys());
    }
    Err(changed)
}

impl Stamps {
    fn of<'a>(files: impl Iterator<Item = &'a PathBuf>) -> Self {
        let files = files.map(|file| (file.clone(), Stamp::of(file))).collect();
        Self { files, taken: SystemTime::now() }
    }

    /// The same, once the next change of any file would be seen as one.
    fn settled<'a>(files: impl Iterator<Item = &'a PathBuf> + Clone) -> Self {
        let stamps = Self::of(files.clone());
        let is_fresh = |stamp: &Stamp| {
            let distance = stamps.taken.duration_since(stamp.changed).unwrap_or_else(|ahead| ahead.duration());
            distance < STEP
        };
        if !stamps.files.values().flatten().any(is_fresh) {
            return stamps;
        }
        std::thread::sleep(STEP);
        let mut again = Self::of(files);
        // One that changed once more may change yet again within the step: no later stamp equals nothing.
        for (file, stamp) in &mut again.files {
            if stamps.files.get(file) != Some(stamp) {
                *stamp = None;
            }
        }
        again
    }

    /// Whether every file still is as it was.
    pub fn are_current(&self) -> bool {
        self.files.iter().all(|(file, stamp)| Stamp::of(file) == *stamp)
    }

    /// A file that is not as it was; of one that was unknown then, whether its last change is older.
    fn changed_since(&self, before: &Self) -> Option<&Path> {
        let is_same = |(file, stamp): &(&PathBuf, &Option<Stamp>)| match before.files.get(*file) {
            Some(known) => known == *stamp,
            None => stamp.as_ref().is_some_and(|stamp| stamp.changed + STEP < before.taken),
        };
        self.files.iter().find(|entry| !is_same(entry)).map(|(file, _)| file.as_path())
    }
}

impl Stamp {
    fn of(file: &Path) -> Option<Self> {
        let data = std::fs::metadata(file).ok()?;
        let (renamed, node) = status(&data);
        let written = data.modified().unwrap_or(SystemTime::UNIX_EPOCH);
        Some(Self { changed: written.max(renamed), length: data.len(), node })
    }
}

/// When a file was last changed or put in its place, and which one it is.
#[cfg(unix)]
fn status(data: &std::fs::Metadata) -> (SystemTime, u64) {
    use std::os::unix::fs::MetadataExt;
    let seconds = Duration::from_secs(u64::try_from(data.ctime()).unwrap_or_default());
    let rest = Duration::from_nanos(u64::try_from(data.ctime_nsec()).unwrap_or_default());
    (SystemTime::UNIX_EPOCH + seconds + rest, data.ino())
}

#[cfg(not(unix))]
fn status(_: &std::fs::Metadata) -> (SystemTime, u64) {
    (SystemTime::UNIX_EPOCH, 0)
}

#[cfg(test)]
mod tests {
    use super::read;
    use std::cell::Cell;

    #[test]
    fn a_reading_counts_when_nothing_changes() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let (named, found) = (folder.path().join("named.h"), folder.path().join("found.h"));
        std::fs::write(&named, "a").expect("the folder can be written");
        std::fs::write(&found, "b").expect("the folder can be written");
        let (known, rounds) = ([named.clone()], Cell::new(0));
        let round = || {
            rounds.set(rounds.get() + 1);
            vec![found.clone()]
        };

        // A file that was written just before, and of which nothing was known, is read once more.
        let stamps = read(&known, round, |files| files).expect("nothing changes").1;
        assert!(rounds.get() <= 2 && stamps.are_current());

        // The same length at almost the same time.
        rounds.set(0);
        let change_once = || {
            if rounds.get() == 0 {
                std::fs::write(&found, "c").expect("the folder can be written");
            }
            round()
        };
        read(&known, change_once, |files| files).expect("nothing changes any more");
        assert_eq!(rounds.get(), 2);
        assert!(!stamps.are_current());

        let change = || std::fs::write(&named, "d").expect("the folder can be written");
        assert_eq!(read(&known, change, |()| &[]).err(), Some(named.clone()));
        assert!(read(&[], || (), |()| &[]).is_ok());
    }
}
