//! Where the reader is: a typed form of the address's fragment.
//!
//! Places live behind `#`, so a static host needs no rewrites and no server learns what is looked at.

use std::fmt;

use crate::model::day;
use crate::model::workspace::List;
use crate::work::{Quantity, Question};

/// A place in the page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Route {
    /// The three doors.
    #[default]
    Start,
    /// Opens the demo, then goes on to the position.
    Demo,
    /// The rate of one server.
    Rate {
        /// The processor to begin with; empty when none.
        processor: String,
        /// The most sockets, as typed.
        sockets: String,
        /// The activated cores, as typed.
        cores: String,
    },
    /// What the estate needs.
    Position,
    /// What is owned.
    Entitlements,
    /// What components use of bundles and Cloud Paks.
    Bundles,
    /// Orders, points and levels.
    VolumeLevel,
    /// The rate table.
    Catalogue {
        /// What is searched for.
        search: String,
    },
    /// Choices and storage.
    Settings,
    /// A number on its screen, with the explanation beside it.
    Explained(Question),
}

/// A screen, whatever is open on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Screen {
    /// The three doors.
    Start,
    /// The rate of one server.
    Rate,
    /// What the estate needs.
    Position,
    /// What is owned.
    Entitlements,
    /// What components use of bundles and Cloud Paks.
    Bundles,
    /// Orders, points and levels.
    VolumeLevel,
    /// The rate table.
    Catalogue,
    /// Choices and storage.
    Settings,
}

impl Screen {
    /// Key of its title.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Start => "page.start.title",
            Self::Rate => "page.rate.title",
            Self::Position => "page.position.title",
            Self::Entitlements => "page.entitlements.title",
            Self::Bundles => "page.bundles.title",
            Self::VolumeLevel => "page.volume.title",
            Self::Catalogue => "page.catalogue.title",
            Self::Settings => "page.settings.title",
        }
    }
}

const QUANTITIES: [(Quantity, &str); 8] = [
    (Quantity::SubCapacity, "sub-capacity"),
    (Quantity::FullCapacity, "full-capacity"),
    (Quantity::Difference, "difference"),
    (Quantity::Recoverable, "recoverable"),
    (Quantity::Entitled, "entitled"),
    (Quantity::Balance, "balance"),
    (Quantity::FullBalance, "full-balance"),
    (Quantity::Unbundled, "unbundled"),
];

impl Route {
    /// Reads a fragment (without `#`); what cannot be read is Start.
    pub fn parse(fragment: &str) -> Self {
        let (path, query) = fragment.split_once('?').unwrap_or((fragment, ""));
        match path.trim_matches('/') {
            "demo" => Self::Demo,
            "rate" => {
                let named = |name| argument(query, name).unwrap_or_default();
                Self::Rate { processor: named("processor"), sockets: named("sockets"), cores: named("cores") }
            }
            "position" => product(query).or_else(|| reported(query)).map_or(Self::Position, Self::Explained),
            "entitlements" => Self::Entitlements,
            "bundles" => bundle(query).map_or(Self::Bundles, Self::Explained),
            "volume-level" => term(query).map_or(Self::VolumeLevel, Self::Explained),
            "catalogue" => Self::Catalogue { search: argument(query, "search").unwrap_or_default() },
            "settings" => Self::Settings,
            _ => Self::Start,
        }
    }

    /// Where a list is shown.
    pub const fn of(list: List) -> Self {
        match list {
            List::Entitlements
            | List::Allocations
            | List::Aliases
            | List::Agreements
            | List::Sites
            | List::Contacts
            | List::Papers
            | List::Records => Self::Entitlements,
            List::Orders | List::PartPoints | List::LevelsByHand | List::Prices => Self::VolumeLevel,
            List::Regions => Self::Position,
            List::Processors => Self::Rate { processor: String::new(), sockets: String::new(), cores: String::new() },
            List::BundleParts | List::Supported | List::Flexible | List::Clusters | List::RedHat => Self::Bundles,
            List::HeaderShapes => Self::Settings,
        }
    }

