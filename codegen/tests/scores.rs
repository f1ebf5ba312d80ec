//! How well contracts inferred from headers alone agree with what libraries say of themselves in their `.gir` files.
//!
//! Skipped where the libraries are not installed. A claim counts as wrong only where the other side contradicts it.

use pinned_ffi_codegen::Builder;
use pinned_ffi_codegen::audit::{FunctionReport, ParamReport, Report, report};
use std::collections::BTreeMap;
use std::process::Command;

/// Types on which a `.gir` says nothing about a length: strings, untyped and unannotated scalar pointers.
const SILENT: &[&str] = &[
    "utf8",
    "filename",
    "gpointer",
    "guint8",
    "gint8",
    "gchar",
    "guchar",
    "gunichar",
    "gunichar2",
    "gint",
    "guint",
    "gint32",
    "guint32",
    "gdouble",
    "gfloat",
];

/// Libraries beside those that the targets are about: name, package, header, and their own functions.
const OTHERS: &[(&str, &str, &str, &str)] = &[
    ("GdkPixbuf-2.0", "gdk-pixbuf-2.0", "gdk-pixbuf/gdk-pixbuf.h", "gdk_pixbuf_.*"),
    ("Gst-1.0", "gstreamer-1.0", "gst/gst.h", "gst_.*"),
    ("Gtk-4.0", "gtk4", "gtk/gtk.h", "gtk_.*"),
    ("HarfBuzz-0.0", "harfbuzz-gobject", "hb-gobject.h", "hb_.*"),
    ("Json-1.0", "json-glib-1.0", "json-glib/json-glib.h", "json_.*"),
    ("Secret-1", "libsecret-1", "libsecret/secret.h", "secret_.*"),
];

/// A parameter in a `.gir`.
#[derive(Debug, Default)]
struct Truth {
    by: Option<usize>,
    closure: Option<usize>,
    is_out: bool,
    is_string: bool,
    is_array: bool,
    is_receiver: bool,
    has_scope: bool,
    type_name: Option<String>,
}

/// Right, claimed, true.
type Tally = [usize; 3];

#[derive(Debug, Default)]
struct Score {
    array: Tally,
    string: Tally,
    out: Tally,
    callback: Tally,
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let start = tag.find(&format!(" {name}=\"")).or_else(|| tag.find(&format!("\n{name}=\"")))?;
    let rest = &tag[start..];
    rest.split('"').nth(1)
}

/// Parameters by function. Reads tags alone: whatever these files hold between them is prose.
fn truth(gir: &str) -> BTreeMap<String, Vec<Truth>> {
    let mut functions: BTreeMap<String, Vec<Truth>> = BTreeMap::new();
    let mut stack: Vec<&str> = Vec::new();
    let mut function: Option<(String, Vec<Truth>)> = None;
    for tag in gir.split('<').skip(1) {
        let tag = tag.split('>').next().unwrap_or(tag).trim_end();
        if let Some(name) = tag.strip_prefix('/') {
            stack.pop();
            if matches!(name, "function" | "method" | "constructor")
                && let Some((name, params)) = function.take()
            {
                functions.insert(name, params);
            }
            continue;
        }
        let is_empty = tag.ends_with('/');
        let tag = &tag.replace(['\n', '\t'], " ");
        let name = tag.split([' ', '/']).next().unwrap_or_default();
        let kind =
            ["function", "method", "constructor", "parameters", "parameter", "instance-parameter", "array", "type"]
                .into_iter()
                .find(|kind| *kind == name)
                .unwrap_or("other");
        match (kind, stack.last().copied()) {
            ("function" | "method" | "constructor", _) => {
                function = attribute(tag, "c:identifier").map(|name| (name.to_owned(), Vec::new()));
            }
            ("parameter" | "instance-parameter", Some("parameters")) => {
                if let Some((_, params)) = &mut function {
                    params.push(Truth {
                        closure: attribute(tag, "closure").and_then(|at| at.parse().ok()),
                        is_out: attribute(tag, "direction").is_some_and(|direction| direction != "in"),
                        has_scope: attribute(tag, "scope").is_some(),
                        is_receiver: kind == "instance-parameter",
                        ..Truth::default()
                    });
                }
            }
            ("array", Some("parameter")) => {
                if let Some(param) = function.as_mut().and_then(|(_, params)| params.last_mut()) {
                    param.is_array = true;
                    param.by = attribute(tag, "length").and_then(|at| at.parse().ok());
                }
            }
            ("type", Some("parameter")) => {
                if let Some(param) = function.as_mut().and_then(|(_, params)| params.last_mut()) {
                    let name = attribute(tag, "name");
                    param.is_string = matches!(name, Some("utf8" | "filename")) && !param.is_out;
                    param.type_name = name.map(str::to_owned);
                }
            }
            _ => {}
        }
        if !is_empty && !tag.starts_with(['?', '!']) {
            stack.push(kind);
        }
    }
    functions
}

