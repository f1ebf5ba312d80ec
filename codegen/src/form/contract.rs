//! The contract of a typed form: its own words, what is left of its function's, and conditions that its constants decide.

use super::Parts;
use crate::contract::{
    Callback, Case, Condition, Constant, Escape, Expr, Extent, Fact, Filled, FnContract, ParamContract, Retention,
    Value,
};
use crate::model::{Function, Header};

/// What a name of the function's means in the form.
enum Meaning<'a> {
    /// A parameter that the form still has.
    Given(&'a str),
    /// A constant.
    Fixed(&'a Constant),
    /// Neither.
    Other,
}

/// A form's view of its function's parameters.
struct View<'a> {
    /// The function's name for each, and what it means.
    names: Vec<(&'a str, Meaning<'a>)>,
}

impl<'a> View<'a> {
    fn of(header: &'a Header, function: &'a Function, parts: &'a Parts) -> Self {
        let called = &header.functions[parts.of.0];
        let mut given = function.params.iter();
        let names = called.params.iter().zip(&parts.fixed).map(|(param, fixed)| {
            let meaning = match fixed {
                Some(constant) => Meaning::Fixed(constant),
                None => given.next().map_or(Meaning::Other, |param| Meaning::Given(&param.name)),
            };
            (param.name.as_str(), meaning)
        });
        Self { names: names.collect() }
    }

    fn meaning(&self, name: &str) -> &Meaning<'a> {
        self.names.iter().find(|(known, _)| *known == name).map_or(&Meaning::Other, |(_, meaning)| meaning)
    }

    fn name(&self, name: &str) -> Option<String> {
        match self.meaning(name) {
            Meaning::Given(name) => Some((*name).to_owned()),
            Meaning::Fixed(_) => None,
            // `result`, and names that are none of a parameter.
            Meaning::Other => Some(name.to_owned()),
        }
    }

    fn expr(&self, expr: &Expr) -> Option<Expr> {
        Some(match expr {
            Expr::Const(value) => Expr::Const(*value),
            Expr::Name(name) => match self.meaning(name) {
                Meaning::Fixed(Constant::Number(number)) => Expr::Const(u64::try_from(*number).ok()?),
                _ => Expr::Name(self.name(name)?),
            },
            Expr::Deref(name) => Expr::Deref(self.name(name)?),
            Expr::Binary(op, left, right) => Expr::Binary(*op, Box::new(self.expr(left)?), Box::new(self.expr(right)?)),
        })
    }

    fn extent(&self, extent: &Extent) -> Option<Extent> {
        Some(match extent {
            Extent::Count(expr) => Extent::Count(self.expr(expr)?),
            Extent::Bytes(expr) => Extent::Bytes(self.expr(expr)?),
            other => other.clone(),
        })
    }

    /// `None` where a constant does not tell which case it is.
    fn escape(&self, escape: &Escape) -> Option<Escape> {
        match escape {
            Escape::Retained(kept) => {
                let named = |name: &Option<String>| name.as_ref().map_or(Some(None), |name| self.name(name).map(Some));
                Some(Escape::Retained(Retention { by: named(&kept.by)?, at: named(&kept.at)?, ..kept.clone() }))
            }
            Escape::Cases(cases) => self.cases(cases),
            other => Some(other.clone()),
        }
    }

    fn cases(&self, cases: &[Case]) -> Option<Escape> {
        let mut left: Vec<Case> = Vec::new();
        'cases: for case in cases {
            let mut when = Vec::new();
            for condition in &case.when {
                match condition {
                    Condition::Argument { name, comparison, constant } => match self.meaning(name) {
                        Meaning::Fixed(value) => match condition.decided(name, value) {
                            Some(true) => {}
                            Some(false) => continue 'cases,
                            None => return None,
                        },
                        _ => when.push(Condition::Argument {
                            name: self.name(name)?,
                            comparison: *comparison,
                            constant: constant.clone(),
                        }),
                    },
                    other => when.push(other.clone()),
                }
            }
            let is_certain = when.is_empty() && !case.when.is_empty();
            let case = Case { when, escape: self.escape(&case.escape)? };
            if is_certain {
                // What its conditions name is the case, whatever the rest says.
                return Some(case.escape);
            }
            left.push(case);
        }
        let has = |condition: Condition| left.iter().any(|case| case.when == [condition.clone()]);
        if has(Condition::Success) && has(Condition::Failure) {
            left.retain(|case| !case.when.is_empty());
        }
        match left.as_slice() {
            [] => None,
            [case] if case.when.is_empty() => Some(case.escape.clone()),
            _ => Some(Escape::Cases(left)),
        }
    }

    fn param(&self, known: &ParamContract) -> ParamContract {
        let mut contract = known.clone();
        contract.extent = through(&known.extent, |extent| self.extent(extent));
        contract.filled = through(&known.filled, |filled| match filled {
            Filled::Return => Some(Filled::Return),
            Filled::Expr(expr) => self.expr(expr).map(Filled::Expr),
        });
        contract.escape = through(&known.escape, |escape| self.escape(escape));
        contract.callback = through(&known.callback, |callback: &Callback| {
            let named = callback.userdata.iter().chain(&callback.destroy);
            let is_whole = named.clone().all(|name| self.name(name).is_some())
                && callback.lengths().all(|length| self.expr(length).is_some());
            let name = |name: &str| self.name(name).unwrap_or_default();
            is_whole.then(|| Callback {
                userdata: callback.userdata.as_deref().map(name),
                destroy: callback.destroy.as_deref().map(name),
                ..callback.with_lengths(&|length| self.expr(length).unwrap_or_else(|| length.clone()))
            })
        });
        contract.pointee = through(&known.pointee, |value| self.value(value));
        contract
    }

    fn value(&self, value: &Value) -> Option<Value> {
        let mut is_whole = true;
        value.names(&mut |name| is_whole &= self.name(name).is_some());
        is_whole.then(|| value.renamed(&|name: &str| self.name(name).unwrap_or_default()))
    }
}

