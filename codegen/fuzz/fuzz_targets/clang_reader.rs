//! Feeds libFuzzer's inputs to `clang_reader::run`.

#![no_main]

libfuzzer_sys::fuzz_target!(
    init: pinned_ffi_fuzz::clang_reader::let_bindgen_panic(),
    |data: &[u8]| pinned_ffi_fuzz::clang_reader::run(data)
);
