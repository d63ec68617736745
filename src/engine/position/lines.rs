//! What is to be said of single lines of a ledger.

use std::collections::BTreeMap;

use super::Rights;
use super::line_grants::LineGrants;
use crate::model::bundle::Environment;
use crate::model::entitlement::{Entitlement, LineKind};
use crate::model::issue::{Issue, Severity};
use crate::model::message::Message;
use crate::model::metric;
use crate::model::position::{Grant, KindFrom};
use crate::rules::parts::{Part, PartKind};

/// The name of what a line sells.
pub(super) const fn kind_name(kind: LineKind) -> Message {
    Message::new(match kind {
        LineKind::Licence => "label.kind_licence",
        LineKind::Renewal => "label.kind_renewal",
        LineKind::Reinstatement => "label.kind_reinstatement",
        LineKind::TradeUp => "label.kind_trade_up",
        LineKind::SupportOption => "label.kind_support_option",
    })
}

impl Rights<'_> {
    /// What is to be said of a line alone.
    pub(super) fn of_line(&self, line: &Entitlement, grant: &Grant) -> Vec<Issue> {
        let mut issues = Vec::new();
        let issue = |severity, code| Issue::new(severity, code).at_line(&line.file, line.row);
        let part = self.part(line);
        if part.is_none() && line.product.is_empty() && !line.part_number.is_empty() {
            let unknown = issue(Severity::Warning, "entitlement_part_unknown");
            issues.push(unknown.with("part", line.part_number.as_str()).with("product", grant.product.as_str()));
        } else if grant.metric.is_empty() {
            issues.push(issue(Severity::Warning, "entitlement_metric_unknown").with("product", grant.product.as_str()));
        }
        if !line.metric.trim().is_empty() && !metric::is_known(&line.metric) {
            let unknown = issue(Severity::Warning, "entitlement_metric_word_unknown");
            issues.push(unknown.with("product", grant.product.as_str()).with("metric", line.metric.as_str()));
        }
        issues.extend(environment_unknown(line, grant));
        issues.extend(part.and_then(|part| name_differs(line, grant, part)));
        issues.extend(part.and_then(|part| metric_differs(line, part)));
        issues.extend(self.of_kind(line, grant));
        issues
    }

    /// What is to be said of single lines, `lines` being what each grants by itself.
    pub(super) fn of_lines(&self, lines: &LineGrants) -> Vec<Issue> {
        let mut issues = Vec::new();
        let mut seen = BTreeMap::new();
        for (line, known) in self.ledger.iter().zip(lines.iter()) {
            issues.extend_from_slice(&known.issues);
            if !line.poe.is_empty() {
                let same = (&line.poe, &line.part_number, &line.product, line.quantity, line.ss_start, line.ss_end);
                if let Some(first) = seen.insert(same, line.row) {
                    let twice = Issue::new(Severity::Warning, "entitlement_twice").at_line(&line.file, line.row);
                    issues.push(twice.with("poe", line.poe.as_str()).with("first", u64::from(first)));
                }
            }
        }
        issues
    }

    /// That a line only supports what is owned, where nothing but its words or its number say so; or that its words say
    /// something else than its part.
    fn of_kind(&self, line: &Entitlement, grant: &Grant) -> Option<Issue> {
        let issue = |severity, code| {
            let issue = Issue::new(severity, code).at_line(&line.file, line.row);
            issue.with("kind", kind_name(grant.kind)).with("part", line.part_number.as_str())
        };
        match grant.kind_from {
            KindFrom::Words if grant.kind.is_support() => {
                Some(issue(Severity::Info, "entitlement_support_by_words").with("words", self.said(line).words))
            }
            KindFrom::PartNumber => Some(issue(Severity::Warning, "entitlement_support_by_number")),
            KindFrom::Part => {
                let said = self.said(line);
                let words = said.kind.filter(|kind| kind.is_support() != grant.kind.is_support())?;
                // One more fixed term is a renewal that grants.
                let of_term = self.part(line)?.kind == Some(PartKind::FixedTermRenewal);
                let differs = issue(Severity::Warning, "entitlement_kind_differs").with("words", said.words);
                (!of_term).then(|| differs.with("said", kind_name(words)))
            }
            KindFrom::Words | KindFrom::Line | KindFrom::Nothing => None,
        }
    }
}

/// That the environment of a line is written in a word that nobody knows.
fn environment_unknown(line: &Entitlement, grant: &Grant) -> Option<Issue> {
    let written = line.environment.trim();
    let is_known = Environment::named(written).is_some() || grant.non_production;
    let unknown = || Issue::new(Severity::Warning, "entitlement_environment_unknown").at_line(&line.file, line.row);
    (!written.is_empty() && !is_known).then(|| unknown().with("environment", written))
}

/// That the catalogue knows the part under another name than the line does.
fn name_differs(line: &Entitlement, grant: &Grant, part: &Part) -> Option<Issue> {
    if line.product.is_empty() || part.product == line.product {
        return None;
    }
    let differs = Issue::new(Severity::Info, "entitlement_product_differs").at_line(&line.file, line.row);
    let differs = differs.with("part", part.number.as_str()).with("known", part.product.as_str());
    Some(differs.with("said", line.product.as_str()).with("product", grant.product.as_str()))
}

/// That a line is counted in another metric than its part.
fn metric_differs(line: &Entitlement, part: &Part) -> Option<Issue> {
    let written = metric::code(&line.metric);
    if written.is_empty() || part.metric.is_empty() || written == part.metric {
        return None;
    }
    let differs = Issue::new(Severity::Warning, "entitlement_metric_differs").at_line(&line.file, line.row);
    let differs = differs.with("part", part.number.as_str()).with("known", part.metric.as_str());
    Some(differs.with("metric", line.metric.as_str()))
}
