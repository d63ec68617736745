//! Where the reader is: a typed form of the address's fragment.
//!
//! Routes live behind `#`, so a static host needs no rewrites and no server learns what is looked at.

use std::fmt;

use crate::model::list::List;
use crate::model::screen::Screen;
use crate::work::Question;

/// Where the reader is in the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// Opens the demo, then goes on to the position.
    Demo,
    /// A screen.
    At {
        /// Which one.
        screen: Screen,
        /// What it begins with, by name: what is searched for, what is typed. None of them is blank.
        arguments: Vec<(String, String)>,
    },
    /// A number on its screen, with the explanation beside it.
    Explained(Question),
}

impl Default for Route {
    fn default() -> Self {
        Self::to(Screen::Start)
    }
}

impl Route {
    /// A screen as it begins.
    pub const fn to(screen: Screen) -> Self {
        Self::At { screen, arguments: Vec::new() }
    }

    /// A screen that begins with these arguments; blank ones are left out.
    pub fn with(screen: Screen, arguments: &[(&str, &str)]) -> Self {
        let given = arguments.iter().filter(|(_, text)| !text.is_empty());
        let arguments = given.map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
        Self::At { screen, arguments }
    }

    /// Where a list is shown.
    pub const fn of(list: List) -> Self {
        Self::to(list.screen())
    }

    /// Reads a fragment (without `#`); what cannot be read is Start.
    pub fn parse(fragment: &str) -> Self {
        let (path, query) = fragment.split_once('?').unwrap_or((fragment, ""));
        let path = path.trim_matches('/');
        if path == "demo" {
            return Self::Demo;
        }
        let Some(screen) = Screen::at(path) else { return Self::default() };
        let arguments: Vec<(String, String)> = query
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .map(|(name, text)| (decode(name), decode(text)))
            .filter(|(_, text)| !text.is_empty())
            .collect();
        // A name may be blank: it is there all the same.
        let argument = |name: &str| {
            let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
            pairs.find(|(known, _)| *known == name).map(|(_, text)| decode(text))
        };
        match Question::of(screen, argument) {
            Some(question) => Self::Explained(question),
            None => Self::At { screen, arguments },
        }
    }

    /// The address of the route, for a link.
    pub fn href(&self) -> String {
        format!("#{self}")
    }

    /// The screen that it is on.
    pub const fn screen(&self) -> Screen {
        match self {
            Self::Demo => Screen::Start,
            Self::At { screen, .. } => *screen,
            Self::Explained(question) => question.screen(),
        }
    }

    /// What the screen begins with, by name; empty where the address does not say.
    pub fn argument(&self, name: &str) -> String {
        self.arguments().into_iter().find(|(known, _)| known == name).map(|(_, text)| text).unwrap_or_default()
    }

    /// All of what the screen begins with.
    pub fn arguments(&self) -> Vec<(String, String)> {
        match self {
            Self::Demo => Vec::new(),
            Self::At { arguments, .. } => arguments.clone(),
            Self::Explained(question) => {
                question.arguments().into_iter().map(|(name, text)| (name.to_owned(), text)).collect()
            }
        }
    }

    /// The number that the address asks to explain.
    pub fn question(&self) -> Option<Question> {
        if let Self::Explained(question) = self { Some(question.clone()) } else { None }
    }

    /// The route when nothing is explained beside it.
    #[must_use]
    pub fn alone(self) -> Self {
        if let Self::Explained(question) = self { Self::to(question.screen()) } else { self }
    }
}

impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Demo => f.write_str("/demo"),
            Self::At { screen: Screen::Start, .. } => f.write_str("/"),
            Self::At { screen, .. } => {
                write!(f, "/{}", screen.path())?;
                query(f, self.arguments().into_iter())
            }
            Self::Explained(question) => {
                write!(f, "/{}", question.screen().path())?;
                query(f, question.arguments().into_iter())
            }
        }
    }
}

