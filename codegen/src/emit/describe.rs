//! The static description of a function, as tokens.

use super::Style;
use super::paths::Paths;
use crate::contract::expr::Op;
use crate::contract::{Direction, Guarded, Nested, Nullability};
use crate::plan::{CallPlan, ExprPlan, ExtentPlan, Inside, Keeps, PointerPlan};
use crate::read::block::pointee;
use proc_macro2::{TokenStream, TokenTree};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned as _;

/// `FnDesc::new("readv", &[…])`
pub(super) fn function(plan: &CallPlan, types: &[syn::Type], result: Option<&syn::Type>, style: &Style) -> TokenStream {
    let paths = &style.paths;
    let (fn_desc, param_desc) = (paths.fn_desc(), paths.param_desc());
    let params = plan.params.iter().zip(types).map(|(param, ty)| {
        let name = &param.name;
        match &param.pointer {
            Some(pointer) => {
                let pointer = self::pointer(pointer, ty, style);
                quote!(#param_desc::pointer(#name, #pointer))
            }
            None => quote!(#param_desc::scalar(#name)),
        }
    });
    let name = &plan.c_name;
    let may_alias = plan.may_alias.then(|| quote!(.may_alias()));
    let nested = (plan.nested == Nested::Live).then(|| quote!(.nested_live()));
    let guarded = plan.guarded.map(|guarded| match guarded {
        Guarded::Always => quote!(.always_guarded()),
        Guarded::Never => quote!(.never_guarded()),
    });
    let lends = types.iter().enumerate().any(|(index, ty)| lent(plan, ty, index)).then(|| quote!(.lends()));
    let returned = returned(plan, result, style);
    let watched = super::watched::keeping(&plan.watch, style);
    quote!(#fn_desc::new(#name, &[#(#params),*])#may_alias #nested #guarded #lends #returned #watched)
}

/// `.returns_nonnull().returns_into(2)…`
fn returned(plan: &CallPlan, result: Option<&syn::Type>, style: &Style) -> TokenStream {
    let returned = &plan.returned;
    let boolean = returned.is_bool.then(|| quote!(.returns_bool()));
    let value = result.filter(|_| returned.is_value).map(|ty| {
        let passed = style.paths.passed();
        quote!(.returns_value(#passed::<#ty>::VALUES))
    });
    let nonnull = returned.is_nonnull.then(|| quote!(.returns_nonnull()));
    let aligned =
        result.and_then(pointee).filter(|_| returned.is_aligned).map(|target| quote!(.returns_aligned::<#target>()));
    let into = returned.borrowed.iter().map(|index| {
        let index = proc_macro2::Literal::usize_unsuffixed(*index);
        quote!(.returns_into(#index))
    });
    let utf8 = returned.is_utf8.then(|| quote!(.returns_utf8()));
    quote!(#boolean #value #nonnull #aligned #utf8 #(#into)*)
}

/// Whether C gets this argument through the runtime: a copy's address, it may be.
pub(super) fn lent(plan: &CallPlan, ty: &syn::Type, index: usize) -> bool {
    plan.params.get(index).is_some_and(|param| param.is_lent) && matches!(ty, syn::Type::Ptr(_))
}

/// `PointerDesc::to::<T>(…).input().nonnull()…`
fn pointer(plan: &PointerPlan, ty: &syn::Type, style: &Style) -> TokenStream {
    let paths = &style.paths;
    let pointer_desc = paths.pointer_desc();
    let start = match pointee(ty) {
        Some(target) if !plan.is_void => {
            let map = map(plan, target, style);
            quote!(#pointer_desc::to::<#target>(#map))
        }
        _ => quote!(#pointer_desc::void()),
    };
    let direction = direction_method(plan.direction);
    let nullability = match plan.nullability {
        Some(Nullability::Nonnull) => quote!(.nonnull()),
        Some(Nullability::Nullable) => quote!(.nullable()),
        None => quote!(),
    };
    let extent = match &plan.extent {
        ExtentPlan::Unknown => quote!(),
        ExtentPlan::One => quote!(.one()),
        ExtentPlan::NullTerminated => quote!(.null_terminated()),
        ExtentPlan::Count(expr) => {
            let expr = self::expr(expr, paths);
            quote!(.counted_by(#expr))
        }
        ExtentPlan::Bytes(expr) => {
            let expr = self::expr(expr, paths);
            quote!(.sized_by(#expr))
        }
    };
    let flow = plan.flow.map(|innermost| {
        let direction = self::direction(innermost, paths);
        quote!(.flow_through(#direction))
    });
    let transferred = plan.is_transferred.then(|| quote!(.transferred()));
    let escape = match plan.keeps {
        Some(Keeps::Call) => quote!(.noescape()),
        Some(Keeps::Longer) => quote!(.retained()),
        None => quote!(),
    };
    let sensitive = plan.is_sensitive.then(|| quote!(.address_sensitive()));
    let filled = plan.filled.as_ref().map(|filled| {
        let filled = expr(filled, paths);
        let may_exceed = plan.may_exceed.then(|| quote!(.may_exceed()));
        quote!(.filled_by(#filled)#may_exceed)
    });
    let holding = pointee(ty).filter(|_| plan.holds_values).map(|target| {
        let passed = paths.passed();
        quote!(.holding(#passed::<#target>::VALUES))
    });
    let inside = pointee(ty).filter(|_| plan.holds_inside != Inside::No).map(|target| {
        let probe = paths.map_probe();
        quote!(.holding_inside(#probe::<#target>::MAP.holds_numbers()))
    });
    quote!(#start #direction #nullability #extent #flow #transferred #escape #sensitive #filled #holding #inside)
}

/// The pointer map of the target: what its type says, or what must be said where C follows the pointers.
fn map(plan: &PointerPlan, target: &syn::Type, style: &Style) -> TokenStream {
    let paths = &style.paths;
    if plan.is_foreign {
        let unknown = paths.unknown_map();
        return quote!(#unknown);
    }
    // In a user's own block a type without a map is a mistake to tell; a header's may have none to give.
    if plan.flow.is_some() && !style.own_module {
        // The compiler is to point at the type where some of them are not known.
        let at_type = |mut token: TokenTree| {
            token.set_span(target.span());
            token
        };
        let followed: TokenStream = paths.followed().into_iter().map(at_type).collect();
        return quote_spanned!(target.span()=> #followed::<#target>());
    }
    let probe = paths.map_probe();
    quote!(#probe::<#target>::map)
}

pub(super) fn direction_method(direction: Option<Direction>) -> TokenStream {
    match direction {
        Some(Direction::In) => quote!(.input()),
        Some(Direction::Out) => quote!(.out()),
        Some(Direction::InOut) => quote!(.inout()),
        None => quote!(),
    }
}

pub(super) fn direction(direction: Direction, paths: &Paths) -> TokenStream {
    let path = paths.direction();
    match direction {
        Direction::In => quote!(#path::In),
        Direction::Out => quote!(#path::Out),
        Direction::InOut => quote!(#path::InOut),
    }
}

fn expr(plan: &ExprPlan, paths: &Paths) -> TokenStream {
    let path = paths.expr();
    let index = |index: &usize| proc_macro2::Literal::u8_unsuffixed(u8::try_from(*index).unwrap_or(u8::MAX));
    match plan {
        ExprPlan::Const(value) => {
            let value = proc_macro2::Literal::u64_unsuffixed(*value);
            quote!(#path::Const(#value))
        }
        ExprPlan::Param(param) => {
            let param = index(param);
            quote!(#path::Param(#param))
        }
        ExprPlan::Deref(param) => {
            let param = index(param);
            quote!(#path::Deref(#param))
        }
        ExprPlan::Result => quote!(#path::Result),
        ExprPlan::Binary(op, left, right) => {
            let op = self::op(*op, paths);
            let (left, right) = (expr(left, paths), expr(right, paths));
            quote!(#path::Binary(#op, &#left, &#right))
        }
    }
}

pub(super) fn op(op: Op, paths: &Paths) -> TokenStream {
    let path = paths.op();
    let variant = match op {
        Op::Add => quote!(Add),
        Op::Sub => quote!(Sub),
        Op::Mul => quote!(Mul),
        Op::Div => quote!(Div),
        Op::Min => quote!(Min),
    };
    quote!(#path::#variant)
}
