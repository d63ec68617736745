//! Reads a table as one of the lists that people keep: entitlements, orders, parts of bundles and the others.

use super::cell::Style;
use super::detection::{self, RecognisedKind, Verdict};
use super::headers;
use super::line::LineReader;
use super::opened::{self, Opened, Opener};
use super::sheet::{Sheet, SheetRow};
use super::sniff::{self, Recognised};
use super::styles::{self, Written};
use super::suffix;
use super::table::{self, ReadTable};
use super::{Limits, Watch, wide};
use crate::model::issue::{Issue, Severity};
use crate::model::list::{Field, FieldKind, Lines, Listed, SharedLines};
use crate::model::message::Message;

/// Which field each column of a table is, and how it writes it; `None` for a column that is no field.
pub type ListColumns = Vec<Option<(usize, Style)>>;

/// Reads the rows of a table into a list, and tells what of them cannot be used.
pub fn read_rows(file: &str, sheet: &Sheet, columns: &ListColumns, list: &str, lines: &mut dyn Lines) -> Vec<Issue> {
    let reader = LineReader::new(file, sheet, columns, lines.fields());
    let mut issues = told_of_columns(file, sheet, columns, list, lines.fields());
    for row in sheet.rows() {
        let (values, mut problems) = reader.read(row, lines);
        if let Some(values) = values {
            // Each value was read for its field.
            let _ = lines.put(None, &row.file(file), row.line(), &values);
        }
        issues.append(&mut problems);
    }
    issues
}

/// What is to be told of the columns of a table: those that are not read, and those with times of day that are left
/// aside.
pub fn told_of_columns(file: &str, sheet: &Sheet, columns: &ListColumns, list: &str, fields: &[Field]) -> Vec<Issue> {
    let read = |column: usize| columns.get(column).copied().flatten().map(|(index, _)| index);
    let unread = headers::not_read(list, fields, sheet.header(), read);
    let mut issues: Vec<Issue> =
        unread.into_iter().map(|issue| issue.in_file(file).at_row(sheet.header_line())).collect();
    for (column, (index, _)) in columns.iter().enumerate().filter_map(|(column, slot)| Some((column, (*slot)?))) {
        if fields.get(index).is_none_or(|field| field.kind != FieldKind::Day) {
            continue;
        }
        let within = |row: &SheetRow<'_>| suffix::is_within_day(suffix::split_time(row.cell(column)).1);
        if let Some(first) = sheet.rows().find(within) {
            let told = Issue::new(Severity::Info, "time_left_aside").in_file(&first.file(file)).at_row(first.line());
            let header = sheet.header().get(column).map_or("", String::as_str);
            let count = sheet.rows().filter(within).count();
            issues.push(told.in_column(header).with("value", first.cell(column)).with("count", count));
        }
    }
    issues
}

/// Reads a list from a text, and tells what of it cannot be used.
///
/// # Errors
/// When it is no such list, or cannot be read at all.
pub fn read<T: Listed>(
    file: &str,
    bytes: &[u8],
    limits: &Limits,
    watch: &mut dyn Watch,
) -> Result<(Vec<T>, Vec<Issue>), Issue> {
    read_written(file, bytes, None, &opened::nothing, limits, watch)
}

/// The same from a text or a workbook, where somebody says how its numbers are written.
///
/// # Errors
/// When it is no such list, or cannot be read at all.
pub fn read_written<T: Listed>(
    file: &str,
    bytes: &[u8],
    numbers: Option<Style>,
    opener: &Opener,
    limits: &Limits,
    watch: &mut dyn Watch,
) -> Result<(Vec<T>, Vec<Issue>), Issue> {
    let name = T::LIST.name();
    let detected_by = |header: &[String]| {
        detection::is_detected(T::FIELDS, T::DETECTED_BY, &headers::fields(name, T::FIELDS, header))
    };
    let ReadTable { mut sheet, mut issues } = match sniff::recognise(file, bytes, limits)? {
        Recognised::Table(text) => table::of_text(file, text, limits, watch, &detected_by)?,
        Recognised::Closed => match opener(file, bytes, limits, watch)? {
            Opened::Workbook(sheets) => table::of_workbook(file, sheets, &detected_by)?,
            Opened::Snapshot(_) => return Err(not_this(file, T::LIST.title(), T::DETECTED_BY)),
        },
        Recognised::SnapshotTable(..) | Recognised::Workspace | Recognised::Paper => {
            return Err(not_this(file, T::LIST.title(), T::DETECTED_BY));
        }
    };
    if let Some(long) = wide::long(&sheet, limits).map_err(|issue| issue.in_file(file))? {
        sheet = long;
    }
    let verdict = detection::detect(sheet.header());
    let foreign = |verdict: &Verdict| !matches!(verdict.kind, RecognisedKind::List(_) | RecognisedKind::Estate);
    if !detected_by(sheet.header()) || verdict.as_ref().is_some_and(foreign) {
        return Err(not_this_but(file, T::LIST.title(), T::DETECTED_BY, verdict));
    }
    // It is read as what it was given for; that it looks like something else is told.
    if let Some(verdict) =
        verdict.filter(|verdict| !matches!(verdict.kind, RecognisedKind::List(list) if list == T::LIST))
    {
        let told = Issue::new(Severity::Warning, "table_given_as_another").in_file(file);
        issues.push(told.with("list", Message::new(T::LIST.title())).with("kind", verdict.kind.title()));
    }
    let written = Written { numbers, first_plain: false };
    let columns = styles::of(T::FIELDS, &headers::fields(name, T::FIELDS, sheet.header()), &sheet, written);
    let mut lines = SharedLines::<T>::default();
    issues.extend(read_rows(file, &sheet, &columns, name, &mut lines));
    Ok((lines.into_lines(), issues))
}

