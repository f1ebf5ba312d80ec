//! What measures what, and what does not.

use super::super::testing::{infer, said, spell};

#[test]
fn a_length_behind_its_pointer() {
    for (function, expected) in [
        ("fn f(data: *const c_void, len: size_t);", "data: sized_by(len)"),
        (
            "fn f(data: *const u8, data_len: size_t, key: *const u8, keylen: c_int);",
            "data: sized_by(data_len); key: sized_by(keylen)",
        ),
        ("fn f(values: *const c_int, n_values: c_uint);", "values: counted_by(n_values)"),
        ("fn f(points: *const point, num_points: c_int);", "points: counted_by(num_points)"),
        (
            "fn f(names: *const *const c_char, size: c_int);",
            "names: null_terminated pointee(nonnull, null_terminated, input)",
        ),
        (
            "fn f(mem1: *const c_void, size1: size_t, mem2: *const c_void, size2: size_t);",
            "mem1: sized_by(size1); mem2: sized_by(size2)",
        ),
        (
            "fn f(inbuf: *const c_char, inlen: size_t, room: size_t, outbuf: *mut *mut c_char, outlen: *mut size_t);",
            "inbuf: sized_by(inlen); outbuf: out pointee(sized_by(*outlen)); outlen: out",
        ),
        ("fn f(line: *mut c_char, maxlen: size_t);", "line: sized_by(maxlen)"),
        ("fn f(line: *mut c_char, max: size_t);", "line: sized_by(max)"),
        ("fn f(line: *const c_char, max: size_t);", "line: null_terminated"),
        // A place for a number is no array of lengths, and `bytes` are nothing wider.
        ("fn box_split(b: *mut box_, max_size: size_t, nparts: *mut size_t);", "b: opaque; nparts: out"),
        ("fn f(b: *mut box_, num_bytes: size_t, bytes_read: *mut size_t);", "b: opaque; bytes_read: out"),
        ("fn f(src: *const u8, src_n: c_uint);", "src: sized_by(src_n)"),
        ("fn f(b: *mut box_, bytes: size_t, data: *const c_void);", "b: opaque; data: sized_by(bytes)"),
        // An alias of a pointer to void that names a thing.
        ("fn f(b: lib_handle, flags: c_int, count: size_t);", ""),
        ("fn f(b: voidp, flags: c_int, count: size_t);", "b: sized_by(count)"),
        // Plain numbers of things, behind numbers that are only read.
        ("fn f(position: *const c_int, channels: c_int);", "position: counted_by(channels)"),
        ("fn f(position: *const c_int, flags: c_int);", ""),
        ("fn f(name: *const c_char, channels: c_int);", "name: null_terminated"),
        ("fn f(b: *mut box_, level: *mut c_int, channels: c_int);", "b: opaque; level: out"),
        (
            "fn f(at: *const c_int, channels: c_int, channel_mask: *mut c_int);",
            "at: counted_by(channels); channel_mask: out",
        ),
        // A length by another name, where nothing else could bear it.
        ("fn f(b: *mut box_, chunk: *const u8, payload_len: c_uint);", "b: opaque; chunk: sized_by(payload_len)"),
        ("fn f(payload: *const c_void, chunk: *const u8, payload_len: c_uint);", "payload: sized_by(payload_len)"),
        ("fn f(init: *const c_void, class_size: c_uint);", ""),
        ("fn f(b: *mut box_, data: *const u8, payload_len: c_uint);", "b: opaque; data: sized_by(payload_len)"),
        ("fn f(b: *mut box_, data: *const c_void, payload_len: c_uint);", "b: opaque"),
        // Several arrays of one length.
        (
            "fn f(b: *mut box_, keys: *mut *const c_char, values: *mut *const c_char, len: c_uint);",
            "b: opaque; keys: counted_by(len) pointee(null_terminated); values: counted_by(len) pointee(null_terminated)",
        ),
        // A structure in front of an array that has a length of its own.
        ("fn f(props: *const pair, points: *const point, num_points: c_uint);", "points: counted_by(num_points)"),
        // Flags, truth values, and the length of something else.
        ("fn f(data: *const c_void, flags: c_uint);", ""),
        ("fn f(data: *const c_void, len: flag_bool);", ""),
        ("fn f(type_name: *const c_char, class_size: c_uint);", "type_name: null_terminated"),
        ("fn f(b: *mut box_, size: c_uint);", "b: opaque"),
        // A bare size is none of structures.
        ("fn f(pairs: *const pair, size: c_uint);", ""),
    ] {
        assert_eq!(said(function), expected, "{function}");
    }
}

