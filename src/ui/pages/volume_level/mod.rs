//! Volume level: points over time, the level that they earn, and what the next order would do.

use leptos::prelude::*;

use crate::browser::today;
use crate::edit::command::Command;
use crate::model::message::Message;
use crate::model::order::{Customer, PriceTerms};
use crate::model::workspace::List;
use crate::ui::components::figure::Figure;
use crate::ui::components::icon::Glyph;
use crate::ui::components::lead::{Beginning, Lead};
use crate::ui::components::notes::Notes;
use crate::ui::components::sections::sections;
use crate::ui::components::sheets::Sheets;
use crate::ui::dispatch::Dispatch;
use crate::ui::query::{QueryState, workspace_query};
use crate::ui::reactive::{If, flag, part};
use crate::ui::route::Route;
use crate::ui::state::Shared;
use crate::ui::words::{day, number, say, t};
use crate::work::{Picture, Question, Request, Response, VolumeView, WhatIf};

const WORDS: Beginning = Beginning {
    title: "page.volume.title",
    lead: "page.volume.lead",
    add: "page.volume.add_file",
    glyph: Glyph::Level,
    empty: "page.volume.empty",
    empty_text: "page.volume.empty_text",
    template: "page.volume.template",
    file: "orders-template.csv",
};

/// The screen.
#[component]
pub fn VolumeLevel() -> impl IntoView {
    let shared = Shared::here();
    let any = flag(move || shared.workspace(|workspace| workspace.lines_of(List::Orders) > 0));
    view! {
        <Lead words=&WORDS any=any />
        <If when=any><Content /></If>
        <Sheets lists=&[List::Orders, List::PartPoints, List::LevelsByHand, List::Prices] />
    }
}

#[component]
fn Content() -> impl IntoView {
    let shared = Shared::here();
    let extra = RwSignal::new(String::new());
    let agreement = RwSignal::new(asked_for(&shared.route.get_untracked()));
    let found = workspace_query(move || Request::Volume {
        today: today::today(),
        agreement: agreement.get(),
        extra: extra.get(),
    });
    view! {
        {part(move || found.with(|found| volume(found).and_then(|seen| choice(seen, agreement))))}
        {part(move || found.with(|found| volume(found).map(view)))}
        <section class="card padded" aria-labelledby="next-order">
            <h2 id="next-order">{t("page.volume.next_order")}</h2>
            <div class="fields">
                <div class="field">
                    <label for="extra-points">{t("page.volume.next_points")}</label>
                    <input type="text" inputmode="decimal" id="extra-points" autocomplete="off" maxlength="14" prop:value=extra
                        on:input:target=move |event| extra.set(event.target().value()) />
                </div>
            </div>
            <output for="extra-points">
                {part(move || found.with(|found| volume(found).and_then(|seen| seen.what_if.as_ref().map(what_if))))}
            </output>
        </section>
        {part(move || found.with(|found| volume(found).map(tables)))}
    }
}

fn volume(found: &QueryState) -> Option<&VolumeView> {
    if let Response::Volume(seen) = found.response()? { Some(seen) } else { None }
}

/// The agreement whose explanation the address asks for.
fn asked_for(route: &Route) -> String {
    if let Route::Explained(Question::Term { agreement, .. }) = route { agreement.clone() } else { String::new() }
}

/// The choice of an agreement, where several have ordered.
fn choice(seen: &VolumeView, agreement: RwSignal<String>) -> Option<impl IntoView + use<>> {
    let option = |number: &String| {
        let word = if number.is_empty() { t("page.volume.of_none") } else { number.clone() };
        view! { <option value=number.clone() selected=*number == seen.agreement>{word}</option> }
    };
    let options = seen.agreements.iter().map(option).map(IntoAny::into_any).collect_view();
    (seen.agreements.len() > 1).then(|| {
        view! {
            <div class="period row no-print">
                <label class="inline-field">
                    <span>{t("page.volume.agreement")}</span>
                    <select on:change:target=move |event| agreement.set(event.target().value())>{options}</select>
                </label>
            </div>
        }
    })
}

