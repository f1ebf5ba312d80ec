//! Reads the text files that contracts come from, and tells where in them something stands.

use crate::diag::{Diagnostic, Diagnostics, Place, codes};
use std::path::{Path, PathBuf};

/// A file with its text.
#[derive(Clone, Debug)]
pub struct TextFile {
    /// Where it was found, absolute where the system says so.
    pub path: PathBuf,
    /// What it says.
    pub text: String,
    /// Where each line begins.
    lines: Vec<usize>,
}

impl TextFile {
    /// A text that was read before; a mark of its encoding is no part of it.
    pub fn new(path: PathBuf, text: String) -> Self {
        let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
        let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(offset, _)| offset + 1);
        let lines = std::iter::once(0).chain(breaks).collect();
        Self { path, text, lines }
    }

    /// Reads a file named relative to one of `folders`, or absolutely. `what` names its kind in messages.
    ///
    /// # Errors
    ///
    /// A file that is not there, cannot be read, or is not UTF-8.
    pub fn read(name: &str, folders: &[PathBuf], what: &str) -> Result<Self, Diagnostics> {
        let path = super::find_file(name, folders).ok_or_else(|| {
            let looked: Vec<String> = folders.iter().map(|folder| folder.display().to_string()).collect();
            if let Some(folder) = folders.iter().map(|folder| folder.join(name)).find(|path| path.is_dir()) {
                let message = format!("the {what} {} is a folder", folder.display());
                let diagnostic = Diagnostic::new(codes::FILE, Place::Unknown, message);
                return Diagnostics::from(diagnostic.help("name the file in it"));
            }
            let diagnostic = Diagnostic::new(codes::FILE, Place::Unknown, format!("the {what} {name} does not exist"))
                .help("name it relative to the package that is built, or absolutely");
            Diagnostics::from(if Path::new(name).is_absolute() || looked.is_empty() {
                diagnostic
            } else {
                diagnostic.note(format!("looked in {}", looked.join(" and ")))
            })
        })?;
        // The build watches the file by this name, from whatever folder it is asked.
        let path = path.canonicalize().unwrap_or(path);
        let bytes = std::fs::read(&path).map_err(|error| {
            Diagnostic::new(
                codes::FILE,
                Place::Unknown,
                format!("the {what} {} cannot be read: {error}", path.display()),
            )
            .help("check that it is a file, and that it may be read")
        })?;
        let text = String::from_utf8(bytes).map_err(|error| {
            let line =
                error.as_bytes()[..error.utf8_error().valid_up_to()].iter().filter(|byte| **byte == b'\n').count();
            Diagnostic::new(
                codes::FILE,
                Place::Header(format!("{}:{}:1", path.display(), line + 1)),
                format!("the {what} is not UTF-8"),
            )
            .help("save it as UTF-8")
        })?;
        Ok(Self::new(path, text))
    }

    /// `file:line:column` of an offset in bytes; past the end, or inside a character, the nearest place before.
    pub fn at(&self, offset: usize) -> String {
        let mut offset = offset.min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        let line = self.lines.partition_point(|start| *start <= offset).max(1);
        let start = self.lines.get(line - 1).copied().unwrap_or_default();
        let column = self.text.get(start..offset).unwrap_or_default().chars().count() + 1;
        format!("{}:{line}:{column}", self.path.display())
    }

    /// The same as a place.
    pub fn place(&self, offset: usize) -> Place {
        Place::Header(self.at(offset))
    }
}

#[cfg(test)]
mod tests {
    use super::TextFile;
    use std::path::PathBuf;

    #[test]
    fn places_count_lines_and_characters() {
        let file = TextFile::new(PathBuf::from("f.toml"), "a\nbü = 1\n".into());
        for (offset, at) in
            [(0, "f.toml:1:1"), (2, "f.toml:2:1"), (4, "f.toml:2:2"), (6, "f.toml:2:4"), (99, "f.toml:3:1")]
        {
            assert_eq!(file.at(offset), at, "{offset}");
        }
    }
}
