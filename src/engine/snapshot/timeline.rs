//! What the daily values say of a product from day to day.

use std::sync::Arc;

use jiff::civil::Date;

use super::product::Product;
use super::series::DailySeries;
use crate::model::assessment::ProductDemand;
use crate::model::day;
use crate::model::metric::Metric;
use crate::model::period::Period;
use crate::model::region::Region;
use crate::model::timeline::{DemandTimeline, RegionTimeline, TimelineStep};

/// What a product needed day by day. `None` where no daily values reach what counts of it, where they do so on other days
/// than that of its peak, or where they leave out days.
pub(super) fn of(product: &Product<'_>, demand: &ProductDemand) -> Option<Arc<DemandTimeline>> {
    let (period, series) = (product.days?, product.counted_series()?);
    // A day of RVU states units, of which no cores follow.
    let agrees = series.peak().map(|(quantity, _)| quantity) == demand.sub_capacity && product.metric != Metric::Rvu;
    let on_its_day = demand.peak_on.is_none_or(|on| series.on(on) == demand.sub_capacity);
    if !agrees || !on_its_day {
        return None;
    }
    let full = product.full_series.as_ref();
    let mut steps: Vec<TimelineStep> = Vec::new();
    let days = std::iter::successors(Some(period.from()), |on| day::after(*on, 1)).take_while(|on| *on <= period.to());
    for from in days {
        // On a day of which others are stated, what is not stated is not used.
        let sub_capacity = Some(series.on(from).unwrap_or_default());
        let step = TimelineStep { from, sub_capacity, full_capacity: full.and_then(|full| full.on(from)) };
        let holds =
            |last: &TimelineStep| (last.sub_capacity, last.full_capacity) == (step.sub_capacity, step.full_capacity);
        if !steps.last().is_some_and(holds) {
            steps.push(step);
        }
    }
    let regions = vec![RegionTimeline { region: Region::Unknown, steps }];
    Some(Arc::new(DemandTimeline { period, regions }))
}

/// The days that series state, where they leave out none between the first and the last one.
pub(super) fn days(series: &[DailySeries<'_>]) -> Option<Period> {
    let mut days: Vec<Date> = series.iter().flat_map(DailySeries::days).collect();
    days.sort_unstable();
    days.dedup();
    let period = Period::new(*days.first()?, *days.last()?)?;
    let count = i64::try_from(days.len()).ok()?;
    (day::between(period.from(), period.to()).checked_add(1) == Some(count)).then_some(period)
}