/// The meter and the picture.
fn view(seen: &VolumeView) -> impl IntoView + use<> {
    let next = seen.next.as_ref().map_or_else(
        || t("page.volume.no_next"),
        |next| say(&Message::new("page.volume.to_next").with("points", next.points).with("level", next.level.as_str())),
    );
    let reset = seen.at_reset.clone().unwrap_or_else(|| "–".to_owned());
    let on = say(&Message::new("page.volume.on").with("day", day(seen.anniversary)));
    let tiles = [
        ("page.volume.level", seen.level.clone(), t("page.volume.level_text")),
        ("page.volume.term_points", number(seen.points), next),
        ("page.volume.at_anniversary", reset, on),
    ];
    let tile = |(title, amount, text): (&'static str, String, String)| {
        let amount = match seen.term.clone() {
            Some(question) => view! { <Figure question=question text=amount /> }.into_any(),
            None => amount.into_any(),
        };
        view! { <div class="tile"><h2>{t(title)}</h2><p class="amount"><b>{amount}</b></p><p>{text}</p></div> }
    };
    view! {
        <section class="tiles" aria-label=t("page.volume.meter")>{tiles.into_iter().map(tile).map(IntoAny::into_any).collect_view()}</section>
        {seen.terms.map(|terms| view! { <PriceTermsForm terms=terms /> })}
        {seen.picture.clone().map(drawing)}
    }
}

/// Points over time, over the thresholds of the levels. The tables below say the same in words.
fn drawing(picture: Picture) -> impl IntoView {
    let Picture { width, height, path, thresholds, resets } = picture;
    let threshold = |(level, y): (String, i64)| {
        view! { <path class="threshold" d=format!("M0 {y}H{width}") /><text x="4" y=(y - 4).to_string()>{level}</text> }
    };
    let reset = |x: i64| view! { <path class="reset" d=format!("M{x} 0V{height}") /> };
    view! {
        <figure class="card padded staircase">
            <svg viewBox=format!("0 0 {width} {height}") role="img" aria-label=t("page.volume.picture")>
                {resets.into_iter().map(reset).map(IntoAny::into_any).collect_view()}
                <path class="points" d=path />
                {thresholds.into_iter().map(threshold).map(IntoAny::into_any).collect_view()}
            </svg>
            <figcaption class="note">{t("page.volume.picture_text")}</figcaption>
        </figure>
    }
}

fn what_if(answer: &WhatIf) -> impl IntoView + use<> {
    let sentence = |key| {
        Message::new(key)
            .with("applied", answer.applied.as_str())
            .with("svp", answer.svp.as_str())
            .with("rsvp", answer.rsvp.as_str())
            .with("level", answer.level.as_str())
            .with("until", day(answer.until))
            .with("at_reset", answer.at_reset.as_str())
    };
    let sentences = ["page.volume.priced", "page.volume.then", "page.volume.reset_then"].map(|key| say(&sentence(key)));
    view! { <ul class="notes">{sentences.map(|text| view! { <li>{text}</li> }).map(IntoAny::into_any)}</ul> }
}

fn tables(seen: &VolumeView) -> impl IntoView + use<> {
    view! {
        <Notes issues=seen.issues.clone() />
        {sections(&seen.sections)}
    }
}

/// Whose prices, and from which anniversary.
#[component]
fn PriceTermsForm(terms: PriceTerms) -> impl IntoView {
    let dispatch = Dispatch::here();
    let customer = move |text: String| {
        let customer = Customer::parse(&text).unwrap_or_default();
        dispatch.edit(Command::SetPriceTerms(PriceTerms { customer, ..terms }));
    };
    let anniversary = move |text: String| {
        let anniversary = crate::model::day::parse(&text);
        dispatch.edit(Command::SetPriceTerms(PriceTerms { anniversary, ..terms }));
    };
    let option = |customer: Customer| {
        let word = t(match customer {
            Customer::Commercial => "page.volume.commercial",
            Customer::Express => "page.volume.express",
            Customer::Government => "page.volume.government",
            Customer::Academic => "page.volume.academic",
        });
        view! { <option value=customer.name() selected=customer == terms.customer>{word}</option> }
    };
    let given = terms.anniversary.map(|day| day.to_string()).unwrap_or_default();
    view! {
        <div class="period row no-print">
            <label class="inline-field">
                <span>{t("page.volume.customer")}</span>
                <select on:change:target=move |event| customer(event.target().value())>{Customer::ALL.map(option)}</select>
            </label>
            <label class="inline-field">
                <span>{t("page.volume.anniversary")}</span>
                <input type="date" prop:value=given on:change:target=move |event| anniversary(event.target().value()) />
            </label>
        </div>
    }
}
