//! What the position says, before it is drawn.

use std::cmp::Ordering;

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::model::assessment::{Assessment, Basis, FileReport, HealthStatus, ProductDemand};
use crate::model::integrity::{FileIntegrity, SignatureStatus};
use crate::model::list::List;
use crate::model::message::Message;
use crate::model::metric::Metric;
use crate::model::position::{Position, ProductPosition};
use crate::model::region::Region;
use crate::work::State;

/// A sum of quantities of which some may not be known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Total {
    /// The sum of what is known.
    pub known: u64,
    /// How many products are not known.
    pub unknown: usize,
}

impl Total {
    /// Nothing of it is known, not even a part.
    pub const fn is_unknown(self) -> bool {
        self.known == 0 && self.unknown > 0
    }

    fn of(quantities: impl Iterator<Item = Option<u64>>) -> Self {
        quantities.fold(Self::default(), |total, quantity| match quantity {
            Some(quantity) => Self { known: total.known.saturating_add(quantity), ..total },
            None => Self { unknown: total.unknown.saturating_add(1), ..total },
        })
    }
}

/// The headline of one metric.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Headline {
    /// The metric.
    pub metric: Metric,
    /// Its products.
    pub products: usize,
    /// Sub-capacity at the peaks.
    pub sub_capacity: Total,
    /// Full capacity at the peaks.
    pub full_capacity: Total,
}

/// One headline for each metric that occurs, PVU first, then by name.
pub fn headlines(assessment: &Assessment) -> Vec<Headline> {
    let of = |metric| {
        let products: Vec<&ProductDemand> = assessment.products.iter().filter(|one| one.metric == metric).collect();
        (!products.is_empty()).then(|| Headline {
            metric,
            products: products.len(),
            sub_capacity: Total::of(products.iter().map(|one| one.sub_capacity)),
            full_capacity: Total::of(products.iter().map(|one| one.full_capacity)),
        })
    };
    [Metric::Pvu, Metric::Rvu, Metric::Vpc].into_iter().filter_map(of).collect()
}

/// How many times full capacity is of sub-capacity, in tenths and rounded down; none where that says nothing.
pub fn times(headline: &Headline) -> Option<u64> {
    let Headline { sub_capacity, full_capacity, .. } = headline;
    let comparable = sub_capacity.unknown == 0 && full_capacity.unknown == 0 && sub_capacity.known > 0;
    comparable.then(|| full_capacity.known.saturating_mul(10).checked_div(sub_capacity.known)).flatten()
}

/// The regions in which anything counts.
pub fn regions(assessment: &Assessment) -> Vec<Region> {
    let counts =
        |region: &Region| assessment.products.iter().any(|one| one.regions.iter().any(|part| part.region == *region));
    Region::ALL.into_iter().filter(counts).collect()
}

/// Of the products that ILMT reports too: how many agree, and how many there are. None when none is reported.
pub fn agreement(assessment: &Assessment) -> Option<(usize, usize)> {
    let differences: Vec<i64> = assessment.products.iter().filter_map(ProductDemand::difference).collect();
    let agreed = differences.iter().filter(|difference| **difference == 0).count();
    (!differences.is_empty()).then_some((agreed, differences.len()))
}

/// What may fall away in PVU over all products: certain, at best, and at stake. None when nothing rests on an unknown host.
pub fn recoverable(assessment: &Assessment) -> Option<(u64, u64, u64)> {
    let parts: Vec<_> = assessment.products.iter().filter_map(|one| one.recoverable).collect();
    let sum =
        |part: fn(&crate::model::assessment::Recoverable) -> u64| parts.iter().map(part).fold(0, u64::saturating_add);
    (!parts.is_empty()).then(|| (sum(|one| one.low), sum(|one| one.high), sum(|one| one.at_stake)))
}

/// How much of a product's quantity rests on hosts that nobody knows, and what would be left at best; none when nothing does.
pub fn at_stake(product: &ProductDemand) -> Option<Message> {
    let (quantity, part) = (product.sub_capacity?, product.recoverable?);
    let message = Message::new("page.products.at_stake").with("at_stake", part.at_stake);
    Some(message.with("quantity", quantity).with("best", best(product)?))
}

