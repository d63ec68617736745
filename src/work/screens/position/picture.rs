//! What is needed over time: of a product against what is entitled, in a row and at full size, and of the whole estate.

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::{ProductLine, bars};
use crate::engine::timeline::{EstateNeed, NeededFrom, estate_over_time, over_time};
use crate::model::assessment::ProductDemand;
use crate::model::message::Message;
use crate::model::metric::Metric;
use crate::model::position::BalanceState;
use crate::model::region::Region;
use crate::model::timeline::DemandTimeline;
use crate::work::drawing::{Chart, Drawing, Ink, Shape, Share};
use crate::work::geometry::{AmountScale, DayScale, StepAt, band, level, span, staircase, thinned};

/// Heights in pixels.
const CHART: u16 = 230;
const ESTATE: u16 = 140;
const SPARK: u16 = 34;

/// How many columns a drawing has at most: the finest that a reader tells apart.
const COLUMNS: u16 = 240;
const SPARK_COLUMNS: u16 = 48;

/// What a product needs over time, before it is drawn.
struct ProductPicture<'a> {
    line: ProductLine<'a>,
    timeline: &'a DemandTimeline,
    days: DayScale,
    steps: Vec<NeededFrom>,
    /// What is entitled of it and can be used; `None` where nothing says so.
    entitled: Option<Decimal>,
    amounts: AmountScale,
}

impl<'a> ProductPicture<'a> {
    /// `None` where no days are known.
    fn of(line: ProductLine<'a>) -> Option<Self> {
        let timeline = line.demand.timeline.as_deref()?;
        let steps = over_time(timeline, line.demand.metric);
        let entitled = usable(line);
        // What is needed on a day may be known where the mark is not any more.
        let highest = steps.iter().map(|step| step.needed.max(step.high_water_mark)).max().flatten();
        let amounts = AmountScale::of(&[highest.unwrap_or_default().into(), entitled.unwrap_or_default()]);
        Some(Self { line, timeline, days: DayScale::of(timeline.period), steps, entitled, amounts })
    }

    fn shortfall(&self) -> Option<Decimal> {
        shortfall(self.line)
    }

    /// The shapes, in so many columns at most; the regions apart or together.
    fn shapes(&self, columns: u16, regions_apart: bool) -> Vec<Shape> {
        let at = |step: &NeededFrom| self.days.share(step.from);
        let y = |quantity: u64| self.amounts.share(quantity.into());
        let needed: Vec<StepAt<Option<u64>>> = self.steps.iter().map(|step| (at(step), step.needed)).collect();
        let needed = thinned(&needed, columns).into_iter();
        let steps: Vec<StepAt<&NeededFrom>> =
            needed.filter_map(|(at, index)| Some((at, self.steps.get(index)?))).collect();
        let mut shapes = Vec::new();
        if regions_apart {
            for (index, part) in self.timeline.regions.iter().enumerate() {
                let edges: Vec<_> = steps
                    .iter()
                    .map(|(at, step)| {
                        let below = step.regions.iter().take(index).copied().sum::<Option<u64>>();
                        let own = step.regions.get(index).copied().flatten();
                        let edges = below.zip(own).map(|(below, own)| [y(below.saturating_add(own)), y(below)]);
                        (*at, edges.filter(|_| step.needed.is_some()))
                    })
                    .collect();
                shapes.extend(band(ink(part.region), &edges));
            }
        } else {
            let edges: Vec<_> =
                steps.iter().map(|(at, step)| (*at, step.needed.map(|needed| [y(needed), y(0)]))).collect();
            shapes.extend(band(Ink::Area, &edges));
        }
        let ends = steps.iter().skip(1).map(|(at, _)| *at).chain([Share::WHOLE]);
        let unknown = steps.iter().zip(ends).filter(|((_, step), _)| step.needed.is_none());
        shapes.extend(unknown.map(|((at, _), end)| span(Ink::Unknown, *at, end)));

        let marks: Vec<StepAt<Option<u64>>> = self.steps.iter().map(|step| (at(step), step.high_water_mark)).collect();
        let marks = drawn(&marks, columns);
        if let (Some(entitled), Some(_)) = (self.entitled, self.shortfall()) {
            let bottom = self.amounts.share(entitled);
            let short =
                |mark: &Option<u64>| mark.filter(|mark| Decimal::from(*mark) > entitled).map(|mark| [y(mark), bottom]);
            let edges: Vec<_> = marks.iter().map(|(at, mark)| (*at, short(mark))).collect();
            shapes.extend(band(Ink::Short, &edges));
        }
        let marks: Vec<_> = marks.into_iter().map(|(at, mark)| (at, mark.map(y))).collect();
        shapes.extend(staircase(Ink::Mark, &marks));
        shapes.extend(self.entitled.map(|entitled| level(Ink::Entitled, self.amounts.share(entitled))));
        shapes
    }

