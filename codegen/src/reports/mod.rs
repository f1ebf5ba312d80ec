//! Reports of checked mode, from the lines of JSON of many processes: each bug once, with how often it was seen and where.
//!
//! The runtime writes the lines, and the generator does not know it: the names of their fields meet in `line.rs`, and a
//! test runs programs to see that they do.

mod line;
mod place;
pub mod sarif;
pub mod summary;

pub use line::{Block, Count, Pin, Process, Violation};
pub use place::Place;

use line::Line;
use serde::Serialize;
use std::collections::BTreeMap;

/// The version of what [`Gathered`] is as JSON.
pub const SCHEMA: u32 = 1;

/// What many processes have reported.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Gathered {
    /// [`SCHEMA`].
    pub schema: u32,
    /// Every bug once, in the order of codes and places.
    pub bugs: Vec<Bug>,
    /// The processes that have said that they are checked.
    pub processes: Vec<Process>,
    /// Violations that were only counted, because their process had seen too many bugs before them.
    pub untold: u64,
    /// Lines that are no lines of a report.
    pub broken_lines: usize,
}

/// One bug.
#[derive(Clone, Debug, Serialize)]
pub struct Bug {
    /// How often it was seen.
    pub seen: u64,
    /// Whether it may have been more often: a process that was killed has told its count at powers of ten only.
    pub or_more: bool,
    /// The processes that have seen it.
    pub seen_by: Vec<Seen>,
    /// What was reported of it first.
    #[serde(flatten)]
    pub first: Violation,
}

/// A process that has seen a bug.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Seen {
    /// The number of the process.
    pub process: u32,
    /// The file of its program.
    pub program: String,
}

impl Gathered {
    /// Reads the lines of these files.
    pub fn read<'t>(files: impl IntoIterator<Item = &'t str>) -> Self {
        let mut gathered = Self { schema: SCHEMA, ..Self::default() };
        let mut bugs: BTreeMap<String, Bug> = BTreeMap::new();
        for file in files {
            gathered.add(file, &mut bugs);
        }
        gathered.bugs = bugs.into_values().collect();
        gathered.bugs.sort_by(|one, other| one.first.order().cmp(&other.first.order()));
        gathered
    }

    /// Adds one file. Its processes count for themselves.
    fn add(&mut self, file: &str, bugs: &mut BTreeMap<String, Bug>) {
        // The last count of each process and bug is the one that holds.
        let mut counts = Counts::new();
        // A line that is just being written has no end.
        for text in file.split_inclusive('\n').filter(|line| line.ends_with('\n')) {
            match serde_json::from_str(text) {
                Ok(Line::Violation(violation)) => {
                    let bug = bugs.entry(violation.id.clone()).or_insert_with(|| Bug {
                        seen: 0,
                        or_more: false,
                        seen_by: Vec::new(),
                        first: Violation::clone(&violation),
                    });
                    bug.seen += 1;
                    bug.see(violation.process, &violation.program);
                }
                Ok(Line::Count(count)) => {
                    counts.insert((count.process, count.id.clone()), count);
                }
                Ok(Line::Process(process)) => {
                    // A number that comes again in one file is another process.
                    self.count(take(&mut counts, process.process), false, bugs);
                    self.processes.push(process);
                }
                Ok(Line::End { process }) => self.count(take(&mut counts, process), true, bugs),
                Ok(Line::Other) => {}
                Err(_) => self.broken_lines += 1,
            }
        }
        self.count(counts, false, bugs);
    }

    fn count(&mut self, counts: Counts, is_final: bool, bugs: &mut BTreeMap<String, Bug>) {
        for ((process, id), count) in counts {
            match id.map(|id| bugs.get_mut(&id)) {
                Some(Some(bug)) => {
                    bug.seen += count.repeats;
                    bug.or_more |= !is_final;
                    bug.see(process, &count.program);
                }
                // Without a line about it there is nothing to tell.
                Some(None) => self.broken_lines += 1,
                None => self.untold += count.repeats,
            }
        }
    }

    /// The processes whose rules were on.
    pub fn checked(&self) -> impl Iterator<Item = &Process> {
        self.processes.iter().filter(|process| process.level != "off")
    }
}

/// By process and bug.
type Counts = BTreeMap<(u32, Option<String>), Count>;

/// Takes out what one process has counted.
fn take(counts: &mut Counts, process: u32) -> Counts {
    let (taken, others) = std::mem::take(counts).into_iter().partition(|((number, _), _)| *number == process);
    *counts = others;
    taken
}

