//! What the page shows of orders, points and levels.

mod forms;
mod picture;

use std::sync::Arc;

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::OpenWorkspace;
use crate::engine::agreements::{Account, AgreementBook, Merged};
use crate::engine::volume::merge::Change;
use crate::engine::volume::{self, OrderLedger, Term, cost};
use crate::import::cell;
use crate::model::derivation::Derivation;
use crate::model::issue::{Issue, Severity};
use crate::model::message::Message;
use crate::model::order::{OrderLine, PriceTerms};
use crate::model::workspace::{Lists, Workspace};
use crate::rules::volume_levels::VolumeLevel;
use crate::work::Question;
use crate::work::blocks::{Block, Section};
use crate::work::cell::{Cell, CellRow};
use crate::work::drawing::Chart;
use crate::work::screen_query::ScreenQuery;

const TERMS: [(&str, bool); 5] = [
    ("page.volume.start", false),
    ("page.volume.end", false),
    ("page.volume.points", true),
    ("page.volume.earned", true),
    ("page.volume.after_reset", true),
];

const ORDERS: [(&str, bool); 6] = [
    ("page.volume.date", false),
    ("page.volume.site", false),
    ("page.volume.points", true),
    ("page.volume.svp", true),
    ("page.volume.rsvp", true),
    ("page.volume.applied", true),
];

const MERGES: [(&str, bool); 7] = [
    ("page.volume.kept", false),
    ("column.level", true),
    ("page.volume.joining", false),
    ("column.level", true),
    ("page.volume.merged", true),
    ("page.volume.merge_does", false),
    ("column.anniversary", false),
];

const COSTS: [(&str, bool); 4] =
    [("column.level", false), ("page.volume.cost", true), ("page.volume.difference", true), ("column.currency", false)];

/// How many orders are shown with their levels, the last ones first; all of them count.
const SHOWN: usize = 200;

/// The arguments of the screen: the agreement that is looked at, and the points of one more order.
const AGREEMENT: &str = "agreement";
const POINTS: &str = "points";

/// The screen; its lists alone before the first order.
pub(super) fn show(open: OpenWorkspace<'_>, query: &ScreenQuery) -> Vec<Block> {
    let Workspace { lists, price_terms, .. } = open.workspace;
    if lists.orders.is_empty() {
        return vec![Block::Lists(Vec::new())];
    }
    let typed = query.argument(POINTS);
    let seen = view(lists, *price_terms, query.today, query.argument(AGREEMENT), cell::quantity(typed.trim()));
    let mut blocks = Vec::new();
    if seen.agreements.len() > 1 {
        blocks.push(Block::Form(forms::agreement(&seen)));
    }
    blocks.push(Block::Tiles(forms::tiles(&seen)));
    blocks.extend(seen.terms.map(|terms| Block::Form(forms::price_terms(terms))));
    blocks.extend(seen.picture.map(Block::Chart));
    blocks.push(Block::Form(forms::next_order(typed, seen.what_if.as_ref())));
    if !seen.issues.is_empty() {
        blocks.push(Block::Notes(seen.issues));
    }
    blocks.extend(seen.sections.into_iter().map(Block::Table));
    blocks.push(Block::Lists(Vec::new()));
    blocks
}

/// The level that the next order of the first agreement finds, and what is missing to the next one.
pub(super) struct Meter {
    /// The level in force.
    pub(super) level: String,
    /// What explains it.
    pub(super) question: Option<Question>,
    /// What is missing to the next level, in words.
    pub(super) to_next: Message,
}

/// The meter; `None` before the first order.
pub(super) fn meter(open: OpenWorkspace<'_>, query: &ScreenQuery) -> Option<Meter> {
    let Workspace { lists, price_terms, .. } = open.workspace;
    if lists.orders.is_empty() {
        return None;
    }
    let seen = view(lists, *price_terms, query.today, "", None);
    let to_next = forms::next(seen.next.as_ref());
    Some(Meter { level: seen.level, question: seen.term, to_next })
}

/// Orders, points and levels of an agreement as they stand on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
struct VolumeView {
    /// Number of the agreement; blank for orders of none.
    agreement: String,
    /// The numbers of all that have ordered.
    agreements: Vec<String>,
    /// The level that the next order finds.
    level: String,
    /// Points of the term so far.
    points: Decimal,
    /// What explains them; `None` before the first order.
    term: Option<Question>,
    /// The next anniversary; `None` before the first order.
    anniversary: Option<Date>,
    /// The next level, and the points that are missing to it; `None` at the top, and where points do not count.
    next: Option<LevelStep>,
    /// The level after the anniversary when nothing more is bought.
    at_reset: Option<String>,
    /// What one more order would do.
    what_if: Option<WhatIf>,
    /// Points over time.
    picture: Option<Chart>,
    /// The terms and the orders, the last ones first.
    sections: Vec<Section>,
    /// What to know about the orders.
    issues: Vec<Issue>,
    /// The price terms of the estate, where they hold for this agreement.
    terms: Option<PriceTerms>,
}