#[test]
fn a_count_before_its_pointers() {
    for (function, expected) in [
        ("fn f(n_points: c_uint, points: *const point);", "points: counted_by(n_points)"),
        (
            "fn f(b: *mut box_, n_pairs: c_uint, keys: *const *const c_char, values: *const pair);",
            "b: opaque; keys: counted_by(n_pairs) pointee(null_terminated); values: counted_by(n_pairs)",
        ),
        ("fn f(n_points: c_uint, point: *const point);", "point: counted_by(n_points)"),
        ("fn f(count: c_uint, pair: *const pair);", ""),
        // A place for another number in front has nothing to do with the length.
        (
            "fn f(b: *mut box_, format: *mut c_int, actual_length: *mut c_int, data: *mut *mut u8);",
            "b: opaque; format: out; actual_length: out; data: out pointee(sized_by(*actual_length))",
        ),
        // What is put in place of some others ends by itself.
        (
            "fn f(b: *mut box_, n_removals: c_uint, additions: *const *const c_char);",
            "b: opaque; additions: null_terminated pointee(nonnull, null_terminated, input)",
        ),
        ("fn f(n_points: c_uint, names: *const pair);", "names: counted_by(n_points)"),
        ("fn f(b: *mut box_, num_bytes: size_t, data: *const u8);", "b: opaque; data: sized_by(num_bytes)"),
        ("fn f(b: *mut box_, len: u8, data: *const u8);", "b: opaque; data: sized_by(len)"),
        (
            "fn f(name: *const c_char, count: c_int, value: *const c_int);",
            "name: null_terminated; value: counted_by(count)",
        ),
        ("fn f(name: *const c_char, count: c_int, value: *mut c_int);", "value: out"),
        ("fn f(count: c_int, first: *const c_int, stride: c_int);", ""),
        (
            "fn box_set_order(b: *mut box_, n_levels: c_int, order: *mut c_int);",
            "b: opaque; order: counted_by(n_levels)",
        ),
        ("fn box_set_order(b: *mut box_, level: c_int, order: *mut c_int);", "b: opaque; order: out"),
        ("fn box_order(b: *mut box_, n_levels: c_int, order: *mut c_int);", "b: opaque; order: out"),
        // Elements of a type that this header does not define.
        ("fn f(n_perm: c_uint, permissions: *const box_);", "permissions: opaque counted_by(n_perm)"),
        ("fn f(n_perm: c_uint, permission: *const box_);", "permission: opaque"),
        ("fn f(n_perm: c_uint, permissions: *mut box_);", "permissions: opaque"),
        ("fn f(options: *const box_, len: size_t);", "options: opaque"),
        // A number between a place for one and an array.
        ("fn f(status: *mut c_int, len: size_t, items: *mut c_uint);", "status: inout; items: counted_by(len)"),
        ("fn f(values: *mut c_int, len: size_t, item: *mut c_uint);", "values: counted_by(len); item: out"),
        // A place for a number, some way behind the count of what it is about.
        ("fn f(n_samples: c_uint, a: *mut c_int, sample_position: *mut c_int);", "a: out; sample_position: out"),
        // A bare size is none of structures here, either.
        ("fn f(size: size_t, params: *mut pair);", ""),
        ("fn f(b: *mut box_, num_calls: size_t, data: *const u8);", "b: opaque"),
        (
            "fn f(n_pairs: c_uint, names: *const *const c_char, values: *const pair);",
            "names: counted_by(n_pairs) pointee(null_terminated); values: counted_by(n_pairs)",
        ),
        (
            "fn f(n_names: c_uint, names: *const *const c_char, values: *const pair);",
            "names: counted_by(n_names) pointee(null_terminated); values: counted_by(n_names)",
        ),
        (
            "fn f(n_names: c_uint, names: *const *const c_char, values: *mut pair);",
            "names: counted_by(n_names) pointee(null_terminated)",
        ),
    ] {
        assert_eq!(said(function), expected, "{function}");
    }
}

