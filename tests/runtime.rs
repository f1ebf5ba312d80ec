//! Every case of `cases/` at off, cheap and full, each in a process of its own.

use std::process::{Command, Output};

fn run(case: &str, level: &str, settings: &[(&str, &str)]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cases"));
    command.arg(case).env("PINNED_FFI_CHECK", level).env("RUST_BACKTRACE", "0");
    for variable in ["PINNED_FFI_ON_VIOLATION", "PINNED_FFI_REPORT", "PINNED_FFI_PIN_LIMIT", "PINNED_FFI_SAMPLE"] {
        command.env_remove(variable);
    }
    command.envs(settings.iter().copied()).output().expect("the program behind the cases was built")
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Each wrong case: its code, and what its report must name.
const WRONG: &[(&str, &str, &[&str])] = &[
    ("freed_buffer", "PF002", &["`readv`", "`iov[2].iov_base`", "4097 bytes that C writes", "block: 4097 bytes"]),
    ("freed_in_a_form", "PF002", &["`prctl_set_name`", "`name` points into a freed block"]),
    ("null_in_a_form", "PF005", &["`prctl_set_name`", "`name` is null"]),
    ("text_without_end", "PF004", &["`prctl_set_name`", "`name` has no terminating zero in the 4 bytes", "CString"]),
    ("rest_of_a_text_without_end", "PF004", &["`name` has no terminating zero in the 3 bytes", "offset 4"]),
    ("freed_vector", "PF002", &["`readv`", "`iov` points into a freed block", "16 bytes that C reads"]),
    ("freed_argument", "PF002", &["`write`", "`buf` points into a freed block"]),
    ("dead_stack", "PF002", &["`write`", "`buf` points into a stack frame that has returned"]),
    ("read_past_end", "PF003", &["`read`", "`buf`", "101 bytes that C writes", "block: 100 bytes"]),
    ("read_past_small_block", "PF003", &["`buf`", "2 bytes", "block: 1 byte at"]),
    ("buffer_past_end", "PF003", &["`iov[1].iov_base`", "65 bytes", "block: 64 bytes"]),
    ("vector_too_short", "PF003", &["`iov`", "64 bytes that C reads", "block: 48 bytes"]),
    ("overflowing_length", "PF003", &["the declared length of `buf` does not fit in memory"]),
    ("product_past_end", "PF003", &["`probe_fill`", "`pixels`", "144 bytes", "block: 140 bytes"]),
    ("past_end_of_stack_array", "PF003", &["`buf`", "1099511627776 bytes"]),
    ("null_buffer", "PF005", &["`read`", "`buf` is null", "#[nullable] buf"]),
    ("null_buffer_in_vector", "PF005", &["`iov[1].iov_base` is null"]),
    ("null_vector", "PF005", &["`iov` is null"]),
    ("null_function", "PF005", &["`f` is null"]),
    ("misaligned_vector", "PF006", &["`iov` is not aligned to 8 bytes"]),
    ("misaligned_pixels", "PF006", &["`pixels` is not aligned to 4 bytes"]),
    ("same_buffer_twice", "PF007", &["`iov[1].iov_base`", "`iov[0].iov_base`", "overlaps"]),
    ("same_buffer_twice_of_many", "PF007", &["iov[20].iov_base`", "iov[150].iov_base`"]),
    ("overlapping_buffers", "PF007", &["`iov[0].iov_base`", "`iov[1].iov_base`"]),
    ("buffer_over_vector", "PF007", &["`iov[0].iov_base` is written and overlaps `iov`"]),
    ("overlapping_arguments", "PF007", &["`to` is written and overlaps `from`", "#[may_alias]"]),
    ("unpinned_nested", "PF001", &["`node.next`", "not pinned", "#[flow_through]", "Pinner"]),
    ("unpinned_after_unpin", "PF001", &["`node.next`"]),
    ("nested_freed", "PF002", &["`node.next` points into a freed block"]),
    ("message_freed_buffer", "PF002", &["`recvmsg`", "`msg.msg_iov[1].iov_base`"]),
    ("message_name_past_end", "PF003", &["`msg.msg_name`", "110 bytes", "block: 20 bytes"]),
    ("message_control_freed", "PF002", &["`msg.msg_control`"]),
    ("messages_freed_buffer", "PF002", &["`sendmmsg`", "`msgvec[1].msg_hdr.msg_iov[1].iov_base`"]),
    ("freed_while_pinned", "PF010", &["freed while a pin held it", "pinned at: "]),
    ("reallocated_while_pinned", "PF011", &["reallocated while a pin held it", "pinned at: "]),
    ("leaked_pinner", "PF010", &["freed while a pin held it", "pinned at: "]),
    ("freed_during_call", "PF010", &["`readv`", "`iov[1].iov_base`", "freed during the call"]),
    ("reallocated_during_call", "PF011", &["`readv`", "`iov[1].iov_base`", "reallocated during the call"]),
    (
        "freed_behind_a_number",
        "PF002",
        &["`probe_sum_at`: `at` points into a freed block", "block: 40 bytes", "offset 8"],
    ),
    ("past_end_behind_a_number", "PF003", &["`at`", "33 bytes that C reads", "block: 40 bytes"]),
    ("null_in_a_number", "PF005", &["`at` is null"]),
    ("freed_behind_a_number_during_call", "PF010", &["`probe_sum_at`", "`at`", "freed during the call"]),
    ("forgotten_pinner", "PF012", &["2 pins are held by nobody", ", 48 bytes at 0x", ", 72 bytes at 0x"]),
    (
        "forgotten_pinner_of_many",
        "PF012",
        &["20 pins are held by nobody", ", 12 pins more, ", "lists all 20 pins one by one"],
    ),
    (
        "forgotten_pins_of_many_places",
        "PF012",
        &["11 pins are held by nobody", ", 72 bytes", ", 16 bytes", "lists all 11 pins one by one"],
    ),
    ("forgotten_pinned", "PF012", &["a pin is held by nobody", "pinned at: ", "15 bytes", "`Pinned::forever`"]),
    ("forgotten_in_a_loop", "PF012", &["50 pins are held by nobody: 50 holders"]),
    ("forgotten_by_a_thread", "PF012", &["a pin is held by nobody"]),
    ("forgotten_beside_another", "PF012", &["a pin is held by nobody", "96 bytes at 0x"]),
    ("forgotten_after_unpin", "PF012", &["a pin is held by nobody", "32 bytes at 0x"]),
    ("overwritten_by_c", "PF012", &["a pin is held by nobody", "48 bytes at 0x"]),
    ("freed_with_its_holder_inside", "PF012", &["a pin is held by nobody", "48 bytes at 0x"]),
    ("forgotten_before_a_fork", "PF012", &["a pin is held by nobody", "15 bytes at 0x"]),
    ("forgotten_by_a_child", "PF012", &["a pin is held by nobody", "15 bytes at 0x"]),
    ("pinned_after_free", "PF002", &["a pin was made of memory that is freed", "block: 8 bytes", "pinned at: tests/"]),
    ("pinned_after_free_in_a_scope", "PF002", &["a pin was made of memory that is freed", "offset 10"]),
    (
        "pinned_again_after_free",
        "PF002",
        &["a pin was made of memory that is freed", "error[PF010]: a block was freed"],
    ),
    ("freed_while_pinned_then_unwound", "PF010", &["freed while a pin held it", "48 bytes", "pinned at: tests/"]),
    (
        "too_many_pins",
        "PF013",
        &["101 pins stand at once", "limit of 100 and 10", "note: 101 pins, 5151 bytes, at tests/"],
    ),
    ("too_many_pins_of_one_block", "PF013", &["21 pins stand", "21 pins, 8 bytes, at tests/"]),
    (
        "too_many_pins_of_many_places",
        "PF013",
        &[
            "9 pins stand",
            "note: 3 pins, 8 bytes, at tests/",
            "note: 2 pins at 2 more places; `pinned_ffi::pins()` lists all",
        ],
    ),
    ("too_many_pins_in_threads", "PF013", &["400 pins stand at once", "at tests/cases/held.rs"]),
    (
        "removed_handle",
        "PF014",
        &["a handle that is removed, of a `core::sync", "note: made at tests/", "note: removed at tests/"],
    ),
    ("null_handle", "PF014", &["its handle is null", "`userdata` = 0x0"]),
    ("made_up_handle", "PF014", &["its handle stands for nothing", "`userdata` = 0x123400000003"]),
    ("handle_of_another_type", "PF014", &["stands for a `alloc::string::String`", "note: made at tests/"]),
    ("removed_handle_whose_slot_is_used_again", "PF014", &["a handle that is removed", "note: removed at tests/"]),
    (
        "freed_with_another_length",
        "PF041",
        &["a block of 32 bytes was freed as one of 16, aligned to 8", "block: 32 bytes"],
    ),
    ("freed_with_another_alignment", "PF041", &["a block of 40 bytes was freed as one of 40, aligned to 64"]),
    (
        "a_stream_moved_between_boxes",
        "PF008",
        &["`after_sum`: `stream` was moved: C knows it at 0x", "since the call at tests/cases/after.rs:"],
    ),
    ("a_stream_moved_out_of_its_frame", "PF008", &["`after_sum`: `stream` was moved: C knows it at 0x"]),
    ("a_list_head_moved", "PF008", &["`after_is_empty`: `head` was moved: C knows it at 0x"]),
    ("const_structure_written", "PF021", &["`watch_swap`: C has written `pair` at offset 0", "#[inout] pair"]),
    ("more_filled_than_there_is", "PF023", &["`after_fill`: C says that it has filled 21 bytes of `to`", "20 bytes"]),
    ("null_that_cannot_be", "PF025", &["`after_at`: C returned null", "= result: the result = 0x0"]),
    ("a_flag_of_two", "PF025", &["`after_flag`: C returned 2 as a `bool`", "= result: the result = 0x2"]),
    (
        "a_kind_of_seven",
        "PF025",
        &["`after_kind`: C returned 7 as a `Kind`, and there is no such value", "= result: the result = 0x7"],
    ),
    ("a_kind_of_seven_by_a_safe_function", "PF025", &["`after_kind`: C returned 7 as a `Kind`"]),
    ("a_letter_that_is_none", "PF025", &["`after_letter`: C returned 55296 as a `char`"]),
    ("flags_written_as_two", "PF025", &["`after_flags`: C has written 2 as a `bool` into `flags` at offset 3"]),
    ("a_kind_written_as_seven", "PF025", &["`after_find`: C has written 7 as a `Kind` into `kind` at offset 0"]),
    ("a_letter_written_that_is_none", "PF025", &["C has written 1114112 as a `char` into `letter` at offset 0"]),
    ("a_text_of_another_encoding", "PF025", &["`after_name`: C returned a text that is no UTF-8 at offset 2"]),
    ("a_result_that_is_not_aligned", "PF025", &["C returned an address that is no multiple of 4"]),
    ("a_result_from_elsewhere", "PF025", &["C returned an address outside the memory of `from`"]),
    ("live_nested_freed", "PF002", &["`probe_value`: `node.next` points into a freed block"]),
    ("live_nested_freed_further_in", "PF002", &["`probe_value`: `node.next.next` points into a freed block"]),
    ("strict_among_live", "PF001", &["`node.next`", "not pinned"]),
    (
        "called_after_its_call",
        "PF030",
        &["C called the callback `call` of `closures_keep` when it was gone: its call has returned", "error[PF031]: "],
    ),
    ("called_after_its_end", "PF030", &["`call` of `source_hook` when it was gone: C has let go of it"]),
    ("called_twice", "PF030", &["`call` of `closures_later` when it was gone: it was called, and was for one call"]),
    ("forged_userdata", "PF030", &["with userdata that stands for no closure of it", "`userdata` = 0x123400000003"]),
    ("destroyed_by_a_failed_call", "PF030", &["C destroyed the callback `call` of", "write `destroys_on_failure`"]),
    (
        "userdata_of_another_closure",
        "PF030",
        &["`call` of `closures_later` with userdata that stands for no closure of it"],
    ),
    ("userdata_of_null", "PF030", &["`call` of `closures_later` with userdata that stands for no closure of it"]),
    ("number_of_one_that_was_replaced", "PF030", &["`call` of `closures_later` when it was gone: C has destroyed it"]),
    ("called_on_another_thread", "PF032", &["`call` of `closures_thread` on another thread", "given at tests/cases/"]),
    (
        "called_though_nocallback",
        "PF034",
        &[
            "`source_fire` called the callback `call` of `source_connect`",
            "note: the callback was given at tests/cases/",
        ],
    ),
    (
        "an_item_though_nocallback",
        "PF034",
        &[
            "`closures_fire_plain` called the callback `call` of `closures_set_plain`, and its contract says that it calls none",
        ],
    ),
    (
        "an_export_though_nocallback",
        "PF034",
        &["`closures_ask` called the exported function `closures_next`", "note: the function stands at tests/cases/"],
    ),
    ("frees_what_c_reads", "PF010", &["`closures_reads`", "tests/cases/closures.rs"]),
    (
        "destroyed_twice",
        "PF030",
        &["`call` of `source_connect` when it was gone: C has destroyed it", "given at tests/cases/"],
    ),
    ("jumped_out_of", "PF033", &["C called the callback `call` of `closures_jump` while it runs", "longjmp"]),
    ("outlives_its_thread", "PF032", &["`call` of `source_hook` on another thread", "given at tests/cases/"]),
    ("null_for_a_callback", "PF005", &["`closures_repeat`: `call` is null"]),
    ("called_while_it_runs", "PF033", &["C called the callback `call` of `source_connect` while it runs"]),
    ("bound_and_freed", "PF020", &["`keepers_bind`: the memory behind `values` was freed, and C still", "block: 16"]),
    ("bound_and_moved", "PF020", &["`keepers_bind`: the memory behind `values` was reallocated"]),
    ("bound_and_freed_in_another_place", "PF020", &["the memory behind `values` was freed"]),
    ("bound_as_static_and_freed", "PF020", &["`keepers_bind_with`: the memory behind `values` was freed"]),
    (
        "bound_of_a_dead_frame",
        "PF020",
        &["the memory behind `values` lay in a stack frame that has returned", "seen when `keepers_sum` was called at"],
    ),
    (
        "data_of_a_callback_freed",
        "PF030",
        &["`userdata` was freed, and C may still call `f`", "as long as the process"],
    ),
    ("data_of_a_dead_frame", "PF030", &["lay in a stack frame that has returned", "seen when `keepers_fire` was"]),
    ("one_of_many_freed", "PF020", &["`keepers_add`: the memory behind `link` was freed", "until `keepers_remove`"]),
    ("freed_before_its_owner_ends_it", "PF020", &["`keepers_bind`: the memory behind `values` was freed"]),
    ("freed_twice", "PF042", &["a block was freed twice", "block: 32 bytes", "give the block one owner"]),
    ("freed_twice_at_once", "PF042", &["a block was freed twice", "block: 32 bytes"]),
];

/// As [`WRONG`], for what only level full sees.
const WRONG_AT_FULL: &[(&str, &str, &[&str])] = &[
    (
        "kept_in_a_static",
        "PF020",
        &["`watch_keep`: C has kept `data`, which its contract lends", "else look at the static at "],
    ),
    ("kept_of_the_stack", "PF020", &["`watch_keep`: C has kept `data`"]),
    ("kept_and_freed", "PF020", &["the block behind `data` was freed, and C still has a pointer", "block: 40 bytes"]),
    ("const_text_written", "PF021", &["`watch_spoil`: C has written `text` at offset 7", "#[inout] text"]),
    ("constant_written", "PF021", &["`watch_fill`: C has written `buffer` at offset 0", "50 bytes that C reads"]),
    ("written_behind_the_end", "PF022", &["`watch_fill`: C has written behind the end of `buffer`, "]),
    ("written_behind_the_end_later_on", "PF022", &["C has written behind the end of `buffer`, 0 bytes from there"]),
    (
        "written_far_behind_the_end",
        "PF022",
        &["`watch_fill`: C wrote 0 bytes behind the end of `buffer`", "touched by: code at "],
    ),
    ("written_in_front", "PF022", &["C has written in front of `buffer`, 5 bytes from there"]),
    ("read_behind_the_end", "PF003", &["`watch_sum`: C read 0 bytes behind the end of `buffer`", "64 bytes"]),
    ("written_behind_a_part", "PF022", &["C wrote 4 bytes behind the end of `buffer`", "50 bytes"]),
    ("written_behind_a_lent_block", "PF022", &["C has written behind the end of `buffer`, 0 bytes from there"]),
    ("written_behind_an_unseen_block", "PF022", &["a block was written behind its end", "block: 50 bytes"]),
    ("written_after_free", "PF043", &["a freed block was written, at offset 0", "block: 50 bytes", "freed at: "]),
    (
        "read_after_return",
        "PF044",
        &["`watch_keep_on_heap`: C read the memory of `data`, which it was lent", "offset 9"],
    ),
    ("written_after_return", "PF044", &["C wrote the memory of `data`, which it was lent for the call only"]),
    ("filled_less_than_said", "PF024", &["`after_fill`: C has not written `to` at offset 40", "#[filled_by(…)] to"]),
    ("a_row_not_written", "PF024", &["`after_rows`: C has not written `rows` at offset 96"]),
    (
        "read_after_return_of_a_late_call",
        "PF044",
        &["`watch_keep_on_heap`: C read the memory of `data`, which it was lent", "offset 9"],
    ),
    (
        "a_box_nobody_takes_back",
        "PF045",
        &[
            "a block that C was lent was never freed, and nothing leads to it any more: 500 bytes",
            "`from_raw` for `into_raw`",
        ],
    ),
    ("a_box_each_time", "PF045", &["20 blocks that C was lent were never freed", "any more: 800 bytes"]),
];

#[test]
fn wrong_calls_are_reported_at_cheap_and_full_and_run_at_off() {
    for (case, code, fragments) in WRONG {
        let off = run(case, "off", &[]);
        assert!(off.status.success() && !stderr(&off).contains("PF0"), "{case} at off: {}", stderr(&off));
        for level in ["cheap", "full"] {
            let output = run(case, level, &[]);
            let text = stderr(&output);
            // After the last call there is nothing left to stop, and a second panic would be too much.
            let goes_on = *code == "PF012" || ["leaked_pinner", "freed_while_pinned_then_unwound"].contains(case);
            assert_eq!(output.status.success(), goes_on, "{case} at {level}: {text}");
            let first = text.lines().find(|line| line.starts_with("error[")).unwrap_or_default();
            assert!(first.starts_with(&format!("error[{code}]: ")), "{case} at {level}: {text}");
            for fragment in *fragments {
                assert!(text.contains(fragment), "{case} at {level} does not name {fragment:?}: {text}");
            }
            assert!(text.contains("   = help: "), "{case} at {level}: {text}");
            // No call is wrong where an owner frees its block wrongly, and who frees is known at full only.
            let is_of_owner = matches!(*code, "PF041" | "PF042");
            let names_place = match (is_of_owner, level) {
                (true, "full") => text.contains("broken at: cases/watched.rs:"),
                (true, _) => true,
                (false, _) => text.contains(": tests/cases/"),
            };
            assert!(names_place, "{case} at {level} does not name the place: {text}");
            assert!(*code != "PF012" || text.matches("error[").count() == 1, "{case} at {level} says more: {text}");
        }
    }
}

#[test]
fn what_c_does_with_memory_is_reported_at_full_and_is_no_matter_at_the_other_levels() {
    for (case, code, fragments) in WRONG_AT_FULL {
        let output = run(case, "full", &[]);
        let text = stderr(&output);
        let first = text.lines().find(|line| line.starts_with("error[")).unwrap_or_default();
        assert!(first.starts_with(&format!("error[{code}]: ")), "{case}: {text}");
        for fragment in *fragments {
            assert!(text.contains(fragment), "{case} does not name {fragment:?}: {text}");
        }
        assert!(text.contains("   = help: "), "{case}: {text}");
        assert!(
            ["watched", "after", "policy", "unreached"].iter().any(|file| text.contains(&format!("cases/{file}.rs:"))),
            "{case} names no place: {text}"
        );
        assert_eq!(text.matches("error[").count(), 1, "{case} says more: {text}");
        let cheap = stderr(&run(case, "cheap", &[]));
        assert!(cheap.is_empty(), "{case} at cheap: {cheap}");
    }
}

#[test]
fn full_names_where_blocks_came_from() {
    let text = stderr(&run("freed_buffer", "full", &[]));
    assert!(text.contains("allocated at: ") && text.contains("freed at: "), "{text}");
    assert!(text.matches("cases/wrong.rs").count() >= 4, "{text}");
    let text = stderr(&run("freed_buffer", "cheap", &[]));
    assert!(text.contains("PINNED_FFI_CHECK=full shows where the block was allocated and freed"), "{text}");
}

/// Started by a relative name from another folder, the program still finds its own symbols.
#[test]
fn full_works_for_a_program_started_by_a_relative_name() {
    let program = std::path::Path::new(env!("CARGO_BIN_EXE_cases"));
    let (folder, name) = (program.parent().expect("a folder"), program.file_name().expect("a name"));
    let output = Command::new(std::path::Path::new(".").join(name))
        .current_dir(folder)
        .arg("freed_buffer")
        .env("PINNED_FFI_CHECK", "full")
        .env("RUST_BACKTRACE", "0")
        .output()
        .expect("the program runs");
    let text = stderr(&output);
    assert!(text.contains("allocated at: ") && text.contains("cases/wrong.rs"), "{text}");
}

#[test]
fn the_tables_are_complete() {
    let listed = String::from_utf8(run("list", "off", &[]).stdout).expect("names are text");
    let names = |kind: &str| -> Vec<String> {
        listed.lines().filter_map(|line| line.strip_prefix(kind)).map(|name| name.trim().to_owned()).collect()
    };
    let mut known: Vec<&str> = WRONG.iter().map(|(name, ..)| *name).collect();
    let mut wrong = names("wrong ");
    known.sort_unstable();
    wrong.sort_unstable();
    assert_eq!(wrong, known);
    let known: Vec<&str> = WRONG_AT_FULL.iter().map(|(name, ..)| *name).collect();
    assert_eq!(names("full "), known);
    assert!(names("legal ").len() >= 25);
}

#[test]
fn legal_calls_are_silent_at_every_level() {
    let listed = String::from_utf8(run("list", "off", &[]).stdout).expect("names are text");
    for case in listed.lines().filter_map(|line| line.strip_prefix("legal ")) {
        for level in ["off", "cheap", "full"] {
            let output = run(case, level, &[]);
            let text = stderr(&output);
            assert!(output.status.success(), "{case} at {level}: {text}");
            assert!(text.is_empty(), "{case} at {level} said: {text}");
        }
    }
}

#[test]
fn log_goes_on_and_abort_does_not() {
    let logged = run("freed_buffer", "cheap", &[("PINNED_FFI_ON_VIOLATION", "log")]);
    assert!(logged.status.success(), "{}", stderr(&logged));
    assert!(stderr(&logged).starts_with("error[PF002]: "), "{}", stderr(&logged));
    assert_eq!(String::from_utf8_lossy(&logged.stdout), "done\n");

    let aborted = run("freed_buffer", "cheap", &[("PINNED_FFI_ON_VIOLATION", "abort")]);
    assert!(stderr(&aborted).starts_with("error[PF002]: "), "{}", stderr(&aborted));
    #[cfg(unix)]
    assert_eq!(std::os::unix::process::ExitStatusExt::signal(&aborted.status), Some(libc::SIGABRT));
}

#[test]
fn reports_as_json_lines() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("with space.jsonl");
    let path = path.to_str().expect("the path is text");
    let settings = [("PINNED_FFI_ON_VIOLATION", "log"), ("PINNED_FFI_REPORT", path)];
    for case in ["freed_buffer", "same_buffer_twice", "freed_while_pinned"] {
        assert!(run(case, "full", &settings).status.success());
    }
    let text = std::fs::read_to_string(path).expect("the file was written");
    let lines: Vec<serde_json::Value> =
        text.lines().map(|line| serde_json::from_str(line).expect("each line is JSON")).collect();
    assert_eq!(lines.len(), 3, "{text}");
    assert_eq!(lines[0]["schema"], 1);
    assert_eq!(lines[0]["code"], "PF002");
    assert_eq!(lines[0]["function"], "readv");
    assert_eq!(lines[0]["path"], "iov[2].iov_base");
    assert_eq!(lines[0]["declared_bytes"], 4097);
    assert_eq!(lines[0]["block"]["freed"], true);
    assert!(!lines[0]["block"]["allocated_at"].as_array().expect("a list").is_empty());
    assert_eq!(lines[1]["code"], "PF007");
    assert_eq!(lines[2]["code"], "PF010");
    assert!(lines[2]["pinned_at"].as_str().is_some_and(|at| at.contains("cases/wrong.rs:")));
}

