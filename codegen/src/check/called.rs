//! Whether what is said of a callback's parameters fits the type that it has here; a pack's may be of another version.

use super::Checker;
use crate::contract::CalledForm;
use crate::diag::codes;
use crate::model::Ty;
use crate::plan::CallbackPlan;
use crate::read::block::shape;
use crate::read::called;

impl Checker<'_> {
    /// A closure is called as its contract says, so that must be how C calls.
    pub(super) fn called(&mut self, index: usize, plan: &CallbackPlan) {
        let Some(syn::FnArg::Typed(input)) = self.item.sig.inputs.iter().nth(index) else { return };
        let Some(pointer) = called::resolved(self.tokens, &input.ty).and_then(called::spelt) else { return };
        let name = &self.function.params[index].name;
        let wrong = if pointer.inputs.len() != plan.called.len() {
            Some(format!(
                "takes {} parameters here, and its contract is about {}",
                pointer.inputs.len(),
                plan.called.len()
            ))
        } else if matches!(pointer.output, syn::ReturnType::Type(..)) != plan.has_result {
            Some("gives a result in only one of its type here and its contract".to_owned())
        } else {
            pointer.inputs.iter().zip(&plan.called).find_map(|(input, param)| {
                let ty = shape(&input.ty);
                let fits = match (&param.form, ty.as_pointer()) {
                    (CalledForm::Plain, _) => true,
                    (CalledForm::LengthOf, pointer) => pointer.is_none() && !matches!(ty, Ty::FnPointer | Ty::Void),
                    (_, Some(pointer)) => pointer.is_mut || !param.is_mut,
                    // A name may stand for a pointer.
                    (CalledForm::Userdata, None) => matches!(ty, Ty::Named(_)),
                    (_, None) => false,
                };
                (!fits).then(|| format!("has another type for `{}` than its contract", param.name))
            })
        };
        if let Some(wrong) = wrong {
            let place = self.param_place(index);
            let help = format!("write the contract of `{name}` yourself, with the parameters that it has");
            self.push(codes::CONTRADICTION, place, format!("`{name}` {wrong}"), help);
        }
    }
}
