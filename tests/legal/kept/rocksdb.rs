//! RocksDB, which has no pack: a key in options, and options in an iterator.

use crate::Loud;
use crate::support::at_every_level;
use pinned_ffi::{Owned, pinned_ffi};
use std::ffi::{CString, c_char};
use std::ptr::null_mut;

#[pinned_ffi(
    header = "rocksdb/c.h",
    allow = "rocksdb_(options_create|options_destroy|options_set_create_if_missing|open|close|put|writeoptions_create\
             |writeoptions_destroy|readoptions_create|readoptions_destroy|readoptions_set_iterate_upper_bound\
             |create_iterator|iter_destroy|iter_seek_to_first|iter_valid|iter_next|iter_key)",
    safe = "rocksdb_(readoptions_create|iter_seek_to_first|iter_valid|iter_next)"
)]
mod rocks {
    unsafe extern "C" {
        #[idiomatic]
        #[returns(owned, free = rocksdb_close, opaque, nullable)]
        pub fn rocksdb_open(
            #[opaque]
            #[noescape]
            options: *const rocksdb_options_t,
            #[null_terminated]
            #[noescape]
            name: *const c_char,
            #[inout]
            #[one]
            #[noescape]
            error: *mut *mut c_char,
        ) -> *mut rocksdb_t;
        #[returns(owned, free = rocksdb_readoptions_destroy, opaque, nonnull)]
        safe fn rocksdb_readoptions_create() -> *mut rocksdb_readoptions_t;
        // The bound lies in the options, and points to the key: set again, it is changed under iterators.
        safe fn rocksdb_readoptions_set_iterate_upper_bound(
            #[opaque]
            #[noescape]
            options: *mut rocksdb_readoptions_t,
            #[input]
            #[nullable]
            #[sized_by(keylen)]
            #[retained(by = options, until = [rocksdb_readoptions_destroy])]
            key: *const c_char,
            keylen: usize,
        );
        #[returns(owned, free = rocksdb_iter_destroy, opaque, nonnull)]
        safe fn rocksdb_create_iterator(
            #[opaque]
            #[retained(by = result, until = [rocksdb_iter_destroy])]
            db: *mut rocksdb_t,
            #[opaque]
            #[retained(by = result, until = [rocksdb_iter_destroy])]
            options: *const rocksdb_readoptions_t,
        ) -> *mut rocksdb_iterator_t;
        safe fn rocksdb_iter_seek_to_first(
            #[opaque]
            #[noescape]
            iterator: *mut rocksdb_iterator_t,
        );
        safe fn rocksdb_iter_next(
            #[opaque]
            #[noescape]
            iterator: *mut rocksdb_iterator_t,
        );
        safe fn rocksdb_iter_valid(
            #[opaque]
            #[noescape]
            iterator: *const rocksdb_iterator_t,
        ) -> c_uchar;
    }
}

#[link(name = "rocksdb")]
unsafe extern "C" {}

type Database = Owned<'static, rocks::rocksdb_t, rocks::raw::rocksdb_close>;

/// A database with the keys `a` to `e`.
fn database(path: &std::path::Path) -> Database {
    let path = CString::new(path.to_string_lossy().into_owned()).expect("no zero");
    let mut error: Box<*mut c_char> = Box::new(null_mut());
    // SAFETY: C strings, bytes as long as they say, and handles that are released once.
    unsafe {
        let options = rocks::rocksdb_options_create();
        let given = pinned_ffi::Ref::from_ptr(options).expect("options");
        rocks::rocksdb_options_set_create_if_missing(options, 1);
        let db: Database = rocks::rocksdb_open(given, &path, &mut error).expect("a database");
        assert!(error.is_null());
        rocks::rocksdb_options_destroy(options);
        let how = rocks::rocksdb_writeoptions_create();
        for key in b"abcde".chunks(1) {
            rocks::rocksdb_put(db.as_ptr(), how, key.as_ptr().cast(), 1, key.as_ptr().cast(), 1, &mut *error);
            assert!(error.is_null());
        }
        rocks::rocksdb_writeoptions_destroy(how);
        db
    }
}

/// The key is kept by the options, and the options, which the iterator looks into, must outlive it.
#[test]
fn a_bound_of_an_iterator() {
    at_every_level("rocksdb::a_bound_of_an_iterator", || {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let db = database(&folder.path().join("db"));
        let (bound, ear) = Loud::new(b"d");
        let options = rocks::rocksdb_readoptions_create();
        rocks::rocksdb_readoptions_set_iterate_upper_bound(options.as_ref(), Some(bound));
        let iterator = rocks::rocksdb_create_iterator(db.as_ref(), options.as_ref());
        rocks::rocksdb_iter_seek_to_first(iterator.as_ref());
        let mut keys = Vec::new();
        while rocks::rocksdb_iter_valid(iterator.as_ref()) != 0 {
            let mut length = 0;
            // SAFETY: the key is there until the next step.
            keys.push(unsafe { *rocks::rocksdb_iter_key(iterator.as_ptr(), &mut length).cast::<u8>() });
            assert_eq!(length, 1);
            rocks::rocksdb_iter_next(iterator.as_ref());
        }
        assert_eq!(keys, b"abc");
        let (other, other_ear) = Loud::new(b"b");
        rocks::rocksdb_readoptions_set_iterate_upper_bound(options.as_ref(), Some(other));
        assert!(ear.is_alive() && other_ear.is_alive());
        drop(iterator);
        assert!(ear.is_alive());
        drop(options);
        assert!(!ear.is_alive() && !other_ear.is_alive());
    });
}
