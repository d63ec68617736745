//! The last version of a product whose support lapses: noted where the line is shown, kept as a record of its download.

use jiff::civil::Date;

use super::blocks::{BETWEEN, EntryField, EntryForm, FieldInput};
use super::setting::Setting;
use crate::edit::command::Command;
use crate::model::day;
use crate::model::issue::{Issue, Severity};
use crate::model::list::{Line, List};
use crate::model::message::Message;
use crate::model::record::{Record, RecordKind};

/// The most characters of a version.
const VERSION: u8 = 40;

/// The fields, and the button that makes a line of the list of records of them. A version counts up to the last day of
/// support.
pub fn entry(product: &str, today: Option<Date>, last_day: Date) -> EntryForm {
    let day = today.map(|today| today.min(last_day));
    let field = |label: &'static str, input, value: String| EntryField { label: label.into(), input, value };
    EntryForm {
        title: Message::new("page.last_version.title").with("product", product),
        fields: vec![
            field("page.last_version.version", FieldInput::Text(VERSION), String::new()),
            field("page.last_version.day", FieldInput::Day, day.map_or_else(String::new, |day| day.to_string())),
        ],
        submit: "page.last_version.enter".into(),
        setting: Setting::LastVersion(product.to_owned()),
    }
}

/// The record of the version of a product that was downloaded last while it had support; `None` where none says which
/// version it was.
pub fn of(product: &str, last_day: Date, records: impl Iterator<Item = Record>) -> Option<Record> {
    let of_it = |record: &Record| is_of(record, product) && !record.result.trim().is_empty() && record.date <= last_day;
    records.filter(of_it).max_by_key(|record| record.date)
}

fn is_of(record: &Record, product: &str) -> bool {
    record.record == RecordKind::Download && record.about.trim().eq_ignore_ascii_case(product)
}

/// The command that keeps the record of what stands in the fields, in the place of one of the same day.
///
/// # Errors
/// When the version is missing, or the day is none.
pub(super) fn command(product: &str, texts: &str, records: &[Record]) -> Result<Command, Issue> {
    let mut texts = texts.split(BETWEEN).map(str::trim);
    let mut next = || texts.next().unwrap_or_default();
    let version = next();
    if version.is_empty() {
        return Err(Issue::new(Severity::Error, "last_version_missing"));
    }
    let date = next();
    let date = day::parse(date).ok_or_else(|| Issue::new(Severity::Error, "setting_invalid").with("value", date))?;
    let index = records.iter().position(|record| is_of(record, product) && record.date == date);
    let record = Record {
        file: String::new(),
        row: 0,
        date,
        record: RecordKind::Download,
        about: product.to_owned(),
        result: version.to_owned(),
        link: index.and_then(|index| records.get(index)).map(|record| record.link.clone()).unwrap_or_default(),
    };
    Ok(Command::PutLines { list: List::Records, lines: vec![(index, record.values())] })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(date: &str, about: &str, result: &str) -> Record {
        Record {
            file: String::new(),
            row: 0,
            date: day::parse(date).unwrap(),
            record: RecordKind::Download,
            about: about.to_owned(),
            result: result.to_owned(),
            link: String::new(),
        }
    }

    #[test]
    fn a_version_needs_its_name_and_its_day_and_comes_in_the_place_of_that_of_the_same_day() {
        let told = |texts: &str| command("IBM MQ", texts, &[]).unwrap_err().code;
        assert_eq!(told(" \t2027-03-30"), "last_version_missing");
        assert_eq!(told("9.4\tsoon"), "setting_invalid");
        let known = [record("2027-03-30", "IBM Db2", "12"), record("2027-03-30", "ibm mq", "9.3")];
        let lines = vec![(Some(1), record("2027-03-30", "IBM MQ", "9.4").values())];
        let put = Ok(Command::PutLines { list: List::Records, lines });
        assert_eq!(command("IBM MQ", "9.4\t2027-03-30", &known), put);
    }

    #[test]
    fn the_last_version_is_that_of_the_latest_download_that_names_one() {
        let records = [
            record("2026-01-05", "IBM MQ", "9.3"),
            record("2027-03-30", "IBM MQ", ""),
            record("2026-11-02", "IBM MQ", "9.4"),
            record("2027-01-01", "IBM Db2", "12"),
        ];
        let until = |day: &str| of("IBM MQ", day::parse(day).unwrap(), records.clone().into_iter());
        assert_eq!(until("2027-03-31").map(|record| record.result), Some("9.4".to_owned()));
        // Without support there is no right to what came later.
        assert_eq!(until("2026-11-01").map(|record| record.result), Some("9.3".to_owned()));
    }
}
