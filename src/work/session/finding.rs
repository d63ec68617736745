//! Looks for what somebody seeks: products and servers of the estate, lines of lists, and part numbers.

use std::collections::BTreeMap;

use super::{PARTS, Session};
use crate::engine::Quantity;
use crate::model::list::{List, Value};
use crate::model::message::{Argument, Message};
use crate::model::metric::{self, Metric};
use crate::model::screen::Screen;
use crate::rules::parts::{Part, Parts};
use crate::work::catalogue_view::{CatalogueView, VIEW};
use crate::work::data_table::{FIND, OPEN};
use crate::work::hits::{Hit, HitGroup, HitKind, HitPlace, LINE, LIST};
use crate::work::sought::{Fit, Sought};
use crate::work::sources::NamedServer;
use crate::work::{Question, Response};

/// How many hits of a kind are shown.
const SHOWN: usize = 5;

/// How many letters it takes before part numbers are looked through: fewer mean half of them.
const LETTERS: usize = 2;

/// The best answers of a kind so far.
struct Best {
    sought: Sought,
    hits: Vec<(Fit, Hit)>,
    all: usize,
}

impl Best {
    const fn new(sought: Sought) -> Self {
        Self { sought, hits: Vec::new(), all: 0 }
    }

    /// Offers something under the name that it goes by; of several names the one counts that answers best.
    fn offer<'a>(&mut self, names: impl Iterator<Item = &'a str>, hit: impl FnOnce() -> Hit) {
        let Some(fit) = names.filter_map(|name| self.sought.fit(name)).min() else { return };
        self.all = self.all.saturating_add(1);
        let index = self.hits.partition_point(|(known, _)| *known <= fit);
        if index < SHOWN {
            self.hits.insert(index, (fit, hit()));
            self.hits.truncate(SHOWN);
        }
    }

    fn group(self, kind: HitKind) -> Option<HitGroup> {
        let fit = self.hits.first()?.0;
        Some(HitGroup { kind, hits: self.hits.into_iter().map(|(_, hit)| hit).collect(), all: self.all, fit })
    }
}

impl Session {
    /// What answers best, kind by kind.
    pub(super) fn find(&mut self, typed: &str) -> Response {
        let Some(sought) = Sought::new(typed, lowercase) else { return Response::Hits(Vec::new()) };
        self.know_parts(typed);
        let of_lists = List::CONTENT.into_iter().map(|list| self.find_lines(&sought, list));
        let groups = [self.find_products(&sought), self.find_servers(&sought)].into_iter().chain(of_lists);
        Response::Hits(groups.chain([self.find_parts(&sought)]).flatten().collect())
    }

    /// Makes part numbers known as soon as somebody looks for what may be one.
    pub(super) fn know_parts(&mut self, typed: &str) {
        if typed.trim().chars().count() >= LETTERS {
            self.fetch_parts();
        }
    }

    /// Makes part numbers known, where they are not yet.
    pub(super) fn fetch_parts(&mut self) {
        if self.parts.is_empty() {
            self.parts = (self.fetch)(PARTS).map(|text| Parts::read(&text).0).unwrap_or_default();
        }
    }

    fn find_products(&self, sought: &Sought) -> Option<HitGroup> {
        let mut best = Best::new(sought.clone());
        let not_known = || Argument::from(Message::new("page.not_known"));
        let number = |number: Option<u64>| number.map_or_else(not_known, Argument::from);
        let needed = self
            .assessment
            .products
            .iter()
            .map(|product| ((product.product.as_str(), product.metric.name()), Some(number(product.sub_capacity))));
        // What is entitled and not needed is a product of the estate too.
        let entitled = self.position.products.iter();
        let mut products: BTreeMap<(&str, &str), Option<Argument>> =
            entitled.map(|product| ((product.product.as_str(), product.metric.as_str()), None)).collect();
        products.extend(needed);
        for ((product, metric), needed) in products {
            best.offer([product].into_iter(), || {
                let quantity = if needed.is_some() { Quantity::SubCapacity } else { Quantity::Entitled };
                let key = if needed.is_some() { "page.finder.needed" } else { "page.finder.entitled" };
                let detail = Message::new(key).with("metric", metric::written(metric));
                let detail = needed.into_iter().fold(detail, |detail, needed| detail.with("needed", needed));
                let (product, metric) = (product.to_owned(), metric.to_owned());
                let title = product.clone();
                Hit { title, detail, place: HitPlace::Number(Question::Product { product, metric, quantity }) }
            });
        }
        best.group(HitKind::Products)
    }

