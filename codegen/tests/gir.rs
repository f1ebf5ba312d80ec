//! GObject-Introspection: what annotations give, what they do not give, and files that are none.

use pinned_ffi_codegen::{Bindings, Builder, dump};
use std::path::Path;
use std::process::Command;

fn fixture(name: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/gir").join(name).display().to_string()
}

fn mine() -> Builder {
    Builder::new().header(fixture("mine.h")).allow("mine_.*").gir(fixture("Mine-1.0.gir")).without_rule("all")
}

fn generated(builder: &Builder) -> Bindings {
    builder.generate().unwrap_or_else(|errors| panic!("{errors}"))
}

fn refused(builder: &Builder) -> String {
    match builder.generate() {
        Ok(_) => panic!("that should have been refused"),
        Err(errors) => errors.to_string(),
    }
}

/// What the dump says of one function.
fn of(bindings: &Bindings, function: &str) -> String {
    let text = dump::contracts(&bindings.output.header, &bindings.output.contracts);
    let mut lines = text.lines().skip_while(|line| *line != function);
    let first = lines.next().unwrap_or_default().to_owned();
    let rest: Vec<&str> = lines.take_while(|line| line.starts_with(' ')).collect();
    format!("{first}\n{}\n", rest.join("\n"))
}

#[track_caller]
fn is(bindings: &Bindings, function: &str, expected: &str) {
    assert_eq!(of(bindings, function), format!("{function}\n{expected}"));
}

#[track_caller]
fn has(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "{part:?} is not in:\n{text}");
    }
}

#[test]
fn arrays_instances_and_errors() {
    is(
        &generated(&mine()),
        "mine_window_write",
        "  window\n    nullability: nonnull [gir: instance-parameter]\n    opaque: yes [gir: Mine.Window]\n\
         \x20 data\n    direction: in [default: pointer to const]\n    extent: sized_by(count) [gir: array length]\n\
         \x20   escape: noescape [gir: transfer-ownership none]\n\
         \x20 written\n    direction: out [gir: direction out]\n    nullability: nullable [gir: optional]\n\
         \x20   extent: one [gir: direction out of one value]\n    escape: noescape [gir: direction out]\n\
         \x20 error\n    direction: inout [gir: throws]\n    nullability: nullable [gir: throws]\n\
         \x20   extent: one [gir: throws]\n    escape: noescape [gir: throws]\n\
         \x20   pointee: owned, free = g_error_free, nullable, one [gir: throws]\n",
    );
}

#[test]
fn results_tell_whose_they_are_only_where_somebody_said_so() {
    let bindings = generated(&mine());
    has(
        &of(&bindings, "mine_point_copy"),
        &["returns: owned, free = mine_point_free [gir]", "extent: one [gir: Mine.Point]"],
    );
    has(&of(&bindings, "mine_window_new"), &["returns: owned, free = g_object_unref, opaque [gir]"]);
    has(&of(&bindings, "mine_window_title"), &["returns: nullable, null_terminated [gir]"]);
    // The scanner writes "full" for any string that is not const; the text says nothing of the kind.
    has(&of(&bindings, "mine_find"), &["returns: null_terminated [gir]"]);
    assert!(!of(&bindings, "mine_unlooked").contains("returns"), "a `char **` is no `utf8`");
}

#[test]
fn strings_with_a_length_need_no_end() {
    is(
        &generated(&mine()),
        "mine_find",
        "    returns: null_terminated [gir]\n\
         \x20 text\n    direction: in [default: pointer to const]\n\
         \x20   escape: noescape [gir: transfer-ownership none]\n\
         \x20 needle\n    direction: in [default: pointer to const]\n    extent: null_terminated [gir: utf8]\n\
         \x20   escape: noescape [gir: transfer-ownership none]\n",
    );
}

#[test]
fn callbacks_have_data_scope_and_end() {
    let bindings = generated(&mine());
    is(
        &bindings,
        "mine_each_point",
        "  points\n    direction: in [default: pointer to const]\n    extent: counted_by(count) [gir: array length]\n\
         \x20 each\n    callback: userdata = data, scope = notified, destroy = done [gir: scope notified, closure, destroy]\n\
         \x20 data\n    opaque: yes [gir: closure of each]\n",
    );
    // An operation that goes on after the call has its buffer until it calls back.
    is(
        &bindings,
        "mine_window_read_async",
        "  window\n    nullability: nonnull [gir: instance-parameter]\n    opaque: yes [gir: Mine.Window]\n\
         \x20 into\n    direction: out [gir: direction out]\n    extent: sized_by(count) [gir: array length]\n\
         \x20 ready\n    nullability: nullable [gir: nullable]\n\
         \x20   callback: userdata = data, scope = async [gir: scope async, closure]\n\
         \x20 data\n    opaque: yes [gir: closure of ready]\n",
    );
}

