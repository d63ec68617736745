//! The steps of a derivation that the page gets at first: an estate has thousands, and nobody reads them at once.

use super::step_words::STEPS_SHOWN;
use crate::model::derivation::Derivation;

/// Leaves the first steps below each step, and says how many more there are.
pub fn cut(step: &mut Derivation) {
    step.further = step.children.len().saturating_sub(STEPS_SHOWN);
    step.children.truncate(STEPS_SHOWN);
    step.children.iter_mut().for_each(cut);
}

/// The steps below the one to which a path leads, child by child, from one of them on; empty where there are none.
pub fn from(derivation: Derivation, path: &[usize], first: usize) -> Vec<Derivation> {
    let below = path.iter().try_fold(derivation, |step, index| step.children.into_iter().nth(*index));
    let mut steps: Vec<Derivation> =
        below.into_iter().flat_map(|step| step.children).skip(first).take(STEPS_SHOWN).collect();
    steps.iter_mut().for_each(cut);
    steps
}