/// Why a table is not this list.
fn not_this(file: &str, title: &'static str, detected_by: &[&[&str]]) -> Issue {
    let detected_by: Vec<String> = detected_by.iter().map(|detected_by| detected_by.join(" + ")).collect();
    let issue = Issue::new(Severity::Error, "file_not_this_list").in_file(file);
    issue.with("list", Message::new(title)).with("columns", detected_by.join("; "))
}

/// The same, with what it is instead, if that is known.
fn not_this_but(file: &str, title: &'static str, detected_by: &[&[&str]], verdict: Option<Verdict>) -> Issue {
    let Some(verdict) = verdict else { return not_this(file, title, detected_by) };
    let mut issue = not_this(file, title, detected_by).with("kind", verdict.kind.title());
    issue.code = "file_another_list".into();
    issue
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use rust_decimal::Decimal;

    use super::*;
    use crate::import::Unwatched;
    use crate::import::line::TOTAL;
    use crate::model::agreement::{Agreement, Contact, Sector, Site};
    use crate::model::bundle::{BundlePart, Environment};
    use crate::model::entitlement::{Alias, Entitlement, LicenceType};
    use crate::model::list::Line;
    use crate::model::list::Value;
    use crate::model::order::OrderLine;

    fn read_text<T: Listed>(text: &str) -> Result<(Vec<T>, Vec<Issue>), Issue> {
        read("list.csv", text.as_bytes(), &Limits::PAGE, &mut Unwatched)
    }

    fn codes(issues: &[Issue]) -> Vec<&str> {
        issues.iter().map(|issue| issue.code.as_ref()).collect()
    }

    #[test]
    fn a_line_keeps_every_cell_as_it_was_written() {
        let header: Vec<&str> = Entitlement::FIELDS.iter().map(|field| field.name).collect();
        let text = format!(
            "{}\nA1,S1,D55V8LL,IBM MQ,MQ licence,Trade-up,PVU,100,Perpetual,production,2026-01-01,2026-12-31,2020-05-04,P-7,12.50,EUR,E1\n",
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
            "A1,S1,D55V8LL,IBM MQ,MQ licence,trade_up,PVU,100,perpetual,production,2026-01-01,2026-12-31,2020-05-04,P-7,12.5,EUR,E1"
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
            read_text::<BundlePart>("bundle,component,environment,quantity\n,b,moon,-1\nc,d,,1.5\n").unwrap();
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
                read_text::<BundlePart>(&format!("bundle,component,environment,quantity\na,b,{text},1\n")).unwrap();
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
        let (ledger, issues) = read_text::<Entitlement>("part_number,quantity\nD1,0.125\nD2,2.5\n").unwrap();
        assert_eq!(issues, []);
        assert_eq!(ledger[1].quantity, Decimal::new(25, 1));
        for cells in [["1.000", "2.500"], ["1.125", "7"]] {
            let text = format!("part_number,quantity\nD1,{}\nD2,{}\n", cells[0], cells[1]);
            let (_, issues) = read_text::<Entitlement>(&text).unwrap();
            let looked_at = cells.iter().filter(|cell| cell.contains('.')).count();
            assert_eq!(codes(&issues), vec!["cell_ambiguous"; looked_at], "{cells:?}");
        }
    }

    fn quantities(text: &str) -> Vec<String> {
        let (ledger, _) = read_text::<Entitlement>(text).unwrap();
        ledger.iter().map(|line| line.quantity.normalize().to_string()).collect()
    }

    #[test]
    fn three_digits_behind_each_sign_are_thousands_where_anything_else_in_the_file_says_so() {
        for text in [
            "part_number;quantity\nD1;1.400\nD2;8.400\n",
            "part_number\tquantity\tss_end\nD1\t1.400\t31.12.2026\nD2\t8.400\t\n",
            "Teilenummer\tMenge\nD1\t1.400\nD2\t8.400\n",
            "part_number\tquantity\tunit_price\nD1\t1.400\t12,5\nD2\t8.400\t\n",
            "part_number,quantity\nD1,\"1,400\"\nD2,\"8,400\"\n",
            "part_number\tquantity\tss_end\nD1\t1,400\t12/31/2026\nD2\t8,400\t\n",
        ] {
            assert_eq!(quantities(text), ["1400", "8400"], "{text}");
        }
    }

    #[test]
    fn three_digits_behind_each_sign_are_refused_where_nothing_says_that_they_are_thousands() {
        for text in [
            "part_number\tquantity\nD1\t1.400\n",
            "part_number\tquantity\nD1\t1,400\n",
            // The file writes decimal commas, so this comma sets no thousands apart; thousandths of a licence are none.
            "part_number;quantity\nD1;1,400\n",
            // Its days say the one and its cells' signs the other.
            "part_number;quantity;ss_end\nD1;1.400;12/31/2026\n",
        ] {
            let (ledger, issues) = read_text::<Entitlement>(text).unwrap();
            assert_eq!((ledger.len(), codes(&issues)), (0, vec!["cell_ambiguous"]), "{text}");
        }
    }

    #[test]
    fn what_somebody_says_of_the_numbers_decides() {
        let of = |style| {
            let text = "part_number\tquantity\nD1\t1.400\n";
            let read = read_written::<Entitlement>(
                "l.csv",
                text.as_bytes(),
                Some(style),
                &opened::nothing,
                &Limits::PAGE,
                &mut Unwatched,
            );
            read.unwrap().0[0].quantity
        };
        assert_eq!((of(Style::Comma), of(Style::Point)), (1400.into(), Decimal::new(14, 1)));
    }

    #[test]
    fn a_unit_behind_a_quantity_is_the_metric_of_its_line_or_the_line_is_left_out() {
        let (ledger, issues) =
            read_text::<Entitlement>("product,metric,quantity\nMQ,PVU,\"1,400 PVU\"\nMQ,,70PVU\n").unwrap();
        assert_eq!((issues, ledger[0].quantity, ledger[1].quantity), (Vec::new(), 1400.into(), 70.into()));
        assert_eq!(ledger[1].metric, "PVU");
        for line in ["MQ,PVU,10 Authorized User", "MQ,VPC,5 PVU", "MQ,,5 buckets"] {
            let (ledger, issues) = read_text::<Entitlement>(&format!("product,metric,quantity\n{line}\n")).unwrap();
            assert_eq!((ledger.len(), codes(&issues)), (0, vec!["cell_unit_differs"]), "{line}");
            assert_eq!(issues[0].row, Some(2));
        }
    }

    #[test]
    fn a_row_that_adds_up_the_others_is_left_out_and_said_to() {
        for (total, rows) in [
            ("Grand Total,PVU,1400", "MQ,PVU,1000\nMQ,PVU,400"),
            ("Summe:,,1400", "MQ,PVU,1000\nMQ,PVU,400"),
            ("Total PVU,,1400", "MQ,PVU,1000"),
            (",PVU,1400", "MQ,PVU,1000"),
            (",,1400", "MQ,PVU,1000"),
        ] {
            let (ledger, issues) =
                read_text::<Entitlement>(&format!("product,metric,quantity\n{rows}\n{total}\n")).unwrap();
            assert_eq!((ledger.len(), codes(&issues)), (rows.lines().count(), vec![TOTAL]), "{total}");
            assert_eq!(
                (issues[0].severity, issues[0].row),
                (Severity::Info, u32::try_from(rows.lines().count() + 2).ok())
            );
        }
        // The sum of the rows above, whatever is said beside it, and of which site.
        let (ledger, issues) =
            read_text::<Entitlement>("site,product,metric,quantity\nOslo,MQ,PVU,1000\nOslo,,,1000\n").unwrap();
        assert_eq!((ledger.len(), codes(&issues)), (1, vec![TOTAL]));
        let (ledger, issues) =
            read_text::<Entitlement>("product,quantity\nMQ,1000\nDb2,400\nTotal of all,1400\n").unwrap();
        assert_eq!((ledger.len(), codes(&issues)), (2, vec![TOTAL]));
        let (ledger, issues) =
            read_text::<Entitlement>("product,metric,quantity\nSubtotal,,5\nMQ,PVU,5\n,PVU,7\nMQ,PVU,1\n").unwrap();
        assert_eq!((ledger.len(), codes(&issues)), (2, vec![TOTAL, "entitlement_without_product"]));
    }

    #[test]
    fn a_line_that_names_what_it_is_about_is_no_sum_whatever_its_first_word_is() {
        let ledgers = [
            "customer,product,quantity\nTotal,MQ,1400\nAcme,MQ,70\n",
            "product,quantity\nMQ,1400\nTotal Storage Productivity Center,70\n",
        ];
        for text in ledgers {
            let (ledger, mut issues) = read_text::<Entitlement>(text).unwrap();
            issues.retain(|issue| issue.code != "columns_not_read");
            let told: Vec<_> = issues.iter().map(|issue| (issue.severity, issue.code.as_ref())).collect();
            assert_eq!((ledger.len(), told), (2, vec![(Severity::Warning, "row_may_be_total")]), "{text}");
        }
    }

    #[test]
    fn a_row_with_more_cells_than_the_header_is_left_out_with_what_stands_beyond() {
        let (ledger, issues) = read_text::<Entitlement>("product,metric,quantity\nMQ,PVU,1,400\nMQ,PVU,5,,\n").unwrap();
        assert_eq!((ledger.len(), codes(&issues), issues[0].row), (1, vec!["cells_beyond_header"], Some(2)));
        assert_eq!(ledger[0].quantity, 5.into());
        assert_eq!(issues[0].args[0].1, "400".into());
    }

    #[test]
    fn a_unit_is_the_metric_of_its_line_wherever_the_metric_stands() {
        for header in ["product,metric,quantity\nMQ,,1400 PVU", "product,quantity,metric\nMQ,1400 PVU,"] {
            let (ledger, issues) = read_text::<Entitlement>(&format!("{header}\n")).unwrap();
            assert_eq!((ledger[0].metric.as_str(), ledger[0].quantity, issues), ("PVU", 1400.into(), Vec::new()));
        }
    }

    #[test]
    fn digits_that_say_nothing_make_no_number_too_long() {
        let (ledger, issues) = read_text::<Entitlement>("product,quantity\nMQ,10.1200000\n").unwrap();
        assert_eq!((ledger[0].quantity, issues), (Decimal::new(1012, 2), Vec::new()));
        let (_, issues) = read_text::<Entitlement>("product,quantity\nMQ,10.1234567\n").unwrap();
        assert_eq!(codes(&issues), ["cell_number_invalid"]);
    }

    #[test]
    fn a_second_column_of_a_field_and_a_number_that_is_too_large_are_called_what_they_are() {
        let (_, issues) = read_text::<Entitlement>("product,quantity,Qty\nMQ,5,6\n").unwrap();
        assert_eq!(codes(&issues), ["column_not_first"]);
        let (_, issues) = read_text::<Entitlement>("product,quantity\nMQ,1000000000001\n").unwrap();
        assert_eq!(codes(&issues), ["cell_number_too_large"]);
    }

    #[test]
    fn a_time_of_day_is_left_aside_and_said_to_be() {
        let (ledger, issues) = read_text::<Entitlement>(
            "product,quantity,ss_start,ss_end\nMQ,5,2026-01-01 00:00:00,2026-12-31 23:59\nMQ,6,,2026-06-30T12:00:00Z\n",
        )
        .unwrap();
        assert_eq!((ledger[0].ss_end, ledger[1].ss_end), (Some(date(2026, 12, 31)), Some(date(2026, 6, 30))));
        assert_eq!(codes(&issues), ["time_left_aside"]);
        assert_eq!((issues[0].row, issues[0].column.as_deref()), (Some(2), Some("ss_end")));
    }

    #[test]
    fn points_of_whole_lines_are_not_taken_for_those_of_one_unit() {
        let (lines, _) = read_text::<OrderLine>("date,Part,Quantity,Total Points\n2026-03-01,E1,1400,98\n").unwrap();
        assert_eq!(lines[0].points, Some(98.into()));
        let refused = read_text::<crate::model::part_points::PartPoints>("Part,Quantity,Total Points\nE1,1400,98\n");
        assert_eq!(refused.unwrap_err().code, "file_another_list");
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
            let refused = read_text::<Entitlement>(text).unwrap_err();
            let known = !text.starts_with("a,b");
            assert_eq!(refused.code, if known { "file_another_list" } else { "file_not_this_list" }, "{text}");
        }
    }
}
