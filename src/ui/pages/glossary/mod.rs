//! Glossary: the words of the field, each with what it means and who says so.

pub mod word;

use leptos::prelude::*;

use self::word::{Word, WordGroup};
use crate::browser::page;
use crate::ui::markup::escaped;
use crate::ui::query::{QueryState, query};
use crate::ui::reactive::text;
use crate::ui::state::Shared;
use crate::ui::words::t;
use crate::work::Request;

/// The screen. Its words come with the worker, so one has to be there.
#[component]
pub fn Glossary() -> impl IntoView {
    let shared = Shared::here();
    let there = query(|| Some(Request::Suggest { typed: String::new(), limit: 0 }));
    let sought = Memo::new(move |_| shared.route.with(|route| Word::named(&route.argument("word"))));
    let is_there = move || there.with(|there| matches!(there, QueryState::Known(_)));
    Effect::new(move |_| {
        if let (true, Some(word)) = (is_there(), sought.get()) {
            leptos::task::spawn_local(async move {
                page::next_frame().await;
                page::scroll_into_view(&id(word));
            });
        }
    });
    let page = move || if is_there() { drawn(sought.get()) } else { String::new() };
    view! { <div class="glossary" inner_html=text(page)></div> }
}

/// The whole page as markup.
fn drawn(sought: Option<Word>) -> String {
    let (title, lead) = (escaped(&t("page.screen.glossary.title")), escaped(&t("page.glossary.lead")));
    let groups = WordGroup::ALL.map(|group| section(group, sought)).concat();
    format!("<div class=\"heading\"><div><h1>{title}</h1><p class=\"note\">{lead}</p></div></div>{groups}")
}

fn id(word: Word) -> String {
    format!("word-{}", word.name())
}

fn section(group: WordGroup, sought: Option<Word>) -> String {
    let words = Word::ALL.into_iter().filter(|word| word.group() == group);
    let list: String = words.map(|word| entry(word, sought == Some(word))).collect();
    format!("<section class=\"card padded\"><h2>{}</h2><dl>{list}</dl></section>", escaped(&t(group.title())))
}

fn entry(word: Word, is_sought: bool) -> String {
    let source = word.source().rsplit_once(' ').map_or_else(String::new, |(title, address)| {
        format!(
            "<p class=\"note\">{}: <a href=\"{}\" target=\"_blank\" rel=\"noopener noreferrer\">{}</a></p>",
            escaped(&t("page.glossary.source")),
            escaped(address),
            escaped(title.trim_end_matches(':'))
        )
    });
    let class = if is_sought { "sought" } else { "" };
    format!(
        "<div id=\"{}\" class=\"{class}\"><dt>{}</dt><dd>{}{source}</dd></div>",
        id(word),
        escaped(&word.title()),
        escaped(&word.text())
    )
}