#[test]
fn the_limit_of_pins_can_be_set_from_outside_and_is_told_once() {
    let log = ("PINNED_FFI_ON_VIOLATION", "log");
    let output = run("holders_in_boxes_and_vectors", "cheap", &[log, ("PINNED_FFI_PIN_LIMIT", "300+20")]);
    let text = stderr(&output);
    assert!(output.status.success(), "{text}");
    assert!(text.contains("301 pins stand at once, more than the limit of 300 and 20 for each of 0 calls"), "{text}");
    assert_eq!(text.matches("error[").count(), 1, "{text}");
    let output = run("holders_in_boxes_and_vectors", "cheap", &[("PINNED_FFI_PIN_LIMIT", "1000")]);
    assert!(stderr(&output).is_empty(), "{}", stderr(&output));
    let output = run("holders_in_boxes_and_vectors", "cheap", &[("PINNED_FFI_PIN_LIMIT", "few")]);
    assert!(stderr(&output).contains("PINNED_FFI_PIN_LIMIT=\"few\" is not one of base or base+per_call"));
}

/// With a policy that goes on, a callback gets the error as a value.
#[test]
fn stale_handles_are_told_and_the_callback_goes_on() {
    for case in ["removed_handle", "null_handle", "made_up_handle", "handle_of_another_type"] {
        let output = run(case, "cheap", &[("PINNED_FFI_ON_VIOLATION", "log")]);
        let text = stderr(&output);
        assert!(output.status.success() && text.starts_with("error[PF014]: "), "{case}: {text}");
    }
}

#[test]
fn misspelt_settings_are_told() {
    let output = run("null_vector_of_zero", "fulll", &[]);
    assert!(output.status.success());
    assert!(
        stderr(&output).contains("PINNED_FFI_CHECK=\"fulll\" is not one of off, cheap or full"),
        "{}",
        stderr(&output)
    );
}

#[test]
fn a_report_file_that_cannot_be_written_is_told() {
    let settings = [("PINNED_FFI_ON_VIOLATION", "log"), ("PINNED_FFI_REPORT", "/nonexistent/folder/x.jsonl")];
    let output = run("freed_buffer", "cheap", &settings);
    assert!(output.status.success());
    let text = stderr(&output);
    assert!(text.contains("cannot open /nonexistent/folder/x.jsonl") && text.contains("error[PF002]"), "{text}");
}
