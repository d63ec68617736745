//! How far a derivation is open before anybody has looked.

use crate::model::derivation::Derivation;
use crate::work::step_words::STEPS_SHOWN;

/// Levels that are open at first, at most.
const OPEN_LEVELS: usize = 3;

/// Steps that are drawn at first, beyond which no further level is opened.
const FIRST_STEPS: usize = 150;

/// How many levels are open at first: as many as a reader can look over, and one at least.
pub fn open_levels(derivation: &Derivation) -> usize {
    let (mut level, mut drawn) = (vec![derivation], 1_usize);
    for open in 1..=OPEN_LEVELS {
        level = level.into_iter().flat_map(|step| step.children.iter().take(STEPS_SHOWN)).collect();
        drawn = drawn.saturating_add(level.len());
        if drawn > FIRST_STEPS {
            return open.saturating_sub(1).max(1);
        }
    }
    OPEN_LEVELS
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::derivation::{Confidence, Operation, RuleReference, Unit};
    use crate::model::message::Message;

    fn step(children: Vec<Derivation>) -> Derivation {
        Derivation {
            label: Message::new("page.unit.cores"),
            value: None,
            unit: Unit::Cores,
            operation: Operation::Sum,
            rule: RuleReference::keyed("test", "page.unit.cores", "", None, Confidence::High),
            inputs: Vec::new(),
            notes: Vec::new(),
            children,
            further: 0,
        }
    }

    #[test]
    fn as_many_levels_are_open_at_first_as_can_be_looked_over_and_one_at_least() {
        let wide = |width: usize, children: usize| {
            let child = || step((0..children).map(|_| step(Vec::new())).collect());
            step((0..width).map(|_| child()).collect())
        };
        assert_eq!(open_levels(&wide(3, 1)), 3);
        assert_eq!(open_levels(&wide(60, 1)), 3, "121 steps");
        assert_eq!(open_levels(&wide(60, 2)), 1, "181 steps");
        assert_eq!(open_levels(&wide(5_000, 0)), 3, "only sixty of them are drawn");
    }
}
