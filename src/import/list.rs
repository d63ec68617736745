//! Reads a table as one of the lists that people keep: entitlements, orders, parts of bundles and the others.

use rust_decimal::Decimal;

use super::cell::{self, Seen, Style};
use super::headers;
use super::sheet::{Row, Sheet};
use super::sniff::{self, Recognised};
use super::{Limits, Watch, csv, wide, xlsx};
use crate::model::issue::{Issue, Severity};
use crate::model::list::{Field, Kind, Line, Lines, List, Value, Weight};
use crate::model::message::Message;
use crate::model::workspace::Lists;

/// Which field each column of a table is, and how it writes it; `None` for a column that is no field.
pub type Columns = Vec<Option<(usize, Style)>>;

/// Whether a table may be a list: what names servers and what is on them is an estate, but for the list of their regions.
pub fn may_be(header: &[String]) -> bool {
    let names = |field: &str| headers::names(header, field);
    let of_estate = ["product", "technology", "partition", "partition_cores"].into_iter().any(names);
    !(names("server") && of_estate) || kind(header).is_some()
}

/// Whether a header says what its table is: one of the lists, or an estate.
pub fn is_known(header: &[String]) -> bool {
    kind(header).is_some() || ["server", "product"].iter().all(|name| headers::names(header, name))
}

/// The list that a header belongs to; `None` for that of an estate template, and for what is no list.
pub fn kind(header: &[String]) -> Option<List> {
    let names = |field: &str| headers::names(header, field);
    let lists = Lists::default();
    // Lists whose signs other lists have as well come last.
    let mut known = List::BY_SIGNS.into_iter();
    known.find(|list| {
        // What names servers is an estate template, but for the list of their regions.
        let foreign = if *list == List::Regions { "product" } else { "server" };
        let lines = lists.lines(*list);
        !names(foreign) && has_signs(lines.fields(), lines.signs(), header)
    })
}

/// Whether a header has what a list needs.
fn has_signs(fields: &[Field], signs: &[&[&str]], header: &[String]) -> bool {
    let found = headers::fields(fields, header);
    let has =
        |name: &&str| found.iter().flatten().any(|place| fields.get(*place).is_some_and(|field| field.name == *name));
    signs.iter().any(|signs| signs.iter().all(has))
}

/// How a table is read as a list: each header by its name, each column in the style that all of its cells tell.
fn columns_of(
    file: &str,
    title: &'static str,
    fields: &[Field],
    signs: &[&[&str]],
    sheet: &Sheet,
) -> Result<Columns, Issue> {
    if !has_signs(fields, signs, sheet.header()) {
        return Err(not_this(file, title, signs));
    }
    let places = headers::fields(fields, sheet.header());
    Ok(styled(fields, &places, sheet))
}

/// The style of each column whose field is known. A column that can be read in two ways follows the others of its kind;
/// when they do not tell either, only the cells are read about which there is no doubt.
pub fn styled(fields: &[Field], places: &[Option<usize>], sheet: &Sheet) -> Columns {
    let field = |place: &Option<usize>| place.and_then(|place| fields.get(place));
    let seen: Vec<Seen> = places
        .iter()
        .enumerate()
        .map(|(column, place)| {
            let Some(field) = field(place) else { return Seen::One(Style::Plain) };
            let cells = || sheet.rows().map(|row| row.cell(column));
            // A column under the template's own name is written as the template is, if it can be; not where semicolons
            // set cells apart (a spreadsheet that writes 1,5 has saved it), and where its numbers look like thousands.
            let own =
                !sheet.is_by_semicolons() && sheet.header().get(column).is_some_and(|header| header == field.name);
            if own
                && cells().all(|text| cell::read(field.kind, text, Style::Plain).is_some())
                && !cell::look_grouped(cells())
            {
                return Seen::One(Style::Plain);
            }
            cell::infer(field.kind, cells())
        })
        .collect();
    let of_others = |kind: Kind| {
        let mut styles = places.iter().zip(&seen).filter_map(|(place, seen)| match seen {
            Seen::One(style) if field(place).is_some_and(|field| field.kind == kind) && *style != Style::Plain => {
                Some(*style)
            }
            Seen::One(_) | Seen::Ambiguous(_) => None,
        });
        let first = styles.next();
        first.filter(|first| styles.all(|style| style == *first))
    };
    let style = |(place, seen): (&Option<usize>, &Seen)| match seen {
        Seen::One(style) => *style,
        Seen::Ambiguous(_) => field(place).and_then(|field| of_others(field.kind)).unwrap_or(Style::Either),
    };
    places.iter().zip(&seen).map(|(place, seen)| place.map(|at| (at, style((place, seen))))).collect()
}

