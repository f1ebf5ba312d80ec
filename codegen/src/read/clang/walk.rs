//! Decides which declarations of the tree count, and what each becomes: a [`RawFn`] or a [`RawRecord`].

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use clang_sys::{
    CX_SC_Extern, CX_SC_Static, CXCursor_FunctionDecl, CXCursor_InclusionDirective, CXCursor_LinkageSpec,
    CXCursor_PreprocessingDirective, CXCursor_StructDecl, CXCursor_UnexposedDecl, CXCursor_UnionDecl,
    CXType_FunctionNoProto,
};

use super::attrs::attrs;
use super::comments;
use super::layer::{Cursor, Unit};
use super::raw::{
    ArrayBound, RawAttr, RawAttrs, RawField, RawFn, RawLinkage, RawLocation, RawParam, RawRecord, RawTypeKind,
    RecordKind,
};
use super::text::non_empty;
use super::types::{array_bound, array_bound_of, raw_type, record_name};
use super::unite::unite;

/// Every function and record of a unit; its files and warnings are left out.
pub(super) fn walk(unit: &Unit<'_>) -> RawAttrs {
    let includes = unit.cursor().children(|kind| kind == CXCursor_InclusionDirective);
    let direct = includes.iter().filter(|cursor| cursor.in_main_file()).filter_map(Cursor::included_file);
    let mut named: HashMap<String, String> = HashMap::new();
    for cursor in &includes {
        let Some(file) = cursor.included_file().filter(|file| !named.contains_key(file)) else { continue };
        let (by, spelling) = (cursor.location().0, cursor.spelling());
        // What lies beside the header that names it is in the same folder by name, too.
        let is_beside = Path::new(&by).parent().is_some_and(|folder| folder.join(&spelling) == Path::new(&file));
        let folder = named.get(&by).and_then(|by| by.rsplit_once('/')).filter(|_| is_beside);
        let name = match (folder, portable(&spelling)) {
            (Some((folder, _)), name) if name == spelling => format!("{folder}/{name}"),
            (_, name) => name,
        };
        named.insert(file, name);
    }
    let mut walk = Walk {
        unit,
        direct: direct.collect(),
        paths: HashMap::new(),
        named,
        functions: HashMap::new(),
        records: HashMap::new(),
        out: RawAttrs::default(),
    };
    walk.declarations(unit.cursor());
    walk.out
}

/// The path of a file that libclang names, as it is on disk.
pub(super) fn absolute(file: &str) -> PathBuf {
    let path = Path::new(file);
    path.canonicalize().or_else(|_| std::path::absolute(path)).unwrap_or_else(|_| path.to_owned())
}

/// Whether a union is passed as its first member is.
fn is_transparent(attr: &RawAttr) -> bool {
    matches!(attr, RawAttr::Other(name) if name.trim_matches('_') == "transparent_union")
}

/// A name in `#include` without what depends on where files lie.
fn portable(name: &str) -> String {
    let path = Path::new(name);
    let is_plain = path.components().all(|part| matches!(part, std::path::Component::Normal(_)));
    match path.file_name() {
        Some(file) if !is_plain => file.to_string_lossy().into_owned(),
        _ => name.replace('\\', "/"),
    }
}

/// The state of one walk.
struct Walk<'u> {
    unit: &'u Unit<'u>,
    /// The files the wrapper itself includes.
    direct: HashSet<String>,
    paths: HashMap<String, PathBuf>,
    /// What `#include` calls each file.
    named: HashMap<String, String>,
    /// Where in `out` each name is.
    functions: HashMap<String, usize>,
    records: HashMap<String, usize>,
    out: RawAttrs,
}

impl<'u> Walk<'u> {
    fn declarations(&mut self, parent: Cursor<'u>) {
        for cursor in parent.children(|kind| {
            // Preprocessing cursors come along and there are thousands.
            kind < CXCursor_PreprocessingDirective
        }) {
            match cursor.kind() {
                CXCursor_FunctionDecl => self.function(cursor),
                CXCursor_StructDecl | CXCursor_UnionDecl => self.record(cursor),
                CXCursor_LinkageSpec | CXCursor_UnexposedDecl => self.declarations(cursor),
                _ => {}
            }
        }
    }

    fn location(&mut self, cursor: Cursor<'u>) -> RawLocation {
        let (file, line, column, _) = cursor.location();
        let header = self.named.get(&file).cloned().unwrap_or_else(|| portable(&file));
        let file = self.paths.entry(file).or_insert_with_key(|file| absolute(file)).clone();
        RawLocation { file, header, line, column }
    }

