//! An xlsx workbook: its parts are looked at while they are inflated, and calamine reads those that matter, cell by cell.

use std::fmt::Write;
use std::io::Cursor;

use calamine::{DataRef, Reader, Xlsx};
use litemap::LiteMap;

use super::archive::Archive;
use super::cells::{self, Filling, Named, ShownCell};
use super::markup::{Markup, Met, Tag, resolved};
use super::number::Epoch;
use super::pack::Pack;
use super::part::MarkupPart;
use super::{NamedSheet, unreadable};
use crate::import::cell::UNCALCULATED;
use crate::import::sheet::Sheet;
use crate::import::sniff::extension_of;
use crate::import::{Limits, Watch};
use crate::model::issue::{Issue, Severity};

/// The most relationships of a workbook to its parts and to other files.
const MOST_LINKS: usize = 10_000;

/// The most bytes of a part that is kept while the others are looked at.
const MOST_KEPT: usize = 16 << 20;

/// The part that names the sheets, where every spreadsheet puts it.
pub(super) const WORKBOOK: &str = "xl/workbook.xml";

/// The part that says where the parts are that the workbook names.
const LINKS: &str = "xl/_rels/workbook.xml.rels";

/// What the archive for the library begins with: the workbook is where it always is.
const ROOT: &str = "<Relationships><Relationship Id=\"w\" Type=\"x/relationships/officeDocument\" \
    Target=\"xl/workbook.xml\"/></Relationships>";

/// A part that the workbook names.
pub(super) struct Link {
    /// What it is: `worksheet`, `styles`.
    pub(super) kind: String,
    /// Its name in the archive.
    pub(super) part: String,
}

/// A sheet that the workbook names.
struct ListedSheet {
    named: Named,
    part: String,
}

/// Opens a workbook.
pub(super) fn open(
    archive: &mut Archive<'_>,
    limits: &Limits,
    watch: &mut dyn Watch,
) -> Result<Vec<NamedSheet>, Issue> {
    let mut looked: LiteMap<usize, Result<MarkupPart, Issue>> = LiteMap::new();
    let (mut workbook, mut links) = (Vec::new(), Vec::new());
    archive.read(limits, watch, is_embedded, &mut |place, name, piece| {
        if name.eq_ignore_ascii_case(WORKBOOK) {
            keep(&mut workbook, piece)?;
        } else if name.eq_ignore_ascii_case(LINKS) {
            keep(&mut links, piece)?;
        } else if extension_of(name).as_deref() == Some("xml") {
            let part = looked.entry(place).or_insert_with(|| Ok(MarkupPart::default()));
            if let Ok(sound) = part
                && let Err(issue) = sound.take(piece, limits)
            {
                *part = Err(issue);
            }
        }
        Ok(())
    })?;
    let links = self::links(&links, limits)?;
    let (listed, epoch) = worksheets(&workbook, &links, limits)?;
    let mut sound = |part: &str, root: &str, archive: &Archive<'_>| -> Result<usize, Issue> {
        let place = archive.find(part).ok_or_else(unreadable)?;
        match looked.remove(&place) {
            Some(Ok(part)) => part.finish(root).map(|()| place),
            Some(Err(issue)) => Err(issue),
            None => Err(unreadable()),
        }
    };
    let mut pack = Pack::new();
    pack.write("_rels/.rels", ROOT.as_bytes())?;
    for (kind, root, name) in
        [("sharedStrings", "sst", "xl/sharedStrings.xml"), ("styles", "styleSheet", "xl/styles.xml")]
    {
        if let Some(link) = links.values().find(|link| link.kind == kind) {
            let place = sound(&link.part, root, archive)?;
            pack.copy(archive, place, name)?;
        }
    }
    let date1904 = if epoch == Epoch::Year1904 { "<workbookPr date1904=\"1\"/>" } else { "" };
    let (mut book, mut targets) = (format!("<workbook>{date1904}<sheets>"), "<Relationships>".to_owned());
    let mut parts = Vec::new();
    let mut named = Vec::new();
    for (place, listed) in listed.into_iter().enumerate() {
        let part = sound(&listed.part, "worksheet", archive);
        if let Ok(part) = part {
            pack.copy(archive, part, &format!("xl/{place}.xml"))?;
            // Writing to a text cannot fail.
            let _ = write!(book, "<sheet name=\"{place}\" id=\"{place}\"/>");
            let _ = write!(targets, "<Relationship Id=\"{place}\" Type=\"x/worksheet\" Target=\"{place}.xml\"/>");
        }
        parts.push(part);
        named.push(listed.named);
    }
    pack.write(WORKBOOK, format!("{book}</sheets></workbook>").as_bytes())?;
    pack.write(LINKS, format!("{targets}</Relationships>").as_bytes())?;
    let mut library = Xlsx::new(pack.finish()?).map_err(|_| unreadable())?;
    cells::each(named, limits, watch, &mut |place, filling| match parts.get(place) {
        Some(Ok(_)) => read(&mut library, &place.to_string(), epoch, filling),
        Some(Err(issue)) => Err(issue.clone()),
        None => Err(unreadable()),
    })
}

