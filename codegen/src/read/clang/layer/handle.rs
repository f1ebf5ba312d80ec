//! Decides which library the calls of a thread go to, and for how long.

use std::cell::Cell;
use std::ffi::c_int;
use std::fmt;
use std::marker::PhantomData;
use std::path::Path;
use std::sync::Arc;

use clang_sys::*;

use super::owned;

/// The loaded library, to be attached to each thread that reads.
#[derive(Clone)]
pub(crate) struct Handle {
    library: Arc<SharedLibrary>,
    create_index: Option<CreateIndex>,
}

type CreateIndex = unsafe extern "C" fn(c_int, c_int) -> CXIndex;

thread_local! {
    /// The attached library's own function.
    static CREATE_INDEX: Cell<Option<CreateIndex>> = const { Cell::new(None) };
}

/// Stands in for libclang's function: bindgen asks it to print errors, which our own reader tells as diagnostics.
unsafe extern "C" fn create_silent_index(exclude_declarations: c_int, _display_diagnostics: c_int) -> CXIndex {
    let create = CREATE_INDEX.get().expect("clang-sys calls it through the library that is attached");
    // SAFETY: the library is attached to this thread, so it is open; the function takes any two numbers.
    unsafe { create(exclude_declarations, 0) }
}

impl fmt::Debug for Handle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Handle").field(&self.path()).finish()
    }
}

impl Handle {
    /// Loads the library clang-sys finds; its address stays valid because the caller has opened it for good.
    pub(crate) fn load() -> Result<Self, String> {
        let mut library = load_manually()?;
        let create_index = library.functions.clang_createIndex;
        library.functions.clang_createIndex = create_index.map(|_| create_silent_index as CreateIndex);
        Ok(Self { library: Arc::new(library), create_index })
    }

    /// The file that was loaded.
    pub(crate) fn path(&self) -> &Path {
        self.library.path()
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
        Attached {
            previous: set_library(Some(Arc::clone(&self.library))),
            create_index: CREATE_INDEX.replace(self.create_index),
            _this_thread: PhantomData,
        }
    }

    /// Functions used here that an old library may not have; clang-sys panics when one is called all the same.
    pub(crate) fn missing_functions(&self) -> Vec<&'static str> {
        let functions = &self.library.functions;
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
    create_index: Option<CreateIndex>,
    // clang-sys remembers the library per thread.
    _this_thread: PhantomData<*const ()>,
}

impl Drop for Attached {
    fn drop(&mut self) {
        // Whoever attached another library to this thread, such as a plain bindgen run, finds it again.
        set_library(self.previous.take());
        CREATE_INDEX.set(self.create_index.take());
    }
}