    fn function(&mut self, cursor: Cursor<'u>) {
        let name = cursor.spelling();
        let ty = cursor.ty();
        let args = cursor.arguments();
        let params: Vec<RawParam> = args.iter().map(|arg| self.param(*arg)).collect();
        let attrs = attrs(self.unit, cursor, Some(&ty));
        let no_prototype = ty.kind() == CXType_FunctionNoProto;
        let func = RawFn {
            param_directions: comments::directions(cursor, &params),
            params,
            result: raw_type(cursor.result()),
            attrs,
            comment: comments::comment(cursor),
            location: self.location(cursor),
            variadic: ty.is_variadic() && !no_prototype,
            no_prototype,
            defined: cursor.is_definition(),
            linkage: match cursor.storage() {
                CX_SC_Static => RawLinkage::StaticInline,
                CX_SC_Extern => RawLinkage::External,
                _ if cursor.is_inline() => RawLinkage::Inline,
                _ => RawLinkage::External,
            },
            in_main_includes: cursor.in_main_file() || self.direct.contains(&cursor.location().0),
            name: name.clone(),
        };
        match self.functions.get(&name) {
            Some(&at) => unite(&mut self.out.functions[at], func),
            None => {
                self.functions.insert(name, self.out.functions.len());
                self.out.functions.push(func);
            }
        }
    }

    fn param(&self, cursor: Cursor<'u>) -> RawParam {
        let attrs = attrs(self.unit, cursor, None);
        let mut ty = raw_type(cursor.ty());
        ty.noescape = attrs.contains(&RawAttr::Noescape);
        let array = array_bound(cursor.ty());
        let name = non_empty(cursor.spelling());
        let commented = name.is_none().then(|| comments::name_behind(cursor, self.unit)).flatten();
        RawParam { name, commented, ty, attrs, array }
    }

    fn record(&mut self, cursor: Cursor<'u>) {
        let name = record_name(cursor);
        let complete = cursor.is_definition();
        let known = self.records.get(&name).copied();
        if known.is_some_and(|at| self.out.records[at].complete || !complete) {
            return;
        }
        let ty = cursor.ty();
        let mut fields: Vec<RawField> = ty.fields().into_iter().map(|field| self.field(field)).collect();
        let is_struct = cursor.kind() == CXCursor_StructDecl;
        if let Some(last) = fields.last_mut() {
            let empty = array_bound_of(&last.ty.canonical);
            last.flexible_array = is_struct
                && last.ty.kind == RawTypeKind::Array
                && matches!(empty, Some(ArrayBound::Incomplete | ArrayBound::Fixed(0)));
        }
        let spelling = ty.spelling();
        let record = RawRecord {
            c_name: Some(spelling).filter(|name| !name.contains('(') && !name.is_empty()),
            kind: if is_struct { RecordKind::Struct } else { RecordKind::Union },
            complete,
            transparent: !is_struct && attrs(self.unit, cursor, None).iter().any(is_transparent),
            size: if complete { ty.size().unwrap_or(0) } else { 0 },
            align: if complete { ty.align().unwrap_or(0) } else { 0 },
            fields,
            comment: comments::comment(cursor),
            location: self.location(cursor),
            name: name.clone(),
        };
        match known {
            Some(at) => self.out.records[at] = record,
            None => {
                self.records.insert(name, self.out.records.len());
                self.out.records.push(record);
            }
        }
        for inner in cursor.children(|kind| kind == CXCursor_StructDecl || kind == CXCursor_UnionDecl) {
            self.record(inner);
        }
    }

    fn field(&self, cursor: Cursor<'u>) -> RawField {
        RawField {
            // Newer versions call an anonymous member by its place.
            name: non_empty(cursor.spelling()).filter(|name| !name.contains(['(', ' '])),
            ty: raw_type(cursor.ty()),
            offset_bits: cursor.offset_bits(),
            bit_width: cursor.bit_width(),
            flexible_array: false,
            attrs: attrs(self.unit, cursor, None),
            comment: comments::comment(cursor),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::config::ClangArgs;
    use crate::read::clang::read;
    use crate::read::clang::tests::{lib, wrapper};

    #[test]
    fn headers_named_by_the_wrapper_differ_from_those_below() {
        let Some(lib) = lib() else { return };
        let dir = std::env::temp_dir().join(format!("pinned-ffi-headers-{}", std::process::id()));
        std::fs::create_dir_all(&dir).expect("the temporary directory can be written");
        for (name, text) in [
            ("below.h", "#pragma once\nint below(void);\n"),
            ("twice.h", "#pragma once\nint both(void);\n"),
            ("top.h", "#define _GNU_SOURCE\n#include \"below.h\"\n#include \"twice.h\"\nint top(void);\n"),
        ] {
            std::fs::write(dir.join(name), text).expect("the directory was just made");
        }
        let args = ClangArgs { args: vec![format!("-I{}", dir.display())] };
        let read = read(&wrapper("#include <top.h>\n#include <twice.h>\nint own(void);\n"), &args, &lib);
        let read = read.expect("the headers are right");
        let direct: Vec<_> = read.functions.iter().map(|func| (func.name.as_str(), func.in_main_includes)).collect();
        assert_eq!(direct, [("below", false), ("both", true), ("top", true), ("own", true)]);
        let names: Vec<_> = read.files.iter().filter_map(|file| file.file_name()).collect();
        assert_eq!(names, ["below.h", "top.h", "twice.h"]);
        std::fs::remove_dir_all(&dir).expect("the directory was just made");
    }
}
