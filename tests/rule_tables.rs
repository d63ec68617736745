//! Every table of `src/rules`, walked row by row: header, days, sources, confidence, keys, ranges, and what one table
//! says of another. A table without a walk fails: a new one is registered in [`WALKS`].
//!
//! Most tables name a source in each row. Those of processors and parts come from one list each, which the file that reads
//! them names ([`processors::SOURCE`], [`parts::SOURCE`]); aliases are names and rest on nothing; what is missing has no
//! source, but a day on which it was looked for.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use highwater::rules::{
    additional_entitlements, bundles, machine_types, missing, parts, processors, published_prices, sources,
    supporting_programs, volume_levels,
};
use highwater::rules::{pvu_table::PvuTable, table::TableProblem};
use jiff::civil::{Date, date};
use rust_decimal::Decimal;

/// No table can know anything of a later day than that of the last change to the tables.
const LAST_CHANGE: Date = date(2026, 11, 27);

/// What is checked of a table, the rules that hold for all of them apart.
struct Walk {
    file: &'static str,
    header: &'static str,
    /// The columns that together no two rows share.
    key: &'static [&'static str],
    /// The column that names the source, or whose source it is.
    source: Source,
    /// What is wrong in a row.
    row: fn(&Row, &Tables) -> Vec<String>,
}

enum Source {
    /// Each row has one, in its column `source`.
    Rows,
    /// One for all rows.
    File(&'static str),
    /// Each row has some of `sources.csv`, or says that nobody has found one.
    Listed,
    /// The rows need none: they are names, sources themselves, or what is missing.
    Unneeded,
}

const WALKS: [Walk; 12] = [
    Walk {
        file: "additional_entitlements.csv",
        header: "kind,bundle,version,program,entitlement,metric,quantity,ratio_entitlement,ratio_bundle,source,confidence,as_of,note",
        key: &["bundle", "version", "entitlement", "metric"],
        source: Source::Rows,
        row: additional_entitlement,
    },
    Walk { file: "bundle_aliases.csv", header: "alias,name", key: &["alias"], source: Source::Unneeded, row: alias },
    Walk {
        file: "bundles.csv",
        header: "kind,bundle,version,component,environment,free_in_non_production,metric,ratio_component,ratio_bundle,total_min,total_max,unit,source,text,confidence,as_of,note",
        key: &["kind", "bundle", "version", "component", "environment", "metric", "total_min"],
        source: Source::Rows,
        row: bundle,
    },
    Walk {
        file: "line_words.csv",
        header: "phrase,means,language,source",
        key: &["phrase"],
        source: Source::Rows,
        row: |row, _| {
            let languages = ["en", "de", "fr", "es", "it", "ibm"];
            [row.needs("phrase"), row.needs("means"), row.one_of("language", &languages)].concat()
        },
    },
    Walk {
        file: "machine_types.csv",
        header: "machine_type,model,name,family,max_sockets,rate_row,source,confidence",
        key: &["machine_type", "model"],
        source: Source::Rows,
        row: machine_type,
    },
    Walk {
        file: "missing.csv",
        header: "what,what_to_do,looked_on",
        key: &["what"],
        source: Source::Unneeded,
        row: |row, _| [row.needs("what_to_do"), row.day("looked_on"), row.needs("looked_on")].concat(),
    },
    Walk {
        file: "parts.csv",
        header: "part_number,product,metric,kind,months,platform,environment,pack",
        key: &["part_number"],
        source: Source::File(parts::SOURCE),
        row: part,
    },
    Walk {
        file: "processors.csv",
        header: "manufacturer,name,cores,threads,codename",
        key: &["name"],
        source: Source::File(processors::SOURCE),
        row: processor,
    },
    Walk {
        file: "published_prices.csv",
        header: "part_number,description,level,price,currency,points,months,source,confidence,as_of,note",
        key: &["part_number", "level", "currency"],
        source: Source::Rows,
        row: published_price,
    },
    Walk {
        file: "pvu_table.csv",
        header: "kind,vendor,family,name,models,architecture,model_match,family_match,unless,os,cores_per_chip,tier_by,sockets_min,sockets_max,pvu_per_core,since,sources,confidence,note",
        key: &["name"],
        source: Source::Listed,
        row: rate,
    },
    Walk {
        file: "sources.csv",
        header: "id,edition,text",
        key: &["id"],
        source: Source::Unneeded,
        row: |row, tables| {
            let used = tables["pvu_table.csv"].iter().any(|rate| ids(rate).any(|id| id == row.get("id")));
            [row.needs("text"), row.day("edition"), wrong(!used, || "no rate rests on it".to_owned())].concat()
        },
    },
    Walk {
        file: "supporting_programs.csv",
        header: "principal,version,program,component,component_version,role,source,confidence,as_of,note",
        key: &["principal", "version", "component", "component_version"],
        source: Source::Rows,
        row: |row, _| {
            [row.needs("principal"), row.needs("component"), row.one_of("role", &["bundled", "supporting"])].concat()
        },
    },
];

/// The rows of all tables by file.
type Tables = BTreeMap<&'static str, Vec<Row>>;

/// A row: its line, and its cells by column.
struct Row {
    line: usize,
    cells: BTreeMap<String, String>,
}

impl Row {
    fn get(&self, column: &str) -> &str {
        self.cells.get(column).map(String::as_str).unwrap_or_default()
    }

