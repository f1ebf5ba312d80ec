//! Closures for every handler of expat that gets the parser's data, and for those that get their own. No report at any level, panics
//! that come back, and nothing that leaks.

#![allow(clippy::multiple_unsafe_ops_per_block, reason = "a test is a row of calls; one proof stands for the row")]

mod support;

use pinned_ffi::{Owned, pinned_ffi};
use std::ffi::{CStr, c_char, c_int};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex};
use support::at_every_level;

#[rustfmt::skip]
#[pinned_ffi(
    header = "expat.h",
    allow = "XML_(ParserCreate(NS)?|ParserFree|ParserReset|ExternalEntityParserCreate|Parse|GetErrorCode|FreeContentModel|Set.*)|XML_Content|XML_Encoding",
    safe = "XML_(ParserCreateNS|ParserReset|Parse|SetExternalEntityRefClosure|SetHandlers)"
)]
mod xml {
    unsafe extern "C" {
        #[idiomatic]
        fn XML_SetAllHandlers(
            parser: XML_Parser, start: XML_StartElementHandler, end: XML_EndElementHandler, text: XML_CharacterDataHandler,
            instruction: XML_ProcessingInstructionHandler, comment: XML_CommentHandler, cdataStart: XML_StartCdataSectionHandler,
            cdataEnd: XML_EndCdataSectionHandler, other: XML_DefaultHandler, doctypeStart: XML_StartDoctypeDeclHandler,
            doctypeEnd: XML_EndDoctypeDeclHandler, xmlDecl: XML_XmlDeclHandler, elementDecl: XML_ElementDeclHandler,
            attlistDecl: XML_AttlistDeclHandler, entityDecl: XML_EntityDeclHandler, unparsedEntityDecl: XML_UnparsedEntityDeclHandler,
            notationDecl: XML_NotationDeclHandler, skippedEntity: XML_SkippedEntityHandler, namespaceStart: XML_StartNamespaceDeclHandler,
            namespaceEnd: XML_EndNamespaceDeclHandler, notStandalone: XML_NotStandaloneHandler, userData: *mut c_void,
        );
        #[idiomatic]
        fn XML_SetUnknownEncodingHandler(parser: XML_Parser, handler: XML_UnknownEncodingHandler, encodingHandlerData: *mut c_void);
    }
}

#[link(name = "expat")]
unsafe extern "C" {}

fn said(body: impl FnOnce()) -> String {
    let payload = catch_unwind(AssertUnwindSafe(body)).expect_err("it panics");
    let text = payload.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| payload.downcast_ref::<String>().cloned()).expect("a text")
}

type Parser = Owned<'static, xml::XML_ParserStruct, xml::raw::XML_ParserFree>;

fn parser() -> Parser {
    xml::XML_ParserCreateNS(None, b'|' as c_char).expect("memory is there")
}

fn word(text: &CStr) -> String {
    text.to_string_lossy().into_owned()
}

fn maybe(text: Option<&CStr>) -> String {
    text.map_or_else(|| "-".to_owned(), word)
}

/// Where events go, each in words.
#[derive(Clone, Default)]
struct Told(Arc<Mutex<Vec<String>>>);

impl Told {
    fn tell(&self, what: String) {
        self.0.lock().expect("nobody panics with it").push(what);
    }

    fn take(&self) -> Vec<String> {
        std::mem::take(&mut *self.0.lock().expect("as above"))
    }
}

const DOC: &[u8] = b"<?xml version='1.0' encoding='UTF-8' standalone='no'?>\
<!DOCTYPE a SYSTEM 'a.dtd' [<!NOTATION gif PUBLIC 'viewer'><!ELEMENT a (b*)><!ATTLIST a x CDATA 'one'>\
<!ENTITY e 'inner'><!ENTITY pic SYSTEM 'p.gif' NDATA gif>]>\
<a xmlns='urn:n' xmlns:p='urn:p'><?go on?><!--note--><![CDATA[<raw>]]><b>t</b>&unknown;</a>";

