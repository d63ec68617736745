//! The search over everything that the page has: screens, actions, the open estate, part numbers, words.
//!
//! What the page knows itself is shown at once; the rest is asked of the worker, one question at a time, so that no
//! answer of an older question comes after one of a newer.

pub mod offers;

use std::fmt::Write;

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;

use self::offers::{Does, Offer, OfferGroup, sought};
use super::components::icon::{Glyph, Icon};
use super::dispatch::Dispatch;
use super::markup::{escaped, icon};
use super::reactive::{flag, text, truth};
use super::state::{Layer, Shared};
use super::words::{say, t};
use crate::browser::{location, page};
use crate::model::message::Message;
use crate::work::hits::HitGroup;
use crate::work::sought::{Fit, Sought};
use crate::work::{Request, Response};

/// Names the dialog, its list and its field.
const ID: &str = "finder";
const LIST: &str = "finder-list";
const FIELD: &str = "finder-field";

/// What is known of what is sought.
#[derive(Default)]
struct Known {
    /// What stands in the field.
    typed: String,
    /// What the worker answered last.
    found: Vec<HitGroup>,
    /// What is offered.
    offered: Vec<OfferGroup>,
    /// Which offer Enter takes.
    active: usize,
    /// Whether the worker is being asked.
    is_asking: bool,
    /// Whether Enter was pressed before all was known that answers what is typed.
    is_entered: bool,
    /// Whether something that the page has itself is exactly what is typed: nothing that the worker finds goes before it.
    is_certain: bool,
}

/// The search, and what is seen of it.
#[derive(Clone, Copy)]
struct Search {
    shared: Shared,
    dispatch: Dispatch,
    known: StoredValue<Known, LocalStorage>,
    /// The offers as markup, how many there are, and the one that Enter takes.
    list: RwSignal<String>,
    count: RwSignal<usize>,
    active: RwSignal<usize>,
}

/// The dialog.
#[component]
pub fn Finder() -> impl IntoView {
    let shared = Shared::here();
    let search = Search {
        shared,
        dispatch: Dispatch::here(),
        known: StoredValue::new_local(Known::default()),
        list: RwSignal::default(),
        count: RwSignal::default(),
        active: RwSignal::default(),
    };
    let open = shared.has_open(Layer::Finder);
    let is_open = Memo::new(move |_| open.get());
    Effect::new(move |_| if is_open.get() { search.begin() } else { page::close_dialog(ID) });
    let none = move || search.count.get() == 0;
    let told = move || {
        search.list.track();
        match search.count.get() {
            0 => search
                .known
                .with_value(|known| say(&Message::new("page.finder.nothing").with("typed", known.typed.as_str()))),
            count => say(&Message::new("page.finder.count").with("count", count)),
        }
    };
    view! {
        <dialog class="finder" id=ID aria-label=t("page.finder.open") on:cancel=move |_: leptos::ev::Event| shared.lay(None)>
            <div class="ask">
                <Icon glyph=Glyph::Search />
                <input
                    type="text"
                    id=FIELD
                    role="combobox"
                    autocomplete="off"
                    spellcheck="false"
                    maxlength="200"
                    placeholder=t("page.finder.placeholder")
                    aria-label=t("page.finder.open")
                    aria-autocomplete="list"
                    aria-expanded=truth(move || !none())
                    aria-controls=LIST
                    aria-activedescendant=text(move || option_id(search.active.get()))
                    on:input:target=move |event| search.type_in(event.target().value())
                    on:keydown=move |event| search.key(&event)
                />
                <button type="button" class="button small" on:click=move |_| shared.lay(None)>{t("page.menu.close")}</button>
            </div>
            <div
                class="hits"
                role="listbox"
                id=LIST
                aria-label=t("page.finder.hits")
                hidden=flag(none)
                // The field keeps the focus.
                on:mousedown=move |event| event.prevent_default()
                on:click=move |event| {
                    if let Some(index) = page::marked_number(&event, "data-hit") {
                        search.take(index);
                    }
                }
                inner_html=search.list
            ></div>
            <p class="note" role="status">{text(told)}</p>
        </dialog>
    }
}

impl Search {
    /// Opens with nothing sought.
    fn begin(self) {
        self.known.set_value(Known { is_asking: self.known.with_value(|known| known.is_asking), ..Known::default() });
        page::empty_field(FIELD);
        page::open_dialog(ID);
        page::focus(FIELD);
        self.draw();
        self.dispatch.prepare();
    }

    /// Shows everything that answers what is typed, the kind with the best answer first.
    fn draw(self) {
        self.known.update_value(|known| {
            let sought = sought(&known.typed);
            let mut groups = offers::own(&self.shared, sought.as_ref());
            known.is_certain = groups.iter().any(|group| group.fit == Some(Fit::Exact));
            groups.extend(sought.iter().flat_map(|_| &known.found).map(offers::of_worker));
            known.offered = offers::in_order(groups);
            self.list.set(list(&known.offered, sought.as_ref(), known.active));
            self.count.set(known.count());
            self.active.set(known.active);
        });
    }