/// What a product needs when all that may fall away does; none when nothing may.
pub fn best(product: &ProductDemand) -> Option<u64> {
    let part = product.recoverable.filter(|part| part.at_stake > 0)?;
    Some(product.sub_capacity?.saturating_sub(part.high))
}

/// How a product stands: the one thing to say about it in the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProductStatus {
    /// All its rows are excluded.
    Excluded,
    /// A number is not known.
    Unknown,
    /// It differs from what ILMT reports by so much.
    Differs(i64),
    /// It is what ILMT reports.
    Agrees,
    /// Nothing is reported to compare with.
    Counted,
}

/// How a product stands.
pub fn standing(product: &ProductDemand) -> ProductStatus {
    if !product.excluded.is_empty() && product.sub_capacity == Some(0) {
        return ProductStatus::Excluded;
    }
    if product.sub_capacity.is_none() {
        return ProductStatus::Unknown;
    }
    match product.difference() {
        Some(0) => ProductStatus::Agrees,
        Some(difference) => ProductStatus::Differs(difference),
        None => ProductStatus::Counted,
    }
}

/// Sub-capacity as a share of full capacity, in percent: how far the bar is filled.
pub fn share(product: &ProductDemand) -> Option<u64> {
    let (sub, full) = (product.sub_capacity?, product.full_capacity?);
    sub.min(full).saturating_mul(100).checked_div(full)
}

/// Whether any product shows this kind of thing: a column without content is not shown.
pub fn any(assessment: &Assessment, has: fn(&ProductDemand) -> bool) -> bool {
    assessment.products.iter().any(has)
}

/// Why the evidence is weak, sentence by sentence; empty when nothing is known against it.
pub fn weaknesses(assessment: &Assessment) -> Vec<Message> {
    let mut sentences = Vec::new();
    for file in &assessment.files {
        let weak = file.health.iter().filter(|check| check.status == HealthStatus::Weak);
        // The findings are for the list further down; here their names say enough.
        let names: Vec<Message> = weak.map(|check| Message::keyed(format!("health.{}", check.check))).collect();
        sentences.extend(names.into_iter().map(|name| Message::new("page.evidence.check").with("check", name)));
        let Some(integrity) = &file.integrity else { continue };
        let altered = integrity.files.iter().filter(|(_, status)| *status == FileIntegrity::Altered).count();
        if altered > 0 {
            let all = integrity.files.len();
            sentences.push(Message::new("page.evidence.altered").with("count", altered).with("all", all));
        }
        if integrity.signature == SignatureStatus::Invalid {
            sentences.push(Message::new("page.evidence.signature_invalid"));
        }
    }
    sentences
}

/// What the signature proves and what it does not, for one file.
pub const fn proof(signature: SignatureStatus) -> Message {
    Message::new(match signature {
        SignatureStatus::Valid => "page.files.proof_valid",
        SignatureStatus::Invalid => "page.files.proof_invalid",
        SignatureStatus::Absent => "page.files.proof_absent",
    })
}

/// How many files of a snapshot are intact, altered and not listed.
pub fn integrity_counts(file: &FileReport) -> Option<[usize; 3]> {
    let integrity = file.integrity.as_ref()?;
    let count = |wanted| integrity.files.iter().filter(|(_, status)| *status == wanted).count();
    Some([FileIntegrity::Intact, FileIntegrity::Altered, FileIntegrity::NotListed].map(count))
}

/// What is owned of a product that is needed.
pub fn owned<'a>(position: &'a Position, product: &ProductDemand) -> Option<&'a ProductPosition> {
    position.products.iter().find(|one| one.is_of(product))
}

/// What is owned and stands in no row of demand.
pub fn beyond(position: &Position, assessment: &Assessment) -> Vec<ProductPosition> {
    let needed = |one: &ProductPosition| assessment.products.iter().any(|product| one.is_of(product));
    position.products.iter().filter(|one| !needed(one)).cloned().collect()
}

