//! What is asked at the terminal. The comments on commands and options are what `--help` says of them.

use std::ffi::OsString;
use std::iter::once;
use std::num::NonZeroU32;

use clap::error::ErrorKind;
use clap::{Args, Parser, Subcommand, ValueHint};
use clap_complete::Shell;
use jiff::civil::Date;

use super::{help, values};
use crate::engine::red_hat;
use crate::engine::renewal::MOST_YEARS;
use crate::import::cell::Style;
use crate::model::bundle::Rounding;
use crate::model::list::SharedLines;
use crate::model::order::{Customer, LevelAboveH, LevelByHand};

/// The name of the program, in its help and for shells.
pub(super) const NAME: &str = "highwater";

/// What an IBM Passport Advantage estate needs, with every number explained.
#[derive(Debug, Parser)]
#[command(name = NAME, version, after_help = help::OVERVIEW, args_override_self = true)]
pub(super) struct Cli {
    #[command(subcommand)]
    pub(super) command: CliCommand,
}

/// A command with its arguments.
#[derive(Debug, Subcommand)]
pub(super) enum CliCommand {
    /// The PVU per core of a processor, and the row of the table that says so.
    Rate(RateArguments),
    /// Full capacity and sub-capacity of every product, at their peaks.
    #[command(after_help = help::ASSESS)]
    Assess(AssessArguments),
    /// How one of these numbers comes about, step by step.
    #[command(after_help = help::EXPLAIN)]
    Explain(ExplainArguments),
    /// What a file was recognised as, and every row that was left out and why.
    #[command(after_help = help::IMPORT)]
    Import(ImportArguments),
    /// What is entitled less what is needed, per product: shortfall or surplus.
    #[command(after_help = help::POSITION)]
    Position(PositionArguments),
    /// The volume level of every order and term, and the next anniversary.
    #[command(after_help = help::RSVP)]
    Rsvp(RsvpArguments),
    /// Each agreement with its anniversary, its level, and when IBM may set it inactive.
    #[command(after_help = help::AGREEMENTS)]
    Agreements(AgreementsArguments),
    /// What components use of their bundles and Cloud Paks, by the ratios of the licence texts.
    #[command(after_help = help::BUNDLE)]
    Bundle(BundleArguments),
    /// What renewals will cost, line by line and year by year: low, expected and high.
    #[command(after_help = help::FORECAST)]
    Forecast(ForecastArguments),
    /// What a price list has, and what changed since an older one.
    #[command(after_help = help::PRICES)]
    Prices(PricesArguments),
    /// What a shell needs to complete commands, options and their values.
    #[command(after_help = help::COMPLETIONS)]
    Completions {
        /// The shell that completes.
        shell: Shell,
    },
}

/// Arguments of `rate`.
#[derive(Args, Debug)]
pub(super) struct RateArguments {
    /// Brand string ('Intel(R) Xeon(R) CPU E5-2690 v4 @ 2.60GHz'), IBM model ('IBM POWER9 E980'), a row name of IBM's
    /// table, or a family alone ('AMD EPYC').
    #[arg(long, value_name = "TEXT", value_parser = values::text(), allow_hyphen_values = true)]
    pub(super) processor: String,
    /// The most sockets that the server can hold, not those in use; without it the highest tier of the family counts,
    /// as IBM's tool does.
    #[arg(long, value_name = "N", value_parser = values::count(), allow_hyphen_values = true)]
    pub(super) sockets: Option<NonZeroU32>,
    /// Operating system; a POWER core under Linux has a rate of its own.
    #[arg(long, value_name = "NAME", value_parser = values::text(), allow_hyphen_values = true)]
    pub(super) os: Option<String>,
    /// The server is a virtual machine in an eligible public cloud.
    #[arg(long)]
    pub(super) cloud: bool,
    /// Add a note when the row of the table is younger than that day; it changes no number.
    #[arg(long, value_name = "DATE", value_parser = values::day(), allow_hyphen_values = true)]
    pub(super) on: Option<Date>,
    /// For old processors whose rate depends on it, when the list of processors does not know.
    #[arg(long, value_name = "N", value_parser = values::count(), allow_hyphen_values = true)]
    pub(super) cores_per_chip: Option<NonZeroU32>,
    /// Answer in JSON.
    #[arg(long)]
    pub(super) json: bool,
}

