//! The figures of a forecast as arguments of an address.

use crate::engine::renewal::{ChargePlace, ChargeScope, RenewalFigure, Renewing};
use crate::model::money::Currency;

/// The name of what a figure is, where the other arguments do not say it.
const FIGURE: &str = "figure";

/// Between the places of several charges, and between those of a line and a charge.
const NEXT: char = '_';
const WITHIN: char = '-';

/// A figure as arguments; [`figure`] reads them again.
pub(super) fn arguments(figure: &RenewalFigure) -> Vec<(&'static str, String)> {
    let named = |name: &'static str| (FIGURE, name.to_owned());
    let number = |name: &'static str, value: &dyn ToString| (name, value.to_string());
    match figure {
        RenewalFigure::Charge(ChargePlace { line, charge }) => vec![number("line", line), number("charge", charge)],
        RenewalFigure::Total { currency, year, of } => {
            let scope = match of {
                ChargeScope::All => Vec::new(),
                ChargeScope::Agreement(agreement) => vec![named("agreement"), ("agreement", agreement.clone())],
                ChargeScope::Line(line) => vec![named("line"), number("line", line)],
                ChargeScope::Charges(places) => vec![named("charges"), ("charges", written(places))],
            };
            let currency = (!currency.is_blank()).then(|| ("currency", currency.code().to_owned()));
            let year = year.map(|year| number("year", &year));
            scope.into_iter().chain(currency).chain(year).collect()
        }
        RenewalFigure::Converted { year } => vec![named("converted"), number("year", year)],
        RenewalFigure::Decided { currency } => vec![named("decided"), ("currency", currency.code().to_owned())],
        RenewalFigure::SoFar { line, year, course } => {
            vec![named("so-far"), number("line", line), number("year", year), ("course", course.name().to_owned())]
        }
        RenewalFigure::Gap { line } => vec![named("gap"), number("line", line)],
        RenewalFigure::ReinstatedToday { line } => vec![named("reinstated"), number("line", line)],
        RenewalFigure::WalkAway { alternative } => vec![named("walk-away"), number("alternative", alternative)],
        RenewalFigure::Anchor { alternative } => vec![named("anchor"), number("alternative", alternative)],
        RenewalFigure::Beside { alternative, year, course } => {
            let course = course.map(|course| ("course", course.name().to_owned()));
            let all = [named("beside"), number("alternative", alternative), number("year", year)];
            all.into_iter().chain(course).collect()
        }
    }
}

/// The figure that arguments name; `None` where they name none, or not all of one.
pub(super) fn figure(argument: impl Fn(&str) -> Option<String>) -> Option<RenewalFigure> {
    let place = |name: &str| argument(name)?.parse::<usize>().ok();
    let year = || argument("year")?.parse::<i16>().ok();
    let currency = || Currency::of(&argument("currency").unwrap_or_default());
    let course = || Renewing::ALL.into_iter().find(|course| Some(course.name()) == argument("course").as_deref());
    let total = |of: ChargeScope| {
        // A year that is none is not all years.
        let year = if argument("year").is_some() { Some(year()?) } else { None };
        Some(RenewalFigure::Total { currency: currency(), year, of })
    };
    let line = || place("line");
    let alternative = || place("alternative");
    match argument(FIGURE).as_deref() {
        None if argument("line").is_none() && argument("charge").is_none() => total(ChargeScope::All),
        None => Some(RenewalFigure::Charge(ChargePlace { line: line()?, charge: place("charge")? })),
        Some("agreement") => total(ChargeScope::Agreement(argument("agreement").unwrap_or_default())),
        Some("line") => total(ChargeScope::Line(line()?)),
        Some("charges") => total(ChargeScope::Charges(read(&argument("charges")?)?)),
        Some("converted") => Some(RenewalFigure::Converted { year: year()? }),
        Some("decided") => Some(RenewalFigure::Decided { currency: currency() }),
        Some("so-far") => Some(RenewalFigure::SoFar { line: line()?, year: year()?, course: course()? }),
        Some("gap") => Some(RenewalFigure::Gap { line: line()? }),
        Some("reinstated") => Some(RenewalFigure::ReinstatedToday { line: line()? }),
        Some("walk-away") => Some(RenewalFigure::WalkAway { alternative: alternative()? }),
        Some("anchor") => Some(RenewalFigure::Anchor { alternative: alternative()? }),
        Some("beside") => {
            // A course that is none is not that of the alternative.
            let course = if argument("course").is_some() { Some(course()?) } else { None };
            Some(RenewalFigure::Beside { alternative: alternative()?, year: year()?, course })
        }
        Some(_) => None,
    }
}

fn written(places: &[ChargePlace]) -> String {
    let written = |place: &ChargePlace| format!("{}{WITHIN}{}", place.line, place.charge);
    let all: Vec<String> = places.iter().map(written).collect();
    all.join(&NEXT.to_string())
}

fn read(places: &str) -> Option<Vec<ChargePlace>> {
    let place = |text: &str| {
        let (line, charge) = text.split_once(WITHIN)?;
        Some(ChargePlace { line: line.parse().ok()?, charge: charge.parse().ok()? })
    };
    places.split(NEXT).filter(|text| !text.is_empty()).map(place).collect()
}