/// A balance in words: so much over, or so much short.
pub fn balance(balance: Decimal) -> Message {
    let key = match balance.cmp(&Decimal::ZERO) {
        Ordering::Less => "page.products.short",
        Ordering::Equal => "page.products.even",
        Ordering::Greater => "page.products.over",
    };
    Message::new(key).with("units", balance.abs())
}

/// Whether there is a server of an estate template that stands in no region, or one to which somebody has given one.
pub fn may_assign_regions(open: &State) -> bool {
    let unknown = |one: &ProductDemand| {
        one.basis.contains(&Basis::Estate) && one.regions.iter().any(|part| part.region == Region::Unknown)
    };
    any(&open.assessment, unknown) || open.workspace.lines_of(List::Regions) > 0
}

/// What the basis of a product's numbers says about them; what is plain for everyone is not said.
pub const fn basis(basis: Basis) -> Option<Message> {
    match basis {
        Basis::Estate => None,
        Basis::Snapshot => Some(Message::new("page.basis.snapshot")),
        Basis::UpperBound => Some(Message::new("page.basis.upper_bound")),
        Basis::HostUnknown => Some(Message::new("page.basis.host_unknown")),
    }
}

/// The dates a reader may want to choose: the first and the last day of each year that the period touches.
pub fn years(from: Date, to: Date) -> Vec<(i16, Date, Date)> {
    (from.year()..=to.year())
        .filter_map(|year| {
            let first = Date::new(year, 1, 1).ok()?;
            let last = Date::new(year, 12, 31).ok()?;
            Some((year, first, last))
        })
        .collect()
}

