//! What a table is, told by its header: a score over everything that it may be. The same answer holds for a file that is
//! dropped and for one that is named at a terminal.

use super::sheet::Sheet;
use super::{headers, ilmt, rvtools, template};
use crate::model::issue::{Issue, Severity};
use crate::model::list::{Field, List};
use crate::model::message::Message;
use crate::model::snapshot::TableKind;
use crate::model::workspace::Lists;

/// What a table may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecognisedKind {
    /// An estate: products on servers.
    Estate,
    /// Servers with partitions, but without products: nothing to count.
    Servers,
    /// One of the lists of a workspace.
    List(List),
    /// A report of ILMT or License Service.
    Report(TableKind),
    /// A tab of `RVTools`.
    RvTools(&'static str),
}

impl RecognisedKind {
    /// What it is called.
    pub fn title(self) -> Message {
        match self {
            Self::Estate => Message::new("list.estate"),
            Self::Servers => Message::new("list.servers"),
            Self::List(list) => Message::new(list.title()),
            Self::Report(_) => Message::new("list.report"),
            Self::RvTools(_) => Message::new("list.rvtools"),
        }
    }
}

/// What a header was taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// What knows most of its columns.
    pub kind: RecognisedKind,
    /// How many of its columns that is.
    pub columns: usize,
    /// What knows nearly as many, and one of them that the winner does not know.
    pub rival: Option<RecognisedKind>,
}

impl Verdict {
    /// Whether somebody should look at the decision: it rests on one column, or a rival came near.
    pub const fn is_near(&self) -> bool {
        self.columns < 2 || self.rival.is_some()
    }

    /// That the decision was near; `None` when it was not.
    pub fn doubt(&self) -> Option<Issue> {
        let told = |code| Issue::new(Severity::Warning, code).with("kind", self.kind.title());
        match self.rival {
            Some(rival) => Some(told("table_near_another").with("rival", rival.title())),
            None => (self.columns < 2).then(|| told("table_by_one_column")),
        }
    }
}

/// A kind that knows columns of a header: which ones.
struct Candidate {
    kind: RecognisedKind,
    columns: Vec<bool>,
    /// How many fields the set has by which it is told: of two that know as many columns the one that asks for more.
    detected_by: usize,
}

impl Candidate {
    fn of(
        kind: RecognisedKind,
        name: &str,
        fields: &[Field],
        detected_by: &[&[&str]],
        header: &[String],
    ) -> Option<Self> {
        let found = headers::fields(name, fields, header);
        let detected_by = detecting(fields, detected_by, &found)?;
        Some(Self { kind, columns: found.iter().map(Option::is_some).collect(), detected_by })
    }

    fn known(&self) -> usize {
        self.columns.iter().filter(|known| **known).count()
    }

    /// Whether it knows a column that the other one does not; of two that know the same columns either is as good.
    fn is_rival_of(&self, other: &Self) -> bool {
        let beyond = self.columns.iter().zip(&other.columns).any(|(mine, theirs)| *mine && !*theirs);
        self.known().saturating_add(1) >= other.known() && (beyond || self.columns == other.columns)
    }
}

/// Whether what was found of the fields has all of one set of fields.
pub(super) fn is_detected(fields: &[Field], detected_by: &[&[&str]], found: &[Option<usize>]) -> bool {
    detecting(fields, detected_by, found).is_some()
}

/// How many fields the largest set has of which all were found; `None` where none was.
fn detecting(fields: &[Field], detected_by: &[&[&str]], found: &[Option<usize>]) -> Option<usize> {
    let has =
        |name: &&str| found.iter().flatten().any(|index| fields.get(*index).is_some_and(|field| field.name == *name));
    detected_by.iter().filter(|set| set.iter().all(has)).map(|set| set.len()).max()
}

