//! Random estates: small, and full of everything that the semantics have a word about. Each is made from a number, so
//! that a failure can be repeated, and the same estates can be written out for a check in another language.

use jiff::civil::Date;
use jiff::{Span, ToSpan};
use proptest::prelude::Rng;
use proptest::test_runner::{RngAlgorithm, TestRng};

use super::count::Choices;
use super::rates::PROCESSORS;

/// The columns in the order in which [`Sheet::rows`] holds them.
pub(crate) const COLUMNS: [&str; 17] = [
    "server",
    "processor",
    "sockets",
    "cores",
    "region",
    "technology",
    "partition",
    "partition_cores",
    "os",
    "product",
    "metric",
    "from",
    "to",
    "environment",
    "excluded_reason",
    "pool",
    "pool_cores",
];

/// The cells of one row, by [`COLUMNS`].
pub(crate) type Cells = [String; COLUMNS.len()];

/// The index of a column.
pub(crate) fn column(name: &str) -> usize {
    COLUMNS.iter().position(|column| *column == name).unwrap()
}

/// A template before it is text.
#[derive(Clone, Debug)]
pub(crate) struct Sheet {
    pub(crate) rows: Vec<Cells>,
    /// The columns in the order of the file.
    order: Vec<usize>,
    delimiter: u8,
    byte_order_mark: bool,
    upper_case_headers: bool,
}

impl Sheet {
    /// These rows, written in the usual way.
    pub(crate) fn new(rows: Vec<Cells>) -> Self {
        let order = (0..COLUMNS.len()).collect();
        Self { rows, order, delimiter: b',', byte_order_mark: false, upper_case_headers: false }
    }

    /// The same rows written in the usual way.
    pub(crate) fn plain(&self) -> Self {
        Self::new(self.rows.clone())
    }

    /// The same columns and manner with other rows.
    pub(crate) fn with_rows(&self, rows: Vec<Cells>) -> Self {
        Self { rows, ..self.clone() }
    }

    /// The text of the file.
    pub(crate) fn text(&self) -> String {
        let mut writer = csv::WriterBuilder::new().delimiter(self.delimiter).from_writer(Vec::new());
        let header = |index: &usize| {
            let name = COLUMNS[*index];
            if self.upper_case_headers { name.to_uppercase() } else { name.to_owned() }
        };
        writer.write_record(self.order.iter().map(header)).unwrap();
        for row in &self.rows {
            writer.write_record(self.order.iter().map(|index| &row[*index])).unwrap();
        }
        let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
        if self.byte_order_mark { format!("\u{feff}{text}") } else { text }
    }
}

/// A random estate, and what its user has set.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    pub(crate) number: u64,
    pub(crate) sheet: Sheet,
    pub(crate) choices: Choices,
}

/// The numbers of the estates to test: 500 from 0, or as many as `HIGHWATER_CASES` says, from `HIGHWATER_SEED`.
pub(crate) fn numbers() -> std::ops::Range<u64> {
    let setting = |name: &str, usual: u64| std::env::var(name).map_or(usual, |text| text.parse().unwrap());
    let first = setting("HIGHWATER_SEED", 0);
    first..first + setting("HIGHWATER_CASES", 500)
}

/// Chance, made from a number.
pub(crate) struct Dice(TestRng);

impl Dice {
    pub(crate) fn new(number: u64) -> Self {
        let mut seed = [7; 32];
        seed[..8].copy_from_slice(&number.to_le_bytes());
        Self(TestRng::from_seed(RngAlgorithm::ChaCha, &seed))
    }

    /// One of 0 to `sides - 1`.
    pub(crate) fn below(&mut self, sides: usize) -> usize {
        usize::try_from(self.0.next_u64() % u64::try_from(sides).unwrap()).unwrap()
    }

    /// True so many times in a hundred.
    fn percent(&mut self, chance: usize) -> bool {
        self.below(100) < chance
    }

    fn one_of<'a, T: ?Sized>(&mut self, choices: &[&'a T]) -> &'a T {
        choices[self.below(choices.len())]
    }

    /// The same things in another order.
    pub(crate) fn shuffled<T>(&mut self, mut things: Vec<T>) -> Vec<T> {
        for index in (1..things.len()).rev() {
            let other = self.below(index + 1);
            things.swap(index, other);
        }
        things
    }
}

/// What the rows of one server mostly say.
struct Server {
    name: String,
    processor: &'static str,
    sockets: &'static str,
    cores: String,
    region: &'static str,
    technology: &'static str,
    partitions: usize,
}

