//! The page: hooks up the browser and shows the program where index.html left a place for it.

use highwater::browser::page;
use highwater::ui::app::App;
use leptos::mount::mount_to;

fn main() {
    let typed = page::field_value("rate-processor");
    if let Some(place) = page::take_place() {
        mount_to(place, move || leptos::view! { <App typed=typed /> }).forget();
    }
}
