//! What is settled about a workspace in fields of its screens.

use std::sync::Arc;

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::decision_answers::DecisionAnswers;
use super::task_field::TaskField;
use super::{example_prices, last_version, own_price};
use crate::edit::command::Command;
use crate::engine::renewal::RenewalKey;
use crate::model::bundle::{BundleTerms, Rounding};
use crate::model::day;
use crate::model::decision::{Decision, DecisionKind};
use crate::model::issue::{Issue, Severity};
use crate::model::list::{Line, List};
use crate::model::metric;
use crate::model::order::{Customer, PriceTerms};
use crate::model::proposal::ProposalTerms;
use crate::model::record::Record;
use crate::model::task::TaskKey;
use crate::model::workspace::Workspace;

/// Something that is settled about the workspace.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Setting {
    /// Where contributions to bundles are rounded up.
    Rounding,
    /// The cores that a core pair of Red Hat stands for.
    CoresPerCorePair,
    /// Whose prices hold.
    Customer,
    /// The next anniversary of orders that name no agreement.
    Anniversary,
    /// What becomes of what is renewed: a decision that needs nothing else.
    Decision(RenewedOf),
    /// To how many units what is renewed is reduced; blank is not at all.
    ReducedTo(RenewedOf),
    /// What becomes of what is renewed, with all that the decisions need: of several, one step of undo.
    Decide(Vec<DecisionAnswers>),
    /// What people say of a task before a renewal.
    Task(Box<TaskKey>, TaskField),
    /// The user's own price of the part with this number: level, price, currency, first day and reason.
    OwnPrice(String),
    /// The last version of the product of this name: which one, and the day of its download.
    LastVersion(String),
    /// Whether the list of prices has the published example prices.
    ExamplePrices,
    /// The first day on which the prices of a file hold that begin on another one; blank is always.
    FirstDay {
        /// Name of the file.
        file: String,
        /// The day on which they begin now.
        #[serde(deserialize_with = "day::read_optional")]
        from: Option<Date>,
    },
    /// The number of the proposal; blank is none.
    ProposalNumber,
    /// The last day on which the proposal holds.
    ProposalValidUntil,
}

/// What a decision is on: everything of a product in a metric that is renewed for a site of an agreement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RenewedOf {
    /// Number of the agreement; blank is any.
    pub agreement: String,
    /// The site; blank is any.
    pub site: String,
    /// Name of the product.
    pub product: String,
    /// Code of the metric; blank is any.
    pub metric: String,
}

impl RenewedOf {
    /// The decision on exactly this, with its place in the list.
    pub fn find<'a>(&self, decisions: &'a [Arc<Decision>]) -> Option<(usize, &'a Arc<Decision>)> {
        let is_on = |decision: &Decision| {
            (&decision.agreement, &decision.site, &decision.product) == (&self.agreement, &self.site, &self.product)
                && metric::code(&decision.metric) == self.metric
        };
        decisions.iter().enumerate().find(|(_, decision)| is_on(decision))
    }

    /// Whether a decision on this is one on a line: what is blank is any.
    pub fn matches(&self, key: &RenewalKey) -> bool {
        let fits = |wanted: &str, own: &str| wanted.is_empty() || wanted == own;
        fits(&self.agreement, &key.agreement)
            && fits(&self.site, &key.site)
            && self.product == key.product
            && fits(&self.metric, &key.metric)
    }

    /// The command that decides; renewing needs no decision.
    fn decide(&self, decisions: &[Arc<Decision>], kind: DecisionKind, quantity: Option<Decimal>) -> Command {
        let known = self.find(decisions);
        let list = List::Decisions;
        if kind == DecisionKind::Renew {
            return Command::RemoveLines { list, indices: known.into_iter().map(|(index, _)| index).collect() };
        }
        let before = known.map(|(_, known)| Decision::clone(known)).unwrap_or_default();
        let Self { agreement, site, product, metric } = self.clone();
        let decided = Decision { agreement, site, product, metric, decision: kind, quantity, ..before };
        Command::PutLines { list, lines: vec![(known.map(|(index, _)| index), decided.values())] }
    }
}

