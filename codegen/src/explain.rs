//! A page on each code, of diagnostics and of rules: what it means, why, a bad program, a good one, how to settle it.
//!
//! The rules of checked mode live in the runtime, which the generator does not know; their pages stand here
//! because one command explains both. A test compares the pages with both tables.

use crate::diag::closest;
use std::fmt::Write as _;

/// What is said about a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Page {
    /// `PB001`, `PF001` and so on.
    pub code: &'static str,
    /// The whole page, in Markdown.
    pub text: &'static str,
}

macro_rules! pages {
    ($($code:literal)*) => {
        &[$(Page { code: $code, text: include_str!(concat!("../explain/", $code, ".md")) }),*]
    };
}

/// All pages, in the order of their codes.
pub const PAGES: &[Page] = pages! {
    "PB001" "PB002" "PB003" "PB004" "PB005" "PB006" "PB007" "PB008" "PB009" "PB010" "PB011" "PB012" "PB013" "PB014" "PB015"
    "PB016" "PB017" "PB018" "PB019" "PB020" "PB030"
    "PF001" "PF002" "PF003" "PF004" "PF005" "PF006" "PF007" "PF008" "PF010" "PF011" "PF012" "PF013" "PF014"
    "PF020" "PF021" "PF022" "PF023" "PF024" "PF025" "PF026" "PF027" "PF030" "PF031" "PF032" "PF033" "PF034" "PF040" "PF041" "PF042" "PF043" "PF044" "PF045"
};

/// The headings that each page has, in order.
pub const HEADINGS: &[&str] = &["Meaning", "Why", "Bad", "Good", "How to settle it"];

impl Page {
    /// The first line without its code: what the code stands for.
    pub fn title(&self) -> &'static str {
        let first = self.text.lines().next().unwrap_or_default().trim_start_matches("# ");
        first.strip_prefix(self.code).unwrap_or(first).trim_start_matches([':', ' '])
    }
}

/// The page for a code, in any case: `pf001`, `PF001`, or with the brackets of a message around it.
///
/// # Errors
///
/// A message for the user, with the code that was probably meant.
pub fn page(code: &str) -> Result<&'static Page, String> {
    let trimmed = code.trim().trim_start_matches("error").trim_matches(['[', ']', ':']);
    let wanted = trimmed.to_ascii_uppercase();
    if let Some(page) = PAGES.iter().find(|page| page.code == wanted || page.title() == trimmed) {
        return Ok(page);
    }
    let message = format!("error: there is no code `{}`", code.escape_debug());
    Err(match closest(&wanted, PAGES.iter().map(|page| page.code)) {
        Some(near) => format!("{message}\n  = help: did you mean `{near}`?"),
        None => format!("{message}\n  = help: `pinned-ffi explain` lists all codes"),
    })
}

/// Every code with its title, diagnostics first.
pub fn list() -> String {
    let mut out = String::new();
    for (prefix, heading) in [("PB", "diagnostics of the generator"), ("PF", "rules of checked mode")] {
        let gap = if out.is_empty() { "" } else { "\n" };
        // Writing to a String cannot fail, here and below.
        let _ = writeln!(out, "{gap}{heading}:");
        for page in PAGES.iter().filter(|page| page.code.starts_with(prefix)) {
            let _ = writeln!(out, "  {}  {}", page.code, page.title());
        }
    }
    out.push_str("\n`pinned-ffi explain CODE` tells more about one\n");
    out
}

#[cfg(test)]
mod tests {
    use super::{list, page};

    #[test]
    fn codes_are_found_as_people_write_them() {
        for written in ["PF001", "pf001", " PF001", "[PF001]", "error[PF001]:", "unpinned-nested-pointer"] {
            assert_eq!(page(written).map(|page| page.code), Ok("PF001"), "{written}");
        }
    }

    #[test]
    fn an_unknown_code_gets_a_suggestion() {
        assert_eq!(page("PB05"), Err("error: there is no code `PB05`\n  = help: did you mean `PB005`?".into()));
        let far = page("nonsense").expect_err("there is no such code");
        assert!(far.contains("`pinned-ffi explain` lists all codes"), "{far}");
    }

    #[test]
    fn the_list_has_both_kinds() {
        let list = list();
        assert!(list.contains("  PB005  incomplete contract\n"), "{list}");
        assert!(list.contains("  PF002  dangling-argument\n"), "{list}");
    }
}
