//! `data_condition.txt`: what ILMT says about the data of a snapshot.
//!
//! The file is a list of labels, each at the margin and ending in a colon, with its values below, behind a tab. Where
//! the labels are not English, their order tells which is which: the one with two levels of values lists the columns
//! of the tables, and the others stand before and after it in a fixed order.

use super::days::spoken_day;
use crate::model::snapshot::Condition;

/// A label and the lines below it, each with the number of tabs before it.
struct LabelledLines<'a> {
    label: &'a str,
    values: Vec<(usize, &'a str)>,
}

/// What a label announces: how it begins in English, and where it stands in relation to the list of columns.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Topic {
    Tool,
    GeneratedAt,
    Installed,
    From,
    To,
    TimeZone,
    GroupId,
    Group,
    Filters,
    PvuTable,
    Catalogue,
    Columns,
    Import,
    Aggregation,
    Recalculation,
    Disconnected,
    Accuracy,
}

/// The topics with their English label and their distance from the list of columns.
const TOPICS: [(Topic, &str, isize); 17] = [
    (Topic::Tool, "Audit snapshot generated in", -13),
    (Topic::GeneratedAt, "Audit snapshot generated at", -11),
    (Topic::Installed, "License Metric Tool server installed on", -10),
    (Topic::From, "Start Date", -8),
    (Topic::To, "End Date", -7),
    (Topic::TimeZone, "Time Zone", -6),
    (Topic::GroupId, "Computer Group ID", -5),
    (Topic::Group, "Computer Group Name", -4),
    (Topic::Filters, "Used filters", -3),
    (Topic::PvuTable, "PVU Table Version", -2),
    (Topic::Catalogue, "Catalog Version", -1),
    (Topic::Columns, "CSV Files Column Names", 0),
    (Topic::Import, "Import Status", 1),
    (Topic::Aggregation, "Aggregation Status", 2),
    (Topic::Recalculation, "Recalculation Status", 3),
    (Topic::Disconnected, "Number of disconnected computers", 4),
    (Topic::Accuracy, "Data accuracy", 5),
];

/// Reads the file. What is missing or not understood stays unknown.
pub(super) fn read(text: &str) -> Condition {
    let blocks = blocks(text);
    let mut condition = Condition::default();
    for (block, topic) in blocks.iter().zip(topics(&blocks)) {
        if let Some(topic) = topic {
            take(&mut condition, topic, block);
        }
    }
    condition
}

fn blocks(text: &str) -> Vec<LabelledLines<'_>> {
    let mut blocks: Vec<LabelledLines<'_>> = Vec::new();
    for line in text.lines() {
        let value = line.trim();
        let tabs = line.chars().take_while(|letter| *letter == '\t').count();
        let tabs = if tabs == 0 && line.starts_with("    ") { 1 } else { tabs };
        if value.is_empty() {
        } else if tabs > 0 {
            if let Some(block) = blocks.last_mut() {
                block.values.push((tabs, value));
            }
        } else if let Some(label) = value.strip_suffix([':', '：']) {
            blocks.push(LabelledLines { label: label.trim_end(), values: Vec::new() });
        }
    }
    blocks
}

/// What each block is about. English labels decide; where none is known, the place does.
fn topics(blocks: &[LabelledLines<'_>]) -> Vec<Option<Topic>> {
    let english = |block: &LabelledLines<'_>| {
        TOPICS.iter().find(|(_, label, _)| block.label.eq_ignore_ascii_case(label)).map(|(topic, ..)| *topic)
    };
    let named: Vec<Option<Topic>> = blocks.iter().map(english).collect();
    if named.iter().any(Option::is_some) {
        return named;
    }
    let Some(middle) = blocks.iter().position(|block| block.values.iter().any(|(tabs, _)| *tabs > 1)) else {
        return named;
    };
    let indices = (0_isize..).take(blocks.len()).map(|index| index.checked_sub_unsigned(middle));
    indices
        .map(|distance| TOPICS.iter().find(|(.., known)| Some(*known) == distance).map(|(topic, ..)| *topic))
        .collect()
}

fn take(condition: &mut Condition, topic: Topic, block: &LabelledLines<'_>) {
    let text = || block.values.first().map(|(_, value)| (*value).to_owned());
    let day = || block.values.first().and_then(|(_, value)| spoken_day(value));
    match topic {
        Topic::Tool => condition.tool = text(),
        Topic::GeneratedAt => condition.generated_on = day(),
        Topic::Installed => condition.installed_on = day(),
        Topic::From => condition.from = day(),
        Topic::To => condition.to = day(),
        Topic::TimeZone => condition.time_zone = text(),
        Topic::GroupId => condition.group_id = text(),
        Topic::Group => condition.group = text(),
        Topic::Filters => condition.filters = block.values.iter().map(|(_, value)| (*value).to_owned()).collect(),
        Topic::PvuTable => condition.pvu_table_on = day(),
        Topic::Catalogue => condition.catalogue = text(),
        Topic::Columns => condition.columns = columns(block),
        Topic::Import => condition.import = sentences(block),
        Topic::Aggregation => condition.aggregation = sentences(block),
        Topic::Recalculation => condition.recalculation = sentences(block),
        Topic::Disconnected => condition.disconnected = sentences(block),
        Topic::Accuracy => {
            condition.accuracy = block.values.iter().filter_map(|(_, value)| percentage(value)).collect();
        }
    }
}