impl Setting {
    /// The command that settles it as a field was filled in; blank is not settled.
    ///
    /// # Errors
    /// When the text is none of its values.
    pub fn command(&self, text: &str, workspace: &Workspace) -> Result<Command, Issue> {
        let text = text.trim();
        let (bundles, prices) = (workspace.bundle_terms, workspace.price_terms);
        let refused = || Issue::new(Severity::Error, "setting_invalid").with("value", text);
        let command = match self {
            Self::Rounding => {
                let rounding = Rounding::parse(text).ok_or_else(refused)?;
                Command::SetBundleTerms(BundleTerms { rounding, ..bundles })
            }
            Self::CoresPerCorePair => {
                let cores = if text.is_empty() { None } else { Some(text.parse().map_err(|_| refused())?) };
                Command::SetBundleTerms(BundleTerms { cores_per_core_pair: cores, ..bundles })
            }
            Self::Customer => {
                let customer = Customer::parse(text).ok_or_else(refused)?;
                Command::SetPriceTerms(PriceTerms { customer, ..prices })
            }
            Self::Anniversary => {
                let anniversary = if text.is_empty() { None } else { Some(day::parse(text).ok_or_else(refused)?) };
                Command::SetPriceTerms(PriceTerms { anniversary, ..prices })
            }
            Self::Task(key, field) => field.command(key, text, &workspace.lists.tasks).ok_or_else(refused)?,
            Self::OwnPrice(part_number) => own_price::command(part_number, text, &workspace.lists.prices)?,
            Self::LastVersion(product) => {
                let records: Vec<Record> = workspace.lists.records.lines().collect();
                last_version::command(product, text, &records)?
            }
            Self::ExamplePrices => example_prices::command(text, &workspace.lists.prices).ok_or_else(refused)?,
            Self::FirstDay { file, from } => {
                let to = if text.is_empty() { None } else { Some(day::parse(text).ok_or_else(refused)?) };
                Command::SetFirstDay { file: file.clone(), from: *from, to }
            }
            Self::ProposalNumber => {
                let number = text.to_owned();
                Command::SetProposal(ProposalTerms { number, ..workspace.proposal.clone() })
            }
            Self::ProposalValidUntil => {
                let valid_until = if text.is_empty() { None } else { Some(day::parse(text).ok_or_else(refused)?) };
                Command::SetProposal(ProposalTerms { valid_until, ..workspace.proposal.clone() })
            }
            Self::Decision(of) => {
                let kind = DecisionKind::ALL.into_iter().find(|kind| kind.name() == text).ok_or_else(refused)?;
                of.decide(&workspace.lists.decisions, kind, None)
            }
            Self::Decide(answers) => {
                let decided = |one: &DecisionAnswers| {
                    let known = one.of.find(&workspace.lists.decisions).map(|(index, _)| index);
                    Ok((known, one.decision()?.values()))
                };
                let lines = answers.iter().map(decided).collect::<Result<Vec<_>, Issue>>()?;
                Command::PutLines { list: List::Decisions, lines }
            }
            Self::ReducedTo(of) if text.is_empty() => of.decide(&workspace.lists.decisions, DecisionKind::Renew, None),
            Self::ReducedTo(of) => {
                let units: Decimal = text.parse().map_err(|_| refused())?;
                let units = Some(units).filter(|units| *units >= Decimal::ZERO).ok_or_else(refused)?;
                of.decide(&workspace.lists.decisions, DecisionKind::Reduce, Some(units))
            }
        };
        Ok(command)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_field_cannot_mean_is_refused_and_blank_is_not_settled() {
        let workspace = Workspace::default();
        for (setting, text) in [
            (Setting::Rounding, "sometimes"),
            (Setting::CoresPerCorePair, "two"),
            (Setting::CoresPerCorePair, "0"),
            (Setting::Customer, "nobody"),
            (Setting::Anniversary, "soon"),
            (Setting::ProposalValidUntil, "soon"),
        ] {
            let refused = setting.command(text, &workspace).unwrap_err();
            assert_eq!(refused.code, "setting_invalid", "{setting:?}");
        }
        let cores = |text| Setting::CoresPerCorePair.command(text, &workspace);
        let settled =
            |cores_per_core_pair| Command::SetBundleTerms(BundleTerms { cores_per_core_pair, ..Default::default() });
        assert_eq!(cores(" 2 ").unwrap(), settled(Some(std::num::NonZeroU32::new(2).unwrap())));
        assert_eq!(cores("").unwrap(), settled(None));
    }
}
