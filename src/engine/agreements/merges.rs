//! What if one agreement were merged into another one: each of those of an estate into each other one.

use jiff::civil::Date;

use super::{Account, AgreementBook};
use crate::engine::volume::Customer;
use crate::engine::volume::merge::{self, Change};
use crate::rules::volume_levels::VolumeLevel;

/// So many agreements are compared with each other; of more, only the first ones.
const COMPARED: usize = 12;

/// What if one agreement were merged into another one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merged {
    /// The agreement that stays, with its anniversary.
    pub kept: String,
    /// The one that joins it.
    pub joining: String,
    /// The level that the next order of each finds while they stay apart: of the one that stays, and of the other.
    pub before: [VolumeLevel; 2],
    /// The level that the next order of both finds.
    pub level: VolumeLevel,
    /// What that does to each.
    pub change: [Change; 2],
    /// The next anniversary of both.
    pub anniversary: Option<Date>,
}

impl AgreementBook<'_> {
    /// What merging each agreement that has ordered into each other one would do on a day, or on that of the last order.
    /// Only agreements at commercial prices: the level of the others does not follow from points.
    pub fn merges(&self, accounts: &[Account<'_>], on: Option<Date>) -> Vec<Merged> {
        let on = self.day(on);
        let ordering = accounts.iter().filter(|account| {
            !account.agreement.is_empty() && !account.orders.is_empty() && account.customer() == Customer::Commercial
        });
        let ordering: Vec<&Account<'_>> = ordering.take(COMPARED).collect();
        let mut found = Vec::new();
        for kept in &ordering {
            for joining in ordering.iter().filter(|joining| joining.agreement != kept.agreement) {
                let [one, other] = [kept, joining].map(|account| merge::MergingAgreement {
                    lines: &account.orders,
                    anniversary: account.anniversary(),
                    by_hand: &account.by_hand,
                });
                let merge = merge::merge([one, other], on, Customer::Commercial);
                found.push(Merged {
                    kept: kept.agreement.to_owned(),
                    joining: joining.agreement.to_owned(),
                    before: merge.alone.each_ref().map(|alone| alone.ledger.level),
                    level: merge.merged.level,
                    change: merge.alone.each_ref().map(|alone| alone.change),
                    anniversary: merge.merged.anniversary,
                });
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {

    use jiff::civil::date;

    use super::*;
    use crate::engine::agreements::tests::{agreement, lists, order, site};
    use crate::model::agreement::{Agreement, Programme, Sector};
    use crate::model::order::PriceTerms;
    use crate::model::workspace::Lists;

    fn merges(lists: &Lists, on: Option<Date>) -> Vec<Merged> {
        let told = AgreementBook::of(lists);
        let (accounts, _) = told.accounts(PriceTerms::default(), on);
        told.merges(&accounts, on)
    }

    #[test]
    fn merging_adds_the_points_of_both_under_the_anniversary_of_the_one_that_stays() {
        let sites = [site("100", "Oslo", None), site("200", "Rome", None)];
        let orders = [order("Oslo", date(2026, 3, 1), 600), order("Rome", date(2025, 9, 10), 600)];
        let kept = Agreement { anniversary: Some(date(2024, 5, 1)), ..agreement("100") };
        let lists = lists(&[kept, agreement("200")], &sites, &orders);
        let found = merges(&lists, Some(date(2026, 4, 1)));
        let names: Vec<_> = found.iter().map(|one| (one.kept.as_str(), one.joining.as_str())).collect();
        assert_eq!(names, [("100", "200"), ("200", "100")]);
        // 600 points are D, and 1,200 are E.
        assert_eq!((found[0].before, found[0].level), ([VolumeLevel::D; 2], VolumeLevel::E));
        assert_eq!((found[0].anniversary, found[0].change), (Some(date(2026, 5, 1)), [Change::Higher; 2]));
        let alone = [orders[0].clone()];
        let alone = Lists { orders: alone.iter().cloned().collect(), ..lists };
        assert_eq!(merges(&alone, None), [], "one that has not ordered");
    }

    #[test]
    fn an_agreement_whose_level_does_not_follow_from_points_is_merged_with_none() {
        let orders = [order("Oslo", date(2026, 3, 1), 600), order("Rome", date(2025, 9, 10), 600)];
        let merged = |second: Agreement, sector| {
            let sites = [site("100", "Oslo", None), site("200", "Rome", sector)];
            merges(&lists(&[agreement("100"), second], &sites, &orders), None).len()
        };
        assert_eq!(merged(agreement("200"), Some(Sector::Commercial)), 2);
        assert_eq!(merged(agreement("200"), Some(Sector::Government)), 0);
        let express = Agreement { programme: Some(Programme::Express), ..agreement("200") };
        assert_eq!(merged(express, None), 0);
    }
}
