//! The document around the program: its title, its colours, the focus, the printer, the clipboard.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    HtmlBodyElement, HtmlDialogElement, HtmlElement, HtmlInputElement, PointerEvent, ScrollIntoViewOptions,
    ScrollLogicalPosition,
};

use super::{Refusal, document, window};

/// The index of the program in index.html, emptied of the shell that was shown before; and what had been typed into
/// the shell's field by then.
pub fn take_index() -> Option<HtmlElement> {
    let index: HtmlElement = document()?.get_element_by_id("app")?.unchecked_into();
    index.set_inner_text("");
    if let Some(root) = root() {
        let _ = root.remove_attribute("data-elsewhere");
    }
    Some(index)
}

/// What stands in the field with this id; `None` when nothing does.
pub fn field_value(id: &str) -> Option<String> {
    let field: HtmlInputElement = document()?.get_element_by_id(id)?.dyn_into().ok()?;
    Some(field.value()).filter(|text| !text.is_empty())
}

/// What stands in the input or the choice with this id; empty where there is none.
pub fn value_of(id: &str) -> String {
    let field = document().and_then(|document| document.get_element_by_id(id));
    let value = field.and_then(|field| js_sys::Reflect::get(&field, &"value".into()).ok());
    value.and_then(|value| value.as_string()).unwrap_or_default()
}

/// Empties the field with this id.
pub fn empty_field(id: &str) {
    let field = document().and_then(|document| document.get_element_by_id(id));
    if let Some(field) = field.and_then(|field| field.dyn_into::<HtmlInputElement>().ok()) {
        field.set_value("");
    }
}

/// Names the screen in the tab.
pub fn set_title(title: &str) {
    if let Some(document) = document() {
        document.set_title(title);
    }
}

/// Chooses colours; `None` follows the system.
pub fn set_theme(theme: Option<&str>) {
    let Some(root) = root() else { return };
    let _ = match theme {
        Some(theme) => root.set_attribute("data-theme", theme),
        None => root.remove_attribute("data-theme"),
    };
}

/// Moves the focus to the element with this id, if it is there.
pub fn focus(id: &str) {
    let element = document().and_then(|document| document.get_element_by_id(id));
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let _ = element.focus();
    }
}

/// Whether anything on the page has the focus.
pub fn has_focus() -> bool {
    let element = document().and_then(|document| document.active_element());
    element.is_some_and(|element| !element.is_instance_of::<HtmlBodyElement>())
}

/// Whether something happens in a field that is typed in.
pub fn is_typed_in(event: &web_sys::Event) -> bool {
    event.target().is_some_and(|target| target.has_type::<HtmlInputElement>())
}

/// The id of what has the focus; `None` of what has none.
pub fn focused_id() -> Option<String> {
    let id = document()?.active_element()?.id();
    (!id.is_empty()).then_some(id)
}

/// Whether somebody is in a field whose id begins so.
pub fn is_in_field(prefix: &str) -> bool {
    let active = document().and_then(|document| document.active_element());
    let field = active.and_then(|element| element.dyn_into::<HtmlInputElement>().ok());
    field.is_some_and(|field| field.id().starts_with(prefix))
}

/// Whether something happens in a field that has its own way with it.
pub fn is_field(event: &web_sys::Event) -> bool {
    is_typed_into(event) || target_is(event, &["SELECT"])
}

/// Whether something happens in a field that is typed into: it undoes by itself.
pub fn is_typed_into(event: &web_sys::Event) -> bool {
    target_is(event, &["INPUT", "TEXTAREA"])
}

fn target_is(event: &web_sys::Event, names: &[&str]) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    target.is_some_and(|element| names.contains(&element.tag_name().as_str()))
}

/// Scrolls to the top of the page.
pub fn scroll_to_top() {
    if let Some(window) = window() {
        window.scroll_to_with_x_and_y(0.0, 0.0);
    }
}

/// Brings the element with this id into sight.
pub fn scroll_into_view(id: &str) {
    if let Some(element) = document().and_then(|document| document.get_element_by_id(id)) {
        element.scroll_into_view();
    }
}

/// Brings the element with this id into sight by the shortest way.
pub fn bring_near(id: &str) {
    if let Some(element) = document().and_then(|document| document.get_element_by_id(id)) {
        let nearest = ScrollIntoViewOptions::new();
        nearest.set_block(ScrollLogicalPosition::Nearest);
        nearest.set_inline(ScrollLogicalPosition::Nearest);
        element.scroll_into_view_with_scroll_into_view_options(&nearest);
    }
}

/// Whether the page runs from right to left.
pub fn is_mirrored() -> bool {
    document().is_some_and(|document| document.dir() == "rtl")
}

