//! C08, C09: lengths that are not those of the memory, outside a block or inside it.

use super::Case;
use libc::{c_char, c_int, c_long, c_uchar, c_uint, c_void, gid_t, ptrdiff_t, size_t};

pub(crate) const CASES: &[Case] = &[
    ("one_past_a_vector", one_past_a_vector),
    ("past_the_length_inside_the_capacity", past_the_length_inside_the_capacity),
    ("past_a_part_inside_the_vector", past_a_part_inside_the_vector),
    ("far_jump_into_another_block", far_jump_into_another_block),
    ("b048_one_number_for_many", b048_one_number_for_many),
    ("b049_count_not_set_again", b049_count_not_set_again),
    ("b050_pixels_too_few", b050_pixels_too_few),
    ("b051_elements_wider_than_thought", b051_elements_wider_than_thought),
    ("b053_key_of_other_parameters", b053_key_of_other_parameters),
    ("b055_length_inside_the_message", b055_length_inside_the_message),
    ("b057_count_above_the_array", b057_count_above_the_array),
    ("b062_capacity_for_length", b062_capacity_for_length),
    ("b063_length_set_to_capacity", b063_length_set_to_capacity),
];

#[pinned_ffi::pinned_ffi]
#[repr(C)]
struct ntru_key {
    degree: u16,
}

#[pinned_ffi::pinned_ffi]
#[repr(C)]
struct kvm_list {
    count: u32,
    pad: u32,
}