#[test]
fn expat_calls_a_closure_for_each_kind_of_event() {
    at_every_level("expat_calls_a_closure_for_each_kind_of_event", || {
        let told = Told::default();
        let parser = parser();
        let at = parser.as_ref().as_ptr() as usize;
        let each = || told.clone();
        let (start, end, text, instruction, comment) = (each(), each(), each(), each(), each());
        let (open, close, doctype, closed, declared) = (each(), each(), each(), each(), each());
        let (element, attribute, entity, unparsed, notation) = (each(), each(), each(), each(), each());
        let (skipped, prefix, ended, standalone) = (each(), each(), each(), each());
        // SAFETY: no other form of handlers follows; a model goes back to the parser that gave it.
        unsafe {
            xml::XML_SetAllHandlers(
                parser.as_ref(),
                Some(move |name: &CStr, _| start.tell(format!("<{}", word(name)))),
                Some(move |name: &CStr| end.tell(format!(">{}", word(name)))),
                Some(move |piece: &[u8]| text.tell(format!("text {}", String::from_utf8_lossy(piece)))),
                Some(move |target: &CStr, data: &CStr| instruction.tell(format!("?{} {}", word(target), word(data)))),
                Some(move |data: &CStr| comment.tell(format!("#{}", word(data)))),
                Some(move || open.tell("[".to_owned())),
                Some(move || close.tell("]".to_owned())),
                None::<fn(&[u8])>,
                Some(move |name: &CStr, system: Option<&CStr>, public: Option<&CStr>, has_subset| {
                    doctype.tell(format!("doctype {} {} {} {has_subset}", word(name), maybe(system), maybe(public)));
                }),
                Some(move || closed.tell("doctype ends".to_owned())),
                Some(move |version: Option<&CStr>, encoding: Option<&CStr>, standalone| {
                    declared.tell(format!("xml {} {} {standalone}", maybe(version), maybe(encoding)));
                }),
                Some(move |name: &CStr, model: *mut xml::XML_Content| {
                    element.tell(format!("element {} of {}", word(name), (*model).numchildren));
                    xml::XML_FreeContentModel(at as xml::XML_Parser, model);
                }),
                Some(move |element: &CStr, name: &CStr, kind: &CStr, default: Option<&CStr>, _| {
                    attribute.tell(format!(
                        "attribute {} {} {} {}",
                        word(element),
                        word(name),
                        word(kind),
                        maybe(default)
                    ));
                }),
                Some(
                    move |name: &CStr,
                          _,
                          value: Option<&[u8]>,
                          _: Option<&CStr>,
                          system: Option<&CStr>,
                          _: Option<&CStr>,
                          _: Option<&CStr>| {
                        let value =
                            value.map_or_else(|| maybe(system), |value| String::from_utf8_lossy(value).into_owned());
                        entity.tell(format!("entity {} {value}", word(name)));
                    },
                ),
                Some(move |name: &CStr, _: Option<&CStr>, system: &CStr, _: Option<&CStr>, notation: &CStr| {
                    unparsed.tell(format!("unparsed {} {} {}", word(name), word(system), word(notation)));
                }),
                Some(move |name: &CStr, _: Option<&CStr>, _: Option<&CStr>, public: Option<&CStr>| {
                    notation.tell(format!("notation {} {}", word(name), maybe(public)));
                }),
                Some(move |name: &CStr, _| skipped.tell(format!("skipped {}", word(name)))),
                Some(move |name: Option<&CStr>, uri: Option<&CStr>| {
                    prefix.tell(format!("prefix {} {}", maybe(name), maybe(uri)))
                }),
                Some(move |name: Option<&CStr>| ended.tell(format!("prefix {} ends", maybe(name)))),
                Some(move || {
                    standalone.tell("not standalone".to_owned());
                    1
                }),
            );
        }
        assert_eq!(xml::XML_Parse(parser.as_ref(), Some(DOC), 1), Ok(1));
        let wanted = [
            "xml 1.0 UTF-8 0",
            "not standalone",
            "doctype a a.dtd - 1",
            "notation gif viewer",
            "element a of 1",
            "attribute a x CDATA one",
            "entity e inner",
            // With a handler of its own it is no entity of the other.
            "unparsed pic p.gif gif",
            "doctype ends",
            "prefix - urn:n",
            "prefix p urn:p",
            "<urn:n|a",
            "?go on",
            "#note",
            "[",
            "text <raw>",
            "]",
            "<urn:n|b",
            "text t",
            ">urn:n|b",
            "skipped unknown",
            ">urn:n|a",
        ];
        // Prefixes end in no certain order.
        let (mut ends, seen): (Vec<_>, Vec<_>) =
            told.take().into_iter().partition(|event| event.starts_with("prefix") && event.ends_with(" ends"));
        ends.sort();
        assert_eq!(ends, ["prefix - ends", "prefix p ends"]);
        assert_eq!(seen, wanted);
        assert_eq!(Arc::strong_count(&told.0), 20);
        xml::XML_ParserReset(parser.as_ref(), None).expect("it is nobody's child");
        assert_eq!(Arc::strong_count(&told.0), 1, "a reset takes them away");
        // What is left over goes to the default.
        let rest = told.clone();
        let panics = |_: &CStr| panic!("at the end of an element");
        // SAFETY: as above.
        unsafe {
            xml::XML_SetAllHandlers(
                parser.as_ref(),
                None::<fn(&CStr, *mut *const c_char)>,
                Some(panics),
                None::<fn(&[u8])>,
                None::<fn(&CStr, &CStr)>,
                None::<fn(&CStr)>,
                None::<fn()>,
                None::<fn()>,
                Some(move |piece: &[u8]| rest.tell(String::from_utf8_lossy(piece).into_owned())),
                None::<fn(&CStr, Option<&CStr>, Option<&CStr>, c_int)>,
                None::<fn()>,
                None::<fn(Option<&CStr>, Option<&CStr>, c_int)>,
                None::<fn(&CStr, *mut xml::XML_Content)>,
                None::<fn(&CStr, &CStr, &CStr, Option<&CStr>, c_int)>,
                None::<fn(&CStr, c_int, Option<&[u8]>, Option<&CStr>, Option<&CStr>, Option<&CStr>, Option<&CStr>)>,
                None::<fn(&CStr, Option<&CStr>, &CStr, Option<&CStr>, &CStr)>,
                None::<fn(&CStr, Option<&CStr>, Option<&CStr>, Option<&CStr>)>,
                None::<fn(&CStr, c_int)>,
                None::<fn(Option<&CStr>, Option<&CStr>)>,
                None::<fn(Option<&CStr>)>,
                None::<fn() -> c_int>,
            );
        }
        let text = said(|| _ = xml::XML_Parse(parser.as_ref(), Some(b"<a><!--note-->text</a>"), 1));
        assert_eq!(
            (text.as_str(), told.take().concat()),
            ("at the end of an element", "<a><!--note-->text".to_owned())
        );
        drop(parser);
        assert_eq!(Arc::strong_count(&told.0), 1);
    });
}

