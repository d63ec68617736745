//! The table of products.

use rust_decimal::Decimal;

use super::{ProductLine, detail, picture, standing};
use crate::model::message::Message;
use crate::model::position::{BalanceState, ProductPosition};
use crate::work::Quantity;
use crate::work::arranged::{Arrangeable, Arrangement, ColumnKey, SHOWN, arrange};
use crate::work::cell::Cell;
use crate::work::data_table::{ColumnKind, DataCell, DataColumn, DataRow, DataTable, RowState};
use crate::work::screen_query::ScreenQuery;

/// A column: what it is called, what a product sorts by in it, and the cell of a product.
struct ProductColumn {
    name: &'static str,
    label: &'static str,
    kind: ColumnKind,
    key: fn(&ProductLine<'_>) -> ColumnKey,
    cell: fn(ProductLine<'_>) -> DataCell,
}

const PRODUCT: ProductColumn = ProductColumn {
    name: "name",
    label: "page.products.product",
    kind: ColumnKind::Name,
    key: |line| ColumnKey::Words(line.demand.product.clone()),
    cell: |line| DataCell::of(line.demand.product.as_str().into()).above(standing::flags(line.demand, line.owned)),
};

const NEEDED: ProductColumn = ProductColumn {
    name: "needed",
    label: "page.products.needed",
    kind: ColumnKind::Number,
    key: |line| ColumnKey::Number(line.demand.sub_capacity.map(Decimal::from)),
    cell: |line| {
        let figure = Cell::Figure(line.demand.sub_capacity.map(Decimal::from), line.ask(Quantity::SubCapacity));
        let on = line.demand.peak_on.map(|day| Message::new("page.chart.day").with("day", day));
        DataCell { unit: line.demand.metric.name().into(), ..DataCell::of(figure) }.above(on)
    },
};

const OVER_TIME: ProductColumn = ProductColumn {
    name: "time",
    label: "page.products.over_time",
    kind: ColumnKind::Picture,
    key: |_| ColumnKey::Number(None),
    cell: |line| DataCell::drawn(picture::spark(line)),
};

const ENTITLED: ProductColumn = ProductColumn {
    name: "entitled",
    label: "page.products.entitled",
    kind: ColumnKind::Number,
    key: |line| ColumnKey::Number(line.owned.map(|owned| owned.entitled)),
    cell: |line| DataCell::of(Cell::Figure(line.owned.map(|owned| owned.entitled), line.ask(Quantity::Entitled))),
};

const BALANCE: ProductColumn = ProductColumn {
    name: "balance",
    label: "page.products.balance",
    kind: ColumnKind::Number,
    key: |line| ColumnKey::Number(line.owned.and_then(ProductPosition::balance)),
    cell: |line| {
        let balance = line.owned.and_then(ProductPosition::balance);
        let alone = line.owned.and_then(ProductPosition::unbundled_balance).map(|alone| {
            let short = BalanceState::of(Some(alone)) == BalanceState::Shortfall;
            let key = if short { "page.products.alone_short" } else { "page.products.alone_over" };
            Message::new(key).with("units", alone.abs())
        });
        DataCell::of(Cell::Balance(balance, line.ask(Quantity::Balance))).above(alone)
    },
};

const FULL_CAPACITY: ProductColumn = ProductColumn {
    name: "full",
    label: "page.products.full_capacity",
    kind: ColumnKind::Further,
    key: |line| ColumnKey::Number(line.demand.full_capacity.map(Decimal::from)),
    cell: |line| {
        let (sub, full) = (line.demand.sub_capacity, line.demand.full_capacity);
        let tenths = sub.zip(full).and_then(|(sub, full)| full.saturating_mul(10).checked_div(sub));
        let tenths = tenths.and_then(|tenths| i64::try_from(tenths).ok());
        let times = tenths.map(|tenths| Message::new("page.products.times").with("times", Decimal::new(tenths, 1)));
        DataCell::of(Cell::Figure(full.map(Decimal::from), line.ask(Quantity::FullCapacity))).above(times)
    },
};

const REPORTED: ProductColumn = ProductColumn {
    name: "reported",
    label: "page.products.reported",
    kind: ColumnKind::Further,
    key: |line| ColumnKey::Number(line.demand.reported.map(Decimal::from)),
    cell: |line| DataCell::of(line.demand.reported.into()).above(standing::against_ilmt(line.demand)),
};

/// The products as they were asked for. A column that would be empty is not there.
pub(super) fn table(lines: &[ProductLine<'_>], has_rights: bool, query: &ScreenQuery) -> DataTable {
    let any = |has: fn(&ProductLine<'_>) -> bool| lines.iter().any(has);
    let columns = [
        Some(PRODUCT),
        Some(NEEDED),
        any(|line| line.demand.timeline.is_some()).then_some(OVER_TIME),
        has_rights.then_some(ENTITLED),
        has_rights.then_some(BALANCE),
        Some(FULL_CAPACITY),
        any(|line| line.demand.reported.is_some()).then_some(REPORTED),
    ];
    let columns: Vec<ProductColumn> = columns.into_iter().flatten().collect();
    let row = |line: &ProductLine<'_>| arrangeable(line, &columns, has_rights);
    let rows: Vec<Arrangeable> = lines.iter().map(row).collect();
    let make = |index: usize, open: bool| {
        let (Some(line), Some(row)) = (lines.get(index), rows.get(index)) else { return DataRow::blank() };
        DataRow {
            key: row.key.clone(),
            cells: columns.iter().map(|column| (column.cell)(*line)).collect(),
            detail: open.then(|| detail::of(*line)),
        }
    };
    let column =
        |column: &ProductColumn| DataColumn { name: column.name.into(), label: column.label.into(), kind: column.kind };
    let by_state = has_rights.then_some(("state", "page.data.by_state"));
    let arrangement = Arrangement {
        name: "",
        title: "page.products.title",
        columns: columns.iter().map(column).collect(),
        sorted: if has_rights { "balance" } else { "name" },
        groupings: by_state.into_iter().chain([("metric", "page.data.by_metric")]).collect(),
        grouped: if has_rights { "state" } else { "" },
        shown: SHOWN,
        query,
    };
    let has_days = any(|line| line.demand.timeline.is_some());
    let note = has_days.then(|| Message::new("page.products.legend"));
    arrange(arrangement, &rows, make, note)
}

fn arrangeable(line: &ProductLine<'_>, columns: &[ProductColumn], has_rights: bool) -> Arrangeable {
    let ProductLine { demand, owned } = line;
    let metric = demand.metric.name();
    let state = has_rights.then(|| line.state().unwrap_or(BalanceState::Unknown));
    let by_state = state.map(|state| {
        let place = BalanceState::ALL.iter().position(|known| *known == state).unwrap_or_default();
        (place.to_string(), Message::new(state.word()))
    });
    let by_metric = (metric.to_owned(), Message::new("page.data.metric").with("metric", metric));
    Arrangeable {
        key: format!("{}/{metric}", demand.product),
        keys: columns.iter().map(|column| (column.key)(line)).collect(),
        words: format!("{} {metric}", demand.product),
        state: state.map(RowState::Balance),
        groups: by_state.into_iter().chain([by_metric]).collect(),
        amount: if has_rights {
            owned.and_then(ProductPosition::balance).map(|balance| balance.normalize())
        } else {
            demand.sub_capacity.map(Decimal::from)
        },
        unit: metric.into(),
    }
}
