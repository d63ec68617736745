//! How far the evidence of an estate can be relied on.

use super::assessment::{Assessment, FileKind, HealthCheck, HealthStatus};
use super::integrity::{FileIntegrity, SignatureStatus};
use super::message::Message;

/// What is weak about the evidence, sentence by sentence, each with what was found; empty when nothing is known against it.
pub fn weaknesses(assessment: &Assessment) -> Vec<(Message, Option<Message>)> {
    let mut weaknesses = Vec::new();
    for file in &assessment.files {
        let weak = file.health.iter().filter(|check| check.status == HealthStatus::Weak);
        weaknesses.extend(weak.map(|check| (name(check), Some(check.finding.clone()))));
        let Some(integrity) = &file.integrity else { continue };
        let altered = integrity.files.iter().filter(|(_, status)| *status == FileIntegrity::Altered).count();
        if altered > 0 {
            let told = Message::new("page.evidence.altered").with("count", altered).with("all", integrity.files.len());
            weaknesses.push((told, None));
        }
        if integrity.signature == SignatureStatus::Invalid {
            weaknesses.push((Message::new("page.evidence.signature_invalid"), None));
        }
    }
    weaknesses
}

/// Whether a snapshot of ILMT is there, without which nothing is said about the evidence.
pub fn has_snapshot(assessment: &Assessment) -> bool {
    assessment.files.iter().any(|file| file.kind == FileKind::IlmtSnapshot)
}

fn name(check: &HealthCheck) -> Message {
    Message::new("page.evidence.check").with("check", Message::keyed(format!("health.{}", check.check)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::assessment::FileReport;
    use crate::model::integrity::Integrity;

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
    }
}