/// Reads the rows of a table into a list, and tells what of them cannot be used.
pub fn read_rows(file: &str, sheet: &Sheet, columns: &Columns, lines: &mut dyn Lines) -> Vec<Issue> {
    let reader = Reader::new(file, sheet.header(), columns, lines.fields());
    let mut issues: Vec<Issue> = not_read(file, sheet, columns).into_iter().collect();
    for row in sheet.rows() {
        let (values, mut problems) = reader.read(row, lines);
        if let Some(values) = values {
            // Each value was read for its field.
            let _ = lines.put(None, file, row.line(), &values);
        }
        issues.append(&mut problems);
    }
    issues
}

/// That columns of a table are no fields of the list, where there are any.
pub fn not_read(file: &str, sheet: &Sheet, columns: &Columns) -> Option<Issue> {
    let is_read = |column: usize| columns.get(column).is_some_and(Option::is_some);
    let issue = headers::not_read(sheet.header(), is_read)?;
    Some(issue.in_file(file).at_row(sheet.header_line()))
}

/// Reads a list from CSV or from the first sheet of a workbook, and tells what of it cannot be used.
///
/// # Errors
/// When it is no such list, or cannot be read at all.
pub fn read<T: Line>(
    file: &str,
    bytes: &[u8],
    limits: &Limits,
    watch: &mut dyn Watch,
) -> Result<(Vec<T>, Vec<Issue>), Issue> {
    let alone = |issue: Issue| issue.in_file(file);
    let (sheet, mut issues) = match sniff::recognise(file, bytes, limits).map_err(alone)? {
        Recognised::Table(table) => (csv::read(&table.text, table.delimiter, limits, watch), table.issues),
        Recognised::Workbook => {
            let signs = |header: &[String]| has_signs(T::FIELDS, T::SIGNS, header);
            let is_known = |sheet: &Sheet| headers::has_known(sheet, signs);
            (xlsx::read_known(bytes, limits, watch, &is_known), Vec::new())
        }
        Recognised::Snapshot | Recognised::SnapshotTable(..) | Recognised::Workspace | Recognised::Paper => {
            return Err(not_this(file, T::TITLE, T::SIGNS));
        }
    };
    let mut sheet = sheet.map_err(alone)?;
    issues.extend(headers::sheets_not_read(&sheet).map(alone));
    issues.extend(headers::begin(&mut sheet, |header| has_signs(T::FIELDS, T::SIGNS, header)).map(alone));
    if let Some(long) = wide::long(&sheet, limits).map_err(alone)? {
        sheet = long;
    }
    let columns = columns_of(file, T::TITLE, T::FIELDS, T::SIGNS, &sheet)?;
    let mut lines = std::sync::Arc::new(Vec::<T>::new());
    issues.extend(read_rows(file, &sheet, &columns, &mut lines));
    Ok((std::sync::Arc::unwrap_or_clone(lines), issues))
}

fn left_out() -> Message {
    Message::new("issue.line_left_out")
}