/// Reads the cells of a sheet.
fn read(
    library: &mut Xlsx<Cursor<Vec<u8>>>,
    name: &str,
    epoch: Epoch,
    mut filling: Filling<'_>,
) -> Result<Sheet, Issue> {
    let mut reader = library.worksheet_cells_reader(name).map_err(|_| unreadable())?;
    while let Some(cell) = reader.next_cell_with_formula_metadata().map_err(|_| unreadable())? {
        let (row, column) = cell.pos;
        // A program that does not calculate keeps no value: that is not nothing.
        if cell.formula.is_some() && cell.value == DataRef::Empty {
            filling.put(row, column, &ShownCell::text(UNCALCULATED))?;
        } else {
            filling.put(row, column, &cells::shown(&cell.value, epoch))?;
        }
    }
    filling.finish()
}

/// Documents and pictures that a person put into the workbook. They are never opened, so they may be archives.
pub(super) fn is_embedded(name: &str) -> bool {
    name.starts_with("xl/embeddings/") || name.starts_with("xl/media/")
}

/// Keeps the next piece of a part.
pub(super) fn keep(kept: &mut Vec<u8>, piece: &[u8]) -> Result<(), Issue> {
    kept.extend_from_slice(piece);
    if kept.len() > MOST_KEPT { Err(Issue::new(Severity::Error, "table_too_large")) } else { Ok(()) }
}

/// Goes through the tags of a part that is kept, which must have this root.
fn tags(
    part: &[u8],
    root: &str,
    limits: &Limits,
    take: &mut dyn FnMut(Tag<'_>) -> Result<(), Issue>,
) -> Result<(), Issue> {
    let mut markup = Markup::default();
    markup.take(part, limits, &mut |met| match met {
        Met::Open(tag) if tag.depth == 0 => (tag.local() == root).then_some(()).ok_or_else(unreadable),
        Met::Open(tag) => take(tag),
        Met::Close(_) | Met::Text(_) | Met::Other => Ok(()),
    })?;
    markup.finish()
}

/// The parts that the workbook names, by the names that it gives them.
pub(super) fn links(part: &[u8], limits: &Limits) -> Result<LiteMap<String, Link>, Issue> {
    let mut links = LiteMap::new();
    tags(part, "Relationships", limits, &mut |tag| {
        let is_external = tag.attribute("TargetMode")?.is_some_and(|mode| mode == "External");
        let place = (tag.attribute("Id")?, tag.attribute("Type")?, tag.attribute("Target")?);
        if let (Some(id), Some(kind), Some(target), false) = (place.0, place.1, place.2, is_external) {
            let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
            links.insert(resolved(id)?.into_owned(), Link { kind, part: part_name(&resolved(target)?) });
        }
        if links.len() > MOST_LINKS { Err(unreadable()) } else { Ok(()) }
    })?;
    Ok(links)
}

/// The name in the archive of what the workbook calls by a path from its own folder, or from the root.
fn part_name(target: &str) -> String {
    let target = target.replace('\\', "/");
    let mut folders = if target.starts_with('/') { Vec::new() } else { vec!["xl"] };
    for folder in target.split('/') {
        match folder {
            "" | "." => {}
            ".." => drop(folders.pop()),
            _ => folders.push(folder),
        }
    }
    folders.join("/")
}

/// The sheets that have cells (a chart may have a sheet of its own), each with its name and part, and how the workbook
/// counts days.
fn worksheets(part: &[u8], links: &LiteMap<String, Link>, limits: &Limits) -> Result<(Vec<ListedSheet>, Epoch), Issue> {
    let mut sheets = Vec::new();
    let mut epoch = Epoch::Year1900;
    let mut read = |tag: Tag<'_>| {
        if tag.local() == "workbookPr" && tag.depth == 1 {
            if tag.attribute("date1904")?.is_some_and(|value| value == "1" || value == "true") {
                epoch = Epoch::Year1904;
            }
        } else if tag.local() == "sheet" && tag.depth == 2 {
            let link = relationship(tag)?.and_then(|id| links.get(&id));
            // Of the sheets behind the first one, those that lead nowhere are passed over.
            let link = if sheets.is_empty() { Some(link.ok_or_else(unreadable)?) } else { link };
            if let Some(link) = link.filter(|link| link.kind == "worksheet") {
                let name = resolved(tag.attribute("name")?.unwrap_or_default())?.into_owned();
                let hidden = tag.attribute("state")?.is_some_and(|state| state != "visible");
                sheets.push(ListedSheet { named: Named { name, hidden }, part: link.part.clone() });
            }
        }
        Ok(())
    };
    tags(part, "workbook", limits, &mut read)?;
    if sheets.is_empty() || sheets.len() > MOST_LINKS { Err(unreadable()) } else { Ok((sheets, epoch)) }
}

/// The value of the attribute `id` that has a prefix, whichever: it names a relationship.
fn relationship(tag: Tag<'_>) -> Result<Option<String>, Issue> {
    let mut found = None;
    tag.each(&mut |key, value| {
        if key.split_once(':').is_some_and(|(_, local)| local == "id") {
            found = Some(resolved(value)?.into_owned());
        }
        Ok(())
    })?;
    Ok(found)
}