    fn find_servers(&self, sought: &Sought) -> Option<HitGroup> {
        let mut best = Best::new(sought.clone());
        for (server, facts) in self.sources.servers() {
            best.offer([server].into_iter(), || server_hit(server, &facts));
        }
        let mut group = best.group(HitKind::Servers)?;
        for hit in &mut group.hits {
            if let Some((question, products)) = self.counted_on(&hit.title) {
                let Question::Product { product, .. } = &question else { continue };
                let key = if products > 1 { "page.finder.counts_products" } else { "page.finder.counts" };
                let detail = Message::new(key).with("processor", hit.detail.clone()).with("product", product.as_str());
                hit.detail = detail.with("count", products.saturating_sub(1));
                hit.place = HitPlace::Number(question);
            }
        }
        Some(group)
    }

    /// The number in which a server counts: that of the product on it of which most is needed; and how many products
    /// count on it. `None` where none does.
    fn counted_on(&self, server: &str) -> Option<(Question, usize)> {
        let products = self.sources.counted_on(server);
        let needed = |(product, metric): &(&str, Metric)| {
            let known = self.assessment.products.iter().find(|one| one.product == *product && one.metric == *metric);
            known.map(|one| one.sub_capacity)
        };
        let (product, metric) = products.iter().filter(|one| needed(one).is_some()).max_by_key(|one| needed(one))?;
        let (product, metric) = ((*product).to_owned(), metric.name().to_owned());
        Some((Question::Product { product, metric, quantity: Quantity::SubCapacity }, products.len()))
    }

    fn find_lines(&self, sought: &Sought, list: List) -> Option<HitGroup> {
        let mut best = Best::new(sought.clone());
        let lines = self.workspace.lists.lines(list);
        for (index, values) in (0..lines.count()).filter_map(|index| Some((index, lines.values(index)?))) {
            // Numbers and days are sought in the table itself.
            let is_text = |value: &Value| if let Value::Text(text) = value { Some(text.clone()) } else { None };
            let texts: Vec<String> = values.iter().filter_map(is_text).collect();
            best.offer(texts.iter().map(String::as_str), || Hit {
                title: texts.join(", "),
                detail: Message::new("page.finder.line"),
                place: HitPlace::Screen(
                    list.screen(),
                    vec![(LIST.to_owned(), list.name().to_owned()), (LINE.to_owned(), index.to_string())],
                ),
            });
        }
        best.group(HitKind::Lines(list))
    }

    fn find_parts(&self, sought: &Sought) -> Option<HitGroup> {
        let mut best = Best::new(sought.clone());
        for part in self.parts.iter() {
            best.offer([part.number.as_str(), part.product.as_str()].into_iter(), || part_hit(part));
        }
        best.group(HitKind::Parts)
    }
}

/// A letter without its case; of the few that are several letters then, the first.
fn lowercase(letter: char) -> char {
    letter.to_lowercase().next().unwrap_or(letter)
}

/// A server on which nothing counts leads to its rate, with what the files say of it.
fn server_hit(server: &str, facts: &NamedServer<'_>) -> Hit {
    let processor = facts.processor.unwrap_or_default();
    let number = |number: Option<u64>| number.map_or_else(String::new, |number| number.to_string());
    let given =
        [("processor", processor.to_owned()), ("sockets", number(facts.sockets)), ("cores", number(facts.cores))];
    let arguments = given.into_iter().filter(|(_, text)| !text.is_empty());
    let detail = if processor.is_empty() {
        Message::new("page.finder.no_processor")
    } else {
        Message::new("page.finder.server").with("processor", processor)
    };
    let arguments = arguments.map(|(name, text)| (name.to_owned(), text)).collect();
    Hit { title: server.to_owned(), detail, place: HitPlace::Screen(Screen::Rate, arguments) }
}

/// A part leads to its row in the catalogue.
fn part_hit(part: &Part) -> Hit {
    let title = format!("{} {}", part.number, part.product);
    let detail = if part.metric.is_empty() {
        Message::new("page.finder.part")
    } else {
        Message::new("page.finder.part_metric").with("metric", metric::written(&part.metric))
    };
    let asked = [(VIEW, CatalogueView::Parts.name()), (FIND, &part.number), (OPEN, &part.number)];
    let arguments = asked.map(|(name, text)| (name.to_owned(), text.to_owned())).to_vec();
    Hit { title, detail, place: HitPlace::Screen(Screen::Catalogue, arguments) }
}
