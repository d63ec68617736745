//! What is being done, how far it is, and the way out.

use leptos::prelude::*;

use super::dialog::Dialog;
use crate::ui::dispatch::Dispatch;
use crate::ui::reactive::text;
use crate::ui::state::Shared;
use crate::ui::words::{say, t};

/// The dialog that stands above the page while a long piece of work runs.
#[component]
pub fn ProgressDialog() -> impl IntoView {
    let shared = Shared::here();
    let dispatch = Dispatch::here();
    let open = Memo::new(move |_| shared.busy.with(Option::is_some));
    let stage = move || shared.busy.with(|busy| busy.as_ref().map(|busy| say(&busy.stage)).unwrap_or_default());
    let share = move || shared.busy.with(|busy| busy.as_ref().and_then(|busy| percent(busy.done, busy.total)));
    view! {
        <Dialog id="progress" title=Signal::derive(|| t("page.progress.title")) open=open leave=move |()| dispatch.cancel()>
            <p aria-live="polite">{text(stage)}</p>
            <progress
                max="100"
                value=Signal::derive(move || share().map(|share| share.to_string()))
                aria-labelledby="progress-title"
            ></progress>
            <div class="row">
                <span class="note">{text(move || share().map(|share| format!("{share} %")).unwrap_or_default())}</span>
                <button type="button" class="button push" on:click=move |_| dispatch.cancel()>
                    {t("page.progress.cancel")}
                </button>
            </div>
        </Dialog>
    }
}

/// The share that is done; none when nobody knows the whole.
fn percent(done: u64, total: u64) -> Option<u64> {
    done.min(total).checked_mul(100)?.checked_div(total)
}

#[cfg(test)]
mod tests {
    use super::percent;

    #[test]
    fn the_share_is_never_above_the_whole_and_unknown_without_one() {
        assert_eq!(percent(0, 3), Some(0));
        assert_eq!(percent(2, 3), Some(66));
        assert_eq!(percent(9, 3), Some(100));
        assert_eq!(percent(1, 0), None);
    }
}
