//! The headers under which people keep the fields of lists.

use super::sheet::Sheet;
use crate::model::issue::{Issue, Severity};
use crate::model::list::Field;

/// Rows that are looked at for a header.
const LOOKED_AT: usize = 30;

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

/// The rows among which a header is looked for: line and cells.
fn first_rows(sheet: &Sheet) -> impl Iterator<Item = (u32, Vec<String>)> {
    sheet.rows().take(LOOKED_AT).map(|row| (row.line(), row.cells().map(str::to_owned).collect()))
}

/// Whether a header has a column with this very name.
pub(super) fn names(header: &[String], field: &str) -> bool {
    header.iter().any(|text| is_named(text, field))
}

/// That rows stand above the header.
pub fn above(sheet: &Sheet) -> Option<Issue> {
    let told = Issue::new(Severity::Info, ABOVE).at_row(sheet.header_line()).with("count", sheet.above());
    (sheet.above() > 0).then_some(told)
}

/// The code of what [`above`] tells.
pub const ABOVE: &str = "rows_above_header";

/// Other names of fields, as lists of buyers and resellers have them, in English, German, French and Spanish. Letters
/// and digits alone count, in any case.
const OTHERS: &[(&str, &[&str])] = &[
    (
        "agreement",
        &[
            "agreement number",
            "agreement no",
            "contract",
            "contract number",
            "vertrag",
            "vertragsnummer",
            "contrat",
            "contrato",
        ],
    ),
    (
        "site",
        &[
            "site number",
            "site no",
            "site id",
            "customer number",
            "standort",
            "standortnummer",
            "numéro de site",
            "sitio",
        ],
    ),
    (
        "part_number",
        &[
            "part",
            "part no",
            "part #",
            "pn",
            "p/n",
            "ibm part number",
            "part num",
            "teilenummer",
            "artikelnummer",
            "référence",
            "número de pieza",
        ],
    ),
    (
        "product",
        &[
            "nom du produit",
            "nombre del producto",
            "product name",
            "software",
            "program",
            "produkt",
            "produktname",
            "produit",
            "producto",
        ],
    ),
    (
        "description",
        &[
            "part description",
            "part name",
            "product description",
            "item description",
            "beschreibung",
            "bezeichnung",
            "artikelbezeichnung",
            "désignation",
            "libellé",
            "descripción",
            "descrizione",
        ],
    ),
    ("kind", &["line kind", "part kind", "part type"]),
    (
        "metric",
        &[
            "lizenzmetrik",
            "metric unit",
            "unité",
            "unidad",
            "unité de mesure",
            "charge metric",
            "license metric",
            "licence metric",
            "charge unit",
            "metrik",
            "métrique",
            "métrica",
        ],
    ),
    (
        "quantity",
        &[
            "qté",
            "cant",
            "stück",
            "lizenzen",
            "qty",
            "quantity owned",
            "quantity entitled",
            "entitled quantity",
            "entitlement quantity",
            "menge",
            "anzahl",
            "stückzahl",
            "quantité",
            "cantidad",
        ],
    ),
    (
        "licence_type",
        &["license type", "type of license", "lizenztyp", "lizenzart", "type de licence", "tipo de licencia"],
    ),
    ("environment", &["usage", "umgebung", "environnement", "entorno"]),
    (
        "ss_start",
        &[
            "start",
            "valid from",
            "support start",
            "support start date",
            "wartungsbeginn",
            "laufzeitbeginn",
            "vertragsbeginn",
            "gültig ab",
            "début",
            "inicio",
            "s&s start date",
            "start date",
            "coverage start",
            "coverage start date",
            "subscription start",
            "term start",
            "beginn",
            "startdatum",
            "date de début",
            "fecha de inicio",
        ],
    ),
    (
        "ss_end",
        &[
            "end",
            "valid to",
            "valid until",
            "support end",
            "support end date",
            "s&s ende",
            "wartungsende",
            "wartung bis",
            "vertragsende",
            "laufzeitende",
            "gültig bis",
            "fin",
            "fin de support",
            "échéance",
            "fin del soporte",
            "fecha fin",
            "vencimiento",
            "s&s end date",
            "end date",
            "coverage end",
            "coverage end date",
            "subscription end",
            "term end",
            "expiration date",
            "expiry date",
            "renewal date",
            "ende",
            "enddatum",
            "ablaufdatum",
            "date de fin",
            "fecha de fin",
        ],
    ),
    (
        "order_date",
        &["date ordered", "purchase date", "bestelldatum", "kaufdatum", "date de commande", "fecha de pedido"],
    ),
    ("poe", &["proof of entitlement", "poe number", "poe no", "poe reference", "berechtigungsnachweis"]),
    (
        "unit_price",
        &["price", "price per unit", "preis", "einzelpreis", "stückpreis", "prix unitaire", "precio unitario"],
    ),
    ("price", &["unit price", "list price", "preis", "prix", "precio"]),
    ("valid_from", &["valid from", "effective from", "gültig ab"]),
    ("valid_to", &["valid to", "valid until", "effective to", "gültig bis"]),
    ("currency", &["währung", "devise", "moneda"]),
    ("date", &["order date", "date ordered", "datum", "bestelldatum", "date de commande", "fecha"]),
    ("points", &["total points", "punkte", "points total", "puntos"]),
    ("order", &["order number", "order no", "sales order", "auftrag", "bestellnummer", "commande", "pedido"]),
    ("bundle", &["cloud pak", "bundle name", "paket", "bündel"]),
    ("version", &["bundle version", "release"]),
    ("component", &["component name", "komponente", "composant", "componente"]),
    ("customer", &["customer name", "company", "kunde", "client", "cliente"]),
    ("programme", &["program type", "programm", "programa"]),
    ("country", &["land", "pays", "país"]),
    ("department", &["cost centre", "cost center", "abteilung", "kostenstelle", "département", "departamento"]),
    ("email", &["e-mail", "mail", "email address"]),
    ("phone", &["telephone", "telefon", "téléphone", "teléfono"]),
    ("review_on", &["review date", "next review", "überprüfung am"]),
];

