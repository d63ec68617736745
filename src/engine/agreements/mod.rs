//! Agreements as their sites, orders and rights make them stand on a day (docs/decisions/0034-agreements.md).

mod account;
mod merges;
mod owners;

use std::sync::Arc;

use jiff::civil::Date;
use litemap::LiteMap;
use rust_decimal::Decimal;

use super::volume::{self, Customer, points};
use crate::model::agreement::{Agreement, Contact, Programme, Sector, Site};
use crate::model::day;
use crate::model::issue::{Issue, Severity};
use crate::model::message::{Argument, Message};
use crate::model::order::{OrderLine, PriceTerms};
use crate::model::workspace::Lists;
use crate::rules::volume_levels::VolumeLevel;

pub use account::Account;
pub use merges::Merged;
pub use owners::Owners;

/// After so many months without orders or active services IBM may set an agreement inactive (commercial facts, A2,
/// rule 13).
const INACTIVE_AFTER: i16 = 24;

/// So many months without them are told beforehand.
const TOLD_AFTER: i16 = 18;

/// What agreements amount to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Agreements {
    /// The agreements, sorted bytewise by their numbers; orders of none come first, under a blank one.
    pub agreements: Vec<AgreementOnDay>,
    /// What to know about the agreements.
    pub issues: Vec<Issue>,
    /// What to know about their orders.
    pub of_orders: Vec<Issue>,
}

/// An agreement on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgreementOnDay {
    /// Its number; blank for orders of no agreement.
    pub agreement: String,
    /// The company that signed it.
    pub customer: String,
    /// Its programme; `None` when nobody says.
    pub programme: Option<Programme>,
    /// The country of the originating site.
    pub country: String,
    /// How many sites it has.
    pub sites: usize,
    /// Its first anniversary after the day.
    pub anniversary: Option<Date>,
    /// The level that its next order finds.
    pub level: VolumeLevel,
    /// The points of its open term.
    pub points: Decimal,
    /// When it ordered first.
    pub first_order: Option<Date>,
    /// When it ordered last.
    pub last_order: Option<Date>,
    /// The day from which IBM may set it inactive, as far as is known now.
    pub inactive_on: Option<Date>,
    /// Whether it has come to that; `None` when not known.
    pub activity: Option<Activity>,
}

/// Whether an agreement may be set inactive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Activity {
    /// Not within half a year.
    Active,
    /// Within half a year, unless something is ordered.
    SoonInactive,
    /// It may.
    Inactive,
}

impl Activity {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Active, Self::SoonInactive, Self::Inactive];

    /// The name in JSON and in tables.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::SoonInactive => "soon_inactive",
            Self::Inactive => "inactive",
        }
    }
}

/// What agreements are told from: read once, asked as often as need be.
pub struct AgreementBook<'a> {
    lists: &'a Lists,
    lines: Vec<Agreement>,
    /// The sites of all agreements.
    pub sites: Vec<Site>,
    /// The orders of all agreements; points that they do not give follow from their parts.
    pub orders: Vec<Arc<OrderLine>>,
    /// What to know about the orders.
    pub issues: Vec<Issue>,
}

impl<'a> AgreementBook<'a> {
    /// What the lists of a workspace tell.
    pub fn of(lists: &'a Lists) -> Self {
        let (orders, issues) = points::fill(&lists.orders, &lists.part_points);
        Self { lists, lines: lists.agreements.lines().collect(), sites: lists.sites.lines().collect(), orders, issues }
    }

    /// The day on which to look: that which is asked for, else that of the last order.
    fn day(&self, on: Option<Date>) -> Option<Date> {
        on.or_else(|| self.orders.iter().map(|order| order.date).max())
    }

