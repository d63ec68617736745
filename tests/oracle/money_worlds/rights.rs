//! Agreements, sites, orders and the ledger.

use std::collections::BTreeSet;

use super::super::money::days::Day;
use super::super::money::world::Table;
use super::parts::{Family, PRIVATE, STRANGE, STRANGE_RENEWALS};
use super::{Maker, row};

/// The lists of agreements and of sites; sometimes none.
pub(crate) fn terms(maker: &mut Maker) -> (Table, Table) {
    let mut agreements = Table::new("agreement,programme,anniversary,price_cap_percent");
    let mut sites = Table::new("site,agreement,sector");
    if maker.dice.percent(15) {
        return (agreements, sites);
    }
    for agreement in maker.agreements.clone() {
        if maker.dice.percent(15) {
            continue;
        }
        let express = maker.dice.percent(10);
        let anniversary = match maker.dice.below(10) {
            0 => "2024-02-29".to_owned(),
            1 => "2023-01-31".to_owned(),
            2 | 3 => maker.near(-700, 700).to_string(),
            4 => "2022-04-01".to_owned(),
            _ => String::new(),
        };
        let cap = if maker.dice.percent(20) { maker.dice.text(&["5", "3.5", "0", "4.25"]) } else { String::new() };
        let cells = [
            ("agreement", agreement.to_owned()),
            ("programme", if express { "express".to_owned() } else { String::new() }),
            ("anniversary", anniversary),
            ("price_cap_percent", cap),
        ];
        agreements.rows.push(row(&agreements, &cells));
    }
    let of_one_sector = maker.dice.percent(12).then(|| maker.dice.text(&["government", "academic"]));
    for site in maker.sites.clone() {
        let agreement =
            if maker.dice.percent(90) { (*maker.dice.one_of(&maker.agreements)).to_owned() } else { String::new() };
        let usual = maker.dice.text(&[
            "",
            "",
            "commercial",
            "commercial",
            "commercial",
            "commercial",
            "commercial",
            "academic",
            "government",
        ]);
        let cells =
            [("site", site.to_owned()), ("agreement", agreement), ("sector", of_one_sector.clone().unwrap_or(usual))];
        sites.rows.push(row(&sites, &cells));
    }
    (agreements, sites)
}

/// Orders that raise the level and leave it to fall; those after `on` only where there are earlier ones.
pub(crate) fn orders(maker: &mut Maker, sites: &Table) -> Table {
    let mut table = Table::new("date,site,part_number,quantity,points");
    let agreement_of = |site: &str| -> String {
        let row = (0..sites.rows.len()).find(|row| !site.is_empty() && sites.cell(*row, "site") == site);
        row.map_or_else(String::new, |row| sites.cell(row, "agreement").to_owned())
    };
    let count = if maker.dice.percent(12) { 0 } else { 1 + maker.dice.below(9) };
    for _ in 0..count {
        let site = if maker.dice.percent(10) { String::new() } else { maker.dice.text(&maker.sites) };
        let points = match maker.dice.below(6) {
            0 => maker.dice.text(&["0", "1", "499", "500", "999", "1000", "2500"]),
            1 => (4_000 + maker.dice.below(8_000)).to_string(),
            _ => maker.dice.below(1_500).to_string(),
        };
        let cells = [("date", maker.near(-1_300, 150).to_string()), ("site", site), ("points", points)];
        table.rows.push(row(&table, &cells));
    }
    let early: BTreeSet<String> = (0..table.rows.len())
        .filter(|row| Day::read(table.cell(*row, "date")) <= Some(maker.on))
        .map(|row| agreement_of(table.cell(row, "site")))
        .collect();
    let kept: Vec<usize> =
        (0..table.rows.len()).filter(|row| early.contains(&agreement_of(table.cell(*row, "site")))).collect();
    table.rows = kept.into_iter().map(|row| table.rows[row].clone()).collect();
    table
}

/// What the lines of one holding share.
struct Holding {
    agreement: String,
    site: String,
    family: Option<&'static Family>,
    units: i64,
    next_poe: usize,
}

/// One line before it is text.
#[derive(Default)]
struct Sketch {
    part: String,
    units: i64,
    licence_type: &'static str,
    start: Option<Day>,
    end: Option<Day>,
    ordered: Option<Day>,
    renewal_part: String,
    kind: &'static str,
}