/// That a workbook has more sheets than the one that is read.
pub fn sheets_not_read(sheet: &Sheet) -> Option<Issue> {
    let told = || Issue::new(Severity::Info, "sheets_not_read").with("sheets", sheet.others().join("; "));
    (!sheet.others().is_empty()).then(told)
}

/// That columns of a table are taken for no field, where there are any.
pub(super) fn not_read(header: &[String], read: impl Fn(usize) -> bool) -> Option<Issue> {
    let unread = header.iter().enumerate().filter(|(column, name)| !name.is_empty() && !read(*column));
    let names: Vec<&str> = unread.map(|(_, name)| name.as_str()).collect();
    (!names.is_empty()).then(|| Issue::new(Severity::Info, "columns_not_read").with("columns", names.join("; ")))
}

/// The field that each header means: its own name goes before others, and the first column of a field is its column.
pub(super) fn fields(fields: &[Field], header: &[String]) -> Vec<Option<usize>> {
    let mut found = vec![None; header.len()];
    let passes: [fn(&str, &str) -> bool; 2] = [is_named, is_other_name];
    for fits in passes {
        for (place, field) in fields.iter().enumerate() {
            if found.contains(&Some(place)) {
                continue;
            }
            let column = header.iter().zip(&found).position(|(text, known)| known.is_none() && fits(text, field.name));
            if let Some(slot) = column.and_then(|column| found.get_mut(column)) {
                *slot = Some(place);
            }
        }
    }
    found
}

/// Whether a header is a field's own name: `Part Number` is `part_number`, `S&S end` is `ss_end`.
pub(super) fn is_named(header: &str, field: &str) -> bool {
    letters(header).eq(letters(field))
}

fn is_other_name(header: &str, field: &str) -> bool {
    let names = OTHERS.iter().find(|(known, _)| *known == field).map_or(&[][..], |(_, names)| *names);
    names.iter().any(|name| letters(header).eq(letters(name)))
}

fn letters(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::entitlement::Entitlement;
    use crate::model::list::Line;

    fn names(header: &[&str]) -> Vec<Option<&'static str>> {
        let header: Vec<String> = header.iter().map(|text| (*text).to_owned()).collect();
        let found = fields(Entitlement::FIELDS, &header).into_iter();
        found.map(|place| place.map(|place| Entitlement::FIELDS[place].name)).collect()
    }

    #[test]
    fn headers_of_people_are_known() {
        assert_eq!(
            names(&["Part No.", "Menge", "S&S End", "Proof of Entitlement", "Colour"]),
            [Some("part_number"), Some("quantity"), Some("ss_end"), Some("poe"), None]
        );
    }

    #[test]
    fn a_field_has_one_column_and_its_own_name_goes_first() {
        assert_eq!(names(&["Software", "Product", "PRODUCT"]), [None, Some("product"), None]);
    }

    #[test]
    fn the_words_for_a_part_are_its_description_and_not_its_product() {
        for header in ["Description", "Part Description", "Bezeichnung", "Désignation", "Descripción", "Descrizione"]
        {
            assert_eq!(names(&[header, "Product"]), [Some("description"), Some("product")], "{header}");
        }
    }

    #[test]
    fn no_name_means_two_fields_of_one_list() {
        let lists = crate::model::workspace::Lists::default();
        for list in crate::model::list::List::ALL {
            let fields = lists.lines(list).fields();
            for (_, others) in OTHERS {
                for other in *others {
                    let meant: Vec<_> = fields.iter().filter(|field| is_other_name(other, field.name)).collect();
                    assert!(meant.len() <= 1, "{list:?}: {other} means {meant:?}");
                }
            }
        }
    }
}
