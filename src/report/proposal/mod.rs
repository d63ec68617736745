//! A proposal: what renewals that begin in one year would cost a customer, as one who sells writes it down (semantics of
//! money, section 12). It is an estimate; what IBM offers is a quote, which is a list of the estate.

mod sheet;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::engine::renewal::{
    Charge, ChargeKind, ChargePlace, ChargeTotal, Forecast, LevelBasis, RenewalFigure, RenewalLine, charge_totals,
    example_said,
};
use crate::model::fraction::Fraction;
use crate::model::message::Message;
use crate::model::money::Currency;
use crate::model::proposal::ProposalTerms;
use crate::rules::parts::Parts;
use crate::rules::volume_levels::VolumeLevel;
pub use sheet::sheet;

/// What is asked of a proposal.
#[derive(Clone, Copy)]
pub struct ProposalQuery<'a> {
    /// What the user writes on it.
    pub terms: &'a ProposalTerms,
    /// For whom it is.
    pub customer: &'a str,
    /// The agreement that it is for; `None` for all of them.
    pub agreement: Option<&'a str>,
    /// The calendar year in which its charges begin.
    pub year: i16,
    /// What is known of part numbers.
    pub parts: &'a Parts,
}

impl ProposalQuery<'_> {
    /// The year that is proposed unless another one is chosen: the one after that of the forecast's day.
    pub fn next_year(forecast: &Forecast) -> i16 {
        forecast.on.year().saturating_add(1)
    }
}

/// A proposal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// What the user writes on it.
    pub terms: ProposalTerms,
    /// For whom it is.
    pub customer: String,
    /// Its day: that of the forecast.
    pub day: Date,
    /// The calendar year in which its charges begin.
    pub year: i16,
    /// What it has of each agreement, by number; what belongs to none comes first.
    pub agreements: Vec<ProposedAgreement>,
    /// What the charges add up to, by currency.
    pub totals: Vec<ChargeTotal>,
}

/// What is proposed to an agreement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProposedAgreement {
    /// Its number; blank for what belongs to none.
    pub agreement: String,
    /// The sites of its lines, by name.
    pub sites: Vec<String>,
    /// The levels whose prices it has, each with why.
    pub levels: Vec<(VolumeLevel, LevelBasis)>,
    /// Its charges, in the order of the forecast.
    pub charges: Vec<ProposedCharge>,
}

/// A charge of a proposal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProposedCharge {
    /// Which charge of the forecast it is.
    pub figure: RenewalFigure,
    /// The site; blank where none is named.
    pub site: String,
    /// The product.
    pub product: String,
    /// What it is for.
    pub kind: ChargeKind,
    /// Number of the part; `None` where none is known.
    pub part: Option<String>,
    /// What the part is.
    pub description: String,
    /// First day of the coverage.
    pub from: Date,
    /// Its last day.
    pub to: Date,
    /// The level whose price it has: that of the row, which may be lower than the customer's.
    pub level: VolumeLevel,
    /// How many parts.
    pub parts: u64,
    /// How often the price of one part is paid.
    pub times: Fraction,
    /// What one part is expected to cost, with index, caps, rate and discount; `None` where that is not known.
    pub unit_price: Option<Decimal>,
    /// What the charge is expected to come to; `None` where that is not known.
    pub amount: Option<Decimal>,
    /// The currency; `None` where it is not known.
    pub currency: Option<Currency>,
    /// Why the amount is not known; `None` where it is.
    pub missing: Option<Message>,
    /// That its price is an example, and who says so; `None` where it is none.
    pub example: Option<Message>,
}

impl Proposal {
    /// How many of its charges rest on example prices.
    pub fn by_example(&self) -> usize {
        self.agreements.iter().flat_map(|one| &one.charges).filter(|charge| charge.example.is_some()).count()
    }
}

