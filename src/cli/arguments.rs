//! What is asked at the terminal.

use std::ffi::OsString;
use std::num::NonZeroU32;

use jiff::civil::Date;
use lexopt::prelude::*;

use crate::engine::red_hat;
use crate::import::cell::Style;
use crate::model::bundle::Rounding;
use crate::model::day;
use crate::model::order::{Customer, LevelAboveH, LevelByHand};

/// A command with its arguments.
#[derive(Debug)]
pub(super) enum Command {
    Help(Option<String>),
    Version,
    Rate(Rate),
    Assess { files: Vec<OsString>, range: Range, json: bool },
    Explain(Explain),
    Import { file: OsString, json: bool },
    Position(Position),
    Rsvp(Rsvp),
    Bundle(Bundle),
    Agreements { files: Vec<OsString>, on: Option<Date>, json: bool },
}

/// Arguments of `rate`.
#[derive(Debug, Default)]
pub(super) struct Rate {
    pub(super) processor: String,
    pub(super) sockets: Option<NonZeroU32>,
    pub(super) cores_per_chip: Option<NonZeroU32>,
    pub(super) os: String,
    pub(super) cloud: bool,
    pub(super) on: Option<Date>,
    pub(super) json: bool,
}

/// Arguments of `explain`.
#[derive(Debug)]
pub(super) struct Explain {
    pub(super) files: Vec<OsString>,
    pub(super) product: String,
    pub(super) metric: Option<String>,
    pub(super) full: bool,
    pub(super) unbundled: bool,
    pub(super) owned: Owned,
    pub(super) range: Range,
    pub(super) json: bool,
}

/// Arguments of `position`.
#[derive(Debug)]
pub(super) struct Position {
    pub(super) files: Vec<OsString>,
    pub(super) owned: Owned,
    pub(super) range: Range,
    pub(super) json: bool,
}

/// The lists that say what is owned and what covers what, and the day on which to look at them.
#[derive(Clone, Debug, Default)]
pub(super) struct Owned {
    pub(super) entitlements: Vec<OsString>,
    pub(super) aliases: Vec<OsString>,
    pub(super) allocations: Vec<OsString>,
    pub(super) supported: Vec<OsString>,
    pub(super) flexible: Vec<OsString>,
    pub(super) on: Option<Date>,
}

/// Arguments of `rsvp`.
#[derive(Debug)]
pub(super) struct Rsvp {
    pub(super) file: OsString,
    pub(super) anniversary: Option<Date>,
    pub(super) on: Option<Date>,
    pub(super) customer: Customer,
    pub(super) by_hand: Vec<LevelByHand>,
    pub(super) points: Vec<OsString>,
    pub(super) sites: Vec<OsString>,
    pub(super) merge: Option<Merge>,
    pub(super) json: bool,
}

/// The agreement that `rsvp` merges into the one of its orders.
#[derive(Debug)]
pub(super) struct Merge {
    pub(super) file: OsString,
    pub(super) anniversary: Option<Date>,
}

/// Arguments of `bundle`.
#[derive(Debug)]
pub(super) struct Bundle {
    pub(super) file: OsString,
    pub(super) rounding: Rounding,
    pub(super) clusters: Vec<OsString>,
    pub(super) red_hat: Vec<OsString>,
    pub(super) question: red_hat::RedHatQuery,
    pub(super) json: bool,
}

/// The edges of a period that were named.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Range {
    pub(super) from: Option<Date>,
    pub(super) to: Option<Date>,
}

/// Everything any command may be given.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is an option that is there or not")]
struct Given {
    rate: Rate,
    processor: Option<String>,
    files: Vec<OsString>,
    owned: Owned,
    product: Option<String>,
    metric: Option<String>,
    full: bool,
    unbundled: bool,
    range: Range,
    anniversary: Option<Date>,
    customer: Option<Customer>,
    express: bool,
    level: Option<LevelAboveH>,
    level_from: Option<Date>,
    level_reason: String,
    points: Vec<OsString>,
    sites: Vec<OsString>,
    merge: Option<OsString>,
    merge_anniversary: Option<Date>,
    rounding: Rounding,
    clusters: Vec<OsString>,
    red_hat: Vec<OsString>,
    core_pair: Option<NonZeroU32>,
    numbers: Option<Style>,
    json: bool,
    help: bool,
}

impl Given {
    /// The files of an option that names lists, each from a file of its own.
    fn files_of(&mut self, option: &str) -> Option<&mut Vec<OsString>> {
        match option {
            "entitlements" => Some(&mut self.owned.entitlements),
            "aliases" => Some(&mut self.owned.aliases),
            "allocations" => Some(&mut self.owned.allocations),
            "supported" => Some(&mut self.owned.supported),
            "flexible" => Some(&mut self.owned.flexible),
            "clusters" => Some(&mut self.clusters),
            "red-hat" => Some(&mut self.red_hat),
            "points" => Some(&mut self.points),
            "sites" => Some(&mut self.sites),
            _ => None,
        }
    }
}

