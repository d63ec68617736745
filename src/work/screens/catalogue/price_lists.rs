//! Which price lists can be compared: what a file brought, and what holds on a day.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::Date;

use crate::engine::renewal::prices_on;
use crate::model::day;
use crate::model::message::Message;
use crate::model::price::Price;
use crate::work::cell::Cell;
use crate::work::screen_query::ScreenQuery;

/// A price list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum PriceList {
    /// What holds on a day, whatever file it is from.
    OnDay(Date),
    /// What a file brought; what was typed has no name.
    OfFile(String),
    /// What of it begins on a day; `None` has always held.
    OfFileFrom(String, Option<Date>),
}

/// The name of the list that holds on a day, as a field writes it.
const ON_DAY: &str = "day";

/// Which list is the old one and which the new one, by the names of their arguments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Before,
    After,
}

impl Side {
    /// The argument that chooses the list, and that with its day.
    pub(super) const fn arguments(self) -> (&'static str, &'static str) {
        match self {
            Self::Before => ("before", "before_on"),
            Self::After => ("after", "after_on"),
        }
    }
}

impl PriceList {
    /// How a field writes it.
    pub(super) fn name(&self) -> String {
        match self {
            Self::OnDay(_) => ON_DAY.to_owned(),
            Self::OfFile(file) => format!("file {file}"),
            Self::OfFileFrom(file, from) => format!("from {} {file}", first_day(*from)),
        }
    }

    /// What it is called.
    pub(super) fn title(&self) -> Message {
        let named = |key: &'static str, file: &str| {
            let typed = Message::new("page.catalogue.typed");
            if file.is_empty() { Message::new(key).with("file", typed) } else { Message::new(key).with("file", file) }
        };
        match self {
            Self::OnDay(_) => Message::new("page.catalogue.all_on_day"),
            Self::OfFile(file) => named("page.catalogue.of_file", file),
            Self::OfFileFrom(file, Some(from)) => named("page.catalogue.of_file_from", file).with("day", *from),
            Self::OfFileFrom(file, None) => named("page.catalogue.of_file_always", file),
        }
    }

    /// Its prices.
    pub(super) fn prices(&self, all: &[Arc<Price>]) -> Vec<Arc<Price>> {
        let those = |fits: &dyn Fn(&Price) -> bool| all.iter().filter(|price| fits(price)).cloned().collect();
        match self {
            // Examples are no price list of anybody.
            Self::OnDay(day) => prices_on(&own(all), *day),
            Self::OfFile(file) => those(&|price| price.file == *file),
            Self::OfFileFrom(file, from) => those(&|price| price.file == *file && price.valid_from == *from),
        }
    }
}

/// The prices that are no examples.
fn own(prices: &[Arc<Price>]) -> Vec<Arc<Price>> {
    prices.iter().filter(|price| !price.is_example()).cloned().collect()
}

/// A first day as a text; blank has no beginning.
pub(super) fn first_day(day: Option<Date>) -> String {
    day.map_or_else(String::new, |day| day.to_string())
}

/// The files that prices are from, in the order in which they came, each with the days from which its prices hold.
pub(super) fn files(prices: &[Arc<Price>]) -> Vec<(&str, BTreeSet<Option<Date>>)> {
    let mut files: Vec<(&str, BTreeSet<Option<Date>>)> = Vec::new();
    for price in prices {
        match files.iter_mut().find(|(file, _)| *file == price.file) {
            Some((_, days)) => drop(days.insert(price.valid_from)),
            None => files.push((&price.file, BTreeSet::from([price.valid_from]))),
        }
    }
    files
}

/// The lists that files brought: each file, and where its prices begin on several days, those of each day.
pub(super) fn of_files(prices: &[Arc<Price>]) -> Vec<PriceList> {
    let lists = files(prices).into_iter().flat_map(|(file, days)| {
        let several = days.len() > 1;
        let from = move |day: Option<Date>| PriceList::OfFileFrom(file.to_owned(), day);
        let days: Vec<PriceList> = if several { days.into_iter().map(from).collect() } else { Vec::new() };
        [PriceList::OfFile(file.to_owned())].into_iter().chain(days)
    });
    lists.collect()
}

/// The price lists of files that begin on one day each, with their files and that day; without what was typed, and without
/// examples, which have no first day.
pub(super) fn dated(prices: &[Arc<Price>]) -> Vec<(PriceList, String, Option<Date>)> {
    let of_file = |(file, days): (&str, BTreeSet<Option<Date>>)| {
        let (file, one) = (file.to_owned(), days.len() == 1);
        let list = move |day: Option<Date>| {
            let file = file.clone();
            let list = if one { PriceList::OfFile(file.clone()) } else { PriceList::OfFileFrom(file.clone(), day) };
            (list, file, day)
        };
        days.into_iter().map(list)
    };
    files(&own(prices)).into_iter().filter(|(file, _)| !file.is_empty()).flat_map(of_file).collect()
}

/// The old and the new list that are asked for. Where nothing is: the last price file against the one before it; of one
/// file alone, what holds on the last day from which a price holds, against today. Examples are no price file.
pub(super) fn asked(prices: &[Arc<Price>], query: &ScreenQuery) -> (Option<PriceList>, Option<PriceList>) {
    let lists = of_files(prices);
    let (before, after) = usual(&own(prices), query.today);
    let side = |side: Side, usual: Option<PriceList>| {
        let (list, on) = side.arguments();
        let asked_day = day::parse(query.argument(on));
        match query.argument(list) {
            "" => match (usual, asked_day) {
                (Some(PriceList::OnDay(_)) | None, Some(day)) => Some(PriceList::OnDay(day)),
                (usual, _) => usual,
            },
            ON_DAY => asked_day.or(query.today).map(PriceList::OnDay),
            name => lists.iter().find(|known| known.name() == name).cloned().or(usual),
        }
    };
    (side(Side::Before, before), side(Side::After, after))
}

fn usual(prices: &[Arc<Price>], today: Option<Date>) -> (Option<PriceList>, Option<PriceList>) {
    // In the order in which they begin; of those that begin together, that in which they came.
    let mut files: Vec<(&str, BTreeSet<Option<Date>>)> =
        files(prices).into_iter().filter(|(file, _)| !file.is_empty()).collect();
    files.sort_by_key(|(_, days)| days.last().copied().flatten());
    if let [.., (before, _), (after, _)] = files.as_slice() {
        let of = |file: &str| Some(PriceList::OfFile(file.to_owned()));
        return (of(before), of(after));
    }
    let last = prices.iter().filter_map(|price| price.valid_from).max();
    let days = today.zip(last).filter(|(today, last)| today < last);
    days.map_or((None, None), |(today, last)| (Some(PriceList::OnDay(today)), Some(PriceList::OnDay(last))))
}

/// A list as a choice of a field.
pub(super) fn choice(list: &PriceList) -> (String, Cell) {
    (list.name(), Cell::Said(vec![list.title()]))
}