/// What becomes of a line whose field of this weight is not what it should be.
fn outcome(weight: Weight) -> Message {
    match weight {
        Weight::Plain | Weight::Needed => left_out(),
        Weight::Kept => Message::new("issue.cell_as_zero"),
        Weight::Told => Message::new("issue.cell_as_blank"),
    }
}

/// Why a table is not this list.
fn not_this(file: &str, title: &'static str, signs: &[&[&str]]) -> Issue {
    let signs: Vec<String> = signs.iter().map(|signs| signs.join(" + ")).collect();
    let issue = Issue::new(Severity::Error, "file_not_this_list").in_file(file);
    issue.with("list", Message::new(title)).with("columns", signs.join("; "))
}

/// Reads rows of a table as lines of a list.
pub struct Reader<'a> {
    file: &'a str,
    header: &'a [String],
    columns: &'a Columns,
    fields: &'static [Field],
}

impl<'a> Reader<'a> {
    /// A reader of a table whose columns are these fields of a list.
    pub const fn new(file: &'a str, header: &'a [String], columns: &'a Columns, fields: &'static [Field]) -> Self {
        Self { file, header, columns, fields }
    }

    /// The values of a row for a list, and what is wrong with them; `None` when that leaves the row out.
    pub fn read(&self, row: Row<'_>, lines: &dyn Lines) -> (Option<Vec<Value>>, Vec<Issue>) {
        let (values, mut problems) = self.values(row);
        let contradiction = values.as_ref().and_then(|values| lines.contradiction(values).ok()).flatten();
        let Some((field, code)) = contradiction else { return (values, problems) };
        problems.push(self.issue(row, field, code, Severity::Error).with("outcome", left_out()));
        (None, problems)
    }

    /// The values of a row, field by field, and what is wrong with them; `None` when that leaves the row out.
    fn values(&self, row: Row<'_>) -> (Option<Vec<Value>>, Vec<Issue>) {
        let mut values = vec![Value::Blank; self.fields.len()];
        let mut issues = Vec::new();
        let mut usable = true;
        for (column, mapped) in self.columns.iter().enumerate() {
            let Some((place, style)) = *mapped else { continue };
            let (Some(field), Some(value)) = (self.fields.get(place), values.get_mut(place)) else { continue };
            if let Some(read) = cell::read(field.kind, row.cell(column), style) {
                *value = read;
            } else {
                usable &= matches!(field.weight, Weight::Kept | Weight::Told);
                issues.push(self.unreadable(row, field, style));
            }
        }
        for (field, value) in self.fields.iter().zip(&mut values) {
            let told = issues.iter().any(|issue| issue.column.as_deref() == Some(self.header_of(field.name)));
            match field.weight {
                Weight::Needed if *value == Value::Blank && !told => {
                    usable = false;
                    let issue = self.issue(row, field.name, "cell_missing", Severity::Error);
                    issues.push(issue.with("outcome", left_out()));
                }
                Weight::Kept if told => *value = Value::Number(Decimal::ZERO),
                Weight::Needed | Weight::Kept | Weight::Plain | Weight::Told => {}
            }
        }
        (usable.then_some(values), issues)
    }

    fn unreadable(&self, row: Row<'_>, field: &Field, style: Style) -> Issue {
        let severity = if field.weight == Weight::Told { Severity::Warning } else { Severity::Error };
        let issue = |code| self.issue(row, field.name, code, severity);
        match field.kind {
            // A text is never unreadable.
            _ if style == Style::Either && self.is_ambiguous(row, field) => issue("cell_ambiguous"),
            Kind::Text | Kind::Number => issue("cell_number_invalid"),
            Kind::Day => issue("cell_day_invalid"),
            Kind::Word(words) => issue("cell_word_unknown").with("known", words.join(", ")),
        }
        .with("outcome", outcome(field.weight))
    }

    /// Whether a cell can be read, if only somebody knew how.
    fn is_ambiguous(&self, row: Row<'_>, field: &Field) -> bool {
        let text = self.column_of(field.name).map_or("", |column| row.cell(column));
        Style::of(field.kind).iter().any(|style| cell::read(field.kind, text, *style).is_some())
    }

