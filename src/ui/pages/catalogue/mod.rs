//! Catalogue: rates, machine types and processors; part numbers with their prices; what differs between two price lists.

pub mod rates;

use leptos::prelude::*;

use self::rates::RatesView;
use crate::browser::today::today;
use crate::model::list::List;
use crate::model::screen::Screen;
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
use crate::work::catalogue_view::{CatalogueView, VIEW};
use crate::work::screen_query::ScreenQuery;

/// The screen.
#[component]
pub fn Catalogue() -> impl IntoView {
    let shared = Shared::here();
    // An address that asks for something else begins its view anew; what is searched for among rates does not.
    let asked = Memo::new(move |_| {
        let mut asked = shared.route.with(Route::arguments);
        asked.retain(|(name, _)| name != "search");
        asked
    });
    let view = Memo::new(move |_| {
        let name = asked.with(|asked| asked.iter().find(|(name, _)| name == VIEW).map(|(_, view)| view.clone()));
        CatalogueView::named(&name.unwrap_or_default())
    });
    let way = move |one: CatalogueView| {
        let href = Route::with(Screen::Catalogue, &[(VIEW, one.name())]).href();
        view! { <a href=href aria-current=move || (view.get() == one).then_some("page")>{t(one.title())}</a> }
            .into_any()
    };
    view! {
        <div class="heading">
            <div>
                <h1>{t("page.screen.catalogue.title")}</h1>
                <p class="note">{t("page.catalogue.lead")}</p>
            </div>
        </div>
        <nav class="tabs no-print" aria-label=t("page.catalogue.views")>
            {CatalogueView::ALL.map(way).into_iter().collect_view()}
        </nav>
        {part(move || {
            asked.track();
            match view.get() {
                CatalogueView::Rates => view! { <RatesView /> }.into_any(),
                CatalogueView::Parts => view! { <PartsView /> }.into_any(),
                CatalogueView::Changes => view! { <ChangesView /> }.into_any(),
            }
        })}
    }
}

/// Part numbers, with what is known of them and of their prices.
#[component]
fn PartsView() -> impl IntoView {
    let arguments = arguments_of_address();
    let shown = blocks_of(Screen::Catalogue, arguments);
    let waiting = flag(move || shown.blocks.with(Option::is_none));
    view! {
        <div class="row catalogue-head">
            <p class="note">{t("page.catalogue.parts_lead")}</p>
            <div class="row no-print"><FileButton label=t("page.screen.renewals.add_file") /></div>
        </div>
        <If when=waiting><p class="note" role="status">{t("page.catalogue.looking")}</p></If>
        <Blocks screen=Screen::Catalogue shown=shown arguments=arguments />
    }
}

/// What differs between two price lists.
#[component]
fn ChangesView() -> impl IntoView {
    let (shared, dispatch) = (Shared::here(), Dispatch::here());
    let arguments = arguments_of_address();
    let shown = blocks_of(Screen::Catalogue, arguments);
    let any = flag(move || shared.workspace(|workspace| workspace.lines_of(List::Prices) > 0));
    let none = flag(move || !any.get());
    let export = move || {
        let query = ScreenQuery { screen: Screen::Catalogue, today: today(), arguments: arguments.get_untracked() };
        dispatch.export(Export::PriceChanges(query));
    };
    view! {
        <If when=any>
            <div class="row catalogue-head">
                <p class="note">{t("page.catalogue.changes_lead")}</p>
                <div class="row no-print">
                    <button type="button" class="button" on:click=move |_| export()>
                        <Icon glyph=Glyph::Download /><span>{t("page.catalogue.export_changes")}</span>
                    </button>
                    <FileButton label=t("page.screen.renewals.add_file") />
                </div>
            </div>
        </If>
        <If when=none>
            <Empty glyph=Glyph::Screen(Screen::Catalogue) title=t("page.catalogue.no_prices") text=t("page.catalogue.no_prices_text")>
                <FileButton label=t("page.start.choose") primary=true />
                <a class="button" href="examples/prices-template.csv" download="prices-template.csv">
                    {t("page.screen.renewals.template")}
                </a>
            </Empty>
        </If>
        <Blocks screen=Screen::Catalogue shown=shown arguments=arguments />
    }
}
