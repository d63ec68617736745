//! Which list a table is, told by its header: the ledger of entitlements, orders, parts of bundles.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::list;
use super::sheet::Sheet;
use super::{bundle_parts, entitlements, orders};
use crate::model::issue::Issue;
use crate::model::workspace::{List, Lists};

/// The list that a header belongs to; `None` for that of an estate template, and for what is no list.
pub fn kind(header: &[String]) -> Option<List> {
    let has = |field: &str| header.iter().any(|text| list::is_named(text, field));
    let all = |fields: &[&str]| fields.iter().all(|field| has(field));
    if has("server") {
        None
    } else if all(&["bundle", "component", "quantity"]) {
        Some(List::BundleParts)
    } else if all(&["date", "points"]) {
        Some(List::Orders)
    } else if has("quantity") && (has("part_number") || has("product")) {
        Some(List::Entitlements)
    } else {
        None
    }
}

/// A quantity, such as a number of points, as it is typed: 0 or more.
pub fn quantity(text: &str) -> Option<Decimal> {
    list::quantity(text.trim())
}

/// The field that a header means in a list.
pub fn field(kind: List, header: &str) -> Option<String> {
    let columns: &[&str] = match kind {
        List::Entitlements => &entitlements::COLUMNS,
        List::Orders => &orders::COLUMNS,
        List::BundleParts => &bundle_parts::COLUMNS,
    };
    columns.iter().find(|field| list::is_named(header, field)).map(|field| (*field).to_owned())
}

/// Reads a table that is a list of this kind, and tells what of it cannot be used.
///
/// # Errors
/// When it is no such list.
pub fn read_sheet(name: &str, kind: List, sheet: Sheet) -> Result<(Lists, Vec<Issue>), Issue> {
    let mut lists = Lists::default();
    let issues = match kind {
        List::Entitlements => {
            let (lines, issues) = entitlements::read_sheet(name, sheet)?;
            lists.entitlements = Arc::new(lines);
            issues
        }
        List::Orders => {
            let (lines, issues) = orders::read_sheet(name, sheet)?;
            lists.orders = Arc::new(lines);
            issues
        }
        List::BundleParts => {
            let (lines, issues) = bundle_parts::read_sheet(name, sheet)?;
            lists.bundle_parts = Arc::new(lines);
            issues
        }
    };
    Ok((lists, issues))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_belongs_to_one_list_or_to_none() {
        let of = |header: &str| kind(&header.split(',').map(str::to_owned).collect::<Vec<_>>());
        assert_eq!(of("Part Number,Quantity"), Some(List::Entitlements));
        assert_eq!(of("date,site,part_number,quantity,points"), Some(List::Orders));
        assert_eq!(of("bundle,version,component,environment,metric,quantity"), Some(List::BundleParts));
        assert_eq!(of("server,product,quantity"), None);
        assert_eq!(of("name,address"), None);
    }
}