#[test]
fn a_length_several_places_away() {
    for (function, expected) in [
        ("fn f(keys: *const c_int, a: *const point, nkeys: c_int);", "keys: counted_by(nkeys)"),
        ("fn f(data: *const c_void, flags: c_int, len: size_t);", "data: sized_by(len)"),
        ("fn f(dest: *mut c_void, src: *const c_void, n: size_t);", "dest: out sized_by(n); src: sized_by(n)"),
        // Two buffers, and nothing says whose length it is.
        ("fn f(a: *const u8, x: c_int, b: *const c_char, y: c_int, len: size_t);", "b: null_terminated"),
    ] {
        assert_eq!(said(function), expected, "{function}");
    }
}

#[test]
fn a_stored_array_and_its_length() {
    for (function, expected) in [
        ("fn f(contents: *mut *mut u8, length: *mut size_t);", "contents: out pointee(sized_by(*length)); length: out"),
        (
            "fn f(items: *mut *mut *mut box_, n_items: *mut c_int);",
            "items: out pointee(counted_by(*n_items)); n_items: out",
        ),
        (
            "fn box_get_log(b: *mut box_, log: *mut *mut point, n_elems: *mut c_uint);",
            "b: opaque; log: out pointee(counted_by(*n_elems)); n_elems: out",
        ),
        ("fn box_get_log(b: *mut box_, log: *mut *mut point, size: *mut c_uint);", "b: opaque; log: out; size: out"),
        ("fn box_parse(family: *mut u8, channel_count: *mut u8);", "family: out; channel_count: out"),
        ("fn f(len: *mut u8, data: *mut *mut u8);", "len: out; data: out pointee(sized_by(*len))"),
        (
            "fn box_get_data(b: *mut box_, size: c_uint, val: *mut *const u8);",
            "b: opaque; val: out pointee(sized_by(size))",
        ),
        ("fn box_set_data(b: *mut box_, size: c_uint, val: *mut *const u8);", "b: opaque; val: inout"),
        ("fn f(digest: *mut u8, digest_len: *mut size_t);", "digest: out sized_by(*digest_len); digest_len: inout"),
        // One text and a count of something else.
        ("fn f(name: *mut *mut c_char, count: *mut c_int);", "name: inout; count: out"),
    ] {
        assert_eq!(said(function), expected, "{function}");
    }
}

#[test]
fn lengths_of_something_else() {
    for (function, expected) in [
        // The name of a thing, and the size of the thing.
        ("fn f(mime_type: *const c_char, size: size_t);", "mime_type: null_terminated"),
        ("fn f(content_type: *const c_char, content_length: size_t);", "content_type: null_terminated"),
        ("fn f(path: *const c_char, path_len: size_t);", "path: sized_by(path_len)"),
        // A word that several names begin with says nothing.
        ("fn f(arg_name: *const c_char, arg_size: size_t, arg_at: *const pair);", "arg_name: null_terminated"),
        ("fn f(arg_keys: *const u8, arg_size: size_t, x: c_int);", "arg_keys: sized_by(arg_size)"),
        // A length between a text and memory.
        (
            "fn f(key: *const c_char, length: size_t, bytes: *const c_void);",
            "key: null_terminated; bytes: sized_by(length)",
        ),
        ("fn f(key: *const c_char, length: size_t, flags: c_int);", "key: sized_by(length)"),
        ("fn f(key: *const c_char, length: size_t, user_data: *mut c_void);", "key: sized_by(length)"),
        // What goes in says nothing of how much may come out.
        (
            "fn f(source: *const c_char, dest: *mut c_char, inputSize: c_int, maxOutputSize: c_int);",
            "source: sized_by(inputSize); dest: out sized_by(maxOutputSize)",
        ),
        ("fn f(source: *const c_char, dest: *mut c_char, inputSize: c_int);", "source: sized_by(inputSize)"),
        // How far it has come is one number.
        ("fn f(out: *mut u8, out_pos: *mut size_t, out_size: size_t);", "out: out sized_by(out_size); out_pos: out"),
        // The text may end before that.
        ("fn f(dest: *mut c_char, src: *const c_char, n: size_t);", ""),
        // A size is not one of structures, and traffic in bytes counts no packets.
        ("fn f(alloc_size: size_t, alloc_params: *const pair);", ""),
        ("fn f(tx_packets: *mut u32, tx_bytes: *mut u64);", "tx_bytes: out"),
        ("fn realloc(p: *mut c_void, size: size_t);", ""),
        // A list is one, and what stands behind a text with its length has none.
        ("fn f(lists: *mut *mut item_list, lists_cnt: *mut c_uint);", "lists: inout; lists_cnt: out"),
        // But many of them with a number of just these are a row.
        ("fn f(lists: *const item_list, n_lists: c_uint);", "lists: counted_by(n_lists)"),
        ("fn f(lists: *const item_list, n_items: c_uint);", ""),
        ("fn f(list: *const item_list, n_list: c_uint);", ""),
        (
            "fn f(items: *mut *mut item, items_cnt: *mut c_uint);",
            "items: out pointee(counted_by(*items_cnt)); items_cnt: out",
        ),
        ("fn f(text: *const c_char, length: c_int, to: *mut *mut pair);", "text: sized_by(length); to: out"),
        // A place for one pointer, and what lies behind it.
        ("fn f(b: *mut box_, to: *mut *const c_char, len: isize);", "b: opaque; to: out pointee(null_terminated)"),
        ("fn f(b: *mut box_, in_: *mut *const u8, len: c_int);", "b: opaque; in_: inout pointee(sized_by(len))"),
    ] {
        assert_eq!(said(function), expected, "{function}");
    }
}

