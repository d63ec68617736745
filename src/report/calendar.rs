//! What is to be done, as a calendar file (RFC 5545; semantics of money, section 11).

use std::fmt::Write;

use jiff::civil::Date;
use sha2::{Digest, Sha256};

use crate::engine::renewal::tasks::Task;
use crate::engine::renewal::work_list::WorkItem;
use crate::model::message::{Message, Words};
use crate::model::task::TaskKey;

/// The most octets of a line.
const LINE: usize = 75;

/// A calendar of the tasks that are still to be done from a day on, written on that day.
pub fn calendar(items: &[WorkItem], on: Date, words: &impl Words) -> String {
    let ahead = items.iter().filter(|item| item.state.waits() && on <= item.task.on);
    let mut events: Vec<(Date, String, &WorkItem)> =
        ahead.map(|item| (item.task.on, uid(&item.task.key), item)).collect();
    events.sort_by(|(one, first, _), (other, second, _)| (one, first).cmp(&(other, second)));
    let mut file = String::new();
    let mut line = |text: &str| fold(&mut file, text);
    line("BEGIN:VCALENDAR");
    line("VERSION:2.0");
    line("PRODID:-//Highwater//Renewals//EN");
    for (day, uid, item) in events {
        line("BEGIN:VEVENT");
        line(&format!("UID:{uid}"));
        line(&format!("DTSTAMP:{}T000000Z", basic(on)));
        line(&format!("DTSTART;VALUE=DATE:{}", basic(day)));
        line(&format!("DTEND;VALUE=DATE:{}", basic(day.tomorrow().unwrap_or(day))));
        line(&format!("SUMMARY:{}", escaped(&words.say(&title(&item.task)))));
        let about = words.say(&about(&item.task));
        let description = if item.note.is_empty() { about } else { format!("{about}\n{}", item.note) };
        line(&format!("DESCRIPTION:{}", escaped(&description)));
        line("TRANSP:TRANSPARENT");
        line("END:VEVENT");
    }
    line("END:VCALENDAR");
    file
}

/// What is to be done.
pub fn title(task: &Task) -> Message {
    Message::keyed(format!("task.{}", task.key.kind.name()))
}

/// Of what, and before which day.
pub fn about(task: &Task) -> Message {
    let TaskKey { agreement, site, product, anniversary, .. } = &task.key;
    let named = [agreement, site, product].map(String::as_str);
    let named: Vec<&str> = named.into_iter().filter(|name| !name.is_empty()).collect();
    let key = if named.is_empty() { "label.task_about_all" } else { "label.task_about" };
    Message::new(key).with("what", named.join(", ")).with("day", *anniversary)
}

/// What tells an event from all others, whenever it is written again.
fn uid(task: &TaskKey) -> String {
    let TaskKey { kind, agreement, site, product, anniversary } = task;
    let text = format!("{}|{agreement}|{site}|{product}|{anniversary}", kind.name());
    let mut uid = String::new();
    for byte in Sha256::digest(text).iter().take(16) {
        // A text takes whatever is written to it.
        let _ = write!(uid, "{byte:02x}");
    }
    uid.push_str("@highwater");
    uid
}

fn basic(day: Date) -> String {
    day.to_string().replace('-', "")
}

/// A text as a value.
fn escaped(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    text.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,").replace('\n', "\\n")
}

/// A line, folded between characters where it is too long.
fn fold(file: &mut String, text: &str) {
    let mut octets = 0_usize;
    for letter in text.chars() {
        if octets.saturating_add(letter.len_utf8()) > LINE {
            file.push_str("\r\n ");
            octets = 1;
        }
        file.push(letter);
        octets = octets.saturating_add(letter.len_utf8());
    }
    file.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_line_is_folded_between_characters_within_its_octets() {
        let mut file = String::new();
        fold(&mut file, &"ä".repeat(80));
        for line in file.split("\r\n") {
            assert!(line.len() <= LINE, "{}", line.len());
        }
        assert_eq!(file.replace("\r\n ", ""), format!("{}\r\n", "ä".repeat(80)));
    }

    #[test]
    fn signs_of_the_format_are_escaped_once() {
        assert_eq!(escaped("a\\b;c,d\ne"), "a\\\\b\\;c\\,d\\ne");
    }
}
