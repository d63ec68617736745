//! What is needed at the peak, as bars, where no days are known: of a product against what is entitled of it, and of the
//! products that need most.

use rust_decimal::Decimal;

use super::ProductLine;
use super::picture::{covers, shortfall, usable, with_rights};
use crate::model::message::Message;
use crate::model::metric::Metric;
use crate::work::drawing::{Chart, Drawing, Ink, Shape, Share};
use crate::work::geometry::{AmountScale, BarRows};

/// How many products the picture of an estate has at most.
const PRODUCTS: usize = 8;

/// What a product needs at its peak and at full capacity, against what is entitled; `None` where all of it is nothing, or
/// nothing of it is known.
pub(super) fn chart(line: ProductLine<'_>) -> Option<Chart> {
    let ProductLine { demand, .. } = line;
    let (peak, full) = (demand.sub_capacity.map(Decimal::from), demand.full_capacity.map(Decimal::from));
    let (entitled, short) = (usable(line), shortfall(line));
    let known: Vec<Decimal> = [peak, full, entitled].into_iter().flatten().collect();
    let scale = AmountScale::of(&known);
    let rows = BarRows::of(2);
    let mut shapes: Vec<Shape> = scale.grid_upright().collect();
    shapes.extend(bar(scale, rows, 0, Ink::Third, peak));
    shapes.extend(short.and_then(|_| missing(scale, rows, 0, peak, entitled)));
    shapes.extend(bar(scale, rows, 1, Ink::Area, full));
    shapes.extend(entitled.map(|entitled| scale.upright(Ink::Entitled, entitled)));
    shapes.push(rows.words(0, at_peak(line)));
    shapes.push(rows.words(1, with(demand.metric, full, "page.chart.full", "page.chart.full_unknown")));
    let metric = |message: Message| message.with("metric", demand.metric.name());
    let amount = |key, quantity: Decimal| metric(Message::new(key).with("quantity", quantity));
    let legend = entitled.map(|entitled| (Ink::Entitled, amount("page.chart.entitled", entitled)));
    let legend = legend.into_iter().chain(short.map(|short| (Ink::Short, amount("page.chart.shortfall", short.abs()))));
    known.iter().any(|amount| !amount.is_zero()).then(|| Chart {
        title: metric(Message::new("page.chart.at_peak")),
        drawing: Drawing { finding: finding(line), height: rows.height(), shapes },
        left: Vec::new(),
        below: scale.axis_below(),
        legend: legend.collect(),
        note: Some(covers(line).unwrap_or(Message::new("page.chart.no_days"))),
    })
}

/// The products of a metric that need most at their peaks, each against what is entitled; `None` where none needs anything.
pub(super) fn of_metric(lines: &[ProductLine<'_>], metric: Metric) -> Option<Chart> {
    let needs = |line: &&ProductLine<'_>| line.demand.metric == metric && line.demand.sub_capacity != Some(0);
    let further = lines.iter().filter(needs).count().saturating_sub(PRODUCTS);
    // What is not known comes last; of equals the first one by name.
    let lines = lines.iter().filter(needs).fold(Vec::new(), |mut most: Vec<ProductLine<'_>>, line| {
        let index = most.partition_point(|known| known.demand.sub_capacity >= line.demand.sub_capacity);
        most.insert(index, *line);
        most.truncate(PRODUCTS);
        most
    });
    let needed = |line: &ProductLine<'_>| line.demand.sub_capacity.map(Decimal::from);
    let known: Vec<Decimal> = lines.iter().flat_map(|line| [needed(line), usable(*line)]).flatten().collect();
    let most = lines.first().and_then(needed)?;
    let (scale, rows) = (AmountScale::of(&known), BarRows::of(lines.len()));
    let mut shapes: Vec<Shape> = scale.grid_upright().collect();
    for (row, line) in lines.iter().enumerate() {
        let (peak, entitled) = (needed(line), usable(*line));
        shapes.extend(bar(scale, rows, row, Ink::Third, peak));
        shapes.extend(shortfall(*line).and_then(|_| missing(scale, rows, row, peak, entitled)));
        shapes.extend(entitled.map(|entitled| rows.across(row, Ink::Entitled, scale.along(entitled))));
        shapes.push(rows.words(row, of_product(*line)));
    }
    let has = |ink| shapes.iter().any(|shape| shape.ink() == ink);
    let signs = [
        (Ink::Third, "page.chart.needed_at_peak"),
        (Ink::Entitled, "page.products.entitled"),
        (Ink::Short, "page.state.shortfall"),
        (Ink::Unknown, "page.not_known"),
    ];
    let legend = signs.into_iter().filter(|(ink, _)| has(*ink)).map(|(ink, word)| (ink, Message::new(word))).collect();
    let finding = Message::new("page.chart.bars_finding").with("product", lines.first()?.demand.product.as_str());
    Some(Chart {
        title: Message::new("page.chart.bars").with("metric", metric.name()),
        drawing: Drawing {
            finding: finding.with("quantity", most).with("metric", metric.name()),
            height: rows.height(),
            shapes,
        },
        left: Vec::new(),
        below: scale.axis_below(),
        legend,
        note: (further > 0).then(|| Message::new("page.chart.further").with("count", further)),
    })
}

