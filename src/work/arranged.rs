//! Rows as they were asked for: filtered, sorted, grouped, with what each group comes to. Units and states are never added
//! to each other.

use std::borrow::Cow;
use std::cmp::{Ordering, Reverse};

use litemap::LiteMap;
use rust_decimal::Decimal;

use super::data_table::{
    ALL, DataColumn, DataRow, DataTable, FIND, GROUP, GroupLine, NO_GROUP, OPEN, RowState, SORT, STATE, TableLine,
    argument_of,
};
use super::screen_query::ScreenQuery;
use crate::model::message::{Argument, Message};
use crate::model::position::BalanceState;

/// So many rows of a screen's own table are shown unless all are asked for.
pub const SHOWN: usize = 200;

/// What the rows of a table are arranged by.
pub struct Arrangement<'a> {
    /// What tells it from the other table of its screen; blank where it is the only one, or the first.
    pub name: &'static str,
    /// Key of its title.
    pub title: &'static str,
    /// Its columns, in the order of [`Arrangeable::keys`].
    pub columns: Vec<DataColumn>,
    /// The column by which it is sorted unless another one is asked for; with a minus in front the last one comes first.
    pub sorted: &'static str,
    /// What rows can be grouped by, in the order of [`Arrangeable::groups`]: names, and the keys of their words.
    pub groupings: Vec<(&'static str, &'static str)>,
    /// What they are grouped by unless something else is asked for; blank is nothing.
    pub grouped: &'static str,
    /// So many rows are shown unless all are asked for.
    pub shown: usize,
    /// What is asked for.
    pub query: &'a ScreenQuery,
}

/// What a row is sorted, found and grouped by.
#[derive(Clone, Debug)]
pub struct Arrangeable {
    /// What tells it from the others.
    pub key: String,
    /// What it sorts by in each column.
    pub keys: Vec<ColumnKey>,
    /// What it is found by.
    pub words: String,
    /// How it stands; `None` where rows have no state.
    pub state: Option<RowState>,
    /// The group that it belongs to, for each way to group.
    pub groups: Vec<RowGroup>,
    /// What it adds to its group, and its unit; `None` is not known.
    pub amount: Option<Decimal>,
    /// The unit of the amount.
    pub unit: Cow<'static, str>,
}

/// A group: its place among the others, and its title.
pub type RowGroup = (String, Message);

/// What a row sorts by in a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ColumnKey {
    /// Words.
    Words(String),
    /// A number; what is not known comes last, whichever way the others are sorted.
    Number(Option<Decimal>),
}

impl ColumnKey {
    /// The same whatever the case of its words.
    fn folded(&self) -> Self {
        match self {
            Self::Words(words) => Self::Words(words.to_lowercase()),
            Self::Number(number) => Self::Number(*number),
        }
    }

    fn compare(&self, other: &Self, descending: bool) -> Ordering {
        let turned = |order: Ordering| if descending { order.reverse() } else { order };
        match (self, other) {
            (Self::Words(one), Self::Words(other)) => turned(one.cmp(other)),
            (Self::Number(Some(one)), Self::Number(Some(other))) => turned(one.cmp(other)),
            (Self::Number(one), Self::Number(other)) => Reverse(one.is_some()).cmp(&Reverse(other.is_some())),
            (Self::Words(_), Self::Number(_)) => Ordering::Less,
            (Self::Number(_), Self::Words(_)) => Ordering::Greater,
        }
    }
}

/// The places of the rows that a table is asked for, in their own order.
pub fn found(name: &str, query: &ScreenQuery, rows: &[Arrangeable]) -> Vec<usize> {
    let asked = |argument| query.argument(&argument_of(name, argument));
    let find = asked(FIND).trim().to_lowercase();
    let wanted = asked(STATE);
    let fits = |row: &Arrangeable| {
        (wanted.is_empty() || row.state.is_some_and(|state| state.name() == wanted))
            && find.split_whitespace().all(|word| row.words.to_lowercase().contains(word))
    };
    rows.iter().enumerate().filter(|(_, row)| fits(row)).map(|(place, _)| place).collect()
}

/// A row that is found, with what it is sorted by.
struct FoundRow<'a> {
    place: usize,
    row: &'a Arrangeable,
    /// `None` where rows are not grouped.
    group: Option<&'a RowGroup>,
    key: Option<ColumnKey>,
}

impl FoundRow<'_> {
    fn group_place(&self) -> Option<&str> {
        self.group.map(|(place, _)| place.as_str())
    }
}