    /// The peak: its day, and what is needed then; `None` where it is not known, or nothing is needed.
    fn peak(&self) -> Option<(Date, u64)> {
        self.line.demand.peak_on.zip(self.line.demand.sub_capacity)
    }

    fn ring(&self) -> Option<(Ink, [Share; 2], Date)> {
        let (day, quantity) = self.peak()?;
        let ink = if self.shortfall().is_some() { Ink::PeakShort } else { Ink::Peak };
        Some((ink, [self.days.share(day), self.amounts.share(quantity.into())], day))
    }

    /// What is to be seen, in a sentence.
    fn finding(&self) -> Message {
        let ProductLine { demand, .. } = self.line;
        let period = self.timeline.period;
        let key = if self.peak().is_some() { "page.chart.finding" } else { "page.chart.finding_unknown" };
        let mut finding = Message::new(if demand.sub_capacity == Some(0) { "page.chart.finding_nothing" } else { key })
            .with("product", demand.product.as_str())
            .with("metric", demand.metric.name())
            .with("from", period.from())
            .with("to", period.to());
        if let Some((day, quantity)) = self.peak() {
            finding = finding.with("mark", quantity).with("day", day);
        }
        with_rights(self.line, finding)
    }
}

/// What is entitled of a product and can be used; `None` where nothing says so.
pub(super) fn usable(line: ProductLine<'_>) -> Option<Decimal> {
    line.owned.map(|owned| match owned.needed {
        Some(needed) => owned.entitled.saturating_sub(owned.left_aside(needed, false)),
        None => owned.entitled,
    })
}

/// What is short, where that follows from what is drawn: nothing else covers it, and it covers nothing else.
pub(super) fn shortfall(line: ProductLine<'_>) -> Option<Decimal> {
    let owned = line.owned?;
    let same = owned.needed.is_some_and(|needed| needed.sub_capacity == line.demand.sub_capacity);
    owned.balance().filter(|balance| same && BalanceState::of(Some(*balance)) == BalanceState::Shortfall)
}

/// What is to be seen of what is needed, and what is entitled beside it.
pub(super) fn with_rights(line: ProductLine<'_>, finding: Message) -> Message {
    match (usable(line), shortfall(line)) {
        (None, _) => finding,
        (Some(entitled), None) => {
            Message::new("page.chart.with_rights").with("finding", finding).with("entitled", entitled)
        }
        (Some(entitled), Some(short)) => Message::new("page.chart.with_shortfall")
            .with("finding", finding)
            .with("entitled", entitled)
            .with("units", short.abs()),
    }
}

/// That the balance counts more than what is drawn; `None` where it does not.
pub(super) fn covers(line: ProductLine<'_>) -> Option<Message> {
    let counts_more = line.owned.is_some_and(|owned| {
        owned.covered_by.is_some() || owned.needed.is_some_and(|needed| needed.sub_capacity != line.demand.sub_capacity)
    });
    counts_more.then(|| Message::new("page.chart.covers"))
}

/// The steps that are drawn in so many columns at most.
fn drawn(steps: &[StepAt<Option<u64>>], columns: u16) -> Vec<StepAt<Option<u64>>> {
    let value = |index: usize| steps.get(index).and_then(|(_, value)| *value);
    thinned(steps, columns).into_iter().map(|(at, index)| (at, value(index))).collect()
}

/// The colour of a region, the same in every chart.
const fn ink(region: Region) -> Ink {
    match region {
        Region::Americas => Ink::First,
        Region::Apac => Ink::Second,
        Region::Emea => Ink::Third,
        Region::Unknown => Ink::Fourth,
    }
}

/// Key of the name of a region.
pub(super) const fn region_word(region: Region) -> &'static str {
    match region {
        Region::Americas => "page.region.americas",
        Region::Apac => "page.region.apac",
        Region::Emea => "page.region.emea",
        Region::Unknown => "page.region.unknown",
    }
}

/// What a product needs over time, in its row; `None` where no days are known.
pub(super) fn spark(line: ProductLine<'_>) -> Option<Drawing> {
    let picture = ProductPicture::of(line)?;
    let mut shapes = picture.shapes(SPARK_COLUMNS, false);
    shapes.extend(picture.ring().map(|(ink, at, _)| Shape::Ring(ink, at)));
    Some(Drawing { finding: picture.finding(), height: SPARK, shapes })
}