/// A level, and the points to it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct LevelStep {
    level: String,
    /// The points that are missing.
    points: Decimal,
}

/// What one more order would do.
#[derive(Clone, Debug, PartialEq, Eq)]
struct WhatIf {
    /// The level of its prices.
    applied: String,
    /// The level that its own points earn.
    svp: String,
    /// The level in force when it is placed.
    rsvp: String,
    /// The level that the order after it finds.
    level: String,
    /// The last day on which that level holds.
    until: Option<Date>,
    /// The level after the anniversary then.
    at_reset: String,
}

/// The ledger of an agreement as it stands on a day, or on that of the last order of all if that is later, and what one
/// more order of so many points would do. Of the first agreement that has ordered when none is called so.
fn view(lists: &Lists, terms: PriceTerms, today: Option<Date>, agreement: &str, extra: Option<Decimal>) -> VolumeView {
    // Filled anew each time: points that follow from a part must not look as if they had been given.
    let told = AgreementBook::of(lists);
    let last = told.orders.iter().map(|line| line.date).max();
    let on = today.max(last);
    let (accounts, of_accounts) = told.accounts(terms, on);
    let ordering: Vec<&Account<'_>> = accounts.iter().filter(|account| !account.orders.is_empty()).collect();
    let none = Account::of_estate(terms);
    let named = ordering.iter().find(|account| account.agreement == agreement);
    let account = named.or(ordering.first()).copied().unwrap_or(&none);
    let question = account.question(&told.sites, on);
    let ledger = volume::ledger(&account.orders, &question);
    let open = ledger.terms.last().copied();
    let points = open.map_or(Decimal::ZERO, |term| term.points);
    let mut issues = [told.issues.as_slice(), &ledger.issues].concat();
    if ledger.orders.len() > SHOWN {
        let issue = Issue::new(Severity::Info, "orders_not_shown");
        issues.push(issue.with("shown", SHOWN).with("all", ledger.orders.len()));
    }
    issues.extend(told.stand(&accounts, of_accounts, on).issues);
    VolumeView {
        agreement: account.agreement.to_owned(),
        agreements: ordering.iter().map(|account| account.agreement.to_owned()).collect(),
        level: ledger.level.name().to_owned(),
        points,
        term: open.zip(on).map(|(term, on)| Question::Term {
            agreement: account.agreement.to_owned(),
            start: term.start,
            on,
        }),
        anniversary: ledger.anniversary,
        next: ledger.next_level().map(|(level, points)| LevelStep { level: level.name().to_owned(), points }),
        at_reset: open.map(|term| term.after_reset.name().to_owned()),
        what_if: extra.zip(on).and_then(|(extra, on)| what_if(&account.orders, &question, on, extra)),
        picture: picture::of(&ledger),
        sections: sections(
            account.agreement,
            &ledger,
            on,
            &told.merges(&accounts, on),
            costs(account, lists, &ledger, on),
        ),
        issues,
        terms: account.terms,
    }
}

/// How the points of a term come about, as they are seen on a day.
pub(super) fn explain(lists: &Lists, terms: PriceTerms, agreement: &str, start: Date, on: Date) -> Option<Derivation> {
    let told = AgreementBook::of(lists);
    let (accounts, _) = told.accounts(terms, Some(on));
    let account = accounts.iter().find(|account| account.agreement == agreement)?;
    volume::explain(&volume::ledger(&account.orders, &account.question(&told.sites, Some(on))), start)
}

/// Terms, orders, and what merging agreements would do where there are several.
fn sections(
    agreement: &str,
    ledger: &OrderLedger,
    on: Option<Date>,
    merges: &[Merged],
    costs: Option<Section>,
) -> Vec<Section> {
    let terms = ledger.terms.iter().rev().map(|one| term(agreement, one, on)).collect();
    let mut sections = vec![
        Section::new("page.volume.terms", &TERMS, terms),
        Section::new("page.volume.orders", &ORDERS, ledger.orders.iter().rev().take(SHOWN).map(order).collect()),
    ];
    sections.extend(costs);
    if !merges.is_empty() {
        let mut section = Section::new("page.volume.merges", &MERGES, merges.iter().map(merged).collect());
        section.notes.push(Message::new("page.volume.merges_text"));
        sections.push(section);
    }
    sections
}

