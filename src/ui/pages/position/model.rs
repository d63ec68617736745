//! What the position says, before it is drawn.

use jiff::civil::Date;

use crate::model::assessment::{Assessment, Basis, FileReport, ProductDemand};
use crate::model::headline::headlines;
use crate::model::integrity::{FileIntegrity, SignatureStatus};
use crate::model::list::List;
use crate::model::message::Message;
use crate::model::position::ProductPosition;
use crate::model::region::Region;
use crate::work::State;

/// Whether any product has this kind of thing.
fn any(assessment: &Assessment, has: fn(&ProductDemand) -> bool) -> bool {
    assessment.products.iter().any(has)
}

/// What the signature proves and what it does not, for one file.
pub const fn proof(signature: SignatureStatus) -> Message {
    Message::new(match signature {
        SignatureStatus::Valid => "page.files.proof_valid",
        SignatureStatus::Invalid => "page.files.proof_invalid",
        SignatureStatus::Absent => "page.files.proof_absent",
    })
}

/// How many files of a snapshot are intact, altered and not listed.
pub fn integrity_counts(file: &FileReport) -> Option<[usize; 3]> {
    let integrity = file.integrity.as_ref()?;
    let count = |wanted| integrity.files.iter().filter(|(_, status)| *status == wanted).count();
    Some([FileIntegrity::Intact, FileIntegrity::Altered, FileIntegrity::NotListed].map(count))
}

/// Whether there is a server of an estate template that stands in no region, or one to which somebody has given one.
pub fn may_assign_regions(open: &State) -> bool {
    let unknown = |one: &ProductDemand| {
        one.basis.contains(&Basis::Estate) && one.regions.iter().any(|part| part.region == Region::Unknown)
    };
    any(&open.assessment, unknown) || open.workspace.lines_of(List::Regions) > 0
}

/// Whether anything is entitled that stands in no row of demand: it may be needed under another name.
pub fn owns_beyond(open: &State) -> bool {
    let needed = |one: &ProductPosition| open.assessment.products.iter().any(|product| one.is_of(product));
    !open.position.products.iter().all(needed)
}

/// The dates a reader may want to choose: the first and the last day of each year that the period touches.
pub fn years(from: Date, to: Date) -> Vec<(i16, Date, Date)> {
    (from.year()..=to.year())
        .filter_map(|year| {
            let first = Date::new(year, 1, 1).ok()?;
            let last = Date::new(year, 12, 31).ok()?;
            Some((year, first, last))
        })
        .collect()
}

/// What a screen reader says when the numbers have changed.
pub fn spoken(assessment: &Assessment) -> Message {
    match headlines(assessment).first() {
        Some(headline) if headline.sub_capacity.unknown > 0 => Message::new("page.spoken.position_unknown")
            .with("count", assessment.products.len())
            .with("unknown", headline.sub_capacity.unknown)
            .with("metric", headline.metric.name()),
        Some(headline) => Message::new("page.spoken.position")
            .with("count", assessment.products.len())
            .with("quantity", headline.sub_capacity.known)
            .with("metric", headline.metric.name()),
        None => Message::new("page.spoken.empty"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::assessment::{FileKind, HealthCheck, HealthStatus};
    use crate::model::evidence::weaknesses;
    use crate::model::integrity::Integrity;

    #[test]
    fn what_is_said_of_unknown_products_is_that_they_are_unknown() {
        let product = |sub_capacity| ProductDemand { sub_capacity, ..ProductDemand::default() };
        let key = |products| spoken(&Assessment { products, ..Assessment::default() }).key;
        assert_eq!(key(vec![product(Some(70)), product(None)]), "page.spoken.position_unknown");
        assert_eq!(key(vec![product(Some(70))]), "page.spoken.position");
        assert_eq!(key(Vec::new()), "page.spoken.empty");
    }

    #[test]
    fn altered_files_and_failed_checks_make_the_evidence_weak() {
        let file = FileReport {
            name: "audit.zip".to_owned(),
            kind: FileKind::IlmtSnapshot,
            language: None,
            rows: 0,
            left_out: 0,
            columns: Vec::new(),
            integrity: Some(Integrity {
                files: vec![("a".to_owned(), FileIntegrity::Intact), ("b".to_owned(), FileIntegrity::Altered)],
                signature: SignatureStatus::Valid,
                key_fingerprint: None,
            }),
            health: vec![HealthCheck {
                check: "filters".to_owned(),
                status: HealthStatus::Weak,
                finding: Message::new("health.filters"),
            }],
        };
        let all = Assessment { files: vec![file], ..Assessment::default() };
        let keys: Vec<_> = weaknesses(&all).into_iter().map(|(what, _)| what.key.into_owned()).collect();
        assert_eq!(keys, ["page.evidence.check", "page.evidence.altered"]);
        assert_eq!(integrity_counts(&all.files[0]), Some([1, 1, 0]));
    }
}
