//! What a `.gir` says of parameters, and an audit against it, by the rules of `gir_score.py`.
//!
//! A claim counts as wrong only where the `.gir` contradicts it: it is silent on many pairs, such as a text with its length.

use crate::tally::{Axis, Score, is_out, measured_by, user_data};
use pinned_ffi_codegen::audit::Report;
use roxmltree::{Document, Node, ParsingOptions};
use std::collections::BTreeMap;

const CORE: &str = "http://www.gtk.org/introspection/core/1.0";
const C: &str = "http://www.gtk.org/introspection/c/1.0";

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

/// A parameter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Truth {
    /// The parameter with its length.
    by: Option<usize>,
    is_out: bool,
    is_string: bool,
    /// What its callback gets handed.
    closure: Option<usize>,
    /// Whether it is not this kind of thing, if it says nothing.
    is_no_pair: bool,
    is_no_string: bool,
}

/// The parameters of each function; the receiver's place is empty.
pub(crate) type Functions = BTreeMap<String, Vec<Option<Truth>>>;

/// Reads a `.gir`.
pub(crate) fn truth(text: &str) -> Result<Functions, roxmltree::Error> {
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    let document = Document::parse_with_options(text, options)?;
    let mut functions = Functions::new();
    for tag in ["function", "method", "constructor"] {
        for item in document.descendants().filter(|node| node.has_tag_name((CORE, tag))) {
            let holder = item.children().find(|node| node.has_tag_name((CORE, "parameters")));
            if let (Some(name), Some(holder)) = (item.attribute((C, "identifier")), holder) {
                functions.insert(name.to_owned(), params(holder));
            }
        }
    }
    Ok(functions)
}

fn params(holder: Node<'_, '_>) -> Vec<Option<Truth>> {
    let of = |tag: &'static str| holder.children().filter(move |node| node.has_tag_name((CORE, tag)));
    let shift = of("instance-parameter").count();
    (0..shift).map(|_| None).chain(of("parameter").map(|node| Some(param(node, shift)))).collect()
}

fn param(node: Node<'_, '_>, shift: usize) -> Truth {
    let child = |tag| node.children().find(|child| child.has_tag_name((CORE, tag)));
    let place = |text: Option<&str>| text.and_then(|text| text.parse::<usize>().ok()).map(|at| at + shift);
    let array = child("array");
    let name = child("type").and_then(|node| node.attribute("name"));
    let is_out = node.attribute("direction").is_some_and(|direction| direction != "in");
    let is_typed = name.is_some_and(|name| !SILENT.contains(&name));
    Truth {
        by: place(array.and_then(|array| array.attribute("length"))),
        is_out,
        is_string: matches!(name, Some("utf8" | "filename")) && !is_out,
        closure: node.attribute("scope").and_then(|_| place(node.attribute("closure"))),
        is_no_pair: array.is_some() || is_out || is_typed,
        is_no_string: array.is_some() || is_typed,
    }
}

/// Scores an audit; how many functions both know. `judged` holds a function, a parameter and its length in each row.
pub(crate) fn compare(report: &Report, truth: &Functions, judged: &[[&str; 3]], score: &mut Score) -> usize {
    let mut seen = 0;
    for function in report.functions.iter().filter(|function| function.skipped.is_none()) {
        let Some(wanted) = truth.get(&function.name) else { continue };
        seen += 1;
        let place = |name: Option<&str>| function.params.iter().position(|param| Some(&*param.name) == name);
        for (param, wanted) in function.params.iter().zip(wanted) {
            let Some(wanted) = wanted else { continue };
            let by = place(measured_by(param));
            if by.is_none() || wanted.by.is_some() || wanted.is_no_pair {
                score.tell(Axis::Array, function, param, by, wanted.by);
                let claim = [&*function.name, &*param.name, measured_by(param).unwrap_or_default()];
                score.judged += usize::from(by.is_some() && by != wanted.by && judged.contains(&claim));
            }
            let text = (param.extent.kind == "null_terminated").then_some(());
            if text.is_none() || wanted.is_string || wanted.is_no_string {
                score.tell(Axis::String, function, param, text, wanted.is_string.then_some(()));
            }
            // An object behind a plain pointer is no claim of "out" in the `.gir`'s sense.
            if wanted.is_out {
                score.tell(Axis::Out, function, param, is_out(param).then_some(()), Some(()));
            }
            // A claim where the `.gir` has none is not contradicted: it is silent on many.
            if wanted.closure.is_some() {
                score.tell(Axis::Callback, function, param, place(user_data(param)), wanted.closure);
            }
        }
    }
    seen
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_with_their_places() {
        let text = r#"<?xml version="1.0"?>
<repository xmlns="http://www.gtk.org/introspection/core/1.0" xmlns:c="http://www.gtk.org/introspection/c/1.0">
  <class><method name="m" c:identifier="a_m"><parameters>
    <instance-parameter name="self"><type name="A"/></instance-parameter>
    <parameter name="keys"><array length="1"><type name="gint"/></array></parameter>
    <parameter name="n"><type name="gsize"/></parameter>
    <parameter name="f" scope="call" closure="3"><type name="Func"/></parameter>
    <parameter name="data"><type name="gpointer"/></parameter>
    <parameter name="name"><type name="utf8"/></parameter>
    <parameter name="to" direction="out"><type name="utf8"/></parameter>
  </parameters></method></class>
</repository>"#;
        let functions = truth(text).expect("it is in order");
        let params = &functions["a_m"];
        assert_eq!(params.len(), 7);
        assert_eq!(params[0], None);
        let at = |place: usize| params[place].as_ref().expect("a parameter");
        assert_eq!((at(1).by, at(1).is_no_pair), (Some(2), true));
        assert_eq!((at(3).closure, at(3).is_no_string), (Some(4), true));
        assert_eq!((at(4).is_no_pair, at(4).closure), (false, None));
        assert!(at(5).is_string && !at(5).is_out);
        assert!(at(6).is_out && !at(6).is_string);
    }
}