/// Arguments of `assess`.
#[derive(Args, Debug)]
pub(super) struct AssessArguments {
    /// Audit snapshots, daily files of IBM License Service, estate templates or workspaces.
    #[arg(required = true, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(super) files: Vec<OsString>,
    #[command(flatten)]
    pub(super) range: Range,
    #[command(flatten)]
    pub(super) form: OutputArguments,
}

/// Arguments of `explain`.
#[derive(Args, Debug)]
pub(super) struct ExplainArguments {
    /// As in 'assess'; a list of parts of bundles alone is enough for its bundles.
    #[arg(required = true, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(super) files: Vec<OsString>,
    /// Exactly as 'assess', 'position' or 'bundle' prints it: a product, a Cloud Pak, a bundle, a component.
    #[arg(long, value_name = "NAME", value_parser = values::text(), allow_hyphen_values = true)]
    pub(super) product: String,
    /// Where a name is counted in several: a code (VPC) or the name in full ('Virtual Processor Core').
    #[arg(long, value_parser = values::text(), allow_hyphen_values = true)]
    pub(super) metric: Option<String>,
    /// Explain full capacity instead of sub-capacity.
    #[arg(long)]
    pub(super) full: bool,
    /// Explain the number as if nothing were covered.
    #[arg(long)]
    pub(super) unbundled: bool,
    #[command(flatten)]
    pub(super) owned: Owned,
    #[command(flatten)]
    pub(super) range: Range,
    #[command(flatten)]
    pub(super) form: OutputArguments,
}

/// Arguments of `import`.
#[derive(Args, Debug)]
pub(super) struct ImportArguments {
    /// Any file that the other commands read.
    #[arg(value_hint = ValueHint::FilePath)]
    pub(super) file: OsString,
    #[command(flatten)]
    pub(super) form: OutputArguments,
}

/// Arguments of `position`.
#[derive(Args, Debug)]
pub(super) struct PositionArguments {
    /// As in 'assess'; ledgers of entitlements and other lists may stand among them.
    #[arg(required = true, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(super) files: Vec<OsString>,
    #[command(flatten)]
    pub(super) owned: Owned,
    /// To whom rights are given: a list with the columns product, department, quantity, and optional metric (blank is
    /// the only one in which the product is entitled), site and note; each line gets what the lines before it leave,
    /// and more than is entitled is an error.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, allow_hyphen_values = true)]
    pub(super) allocations: Vec<OsString>,
    #[command(flatten)]
    pub(super) range: Range,
    #[command(flatten)]
    pub(super) form: OutputArguments,
}

/// The lists that say what is owned and what covers what, and the day on which to look at them.
#[derive(Args, Debug)]
pub(super) struct Owned {
    /// A ledger of entitlements; the option may be given again, and a ledger may also stand among the files.
    #[arg(long, value_name = "RIGHTS", value_hint = ValueHint::FilePath, allow_hyphen_values = true)]
    pub(super) entitlements: Vec<OsString>,
    /// Which owned product counts for which needed one: a list with the columns name, product and reason.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, allow_hyphen_values = true)]
    pub(super) aliases: Vec<OsString>,
    /// Which principal covers which supporting program, so that it needs nothing of its own: a list with the columns
    /// product, principal, reason, and optional counts (yes or no: whether what it needs counts against the principal).
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, allow_hyphen_values = true)]
    pub(super) supported: Vec<OsString>,
    /// Which component draws on the pool of which Flexible Bundle: a list with the columns bundle, component, points
    /// (for one unit, from your agreement), and optional metric (blank is PVU) and quantity (for what no file
    /// measures).
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, allow_hyphen_values = true)]
    pub(super) flexible: Vec<OsString>,
    /// Look at the rights of that day: later orders do not count, and terms that are over do not; without it, terms
    /// must not be over on the last day of the period.
    #[arg(long, value_name = "DATE", value_parser = values::day(), allow_hyphen_values = true)]
    pub(super) on: Option<Date>,
}

