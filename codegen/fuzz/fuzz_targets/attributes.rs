//! Feeds libFuzzer's inputs to `attributes::run`.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| pinned_ffi_fuzz::attributes::run(data));
