//! What people do to tables (other headers, separators, thousands, words, units, invisible signs, rows of totals) never
//! changes a number unless an issue names the row.

use std::fmt::Write as _;

use highwater::engine::Settings;
use highwater::import::{Limits, Unwatched, list};
use highwater::model::entitlement::Entitlement;
use highwater::model::issue::Issue;
use highwater::model::metric;
use highwater::work::sources::{Sources, TakenAs};
use jiff::civil::Date;
use proptest::prelude::{Just, ProptestConfig, Strategy, any, prop, prop_assert, prop_assert_eq, proptest};
use proptest::sample::{Index, select};
use rust_decimal::Decimal;

use crate::oracle::estates::COLUMNS;

/// A line of a ledger as it is meant.
#[derive(Clone, Debug)]
struct Meant {
    part: String,
    product: String,
    metric: &'static str,
    quantity: u64,
    last: Option<Date>,
}

/// How a table is written.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a habit that a hand has or not")]
struct Hand {
    delimiter: char,
    /// Thousands: none, or this sign.
    thousands: Option<char>,
    /// Days: ISO, by points, by slashes with the month first, with a midnight behind.
    days: u8,
    /// Which of the names of each column is taken.
    headers: Vec<Index>,
    /// Metric words: which of its names.
    words: Index,
    unit: bool,
    invisible: bool,
    excel: bool,
    title: bool,
    total: Option<&'static str>,
}

const PARTS: [&str; 4] = ["part_number", "Part Number", "PART-NUMBER", "Teilenummer"];
const PRODUCTS: [&str; 4] = ["product", "Product Name", "Produkt", "producto"];
const METRICS: [&str; 4] = ["metric", "Metric", "Lizenzmetrik", "unité de mesure"];
const QUANTITIES: [&str; 5] = ["quantity", "Qty", "Menge", "Anzahl", "Quantity"];
const LASTS: [&str; 5] = ["ss_end", "S&S End", "Coverage Ends", "Enddatum", "Subscription & Support End Date"];

fn words(code: &str) -> &'static [&'static str] {
    match code {
        "PVU" => &["PVU", "pvu", "PROCESSOR_VALUE_UNIT", "Processor Value Unit", "PVUs"],
        "VPC" => &["VPC", "VIRTUAL_PROCESSOR_CORE", "Virtual Processor Core", "vpc"],
        _ => &["AUTHORIZED_USER", "Authorized User", "authorized user"],
    }
}

fn day() -> impl Strategy<Value = Option<Date>> {
    prop::option::of(
        (2024_i16..2030, 1_i8..=12, 1_i8..=28).prop_map(|(year, month, day)| Date::new(year, month, day).unwrap()),
    )
}

fn meant() -> impl Strategy<Value = Meant> {
    let names = select(vec!["IBM MQ", "IBM Db2", "Größe, „mit“ Zeichen", "IBM App Connect"]);
    let metrics = select(vec!["PVU", "VPC", "AUTHORIZED_USER"]);
    let quantity = select(vec![1_u64, 12, 70, 999, 1_000, 1_400, 12_500, 100_000, 1_234_567]);
    ("D[0-9][A-Z]{3}LL", names, metrics, quantity, day()).prop_map(|(part, product, metric, quantity, last)| Meant {
        part,
        product: product.to_owned(),
        metric,
        quantity,
        last,
    })
}

fn hand() -> impl Strategy<Value = Hand> {
    let thousands = select(vec![None, None, Some(','), Some('.'), Some(' '), Some('\u{a0}'), Some('’')]);
    let total =
        select(vec![None, None, Some("Total"), Some("Grand Total"), Some("Summe"), Some("Total général"), Some("")]);
    let switches = (any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>());
    let headers = prop::collection::vec(any::<Index>(), 5);
    (select(vec![',', ';', '\t']), thousands, 0_u8..4, headers, any::<Index>(), switches, total).prop_map(
        |(delimiter, thousands, days, headers, words, (unit, invisible, excel, title), total)| Hand {
            delimiter,
            thousands,
            days,
            headers,
            words,
            unit,
            invisible,
            excel,
            title,
            total,
        },
    )
}

/// A cell as a spreadsheet writes it into a text.
fn quoted(text: &str, delimiter: char) -> String {
    if text.contains([delimiter, '"', '\n']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.to_owned() }
}

fn grouped(number: u64, sign: Option<char>) -> String {
    let digits = number.to_string();
    let Some(sign) = sign else { return digits };
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(sign);
        }
        text.push(digit);
    }
    text
}

