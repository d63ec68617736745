//! The engine at a terminal: reads arguments and files, prints tables or JSON, and tells by its exit status how it
//! went: 0 well, 1 with an issue of severity error, 2 when the input could not be used.

mod agreements;
mod arguments;
mod derivation;
mod files;
mod help;
mod print;
mod renewal;
mod values;

use std::ffi::OsString;
use std::io::Write;

use clap::CommandFactory;
use clap::error::ErrorKind;
use clap_complete::Shell;
use jiff::civil::Date;

use crate::engine::agreements::AgreementBook;
use crate::engine::allocation;
use crate::engine::open_shift::{self, GrantedCores};
use crate::engine::position::{self, Rights};
use crate::engine::volume::VolumeQuery;
use crate::engine::volume::merge::{self, MergeComparison, MergingAgreement};
use crate::engine::{self, Quantity, Settings, bundles, volume};
use crate::i18n::Language;
use crate::import::cell::Style;
use crate::import::{Limits, Unwatched, opened};
use crate::model::agreement::Allocation;
use crate::model::assessment::Assessment;
use crate::model::issue::{Issue, Severity};
use crate::model::message::{Message, Words};
use crate::model::open_shift::ClusterCores;
use crate::model::operating_system::is_linux;
use crate::model::position::Position;
use crate::model::red_hat::RedHatSubscription;
use crate::report::json;
use crate::rules::{self, RateQuery};
use crate::work::explained::{NamedSubject, Numbers};
use crate::work::sources::Sources;
use arguments::{
    AgreementsArguments, AssessArguments, BundleArguments, Cli, CliCommand, ExplainArguments, ImportArguments, NAME,
    PositionArguments, Range, RateArguments, RsvpArguments,
};
use files::{
    Ordered, add_rights, base_name, read_list, read_lists, read_orders, rights, threads, unreadable, without_ledger,
};

/// How a run of the command went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Well.
    Well = 0,
    /// With an issue of severity error.
    Findings = 1,
    /// The input could not be used.
    Unusable = 2,
}

impl From<Exit> for std::process::ExitCode {
    fn from(exit: Exit) -> Self {
        match exit {
            Exit::Well => Self::SUCCESS,
            Exit::Findings => Self::from(1),
            Exit::Unusable => Self::from(2),
        }
    }
}

/// Runs the command with these arguments (without the program's name).
pub fn run(arguments: impl IntoIterator<Item = OsString>, out: &mut dyn Write, err: &mut dyn Write) -> Exit {
    let words = Language::english();
    let outcome = match arguments::parse(arguments) {
        Ok(command) => {
            let numbers = command.numbers();
            Terminal { words: &words, out, err, numbers }.carry_out(command)
        }
        Err(told) => tell(&told, out, err),
    };
    // Whoever reads the output may stop reading, as `head` does: that is no failure of ours.
    outcome.unwrap_or(Exit::Well)
}

/// Tells what clap answers itself: help and version as output, what is wrong with the arguments as an error.
fn tell(told: &clap::Error, out: &mut dyn Write, err: &mut dyn Write) -> std::io::Result<Exit> {
    let asked_for = matches!(
        told.kind(),
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
    );
    let text = told.render();
    if asked_for {
        write!(out, "{text}")?;
        return Ok(Exit::Well);
    }
    let _ = write!(err, "{text}");
    Ok(Exit::Unusable)
}

struct Terminal<'a> {
    words: &'a Language,
    out: &'a mut dyn Write,
    err: &'a mut dyn Write,
    /// How the numbers of files are written, where the user says so.
    numbers: Option<Style>,
}