/// What a product needs over time, region by region; `None` where no days are known.
pub(super) fn chart(line: ProductLine<'_>) -> Option<Chart> {
    let picture = ProductPicture::of(line)?;
    let ProductLine { demand, .. } = line;
    let metric = demand.metric;
    // The cores of regions go through the tiers together: what a region adds to the units is not defined.
    let regions_apart = metric != Metric::Rvu;
    let mut shapes: Vec<Shape> = picture.amounts.grid().collect();
    shapes.extend(picture.shapes(COLUMNS, regions_apart));
    let with = |key: &'static str, quantity: Decimal| {
        Message::new(key).with("quantity", quantity).with("metric", metric.name())
    };
    let mut legend: Vec<(Ink, Message)> = Vec::new();
    if regions_apart {
        let regions = picture.timeline.regions.iter();
        legend.extend(regions.map(|part| (ink(part.region), Message::new(region_word(part.region)))));
    } else {
        legend.push((Ink::Area, Message::new("page.chart.needed")));
    }
    legend.push((
        Ink::Mark,
        match demand.sub_capacity {
            Some(quantity) => with("page.chart.mark", quantity.into()),
            None => Message::new("page.chart.mark_unknown"),
        },
    ));
    legend.extend(picture.entitled.map(|entitled| (Ink::Entitled, with("page.chart.entitled", entitled))));
    legend.extend(picture.shortfall().map(|short| (Ink::Short, with("page.chart.shortfall", short.abs()))));
    if picture.steps.iter().any(|step| step.needed.is_none()) {
        legend.push((Ink::Unknown, Message::new("page.not_known")));
    }
    if let Some((ink, at, day)) = picture.ring() {
        shapes.push(Shape::Ring(ink, at));
        shapes.push(Shape::Label(ink, at, Message::new("page.chart.day").with("day", day)));
        legend.push((ink, Message::new("page.chart.peak").with("day", day)));
    }
    if let Some(full) = demand.full_capacity.map(Decimal::from).filter(|full| !full.is_zero()) {
        let within = picture.amounts.holds(full);
        shapes.push(level(Ink::Full, if within { picture.amounts.share(full) } else { Share(0) }));
        legend.push((Ink::Full, with(if within { "page.chart.full" } else { "page.chart.full_above" }, full)));
    }
    Some(Chart {
        title: Message::new("page.chart.title").with("metric", metric.name()),
        drawing: Drawing { finding: picture.finding(), height: CHART, shapes },
        left: picture.amounts.axis(),
        below: picture.days.axis(),
        legend,
        note: covers(line),
    })
}

/// What all products need, a picture for each metric: over time, or at their peaks where no days are known.
pub(super) fn of_estate(products: &[ProductDemand], lines: &[ProductLine<'_>]) -> Vec<Chart> {
    let of_metric = |metric| of_metric(products, metric).or_else(|| bars::of_metric(lines, metric));
    [Metric::Pvu, Metric::Rvu, Metric::Vpc].into_iter().filter_map(of_metric).collect()
}

fn of_metric(products: &[ProductDemand], metric: Metric) -> Option<Chart> {
    let of_metric = || products.iter().filter(|product| product.metric == metric);
    let periods = || of_metric().filter_map(|product| product.timeline.as_ref()).map(|timeline| timeline.period);
    // Days of different files are not added: those of most products are drawn.
    let period = periods().max_by_key(|period| periods().filter(|other| other == period).count())?;
    let steps = estate_over_time(products, metric, period);
    let (_, last) = steps.last()?;
    let (days, mark) = (DayScale::of(period), last.high_water_mark);
    let amounts = AmountScale::of(&[mark.into()]);
    if mark == 0 {
        return None;
    }
    let y = |quantity: u64| amounts.share(quantity.into());
    let thin = |pick: fn(&EstateNeed) -> u64| {
        let steps: Vec<_> = steps.iter().map(|(from, need)| (days.share(*from), Some(pick(need)))).collect();
        drawn(&steps, COLUMNS)
    };
    // A mark that becomes unknown leaves the sum of the others: that is no fall.
    let needed: Vec<_> =
        thin(|need| need.needed).into_iter().map(|(at, needed)| (at, needed.map(|needed| [y(needed), y(0)]))).collect();
    let marks: Vec<_> = thin(|need| need.high_water_mark).into_iter().map(|(at, mark)| (at, mark.map(y))).collect();
    let mut shapes: Vec<Shape> = amounts.grid().collect();
    shapes.extend(band(Ink::Area, &needed));
    shapes.extend(staircase(Ink::Mark, &marks));
    let is_drawn = |product: &&ProductDemand| product.timeline.as_ref().is_some_and(|known| known.period == period);
    let left_out = of_metric().filter(|product| !is_drawn(product)).count().saturating_add(last.unknown);
    let with = |key| Message::new(key).with("quantity", mark).with("metric", metric.name());
    let finding = with("page.chart.estate_finding").with("from", period.from()).with("to", period.to());
    Some(Chart {
        title: Message::new("page.chart.estate").with("metric", metric.name()),
        drawing: Drawing { finding, height: ESTATE, shapes },
        left: amounts.axis(),
        below: days.axis(),
        legend: vec![(Ink::Area, Message::new("page.chart.needed")), (Ink::Mark, with("page.chart.estate_mark"))],
        note: (left_out > 0).then(|| Message::new("page.chart.left_out").with("count", left_out)),
    })
}
