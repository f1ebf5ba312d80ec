//! Pointer contracts of `<expat.h>`.
// Sources: the comments of expat.h, 2.5.0, and expat's reference manual.
//
// Conventions of this file:
//  * XML_Parser is a pointer to C's own memory.
//  * A handler stays until another takes its place (null takes it back), until XML_ParserReset, or until
//    XML_ParserFree. It is handed what XML_SetUserData was given, so that no parameter beside it is named:
//    it is a `fn` item, and the data a number, a `Handle` for example.
//  * All strings are copied. Every function takes a null parser for an error of its own.
//  * Not here, because a default build's header does not declare them: XML_GetAttributeInfo (XML_ATTR_INFO),
//    XML_SetBillionLaughsAttackProtection... (XML_DTD).

// Only the parts of a content model that the type says are filled; the rest is null and zero.
struct XML_cp {
    #[nullable]
    #[null_terminated]
    name: *mut XML_Char,
    numchildren: c_uint,
    #[nullable]
    #[counted_by(numchildren)]
    #[flow_through]
    children: *mut XML_Content,
}

// Filled by an XML_UnknownEncodingHandler: `data` goes to both functions, `release` ends it.
struct XML_Encoding {
    #[address]
    data: *mut c_void,
    #[callback(userdata = data, scope = notified, destroy = release)]
    convert: Option<unsafe extern "C" fn(*mut c_void, *const c_char) -> c_int>,
    #[callback(userdata = data, scope = async)]
    release: Option<unsafe extern "C" fn(*mut c_void)>,
}

struct XML_Feature {
    #[nullable]
    #[null_terminated]
    name: *const XML_LChar,
}

