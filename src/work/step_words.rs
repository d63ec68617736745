//! What a step of a derivation says, line by line.

use rust_decimal::Decimal;

use crate::model::derivation::{Derivation, Operation, Title, Unit};
use crate::model::message::{Message, Words};

/// How many steps below one of them are there at first, and as many more each time somebody asks.
pub const STEPS_SHOWN: usize = 60;

/// How many values an arithmetic line shows before it only counts them.
const VALUES_SHOWN: usize = 8;

/// The word for a unit.
pub const fn unit(unit: Unit) -> Message {
    Message::new(match unit {
        Unit::Pvu => "page.unit.pvu",
        Unit::Rvu => "page.unit.rvu",
        Unit::Vpc => "page.unit.vpc",
        Unit::Cores => "page.unit.cores",
        Unit::PvuPerCore => "page.unit.pvu_per_core",
        Unit::Units => "page.unit.units",
        Unit::Points => "page.unit.points",
    })
}

/// A value with its unit, or that it is not known.
pub fn value(step: &Derivation) -> Message {
    match step.value {
        Some(number) => Message::new("page.derivation.value").with("value", number).with("unit", unit(step.unit)),
        None => Message::new("page.not_known"),
    }
}

/// The arithmetic of a step with its real numbers; none where a value was simply read.
pub fn arithmetic(step: &Derivation, words: &impl Words) -> Option<String> {
    if step.children.is_empty() {
        return None;
    }
    let number = |value: Option<Decimal>| match value {
        Some(value) => words.say(&Message::new("page.derivation.number").with("value", value)),
        None => "?".to_owned(),
    };
    let values: Vec<String> = step.children.iter().map(|child| number(child.value)).collect();
    let result = number(step.value);
    let joined = |sign: &str| shortened(&values, step.further, sign, words);
    let named = |key: &'static str, values: String| {
        words.say(&Message::new(key).with("result", result.as_str()).with("values", values))
    };
    Some(match step.operation {
        Operation::Given => return None,
        Operation::Sum => format!("{result} = {}", joined(" + ")),
        Operation::Product => format!("{result} = {}", joined(" × ")),
        Operation::Difference => format!("{result} = {}", joined(" − ")),
        Operation::Least => named("page.derivation.least", joined(", ")),
        Operation::Greatest => named("page.derivation.greatest", joined(", ")),
        Operation::SumRoundedUp => named("page.derivation.rounded_up", joined(" + ")),
        Operation::Converted => {
            let detected_by = [" × ", " ÷ ", ""];
            let converted: String =
                values.iter().zip(detected_by).flat_map(|(value, sign)| [value.as_str(), sign]).collect();
            named("page.derivation.rounded_up", converted)
        }
        Operation::RvuTiers => named("page.derivation.rvu_tiers", joined(" + ")),
    })
}

fn shortened(values: &[String], further: usize, sign: &str, words: &impl Words) -> String {
    let all = values.len().saturating_add(further);
    match values.get(..VALUES_SHOWN) {
        Some(first) if all > VALUES_SHOWN => {
            let rest = Message::new("page.derivation.and_more").with("count", all.saturating_sub(VALUES_SHOWN));
            format!("{}{sign}{}", first.join(sign), words.say(&rest))
        }
        _ => values.join(sign),
    }
}

/// The title of a rule.
pub fn title(title: &Title, words: &impl Words) -> String {
    match title {
        Title::Key(key) => words.say(&Message::keyed(key.clone())),
        Title::Words(text) => text.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Language;
    use crate::model::derivation::{Confidence, RuleReference};

    fn step(value: i64, operation: Operation, children: Vec<Derivation>) -> Derivation {
        Derivation {
            label: Message::new("page.unit.cores"),
            value: Some(value.into()),
            unit: Unit::Cores,
            operation,
            rule: RuleReference {
                id: "test".into(),
                title: Title::Words("A rule".to_owned()),
                source: "https://example.org".into(),
                since: None,
                confidence: Confidence::High,
            },
            inputs: Vec::new(),
            notes: Vec::new(),
            children,
            further: 0,
        }
    }

    fn given(value: i64) -> Derivation {
        step(value, Operation::Given, Vec::new())
    }

    fn line(operation: Operation, value: i64, children: &[i64]) -> Option<String> {
        arithmetic(&step(value, operation, children.iter().copied().map(given).collect()), &Language::english())
    }

    #[test]
    fn the_arithmetic_is_written_with_its_real_numbers() {
        assert_eq!(line(Operation::Sum, 1310, &[70, 240, 1000]).unwrap(), "1,310 = 70 + 240 + 1,000");
        assert_eq!(line(Operation::Product, 240, &[2, 120]).unwrap(), "240 = 2 × 120");
        assert_eq!(line(Operation::Difference, 0, &[670, 670]).unwrap(), "0 = 670 − 670");
        assert_eq!(line(Operation::Least, 4, &[16, 4]).unwrap(), "4 = the lowest of 16, 4");
    }

    #[test]
    fn a_value_that_was_read_has_no_arithmetic() {
        assert_eq!(line(Operation::Given, 4, &[]), None);
    }

    #[test]
    fn a_long_sum_says_how_many_values_it_does_not_show() {
        let children = [1; 20];
        assert_eq!(line(Operation::Sum, 20, &children).unwrap(), "20 = 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 12 more");
    }

    #[test]
    fn an_unknown_value_is_a_question_mark_and_never_a_zero() {
        let unknown = Derivation { value: None, ..given(0) };
        let sum = Derivation { value: None, ..step(0, Operation::Sum, vec![given(4), unknown]) };
        assert_eq!(arithmetic(&sum, &Language::english()).unwrap(), "? = 4 + ?");
        assert_eq!(Language::english().say(&value(&sum)), "not known");
    }
}