pub(crate) fn ledger(maker: &mut Maker) -> Table {
    let mut table = Table::new(
        "agreement,site,part_number,product,metric,quantity,licence_type,environment,ss_start,ss_end,order_date,poe,\
         unit_price,currency,renewal_part,kind",
    );
    let mut holdings = Vec::new();
    let families = maker.families.clone();
    for _ in 0..=maker.dice.below(4) {
        let family = (!maker.dice.percent(12)).then(|| *maker.dice.one_of(&families));
        holdings.push(Holding {
            agreement: if maker.dice.percent(55) { maker.dice.text(&maker.agreements) } else { String::new() },
            site: if maker.dice.percent(10) { String::new() } else { maker.dice.text(&maker.sites) },
            family,
            units: [1, 4, 10, 60, 100, 150, 1_400][maker.dice.size(0, 6)],
            next_poe: holdings.len() * 100,
        });
    }
    for mut holding in holdings {
        let mut sketches = Vec::new();
        let whole = maker.dice.below(4);
        if whole != 1 {
            for _ in 0..=maker.dice.below(2) {
                sketches.push(licence(maker, &holding));
            }
            for _ in 0..maker.dice.below(4) {
                sketches.push(support(maker, &holding));
            }
        }
        if whole <= 1 {
            for _ in 0..=maker.dice.below(3) {
                sketches.push(term(maker, &holding));
            }
        }
        // Some end on the same day, so that the next rule decides.
        for later in 1..sketches.len() {
            let earlier = maker.dice.size(0, later - 1);
            let (end, start) = (sketches[earlier].end, sketches[later].start.max(sketches[later].ordered));
            if end.is_some() && sketches[later].end.is_some() && start <= end && maker.dice.percent(25) {
                sketches[later].end = end;
            }
        }
        for sketch in maker.dice.shuffled(sketches) {
            let line = line(maker, &table, &mut holding, sketch);
            table.rows.push(line);
        }
    }
    table.rows = maker.dice.shuffled(table.rows);
    table
}

fn units(maker: &mut Maker, holding: &Holding) -> i64 {
    match maker.dice.below(5) {
        0 => 1 + maker.dice.below(holding.units),
        1 => holding.units * 2,
        _ => holding.units,
    }
}

/// The part of a line: of the catalogue, of none, or blank.
fn part(maker: &mut Maker, holding: &Holding, kind: &str, strange: &[&str]) -> String {
    let known = match holding.family {
        Some(family) if !maker.dice.percent(15) => maker.part(family, kind),
        _ => None,
    };
    match known {
        Some(part) if maker.dice.percent(8) => part.to_lowercase(),
        Some(part) => part.to_owned(),
        None if maker.dice.percent(30) => String::new(),
        None => maker.dice.text(strange),
    }
}

/// A perpetual licence: its support is over, runs, or is not known; a late order does not count.
fn licence(maker: &mut Maker, holding: &Holding) -> Sketch {
    let kind = if maker.dice.percent(10) { "trade_up" } else { "license" };
    let mut sketch = Sketch {
        part: part(maker, holding, kind, &STRANGE),
        units: units(maker, holding),
        licence_type: maker.dice.one_of::<&str>(&["perpetual", "perpetual", ""]),
        ..Sketch::default()
    };
    if kind == "trade_up" && (sketch.part.is_empty() || sketch.part.to_uppercase().starts_with("D9")) {
        sketch.kind = "trade_up";
    } else if maker.dice.percent(5) {
        sketch.kind = "licence";
    }
    match maker.dice.below(10) {
        0 => {
            let ordered = maker.near(1, 200);
            sketch.ordered = Some(ordered);
            sketch.start = Some(ordered);
            sketch.end = Some(ordered.months_later(12));
        }
        1 => sketch.ordered = Some(maker.near(-900, 0)),
        2..=4 => {
            let end = maker.near(-800, -1);
            sketch.end = Some(end);
            sketch.start = maker.dice.percent(60).then(|| end.next().months_later(-12));
            sketch.ordered = sketch.start;
        }
        _ => {
            let end = maker.near(0, 500);
            let start = end.next().months_later(-12).min(maker.on);
            sketch.end = Some(end);
            sketch.start = maker.dice.percent(70).then_some(start);
            sketch.ordered = maker.dice.percent(50).then_some(start);
        }
    }
    sketch.renewal_part = renewal_part(maker, holding, "renewal");
    sketch
}

/// The column `renewal_part`, mostly blank.
fn renewal_part(maker: &mut Maker, holding: &Holding, kind: &str) -> String {
    if maker.dice.percent(85) {
        return String::new();
    }
    let known = holding.family.and_then(|family| maker.part(family, kind));
    known.map_or_else(|| maker.dice.text(&STRANGE_RENEWALS), str::to_owned)
}