impl Hand {
    fn name(&self, place: usize, names: &[&'static str]) -> &'static str {
        names[self.headers[place].index(names.len())]
    }

    fn day(&self, day: Date) -> String {
        match self.days {
            1 => format!("{:02}.{:02}.{}", day.day(), day.month(), day.year()),
            2 => format!("{:02}/{:02}/{}", day.month(), day.day(), day.year()),
            3 => format!("{day} 00:00:00"),
            _ => day.to_string(),
        }
    }

    /// The text of a ledger, and the line of its first row.
    fn ledger(&self, lines: &[Meant]) -> (String, u32) {
        let mut text = String::new();
        if self.title {
            text.push_str("Licences of Northwind\n\n");
        }
        let header = [
            self.name(0, &PARTS),
            self.name(1, &PRODUCTS),
            self.name(2, &METRICS),
            self.name(3, &QUANTITIES),
            self.name(4, &LASTS),
        ];
        let row = |cells: &[String]| {
            let cells: Vec<String> = cells.iter().map(|cell| quoted(cell, self.delimiter)).collect();
            cells.join(&self.delimiter.to_string())
        };
        writeln!(text, "{}", row(&header.map(str::to_owned))).unwrap();
        let first = if self.title { 4 } else { 2 };
        for line in lines {
            let names = words(line.metric);
            let metric = names[self.words.index(names.len())];
            let mut quantity = grouped(line.quantity, self.thousands);
            if self.unit {
                write!(quantity, " {metric}").unwrap();
            }
            let mut part = line.part.clone();
            if self.invisible {
                part.insert(0, '\u{200b}');
                quantity.push('\u{a0}');
            }
            if self.excel {
                part = format!("=\"{part}\"");
            }
            let last = line.last.map_or_else(String::new, |day| self.day(day));
            writeln!(text, "{}", row(&[part, line.product.clone(), metric.to_owned(), quantity, last])).unwrap();
        }
        if let Some(total) = self.total {
            let sum = grouped(lines.iter().map(|line| line.quantity).sum(), self.thousands);
            let mut cells = vec![String::new(); 5];
            total.clone_into(&mut cells[0]);
            cells[3] = sum;
            writeln!(text, "{}", row(&cells)).unwrap();
        }
        (text, first)
    }
}

fn names_row(issues: &[Issue], row: u32) -> bool {
    issues.iter().any(|issue| issue.row == Some(row))
}

/// A row of an estate as it is meant.
#[derive(Clone, Debug)]
struct Runs {
    partition: usize,
    cores: u64,
    product: &'static str,
    metric: &'static str,
    from: Date,
    days: i64,
}

fn runs() -> impl Strategy<Value = Runs> {
    let product = select(vec!["IBM MQ", "IBM Db2"]);
    let metric = select(vec!["PVU", "VPC"]);
    (0_usize..4, 1_u64..40, product, metric, 1_i8..=28, 0_i64..60).prop_map(
        |(partition, cores, product, metric, day, days)| Runs {
            partition,
            cores,
            product,
            metric,
            from: Date::new(2026, 1, day).unwrap(),
            days,
        },
    )
}

/// The columns that the rows have: those of the template up to the last day.
fn columns() -> impl Iterator<Item = &'static str> {
    COLUMNS.into_iter().take(13)
}

impl Hand {
    fn header(&self, name: &str, place: usize) -> String {
        match self.headers[place % self.headers.len()].index(4) {
            0 => name.to_owned(),
            1 => name.replace('_', " ").to_uppercase(),
            2 => name.replace('_', "-"),
            _ => name.replace('_', ""),
        }
    }