impl Terminal<'_> {
    fn carry_out(&mut self, command: CliCommand) -> std::io::Result<Exit> {
        match command {
            CliCommand::Rate(rate) => self.rate(&rate),
            CliCommand::Assess(assess) => self.assess(&assess),
            CliCommand::Explain(explain) => self.explain(&explain),
            CliCommand::Import(import) => self.import(&import),
            CliCommand::Position(position) => self.position(&position),
            CliCommand::Rsvp(rsvp) => self.rsvp(&rsvp),
            CliCommand::Agreements(agreements) => self.agreements(&agreements),
            CliCommand::Bundle(bundle) => self.bundle(&bundle),
            CliCommand::Forecast(forecast) => self.forecast(&forecast),
            CliCommand::Prices(prices) => self.prices(&prices),
            CliCommand::Completions { shell } => self.completions(shell),
        }
    }

    fn rate(&mut self, rate: &RateArguments) -> std::io::Result<Exit> {
        let rating = rules::rate(&RateQuery {
            processor: &rate.processor,
            sockets: rate.sockets,
            linux: rate.os.as_deref().is_some_and(is_linux),
            cloud: rate.cloud,
            cores_per_chip: rate.cores_per_chip,
        });
        let notes: Vec<Message> = rate.on.and_then(|day| rating.note_on(day)).into_iter().collect();
        if rate.json {
            self.json(&json::rating(&rating, &notes, self.words))?;
        } else {
            print::rating(self.out, &rating, &notes, self.words)?;
        }
        Ok(Exit::Well)
    }

    /// Reads the files; files that cannot be used are told, and none left to use ends the run.
    fn read(&mut self, files: &[OsString], as_json: bool) -> std::io::Result<Option<Sources>> {
        self.read_guessing(files, as_json, false)
    }

    /// The same, with a guess at tables whose headers say nothing if that is wanted.
    fn read_guessing(&mut self, files: &[OsString], as_json: bool, guess: bool) -> std::io::Result<Option<Sources>> {
        let mut sources = Sources::with(Box::new(opened::door::open));
        sources.numbers = self.numbers;
        let limits = Limits { threads: threads(), ..Limits::TERMINAL };
        for file in files {
            let name = base_name(file);
            match std::fs::read(file) {
                Ok(bytes) => {
                    sources.add(&name, &bytes, &limits, &mut Unwatched);
                }
                Err(error) => sources.refused.push(unreadable(&name, &error)),
            }
        }
        sources.read_listed(guess);
        let regions: Vec<_> = sources.lists.regions.lines().collect();
        sources.assign(regions.into_iter());
        if sources.reports.is_empty() && sources.refused.is_empty() {
            sources.refused.push(Issue::new(Severity::Error, "no_file_used"));
        }
        if !sources.refused.is_empty() {
            let refused = std::mem::take(&mut sources.refused);
            self.refuse(&refused, as_json)?;
            return Ok(None);
        }
        Ok(Some(sources))
    }

    /// The same for a command that needs to know what runs where: what each file was taken for is told where none says.
    fn read_estate(&mut self, files: &[OsString], as_json: bool) -> std::io::Result<Option<Sources>> {
        let Some(sources) = self.read(files, as_json)? else { return Ok(None) };
        if sources.has_estate() {
            return Ok(Some(sources));
        }
        self.refuse(&sources.no_estate(), as_json)?;
        Ok(None)
    }

    /// Tells why nothing could be answered.
    fn refuse(&mut self, issues: &[Issue], as_json: bool) -> std::io::Result<Exit> {
        if as_json {
            self.json(&serde_json::json!({"issues": json::issues(issues, self.words)}))?;
        }
        for issue in issues {
            writeln!(self.err, "highwater: {}", print::issue(issue, self.words))?;
        }
        Ok(Exit::Unusable)
    }

    fn assess(&mut self, asked: &AssessArguments) -> std::io::Result<Exit> {
        let Some(sources) = self.read_estate(&asked.files, asked.form.json)? else { return Ok(Exit::Unusable) };
        match sources.assess(&settings(&sources, asked.range)) {
            Err(issue) => self.refuse(&[issue], asked.form.json),
            Ok(mut assessment) => {
                // A list of regions may stand among the files.
                assessment.issues.extend_from_slice(&sources.list_issues);
                if asked.form.json {
                    self.json(&json::assessment(&assessment, self.words))?;
                } else {
                    print::assessment(self.out, &assessment, self.words)?;
                }
                Ok(exit(&assessment.issues))
            }
        }
    }

    fn explain(&mut self, explain: &ExplainArguments) -> std::io::Result<Exit> {
        let Some(mut sources) = self.read(&explain.files, explain.form.json)? else { return Ok(Exit::Unusable) };
        let covers = match add_rights(&mut sources, &explain.owned, &[], self.numbers) {
            Ok(covers) => covers,
            Err(issue) => return self.refuse(&[issue], explain.form.json),
        };
        if sources.lists.entitlements.is_empty() && !explain.owned.entitlements.is_empty() {
            return self.refuse(&without_ledger(&sources), explain.form.json);
        }
        if !sources.can_be_held_against() {
            return self.refuse(&sources.no_estate(), explain.form.json);
        }
        let settings = settings(&sources, explain.range);
        let assessment = match sources.assess(&settings) {
            Ok(assessment) => assessment,
            Err(issue) => return self.refuse(&[issue], explain.form.json),
        };
        let rights = rights(&sources, &covers, explain.owned.on);
        let (listed, _) = bundles::used_rounded(&sources.lists.bundle_parts, sources.bundle_terms.rounding);
        let needed_at = |product: &str, metric| sources.needed_at(&settings, product, metric);
        let position = position::position_at(rights, &assessment, &listed, &needed_at);
        let numbers = Numbers {
            sources: &sources,
            settings,
            assessment: &assessment,
            bundles: &listed,
            rights,
            position: &position,
        };
        let found = match numbers.find(&explain.product, explain.metric.as_deref()) {
            Ok(found) => found,
            Err(issue) => return self.refuse(&[issue], explain.form.json),
        };
        let quantity = match (sources.lists.entitlements.is_empty(), explain.full) {
            (true, false) => Quantity::SubCapacity,
            (true, true) => Quantity::FullCapacity,
            (false, false) => Quantity::Balance,
            (false, true) => Quantity::FullBalance,
        };
        let derivation = if let NamedSubject::Row(row) = found
            && explain.unbundled
        {
            if sources.lists.entitlements.is_empty() {
                Some(numbers.demand(row, explain.full))
            } else {
                numbers.explain_unbundled(row, explain.full)
            }
        } else {
            numbers.explain(&found, quantity)
        };
        let Some(derivation) = derivation else {
            let issue = Issue::new(Severity::Error, "nothing_to_explain").with("product", explain.product.as_str());
            return self.refuse(&[issue], explain.form.json);
        };
        if explain.form.json {
            self.json(&json::derivation(&derivation, self.words))?;
        } else {
            derivation::derivation(self.out, &derivation, self.words)?;
        }
        // The tree has no place for what is wrong with the rows of files.
        let wrong = assessment.issues.iter().chain(&sources.list_issues);
        for issue in wrong.filter(|issue| issue.severity == Severity::Error) {
            writeln!(self.err, "highwater: {}", print::issue(issue, self.words))?;
        }
        Ok(exit(&[assessment.issues.as_slice(), &sources.list_issues].concat()))
    }

    fn import(&mut self, asked: &ImportArguments) -> std::io::Result<Exit> {
        let read = self.read_guessing(std::slice::from_ref(&asked.file), asked.form.json, true)?;
        let Some(sources) = read else { return Ok(Exit::Unusable) };
        let issues = sources.issues();
        for report in &sources.reports {
            if asked.form.json {
                self.json(&json::import(report, &issues, self.words))?;
            } else {
                print::import(self.out, report, &issues, self.words)?;
            }
        }
        Ok(exit(&issues))
    }

    fn position(&mut self, asked: &PositionArguments) -> std::io::Result<Exit> {
        let Some(mut sources) = self.read(&asked.files, asked.form.json)? else { return Ok(Exit::Unusable) };
        if !sources.can_be_held_against() {
            return self.refuse(&sources.no_estate(), asked.form.json);
        }
        let covers = match add_rights(&mut sources, &asked.owned, &asked.allocations, self.numbers) {
            Ok(covers) => covers,
            Err(issue) => return self.refuse(&[issue], asked.form.json),
        };
        if sources.lists.entitlements.is_empty() {
            return self.refuse(&without_ledger(&sources), asked.form.json);
        }
        let settings = settings(&sources, asked.range);
        let assessment = match sources.assess(&settings) {
            Ok(assessment) => assessment,
            Err(issue) => return self.refuse(&[issue], asked.form.json),
        };
        let rights = rights(&sources, &covers, asked.owned.on);
        let (position, of_bundles) = held_against(&sources, &settings, &assessment, rights);
        let allocations: Vec<Allocation> = sources.lists.allocations.lines().collect();
        let allocated = allocation::allocate(&position.grants, &allocations);
        let of_rights = [position.issues.as_slice(), &allocated.issues].concat();
        let issues = [assessment.issues.as_slice(), &sources.list_issues, &of_bundles, &of_rights].concat();
        let answer = json::RightsReport {
            position: &position,
            ledger: &sources.lists.entitlements,
            allocations: &allocations,
            allocated: &allocated,
            period: assessment.period,
            issues: &issues,
        };
        if asked.form.json {
            self.json(&json::position(&answer, self.words))?;
        } else {
            print::position(self.out, &answer, self.words)?;
        }
        Ok(exit(&issues))
    }

    fn rsvp(&mut self, rsvp: &RsvpArguments) -> std::io::Result<Exit> {
        let Ordered { lines, joining, sites, mut issues } = match read_orders(rsvp, self.numbers) {
            Ok(ordered) => ordered,
            Err(issue) => return self.refuse(&[issue], rsvp.form.json),
        };
        let RsvpArguments { anniversary, on, .. } = *rsvp;
        let (customer, by_hand) = (rsvp.customer(), &rsvp.by_hand());
        if let Some((other, joining)) = rsvp.merge.as_ref().zip(joining) {
            let kept = MergingAgreement { lines: &lines, anniversary, by_hand };
            let joining = MergingAgreement { lines: &joining, anniversary: other.anniversary, by_hand: &[] };
            let names = [&rsvp.file, &other.file].map(|file| base_name(file));
            return self.merge(names, &merge::merge([kept, joining], on, customer), issues, rsvp.form.json);
        }
        let ledger = volume::ledger(&lines, &VolumeQuery { anniversary, on, customer, by_hand, sites: &sites });
        issues.extend(ledger.issues.iter().cloned());
        if rsvp.form.json {
            self.json(&json::ledger(&ledger, &issues, self.words))?;
        } else {
            print::ledger(self.out, &ledger, &issues, self.words)?;
        }
        Ok(exit(&issues))
    }

    /// What if two agreements, named by their files, were merged; with what is known of their orders already.
    fn merge(
        &mut self,
        names: [String; 2],
        merge: &MergeComparison,
        mut issues: Vec<Issue>,
        as_json: bool,
    ) -> std::io::Result<Exit> {
        let ledgers = merge.alone.iter().map(|alone| &alone.ledger).chain([&merge.merged]);
        issues.extend(ledgers.flat_map(|ledger| ledger.issues.iter().cloned()));
        if as_json {
            self.json(&json::merge(merge, &issues, self.words))?;
        } else {
            print::merge(self.out, &names, merge, &issues, self.words)?;
        }
        Ok(exit(&issues))
    }

    fn agreements(&mut self, asked: &AgreementsArguments) -> std::io::Result<Exit> {
        let Some(sources) = self.read(&asked.files, asked.form.json)? else { return Ok(Exit::Unusable) };
        let answer = AgreementBook::of(&sources.lists).agreements(sources.price_terms, asked.on);
        if answer.agreements.is_empty() {
            return self.refuse(&[Issue::new(Severity::Error, "no_agreements")], asked.form.json);
        }
        let issues = [sources.list_issues.as_slice(), &answer.of_orders, &answer.issues].concat();
        if asked.form.json {
            self.json(&json::agreements(&answer.agreements, &issues, self.words))?;
        } else {
            agreements::print(self.out, &answer.agreements, &issues, self.words)?;
        }
        Ok(exit(&issues))
    }

    fn bundle(&mut self, asked: &BundleArguments) -> std::io::Result<Exit> {
        let (parts, mut issues) = match read_list(&asked.file, self.numbers) {
            Ok(read) => read,
            Err(issue) => return self.refuse(&[issue], asked.form.json),
        };
        let (clusters, subscriptions) = match (
            read_lists::<ClusterCores>(&asked.clusters, self.numbers, &mut issues),
            read_lists::<RedHatSubscription>(&asked.red_hat, self.numbers, &mut issues),
        ) {
            (Ok(clusters), Ok(subscriptions)) => (clusters, subscriptions),
            (Err(issue), _) | (_, Err(issue)) => return self.refuse(&[issue], asked.form.json),
        };
        let (uses, found) = bundles::used_rounded(&parts, asked.rounding());
        issues.extend(found);
        let granted: Vec<GrantedCores> = uses.iter().map(GrantedCores::from).collect();
        let reconciled = (!asked.clusters.is_empty()).then(|| open_shift::reconcile(&granted, &clusters));
        let ledger = (!asked.red_hat.is_empty()).then(|| engine::red_hat::ledger(&subscriptions, asked.question()));
        issues.extend(reconciled.iter().flat_map(|(_, found)| found).cloned());
        issues.extend(ledger.iter().flat_map(|(_, found)| found).cloned());
        let answer = json::BundleReport {
            uses: &uses,
            clusters: reconciled.as_ref().map(|(reconciled, _)| reconciled),
            red_hat: ledger.as_ref().map(|(ledger, _)| ledger),
            issues: &issues,
        };
        if asked.form.json {
            self.json(&json::bundles(&answer, self.words))?;
        } else {
            print::bundles(self.out, &answer, self.words)?;
        }
        Ok(exit(&issues))
    }

    fn completions(&mut self, shell: Shell) -> std::io::Result<Exit> {
        // It panics where it cannot write, and whoever reads may stop reading.
        let mut script = Vec::new();
        clap_complete::generate(shell, &mut Cli::command(), NAME, &mut script);
        self.out.write_all(&script)?;
        Ok(Exit::Well)
    }

    fn json(&mut self, value: &serde_json::Value) -> std::io::Result<()> {
        serde_json::to_writer_pretty(&mut *self.out, value)?;
        writeln!(self.out)
    }
}

/// Today, in UTC.
fn today() -> Date {
    jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date()
}

fn exit(issues: &[Issue]) -> Exit {
    let any_error = issues.iter().any(|issue| issue.severity == Severity::Error);
    if any_error { Exit::Findings } else { Exit::Well }
}

/// The settings of a workspace file, with the edges of the period that the arguments name.
/// What is owned, held against what the files need, with what is wrong about the parts of bundles.
fn held_against(
    sources: &Sources,
    settings: &Settings,
    assessment: &Assessment,
    rights: Rights<'_>,
) -> (Position, Vec<Issue>) {
    let (listed, issues) = bundles::used_rounded(&sources.lists.bundle_parts, sources.bundle_terms.rounding);
    let needed_at = |product: &str, metric| sources.needed_at(settings, product, metric);
    (position::position_at(rights, assessment, &listed, &needed_at), issues)
}

fn settings(sources: &Sources, range: Range) -> Settings {
    Settings {
        from: range.from.or(sources.settings.from),
        to: range.to.or(sources.settings.to),
        rounding: sources.settings.rounding,
        threads: threads(),
    }
}

impl Words for &Language {
    fn say(&self, message: &Message) -> String {
        (**self).say(message)
    }
}
