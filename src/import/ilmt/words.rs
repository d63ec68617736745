//! What ILMT writes in the user's language: yes and no, remarks, days.

use jiff::civil::Date;

/// How languages write yes and no, with the tag of the language. Where two share a word, the first is taken.
const YES_NO: [(&str, &str, &str); 18] = [
    ("en", "yes", "no"),
    ("pl", "tak", "nie"),
    ("de", "ja", "nein"),
    ("fr", "oui", "non"),
    ("es", "sí", "no"),
    ("it", "sì", "no"),
    ("pt", "sim", "não"),
    ("nl", "ja", "nee"),
    ("da", "ja", "nej"),
    ("cs", "ano", "ne"),
    ("sk", "áno", "nie"),
    ("hu", "igen", "nem"),
    ("ru", "да", "нет"),
    ("tr", "evet", "hayır"),
    ("ja", "はい", "いいえ"),
    ("ko", "예", "아니오"),
    ("zh", "是", "否"),
    ("ro", "da", "nu"),
];

/// Reads yes or no in any of the known languages; `None` for a blank and for any other word.
pub(super) fn yes_or_no(text: &str) -> Option<bool> {
    let word = text.to_lowercase();
    YES_NO.iter().find_map(|(_, yes, no)| if word == *yes { Some(true) } else { (word == *no).then_some(false) })
}

/// The language in which one of these words says yes or no, when only one known language does.
pub(super) fn language_of<'a>(words: impl Iterator<Item = &'a str>) -> Option<&'static str> {
    let words: Vec<String> = words.map(str::to_lowercase).collect();
    let mut fitting =
        YES_NO.iter().filter(|(_, yes, no)| !words.is_empty() && words.iter().all(|word| word == yes || word == no));
    let (language, ..) = fitting.next()?;
    fitting.next().is_none().then_some(*language)
}

/// Whether a bundle is one, or the word for "none" in the user's language: that is a single word everywhere, and the
/// name of a bundle never is.
pub(super) fn is_bundle(text: &str) -> bool {
    text.contains(char::is_whitespace)
}

/// Whether a remark says that all instances are excluded. English and Polish are known from real files; in other
/// languages the figures tell.
pub(super) fn says_excluded(remark: &str) -> bool {
    ["All instances are excluded", "Wszystkie instancje są wykluczone"].iter().any(|known| remark.contains(known))
}

/// Whether a remark says that ILMT does not know the host. In other languages the name of the server tells.
pub(super) fn says_host_unknown(remark: &str) -> bool {
    let known = ["Incomplete virtualization hierarchy", "Niepełna hierarchia wirtualizacji"];
    known.iter().any(|known| remark.contains(known))
}

/// Reads the day of a table: `YYYY-MM-DD`, whatever time follows.
pub(super) fn day(text: &str) -> Option<Date> {
    let (day, rest) = text.split_at_checked(10)?;
    if rest.is_empty() || rest.starts_with([' ', 'T']) { crate::model::day::parse(day) } else { None }
}

/// The months by the beginnings of their names in English, German, French, Spanish, Italian, Portuguese and Polish.
const MONTHS: [&[&str]; 12] = [
    &["jan", "jän", "ene", "gen", "sty"],
    &["feb", "fév", "fev", "lut"],
    &["mar", "mär", "mrz"],
    &["apr", "avr", "abr", "kwi"],
    &["may", "mai", "mag", "maj"],
    &["jun", "juin", "giu", "cze"],
    &["jul", "juil", "lug", "lip"],
    &["aug", "aoû", "ago", "sie"],
    &["sep", "set", "wrz"],
    &["oct", "okt", "ott", "out", "paź"],
    &["nov", "lis"],
    &["dec", "dez", "déc", "dic", "gru"],
];

