//! The files that the numbers rest on: what each was taken for, and whether it is as its tool wrote it.

use crate::model::assessment::{FileKind, FileReport, HealthCheck, HealthStatus};
use crate::model::integrity::{FileIntegrity, Integrity, SignatureStatus};
use crate::model::message::Message;
use crate::model::workspace::SourceFile;
use crate::work::cell::Cell;
use crate::work::file_card::{CardFold, FileCard, FoldLine, Stamp};
use crate::work::tone::Tone;

/// Each file, in the order in which they came.
pub(super) fn cards(reports: &[FileReport], sources: &[SourceFile]) -> Vec<FileCard> {
    reports.iter().map(|report| card(report, sources)).collect()
}

fn card(report: &FileReport, sources: &[SourceFile]) -> FileCard {
    let taken = Message::new("page.files.rows").with("count", report.rows).with("left_out", report.left_out);
    let integrity = report.integrity.as_ref();
    let folds = [integrity.map(each), health(&report.health), columns(&report.columns)];
    FileCard {
        name: report.name.clone(),
        sha256: sources.iter().find(|source| source.name == report.name).map(|source| source.sha256.clone()),
        about: vec![Message::new(kind(report.kind)), taken],
        left_out: (report.left_out > 0).then(|| Message::new("page.files.left_out").with("count", report.left_out)),
        stamps: integrity.map(stamps).unwrap_or_default(),
        proof: integrity.map(|integrity| proof(integrity.signature)),
        folds: folds.into_iter().flatten().collect(),
    }
}

const fn kind(kind: FileKind) -> &'static str {
    match kind {
        FileKind::IlmtSnapshot => "page.files.snapshot",
        FileKind::IlmtFile | FileKind::IlmtList => "page.files.ilmt_file",
        FileKind::EstateTemplate => "page.files.template",
        FileKind::Workspace => "page.files.workspace",
        // Lists are shown on screens of their own.
        FileKind::List(_) | FileKind::Unknown => "page.files.unknown",
    }
}

/// How many files of a snapshot stand how, and whether the list of checksums is signed.
fn stamps(integrity: &Integrity) -> Vec<Stamp> {
    let counted = |(status, tone, word): (FileIntegrity, Tone, &'static str)| {
        let count = integrity.files.iter().filter(|(_, known)| *known == status).count();
        (count > 0).then(|| Stamp::new(tone, Message::new(word).with("count", count)))
    };
    let statuses = [
        (FileIntegrity::Intact, Tone::Good, "page.files.intact"),
        (FileIntegrity::Altered, Tone::Bad, "page.files.altered"),
        (FileIntegrity::NotListed, Tone::Plain, "page.files.not_listed"),
    ];
    let (tone, word) = match integrity.signature {
        SignatureStatus::Valid => (Tone::Good, "page.files.signature_valid"),
        SignatureStatus::Invalid => (Tone::Bad, "page.files.signature_invalid"),
        SignatureStatus::Absent => (Tone::Plain, "page.files.signature_absent"),
    };
    statuses.into_iter().filter_map(counted).chain([Stamp::new(tone, Message::new(word))]).collect()
}

/// What the signature proves and what it does not.
const fn proof(signature: SignatureStatus) -> Message {
    Message::new(match signature {
        SignatureStatus::Valid => "page.files.proof_valid",
        SignatureStatus::Invalid => "page.files.proof_invalid",
        SignatureStatus::Absent => "page.files.proof_absent",
    })
}

/// Whether each file of a snapshot is as it was listed, and the key that signed the list.
fn each(integrity: &Integrity) -> CardFold {
    let line = |(name, status): &(String, FileIntegrity)| {
        let (tone, word) = match status {
            FileIntegrity::Intact => (Tone::Good, "page.files.is_intact"),
            FileIntegrity::Altered => (Tone::Bad, "page.files.is_altered"),
            FileIntegrity::NotListed => (Tone::Plain, "page.files.is_not_listed"),
        };
        let stamp = Some(Stamp::new(tone, Message::new(word)));
        FoldLine { name: name.as_str().into(), stamp, text: None }
    };
    let key = integrity.key_fingerprint.as_deref().map(|print| FoldLine {
        name: Cell::Word("page.files.fingerprint".into()),
        stamp: None,
        text: Some(print.into()),
    });
    let lines = integrity.files.iter().map(line).chain(key).collect();
    CardFold { title: Message::new("page.files.each"), open: false, on_paper: true, lines }
}

/// How far the evidence can be relied on, check by check; `None` where nothing was checked.
fn health(checks: &[HealthCheck]) -> Option<CardFold> {
    let weak = checks.iter().filter(|check| check.status == HealthStatus::Weak).count();
    let line = |check: &HealthCheck| {
        let (tone, word) = match check.status {
            HealthStatus::Good => (Tone::Good, "page.health.good"),
            HealthStatus::Weak => (Tone::Warn, "page.health.weak"),
            HealthStatus::Unknown => (Tone::Plain, "page.health.unknown"),
        };
        FoldLine {
            name: Cell::Word(format!("health.{}", check.check).into()),
            stamp: Some(Stamp::new(tone, Message::new(word))),
            text: Some(Cell::Said(vec![check.finding.clone()])),
        }
    };
    let title = Message::new("page.health.title").with("count", weak).with("all", checks.len());
    let lines: Vec<FoldLine> = checks.iter().map(line).collect();
    (!lines.is_empty()).then_some(CardFold { title, open: weak > 0, on_paper: true, lines })
}

/// What each column was taken as; `None` where the file has none of its own.
fn columns(columns: &[(String, Option<String>)]) -> Option<CardFold> {
    let unused = columns.iter().filter(|(_, field)| field.is_none()).count();
    let line = |(header, field): &(String, Option<String>)| {
        let field = field.as_deref().map_or(Cell::Word("page.files.unused".into()), Cell::from);
        FoldLine { name: header.as_str().into(), stamp: None, text: Some(field) }
    };
    let title = Message::new("page.files.columns").with("count", columns.len()).with("unused", unused);
    let lines: Vec<FoldLine> = columns.iter().map(line).collect();
    (!lines.is_empty()).then_some(CardFold { title, open: false, on_paper: false, lines })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_a_snapshot_says_how_many_of_its_files_are_intact_and_altered_and_which() {
        let report = FileReport {
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
            health: Vec::new(),
        };
        let source = SourceFile { name: "audit.zip".to_owned(), sha256: "ab".to_owned(), size: 1 };
        let card = card(&report, &[source]);
        let stamps: Vec<_> = card.stamps.iter().map(|stamp| (stamp.tone, stamp.word.key.as_ref())).collect();
        let expected = [
            (Tone::Good, "page.files.intact"),
            (Tone::Bad, "page.files.altered"),
            (Tone::Good, "page.files.signature_valid"),
        ];
        assert_eq!(stamps, expected);
        assert_eq!(card.sha256.as_deref(), Some("ab"));
        let altered: Vec<_> = card.folds[0].lines.iter().filter(|line| line.name == Cell::from("b")).collect();
        assert_eq!(altered[0].stamp.as_ref().map(|stamp| stamp.tone), Some(Tone::Bad));
    }
}