fn compare(report: &Report, truth: &BTreeMap<String, Vec<Truth>>, score: &mut Score) -> usize {
    let mut seen = 0;
    for function in report.functions.iter().filter(|function| function.skipped.is_none()) {
        let Some(params) = truth.get(&function.name) else { continue };
        seen += 1;
        let shift = params.iter().filter(|param| param.is_receiver).count();
        for (param, wanted) in function.params.iter().zip(params).filter(|(_, wanted)| !wanted.is_receiver) {
            one(function, param, wanted, shift, score);
        }
    }
    seen
}

fn one(function: &FunctionReport, param: &ParamReport, wanted: &Truth, shift: usize, score: &mut Score) {
    let place =
        |name: Option<&String>| name.and_then(|name| function.params.iter().position(|param| param.name == *name));
    let is_typed = wanted.is_array || !wanted.type_name.as_deref().is_some_and(|name| SILENT.contains(&name));
    let is_sized = matches!(param.extent.kind, "count" | "bytes");
    let mut tell =
        |tally: fn(&mut Score) -> &mut Tally, got: Option<usize>, wanted: Option<usize>, contradicts: bool| {
            if wanted.is_none() && !contradicts {
                return;
            }
            let [right, claimed, all] = tally(score);
            *right += usize::from(got.is_some() && got == wanted);
            *claimed += usize::from(got.is_some());
            *all += usize::from(wanted.is_some());
        };
    let by = place(param.extent.by.as_ref().filter(|_| is_sized));
    tell(|score| &mut score.array, by, wanted.by.map(|at| at + shift), is_typed || wanted.is_out);
    let text = (param.extent.kind == "null_terminated").then_some(0);
    tell(|score| &mut score.string, text, wanted.is_string.then_some(0), is_typed);
    let out = (param.pointer && matches!(param.direction, "out" | "inout")).then_some(0);
    tell(|score| &mut score.out, out, wanted.is_out.then_some(0), false);
    let data = place(param.callback.as_ref().and_then(|callback| callback.userdata.as_ref()));
    let closure = wanted.closure.filter(|_| wanted.has_scope).map(|at| at + shift);
    tell(|score| &mut score.callback, data, closure, closure.is_some());
}

fn audit(header: &str, package: &str, functions: Option<&str>) -> Option<Report> {
    let flags =
        Command::new("pkg-config").args(["--cflags", package]).output().ok().filter(|out| out.status.success())?;
    let flags = String::from_utf8(flags.stdout).ok()?;
    let mut builder = Builder::new().header(header).clang_args(flags.split_whitespace());
    if let Some(functions) = functions {
        builder = builder.allow(functions);
    }
    let bindings = builder.generate();
    Some(report(&bindings.unwrap_or_else(|errors| panic!("{header}: {errors}")).output))
}

#[test]
fn inferred_contracts_agree_with_what_glib_and_pango_say() {
    let names = ["GLib-2.0", "GObject-2.0", "Gio-2.0", "Pango-1.0"];
    let girs: Vec<String> = names.iter().filter_map(|name| gir(name)).collect();
    let (Some(gio), Some(pango)) = (audit("gio/gio.h", "gio-2.0", None), audit("pango/pango.h", "pango", None)) else {
        return println!("skipped: the libraries are not installed");
    };
    if girs.len() < names.len() {
        return println!("skipped: no .gir files of the libraries");
    }
    let mut score = Score::default();
    for (name, gir) in names.iter().zip(&girs) {
        let report = if name.starts_with("Pango") { &pango } else { &gio };
        assert!(compare(report, &truth(gir), &mut score) > 300, "{name}: hardly a function is known to both");
    }
    let [array, string, out, callback] = [score.array, score.string, score.out, score.callback];
    for (what, [_, _, all]) in [("array", array), ("string", string), ("out", out), ("callback", callback)] {
        assert!(all > 50, "{what}: {all} are not worth a comparison");
    }
    demand(&score);
}

#[test]
fn inferred_contracts_agree_with_what_other_libraries_say() {
    let mut score = Score::default();
    for (name, package, header, functions) in OTHERS {
        let (Some(gir), Some(report)) = (gir(name), audit(header, package, Some(functions))) else {
            println!("skipped: {name} is not installed");
            continue;
        };
        assert!(compare(&report, &truth(&gir), &mut score) > 50, "{name}: hardly a function is known to both");
    }
    demand(&score);
}

fn gir(name: &str) -> Option<String> {
    std::fs::read_to_string(format!("/usr/share/gir-1.0/{name}.gir")).ok()
}

/// What is asked of inference: how many claims are right, and how many facts are found.
fn demand(score: &Score) {
    println!("{score:?}");
    let share = |part: usize, whole: usize| if whole == 0 { 1.0 } else { part as f64 / whole as f64 };
    for (what, [right, claimed, all], precision, recall) in [
        ("array", score.array, 0.95, 0.90),
        ("string", score.string, 0.99, 0.90),
        ("out", score.out, 0.0, 0.90),
        ("callback", score.callback, 0.97, 0.95),
    ] {
        assert!(share(right, claimed) >= precision, "{what}: {right} of {claimed} claims are right");
        assert!(share(right, all) >= recall, "{what}: {right} of {all} were found");
    }
}
