//! What the text of a cell of a list means: plain numbers and ISO days as they are, and the ways in which spreadsheets
//! of other countries write them once it is known which way a column has.

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::{number, suffix};
use crate::model::bundle::Environment;
use crate::model::day;
use crate::model::list::{self, FieldKind, Value};

/// How a column writes what it holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Style {
    /// Plain numbers with a decimal point and no separators; ISO days.
    #[default]
    Plain,
    /// Numbers: `1,234.5`.
    Point,
    /// Numbers: `1.234,5`.
    Comma,
    /// Days: `31.12.2026` and `31/12/2026`.
    DayFirst,
    /// Days: `12/31/2026`.
    MonthFirst,
    /// Nobody knows: only what both styles of its kind read alike is read.
    Either,
}

impl Style {
    /// The ways of numbers.
    const NUMBERS: [Self; 2] = [Self::Point, Self::Comma];
    /// The ways of days.
    const DAYS: [Self; 2] = [Self::DayFirst, Self::MonthFirst];

    /// Its name, for whoever chooses it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Point => "decimal_point",
            Self::Comma => "decimal_comma",
            Self::DayFirst => "day_month_year",
            Self::MonthFirst => "month_day_year",
            Self::Either => "ambiguous",
        }
    }

    /// The names of those that can be chosen for a column of this kind.
    pub fn names(kind: FieldKind) -> Vec<&'static str> {
        let own = Self::of(kind).iter();
        own.chain([&Self::Plain]).filter(|_| !Self::of(kind).is_empty()).map(|style| style.name()).collect()
    }

    /// The style of this kind with this name.
    pub fn named(kind: FieldKind, name: &str) -> Option<Self> {
        let name = list::word(&Self::names(kind), name)?;
        Self::of(kind).iter().copied().chain([Self::Plain]).find(|style| style.name() == name)
    }

    /// The styles that a column of this kind may have; none for texts and words.
    pub const fn of(kind: FieldKind) -> &'static [Self] {
        match kind {
            FieldKind::Number => &Self::NUMBERS,
            FieldKind::Day => &Self::DAYS,
            FieldKind::Text | FieldKind::Word(_) => &[],
        }
    }
}

/// What the cells of a column say about its style.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StyleClues {
    /// All cells read the same in every style, or this one alone reads most of them.
    One(Style),
    /// Two styles read all cells, and differently: the first cells for which they do, three at most.
    Ambiguous(Vec<String>),
}

/// The style of a column, told from all of its cells. Cells that no style reads are passed over: they are wrong
/// whatever the others say.
pub fn infer<'a>(kind: FieldKind, cells: impl Iterator<Item = &'a str>) -> StyleClues {
    let [first, second] = match Style::of(kind) {
        [first, second] => [*first, *second],
        _ => return StyleClues::One(Style::Plain),
    };
    let mut only = (0_usize, 0_usize);
    let mut differ = Vec::new();
    let mut plain = true;
    for cell in cells.map(str::trim).filter(|cell| !cell.is_empty()) {
        plain &= read(kind, cell, Style::Plain).is_some();
        match (read(kind, cell, first), read(kind, cell, second)) {
            (Some(one), Some(other)) if one != other => {
                if differ.len() < 3 && !differ.iter().any(|known| known == cell) {
                    differ.push(cell.to_owned());
                }
            }
            (Some(_), None) => only = (only.0.saturating_add(1), only.1),
            (None, Some(_)) => only = (only.0, only.1.saturating_add(1)),
            (Some(_), Some(_)) | (None, None) => {}
        }
    }
    let (ones, others) = only;
    if !differ.is_empty() && (ones > 0) == (others > 0) {
        // Either nothing tells the styles apart, or some cells need the one and some the other.
        StyleClues::Ambiguous(differ)
    } else if others > ones {
        StyleClues::One(second)
    } else if ones == 0 && plain {
        StyleClues::One(Style::Plain)
    } else {
        StyleClues::One(first)
    }
}