/// Arguments of `rsvp`.
#[derive(Args, Debug)]
pub(super) struct RsvpArguments {
    /// A list of orders.
    #[arg(value_name = "ORDERS", value_hint = ValueHint::FilePath)]
    pub(super) file: OsString,
    /// Day and month of the anniversary; without it, it follows the first order: the first day after the twelfth full
    /// month.
    #[arg(long, value_name = "DATE", value_parser = values::day(), allow_hyphen_values = true)]
    pub(super) anniversary: Option<Date>,
    /// Look at that day; later orders are listed and not counted; without it, the day of the last order.
    #[arg(long, value_name = "DATE", value_parser = values::day(), allow_hyphen_values = true)]
    pub(super) on: Option<Date>,
    /// Government and academic sites have prices of their own, whatever their points.
    #[arg(long, value_parser = values::kind(), allow_hyphen_values = true)]
    kind: Option<Customer>,
    /// Passport Advantage Express: always the base level.
    #[arg(long)]
    express: bool,
    /// Fills points that are blank: those of the part times the quantity.
    #[arg(long, value_hint = ValueHint::FilePath, allow_hyphen_values = true)]
    pub(super) points: Vec<OsString>,
    /// Sites with prices of their own: their orders are GV or ED, and their points count for the others.
    #[arg(long, value_hint = ValueHint::FilePath, allow_hyphen_values = true)]
    pub(super) sites: Vec<OsString>,
    #[command(flatten)]
    by_hand: Option<ByHandArguments>,
    /// Why that level holds.
    #[arg(long, value_name = "TEXT", value_parser = values::text(), allow_hyphen_values = true)]
    level_reason: Option<String>,
    #[command(flatten)]
    pub(super) merge: Option<MergeArguments>,
    #[command(flatten)]
    pub(super) form: OutputArguments,
}

/// The level that `rsvp` is told.
#[derive(Args, Debug)]
struct ByHandArguments {
    /// A level above H, which no points earn: it holds from the day of --level-from to the next anniversary, and then
    /// falls by one step at a time, as any other.
    #[arg(
        long,
        required = false,
        requires = "level_from",
        conflicts_with = "express",
        value_parser = values::level(),
        allow_hyphen_values = true
    )]
    level: LevelAboveH,
    /// The first day of that level.
    #[arg(
        long,
        value_name = "DATE",
        required = false,
        requires = "level",
        value_parser = values::day(),
        allow_hyphen_values = true
    )]
    level_from: Date,
}

/// The agreement that `rsvp` merges into the one of its orders.
#[derive(Args, Debug)]
pub(super) struct MergeArguments {
    /// What if the agreement with the orders of OTHER were merged into this one: both by themselves, and together under
    /// this one's anniversary, all on one day; merging looks at levels, which no site changes.
    #[arg(
        long = "merge",
        id = "merge",
        value_name = "OTHER",
        value_hint = ValueHint::FilePath,
        required = false,
        conflicts_with = "sites",
        allow_hyphen_values = true
    )]
    pub(super) file: OsString,
    /// Day and month of the anniversary of OTHER; without it, it follows its own first order.
    #[arg(
        long = "merge-anniversary",
        id = "merge_anniversary",
        value_name = "DATE",
        requires = "merge",
        value_parser = values::day(),
        allow_hyphen_values = true
    )]
    pub(super) anniversary: Option<Date>,
}

/// Arguments of `agreements`.
#[derive(Args, Debug)]
pub(super) struct AgreementsArguments {
    /// Lists of agreements, sites, orders or entitlements, or workspaces.
    #[arg(required = true, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(super) files: Vec<OsString>,
    /// Look at that day; later orders are listed and not counted; without it, the day of the last order.
    #[arg(long, value_name = "DATE", value_parser = values::day(), allow_hyphen_values = true)]
    pub(super) on: Option<Date>,
    #[command(flatten)]
    pub(super) form: OutputArguments,
}

