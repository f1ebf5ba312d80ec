//! The stored tokens are Rust: they compile against the runtime, and describe the layout of C.

#[allow(
    dead_code,
    non_camel_case_types,
    non_snake_case,
    non_upper_case_globals,
    missing_docs,
    unreachable_pub,
    unnecessary_transmutes,
    unused_qualifications
)]
#[allow(clippy::all, clippy::undocumented_unsafe_blocks, clippy::multiple_unsafe_ops_per_block)]
mod compiled {
    pub mod axes {
        use std::ffi::{c_char, c_void};
        include!("snapshots/tokens/axes.rs");
    }
    pub mod results {
        use std::ffi::{c_char, c_void};
        #[repr(C)]
        pub struct results_stream {
            _unused: [u8; 0],
        }
        #[repr(C)]
        pub struct results_job {
            _unused: [u8; 0],
        }
        include!("snapshots/tokens/results.rs");
    }
    pub mod typed {
        use std::ffi::c_void;
        include!("snapshots/tokens/typed.rs");
    }
    pub mod forms {
        include!("snapshots/tokens/sqlite3_curl.rs");
    }
    pub mod odd {
        include!("snapshots/tokens/odd.rs");
    }
    pub mod attributes {
        include!("snapshots/tokens/attributes.rs");
    }
    pub mod tags {
        include!("snapshots/tokens/tags.rs");
    }
}

#[test]
fn stored_tokens_have_the_layout_of_c() {
    use pinned_ffi::Pointee;
    let names =
        |slots: &[pinned_ffi::private::Slot]| slots.iter().map(|slot| (slot.name, slot.offset)).collect::<Vec<_>>();
    assert_eq!(names(compiled::odd::odd_list::MAP.slots()), [("next", 0), ("all[0]", 8), ("all[1]", 16), ("name", 24)]);
    assert_eq!(names(compiled::odd::odd_bits::MAP.slots()), [("p", 8)]);
    // The structure, and the typedef of another one.
    assert_eq!(names(compiled::tags::struct_tags_item::MAP.slots()), [("name", 8)]);
    assert_eq!(names(compiled::tags::tags_item::MAP.slots()), [("next", 0)]);
}
