//! What is settled about a workspace in fields of its screens.

use serde::{Deserialize, Serialize};

use crate::edit::command::Command;
use crate::model::bundle::{BundleTerms, Rounding};
use crate::model::day;
use crate::model::issue::{Issue, Severity};
use crate::model::order::{Customer, PriceTerms};
use crate::model::workspace::Workspace;

/// Something that is settled about the workspace.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Setting {
    /// Where contributions to bundles are rounded up.
    Rounding,
    /// The cores that a core pair of Red Hat stands for.
    CoresPerCorePair,
    /// Whose prices hold.
    Customer,
    /// The next anniversary of orders that name no agreement.
    Anniversary,
}

impl Setting {
    /// The command that settles it as a field was filled in; blank is not settled.
    ///
    /// # Errors
    /// When the text is none of its values.
    pub fn command(self, text: &str, workspace: &Workspace) -> Result<Command, Issue> {
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