    /// The address of the place, for a link.
    pub fn href(&self) -> String {
        format!("#{self}")
    }

    /// The number that the address asks to explain.
    pub fn question(&self) -> Option<Question> {
        if let Self::Explained(question) = self { Some(question.clone()) } else { None }
    }

    /// The place when nothing is explained beside it.
    #[must_use]
    pub fn alone(self) -> Self {
        let Self::Explained(question) = self else { return self };
        match question {
            Question::Product { .. } | Question::Reported { .. } => Self::Position,
            Question::Bundle { .. } => Self::Bundles,
            Question::Term { .. } => Self::VolumeLevel,
        }
    }

    /// The screen that the place is on.
    pub const fn screen(&self) -> Screen {
        match self {
            Self::Start | Self::Demo => Screen::Start,
            Self::Rate { .. } => Screen::Rate,
            Self::Position | Self::Explained(Question::Product { .. } | Question::Reported { .. }) => Screen::Position,
            Self::Entitlements => Screen::Entitlements,
            Self::Bundles | Self::Explained(Question::Bundle { .. }) => Screen::Bundles,
            Self::VolumeLevel | Self::Explained(Question::Term { .. }) => Screen::VolumeLevel,
            Self::Catalogue { .. } => Screen::Catalogue,
            Self::Settings => Screen::Settings,
        }
    }
}

fn product(query: &str) -> Option<Question> {
    let of = argument(query, "of")?;
    Some(Question::Product {
        product: argument(query, "product")?,
        metric: argument(query, "metric")?,
        quantity: QUANTITIES.iter().find(|(_, name)| *name == of).map(|(quantity, _)| *quantity)?,
    })
}

fn reported(query: &str) -> Option<Question> {
    let row = argument(query, "row")?.parse().ok()?;
    Some(Question::Reported { product: argument(query, "reported")?, file: argument(query, "file")?, row })
}

fn bundle(query: &str) -> Option<Question> {
    let component = argument(query, "component").unwrap_or_default();
    Some(Question::Bundle { bundle: argument(query, "bundle")?, component })
}

fn term(query: &str) -> Option<Question> {
    let agreement = argument(query, "agreement").unwrap_or_default();
    let day = |name| argument(query, name).as_deref().and_then(day::parse);
    Some(Question::Term { agreement, start: day("term")?, on: day("on")? })
}

/// Writes a place and what is asked there; what is blank is left out.
fn with_query(f: &mut fmt::Formatter<'_>, place: &str, asked: &[(&str, &str)]) -> fmt::Result {
    f.write_str(place)?;
    let given = asked.iter().filter(|(_, text)| !text.is_empty());
    given.enumerate().try_for_each(|(place, (name, text))| {
        write!(f, "{}{name}={}", if place == 0 { '?' } else { '&' }, Encoded(text))
    })
}

impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Start => f.write_str("/"),
            Self::Demo => f.write_str("/demo"),
            Self::Rate { processor, sockets, cores } => {
                with_query(f, "/rate", &[("processor", processor), ("sockets", sockets), ("cores", cores)])
            }
            Self::Position => f.write_str("/position"),
            Self::Entitlements => f.write_str("/entitlements"),
            Self::Bundles => f.write_str("/bundles"),
            Self::VolumeLevel => f.write_str("/volume-level"),
            Self::Catalogue { search } => with_query(f, "/catalogue", &[("search", search)]),
            Self::Explained(Question::Product { product, metric, quantity }) => {
                let of = QUANTITIES.iter().find(|(known, _)| known == quantity).map_or("", |(_, name)| name);
                write!(f, "/position?product={}&metric={}&of={of}", Encoded(product), Encoded(metric))
            }
            Self::Explained(Question::Reported { product, file, row }) => {
                write!(f, "/position?reported={}&file={}&row={row}", Encoded(product), Encoded(file))
            }
            Self::Explained(Question::Bundle { bundle, component }) => {
                write!(f, "/bundles?bundle={}&component={}", Encoded(bundle), Encoded(component))
            }
            Self::Explained(Question::Term { agreement, start, on }) => {
                let (term, on) = (start.to_string(), on.to_string());
                with_query(f, "/volume-level", &[("agreement", agreement), ("term", &term), ("on", &on)])
            }
            Self::Settings => f.write_str("/settings"),
        }
    }
}

