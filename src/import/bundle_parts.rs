//! Parts of bundles: `bundle,version,component,environment,metric,quantity`.

use super::list::{self, Lines, List};
use super::sheet::Sheet;
use super::{Limits, Watch};
use crate::model::bundle::{Environment, Part};
use crate::model::issue::Issue;

/// What a file is called that is no such list.
const NOT_ONE: &str = "file_not_bundle_parts";

/// The columns, in the order of the template.
pub const COLUMNS: [&str; 6] = ["bundle", "version", "component", "environment", "metric", "quantity"];

/// Reads a list of parts from CSV or from the first sheet of a workbook, and tells what of it cannot be used.
///
/// # Errors
/// When it is no list of parts, or cannot be read at all.
pub fn read(name: &str, bytes: &[u8], limits: &Limits, watch: &mut dyn Watch) -> Result<Lines<Part>, Issue> {
    list::read((name, bytes), NOT_ONE, limits, watch, lines)
}

/// Reads such a list from a table.
///
/// # Errors
/// When it is no such list.
pub fn read_sheet(name: &str, sheet: Sheet) -> Result<Lines<Part>, Issue> {
    lines(&List::of(name, NOT_ONE, sheet))
}

fn lines(list: &List<'_>) -> Result<Lines<Part>, Issue> {
    let mut issues = Vec::new();
    let (bundle, component) = (list.required("bundle")?, list.required("component")?);
    let quantity = list.required("quantity")?;
    let (version, environment, metric) = (list.column("version"), list.column("environment"), list.column("metric"));
    let mut parts = Vec::new();
    for row in list.rows() {
        let optional = |place: Option<usize>| place.map(|place| row.cell(place)).filter(|cell| !cell.is_empty());
        let known = optional(environment).map(Environment::parse);
        let number = list::quantity(row.cell(quantity));
        let problems = [
            (bundle, "bundle_blank", row.cell(bundle).is_empty()),
            (component, "bundle_component_blank", row.cell(component).is_empty()),
            (quantity, "bundle_quantity_invalid", number.is_none()),
            (environment.unwrap_or_default(), "bundle_environment_invalid", known == Some(None)),
        ];
        let wrong = problems.iter().filter(|(_, _, wrong)| *wrong);
        let found: Vec<Issue> = wrong.map(|&(place, code, _)| list.wrong(row, place, code)).collect();
        if !found.is_empty() {
            issues.extend(found);
            continue;
        }
        parts.push(Part {
            file: list.file().to_owned(),
            line: row.line(),
            bundle: row.cell(bundle).to_owned(),
            version: optional(version).unwrap_or_default().to_owned(),
            component: row.cell(component).to_owned(),
            environment: known.flatten(),
            metric: optional(metric).map(str::to_owned),
            quantity: number.unwrap_or_default(),
        });
    }
    Ok((parts, issues))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::Unwatched;

    fn read_text(text: &str) -> Result<Lines<Part>, Issue> {
        read("parts.csv", text.as_bytes(), &Limits::PAGE, &mut Unwatched)
    }

    #[test]
    fn blank_version_environment_and_metric_are_left_to_the_engine() {
        let (parts, issues) = read_text("Bundle,Component,Quantity\nCP4I,IBM MQ,2.5\n").unwrap();
        assert_eq!(issues, []);
        assert_eq!((parts[0].version.as_str(), parts[0].environment, parts[0].metric.clone()), ("", None, None));
    }

    #[test]
    fn an_environment_is_known_however_it_is_spelt() {
        for text in ["non_production", "Non-Production", "NON PRODUCTION", "nonproduction"] {
            let (parts, _) = read_text(&format!("bundle,component,environment,quantity\na,b,{text},1\n")).unwrap();
            assert_eq!(parts[0].environment, Some(Environment::NonProduction), "{text}");
        }
    }

    #[test]
    fn a_line_that_cannot_be_used_is_left_out_with_every_reason() {
        let (parts, issues) = read_text("bundle,component,environment,quantity\n,b,moon,-1\n").unwrap();
        assert!(parts.is_empty());
        let codes: Vec<_> = issues.iter().map(|issue| issue.code.as_ref()).collect();
        assert_eq!(codes, ["bundle_blank", "bundle_quantity_invalid", "bundle_environment_invalid"]);
    }
}
