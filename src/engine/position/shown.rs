//! What files and lists show of what is needed, what they would have shown, and what nobody can know of it.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::ProductKey;
use super::explain::explain_pool;
use super::products::Products;
use crate::engine::bundles::{self, BundleUse};
use crate::engine::steps::{self, step};
use crate::model::assessment::{Assessment, CloudPakUse, FileReport, ProductDemand, UnreadDemand};
use crate::model::derivation::{Derivation, Input, Operation, Unit};
use crate::model::flexible::Pool;
use crate::model::message::Message;
use crate::model::metric::{self, Metric};
use crate::model::position::{Needed, ProductPosition};
use crate::rules::bundles::bundle_matched_as;
use crate::rules::rights;

/// What is needed of products, as files and lists of parts show it.
#[derive(Clone, Debug)]
pub struct ShownDemand<'a> {
    assessment: &'a Assessment,
    bundles: &'a [BundleUse],
    /// Whether any file shows what is deployed. A list of parts says what is used of bundles; it looks at no server.
    looked: bool,
    /// What of a product is reported under a metric that nobody knows, by its name.
    unread: BTreeMap<&'a str, Vec<&'a UnreadDemand>>,
    /// Bundles of which ILMT reports components, and no figure of their own.
    without_figure: BTreeMap<&'a str, &'a CloudPakUse>,
    /// Bundles of which nobody knows what the listed parts use, as their names are compared.
    unconverted: BTreeMap<String, Vec<&'a BundleUse>>,
}

