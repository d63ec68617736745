//! The headers under which people keep the fields of lists.

use std::sync::LazyLock;

use litemap::LiteMap;

use super::sheet::Sheet;
use crate::model::issue::{Issue, Severity};
use crate::model::list::Field;

/// Rows that are looked at for a header.
pub(super) const LOOKED_AT: usize = 30;

/// Lets a table begin at its header where something is written above it: at the first row that is `known`; where none
/// is, and the first row is no more than a title, at the first of the widest ones. What it tells is how many rows stand
/// above.
pub(super) fn begin(sheet: &mut Sheet, known: impl Fn(&[String]) -> bool) -> Option<Issue> {
    if known(sheet.header()) {
        return None;
    }
    let filled = |cells: &[String]| cells.iter().filter(|text| !text.is_empty()).count();
    let line = first_rows(sheet).find(|(_, cells)| known(cells)).or_else(|| {
        let widest = first_rows(sheet).map(|(_, cells)| filled(&cells)).max().filter(|widest| *widest > 1)?;
        first_rows(sheet).find(|(_, cells)| filled(sheet.header()) < 2 && filled(cells) == widest)
    });
    let (line, _) = line?;
    sheet.begin_at(line);
    above(sheet)
}

/// Whether a header that is `known` is among the first rows of a table.
pub(super) fn has_known(sheet: &Sheet, known: impl Fn(&[String]) -> bool) -> bool {
    known(sheet.header()) || first_rows(sheet).any(|(_, cells)| known(&cells))
}

/// The rows below the first one among which a header is looked for: line and cells.
pub(super) fn first_rows(sheet: &Sheet) -> impl Iterator<Item = (u32, Vec<String>)> {
    sheet.rows().take(LOOKED_AT).map(|row| (row.line(), row.cells().map(str::to_owned).collect()))
}

/// Whether a header has a column with this very name.
pub(super) fn names(header: &[String], field: &str) -> bool {
    let field = letters(field);
    header.iter().any(|text| letters(text) == field)
}

/// That rows stand above the header.
pub fn above(sheet: &Sheet) -> Option<Issue> {
    let told = Issue::new(Severity::Info, ABOVE).at_row(sheet.header_line()).with("count", sheet.above());
    (sheet.above() > 0).then_some(told)
}

/// The code of what [`above`] tells.
pub const ABOVE: &str = "rows_above_header";

/// The columns of a table that are not read: those that are no field of the list, and those that are a field for which
/// another column stands already. `read` says which field a column was read as.
pub(super) fn not_read(
    list: &str,
    fields: &[Field],
    header: &[String],
    read: impl Fn(usize) -> Option<usize>,
) -> Vec<Issue> {
    let mut unknown = Vec::new();
    let mut issues = Vec::new();
    let unread = header.iter().enumerate().filter(|(column, name)| !name.is_empty() && read(*column).is_none());
    for (_, name) in unread {
        let first =
            field(list, fields, name).and_then(|meant| (0..header.len()).find(|column| read(*column) == Some(meant)));
        match first.and_then(|first| header.get(first)) {
            Some(first) => {
                issues.push(
                    Issue::new(Severity::Warning, "column_not_first").in_column(name).with("first", first.as_str()),
                );
            }
            None => unknown.push(name.as_str()),
        }
    }
    if !unknown.is_empty() {
        issues.push(Issue::new(Severity::Info, "columns_not_read").with("columns", unknown.join("; ")));
    }
    issues
}