/// What a header says that its table is; `None` when nothing that is known has such columns.
pub fn detect(header: &[String]) -> Option<Verdict> {
    let alone = |kind| Some(Verdict { kind, columns: header.len(), rival: None });
    if let Some(kind) = ilmt::kind_by_header(header) {
        return alone(RecognisedKind::Report(kind));
    }
    if let Some(tab) = rvtools::tab(header) {
        return alone(RecognisedKind::RvTools(tab));
    }
    let estate = Candidate::of(RecognisedKind::Estate, template::NAME, template::FIELDS, template::DETECTED_BY, header);
    // What names servers and what is on them is no list, though it may know columns of one.
    if estate.is_none()
        && headers::names(header, "server")
        && ["technology", "partition", "partition_cores"].into_iter().any(|name| headers::names(header, name))
    {
        return alone(RecognisedKind::Servers);
    }
    let lists = Lists::default();
    let of_list = |list: List| {
        let lines = lists.lines(list);
        Candidate::of(RecognisedKind::List(list), list.name(), lines.fields(), lines.detected_by(), header)
    };
    let candidates: Vec<Candidate> = estate.into_iter().chain(List::CONTENT.into_iter().filter_map(of_list)).collect();
    // Of equals the one that asks for more, then the first.
    let rank = |candidate: &&Candidate| (candidate.known(), candidate.detected_by);
    let winner = candidates.iter().rev().max_by_key(rank)?;
    let rivals = candidates.iter().filter(|one| one.kind != winner.kind && one.is_rival_of(winner));
    let rival = rivals.rev().max_by_key(rank).map(|one| one.kind);
    // A list that knows nothing of servers does not say all of a table that names them.
    let is_of_servers = matches!(winner.kind, RecognisedKind::Estate | RecognisedKind::List(List::Regions));
    let of_servers = (!is_of_servers && headers::names(header, "server")).then_some(RecognisedKind::Servers);
    let rival = rival.or(of_servers);
    Some(Verdict { kind: winner.kind, columns: winner.known(), rival })
}

/// What a table is: told by the first of its rows that says so.
pub fn detect_in_first_rows(sheet: &Sheet) -> Option<Verdict> {
    detect(sheet.header()).or_else(|| headers::first_rows(sheet).find_map(|(_, cells)| detect(&cells)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(header: &str) -> Option<Verdict> {
        detect(&header.split(',').map(str::to_owned).collect::<Vec<_>>())
    }

    fn kind(header: &str) -> Option<RecognisedKind> {
        of(header).map(|verdict| verdict.kind)
    }

    #[test]
    fn a_header_is_told_to_be_what_knows_most_of_its_columns() {
        let list = |list| Some(RecognisedKind::List(list));
        for (header, told) in [
            ("Part Number,Quantity", list(List::Entitlements)),
            ("Teilenummer,Menge", list(List::Entitlements)),
            ("Part Number,Product,Metric,Quantity,Order Date", list(List::Entitlements)),
            ("date,site,part_number,quantity,points", list(List::Orders)),
            ("bundle,version,component,environment,metric,quantity", list(List::BundleParts)),
            ("name,product,reason", list(List::Aliases)),
            ("agreement,programme,anniversary", list(List::Agreements)),
            ("agreement,site,country,sector", list(List::Sites)),
            ("contact,role,email", list(List::Contacts)),
            ("product,department,quantity", list(List::Allocations)),
            ("Host,Processor,OS", list(List::Processors)),
            ("server,region,reason", list(List::Regions)),
            ("server,product", Some(RecognisedKind::Estate)),
            ("Server,Product,Partition Cores", Some(RecognisedKind::Estate)),
            ("server,processor,partition,partition cores", Some(RecognisedKind::Servers)),
            ("Host,Cluster,CPU Model,# CPU,# Cores", Some(RecognisedKind::RvTools("vHost"))),
            ("date,name,id,metricName,metricQuantity,clusterId", Some(RecognisedKind::Report(TableKind::Daily))),
            ("name,address", None),
        ] {
            assert_eq!(kind(header), told, "{header}");
        }
    }

    #[test]
    fn the_template_of_every_list_is_told_to_be_that_list_without_a_doubt() {
        let lists = Lists::default();
        for list in List::CONTENT {
            let header: Vec<String> = lists.lines(list).fields().iter().map(|field| field.name.to_owned()).collect();
            let verdict = detect(&header).unwrap();
            assert_eq!((verdict.kind, verdict.rival), (RecognisedKind::List(list), None));
        }
        let estate: Vec<String> = template::FIELDS.iter().map(|field| field.name.to_owned()).collect();
        assert_eq!(detect(&estate).map(|verdict| (verdict.kind, verdict.rival)), Some((RecognisedKind::Estate, None)));
    }

    #[test]
    fn a_rival_that_knows_another_column_makes_the_decision_near() {
        let verdict = of("part_number,quantity,points").unwrap();
        assert!(verdict.rival.is_some() && verdict.is_near(), "{verdict:?}");
        let estate = of("server,product,quantity").unwrap();
        assert_eq!(
            (estate.kind, estate.rival),
            (RecognisedKind::Estate, Some(RecognisedKind::List(List::Entitlements)))
        );
        let subset = of("product,department,quantity").unwrap();
        assert!(!subset.is_near(), "{subset:?}");
        assert!(of("processor,rack").unwrap().is_near(), "one column tells little");
        assert_eq!(of("server,processor,sockets,cores").unwrap().rival, Some(RecognisedKind::Servers));
    }
}