/// The values of a block as one text: a status may have a line for each metric.
fn sentences(block: &LabelledLines<'_>) -> Option<String> {
    let lines: Vec<&str> = block.values.iter().map(|(_, value)| *value).collect();
    (!lines.is_empty()).then(|| lines.join(" "))
}

fn columns(block: &LabelledLines<'_>) -> Vec<(String, Vec<String>)> {
    let mut files: Vec<(String, Vec<String>)> = Vec::new();
    for (tabs, value) in &block.values {
        if *tabs == 1 {
            files.push(((*value).to_owned(), Vec::new()));
        } else if let Some((_, columns)) = files.last_mut() {
            columns.push((*value).to_owned());
        }
    }
    files
}

/// The whole number that stands before the percent sign of a sentence. A fraction counts as the next whole number.
pub(super) fn percentage(sentence: &str) -> Option<u32> {
    let (before, _) = sentence.split_once(['%', '％', '٪'])?;
    let before = before.trim_end();
    let start = before.rfind(|letter: char| !letter.is_ascii_digit() && letter != '.' && letter != ',');
    let number = start.map_or(before, |start| before.get(start..).unwrap_or_default());
    let number = number.trim_start_matches(|letter: char| !letter.is_ascii_digit());
    let (whole, fraction) = number.split_once(['.', ',']).unwrap_or((number, ""));
    let more = u32::from(fraction.bytes().any(|digit| digit != b'0'));
    whole.parse::<u32>().ok().and_then(|whole| whole.checked_add(more))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    /// The same file in English and with other labels.
    fn file(label: impl Fn(&str) -> String) -> String {
        let blocks = [
            ("Audit snapshot generated in", "IBM License Metric Tool 9.2.30"),
            ("Audit snapshot generated by", "somebody"),
            ("Audit snapshot generated at", "May 5, 2025 6:28:58 AM"),
            ("License Metric Tool server installed on", "Aug 7, 2019 12:00:00 AM"),
            ("Original name of the attached file", "No file attached"),
            ("Start Date", "Apr 1, 2025"),
            ("End Date", "Apr 30, 2025"),
            ("Time Zone", "GMT"),
            ("Computer Group ID", "0"),
            ("Computer Group Name", "All Computers"),
            ("Used filters", "No filters used"),
            ("PVU Table Version", "Mar 22, 2021"),
            ("Catalog Version", "1312570"),
            ("CSV Files Column Names", "part_numbers.csv\r\n\t\tRow No.\r\n\t\tPart Number"),
            ("Import Status", "The last data import finished successfully."),
            ("Aggregation Status", "held on May 5, 2025"),
            ("Recalculation Status", "Recalculation is not needed"),
            ("Number of disconnected computers", "11 (61%)."),
            ("Data accuracy", "delayed: 61%.\r\n\toutdated: 5.5 %.\r\n\tmissing: 0%."),
        ];
        blocks.iter().map(|(name, value)| format!("{}:\r\n\t{value}\r\n", label(name))).collect()
    }

    #[test]
    fn every_block_is_read() {
        let condition = read(&file(str::to_owned));
        assert_eq!(condition.tool.as_deref(), Some("IBM License Metric Tool 9.2.30"));
        assert_eq!(condition.generated_on, Some(date(2025, 5, 5)));
        assert_eq!(
            condition.period().map(|period| (period.from(), period.to())),
            Some((date(2025, 4, 1), date(2025, 4, 30)))
        );
        assert_eq!(condition.group.as_deref(), Some("All Computers"));
        assert_eq!(condition.pvu_table_on, Some(date(2021, 3, 22)));
        assert_eq!(
            condition.columns,
            [("part_numbers.csv".to_owned(), vec!["Row No.".to_owned(), "Part Number".to_owned()])]
        );
        assert_eq!(condition.disconnected.as_deref(), Some("11 (61%)."));
        assert_eq!(condition.accuracy, [61, 6, 0]);
    }

    #[test]
    fn labels_in_another_language_are_told_by_their_order() {
        let localised = read(&file(|label| format!("«{label}»")));
        assert_eq!(localised, read(&file(str::to_owned)));
    }

    #[test]
    fn whatever_stands_in_the_file_is_read_without_a_panic() {
        for text in ["", ":", "\t\t\t", "a:\nb:\n\t\tc", "Data accuracy:\n\t%\n\t99999999999%\n\tąą%"] {
            let _ = read(text);
        }
    }

    #[test]
    fn a_percentage_is_the_number_before_the_sign() {
        assert_eq!(percentage("11 (61%)."), Some(61));
        assert_eq!(percentage("Komputery: 0,4 %"), Some(1));
        assert_eq!(percentage("no number"), None);
    }
}