/// The options of `rsvp`.
const RSVP: &[&str] = &[
    "anniversary",
    "on",
    "kind",
    "express",
    "level",
    "level-from",
    "level-reason",
    "points",
    "sites",
    "merge",
    "merge-anniversary",
    "json",
];

/// Reads the arguments: the command, and how the numbers of its files are written, where that is said.
///
/// # Errors
/// A sentence that says what is wrong with them.
pub(super) fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<(Command, Option<Style>), String> {
    let mut numbers = None;
    command(arguments, &mut numbers).map(|command| (command, numbers))
}

fn command(arguments: impl IntoIterator<Item = OsString>, numbers: &mut Option<Style>) -> Result<Command, String> {
    let mut parser = lexopt::Parser::from_args(arguments);
    let name = match parser.next().map_err(|error| error.to_string())? {
        None | Some(Short('h') | Long("help")) => return Ok(Command::Help(None)),
        Some(Short('V') | Long("version")) => return Ok(Command::Version),
        Some(Value(name)) => name.to_string_lossy().into_owned(),
        Some(other @ (Short(_) | Long(_))) => return Err(other.unexpected().to_string()),
    };
    if name == "help" {
        let topic = parser.value().ok().map(|topic| topic.to_string_lossy().into_owned());
        return Ok(Command::Help(topic));
    }
    let allowed: &[&str] = match name.as_str() {
        "rate" => &["processor", "sockets", "cores-per-chip", "os", "cloud", "on", "json"],
        "assess" => &["from", "to", "json"],
        "explain" => &[
            "product",
            "metric",
            "full",
            "entitlements",
            "aliases",
            "supported",
            "flexible",
            "unbundled",
            "on",
            "from",
            "to",
            "json",
        ],
        "position" => &["entitlements", "aliases", "allocations", "supported", "flexible", "on", "from", "to", "json"],
        "import" => &["json"],
        "bundle" => &["rounding", "clusters", "red-hat", "core-pair", "on", "json"],
        "agreements" => &["on", "json"],
        "rsvp" => RSVP,
        _ => {
            return Err(format!(
                "there is no command '{name}'; there are rate, assess, explain, import, position, rsvp, agreements and bundle"
            ));
        }
    };
    let given = options(&mut parser, allowed)?;
    *numbers = given.numbers;
    if given.help {
        return Ok(Command::Help(Some(name)));
    }
    let files = |most: usize| match given.files.as_slice() {
        [] => Err(format!("'{name}' needs a file")),
        files if files.len() > most => Err(format!("'{name}' takes one file, not {}", files.len())),
        files => Ok(files.to_vec()),
    };
    match name.as_str() {
        "rate" => {
            if let Some(extra) = given.files.first() {
                return Err(format!("'rate' takes no file, and '{}' is none of its options", extra.to_string_lossy()));
            }
            let processor = given.processor.ok_or("'rate' needs --processor TEXT")?;
            Ok(Command::Rate(Rate { processor, json: given.json, ..given.rate }))
        }
        "assess" => Ok(Command::Assess { files: files(usize::MAX)?, range: given.range, json: given.json }),
        "explain" => Ok(Command::Explain(Explain {
            files: files(usize::MAX)?,
            product: given.product.clone().ok_or("'explain' needs --product NAME")?,
            metric: given.metric,
            full: given.full,
            unbundled: given.unbundled,
            owned: Owned { on: given.rate.on, ..given.owned.clone() },
            range: given.range,
            json: given.json,
        })),
        "position" => Ok(Command::Position(Position {
            files: files(usize::MAX)?,
            owned: Owned { on: given.rate.on, ..given.owned.clone() },
            range: given.range,
            json: given.json,
        })),
        "agreements" => Ok(Command::Agreements { files: files(usize::MAX)?, on: given.rate.on, json: given.json }),
        "rsvp" => rsvp(only(files(1)?), given).map(Command::Rsvp),
        "bundle" => {
            let question = red_hat::RedHatQuery { on: given.rate.on, cores_per_core_pair: given.core_pair };
            let (clusters, red_hat) = (given.clusters.clone(), given.red_hat.clone());
            let file = only(files(1)?);
            Ok(Command::Bundle(Bundle {
                file,
                rounding: given.rounding,
                clusters,
                red_hat,
                question,
                json: given.json,
            }))
        }
        _ => Ok(Command::Import { file: only(files(1)?), json: given.json }),
    }
}

/// The one file of a command that takes one.
fn only(files: Vec<OsString>) -> OsString {
    files.into_iter().next().unwrap_or_default()
}

