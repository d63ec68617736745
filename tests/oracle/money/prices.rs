//! 2.4 to 2.6 and 3: what one unit of a part costs whose coverage starts on a day.

use super::case::{Case, Subject};
use super::days::Day;
use super::lists::{LADDER, Price};
use super::numbers::{Decimal, Fraction, half_up};

/// What is known of a price: the row, and what one part costs before number and factor.
#[derive(Clone, Debug)]
pub(crate) struct Quote {
    pub(crate) part: String,
    pub(crate) basis: &'static str,
    pub(crate) level: String,
    pub(crate) price: Decimal,
    /// Millionths: low, expected, high.
    pub(crate) index: [i128; 3],
    /// What one price pays.
    pub(crate) months: i64,
    /// price x rate x index (or its limit) x what the discount leaves: low, expected, high.
    pub(crate) each: [Fraction; 3],
}

/// What is asked for.
#[derive(Clone, Copy)]
pub(crate) struct Question<'a> {
    pub(crate) agreement: &'a str,
    /// The line's.
    pub(crate) product: &'a str,
    pub(crate) currency: &'a str,
    /// The day whose row, level, index and percentages hold.
    pub(crate) day: Day,
    pub(crate) level: &'a str,
    /// Whether caps bind (3.4).
    pub(crate) capped: bool,
}

fn holds(price: &Price, day: Day) -> bool {
    price.from.is_none_or(|from| from <= day) && price.to.is_none_or(|to| day <= to)
}

/// 2.4, first sentence: those with a reason, the latest `valid_from`, the later file, the later line.
fn on_the_day<'a>(prices: &[&'a Price], day: Day) -> Option<&'a Price> {
    let held = prices.iter().filter(|price| holds(price, day));
    held.max_by_key(|price| (price.own, price.from, price.place)).copied()
}

/// 2.4: else, of those that held since `on`, the one that ended last.
fn in_force<'a>(case: &Case<'_>, prices: &[&'a Price], day: Day) -> Option<&'a Price> {
    on_the_day(prices, day).or_else(|| {
        let mut since: Vec<&Price> = Vec::new();
        let mut past = case.on;
        while past < day {
            since.extend(prices.iter().copied().filter(|price| holds(price, past)));
            past = past.next();
        }
        since.into_iter().max_by_key(|price| (price.to, price.own, price.from, price.place))
    })
}

fn of_level<'a>(case: &'a Case<'_>, part: &str, level: &str, currency: &str) -> Vec<&'a Price> {
    let fits = |price: &&Price| price.part == part && price.level == level && price.currency == currency;
    case.prices.iter().filter(fits).collect()
}

/// 2.5: whether the newest row of the list of points says that the part has no entitled discount.
fn base_only(case: &Case<'_>, part: &str, day: Day) -> bool {
    let points = &case.world.points;
    let rows = (0..points.rows.len()).filter(|row| points.cell(*row, "part_number").eq_ignore_ascii_case(part));
    let dated = rows.map(|row| (Day::read(points.cell(row, "from")), row));
    let newest = dated.filter(|(from, _)| from.is_none_or(|from| from <= day)).max();
    newest.is_some_and(|(_, row)| points.cell(row, "entitled_discount").eq_ignore_ascii_case("no"))
}

/// 2.5: the level's price, else that of the nearest lower level that has one.
fn price_of<'a>(case: &'a Case<'_>, part: &str, question: Question<'_>) -> Option<&'a Price> {
    let levels: Vec<&str> = if base_only(case, part, question.day) {
        vec!["BL"]
    } else if let Some(place) = LADDER.iter().position(|level| *level == question.level) {
        LADDER[..=place].iter().rev().copied().collect()
    } else {
        vec![question.level, "BL"]
    };
    levels.iter().find_map(|level| in_force(case, &of_level(case, part, level, question.currency), question.day))
}

/// 2.6: the row's months, the catalogue's, 1 for a monthly part, 12.
fn months(case: &Case<'_>, price: &Price) -> i64 {
    let part = case.part(&price.part);
    let usual = if part.is_some_and(|part| part.kind == "monthly") { 1 } else { 12 };
    price.months.or(part.and_then(|part| part.months)).unwrap_or(usual)
}

/// The caps in ten-thousandths of a percent: fixed, compounding.
#[derive(Clone, Copy)]
struct Caps {
    fixed: Option<i128>,
    compounding: Option<i128>,
}

/// Ten-thousandths of a percent: one is a millionth of the whole.
pub(crate) fn parts_per_million(percent: Decimal) -> i128 {
    percent.value * 10_i128.pow(4 - percent.places)
}

