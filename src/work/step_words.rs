//! What a step of a derivation says, line by line.

use rust_decimal::Decimal;

use crate::model::derivation::{Derivation, Operation, Title, Unit};
use crate::model::message::{Argument, Message, Words};

/// How many steps below one of them are there at first, and as many more each time somebody asks.
pub const STEPS_SHOWN: usize = 60;

/// How many values an arithmetic line shows before it only counts them.
const VALUES_SHOWN: usize = 8;

/// The word for a unit.
pub fn unit(unit: &Unit) -> Message {
    Message::new(match unit {
        Unit::Pvu => "page.unit.pvu",
        Unit::Rvu => "page.unit.rvu",
        Unit::Vpc => "page.unit.vpc",
        Unit::Cores => "page.unit.cores",
        Unit::PvuPerCore => "page.unit.pvu_per_core",
        Unit::Units => "page.unit.units",
        Unit::Points => "page.unit.points",
        Unit::Money(currency) => return Message::new("page.unit.money").with("currency", currency.code()),
        Unit::Ratio { of } => return Message::new("page.unit.ratio").with("of", of.get()),
    })
}

/// A value with its unit, or that it is not known.
pub fn value(step: &Derivation) -> Message {
    match (step.value, &step.unit) {
        (Some(number), unit) if *unit == Unit::NUMBER || *unit == Unit::PERCENT => factor(number, unit),
        (Some(number), of_it) => {
            Message::new("page.derivation.value").with("value", amount(number, of_it)).with("unit", unit(of_it))
        }
        (None, _) => Message::new("page.not_known"),
    }
}

/// A number in its unit: money has all decimals of its currency, or more where a price has more.
fn amount(number: Decimal, unit: &Unit) -> Argument {
    let Unit::Money(currency) = unit else { return number.into() };
    let mut amount = number.normalize();
    amount.rescale(amount.scale().max(currency.decimals()));
    Argument::Money(amount)
}

/// A value as it stands among others: a quotient as such, all others without their units.
fn factor(value: Decimal, unit: &Unit) -> Message {
    let of = if let Unit::Ratio { of } = unit { of.get() } else { 1 };
    match of {
        1 => Message::new("page.derivation.number").with("value", amount(value, unit)),
        100 => Message::new("page.derivation.percent").with("value", value),
        of => Message::new("page.derivation.quotient").with("value", value).with("of", of),
    }
}

/// The arithmetic of a step with its real numbers; none where a value was simply read.
pub fn arithmetic(step: &Derivation, words: &impl Words) -> Option<String> {
    if step.children.is_empty() {
        return None;
    }
    let number = |step: &Derivation| match step.value {
        Some(value) => words.say(&factor(value, &step.unit)),
        None => "?".to_owned(),
    };
    let values: Vec<String> = step.children.iter().map(number).collect();
    let result = number(step);
    let joined = |sign: &str| shortened(&values, step.further, sign, words);
    let named = |key: &'static str, values: String| {
        words.say(&Message::new(key).with("result", result.as_str()).with("values", values))
    };
    Some(match step.operation {
        Operation::Given => return None,
        Operation::Sum => format!("{result} = {}", joined(" + ")),
        Operation::Product => format!("{result} = {}", joined(" × ")),
        Operation::RoundedProduct { .. } => named("page.derivation.rounded", joined(" × ")),
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
    use crate::model::money::Currency;

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
    fn quotients_and_percentages_are_written_as_such_in_the_arithmetic() {
        let unit = |value: &str, unit: Unit| Derivation { value: value.parse().ok(), unit, ..given(0) };
        let months = Unit::Ratio { of: 12.try_into().unwrap() };
        let factors = vec![unit("1346.20", Unit::NUMBER), unit("20", Unit::PERCENT), given(7), unit("4", months)];
        let operation = Operation::RoundedProduct { decimals: 2 };
        let amount = Derivation { children: factors, ..unit("628.2", Unit::Money(Currency::of("EUR"))) };
        let english = Language::english();
        let line = arithmetic(&Derivation { operation, ..amount.clone() }, &english).unwrap();
        assert_eq!(line, "628.20 = 1,346.2 × 20 % × 7 × 4/12, rounded");
        let said: Vec<String> = amount.children.iter().chain([&amount]).map(|one| english.say(&value(one))).collect();
        assert_eq!(said, ["1,346.2", "20 %", "7 cores", "4 of 12", "628.20 EUR"]);
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
