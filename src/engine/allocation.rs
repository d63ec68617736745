//! What is allocated to sites and departments, held against what is entitled (docs/decisions/0033-allocation.md).

use rust_decimal::Decimal;

use crate::model::agreement::Allocation;
use crate::model::issue::{Issue, Severity};
use crate::model::metric;
use crate::model::position::{Grant, LineStatus};

/// Allocation lines held against what is entitled.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Allocated {
    /// What is held of each line, in their order; `None` where nothing is entitled under its name, and where it does
    /// not say in which of several metrics.
    pub lines: Vec<Option<HeldQuantity>>,
    /// What there is to share, sorted bytewise by product, then by metric.
    pub shares: Vec<AllocatedProduct>,
    /// What is wrong with the lines.
    pub issues: Vec<Issue>,
}

/// So much of a line is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HeldQuantity {
    /// The index of what it is held against in [`Allocated::shares`].
    pub share: usize,
    /// How much: never more than the line asks for, nor than the lines before it have left.
    pub quantity: Decimal,
}

/// A product in a metric, entitled and allocated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AllocatedProduct {
    /// Name of the product.
    pub product: String,
    /// Code of the metric; empty when the ledger does not say.
    pub metric: String,
    /// What the ledger grants on the day of the position.
    pub entitled: Decimal,
    /// What the lines ask for.
    pub allocated: Decimal,
    /// What they get: never more than is entitled.
    pub held: Decimal,
}

impl AllocatedProduct {
    /// What is not allocated yet.
    pub fn left(&self) -> Decimal {
        self.entitled.saturating_sub(self.held)
    }
}

/// Holds allocation lines, in their order, against what a ledger grants.
pub fn allocate(grants: &[Grant], lines: &[Allocation]) -> Allocated {
    let mut answer = Allocated { shares: shares(grants), ..Allocated::default() };
    for line in lines {
        let meant = meant(&answer.shares, line);
        let share =
            if let [only] = meant.as_slice() { answer.shares.get_mut(*only).map(|share| (*only, share)) } else { None };
        let held = share.map(|(index, share)| {
            let quantity = line.quantity.min(share.left());
            share.allocated = share.allocated.saturating_add(line.quantity);
            share.held = share.held.saturating_add(quantity);
            HeldQuantity { share: index, quantity }
        });
        if held.is_none() {
            answer.issues.push(unheld(line, &meant, &answer.shares));
        }
        answer.lines.push(held);
    }
    // Once for each share, at the first line that does not get all it asks for.
    let mut told = vec![false; answer.shares.len()];
    for (line, held) in lines.iter().zip(&answer.lines) {
        let Some(held) = held.filter(|held| held.quantity < line.quantity) else { continue };
        let (Some(share), Some(told)) = (answer.shares.get(held.share), told.get_mut(held.share)) else { continue };
        if std::mem::replace(told, true) {
            continue;
        }
        let issue = Issue::new(Severity::Error, "allocation_exceeds").with("allocated", share.allocated);
        let issue = issue.with("entitled", share.entitled).with("product", named(&share.product, &share.metric));
        answer.issues.push(issue.at_line(&line.file, line.row));
    }
    answer
}

/// The lines among those that are put, each in the place of another one or at the end, that would take more than is
/// left: the index of each, and what is left for it. What exceeds already may be edited as long as it grows no further.
pub fn beyond(grants: &[Grant], lines: &[Allocation], put: &[(Option<usize>, Allocation)]) -> Vec<(usize, Decimal)> {
    let mut replaced: Vec<usize> = put.iter().filter_map(|(index, _)| *index).collect();
    replaced.sort_unstable();
    let others =
        lines.iter().enumerate().filter(|(index, _)| replaced.binary_search(index).is_err()).map(|(_, line)| line);
    // What stays comes first, so that what is put gets what that leaves.
    let mut all: Vec<Allocation> = others.cloned().collect();
    let stay = all.len();
    all.extend(put.iter().map(|(_, line)| line.clone()));
    let (before, after) = (allocate(grants, lines), allocate(grants, &all));
    let mut beyond = Vec::new();
    for (index, (held, (_, line))) in after.lines.iter().skip(stay).zip(put).enumerate() {
        let Some(held) = held.filter(|held| held.quantity < line.quantity) else { continue };
        let asked = |of: &Allocated| of.shares.get(held.share).map(|share| share.allocated);
        if asked(&after) > asked(&before) {
            beyond.push((index, held.quantity));
        }
    }
    beyond
}

/// What a ledger has to share: a right that does not count is known, and leaves nothing.
fn shares(grants: &[Grant]) -> Vec<AllocatedProduct> {
    let mut sorted: Vec<&Grant> = grants.iter().collect();
    sorted.sort_by_key(|grant| grant.key());
    let of_product = sorted.chunk_by(|one, other| one.key() == other.key());
    let share = |grants: &[&Grant]| {
        let counted = grants.iter().filter(|grant| grant.standing == LineStatus::Counts);
        let entitled = counted.fold(Decimal::ZERO, |sum, grant| sum.saturating_add(grant.units));
        let (product, metric) = grants.first().map(|grant| (grant.product.clone(), grant.metric.clone()))?;
        Some(AllocatedProduct { product, metric, entitled, allocated: Decimal::ZERO, held: Decimal::ZERO })
    };
    of_product.filter_map(share).collect()
}

/// The shares that a line may mean: those of its product, and of its metric where it names one.
fn meant(shares: &[AllocatedProduct], line: &Allocation) -> Vec<usize> {
    let metric = metric::code(&line.metric);
    let first = shares.partition_point(|share| share.product < line.product);
    let of_product = shares.iter().enumerate().skip(first).take_while(|(_, share)| share.product == line.product);
    of_product.filter(|(_, share)| metric.is_empty() || share.metric == metric).map(|(index, _)| index).collect()
}