    fn issue(&self, row: Row<'_>, field: &str, code: &'static str, severity: Severity) -> Issue {
        let value = self.column_of(field).map_or("", |column| row.cell(column));
        let issue = Issue::new(severity, code).in_file(self.file).at_row(row.line()).in_column(self.header_of(field));
        issue.with("value", value)
    }

    /// The column that a field was read from.
    fn column_of(&self, name: &str) -> Option<usize> {
        let place = self.fields.iter().position(|field| field.name == name)?;
        self.columns.iter().position(|mapped| mapped.is_some_and(|(known, _)| known == place))
    }

    /// The header of the column that a field was read from; its own name where there is none.
    fn header_of<'b>(&'b self, name: &'b str) -> &'b str {
        self.column_of(name).and_then(|column| self.header.get(column)).map_or(name, String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::import::Unwatched;
    use crate::model::agreement::{Agreement, Contact, Sector, Site};
    use crate::model::bundle::{Environment, Part};
    use crate::model::entitlement::{Alias, Entitlement, LicenceType};
    use crate::model::order::OrderLine;

    fn read_text<T: Line>(text: &str) -> Result<(Vec<T>, Vec<Issue>), Issue> {
        read("list.csv", text.as_bytes(), &Limits::PAGE, &mut Unwatched)
    }

    fn codes(issues: &[Issue]) -> Vec<&str> {
        issues.iter().map(|issue| issue.code.as_ref()).collect()
    }

    #[test]
    fn a_header_belongs_to_one_list_or_to_none() {
        let of = |header: &str| kind(&header.split(',').map(str::to_owned).collect::<Vec<_>>());
        assert_eq!(of("Part Number,Quantity"), Some(List::Entitlements));
        assert_eq!(of("Teilenummer,Menge"), Some(List::Entitlements));
        assert_eq!(of("date,site,part_number,quantity,points"), Some(List::Orders));
        assert_eq!(of("bundle,version,component,environment,metric,quantity"), Some(List::BundleParts));
        assert_eq!(of("name,product,reason"), Some(List::Aliases));
        assert_eq!(of("agreement,programme,anniversary"), Some(List::Agreements));
        assert_eq!(of("agreement,site,country,sector"), Some(List::Sites));
        assert_eq!(of("contact,role,email"), Some(List::Contacts));
        assert_eq!(of("product,department,quantity"), Some(List::Allocations));
        assert_eq!(of("server,product,quantity"), None);
        assert_eq!(of("name,address"), None);
    }

    #[test]
    fn the_template_of_every_list_is_told_to_be_that_list() {
        let lists = Lists::default();
        for list in List::BY_SIGNS {
            let header: Vec<String> = lists.lines(list).fields().iter().map(|field| field.name.to_owned()).collect();
            assert_eq!(kind(&header), Some(list));
        }
    }

    #[test]
    fn a_line_keeps_every_cell_as_it_was_written() {
        let header: Vec<&str> = Entitlement::FIELDS.iter().map(|field| field.name).collect();
        let text = format!(
            "{}\nA1,S1,D55V8LL,IBM MQ,MQ licence,Trade-up,PVU,100,Perpetual,production,2026-01-01,2026-12-31,2020-05-04,P-7,12.50,EUR\n",
            header.join(",")
        );
        let (ledger, issues) = read_text::<Entitlement>(&text).unwrap();
        assert_eq!(issues, []);
        let line = &ledger[0];
        assert_eq!((line.row, line.quantity, line.licence_type), (2, 100.into(), Some(LicenceType::Perpetual)));
        assert_eq!((line.ss_end, line.order_date), (Some(date(2026, 12, 31)), Some(date(2020, 5, 4))));
        assert_eq!(
            (line.poe.as_str(), line.unit_price, line.currency.as_str()),
            ("P-7", Some(Decimal::new(125, 1)), "EUR")
        );
        let values: Vec<String> = line.values().iter().map(Value::plain).collect();
        assert_eq!(
            values.join(","),
            "A1,S1,D55V8LL,IBM MQ,MQ licence,trade_up,PVU,100,perpetual,production,2026-01-01,2026-12-31,2020-05-04,P-7,12.5,EUR"
        );
    }

    #[test]
    fn a_line_that_cannot_be_used_is_left_out_with_its_reason() {
        for (line, code) in [
            ("MQ,,", "cell_missing"),
            ("MQ,-5,", "cell_number_invalid"),
            ("MQ,\"1,00\",", "cell_number_invalid"),
            (",5,", "entitlement_without_product"),
            ("MQ,5,31.13.2026", "cell_day_invalid"),
        ] {
            let (ledger, issues) =
                read_text::<Entitlement>(&format!("product,quantity,ss_end\n{line}\nMQ,1.5,\n")).unwrap();
            assert_eq!(ledger.len(), 1, "{line}");
            assert_eq!((issues[0].code.as_ref(), issues[0].row), (code, Some(2)), "{line}");
        }
    }

    #[test]
    fn every_reason_of_a_line_is_told() {
        let (parts, issues) =
            read_text::<Part>("bundle,component,environment,quantity\n,b,moon,-1\nc,d,,1.5\n").unwrap();
        assert_eq!(parts.len(), 1);
        assert_eq!(codes(&issues), ["cell_word_unknown", "cell_number_invalid", "cell_missing"]);
    }

    #[test]
    fn a_type_and_a_price_that_nobody_knows_are_only_told() {
        let (ledger, issues) =
            read_text::<Entitlement>("product,quantity,licence_type,unit_price\nMQ,5,lifelong,cheap\n").unwrap();
        assert_eq!((ledger[0].licence_type, ledger[0].unit_price), (None, None));
        assert!(issues.iter().all(|issue| issue.severity == Severity::Warning));
        assert_eq!(issues.len(), 2);
    }

    #[test]
    fn points_that_are_none_are_an_error_and_the_line_counts_none() {
        for points in ["-5", "many", "1e3"] {
            let (lines, issues) =
                read_text::<OrderLine>(&format!("date,site,points\n2025-03-01,a,\"{points}\"\n")).unwrap();
            assert_eq!(lines[0].points, Some(Decimal::ZERO), "{points}");
            assert_eq!((issues.len(), issues[0].severity), (1, Severity::Error), "{points}");
            assert_eq!((issues[0].row, issues[0].column.as_deref()), (Some(2), Some("points")));
        }
    }

    #[test]
    fn points_that_are_blank_may_follow_from_the_part() {
        let (lines, issues) = read_text::<OrderLine>("date,part_number,quantity,points\n2025-03-01,D1,5,\n").unwrap();
        assert_eq!((issues, lines[0].points, lines[0].quantity), (Vec::new(), None, Some(5.into())));
    }

    #[test]
    fn a_line_without_a_day_is_left_out() {
        let (lines, issues) = read_text::<OrderLine>("date,site,points\nsoon,a,5\n,b,5\n2025-03-01,c,5\n").unwrap();
        assert_eq!(lines.len(), 1);
        assert_eq!(issues.iter().map(|issue| issue.row).collect::<Vec<_>>(), [Some(2), Some(3)]);
    }

    #[test]
    fn an_environment_is_known_however_it_is_spelt() {
        for text in ["non_production", "Non-Production", "NON PRODUCTION", "nonproduction"] {
            let (parts, _) =
                read_text::<Part>(&format!("bundle,component,environment,quantity\na,b,{text},1\n")).unwrap();
            assert_eq!(parts[0].environment, Some(Environment::NonProduction), "{text}");
        }
    }

    #[test]
    fn the_numbers_and_days_of_other_countries_are_read_as_the_whole_column_says() {
        let text = "Teilenummer;Menge;Ablaufdatum\nD1;1.000;31.12.2026\nD2;2,5;01.02.2026\n";
        let (ledger, issues) = read_text::<Entitlement>(text).unwrap();
        assert_eq!(issues, []);
        assert_eq!((ledger[0].quantity, ledger[1].quantity), (1000.into(), Decimal::new(25, 1)));
        assert_eq!((ledger[0].ss_end, ledger[1].ss_end), (Some(date(2026, 12, 31)), Some(date(2026, 2, 1))));
    }

    #[test]
    fn what_can_be_read_in_two_ways_is_refused_and_the_rest_is_read() {
        let text = "Part,Qty,End date\nD1,1.000,\nD2,7,03/04/2026\nD3,8,05/05/2026\n";
        let (ledger, issues) = read_text::<Entitlement>(text).unwrap();
        assert_eq!(codes(&issues), ["cell_ambiguous", "cell_ambiguous"]);
        assert_eq!((issues[0].row, issues[0].column.as_deref()), (Some(2), Some("Qty")));
        assert_eq!((ledger.len(), ledger[0].ss_end), (1, Some(date(2026, 5, 5))));
    }

    #[test]
    fn another_column_of_the_same_kind_tells_how_an_ambiguous_one_is_written() {
        let text = "Part,Qty,Start date,End date\nD1,1,03/04/2026,31/12/2026\n";
        let (ledger, _) = read_text::<Entitlement>(text).unwrap();
        assert_eq!(ledger[0].ss_start, Some(date(2026, 4, 3)));
    }

    #[test]
    fn under_its_own_name_a_plain_column_is_plain_unless_it_looks_like_thousands() {
        let (ledger, issues) = read_text::<Entitlement>("part_number,quantity\nD1,1.125\nD2,2.500\n").unwrap();
        assert_eq!(issues, []);
        assert_eq!(ledger[1].quantity, Decimal::new(25, 1));
        let (ledger, issues) = read_text::<Entitlement>("part_number,quantity\nD1,1.000\nD2,2.500\n").unwrap();
        assert_eq!((ledger.len(), codes(&issues)), (0, vec!["cell_ambiguous"; 2]));
    }

    #[test]
    fn an_alias_needs_a_reason_and_another_name() {
        let text = "name,product,reason\nIBM MQ,IBM WebSphere MQ,renamed in 2014\na,b,\nc,c,same\n";
        let (aliases, issues) = read_text::<Alias>(text).unwrap();
        assert_eq!((aliases.len(), aliases[0].product.as_str()), (1, "IBM WebSphere MQ"));
        assert_eq!(codes(&issues), ["cell_missing", "alias_incomplete"]);
        assert_eq!(issues[0].row, Some(3));
    }

    #[test]
    fn agreements_sites_and_contacts_are_lists_as_well() {
        let (agreements, _) =
            read_text::<Agreement>("agreement,customer,programme,audit_notice_days\n123,Northwind,Express,30\n")
                .unwrap();
        assert_eq!(agreements[0].audit_notice_days, Some(30.into()));
        let (sites, _) = read_text::<Site>("agreement,site,sector\n123,7001,GOVERNMENT\n").unwrap();
        assert_eq!(sites[0].sector, Some(Sector::Government));
        let (contacts, _) = read_text::<Contact>("contact,email,review_on\nAda,ada@example.com,2027-01-31\n").unwrap();
        assert_eq!(contacts[0].review_on, Some(date(2027, 1, 31)));
    }

    #[test]
    fn another_table_is_no_such_list() {
        for text in ["bundle,component,quantity\na,b,1\n", "date,site,points\n", "server,product\na,b\n", "a,b\n1,2\n"]
        {
            assert_eq!(read_text::<Entitlement>(text).unwrap_err().code, "file_not_this_list", "{text}");
        }
    }
}
