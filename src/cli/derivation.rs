//! How a number comes about, as text for people at a terminal.

use std::borrow::Cow;
use std::io::{Result, Write};

use super::print::since;
use crate::i18n::plain_number;
use crate::model::derivation::{Derivation, Operation, Unit};
use crate::model::message::Words;
use crate::report::json::title;

/// A derivation, each level set in.
pub(super) fn derivation(out: &mut dyn Write, derivation: &Derivation, words: &impl Words) -> Result<()> {
    branch(out, derivation, words, 0)
}

fn branch(out: &mut dyn Write, node: &Derivation, words: &impl Words, depth: usize) -> Result<()> {
    let indent = "  ".repeat(depth);
    let value = node.value.map_or_else(|| "unknown".to_owned(), plain_number);
    writeln!(out, "{indent}{value} {}: {}", unit(&node.unit), words.say(&node.label))?;
    if node.operation != Operation::Given && node.children.len() > 1 {
        let parts: Vec<String> =
            node.children.iter().map(|child| child.value.map_or_else(|| "unknown".to_owned(), plain_number)).collect();
        writeln!(out, "{indent}  = {}", arithmetic(node.operation, &parts))?;
    }
    let rule = &node.rule;
    writeln!(out, "{indent}  rule: {} ({}; {})", title(&rule.title, words), since(rule.since), rule.source)?;
    for input in &node.inputs {
        writeln!(out, "{indent}  from {}, row {}, {}: {}", input.file, input.row, input.column, input.value)?;
    }
    for note in &node.notes {
        writeln!(out, "{indent}  {}", words.say(note))?;
    }
    node.children.iter().try_for_each(|child| branch(out, child, words, depth + 1))
}

fn arithmetic(operation: Operation, parts: &[String]) -> String {
    match operation {
        Operation::Given => parts.join(", "),
        Operation::Sum => parts.join(" + "),
        Operation::Product => parts.join(" x "),
        Operation::RoundedProduct { decimals } => format!("{}, rounded to {decimals} decimals", parts.join(" x ")),
        Operation::Least => format!("the lower of {}", parts.join(" and ")),
        Operation::Greatest => format!("the higher of {}", parts.join(" and ")),
        Operation::SumRoundedUp => format!("{}, rounded up", parts.join(" + ")),
        Operation::Difference => parts.join(" - "),
        Operation::Converted => match parts {
            [quantity, times, by] => format!("{quantity} x {times} / {by}, rounded up"),
            other => other.join(", "),
        },
        Operation::RvuTiers => format!("{} through the tiers, rounded up", parts.join(" + ")),
    }
}

fn unit(unit: &Unit) -> Cow<'_, str> {
    Cow::Borrowed(match unit {
        Unit::Pvu => "PVU",
        Unit::Rvu => "RVU",
        Unit::Vpc => "VPC",
        Unit::Cores => "cores",
        Unit::PvuPerCore => "PVU per core",
        Unit::Units => "units",
        Unit::Points => "points",
        Unit::Money(currency) => currency.code(),
        Unit::Ratio { of } => return Cow::Owned(format!("of {of}")),
    })
}