/// The table as it was asked for. Only rows that are shown are made; `make` is told whether the row is open.
pub fn arrange(
    arrangement: Arrangement<'_>,
    rows: &[Arrangeable],
    make: impl Fn(usize, bool) -> DataRow,
    note: Option<Message>,
) -> DataTable {
    let Arrangement { name: of, title, columns, sorted, groupings, grouped, shown, query } = arrangement;
    let asked = |argument| query.argument(&argument_of(of, argument));
    let states = RowState::all().map(|state| (state, rows.iter().filter(|row| row.state == Some(state)).count()));
    let wanted = asked(STATE);
    let place = |asked: &str| {
        let (name, descending) = asked.strip_prefix('-').map_or((asked, false), |name| (name, true));
        columns.iter().position(|column| column.name == name).map(|column| (name.to_owned(), column, descending))
    };
    let (name, column, descending) = place(asked(SORT)).or_else(|| place(sorted)).unwrap_or_default();
    let group_of = |asked: &str| groupings.iter().position(|(name, _)| *name == asked);
    let by = asked(GROUP);
    let grouping = group_of(by).or_else(|| group_of(grouped).filter(|_| by != NO_GROUP));
    let found_row = |place: usize| {
        let row = rows.get(place)?;
        let group = grouping.and_then(|place| row.groups.get(place));
        Some(FoundRow { place, row, group, key: row.keys.get(column).map(ColumnKey::folded) })
    };
    let mut found: Vec<FoundRow<'_>> = self::found(of, query, rows).into_iter().filter_map(found_row).collect();
    found.sort_by(|one, other| {
        let keys = one.key.as_ref().zip(other.key.as_ref());
        let by_column = || keys.map_or(Ordering::Equal, |(one, other)| one.compare(other, descending));
        one.group_place().cmp(&other.group_place()).then_with(by_column)
    });

    let shown = if asked(ALL).is_empty() { found.len().min(shown) } else { found.len() };
    let open = argument_of(of, OPEN);
    let is_open = |key: &str| query.arguments.iter().any(|(name, text)| *name == open && text == key);
    let mut lines = Vec::new();
    let mut left = shown;
    for rows in found.chunk_by(|one, other| one.group_place() == other.group_place()) {
        let Some(first) = rows.first().filter(|_| left > 0) else { break };
        if let Some((_, title)) = first.group {
            let count = Message::new("page.data.rows").with("count", rows.len());
            let sums = sums(rows.iter().map(|found| found.row));
            lines.push(TableLine::Group(GroupLine { title: title.clone(), count, sums }));
        }
        let row = |found: &FoundRow<'_>| TableLine::Row(make(found.place, is_open(&found.row.key)));
        lines.extend(rows.iter().take(left).map(row));
        left = left.saturating_sub(rows.len());
    }
    let used: Vec<_> = states.filter(|(_, count)| *count > 0).collect();
    DataTable {
        name: of.into(),
        title: title.into(),
        count: rows.len(),
        found: found.len(),
        shown,
        columns,
        sorted: (name.into(), descending),
        states: used,
        state: wanted.to_owned().into(),
        groupings: groupings.iter().map(|(name, word)| ((*name).into(), (*word).into())).collect(),
        grouped: grouping.and_then(|place| groupings.get(place)).map_or("", |(name, _)| name).into(),
        lines,
        note,
    }
}