/// Reads a day as `data_condition.txt` writes it: `May 5, 2021 6:28:58 AM`, `5 maj 2021`, `05.05.2021`, `2021-05-05`,
/// `2021年5月5日`. A date of three numbers is read when its order is certain.
pub(super) fn spoken_day(text: &str) -> Option<Date> {
    let parts: Vec<&str> = text
        .split(|letter: char| !letter.is_alphanumeric())
        .flat_map(|part| part.split(['年', '月', '日']))
        .filter(|part| !part.is_empty())
        .take(5)
        .collect();
    let number = |index: usize| parts.get(index).and_then(|part| part.parse::<i16>().ok());
    let month = |index: usize| parts.get(index).and_then(|part| month_named(part));
    let (year, month, day) = match (number(0), number(1), number(2)) {
        (Some(year), Some(month), Some(day)) if year > 31 => (year, i8::try_from(month).ok()?, day),
        (Some(day), Some(month), Some(year)) if text.contains('.') || day > 12 => {
            (year, i8::try_from(month).ok()?, day)
        }
        (Some(month), Some(day), Some(year)) if day > 12 => (year, i8::try_from(month).ok()?, day),
        (None, Some(day), Some(year)) => (year, month(0)?, day),
        (Some(day), None, Some(year)) => (year, month(1)?, day),
        // "5 de mayo de 2021": the words between are passed over.
        (Some(day), None, None) => (number(4)?, month(2)?, day),
        _ => return None,
    };
    Date::new(year, month, i8::try_from(day).ok()?).ok().filter(|_| year >= 1970)
}

fn month_named(word: &str) -> Option<i8> {
    let word = word.to_lowercase();
    let index = MONTHS.iter().position(|names| names.iter().any(|name| word.starts_with(name)))?;
    i8::try_from(index + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_of_a_table_is_read_whatever_time_follows() {
        let may = Date::constant(2021, 5, 4);
        for text in ["2021-05-04", "2021-05-04 00:00:00.000", "2021-05-04T10:00:00Z", "2021-05-04 04:59:40"] {
            assert_eq!(day(text), Some(may), "{text}");
        }
        for text in ["", "2021-05-041", "2021-13-04", "04.05.2021", "2021-5-4", "ąąąąąąąąąą"] {
            assert_eq!(day(text), None, "{text}");
        }
    }

    #[test]
    fn a_day_in_words_is_read_when_its_order_is_certain() {
        let may = Date::constant(2021, 5, 5);
        for text in [
            "May 5, 2021",
            "May 5, 2021 6:28:58 AM",
            "5 maj 2021 06:28:58",
            "05.05.2021",
            "2021-05-05",
            "2021/05/05 06:28",
            "2021年5月5日",
            "5 de mayo de 2021",
            "5. Mai 2021",
        ] {
            assert_eq!(spoken_day(text), Some(may), "{text}");
        }
        assert_eq!(spoken_day("4/5/2021"), None, "month or day first?");
        assert_eq!(spoken_day("12/31/2021"), Some(Date::constant(2021, 12, 31)));
        assert_eq!(spoken_day("juin 3, 2021"), Some(Date::constant(2021, 6, 3)));
        assert_eq!(spoken_day("never"), None);
        assert_eq!(spoken_day(""), None);
    }

    #[test]
    fn yes_and_no_are_read_in_the_language_of_the_user() {
        assert_eq!(yes_or_no("Tak"), Some(true));
        assert_eq!(yes_or_no("Nein"), Some(false));
        assert_eq!(yes_or_no("いいえ"), Some(false));
        assert_eq!(yes_or_no("perhaps"), None);
        assert_eq!(language_of(["Tak", "Nie"].into_iter()), Some("pl"));
        assert_eq!(language_of(["Nein"].into_iter()), Some("de"));
        assert_eq!(language_of(["no"].into_iter()), None, "several languages say no");
        assert_eq!(language_of(["ja"].into_iter()), None);
        assert_eq!(language_of([].into_iter()), None);
    }

    #[test]
    fn a_bundle_has_more_than_one_word() {
        assert!(is_bundle("IBM Cloud Pak for Integration"));
        for none in ["None", "Brak", "なし", "Keine", ""] {
            assert!(!is_bundle(none));
        }
    }
}
