//! Price files: long or wide, of now and of later, with levels that are missing and rows that are wrong.

use super::super::money::days::Day;
use super::super::money::world::{PriceFile, Table};
use super::{Maker, row};

const LEVELS: [&str; 10] = ["BL", "D", "E", "F", "G", "H", "I", "J", "ED", "GV"];

/// The prices of one part for one time, before they stand in a file.
struct Offer {
    part: String,
    currency: String,
    from: Option<Day>,
    to: Option<Day>,
    months: String,
    reason: String,
    levels: Vec<(&'static str, String)>,
}

/// The parts that may be priced: those named, and those of the families of no platform.
fn candidates(maker: &Maker) -> Vec<String> {
    let mut parts = maker.named.clone();
    for family in &maker.families {
        let plain = family.parts.iter().filter(|part| part.3.is_empty() && part.4.is_empty());
        parts.extend(plain.map(|part| part.0.to_owned()));
    }
    parts.sort_unstable();
    parts.dedup();
    parts
}

pub(crate) fn prices(maker: &mut Maker) -> Vec<PriceFile> {
    let count = maker.dice.size(1, 3);
    let mut files: Vec<(PriceFile, bool)> = Vec::new();
    for number in 0..count {
        let year = maker.on.year() + maker.dice.below(3);
        let day = match maker.dice.below(4) {
            0 => maker.near(-200, 400),
            _ => Day::new(year, 1, 1),
        };
        let from = (number > 0 && maker.dice.percent(75)).then_some(day);
        let wide = maker.dice.percent(35);
        let columns = if wide {
            format!("part_number,currency,valid_from,valid_to,months,reason,{}", LEVELS.join(","))
        } else {
            "part_number,description,level,price,currency,valid_from,valid_to,points,months,reason".to_owned()
        };
        files.push((PriceFile { from, table: Table::new(&columns) }, wide));
    }
    let parts = candidates(maker);
    for (file, wide) in &mut files {
        let default = file.from;
        for part in &parts {
            if maker.dice.percent(if default.is_none() { 15 } else { 45 }) {
                continue;
            }
            for _ in 0..*maker.dice.one_of(&[1, 1, 1, 2]) {
                let offer = offer(maker, part, default);
                write(maker, file, *wide, &offer);
            }
        }
        file.table.rows = maker.dice.shuffled(std::mem::take(&mut file.table.rows));
        if file.table.rows.is_empty() {
            let part = parts.first().map_or("D9QX1LL", String::as_str);
            let offer = offer(maker, part, default);
            write(maker, file, *wide, &offer);
        }
    }
    files.into_iter().map(|(file, _)| file).collect()
}

fn offer(maker: &mut Maker, part: &str, default: Option<Day>) -> Offer {
    let currency = match maker.dice.below(20) {
        0 if maker.dice.percent(40) => String::new(),
        1 => maker.other_currency.to_owned(),
        2 => maker.currency.to_lowercase(),
        _ => maker.currency.to_owned(),
    };
    let (mut from, mut to) = (None, None);
    match maker.dice.below(14) {
        // In the past only, up to the day, for a while, and from later on.
        0 => to = Some(maker.near(-300, 0)),
        1 => to = Some(maker.near(0, 500)),
        2 => from = Some(maker.near(-700, 0)),
        3 => from = Some(Day::new(maker.on.year() + 1 + maker.dice.below(2), 1, 1)),
        4 => {
            from = Some(maker.near(-400, 300));
            to = Some(Day(from.unwrap().0 + maker.dice.below(500)));
        }
        5 => from = Some(maker.near(-30, 700)),
        _ => {}
    }
    // A row of a later file that ends before it begins is wrong, and seldom wanted.
    if from.or(default).zip(to).is_some_and(|(from, to)| to < from) && !maker.dice.percent(10) {
        to = None;
    }
    let mut months = maker.dice.text(&["", "", "", "", "", "", "12", "12", "1", "24", "36"]);
    if maker.dice.percent(2) {
        "0".clone_into(&mut months);
    }
    let reason = if maker.dice.percent(8) { "quote of the reseller".to_owned() } else { String::new() };
    let cents = 100 + maker.dice.below(700_000);
    let mut levels = Vec::new();
    let only_base = maker.dice.percent(20);
    for (step, level) in (0_i64..).zip(LEVELS) {
        let chance = if level == "BL" { 88 } else { 35 };
        if (only_base && level != "BL") || !maker.dice.percent(chance) {
            continue;
        }
        let price = price(maker, cents - cents * step / 25, &currency);
        levels.push((level, price));
    }
    Offer { part: part.to_owned(), currency, from, to, months, reason, levels }
}

/// A price as it is written in its currency; sometimes 0, finer than the currency, or wrong.
fn price(maker: &mut Maker, cents: i64, currency: &str) -> String {
    match maker.dice.below(60) {
        0 => return "0".to_owned(),
        1 => return format!("{}.{:06}", cents / 100, 1 + maker.dice.below(999_999)),
        2 => return format!("-{}", 1 + cents / 100),
        3 => return format!("{}.1234567", cents / 100),
        4 => return format!("{}.50", cents / 100),
        _ => {}
    }
    match currency.to_uppercase().as_str() {
        "JPY" => cents.to_string(),
        "KWD" => format!("{}.{:03}", cents / 1_000, cents % 1_000),
        _ => format!("{}.{:02}", cents / 100, cents % 100),
    }
}

fn write(maker: &mut Maker, file: &mut PriceFile, wide: bool, offer: &Offer) {
    let day = |day: Option<Day>| day.map_or_else(String::new, |day| day.to_string());
    let common = [
        ("part_number", if maker.dice.percent(5) { offer.part.to_lowercase() } else { offer.part.clone() }),
        ("currency", offer.currency.clone()),
        ("valid_from", day(offer.from)),
        ("valid_to", day(offer.to)),
        ("months", offer.months.clone()),
        ("reason", offer.reason.clone()),
    ];
    if wide {
        let mut cells = common.to_vec();
        cells.extend(offer.levels.iter().map(|(level, price)| (*level, price.clone())));
        let line = row(&file.table, &cells);
        file.table.rows.push(line);
        return;
    }
    for (level, price) in &offer.levels {
        let mut cells = common.to_vec();
        let level = if maker.dice.percent(2) { "Z9".to_owned() } else { (*level).to_owned() };
        cells.extend([("level", level), ("price", price.clone())]);
        let line = row(&file.table, &cells);
        file.table.rows.push(line);
    }
}

/// The list of points per part: some have no entitled discount, for a time or for ever.
pub(crate) fn points(maker: &mut Maker) -> Table {
    let mut table = Table::new("part_number,points,from,entitled_discount");
    if maker.dice.percent(50) {
        return table;
    }
    for part in candidates(maker) {
        if !maker.dice.percent(35) {
            continue;
        }
        for _ in 0..*maker.dice.one_of(&[1, 1, 2]) {
            let from = if maker.dice.percent(60) { String::new() } else { maker.near(-300, 900).to_string() };
            let cells = [
                ("part_number", part.clone()),
                ("points", maker.dice.below(20).to_string()),
                ("from", from),
                ("entitled_discount", maker.dice.text(&["yes", "no", "no", ""])),
            ];
            table.rows.push(row(&table, &cells));
        }
    }
    table
}