#[test]
fn transfers_name_what_frees() {
    is(
        &generated(&mine()),
        "mine_window_take",
        "  window\n    nullability: nonnull [gir: instance-parameter]\n\
         \x20   escape: transfer(free = g_object_unref) [gir: transfer-ownership full]\n    opaque: yes [gir: Mine.Window]\n\
         \x20 names\n    extent: null_terminated [gir: array zero-terminated]\n\
         \x20   escape: transfer(free = g_strfreev) [gir: transfer-ownership full]\n\
         \x20 numbers\n    extent: counted_by(4) [gir: array fixed-size]\n\
         \x20   escape: transfer(free = g_free) [gir: transfer-ownership container]\n\
         \x20 hidden\n    opaque: yes [gir: Mine.Hidden]\n",
    );
}

#[test]
fn places_that_c_writes() {
    is(
        &generated(&mine()),
        "mine_middle",
        "  from\n    direction: in [default: pointer to const]\n    extent: one [gir: Mine.Point]\n\
         \x20 to\n    direction: out [gir: direction out]\n    extent: one [gir: direction out of one value]\n\
         \x20   escape: noescape [gir: direction out]\n\
         \x20 moved\n    direction: inout [gir: direction inout]\n    extent: one [gir: direction inout of one value]\n\
         \x20   escape: noescape [gir: direction inout]\n",
    );
}

#[test]
fn another_number_of_parameters_is_another_function() {
    is(
        &generated(&mine()),
        "mine_odd",
        "    overruled: gir says 1 parameters, header says 2 parameters and wins\n\
         \x20 text\n    direction: in [default: pointer to const]\n",
    );
}

#[test]
fn stronger_sources_win() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("mine.toml");
    std::fs::write(&path, "schema = 1\n[functions.mine_find.params.needle]\ncounted_by = 3\n").expect("written");
    let builder = mine()
        .contract_file(path.display().to_string())
        .contracts("unsafe extern \"C\" { fn mine_window_new(#[nonnull] title: *const c_char) -> *mut mine_window; }");
    let bindings = generated(&builder);
    has(
        &of(&bindings, "mine_find"),
        &[
            "extent: counted_by(3) [file: counted_by(3)]",
            "escape: noescape [gir: transfer-ownership none]",
            "overruled: needle: gir says utf8, file says counted_by(3) and wins",
        ],
    );
    has(
        &of(&bindings, "mine_window_new"),
        &[
            "nullability: nonnull [attribute: nonnull]",
            "overruled: title: gir says nullable, attribute says nonnull and wins",
        ],
    );
}

/// The refusal of a file with this text.
fn mistake(text: &str) -> String {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("bad.gir");
    std::fs::write(&path, text).expect("the folder can be written");
    refused(&Builder::new().header(fixture("mine.h")).gir(path.display().to_string()))
}

#[test]
fn files_that_are_none_are_told() {
    let open = "<repository version=\"1.2\" xmlns=\"http://www.gtk.org/introspection/core/1.0\">\n";
    for (text, parts) in [
        (format!("{open}<namespace name=\"X\">\n</repository>"), ["error[PB017]: this is no XML", "bad.gir:3:1"]),
        (String::new(), ["error[PB017]: this is no XML", "bad.gir:1:1"]),
        (
            "<repository version=\"2.0\"/>".into(),
            ["error[PB017]: the file has format 2.0, and 1.2 is known", "bad.gir:1:1"],
        ),
        ("\n <repository/>".into(), ["error[PB017]: the file does not say its format", "bad.gir:2:2"]),
        ("<html version=\"1.2\"/>".into(), ["error[PB017]: `html` is no introspection repository", "1:1"]),
        (format!("{open}</repository>"), ["error[PB017]: the repository has no namespace", "format 1.2"]),
        (
            format!("{open} <namespace name=\"X\" version=\"3\"/></repository>"),
            ["error[PB017]: none of the 0 functions of X-3 is declared", "bad.gir:2:2"],
        ),
    ] {
        let text = mistake(&text);
        has(&text, &parts);
        has(&text, &["help:"]);
    }
    let text = refused(&mine().gir("no/such.gir"));
    has(&text, &["error[PB015]: the introspection file no/such.gir does not exist"]);
    let text = refused(&Builder::new().header("sys/uio.h").gir(fixture("Mine-1.0.gir")));
    has(&text, &["error[PB017]: none of the 13 functions of Mine-1.0 is declared", "Mine-1.0.gir:7:3"]);
}

#[test]
fn the_build_watches_the_file() {
    let bindings = generated(&mine());
    assert!(bindings.files.iter().any(|file| file.ends_with("Mine-1.0.gir")), "{:?}", bindings.files);
    assert!(mine().command_line().iter().any(|arg| arg.starts_with("--gir=")));
}

fn own() -> String {
    std::fs::read_to_string(fixture("Mine-1.0.gir")).expect("the fixture is there")
}