/// What looks like a separator of thousands in a column: the sign that stands in each of its numbers that has one, once
/// and with exactly three digits behind it, as in `1.400` and `12,500`. A first digit 0 sets no thousands apart.
pub fn look_grouped<'a>(cells: impl Iterator<Item = &'a str>) -> Option<char> {
    let mut separator = None;
    for text in cells.map(str::trim).filter(|text| text.contains(['.', ','])) {
        let sign = text.chars().find(|sign| matches!(sign, '.' | ','))?;
        let (whole, rest) = text.split_once(sign)?;
        let grouped = (1..=3).contains(&whole.len()) && !whole.starts_with('0') && rest.len() == 3;
        let digits = whole.bytes().chain(rest.bytes()).all(|byte| byte.is_ascii_digit());
        if !grouped || !digits || *separator.get_or_insert(sign) != sign {
            return None;
        }
    }
    separator
}

/// The value that a text means in a field; `None` when it is none in this style.
pub fn read(kind: FieldKind, text: &str, style: Style) -> Option<Value> {
    let text = text.trim();
    if text.is_empty() || kind == FieldKind::Day && is_nothing(text) {
        return Some(Value::Blank);
    }
    if let (Style::Either, [first, second]) = (style, Style::of(kind)) {
        return read(kind, text, *first).filter(|value| read(kind, text, *second).as_ref() == Some(value));
    }
    match kind {
        FieldKind::Text => (!is_failed_formula(text)).then(|| Value::Text(text.to_owned())),
        FieldKind::Number => number(text, style).and_then(in_bounds).map(Value::Number),
        FieldKind::Day => {
            let (text, _) = suffix::split_time(text);
            day::parse(text).or_else(|| machine_day(text)).or_else(|| written_day(text, style)).map(Value::Day)
        }
        FieldKind::Word(words) => word(words, text).map(|word| Value::Text(word.to_owned())),
    }
}

/// Whether a text can be read, if only somebody knew how it is written.
pub fn is_ambiguous(kind: FieldKind, text: &str, style: Style) -> bool {
    style == Style::Either && Style::of(kind).iter().any(|style| read(kind, text, *style).is_some())
}

/// Other words for those of lists, as exports and people write them.
const OTHER_WORDS: [(&str, &[&str]); 15] = [
    ("perpetual", &["perpetual license", "perpetual licence", "unbefristet", "kauf", "perpétuelle", "perpetua"]),
    ("subscription", &["subscription license", "subscription licence", "abo", "abonnement", "suscripción", "miete"]),
    ("committed_term", &["committed term license", "committed term licence"]),
    ("fixed_term", &["fixed term license", "fixed term licence", "term", "term license", "term licence", "befristet"]),
    ("monthly", &["monthly license", "monthly licence", "monatlich", "mensuel", "mensual"]),
    ("licence", &["license", "new license", "new licence", "new", "lizenz", "licencia", "licenza"]),
    ("renewal", &["rnwl", "verlängerung", "renouvellement", "renovación", "rinnovo"]),
    ("reinstatement", &["reinstate", "wiederaufnahme", "rétablissement", "restablecimiento", "ripristino"]),
    ("support_option", &["extended support", "advanced support"]),
    ("production", Environment::Production.other_words()),
    ("non_production", Environment::NonProduction.other_words()),
    ("passport_advantage", &["pa", "ibm passport advantage"]),
    ("express", &["pae", "passport advantage express", "ibm passport advantage express"]),
    ("yes", &["y", "true", "ja", "oui", "sí", "x", "1"]),
    ("no", &["n", "false", "nein", "non", "0"]),
];