/// What the orders of the open term, or of the last one that has any, cost at each level; without prices nothing.
fn costs(account: &Account<'_>, lists: &Lists, ledger: &OrderLedger, on: Option<Date>) -> Option<Section> {
    let within = |term: &Term| {
        let lines = account.orders.iter().filter(|line| (term.start..=term.end).contains(&line.date));
        let lines: Vec<Arc<OrderLine>> = lines.cloned().collect();
        (!lines.is_empty()).then_some((*term, lines))
    };
    let (term, ordered) = ledger.terms.iter().rev().find_map(within)?;
    let costs = cost::costs(&ordered, &lists.prices, on?, ledger.level);
    let rows = costs
        .levels
        .iter()
        .map(|one| vec![level(one.level), one.cost.into(), one.difference.into(), one.currency.as_str().into()]);
    let mut section = Section::new("page.volume.worth", &COSTS, rows.collect());
    let told = Message::new("page.volume.worth_text").with("start", term.start).with("end", term.end);
    section.notes.push(told.with("level", ledger.level.name()));
    if costs.unpriced > 0 {
        section.notes.push(Message::new("page.volume.unpriced").with("count", costs.unpriced));
    }
    (costs.priced > 0).then_some(section)
}

fn level(level: VolumeLevel) -> Cell {
    level.name().into()
}

fn merged(one: &Merged) -> CellRow {
    let [kept, joining] = one.before;
    let lower = one.change.contains(&Change::Lower);
    let higher = one.change.contains(&Change::Higher);
    let word = match (higher, lower) {
        (true, false) => "page.volume.raises",
        (false, true) => "page.volume.lowers",
        (true, true) => "page.volume.raises_and_lowers",
        (false, false) => "page.volume.leaves",
    };
    vec![
        one.kept.as_str().into(),
        level(kept),
        one.joining.as_str().into(),
        level(joining),
        level(one.level),
        Cell::Word(word.into()),
        one.anniversary.into(),
    ]
}

fn order(order: &volume::PricedOrder) -> CellRow {
    let (date, points) = (order.date.into(), order.points.into());
    vec![date, order.site.as_str().into(), points, level(order.svp), level(order.rsvp), level(order.applied)]
}

fn term(agreement: &str, term: &Term, on: Option<Date>) -> CellRow {
    let points = on.map_or(Cell::Number(term.points), |on| {
        Cell::Figure(Some(term.points), Question::Term { agreement: agreement.to_owned(), start: term.start, on })
    });
    vec![term.start.into(), term.end.into(), points, level(term.earned), level(term.after_reset)]
}

