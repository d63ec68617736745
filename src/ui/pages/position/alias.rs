//! Lets a product that is owned under one name count for one that is needed under another, with a reason.

use leptos::prelude::*;

use super::model;
use crate::edit::command::Command;
use crate::model::entitlement::Alias;
use crate::model::message::Message;
use crate::ui::components::icon::{Glyph, Icon};
use crate::ui::dispatch::Dispatch;
use crate::ui::reactive::{flag, part};
use crate::ui::state::Shared;
use crate::ui::words::{say, t};

/// The aliases, and the form for one more.
#[component]
pub fn Aliases() -> impl IntoView {
    let shared = Shared::here();
    let dispatch = Dispatch::here();
    let chosen = RwSignal::new(Alias::default());
    let ready = move || {
        chosen.with(|alias| [&alias.name, &alias.product, &alias.reason].iter().all(|text| !text.trim().is_empty()))
    };
    let set = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if ready() {
            dispatch.edit(Command::SetAlias(chosen.get_untracked()));
            chosen.set(Alias::default());
        }
    };
    let owned = move || {
        shared
            .open
            .with(|open| model::beyond(&open.position, &open.assessment).into_iter().map(|one| one.product).collect())
    };
    let needed =
        move || shared.assessment(|assessment| assessment.products.iter().map(|one| one.product.clone()).collect());
    let choice = move |label: &'static str,
                       names: Box<dyn Fn() -> Vec<String> + Send>,
                       of: fn(&mut Alias) -> &mut String| {
        let options = part(move || {
            let mut names = names();
            names.dedup();
            let option = |name: String| view! { <option value=name.clone()>{name.clone()}</option> }.into_any();
            std::iter::once(String::new()).chain(names).map(option).collect_view()
        });
        view! {
            <label class="field">
                <span>{t(label)}</span>
                <select prop:value=move || of(&mut chosen.get()).clone()
                    on:change:target=move |event| chosen.update(|alias| *of(alias) = event.target().value())>{options}</select>
            </label>
        }
    };
    let known = move |alias: Alias| {
        let Alias { name, product, reason, .. } = alias;
        let sentence = Message::new("page.alias.counts")
            .with("name", name.as_str())
            .with("product", product)
            .with("reason", reason);
        let remove = say(&Message::new("page.entitlements.remove_line").with("line", name.as_str()));
        view! {
            <li>
                {say(&sentence)}
                <button type="button" class="plain-button" aria-label=remove on:click=move |_| dispatch.edit(Command::RemoveAlias(name.clone()))>
                    <Icon glyph=Glyph::Delete />
                </button>
            </li>
        }
        .into_any()
    };
    view! {
        <form class="add-form alias no-print" aria-label=t("page.alias.title") on:submit=set>
            <ul class="plain-list">{part(move || shared.workspace(|workspace| workspace.aliases.clone()).into_iter().map(known).collect_view())}</ul>
            <div class="fields">
                {choice("page.alias.owned", Box::new(owned), |alias| &mut alias.name)}
                {choice("page.alias.needed", Box::new(needed), |alias| &mut alias.product)}
                <label class="field">
                    <span>{t("page.alias.reason")}</span>
                    <input type="text" autocomplete="off" maxlength="200" prop:value=move || chosen.get().reason
                        on:input:target=move |event| chosen.update(|alias| alias.reason = event.target().value()) />
                </label>
            </div>
            <button type="submit" class="button" disabled=flag(move || !ready())>{t("page.alias.set")}</button>
        </form>
    }
}
