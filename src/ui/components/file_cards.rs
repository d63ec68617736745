//! The files that the numbers rest on, as the worker sends them.

use leptos::prelude::*;

use super::icon::Glyph;
use crate::browser::page;
use crate::edit::command::Command;
use crate::model::message::Message;
use crate::ui::dispatch::Dispatch;
use crate::ui::markup::{badge, cell, escaped, icon};
use crate::ui::words::{say, t};
use crate::work::file_card::{CardFold, FileCard, FoldLine, Stamp};
use crate::work::tone::Tone;

/// Names the panel: what says that the evidence is weak leads here.
pub const FILES: &str = "files";

/// The panel of files.
pub fn file_cards(cards: &[FileCard]) -> AnyView {
    let dispatch = Dispatch::here();
    let remove = move |event: leptos::ev::MouseEvent| {
        if let Some(sha256) = page::marked_text(&event, "data-remove") {
            dispatch.edit(Command::RemoveSource(sha256));
        }
    };
    let cards: String = cards.iter().map(card).collect();
    view! {
        <section class="card" id=FILES aria-labelledby="files-title">
            <header><h2 id="files-title">{t("page.files.title")}</h2></header>
            <ul class="files" inner_html=cards on:click=remove></ul>
        </section>
    }
    .into_any()
}

fn card(card: &FileCard) -> String {
    let about = escaped(&card.about.iter().map(say).collect::<Vec<_>>().join(" · "));
    let left_out = card.left_out.as_ref().map(|said| badge(Tone::Warn, &say(said)));
    let remove = card.sha256.as_ref().map(|sha256| {
        let label = escaped(&say(&Message::new("page.files.remove").with("file", card.name.as_str())));
        format!(
            "<button type=\"button\" class=\"plain-button no-print\" aria-label=\"{label}\" title=\"{label}\" data-remove=\"{}\">{}</button>",
            escaped(sha256),
            icon(Glyph::Delete)
        )
    });
    let stamps: String = card.stamps.iter().map(stamp).collect();
    let proof = card.proof.as_ref().map(|proof| {
        format!(
            "<div class=\"proof\"><p class=\"row\">{stamps}</p><p class=\"note\">{}</p></div>",
            escaped(&say(proof))
        )
    });
    let folds: String = card.folds.iter().map(fold).collect();
    format!(
        "<li><div class=\"file-head\">{}<div><h3>{}</h3><p class=\"note\">{about}</p></div>{}{}</div>{}{folds}</li>",
        icon(Glyph::File),
        escaped(&card.name),
        left_out.unwrap_or_default(),
        remove.unwrap_or_default(),
        proof.unwrap_or_default()
    )
}

fn stamp(stamp: &Stamp) -> String {
    badge(stamp.tone, &say(&stamp.word))
}

fn fold(fold: &CardFold) -> String {
    let line = |FoldLine { name, stamp, text }: &FoldLine| {
        let stamp = stamp.as_ref().map(self::stamp).unwrap_or_default();
        let text = text.as_ref().map(|text| format!("<span>{}</span>", cell(text))).unwrap_or_default();
        format!("<li><b>{}</b>{stamp}{text}</li>", cell(name))
    };
    let lines: String = fold.lines.iter().map(line).collect();
    let explained = fold.lines.iter().any(|line| line.stamp.is_some() && line.text.is_some());
    format!(
        "<details class=\"{}\"{}><summary>{}</summary><ul class=\"{}\">{lines}</ul></details>",
        if fold.on_paper { "" } else { "no-print" },
        if fold.open { " open" } else { "" },
        escaped(&say(&fold.title)),
        if explained { "health" } else { "each" }
    )
}
