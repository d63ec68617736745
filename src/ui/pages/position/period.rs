//! The period that is assessed.

use jiff::civil::Date;
use leptos::prelude::*;

use crate::edit::command::Command;
use crate::model::day;
use crate::model::period::Period;
use crate::model::workspace::PeriodChoice as Choice;
use crate::ui::dispatch::Dispatch;
use crate::ui::reactive::{If, flag, part, truth};
use crate::ui::state::Shared;
use crate::ui::words::t;

/// Two days, and the years that lie between them as short cuts.
#[component]
pub fn PeriodChoice() -> impl IntoView {
    let shared = Shared::here();
    let dispatch = Dispatch::here();
    let period = Memo::new(move |_| shared.workspace(|workspace| workspace.assessed));
    let choice = Memo::new(move |_| shared.workspace(|workspace| workspace.period));
    // The years on offer are those of the whole input, not of the part that is looked at.
    let span = StoredValue::new(None::<(Date, Date)>);
    Effect::new(move |_| {
        if choice.get() == Choice::default() {
            span.set_value(period.get().map(|period| (period.from(), period.to())));
        }
    });
    let set = move |choice| dispatch.edit(Command::SetPeriod(choice));
    let years = move || {
        period.track();
        let (from, to) = span.get_value().or_else(|| period.get().map(|period| (period.from(), period.to())))?;
        let years = self::years(from, to);
        (years.len() > 1).then(|| years.into_iter().map(|(year, first, last)| {
            let this = Choice { from: Some(first.max(from)), to: Some(last.min(to)) };
            view! { <button type="button" class="button small" aria-pressed=truth(move || choice.get() == this) on:click=move |_| set(this)>{year.to_string()}</button> }
        }).map(IntoAny::into_any).collect_view())
    };
    view! {
        <If when=flag(move || period.get().is_some())>
            <div class="period row" role="group" aria-label=t("page.period.label")>
                <Day label="page.period.from" value=Signal::derive(move || period.get().map(Period::from))
                    change=Callback::new(move |from| set(Choice { from, ..choice.get_untracked() })) />
                <Day label="page.period.to" value=Signal::derive(move || period.get().map(Period::to))
                    change=Callback::new(move |to| set(Choice { to, ..choice.get_untracked() })) />
                <span class="row no-print">
                    <button type="button" class="button small" aria-pressed=truth(move || choice.get() == Choice::default())
                        on:click=move |_| set(Choice::default())>{t("page.period.all")}</button>
                    {part(years)}
                </span>
            </div>
        </If>
    }
}

/// The dates a reader may want to choose: the first and the last day of each year that the period touches.
fn years(from: Date, to: Date) -> Vec<(i16, Date, Date)> {
    (from.year()..=to.year())
        .filter_map(|year| {
            let first = Date::new(year, 1, 1).ok()?;
            let last = Date::new(year, 12, 31).ok()?;
            Some((year, first, last))
        })
        .collect()
}

#[component]
fn Day(
    label: &'static str,
    #[prop(into)] value: Signal<Option<Date>>,
    change: Callback<Option<Date>>,
) -> impl IntoView {
    let written = move || value.get().map(|day| day.to_string()).unwrap_or_default();
    view! {
        <label class="inline-field no-print">
            <span>{t(label)}</span>
            <input type="date" prop:value=written on:change:target=move |event| {
                let typed = event.target().value();
                // A day that is refused does not stay there as if it counted.
                event.target().set_value(&written());
                change.run(day::parse(&typed));
            } />
        </label>
    }
}
