//! A workspace as it is kept: JSON that people can read, and that opens for ever.
//!
//! Lines of lists are written field by field through [`Lines`], not through a derived writer and reader of each type:
//! with fourteen lists those were a tenth of the worker. A blank field is left out; numbers and days are texts.
//!
//! A line that cannot be read costs nothing but itself: it stays in the document, apart from the others, and is tried
//! again whenever the document is opened ([`UnreadLines`]).

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

use super::bundle::BundleTerms;
use super::day;
use super::list::{Field, FieldKind, Lines, List, Value, word};
use super::order::PriceTerms;
use super::proposal::ProposalTerms;
use super::workspace::{Lists, PeriodChoice, RoundingPlace, SourceFile, Workspace};

/// Lines that could not be read, as they are, by the names of their lists.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UnreadLines {
    /// Those that stood apart already when the document was written.
    kept: Map<String, Json>,
    /// Those that stood among the others.
    found: Map<String, Json>,
}

impl UnreadLines {
    /// The lists of which lines could not be read, with the number of these lines.
    pub fn counts(&self) -> Vec<(List, usize)> {
        let count = |list: List| {
            [&self.kept, &self.found]
                .into_iter()
                .filter_map(|lines| lines.get(list.name())?.as_array())
                .map(Vec::len)
                .sum()
        };
        List::ALL.into_iter().map(|list| (list, count(list))).filter(|(_, count)| *count > 0).collect()
    }

    /// Whether lists have fewer lines than when the document was written.
    pub fn are_missing(&self) -> bool {
        !self.found.is_empty()
    }
}

/// Under this name stand the steps that could not be made again, in their order.
const UNREAD_STEPS: &str = "unread_steps";

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
    #[serde(default, skip_serializing_if = "ProposalTerms::is_blank")]
    proposal: ProposalTerms,
    #[serde(default)]
    period: PeriodChoice,
    #[serde(default)]
    rounding: RoundingPlace,
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    unread_lines: Map<String, Json>,
    /// The lists by their names, and fields that a newer version wrote.
    #[serde(flatten)]
    rest: Map<String, Json>,
}

impl From<Workspace> for WorkspaceDocument {
    fn from(workspace: Workspace) -> Self {
        let Workspace { name, sources, lists, price_terms, bundle_terms, proposal, period, rounding, unread, extra } =
            workspace;
        let UnreadLines { kept: mut unread_lines, found } = unread;
        add(&mut unread_lines, found);
        let mut rest = extra;
        rest.append(&mut lists_to_json(&lists));
        Self { name, sources, price_terms, bundle_terms, proposal, period, rounding, unread_lines, rest }
    }
}

impl From<WorkspaceDocument> for Workspace {
    fn from(document: WorkspaceDocument) -> Self {
        let WorkspaceDocument {
            name,
            sources,
            price_terms,
            bundle_terms,
            proposal,
            period,
            rounding,
            unread_lines,
            mut rest,
        } = document;
        let mut workspace =
            Self { name, sources, price_terms, bundle_terms, proposal, period, rounding, ..Self::default() };
        for list in List::ALL {
            if let Some(lines) = rest.remove(list.name()) {
                workspace.read_lines(list, lines);
            }
        }
        workspace.unread.kept = unread_lines;
        workspace.extra = rest;
        workspace
    }
}

impl Workspace {
    /// Takes lines in; those that cannot be read are found to be so.
    fn read_lines(&mut self, list: List, lines: Json) {
        let lines = if let Json::Array(lines) = lines { lines } else { vec![lines] };
        let mine = self.lists.lines_mut(list);
        let left: Vec<Json> = lines.into_iter().filter(|line| take_line(mine, line).is_none()).collect();
        if !left.is_empty() {
            self.unread.found.insert(list.name().to_owned(), left.into());
        }
    }

    /// Tries the lines once more that stood apart when the document was written; those that can be read come behind the
    /// others. Whether the document would now be written otherwise.
    pub fn read_unread_lines(&mut self) -> bool {
        let found = std::mem::take(&mut self.unread.found);
        let before = std::mem::take(&mut self.unread.kept);
        let mut kept = before.clone();
        for list in List::ALL {
            if let Some(lines) = kept.remove(list.name()) {
                self.read_lines(list, lines);
            }
        }
        add(&mut kept, std::mem::take(&mut self.unread.found));
        let changed = kept != before || !found.is_empty();
        add(&mut kept, found);
        self.unread.kept = kept;
        changed
    }

