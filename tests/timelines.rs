//! What is needed over time, on random estates: the days of the picture are those of the independent count, and the
//! high-water mark ends where the assessment says.

use std::sync::{Arc, LazyLock};

use highwater::engine::timeline::{NeededFrom, over_time};
use highwater::model::assessment::ProductDemand;
use highwater::model::timeline::DemandTimeline;
use jiff::civil::Date;

use crate::oracle::adapter;
use crate::oracle::count::{DailyNeed, count_daily};
use crate::oracle::estates::{Case, estate, numbers};

/// A product of a random estate that has days, its steps, and what the independent count says of it.
struct Followed {
    /// What is shown when a law is broken.
    case: String,
    product: ProductDemand,
    timeline: Arc<DemandTimeline>,
    steps: Vec<NeededFrom>,
    daily: DailyNeed,
}

/// The products of all random estates: counted once for all the laws.
static FOLLOWED: LazyLock<Vec<Followed>> = LazyLock::new(|| {
    let mut followed = Vec::new();
    for number in numbers() {
        let Case { sheet, choices, .. } = estate(number);
        let text = sheet.text();
        let Ok(mut daily) = count_daily(&text, choices) else { continue };
        let assessment = adapter::read(text.as_bytes()).unwrap().assess(choices).unwrap();
        for product in assessment.products {
            let case = format!("estate {number}, {choices:?}, {} {:?}\n{text}", product.product, product.metric);
            let Some(timeline) = product.timeline.clone() else {
                assert!(daily.is_empty(), "days without a timeline: {case}");
                continue;
            };
            let steps = over_time(&timeline, product.metric);
            let daily = daily.remove(&(product.product.clone(), product.metric.name().to_owned())).unwrap();
            followed.push(Followed { case, product, timeline, steps, daily });
        }
    }
    followed
});

fn for_every_timeline(law: impl Fn(&ProductDemand, &DemandTimeline, &[NeededFrom], &DailyNeed) -> Result<(), String>) {
    assert!(FOLLOWED.len() > 500, "{} timelines prove little", FOLLOWED.len());
    for Followed { case, product, timeline, steps, daily } in FOLLOWED.iter() {
        if let Err(broken) = law(product, timeline, steps, daily) {
            panic!("{broken}: {case}");
        }
    }
}

/// The step that holds on a day.
fn on(steps: &[NeededFrom], day: Date) -> &NeededFrom {
    steps.iter().rfind(|step| step.from <= day).unwrap()
}

#[test]
fn each_day_of_a_timeline_is_that_of_the_independent_count() {
    for_every_timeline(|_, timeline, steps, daily| {
        for (day, regions) in daily {
            let step = on(steps, *day);
            for (part, quantity) in timeline.regions.iter().zip(&step.regions) {
                let [expected, _] = regions.get(part.region.name()).copied().unwrap_or([Some(0); 2]);
                if *quantity != expected {
                    return Err(format!("{day}, {}: {quantity:?}, not {expected:?}", part.region.name()));
                }
            }
            let listed = |name: &String| timeline.regions.iter().any(|part| part.region.name() == name);
            if let Some(missing) = regions.keys().find(|name| !listed(name)) {
                return Err(format!("{day}: {missing} is missing"));
            }
        }
        Ok(())
    });
}

#[test]
fn full_capacity_over_time_is_that_of_the_independent_count() {
    for_every_timeline(|product, _, steps, daily| {
        for (day, regions) in daily.iter().filter(|_| product.metric.name() != "RVU") {
            let expected = regions.values().map(|[_, full]| *full).sum::<Option<u64>>();
            if on(steps, *day).full_capacity != expected {
                return Err(format!("{day}: {:?}, not {expected:?}", on(steps, *day).full_capacity));
            }
        }
        Ok(())
    });
}

#[test]
fn the_high_water_mark_ends_as_the_sub_capacity_that_counts() {
    for_every_timeline(|product, _, steps, _| {
        let last = steps.last().unwrap().high_water_mark;
        if last == product.sub_capacity { Ok(()) } else { Err(format!("{last:?}, not {:?}", product.sub_capacity)) }
    });
}

#[test]
fn the_last_day_on_which_a_region_is_at_its_peak_is_the_day_of_the_peak() {
    for_every_timeline(|product, timeline, steps, daily| {
        let at_peak = |place: usize| {
            let peak = steps.iter().filter_map(|step| step.regions[place]).max().filter(|peak| *peak > 0)?;
            daily.iter().map(|(day, _)| *day).rfind(|day| on(steps, *day).regions[place] == Some(peak))
        };
        let last = (0..timeline.regions.len()).filter_map(at_peak).max().filter(|_| product.sub_capacity.is_some());
        if last == product.peak_on { Ok(()) } else { Err(format!("{last:?}, not {:?}", product.peak_on)) }
    });
}

#[test]
fn every_step_lies_within_the_period_and_after_the_one_before() {
    for_every_timeline(|_, timeline, steps, _| {
        let outside = steps.iter().find(|step| !timeline.period.contains(step.from));
        let back = steps.windows(2).find(|pair| pair[0].from >= pair[1].from);
        if outside.is_none() && back.is_none() { Ok(()) } else { Err(format!("{outside:?} {back:?}")) }
    });
}

#[test]
fn the_high_water_mark_never_falls() {
    for_every_timeline(|_, _, steps, _| {
        let falls = |pair: &[NeededFrom]| {
            pair[1].high_water_mark < pair[0].high_water_mark && pair[1].high_water_mark.is_some()
        };
        steps.windows(2).find(|pair| falls(pair)).map_or(Ok(()), |pair| Err(format!("{pair:?}")))
    });
}
