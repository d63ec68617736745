//! The page: hooks up the browser and shows the program where index.html left an index for it.

use highwater::browser::page;
use highwater::ui::app::App;
use leptos::mount::mount_to;

fn main() {
    let typed = page::field_value("rate-processor");
    if let Some(index) = page::take_index() {
        mount_to(index, move || leptos::view! { <App typed=typed /> }).forget();
    }
}