fn rsvp(file: OsString, given: Given) -> Result<Rsvp, String> {
    let customer = match (given.customer, given.express) {
        (None | Some(Customer::Commercial), true) => Customer::Express,
        (Some(_), true) => {
            return Err("Express has one level: '--kind' cannot stand beside '--express'".to_owned());
        }
        (customer, false) => customer.unwrap_or_default(),
    };
    let by_hand = match (given.level, given.level_from) {
        (Some(_), Some(_)) if customer != Customer::Commercial => {
            return Err(format!("{} prices have one level: '--level' cannot stand beside them", customer.name()));
        }
        (Some(level), Some(from)) => {
            vec![LevelByHand {
                file: String::new(),
                row: 0,
                level,
                from,
                reason: given.level_reason,
                agreement: String::new(),
            }]
        }
        (None, None) => Vec::new(),
        _ => return Err("'--level I' or '--level J' and '--level-from DATE' need each other".to_owned()),
    };
    let merge = match (given.merge, given.merge_anniversary) {
        (Some(file), anniversary) => Some(Merge { file, anniversary }),
        (None, None) => None,
        (None, Some(_)) => return Err("'--merge-anniversary' needs '--merge FILE' beside it".to_owned()),
    };
    if merge.is_some() && !given.sites.is_empty() {
        return Err(
            "merging looks at levels, which no site changes: '--sites' cannot stand beside '--merge'".to_owned()
        );
    }
    let Given { anniversary, points, sites, json, .. } = given;
    Ok(Rsvp { file, anniversary, on: given.rate.on, customer, by_hand, points, sites, merge, json })
}

fn options(parser: &mut lexopt::Parser, allowed: &[&str]) -> Result<Given, String> {
    let mut given = Given::default();
    while let Some(argument) = parser.next().map_err(|error| error.to_string())? {
        let option = match argument {
            Value(file) => {
                given.files.push(file);
                continue;
            }
            Short('h') => "help".to_owned(),
            Short(other) => return Err(format!("there is no option '-{other}'")),
            Long(option) => option.to_owned(),
        };
        if option == "help" {
            given.help = true;
            return Ok(given);
        }
        // Every command that reads files may be told how their numbers are written.
        let reads_files = !allowed.contains(&"processor");
        if !(allowed.contains(&option.as_str()) || reads_files && option == "numbers") {
            let numbers = if reads_files { ", --numbers" } else { "" };
            return Err(format!("there is no option '--{option}' here; there are --{}{numbers}", allowed.join(", --")));
        }
        // A path need not be a text.
        let mut path = || parser.value().map_err(|_| format!("'--{option}' needs a value"));
        if let Some(files) = given.files_of(&option) {
            files.push(path()?);
            continue;
        }
        if option == "merge" {
            given.merge = Some(path()?);
            continue;
        }
        let mut value = || path().map(|value| value.to_string_lossy().trim().to_owned());
        match option.as_str() {
            "json" => given.json = true,
            "cloud" => given.rate.cloud = true,
            "full" => given.full = true,
            "processor" => given.processor = Some(value()?),
            "os" => given.rate.os = value()?,
            "sockets" => given.rate.sockets = Some(count(&option, &value()?)?),
            "cores-per-chip" => given.rate.cores_per_chip = Some(count(&option, &value()?)?),
            "product" => given.product = Some(value()?),
            "metric" => given.metric = Some(value()?),
            "unbundled" => given.unbundled = true,
            "core-pair" => given.core_pair = Some(count(&option, &value()?)?),
            "express" => given.express = true,
            "numbers" => {
                given.numbers = Some(match value()?.to_ascii_lowercase().as_str() {
                    "de" => Style::Comma,
                    "en" => Style::Point,
                    other => {
                        return Err(format!(
                            "'{other}' is no way to write numbers; there are de (1.234,5) and en (1,234.5)"
                        ));
                    }
                });
            }
            "rounding" => {
                let text = value()?;
                let unknown = format!("'{text}' is no place to round at; there are each and once");
                given.rounding = Rounding::parse(&text).ok_or(unknown)?;
            }
            "kind" => {
                let text = value()?;
                let customer = Customer::parse(&text).filter(|customer| *customer != Customer::Express);
                let unknown = format!("'{text}' is no kind; there are commercial, government and academic");
                given.customer = Some(customer.ok_or(unknown)?);
            }
            "level" => {
                let text = value()?;
                let unknown = format!("'{text}' is no level to be set by hand; there are I and J");
                given.level = Some(LevelAboveH::parse(&text).ok_or(unknown)?);
            }
            "level-from" => given.level_from = Some(day_of(&option, &value()?)?),
            "level-reason" => given.level_reason = value()?,
            "merge-anniversary" => given.merge_anniversary = Some(day_of(&option, &value()?)?),
            "anniversary" => given.anniversary = Some(day_of(&option, &value()?)?),
            "on" => given.rate.on = Some(day_of(&option, &value()?)?),
            "from" => given.range.from = Some(day_of(&option, &value()?)?),
            _ => given.range.to = Some(day_of(&option, &value()?)?),
        }
    }
    Ok(given)
}

fn day_of(option: &str, text: &str) -> Result<Date, String> {
    day::parse(text).ok_or(format!("'--{option} {text}' is no day; write it as 2026-11-21"))
}

fn count(option: &str, text: &str) -> Result<NonZeroU32, String> {
    text.parse().map_err(|_| format!("'--{option} {text}' is not a whole number above 0"))
}