/// How often something is out of the ordinary, in a hundred.
struct Temper {
    /// A fact of the server that differs from its other rows, or is blank.
    unsteady: usize,
    /// A cell that is not what its column asks for.
    bad: usize,
    /// A technology that is not the server's usual one.
    mixed: usize,
}

const TECHNOLOGIES: [&str; 14] = [
    "vmware",
    "none",
    "powervm-capped",
    "powervm-uncapped",
    "powervm-dedicated",
    "container",
    "cloud",
    "unknown",
    "hyper-v",
    "kvm",
    "ahv",
    "xen",
    "zvm",
    "solaris-zone",
];
const SOCKETS: [&str; 7] = ["", "1", "2", "2", "3", "4", "8"];
const REGIONS: [&str; 8] = ["americas", "emea", "emea", "apac", "", "EMEA", " Apac ", "unknown"];
const SYSTEMS: [&str; 8] =
    ["AIX 7.3", "AIX 7.3", "Red Hat Enterprise Linux 9", "SLES 15", "", "Windows Server 2022", "IBM i 7.5", "ubuntu"];
const PRODUCTS: [&str; 5] = ["IBM MQ", "Db2, Standard Edition", "ibm mq", "WebSphere \"ND\"", "Äußere Füllung"];
const METRICS: [&str; 8] =
    ["PVU", "PVU", "pvu", "VPC", "RVU", "", "PROCESSOR_VALUE_UNIT", "Rdzeń procesora wirtualnego"];
const WHOLE: [&str; 8] = ["0", "1", "1", "2", "3", "4", "6", "12"];
const FRACTIONS: [&str; 8] = ["0.1", "0.25", "0.5", "0.7", "1.5", "1.75", "2.05", "3"];

/// The estate with this number.
pub(crate) fn estate(number: u64) -> Case {
    let mut dice = Dice::new(number);
    let temper = match dice.below(3) {
        0 => Temper { unsteady: 0, bad: 0, mixed: 0 },
        1 => Temper { unsteady: 10, bad: 2, mixed: 15 },
        _ => Temper { unsteady: 35, bad: 8, mixed: 50 },
    };
    let first = jiff::civil::date(2025, 1, 1) + days(dice.below(365));
    let length = 5 + dice.below(36);
    let undated = dice.percent(4);
    let products: Vec<(&str, &str)> =
        (0..=dice.below(3)).map(|_| (dice.one_of(&PRODUCTS), dice.one_of(&METRICS))).collect();
    let servers: Vec<Server> = (0..=dice.below(4)).map(|index| server(&mut dice, index)).collect();

    let mut rows = Vec::new();
    for server in &servers {
        for partition in 0..server.partitions {
            for _ in 0..=dice.below(3) {
                let mut row = row(&mut dice, &temper, server, partition, &products);
                if !undated {
                    put_dates(&mut dice, &mut row, first, length);
                }
                let again = dice.percent(15).then(|| overlap(&mut dice, &row));
                rows.push(row);
                rows.extend(again);
            }
        }
    }
    for row in &mut rows {
        if dice.percent(temper.bad * 3) {
            spoil(&mut dice, row);
        }
    }

    let edge = |dice: &mut Dice| dice.percent(15).then(|| first + days(dice.below(length + 6)) - days(3));
    let choices = Choices { from: edge(&mut dice), to: edge(&mut dice), round_each_partition: dice.percent(25) };
    let mut sheet = Sheet::new(dice.shuffled(rows));
    if dice.percent(20) {
        sheet.order = dice.shuffled(sheet.order);
        sheet.delimiter = *dice.one_of(&[&b',', &b';', &b'\t']);
        sheet.byte_order_mark = dice.percent(50);
        sheet.upper_case_headers = dice.percent(50);
    }
    Case { number, sheet, choices }
}

fn server(dice: &mut Dice, index: usize) -> Server {
    let technology = TECHNOLOGIES[dice.below(TECHNOLOGIES.len())];
    let processor = if technology.starts_with("powervm") && dice.percent(80) {
        PROCESSORS[6 + dice.below(5)].spellings[0]
    } else {
        let spellings = PROCESSORS[dice.below(PROCESSORS.len())].spellings;
        spellings[dice.below(spellings.len())]
    };
    Server {
        name: if dice.percent(5) { "SRV-0".to_owned() } else { format!("srv-{index}") },
        processor,
        sockets: dice.one_of(&SOCKETS),
        cores: if dice.percent(12) { String::new() } else { (1 + dice.below(16)).to_string() },
        region: dice.one_of(&REGIONS),
        technology,
        partitions: 1 + dice.below(5),
    }
}