/// Arguments of `bundle`.
#[derive(Args, Debug)]
pub(super) struct BundleArguments {
    /// A list of parts of bundles.
    #[arg(value_name = "PARTS", value_hint = ValueHint::FilePath)]
    pub(super) file: OsString,
    /// With 'each' every component is rounded up, then they are added, as the License Metric Tool shows it; with 'once'
    /// they are added exactly, then rounded up once for the bundle, as the License Service does; without it, each.
    #[arg(long, value_name = "PLACE", value_parser = values::rounding(), allow_hyphen_values = true)]
    rounding: Option<Rounding>,
    /// Cores of OpenShift clusters and whose work they do: a list with the columns cluster, bundle (blank is other
    /// work) and cores; what comes with a bundle covers its own workload only.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, allow_hyphen_values = true)]
    pub(super) clusters: Vec<OsString>,
    /// The ledger of Red Hat's subscriptions; units are never added to each other.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, allow_hyphen_values = true)]
    pub(super) red_hat: Vec<OsString>,
    /// Take a core pair for N cores, and compare; no source confirms any number.
    #[arg(long, value_name = "N", value_parser = values::count(), allow_hyphen_values = true)]
    core_pair: Option<NonZeroU32>,
    /// Subscriptions in force on that day; without it, all of them.
    #[arg(long, value_name = "DATE", value_parser = values::day(), allow_hyphen_values = true)]
    on: Option<Date>,
    #[command(flatten)]
    pub(super) form: OutputArguments,
}

/// Arguments of `forecast`.
#[derive(Args, Debug)]
pub(super) struct ForecastArguments {
    /// As in 'agreements': agreements, sites, orders, points of parts, workspaces; other lists may stand among them.
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(super) files: Vec<OsString>,
    /// A ledger of entitlements, as in 'position', with the part that renews each line where it is
    /// another one.
    #[arg(long, value_name = "RIGHTS", value_hint = ValueHint::FilePath, allow_hyphen_values = true)]
    pub(super) entitlements: Vec<OsString>,
    /// Which owned product counts for which needed one, as in 'position'.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, allow_hyphen_values = true)]
    pub(super) aliases: Vec<OsString>,
    /// A price file; FILE@2027-01-01 is one of prices that begin on that day. The option may be given again: of prices
    /// that begin on one day those of the later file hold.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, allow_hyphen_values = true)]
    pub(super) prices: Vec<OsString>,
    /// What is assumed: a list with the columns name, scope, from, low, expected, high and reason.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, allow_hyphen_values = true)]
    pub(super) assumptions: Vec<OsString>,
    /// What is decided: a list with the columns product, decision, and what the decision needs.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, allow_hyphen_values = true)]
    pub(super) decisions: Vec<OsString>,
    /// To the end of how many years after that of the day of the forecast, 1 to 5; without it, 5.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(i16).range(1..=5), allow_hyphen_values = true)]
    years: Option<i16>,
    /// Write a workbook with formulas to that file too.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, allow_hyphen_values = true)]
    pub(super) xlsx: Option<OsString>,
    /// The day of the forecast; without it, today.
    #[arg(long, value_name = "DATE", value_parser = values::day(), allow_hyphen_values = true)]
    pub(super) on: Option<Date>,
    #[command(flatten)]
    pub(super) form: OutputArguments,
}

/// Arguments of `prices`.
#[derive(Args, Debug)]
pub(super) struct PricesArguments {
    /// A price file; FILE@2027-01-01 is one of prices that begin on that day.
    #[arg(value_hint = ValueHint::FilePath)]
    pub(super) file: OsString,
    /// The older price file.
    #[arg(long, value_name = "OLD", value_hint = ValueHint::FilePath, allow_hyphen_values = true)]
    pub(super) against: Option<OsString>,
    #[command(flatten)]
    pub(super) form: OutputArguments,
}

/// The edges of a period that were named.
#[derive(Args, Clone, Copy, Debug)]
pub(super) struct Range {
    /// First day of the period, included; without it, the earliest day in the files.
    #[arg(long, value_name = "DATE", value_parser = values::day(), allow_hyphen_values = true)]
    pub(super) from: Option<Date>,
    /// Last day of the period, included; without it, the latest day in the files.
    #[arg(long, value_name = "DATE", value_parser = values::day(), allow_hyphen_values = true)]
    pub(super) to: Option<Date>,
}