const WHOLE: i128 = 1_000_000;

fn caps(case: &Case<'_>, subject: Subject<'_>) -> Caps {
    let cap = |name| case.assumption(name, subject, case.on).and_then(|row| row.values);
    let own = Decimal::read(case.said_of(subject.agreement, "price_cap_percent"));
    Caps {
        fixed: cap("cap_fixed").map(|values| parts_per_million(values[1])),
        compounding: cap("cap_compounding").map(|values| values[1]).or(own).map(parts_per_million),
    }
}

/// 3.5: the user's uplift, else as announced worldwide, else 3, 6, 9.
fn uplift(case: &Case<'_>, subject: Subject<'_>, year: i64) -> [i128; 3] {
    let user = case.assumption("uplift", subject, Day::new(year, 1, 1)).and_then(|row| row.values);
    let usual = match year {
        2022 => [3, 3, 3],
        2024 | 2026 => [6, 6, 6],
        _ => [3, 6, 9],
    };
    user.unwrap_or(usual.map(Decimal::whole)).map(parts_per_million)
}

/// 3.3 and 3.4: i(B) = 1, and so on, rounded to a millionth each year.
fn index(case: &Case<'_>, subject: Subject<'_>, base: i64, year: i64, caps: Caps) -> [i128; 3] {
    let mut index = [WHOLE; 3];
    for one in base + 1..=year {
        let uplift = uplift(case, subject, one);
        for third in 0..3 {
            let least = caps.compounding.map_or(uplift[third], |cap| uplift[third].min(cap));
            let grown = half_up(index[third] * (WHOLE + least), WHOLE);
            let most = caps.fixed.map(|cap| WHOLE + cap * i128::from(one - base));
            index[third] = most.map_or(grown, |most| grown.min(most));
        }
    }
    index
}

/// 3.4: what a price that begins after `on` may cost at most, in terms of the price that holds on `on`.
fn limits(case: &Case<'_>, row: &Price, year: i64, caps: Caps) -> Vec<Fraction> {
    if row.from.is_none_or(|from| from <= case.on) {
        return Vec::new();
    }
    let mut same = of_level(case, &row.part, &row.level, &row.currency);
    same.retain(|price| months(case, price) == months(case, row));
    let Some(now) = on_the_day(&same, case.on) else { return Vec::new() };
    let years = year - case.on.year();
    let fixed = caps.fixed.map(|cap| WHOLE + cap * i128::from(years));
    let compounding = caps.compounding.map(|cap| (0..years).fold(WHOLE, |k, _| half_up(k * (WHOLE + cap), WHOLE)));
    let most = |k| now.amount.fraction().times(&Fraction::millionths(k));
    fixed.into_iter().chain(compounding).map(most).collect()
}

/// What one of a part costs; with a rate, a percentage of its price (that of `rate`, `usual` where nobody says it).
pub(crate) fn quote(
    case: &Case<'_>,
    question: Question<'_>,
    part: Option<&str>,
    rate: Option<(&str, i64)>,
) -> Option<Quote> {
    let part = part?;
    let row = price_of(case, part, question)?;
    let subject = Subject { agreement: question.agreement, product: question.product, part };
    let caps = if question.capped { caps(case, subject) } else { Caps { fixed: None, compounding: None } };
    let year = question.day.year();
    // 3.2: the year of its `valid_from`, but not before that of `on`.
    let base = row.from.map_or(case.on, |from| from.max(case.on)).year();
    let index = index(case, subject, base, year, caps);
    let limits = limits(case, row, year, caps);
    let percent = |name, usual| {
        let row = case.assumption(name, subject, question.day).and_then(|row| row.values);
        row.unwrap_or([Decimal::whole(usual); 3])
    };
    let discount = percent("discount", 0);
    let rates = rate.map_or([Decimal::whole(100); 3], |(name, usual)| percent(name, usual));
    let each = [0, 1, 2].map(|third| {
        let indexed = row.amount.fraction().times(&Fraction::millionths(index[third]));
        let capped = limits.iter().fold(indexed, |price, limit| price.least(limit.clone()));
        let rated = capped.times(&Fraction::millionths(parts_per_million(rates[third])));
        rated.times(&Fraction::millionths(WHOLE - parts_per_million(discount[third])))
    });
    Some(Quote {
        part: part.to_owned(),
        basis: if rate.is_some() { "rate" } else { "part" },
        level: row.level.clone(),
        price: row.amount,
        index,
        months: if rate.is_some() { 12 } else { months(case, row) },
        each,
    })
}