/// Why a line is held against nothing.
fn unheld(line: &Allocation, meant: &[usize], shares: &[AllocatedProduct]) -> Issue {
    if meant.is_empty() {
        let issue = Issue::new(Severity::Warning, "allocation_unknown_product");
        return issue.with("product", named(&line.product, &line.metric)).at_line(&line.file, line.row);
    }
    let metrics = meant.iter().filter_map(|index| shares.get(*index)).map(|share| share.metric.as_str());
    let metrics: Vec<&str> = metrics.filter(|metric| !metric.is_empty()).collect();
    let stated = metrics.len() == meant.len();
    let code = if stated { "allocation_metric_unclear" } else { "allocation_metric_not_stated" };
    let issue = Issue::new(Severity::Error, code).with("metrics", metrics.join(", "));
    issue.with("product", line.product.as_str()).at_line(&line.file, line.row)
}

/// A product with its metric, as far as it has one.
pub fn named(product: &str, metric: &str) -> String {
    if metric.is_empty() { product.to_owned() } else { format!("{product} ({metric})") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grant(product: &str, metric: &str, units: u32) -> Grant {
        Grant {
            product: product.to_owned(),
            metric: metric.to_owned(),
            pack: 1,
            units: units.into(),
            ..Grant::default()
        }
    }

    fn line(product: &str, metric: &str, quantity: u32) -> Allocation {
        let (product, metric) = (product.to_owned(), metric.to_owned());
        Allocation { product, metric, quantity: quantity.into(), row: 2, ..Allocation::default() }
    }

    fn held(answer: &Allocated) -> Vec<Option<u32>> {
        answer.lines.iter().map(|held| held.map(|held| held.quantity.try_into().unwrap())).collect()
    }

    fn told(answer: &Allocated) -> Vec<(&str, Severity)> {
        answer.issues.iter().map(|issue| (issue.code.as_ref(), issue.severity)).collect()
    }

    #[test]
    fn lines_get_what_the_lines_before_them_leave_and_the_sum_is_told_once() {
        let grants = [grant("MQ", "PVU", 60), grant("MQ", "PVU", 40)];
        let answer = allocate(&grants, &[line("MQ", "PVU", 70), line("MQ", "", 50), line("MQ", "PVU", 5)]);
        assert_eq!(held(&answer), [Some(70), Some(30), Some(0)]);
        let share = &answer.shares[0];
        assert_eq!((share.entitled, share.allocated, share.left()), (100.into(), 125.into(), 0.into()));
        assert_eq!(told(&answer), [("allocation_exceeds", Severity::Error)]);
    }

    #[test]
    fn a_right_that_does_not_count_leaves_nothing_to_allocate() {
        let ended = Grant { standing: LineStatus::Ended, ..grant("MQ", "PVU", 60) };
        let answer = allocate(&[ended], &[line("MQ", "", 1)]);
        assert_eq!((held(&answer), told(&answer)), (vec![Some(0)], vec![("allocation_exceeds", Severity::Error)]));
    }

    #[test]
    fn a_line_without_a_metric_means_the_only_one_and_is_told_where_there_are_several() {
        let grants = [grant("Db2", "PVU", 10), grant("Db2", "VPC", 10), grant("MQ", "VPC", 10)];
        let lines = [line("Db2", "", 1), line("MQ", "", 1), line("Db2", "Virtual Processor Core", 1)];
        let answer = allocate(&grants, &lines);
        assert_eq!(held(&answer), [None, Some(1), Some(1)]);
        assert_eq!(told(&answer), [("allocation_metric_unclear", Severity::Error)]);
    }

    #[test]
    fn rights_in_a_metric_that_nothing_says_are_told_apart_from_rights_in_several() {
        let answer = allocate(&[grant("Db2", "PVU", 10), grant("Db2", "", 10)], &[line("Db2", "", 1)]);
        assert_eq!(told(&answer), [("allocation_metric_not_stated", Severity::Error)]);
    }

    #[test]
    fn a_name_under_which_nothing_is_entitled_is_told() {
        let answer = allocate(&[grant("MQ", "PVU", 10)], &[line("mq", "", 1), line("MQ", "VPC", 1)]);
        assert_eq!(held(&answer), [None, None]);
        assert_eq!(told(&answer), [("allocation_unknown_product", Severity::Warning); 2]);
    }

    #[test]
    fn an_edit_may_take_what_is_left_and_no_more() {
        let grants = [grant("MQ", "PVU", 100)];
        let lines = [line("MQ", "PVU", 60), line("MQ", "PVU", 20)];
        let put = |index, quantity| beyond(&grants, &lines, &[(index, line("MQ", "PVU", quantity))]);
        assert_eq!((put(None, 20), put(None, 21)), (vec![], vec![(0, 20.into())]));
        assert_eq!((put(Some(0), 80), put(Some(0), 81)), (vec![], vec![(0, 80.into())]));
    }

    #[test]
    fn what_exceeds_already_can_be_made_less_and_not_more() {
        let grants = [grant("MQ", "PVU", 100)];
        let lines = [line("MQ", "PVU", 90), line("MQ", "PVU", 90)];
        let put = |quantity| beyond(&grants, &lines, &[(Some(1), line("MQ", "PVU", quantity))]);
        assert_eq!((put(90), put(50), put(91)), (vec![], vec![], vec![(0, 10.into())]));
    }
}
