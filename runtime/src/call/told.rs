//! Calls of functions described by text, with all their arguments in order.

use super::{Call, keeping};
use crate::desc::known;
use crate::desc::text::Known;
use crate::desc::{FnDesc, KeptDesc, TypeDesc};
use crate::mode::{self, Level};
use crate::pin::kept;
use crate::sys::ErrnoGuard;
use crate::unchecked;
use crate::word::Word;
use core::panic::Location;

/// Nearly every function of C has fewer parameters; the others pay for an allocation.
const FEW: usize = 16;

impl Call {
    /// As [`enter`](Self::enter), for a function described by text: `kept` says what it has C keep.
    ///
    /// # Panics
    ///
    /// On a violation, under the policy `panic`.
    ///
    /// # Safety
    ///
    /// As for [`enter`](Self::enter).
    #[inline]
    #[track_caller]
    pub unsafe fn told(
        text: &'static str,
        types: &'static [TypeDesc],
        kept: Option<&'static KeptDesc>,
        words: &[Word],
    ) -> Self {
        if mode::level() == Level::Off || unchecked::is_active() {
            // What is not checked ends what C keeps all the same.
            return if kept::has_any() { Self::told_left_out(text, types, kept, words) } else { Self::NONE };
        }
        Self::told_checked(text, types, kept, words)
    }

    /// As [`glance`](Self::glance), for a function described by text.
    ///
    /// # Panics
    ///
    /// On a violation, under the policy `panic`.
    ///
    /// # Safety
    ///
    /// As for [`enter`](Self::enter).
    #[inline]
    #[track_caller]
    pub unsafe fn glimpsed(
        text: &'static str,
        types: &'static [TypeDesc],
        kept: Option<&'static KeptDesc>,
        words: &[Word],
    ) -> Self {
        if keeping::is_due() || mode::learns() {
            return Self::glimpsed_checked(text, types, kept, words);
        }
        Self::NONE
    }

    #[inline(never)]
    #[track_caller]
    fn told_checked(
        text: &'static str,
        types: &'static [TypeDesc],
        kept: Option<&'static KeptDesc>,
        words: &[Word],
    ) -> Self {
        let location = Location::caller();
        with_words(text, types, kept, words, |desc, words| Self::enter_checked(desc, words, location))
    }

    #[cold]
    #[track_caller]
    fn glimpsed_checked(
        text: &'static str,
        types: &'static [TypeDesc],
        kept: Option<&'static KeptDesc>,
        words: &[Word],
    ) -> Self {
        let location = Location::caller();
        with_words(text, types, kept, words, |desc, words| Self::glance_checked(desc, words, location))
    }

    #[cold]
    fn told_left_out(
        text: &'static str,
        types: &'static [TypeDesc],
        kept: Option<&'static KeptDesc>,
        words: &[Word],
    ) -> Self {
        with_words(text, types, kept, words, Self::left_out)
    }
}

/// Goes on with the description behind the text, and with the words that it asks for.
#[inline(always)]
fn with_words<R>(
    text: &'static str,
    types: &'static [TypeDesc],
    kept: Option<&'static KeptDesc>,
    words: &[Word],
    go_on: impl FnOnce(&'static FnDesc, &[Word]) -> R,
) -> R {
    let known = known::find(text, types, kept);
    let (mut few, mut many) = ([Word::NONE; FEW], Vec::new());
    go_on(&known.desc, asked(known, words, &mut few, &mut many))
}

/// The words that the text asks for; the others stand for arguments that no rule looks at.
fn asked<'a>(known: &Known, words: &'a [Word], few: &'a mut [Word; FEW], many: &'a mut Vec<Word>) -> &'a [Word] {
    if known.words.len() == words.len() && known.words.iter().all(Option::is_some) {
        return words;
    }
    let given = known.words.iter().zip(words).map(|(asked, word)| asked.map_or(Word::NONE, |_| *word));
    if let Some(all) = few.get_mut(..known.words.len()) {
        all.iter_mut().zip(given).for_each(|(place, word)| *place = word);
        return all;
    }
    let _errno = ErrnoGuard::new();
    many.extend(given);
    many
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_rule_looks_at_stays_behind() {
        static TYPES: [TypeDesc; 0] = [];
        let words = [Word::from_addr(8), Word::of_number(-3), Word::from_addr(9)];
        let given = |text| {
            let (mut few, mut many) = ([Word::NONE; FEW], Vec::new());
            asked(known::find(text, &TYPES, None), &words, &mut few, &mut many).to_vec()
        };
        assert_eq!(given("all_of_them a*< b=s c=u"), words);
        assert_eq!(given("two_of_them a*< b c=u"), [words[0], Word::NONE, words[2]]);
        // What the text does not name is no argument.
        assert_eq!(given("fewer a b=s"), [Word::NONE, words[1]]);
    }

    #[test]
    fn many_arguments_are_given_too() {
        static TYPES: [TypeDesc; 0] = [];
        let words: Vec<Word> = (0..40).map(Word::from_addr).collect();
        let text: String = (0..40).map(|number| if number == 7 { " p" } else { " p=u" }).collect();
        let text: &'static str = Box::leak(format!("many{text}").into_boxed_str());
        let (mut few, mut many) = ([Word::NONE; FEW], Vec::new());
        let given = asked(known::find(text, &TYPES, None), &words, &mut few, &mut many);
        assert_eq!(given[7], Word::NONE);
        assert!(given.iter().zip(&words).enumerate().all(|(at, (given, word))| at == 7 || given == word));
    }
}