/// What a screen reader says when the numbers have changed.
pub fn spoken(assessment: &Assessment) -> Message {
    match headlines(assessment).first() {
        Some(headline) if headline.sub_capacity.unknown > 0 => Message::new("page.spoken.position_unknown")
            .with("count", assessment.products.len())
            .with("unknown", headline.sub_capacity.unknown)
            .with("metric", headline.metric.name()),
        Some(headline) => Message::new("page.spoken.position")
            .with("count", assessment.products.len())
            .with("quantity", headline.sub_capacity.known)
            .with("metric", headline.metric.name()),
        None => Message::new("page.spoken.empty"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::assessment::{ExcludedRow, FileKind, HealthCheck, Recoverable};
    use crate::model::integrity::Integrity;
    use crate::model::message::Words;

    fn product(sub_capacity: Option<u64>, full_capacity: Option<u64>, reported: Option<u64>) -> ProductDemand {
        ProductDemand { product: "Db2".to_owned(), sub_capacity, full_capacity, reported, ..ProductDemand::default() }
    }

    fn assessment(products: Vec<ProductDemand>) -> Assessment {
        Assessment { products, ..Assessment::default() }
    }

    #[test]
    fn unknown_products_are_counted_beside_the_total_and_never_as_zero() {
        let all = assessment(vec![product(Some(70), Some(140), None), product(None, Some(280), None)]);
        let [headline] = headlines(&all)[..] else { panic!("one metric") };
        assert_eq!(headline.sub_capacity, Total { known: 70, unknown: 1 });
        assert_eq!(times(&headline), None);
        assert!(!headline.sub_capacity.is_unknown());
        let none = assessment(vec![product(None, None, None)]);
        assert!(headlines(&none)[0].sub_capacity.is_unknown(), "a total of which nothing is known is not 0");
        assert_eq!(spoken(&all).key, "page.spoken.position_unknown");
    }

    #[test]
    fn metrics_are_never_added_to_each_other() {
        let vpc = ProductDemand { metric: Metric::Vpc, ..product(Some(8), Some(8), None) };
        let all = assessment(vec![product(Some(70), Some(140), None), vpc]);
        let totals: Vec<_> = headlines(&all).iter().map(|one| (one.metric, one.sub_capacity.known)).collect();
        assert_eq!(totals, [(Metric::Pvu, 70), (Metric::Vpc, 8)]);
    }

    #[test]
    fn the_factor_is_in_tenths_and_rounded_down() {
        let all = assessment(vec![product(Some(480), Some(1_159), None)]);
        assert_eq!(times(&headlines(&all)[0]), Some(24));
    }

    #[test]
    fn agreement_counts_only_products_that_are_reported() {
        let all = assessment(vec![
            product(Some(70), None, Some(70)),
            product(Some(70), None, Some(71)),
            product(Some(70), None, None),
            product(None, None, Some(70)),
        ]);
        assert_eq!(agreement(&all), Some((1, 2)));
        assert_eq!(agreement(&assessment(vec![product(Some(1), None, None)])), None);
    }

    #[test]
    fn a_product_has_one_standing() {
        let row = ExcludedRow { file: String::new(), row: 2, reason: "own use".to_owned() };
        let excluded = ProductDemand { excluded: vec![row.clone()], ..product(Some(0), Some(0), Some(0)) };
        let partly = ProductDemand { excluded: vec![row], ..product(Some(70), Some(70), Some(70)) };
        assert_eq!(standing(&excluded), ProductStatus::Excluded);
        assert_eq!(standing(&partly), ProductStatus::Agrees);
        assert_eq!(standing(&product(None, None, Some(70))), ProductStatus::Unknown);
        assert_eq!(standing(&product(Some(60), None, Some(70))), ProductStatus::Differs(-10));
        assert_eq!(standing(&product(Some(60), None, None)), ProductStatus::Counted);
    }

    #[test]
    fn the_bar_is_full_at_most() {
        assert_eq!(share(&product(Some(140), Some(560), None)), Some(25));
        assert_eq!(share(&product(Some(0), Some(0), None)), None);
        assert_eq!(share(&product(Some(2), Some(1), None)), Some(100));
    }

    #[test]
    fn a_product_says_how_much_of_it_rests_on_unknown_hosts() {
        let shaky = ProductDemand {
            recoverable: Some(Recoverable { low: 0, high: 250, at_stake: 600 }),
            ..product(Some(670), Some(670), None)
        };
        let said = crate::i18n::Language::english().say(&at_stake(&shaky).unwrap());
        assert!(said.starts_with("600 of 670 PVU rest on the highest socket tier"), "{said}");
        assert!(said.contains("420 remain"), "{said}");
        assert_eq!(at_stake(&product(Some(670), Some(670), None)), None);
    }

    #[test]
    fn what_is_recoverable_is_added_over_the_products() {
        let part = |low, high, at_stake| ProductDemand {
            recoverable: Some(Recoverable { low, high, at_stake }),
            ..product(Some(670), Some(670), None)
        };
        let all = assessment(vec![part(0, 250, 600), part(10, 50, 120), product(Some(1), None, None)]);
        assert_eq!(recoverable(&all), Some((10, 300, 720)));
        assert_eq!(recoverable(&assessment(Vec::new())), None);
    }

    #[test]
    fn altered_files_and_failed_checks_make_the_evidence_weak() {
        let file = FileReport {
            name: "audit.zip".to_owned(),
            kind: FileKind::IlmtSnapshot,
            language: None,
            rows: 0,
            left_out: 0,
            columns: Vec::new(),
            integrity: Some(Integrity {
                files: vec![("a".to_owned(), FileIntegrity::Intact), ("b".to_owned(), FileIntegrity::Altered)],
                signature: SignatureStatus::Valid,
                key_fingerprint: None,
            }),
            health: vec![HealthCheck {
                check: "filters".to_owned(),
                status: HealthStatus::Weak,
                finding: Message::new("health.filters"),
            }],
        };
        let all = Assessment { files: vec![file], ..Assessment::default() };
        let keys: Vec<_> = weaknesses(&all).into_iter().map(|sentence| sentence.key.into_owned()).collect();
        assert_eq!(keys, ["page.evidence.check", "page.evidence.altered"]);
        assert_eq!(integrity_counts(&all.files[0]), Some([1, 1, 0]));
    }
}
