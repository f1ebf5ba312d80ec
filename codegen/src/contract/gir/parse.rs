//! Reads the XML of a `.gir` file, format 1.2.

use super::types::{GirType, Kind};
use super::{GirFn, GirParam, Introspection, Namespace, Transfer, Way};
use crate::contract::callback::Scope;
use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::read::text_file::TextFile;
use roxmltree::{Document, Node};

/// The format we read.
const VERSION: &str = "1.2";
const C: &str = "http://www.gtk.org/introspection/c/1.0";
const GLIB: &str = "http://www.gtk.org/introspection/glib/1.0";

/// Reads a file and adds it to what was read before.
///
/// # Errors
///
/// Text that is no XML, or another format, at its place.
pub fn parse(file: &TextFile, into: &mut Introspection) -> Result<(), Diagnostics> {
    let document = Document::parse(&file.text).map_err(|error| {
        let at = error.pos();
        let place = format!("{}:{}:{}", file.path.display(), at.row, at.col);
        Diagnostic::new(codes::INTROSPECTION, crate::diag::Place::Header(place), format!("this is no XML: {error}"))
            .help("take the `.gir` file as its library installs it")
    })?;
    let root = document.root_element();
    let refuse = |message: String| {
        Diagnostics::from(
            Diagnostic::new(codes::INTROSPECTION, file.place(root.range().start), message)
                .help(format!("name a `.gir` file of format {VERSION}, as g-ir-scanner writes it")),
        )
    };
    if root.tag_name().name() != "repository" {
        return Err(refuse(format!("`{}` is no introspection repository", root.tag_name().name())));
    }
    match root.attribute("version") {
        Some(VERSION) => {}
        Some(other) => return Err(refuse(format!("the file has format {other}, and {VERSION} is known here"))),
        None => return Err(refuse("the file does not say its format".into())),
    }
    let mut found = false;
    for node in children(root, "namespace") {
        found = true;
        let name = node.attribute("name").unwrap_or_default();
        let mut reader = Reader { file, name, functions: Vec::new(), into };
        reader.items(node);
        let functions = reader.functions;
        let version = node.attribute("version").map(|version| format!("-{version}")).unwrap_or_default();
        into.namespaces.push(Namespace {
            name: format!("{name}{version}"),
            at: file.place(node.range().start),
            functions,
        });
    }
    if found { Ok(()) } else { Err(refuse("the repository has no namespace".into())) }
}

struct Reader<'a> {
    file: &'a TextFile,
    name: &'a str,
    functions: Vec<String>,
    into: &'a mut Introspection,
}

fn children<'a, 'i>(node: Node<'a, 'i>, name: &'static str) -> impl Iterator<Item = Node<'a, 'i>> {
    node.children().filter(move |child| child.tag_name().name() == name)
}

fn is_set(node: Node<'_, '_>, name: &str) -> bool {
    node.attribute(name) == Some("1")
}

fn number(node: Node<'_, '_>, name: &str) -> Option<usize> {
    node.attribute(name)?.parse().ok()
}

fn doc(node: Node<'_, '_>) -> String {
    children(node, "doc").filter_map(|doc| doc.text()).collect()
}