    /// To which agreements sites belong: where two name one site, the first does.
    pub fn owners(&self) -> Owners<'_> {
        Owners::of(&self.lines, &self.sites, &self.lists.entitlements)
    }

    /// What belongs to each agreement, sorted by their numbers; orders of none come first, under a blank one.
    pub fn accounts(&self, terms: PriceTerms, on: Option<Date>) -> (Vec<Account<'_>>, Vec<Issue>) {
        let mut issues = Vec::new();
        let mut accounts: LiteMap<&str, Account<'_>> = LiteMap::new();
        for line in &self.lines {
            let known = accounts.entry(line.agreement.as_str()).or_default();
            if known.line.is_some() {
                let issue = Issue::new(Severity::Warning, "agreement_twice").with("agreement", line.agreement.as_str());
                issues.push(issue.at_line(&line.file, line.row));
            } else {
                known.line = Some(line);
            }
        }
        let owners = self.owners();
        for site in &self.sites {
            let first = owners.of_site(&site.site);
            if first == site.agreement {
                let known = accounts.entry(first).or_default();
                if known.sites.iter().all(|known| known.site != site.site) {
                    known.sites.push(site);
                }
            } else {
                let issue = Issue::new(Severity::Warning, "site_in_two_agreements").with("site", site.site.as_str());
                let issue = issue.with("first", first).with("other", site.agreement.as_str());
                issues.push(issue.at_line(&site.file, site.row));
            }
        }
        let only = owners.only();
        for order in &self.orders {
            accounts.entry(owners.of_site(&order.site)).or_default().orders.push(order.clone());
        }
        for right in self.lists.entitlements.iter() {
            let ordered = right.order_date.filter(|day| Some(*day) <= on);
            let account = accounts.entry(owners.of_right(right)).or_default();
            account.served = account.served.max(right.ss_end).max(ordered);
        }
        let mut accounts: Vec<Account<'_>> = accounts
            .into_iter()
            .map(|(agreement, account)| {
                let of_estate = agreement.is_empty() || only == Some(agreement);
                Account { agreement, terms: of_estate.then_some(terms), ..account }
            })
            .collect();
        for set in self.lists.levels_by_hand.iter() {
            let holds = |account: &&mut Account<'_>| match set.agreement.as_str() {
                "" => account.terms.is_some(),
                agreement => account.agreement == agreement,
            };
            let mut held = false;
            for account in accounts.iter_mut().filter(holds) {
                account.by_hand.push(Arc::clone(set));
                held = true;
            }
            if !held && !set.agreement.is_empty() {
                let issue = Issue::new(Severity::Warning, "level_of_unknown_agreement");
                issues.push(issue.with("agreement", set.agreement.as_str()).at_line(&set.file, set.row));
            }
        }
        (accounts, issues)
    }

    /// The agreements of an estate as they stand on a day, or on that of the last order. What is said of the estate as a
    /// whole, its price terms and levels of no agreement, holds for its only agreement, and for orders of none.
    pub fn agreements(&self, terms: PriceTerms, on: Option<Date>) -> Agreements {
        let on = self.day(on);
        let (accounts, issues) = self.accounts(terms, on);
        self.stand(&accounts, issues, on)
    }

    /// The same of accounts that are told already, with what there was to say of them.
    pub fn stand(&self, accounts: &[Account<'_>], issues: Vec<Issue>, on: Option<Date>) -> Agreements {
        let mut answer = Agreements { issues, of_orders: self.issues.clone(), ..Agreements::default() };
        let due = |contact: &Contact| contact.review_on.filter(|day| on.is_some_and(|on| *day <= on));
        answer.issues.extend(self.lists.contacts.lines().filter_map(|contact| {
            let issue = Issue::new(Severity::Info, "contact_review_due").with("day", due(&contact)?);
            Some(issue.with("contact", contact.contact.as_str()).at_line(&contact.file, contact.row))
        }));
        let academic = self.sites.iter().filter(|site| site.sector == Some(Sector::Academic));
        answer.issues.extend(academic.map(|site| {
            let issue = Issue::new(Severity::Info, "academic_use").with("site", site.site.as_str());
            issue.at_line(&site.file, site.row)
        }));
        for account in accounts {
            // Rights of no agreement are none by themselves.
            if !account.agreement.is_empty() || !account.orders.is_empty() {
                answer.add(account, &self.sites, on);
            }
        }
        answer
    }
}

