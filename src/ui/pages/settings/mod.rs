//! Settings: colours, where the data is, copies of it, its end, and the proof that none of it leaves.

pub mod model;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::browser::{page, preferences, privacy};
use crate::model::message::Message;
use crate::ui::actions::BACKUP;
use crate::ui::components::action_button::ActionButton;
use crate::ui::components::badge::Badge;
use crate::ui::components::dialog::Dialog;
use crate::ui::components::file_button::FileButton;
use crate::ui::components::icon::{Glyph, Icon};
use crate::ui::components::source::Source;
use crate::ui::dispatch::Dispatch;
use crate::ui::reactive::{part, text};
use crate::ui::words::{say, t};
use crate::work::tone::Tone;

/// Name of the preference; public/early.js reads it before the first paint.
const THEME: &str = "theme";

/// The screen.
#[component]
pub fn Settings() -> impl IntoView {
    view! {
        <div class="heading"><div><h1>{t("page.screen.settings.title")}</h1><p class="note">{t("page.settings.lead")}</p></div></div>
        <div class="split">
            <div class="stack">
                <Theme />
                <Copies />
                <Ending />
            </div>
            <div class="stack">
                <Storage />
                <Privacy />
                <Links />
            </div>
        </div>
        <p class="note">{say(&Message::new("page.settings.version").with("version", env!("CARGO_PKG_VERSION")))}</p>
    }
}

#[component]
fn Theme() -> impl IntoView {
    let chosen = RwSignal::new(preferences::get(THEME).unwrap_or_default());
    let choose = move |theme: &'static str| {
        chosen.set(theme.to_owned());
        if theme.is_empty() {
            preferences::forget(THEME);
            page::set_theme(None);
        } else {
            preferences::set(THEME, theme);
            page::set_theme(Some(theme));
        }
    };
    let option = move |theme: &'static str, label: &'static str| {
        view! {
            <label class="choice">
                <input type="radio" name="theme" value=theme prop:checked=move || chosen.with(|now| now == theme) on:change=move |_| choose(theme) />
                <span>{t(label)}</span>
            </label>
        }
    };
    view! {
        <section class="card padded">
            <fieldset>
                <legend><h2>{t("page.settings.theme")}</h2></legend>
                <div class="choices">
                    {option("", "page.settings.theme_system")}
                    {option("light", "page.settings.theme_light")}
                    {option("dark", "page.settings.theme_dark")}
                </div>
            </fieldset>
        </section>
    }
}

/// Pages of IBM for what only IBM can do.
const LINKS: [&str; 5] = [
    "page.settings.link_programme",
    "page.settings.link_agreement",
    "page.settings.link_buying",
    "page.settings.link_renewing",
    "page.settings.link_sub_capacity",
];

#[component]
fn Links() -> impl IntoView {
    let link = |key: &'static str| view! { <li><Source text=t(key) /></li> }.into_any();
    view! {
        <section class="card padded stack" aria-labelledby="links">
            <h2 id="links">{t("page.settings.links")}</h2>
            <p>{t("page.settings.links_text")}</p>
            <ul class="notes">{LINKS.map(link)}</ul>
        </section>
    }
}

#[component]
fn Storage() -> impl IntoView {
    let room = RwSignal::new(privacy::Room::default());
    let look = move || spawn_local(async move { room.set(privacy::room().await) });
    look();
    let ask = move |_| {
        spawn_local(async move {
            let _ = privacy::ask_to_persist().await;
            look();
        });
    };
    let used = move || {
        let room = room.get();
        match (room.used, room.quota) {
            (Some(used), Some(quota)) => {
                let (used, quota) = (model::size(used), model::size(quota));
                say(&Message::new("page.settings.room").with("used", used).with("quota", quota))
            }
            _ => t("page.settings.room_unknown"),
        }
    };
    let promise = move || match room.get().persisted {
        Some(true) => view! { <Badge tone=Tone::Good text=t("page.settings.persisted") /> }.into_any(),
        Some(false) => view! {
            <Badge tone=Tone::Warn text=t("page.settings.not_persisted") />
            <button type="button" class="button small" on:click=ask>{t("page.settings.persist")}</button>
        }
        .into_any(),
        None => view! { <Badge text=t("page.settings.persist_unknown") /> }.into_any(),
    };
    view! {
        <section class="card padded stack" aria-labelledby="storage">
            <h2 id="storage">{t("page.settings.storage")}</h2>
            <p>{t("page.settings.storage_text")}</p>
            <p>{text(used)}</p>
            <div class="row">{part(promise)}</div>
        </section>
    }
}

