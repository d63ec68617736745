//! How cells of a workbook look.

use std::collections::BTreeMap;

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

const INK: Color = Color::RGB(0x1F_31_47);
const HEADER: Color = Color::RGB(0xE4_EB_F3);
const LINE: Color = Color::RGB(0x9D_B2_C9);
const CHANGEABLE: Color = Color::RGB(0x1D_4F_A3);
const UNKNOWN: Color = Color::RGB(0xFB_F3_E0);

/// What a cell looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Look {
    pub(super) kind: LookKind,
    /// Whether a reader may change it.
    pub(super) is_changeable: bool,
    /// Whether it stands in a row that adds up others.
    pub(super) is_total: bool,
}

/// What a cell holds, as far as that can be seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum LookKind {
    Title,
    /// A header, over numbers or not.
    Header(bool),
    Text,
    /// A text of several lines.
    LongText,
    /// A number with so many decimals.
    Number(u32),
    /// Hundredths with so many decimals.
    Percent(u32),
    Year,
    Day,
    Unknown,
}

/// The formats of a workbook, each made once.
#[derive(Default)]
pub(super) struct Looks(BTreeMap<Look, Format>);

impl Looks {
    pub(super) fn format(&mut self, look: Look) -> &Format {
        self.0.entry(look).or_insert_with(|| format(look))
    }
}

impl LookKind {
    /// As nobody may change it, in a row like others.
    pub(super) const fn plain(self) -> Look {
        Look { kind: self, is_changeable: false, is_total: false }
    }
}

fn format(look: Look) -> Format {
    let format = match look.kind {
        LookKind::Title => Format::new().set_bold().set_font_size(13).set_font_color(INK).set_indent(1),
        LookKind::Header(over_numbers) => {
            let header = Format::new().set_bold().set_font_color(INK).set_background_color(HEADER).set_text_wrap();
            let header = header.set_border_bottom(FormatBorder::Thin).set_border_bottom_color(LINE);
            if over_numbers {
                header.set_align(FormatAlign::Right)
            } else {
                header.set_align(FormatAlign::Left).set_indent(1)
            }
        }
        // Away from the number before it.
        LookKind::Text => Format::new().set_align(FormatAlign::Left).set_indent(1),
        LookKind::LongText => Format::new().set_align(FormatAlign::Left).set_indent(1).set_text_wrap(),
        LookKind::Number(decimals) => Format::new().set_num_format(with_decimals("#,##0", decimals, "")),
        LookKind::Percent(decimals) => Format::new().set_num_format(with_decimals("0", decimals, "%")),
        LookKind::Year => Format::new().set_num_format("0"),
        LookKind::Day => Format::new().set_num_format("yyyy\\-mm\\-dd"),
        LookKind::Unknown => Format::new().set_background_color(UNKNOWN),
    };
    let format = if look.is_changeable { format.set_font_color(CHANGEABLE) } else { format };
    if look.is_total {
        return format.set_bold().set_border_top(FormatBorder::Thin).set_border_top_color(LINE);
    }
    format
}

fn with_decimals(whole: &str, decimals: u32, ending: &str) -> String {
    let point = if decimals == 0 { "" } else { "." };
    let decimals = "0".repeat(usize::try_from(decimals).unwrap_or_default());
    format!("{whole}{point}{decimals}{ending}")
}