/// A text in which only letters, digits and `-._~` stand for themselves.
struct Encoded<'a>(&'a str);

impl fmt::Display for Encoded<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for &byte in self.0.as_bytes() {
            if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
                write!(f, "{}", char::from(byte))?;
            } else {
                write!(f, "%{byte:02X}")?;
            }
        }
        Ok(())
    }
}

fn argument(query: &str, name: &str) -> Option<String> {
    query.split('&').filter_map(|pair| pair.split_once('=')).find(|(key, _)| *key == name).map(|(_, text)| decode(text))
}

/// The text that an encoded text stands for; what is not UTF-8 is replaced.
fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let escaped = (byte == b'%')
            .then(|| after.get(..2).and_then(|digits| std::str::from_utf8(digits).ok()))
            .flatten()
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.push(escaped.unwrap_or(byte));
        rest = if escaped.is_some() { after.get(2..).unwrap_or_default() } else { after };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places() -> Vec<Route> {
        let names = ["IBM Db2 Advanced & more", "100 % «Größe» #1?", "a=b+c/d", "مخزن", ""];
        let mut places = vec![Route::Start, Route::Demo, Route::Position, Route::Settings];
        places.extend(List::ALL.map(Route::of));
        for name in names {
            let name = name.to_owned();
            places.push(Route::Rate { processor: name.clone(), sockets: String::new(), cores: name.clone() });
            places.push(Route::Rate { processor: String::new(), sockets: name.clone(), cores: String::new() });
            places.push(Route::Catalogue { search: name.clone() });
            for (quantity, _) in QUANTITIES {
                let product = name.clone();
                let metric = "AUTHORIZED_USER".to_owned();
                places.push(Route::Explained(Question::Product { product, metric, quantity }));
            }
            let (product, file) = (name.clone(), "s.zip/cloud_paks.csv".to_owned());
            places.push(Route::Explained(Question::Reported { product, file, row: 7 }));
            for component in ["", "Db2 & more/production/VPC"] {
                let component = component.to_owned();
                places.push(Route::Explained(Question::Bundle { bundle: name.clone(), component }));
            }
            let start = jiff::civil::date(2026, 3, 1);
            places.push(Route::Explained(Question::Term { agreement: name, start, on: start }));
        }
        places
    }

    #[test]
    fn every_place_survives_its_address() {
        for place in places() {
            assert_eq!(Route::parse(&place.to_string()), place, "{place}");
        }
    }

    #[test]
    fn an_address_that_nobody_wrote_is_start() {
        for fragment in ["", "/", "nowhere", "/position/x", "?search=a", "%", "/%ZZ"] {
            assert_eq!(Route::parse(fragment), Route::Start, "{fragment}");
        }
    }

    #[test]
    fn a_question_that_is_incomplete_is_its_screen_alone() {
        assert_eq!(Route::parse("/position?product=Db2&metric=PVU"), Route::Position);
        assert_eq!(Route::parse("/position?product=Db2&metric=PVU&of=colour"), Route::Position);
        assert_eq!(Route::parse("/volume-level?agreement=100&term=soon&on=2026-03-01"), Route::VolumeLevel);
    }

    #[test]
    fn a_broken_escape_stands_for_itself() {
        assert_eq!(decode("50%"), "50%");
        assert_eq!(decode("%4"), "%4");
        assert_eq!(decode("%C3%A4"), "ä");
    }
}
