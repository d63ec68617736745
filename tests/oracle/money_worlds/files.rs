//! The texts that the command line is given.

use super::super::money::days::Day;
use super::super::money::world::{Table, World};

/// The files of a world; those that would hold nothing are not there.
#[derive(Clone, Debug)]
pub(crate) struct Files {
    pub(crate) on: Day,
    pub(crate) years: i64,
    pub(crate) entitlements: String,
    /// Lists that stand among the files: name and text of orders, agreements, sites, points.
    pub(crate) lists: Vec<(&'static str, String)>,
    /// Name, the day after its `@`, text.
    pub(crate) prices: Vec<(String, Option<Day>, String)>,
    pub(crate) assumptions: Option<String>,
    pub(crate) decisions: Option<String>,
}

pub(crate) fn files(world: &World) -> Files {
    let filled = |table: &Table| (!table.rows.is_empty()).then(|| text(table));
    let lists = [
        ("orders.csv", &world.orders),
        ("agreements.csv", &world.agreements),
        ("sites.csv", &world.sites),
        ("points.csv", &world.points),
    ];
    let prices = world.prices.iter().enumerate();
    Files {
        on: world.on,
        years: world.years,
        entitlements: text(&world.rights),
        lists: lists.into_iter().filter_map(|(name, table)| Some((name, filled(table)?))).collect(),
        prices: prices
            .map(|(number, file)| (format!("prices{}.csv", number + 1), file.from, text(&file.table)))
            .collect(),
        assumptions: filled(&world.assumptions),
        decisions: filled(&world.decisions),
    }
}

impl Files {
    /// Every file: its name and its text.
    pub(crate) fn all(&self) -> Vec<(String, String)> {
        let mut all = vec![("entitlements.csv".to_owned(), self.entitlements.clone())];
        all.extend(self.lists.iter().map(|(name, text)| ((*name).to_owned(), text.clone())));
        all.extend(self.prices.iter().map(|(name, _, text)| (name.clone(), text.clone())));
        all.extend(self.assumptions.iter().map(|text| ("assumptions.csv".to_owned(), text.clone())));
        all.extend(self.decisions.iter().map(|text| ("decisions.csv".to_owned(), text.clone())));
        all
    }

    /// What stands after `highwater` on the command line.
    pub(crate) fn arguments(&self) -> Vec<String> {
        let mut arguments = vec!["forecast".to_owned()];
        arguments.extend(self.lists.iter().map(|(name, _)| (*name).to_owned()));
        let mut option = |name: &str, value: String| arguments.extend([name.to_owned(), value]);
        option("--entitlements", "entitlements.csv".to_owned());
        for (name, from, _) in &self.prices {
            option("--prices", from.map_or_else(|| name.clone(), |from| format!("{name}@{from}")));
        }
        option("--years", self.years.to_string());
        option("--on", self.on.to_string());
        if self.assumptions.is_some() {
            option("--assumptions", "assumptions.csv".to_owned());
        }
        if self.decisions.is_some() {
            option("--decisions", "decisions.csv".to_owned());
        }
        arguments
    }
}

/// A table as CSV.
pub(crate) fn text(table: &Table) -> String {
    let line = |cells: &[String]| cells.iter().map(|cell| quoted(cell)).collect::<Vec<_>>().join(",") + "\n";
    line(&table.columns) + &table.rows.iter().map(|row| line(row)).collect::<String>()
}

fn quoted(cell: &str) -> String {
    if cell.contains([',', '"', '\n']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.to_owned() }
}