/// A fact as the form sees it; gone where the form's constants leave nothing of it.
fn through<T>(fact: &Option<Fact<T>>, view: impl Fn(&T) -> Option<T>) -> Option<Fact<T>> {
    let fact = fact.as_ref()?;
    Some(Fact {
        value: view(&fact.value)?,
        source: fact.source.clone(),
        reason: fact.reason.clone(),
        place: fact.place.clone(),
    })
}

/// Adds what holds of the function for the parameters that are left, where the form itself says nothing.
///
/// How further arguments are meant is the form's to say, and so is whether good pointers are enough.
pub fn inherit(contract: &mut FnContract, header: &Header, function: &Function, parts: &Parts, known: &FnContract) {
    let view = View::of(header, function, parts);
    let left = known.params.iter().zip(&parts.fixed).filter(|(_, fixed)| fixed.is_none());
    for (contract, (known, _)) in contract.params.iter_mut().zip(left) {
        contract.fill_from(&view.param(known), &|name: &str| name.to_owned());
    }
    contract.errno = contract.errno.take().or_else(|| known.errno.clone());
    contract.success = contract.success.take().or_else(|| known.success.clone());
    contract.may_alias = contract.may_alias.take().or_else(|| known.may_alias.clone());
    contract.policy.fill_from(&known.policy);
    if contract.returns.is_empty() {
        contract.returns =
            known.returns.iter().filter_map(|fact| through(&Some(fact.clone()), |v| view.value(v))).collect();
    }
}

/// Decides the conditions of a form's own words that its constants decide.
pub fn decide(contract: &mut FnContract, header: &Header, function: &Function, parts: &Parts) {
    let called = &header.functions[parts.of.0];
    // A name of the form's own is meant before one of the function's.
    let names = called.params.iter().zip(&parts.fixed).filter_map(|(param, fixed)| {
        let is_own = function.params.iter().any(|own| own.name == param.name);
        fixed.as_ref().filter(|_| !is_own).map(|constant| (param.name.as_str(), Meaning::Fixed(constant)))
    });
    let view = View { names: names.collect() };
    for contract in &mut contract.params {
        contract.escape = through(&contract.escape, |escape| view.escape(escape));
    }
}
