//! The rules by which rights are counted, each with its source: what the engine names in a derivation.

use std::borrow::Cow;

use super::parts::Part;
use crate::model::derivation::{Confidence, RuleReference, Title};

const OURS: &str = "Highwater";

/// What is entitled is what the lines of the ledger grant together.
pub const fn entitled() -> RuleReference {
    rule("rights.lines_added", "rule.rights_lines_added", OURS, Confidence::Ours)
}

/// A line grants its quantity times the pack of its part.
pub const fn pack() -> RuleReference {
    rule("rights.pack", "rule.rights_pack", OURS, Confidence::Ours)
}

/// The quantity of a proof of entitlement.
pub const fn quantity() -> RuleReference {
    rule("rights.quantity", "rule.rights_quantity", "Proof of Entitlement, as listed by the user", Confidence::High)
}

/// The position: entitled less needed.
pub const fn position() -> RuleReference {
    rule(
        "rights.position",
        "rule.rights_position",
        "IBM sub-capacity FAQ: compare the totals of the report with the proofs of entitlement",
        Confidence::High,
    )
}

/// What is needed of a product without rows of its own: what ILMT reports for a Cloud Pak, and what listed parts use.
pub const fn needed() -> RuleReference {
    rule("rights.needed", "rule.rights_needed", OURS, Confidence::Ours)
}

/// The pack of a part, from the table of parts.
pub fn part(part: &Part) -> RuleReference {
    RuleReference {
        id: Cow::Owned(format!("parts:{}", part.line)),
        title: Title::Words(format!("{} {}", part.number, part.product)),
        source: Cow::Borrowed("public price and contract files, gathered by the project"),
        since: None,
        confidence: Confidence::Medium,
    }
}

const fn rule(id: &'static str, title: &'static str, source: &'static str, confidence: Confidence) -> RuleReference {
    RuleReference {
        id: Cow::Borrowed(id),
        title: Title::Key(Cow::Borrowed(title)),
        source: Cow::Borrowed(source),
        since: None,
        confidence,
    }
}