    /// The text of an estate, with fractions of cores written as the hand writes them.
    fn estate(&self, rows: &[Runs]) -> String {
        let row = |cells: &[String]| {
            let cells: Vec<String> = cells.iter().map(|cell| quoted(cell, self.delimiter)).collect();
            cells.join(&self.delimiter.to_string())
        };
        let mut text = if self.title { "Estate of Northwind\n\n".to_owned() } else { String::new() };
        let header: Vec<String> = columns().enumerate().map(|(place, name)| self.header(name, place)).collect();
        writeln!(text, "{}", row(&header)).unwrap();
        for one in rows {
            let names = words(one.metric);
            let decimal = if self.thousands == Some('.') { ",0" } else { ".0" };
            let cores = if self.unit { format!("{}{decimal}", one.cores) } else { one.cores.to_string() };
            let to = one.from.checked_add(jiff::Span::new().days(one.days)).unwrap();
            let mut server = "alpha".to_owned();
            if self.invisible {
                server.push('\u{200b}');
            }
            let cells = [
                server,
                if self.excel { "=\"Intel Xeon Gold 6130\"".to_owned() } else { "Intel Xeon Gold 6130".to_owned() },
                "2".to_owned(),
                "64".to_owned(),
                "emea".to_owned(),
                "vmware".to_owned(),
                format!("vm-{}", one.partition),
                cores,
                "Windows".to_owned(),
                one.product.to_owned(),
                names[self.words.index(names.len())].to_owned(),
                self.day(one.from),
                self.day(to),
            ];
            writeln!(text, "{}", row(&cells)).unwrap();
        }
        if let Some(total) = self.total.filter(|total| !total.is_empty()) {
            let mut cells = vec![String::new(); columns().count()];
            total.clone_into(&mut cells[0]);
            "9999".clone_into(&mut cells[7]);
            writeln!(text, "{}", row(&cells)).unwrap();
        }
        text
    }
}

/// A product in a metric, with its sub-capacity and its full capacity.
type Needs = (String, String, Option<u64>, Option<u64>);

/// What every product of an estate needs, and the issues; the refusal when it cannot be read.
fn needed(text: &str) -> (Vec<Needs>, Vec<Issue>) {
    let mut sources = Sources::default();
    if sources.add("estate.csv", text.as_bytes(), &Limits::PAGE, &mut Unwatched) != TakenAs::Evidence {
        return (Vec::new(), sources.refused);
    }
    let assessment = sources.assess(&Settings::default()).unwrap();
    let products = assessment.products.iter();
    let told =
        products.map(|one| (one.product.clone(), one.metric.name().to_owned(), one.sub_capacity, one.full_capacity));
    (told.collect(), assessment.issues)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_ledger_in_any_hand_grants_what_is_meant_or_an_issue_names_the_row(
        lines in prop::collection::vec(meant(), 1..8), hand in hand(),
    ) {
        let (text, first) = hand.ledger(&lines);
        match list::read::<Entitlement>("ledger.csv", text.as_bytes(), &Limits::PAGE, &mut Unwatched) {
            Err(issue) => prop_assert!(!issue.code.is_empty(), "{text}"),
            Ok((read, issues)) => {
                for (row, line) in (first..).zip(&lines) {
                    let Some(found) = read.iter().find(|known| known.row == row) else {
                        prop_assert!(names_row(&issues, row), "row {row} is lost\n{text}\n{issues:?}");
                        continue;
                    };
                    let same = (found.quantity, found.ss_end) == (line.quantity.into(), line.last)
                        && metric::code(&found.metric) == line.metric
                        && (&found.part_number, &found.product) == (&line.part, &line.product);
                    prop_assert!(same || names_row(&issues, row), "row {row}: {found:?}\n{text}\n{issues:?}");
                }
                let entitled: Decimal = read.iter().map(|line| line.quantity).sum();
                let meant: Decimal = lines.iter().map(|line| Decimal::from(line.quantity)).sum();
                prop_assert!(entitled <= meant, "more than is meant\n{text}");
            }
        }
    }

    #[test]
    fn an_estate_in_any_hand_needs_what_is_meant_or_an_issue_names_a_row(
        rows in prop::collection::vec(runs(), 1..8), hand in hand(),
    ) {
        let plain = Hand { delimiter: ',', thousands: None, days: 0, unit: false, invisible: false, excel: false,
            title: false, total: None, headers: hand.headers.clone(), words: hand.words };
        let (meant, _) = needed(&plain.estate(&rows));
        let text = hand.estate(&rows);
        let (found, issues) = needed(&text);
        let errors = issues.iter().any(|issue| issue.row.is_some() && issue.severity == highwater::model::issue::Severity::Error);
        prop_assert!(found == meant || errors, "{found:?}\n{meant:?}\n{text}\n{issues:?}");
    }

    #[test]
    fn a_column_that_nobody_knows_is_always_named(
        lines in prop::collection::vec(meant(), 1..5), hand in hand(), place in Just(()).prop_flat_map(|()| 0_usize..5),
    ) {
        let (text, first) = Hand { title: false, ..hand }.ledger(&lines);
        let delimiter = text.chars().find(|sign| [',', ';', '\t'].contains(sign)).unwrap();
        let (header, rest) = text.split_once('\n').unwrap();
        let mut columns: Vec<&str> = header.split(delimiter).collect();
        columns[place] = "Qx17";
        let text = format!("{}\n{rest}", columns.join(&delimiter.to_string()));
        if let Ok((read, issues)) = list::read::<Entitlement>("ledger.csv", text.as_bytes(), &Limits::PAGE, &mut Unwatched) {
            let told = issues.iter().any(|issue| issue.code == "columns_not_read" && format!("{issue:?}").contains("Qx17"));
            prop_assert!(told, "{text}\n{issues:?}");
            prop_assert_eq!(read.iter().filter(|line| line.row >= first).count(), read.len());
        }
    }
}