impl Agreements {
    /// Adds an agreement as it stands on a day.
    fn add(&mut self, account: &Account<'_>, sites: &[Site], on: Option<Date>) {
        let number = account.agreement;
        let line = account.line.cloned().unwrap_or_default();
        let question = account.question(sites, on);
        let customer = question.customer;
        let ledger = volume::ledger(&account.orders, &question);
        let anniversary = match (question.anniversary, on) {
            (given @ Some(_), Some(on)) => volume::anniversaries(on, given).next(),
            // Express has none: each of its orders is renewed by itself.
            _ => ledger.anniversary.filter(|_| customer != Customer::Express),
        };
        let last_order = ledger.orders.last().map(|order| order.date);
        // No relationship lasts under Express, so that none becomes inactive.
        let last = last_order.max(account.served).filter(|_| customer != Customer::Express);
        let after = |months| last.and_then(|last| day::months_after(last, months));
        let inactive_on = after(INACTIVE_AFTER);
        let reached = |day: Option<Date>| on.zip(day).is_some_and(|(on, day)| on >= day);
        let activity = inactive_on.map(|_| match (reached(inactive_on), reached(after(TOLD_AFTER))) {
            (true, _) => Activity::Inactive,
            (false, true) => Activity::SoonInactive,
            (false, false) => Activity::Active,
        });
        let issue = match activity {
            Some(Activity::Inactive) => Some(Issue::new(Severity::Warning, "agreement_inactive")),
            Some(Activity::SoonInactive) => Some(Issue::new(Severity::Info, "agreement_soon_inactive")),
            Some(Activity::Active) | None => None,
        };
        if let Some(((issue, last), day)) = issue.zip(last).zip(inactive_on) {
            let name = if number.is_empty() {
                Argument::from(Message::new("issue.agreement_of_none"))
            } else {
                Argument::from(number)
            };
            let issue = issue.with("agreement", name).with("last", last).with("day", day);
            self.issues.push(issue.at_line(&line.file, line.row));
        }
        self.of_orders.extend(ledger.issues);
        self.agreements.push(AgreementOnDay {
            agreement: number.to_owned(),
            customer: line.customer,
            programme: line.programme,
            country: line.country,
            sites: account.sites.len(),
            anniversary,
            level: ledger.level,
            points: ledger.terms.last().map_or(Decimal::ZERO, |term| term.points),
            first_order: ledger.orders.first().map(|order| order.date),
            last_order,
            inactive_on,
            activity,
        });
    }
}

#[cfg(test)]
mod tests {

    use jiff::civil::date;

    use super::*;
    use crate::model::entitlement::Entitlement;
    use crate::model::order::{LevelAboveH, LevelByHand};

    pub(super) fn agreement(number: &str) -> Agreement {
        Agreement { agreement: number.to_owned(), ..Agreement::default() }
    }

    pub(super) fn site(agreement: &str, site: &str, sector: Option<Sector>) -> Site {
        Site { agreement: agreement.to_owned(), site: site.to_owned(), sector, ..Site::default() }
    }

    pub(super) fn order(site: &str, date: Date, points: u32) -> OrderLine {
        OrderLine {
            file: String::new(),
            line: 2,
            date,
            site: site.to_owned(),
            order: None,
            part_number: String::new(),
            quantity: None,
            points: Some(points.into()),
        }
    }

    pub(super) fn lists(agreements: &[Agreement], sites: &[Site], orders: &[OrderLine]) -> Lists {
        Lists {
            agreements: agreements.iter().cloned().collect(),
            sites: sites.iter().cloned().collect(),
            orders: orders.iter().cloned().collect(),
            ..Lists::default()
        }
    }

    fn on(lists: &Lists, on: Date) -> Agreements {
        AgreementBook::of(lists).agreements(PriceTerms::default(), Some(on))
    }

    /// Number, level and points of each agreement.
    fn levels(answer: &Agreements) -> Vec<(&str, &str, String)> {
        let level = |one: &'_ AgreementOnDay| one.points.to_string();
        answer.agreements.iter().map(|one| (one.agreement.as_str(), one.level.name(), level(one))).collect()
    }

    fn told(answer: &Agreements) -> Vec<(&str, Severity)> {
        answer.issues.iter().map(|issue| (issue.code.as_ref(), issue.severity)).collect()
    }

    const DAY: Date = date(2026, 6, 1);

    #[test]
    fn orders_are_told_apart_by_the_agreement_of_their_site() {
        let sites = [site("A1", "1", None), site("A1", "2", None), site("A2", "3", None)];
        let orders =
            [order("1", DAY, 300), order("2", DAY, 300), order("3", DAY, 2_500), order("9", DAY, 7), order("", DAY, 1)];
        let answer = on(&lists(&[agreement("A1"), agreement("A2")], &sites, &orders), DAY);
        assert_eq!(levels(&answer), [("", "BL", "8".into()), ("A1", "D", "600".into()), ("A2", "F", "2500".into())]);
        assert_eq!(answer.agreements.iter().map(|one| one.sites).collect::<Vec<_>>(), [0, 2, 1]);
    }