/// A header without what makes no difference: only its letters and digits count, in lower case. `Part Number` is
/// `part_number`, `S&S end` is `ss_end`.
fn letters(text: &str) -> String {
    text.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Articles and prepositions of the languages of [`NAMES`], which change no name: `Fin du support` is `Fin de support`.
const SMALL_WORDS: [&str; 26] = [
    "al", "d", "das", "de", "dei", "del", "dell", "della", "delle", "dem", "den", "der", "des", "di", "die", "du",
    "el", "il", "l", "la", "las", "le", "les", "los", "of", "the",
];

/// A header by less than its letters: without small words, accents, and the `e` that is written where a keyboard has no
/// umlaut. `Fecha de fin de soporte` is `Fecha fin del soporte`, `Waehrung` is `Währung`, `QUANTITE` is `Quantité`.
fn bare(text: &str) -> String {
    let words = text.split(|letter: char| !(letter.is_alphanumeric() || is_mark(letter)));
    let words =
        words.map(|word| word.chars().flat_map(char::to_lowercase).filter_map(without_accent).collect::<String>());
    let name: String = words.filter(|word| !SMALL_WORDS.contains(&word.as_str())).collect();
    ["ae", "oe", "ue"].iter().fold(name, |name, written| name.replace(written, written.trim_end_matches('e')))
}

/// Whether it is an accent that stands behind its letter.
const fn is_mark(letter: char) -> bool {
    matches!(letter, '\u{300}'..='\u{36f}')
}

/// A letter without its accent; `None` for an accent by itself.
const fn without_accent(letter: char) -> Option<char> {
    Some(match letter {
        'à'..='å' | 'æ' => 'a',
        'ç' => 'c',
        'è'..='ë' => 'e',
        'ì'..='ï' => 'i',
        'ñ' => 'n',
        'ò'..='ö' | 'œ' => 'o',
        'ù'..='ü' => 'u',
        letter if is_mark(letter) => return None,
        letter => letter,
    })
}

/// Whether two headers have the same columns, in whatever order.
pub(super) fn are_the_same(one: &[String], other: &[String]) -> bool {
    let columns = |header: &[String]| -> Vec<String> {
        let mut columns: Vec<String> =
            header.iter().map(|text| letters(text)).filter(|text| !text.is_empty()).collect();
        columns.sort_unstable();
        columns
    };
    columns(one) == columns(other)
}

/// For each column of another header the place of the same column here; `None` where there is none. Of several columns
/// with one name the first goes with the first.
pub(super) fn indices_of(header: &[String], other: &[String]) -> Vec<Option<usize>> {
    let here: Vec<String> = header.iter().map(|text| letters(text)).collect();
    let mut taken = vec![false; here.len()];
    let index_of = |text: &String| {
        let text = letters(text);
        let index = here.iter().zip(&taken).position(|(known, taken)| *known == text && !taken)?;
        if let Some(taken) = taken.get_mut(index) {
            *taken = true;
        }
        Some(index)
    };
    other.iter().map(index_of).collect()
}

/// Another name of a field, as lists of buyers and resellers and IBM's own exports have it.
#[derive(Clone)]
struct HeaderWord {
    field: String,
    /// Name of the list in which it is that field; empty is every one.
    list: String,
    language: String,
}

/// Words by the names that they are known by.
type NamedWords = LiteMap<String, Vec<HeaderWord>>;

/// The other names of fields: `header_words.csv`, one row for the names of a field in a language.
struct HeaderNames {
    by_letters: NamedWords,
    by_bare: NamedWords,
}

static NAMES: LazyLock<HeaderNames> = LazyLock::new(|| {
    let mut names = HeaderNames { by_letters: LiteMap::new(), by_bare: LiteMap::new() };
    for row in ::csv::Reader::from_reader(include_str!("header_words.csv").as_bytes()).records().flatten() {
        let [field, list, language] = [0, 1, 2].map(|index| row.get(index).unwrap_or_default());
        let word = HeaderWord { field: field.to_owned(), list: list.to_owned(), language: language.to_owned() };
        for name in row.get(3).unwrap_or_default().split(';') {
            names.by_letters.entry(letters(name)).or_default().push(word.clone());
            names.by_bare.entry(bare(name)).or_default().push(word.clone());
        }
    }
    names
});

impl HeaderNames {
    /// The words that a header can mean: by its letters, else by less.
    fn words(&self, header: &str) -> &[HeaderWord] {
        let known = self.by_letters.get(&letters(header)).or_else(|| self.by_bare.get(&bare(header)));
        known.map(Vec::as_slice).unwrap_or_default()
    }
}

/// The field of a list that each header means: its own name goes before others, and the first column of a field is its
/// column. `list` is the name of the list, since some headers mean something else in another one.
pub(super) fn fields(list: &str, fields: &[Field], header: &[String]) -> Vec<Option<usize>> {
    let own: Vec<String> = fields.iter().map(|field| letters(field.name)).collect();
    let mut found = vec![None; header.len()];
    let mut taken = vec![false; fields.len()];
    let mut take = |found: &mut Vec<Option<usize>>, column: usize, index: usize| {
        if let (Some(slot), Some(taken)) = (found.get_mut(column), taken.get_mut(index))
            && slot.is_none()
            && !std::mem::replace(taken, true)
        {
            *slot = Some(index);
        }
    };
    for (column, text) in header.iter().map(|text| letters(text)).enumerate().filter(|(_, text)| !text.is_empty()) {
        if let Some(index) = own.iter().position(|name| *name == text) {
            take(&mut found, column, index);
        }
    }
    for (column, text) in header.iter().enumerate() {
        if let Some(index) = other_name(list, fields, text) {
            take(&mut found, column, index);
        }
    }
    found
}

/// The field that a header means by another name.
fn other_name(list: &str, fields: &[Field], header: &str) -> Option<usize> {
    let mut words = NAMES.words(header).iter().filter(|word| word.list.is_empty() || word.list == list);
    words.find_map(|word| fields.iter().position(|field| field.name == word.field))
}

/// The field that a header means, whether or not another column is that field already.
pub(super) fn field(list: &str, fields: &[Field], header: &str) -> Option<usize> {
    let text = letters(header);
    fields.iter().position(|field| letters(field.name) == text).or_else(|| other_name(list, fields, header))
}

/// Whether a header is written in a language in which the comma sets decimals apart.
pub(super) fn are_of_comma_language(header: &[String]) -> bool {
    let of_language = |text: &String| {
        let words = NAMES.words(text);
        !words.is_empty() && words.iter().all(|word| word.language != "en")
    };
    header.iter().any(of_language)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::template;
    use crate::model::entitlement::Entitlement;
    use crate::model::list::Line;

    fn names(header: &[&str]) -> Vec<Option<&'static str>> {
        let header: Vec<String> = header.iter().map(|text| (*text).to_owned()).collect();
        let found = fields("entitlements", Entitlement::FIELDS, &header).into_iter();
        found.map(|index| index.map(|index| Entitlement::FIELDS[index].name)).collect()
    }

    #[test]
    fn headers_of_people_are_known() {
        assert_eq!(
            names(&["Part No.", "Menge", "S&S End", "Proof of Entitlement", "Colour"]),
            [Some("part_number"), Some("quantity"), Some("ss_end"), Some("poe"), None]
        );
    }

    #[test]
    fn headers_of_quotes_and_exports_of_ibm_are_known() {
        assert_eq!(
            names(&["Part Number", "Part Description", "Coverage Starts", "Coverage Ends"]),
            [Some("part_number"), Some("description"), Some("ss_start"), Some("ss_end")]
        );
    }

    #[test]
    fn small_words_accents_and_umlauts_change_no_name() {
        let headers = ["Fin du support", "QUANTITE", "Numéro de la pièce", "Site du client", "Devise"];
        let fields = ["ss_end", "quantity", "part_number", "site", "currency"].map(Some);
        assert_eq!(names(&headers), fields);
        assert_eq!(
            names(&["Fecha de fin de soporte", "Metrica de la licencia", "Stueckzahl", "Waehrung"]),
            ["ss_end", "metric", "quantity", "currency"].map(Some)
        );
        // As a Mac writes an accent: behind its letter.
        assert_eq!(names(&["Quantite\u{301}", "of the", "§"]), [Some("quantity"), None, None]);
    }

    #[test]
    fn a_field_has_one_column_and_its_own_name_goes_first() {
        assert_eq!(names(&["Product Name", "Product", "PRODUCT"]), [None, Some("product"), None]);
    }

    #[test]
    fn no_name_means_two_fields_of_one_list() {
        let lists = crate::model::workspace::Lists::default();
        for list in crate::model::list::List::ALL {
            let fields = lists.lines(list).fields();
            for (name, words) in NAMES.by_letters.iter().chain(NAMES.by_bare.iter()) {
                let of_list = words.iter().filter(|word| word.list.is_empty() || word.list == list.name());
                let mut meant: Vec<&str> = of_list.map(|word| word.field.as_str()).collect();
                meant.retain(|name| fields.iter().any(|field| field.name == *name));
                meant.sort_unstable();
                meant.dedup();
                assert!(meant.len() <= 1, "{list:?}: {name} means {meant:?}");
            }
        }
    }

    #[test]
    fn every_row_of_the_header_words_names_a_field_of_a_list_a_language_and_a_name() {
        let lists = crate::model::workspace::Lists::default();
        let known = |list: &str, field: &str| {
            crate::model::list::List::ALL
                .into_iter()
                .filter(|one| list.is_empty() || one.name() == list)
                .any(|one| lists.lines(one).fields().iter().any(|known| known.name == field))
                || list == template::NAME && template::FIELDS.iter().any(|known| known.name == field)
        };
        let mut rows = 0;
        for row in ::csv::Reader::from_reader(include_str!("header_words.csv").as_bytes()).records() {
            let row = row.unwrap();
            assert!(known(&row[1], &row[0]), "{row:?}");
            assert!(["en", "de", "fr", "es", "it"].contains(&&row[2]), "{row:?}");
            assert!(row[3].split(';').all(|name| !letters(name).is_empty()), "{row:?}");
            rows += 1;
        }
        assert!(rows > 100);
    }

    #[test]
    fn a_hundred_thousand_headers_are_told_at_once() {
        let header = vec![String::from("quantity"); 100_000];
        assert_eq!(fields("entitlements", Entitlement::FIELDS, &header).into_iter().flatten().count(), 1);
    }
}