impl Bug {
    fn see(&mut self, process: u32, program: &str) {
        let seen = Seen { process, program: program.to_owned() };
        if !self.seen_by.contains(&seen) {
            self.seen_by.push(seen);
        }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// The lines of a process that saw one bug three times, and of a child of its own that saw it twice.
    pub(crate) const PARENT: &str = concat!(
        r#"{"schema":1,"kind":"process","level":"cheap","tracked":true,"process":7,"program":"/b/app","folder":"/b"}"#,
        "\n",
        r#"{"schema":1,"kind":"violation","id":"aa","code":"PF002","rule":"dangling-argument","function":"readv","#,
        r#""parameter":"iov","path":"iov[2].iov_base","message":"`readv`: `iov[2].iov_base` points into a freed block","#,
        r#""address":"0x10","access":"writes","declared_bytes":64,"block":{"start":"0x10","bytes":80,"freed":true,"#,
        r#""allocated_at":["src/a.rs:9 in app::a","src/main.rs:2 in app::main"],"freed_at":["/b/src/b c.rs:4 in app::b"]},"#,
        r#""pinned_at":null,"pins":[],"broken_at":[],"called_at":"src/main.rs:7:5","help":"keep the owner alive","#,
        r#""notes":[],"rendered":"error[PF002]: `readv`: freed\n  --> src/main.rs:7:5\n   = help: keep the owner alive","#,
        r#""process":7,"program":"/b/app","folder":"/b"}"#,
        "\n",
        r#"{"schema":1,"kind":"count","id":"aa","code":"PF002","at":"src/main.rs:7:5","repeats":1,"process":7,"program":"/b/app","folder":"/b"}"#,
        "\n",
        r#"{"schema":1,"kind":"count","id":"aa","code":"PF002","at":"src/main.rs:7:5","repeats":2,"process":7,"program":"/b/app","folder":"/b"}"#,
        "\n",
        r#"{"schema":1,"kind":"count","id":"aa","code":"PF002","at":"src/main.rs:7:5","repeats":2,"process":8,"program":"/b/app","folder":"/b"}"#,
        "\n",
    );

    /// A process that saw the same bug once, one more, and too many others.
    pub(crate) const OTHER: &str = concat!(
        r#"{"schema":1,"kind":"process","level":"full","tracked":false,"process":9,"program":"/b/other","folder":"/b"}"#,
        "\n",
        r#"{"schema":1,"kind":"violation","id":"bb","code":"PF001","rule":"unpinned-nested-pointer","message":"m","help":"h","#,
        r#""process":9,"program":"/b/other","folder":"/b"}"#,
        "\n",
        r#"{"schema":1,"kind":"violation","id":"aa","code":"PF002","rule":"dangling-argument","message":"m","help":"h","#,
        r#""process":9,"program":"/b/other","folder":"/b"}"#,
        "\n",
        r#"{"schema":1,"kind":"count","id":null,"code":null,"at":"","repeats":5,"process":9,"program":"/b/other","folder":"/b"}"#,
        "\n",
    );

    #[test]
    fn a_bug_is_one_over_all_processes() {
        let gathered = Gathered::read([PARENT, OTHER]);
        let [first, second] = &gathered.bugs[..] else { panic!("two bugs: {gathered:?}") };
        assert_eq!((first.first.code.as_str(), first.seen), ("PF001", 1));
        assert_eq!((second.first.code.as_str(), second.seen, second.or_more), ("PF002", 6, true));
        assert!(!first.or_more, "it has counted nothing that could be more");
        assert_eq!(second.first.function.as_deref(), Some("readv"));
        let processes: Vec<u32> = second.seen_by.iter().map(|seen| seen.process).collect();
        assert_eq!(processes, [7, 8, 9]);
        assert_eq!((gathered.untold, gathered.broken_lines, gathered.checked().count()), (5, 0, 2));
    }

    #[test]
    fn all_processes_in_one_file_are_the_same() {
        let together = format!("{PARENT}{OTHER}");
        assert_eq!(Gathered::read([together.as_str()]).bugs[1].seen, 6);
        // A number of a process that comes again.
        let twice = format!("{PARENT}{PARENT}");
        assert_eq!(Gathered::read([twice.as_str()]).bugs[0].seen, 8);
    }

    #[test]
    fn a_process_that_has_ended_has_told_all() {
        let ends = r#"{"schema":1,"kind":"end","process":7}
{"schema":1,"kind":"end","process":8}
"#;
        let both = format!("{PARENT}{ends}");
        let bug = &Gathered::read([both.as_str()]).bugs[0];
        assert_eq!((bug.seen, bug.or_more), (5, false));
        let one = format!("{PARENT}{}\n", ends.lines().next().unwrap_or_default());
        assert!(Gathered::read([one.as_str()]).bugs[0].or_more, "the child was killed");
    }

    #[test]
    fn lines_that_are_cut_or_of_another_kind_are_left_out() {
        let text = format!("{}not JSON\n{{\"schema\":1,\"kind\":\"new\"}}\n{}", OTHER, &PARENT[..PARENT.len() / 2]);
        let gathered = Gathered::read([text.as_str()]);
        assert_eq!((gathered.bugs.len(), gathered.broken_lines), (2, 1));
        let none = Gathered::read([]);
        assert!(none.bugs.is_empty() && none.processes.is_empty());
    }
}