/// A renewal, a reinstatement, seldom an option: this year's, next year's, overlapping, nested, over.
fn support(maker: &mut Maker, holding: &Holding) -> Sketch {
    let kind =
        *maker.dice.one_of::<&str>(&["renewal", "renewal", "renewal", "renewal", "reinstatement", "support_option"]);
    let strange = if kind == "renewal" { STRANGE_RENEWALS.as_slice() } else { STRANGE.as_slice() };
    let mut sketch =
        Sketch { part: part(maker, holding, kind, strange), units: units(maker, holding), ..Sketch::default() };
    let strange = sketch.part.is_empty() || sketch.part.starts_with("D9");
    if strange || kind == "support_option" {
        sketch.kind = kind;
    }
    let end = match maker.dice.below(8) {
        0 => maker.near(-500, -1),
        1 => maker.on,
        2 | 3 => maker.near(366, 900),
        _ => maker.near(0, 365),
    };
    sketch.end = (!maker.dice.percent(4)).then_some(end);
    let months = *maker.dice.one_of(&[12, 12, 12, 6, 24]);
    let start = end.next().months_later(-months);
    sketch.start = maker.dice.percent(80).then_some(start);
    sketch.ordered = maker.dice.percent(50).then(|| Day(start.0 - 20));
    sketch.renewal_part = renewal_part(maker, holding, "renewal");
    sketch
}

/// A subscription, a committed, fixed or monthly term.
fn term(maker: &mut Maker, holding: &Holding) -> Sketch {
    let (licence_type, kind) = *maker.dice.one_of(&[
        ("subscription", "license"),
        ("committed_term", "license"),
        ("fixed_term", "fixed_term"),
        ("fixed_term", "fixed_term"),
        ("monthly", "monthly"),
        ("monthly", "monthly"),
    ]);
    let has = holding.family.is_some_and(|family| family.parts.iter().any(|part| part.1 == kind && part.3.is_empty()));
    let known = kind == "license" || has;
    let licence_type = if known { licence_type } else { "subscription" };
    let part = match (known && kind != "license", holding.family) {
        (true, Some(family)) => maker.part(family, kind).map_or_else(String::new, str::to_owned),
        _ => part(maker, holding, "license", &STRANGE),
    };
    let mut sketch = Sketch { part, units: units(maker, holding), licence_type, ..Sketch::default() };
    let end = match maker.dice.below(8) {
        0 => maker.near(-400, -1),
        1 | 2 => maker.near(366, 1_000),
        _ => maker.near(0, 365),
    };
    let start = end.next().months_later(-*maker.dice.one_of(&[12, 12, 1, 24, 36]));
    sketch.start = maker.dice.percent(85).then_some(start);
    sketch.ordered = maker.dice.percent(50).then_some(start);
    sketch.end = Some(end);
    if maker.dice.percent(10) {
        let begun = maker.near(-300, 0);
        sketch.end = None;
        sketch.start = Some(begun);
        sketch.ordered = Some(if maker.dice.percent(25) { maker.near(1, 60) } else { begun });
    }
    if kind == "fixed_term" && known {
        sketch.renewal_part = renewal_part(maker, holding, "fixed_term_renewal");
    }
    sketch
}

fn line(maker: &mut Maker, table: &Table, holding: &mut Holding, sketch: Sketch) -> Vec<String> {
    let (product, metric) = holding.family.map_or(PRIVATE, |family| (family.product, family.metric));
    let known =
        holding.family.is_some_and(|family| family.parts.iter().any(|part| part.0.eq_ignore_ascii_case(&sketch.part)));
    let blank = known && maker.dice.percent(40);
    let shown = |text: &str| if blank { String::new() } else { text.to_owned() };
    let day = |day: Option<Day>| day.map_or_else(String::new, |day| day.to_string());
    holding.next_poe += 1;
    let currency = match maker.dice.below(10) {
        0..=4 => maker.currency.to_owned(),
        5 if maker.dice.percent(60) => maker.other_currency.to_owned(),
        6 => maker.currency.to_lowercase(),
        _ => String::new(),
    };
    for part in [&sketch.part, &sketch.renewal_part] {
        if !part.is_empty() {
            maker.named.push(part.to_uppercase());
        }
    }
    let cells = [
        ("agreement", holding.agreement.clone()),
        ("site", holding.site.clone()),
        ("part_number", sketch.part),
        ("product", shown(product)),
        ("metric", shown(metric)),
        ("quantity", sketch.units.to_string()),
        ("licence_type", sketch.licence_type.to_owned()),
        ("environment", maker.dice.text(&["", "production"])),
        ("ss_start", day(sketch.start)),
        ("ss_end", day(sketch.end)),
        ("order_date", day(sketch.ordered)),
        ("poe", format!("P-{}", holding.next_poe)),
        ("currency", currency),
        ("renewal_part", sketch.renewal_part),
        ("kind", sketch.kind.to_owned()),
    ];
    row(table, &cells)
}
