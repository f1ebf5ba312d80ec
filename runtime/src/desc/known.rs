//! Which descriptions were read already: found again by the address of their text, without a lock.

use super::text::{self, Known, TypeDesc};
use super::{FnDesc, KeptDesc};
use crate::alloc::reentry;
use crate::sync::first;
use crate::sys::ErrnoGuard;
use std::sync::OnceLock;

/// As many lists as a program with a few thousand wrapped functions in use needs to keep them short.
const BUCKETS: usize = 4096;

struct Node {
    text: &'static str,
    types: &'static [TypeDesc],
    kept: Option<&'static KeptDesc>,
    known: Known,
    next: Link,
}

/// Set once, never changed: a reader needs no lock.
type Link = OnceLock<&'static Node>;

static TABLE: [Link; BUCKETS] = [const { Link::new() }; BUCKETS];

/// A function whose text nobody can read is not checked; the schema is asserted, so there is none.
static UNREADABLE: Known = Known { desc: FnDesc::new("?", &[]), words: Vec::new() };

/// The description behind a text, with what the function has C keep; read at its first use.
pub(crate) fn find(text: &'static str, types: &'static [TypeDesc], kept: Option<&'static KeptDesc>) -> &'static Known {
    let is_it = |node: &Node| {
        // Texts may begin at one address where one is the start of the other.
        core::ptr::eq(node.text, text)
            && core::ptr::eq(node.types, types)
            && node.kept.map(core::ptr::from_ref) == kept.map(core::ptr::from_ref)
    };
    let address = text.as_ptr().addr();
    let mut link = &TABLE[(address ^ address >> 12) % BUCKETS];
    let mut ours: Option<&'static Node> = None;
    loop {
        match link.get() {
            Some(node) if is_it(node) => return &node.known,
            Some(node) => link = &node.next,
            None => {
                let node: &'static Node = match ours {
                    Some(node) => node,
                    // There is no memory to be had, and the call that asks is not going to be checked.
                    None if reentry::is_inside() => return &UNREADABLE,
                    None => {
                        // Read before a call of C's, which is to find the program's errno.
                        let _errno = ErrnoGuard::new();
                        let Some(mut known) = text::read(text, types) else { return &UNREADABLE };
                        if kept.is_some() {
                            known.desc.kept = kept;
                        }
                        Box::leak(Box::new(Node { text, types, kept, known, next: Link::new() }))
                    }
                };
                // Another thread may have been faster: then its node is looked at, and ours comes behind it.
                if core::ptr::eq(*first(link, || node), node) {
                    return &node.known;
                }
                ours = Some(node);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_for_each_text_whoever_asks() {
        static TYPES: [TypeDesc; 0] = [];
        let texts = ["a x*<", "b x*>{p1.} n=u", "c"];
        let found: Vec<Vec<usize>> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..4)
                .map(|_| {
                    scope.spawn(|| texts.map(|text| core::ptr::from_ref(find(text, &TYPES, None)).addr()).to_vec())
                })
                .collect();
            threads.into_iter().map(|thread| thread.join().expect("no thread panics")).collect()
        });
        assert!(found.windows(2).all(|pair| pair[0] == pair[1]));
        assert_eq!(find(texts[1], &TYPES, None).desc.params.len(), 2);
        assert!(find("g? x=u", &TYPES, None).desc.kept.is_some_and(|kept| kept.looks && kept.ends.is_empty()));
        assert!(find("g x=u", &TYPES, None).desc.kept.is_none());
        static KEPT: KeptDesc =
            KeptDesc { keeps: &[], ends: &[], looks: false, success: super::super::SuccessDesc::Untold };
        assert!(find("g x=u", &TYPES, Some(&KEPT)).desc.kept.is_some_and(|kept| core::ptr::eq(kept, &KEPT)));
        assert_eq!(find("f a*9.", &TYPES, None).desc.name, "?");
    }
}
