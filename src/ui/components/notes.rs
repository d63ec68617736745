//! What is to be known of a list, sentence by sentence.

use leptos::prelude::*;

use crate::model::issue::Issue;
use crate::ui::words::say;

/// Sentences; nothing where there are none.
#[component]
pub fn Notes(
    /// What they say.
    issues: Vec<Issue>,
) -> impl IntoView {
    let sentence = |issue: &Issue| view! { <li>{say(&issue.message())}</li> }.into_any();
    (!issues.is_empty()).then(|| {
        view! { <ul class="card padded notes">{issues.iter().map(sentence).collect_view()}</ul> }
    })
}
