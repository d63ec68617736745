//! Start: what the estate amounts to, or three doors while none is open. index.html shows the doors before the program
//! arrives; keep both alike.

use leptos::prelude::*;

use super::rate::form::{Answer, Form};
use super::rate::model::{RateForm, rated};
use crate::model::screen::Screen;
use crate::ui::actions::TOUR;
use crate::ui::components::blocks::{Blocks, arguments_of_address, blocks_of};
use crate::ui::components::file_button::FileButton;
use crate::ui::components::icon::{Glyph, Icon};
use crate::ui::reactive::{If, flag, text};
use crate::ui::route::Route;
use crate::ui::state::Shared;
use crate::ui::words::{named, t};

/// The screen that everyone sees first.
#[component]
pub fn Start(
    /// A processor that was typed before the program arrived.
    typed: String,
) -> impl IntoView {
    let shared = Shared::here();
    let open = flag(move || shared.has_content());
    view! {
        <div class="start">
            <If when=open><Overview /></If>
            <If when=flag(move || !open.get())>
                <div class="hero">
                    <h1>{t("page.start.heading")}</h1>
                    <p class="lead">{t("page.start.lead")}</p>
                </div>
            </If>
            <div class="doors">
                <DropDoor />
                <RateDoor typed=typed />
                <DemoDoor />
            </div>
            <If when=flag(move || !open.get())><Promises /></If>
        </div>
    }
}

/// The open estate on one page.
#[component]
fn Overview() -> impl IntoView {
    let shared = Shared::here();
    let name = move || named(shared.workspace(|workspace| workspace.name.clone()));
    let arguments = arguments_of_address();
    let shown = blocks_of(Screen::Start, arguments);
    view! {
        <div class="heading">
            <div>
                <h1>{text(name)}</h1>
                <p class="note">{t("page.overview.lead")}</p>
            </div>
            <div class="row no-print">
                <a class="button" href=Route::to(Screen::Position).href()>
                    <Icon glyph=Glyph::Screen(Screen::Position) />{t("page.screen.position.title")}
                </a>
            </div>
        </div>
        <Blocks screen=Screen::Start shown=shown arguments=arguments />
    }
}

#[component]
fn DropDoor() -> impl IntoView {
    view! {
        <section class="door drop" aria-labelledby="door-drop">
            <Icon glyph=Glyph::Upload />
            <h2 id="door-drop">{t("page.start.drop")}</h2>
            <p>{t("page.start.drop_text")}</p>
            <FileButton label=t("page.start.choose") primary=true />
            <p class="note">
                {t("page.start.no_ilmt")}" "
                <a href="examples/estate-template.csv" download="estate-template.csv">{t("page.start.template")}</a>" · "
                <a href="examples/estate-sample.csv" download="estate-sample.csv">{t("page.start.sample")}</a>
            </p>
        </section>
    }
}

#[component]
fn RateDoor(typed: String) -> impl IntoView {
    let server = RwSignal::new(RateForm { processor: typed, ..RateForm::default() });
    let outcome = rated(server);
    // What is typed here is not typed again there.
    let more = move || {
        let RateForm { processor, sockets, cores, .. } = server.get();
        let typed = [("processor", processor.as_str()), ("sockets", &sockets), ("cores", &cores)];
        Route::with(Screen::Rate, &typed).href()
    };
    view! {
        <section class="door" aria-labelledby="door-rate">
            <h2 id="door-rate">{t("page.start.rate")}</h2>
            <p>{t("page.start.rate_text")}</p>
            <Form server=server outcome=outcome short=true />
            <Answer outcome=outcome />
            <a class="more" href=text(more)>{t("page.start.rate_more")}</a>
        </section>
    }
}

#[component]
fn DemoDoor() -> impl IntoView {
    view! {
        <section class="door" aria-labelledby="door-demo">
            <h2 id="door-demo">{t("page.start.demo")}</h2>
            <p>{t("page.start.demo_text")}</p>
            <div class="row">
                <a class="button" href=Route::Demo.href()><Icon glyph=Glyph::Play />{t("page.start.demo_open")}</a>
                <button type="button" class="button" data-action=TOUR.id>{t("page.tour.take")}</button>
            </div>
        </section>
    }
}

#[component]
fn Promises() -> impl IntoView {
    let promise = |glyph, title, text| {
        view! { <li><Icon glyph=glyph /><div><h3>{t(title)}</h3><p>{t(text)}</p></div></li> }
    };
    view! {
        <ul class="promises">
            {promise(Glyph::Lock, "page.promise.here", "page.promise.here_text")}
            {promise(Glyph::Search, "page.promise.explained", "page.promise.explained_text")}
            {promise(Glyph::Screen(Screen::Catalogue), "page.promise.sourced", "page.promise.sourced_text")}
        </ul>
    }
}
