//! Decides which library the calls of a thread go to, and for how long.

use std::fmt;
use std::marker::PhantomData;
use std::path::Path;
use std::sync::Arc;

use clang_sys::*;

use super::owned;

/// The loaded library, to be attached to each thread that reads.
#[derive(Clone)]
pub(crate) struct Handle(Arc<SharedLibrary>);

impl fmt::Debug for Handle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Handle").field(&self.0.path()).finish()
    }
}

impl Handle {
    /// Loads the library clang-sys finds; its address stays valid because the caller has opened it for good.
    pub(crate) fn load() -> Result<Self, String> {
        load_manually().map(|library| Self(Arc::new(library)))
    }

    /// The file that was loaded.
    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    /// What the library says of itself.
    pub(crate) fn version(&self) -> String {
        let _attached = self.attach();
        // SAFETY: the library is attached.
        let version = unsafe { clang_getClangVersion() };
        // SAFETY: the library is attached, and the string was just handed over.
        unsafe { owned(version) }
    }

    /// Makes every libclang call of this thread, bindgen's included, go to this library until the guard is dropped.
    pub(crate) fn attach(&self) -> Attached {
        Attached { previous: set_library(Some(Arc::clone(&self.0))), _this_thread: PhantomData }
    }

    /// Functions used here that an old library may not have; clang-sys panics when one is called all the same.
    pub(crate) fn missing_functions(&self) -> Vec<&'static str> {
        let functions = &self.0.functions;
        let needed = [
            ("clang_getFileContents", functions.clang_getFileContents.is_some()),
            ("clang_getCursorPrettyPrinted", functions.clang_getCursorPrettyPrinted.is_some()),
            ("clang_Type_getModifiedType", functions.clang_Type_getModifiedType.is_some()),
            ("clang_Type_getNullability", functions.clang_Type_getNullability.is_some()),
            ("clang_Type_visitFields", functions.clang_Type_visitFields.is_some()),
            ("clang_Cursor_getParsedComment", functions.clang_Cursor_getParsedComment.is_some()),
        ];
        needed.into_iter().filter(|(_, there)| !there).map(|(name, _)| name).collect()
    }
}

/// While this lives, this thread has a library attached.
pub(crate) struct Attached {
    previous: Option<Arc<SharedLibrary>>,
    // clang-sys remembers the library per thread.
    _this_thread: PhantomData<*const ()>,
}

impl Drop for Attached {
    fn drop(&mut self) {
        // Whoever attached another library to this thread, such as a plain bindgen run, finds it again.
        set_library(self.previous.take());
    }
}
