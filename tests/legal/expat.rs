//! Legal calls of expat's own functions: no report, at any level.

#![allow(clippy::useless_vec, reason = "a block of the heap is what the test is about")]
#![allow(clippy::multiple_unsafe_ops_per_block, reason = "each test is one sequence of calls")]

mod support;

use pinned_ffi::pinned_ffi;
use std::alloc::Layout;
use std::ffi::{CStr, c_char, c_int, c_void};
use std::ptr::{null, null_mut};
use support::at_every_level;

#[pinned_ffi(header = "expat.h", allow = "XML_.*")]
mod xml {}

#[link(name = "expat")]
unsafe extern "C" {}

const DOC: &[u8] = b"<?xml version='1.0'?><!DOCTYPE a [<!ELEMENT a (b*)><!ENTITY e 'expanded'>]>\
    <a x='1' y='2'><!-- note --><b>text &amp; &e;</b><b/></a>";

#[derive(Default)]
struct Seen {
    parser: usize,
    events: Vec<String>,
    models: Vec<usize>,
}

impl Seen {
    fn tell(data: *mut c_void, event: String) {
        // SAFETY: the parser's user data is a `Seen`.
        unsafe { (*data.cast::<Seen>()).events.push(event) };
    }
}

fn word(text: *const c_char) -> String {
    // SAFETY: expat's strings end with zero.
    unsafe { CStr::from_ptr(text) }.to_str().unwrap().to_owned()
}

unsafe extern "C" fn start(data: *mut c_void, name: *const c_char, atts: *mut *const c_char) {
    let mut event = format!("<{}", word(name));
    let mut at = atts;
    // SAFETY: names and values, and null at the end.
    unsafe {
        while !at.read().is_null() {
            event += &format!(" {}={}", word(at.read()), word(at.add(1).read()));
            at = at.add(2);
        }
        // Calls on the parser from inside its own call.
        let parser = (*data.cast::<Seen>()).parser as xml::XML_Parser;
        if !parser.is_null() {
            assert!(xml::XML_GetSpecifiedAttributeCount(parser) >= 0);
            assert!(xml::XML_GetCurrentLineNumber(parser) > 0);
            let (mut offset, mut size) = (0, 0);
            let context = xml::XML_GetInputContext(parser, &mut offset, &mut size);
            if !context.is_null() {
                assert_eq!(context.add(offset as usize).read() as u8, b'<');
            }
            xml::XML_GetInputContext(parser, null_mut(), &mut size);
        }
    }
    Seen::tell(data, event);
}

unsafe extern "C" fn end(data: *mut c_void, name: *const c_char) {
    Seen::tell(data, format!(">{}", word(name)));
}

unsafe extern "C" fn characters(data: *mut c_void, text: *const c_char, len: c_int) {
    // SAFETY: as long as it says.
    let text = unsafe { std::slice::from_raw_parts(text.cast::<u8>(), len as usize) };
    Seen::tell(data, String::from_utf8(text.to_vec()).unwrap());
}

unsafe extern "C" fn comment(data: *mut c_void, text: *const c_char) {
    Seen::tell(data, format!("#{}", word(text)));
}

unsafe extern "C" fn element(data: *mut c_void, name: *const c_char, model: *mut xml::XML_Content) {
    Seen::tell(data, format!("!{}", word(name)));
    // SAFETY: as above; the model is the handler's, and kept for later.
    unsafe { (*data.cast::<Seen>()).models.push(model as usize) };
}

fn expected(seen: &Seen) {
    let events = ["!a", "<a x=1 y=2", "# note ", "<b", "text ", "&", " ", "expanded", ">b", "<b", ">b", ">a"];
    assert_eq!(seen.events.concat(), events.concat());
}

/// Sets all handlers. The user data is the caller's until the parser is gone.
unsafe fn listen(parser: xml::XML_Parser, seen: &mut Seen) {
    // SAFETY: the caller's parser.
    unsafe {
        xml::XML_SetUserData(parser, (&raw mut *seen).cast());
        xml::XML_SetElementHandler(parser, Some(start), Some(end));
        xml::XML_SetCharacterDataHandler(parser, Some(characters));
        xml::XML_SetCommentHandler(parser, Some(comment));
        xml::XML_SetElementDeclHandler(parser, Some(element));
    }
}

