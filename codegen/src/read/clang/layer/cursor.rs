//! Decides what can be asked of a place in the tree and of a type.

use std::ffi::c_uint;
use std::marker::PhantomData;
use std::ptr;
use std::rc::Rc;

use clang_sys::*;

use super::{Unit, file_name, owned, place};
use crate::read::clang::raw::{Direction, Nullability};
use crate::read::clang::text::non_empty;

/// A place in the tree.
#[derive(Clone, Copy)]
pub(crate) struct Cursor<'u> {
    pub(super) raw: CXCursor,
    pub(super) unit: PhantomData<&'u CXTranslationUnit>,
}

impl<'u> Cursor<'u> {
    fn with(self, raw: CXCursor) -> Self {
        Self { raw, ..self }
    }

    fn of_type(self, raw: CXType) -> Type<'u> {
        Type { raw, from: self }
    }

    /// What sort of cursor it is.
    pub(crate) fn kind(self) -> CXCursorKind {
        self.raw.kind
    }

    /// Whether both are the same place in the tree.
    pub(crate) fn is(self, other: Self) -> bool {
        ask!(clang_equalCursors(self.raw, other.raw)) != 0
    }

    /// The cursors right below it whose kind is wanted.
    pub(crate) fn children(self, wanted: fn(CXCursorKind) -> bool) -> Vec<Self> {
        struct Found {
            wanted: fn(CXCursorKind) -> bool,
            cursors: Vec<CXCursor>,
        }
        extern "C" fn push(cursor: CXCursor, _: CXCursor, data: CXClientData) -> CXChildVisitResult {
            // SAFETY: the data is the value below, which nothing else uses during the visit.
            let found = unsafe { &mut *data.cast::<Found>() };
            if (found.wanted)(cursor.kind) {
                found.cursors.push(cursor);
            }
            CXChildVisit_Continue
        }
        let mut found = Found { wanted, cursors: Vec::new() };
        ask!(clang_visitChildren(self.raw, push, ptr::from_mut(&mut found).cast()));
        found.cursors.into_iter().map(|raw| self.with(raw)).collect()
    }

    /// As written.
    pub(crate) fn spelling(self) -> String {
        ask!(String: clang_getCursorSpelling(self.raw))
    }

    /// The type it declares.
    pub(crate) fn ty(self) -> Type<'u> {
        self.of_type(ask!(clang_getCursorType(self.raw)))
    }

    /// The type a function returns.
    pub(crate) fn result(self) -> Type<'u> {
        self.of_type(ask!(clang_getCursorResultType(self.raw)))
    }

    /// What it is declared in.
    pub(crate) fn parent(self) -> Self {
        self.with(ask!(clang_getCursorSemanticParent(self.raw)))
    }

    /// The parameters of a function.
    pub(crate) fn arguments(self) -> Vec<Self> {
        let count = ask!(clang_Cursor_getNumArguments(self.raw)).max(0);
        (0..count as c_uint).map(|number| self.with(ask!(clang_Cursor_getArgument(self.raw, number)))).collect()
    }

    /// File, line, column and offset; in a macro, those of its use.
    pub(crate) fn location(self) -> (String, u32, u32, u32) {
        place(ask!(clang_getCursorLocation(self.raw)), clang_getExpansionLocation)
    }

    /// Whether it stands in the main file itself.
    pub(crate) fn in_main_file(&self) -> bool {
        let location = ask!(clang_getCursorLocation(self.raw));
        ask!(clang_Location_isFromMainFile(location)) != 0
    }

    /// The file that an inclusion directive brought in.
    pub(crate) fn included_file(&self) -> Option<String> {
        non_empty(file_name(ask!(clang_getIncludedFile(self.raw))))
    }

    /// Whether it is a definition.
    pub(crate) fn is_definition(self) -> bool {
        ask!(clang_isCursorDefinition(self.raw)) != 0
    }

    /// Whether a function is `inline`.
    pub(crate) fn is_inline(self) -> bool {
        ask!(clang_Cursor_isFunctionInlined(self.raw)) != 0
    }

    /// The storage class it is declared with.
    pub(crate) fn storage(self) -> CX_StorageClass {
        ask!(clang_Cursor_getStorageClass(self.raw))
    }

    /// The distance of a field from the start of its record.
    pub(crate) fn offset_bits(self) -> u64 {
        u64::try_from(ask!(clang_Cursor_getOffsetOfField(self.raw))).unwrap_or(0)
    }

    /// The width of a bit-field.
    pub(crate) fn bit_width(self) -> Option<u32> {
        let is_bit_field = ask!(clang_Cursor_isBitField(self.raw)) != 0;
        u32::try_from(ask!(clang_getFieldDeclBitWidth(self.raw))).ok().filter(|_| is_bit_field)
    }

    /// The comment attached to it, markers included.
    pub(crate) fn raw_comment(self) -> Option<String> {
        non_empty(ask!(String: clang_Cursor_getRawCommentText(self.raw)))
    }

    /// The parameters whose direction the comment states, as often as it does.
    pub(crate) fn commented_directions(self) -> Vec<(String, Option<Direction>)> {
        let mut directions = Vec::new();
        let comment = ask!(clang_Cursor_getParsedComment(self.raw));
        for number in 0..ask!(clang_Comment_getNumChildren(comment)) {
            let part = ask!(clang_Comment_getChild(comment, number));
            if ask!(clang_Comment_getKind(part)) != CXComment_ParamCommand
                || ask!(clang_ParamCommandComment_isDirectionExplicit(part)) == 0
            {
                continue;
            }
            let name = ask!(String: clang_ParamCommandComment_getParamName(part));
            let direction = match ask!(clang_ParamCommandComment_getDirection(part)) {
                CXCommentParamPassDirection_In => Some(Direction::In),
                CXCommentParamPassDirection_Out => Some(Direction::Out),
                CXCommentParamPassDirection_InOut => Some(Direction::InOut),
                _ => None,
            };
            directions.push((name, direction));
        }
        directions
    }

    /// The declaration as clang prints it, without a body.
    pub(crate) fn pretty(self) -> String {
        let policy = ask!(clang_getCursorPrintingPolicy(self.raw));
        ask!(clang_PrintingPolicy_setProperty(policy, CXPrintingPolicy_TerseOutput, 1));
        let text = ask!(String: clang_getCursorPrettyPrinted(self.raw, policy));
        // SAFETY: the policy is ours and is not used any more.
        unsafe { clang_PrintingPolicy_dispose(policy) };
        text
    }

    /// The text of its file, and where in it it starts.
    pub(crate) fn source(self, unit: &Unit<'_>) -> Option<(Rc<str>, usize)> {
        let range = ask!(clang_getCursorExtent(self.raw));
        let (file, _, _, offset) = place(ask!(clang_getRangeStart(range)), clang_getExpansionLocation);
        Some((unit.text(&file)?, offset as usize))
    }
}