#[rustfmt::skip]
#[pinned_ffi::pinned_ffi]
unsafe extern "C" {
    fn lengths_fill(#[out] #[counted_by(n)] #[noescape] buffer: *mut c_uchar, n: size_t, more: size_t);
    fn lengths_mark(#[out] #[counted_by(n)] #[noescape] buffer: *mut c_uchar, n: size_t, at: ptrdiff_t);
    fn rocks_open_with_ttl(families: c_int, #[input] #[counted_by(families)] #[noescape] ttls: *const c_int) -> c_long;
    fn group_list(
        first: gid_t,
        #[out] #[counted_by(*count)] #[filled_by(*count)] #[may_exceed] #[noescape] groups: *mut gid_t,
        #[inout] #[one] #[noescape] count: *mut c_int,
    ) -> c_int;
    fn webp_encode(
        #[input] #[counted_by(width * height * channels)] #[noescape] pixels: *const u8,
        width: c_int, height: c_int, channels: c_int,
    ) -> c_uint;
    fn xcb_change(
        format: u8, length: u32,
        #[input] #[sized_by(length * format / 8)] #[noescape] data: *const c_void,
    ) -> c_uint;
    // What is written follows from the key: no parameter counts it.
    fn ntru_export(#[input] #[one] #[noescape] key: *const ntru_key, #[out] #[counted_by(258)] #[noescape] out: *mut u8);
    fn mnl_run(#[input] #[sized_by(n)] #[noescape] buffer: *const c_void, n: size_t) -> c_int;
    fn kvm_get_list(#[inout] #[one] #[noescape] list: *mut kvm_list) -> c_int;
    fn mseed_parse(#[input] #[sized_by(n)] #[noescape] record: *const c_char, n: size_t) -> c_uint;
    fn curses_line(#[out] #[counted_by(n)] #[filled_by(return)] #[noescape] text: *mut c_char, n: c_int) -> c_int;
}

fn one_past_a_vector(is_fixed: bool) {
    let mut buffer = vec![0_u8; 13];
    // SAFETY: none where C writes one more.
    unsafe { lengths_fill(buffer.as_mut_ptr(), 13, usize::from(!is_fixed)) };
}

fn past_the_length_inside_the_capacity(is_fixed: bool) {
    let mut buffer = Vec::with_capacity(64);
    buffer.resize(16, 0_u8);
    // SAFETY: none where C writes more than it was given.
    unsafe { lengths_fill(buffer.as_mut_ptr(), 16, if is_fixed { 0 } else { 4 }) };
}

fn past_a_part_inside_the_vector(is_fixed: bool) {
    let mut buffer = vec![0_u8; 100];
    // SAFETY: none where C writes more than it was given.
    unsafe { lengths_fill(buffer[20..40].as_mut_ptr(), 20, if is_fixed { 0 } else { 4 }) };
}

fn far_jump_into_another_block(is_fixed: bool) {
    let mut first = vec![0_u8; 60];
    let mut second = vec![0_u8; 60];
    let distance = second.as_mut_ptr().addr().wrapping_sub(first.as_mut_ptr().addr()) as isize;
    // SAFETY: none where C writes into the other block.
    unsafe { lengths_mark(first.as_mut_ptr(), 60, if is_fixed { 30 } else { distance + 30 }) };
}

/// RUSTSEC-2022-0046: one number where C reads one for each family.
fn b048_one_number_for_many(is_fixed: bool) {
    let ttls = if is_fixed { vec![5; 6] } else { vec![5] };
    // SAFETY: none where there is one for all.
    unsafe { rocks_open_with_ttl(6, ttls.as_ptr()) };
}

/// RUSTSEC-2021-0119: the buffer is doubled, and the count still says what C wants.
fn b049_count_not_set_again(is_fixed: bool) {
    let mut groups: Vec<gid_t> = vec![0; 8];
    let mut count = groups.len() as c_int;
    // SAFETY: none where the buffer has less than the count.
    unsafe {
        while group_list(100, groups.as_mut_ptr(), &raw mut count) == -1 {
            groups = vec![0; groups.len() + 1];
            if is_fixed {
                count = groups.len() as c_int;
            }
        }
    }
}

/// RUSTSEC-2024-0443: a slice shorter than width times height times channels.
fn b050_pixels_too_few(is_fixed: bool) {
    let pixels = vec![1_u8; 16 * 16 * if is_fixed { 4 } else { 3 }];
    // SAFETY: none where there are three channels.
    unsafe { webp_encode(pixels.as_ptr(), 16, 16, 4) };
}

/// RUSTSEC-2021-0019: bytes, said to be elements of 32 bits.
fn b051_elements_wider_than_thought(is_fixed: bool) {
    let data = vec![1_u8; 40];
    // SAFETY: none where each byte counts for four.
    unsafe { xcb_change(32, if is_fixed { 10 } else { 40 }, data.as_ptr().cast()) };
}

/// RUSTSEC-2023-0032: the buffer is as long as one set of parameters needs, the key has another.
fn b053_key_of_other_parameters(is_fixed: bool) {
    let key = ntru_key { degree: if is_fixed { 128 } else { 401 } };
    let mut out = vec![0_u8; 258];
    // SAFETY: none where the key is longer.
    unsafe { ntru_export(&raw const key, out.as_mut_ptr()) };
}

/// RUSTSEC-2025-0142: what the message says of its length is more than the slice.
fn b055_length_inside_the_message(is_fixed: bool) {
    let mut message = vec![1_u8; 64];
    let length: u32 = if is_fixed { 64 } else { 64 + 3000 };
    message[..4].copy_from_slice(&length.to_ne_bytes());
    // SAFETY: none where the message says more.
    unsafe { mnl_run(message.as_ptr().cast(), 64) };
}

/// RUSTSEC-2024-0002: more entries in the header than behind it.
fn b057_count_above_the_array(is_fixed: bool) {
    let mut list = vec![0_u32; 2 + 8];
    list[0] = if is_fixed { 8 } else { 11 };
    // SAFETY: none where the header says more.
    unsafe { kvm_get_list(list.as_mut_ptr().cast()) };
}

/// MiriLLI, mseed: how much fits is taken for how much is there.
fn b062_capacity_for_length(is_fixed: bool) {
    let mut record = Vec::with_capacity(512);
    record.extend_from_slice(&[1_u8; 100]);
    let n = if is_fixed { record.len() } else { record.capacity() };
    // SAFETY: none where bytes are read that nobody has written.
    unsafe { mseed_parse(record.as_ptr().cast(), n) };
}

/// RUSTSEC-2025-0108: no zero came back, so the text is said to be as long as there is room.
fn b063_length_set_to_capacity(is_fixed: bool) {
    let mut text: Vec<u8> = Vec::with_capacity(80);
    // SAFETY: none where the length is more than what was written.
    unsafe {
        let written = curses_line(text.as_mut_ptr().cast(), 30);
        text.set_len(if is_fixed { written as usize } else { text.capacity() });
    }
    std::hint::black_box(text.iter().map(|byte| usize::from(*byte)).sum::<usize>());
}