/// The charges of a forecast that begin in a year, as a proposal.
pub fn proposal(forecast: &Forecast, query: ProposalQuery<'_>) -> Proposal {
    let mut agreements: BTreeMap<&str, Vec<(ChargePlace, &RenewalLine, &Charge)>> = BTreeMap::new();
    for (place, line, charge) in forecast.charges().filter(|(_, _, charge)| charge.from.year() == query.year) {
        let agreement = line.key.agreement.as_str();
        if query.agreement.is_none_or(|asked| asked == agreement) {
            agreements.entry(agreement).or_default().push((place, line, charge));
        }
    }
    let all = agreements.values().flatten().map(|(_, line, charge)| (&line.key.currency, *charge));
    let totals = charge_totals(all);
    let agreements = agreements.into_iter().map(|(agreement, charges)| {
        let sites: BTreeSet<&str> = charges.iter().map(|(_, line, _)| line.key.site.as_str()).collect();
        let mut levels = Vec::new();
        for (_, _, charge) in &charges {
            let level = (charge.level, charge.level_basis);
            if !levels.contains(&level) {
                levels.push(level);
            }
        }
        let proposed = |(place, line, charge): (ChargePlace, &RenewalLine, &Charge)| {
            proposed(RenewalFigure::Charge(place), line, charge, query.parts)
        };
        ProposedAgreement {
            agreement: agreement.to_owned(),
            sites: sites.into_iter().filter(|site| !site.is_empty()).map(str::to_owned).collect(),
            levels,
            charges: charges.into_iter().map(proposed).collect(),
        }
    });
    Proposal {
        terms: query.terms.clone(),
        customer: query.customer.to_owned(),
        day: forecast.on,
        year: query.year,
        agreements: agreements.collect(),
        totals,
    }
}

fn proposed(figure: RenewalFigure, line: &RenewalLine, charge: &Charge, parts: &Parts) -> ProposedCharge {
    let priced = charge.priced.as_ref();
    let amount = charge.amount.map(|amount| amount.expected);
    let missing = if amount.is_some() {
        None
    } else {
        Some(line.what_is_missing(charge).unwrap_or_else(|| Message::new("report.too_large")))
    };
    ProposedCharge {
        figure,
        site: line.key.site.clone(),
        product: line.key.product.clone(),
        kind: charge.kind,
        part: charge.part.clone(),
        description: description(line, charge, parts),
        from: charge.from,
        to: charge.to,
        level: priced.map_or(charge.level, |priced| priced.offered.level),
        parts: charge.parts,
        times: charge.times(),
        unit_price: priced.and_then(|priced| Some(priced.unit_price()?.expected)),
        amount,
        currency: line.key.currency.0.clone(),
        missing,
        example: priced
            .filter(|priced| priced.offered.row.is_example())
            .map(|priced| example_said(&priced.offered.row)),
    }
}

/// What a part is: by the row of its price, else by the line of the ledger with that part, else by the table of parts.
fn description(line: &RenewalLine, charge: &Charge, parts: &Parts) -> String {
    let of_price = charge.priced.as_ref().map(|priced| priced.offered.row.description.clone());
    let is_part = |number: &str| charge.part.as_deref().is_some_and(|part| part.eq_ignore_ascii_case(number.trim()));
    let of_ledger = || {
        let of_part = line.renewable.lines.iter().find(|line| is_part(&line.part_number))?;
        Some(of_part.description.clone())
    };
    let of_table = || Some(parts.find(charge.part.as_deref()?)?.product.clone());
    let known = |text: &String| !text.is_empty();
    of_price.filter(known).or_else(|| of_ledger().filter(known)).or_else(of_table).unwrap_or_default()
}

/// How often a price is paid: in twelfths where it comes to whole ones, as people tell months.
pub fn times_said(times: Fraction) -> String {
    const MONTHS: u128 = 12;
    match times.in_parts(MONTHS) {
        Some(months) if times.denominator() > 1 && times.common_denominator(MONTHS) == Some(MONTHS) => {
            format!("{months}/{MONTHS}")
        }
        Some(_) | None => times.to_string(),
    }
}