/// The ledger with one more order on a day.
fn what_if(lines: &[Arc<OrderLine>], question: &volume::VolumeQuery<'_>, on: Date, points: Decimal) -> Option<WhatIf> {
    // By its number it is an order of its own, and the last one of that day.
    let more = OrderLine {
        file: String::new(),
        line: 0,
        date: on,
        site: char::MAX.to_string(),
        order: Some(char::MAX.to_string()),
        part_number: String::new(),
        quantity: None,
        points: Some(points),
    };
    let lines: Vec<Arc<OrderLine>> = lines.iter().cloned().chain([Arc::new(more)]).collect();
    let ledger = volume::ledger(&lines, question);
    let placed = ledger.orders.last()?;
    Some(WhatIf {
        applied: placed.applied.name().to_owned(),
        svp: placed.svp.name().to_owned(),
        rsvp: placed.rsvp.name().to_owned(),
        level: ledger.level.name().to_owned(),
        until: ledger.anniversary.and_then(|day| day.yesterday().ok()),
        at_reset: ledger.terms.last()?.after_reset.name().to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::model::agreement::Site;
    use crate::model::order::Customer;
    use crate::work::drawing::{Ink, Shape, Share};

    fn of(lines: &[OrderLine]) -> Lists {
        Lists { orders: lines.iter().cloned().collect(), ..Lists::default() }
    }

    fn line(date: Date, points: i64) -> OrderLine {
        OrderLine {
            file: String::new(),
            line: 2,
            date,
            site: "a".to_owned(),
            order: None,
            part_number: String::new(),
            quantity: None,
            points: Some(points.into()),
        }
    }

    #[test]
    fn the_meter_tells_what_is_missing_to_the_next_level_and_what_the_reset_leaves() {
        let lines = [line(date(2025, 3, 1), 1_200), line(date(2026, 4, 1), 100)];
        let seen = view(&of(&lines), PriceTerms::default(), Some(date(2026, 5, 1)), "", None);
        // 1,200 points earned E; the second term holds E, and 100 points leave one step less at its end.
        assert_eq!((seen.level.as_str(), seen.points), ("E", 100.into()));
        assert_eq!(seen.next, Some(LevelStep { level: "F".to_owned(), points: 2_400.into() }));
        assert_eq!((seen.at_reset.as_deref(), seen.anniversary), (Some("D"), Some(date(2027, 3, 1))));
    }

    #[test]
    fn one_more_order_is_priced_by_the_higher_level_and_moves_the_next_one() {
        let lines = [line(date(2026, 3, 1), 600)];
        let seen = view(&of(&lines), PriceTerms::default(), Some(date(2026, 6, 1)), "", Some(1_900.into()));
        let what_if = seen.what_if.unwrap();
        assert_eq!((what_if.rsvp.as_str(), what_if.svp.as_str(), what_if.applied.as_str()), ("D", "E", "E"));
        assert_eq!((what_if.level.as_str(), what_if.at_reset.as_str()), ("F", "F"));
        assert_eq!(what_if.until, Some(date(2027, 2, 28)));
    }

    #[test]
    fn the_last_order_of_a_day_is_the_one_that_is_asked_about() {
        let lines = [line(date(2026, 3, 1), 600)];
        let seen = view(&of(&lines), PriceTerms::default(), Some(date(2026, 3, 1)), "", Some(1.into()));
        assert_eq!(seen.what_if.unwrap().rsvp, "D");
    }

    #[test]
    fn prices_of_their_own_know_no_next_level() {
        let terms = PriceTerms { customer: Customer::Government, anniversary: None };
        let seen = view(&of(&[line(date(2026, 3, 1), 600)]), terms, None, "", None);
        assert_eq!((seen.level.as_str(), seen.next), ("GV", None));
    }

    fn site(agreement: &str, site: &str) -> Site {
        Site { agreement: agreement.to_owned(), site: site.to_owned(), ..Site::default() }
    }

    #[test]
    fn each_agreement_has_its_own_level_picture_and_explanation() {
        let other = OrderLine { site: "b".to_owned(), ..line(date(2026, 3, 1), 600) };
        let mut lists = of(&[line(date(2025, 3, 1), 2_500), other]);
        lists.sites = [site("100", "a"), site("200", "b")].into_iter().collect();
        let on = date(2026, 4, 1);
        let seen = |agreement| view(&lists, PriceTerms::default(), Some(on), agreement, None);
        let (first, second) = (seen("100"), seen("200"));
        assert_eq!(first.agreements, ["100", "200"]);
        assert_eq!((first.level.as_str(), first.points, first.terms), ("F", 0.into(), None));
        assert_eq!((second.level.as_str(), second.points), ("D", 600.into()));
        assert_eq!(seen("nobody").agreement, "100");
        let Some(Question::Term { agreement, start, on }) = second.term else { panic!("no term") };
        let why = explain(&lists, PriceTerms::default(), &agreement, start, on).unwrap();
        assert_eq!((why.value, why.children.len()), (Some(600.into()), 1));
    }

    #[test]
    fn in_the_picture_points_rise_on_the_day_of_their_order() {
        let lines = [line(date(2025, 3, 1), 400), line(date(2025, 9, 15), 1_200)];
        let picture = view(&of(&lines), PriceTerms::default(), None, "", None).picture.unwrap();
        // Level F at 2,500 is the next one: 0 to an eighth above it. 15 September is the 199th of 365 days.
        let rise = [5_424, 5_424, 8_577, 4_311].map(Share);
        assert!(picture.drawing.shapes.contains(&Shape::Line(Ink::Mark, rise)), "{:?}", picture.drawing.shapes);
        let ticks: Vec<Cell> = picture.left.into_iter().map(|(_, tick)| tick).collect();
        assert_eq!(ticks, [0, 1_000, 2_000].map(|tick| Cell::Number(tick.into())));
    }

    #[test]
    fn each_anniversary_has_its_line_in_the_picture() {
        let lines = [line(date(2024, 3, 7), 499), line(date(2025, 9, 30), 12_000), line(date(2026, 4, 1), 3)];
        let picture = view(&of(&lines), PriceTerms::default(), None, "", None).picture.unwrap();
        let upright = |shape: &&Shape| matches!(shape, Shape::Line(Ink::Axis, [one, other, ..]) if one == other);
        assert_eq!(picture.drawing.shapes.iter().filter(upright).count(), 2);
    }
}
