//! The rules by which rights are counted, each with its source: what the engine names in a derivation.

use std::borrow::Cow;

use super::parts::{self, Part};
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

/// A program in support of a principal that is in use needs nothing of its own.
pub const fn covered() -> RuleReference {
    let source = "IBM licence texts: supporting programs are used only in support of the principal; buyer white paper";
    rule("rights.covered", "rule.rights_covered", source, Confidence::Medium)
}

/// What a principal covers and what counts is added to what the principal needs.
pub const fn counted() -> RuleReference {
    let source = "IBM licence texts: components count unless listed as not used for establishing entitlements";
    rule("rights.counted", "rule.rights_counted", source, Confidence::High)
}

/// That a principal covers a program of which the catalogue knows nothing.
pub const fn covered_by_word() -> RuleReference {
    rule("rights.covered_by_word", "rule.rights_covered_by_word", "as listed by the user", Confidence::Low)
}

/// A component that draws on the pool of a bundle needs nothing of its own.
pub const fn pooled() -> RuleReference {
    let source = "buyer white paper: components draw on one pool and can be rebalanced";
    rule("rights.pooled", "rule.rights_pooled", source, Confidence::Medium)
}

/// What components draw: exactly, added, and rounded up once for the bundle.
pub const fn pool_points() -> RuleReference {
    rule("rights.pool_points", "rule.rights_pool_points", OURS, Confidence::Ours)
}

/// The points of a component, which IBM does not publish.
pub const fn points() -> RuleReference {
    rule("rights.points", "rule.rights_points", "as listed by the user", Confidence::Low)
}

/// Rights for a platform cover what runs there; a mixed demand gets as much of them as is needed there.
pub const fn platform() -> RuleReference {
    rule("rights.platform", "rule.rights_platform", OURS, Confidence::Ours)
}

/// The pack of a part, from the table of parts.
pub fn part(part: &Part) -> RuleReference {
    RuleReference {
        id: Cow::Owned(format!("parts:{}", part.line)),
        title: Title::Words(format!("{} {}", part.number, part.product)),
        source: Cow::Borrowed(parts::SOURCE),
        since: None,
        confidence: parts::CONFIDENCE,
    }
}

const fn rule(id: &'static str, title: &'static str, source: &'static str, confidence: Confidence) -> RuleReference {
    RuleReference::keyed(id, title, source, None, confidence)
}
