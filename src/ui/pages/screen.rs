//! A screen that the worker fills: its heading, its blocks, and how to begin while there is nothing on it.

use leptos::prelude::*;

use crate::model::list::List;
use crate::model::message::Message;
use crate::model::screen::Screen as Of;
use crate::ui::actions;
use crate::ui::components::action_button::ActionButton;
use crate::ui::components::blocks::{Blocks, arguments_of_address, blocks_of};
use crate::ui::components::empty::Empty;
use crate::ui::components::file_button::FileButton;
use crate::ui::components::icon::Glyph;
use crate::ui::reactive::{If, flag};
use crate::ui::state::Shared;
use crate::ui::words::{say, t};
use crate::work::blocks::Block;

/// The screen. Its words are `page.screen.name.title`, `lead`, `add_file`, `empty`, `empty_text` and `template`.
#[component]
pub fn Screen(
    /// Which one.
    screen: Of,
) -> impl IntoView {
    let shared = Shared::here();
    let arguments = arguments_of_address();
    let shown = blocks_of(screen, arguments);
    let word = move |name: &str| say(&Message::keyed(format!("page.screen.{}.{name}", screen.name())));
    let listed = move || shared.workspace(|workspace| List::of_screen(screen).any(|list| workspace.lines_of(list) > 0));
    let told =
        move || shown.blocks.with(|blocks| blocks.iter().flatten().any(|block| !matches!(block, Block::Lists(_))));
    let any = flag(move || listed() || told());
    let none = flag(move || !any.get());
    view! {
        <div class="heading">
            <div>
                <h1>{word("title")}</h1>
                <p class="note">{word("lead")}</p>
            </div>
            <If when=any>
                <div class="row no-print">
                    {actions::of_screen(screen).iter().map(|action| view! { <ActionButton action=*action /> }.into_any()).collect_view()}
                    <FileButton label=word("add_file") />
                </div>
            </If>
        </div>
        <If when=none>
            <Empty glyph=Glyph::Screen(screen) title=word("empty") text=word("empty_text")>
                <FileButton label=t("page.start.choose") primary=true />
                {template(screen).map(|file| {
                    view! { <a class="button" href=format!("examples/{file}") download=file>{word("template")}</a> }
                })}
            </Empty>
        </If>
        <Blocks screen=screen shown=shown arguments=arguments />
    }
}

/// The file of the blank list to begin with: that of the screen's first list.
fn template(screen: Of) -> Option<String> {
    let first = List::of_screen(screen).next()?;
    Some(format!("{}-template.csv", first.name().replace('_', "-")))
}