impl Reader<'_> {
    /// A name with its namespace; basic types have none, and begin with a small letter.
    fn qualified(&self, name: &str) -> String {
        if name.contains('.') || !name.starts_with(|first: char| first.is_ascii_uppercase()) {
            name.to_owned()
        } else {
            format!("{}.{name}", self.name)
        }
    }

    fn items(&mut self, namespace: Node<'_, '_>) {
        for node in namespace.children().filter(Node::is_element) {
            let kind = match node.tag_name().name() {
                "class" => Kind::Class {
                    parent: node.attribute("parent").map(|parent| self.qualified(parent)),
                    is_fundamental: is_set_in(node, GLIB, "fundamental"),
                    unref: node.attribute((GLIB, "unref-func")).map(str::to_owned),
                },
                "interface" => Kind::Interface {
                    parent: children(node, "prerequisite")
                        .find_map(|node| node.attribute("name"))
                        .map(|parent| self.qualified(parent)),
                },
                "record" | "union" => Kind::Record {
                    is_opaque: ["disguised", "opaque", "pointer"].iter().any(|flag| is_set(node, flag))
                        || children(node, "field").next().is_none(),
                    free: node.attribute("free-function").map(str::to_owned).or_else(|| release(node)),
                },
                "callback" => Kind::Callback,
                "function" => {
                    self.function(node, false);
                    continue;
                }
                _ => Kind::Other,
            };
            if let Some(name) = node.attribute("name") {
                self.into.types.by_name.insert(self.qualified(name), kind);
            }
            for member in node.children() {
                match member.tag_name().name() {
                    "constructor" => self.function(member, true),
                    "method" | "function" => self.function(member, false),
                    _ => {}
                }
            }
        }
    }

    fn function(&mut self, node: Node<'_, '_>, is_constructor: bool) {
        let Some(name) = node.attribute((C, "identifier")) else { return };
        // A function that moved into a type stands in both places; where it moved to tells more.
        if node.has_attribute("moved-to") && self.into.functions.contains_key(name) {
            return;
        }
        let list = children(node, "parameters").next();
        let has_instance = list.is_some_and(|list| children(list, "instance-parameter").next().is_some());
        let params = list.into_iter().flat_map(|list| list.children());
        let params: Vec<GirParam> = params
            .filter(|param| matches!(param.tag_name().name(), "instance-parameter" | "parameter"))
            // `...` is no parameter of the declaration.
            .filter(|param| children(*param, "varargs").next().is_none())
            .map(|param| self.param(param, usize::from(has_instance)))
            .collect();
        let result = children(node, "return-value")
            .next()
            .map(|result| self.param(result, usize::from(has_instance)))
            .unwrap_or_default();
        self.functions.push(name.to_owned());
        self.into.functions.insert(
            name.to_owned(),
            GirFn {
                at: self.file.place(node.range().start),
                params,
                has_instance,
                result,
                throws: is_set(node, "throws"),
                is_constructor,
                is_introspectable: node.attribute("introspectable") != Some("0"),
                doc: doc(node),
            },
        );
    }

    /// A parameter or a result; numbers in it leave out the instance, `shift` counts it.
    fn param(&self, node: Node<'_, '_>, shift: usize) -> GirParam {
        let way = match node.attribute("direction") {
            Some("out") => Way::Out,
            Some("inout") => Way::InOut,
            _ => Way::In,
        };
        let allow_none = is_set(node, "allow-none");
        GirParam {
            name: node.attribute("name").unwrap_or_default().to_owned(),
            ty: self.ty(node, shift),
            way,
            caller_allocates: is_set(node, "caller-allocates"),
            transfer: match node.attribute("transfer-ownership") {
                Some("full") => Transfer::Full,
                Some("container") => Transfer::Container,
                _ => Transfer::None,
            },
            is_nullable: is_set(node, "nullable") || (allow_none && way == Way::In),
            is_optional: is_set(node, "optional") || (allow_none && way != Way::In),
            scope: node.attribute("scope").and_then(Scope::from_word),
            closure: number(node, "closure").and_then(|number| number.checked_add(shift)),
            destroy: number(node, "destroy").and_then(|number| number.checked_add(shift)),
            doc: doc(node),
        }
    }

    /// The type inside a parameter, or inside an array.
    fn ty(&self, node: Node<'_, '_>, shift: usize) -> GirType {
        for child in node.children() {
            let c_type = child.attribute((C, "type")).unwrap_or_default().to_owned();
            match (child.tag_name().name(), child.attribute("name")) {
                ("type", Some(name)) | ("array", Some(name)) => {
                    return GirType::Named { name: self.qualified(name), c_type };
                }
                ("array", None) => {
                    let length = number(child, "length").and_then(|number| number.checked_add(shift));
                    let fixed = child.attribute("fixed-size").and_then(|size| size.parse().ok());
                    // Without a word about its end, an array ends with zero.
                    let zero_terminated = match child.attribute("zero-terminated") {
                        Some(text) => text == "1",
                        None => length.is_none() && fixed.is_none(),
                    };
                    // One level is all that we ask for; a file may hold thousands.
                    let element = Box::new(self.element(child));
                    return GirType::Array { length, fixed, zero_terminated, element, c_type };
                }
                _ => {}
            }
        }
        GirType::Unknown
    }

    /// The type of an array's elements; an array of arrays has unknown ones.
    fn element(&self, array: Node<'_, '_>) -> GirType {
        let named = children(array, "type").find_map(|child| Some((child, child.attribute("name")?)));
        named.map_or(GirType::Unknown, |(child, name)| GirType::Named {
            name: self.qualified(name),
            c_type: child.attribute((C, "type")).unwrap_or_default().to_owned(),
        })
    }
}

fn is_set_in(node: Node<'_, '_>, space: &str, name: &str) -> bool {
    node.attribute((space, name)) == Some("1")
}

/// The method that releases a record: `unref`, else `free`, where it takes nothing but the record.
fn release(record: Node<'_, '_>) -> Option<String> {
    ["unref", "free"].iter().find_map(|wanted| {
        let method = children(record, "method").find(|method| method.attribute("name") == Some(wanted))?;
        let takes_more = children(method, "parameters").any(|list| children(list, "parameter").next().is_some());
        method.attribute((C, "identifier")).filter(|_| !takes_more).map(str::to_owned)
    })
}