/// What rows come to, for each unit and each state by itself. What is even or not known adds nothing.
fn sums<'a>(rows: impl Iterator<Item = &'a Arrangeable>) -> Vec<Message> {
    let mut sums: LiteMap<(&str, Option<RowState>), Decimal> = LiteMap::new();
    for row in rows {
        if let Some(amount) = row.amount {
            let sum = sums.entry((&*row.unit, row.state)).or_insert(Decimal::ZERO);
            *sum = sum.saturating_add(amount);
        }
    }
    let said = |((unit, state), sum): ((&str, Option<RowState>), Decimal)| {
        let key = match state {
            None | Some(RowState::Task(_)) => "page.data.sum",
            Some(RowState::Balance(BalanceState::Shortfall)) => "page.data.shortfall",
            Some(RowState::Balance(BalanceState::Surplus)) => "page.data.surplus",
            Some(RowState::Balance(BalanceState::Covered | BalanceState::Unknown)) => return None,
        };
        Some(Message::new(key).with("sum", Argument::Money(sum.abs())).with("unit", unit))
    };
    sums.into_iter().filter_map(said).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::screen::Screen;
    use crate::work::cell::Cell;
    use crate::work::data_table::{ColumnKind, DataCell};

    fn rows() -> Vec<Arrangeable> {
        let row = |name: &str, unit: &'static str, balance: Option<i64>| {
            let balance = balance.map(Decimal::from);
            let state = BalanceState::of(balance);
            Arrangeable {
                key: name.to_owned(),
                keys: vec![ColumnKey::Words(name.to_owned()), ColumnKey::Number(balance)],
                words: format!("{name} {unit}"),
                state: Some(RowState::Balance(state)),
                groups: vec![(unit.to_owned(), Message::keyed(unit))],
                amount: balance,
                unit: unit.into(),
            }
        };
        vec![
            row("IBM MQ", "PVU", Some(-560)),
            row("db2", "PVU", Some(140)),
            row("Cognos", "PVU", None),
            row("App Connect", "VPC", Some(-2)),
            row("Informix", "PVU", Some(-40)),
        ]
    }

    fn asked(arguments: &[(&str, &str)]) -> DataTable {
        let column =
            |name: &'static str| DataColumn { name: name.into(), label: name.into(), kind: ColumnKind::Number };
        let arguments = arguments.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
        let arrangement = Arrangement {
            name: "",
            title: "title",
            columns: vec![column("name"), column("balance")],
            sorted: "balance",
            groupings: vec![("metric", "metric")],
            grouped: "",
            shown: SHOWN,
            query: &ScreenQuery { screen: Screen::Position, today: None, arguments },
        };
        let rows = rows();
        let make = |index: usize, open: bool| DataRow {
            key: rows[index].key.clone(),
            cells: vec![DataCell::of(Cell::Unknown)],
            detail: open.then(Vec::new),
        };
        arrange(arrangement, &rows, make, None)
    }

    fn names(table: &DataTable) -> Vec<&str> {
        let name = |line: &'_ TableLine| matches!(line, TableLine::Row(_));
        let rows = table.lines.iter().filter(|line| name(line));
        rows.map(|line| if let TableLine::Row(row) = line { row.key.as_str() } else { "" }).collect()
    }

    #[test]
    fn what_is_not_known_comes_last_whichever_way_it_is_sorted() {
        assert_eq!(names(&asked(&[])), ["IBM MQ", "Informix", "App Connect", "db2", "Cognos"]);
        let turned = asked(&[(SORT, "-balance")]);
        assert_eq!(names(&turned), ["db2", "App Connect", "Informix", "IBM MQ", "Cognos"]);
        assert_eq!(turned.sorted, ("balance".into(), true));
    }

    #[test]
    fn words_sort_whatever_their_case_and_a_column_that_nobody_has_sorts_nothing() {
        assert_eq!(names(&asked(&[(SORT, "name")])), ["App Connect", "Cognos", "db2", "IBM MQ", "Informix"]);
        assert_eq!(asked(&[(SORT, "price")]).sorted, ("balance".into(), false));
    }

    #[test]
    fn rows_are_found_by_every_word_and_by_their_state() {
        assert_eq!(names(&asked(&[(FIND, "pvu  mq")])), ["IBM MQ"]);
        let short = asked(&[(STATE, "shortfall"), (FIND, "i")]);
        assert_eq!(names(&short), ["IBM MQ", "Informix"]);
        assert_eq!((short.count, short.found), (5, 2));
        // The chips count all rows, whatever is filtered.
        let counts: Vec<usize> = short.states.iter().map(|(_, count)| *count).collect();
        assert_eq!(counts, [3, 1, 1]);
    }

    #[test]
    fn what_is_short_is_never_netted_against_a_surplus_nor_one_unit_against_another() {
        let table = asked(&[(GROUP, "metric")]);
        let groups: Vec<&GroupLine> = table
            .lines
            .iter()
            .filter_map(|line| if let TableLine::Group(group) = line { Some(group) } else { None })
            .collect();
        let sum = |key, sum: i64, unit: &str| {
            Message::new(key).with("sum", Argument::Money(Decimal::from(sum))).with("unit", unit)
        };
        let [pvu, vpc] = groups[..] else { panic!("two groups") };
        assert_eq!(pvu.sums, [sum("page.data.shortfall", 600, "PVU"), sum("page.data.surplus", 140, "PVU")]);
        assert_eq!(vpc.sums, [sum("page.data.shortfall", 2, "VPC")]);
        assert_eq!(names(&table), ["IBM MQ", "Informix", "db2", "Cognos", "App Connect"]);
    }

    #[test]
    fn only_the_rows_that_are_named_are_open() {
        let table = asked(&[(OPEN, "db2"), (OPEN, "nobody")]);
        let open = |line: &&TableLine| matches!(line, TableLine::Row(DataRow { detail: Some(_), .. }));
        assert_eq!(table.lines.iter().filter(open).count(), 1);
    }
}