#[test]
fn handlers() {
    at_every_level("handlers", || {
        let mut seen = Box::new(Seen::default());
        let doc = DOC.to_vec();
        // SAFETY: the document is as long as it says; the data outlives the parser.
        unsafe {
            let parser = xml::XML_ParserCreate(null());
            seen.parser = parser as usize;
            listen(parser, &mut seen);
            let code = xml::XML_Parse(parser, doc.as_ptr().cast(), doc.len() as c_int, 1);
            assert_eq!(code, xml::XML_STATUS_OK);
            // The model that the handler kept is given back now.
            for model in std::mem::take(&mut seen.models) {
                let model = model as *mut xml::XML_Content;
                assert_eq!((*model).numchildren, 1);
                xml::XML_FreeContentModel(parser, model);
            }
            let mut status = std::mem::MaybeUninit::<xml::XML_ParsingStatus>::uninit();
            xml::XML_GetParsingStatus(parser, status.as_mut_ptr());
            assert_eq!(status.assume_init().parsing, xml::XML_FINISHED);
            xml::XML_ParserFree(parser);
            xml::XML_ParserFree(null_mut());
        }
        expected(&seen);
    });
}

/// Chunks that go at once, an empty last one from nowhere, a reset, a buffer of expat's own.
#[test]
fn chunks() {
    at_every_level("chunks", || {
        let mut seen = Box::new(Seen::default());
        // SAFETY: as above.
        unsafe {
            let parser = xml::XML_ParserCreateNS(c"UTF-8".as_ptr(), b'|' as c_char);
            listen(parser, &mut seen);
            for chunk in DOC.chunks(3) {
                let chunk = chunk.to_vec();
                let code = xml::XML_Parse(parser, chunk.as_ptr().cast(), chunk.len() as c_int, 0);
                assert_eq!(code, xml::XML_STATUS_OK);
            }
            assert_eq!(xml::XML_Parse(parser, Vec::new().as_ptr(), 0, 0), xml::XML_STATUS_OK);
            assert_eq!(xml::XML_Parse(parser, null(), 0, 1), xml::XML_STATUS_OK);
            for model in std::mem::take(&mut seen.models) {
                xml::XML_FreeContentModel(parser, model as *mut xml::XML_Content);
            }
            expected(&seen);

            let mut again = Box::new(Seen::default());
            assert_ne!(xml::XML_ParserReset(parser, null()), 0);
            listen(parser, &mut again);
            // The data of before is no longer the parser's.
            drop(seen);
            for chunk in DOC.chunks(50) {
                let buffer = xml::XML_GetBuffer(parser, 64);
                assert!(!buffer.is_null());
                buffer.cast::<u8>().copy_from_nonoverlapping(chunk.as_ptr(), chunk.len());
                assert_eq!(xml::XML_ParseBuffer(parser, chunk.len() as c_int, 0), xml::XML_STATUS_OK);
            }
            assert_eq!(xml::XML_ParseBuffer(parser, 0, 1), xml::XML_STATUS_OK);
            for model in std::mem::take(&mut again.models) {
                xml::XML_FreeContentModel(parser, model as *mut xml::XML_Content);
            }
            expected(&again);
            xml::XML_ParserFree(parser);
        }
    });
}

unsafe extern "C" fn stop(data: *mut c_void, name: *const c_char, _: *mut *const c_char) {
    Seen::tell(data, word(name));
    // SAFETY: the parser is inside its own call.
    unsafe {
        let parser = (*data.cast::<Seen>()).parser as xml::XML_Parser;
        assert_eq!(xml::XML_StopParser(parser, 1), xml::XML_STATUS_OK);
    }
}