    fn has(&self, column: &str) -> bool {
        self.cells.contains_key(column)
    }

    fn needs(&self, column: &str) -> Vec<String> {
        wrong(self.get(column).is_empty(), || format!("{column} is blank"))
    }

    fn one_of(&self, column: &str, known: &[&str]) -> Vec<String> {
        wrong(!known.contains(&self.get(column)), || format!("{column}: {:?} is none of {known:?}", self.get(column)))
    }

    /// A day, where there is one, that has been.
    fn day(&self, column: &str) -> Vec<String> {
        let cell = self.get(column);
        let is = cell.is_empty() || cell.parse::<Date>().is_ok_and(|day| day <= LAST_CHANGE);
        wrong(!is, || format!("{column}: {cell:?} is no day that has been"))
    }

    /// A day, a month, a year or years from one to another (`2019-20`) that have been.
    fn when(&self, column: &str) -> Vec<String> {
        let cell = self.get(column);
        let year = |year: &str| year.parse::<i16>().ok().filter(|_| year.len() == 4);
        let last = match cell.split('-').collect::<Vec<_>>().as_slice() {
            [one] => year(one).and_then(|year| Date::new(year, 1, 1).ok()),
            [first, second] => match (year(first), second.parse::<i8>()) {
                (Some(first), Ok(month @ 1..=12)) => Date::new(first, month, 1).ok(),
                (Some(first), Ok(later)) if i16::from(later) > first % 100 => {
                    Date::new(first - first % 100 + i16::from(later), 1, 1).ok()
                }
                _ => None,
            },
            _ => cell.parse().ok(),
        };
        wrong(last.is_none_or(|last| last > LAST_CHANGE), || format!("{column}: {cell:?} is no time that has been"))
    }

    /// A number in these bounds, where there is one.
    fn within(&self, column: &str, least: u32, most: u32) -> Vec<String> {
        let cell = self.get(column);
        let is = cell.is_empty() || cell.parse().is_ok_and(|number: u32| (least..=most).contains(&number));
        wrong(!is, || format!("{column}: {cell:?} is not from {least} to {most}"))
    }

