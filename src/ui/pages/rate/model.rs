//! What is known of one server, and what that amounts to.

use std::num::NonZeroU32;

use rust_decimal::Decimal;

use crate::model::derivation::{Confidence, Derivation, Operation, RuleReference, Title, Unit};
use crate::model::message::Message;
use crate::rules::counting;
use crate::rules::{RateQuery, Rating, processors, rate};

/// The answers of the form, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed {
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

/// What the answers amount to.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The rate and how it was found.
    pub rating: Rating,
    /// The cores that count; `None` when nobody knows them.
    pub cores: Option<u32>,
    /// Cores times rate, with its steps; the rate alone when the cores are not known.
    pub derivation: Derivation,
}

impl Outcome {
    /// PVU of the whole server.
    pub fn total(&self) -> Option<u64> {
        u64::from(self.cores?).checked_mul(self.rating.pvu_per_core.into())
    }
}

impl Typed {
    /// The outcome; none before anything is said.
    pub fn outcome(&self) -> Option<Outcome> {
        if self.processor.trim().is_empty() && !self.cloud {
            return None;
        }
        let rating = rate(&RateQuery {
            processor: &self.processor,
            sockets: whole(&self.sockets),
            linux: self.system == System::Linux,
            cloud: self.cloud,
            cores_per_chip: None,
        });
        let cores = whole(&self.cores).map(NonZeroU32::get).or_else(|| self.filled_cores());
        let derivation = derive(&rating, cores, self);
        Some(Outcome { rating, cores, derivation })
    }

    /// The cores of a server whose sockets are all filled with this processor.
    pub fn filled_cores(&self) -> Option<u32> {
        let per_chip = processors::cores(&self.processor)?;
        whole(&self.sockets)?.get().checked_mul(per_chip)
    }

    /// Whether the cores were worked out, not typed.
    pub fn cores_are_filled(&self) -> bool {
        whole(&self.cores).is_none() && self.filled_cores().is_some()
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

fn derive(rating: &Rating, cores: Option<u32>, typed: &Typed) -> Derivation {
    let per_core = Derivation {
        label: Message::new("page.rate.rate_of").with("processor", typed.processor.trim()),
        value: Some(rating.pvu_per_core.into()),
        unit: Unit::PvuPerCore,
        operation: Operation::Given,
        rule: rating.rule(),
        inputs: Vec::new(),
        notes: rating.notes.clone(),
        children: Vec::new(),
    };
    let Some(cores) = cores else { return per_core };
    let counted = Derivation {
        label: Message::new(if typed.cores_are_filled() { "page.rate.cores_filled" } else { "page.rate.cores_typed" }),
        value: Some(cores.into()),
        unit: Unit::Cores,
        operation: Operation::Given,
        rule: if typed.cores_are_filled() { FILLED } else { TYPED },
        inputs: Vec::new(),
        notes: Vec::new(),
        children: Vec::new(),
    };
    Derivation {
        label: Message::new("page.rate.whole_server"),
        value: Decimal::from(cores).checked_mul(rating.pvu_per_core.into()),
        unit: Unit::Pvu,
        operation: Operation::Product,
        rule: counting::cores_times_rate(),
        inputs: Vec::new(),
        notes: Vec::new(),
        children: vec![counted, per_core],
    }
}

/// The cores of a server that is full.
const FILLED: RuleReference = ours("rate.sockets_filled", "page.rate.rule_filled");
/// The cores that the user typed.
const TYPED: RuleReference = ours("rate.cores_typed", "page.rate.rule_typed");

const fn ours(id: &'static str, title: &'static str) -> RuleReference {
    RuleReference {
        id: std::borrow::Cow::Borrowed(id),
        title: Title::Key(std::borrow::Cow::Borrowed(title)),
        source: std::borrow::Cow::Borrowed(""),
        since: None,
        confidence: Confidence::Ours,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(processor: &str, sockets: &str, cores: &str) -> Typed {
        Typed {
            processor: processor.to_owned(),
            sockets: sockets.to_owned(),
            cores: cores.to_owned(),
            ..Typed::default()
        }
    }

    #[test]
    fn nothing_typed_has_no_answer() {
        assert!(Typed::default().outcome().is_none());
    }

    #[test]
    fn cores_follow_the_sockets_until_they_are_typed() {
        // A Gold 6130 has 16 cores, and a Xeon with two sockets is rated 70.
        let name = "Intel(R) Xeon(R) Gold 6130 CPU @ 2.10GHz";
        assert_eq!(typed(name, "2", "").outcome().unwrap().total(), Some(2 * 16 * 70));
        assert_eq!(typed(name, "2", "20").outcome().unwrap().total(), Some(20 * 70));
    }

    #[test]
    fn unknown_sockets_leave_the_total_open_and_the_rate_at_its_highest() {
        let outcome = typed("Intel(R) Xeon(R) Gold 6130 CPU @ 2.10GHz", "", "").outcome().unwrap();
        assert_eq!((outcome.rating.pvu_per_core, outcome.total()), (120, None));
    }

    #[test]
    fn the_whole_server_is_derived_from_cores_and_rate() {
        let outcome = typed("IBM POWER9 E980", "4", "48").outcome().unwrap();
        let steps: Vec<_> = outcome.derivation.children.iter().map(|step| step.value).collect();
        assert_eq!(steps, [Some(48.into()), Some(120.into())]);
        assert_eq!(outcome.derivation.value, Some((48 * 120).into()));
    }

    #[test]
    fn a_cloud_needs_no_processor() {
        let outcome = Typed { cloud: true, cores: "8".to_owned(), ..Typed::default() }.outcome().unwrap();
        assert_eq!(outcome.total(), Some(560));
    }

    #[test]
    fn what_is_not_a_whole_number_is_pointed_at() {
        for text in ["", " 4 ", "128"] {
            assert!(Typed::is_number(text), "{text}");
        }
        for text in ["0", "-1", "2.5", "two"] {
            assert!(!Typed::is_number(text), "{text}");
        }
    }
}
