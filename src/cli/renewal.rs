//! What renewals will cost, and what changed in price lists, at a terminal.

use std::ffi::{OsStr, OsString};
use std::io::{Result, Write};

use jiff::civil::Date;

use super::arguments::{ForecastArguments, PricesArguments, Range};
use super::files::{base_name, bytes_of, lines_of, read_lists, rights, without_ledger};
use super::print::{columns, issue};
use super::{Exit, Terminal, exit, held_against, settings, today};
use crate::engine::position::ByWord;
use crate::engine::renewal::price_changes::{self, PriceChanges};
use crate::engine::renewal::{self, ChargeTotal, Forecast, RenewalQuery};
use crate::import::cell::Style;
use crate::model::assumption::Estimate;
use crate::model::day;
use crate::model::decision::DecisionKind;
use crate::model::issue::{Issue, Severity};
use crate::model::list::SharedLines;
use crate::model::message::Words;
use crate::model::money::Currency;
use crate::model::price::Price;
use crate::model::workspace::Lists;
use crate::report::{self, ReportSheet, xlsx};
use crate::rules::shipped_parts;
use crate::work::sources::Sources;

impl Terminal<'_> {
    /// What renewals will cost.
    pub(super) fn forecast(&mut self, asked: &ForecastArguments) -> Result<Exit> {
        let mut sources = if asked.files.is_empty() {
            Sources::default()
        } else {
            let Some(sources) = self.read(&asked.files, asked.form.json)? else { return Ok(Exit::Unusable) };
            sources
        };
        if let Err(issue) = add(&mut sources, asked, self.numbers) {
            return self.refuse(&[issue], asked.form.json);
        }
        if sources.lists.entitlements.is_empty() {
            return self.refuse(&without_ledger(&sources), asked.form.json);
        }
        let query = RenewalQuery {
            lists: &sources.lists,
            terms: sources.price_terms,
            parts: shipped_parts::get(),
            on: asked.on.unwrap_or_else(today),
            years: asked.years(),
        };
        let forecast = renewal::forecast(query);
        if let Some(file) = &asked.xlsx
            && let Err(issue) = write_workbook(file, &report::forecast::sheets(query, &forecast, "", self.words))
        {
            return self.refuse(&[issue], asked.form.json);
        }
        let contradicted = match contradictions(&sources, &forecast) {
            Ok(contradicted) => contradicted,
            Err(issue) => return self.refuse(&[issue], asked.form.json),
        };
        let issues = [sources.list_issues.as_slice(), &forecast.issues, &contradicted].concat();
        if asked.form.json {
            self.json(&report::renewal::forecast(&forecast, &issues, self.words))?;
        } else {
            print_forecast(self.out, &forecast, &issues, self.words)?;
        }
        Ok(exit(&issues))
    }

    /// What changed in a price list.
    pub(super) fn prices(&mut self, asked: &PricesArguments) -> Result<Exit> {
        let mut issues = Vec::new();
        let mut read = |file: &OsStr| prices_of(file, self.numbers, &mut issues);
        let lists = read(&asked.file).and_then(|now| {
            let before = asked.against.as_deref().map(&mut read).transpose()?;
            Ok((SharedLines::of(&now), before.map(|before| SharedLines::of(&before))))
        });
        let (now, before) = match lists {
            Ok(lists) => lists,
            Err(issue) => return self.refuse(&[issue], asked.form.json),
        };
        let changes = price_changes::price_changes(&now, before.as_deref());
        if asked.form.json {
            self.json(&report::renewal::price_changes(&changes, &issues, self.words))?;
        } else {
            print_changes(self.out, &changes, &issues, self.words)?;
        }
        Ok(exit(&issues))
    }
}

/// Writes a workbook of these sheets.
fn write_workbook(file: &OsStr, sheets: &[ReportSheet]) -> std::result::Result<(), Issue> {
    let failed = |reason: String| Issue::new(Severity::Error, "export_failed").with("reason", reason);
    let bytes = xlsx::write(sheets).map_err(failed)?;
    std::fs::write(file, bytes).map_err(|error| failed(error.to_string()).in_file(&base_name(file)))
}

/// Where decisions contradict what is in use, as far as the files say what that is.
fn contradictions(sources: &Sources, forecast: &Forecast) -> std::result::Result<Vec<Issue>, Issue> {
    if !sources.can_be_held_against() {
        return Ok(Vec::new());
    }
    let settings = settings(sources, Range { from: None, to: None });
    let assessment = sources.assess(&settings)?;
    let covers = ByWord::of(&sources.lists);
    let (position, _) = held_against(sources, &settings, &assessment, rights(sources, &covers, Some(forecast.on)));
    Ok(renewal::contradictions(forecast, &position))
}

/// Adds what a forecast is asked with to what was read.
fn add(sources: &mut Sources, asked: &ForecastArguments, numbers: Option<Style>) -> std::result::Result<(), Issue> {
    let mut issues = Vec::new();
    let mut prices = Vec::new();
    for file in &asked.prices {
        prices.extend(prices_of(file, numbers, &mut issues)?);
    }
    let lists = Lists {
        entitlements: read_lists(&asked.entitlements, numbers, &mut issues)?.into_iter().collect(),
        aliases: read_lists(&asked.aliases, numbers, &mut issues)?.into_iter().collect(),
        prices: prices.into_iter().collect(),
        assumptions: read_lists(&asked.assumptions, numbers, &mut issues)?.into_iter().collect(),
        decisions: read_lists(&asked.decisions, numbers, &mut issues)?.into_iter().collect(),
        ..Lists::default()
    };
    sources.lists.add(&lists);
    sources.list_issues.append(&mut issues);
    Ok(())
}

