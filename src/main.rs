//! The page: hooks up the browser and shows the program where index.html left a place for it.

use highwater::browser::page;
use highwater::ui::app::App;
use highwater::ui::words;
use leptos::mount::mount_to;
use wasm_bindgen_futures::spawn_local;

fn main() {
    // A panic ends as an error of the browser that has its words, and public/panic.js shows them.
    std::panic::set_hook(Box::new(|panic| wasm_bindgen::throw_str(&panic.to_string())));
    // In two tasks: between them the browser shows what is typed into the shell meanwhile.
    spawn_local(async {
        words::prepare();
        page::pause(0).await;
        show();
    });
}

fn show() {
    let typed = page::field_value("rate-processor");
    if let Some(index) = page::take_index() {
        mount_to(index, move || leptos::view! { <App typed=typed /> }).forget();
    }
}