#[test]
fn sizes_of_elements_and_of_structures() {
    for (function, expected) in [
        ("fn f(p: *const c_void, size: size_t, nmemb: size_t);", "p: sized_by(size * nmemb)"),
        ("fn f(key: *const c_void, base: *const c_void, nmemb: size_t, size: size_t);", "base: sized_by(nmemb * size)"),
        ("fn f(p: *const c_void, size: size_t, flags: size_t);", "p: sized_by(size)"),
        ("fn f(a: *mut pair, alen: *mut c_uint);", "a: out sized_by(*alen); alen: inout"),
        ("fn f(text: *mut u16, text_size: *mut c_uint);", "text: counted_by(*text_size); text_size: inout"),
        ("fn f(text: *mut u16, width: *mut c_uint);", "text: inout; width: out"),
        ("fn f(extra_fds: *const pair, extra_nfds: c_uint);", "extra_fds: counted_by(extra_nfds)"),
        ("fn f(buf: *mut c_char, bufsiz: size_t);", "buf: out sized_by(bufsiz)"),
        ("fn f(event_ids: *const u32, event_ids_length1: c_int);", "event_ids: counted_by(event_ids_length1)"),
        ("fn f(event_ids: *const u32, event_ids_level1: c_int);", ""),
        ("fn f(dst: *mut c_void, dstCapacity: size_t);", "dst: out sized_by(dstCapacity)"),
    ] {
        assert_eq!(said(function), expected, "{function}");
    }
}

#[test]
fn counts_that_name_a_type() {
    let function = "fn f(n_vertices: c_uint, data: *const lib_vertex_2d);";
    let both = infer(&format!("fn other(n_points: c_uint, data: *const lib_vertex_2d); {function}"), &[]);
    assert_eq!(spell(&both[0]), "");
    assert_eq!(spell(&both[1]), "data: counted_by(n_vertices)");
    assert_eq!(spell(&infer(function, &["counted-by-type"])[0]), "");
    // What C may write is one of them as well as many.
    assert_eq!(said("fn lib_add(n_vertices: c_uint, data: *mut lib_vertex_2d);"), "");
}

#[test]
fn a_word_for_lengths_goes_with_several_pointers() {
    let pair = "fn a(at: *mut box_, tlv_offset: size_t, offset: *mut size_t);
         fn b(at: *mut box_, tlv_offset: size_t, offset: *mut size_t);
         fn c(at: *mut box_, tlv_offset: size_t, offset: *mut size_t);";
    assert_eq!(spell(&infer(pair, &[])[2]), "at: opaque; offset: out");
}

#[test]
fn habits_of_the_header_are_learnt() {
    let habit = "fn a(key: *const u8, key_octets: size_t); fn b(salt: *const u8, salt_octets: size_t);
         fn c(seed: *const u8, seed_octets: size_t);";
    let learnt = infer(&format!("{habit} fn d(text: *const u8, text_octets: size_t);"), &[]);
    assert_eq!(spell(&learnt[3]), "text: sized_by(text_octets)");
    assert_eq!(said("fn d(text: *const u8, text_octets: size_t);"), "");
}