/// Stopped in the middle: the document may go, what is left of it was copied.
#[test]
fn stop_and_resume() {
    at_every_level("stop_and_resume", || {
        let mut seen = Box::new(Seen::default());
        // SAFETY: as above.
        unsafe {
            let parser = xml::XML_ParserCreate(null());
            seen.parser = parser as usize;
            xml::XML_SetUserData(parser, (&raw mut *seen).cast());
            xml::XML_SetStartElementHandler(parser, Some(stop));
            let doc = DOC.to_vec();
            let mut code = xml::XML_Parse(parser, doc.as_ptr().cast(), doc.len() as c_int, 1);
            drop(doc);
            while code == xml::XML_STATUS_SUSPENDED {
                code = xml::XML_ResumeParser(parser);
            }
            assert_eq!(code, xml::XML_STATUS_OK);
            xml::XML_ParserFree(parser);
        }
        assert_eq!(seen.events, ["a", "b", "b"]);
    });
}

unsafe extern "C" fn external(
    parser: xml::XML_Parser,
    context: *const c_char,
    base: *const c_char,
    system: *const c_char,
    _: *const c_char,
) -> c_int {
    assert_eq!((word(base), word(system)), ("base/".into(), "other.xml".into()));
    // SAFETY: the argument is the parser itself; the child is gone before the handler is.
    unsafe {
        let child = xml::XML_ExternalEntityParserCreate(parser, context, null());
        let doc = b"<inner/>".to_vec();
        let code = xml::XML_Parse(child, doc.as_ptr().cast(), doc.len() as c_int, 1);
        xml::XML_ParserFree(child);
        (code == xml::XML_STATUS_OK).into()
    }
}

#[test]
fn external_entities() {
    at_every_level("external_entities", || {
        let mut seen = Box::new(Seen::default());
        // SAFETY: as above.
        unsafe {
            let parser = xml::XML_ParserCreate(null());
            listen(parser, &mut seen);
            xml::XML_SetExternalEntityRefHandler(parser, Some(external));
            {
                let base = c"base/".to_owned();
                assert_eq!(xml::XML_SetBase(parser, base.as_ptr()), xml::XML_STATUS_OK);
            }
            assert_eq!(word(xml::XML_GetBase(parser)), "base/");
            assert_eq!(xml::XML_SetHashSalt(parser, 7), 1);
            let doc = b"<!DOCTYPE a [<!ENTITY o SYSTEM 'other.xml'>]><a>&o;</a>".to_vec();
            let code = xml::XML_Parse(parser, doc.as_ptr().cast(), doc.len() as c_int, 1);
            assert_eq!(code, xml::XML_STATUS_OK);
            xml::XML_SetBase(parser, null());
            assert!(xml::XML_GetBase(parser).is_null());
            xml::XML_ParserFree(parser);
        }
        assert_eq!(seen.events.concat(), "<a<inner>inner>a");
    });
}

unsafe extern "C" fn encoding(data: *mut c_void, name: *const c_char, info: *mut xml::XML_Encoding) -> c_int {
    Seen::tell(data, word(name));
    // SAFETY: room for the whole structure.
    unsafe {
        for (number, entry) in (*info).map.iter_mut().enumerate() {
            *entry = number as c_int;
        }
        (*info).data = data;
        (*info).convert = None;
        (*info).release = Some(released);
    }
    1
}

unsafe extern "C" fn released(data: *mut c_void) {
    Seen::tell(data, "released".into());
}

#[test]
fn encodings_and_numbers_for_data() {
    at_every_level("encodings_and_numbers_for_data", || {
        let mut seen = Box::new(Seen::default());
        // SAFETY: as above; the user data is a number that no handler looks at.
        unsafe {
            let parser = xml::XML_ParserCreate(null());
            xml::XML_SetUnknownEncodingHandler(parser, Some(encoding), (&raw mut *seen).cast());
            xml::XML_SetUserData(parser, std::ptr::without_provenance_mut(5));
            xml::XML_SetExternalEntityRefHandlerArg(parser, std::ptr::without_provenance_mut(3));
            xml::XML_SetExternalEntityRefHandlerArg(parser, null_mut());
            xml::XML_SetElementHandler(parser, None, None);
            let doc = b"<?xml version='1.0' encoding='mine'?><a/>".to_vec();
            let code = xml::XML_Parse(parser, doc.as_ptr().cast(), doc.len() as c_int, 1);
            assert_eq!(code, xml::XML_STATUS_OK);
            xml::XML_ParserFree(parser);
        }
        assert_eq!(seen.events, ["mine", "released"]);
    });
}