    fn above_zero(&self, column: &str) -> Vec<String> {
        let is = self.get(column).parse().is_ok_and(|number: Decimal| number > Decimal::ZERO);
        wrong(!is, || format!("{column}: {:?} is not above 0", self.get(column)))
    }
}

fn wrong(is: bool, what: impl FnOnce() -> String) -> Vec<String> {
    if is { vec![what()] } else { Vec::new() }
}

fn ids(rate: &Row) -> impl Iterator<Item = &str> {
    rate.get("sources").split(';').map(str::trim).filter(|id| !id.is_empty())
}

fn additional_entitlement(row: &Row, _: &Tables) -> Vec<String> {
    let amount = match row.get("kind") {
        "flat" => row.above_zero("quantity"),
        _ => [row.above_zero("ratio_entitlement"), row.above_zero("ratio_bundle")].concat(),
    };
    [row.one_of("kind", &["flat", "ratio"]), row.needs("entitlement"), row.needs("metric"), amount].concat()
}

fn alias(row: &Row, tables: &Tables) -> Vec<String> {
    let name = row.get("name");
    let names = ["bundle", "component", "metric"];
    let known = tables["bundles.csv"].iter().any(|bundle| names.iter().any(|column| bundle.get(column) == name));
    let own =
        tables["bundles.csv"].iter().any(|bundle| names.iter().any(|column| bundle.get(column) == row.get("alias")));
    let twice = wrong(own, || "the alias is a name of the catalogue itself".to_owned());
    [wrong(!known, || format!("the catalogue has no {name:?}")), twice].concat()
}

fn bundle(row: &Row, tables: &Tables) -> Vec<String> {
    let tier = !row.get("total_min").is_empty();
    let amount = match row.get("kind") {
        "free" => wrong(!row.get("ratio_component").is_empty(), || "what is not counted has no ratio".to_owned()),
        "openshift" if tier => row.above_zero("ratio_component"),
        _ => [row.above_zero("ratio_component"), row.above_zero("ratio_bundle")].concat(),
    };
    let same = |other: &&Row| {
        ["kind", "bundle", "version", "component", "metric"].iter().all(|column| other.get(column) == row.get(column))
            && other.line != row.line
    };
    let both = row.get("environment").is_empty() && !tier && tables["bundles.csv"].iter().any(|other| same(&other));
    [
        row.one_of("kind", &["convert", "free", "openshift"]),
        row.one_of("text", &["licence", "documentation", "code"]),
        row.one_of("environment", &["", "production", "non_production"]),
        row.one_of("free_in_non_production", &["", "yes"]),
        ["bundle", "component", "metric", "unit"].map(|column| row.needs(column)).concat(),
        amount,
        wrong(both, || "one row serves both environments and another one of them".to_owned()),
    ]
    .concat()
}

fn machine_type(row: &Row, tables: &Tables) -> Vec<String> {
    let is = |text: &str, length, fits: fn(&u8) -> bool| text.len() == length && text.bytes().all(|byte| fits(&byte));
    let model = row.get("model");
    let rate = row.get("rate_row");
    let known = rate.is_empty() || tables["pvu_table.csv"].iter().any(|other| other.get("name") == rate);
    [
        wrong(!is(row.get("machine_type"), 4, u8::is_ascii_digit), || "machine_type is not four digits".to_owned()),
        wrong(model != "*" && !is(model, 3, u8::is_ascii_alphanumeric), || format!("model: {model:?}")),
        wrong(!known, || format!("rate_row: pvu_table.csv has no {rate:?}")),
        row.needs("name"),
        row.within("max_sockets", 1, 64),
    ]
    .concat()
}

fn part(row: &Row, _: &Tables) -> Vec<String> {
    let number = row.get("part_number");
    let kinds = ["", "license", "trade_up", "monthly", "fixed_term", "fixed_term_renewal", "renewal", "reinstatement"];
    let code = |text: &str| text.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_');
    [
        wrong(number.len() != 7 || !code(number), || format!("part_number: {number:?}")),
        wrong(!code(row.get("metric")), || format!("metric: {:?} is no code", row.get("metric"))),
        row.needs("product"),
        row.one_of("kind", &kinds),
        row.one_of("platform", &["", "linux_on_z"]),
        row.one_of("environment", &["", "non_production"]),
        row.within("months", 1, 60),
        row.within("pack", 1, 2_000),
    ]
    .concat()
}

fn processor(row: &Row, _: &Tables) -> Vec<String> {
    [row.needs("name"), row.within("cores", 1, 512), row.within("threads", 1, 2_048)].concat()
}

fn published_price(row: &Row, tables: &Tables) -> Vec<String> {
    let shipped = tables["parts.csv"].iter().find(|part| part.get("part_number") == row.get("part_number"));
    // Where the catalogue knows how many months a price pays, it is not said twice.
    let twice = shipped.is_some_and(|part| !part.get("months").is_empty() && !row.get("months").is_empty());
    let levels = volume_levels::VolumeLevel::ALL.map(volume_levels::VolumeLevel::name);
    [
        row.needs("part_number"),
        row.needs("description"),
        row.one_of("level", &levels),
        row.above_zero("price"),
        row.one_of("currency", &["USD"]),
        row.within("points", 0, 0),
        row.within("months", 1, 60),
        row.needs("as_of"),
        wrong(twice, || "months: parts.csv has them".to_owned()),
    ]
    .concat()
}

fn rate(row: &Row, tables: &Tables) -> Vec<String> {
    let known = |id: &str| tables["sources.csv"].iter().any(|source| source.get("id") == id);
    let unknown: Vec<&str> = ids(row).filter(|id| !known(id)).collect();
    let (least, most) = (row.get("sockets_min").parse::<u32>(), row.get("sockets_max").parse::<u32>());
    [
        row.one_of("kind", &["row", "cloud", "default", "note"]),
        row.one_of("tier_by", &["none", "sockets", "model"]),
        row.one_of("pvu_per_core", &["", "30", "50", "70", "80", "100", "120"]),
        row.within("sockets_min", 1, 64),
        row.within("sockets_max", 1, 64),
        wrong(matches!((least, most), (Ok(least), Ok(most)) if least > most), || "sockets are turned round".to_owned()),
        row.day("since"),
        row.needs("note"),
        wrong(!unknown.is_empty(), || format!("sources.csv has no {unknown:?}")),
    ]
    .concat()
}

fn folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/rules")
}

