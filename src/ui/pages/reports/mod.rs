//! Reports: a proposal, and what resellers report of their customers. Each prints as it stands, and leaves as CSV and as a
//! workbook.

use leptos::prelude::*;

use crate::browser::today::today;
use crate::model::list::List;
use crate::model::screen::Screen;
use crate::ui::actions::PRINT;
use crate::ui::components::action_button::ActionButton;
use crate::ui::components::blocks::{Blocks, arguments_of_address, blocks_of};
use crate::ui::components::empty::Empty;
use crate::ui::components::file_button::FileButton;
use crate::ui::components::icon::{Glyph, Icon};
use crate::ui::dispatch::Dispatch;
use crate::ui::reactive::{If, flag, part};
use crate::ui::route::Route;
use crate::ui::state::Shared;
use crate::ui::words::t;
use crate::work::Export;
use crate::work::report_view::{ReportView, VIEW};
use crate::work::screen_query::ScreenQuery;

/// The screen.
#[component]
pub fn Reports() -> impl IntoView {
    let shared = Shared::here();
    let asked = Memo::new(move |_| shared.route.with(Route::arguments));
    let view = Memo::new(move |_| {
        let name = asked.with(|asked| asked.iter().find(|(name, _)| name == VIEW).map(|(_, view)| view.clone()));
        ReportView::named(&name.unwrap_or_default())
    });
    let way = move |one: ReportView| {
        let href = Route::with(Screen::Reports, &[(VIEW, one.name())]).href();
        view! { <a href=href aria-current=move || (view.get() == one).then_some("page")>{t(one.title())}</a> }
            .into_any()
    };
    let any = flag(move || {
        shared.workspace(|workspace| {
            [List::Entitlements, List::Orders].into_iter().any(|list| workspace.lines_of(list) > 0)
        })
    });
    let none = flag(move || !any.get());
    view! {
        <div class="heading">
            <div>
                <h1>{part(move || if any.get() { t(view.get().title()) } else { t("page.screen.reports.title") })}</h1>
                <p class="note no-print">{t("page.reports.lead")}</p>
            </div>
        </div>
        <If when=none>
            <Empty glyph=Glyph::Screen(Screen::Reports) title=t("page.reports.empty") text=t("page.reports.no_ledger")>
                <FileButton label=t("page.start.choose") primary=true />
            </Empty>
        </If>
        <If when=any>
            <nav class="tabs no-print" aria-label=t("page.reports.views")>
                {ReportView::ALL.map(way).into_iter().collect_view()}
            </nav>
            {part(move || {
                asked.track();
                view! { <Report /> }.into_any()
            })}
        </If>
    }
}

/// The report that the address asks for.
#[component]
fn Report() -> impl IntoView {
    let dispatch = Dispatch::here();
    let arguments = arguments_of_address();
    let shown = blocks_of(Screen::Reports, arguments);
    let export = move |of: fn(ScreenQuery) -> Export| {
        let query = ScreenQuery { screen: Screen::Reports, today: today(), arguments: arguments.get_untracked() };
        dispatch.export(of(query));
    };
    view! {
        <div class="row no-print">
            <button type="button" class="button" on:click=move |_| export(Export::ReportCsv)>
                <Icon glyph=Glyph::Download /><span>{t("page.action.export_csv")}</span>
            </button>
            <button type="button" class="button" on:click=move |_| export(Export::ReportXlsx)>
                <Icon glyph=Glyph::Download /><span>{t("page.action.export_xlsx")}</span>
            </button>
            <ActionButton action=PRINT />
        </div>
        <Blocks screen=Screen::Reports shown=shown arguments=arguments />
    }
}
