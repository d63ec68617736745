//! What is typed about one server, and what the worker answers.

use std::num::NonZeroU32;

use leptos::prelude::*;

use crate::ui::query::{QueryState, query};
use crate::work::{Request, ServerQuery};

/// The answers of the form, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RateForm {
    /// Brand string or model of the processor.
    pub processor: String,
    /// The most sockets that the server can hold.
    pub sockets: String,
    /// Activated cores; blank follows sockets and processor.
    pub cores: String,
    /// The operating system.
    pub system: System,
    /// Whether it runs in an eligible public cloud.
    pub cloud: bool,
}

/// The operating systems that people run IBM software on. Only Linux on POWER changes a rate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum System {
    /// Not said.
    #[default]
    Unknown,
    /// Any Linux.
    Linux,
    /// Windows.
    Windows,
    /// AIX.
    Aix,
    /// IBM i.
    IbmI,
    /// z/OS, Solaris, HP-UX and others.
    Other,
}

impl System {
    /// All of them, in the order of the list.
    pub const ALL: [Self; 6] = [Self::Unknown, Self::Linux, Self::Windows, Self::Aix, Self::IbmI, Self::Other];

    /// The name, as it goes into an estate template; blank is not said.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Unknown => "",
            Self::Linux => "Linux",
            Self::Windows => "Windows",
            Self::Aix => "AIX",
            Self::IbmI => "IBM i",
            Self::Other => "Other",
        }
    }

    /// The system with this name.
    pub fn parse(name: &str) -> Self {
        Self::ALL.into_iter().find(|system| system.name() == name).unwrap_or_default()
    }
}

/// What the worker says of the server that is typed.
pub type RatedAnswer = Signal<QueryState>;

/// The rate of what is typed, as it is typed.
pub fn rated(server: RwSignal<RateForm>) -> RatedAnswer {
    // What is typed beside the question asks nothing new.
    let question = Memo::new(move |_| server.with(RateForm::question));
    query(move || question.get().map(Request::Rate))
}

impl RateForm {
    /// What to ask; nothing before anything is said.
    pub fn question(&self) -> Option<ServerQuery> {
        (!self.processor.trim().is_empty() || self.cloud).then(|| ServerQuery {
            processor: self.processor.clone(),
            sockets: whole(&self.sockets),
            cores: whole(&self.cores),
            linux: self.system == System::Linux,
            cloud: self.cloud,
        })
    }

    /// Whether something that is typed is not a whole number above 0.
    pub fn is_number(text: &str) -> bool {
        text.trim().is_empty() || whole(text).is_some()
    }
}

/// A whole number above 0.
fn whole(text: &str) -> Option<NonZeroU32> {
    text.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_typed_asks_nothing() {
        assert_eq!(RateForm { sockets: "2".to_owned(), ..RateForm::default() }.question(), None);
        assert!(RateForm { cloud: true, ..RateForm::default() }.question().is_some());
    }

    #[test]
    fn what_is_no_number_is_not_known() {
        let typed = RateForm { processor: "POWER9".to_owned(), sockets: "two".to_owned(), ..RateForm::default() };
        assert_eq!(typed.question().map(|server| server.sockets), Some(None));
    }

    #[test]
    fn what_is_not_a_whole_number_is_pointed_at() {
        for text in ["", " 4 ", "128"] {
            assert!(RateForm::is_number(text), "{text}");
        }
        for text in ["0", "-1", "2.5", "two"] {
            assert!(!RateForm::is_number(text), "{text}");
        }
    }
}
