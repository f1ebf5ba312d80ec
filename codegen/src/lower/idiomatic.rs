//! Which of Rust's types each C parameter and the result take in an idiomatic signature.

use super::{endings, names_read};
use crate::callback;
use crate::contract::axes::enforced;
use crate::contract::{
    Contracts, Direction, Errno, Expr, Filled, FnContract, Keeping, Nullability, ParamContract, Sensitivity,
};
use crate::given;
use crate::model::{Function, Header, Pointer, PointerKind, Ty};
use crate::plan::{
    Amount, Argument, ExprPlan, ExtentPlan, Failure, GivenOrigin, Loan, ParamPlan, PointerPlan, ResultPlan,
    ResultValue, RetainedForm, Shape, Signature,
};

/// Everything that a choice about one function depends on.
struct Chooser<'a> {
    header: &'a Header,
    contracts: &'a Contracts,
    function: &'a Function,
    contract: &'a FnContract,
    params: &'a [ParamPlan],
    failure: Failure,
    /// Parameters that something given must not outlive: their loans keep their names.
    ties: Vec<usize>,
}

/// The idiomatic signature.
pub(super) fn signature(
    header: &Header,
    contracts: &Contracts,
    function: &Function,
    contract: &FnContract,
    params: &[ParamPlan],
    is_safe: bool,
) -> Signature {
    let result = given::result(header, function, contract).and_then(Result::ok);
    let stored = (0..function.params.len()).filter_map(|index| given::stored(header, function, contract, index)?.ok());
    let ties = stored.chain(result.clone()).flat_map(|given| given.ties).collect();
    let failure = match (contract.errno.as_ref().map(|fact| fact.value), &contract.success) {
        (Some(Errno::Value | Errno::Void), _) => Failure::Errno,
        (Some(Errno::Null), _) if result.is_some() => Failure::ErrnoNull,
        (Some(Errno::Null), _) => Failure::Never,
        (None, Some(success)) if function.result.as_pointer().is_none() => {
            Failure::Compared(success.value.comparison, success.value.constant.clone())
        }
        (None, _) => Failure::Never,
    };
    let chooser = Chooser { header, contracts, function, contract, params, failure, ties };
    let mut arguments: Vec<Argument> = (0..params.len()).map(|index| chooser.argument(index)).collect();
    chooser.cells(&mut arguments);
    chooser.lengths(&mut arguments);
    let result = chooser.result(&arguments, result);
    Signature::Idiomatic { is_safe, arguments, result }
}

/// Whether an argument is a buffer with a length.
fn is_counted(argument: &Argument) -> bool {
    match argument {
        Argument::Slice(_) | Argument::OutBuf | Argument::Vector { .. } => true,
        Argument::Retained(retained) => matches!(retained.form, RetainedForm::Slice { .. }),
        _ => false,
    }
}

/// Whether a buffer's length must be compared with an expression that stays in the signature.
pub(super) fn needs_fit(argument: &Argument, param: &ParamPlan, arguments: &[Argument]) -> bool {
    if !is_counted(argument) {
        return false;
    }
    match param.pointer.as_ref().map(|pointer| &pointer.extent) {
        Some(ExtentPlan::Count(ExprPlan::Param(index)) | ExtentPlan::Bytes(ExprPlan::Param(index))) => {
            !matches!(arguments[*index], Argument::LengthOf(_))
        }
        Some(ExtentPlan::Count(ExprPlan::Deref(index)) | ExtentPlan::Bytes(ExprPlan::Deref(index))) => {
            !matches!(arguments[*index], Argument::Cell(_))
        }
        Some(ExtentPlan::Count(_) | ExtentPlan::Bytes(_)) => true,
        _ => false,
    }
}