    /// Keeps steps that could not be made again as they are.
    pub fn keep_unread_steps(&mut self, steps: &[String]) {
        let step = |step: &String| serde_json::from_str(step).unwrap_or_else(|_| Json::from(step.as_str()));
        let kept = self.extra.entry(UNREAD_STEPS).or_insert_with(|| Json::Array(Vec::new()));
        if let Json::Array(kept) = kept {
            kept.extend(steps.iter().map(step));
        }
    }
}

/// Adds lines to those of the same lists.
fn add(lines: &mut Map<String, Json>, more: Map<String, Json>) {
    for (list, mut more) in more {
        match (lines.get_mut(&list), &mut more) {
            (Some(Json::Array(lines)), Json::Array(more)) => lines.append(more),
            _ => drop(lines.insert(list, more)),
        }
    }
}

/// The lines of lists by their names, without lists that are empty.
pub(crate) fn lists_to_json(lists: &Lists) -> Map<String, Json> {
    let filled = List::ALL.into_iter().map(|list| (list, lists.lines(list))).filter(|(_, lines)| lines.count() > 0);
    let lines = |lines: &dyn Lines| (0..lines.count()).map(|index| line_to_json(lines, index)).collect();
    filled.map(|(list, of_list)| (list.name().to_owned(), lines(of_list))).collect()
}

/// The lists, as [`lists_to_json`] wrote them; `None` when one of their lines cannot be read, or a list is not known.
pub(crate) fn lists_from_json(json: &Map<String, Json>) -> Option<Lists> {
    let mut lists = Lists::default();
    for (name, lines) in json {
        let list = List::ALL.into_iter().find(|list| list.name() == name)?;
        for line in lines.as_array()? {
            take_line(lists.lines_mut(list), line)?;
        }
    }
    Some(lists)
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
    line.append(&mut fields_to_json(lines.fields(), &lines.values(index).unwrap_or_default()));
    Json::Object(line)
}

/// The values of a line under the names of their fields, without those that are blank.
pub(crate) fn fields_to_json(fields: &[Field], values: &[Value]) -> Map<String, Json> {
    let filled = fields.iter().zip(values).filter(|(_, value)| **value != Value::Blank);
    filled.map(|(field, value)| (field.name.to_owned(), value.plain().into())).collect()
}

/// The values of a line, as [`fields_to_json`] wrote them; `None` when one of them cannot be read.
pub(crate) fn fields_from_json(fields: &[Field], line: &Map<String, Json>) -> Option<Vec<Value>> {
    fields.iter().map(|field| read(field, line.get(field.name))).collect()
}

fn take_line(lines: &mut dyn Lines, line: &Json) -> Option<()> {
    let line = line.as_object()?;
    let values = fields_from_json(lines.fields(), line)?;
    let file = line.get("file").and_then(Json::as_str).unwrap_or_default();
    // Documents of the first days call the row of some lists `line`.
    let row =
        line.get("row").or_else(|| line.get("line")).and_then(Json::as_u64).and_then(|row| u32::try_from(row).ok());
    lines.put(None, file, row.unwrap_or_default(), &values).ok()
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
    fn a_line_that_cannot_be_read_costs_no_other_line_and_is_kept_as_it_is() {
        let kept = r#"{"name":"N","orders":[{"date":"soon"},{"date":"2025-03-01","site":"a","points":"300"},7],
            "prices":"none","sites":[]}"#;
        let workspace = open(kept);
        assert_eq!(workspace.lists.orders.len(), 1);
        assert_eq!(workspace.unread.counts(), [(List::Orders, 2), (List::Prices, 1)]);
        assert!(workspace.unread.are_missing());
        let written = serde_json::to_value(&workspace).unwrap();
        assert_eq!(written["unread_lines"]["orders"], serde_json::json!([{"date": "soon"}, 7]));
        let mut again: Workspace = serde_json::from_value(written.clone()).unwrap();
        assert_eq!((again.unread.counts(), again.unread.are_missing()), (workspace.unread.counts(), false));
        assert!(!again.read_unread_lines(), "nothing has changed");
        assert_eq!(serde_json::to_value(&again).unwrap(), written);
    }

    #[test]
    fn a_line_that_could_not_be_read_is_tried_again_with_the_next_edition() {
        let mut workspace =
            open(r#"{"name":"","unread_lines":{"orders":[{"date":"2025-03-01","site":"a"},{}],"of_later":[1]}}"#);
        assert!(workspace.lists.orders.is_empty() && workspace.read_unread_lines());
        assert_eq!((workspace.lists.orders.len(), workspace.unread.counts()), (1, vec![(List::Orders, 1)]));
        let written = serde_json::to_value(&workspace).unwrap();
        assert_eq!(written["unread_lines"], serde_json::json!({"orders": [{}], "of_later": [1]}));
    }
}
