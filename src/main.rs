//! The page: hooks up the browser and shows the program where index.html left a place for it.

use highwater::browser::{failure, page};
use highwater::ui::app::App;
use leptos::mount::mount_to;

fn main() {
    failure::report_panics();
    let typed = page::shell_field("rate-processor");
    if let Some(place) = page::take_place() {
        mount_to(place, move || leptos::view! { <App typed=typed /> }).forget();
    }
}