unsafe extern "C" fn rust_malloc(size: usize) -> *mut c_void {
    let layout = Layout::from_size_align(size + 16, 16).unwrap();
    // SAFETY: larger than nothing; the size goes in front.
    unsafe {
        let block = std::alloc::alloc(layout);
        block.cast::<usize>().write(layout.size());
        block.add(16).cast()
    }
}

unsafe extern "C" fn rust_free(address: *mut c_void) {
    if address.is_null() {
        return;
    }
    // SAFETY: made by `rust_malloc`.
    unsafe {
        let block = address.cast::<u8>().sub(16);
        let size = block.cast::<usize>().read();
        std::alloc::dealloc(block, Layout::from_size_align(size, 16).unwrap());
    }
}

unsafe extern "C" fn rust_realloc(address: *mut c_void, size: usize) -> *mut c_void {
    // SAFETY: made by `rust_malloc`, or null.
    unsafe {
        let new = rust_malloc(size);
        if !address.is_null() {
            let old = address.cast::<u8>().sub(16).cast::<usize>().read() - 16;
            new.cast::<u8>().copy_from_nonoverlapping(address.cast::<u8>(), old.min(size));
            rust_free(address);
        }
        new
    }
}

/// The parser and all it owns is Rust memory, freed inside the calls.
#[test]
fn memory_from_rust() {
    at_every_level("memory_from_rust", || {
        let mut seen = Box::new(Seen::default());
        let doc = DOC.to_vec();
        // SAFETY: the suite is copied, the separator too.
        unsafe {
            let parser = {
                let suite = Box::new(xml::XML_Memory_Handling_Suite {
                    malloc_fcn: Some(rust_malloc),
                    realloc_fcn: Some(rust_realloc),
                    free_fcn: Some(rust_free),
                });
                let separator = Box::new(b'|' as c_char);
                xml::XML_ParserCreate_MM(null(), &*suite, &*separator)
            };
            assert!(!parser.is_null());
            listen(parser, &mut seen);
            let code = xml::XML_Parse(parser, doc.as_ptr().cast(), doc.len() as c_int, 1);
            assert_eq!(code, xml::XML_STATUS_OK);
            for model in std::mem::take(&mut seen.models) {
                xml::XML_FreeContentModel(parser, model as *mut xml::XML_Content);
            }
            let block = xml::XML_MemMalloc(parser, 10);
            let block = xml::XML_MemRealloc(parser, block, 1000);
            xml::XML_MemFree(parser, block);
            let block = xml::XML_MemRealloc(parser, null_mut(), 10);
            xml::XML_MemFree(parser, block);
            xml::XML_MemFree(parser, null_mut());
            xml::XML_ParserFree(parser);
        }
        expected(&seen);
    });
}

#[test]
fn errors_and_texts() {
    at_every_level("errors_and_texts", || {
        let doc = b"<a><b></a>".to_vec();
        // SAFETY: as above.
        unsafe {
            let parser = xml::XML_ParserCreate(null());
            let code = xml::XML_Parse(parser, doc.as_ptr().cast(), doc.len() as c_int, 1);
            assert_eq!(code, xml::XML_STATUS_ERROR);
            let error = xml::XML_GetErrorCode(parser);
            assert_eq!(error, xml::XML_ERROR_TAG_MISMATCH);
            assert_eq!(word(xml::XML_ErrorString(error)), "mismatched tag");
            assert!(xml::XML_ErrorString(xml::XML_ERROR_NONE).is_null());
            assert_eq!(xml::XML_GetCurrentColumnNumber(parser), 8);
            xml::XML_ParserFree(parser);
            assert!(word(xml::XML_ExpatVersion()).starts_with("expat_"));
            let mut feature = xml::XML_GetFeatureList();
            while (*feature).feature != xml::XML_FEATURE_END {
                feature = feature.add(1);
            }
        }
    });
}