    #[test]
    fn the_only_agreement_has_all_orders_while_no_sites_are_listed() {
        let orders = [order("1", DAY, 300), order("", DAY, 300)];
        let answer = on(&lists(&[agreement("A1")], &[], &orders), DAY);
        assert_eq!(levels(&answer), [("A1", "D", "600".into())]);
        let answer = on(&lists(&[agreement("A1")], &[site("A1", "1", None)], &orders), DAY);
        assert_eq!(levels(&answer), [("", "BL", "300".into()), ("A1", "BL", "300".into())]);
    }

    #[test]
    fn the_level_follows_programme_and_sector_and_a_mixed_agreement_its_points() {
        let (government, academic) = (Some(Sector::Government), Some(Sector::Academic));
        let express = Agreement { programme: Some(Programme::Express), ..agreement("A1") };
        for (line, sectors, level) in [
            (agreement("A1"), [government, government], "GV"),
            (agreement("A1"), [academic, academic], "ED"),
            (agreement("A1"), [government, academic], "D"),
            (agreement("A1"), [government, None], "D"),
            (express, [government, government], "BL"),
        ] {
            let [one, other] = sectors;
            let sites = [site("A1", "1", one), site("A1", "2", other)];
            let answer = on(&lists(&[line], &sites, &[order("1", DAY, 600)]), DAY);
            assert_eq!(levels(&answer), [("A1", level, "600".into())], "{sectors:?}");
        }
    }

    #[test]
    fn the_next_anniversary_is_the_given_one_else_that_of_the_first_order() {
        let given = Agreement { anniversary: Some(date(2020, 6, 1)), ..agreement("A1") };
        let anniversary = |line: &Agreement, orders: &[OrderLine]| {
            on(&lists(std::slice::from_ref(line), &[], orders), DAY).agreements[0].anniversary
        };
        assert_eq!(anniversary(&given, &[]), Some(date(2027, 6, 1)), "strictly after the day");
        let leap = Agreement { anniversary: Some(date(2024, 2, 29)), ..agreement("A1") };
        let next = |day| on(&lists(std::slice::from_ref(&leap), &[], &[]), day).agreements[0].anniversary;
        assert_eq!(next(date(2026, 6, 1)), Some(date(2027, 2, 28)));
        assert_eq!(next(date(2028, 2, 28)), Some(date(2028, 2, 29)));
        let orders = [order("", date(2025, 3, 15), 1)];
        assert_eq!(anniversary(&agreement("A1"), &orders), Some(date(2027, 4, 1)));
        assert_eq!(anniversary(&agreement("A1"), &[]), None);
        let express = Agreement { programme: Some(Programme::Express), ..agreement("A1") };
        assert_eq!(anniversary(&express, &orders), None);
    }

    #[test]
    fn an_agreement_may_be_inactive_after_two_years_without_orders_and_services() {
        let of = lists(&[agreement("A1")], &[], &[order("", date(2024, 2, 29), 1)]);
        for (day, activity, codes) in [
            (date(2025, 8, 28), Activity::Active, vec![]),
            (date(2025, 8, 29), Activity::SoonInactive, vec![("agreement_soon_inactive", Severity::Info)]),
            (date(2026, 2, 27), Activity::SoonInactive, vec![("agreement_soon_inactive", Severity::Info)]),
            (date(2026, 2, 28), Activity::Inactive, vec![("agreement_inactive", Severity::Warning)]),
        ] {
            let answer = on(&of, day);
            assert_eq!(answer.agreements[0].inactive_on, Some(date(2026, 2, 28)));
            assert_eq!((answer.agreements[0].activity, told(&answer)), (Some(activity), codes), "{day}");
        }
    }