fn row(dice: &mut Dice, temper: &Temper, server: &Server, partition: usize, products: &[(&str, &str)]) -> Cells {
    let mut cells = Cells::default();
    let mut put = |name: &str, text: &str| text.clone_into(&mut cells[column(name)]);
    put("server", &server.name);
    put("processor", if dice.percent(temper.unsteady) { other_processor(dice) } else { server.processor });
    put("sockets", if dice.percent(temper.unsteady) { dice.one_of(&SOCKETS) } else { server.sockets });
    let cores = if dice.percent(temper.unsteady) { dice.one_of(&["", "2", "5", "24"]) } else { &server.cores };
    put("cores", cores);
    put("region", if dice.percent(temper.unsteady) { dice.one_of(&REGIONS) } else { server.region });

    let mixed = dice.percent(temper.mixed);
    let technology = if mixed { TECHNOLOGIES[dice.below(TECHNOLOGIES.len())] } else { server.technology };
    put("technology", &noisy(dice, technology));
    if technology != "none" || dice.percent(10) {
        put("partition", &format!("lpar{partition}"));
    }
    let fractions = matches!(technology, "powervm-capped" | "container") || dice.percent(4);
    let cores = if fractions { dice.one_of(&FRACTIONS) } else { dice.one_of(&WHOLE) };
    if !(matches!(technology, "none" | "container") && dice.percent(60)) {
        put("partition_cores", cores);
    }
    if technology.starts_with("powervm") && dice.percent(55) || dice.percent(3) {
        put("pool", dice.one_of(&["a", "a", "b", "B"]));
        put("pool_cores", dice.one_of(&["", "1", "2", "2.5", "4", "0.75", "9"]));
    }
    put("os", dice.one_of(&SYSTEMS));
    let (product, metric) = products[dice.below(products.len())];
    put("product", product);
    put("metric", if dice.percent(temper.mixed / 3) { dice.one_of(&METRICS) } else { metric });
    put("environment", dice.one_of(&["", "production", "test"]));
    if dice.percent(10) {
        put("excluded_reason", "disaster recovery");
    }
    // A blank technology is one too: of the server itself, or not known.
    if dice.percent(temper.mixed / 8) {
        put("technology", "");
    }
    cells
}

fn other_processor(dice: &mut Dice) -> &'static str {
    if dice.percent(30) { "" } else { PROCESSORS[dice.below(PROCESSORS.len())].spellings[0] }
}

/// The same token as people type it.
fn noisy(dice: &mut Dice, token: &str) -> String {
    match dice.below(12) {
        0 => token.to_uppercase(),
        1 => format!(" {token}  "),
        _ => token.to_owned(),
    }
}

fn put_dates(dice: &mut Dice, row: &mut Cells, first: Date, length: usize) {
    let (one, other) = (dice.below(length), dice.below(length));
    let (from, to) = if dice.percent(30) { (0, length - 1) } else { (one.min(other), one.max(other)) };
    for (name, day) in [("from", from), ("to", to)] {
        if !dice.percent(12) {
            row[column(name)] = (first + days(day)).to_string();
        }
    }
}

/// A second row of the same partition, which differs a little.
fn overlap(dice: &mut Dice, row: &Cells) -> Cells {
    let mut again = row.clone();
    let mut put = |name: &str, text: &str| text.clone_into(&mut again[column(name)]);
    match dice.below(6) {
        0 => put("partition_cores", dice.one_of(&WHOLE)),
        1 => put("os", dice.one_of(&SYSTEMS)),
        2 => put("technology", dice.one_of(&TECHNOLOGIES)),
        3 => put("pool", dice.one_of(&["", "a", "b"])),
        4 => put("excluded_reason", "test"),
        _ => {}
    }
    again
}

/// Puts something into a cell that does not belong there.
fn spoil(dice: &mut Dice, row: &mut Cells) {
    let (name, text) = *dice.one_of(&[
        &("server", " "),
        &("sockets", "two"),
        &("sockets", "0"),
        &("cores", "many"),
        &("cores", "0"),
        &("cores", "-8"),
        &("region", "atlantis"),
        &("technology", "docker"),
        &("partition", ""),
        &("partition_cores", "a few"),
        &("partition_cores", "-1"),
        &("partition_cores", ""),
        &("product", ""),
        &("metric", "users"),
        &("from", "2025-02-30"),
        &("to", "soon"),
        &("to", "2019-12-31"),
        &("pool_cores", "all"),
    ]);
    text.clone_into(&mut row[column(name)]);
}

/// So many days.
pub(crate) fn days(count: usize) -> Span {
    i64::try_from(count).unwrap().days()
}