/// A type, and the cursor it was asked of.
#[derive(Clone, Copy)]
pub(crate) struct Type<'u> {
    raw: CXType,
    from: Cursor<'u>,
}

impl<'u> Type<'u> {
    fn with(self, raw: CXType) -> Self {
        Self { raw, ..self }
    }

    /// What sort of type it is, names and attributes counting as sorts.
    pub(crate) fn kind(self) -> CXTypeKind {
        self.raw.kind
    }

    /// As written.
    pub(crate) fn spelling(self) -> String {
        ask!(String: clang_getTypeSpelling(self.raw))
    }

    /// This type with typedefs resolved.
    pub(crate) fn canonical(self) -> Self {
        self.with(ask!(clang_getCanonicalType(self.raw)))
    }

    /// What a pointer points to.
    pub(crate) fn pointee(self) -> Self {
        self.with(ask!(clang_getPointeeType(self.raw)))
    }

    /// What an array holds.
    pub(crate) fn element(self) -> Self {
        self.with(ask!(clang_getArrayElementType(self.raw)))
    }

    /// Where the type is declared.
    pub(crate) fn declaration(self) -> Cursor<'u> {
        self.from.with(ask!(clang_getTypeDeclaration(self.raw)))
    }

    /// Whether it is an array, seen through names.
    pub(crate) fn is_array(self) -> bool {
        matches!(self.canonical().kind(), CXType_ConstantArray | CXType_IncompleteArray | CXType_VariableArray)
    }

    /// Whether it is `const` itself.
    pub(crate) fn is_const(self) -> bool {
        ask!(clang_isConstQualifiedType(self.raw)) != 0
    }

    /// Whether a function type ends in `...`.
    pub(crate) fn is_variadic(self) -> bool {
        ask!(clang_isFunctionTypeVariadic(self.raw)) != 0
    }

    /// What the attributes on it say about null.
    pub(crate) fn nullability(self) -> Option<Nullability> {
        match ask!(clang_Type_getNullability(self.raw)) {
            CXTypeNullability_NonNull => Some(Nullability::Nonnull),
            CXTypeNullability_Nullable => Some(Nullability::Nullable),
            CXTypeNullability_Unspecified => Some(Nullability::Unspecified),
            _ => None,
        }
    }

    /// In bytes; nothing for a type without a definition.
    pub(crate) fn size(self) -> Option<u64> {
        u64::try_from(ask!(clang_Type_getSizeOf(self.raw))).ok()
    }

    /// In bytes; nothing for a type without a definition.
    pub(crate) fn align(self) -> Option<u64> {
        u64::try_from(ask!(clang_Type_getAlignOf(self.raw))).ok()
    }

    /// This type with names and attributes taken off its outside only, so that those of its pointee stay.
    pub(crate) fn without_names(self) -> Self {
        let mut ty = self;
        loop {
            let inner = match ty.kind() {
                CXType_Pointer | CXType_ConstantArray | CXType_IncompleteArray | CXType_VariableArray => return ty,
                CXType_Typedef => ask!(clang_getTypedefDeclUnderlyingType(ty.declaration().raw)),
                CXType_Elaborated => ask!(clang_Type_getNamedType(ty.raw)),
                CXType_Attributed => ask!(clang_Type_getModifiedType(ty.raw)),
                _ => return ty.canonical(),
            };
            if inner.kind == CXType_Invalid {
                return ty.canonical();
            }
            ty = ty.with(inner);
        }
    }

    /// The fields of a record.
    pub(crate) fn fields(self) -> Vec<Cursor<'u>> {
        extern "C" fn push(cursor: CXCursor, data: CXClientData) -> CXVisitorResult {
            // SAFETY: the data is the vector below, which nothing else uses during the visit.
            unsafe { &mut *data.cast::<Vec<CXCursor>>() }.push(cursor);
            CXVisit_Continue
        }
        let mut fields: Vec<CXCursor> = Vec::new();
        ask!(clang_Type_visitFields(self.raw, push, ptr::from_mut(&mut fields).cast()));
        fields.into_iter().map(|raw| self.from.with(raw)).collect()
    }
}