    fn type_in(self, typed: String) {
        let was_asking = self.known.try_update_value(|known| {
            known.typed = typed;
            known.active = 0;
            known.is_entered = false;
            std::mem::replace(&mut known.is_asking, true)
        });
        self.draw();
        if was_asking == Some(false) {
            spawn_local(self.ask());
        }
    }

    /// Asks the worker for what is typed until its answer is about what is typed by then.
    async fn ask(self) {
        loop {
            let typed = self.known.with_value(|known| known.typed.clone());
            let answer = self.dispatch.put(Request::Find(typed.clone())).await;
            let found = match answer.as_deref() {
                Some(Response::Hits(groups)) => groups.clone(),
                Some(_) | None => Vec::new(),
            };
            let is_last = self.known.try_update_value(|known| {
                known.found = found;
                known.is_asking = known.typed != typed;
                !known.is_asking
            });
            self.draw();
            if is_last != Some(false) {
                break;
            }
        }
        if self.known.with_value(|known| known.is_entered) {
            self.take(0);
        }
    }

    fn key(self, event: &KeyboardEvent) {
        // Enter ends what an input method composes.
        if event.is_composing() {
            return;
        }
        let (active, count, waits) =
            self.known.with_value(|known| (known.active, known.count(), known.is_asking && !known.is_certain));
        let last = count.saturating_sub(1);
        let next = match event.key().as_str() {
            "Enter" => {
                event.prevent_default();
                // What is known by now may not be the best: that is taken as soon as all is known. What is certain does not
                // wait: a browser chooses files only just after a key was pressed.
                if active == 0 && waits {
                    self.known.update_value(|known| known.is_entered = true);
                } else {
                    self.take(active);
                }
                return;
            }
            "ArrowDown" if active < last => active.saturating_add(1),
            "ArrowDown" | "Home" => 0,
            "ArrowUp" => active.checked_sub(1).unwrap_or(last),
            "End" => last,
            _ => return,
        };
        event.prevent_default();
        self.known.update_value(|known| known.active = next);
        self.draw();
        spawn_local(async move {
            page::next_frame().await;
            page::bring_near(&option_id(next));
        });
    }

    /// Closes, and does what an offer offers.
    fn take(self, index: usize) {
        let offer = self.known.try_update_value(|known| {
            known.is_entered = false;
            known.offered.iter().flat_map(|group| &group.offers).nth(index).map(|offer| offer.does.clone())
        });
        let Some(does) = offer.flatten() else { return };
        // Before anything else moves the focus.
        page::close_dialog(ID);
        self.shared.lay(None);
        match does {
            Does::Go(route) => location::go(&route.to_string()),
            Does::Act(action) => (action.run)(self.dispatch),
        }
    }
}

impl Known {
    fn count(&self) -> usize {
        self.offered.iter().map(|group| group.offers.len()).sum()
    }
}

fn option_id(index: usize) -> String {
    format!("finder-hit-{index}")
}

/// The list as markup: its texts are escaped, and what is pressed in it is heard by the dialog.
fn list(groups: &[OfferGroup], sought: Option<&Sought>, active: usize) -> String {
    let mut index = 0_usize;
    let mut markup = String::new();
    for group in groups {
        let label = escaped(&group.label());
        // Writing to a text cannot fail.
        let _ = write!(markup, "<div role=\"group\" aria-label=\"{label}\"><p aria-hidden=\"true\">{label}</p>");
        for offer in &group.offers {
            markup += &option(offer, index, index == active, sought);
            index = index.saturating_add(1);
        }
        markup += "</div>";
    }
    markup
}

fn option(offer: &Offer, index: usize, is_active: bool, sought: Option<&Sought>) -> String {
    let mut title = String::new();
    let mut was_marked = false;
    let letters = sought.map(|sought| sought.marked(&offer.title));
    for (letter, is_marked) in letters.unwrap_or_else(|| offer.title.chars().map(|letter| (letter, false)).collect()) {
        if is_marked != was_marked {
            title += if is_marked { "<mark>" } else { "</mark>" };
            was_marked = is_marked;
        }
        title += &escaped(letter.encode_utf8(&mut [0; 4]));
    }
    if was_marked {
        title += "</mark>";
    }
    format!(
        "<div class=\"hit\" role=\"option\" id=\"{}\" data-hit=\"{index}\" aria-selected=\"{is_active}\">{}\
         <span><bdi>{title}</bdi></span><small>{}</small></div>",
        option_id(index),
        icon(offer.glyph),
        escaped(&offer.detail)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::screen::Screen;
    use crate::ui::route::Route;

    #[test]
    fn no_text_of_an_estate_becomes_markup() {
        let hostile = "<img src=x onerror='a()'>\"";
        let offer = Offer {
            title: hostile.to_owned(),
            detail: hostile.to_owned(),
            glyph: Glyph::Search,
            does: Does::Go(Route::to(Screen::Start)),
        };
        for typed in ["", "img", "src onerror"] {
            let group = OfferGroup { title: hostile.to_owned(), offers: vec![offer.clone()], all: 1, fit: None };
            let markup = list(&[group], sought(typed).as_ref(), 0);
            assert!(!markup.contains("<img") && !markup.contains("'a()"), "{markup}");
        }
    }
}