// Parsers. The structure of memory functions is copied, the functions are used until the parser is gone.
unsafe extern "C" {
    #[returns(owned, free = XML_ParserFree, opaque, nullable)]
    fn XML_ParserCreate(#[input] #[nullable] #[null_terminated] #[noescape] encoding: *const XML_Char) -> XML_Parser;

    #[returns(owned, free = XML_ParserFree, opaque, nullable)]
    fn XML_ParserCreateNS(
        #[input] #[nullable] #[null_terminated] #[noescape] encoding: *const XML_Char,
        namespaceSeparator: XML_Char,
    ) -> XML_Parser;

    #[returns(owned, free = XML_ParserFree, opaque, nullable)]
    fn XML_ParserCreate_MM(
        #[input] #[nullable] #[null_terminated] #[noescape] encoding: *const XML_Char,
        #[input] #[nullable] #[one] #[noescape] memsuite: *const XML_Memory_Handling_Suite,
        #[input] #[nullable] #[one] #[noescape] namespaceSeparator: *const XML_Char,
    ) -> XML_Parser;

    #[success(result != 0)]
    fn XML_ParserReset(
        #[opaque] parser: *mut XML_ParserStruct,
        #[input] #[nullable] #[null_terminated] #[noescape] encoding: *const XML_Char,
    ) -> XML_Bool;

    fn XML_ParserFree(#[opaque] parser: *mut XML_ParserStruct);

    // The new parser has its parent's handlers and user data.
    #[returns(owned, free = XML_ParserFree, opaque, nullable)]
    fn XML_ExternalEntityParserCreate(
        #[opaque] parser: *mut XML_ParserStruct,
        #[input] #[nullable] #[null_terminated] #[noescape] context: *const XML_Char,
        #[input] #[nullable] #[null_terminated] #[noescape] encoding: *const XML_Char,
    ) -> XML_Parser;
}

// Handlers.
unsafe extern "C" {
    fn XML_SetElementDeclHandler(
        #[opaque] parser: *mut XML_ParserStruct,
        #[nullable] #[callback(scope = notified, destroy = XML_ParserFree)]
        eldecl: Option<unsafe extern "C" fn(
            userData: *mut c_void, #[null_terminated] name: *const c_char, model: *mut XML_Content,
        )>,
    );

    fn XML_SetAttlistDeclHandler(
        #[opaque] parser: *mut XML_ParserStruct,
        #[nullable] #[callback(scope = notified, destroy = XML_ParserFree)]
        attdecl: Option<unsafe extern "C" fn(
            userData: *mut c_void, #[null_terminated] elname: *const c_char,
            #[null_terminated] attname: *const c_char, #[null_terminated] att_type: *const c_char,
            #[nullable] #[null_terminated] dflt: *const c_char, isrequired: c_int,
        )>,
    );

    fn XML_SetXmlDeclHandler(
        #[opaque] parser: *mut XML_ParserStruct,
        #[nullable] #[callback(scope = notified, destroy = XML_ParserFree)]
        xmldecl: Option<unsafe extern "C" fn(
            userData: *mut c_void, #[nullable] #[null_terminated] version: *const c_char,
            #[nullable] #[null_terminated] encoding: *const c_char, standalone: c_int,
        )>,
    );

    fn XML_SetEntityDeclHandler(
        #[opaque] parser: *mut XML_ParserStruct,
        #[nullable] #[callback(scope = notified, destroy = XML_ParserFree)]
        handler: Option<unsafe extern "C" fn(
            userData: *mut c_void, #[null_terminated] entityName: *const c_char, is_parameter_entity: c_int,
            #[nullable] #[sized_by(value_length)] value: *const c_char, value_length: c_int,
            #[nullable] #[null_terminated] base: *const c_char,
            #[nullable] #[null_terminated] systemId: *const c_char,
            #[nullable] #[null_terminated] publicId: *const c_char,
            #[nullable] #[null_terminated] notationName: *const c_char,
        )>,
    );

    fn XML_SetElementHandler(
        #[opaque] parser: *mut XML_ParserStruct,
        #[nullable] #[callback(scope = notified, destroy = XML_ParserFree)]
        start: Option<unsafe extern "C" fn(
            userData: *mut c_void, #[null_terminated] name: *const c_char, atts: *mut *const c_char,
        )>,
        #[nullable] #[callback(scope = notified, destroy = XML_ParserFree)]
        end: Option<unsafe extern "C" fn(
            userData: *mut c_void, #[null_terminated] name: *const c_char,
        )>,
    );

    fn XML_SetStartElementHandler(
        #[opaque] parser: *mut XML_ParserStruct,
        #[nullable] #[callback(scope = notified, destroy = XML_ParserFree)]
        handler: Option<unsafe extern "C" fn(
            userData: *mut c_void, #[null_terminated] name: *const c_char, atts: *mut *const c_char,
        )>,
    );

    fn XML_SetEndElementHandler(
        #[opaque] parser: *mut XML_ParserStruct,
        #[nullable] #[callback(scope = notified, destroy = XML_ParserFree)]
        handler: Option<unsafe extern "C" fn(
            userData: *mut c_void, #[null_terminated] name: *const c_char,
        )>,
    );

    fn XML_SetCharacterDataHandler(
        #[opaque] parser: *mut XML_ParserStruct,
        #[nullable] #[callback(scope = notified, destroy = XML_ParserFree)]
        handler: Option<unsafe extern "C" fn(
            userData: *mut c_void, #[sized_by(len)] s: *const c_char, len: c_int,
        )>,
    );

    fn XML_SetProcessingInstructionHandler(
        #[opaque] parser: *mut XML_ParserStruct,
        #[nullable] #[callback(scope = notified, destroy = XML_ParserFree)]
        handler: Option<unsafe extern "C" fn(
            userData: *mut c_void, #[null_terminated] target: *const c_char,
            #[null_terminated] data: *const c_char,
        )>,
    );

    fn XML_SetCommentHandler(
        #[opaque] parser: *mut XML_ParserStruct,
        #[nullable] #[callback(scope = notified, destroy = XML_ParserFree)]
        handler: Option<unsafe extern "C" fn(
            userData: *mut c_void, #[null_terminated] data: *const c_char,
        )>,
    );

    fn XML_SetCdataSectionHandler(
        #[opaque] parser: *mut XML_ParserStruct,
        #[nullable] #[callback(scope = notified, destroy = XML_ParserFree)]
        start: Option<unsafe extern "C" fn(userData: *mut c_void)>,
        #[nullable] #[callback(scope = notified, destroy = XML_ParserFree)]
        end: Option<unsafe extern "C" fn(userData: *mut c_void)>,
    );

    fn XML_SetStartCdataSectionHandler(
        #[opaque] parser: *mut XML_ParserStruct,
        #[nullable] #[callback(scope = notified, destroy = XML_ParserFree)]
        start: Option<unsafe extern "C" fn(userData: *mut c_void)>,
    );

    fn XML_SetEndCdataSectionHandler(
        #[opaque] parser: *mut XML_ParserStruct,
        #[nullable] #[callback(scope = notified, destroy = XML_ParserFree)]
        end: Option<unsafe extern "C" fn(userData: *mut c_void)>,
    );

    fn XML_SetDefaultHandler(
        #[opaque] parser: *mut XML_ParserStruct,
        #[nullable] #[callback(scope = notified, destroy = XML_ParserFree)]
        handler: Option<unsafe extern "C" fn(
            userData: *mut c_void, #[sized_by(len)] s: *const c_char, len: c_int,
        )>,
    );

    fn XML_SetDefaultHandlerExpand(
        #[opaque] parser: *mut XML_ParserStruct,
        #[nullable] #[callback(scope = notified, destroy = XML_ParserFree)]
        handler: Option<unsafe extern "C" fn(
            userData: *mut c_void, #[sized_by(len)] s: *const c_char, len: c_int,
        )>,
    );

    fn XML_SetDoctypeDeclHandler(
        #[opaque] parser: *mut XML_ParserStruct,
        #[nullable] #[callback(scope = notified, destroy = XML_ParserFree)]
        start: Option<unsafe extern "C" fn(
            userData: *mut c_void, #[null_terminated] doctypeName: *const c_char,
            #[nullable] #[null_terminated] sysid: *const c_char,
            #[nullable] #[null_terminated] pubid: *const c_char, has_internal_subset: c_int,
        )>,
        #[nullable] #[callback(scope = notified, destroy = XML_ParserFree)]
        end: Option<unsafe extern "C" fn(userData: *mut c_void)>,
    );

    fn XML_SetStartDoctypeDeclHandler(
        #[opaque] parser: *mut XML_ParserStruct,
        #[nullable] #[callback(scope = notified, destroy = XML_ParserFree)]
        start: Option<unsafe extern "C" fn(
            userData: *mut c_void, #[null_terminated] doctypeName: *const c_char,
            #[nullable] #[null_terminated] sysid: *const c_char,
            #[nullable] #[null_terminated] pubid: *const c_char, has_internal_subset: c_int,
        )>,
    );

    fn XML_SetEndDoctypeDeclHandler(
        #[opaque] parser: *mut XML_ParserStruct,
        #[nullable] #[callback(scope = notified, destroy = XML_ParserFree)]
        end: Option<unsafe extern "C" fn(userData: *mut c_void)>,
    );

    fn XML_SetUnparsedEntityDeclHandler(
        #[opaque] parser: *mut XML_ParserStruct,
        #[nullable] #[callback(scope = notified, destroy = XML_ParserFree)]
        handler: Option<unsafe extern "C" fn(
            userData: *mut c_void, #[null_terminated] entityName: *const c_char,
            #[nullable] #[null_terminated] base: *const c_char, #[null_terminated] systemId: *const c_char,
            #[nullable] #[null_terminated] publicId: *const c_char,
            #[null_terminated] notationName: *const c_char,
        )>,
    );

    fn XML_SetNotationDeclHandler(
        #[opaque] parser: *mut XML_ParserStruct,
        #[nullable] #[callback(scope = notified, destroy = XML_ParserFree)]
        handler: Option<unsafe extern "C" fn(
            userData: *mut c_void, #[null_terminated] notationName: *const c_char,
            #[nullable] #[null_terminated] base: *const c_char,
            #[nullable] #[null_terminated] systemId: *const c_char,
            #[nullable] #[null_terminated] publicId: *const c_char,
        )>,
    );

    fn XML_SetNamespaceDeclHandler(
        #[opaque] parser: *mut XML_ParserStruct,
        #[nullable] #[callback(scope = notified, destroy = XML_ParserFree)]
        start: Option<unsafe extern "C" fn(
            userData: *mut c_void, #[nullable] #[null_terminated] prefix: *const c_char,
            #[nullable] #[null_terminated] uri: *const c_char,
        )>,
        #[nullable] #[callback(scope = notified, destroy = XML_ParserFree)]
        end: Option<unsafe extern "C" fn(
            userData: *mut c_void, #[nullable] #[null_terminated] prefix: *const c_char,
        )>,
    );

    fn XML_SetStartNamespaceDeclHandler(
        #[opaque] parser: *mut XML_ParserStruct,
        #[nullable] #[callback(scope = notified, destroy = XML_ParserFree)]
        start: Option<unsafe extern "C" fn(
            userData: *mut c_void, #[nullable] #[null_terminated] prefix: *const c_char,
            #[nullable] #[null_terminated] uri: *const c_char,
        )>,
    );

    fn XML_SetEndNamespaceDeclHandler(
        #[opaque] parser: *mut XML_ParserStruct,
        #[nullable] #[callback(scope = notified, destroy = XML_ParserFree)]
        end: Option<unsafe extern "C" fn(
            userData: *mut c_void, #[nullable] #[null_terminated] prefix: *const c_char,
        )>,
    );

    fn XML_SetNotStandaloneHandler(
        #[opaque] parser: *mut XML_ParserStruct,
        #[nullable] #[callback(scope = notified, destroy = XML_ParserFree, on_panic = 0)]
        handler: Option<unsafe extern "C" fn(userData: *mut c_void) -> c_int>,
    );

    fn XML_SetExternalEntityRefHandler(
        #[opaque] parser: *mut XML_ParserStruct,
        #[nullable] #[callback(scope = notified, destroy = XML_ParserFree, on_panic = 0)]
        handler: Option<unsafe extern "C" fn(
            parser: XML_Parser, #[nullable] #[null_terminated] context: *const c_char,
            #[nullable] #[null_terminated] base: *const c_char,
            #[nullable] #[null_terminated] systemId: *const c_char,
            #[nullable] #[null_terminated] publicId: *const c_char,
        ) -> c_int>,
    );

    fn XML_SetSkippedEntityHandler(
        #[opaque] parser: *mut XML_ParserStruct,
        #[nullable] #[callback(scope = notified, destroy = XML_ParserFree)]
        handler: Option<unsafe extern "C" fn(
            userData: *mut c_void, #[null_terminated] entityName: *const c_char, is_parameter_entity: c_int,
        )>,
    );

    // The one handler that outlives a reset.
    fn XML_SetUnknownEncodingHandler(
        #[opaque] parser: *mut XML_ParserStruct,
        #[nullable] #[callback(userdata = encodingHandlerData, scope = notified, destroy = XML_ParserFree, on_panic = 0)]
        handler: Option<unsafe extern "C" fn(
            encodingHandlerData: *mut c_void, #[null_terminated] name: *const c_char, #[one] info: *mut XML_Encoding,
        ) -> c_int>,
        #[address] #[retained(by = parser, until = [XML_SetUnknownEncodingHandler, XML_ParserFree])]
        encodingHandlerData: *mut c_void,
    );

    // The usual handlers as closures, which share the user data.
    #[form_of(XML_SetElementHandler, before(XML_SetUserData(parser, userData), XML_SetCharacterDataHandler(parser, text)))]
    fn XML_SetHandlers(
        #[nonnull] #[opaque] parser: *mut XML_ParserStruct,
        #[callback(userdata = userData, scope = notified)]
        start: Option<unsafe extern "C" fn(
            #[userdata] userData: *mut c_void, #[null_terminated] name: *const c_char, atts: *mut *const c_char,
        )>,
        #[callback(userdata = userData, scope = notified)]
        end: Option<unsafe extern "C" fn(#[userdata] userData: *mut c_void, #[null_terminated] name: *const c_char)>,
        #[callback(userdata = userData, scope = notified)]
        text: Option<unsafe extern "C" fn(
            #[userdata] userData: *mut c_void, #[input] #[sized_by(len)] s: *const c_char, len: c_int,
        )>,
        #[address]
        #[retained(by = parser, until = [XML_SetHandlers, XML_SetAllHandlers, XML_ParserReset(on(success)), XML_ParserFree])]
        userData: *mut c_void,
    );

    // Every handler that gets the user data. What is left out is taken away.
    #[form_of(XML_SetElementHandler, before(
        XML_SetUserData(parser, userData), XML_SetCharacterDataHandler(parser, text),
        XML_SetProcessingInstructionHandler(parser, instruction), XML_SetCommentHandler(parser, comment),
        XML_SetCdataSectionHandler(parser, cdataStart, cdataEnd), XML_SetDefaultHandlerExpand(parser, other),
        XML_SetDoctypeDeclHandler(parser, doctypeStart, doctypeEnd), XML_SetXmlDeclHandler(parser, xmlDecl),
        XML_SetElementDeclHandler(parser, elementDecl), XML_SetAttlistDeclHandler(parser, attlistDecl),
        XML_SetEntityDeclHandler(parser, entityDecl), XML_SetUnparsedEntityDeclHandler(parser, unparsedEntityDecl),
        XML_SetNotationDeclHandler(parser, notationDecl), XML_SetSkippedEntityHandler(parser, skippedEntity),
        XML_SetNamespaceDeclHandler(parser, namespaceStart, namespaceEnd), XML_SetNotStandaloneHandler(parser, notStandalone),
    ))]
    #[unsafe_beyond_pointers("XML_SetHandlers must not follow before a reset: the handlers that it leaves alone would get its data")]
    fn XML_SetAllHandlers(
        #[nonnull] #[opaque] parser: *mut XML_ParserStruct,
        #[nullable] #[callback(userdata = userData, scope = notified)]
        start: Option<unsafe extern "C" fn(
            #[userdata] userData: *mut c_void, #[null_terminated] name: *const c_char, atts: *mut *const c_char,
        )>,
        #[nullable] #[callback(userdata = userData, scope = notified)]
        end: Option<unsafe extern "C" fn(#[userdata] userData: *mut c_void, #[null_terminated] name: *const c_char)>,
        #[nullable] #[callback(userdata = userData, scope = notified)]
        text: Option<unsafe extern "C" fn(
            #[userdata] userData: *mut c_void, #[sized_by(len)] s: *const c_char, len: c_int,
        )>,
        #[nullable] #[callback(userdata = userData, scope = notified)]
        instruction: Option<unsafe extern "C" fn(
            #[userdata] userData: *mut c_void, #[null_terminated] target: *const c_char, #[null_terminated] data: *const c_char,
        )>,
        #[nullable] #[callback(userdata = userData, scope = notified)]
        comment: Option<unsafe extern "C" fn(#[userdata] userData: *mut c_void, #[null_terminated] data: *const c_char)>,
        #[nullable] #[callback(userdata = userData, scope = notified)]
        cdataStart: Option<unsafe extern "C" fn(#[userdata] userData: *mut c_void)>,
        #[nullable] #[callback(userdata = userData, scope = notified)]
        cdataEnd: Option<unsafe extern "C" fn(#[userdata] userData: *mut c_void)>,
        #[nullable] #[callback(userdata = userData, scope = notified)]
        other: Option<unsafe extern "C" fn(
            #[userdata] userData: *mut c_void, #[sized_by(len)] s: *const c_char, len: c_int,
        )>,
        #[nullable] #[callback(userdata = userData, scope = notified)]
        doctypeStart: Option<unsafe extern "C" fn(
            #[userdata] userData: *mut c_void, #[null_terminated] doctypeName: *const c_char,
            #[nullable] #[null_terminated] sysid: *const c_char,
            #[nullable] #[null_terminated] pubid: *const c_char, has_internal_subset: c_int,
        )>,
        #[nullable] #[callback(userdata = userData, scope = notified)]
        doctypeEnd: Option<unsafe extern "C" fn(#[userdata] userData: *mut c_void)>,
        #[nullable] #[callback(userdata = userData, scope = notified)]
        xmlDecl: Option<unsafe extern "C" fn(
            #[userdata] userData: *mut c_void, #[nullable] #[null_terminated] version: *const c_char,
            #[nullable] #[null_terminated] encoding: *const c_char, standalone: c_int,
        )>,
        #[nullable] #[callback(userdata = userData, scope = notified)]
        elementDecl: Option<unsafe extern "C" fn(
            #[userdata] userData: *mut c_void, #[null_terminated] name: *const c_char, model: *mut XML_Content,
        )>,
        #[nullable] #[callback(userdata = userData, scope = notified)]
        attlistDecl: Option<unsafe extern "C" fn(
            #[userdata] userData: *mut c_void, #[null_terminated] elname: *const c_char,
            #[null_terminated] attname: *const c_char, #[null_terminated] att_type: *const c_char,
            #[nullable] #[null_terminated] dflt: *const c_char, isrequired: c_int,
        )>,
        #[nullable] #[callback(userdata = userData, scope = notified)]
        entityDecl: Option<unsafe extern "C" fn(
            #[userdata] userData: *mut c_void, #[null_terminated] entityName: *const c_char, is_parameter_entity: c_int,
            #[nullable] #[sized_by(value_length)] value: *const c_char, value_length: c_int,
            #[nullable] #[null_terminated] base: *const c_char,
            #[nullable] #[null_terminated] systemId: *const c_char,
            #[nullable] #[null_terminated] publicId: *const c_char,
            #[nullable] #[null_terminated] notationName: *const c_char,
        )>,
        #[nullable] #[callback(userdata = userData, scope = notified)]
        unparsedEntityDecl: Option<unsafe extern "C" fn(
            #[userdata] userData: *mut c_void, #[null_terminated] entityName: *const c_char,
            #[nullable] #[null_terminated] base: *const c_char, #[null_terminated] systemId: *const c_char,
            #[nullable] #[null_terminated] publicId: *const c_char,
            #[null_terminated] notationName: *const c_char,
        )>,
        #[nullable] #[callback(userdata = userData, scope = notified)]
        notationDecl: Option<unsafe extern "C" fn(
            #[userdata] userData: *mut c_void, #[null_terminated] notationName: *const c_char,
            #[nullable] #[null_terminated] base: *const c_char,
            #[nullable] #[null_terminated] systemId: *const c_char,
            #[nullable] #[null_terminated] publicId: *const c_char,
        )>,
        #[nullable] #[callback(userdata = userData, scope = notified)]
        skippedEntity: Option<unsafe extern "C" fn(
            #[userdata] userData: *mut c_void, #[null_terminated] entityName: *const c_char, is_parameter_entity: c_int,
        )>,
        #[nullable] #[callback(userdata = userData, scope = notified)]
        namespaceStart: Option<unsafe extern "C" fn(
            #[userdata] userData: *mut c_void, #[nullable] #[null_terminated] prefix: *const c_char,
            #[nullable] #[null_terminated] uri: *const c_char,
        )>,
        #[nullable] #[callback(userdata = userData, scope = notified)]
        namespaceEnd: Option<unsafe extern "C" fn(
            #[userdata] userData: *mut c_void, #[nullable] #[null_terminated] prefix: *const c_char,
        )>,
        #[nullable] #[callback(userdata = userData, scope = notified, on_panic = 0)]
        notStandalone: Option<unsafe extern "C" fn(#[userdata] userData: *mut c_void) -> c_int>,
        #[nullable] #[address]
        #[retained(by = parser, until = [XML_SetAllHandlers, XML_SetHandlers, XML_ParserReset(on(success)), XML_ParserFree])]
        userData: *mut c_void,
    );

    // That handler as a closure. Parsers of external entities have it too, and are freed before this one.
    #[form_of(XML_SetExternalEntityRefHandler, before(XML_SetExternalEntityRefHandlerArg(parser, arg)))]
    fn XML_SetExternalEntityRefClosure(
        #[nonnull] #[opaque] parser: *mut XML_ParserStruct,
        #[callback(userdata = arg, scope = notified, on_panic = 0)]
        handler: Option<unsafe extern "C" fn(
            #[userdata] arg: XML_Parser, #[nullable] #[null_terminated] context: *const c_char,
            #[nullable] #[null_terminated] base: *const c_char,
            #[nullable] #[null_terminated] systemId: *const c_char,
            #[nullable] #[null_terminated] publicId: *const c_char,
        ) -> c_int>,
        #[address]
        #[retained(by = parser, until = [XML_SetExternalEntityRefClosure, XML_ParserReset(on(success)), XML_ParserFree])]
        arg: *mut c_void,
    );

    // Handed to that handler in the parser's place; null brings the parser back.
    fn XML_SetExternalEntityRefHandlerArg(
        #[opaque] parser: *mut XML_ParserStruct,
        #[address] #[retained(by = parser, until = [XML_SetExternalEntityRefHandlerArg,
            XML_ParserReset(on(success)), XML_ParserFree])]
        arg: *mut c_void,
    );

    // XML_UseParserAsHandlerArg is no end: XML_GetUserData still gives it. A parser of an external entity
    // begins with its parent's, and cannot be reset.
    fn XML_SetUserData(
        #[opaque] parser: *mut XML_ParserStruct,
        #[address]
        #[retained(by = parser, until = [XML_SetUserData, XML_ParserReset(on(success)), XML_ParserFree])]
        userData: *mut c_void,
    );

    fn XML_UseParserAsHandlerArg(#[opaque] parser: *mut XML_ParserStruct);

    #[calls_back]
    fn XML_DefaultCurrent(#[opaque] parser: *mut XML_ParserStruct);

    fn XML_SetReturnNSTriplet(#[opaque] parser: *mut XML_ParserStruct, do_nst: c_int);
}

// Settings.
unsafe extern "C" {
    #[success(result != 0)]
    fn XML_SetEncoding(
        #[opaque] parser: *mut XML_ParserStruct,
        #[input] #[nullable] #[null_terminated] #[noescape] encoding: *const XML_Char,
    ) -> XML_Status;

    #[success(result == 0)]
    fn XML_UseForeignDTD(#[opaque] parser: *mut XML_ParserStruct, useDTD: XML_Bool) -> XML_Error;

    #[success(result != 0)]
    fn XML_SetBase(
        #[opaque] parser: *mut XML_ParserStruct,
        #[input] #[nullable] #[null_terminated] #[noescape] base: *const XML_Char,
    ) -> XML_Status;

    #[returns(borrowed = parser, until = [XML_SetBase, XML_ParserReset, XML_ParserFree], nullable, null_terminated)]
    fn XML_GetBase(#[opaque] parser: *mut XML_ParserStruct) -> *const XML_Char;

    #[success(result != 0)]
    fn XML_SetParamEntityParsing(#[opaque] parser: *mut XML_ParserStruct, parsing: XML_ParamEntityParsing) -> c_int;

    #[success(result != 0)]
    fn XML_SetHashSalt(#[opaque] parser: *mut XML_ParserStruct, hash_salt: c_ulong) -> c_int;

    #[success(result != 0)]
    fn XML_SetReparseDeferralEnabled(#[opaque] parser: *mut XML_ParserStruct, enabled: XML_Bool) -> XML_Bool;
}

// Parsing. What is left of the input is copied. XML_GetBuffer lends memory that the next XML_ParseBuffer takes
// back.
unsafe extern "C" {
    #[success(result != 0)]
    #[calls_back]
    fn XML_Parse(
        #[opaque] parser: *mut XML_ParserStruct,
        #[input] #[nullable] #[sized_by(len)] #[noescape] s: *const c_char,
        len: c_int,
        isFinal: c_int,
    ) -> XML_Status;

    #[returns(borrowed = parser, until = [XML_ParseBuffer, XML_GetBuffer, XML_Parse, XML_ParserReset,
        XML_ParserFree], nullable,
        sized_by(len), out)]
    fn XML_GetBuffer(#[opaque] parser: *mut XML_ParserStruct, len: c_int) -> *mut c_void;

    #[success(result != 0)]
    #[calls_back]
    fn XML_ParseBuffer(#[opaque] parser: *mut XML_ParserStruct, len: c_int, isFinal: c_int) -> XML_Status;

    #[success(result != 0)]
    fn XML_StopParser(#[opaque] parser: *mut XML_ParserStruct, resumable: XML_Bool) -> XML_Status;

    #[success(result != 0)]
    #[calls_back]
    fn XML_ResumeParser(#[opaque] parser: *mut XML_ParserStruct) -> XML_Status;

    fn XML_GetParsingStatus(
        #[opaque] parser: *mut XML_ParserStruct,
        #[out] #[nonnull] #[one] status: *mut XML_ParsingStatus,
    );
}

// Where it stands. The input context is good inside the handler that asks for it.
unsafe extern "C" {
    fn XML_GetSpecifiedAttributeCount(#[opaque] parser: *mut XML_ParserStruct) -> c_int;

    fn XML_GetIdAttributeIndex(#[opaque] parser: *mut XML_ParserStruct) -> c_int;

    fn XML_GetErrorCode(#[opaque] parser: *mut XML_ParserStruct) -> XML_Error;

    fn XML_GetCurrentLineNumber(#[opaque] parser: *mut XML_ParserStruct) -> XML_Size;

    fn XML_GetCurrentColumnNumber(#[opaque] parser: *mut XML_ParserStruct) -> XML_Size;

    fn XML_GetCurrentByteIndex(#[opaque] parser: *mut XML_ParserStruct) -> XML_Index;

    fn XML_GetCurrentByteCount(#[opaque] parser: *mut XML_ParserStruct) -> c_int;

    #[returns(borrowed = parser, until = [XML_Parse, XML_ParseBuffer, XML_ParserReset, XML_ParserFree], nullable,
        sized_by(*size))]
    fn XML_GetInputContext(
        #[opaque] parser: *mut XML_ParserStruct,
        #[out] #[nullable] #[one] offset: *mut c_int,
        #[out] #[nullable] #[one] size: *mut c_int,
    ) -> *const c_char;
}

// Memory of the parser's own allocator, and texts.
unsafe extern "C" {
    // What an XML_ElementDeclHandler was given is the handler's, to be released by this, at any time.
    fn XML_FreeContentModel(#[opaque] parser: *mut XML_ParserStruct, #[opaque] #[transfer] model: *mut XML_Content);

    #[returns(owned, free = XML_MemFree, nullable, sized_by(size))]
    fn XML_MemMalloc(#[opaque] parser: *mut XML_ParserStruct, size: size_t) -> *mut c_void;

    #[success(result != 0)]
    #[returns(owned, free = XML_MemFree, nullable, sized_by(size))]
    fn XML_MemRealloc(
        #[opaque] parser: *mut XML_ParserStruct,
        #[opaque] #[transfer(on(success))] #[noescape] ptr: *mut c_void,
        size: size_t,
    ) -> *mut c_void;

    fn XML_MemFree(#[opaque] parser: *mut XML_ParserStruct, #[opaque] #[transfer] ptr: *mut c_void);

    #[returns(static, nullable, null_terminated)]
    fn XML_ErrorString(code: XML_Error) -> *const XML_LChar;

    #[returns(static, nonnull, null_terminated)]
    fn XML_ExpatVersion() -> *const XML_LChar;

    // Ends with XML_FEATURE_END.
    #[returns(static, nonnull)]
    fn XML_GetFeatureList() -> *const XML_Feature;
}
