//! A workspace as it is kept: JSON that people can read, and that opens for ever.
//!
//! Lines of lists are written field by field through [`Lines`], not through a derived writer and reader of each type:
//! with fourteen lists those were a tenth of the worker. A blank field is left out; numbers and days are texts.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

use super::bundle::BundleTerms;
use super::day;
use super::list::{Field, FieldKind, Lines, List, Value, word};
use super::order::PriceTerms;
use super::workspace::{PeriodChoice, RoundingPlace, SourceFile, Workspace};

/// A workspace on its way to and from JSON.
#[derive(Serialize, Deserialize)]
pub(super) struct WorkspaceDocument {
    name: String,
    #[serde(default)]
    sources: Vec<SourceFile>,
    #[serde(default)]
    price_terms: PriceTerms,
    #[serde(default)]
    bundle_terms: BundleTerms,
    #[serde(default)]
    period: PeriodChoice,
    #[serde(default)]
    rounding: RoundingPlace,
    /// The lists by their names, and fields that a newer version wrote.
    #[serde(flatten)]
    rest: Map<String, Json>,
}

impl From<Workspace> for WorkspaceDocument {
    fn from(workspace: Workspace) -> Self {
        let Workspace { name, sources, lists, price_terms, bundle_terms, period, rounding, extra: mut rest } =
            workspace;
        for list in List::ALL {
            let lines = lists.lines(list);
            if lines.count() > 0 {
                rest.insert(
                    list.name().to_owned(),
                    (0..lines.count()).map(|index| line_to_json(lines, index)).collect(),
                );
            }
        }
        Self { name, sources, price_terms, bundle_terms, period, rounding, rest }
    }
}

impl TryFrom<WorkspaceDocument> for Workspace {
    type Error = String;

    fn try_from(document: WorkspaceDocument) -> Result<Self, String> {
        let WorkspaceDocument { name, sources, price_terms, bundle_terms, period, rounding, mut rest } = document;
        let mut workspace = Self { name, sources, price_terms, bundle_terms, period, rounding, ..Self::default() };
        for list in List::ALL {
            let Some(lines) = rest.remove(list.name()) else { continue };
            let Json::Array(lines) = lines else { return Err(format!("{} is no list", list.name())) };
            for (index, line) in lines.iter().enumerate() {
                let taken = take_line(workspace.lists.lines_mut(list), line);
                taken.ok_or_else(|| format!("{}: line {} cannot be read", list.name(), index.saturating_add(1)))?;
            }
        }
        workspace.extra = rest;
        Ok(workspace)
    }
}

fn line_to_json(lines: &dyn Lines, index: usize) -> Json {
    let mut line = Map::new();
    let (file, row) = lines.origin(index).unwrap_or_default();
    if !file.is_empty() {
        line.insert("file".to_owned(), file.into());
    }
    if row > 0 {
        line.insert("row".to_owned(), row.into());
    }
    for (field, value) in lines.fields().iter().zip(lines.values(index).unwrap_or_default()) {
        if value != Value::Blank {
            line.insert(field.name.to_owned(), value.plain().into());
        }
    }
    Json::Object(line)
}

fn take_line(lines: &mut dyn Lines, line: &Json) -> Option<()> {
    let line = line.as_object()?;
    let values: Option<Vec<Value>> = lines.fields().iter().map(|field| read(field, line.get(field.name))).collect();
    let file = line.get("file").and_then(Json::as_str).unwrap_or_default();
    // Documents of the first days call the row of some lists `line`.
    let row =
        line.get("row").or_else(|| line.get("line")).and_then(Json::as_u64).and_then(|row| u32::try_from(row).ok());
    lines.put(None, file, row.unwrap_or_default(), &values?).ok()
}

fn read(field: &Field, json: Option<&Json>) -> Option<Value> {
    let text = match json {
        None | Some(Json::Null) => return Some(Value::Blank),
        Some(Json::String(text)) => text.clone(),
        Some(Json::Number(number)) => number.to_string(),
        Some(Json::Bool(yes)) => if *yes { "yes" } else { "no" }.to_owned(),
        Some(Json::Array(_) | Json::Object(_)) => return None,
    };
    if text.is_empty() {
        return Some(Value::Blank);
    }
    match field.kind {
        FieldKind::Text => Some(Value::Text(text)),
        FieldKind::Number => text.parse().ok().map(Value::Number),
        FieldKind::Day => day::parse(&text).map(Value::Day),
        FieldKind::Word(words) => word(words, &text).map(|word| Value::Text(word.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use rust_decimal::Decimal;

    use super::*;
    use crate::model::entitlement::LicenceType;
    use crate::model::header_shape::HeaderShape;

    fn open(text: &str) -> Workspace {
        serde_json::from_str(text).unwrap()
    }

    #[test]
    fn what_is_remembered_of_a_header_opens_again_whichever_list_it_is_for() {
        for list in List::CONTENT {
            let shape = HeaderShape {
                file: String::new(),
                row: 0,
                shape: "a | b".to_owned(),
                list,
                fields: String::new(),
                styles: String::new(),
            };
            let mut workspace = Workspace::default();
            workspace.lists.header_shapes = std::iter::once(shape).collect();
            assert_eq!(open(&serde_json::to_string(&workspace).unwrap()), workspace, "{list:?}");
        }
    }

    #[test]
    fn what_was_kept_opens_as_it_was_and_what_a_newer_version_wrote_stays() {
        let kept = r#"{"name":"N","future":{"a":1},"entitlements":[{"file":"r.csv","row":2,"product":"IBM MQ",
            "quantity":"1.50","licence_type":"committed_term","ss_end":"2026-12-31"}],"part_points":[{"part_number":"D1",
            "points":"2","entitled_discount":"no"}]}"#;
        let workspace = open(kept);
        let line = &workspace.lists.entitlements[0];
        assert_eq!(
            (line.row, line.quantity, line.licence_type),
            (2, Decimal::new(15, 1), Some(LicenceType::CommittedTerm))
        );
        assert_eq!(workspace.lists.part_points[0].entitled_discount, Some(false));
        assert_eq!(workspace.extra.len(), 1);
        assert_eq!(open(&serde_json::to_string(&workspace).unwrap()), workspace);
    }

    #[test]
    fn lines_of_older_documents_open_with_their_rows_and_points() {
        let workspace = open(
            r#"{"name":"","orders":[{"file":"o.csv","line":3,"date":"2025-03-01","site":"a","order":null,"points":"300"}]}"#,
        );
        let line = &workspace.lists.orders[0];
        assert_eq!((line.line, line.points, line.order.as_deref()), (3, Some(300.into()), None));
    }

    #[test]
    fn a_line_that_cannot_be_read_is_named() {
        let refused = serde_json::from_str::<Workspace>(r#"{"name":"","orders":[{"date":"soon"}]}"#).unwrap_err();
        assert!(refused.to_string().contains("orders: line 1"), "{refused}");
    }
}