/// Why it is not known what is needed of a product.
#[derive(Clone, Copy)]
enum Doubt<'a> {
    /// Some of it is reported under a metric that nobody knows.
    UnreadDemand(&'a UnreadDemand),
    /// ILMT reports a component of it, and no figure of its own.
    WithoutFigure(&'a CloudPakUse),
    /// Nobody knows what the listed parts use of it.
    Unconverted(&'a BundleUse),
}

impl<'a> ShownDemand<'a> {
    /// What an assessment and what components use of bundles show.
    pub fn new(assessment: &'a Assessment, bundles: &'a [BundleUse]) -> Self {
        let looked = !(assessment.products.is_empty() && assessment.cloud_paks.is_empty())
            || assessment.files.iter().any(FileReport::is_evidence);
        let mut unread: BTreeMap<&str, Vec<&UnreadDemand>> = BTreeMap::new();
        for one in &assessment.unread {
            unread.entry(&one.product).or_default().push(one);
        }
        let mut without_figure: BTreeMap<&str, &CloudPakUse> = BTreeMap::new();
        for pak in assessment.cloud_paks.iter().rev() {
            without_figure.extend(pak.bundle.as_deref().map(|bundle| (bundle, pak)));
        }
        let mut unconverted: BTreeMap<String, Vec<&BundleUse>> = BTreeMap::new();
        for one in bundles.iter().filter(|one| one.total.is_none()) {
            unconverted.entry(bundle_matched_as(&one.bundle)).or_default().push(one);
        }
        let mut shown = Self { assessment, bundles, looked, unread, without_figure, unconverted };
        for (product, _) in shown.needed().into_iter().map(|(key, _)| key) {
            shown.without_figure.remove(product.as_str());
        }
        shown
    }

    /// What is needed, by product and metric. Of a Cloud Pak that is what ILMT reports for it, and what the listed parts
    /// use of it. What is reported under a metric that nobody knows is not among it.
    fn needed(&self) -> Vec<(ProductKey, Needed)> {
        let products = self.assessment.products.iter().map(|demand| {
            let (sub_capacity, full_capacity) = (demand.sub_capacity, demand.full_capacity);
            let key = (demand.product.clone(), demand.metric.name().to_owned());
            (key, Needed { sub_capacity, full_capacity, found: true })
        });
        let paks = self.paks().map(|pak| {
            let key = (pak.product.clone(), metric::code(&pak.metric));
            (key, Needed { sub_capacity: Some(pak.quantity), full_capacity: None, found: true })
        });
        let known = self.bundles.iter().filter(|one| !one.unit.is_empty());
        let listed = known.map(|one| {
            let key = (one.bundle.clone(), metric::code(&one.unit));
            (key, Needed { sub_capacity: one.total, full_capacity: None, found: true })
        });
        let mut needed: Vec<(ProductKey, Needed)> = products.chain(paks).chain(listed).collect();
        needed.sort_by(|(one, _), (other, _)| one.cmp(other));
        needed.dedup_by(|(later, part), (first, known)| {
            let same = later == first;
            if same {
                *known = known.plus(*part);
            }
            same
        });
        needed
    }

    /// Cloud Paks with a figure of their own, in a metric that somebody knows.
    fn paks(&self) -> impl Iterator<Item = &'a CloudPakUse> {
        let own = self.assessment.cloud_paks.iter().filter(|pak| pak.bundle.is_none());
        own.filter(|pak| !self.unread(&pak.product).iter().any(|one| one.metric == pak.metric.trim()))
    }

    fn unread(&self, product: &str) -> &[&'a UnreadDemand] {
        self.unread.get(product).map(Vec::as_slice).unwrap_or_default()
    }

    /// Puts what is needed into the rows of what is owned.
    pub(super) fn apply(&self, products: &mut Products) {
        for ((product, metric), needed) in self.needed() {
            products.change(&product, &metric, |row| row.needed = Some(needed));
        }
        for one in self.unread.values().flatten().filter(|one| !one.metric.is_empty()) {
            let metric = code_of(&one.metric);
            // Whoever owns it under that word knows what it is.
            let owned = products.get(&one.product, &metric).is_some_and(|row| row.entitled > Decimal::ZERO);
            let sub_capacity = owned.then_some(one.quantity);
            let more = Needed { sub_capacity, full_capacity: None, found: true };
            products.change(&one.product, &metric, |row| {
                row.needed = Some(row.needed.filter(|needed| needed.found).map_or(more, |known| known.plus(more)));
            });
        }
        // What is reported under a word that nobody knows may be any of the metrics in which the files show the rest.
        products.each(|row| {
            let unknown = Needed { sub_capacity: None, full_capacity: None, found: true };
            let foreign = || self.unread(&row.product).iter().any(|one| code_of(&one.metric) != row.metric);
            if row.needed.is_some_and(|needed| needed.found) && foreign() {
                row.needed = row.needed.map(|needed| needed.plus(unknown));
            }
        });
        if self.unconverted.is_empty() {
            return;
        }
        // A bundle without a unit may be needed in any of the metrics in which it is needed otherwise.
        products.each(|row| {
            let unknown = Needed { sub_capacity: None, full_capacity: None, found: true };
            let blind = || self.unconverted_named(&row.product).iter().any(|one| one.unit.is_empty());
            if row.needed.is_some_and(|needed| needed.found) && blind() {
                row.needed = row.needed.map(|needed| needed.plus(unknown));
            }
        });
    }

    /// What is needed of a product that the files do not name in a metric: nothing where they could have shown it. The
    /// files show processor cores; resource value units may count other things. `None` is not known.
    pub(super) fn otherwise(&self, product: &str, metric: &str) -> Option<Needed> {
        let measurable = self.looked && matches!(Metric::parse(metric), Some(Metric::Pvu | Metric::Vpc));
        let known = measurable && !self.is_doubtful(product, metric);
        known.then_some(Needed { sub_capacity: Some(0), full_capacity: Some(0), found: false })
    }

    /// Whether nobody can know what is needed of a product in a metric in which the files show nothing of it.
    pub(super) fn is_doubtful(&self, product: &str, metric: &str) -> bool {
        self.doubts(product, metric).next().is_some()
    }

    /// Why it is not known what is needed of a product in a metric in which the files show nothing of it.
    fn doubts(&self, product: &str, metric: &str) -> impl Iterator<Item = Doubt<'a>> {
        let unread = self.unread(product).to_vec().into_iter().map(Doubt::UnreadDemand);
        let without = self.without_figure.get(product).copied().map(Doubt::WithoutFigure);
        let unconverted = self.unconverted_named(product).to_vec().into_iter();
        let metric = metric.to_owned();
        let of_metric = move |one: &&BundleUse| one.unit.is_empty() || metric::code(&one.unit) == metric;
        unread.chain(without).chain(unconverted.filter(of_metric).map(Doubt::Unconverted))
    }

    fn unconverted_named(&self, product: &str) -> &[&'a BundleUse] {
        if self.unconverted.is_empty() {
            return &[];
        }
        self.unconverted.get(&bundle_matched_as(product)).map(Vec::as_slice).unwrap_or_default()
    }

    /// Why it is not known what a row needs, sentence by sentence; empty when it is.
    pub(super) fn reasons(&self, row: &ProductPosition, pools: &[Pool]) -> Vec<Message> {
        let mut pieces = match row.needed {
            Some(Needed { sub_capacity: Some(_), .. }) => return Vec::new(),
            // Ledgers are long: what no file names is not looked for again.
            None => self.nothing_shown(row, false),
            Some(_) => self.pieces(row, false, None),
        };
        let of_it = |pool: &&Pool| pool.bundle == row.product && pool.metric == row.metric;
        if let Some(pool) = pools.iter().find(of_it) {
            pieces = vec![explain_pool(pool, unit(&row.metric), false)];
        }
        let mut reasons: Vec<Message> = pieces.iter().flat_map(unknown_notes).collect();
        reasons.dedup();
        if reasons.is_empty() {
            reasons.push(Message::new("note.need_unknown"));
        }
        reasons
    }

    /// How what the estate needs of a row comes about, whatever covers it: what the files measure, what ILMT reports of
    /// a Cloud Pak, and what the listed parts use of a bundle. `measured` is how the files come to what they measure.
    pub fn explain(&self, row: &ProductPosition, full: bool, measured: Option<Derivation>) -> Derivation {
        let mut pieces = self.pieces(row, full, measured);
        if pieces.len() == 1 {
            return pieces.remove(0);
        }
        let value = pieces.iter().map(|piece| piece.value).try_fold(Decimal::ZERO, |sum, one| sum.checked_add(one?));
        let label = Message::new("label.needed").with("product", row.product.as_str());
        let mut sum = step(label, value, unit(&row.metric), Operation::Sum, rights::needed());
        sum.children = pieces;
        sum
    }

    /// The parts of what a row needs; never none.
    fn pieces(&self, row: &ProductPosition, full: bool, measured: Option<Derivation>) -> Vec<Derivation> {
        let mut pieces: Vec<Derivation> = Vec::new();
        let of_it = |one: &&ProductDemand| row.is_of(one);
        if let Some(demand) = self.assessment.products.iter().find(of_it) {
            let value = if full { demand.full_capacity } else { demand.sub_capacity };
            let mut given = need(row, value.map(Decimal::from));
            given.notes.extend(value.is_none().then(|| Message::new("note.demand_unknown")));
            pieces.push(measured.unwrap_or(given));
        }
        for pak in self.paks().filter(|pak| pak.product == row.product && metric::code(&pak.metric) == row.metric) {
            let input = cell(&pak.file, pak.row, &pak.column, pak.quantity);
            pieces.push(reported(row, Some(pak.quantity), input, full));
        }
        let unread = self.unread(&row.product).iter().filter(|one| code_of(&one.metric) == row.metric);
        for one in unread.filter(|one| !one.metric.is_empty()) {
            let known = row.entitled > Decimal::ZERO;
            let mut piece = reported(row, known.then_some(one.quantity), unread_cell(one), full);
            piece.notes.extend((!known).then(|| unread_word(one)));
            pieces.push(piece);
        }
        let listed = self.bundles.iter().filter(|one| one.bundle == row.product && !one.unit.is_empty());
        for one in listed.filter(|one| metric::code(&one.unit) == row.metric) {
            pieces.push(used(one, full));
        }
        if pieces.is_empty() {
            return self.nothing_shown(row, full);
        }
        let foreign = self.unread(&row.product).iter().filter(|one| code_of(&one.metric) != row.metric);
        pieces.extend(foreign.map(|one| {
            let mut piece = reported(row, None, unread_cell(one), full);
            piece.notes.push(unread_word(one));
            piece
        }));
        let unknown = self.unconverted_named(&row.product).iter().filter(|one| one.unit.is_empty());
        pieces.extend(unknown.map(|one| used(one, full)));
        pieces
    }

    /// The parts of what a row needs of which files and lists show nothing; never none.
    fn nothing_shown(&self, row: &ProductPosition, full: bool) -> Vec<Derivation> {
        let doubts = self.doubts(&row.product, &row.metric).map(|doubt| match doubt {
            Doubt::UnreadDemand(one) => {
                let mut piece = reported(row, None, unread_cell(one), full);
                piece.notes.push(unread_word(one));
                piece
            }
            Doubt::WithoutFigure(pak) => {
                let mut piece = reported(row, None, cell(&pak.file, pak.row, &pak.column, pak.quantity), full);
                let component = Message::new("note.component_without_figure").with("component", pak.product.as_str());
                piece.notes.push(component);
                piece
            }
            Doubt::Unconverted(one) => used(one, full),
        });
        let mut pieces: Vec<Derivation> = doubts.collect();
        if pieces.is_empty() {
            pieces.push(self.nothing_found(row));
        }
        pieces
    }

    /// What is needed of a row that nothing here names.
    fn nothing_found(&self, row: &ProductPosition) -> Derivation {
        let known = self.otherwise(&row.product, &row.metric).is_some();
        let mut given = need(row, known.then_some(Decimal::ZERO));
        given.notes.push(match () {
            () if known => Message::new("note.not_found_in_files"),
            () if row.metric.is_empty() => Message::new("note.metric_not_given"),
            () if !self.looked => Message::new("note.nothing_measured"),
            () => Message::new("note.not_measured").with("metric", metric::written(&row.metric)),
        });
        given
    }
}