/// The rows of a price file; behind its name may stand the day from which its rows hold that state none.
fn prices_of(file: &OsStr, numbers: Option<Style>, issues: &mut Vec<Issue>) -> std::result::Result<Vec<Price>, Issue> {
    let (file, from) = dated(file);
    let (lines, found) = lines_of::<Price>(&file, &bytes_of(&file)?, numbers)?;
    issues.extend(found);
    let since = |price: Price| {
        let valid_from = price.valid_from.or(from);
        let ends_before = valid_from.zip(price.valid_to).is_some_and(|(from, to)| from > to);
        if ends_before {
            let code = "entitlement_ends_before_start";
            let issue = Issue::new(Severity::Error, code).at_line(&price.file, price.row).in_column("valid_to");
            issues.push(issue.with("value", price.valid_to.map_or_else(String::new, |to| to.to_string())));
        }
        (!ends_before).then_some(Price { valid_from, ..price })
    };
    Ok(lines.into_iter().filter_map(since).collect())
}

/// The name of a file, and the day behind its last `@`.
fn dated(file: &OsStr) -> (OsString, Option<Date>) {
    let text = file.to_string_lossy();
    let split = text.rsplit_once('@').and_then(|(name, from)| Some((name, day::parse(from)?)));
    split.map_or_else(|| (file.to_owned(), None), |(name, from)| (name.into(), Some(from)))
}

fn print_forecast(out: &mut dyn Write, forecast: &Forecast, issues: &[Issue], words: &impl Words) -> Result<()> {
    writeln!(out, "{} to {}", forecast.on, forecast.to)?;
    let text = |text: Option<&String>| text.cloned().unwrap_or_default();
    let header = ["agreement", "product", "metric", "ends", "status", "decision", "renewal part", "units", "expected"];
    let mut lines = vec![header.map(str::to_owned)];
    for line in &forecast.lines {
        let amounts = line.charges.iter().map(|charge| charge.amount.map(|amount| amount.expected));
        let sum = amounts.sum::<Option<rust_decimal::Decimal>>();
        let code = line.key.currency.0.as_ref().map_or("", Currency::code);
        let expected = match sum {
            _ if line.charges.is_empty() => String::new(),
            Some(sum) => format!("{sum} {code}"),
            None => "not known".to_owned(),
        };
        lines.push([
            line.key.agreement.clone(),
            line.key.product.clone(),
            line.key.metric.clone(),
            line.key.ends.0.map_or_else(String::new, |end| end.to_string()),
            line.key.status.name().to_owned(),
            line.decision.map_or("", DecisionKind::name).to_owned(),
            text(line.key.renewal_part.0.as_ref()),
            line.renewable.units.normalize().to_string(),
            expected,
        ]);
    }
    columns(out, &lines, 7)?;
    writeln!(out)?;
    let mut lines = vec![["year", "currency", "low", "expected", "high", "not known"].map(str::to_owned)];
    let years = forecast.totals.iter().map(|of_year| (of_year.year.to_string(), &of_year.total));
    let sums = forecast.sums.iter().map(|total| ("all".to_owned(), total));
    lines.extend(years.chain(sums).map(|(year, total)| of_total(year, total)));
    columns(out, &lines, 2)?;
    for found in issues {
        writeln!(out, "{}", issue(found, words))?;
    }
    Ok(())
}

fn of_total(year: String, total: &ChargeTotal) -> [String; 6] {
    let amount = total.amount.map(|amount| amount.map(|amount| amount.to_string()));
    let Estimate { low, expected, high } = amount.unwrap_or_else(|| Estimate::flat("not known".to_owned()));
    let currency = total.currency.as_ref().map_or("not known", Currency::code);
    [year, currency.to_owned(), low, expected, high, total.unknown.to_string()]
}

fn print_changes(out: &mut dyn Write, changes: &PriceChanges, issues: &[Issue], words: &impl Words) -> Result<()> {
    writeln!(out, "{} prices, {} unchanged", changes.rows, changes.unchanged)?;
    let mut lines = vec![["", "part", "level", "currency", "old", "new", "percent"].map(str::to_owned)];
    let line = |what: &str, of: &price_changes::PriceKey, rest: [String; 3]| {
        let [old, new, percent] = rest;
        let (part, level) = (of.part_number.clone(), of.level.name().to_owned());
        [what.to_owned(), part, level, of.currency.code().to_owned(), old, new, percent]
    };
    for one in &changes.changed {
        let percent = one.percent.map_or_else(String::new, |percent| percent.to_string());
        lines.push(line("changed", &one.of, [one.old.to_string(), one.new.to_string(), percent]));
    }
    for (of, price) in &changes.new {
        lines.push(line("new", of, [String::new(), price.to_string(), String::new()]));
    }
    for one in &changes.withdrawn {
        let what = if one.part_gone { "part gone" } else { "withdrawn" };
        lines.push(line(what, &one.of, [one.price.to_string(), String::new(), String::new()]));
    }
    if lines.len() > 1 {
        columns(out, &lines, 4)?;
    }
    for found in issues {
        writeln!(out, "{}", issue(found, words))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_behind_the_last_at_is_the_first_day_of_a_price_file() {
        let dated = |name: &str| dated(OsStr::new(name));
        let day = day::parse("2027-01-01");
        assert_eq!(dated("p.csv@2027-01-01"), ("p.csv".into(), day));
        assert_eq!(dated("a@b.csv"), ("a@b.csv".into(), None));
        assert_eq!(base_name(&dated("x/a@b.csv@2027-01-01").0), "a@b.csv");
    }
}