/// Writes what an address asks for.
fn query<N: AsRef<str>>(f: &mut fmt::Formatter<'_>, mut arguments: impl Iterator<Item = (N, String)>) -> fmt::Result {
    let mut before = '?';
    arguments.try_for_each(|(name, text)| {
        write!(f, "{}{}={}", std::mem::replace(&mut before, '&'), Encoded(name.as_ref()), Encoded(&text))
    })
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
    use crate::model::bound::Bound;
    use crate::model::money::Currency;
    use crate::work::question::QUANTITIES;
    use crate::work::{ChargePlace, ChargeScope, RenewalFigure, Renewing};

    fn routes() -> Vec<Route> {
        let names = ["IBM Db2 Advanced & more", "100 % «Größe» #1?", "a=b+c/d", "مخزن", ""];
        let mut routes = vec![Route::Demo];
        routes.extend(Screen::ALL.map(Route::to));
        routes.extend(List::ALL.map(Route::of));
        for name in names {
            routes.push(Route::with(Screen::Rate, &[("processor", name), ("cores", name)]));
            routes.push(Route::with(Screen::Rate, &[("sockets", name)]));
            routes.push(Route::with(Screen::Catalogue, &[("search", name)]));
            let name = name.to_owned();
            for (quantity, _) in QUANTITIES {
                let product = name.clone();
                let metric = "AUTHORIZED_USER".to_owned();
                routes.push(Route::Explained(Question::Product { product, metric, quantity }));
            }
            let (product, file) = (name.clone(), "s.zip/cloud_paks.csv".to_owned());
            routes.push(Route::Explained(Question::Reported { product, file, row: 7 }));
            for component in ["", "Db2 & more/production/VPC"] {
                let component = component.to_owned();
                routes.push(Route::Explained(Question::Bundle { bundle: name.clone(), component }));
            }
            let start = jiff::civil::date(2026, 3, 1);
            let currency = || Currency::of(&name);
            let total = |year, of| RenewalFigure::Total { currency: currency(), year, of };
            let places = [ChargePlace { line: 3, charge: 0 }, ChargePlace { line: 12, charge: 4 }];
            for figure in [
                RenewalFigure::Charge(places[0]),
                total(Some(2027), ChargeScope::All),
                total(None, ChargeScope::All),
                total(None, ChargeScope::Agreement(name.clone())),
                total(Some(2027), ChargeScope::Line(7)),
                total(None, ChargeScope::Charges(places.to_vec())),
                total(None, ChargeScope::Charges(Vec::new())),
                RenewalFigure::Converted { year: 2028 },
                RenewalFigure::Decided { currency: currency() },
                RenewalFigure::SoFar { line: 1, year: 2029, course: Renewing::AsDecided },
                RenewalFigure::SoFar { line: 1, year: 2029, course: Renewing::Unchanged },
                RenewalFigure::Gap { line: 0 },
                RenewalFigure::ReinstatedToday { line: 2 },
                RenewalFigure::WalkAway { alternative: 1 },
                RenewalFigure::Anchor { alternative: 0 },
                RenewalFigure::Beside { alternative: 0, year: 2027, course: None },
                RenewalFigure::Beside { alternative: 0, year: 2027, course: Some(Renewing::Unchanged) },
            ] {
                routes.extend(Bound::ALL.map(|bound| {
                    let figure = figure.clone();
                    Route::Explained(Question::Renewal { figure, bound, on: start, years: 5 })
                }));
            }
            routes.push(Route::Explained(Question::Term { agreement: name, start, on: start }));
        }
        routes
    }

    #[test]
    fn every_route_survives_its_address() {
        for route in routes() {
            assert_eq!(Route::parse(&route.to_string()), route, "{route}");
        }
    }

    #[test]
    fn an_address_that_nobody_wrote_is_start() {
        for fragment in ["", "/", "nowhere", "/position/x", "?search=a", "%", "/%ZZ"] {
            assert_eq!(Route::parse(fragment), Route::default(), "{fragment}");
        }
    }

    #[test]
    fn a_question_that_is_incomplete_is_its_screen_alone() {
        for (fragment, screen) in [
            ("/position?product=Db2&metric=PVU", Screen::Position),
            ("/position?product=Db2&metric=PVU&of=colour", Screen::Position),
            ("/volume-level?agreement=100&term=soon&on=2026-03-01", Screen::VolumeLevel),
        ] {
            let route = Route::parse(fragment);
            assert_eq!((route.question(), route.screen()), (None, screen), "{fragment}");
        }
    }

    #[test]
    fn a_broken_escape_stands_for_itself() {
        assert_eq!(decode("50%"), "50%");
        assert_eq!(decode("%4"), "%4");
        assert_eq!(decode("%C3%A4"), "ä");
    }
}