/// The notes of what is not known, from the leaves up.
fn unknown_notes(derivation: &Derivation) -> Vec<Message> {
    if derivation.value.is_some() {
        return Vec::new();
    }
    let below: Vec<Message> = derivation.children.iter().flat_map(unknown_notes).collect();
    if below.is_empty() { derivation.notes.clone() } else { below }
}

/// What is needed, as it was read.
fn need(row: &ProductPosition, value: Option<Decimal>) -> Derivation {
    let label = Message::new("label.needed").with("product", row.product.as_str());
    step(label, value, unit(&row.metric), Operation::Given, rights::needed())
}

/// What ILMT reports. It says nothing of full capacity.
fn reported(row: &ProductPosition, quantity: Option<u64>, input: Input, full: bool) -> Derivation {
    let value = quantity.filter(|_| !full).map(Decimal::from);
    let label = Message::new("label.reported").with("product", row.product.as_str());
    let mut piece = step(label, value, unit(&row.metric), Operation::Given, rights::needed());
    piece.inputs.push(input);
    piece.notes.extend(full.then(|| Message::new("note.full_not_stated")));
    piece
}

/// What listed parts use of a bundle. They say nothing of full capacity.
fn used(one: &BundleUse, full: bool) -> Derivation {
    let sub = bundles::explain(one);
    if !full {
        return sub;
    }
    let mut unknown = step(sub.label.clone(), None, sub.unit, Operation::Given, rights::needed());
    unknown.notes.push(Message::new("note.full_not_stated"));
    unknown
}

fn cell(file: &str, row: u32, column: &str, value: u64) -> Input {
    Input { file: file.to_owned(), row, column: column.to_owned().into(), value: value.to_string() }
}

fn unread_cell(one: &UnreadDemand) -> Input {
    cell(&one.file, one.row, &one.column, one.quantity)
}

fn unread_word(one: &UnreadDemand) -> Message {
    if one.metric.is_empty() {
        return Message::new("note.metric_word_missing");
    }
    Message::new("note.metric_word_unknown").with("metric", one.metric.as_str())
}

/// Under which metric what is reported in an unknown word stands: its code, or the word where that has none.
fn code_of(word: &str) -> String {
    let code = metric::code(word);
    if code.is_empty() { word.to_owned() } else { code }
}

/// The unit of a metric, whatever it is.
pub(super) fn unit(metric: &str) -> Unit {
    Metric::parse(metric).map_or(Unit::Units, steps::unit)
}
