//! From which day the prices of a file hold, and the way to say another one.

use jiff::civil::Date;

use super::price_lists::{PriceList, choice, dated, first_day};
use crate::model::message::Message;
use crate::work::blocks::{Block, FieldInput, Form, FormField, Section, Sets};
use crate::work::cell::{Cell, CellRow};
use crate::work::screen_query::ScreenQuery;
use crate::work::screens::OpenWorkspace;
use crate::work::setting::Setting;

/// The argument that names the price list whose first day is to be changed.
const LIST: &str = "dated";

const COLUMNS: [(&str, bool); 4] = [
    ("page.catalogue.price_list", false),
    ("page.catalogue.hold_from", false),
    ("page.catalogue.list_prices", true),
    ("page.catalogue.currencies", false),
];

/// The price files with the days from which their prices hold, and the field that changes one; nothing without a file.
pub(super) fn blocks(open: OpenWorkspace<'_>, query: &ScreenQuery) -> Vec<Block> {
    let prices: &[_] = &open.workspace.lists.prices;
    let lists = dated(prices);
    let named = query.argument(LIST);
    let chosen = lists.iter().find(|(list, ..)| list.name() == named).or_else(|| lists.last());
    let Some((chosen, file, from)) = chosen else { return Vec::new() };
    let row = |(list, _, from): &(PriceList, String, Option<Date>)| -> CellRow {
        let prices = list.prices(prices);
        let mut currencies: Vec<String> = prices.iter().map(|price| price.currency().code().to_owned()).collect();
        currencies.sort();
        currencies.dedup();
        vec![
            Cell::Said(vec![list.title()]),
            from.map_or(Cell::Word("page.catalogue.always".into()), Cell::from),
            u64::try_from(prices.len()).ok().into(),
            Cell::Text(currencies.join(", ")),
        ]
    };
    let table = Section::new("page.catalogue.price_files", &COLUMNS, lists.iter().map(row).collect());
    let form = Form {
        title: Some("page.catalogue.change_first_day".into()),
        fields: vec![
            FormField {
                label: "page.catalogue.price_list".into(),
                input: FieldInput::Choice(lists.iter().map(|(list, ..)| choice(list)).collect()),
                value: chosen.name(),
                sets: Sets::Argument(LIST.into()),
            },
            FormField {
                label: "page.catalogue.hold_from".into(),
                input: FieldInput::Day,
                value: first_day(*from),
                sets: Sets::Setting(Setting::FirstDay { file: file.clone(), from: *from }),
            },
        ],
        answer: vec![Message::new("page.catalogue.first_day_text")],
    };
    vec![Block::Table(table), Block::Form(form)]
}
