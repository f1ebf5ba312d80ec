//! Decides how a translation unit is parsed and what is asked of it as a whole: its files, texts and diagnostics.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ffi::{CString, c_char, c_int, c_uint, c_void};
use std::marker::PhantomData;
use std::path::PathBuf;
use std::ptr;
use std::rc::Rc;

use clang_sys::*;

use super::{Attached, Cursor, file_name, owned, place};
use crate::read::clang::diagnostics::{ClangDiagnostic, Severity};
use crate::read::clang::text::non_empty;

/// A parsed translation unit.
pub(crate) struct Unit<'a> {
    index: CXIndex,
    raw: CXTranslationUnit,
    /// By name, once asked for; nothing for what is no text.
    texts: RefCell<BTreeMap<String, Option<Rc<str>>>>,
    _attached: PhantomData<&'a Attached>,
}

impl Drop for Unit<'_> {
    fn drop(&mut self) {
        // SAFETY: the unit is ours, and what it lent out cannot outlive it.
        unsafe { clang_disposeTranslationUnit(self.raw) };
        // SAFETY: the index is ours, and its only unit is gone.
        unsafe { clang_disposeIndex(self.index) };
    }
}

impl<'a> Unit<'a> {
    /// Parses `main`, with these files in memory instead of those on disk.
    pub(crate) fn parse(
        _attached: &'a Attached,
        main: &str,
        files: &[(String, String)],
        args: &[String],
    ) -> Result<Self, Vec<ClangDiagnostic>> {
        let c_string = |text: &str| {
            let text = CString::new(text);
            text.map_err(|_| vec![ClangDiagnostic::fatal("a clang argument or file name holds a zero byte")])
        };
        let name = c_string(main)?;
        let args: Vec<CString> = args.iter().map(|arg| c_string(arg)).collect::<Result<_, _>>()?;
        let args: Vec<*const c_char> = args.iter().map(|arg| arg.as_ptr()).collect();
        let names: Vec<CString> = files.iter().map(|(name, _)| c_string(name)).collect::<Result<_, _>>()?;
        let mut unsaved: Vec<CXUnsavedFile> = files
            .iter()
            .zip(&names)
            .map(|((_, text), name)| CXUnsavedFile {
                Filename: name.as_ptr(),
                Contents: text.as_ptr().cast(),
                Length: text.len() as _,
            })
            .collect();
        let flags = CXTranslationUnit_DetailedPreprocessingRecord
            | CXTranslationUnit_IncludeAttributedTypes
            | CXTranslationUnit_VisitImplicitAttributes;
        // SAFETY: a library is attached.
        let index = unsafe { clang_createIndex(0, 0) };
        let mut raw = ptr::null_mut();
        // SAFETY: all pointers are to values that live until this call returns, with the lengths given; libclang
        // copies what it keeps.
        let code = unsafe {
            clang_parseTranslationUnit2(
                index,
                name.as_ptr(),
                args.as_ptr(),
                args.len() as c_int,
                unsaved.as_mut_ptr(),
                unsaved.len() as c_uint,
                flags,
                &mut raw,
            )
        };
        if code == CXError_Success && !raw.is_null() {
            return Ok(Self { index, raw, texts: RefCell::default(), _attached: PhantomData });
        }
        // SAFETY: the index is ours and has no unit.
        unsafe { clang_disposeIndex(index) };
        let why = match code {
            CXError_Crashed => "libclang crashed while reading it",
            CXError_InvalidArguments => "libclang refused the call",
            CXError_ASTReadError => "libclang could not read a precompiled header",
            _ => "libclang gave no reason; an argument may be wrong",
        };
        Err(vec![ClangDiagnostic { file: Some(PathBuf::from(main)), ..ClangDiagnostic::fatal(why) }])
    }

    /// The root of the tree.
    pub(crate) fn cursor(&self) -> Cursor<'_> {
        Cursor { raw: ask!(clang_getTranslationUnitCursor(self.raw)), unit: PhantomData }
    }

    /// The names of all files that were read.
    pub(crate) fn files(&self) -> Vec<String> {
        extern "C" fn push(file: CXFile, _: *mut CXSourceLocation, _: c_uint, data: *mut c_void) {
            // SAFETY: the data is the vector below, which nothing else uses during the visit.
            unsafe { &mut *data.cast::<Vec<CXFile>>() }.push(file);
        }
        let mut files: Vec<CXFile> = Vec::new();
        ask!(clang_getInclusions(self.raw, push, ptr::from_mut(&mut files).cast()));
        files.into_iter().map(file_name).collect()
    }

    /// What libclang said, from warnings on.
    pub(crate) fn diagnostics(&self) -> Vec<ClangDiagnostic> {
        let mut all = Vec::new();
        for number in 0..ask!(clang_getNumDiagnostics(self.raw)) {
            let diagnostic = ask!(clang_getDiagnostic(self.raw, number));
            let severity = match ask!(clang_getDiagnosticSeverity(diagnostic)) {
                CXDiagnostic_Warning => Some(Severity::Warning),
                CXDiagnostic_Error => Some(Severity::Error),
                CXDiagnostic_Fatal => Some(Severity::Fatal),
                _ => None,
            };
            if let Some(severity) = severity {
                let message = ask!(String: clang_getDiagnosticSpelling(diagnostic));
                let location = ask!(clang_getDiagnosticLocation(diagnostic));
                let (file, line, column, _) = place(location, clang_getFileLocation);
                all.push(ClangDiagnostic { severity, message, file: non_empty(file).map(PathBuf::from), line, column });
            }
            // SAFETY: the diagnostic is ours and is not used any more.
            unsafe { clang_disposeDiagnostic(diagnostic) };
        }
        all
    }

    /// The text of a file as it was read; looked through once, however many declarations it has.
    pub(super) fn text(&self, file: &str) -> Option<Rc<str>> {
        if let Some(text) = self.texts.borrow().get(file) {
            return text.clone();
        }
        let text = self.read_text(file);
        self.texts.borrow_mut().insert(file.to_owned(), text.clone());
        text
    }

    fn read_text(&self, file: &str) -> Option<Rc<str>> {
        let name = CString::new(file).ok()?;
        let file = ask!(clang_getFile(self.raw, name.as_ptr()));
        if file.is_null() {
            return None;
        }
        let mut size = 0;
        let text = ask!(clang_getFileContents(self.raw, file, &mut size));
        if text.is_null() {
            return None;
        }
        // SAFETY: the unit keeps the buffer, of this size, as long as it lives.
        std::str::from_utf8(unsafe { std::slice::from_raw_parts(text.cast(), size) }).ok().map(Rc::from)
    }
}
