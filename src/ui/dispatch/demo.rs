//! The demo: a company in a store of its own.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::Dispatch;
use crate::browser::database::Owner;
use crate::browser::{files, location};
use crate::edit::command::Command;
use crate::model::message::Message;
use crate::model::screen::Screen;
use crate::ui::route::Route;
use crate::ui::storage::machine::Unsaved;
use crate::ui::words::t;
use crate::work::Request;

/// What the demo's company runs (made by `scripts/demo_estate.mjs`), owns, has ordered and uses of bundles, and example prices.
const DEMO: [&str; 8] = [
    "demo-estate.csv",
    "demo-entitlements.csv",
    "demo-orders.csv",
    "demo-bundle-parts.csv",
    "demo-supported.csv",
    "demo-clusters.csv",
    "demo-red-hat.csv",
    "demo-prices.csv",
];

impl Dispatch {
    /// Opens the demo, in a store of its own. What of the user's own cannot be saved stays open.
    pub fn enter_demo(self) {
        spawn_local(async move {
            let own = !self.shared.demo.get_untracked() && self.shared.has_content();
            if self.leave(if own { Unsaved::StaysOpen } else { Unsaved::IsGivenUp }).await {
                self.switch(Owner::Demo).await;
                if !self.shared.has_content() {
                    self.fill_demo().await;
                }
            } else {
                self.shared.show_tour(None);
                self.warn(Message::new("page.workspaces.stays"));
            }
            location::replace(&Route::to(Screen::Position).to_string());
        });
    }

    /// Begins the tour at its first step. Whether the demo is open already.
    pub fn begin_tour(self) -> bool {
        self.shared.show_tour(Some(0));
        self.shared.demo.get_untracked()
    }

    /// Makes the demo as it was at first.
    pub fn reset_demo(self) {
        spawn_local(async move {
            if self.storage.owner() == Owner::Demo {
                self.leave(Unsaved::IsGivenUp).await;
                let _ = self.storage.store().clear().await;
                self.switch(Owner::Demo).await;
                self.fill_demo().await;
            }
        });
    }

    /// Goes back to the user's own data.
    pub fn leave_demo(self) {
        self.shared.show_tour(None);
        spawn_local(async move {
            self.switch(Owner::User).await;
            location::go(&Route::to(Screen::Start).to_string());
        });
    }

    async fn fill_demo(self) {
        let mut files = Vec::with_capacity(DEMO.len());
        for name in DEMO {
            match files::own(name).await {
                Ok(file) => files.push(file),
                Err(refusal) => {
                    return self.warn(Message::new("page.notice.demo_missing").with("reason", refusal.0));
                }
            }
        }
        self.act(Request::Edit(Command::Rename(t("page.demo.company")))).await;
        self.import(files, None).await;
    }
}
