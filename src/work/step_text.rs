//! A derivation as a text.

use super::step_words::{arithmetic, title, value};
use crate::model::derivation::Derivation;
use crate::model::message::{Message, Words};

/// The whole derivation as text, each level set in by two spaces: for an e-mail or a ticket.
pub fn plain(step: &Derivation, words: &impl Words) -> String {
    let mut text = String::new();
    write_plain(step, words, 0, &mut text);
    text
}

fn write_plain(step: &Derivation, words: &impl Words, depth: usize, text: &mut String) {
    let indent = "  ".repeat(depth);
    let mut line = |words: &str| {
        text.push_str(&indent);
        text.push_str(words);
        text.push('\n');
    };
    line(&format!("{}: {}", words.say(&step.label), words.say(&value(step))));
    if let Some(arithmetic) = arithmetic(step, words) {
        line(&format!("  {arithmetic}"));
    }
    line(&format!("  {}", rule_line(step, words)));
    for input in &step.inputs {
        line(&format!("  {}:{} {} = {}", input.file, input.row, input.column, input.value));
    }
    for note in &step.notes {
        line(&format!("  {}", words.say(note)));
    }
    for child in &step.children {
        write_plain(child, words, depth.saturating_add(2), text);
    }
}

/// Rule, date and source in one line.
fn rule_line(step: &Derivation, words: &impl Words) -> String {
    let mut line = title(&step.rule.title, words);
    if let Some(since) = step.rule.since {
        line.push_str(" [");
        line.push_str(&words.say(&Message::new("page.derivation.day").with("day", since)));
        line.push(']');
    }
    if !step.rule.source.is_empty() {
        line.push_str(" (");
        line.push_str(&step.rule.source);
        line.push(')');
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Language;
    use crate::model::derivation::{Confidence, Input, Operation, RuleReference, Unit};

    #[test]
    fn the_text_holds_every_input_with_its_index() {
        let input = Input { file: "estate.csv".to_owned(), row: 12, column: "cores".into(), value: "16".to_owned() };
        let rule = RuleReference::keyed("test", "page.unit.cores", "https://example.org", None, Confidence::High);
        let cores = Derivation {
            label: Message::new("page.unit.cores"),
            value: Some(16.into()),
            unit: Unit::Cores,
            operation: Operation::Given,
            rule,
            inputs: vec![input],
            notes: Vec::new(),
            children: Vec::new(),
            further: 0,
        };
        let sum = Derivation { operation: Operation::Sum, inputs: Vec::new(), children: vec![cores.clone()], ..cores };
        let text = plain(&sum, &Language::english());
        assert!(text.contains("estate.csv:12 cores = 16"), "{text}");
        assert!(text.contains("https://example.org"), "{text}");
    }
}
