//! The files that the numbers rest on: what each was taken for, and whether it is as its tool wrote it.

use leptos::prelude::*;

use super::model;
use crate::edit::command::Command;
use crate::model::assessment::{FileKind, FileReport, HealthCheck, HealthStatus};
use crate::model::integrity::{FileIntegrity, Integrity, SignatureStatus};
use crate::model::message::Message;
use crate::ui::components::badge::{Badge, Tone};
use crate::ui::components::icon::{Glyph, Icon};
use crate::ui::dispatch::Dispatch;
use crate::ui::reactive::part;
use crate::ui::state::Shared;
use crate::ui::words::{say, t};

/// The panel of files.
#[component]
pub fn Files() -> impl IntoView {
    let shared = Shared::here();
    view! {
        <section class="card" id="files" aria-labelledby="files-title">
            <header><h2 id="files-title">{t("page.files.title")}</h2></header>
            <ul class="files">
                {part(move || shared.assessment(|assessment| assessment.files.iter().cloned().map(file).map(IntoAny::into_any).collect_view()))}
            </ul>
        </section>
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

fn file(report: FileReport) -> impl IntoView {
    let shared = Shared::here();
    let dispatch = Dispatch::here();
    let name = report.name.clone();
    let remove = move |_| {
        let source = shared.workspace_untracked(|workspace| {
            workspace.sources.iter().find(|source| source.name == name).map(|source| source.sha256.clone())
        });
        if let Some(sha256) = source {
            dispatch.edit(Command::RemoveSource(sha256));
        }
    };
    let taken = Message::new("page.files.rows").with("count", report.rows).with("left_out", report.left_out);
    let label = say(&Message::new("page.files.remove").with("file", report.name.as_str()));
    view! {
        <li>
            <div class="file-head">
                <Icon glyph=Glyph::File />
                <div>
                    <h3>{report.name.clone()}</h3>
                    <p class="note">{t(kind(report.kind))}" · "{say(&taken)}</p>
                </div>
                {(report.left_out > 0).then(|| view! { <Badge tone=Tone::Warn text=say(&Message::new("page.files.left_out").with("count", report.left_out)) /> }).map(IntoAny::into_any)}
                <button type="button" class="plain-button no-print" aria-label=label.clone() title=label on:click=remove><Icon glyph=Glyph::Delete /></button>
            </div>
            {report.integrity.clone().map(|integrity| proof(&report, integrity))}
            {(!report.health.is_empty()).then(|| health(report.health.clone()))}
            {(!report.columns.is_empty()).then(|| columns(report.columns.clone()))}
        </li>
    }
}

/// Checksums and signature, and a sentence on what they prove.
fn proof(report: &FileReport, integrity: Integrity) -> impl IntoView + use<> {
    let counts = model::integrity_counts(report).unwrap_or_default();
    let words = ["page.files.intact", "page.files.altered", "page.files.not_listed"];
    let tones = [Tone::Good, Tone::Bad, Tone::Plain];
    let counted = counts.into_iter().zip(words).zip(tones).filter(|((count, _), _)| *count > 0);
    let badges = counted
        .map(|((count, word), tone)| view! { <Badge tone=tone text=say(&Message::new(word).with("count", count)) /> })
        .map(IntoAny::into_any)
        .collect_view();
    let (signature, tone) = match integrity.signature {
        SignatureStatus::Valid => ("page.files.signature_valid", Tone::Good),
        SignatureStatus::Invalid => ("page.files.signature_invalid", Tone::Bad),
        SignatureStatus::Absent => ("page.files.signature_absent", Tone::Plain),
    };
    let each = integrity.files.into_iter().map(|(name, status)| {
        let (word, tone) = match status {
            FileIntegrity::Intact => ("page.files.is_intact", Tone::Good),
            FileIntegrity::Altered => ("page.files.is_altered", Tone::Bad),
            FileIntegrity::NotListed => ("page.files.is_not_listed", Tone::Plain),
        };
        view! { <li><span class="mono">{name}</span><Badge tone=tone text=t(word) /></li> }
    });
    let each = each.map(IntoAny::into_any).collect_view();
    view! {
        <div class="proof">
            <p class="row">{badges}<Badge tone=tone text=t(signature) /></p>
            <p class="note">{say(&model::proof(integrity.signature))}</p>
            <details>
                <summary>{t("page.files.each")}</summary>
                <ul class="each">{each}</ul>
                {integrity.key_fingerprint.map(|print| view! { <p class="note">{t("page.files.fingerprint")}" "<code class="mono">{print}</code></p> }).map(IntoAny::into_any)}
            </details>
        </div>
    }
}

/// How far the evidence can be relied on, check by check.
fn health(checks: Vec<HealthCheck>) -> impl IntoView {
    let weak = checks.iter().filter(|check| check.status == HealthStatus::Weak).count();
    let line = |check: HealthCheck| {
        let (word, tone) = match check.status {
            HealthStatus::Good => ("page.health.good", Tone::Good),
            HealthStatus::Weak => ("page.health.weak", Tone::Warn),
            HealthStatus::Unknown => ("page.health.unknown", Tone::Plain),
        };
        let name = say(&Message::keyed(format!("health.{}", check.check)));
        view! { <li><Badge tone=tone text=t(word) /><b>{name}</b><span>{say(&check.finding)}</span></li> }
    };
    let title = Message::new("page.health.title").with("count", weak).with("all", checks.len());
    view! {
        <details open=weak.gt(&0)>
            <summary>{say(&title)}</summary>
            <ul class="health">{checks.into_iter().map(line).map(IntoAny::into_any).collect_view()}</ul>
        </details>
    }
}

/// What each column was taken as.
fn columns(columns: Vec<(String, Option<String>)>) -> impl IntoView {
    let unused = columns.iter().filter(|(_, field)| field.is_none()).count();
    let line = |(header, field): (String, Option<String>)| {
        let field = field.unwrap_or_else(|| t("page.files.unused"));
        view! { <li><span class="mono">{header}</span><span class="note">{field}</span></li> }
    };
    let title = Message::new("page.files.columns").with("count", columns.len()).with("unused", unused);
    view! {
        <details class="no-print">
            <summary>{say(&title)}</summary>
            <ul class="each">{columns.into_iter().map(line).map(IntoAny::into_any).collect_view()}</ul>
        </details>
    }
}