#[component]
fn Copies() -> impl IntoView {
    view! {
        <section class="card padded stack" aria-labelledby="copies">
            <h2 id="copies">{t("page.settings.copies")}</h2>
            <p>{t("page.settings.copies_text")}</p>
            <div class="row">
                <ActionButton action=BACKUP />
                <FileButton label=t("page.settings.load") accept=".json" />
            </div>
        </section>
    }
}

/// What the browser itself says about where data goes.
#[component]
fn Privacy() -> impl IntoView {
    let requests = RwSignal::new(privacy::requests());
    let policy = privacy::policy();
    let counted = move || {
        let requests = requests.get();
        let all = requests.own.saturating_add(requests.foreign.len());
        say(&Message::new("page.privacy.requests").with("count", all).with("foreign", requests.foreign.len()))
    };
    let clean = move || requests.with(|requests| requests.foreign.is_empty());
    view! {
        <section class="card padded stack" aria-labelledby="privacy">
            <h2 id="privacy">{t("page.privacy.title")}</h2>
            <p>{t("page.privacy.text")}</p>
            <div class="row">
                {part(move || if clean() {
                    view! { <Badge tone=Tone::Good text=t("page.privacy.clean") /> }
                } else {
                    view! { <Badge tone=Tone::Bad text=t("page.privacy.not_clean") /> }
                })}
                <span>{text(counted)}</span>
                <button type="button" class="button small" on:click=move |_| requests.set(privacy::requests())>{t("page.privacy.count_again")}</button>
            </div>
            <ul class="plain-list">{part(move || requests.get().foreign.into_iter().map(|address| view! { <li class="mono">{address}</li> }).map(IntoAny::into_any).collect_view())}</ul>
            <details>
                <summary>{t("page.privacy.policy")}</summary>
                <p class="note">{t("page.privacy.policy_text")}</p>
                <p class="mono policy">{policy.unwrap_or_else(|| t("page.privacy.no_policy"))}</p>
            </details>
            <p><Icon glyph=Glyph::Lock />" "{t("page.privacy.try_it")}</p>
        </section>
    }
}

#[component]
fn Ending() -> impl IntoView {
    let dispatch = Dispatch::here();
    let asking = RwSignal::new(false);
    let delete = move |_| {
        asking.set(false);
        dispatch.delete_everything();
    };
    view! {
        <section class="card padded stack danger" aria-labelledby="ending">
            <h2 id="ending">{t("page.settings.delete")}</h2>
            <p>{t("page.settings.delete_text")}</p>
            <div class="row"><button type="button" class="button bad" on:click=move |_| asking.set(true)><Icon glyph=Glyph::Delete />{t("page.settings.delete_button")}</button></div>
            <Dialog id="delete" title=Signal::derive(|| t("page.settings.delete_title")) open=asking leave=move |()| asking.set(false)>
                <p>{t("page.settings.delete_sure")}</p>
                <div class="row">
                    <button type="button" class="button" on:click=move |_| asking.set(false)>{t("page.settings.delete_no")}</button>
                    <ActionButton action=BACKUP />
                    <button type="button" class="button bad push" on:click=delete>{t("page.settings.delete_yes")}</button>
                </div>
            </Dialog>
        </section>
    }
}