/// The bar of an amount; what is not known is hatched over the whole width.
fn bar(scale: AmountScale, rows: BarRows, row: usize, ink: Ink, amount: Option<Decimal>) -> Option<Shape> {
    match amount {
        Some(amount) if amount.is_zero() => None,
        Some(amount) => Some(rows.bar(row, ink, [Share(0), scale.along(amount)])),
        None => Some(rows.bar(row, Ink::Unknown, [Share(0), Share::WHOLE])),
    }
}

/// What is needed beyond what is entitled.
fn missing(
    scale: AmountScale,
    rows: BarRows,
    row: usize,
    needed: Option<Decimal>,
    entitled: Option<Decimal>,
) -> Option<Shape> {
    let (needed, entitled) = needed.zip(entitled)?;
    (needed > entitled).then(|| rows.bar(row, Ink::Short, [scale.along(entitled), scale.along(needed)]))
}

/// An amount in words, or that it is not known.
fn with(metric: Metric, amount: Option<Decimal>, known: &'static str, unknown: &'static str) -> Message {
    match amount {
        Some(amount) => Message::new(known).with("quantity", amount).with("metric", metric.name()),
        None => Message::new(unknown),
    }
}

/// The peak with its day, in words.
fn at_peak(line: ProductLine<'_>) -> Message {
    let ProductLine { demand, .. } = line;
    let peak = with(
        demand.metric,
        demand.sub_capacity.map(Decimal::from),
        if demand.peak_on.is_some() { "page.chart.peak_on" } else { "page.chart.peak_of" },
        "page.chart.peak_unknown",
    );
    demand.peak_on.iter().fold(peak, |peak, on| peak.with("day", *on))
}

/// What a product needs and what is entitled of it, in words.
fn of_product(line: ProductLine<'_>) -> Message {
    let ProductLine { demand, .. } = line;
    let key = match (demand.sub_capacity, usable(line)) {
        (None, _) => "page.chart.product_unknown",
        (Some(_), None) => "page.chart.product_needs",
        (Some(_), Some(_)) => "page.chart.product_against",
    };
    let said = Message::new(key).with("product", demand.product.as_str());
    let said = demand.sub_capacity.iter().fold(said, |said, quantity| said.with("quantity", *quantity));
    usable(line).iter().fold(said, |said, entitled| said.with("entitled", *entitled))
}

/// What is to be seen, in a sentence.
fn finding(line: ProductLine<'_>) -> Message {
    let peak = Message::new("page.chart.peak_finding");
    with_rights(line, peak.with("product", line.demand.product.as_str()).with("peak", at_peak(line)))
}
