//! A long text in several parts at once, where there are processors for it.

use std::thread;

use super::header::Header;
use super::record::{CellRecords, QuotedRecords, UnquotedRecords};
use super::rows::RowReader;
use super::taken::RowsTaken;
use super::unreadable;
use crate::import::{Unwatched, Watch};
use crate::model::issue::Issue;

/// A shorter text is not worth the threads.
const LONG: usize = 4 << 20;

/// Reads the rows of a text, which begin at the byte `body`.
pub(super) fn read(
    header: &Header<'_>,
    text: &str,
    body: usize,
    delimiter: u8,
    watch: &mut dyn Watch,
) -> Result<RowsTaken, Issue> {
    let parts = split(text, body, header.threads());
    if parts.len() > 1
        && let Some(taken) = at_once(header, text, &parts, delimiter)
    {
        watch.progress(1, 1);
        return Ok(taken);
    }
    let taken = part(header, text, (body, text.len()), delimiter, watch)?;
    watch.progress(1, 1);
    Ok(taken)
}

/// All parts, in their order; none when one of them cannot be read: reading in one go then finds the first fault.
fn at_once(header: &Header<'_>, text: &str, parts: &[(usize, usize)], delimiter: u8) -> Option<RowsTaken> {
    let parts: Vec<Option<RowsTaken>> = thread::scope(|scope| {
        let read =
            |&bounds: &(usize, usize)| scope.spawn(move || part(header, text, bounds, delimiter, &mut Unwatched).ok());
        let running: Vec<_> = parts.iter().map(read).collect();
        running.into_iter().map(|part| part.join().ok().flatten()).collect()
    });
    let mut taken = RowsTaken::default();
    for part in parts {
        taken.extend(part?);
    }
    (taken.records <= header.most_rows()).then_some(taken)
}

/// Reads the rows between two bytes.
fn part(
    header: &Header<'_>,
    text: &str,
    (start, end): (usize, usize),
    delimiter: u8,
    watch: &mut dyn Watch,
) -> Result<RowsTaken, Issue> {
    let (before, part) = (text.get(..start).unwrap_or_default(), text.get(start..end).unwrap_or_default());
    let lines_before = memchr::memchr_iter(b'\n', before.as_bytes()).count();
    let lines_before = u32::try_from(lines_before).unwrap_or(u32::MAX);
    let mut reader = RowReader::new(header);
    let total = u64::try_from(part.len()).unwrap_or(u64::MAX);
    let mut records: Box<dyn CellRecords + '_> = if is_quoted(part) {
        Box::new(QuotedRecords::of(part, delimiter, lines_before))
    } else {
        Box::new(UnquotedRecords::of(part, delimiter, lines_before))
    };
    loop {
        reader.watch(records.position(), total, watch)?;
        let next = records.next().map_err(|error| unreadable(header.file, &error))?;
        let Some((line, record)) = next else { break };
        reader.row(line, "", record)?;
    }
    Ok(reader.finish())
}

/// Where to cut a text, each part ending with a line. Within quotes a line may end that is no row's end, and one lone
/// quote is enough to lose count of them, so a text with any is not cut.
fn split(text: &str, body: usize, parts: usize) -> Vec<(usize, usize)> {
    let whole = vec![(body, text.len())];
    let rest = text.get(body..).unwrap_or_default();
    if parts < 2 || rest.len() < LONG || is_quoted(rest) {
        return whole;
    }
    let mut cuts = vec![body];
    for part in 1..parts {
        let about = body.saturating_add((rest.len() / parts).saturating_mul(part));
        let line_end = text.as_bytes().get(about..).and_then(|after| memchr::memchr(b'\n', after));
        cuts.extend(line_end.map(|end| about.saturating_add(end).saturating_add(1)));
    }
    cuts.push(text.len());
    cuts.dedup();
    cuts.windows(2).filter_map(|pair| Some((*pair.first()?, *pair.get(1)?))).collect()
}

/// Whether there is any quote in a text.
fn is_quoted(text: &str) -> bool {
    memchr::memchr(b'"', text.as_bytes()).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::Limits;
    use crate::model::estate::Estate;

    /// A text long enough to be cut, with a row to be left out near its end.
    fn long_text() -> String {
        let mut text = String::from("server,product,metric,technology\n");
        let rows =
            (0..120_000).map(|row| format!("server-{:05},Product Müller {},PVU,none\n\n", row % 7_001, row % 13));
        text.extend(rows);
        text.push_str(",no server,PVU,none\n");
        text
    }

    #[test]
    fn parts_together_are_the_whole() {
        let text = long_text();
        let columns: Vec<String> = ["server", "product", "metric", "technology"].map(str::to_owned).to_vec();
        let body = text.find('\n').unwrap() + 1;
        let mut estates = [1, 2, 3, 5].map(|count| {
            let mut estate = Estate::default();
            let header = Header::read(&estate, "long.csv", &columns, 1, &Limits::PAGE).unwrap();
            let parts = split(&text, body, count);
            assert_eq!(parts.len(), count);
            let taken = at_once(&header, &text, &parts, b',').unwrap();
            header.into_estate(taken, &mut estate);
            estate
        });
        let (one, several) = estates.split_first_mut().unwrap();
        assert_eq!((one.rows.len(), one.issues.len()), (120_000, 1));
        for other in several {
            assert_eq!(one.rows, other.rows);
            assert_eq!(one.issues, other.issues);
            assert!(one.names.iter().eq(other.names.iter()));
        }
    }

    #[test]
    fn a_text_with_quotes_is_read_in_one_go() {
        let text = long_text().replacen("Müller", "\"", 1);
        assert_eq!(split(&text, 34, 4), [(34, text.len())]);
    }
}
