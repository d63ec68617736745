//! Agreements as text for people at a terminal.

use std::io::{Result, Write};

use jiff::civil::Date;

use super::print::{columns, issue};
use crate::engine::agreements::AgreementOnDay;
use crate::i18n::plain_number;
use crate::model::agreement::Programme;
use crate::model::issue::Issue;
use crate::model::message::Words;

pub(super) fn print(
    out: &mut dyn Write,
    agreements: &[AgreementOnDay],
    issues: &[Issue],
    words: &impl Words,
) -> Result<()> {
    let day = |day: Option<Date>| day.map_or_else(String::new, |day| day.to_string());
    let header = [
        "agreement",
        "customer",
        "programme",
        "country",
        "anniversary",
        "last order",
        "inactive",
        "sites",
        "level",
        "points",
    ];
    let mut lines = vec![header.map(str::to_owned)];
    lines.extend(agreements.iter().map(|one| {
        [
            one.agreement.clone(),
            one.customer.clone(),
            one.programme.map_or("", Programme::name).to_owned(),
            one.country.clone(),
            day(one.anniversary),
            day(one.last_order),
            day(one.inactive_on),
            one.sites.to_string(),
            one.level.name().to_owned(),
            plain_number(one.points),
        ]
    }));
    columns(out, &lines, 7)?;
    for found in issues {
        writeln!(out, "{}", issue(found, words))?;
    }
    Ok(())
}
