//! Days as ILMT writes them in sentences, in the language of the user.

use jiff::civil::Date;

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
    let number = |place: usize| parts.get(place).and_then(|part| part.parse::<i16>().ok());
    let month = |place: usize| parts.get(place).and_then(|part| month_named(part));
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
    let place = MONTHS.iter().position(|names| names.iter().any(|name| word.starts_with(name)))?;
    i8::try_from(place + 1).ok()
}

/// The first day that a sentence names, in words or in figures.
pub(super) fn day_in(sentence: &str) -> Option<Date> {
    let words: Vec<&str> = sentence.split_whitespace().collect();
    let single = words.iter().find_map(|word| spoken_day(word));
    single.or_else(|| words.windows(3).find_map(|window| spoken_day(&window.join(" "))))
}

#[cfg(test)]
mod tests {
    use super::*;

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
}