/// The cell in which something happens: its row, and its column unless it is the head of the row. Cells say so in
/// `data-at`.
pub fn marked_cell(event: &web_sys::Event) -> Option<(usize, Option<usize>)> {
    let target = event.target()?.dyn_into::<web_sys::Element>().ok()?;
    let at = target.closest("[data-at]").ok()??.get_attribute("data-at")?;
    let (row, column) = at.split_once(',')?;
    Some((row.parse().ok()?, column.parse().ok()))
}

/// The number that the element in which something happens, or one around it, has in an attribute.
pub fn marked_number(event: &web_sys::Event, attribute: &str) -> Option<usize> {
    marked_text(event, attribute)?.parse().ok()
}

/// The text that the element in which something happens, or one around it, has in an attribute.
pub fn marked_text(event: &web_sys::Event, attribute: &str) -> Option<String> {
    around(event, &format!("[{attribute}]"))?.get_attribute(attribute)
}

/// Of the links below an element, those with this address are the current ones.
pub fn mark_current_links(below: &web_sys::Element, address: &str) {
    while let Ok(Some(link)) = below.query_selector("a[aria-current]") {
        let _ = link.remove_attribute("aria-current");
    }
    while let Ok(Some(link)) = below.query_selector(&format!("a[href=\"{address}\"]:not([aria-current])")) {
        if link.set_attribute("aria-current", "true").is_err() {
            return;
        }
    }
}

/// Whether something happens within the element with this id.
pub fn is_within(event: &web_sys::Event, id: &str) -> bool {
    around(event, &format!("#{id}")).is_some()
}

/// The element in which something happens, or the nearest one around it, that fits a selector.
fn around(event: &web_sys::Event, selector: &str) -> Option<web_sys::Element> {
    event.target()?.dyn_into::<web_sys::Element>().ok()?.closest(selector).ok()?
}

/// Makes the element in which something happens the one at which the style lays what belongs to it, or none.
pub fn set_anchor(event: Option<&web_sys::Event>) {
    const ANCHOR: &str = "data-anchor";
    let before = document().and_then(|document| document.query_selector(&format!("[{ANCHOR}]")).ok().flatten());
    if let Some(before) = before {
        let _ = before.remove_attribute(ANCHOR);
    }
    if let Some(element) = event.and_then(|event| around(event, "[data-word]")) {
        let _ = element.set_attribute(ANCHOR, "");
    }
}

/// Moves the focus to the field with this id, behind what stands in it.
pub fn focus_at_end(id: &str) {
    let element = document().and_then(|document| document.get_element_by_id(id));
    if let Some(field) = element.and_then(|element| element.dyn_into::<HtmlInputElement>().ok()) {
        let _ = field.focus();
        let end = field.value().encode_utf16().count();
        let end = u32::try_from(end).unwrap_or(u32::MAX);
        let _ = field.set_selection_range(end, end);
    }
}

/// How high the element with this id is drawn, in pixels.
pub fn height_of(id: &str) -> i32 {
    element(id).map_or(0, |element| element.offset_height())
}

/// How wide the element with this id is drawn, in pixels.
pub fn width_of(id: &str) -> Option<u32> {
    element(id).and_then(|element| u32::try_from(element.offset_width()).ok())
}

fn element(id: &str) -> Option<HtmlElement> {
    document()?.get_element_by_id(id)?.dyn_into().ok()
}

/// Lets the element in which a pointer was pressed hear of it until it is let go, wherever it moves.
pub fn follow_pointer(event: &PointerEvent) {
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    if let Some(target) = target {
        let _ = target.set_pointer_capture(event.pointer_id());
    }
}

/// Lays a field over a cell of the table around it: below the header with this id, in a row of so many pixels.
pub fn lay_over(field: &str, header: &str, row: usize, height: usize) {
    let (Some(field), Some(header)) = (element(field), element(header)) else { return };
    let above = usize::try_from(header.offset_height()).unwrap_or_default();
    let top = row.saturating_mul(height).saturating_add(above);
    let style = field.style();
    for (property, pixels) in [
        ("left", header.offset_left().to_string()),
        ("top", top.to_string()),
        ("width", header.offset_width().to_string()),
        ("height", height.to_string()),
    ] {
        let _ = style.set_property(property, &format!("{pixels}px"));
    }
}

/// Opens the dialog with this id above the page, which is then out of reach.
pub fn open_dialog(id: &str) {
    if let Some(dialog) = dialog(id)
        && !dialog.open()
    {
        let _ = dialog.show_modal();
    }
}

