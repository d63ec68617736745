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