    #[test]
    fn a_service_or_an_order_of_the_ledger_keeps_an_agreement_active() {
        let orders = [order("1", date(2020, 1, 1), 1)];
        let served = |right: Entitlement| {
            let of = lists(&[agreement("A1")], &[site("A1", "1", None)], &orders);
            let of = Lists { entitlements: [right].into_iter().collect(), ..of };
            on(&of, DAY).agreements[0].inactive_on
        };
        let right = || Entitlement { agreement: "A1".to_owned(), ..Entitlement::default() };
        assert_eq!(served(right()), Some(date(2022, 1, 1)));
        let end = Some(date(2026, 12, 31));
        assert_eq!(served(Entitlement { ss_end: end, ..right() }), Some(date(2028, 12, 31)));
        let of_site = Entitlement { agreement: String::new(), site: "1".to_owned(), ss_end: end, ..right() };
        assert_eq!(served(of_site), Some(date(2028, 12, 31)));
        assert_eq!(served(Entitlement { order_date: Some(DAY), ..right() }), Some(date(2028, 6, 1)));
        let later = Entitlement { order_date: Some(date(2026, 6, 2)), ..right() };
        assert_eq!(served(later), Some(date(2022, 1, 1)), "it is not ordered yet");
        let other = Entitlement { agreement: "A2".to_owned(), ss_end: end, ..right() };
        assert_eq!(served(other), Some(date(2022, 1, 1)), "it is that of another agreement");
    }

    #[test]
    fn a_level_set_by_hand_holds_for_the_agreement_that_it_names() {
        let orders = [order("1", DAY, 600), order("2", DAY, 600)];
        let sites = [site("A1", "1", None), site("A2", "2", None)];
        let set = |agreement: &str| LevelByHand {
            file: String::new(),
            row: 0,
            level: LevelAboveH::I,
            from: DAY,
            reason: String::new(),
            agreement: agreement.to_owned(),
        };
        let seen = |agreement, sites: &[Site]| {
            let levels_by_hand = [set(agreement)].into_iter().collect();
            on(&Lists { levels_by_hand, ..lists(&[], sites, &orders) }, DAY)
        };
        let names = |answer: &Agreements| answer.agreements.iter().map(|one| one.level.name()).collect::<Vec<_>>();
        assert_eq!(names(&seen("A2", &sites)), ["D", "I"]);
        // Of no agreement it holds for the only one, and where there are several for none.
        assert_eq!((names(&seen("", &sites)), names(&seen("", &[]))), (vec!["D", "D"], vec!["I"]));
        let unknown = seen("A3", &sites);
        assert_eq!((names(&unknown), unknown.issues[0].code.as_ref()), (vec!["D", "D"], "level_of_unknown_agreement"));
    }

    #[test]
    fn what_is_said_of_the_estate_holds_for_its_only_agreement() {
        let terms = PriceTerms { customer: Customer::Government, anniversary: Some(date(2020, 7, 1)) };
        let orders = [order("1", DAY, 600)];
        let one = AgreementBook::of(&lists(&[agreement("A1")], &[], &orders)).agreements(terms, None);
        assert_eq!((levels(&one)[0].1, one.agreements[0].anniversary), ("GV", Some(date(2026, 7, 1))));
        let sites = [site("A1", "1", None), site("A2", "2", None)];
        let two = AgreementBook::of(&lists(&[agreement("A1")], &sites, &orders)).agreements(terms, None);
        assert_eq!((levels(&two)[0].1, two.agreements[0].anniversary), ("D", Some(date(2027, 6, 1))));
    }

    #[test]
    fn an_agreement_or_a_site_that_stands_twice_is_told_and_the_first_counts() {
        let other = Agreement { customer: "Other".to_owned(), ..agreement("A1") };
        let sites = [site("A1", "1", None), site("A2", "1", None), site("A1", "1", None)];
        let answer = on(&lists(&[agreement("A1"), other], &sites, &[order("1", DAY, 600)]), DAY);
        assert_eq!(levels(&answer), [("A1", "D", "600".into())]);
        assert_eq!((answer.agreements[0].sites, answer.agreements[0].customer.as_str()), (1, ""));
        let warned = |code| (code, Severity::Warning);
        assert_eq!(told(&answer), [warned("agreement_twice"), warned("site_in_two_agreements")]);
    }

    #[test]
    fn a_contact_whose_review_is_due_is_told_and_another_one_is_not() {
        let contact =
            |name: &str, day| Contact { contact: name.to_owned(), review_on: Some(day), ..Contact::default() };
        let contacts = [contact("Ada", DAY), contact("Grace", date(2026, 6, 2))];
        let lists = Lists { contacts: contacts.into_iter().collect(), ..Lists::default() };
        let answer = on(&lists, DAY);
        assert_eq!(told(&answer), [("contact_review_due", Severity::Info)]);
    }
}
