//! Reads what commands are given beside their files: lists, each from a file of its own.

use std::ffi::{OsStr, OsString};
use std::path::Path;
use std::sync::Arc;

use jiff::civil::Date;

use super::arguments::{Owned, RsvpArguments};
use crate::engine::position::{ByWord, Rights};
use crate::engine::volume::points;
use crate::import::cell::Style;
use crate::import::{Limits, Unwatched, list, opened};
use crate::model::agreement::Site;
use crate::model::assessment::FileKind;
use crate::model::issue::{Issue, Severity};
use crate::model::list::{Listed, SharedLines};
use crate::model::order::OrderLine;
use crate::model::part_points::PartPoints;
use crate::model::workspace::Lists;
use crate::rules::shipped_parts;
use crate::work::file_bytes;
use crate::work::sources::Sources;

/// The lines of a list, and what of it cannot be used.
pub(super) fn read_list<T: Listed>(
    file: &OsStr,
    numbers: Option<Style>,
) -> Result<(SharedLines<T>, Vec<Issue>), Issue> {
    let (lines, issues) = bytes_of(file).and_then(|bytes| lines_of(file, &bytes, numbers))?;
    Ok((lines.into_iter().collect(), issues))
}

pub(super) fn bytes_of(file: &OsStr) -> Result<Vec<u8>, Issue> {
    std::fs::read(file).map_err(|error| unreadable(&base_name(file), &error))
}

pub(super) fn lines_of<T: Listed>(
    file: &OsStr,
    bytes: &[u8],
    numbers: Option<Style>,
) -> Result<(Vec<T>, Vec<Issue>), Issue> {
    list::read_written(&base_name(file), bytes, numbers, &opened::door::open, &Limits::TERMINAL, &mut Unwatched)
}

/// The orders that `rsvp` is asked about.
pub(super) struct Ordered {
    pub(super) lines: Vec<Arc<OrderLine>>,
    /// Those of the agreement that is to be merged into theirs.
    pub(super) joining: Option<Vec<Arc<OrderLine>>>,
    /// The sites, of which some may have prices of their own.
    pub(super) sites: Vec<Site>,
    /// What cannot be used of the files, and what was filled.
    pub(super) issues: Vec<Issue>,
}

/// Reads orders; points that they do not give follow from those of the parts.
pub(super) fn read_orders(rsvp: &RsvpArguments, numbers: Option<Style>) -> Result<Ordered, Issue> {
    let mut issues = Vec::new();
    let parts: SharedLines<PartPoints> = read_lists(&rsvp.points, numbers, &mut issues)?.into_iter().collect();
    let sites = read_lists(&rsvp.sites, numbers, &mut issues)?;
    let mut filled = |file: &OsStr| {
        let (lines, found) = read_list(file, numbers)?;
        let (lines, told) = points::fill(&lines, &parts);
        issues.extend(found.into_iter().chain(told));
        Ok::<_, Issue>(lines)
    };
    let lines = filled(&rsvp.file)?;
    let joining = rsvp.merge.as_ref().map(|other| filled(&other.file)).transpose()?;
    Ok(Ordered { lines, joining, sites, issues })
}

/// Adds ledgers of entitlements, which owned product counts for which needed one, what covers what and to whom rights
/// are given to what was read. What covers what comes back.
pub(super) fn add_rights(
    sources: &mut Sources,
    owned: &Owned,
    allocations: &[OsString],
    numbers: Option<Style>,
) -> Result<ByWord, Issue> {
    let mut issues = Vec::new();
    let lists = Lists {
        entitlements: read_lists(&owned.entitlements, numbers, &mut issues)?.into_iter().collect(),
        aliases: read_lists(&owned.aliases, numbers, &mut issues)?.into_iter().collect(),
        supported: read_lists(&owned.supported, numbers, &mut issues)?.into_iter().collect(),
        flexible: read_lists(&owned.flexible, numbers, &mut issues)?.into_iter().collect(),
        allocations: read_lists(allocations, numbers, &mut issues)?.into_iter().collect(),
        ..Lists::default()
    };
    sources.lists.add(&lists);
    sources.list_issues.append(&mut issues);
    Ok(ByWord::of(&sources.lists))
}

/// Why there is nothing to hold the demand against: what is wrong with the lines of the ledger, if that is it.
pub(super) fn without_ledger(sources: &Sources) -> Vec<Issue> {
    let wrong = sources.list_issues.iter().filter(|issue| issue.severity == Severity::Error).cloned();
    let others = sources.reports.iter().filter(|report| matches!(report.kind, FileKind::List(_)));
    let taken_for = others.map(|report| {
        Issue::new(Severity::Error, "file_taken_for").in_file(&report.name).with("kind", report.kind.title())
    });
    wrong.chain([Issue::new(Severity::Error, "no_entitlements")]).chain(taken_for).collect()
}

/// What stands in several lists of one kind, and what of it cannot be used. A list that is given twice counts once.
pub(super) fn read_lists<T: Listed>(
    files: &[OsString],
    numbers: Option<Style>,
    issues: &mut Vec<Issue>,
) -> Result<Vec<T>, Issue> {
    let mut all = Vec::new();
    let mut seen: Vec<Vec<u8>> = Vec::new();
    for file in files {
        let bytes = bytes_of(file)?;
        if seen.contains(&bytes) {
            issues.push(Issue::new(Severity::Warning, "list_read_already").in_file(&base_name(file)));
            continue;
        }
        let (lines, found) = lines_of(file, &bytes, numbers)?;
        seen.push(bytes);
        all.extend(lines);
        issues.extend(found);
    }
    Ok(all)
}

/// What is owned, as it was read, with the parts that the terminal carries.
pub(super) fn rights<'a>(sources: &'a Sources, covers: &'a ByWord, on: Option<Date>) -> Rights<'a> {
    let Lists { entitlements, aliases, .. } = &sources.lists;
    Rights { ledger: entitlements, aliases, covers: Some(covers), parts: shipped_parts::get(), on }
}

/// The name of a file without its folders; what is no text in it is shown as a mark.
pub(super) fn base_name(file: &OsStr) -> String {
    Path::new(file).file_name().unwrap_or(file).to_string_lossy().into_owned()
}

pub(super) fn unreadable(name: &str, error: &std::io::Error) -> Issue {
    file_bytes::unreadable(name, error.to_string())
}

/// As many threads as there are processors.
pub(super) fn threads() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}
