//! Takes the typed server into the position: a row of an estate template of its own.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::model::{RateForm, RatedAnswer};
use crate::browser::files::FileHandle;
use crate::model::message::Message;
use crate::model::region::Region;
use crate::ui::components::icon::{Glyph, Icon};
use crate::ui::dispatch::Dispatch;
use crate::ui::reactive::flag;
use crate::ui::words::t;

/// The file that typed servers go into.
const FILE: &str = "Typed-in servers.csv";
const HEADER: &str = "server,processor,sockets,cores,region,technology,partition,partition_cores,os,product,metric";

/// The questions that a row needs besides the processor.
#[component]
pub fn AddForm(
    /// What is typed.
    server: RwSignal<RateForm>,
    /// What it amounts to.
    outcome: RatedAnswer,
) -> impl IntoView {
    let dispatch = Dispatch::here();
    let (name, product) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let region = RwSignal::new(Region::Unknown);
    let cores = move || outcome.with(|outcome| outcome.rated().and_then(|rated| rated.cores));
    let ready = move || {
        !name.with(|name| name.trim().is_empty())
            && !product.with(|product| product.trim().is_empty())
            && cores().is_some()
    };
    let add = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if let (true, Some(cores)) = (ready(), cores()) {
            let line = server.with_untracked(|server| {
                row(server, cores, &name.get_untracked(), region.get_untracked(), &product.get_untracked())
            });
            spawn_local(append(dispatch, line));
        }
    };
    view! {
        <form class="card padded add-form" aria-labelledby="add-title" on:submit=add>
            <h2 id="add-title">{t("page.add.title")}</h2>
            <p class="note">{t("page.add.text")}</p>
            <div class="fields">
                <Text id="add-server" label="page.add.server" value=name />
                <Text id="add-product" label="page.add.product" value=product />
                <div class="field">
                    <label for="add-region">{t("page.add.region")}</label>
                    <select id="add-region" on:change:target=move |event| region.set(Region::parse(&event.target().value()).unwrap_or_default())>
                        {Region::ALL.into_iter().rev().map(|region| view! { <option value=region.name()>{region_name(region)}</option> }).map(IntoAny::into_any).collect_view()}
                    </select>
                </div>
            </div>
            <div class="row">
                <button type="submit" class="button" disabled=flag(move || !ready())><Icon glyph=Glyph::Add />{t("page.add.add")}</button>
                <span class="note" hidden=flag(ready)>{t("page.add.missing")}</span>
            </div>
        </form>
    }
}

#[component]
fn Text(id: &'static str, label: &'static str, value: RwSignal<String>) -> impl IntoView {
    view! {
        <div class="field">
            <label for=id>{t(label)}</label>
            <input type="text" id=id autocomplete="off" maxlength="200" prop:value=value
                on:input:target=move |event| value.set(event.target().value()) />
        </div>
    }
}

/// The word for a region.
pub fn region_name(region: Region) -> String {
    t(match region {
        Region::Americas => "page.region.americas",
        Region::Apac => "page.region.apac",
        Region::Emea => "page.region.emea",
        Region::Unknown => "page.region.unknown",
    })
}

async fn append(dispatch: Dispatch, line: String) {
    let known = dispatch.source(FILE);
    let before = match &known {
        Some((_, file)) => file.text().await.unwrap_or_default(),
        None => HEADER.to_owned(),
    };
    let text = format!("{}\n{line}\n", before.trim_end());
    match FileHandle::from_text(FILE, "text/csv", &text) {
        Ok(file) => dispatch.replace(known.map(|(sha256, _)| sha256), file),
        Err(refusal) => dispatch.warn(Message::new("page.notice.unreadable").with("reason", refusal.0)),
    }
}

/// The row of an estate template for the typed server.
fn row(server: &RateForm, cores: u32, name: &str, region: Region, product: &str) -> String {
    let cores = cores.to_string();
    let region = if region == Region::Unknown { "" } else { region.name() };
    // A machine of a cloud is a partition of a host that nobody knows.
    let (technology, partition, host_cores, partition_cores) =
        if server.cloud { ("cloud", name, "", cores.as_str()) } else { ("none", "", cores.as_str(), "") };
    let fields = [
        name,
        &server.processor,
        &server.sockets,
        host_cores,
        region,
        technology,
        partition,
        partition_cores,
        server.system.name(),
        product,
        "PVU",
    ];
    fields.map(|field| quoted(field.trim())).join(",")
}

/// A field of a CSV file.
pub fn quoted(text: &str) -> String {
    if text.contains([',', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::pages::rate::model::System;

    #[test]
    fn a_server_becomes_a_row_of_the_template() {
        let server = RateForm {
            processor: "IBM POWER9 E980".to_owned(),
            sockets: "4".to_owned(),
            cores: "48".to_owned(),
            system: System::Aix,
            cloud: false,
        };
        let expected = "lpar-host,IBM POWER9 E980,4,48,emea,none,,,AIX,\"Db2, Advanced\",PVU";
        assert_eq!(row(&server, 48, " lpar-host ", Region::Emea, "Db2, Advanced"), expected);
    }

    #[test]
    fn a_machine_of_a_cloud_is_its_own_partition() {
        let server = RateForm { cores: "8".to_owned(), cloud: true, ..RateForm::default() };
        assert_eq!(row(&server, 8, "vm-1", Region::Unknown, "MQ"), "vm-1,,,,,cloud,vm-1,8,,MQ,PVU");
    }

    #[test]
    fn a_row_has_as_many_fields_as_the_header() {
        let line = row(&RateForm::default(), 1, "a", Region::Apac, "b");
        assert_eq!(line.split(',').count(), HEADER.split(',').count());
    }
}