thread_local! {
    /// What had the focus when a dialog was opened beside the page.
    static OPENER: RefCell<Option<HtmlElement>> = const { RefCell::new(None) };
}

/// Whether there is room for a dialog beside the page.
pub fn has_room_beside() -> bool {
    matches("(min-width: 1181px)")
}

/// Opens the dialog with this id beside the page where there is room, else above it.
pub fn open_beside(id: &str) {
    let Some(dialog) = dialog(id).filter(|dialog| !dialog.open()) else { return };
    let opener = document().and_then(|document| document.active_element()).and_then(|element| element.dyn_into().ok());
    OPENER.with(|kept| kept.replace(opener));
    if has_room_beside() {
        dialog.show();
    } else {
        let _ = dialog.show_modal();
    }
}

/// Closes the dialog with this id. The browser gives the focus back to what had it.
pub fn close_dialog(id: &str) {
    if let Some(dialog) = dialog(id) {
        dialog.close();
    }
}

/// Closes the dialog with this id that was opened beside the page, and gives the focus back to what had it: the browser
/// does so only as long as the dialog still holds the focused element.
pub fn close_beside(id: &str) {
    close_dialog(id);
    if let Some(opener) = OPENER.with(RefCell::take).filter(|opener| opener.is_connected()) {
        let _ = opener.focus();
    }
}

/// Whether a question stands above the page and waits for its answer.
pub fn has_question() -> bool {
    is_there("dialog.dialog:modal")
}

/// Whether anything stands above the page that Escape closes first.
pub fn has_layer() -> bool {
    is_there(":modal, :popover-open")
}

fn is_there(selector: &str) -> bool {
    document().and_then(|document| document.query_selector(selector).ok().flatten()).is_some()
}

/// Opens the chooser of the first file field.
pub fn choose_files() {
    let field = document().and_then(|document| document.query_selector("input[type=file]").ok().flatten());
    if let Some(field) = field.and_then(|field| field.dyn_into::<HtmlElement>().ok()) {
        field.click();
    }
}

fn dialog(id: &str) -> Option<HtmlDialogElement> {
    document()?.get_element_by_id(id)?.dyn_into().ok()
}

/// Whether a media query holds now.
pub fn matches(query: &str) -> bool {
    window().and_then(|window| window.match_media(query).ok().flatten()).is_some_and(|list| list.matches())
}

/// Prints the page, or only the part whose name the print style knows.
pub fn print(part: Option<&str>) {
    let (Some(window), Some(root)) = (window(), root()) else { return };
    if let Some(part) = part {
        let _ = root.set_attribute("data-print", part);
    }
    let _ = window.print();
    let _ = root.remove_attribute("data-print");
}

/// Puts text on the clipboard.
///
/// # Errors
/// When the browser does not allow it.
pub async fn copy(text: &str) -> Result<(), Refusal> {
    let navigator = window().ok_or_else(|| Refusal("no window".to_owned()))?.navigator();
    let clipboard = Reflect::get(&navigator, &"clipboard".into())?;
    let write: Function = Reflect::get(&clipboard, &"writeText".into())?.dyn_into()?;
    let promise: Promise = write.call1(&clipboard, &JsValue::from_str(text))?.unchecked_into();
    JsFuture::from(promise).await?;
    Ok(())
}

/// Waits for the next frame, so that what was just shown is in the document.
pub async fn next_frame() {
    let promise = Promise::new(&mut |resolve, _| {
        if let Some(window) = window() {
            let _ = window.request_animation_frame(&resolve);
        }
    });
    let _ = JsFuture::from(promise).await;
}

/// Waits.
pub async fn pause(milliseconds: i32) {
    let promise = Promise::new(&mut |resolve, _| {
        if let Some(window) = window() {
            let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, milliseconds);
        }
    });
    let _ = JsFuture::from(promise).await;
}

/// Hears that the page goes out of sight, after which it may never come back. It may be heard twice.
pub fn on_hidden(hidden: impl Fn() + 'static) {
    let hidden = Rc::new(hidden);
    listen("pagehide", {
        let hidden = Rc::clone(&hidden);
        move || hidden()
    });
    listen("visibilitychange", move || {
        if document().is_some_and(|document| document.hidden()) {
            hidden();
        }
    });
}

/// Hears the events of this name on the whole window, as long as the page lives.
fn listen(event: &str, heard: impl FnMut() + 'static) {
    let listener = Closure::<dyn FnMut()>::new(heard);
    if let Some(window) = window() {
        let _ = window.add_event_listener_with_callback(event, listener.as_ref().unchecked_ref());
    }
    listener.forget();
}

fn root() -> Option<web_sys::Element> {
    document()?.document_element()
}