#[test]
fn numbers_that_lead_nowhere_claim_nothing() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("Odd-1.0.gir");
    for number in ["99", "-1", "18446744073709551615", "x", ""] {
        let mut text = own();
        for key in ["length", "closure", "destroy", "fixed-size"] {
            for old in ["1", "3", "4"] {
                text = text.replace(&format!(" {key}=\"{old}\""), &format!(" {key}=\"{number}\""));
            }
        }
        std::fs::write(&path, text).expect("the folder can be written");
        let bindings =
            generated(&Builder::new().header(fixture("mine.h")).allow("mine_.*").gir(path.display().to_string()));
        assert!(!of(&bindings, "mine_each_point").contains("userdata"), "{number}");
        assert!(!of(&bindings, "mine_window_write").contains("array length"), "{number}");
    }
}

/// The installed file and clang's arguments for a library; `None`, with a message, where it is not installed.
fn installed(library: &str, file: &str) -> Option<(Vec<String>, String)> {
    let path = format!("/usr/share/gir-1.0/{file}");
    let output = Command::new("pkg-config").args(["--cflags", library]).output().ok()?;
    if !output.status.success() || !Path::new(&path).is_file() {
        eprintln!("skipped: {library} with {file} is not installed");
        return None;
    }
    let args = String::from_utf8_lossy(&output.stdout).split_whitespace().map(str::to_owned).collect();
    Some((args, path))
}

#[test]
fn glib_as_installed() {
    let Some((args, path)) = installed("glib-2.0", "GLib-2.0.gir") else { return };
    let builder = Builder::new()
        .header("glib.h")
        .clang_args(&args)
        .allow("g_base64_encode|g_file_get_contents|g_list_foreach|g_strstr_len|g_bytes_get_data|g_key_file_get_string_list|g_timeout_add_full|g_strlcpy|g_intern_static_string|g_hash_table_new_full")
        .gir(path);
    let bindings = generated(&builder);
    has(
        &of(&bindings, "g_base64_encode"),
        &[
            "extent: counted_by(len) [gir: array length]",
            "nullability: nullable [gir: nullable]",
            "free = g_free, null_terminated [gir]",
        ],
    );
    // The header says that it is fresh memory, the file says with what it is freed: no contradiction.
    assert!(!of(&bindings, "g_base64_encode").contains("overruled"));
    let index = bindings.output.header.functions.iter().position(|function| function.name == "g_base64_encode");
    let contract = index.and_then(|index| bindings.output.contracts.functions.get(index)).expect("it is declared");
    assert_eq!(contract.result(false).free(), Some("g_free"));
    has(
        &of(&bindings, "g_file_get_contents"),
        &[
            "  filename\n    direction: in [default: pointer to const]\n    extent: null_terminated [gir: filename]",
            "pointee: owned, free = g_free, counted_by(*length) [gir:",
            "  length\n    direction: out [gir: direction out]\n    nullability: nullable [gir:",
            "pointee: owned, free = g_error_free, nullable, one [gir: throws]",
        ],
    );
    has(
        &of(&bindings, "g_list_foreach"),
        &["callback: userdata = user_data [gir: closure]", "opaque: yes [gir: GLib.List]"],
    );
    assert!(!of(&bindings, "g_strstr_len").contains("owned"), "it points into its argument");
    has(&of(&bindings, "g_key_file_get_string_list"), &["owned, free = g_strfreev, counted_by(*length) [gir]"]);
    assert!(
        !of(&bindings, "g_strlcpy").contains("[gir: utf8]"),
        "its room holds no string yet, and its source has a length"
    );
    assert!(!of(&bindings, "g_intern_static_string").contains("noescape"), "it keeps what it is given");
    has(&of(&bindings, "g_timeout_add_full"), &["userdata = data, scope = notified, destroy = notify"]);
    assert!(!of(&bindings, "g_hash_table_new_full").contains("scope"), "nobody has looked at it");
}

#[test]
fn pango_as_installed() {
    let Some((args, path)) = installed("pango", "Pango-1.0.gir") else { return };
    let bindings = generated(&Builder::new().header("pango/pango.h").clang_args(&args).allow("pango_.*").gir(path));
    has(
        &of(&bindings, "pango_layout_new"),
        &["returns: owned, free = g_object_unref, opaque [gir]", "opaque: yes [gir: Pango.Context]"],
    );
    has(&of(&bindings, "pango_font_description_to_string"), &["returns: owned, free = g_free, null_terminated [gir]"]);
    has(
        &of(&bindings, "pango_parse_markup"),
        &[
            "pointee: opaque [gir: Pango.AttrList]",
            "  text\n    direction: out [gir: direction out]\n    nullability: nullable [gir: optional]",
        ],
    );
    has(
        &of(&bindings, "pango_attr_list_copy"),
        &["returns: owned, free = pango_attr_list_unref, nullable, opaque [gir]"],
    );
    // A length of -1 means "up to the terminator", and any other length needs none.
    assert!(!of(&bindings, "pango_layout_set_text").contains("null_terminated [gir"));
    let from_gir = dump::contracts(&bindings.output.header, &bindings.output.contracts).matches("[gir").count();
    assert!(from_gir > 500, "{from_gir}");
}
