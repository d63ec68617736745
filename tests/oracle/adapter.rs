//! The only file of the independent count that knows the library: what its functions are called, and how their
//! answers look in the words of [`super::count`].

use std::collections::BTreeMap;

use highwater::engine::{self, Settings};
use highwater::import::{Limits, Unwatched, template};
use highwater::model::assessment::{Assessment, FileReport, ProductDemand};
use highwater::model::derivation::Derivation;
use highwater::model::estate::Estate;
use highwater::model::issue::Issue;
use highwater::model::workspace::RoundingPlace;
use highwater::work::Quantity;

use super::count::{Answer, Choices, Demand, Key};

/// The name under which a template is read.
pub(crate) const FILE: &str = "estate.csv";

/// A template that the library has read.
pub(crate) struct Read {
    pub(crate) estate: Estate,
    pub(crate) report: FileReport,
}

/// Has the library read a template; a file that is none is refused with an issue.
pub(crate) fn read(bytes: &[u8]) -> Result<Read, Issue> {
    let mut estate = Estate::default();
    let report = template::read(&mut estate, FILE, bytes, &Limits::TERMINAL, &mut Unwatched)?;
    Ok(Read { estate, report })
}

impl Read {
    /// Has the engine assess it.
    pub(crate) fn assess(&self, choices: Choices) -> Result<Assessment, Issue> {
        engine::assess(&self.estate, &[], &settings(choices))
    }

    /// Has the engine assess it with so many threads.
    pub(crate) fn assess_shared(&self, choices: Choices, threads: usize) -> Result<Assessment, Issue> {
        engine::assess(&self.estate, &[], &Settings { threads, ..settings(choices) })
    }

    /// Has the engine explain a number.
    pub(crate) fn explain(&self, choices: Choices, demand: &ProductDemand, quantity: Quantity) -> Option<Derivation> {
        engine::explain(&self.estate, &[], &settings(choices), &demand.product, demand.metric, quantity)
    }
}

fn settings(choices: Choices) -> Settings {
    let rounding =
        if choices.round_each_partition { RoundingPlace::Partition } else { RoundingPlace::ServerAndProduct };
    Settings { from: choices.from, to: choices.to, rounding, ..Settings::default() }
}

/// The engine's answer in the words of the independent count.
pub(crate) fn answer(assessment: &Assessment) -> Answer {
    Answer {
        period: assessment.period.map(|period| (period.from(), period.to())),
        products: assessment.products.iter().map(|product| (key(product), demand(product))).collect(),
    }
}

fn key(product: &ProductDemand) -> Key {
    (product.product.clone(), product.metric.name().to_owned())
}

fn demand(product: &ProductDemand) -> Demand {
    let regions = product.regions.iter().map(|region| {
        let demand = Demand {
            sub: region.sub_capacity,
            full: region.full_capacity,
            peak_on: region.peak_on,
            full_peak_on: region.full_peak_on,
            regions: BTreeMap::new(),
        };
        (region.region.name().to_owned(), demand)
    });
    Demand {
        sub: product.sub_capacity,
        full: product.full_capacity,
        peak_on: product.peak_on,
        full_peak_on: product.full_peak_on,
        regions: regions.filter(|(_, demand)| (demand.sub, demand.full) != (Some(0), Some(0))).collect(),
    }
}