#[test]
fn a_rule_switched_off_is_silent() {
    let function = "fn f(data: *const c_void, len: size_t);";
    assert_eq!(spell(&infer(function, &["pointer-then-size"])[0]), "");
    assert_eq!(spell(&infer(function, &["all"])[0]), "");
}

#[test]
fn lengths_by_one_letter_and_by_their_type() {
    for (function, expected) in [
        (
            "fn f(out: *mut u8, olen: size_t, label: *const c_char, llen: size_t);",
            "out: out sized_by(olen); label: sized_by(llen)",
        ),
        ("fn f(label: *const c_char, tlen: size_t);", "label: null_terminated"),
        (
            "fn f(msg_ptr: *mut c_char, msg_len: size_t, msg_prio: *mut c_uint);",
            "msg_ptr: out sized_by(msg_len); msg_prio: out",
        ),
        ("fn f(fd: c_int, at: *const sockaddr, len: socklen_t);", "at: sized_by(len)"),
        ("fn f(fd: c_int, at: *mut sockaddr, len: *mut socklen_t);", "at: out sized_by(*len); len: inout"),
        ("fn f(fd: c_int, at: *const pair, len: socklen_t);", ""),
        ("fn f(pid: c_int, cpuset: *const bit_set, cpusetsize: size_t);", "cpuset: sized_by(cpusetsize)"),
        ("fn f(fd: c_int, of: *const iovec, count: size_t);", "of: counted_by(count)"),
        ("fn f(fd: c_int, of: *const pair, count: size_t);", ""),
    ] {
        assert_eq!(said(function), expected, "{function}");
    }
}

#[test]
fn so_much_was_taken() {
    for (function, expected) in [
        (
            "fn f(src: *const c_char, dst: *mut c_char, srcSizePtr: *mut c_int, targetDstSize: c_int);",
            "src: sized_by(*srcSizePtr); dst: out sized_by(targetDstSize); srcSizePtr: inout",
        ),
        ("fn f(source: *const u8, sourceLen: *mut c_ulong);", "source: sized_by(*sourceLen); sourceLen: inout"),
        ("fn f(source: *const u8, source_count: *mut c_ulong);", "source_count: out"),
        ("fn f(name: *const c_char, size: *mut c_ulong);", "name: null_terminated; size: out"),
    ] {
        assert_eq!(said(function), expected, "{function}");
    }
}

#[test]
fn copies_and_what_they_leave_alone() {
    for (function, expected) in [
        ("fn strncpy(dest: *mut c_char, src: *const c_char, n: size_t);", "dest: out sized_by(n)"),
        ("fn strlcpy(dst: *mut c_char, src: *const c_char, siz: size_t);", "dst: out sized_by(siz)"),
        ("fn strncat(dest: *mut c_char, src: *const c_char, n: size_t);", ""),
        ("fn lib_wmemcpy(s1: *mut c_int, s2: *const c_int, n: size_t);", "s1: counted_by(n); s2: counted_by(n)"),
        ("fn lib_wcscmp(s1: *const c_int, s2: *const c_int, n: size_t);", ""),
        ("fn decode(out: *mut u8, text: *const u8, n: size_t);", "out: out; text: sized_by(n)"),
        // Where something is, and the length of what is in a file.
        ("fn protect(addr: *mut c_void, len: size_t, mode: c_int);", ""),
        ("fn truncate(file: *const c_char, length: i64);", "file: null_terminated"),
        ("fn load(file: *const c_char, max_bytes: c_long);", "file: null_terminated"),
        ("fn move_(infd: c_int, offin: *mut i64, len: size_t);", "offin: out"),
        ("fn f(keycode_count: c_int, per_keycode_return: *mut c_int);", "per_keycode_return: out"),
        // Another one bears the very name.
        (
            "fn f(input: *mut pair, input_length: u64, out_input: *mut *mut pair);",
            "input: sized_by(input_length); out_input: out",
        ),
        // Each rectangle has several numbers.
        ("fn draw(verts: *const f32, n_rects: c_uint);", ""),
        ("fn draw(verts: *const f32, n_verts: c_uint);", "verts: counted_by(n_verts)"),
    ] {
        assert_eq!(said(function), expected, "{function}");
    }
    let off = infer("fn wmemset(s: *mut c_int, c: c_int, n: size_t);", &["memory-function"]);
    assert_eq!(spell(&off[0]), "");
    assert_eq!(said("fn wmemset(s: *mut c_int, c: c_int, n: size_t);"), "s: counted_by(n)");
}
