//! What the user should know now.

use leptos::prelude::*;

use super::Dispatch;
use crate::model::issue::{Issue, Severity};
use crate::model::message::Message;
use crate::ui::state::{Layer, Notice};

/// How many notices stand at once, unless more of them need an answer.
const MOST: usize = 3;

impl Dispatch {
    /// Tells the user something that needs no answer.
    pub fn tell(self, message: Message) {
        self.notice(Severity::Info, message, Vec::new());
    }

    /// Tells the user what went wrong.
    pub fn warn(self, message: Message) {
        self.notice(Severity::Error, message, Vec::new());
    }

    /// Opens something of the frame above the page.
    pub fn open_layer(self, layer: Layer) {
        self.shared.lay(Some(layer));
    }

    /// Takes a notice away.
    pub fn dismiss(self, id: u32) {
        self.shared.notices.update(|notices| notices.retain(|notice| notice.id != id));
    }

    /// Tells something and what it says it about, unless it stands there already.
    pub(super) fn notice(self, severity: Severity, message: Message, details: Vec<Issue>) {
        let told = self.shared.notices.with_untracked(|notices| {
            notices.iter().any(|notice| notice.message == message && notice.details == details)
        });
        if !told {
            self.push(Notice { id: 0, severity, message, details, undo: false });
        }
    }

    /// Shows a notice, with a number of its own.
    pub(super) fn push(self, mut notice: Notice) {
        let id = self.page.try_update_value(|page| {
            page.notices = page.notices.wrapping_add(1);
            page.notices
        });
        notice.id = id.unwrap_or_default();
        self.shared.notices.update(|notices| {
            notices.push(notice);
            // Of those that leave anyway the oldest goes first.
            while notices.len() > MOST
                && let Some(oldest) = notices.iter().position(Notice::leaves)
            {
                notices.remove(oldest);
            }
        });
    }

    /// Takes away what was told of the workspace that was open; the offer to bring a deleted one back is of none.
    pub(super) fn forget_told(self) {
        self.shared.notices.update(|notices| notices.retain(|notice| notice.undo));
    }
}
