//! What each line of a ledger grants (semantics, section 13; docs/decisions/0038-what-a-line-grants.md).

use jiff::civil::Date;

use super::Rights;
use super::aliases::Aliases;
use crate::model::bundle::Environment;
use crate::model::entitlement::{Entitlement, LicenceType, LineKind};
use crate::model::metric;
use crate::model::position::{Grant, KindFrom, LineStatus};
use crate::rules::line_words::{self, Said};
use crate::rules::parts::{Part, PartKind, sold_by_number};

impl Rights<'_> {
    pub(super) fn part(&self, line: &Entitlement) -> Option<&Part> {
        self.parts.find(&line.part_number)
    }

    /// The name under which a line is owned: as written, else that of the part, else its description, else its number. A
    /// description of the part, as exports have it in the place of the name, is no name.
    pub(super) fn owned_as<'s>(&'s self, line: &'s Entitlement) -> &'s str {
        let of_part = self.part(line).map_or("", |part| part.product.as_str());
        if describes(&line.product, of_part) {
            return of_part;
        }
        let names = [line.product.as_str(), of_part, line.description.as_str(), line.part_number.as_str()];
        names.into_iter().find(|name| !name.is_empty()).unwrap_or_default()
    }

    /// What the words of a line say.
    pub(super) fn said(&self, line: &Entitlement) -> Said {
        let of_part = self.part(line).map_or("", |part| part.product.as_str());
        let texts = [line.product.as_str(), line.description.as_str(), of_part];
        line_words::said(&texts)
    }

    /// What a line grants, with what its part number adds.
    pub(super) fn grant(&self, line: &Entitlement, aliases: &Aliases<'_>, on: Option<Date>) -> Grant {
        self.grant_lasting(line, aliases, on).0
    }

    /// The same, and how long it lasts.
    pub(super) fn grant_lasting(
        &self,
        line: &Entitlement,
        aliases: &Aliases<'_>,
        on: Option<Date>,
    ) -> (Grant, LicenceType) {
        let part = self.part(line);
        let said = self.said(line);
        let (kind, kind_from) = kind(line, part, &said);
        let written = metric::code(&line.metric);
        let owned_as = self.owned_as(line);
        let product = aliases.follow(owned_as).last().map_or(owned_as, |alias| alias.product.as_str()).to_owned();
        // A pack is one of the part's own metric.
        let pack = part.filter(|part| written.is_empty() || written == part.metric).map_or(1, |part| part.pack);
        let metric = if written.is_empty() { part.map_or(String::new(), |part| part.metric.clone()) } else { written };
        let grant = Grant {
            product,
            metric,
            pack,
            units: line.quantity.saturating_mul(pack.into()),
            standing: self.standing(line, part, &said, kind, on),
            kind,
            kind_from,
            platform: part.and_then(|part| part.platform).or(said.platform),
            non_production: is_non_production(line, part, &said),
        };
        (grant, licence_type(line, part, &said))
    }

    /// Whether a line counts on a day.
    fn standing(
        &self,
        line: &Entitlement,
        part: Option<&Part>,
        said: &Said,
        kind: LineKind,
        on: Option<Date>,
    ) -> LineStatus {
        let begun = if kind.is_support() { LineStatus::SupportOnly } else { LineStatus::Counts };
        let Some(on) = on else { return begun };
        if self.on.is_some() && line.order_date.is_some_and(|day| day > on) {
            return LineStatus::NotYet;
        }
        // Its own days say which S&S a line of support pays for, not whether it counts.
        if kind.is_support() {
            return begun;
        }
        let term = licence_type(line, part, said) != LicenceType::Perpetual;
        let later = |day: Option<Date>| day.is_some_and(|day| day > on);
        // A term counts from its first day, a licence for ever from its order; nothing counts before it is ordered.
        let begins = if term { line.ss_start } else { line.ss_start.filter(|_| line.order_date.is_none()) };
        if term && line.ss_end.is_some_and(|end| end < on) {
            LineStatus::Ended
        } else if self.on.is_some() && later(begins) {
            LineStatus::NotYet
        } else {
            LineStatus::Counts
        }
    }
}

/// What a line sells, and what says so: the line, then its part, then its words, then the shape of its part number.
fn kind(line: &Entitlement, part: Option<&Part>, said: &Said) -> (LineKind, KindFrom) {
    let of_part = part.and_then(|part| part.kind).map(PartKind::sells);
    let ways = [
        (line.kind, KindFrom::Line),
        (of_part, KindFrom::Part),
        (said.kind, KindFrom::Words),
        (sold_by_number(&line.part_number), KindFrom::PartNumber),
    ];
    let mut known = ways.into_iter().filter_map(|(kind, from)| Some((kind?, from)));
    known.next().unwrap_or((LineKind::Licence, KindFrom::Nothing))
}

/// The type of the licence: as written, else as the part says, else as the words say, else for ever.
fn licence_type(line: &Entitlement, part: Option<&Part>, said: &Said) -> LicenceType {
    let of_part = || {
        part.and_then(|part| part.kind).map(|kind| match kind {
            PartKind::Monthly => LicenceType::Monthly,
            PartKind::FixedTerm | PartKind::FixedTermRenewal => LicenceType::FixedTerm,
            PartKind::License | PartKind::TradeUp | PartKind::Renewal | PartKind::Reinstatement => {
                LicenceType::Perpetual
            }
        })
    };
    line.licence_type.or_else(of_part).or(said.lasts).unwrap_or(LicenceType::Perpetual)
}

/// Whether a line is not for productive use: as its column says, else as its part or its words say.
fn is_non_production(line: &Entitlement, part: Option<&Part>, said: &Said) -> bool {
    if let Some(environment) = Environment::named(&line.environment) {
        return environment == Environment::NonProduction;
    }
    let of_column = line_words::said(&[&line.environment]).non_production;
    of_column || part.is_some_and(|part| part.non_production) || said.non_production
}

/// Whether a text is the description of a part of this product: its name, and then how it is licensed.
fn describes(text: &str, product: &str) -> bool {
    const LICENSED: [&str; 8] =
        ["license", "licence", "subscription", "support", "s&s", "renewal", "value unit", "processor core"];
    let rest = text.get(..product.len()).filter(|start| start.eq_ignore_ascii_case(product));
    let rest = rest.and_then(|_| text.get(product.len()..)).filter(|rest| rest.starts_with(' ') && !product.is_empty());
    rest.map(str::to_lowercase).is_some_and(|rest| LICENSED.iter().any(|word| rest.contains(word)))
}