/// The word of a list that a text means: its own, or another one for it.
fn word(words: &[&'static str], text: &str) -> Option<&'static str> {
    let letters = |text: &str| -> String {
        text.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    list::word(words, text).or_else(|| {
        let text = letters(text);
        let known = OTHER_WORDS
            .iter()
            .find(|(word, others)| words.contains(word) && others.iter().any(|other| letters(other) == text));
        known.map(|(word, _)| *word)
    })
}

/// Whether a cell is what Excel writes where a formula failed, or a formula whose value was not kept: it says nothing.
pub fn is_failed_formula(text: &str) -> bool {
    const ERRORS: [&str; 8] = ["#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!"];
    ERRORS.contains(&text) || text == UNCALCULATED
}

/// What stands in the place of a formula whose value was not kept.
pub const UNCALCULATED: &str = "#FORMULA!";

/// Whether a cell says that there is nothing.
fn is_nothing(text: &str) -> bool {
    matches!(text, "-" | "–" | "—")
        || ["n/a", "na", "none", "unlimited"].iter().any(|word| word.eq_ignore_ascii_case(text))
}

/// The number that a text writes in this style, whatever its size.
pub fn number(text: &str, style: Style) -> Option<Decimal> {
    match style {
        Style::Point => number::plain(&ungrouped(text, '.')?),
        Style::Comma => number::plain(&ungrouped(text, ',')?),
        Style::Plain | Style::DayFirst | Style::MonthFirst => number::plain(text),
        Style::Either => number(text, Style::Point).filter(|read| number(text, Style::Comma) == Some(*read)),
    }
}

/// A plain number, 0 or more.
pub fn quantity(text: &str) -> Option<Decimal> {
    number::plain(text).and_then(in_bounds)
}

/// The most that a cell may say: sums of millions of lines stay exact below it.
const MOST: u64 = 1_000_000_000_000;

fn in_bounds(number: Decimal) -> Option<Decimal> {
    Some(number).filter(|number| {
        !number.is_sign_negative() && *number <= Decimal::from(MOST) && number.normalize().scale() <= 6
    })
}

/// Whether a text is a number, but a larger one than a cell may say.
pub fn is_too_large(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let styles = [Style::Plain, Style::Point, Style::Comma];
    let large = |style| number(text, style).is_some_and(|number| number > Decimal::from(MOST));
    // Too long for a decimal is too large as well.
    styles.into_iter().any(large) || digits > 28 && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The number without the separators of its thousands, and with a decimal point. Groups have three digits, and the
/// first one is not 0: `0.125` has no thousands.
fn ungrouped(text: &str, decimal: char) -> Option<String> {
    let group = if decimal == '.' { ',' } else { '.' };
    let (whole, fraction) = text.split_once(decimal).map_or((text, None), |(whole, fraction)| (whole, Some(fraction)));
    let separator =
        whole.chars().find(|letter| *letter == group || matches!(letter, ' ' | '\u{a0}' | '\u{202f}' | '\'' | '’'));
    let mut digits = String::with_capacity(text.len());
    match separator {
        None => digits.push_str(whole),
        Some(separator) => {
            for (index, part) in whole.split(separator).enumerate() {
                let fits =
                    if index == 0 { (1..=3).contains(&part.len()) && !part.starts_with('0') } else { part.len() == 3 };
                if !fits || !part.bytes().all(|byte| byte.is_ascii_digit()) {
                    return None;
                }
                digits.push_str(part);
            }
        }
    }
    if let Some(fraction) = fraction {
        digits.push('.');
        digits.push_str(fraction);
    }
    Some(digits)
}

/// A day as programs write it without signs: `20261231`.
fn machine_day(text: &str) -> Option<Date> {
    let is_day = text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit());
    is_day.then(|| day::parse(&format!("{}-{}-{}", text.get(..4)?, text.get(4..6)?, text.get(6..)?))).flatten()
}

/// A day as spreadsheets write it: `31.12.2026`, `31/12/26`, `31-Dec-2026`, `2026/12/31`.
fn written_day(text: &str, style: Style) -> Option<Date> {
    let separator = text.chars().find(|letter| matches!(letter, '.' | '/' | '-' | ' '))?;
    // "31. December 2026": the point belongs to the day.
    let mut parts =
        text.split([separator, ' ']).map(|part| part.trim_matches(['.', ','])).filter(|part| !part.is_empty());
    let parts = [parts.next()?, parts.next()?, parts.next().filter(|_| parts.next().is_none())?];
    let number = |text: &str| text.parse::<i16>().ok().filter(|_| text.bytes().all(|byte| byte.is_ascii_digit()));
    let [day, month, year] = match parts {
        [year, month, day] if year.len() == 4 && number(year).is_some() => {
            [number(day)?, number(month)?, number(year)?]
        }
        [first, second, third] => {
            let year = match (third.len(), number(third)?) {
                (4, year) => year,
                (2, year) => year.saturating_add(2000),
                _ => return None,
            };
            match (month_of(first), month_of(second)) {
                (None, Some(month)) => [number(first)?, month, year],
                (Some(month), None) => [number(second)?, month, year],
                (Some(_), Some(_)) => return None,
                // Nobody writes the month first with points.
                (None, None) if style == Style::MonthFirst && separator != '.' => {
                    [number(second)?, number(first)?, year]
                }
                (None, None) if style == Style::Plain => return None,
                (None, None) => [number(first)?, number(second)?, year],
            }
        }
    };
    Date::new(year, month.try_into().ok()?, day.try_into().ok()?).ok()
}

/// The month of an English or German name, or of its first three letters.
fn month_of(text: &str) -> Option<i16> {
    const NAMES: [&[&str]; 12] = [
        &["january", "januar", "jänner"],
        &["february", "februar"],
        &["march", "märz", "mrz"],
        &["april"],
        &["may", "mai"],
        &["june", "juni"],
        &["july", "juli"],
        &["august"],
        &["september"],
        &["october", "oktober"],
        &["november"],
        &["december", "dezember"],
    ];
    let text = text.to_lowercase();
    let fits = |name: &&str| text == **name || (text.chars().count() >= 3 && name.starts_with(&text));
    let index = NAMES.iter().position(|names| names.iter().any(fits))?;
    i16::try_from(index).ok()?.checked_add(1)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn numbers(cells: &[&str]) -> StyleClues {
        infer(FieldKind::Number, cells.iter().copied())
    }

    fn days(cells: &[&str]) -> StyleClues {
        infer(FieldKind::Day, cells.iter().copied())
    }

    #[test]
    fn the_whole_column_tells_how_its_numbers_are_written() {
        assert_eq!(numbers(&["1.000", "2,5"]), StyleClues::One(Style::Comma));
        assert_eq!(numbers(&["1,000", "2.5"]), StyleClues::One(Style::Point));
        assert_eq!(numbers(&["1.000.000"]), StyleClues::One(Style::Comma));
        assert_eq!(numbers(&["0.125", "7"]), StyleClues::One(Style::Point));
        assert_eq!(numbers(&["5", "12", ""]), StyleClues::One(Style::Plain));
    }

    #[test]
    fn a_column_that_can_be_read_in_two_ways_is_ambiguous_and_shows_three_samples() {
        let StyleClues::Ambiguous(samples) = numbers(&["1.000", "7", "1.000", "2.500", "3.125", "4.000"]) else {
            panic!()
        };
        assert_eq!(samples, ["1.000", "2.500", "3.125"]);
        assert_eq!(
            days(&["03/04/2026", "05/06/2026"]),
            StyleClues::Ambiguous(vec!["03/04/2026".into(), "05/06/2026".into()])
        );
        // One cell speaks for each way, so neither can be trusted for the third.
        assert_eq!(numbers(&["1.5", "1,5", "1.000"]), StyleClues::Ambiguous(vec!["1.000".into()]));
    }

    #[test]
    fn the_whole_column_tells_how_its_days_are_written() {
        assert_eq!(days(&["03/04/2026", "31/12/2026"]), StyleClues::One(Style::DayFirst));
        assert_eq!(days(&["03/04/2026", "12/31/2026"]), StyleClues::One(Style::MonthFirst));
        assert_eq!(days(&["2026-12-31"]), StyleClues::One(Style::Plain));
        assert_eq!(days(&["05/05/2026"]), StyleClues::One(Style::DayFirst), "both ways give the same day");
        assert_eq!(days(&["03.04.2026"]), StyleClues::One(Style::DayFirst), "with points the day is first");
    }

    #[test]
    fn numbers_are_read_in_their_style_and_in_no_other() {
        let number = |text: &str, style| read(FieldKind::Number, text, style);
        let is = |units: i64, scale| Some(Value::Number(Decimal::new(units, scale)));
        assert_eq!(number("1.234,5", Style::Comma), is(12_345, 1));
        assert_eq!(number("1,234.5", Style::Point), is(12_345, 1));
        assert_eq!(number("12 345", Style::Comma), is(12_345, 0));
        assert_eq!(number("12’345.50", Style::Point), is(1_234_550, 2));
        for (text, style) in [
            ("1,23,4", Style::Point),
            ("1,234", Style::Plain),
            ("0,125", Style::Point),
            (",125", Style::Point),
            ("1.2.3", Style::Point),
            ("-5", Style::Point),
            ("5 €", Style::Comma),
        ] {
            assert_eq!(number(text, style), None, "{text} {style:?}");
        }
    }

    #[test]
    fn days_of_people_are_read() {
        let day = |text: &str, style| read(FieldKind::Day, text, style);
        let is = |year, month, day| Some(Value::Day(date(year, month, day)));
        assert_eq!(day("31.12.2026", Style::DayFirst), is(2026, 12, 31));
        assert_eq!(day("1. März 2026", Style::DayFirst), is(2026, 3, 1));
        assert_eq!(day("03-Apr-2026", Style::Plain), is(2026, 4, 3));
        assert_eq!(day("Apr 3, 2026", Style::Plain), is(2026, 4, 3));
        assert_eq!(day("12/31/26", Style::MonthFirst), is(2026, 12, 31));
        assert_eq!(day("2026/12/31", Style::Plain), is(2026, 12, 31));
        for text in ["31.02.2026", "2026", "1/2", "1/2/3/4", "Apr May 2026", "31/12/026"] {
            assert_eq!(day(text, Style::DayFirst), None, "{text}");
        }
    }

    #[test]
    fn a_sign_with_three_digits_behind_it_in_each_number_looks_like_thousands() {
        let grouped = |cells: &[&str]| look_grouped(cells.iter().copied());
        assert_eq!(grouped(&["1.000", "12.500", "7"]), Some('.'));
        assert_eq!(grouped(&["1.125", ""]), Some('.'));
        assert_eq!(grouped(&["1,400"]), Some(','));
        for others in [&["1.000", "5000.5"][..], &["0.500"], &["1.000", "1,000"], &["1.000.000"], &["7"], &[]] {
            assert_eq!(grouped(others), None, "{others:?}");
        }
    }

    #[test]
    fn a_number_that_is_too_large_is_told_from_what_is_none() {
        for text in ["1000000000001", "1.000.000.000.001,5", "99999999999999999999999999999999999999"] {
            assert!(is_too_large(text), "{text}");
        }
        for text in ["1000000000000", "-5", "many", "1.0000001"] {
            assert!(!is_too_large(text), "{text}");
        }
    }

    #[test]
    fn days_of_programs_and_words_of_people_are_read() {
        let day = |text| read(FieldKind::Day, text, Style::Plain);
        let last = Some(Value::Day(date(2026, 12, 31)));
        for text in ["2026-12-31 00:00:00", "2026-12-31T23:59:59Z", "20261231", "2026-12-31T00:00:00.000+01:00"] {
            assert_eq!(day(text), last, "{text}");
        }
        assert_eq!(
            (day("n/a"), day("-"), day("unlimited")),
            (Some(Value::Blank), Some(Value::Blank), Some(Value::Blank))
        );
        assert_eq!((day("2026-12-31 soon"), day("20261331")), (None, None));
        let types = FieldKind::Word(&["perpetual", "subscription", "fixed_term"]);
        let of = |text| read(types, text, Style::Plain).map(|value| value.plain());
        assert_eq!(of("Subscription License").as_deref(), Some("subscription"));
        assert_eq!((of("Unbefristet").as_deref(), of("Term").as_deref()), (Some("perpetual"), Some("fixed_term")));
        assert_eq!((of("Monthly License"), of("renewal")), (None, None));
    }
}