#[test]
fn expat_asks_closures_for_entities_and_encodings() {
    at_every_level("expat_asks_closures_for_entities_and_encodings", || {
        let told = Told::default();
        let parser = parser();
        let at = parser.as_ref().as_ptr() as usize;
        let (asked, texts) = (told.clone(), told.clone());
        xml::XML_SetHandlers(
            parser.as_ref(),
            |_: &CStr, _| (),
            |_: &CStr| (),
            move |piece: &[u8]| texts.tell(String::from_utf8_lossy(piece).into_owned()),
        );
        let external = move |context: Option<&CStr>, _: Option<&CStr>, system: Option<&CStr>, _: Option<&CStr>| {
            asked.tell(format!("entity {}", maybe(system)));
            let context = context.expect("it is a general entity");
            // SAFETY: the parser that calls; its child is freed here.
            unsafe {
                let child =
                    xml::XML_ExternalEntityParserCreate(at as xml::XML_Parser, context.as_ptr(), std::ptr::null());
                let code = xml::raw::XML_Parse(child, c"<b>inside</b>".as_ptr(), 13, 1);
                xml::raw::XML_ParserFree(child);
                code as c_int
            }
        };
        xml::XML_SetExternalEntityRefClosure(parser.as_ref(), external);
        let encodings = told.clone();
        let encoding = move |name: &CStr, info: &mut xml::XML_Encoding| {
            encodings.tell(format!("encoding {}", word(name)));
            for (byte, character) in info.map.iter_mut().enumerate() {
                *character = if byte == 0x81 { 0xd6 } else { byte as c_int };
            }
            1
        };
        // SAFETY: the map is filled, and there are no functions in it.
        unsafe { xml::XML_SetUnknownEncodingHandler(parser.as_ref(), Some(encoding)) };
        let doc = b"<?xml version='1.0' encoding='odd'?><!DOCTYPE a [<!ENTITY o SYSTEM 'o.xml'>]><a>\x81&o;</a>";
        assert_eq!(xml::XML_Parse(parser.as_ref(), Some(doc), 1), Ok(1));
        assert_eq!(told.take(), ["encoding odd", "Ö", "entity o.xml", "inside"]);
        assert_eq!(Arc::strong_count(&told.0), 4);
        drop(parser);
        assert_eq!(Arc::strong_count(&told.0), 1);
    });
}