impl Chooser<'_> {
    fn argument(&self, index: usize) -> Argument {
        let facts = &self.contract.params[index];
        if let Some(argument) = callback::argument(self.header, self.function, self.contract, index) {
            return argument;
        }
        if given::is_handle(self.header, self.function, self.contract, index) {
            return self.handle(index);
        }
        match (&self.function.params[index].ty, &self.params[index].pointer) {
            (Ty::Pointer(pointer), Some(plan)) => self.pointer(index, pointer, plan, facts),
            _ => Argument::Keep,
        }
    }

    fn handle(&self, index: usize) -> Argument {
        let facts = &self.contract.params[index];
        if let Keeping::Taken { free, on_success } = Keeping::of(facts, self.function.form.as_ref()) {
            let free = free.as_deref().unwrap_or_else(|| self.function.c_name());
            if let Ok(free) = given::release(self.header, self.function, free) {
                return Argument::Taken { free, on_success };
            }
        }
        let is_optional = enforced(&facts.nullability) == Some(&Nullability::Nullable);
        // What the result keeps is tied to it by a lifetime.
        match endings::keeping(self.contract, self.function, index) {
            Some((kept, on_success)) if kept.by.as_deref() != Some("result") && !self.ties.contains(&index) => {
                let kept = (&kept, on_success);
                let form = RetainedForm::Handle;
                Argument::Retained(endings::retained(self.function, index, kept, form, true, is_optional))
            }
            _ => Argument::Handle { is_optional },
        }
    }

    fn pointer(&self, index: usize, pointer: &Pointer, plan: &PointerPlan, facts: &ParamContract) -> Argument {
        // A reference is idiomatic already.
        if pointer.kind != PointerKind::Raw {
            return Argument::Keep;
        }
        let is_tied = self.ties.contains(&index);
        let is_optional = plan.nullability == Some(Nullability::Nullable);
        let is_mut = plan.direction != Some(Direction::In);
        let loan = |in_bytes| Loan { is_mut, is_optional, in_bytes };
        if let (ExtentPlan::One | ExtentPlan::Unknown, Ty::Named(name)) =
            (&plan.extent, self.header.resolve(&pointer.pointee))
            && let Some(sensitivity) = self.contracts.address_sensitive.get(name)
            && !self.is_kept_by_another(index)
        {
            return Argument::InPlace { is_shared: *sensitivity == Sensitivity::Shared, is_optional };
        }
        if let (None, Some((kept, on_success))) = (plan.flow, endings::keeping(self.contract, self.function, index)) {
            let form = match &plan.extent {
                ExtentPlan::One | ExtentPlan::Unknown => RetainedForm::Object,
                ExtentPlan::NullTerminated => RetainedForm::Text,
                ExtentPlan::Count(_) => RetainedForm::Slice { in_bytes: false },
                ExtentPlan::Bytes(_) => RetainedForm::Slice { in_bytes: true },
            };
            let kept = (&kept, on_success);
            return Argument::Retained(endings::retained(self.function, index, kept, form, is_mut, is_optional));
        }
        if let Some(direction) = plan.flow {
            // Only a vector of (start, length) pairs has an idiomatic form; other structures stay pointers.
            return match (&plan.extent, self.contracts.vector_fields(pointer)) {
                (ExtentPlan::Count(ExprPlan::Param(_)), Some((base, len))) => {
                    Argument::Vector { is_mut: direction != Direction::In, base: base.into(), len: len.into() }
                }
                (ExtentPlan::Count(_) | ExtentPlan::Bytes(_), _) => Argument::Slice(loan(false)),
                _ => Argument::Object(loan(false)),
            };
        }
        if let Some(Ok(given)) = given::stored(self.header, self.function, self.contract, index)
            && !is_tied
            && self.tells_success()
        {
            return Argument::OutPointer(given);
        }
        let is_buffer = !is_tied && !is_optional && self.amount(facts, plan).is_some();
        // Success is known, and the contract says that the whole is written then.
        let written = match enforced(&facts.filled) {
            Some(Filled::Expr(Expr::Const(count)))
                if plan.direction == Some(Direction::Out)
                    && self.is_told()
                    && !is_optional
                    && !plan.is_void
                    && !is_tied =>
            {
                Some(*count)
            }
            _ => None,
        };
        match &plan.extent {
            ExtentPlan::One if written == Some(1) => Argument::OutValue(None),
            ExtentPlan::Count(ExprPlan::Const(count)) if written == Some(*count) => Argument::OutValue(written),
            ExtentPlan::One if plan.direction == Some(Direction::Out) => Argument::OutObject { is_optional },
            ExtentPlan::One | ExtentPlan::Unknown => Argument::Object(loan(false)),
            ExtentPlan::NullTerminated => Argument::Str { is_optional },
            ExtentPlan::Count(ExprPlan::Const(count)) => Argument::Array(loan(false), *count),
            ExtentPlan::Count(_) if is_buffer => Argument::OutBuf,
            ExtentPlan::Bytes(_) if is_buffer && self.is_bytes(pointer) => Argument::OutBuf,
            ExtentPlan::Count(_) => Argument::Slice(loan(false)),
            ExtentPlan::Bytes(_) => Argument::Slice(loan(true)),
        }
    }

    /// Whether C keeps what this parameter gets, and not on its own behalf.
    fn is_kept_by_another(&self, index: usize) -> bool {
        let name = self.function.params[index].name.as_str();
        endings::keeping(self.contract, self.function, index).is_some_and(|(kept, _)| kept.by.as_deref() != Some(name))
    }

    fn is_bytes(&self, pointer: &Pointer) -> bool {
        matches!(self.header.resolve(&pointer.pointee), Ty::Void | Ty::Char | Ty::Byte)
    }

    /// Whether the result tells success from failure.
    fn is_told(&self) -> bool {
        self.failure != Failure::Never
    }

    /// The same, or there is nothing that could fail.
    fn tells_success(&self) -> bool {
        self.is_told() || self.function.result == Ty::Void
    }

    /// How much of an out buffer is filled after a call that succeeded, where that is known then.
    fn amount(&self, facts: &ParamContract, plan: &PointerPlan) -> Option<Amount> {
        if plan.direction != Some(Direction::Out) || facts.may_exceed {
            return None;
        }
        let amount = match enforced(&facts.filled)? {
            Filled::Return => Amount::Result,
            Filled::Expr(expr) => given::amount(self.function, expr)?,
        };
        let is_number = self.function.result.as_pointer().is_none() && self.function.result != Ty::Void;
        match (&amount, &self.failure) {
            (Amount::Result, Failure::Errno | Failure::Compared(..)) => is_number.then_some(amount),
            (Amount::Result, _) => None,
            _ if reads_result(&amount) => is_number.then_some(amount),
            _ => self.tells_success().then_some(amount),
        }
    }

    /// The buffers whose extent is exactly this expression.
    fn counted(&self, arguments: &[Argument], is_it: impl Fn(&ExprPlan) -> bool) -> Vec<usize> {
        let counted = |buffer: &usize| {
            let plan = self.params[*buffer].pointer.as_ref();
            is_counted(&arguments[*buffer])
                && plan.is_some_and(
                    |plan| matches!(&plan.extent, ExtentPlan::Count(expr) | ExtentPlan::Bytes(expr) if is_it(expr)),
                )
        };
        (0..arguments.len()).filter(counted).collect()
    }

    fn is_read_beside(&self, buffers: &[usize], index: usize) -> bool {
        self.params.iter().enumerate().any(|(other, param)| {
            !buffers.contains(&other) && param.pointer.as_ref().is_some_and(|plan| names_read(plan).contains(&index))
        })
    }

    /// A pointer to a length that counts buffers disappears, where what C stores there is told otherwise.
    fn cells(&self, arguments: &mut [Argument]) {
        for index in 0..arguments.len() {
            let Argument::Object(Loan { is_optional: false, .. }) = arguments[index] else { continue };
            let Ty::Pointer(pointer) = &self.function.params[index].ty else { continue };
            let is_number = matches!(self.header.resolve(&pointer.pointee), Ty::Number | Ty::Byte | Ty::Named(_));
            if !is_number || pointer.kind != PointerKind::Raw || self.ties.contains(&index) {
                continue;
            }
            let buffers = self.counted(arguments, |expr| matches!(expr, ExprPlan::Deref(by) if *by == index));
            let is_told = buffers.iter().any(|buffer| {
                let plan = self.params[*buffer].pointer.as_ref();
                let filled = plan.and_then(|plan| self.amount(&self.contract.params[*buffer], plan));
                arguments[*buffer] == Argument::OutBuf && filled == Some(Amount::Deref(index))
            });
            let is_input =
                self.params[index].pointer.as_ref().is_some_and(|plan| plan.direction == Some(Direction::In));
            if !buffers.is_empty() && (is_told || is_input) && !self.is_read_beside(&buffers, index) {
                arguments[index] = Argument::Cell(buffers);
            }
        }
    }

    /// A parameter that does nothing but count one or more buffers disappears.
    fn lengths(&self, arguments: &mut [Argument]) {
        for index in 0..arguments.len() {
            let is_number = matches!(self.function.params[index].ty, Ty::Number | Ty::Byte | Ty::Named(_));
            if arguments[index] != Argument::Keep || !is_number {
                continue;
            }
            let buffers = self.counted(arguments, |expr| matches!(expr, ExprPlan::Param(by) if *by == index));
            if !buffers.is_empty() && !self.is_read_beside(&buffers, index) {
                arguments[index] = Argument::LengthOf(buffers);
            }
        }
    }

    fn result(&self, arguments: &[Argument], given: Option<crate::plan::Given>) -> ResultPlan {
        let filled: Vec<(usize, Amount)> = (0..arguments.len())
            .filter(|index| arguments[*index] == Argument::OutBuf)
            .filter_map(|index| {
                let plan = self.params[index].pointer.as_ref()?;
                Some((index, self.amount(&self.contract.params[index], plan)?))
            })
            .collect();
        let is_void = self.contract.errno.as_ref().is_some_and(|fact| fact.value == Errno::Void);
        let is_told_by_buffer = filled.iter().any(|(_, amount)| *amount == Amount::Result);
        let is_constant = matches!(self.failure, Failure::Compared(crate::contract::Comparison::Equal, _));
        let has_parts = !filled.is_empty()
            || arguments.iter().any(|argument| matches!(argument, Argument::OutValue(_) | Argument::OutPointer(_)));
        let value = match given {
            Some(given) => ResultValue::Pointer(given),
            None if is_void || is_told_by_buffer || is_constant => ResultValue::Nothing,
            None if self.function.result == Ty::Void && has_parts => ResultValue::Nothing,
            None => ResultValue::Plain,
        };
        let given_back =
            arguments.iter().position(|argument| matches!(argument, Argument::Taken { on_success: true, .. }));
        ResultPlan { failure: self.failure.clone(), value, filled, given_back }
    }
}

fn reads_result(amount: &Amount) -> bool {
    match amount {
        Amount::Result => true,
        Amount::Const(_) | Amount::Param(_) | Amount::Deref(_) => false,
        Amount::Binary(_, left, right) => reads_result(left) || reads_result(right),
    }
}

/// Whether something given is an owner, or a handle: such need no more words in the documentation than their types.
pub(super) fn spell_given(given: &crate::plan::Given) -> &'static str {
    match (given.origin, &given.shape) {
        (GivenOrigin::Owned(_), Shape::Handle) => "an owned handle",
        (GivenOrigin::Owned(_), _) => "owned memory",
        (GivenOrigin::Borrowed, Shape::Handle) => "a borrowed handle",
        (GivenOrigin::Borrowed, _) => "borrowed memory",
    }
}
