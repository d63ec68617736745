//! A decision on a renewal as it is filled in, field by field, before it is taken.

use serde::{Deserialize, Serialize};

use super::setting::RenewedOf;
use crate::import::cell;
use crate::model::day;
use crate::model::decision::{Decision, DecisionKind, ReinstatementModel};
use crate::model::issue::{Issue, Severity};
use crate::model::list::Line;

/// The names of the fields, as the list of decisions has them.
pub const FIELDS: [&str; 9] = ["decision", "date", "until", "model", "quantity", "to_part", "ratio", "term", "reason"];

/// What is filled in, and what it is on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecisionAnswers {
    /// What it is on.
    pub of: RenewedOf,
    /// What stands in which of the [`FIELDS`]; blank is nothing.
    pub answers: Vec<(String, String)>,
}

impl DecisionAnswers {
    fn answer(&self, field: &str) -> &str {
        self.answers.iter().find(|(name, _)| name == field).map_or("", |(_, answer)| answer.trim())
    }

    /// The decision.
    ///
    /// # Errors
    /// When a field cannot be read, or fields do not go together.
    pub fn decision(&self) -> Result<Decision, Issue> {
        let [kind, date, until, model, quantity, to_part, ratio, term, reason] = FIELDS.map(|field| self.answer(field));
        let refused = |text: &str| Issue::new(Severity::Error, "setting_invalid").with("value", text);
        let day = |text: &str| if text.is_empty() { Ok(None) } else { day::parse(text).map(Some).ok_or(refused(text)) };
        let number = |text: &str| {
            if text.is_empty() { Ok(None) } else { cell::quantity(text).map(Some).ok_or(refused(text)) }
        };
        let model = ReinstatementModel::ALL.into_iter().find(|one| one.name() == model);
        let RenewedOf { agreement, site, product, metric } = self.of.clone();
        let decision = Decision {
            agreement,
            site,
            product,
            metric,
            decision: DecisionKind::ALL.into_iter().find(|one| one.name() == kind).ok_or_else(|| refused(kind))?,
            date: day(date)?,
            until: day(until)?,
            model,
            quantity: number(quantity)?,
            to_part: to_part.to_owned(),
            ratio: ratio.to_owned(),
            term: number(term)?,
            reason: reason.to_owned(),
            ..Decision::default()
        };
        match decision.contradiction() {
            Some((field, code)) => Err(Issue::new(Severity::Error, code).in_column(field)),
            None => Ok(decision),
        }
    }
}

#[cfg(test)]
mod tests {
    use rust_decimal::Decimal;

    use super::*;

    fn answers(filled: &[(&str, &str)]) -> DecisionAnswers {
        let of = RenewedOf {
            agreement: "A".to_owned(),
            site: String::new(),
            product: "IBM MQ".to_owned(),
            metric: "PVU".to_owned(),
        };
        let answers = filled.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
        DecisionAnswers { of, answers }
    }

    #[test]
    fn what_is_filled_in_is_the_decision() {
        let filled = answers(&[("decision", "lapse"), ("date", "2027-03-01"), ("until", "2028-09-01"), ("model", "2")]);
        let decision = filled.decision().unwrap();
        assert_eq!((decision.product.as_str(), decision.decision), ("IBM MQ", DecisionKind::Lapse));
        assert_eq!(decision.until, day::parse("2028-09-01"));
        assert_eq!(decision.model, Some(ReinstatementModel::Back));
        let reduced = answers(&[("decision", "reduce"), ("quantity", " 40 ")]).decision().unwrap();
        assert_eq!(reduced.quantity, Some(Decimal::from(40)));
    }

    #[test]
    fn what_is_missing_or_cannot_be_read_is_told() {
        let told = |filled: &[(&str, &str)]| answers(filled).decision().unwrap_err().code;
        assert_eq!(told(&[("decision", "to_cloud_pak")]), "decision_without_part");
        assert_eq!(told(&[("decision", "reduce")]), "decision_without_quantity");
        assert_eq!(told(&[("decision", "lapse"), ("until", "soon")]), "setting_invalid");
        assert_eq!(told(&[]), "setting_invalid");
    }
}
