//! Random worlds of rights and prices: small, and full of everything that the page on money has a word about. Each is
//! made from a number, so that a failure can be repeated.
//!
//! | file | what it is |
//! |---|---|
//! | [`dice`] | chance, made from a number |
//! | [`parts`] | products of the catalogue with all their parts |
//! | [`rights`] | agreements, sites, orders, the ledger |
//! | [`prices`] | price files |
//! | [`choices`] | assumptions and decisions |
//! | [`files`] | the texts that the command line is given |

pub(crate) mod choices;
pub(crate) mod dice;
pub(crate) mod files;
pub(crate) mod parts;
pub(crate) mod prices;
pub(crate) mod rights;

use super::money::days::Day;
use super::money::world::{Table, World};
use dice::Dice;
pub(crate) use files::files;
use parts::{FAMILIES, Family};

/// What a world is made with.
pub(crate) struct Maker {
    pub(crate) dice: Dice,
    pub(crate) on: Day,
    pub(crate) years: i64,
    pub(crate) families: Vec<&'static Family>,
    pub(crate) agreements: Vec<&'static str>,
    pub(crate) sites: Vec<&'static str>,
    pub(crate) currency: &'static str,
    pub(crate) other_currency: &'static str,
    /// Parts that the ledger or a decision names, beside those of the families.
    pub(crate) named: Vec<String>,
}

const CURRENCIES: [&str; 4] = ["USD", "EUR", "JPY", "KWD"];

/// The world with this number.
pub(crate) fn world(seed: u64) -> World {
    let mut dice = Dice::new(seed);
    let year = 2021 + dice.below(7);
    let on = match dice.below(12) {
        0 => Day::new(year, 12, 31),
        1 => Day::new(year, 1, 1),
        2 => Day::new(2024, 2, 29),
        3 => Day::new(year, 2 + dice.below(3), 28),
        _ => Day(Day::new(year, 1, 1).0 + dice.below(365)),
    };
    let mut families: Vec<&Family> = Vec::new();
    for _ in 0..=dice.below(3) {
        families.push(dice.one_of(&FAMILIES));
    }
    families.sort_by_key(|family| (family.product, family.metric));
    families.dedup_by_key(|family| (family.product, family.metric));
    let currency = *dice.one_of(&CURRENCIES);
    let other_currency = *dice.one_of(&CURRENCIES);
    let mut maker = Maker {
        years: 1 + dice.below(5),
        agreements: ["A-1", "A-2", "A-3"][..dice.size(1, 3)].to_vec(),
        sites: ["Berlin", "Oslo", "Graz", "Lyon"][..dice.size(1, 4)].to_vec(),
        currency,
        other_currency,
        dice,
        on,
        families,
        named: Vec::new(),
    };
    let (agreements, sites) = rights::terms(&mut maker);
    let rights = rights::ledger(&mut maker);
    let decisions = choices::decisions(&mut maker, &rights);
    let prices = prices::prices(&mut maker);
    let points = prices::points(&mut maker);
    let assumptions = choices::assumptions(&mut maker);
    let orders = rights::orders(&mut maker, &sites);
    World {
        on: maker.on,
        years: maker.years,
        parts: catalogue(),
        rights,
        orders,
        agreements,
        sites,
        points,
        prices,
        assumptions,
        decisions,
    }
}

/// The parts that occur, as the catalogue has them.
pub(crate) fn catalogue() -> Table {
    let mut table = Table::new("part_number,product,metric,kind,months,platform,environment,pack");
    for family in &FAMILIES {
        for (number, kind, months, platform, environment, pack) in family.parts {
            let row = [number, family.product, family.metric, kind, months, platform, environment, pack];
            table.rows.push(row.map(str::to_owned).to_vec());
        }
    }
    table
}

impl Maker {
    /// A day so many days from `on`.
    pub(crate) fn near(&mut self, least: i64, most: i64) -> Day {
        let day = Day(self.on.0 + least + self.dice.below(most - least + 1));
        let (year, month, _) = day.parts();
        // Some at the edges of months and years, some on the last day of February.
        let edge = match self.dice.below(12) {
            0 => Day::new(year, month, 1).previous(),
            1 => Day::new(year, month, 1),
            2 => Day::new(year, 1, 1).previous(),
            3 => Day::new(year, 3, 1).previous(),
            _ => day,
        };
        let inside = self.on.0 + least <= edge.0 && edge.0 <= self.on.0 + most;
        if inside { edge } else { day }
    }

    /// A part of a kind, mostly of no platform.
    pub(crate) fn part(&mut self, family: &Family, kind: &str) -> Option<&'static str> {
        let plain = !self.dice.percent(15);
        let parts = family.parts.iter().filter(|part| part.1 == kind && (!plain || part.3.is_empty()));
        let parts: Vec<&'static str> = parts.map(|part| part.0).collect();
        (!parts.is_empty()).then(|| *self.dice.one_of(&parts))
    }
}

/// One line of a table: what is said in which column, the others blank.
pub(crate) fn row(table: &Table, cells: &[(&str, String)]) -> Vec<String> {
    let mut row = vec![String::new(); table.columns.len()];
    for (column, text) in cells {
        let index = table.columns.iter().position(|name| name == column);
        row[index.unwrap_or_else(|| panic!("no column {column}"))].clone_from(text);
    }
    row
}