fn read(file: &str) -> (String, Vec<Row>) {
    let mut reader = csv::ReaderBuilder::new().from_path(folder().join(file)).unwrap();
    let header: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let row = |(index, record): (usize, Result<csv::StringRecord, csv::Error>)| Row {
        line: index + 2,
        cells: header.iter().cloned().zip(record.unwrap().iter().map(|cell| cell.trim().to_owned())).collect(),
    };
    let rows = reader.records().enumerate().map(row).collect();
    (header.join(","), rows)
}

/// What is wrong with the source of a row, and with how sure it is.
fn unsourced(walk: &Walk, row: &Row) -> Vec<String> {
    let source = match walk.source {
        Source::Rows => row.needs("source"),
        Source::File(source) => wrong(source.is_empty(), || "the file has no source".to_owned()),
        // A rate that nobody has found a source for says so itself, and is not sure.
        Source::Listed if ids(row).next().is_none() && !row.get("pvu_per_core").is_empty() => {
            let said = row.get("note").to_lowercase().contains("unverified") && row.get("confidence") == "low";
            wrong(!said, || "neither a source nor the word that there is none".to_owned())
        }
        Source::Listed | Source::Unneeded => Vec::new(),
    };
    let sure = if row.has("confidence") {
        row.one_of("confidence", &["high", "medium-high", "medium", "low"])
    } else {
        Vec::new()
    };
    let when = if row.has("as_of") { row.when("as_of") } else { Vec::new() };
    [source, sure, when].concat()
}

#[test]
fn every_row_of_every_table_has_what_it_needs_and_nothing_that_cannot_be() {
    let files: BTreeSet<String> = (folder().read_dir().unwrap().map(|entry| entry.unwrap().path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "csv"))
        .filter_map(|path| Some(path.file_name()?.to_str()?.to_owned()))
        .collect();
    let walked: BTreeSet<String> = WALKS.iter().map(|walk| walk.file.to_owned()).collect();
    assert_eq!(files, walked, "a table without a walk, or a walk without its table");
    let mut tables = Tables::new();
    let mut found = Vec::new();
    for walk in &WALKS {
        let (header, rows) = read(walk.file);
        if header != walk.header {
            found.push(format!("{}: the header is {header}", walk.file));
        }
        tables.insert(walk.file, rows);
    }
    for walk in &WALKS {
        let rows = &tables[walk.file];
        found.extend(wrong(rows.is_empty(), || format!("{}: no rows", walk.file)));
        let mut keys = BTreeSet::new();
        for row in rows {
            let key: Vec<String> = walk.key.iter().map(|column| row.get(column).to_lowercase()).collect();
            let again = wrong(!keys.insert(key.clone()), || format!("{key:?} stands there twice"));
            let all = [again, unsourced(walk, row), (walk.row)(row, &tables)].concat();
            found.extend(all.into_iter().map(|what| format!("{}:{}: {what}", walk.file, row.line)));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn every_row_of_every_table_is_read() {
    let parts = parts::Parts::read(&std::fs::read_to_string(folder().join("parts.csv")).unwrap()).1;
    let problems: Vec<String> = (PvuTable::get().problems())
        .chain(additional_entitlements::problems())
        .chain(bundles::problems())
        .chain(machine_types::problems())
        .chain(missing::problems())
        .chain(processors::problems())
        .chain(published_prices::problems())
        .chain(supporting_programs::problems())
        .chain(&parts)
        .map(TableProblem::to_string)
        .collect();
    assert_eq!(problems, Vec::<String>::new());
    assert_eq!(sources::all().len(), read("sources.csv").1.len());
}