/// The form of what is read and of the answer.
#[derive(Args, Clone, Copy, Debug)]
pub(super) struct OutputArguments {
    /// How numbers are written in columns where nothing else in the file tells: de (1.234,5) or en (1,234.5).
    #[arg(long, value_name = "STYLE", value_parser = values::numbers(), allow_hyphen_values = true)]
    numbers: Option<Style>,
    /// Answer in JSON.
    #[arg(long)]
    pub(super) json: bool,
}

impl CliCommand {
    /// How the numbers of its files are written, where that is said.
    pub(super) fn numbers(&self) -> Option<Style> {
        match self {
            Self::Rate(_) | Self::Completions { .. } => None,
            Self::Assess(AssessArguments { form, .. })
            | Self::Explain(ExplainArguments { form, .. })
            | Self::Import(ImportArguments { form, .. })
            | Self::Position(PositionArguments { form, .. })
            | Self::Rsvp(RsvpArguments { form, .. })
            | Self::Agreements(AgreementsArguments { form, .. })
            | Self::Bundle(BundleArguments { form, .. })
            | Self::Forecast(ForecastArguments { form, .. })
            | Self::Prices(PricesArguments { form, .. }) => form.numbers,
        }
    }
}

impl ForecastArguments {
    /// How many years it looks ahead.
    pub(super) fn years(&self) -> i16 {
        self.years.unwrap_or(MOST_YEARS)
    }
}

impl RsvpArguments {
    /// Whose prices.
    pub(super) fn customer(&self) -> Customer {
        if self.express { Customer::Express } else { self.kind.unwrap_or_default() }
    }

    /// The level that was set.
    pub(super) fn by_hand(&self) -> SharedLines<LevelByHand> {
        let set = self.by_hand.iter().map(|set| LevelByHand {
            file: String::new(),
            row: 0,
            level: set.level,
            from: set.level_from,
            reason: self.level_reason.clone().unwrap_or_default(),
            agreement: String::new(),
        });
        set.collect()
    }

    /// What no two options may say together, while either may stand beside the other.
    fn contradiction(&self) -> Option<String> {
        let kind = self.kind.filter(|kind| *kind != Customer::Commercial)?;
        if self.express {
            return Some(format!("Express has one level: '--kind {}' cannot stand beside '--express'", kind.name()));
        }
        self.by_hand.as_ref()?;
        Some(format!("{} prices have one level: '--level' cannot stand beside '--kind {0}'", kind.name()))
    }
}

impl BundleArguments {
    /// Where what components use is rounded up.
    pub(super) fn rounding(&self) -> Rounding {
        self.rounding.unwrap_or_default()
    }

    /// What is asked of the ledger of subscriptions.
    pub(super) fn question(&self) -> red_hat::RedHatQuery {
        red_hat::RedHatQuery { on: self.on, cores_per_core_pair: self.core_pair }
    }
}

/// Reads the arguments, without the name of the program.
///
/// # Errors
/// What is wrong with them, or the help or version that they ask for.
pub(super) fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<CliCommand, clap::Error> {
    let Cli { command } = Cli::try_parse_from(once(NAME.into()).chain(arguments))?;
    if let CliCommand::Rsvp(rsvp) = &command
        && let Some(contradiction) = rsvp.contradiction()
    {
        let mut rsvp = RsvpArguments::augment_args(clap::Command::new("highwater rsvp"));
        return Err(rsvp.error(ErrorKind::ArgumentConflict, contradiction));
    }
    Ok(command)
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_commands_hold_together() {
        Cli::command().debug_assert();
    }

    #[test]
    fn every_command_and_every_argument_has_its_sentence() {
        let cli = Cli::command();
        let mut silent = Vec::new();
        for command in cli.get_subcommands() {
            if command.get_about().is_none() {
                silent.push(command.get_name().to_owned());
            }
            let arguments = command.get_arguments().filter(|argument| argument.get_help().is_none());
            silent.extend(arguments.map(|argument| format!("{} {}", command.get_name(), argument.get_id())));
        }
        assert!(silent.is_empty(), "without a sentence: {silent:?}");
    }
}
