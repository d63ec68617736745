//! Rows that add up the others, as most exports and many spreadsheets end with one.

/// Words for a sum, in the languages of the headers and a few more; letters alone count.
const WORDS: [&str; 33] = [
    "total",
    "totals",
    "grandtotal",
    "subtotal",
    "sum",
    "sumtotal",
    "overalltotal", // en
    "summe",
    "gesamt",
    "gesamtsumme",
    "zwischensumme",
    "endsumme",
    "gesamtergebnis",
    "insgesamt", // de
    "totalgénéral",
    "soustotal",
    "somme",
    "totaux", // fr
    "totalgeneral",
    "suma",
    "totales",
    "sumatotal", // es
    "totale",
    "totali",
    "totalegenerale",
    "totalecomplessivo",
    "subtotale", // it
    "totaal",    // nl
    "razem",     // pl
    "итого",
    "всего", // ru
    "合計",
    "总计", // ja, zh
];

/// Whether a text is nothing but a word for a sum: `Total`, `Grand Total:`, `Summe`.
pub(super) fn is_word(text: &str) -> bool {
    let letters: String = text.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    WORDS.contains(&letters.as_str())
}

/// Whether a text begins with such a word: `Total PVU`, `Summe Lizenzen`.
pub(super) fn begins_with_word(text: &str) -> bool {
    behind_word(text).is_some()
}

/// What stands behind such a word.
pub(super) fn behind_word(text: &str) -> Option<&str> {
    let text = text.trim();
    let (word, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    is_word(word).then(|| rest.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_for_a_sum_is_told_however_it_is_written() {
        for text in [
            "Total",
            "GRAND TOTAL:",
            "Sub-Total",
            "Gesamt",
            "Total général",
            "Totale",
            "Suma",
            "Gesamtergebnis",
            "合計",
        ] {
            assert!(is_word(text), "{text}");
        }
        for text in ["", "TotalStorage", "Total Access", "IBM MQ", "Sumatra", "5"] {
            assert!(!is_word(text), "{text}");
        }
        assert!(begins_with_word("Total PVU") && !begins_with_word("TotalStorage Manager"));
    }
}
