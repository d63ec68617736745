//! The drawings: strokes on a square of 20 units.

use leptos::prelude::*;

use crate::model::screen::Screen;

/// What is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Glyph {
    /// The drawing of a screen.
    Screen(Screen),
    /// An arrow into a tray, from below.
    Upload,
    /// An arrow into a tray.
    Download,
    /// A cross.
    Close,
    /// An arrowhead that points on.
    Onward,
    /// An arrowhead that points down.
    Unfold,
    /// A lens.
    Search,
    /// A tick.
    Tick,
    /// A triangle with an exclamation mark.
    Warning,
    /// A circle with an i.
    Info,
    /// A printer.
    Print,
    /// Two sheets.
    Copy,
    /// A processor.
    Processor,
    /// A padlock.
    Lock,
    /// A bin.
    Delete,
    /// A page with lines.
    File,
    /// A triangle that plays.
    Play,
    /// A plus.
    Add,
    /// Three dots.
    All,
    /// A circle with a question mark.
    Help,
    /// An arrow that turns back.
    Undo,
    /// An arrow that turns on.
    Redo,
}

impl Glyph {
    /// The path of its strokes.
    pub const fn path(self) -> &'static str {
        match self {
            Self::Screen(screen) => screen.drawing(),
            Self::All => Screen::ALL_DRAWING,
            Self::Help => {
                "M10 17.500a7.500 7.500 0 1 0 0-15 7.500 7.500 0 0 0 0 15zM8 8c0-2.500 4-2.500 4 0 0 1.500-2 1.500-2 3.200M10 14v.1"
            }
            Self::Undo => "M7.500 4 3.500 8l4 4M3.500 8h8a5 5 0 0 1 0 10H8",
            Self::Redo => "M12.500 4l4 4-4 4M16.500 8h-8a5 5 0 0 0 0 10H12",
            Self::Upload => "M10 13V3.500M6 7.200l4-3.700 4 3.700M3.500 13v3.500h13V13",
            Self::Download => "M10 3.500V13M6 9.300 10 13l4-3.700M3.500 13v3.500h13V13",
            Self::Close => "M5 5l10 10M15 5 5 15",
            Self::Onward => "M7.500 4.500 13 10l-5.500 5.500",
            Self::Unfold => "M4.500 7.500 10 13l5.500-5.500",
            Self::Search => "M8.700 14a5.300 5.300 0 1 0 0-10.600 5.300 5.300 0 0 0 0 10.600zM12.600 12.600 17 17",
            Self::Tick => "M4 10.500 8.200 15 16 5.500",
            Self::Warning => "M10 3.200 2.500 16.500h15zM10 8.200v4M10 14.300v.1",
            Self::Info => "M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM10 9.200v4.300M10 6.400v.1",
            Self::Print => "M6 7.500V3h8v4.500M6 14H3.500V7.500h13V14H14M6 11.500h8V17H6z",
            Self::Copy => "M7.500 7.500h9v9h-9zM12.500 7.500v-4h-9v9h4",
            Self::Processor => "M6 6h8v8H6zM8 3v3M12 3v3M8 14v3M12 14v3M3 8h3M3 12h3M14 8h3M14 12h3",
            Self::Lock => "M5 9h10v7.500H5zM7 9V6.500a3 3 0 0 1 6 0V9",
            Self::Delete => "M4 6h12M8 6V4h4v2M5.500 6l.8 10.500h7.400L14.500 6M8.500 9v4.500M11.500 9v4.500",
            Self::File => "M5 3h7l3.500 3.500V17H5zM12 3v3.500h3.500M7.500 10h5M7.500 13h5",
            Self::Play => "M6.500 4.500v11l9-5.500z",
            Self::Add => "M10 4v12M4 10h12",
        }
    }

    /// Whether the drawing points along the line of writing, and turns with it.
    pub const fn turns(self) -> bool {
        matches!(self, Self::Onward | Self::Play)
    }
}

/// A drawing beside a word; it says nothing by itself, so screen readers pass it over.
#[component]
pub fn Icon(
    /// What is drawn.
    glyph: Glyph,
) -> impl IntoView {
    view! {
        <svg class="icon" class:turns=glyph.turns() viewBox="0 0 20 20" aria-hidden="true">
            <path d=glyph.path() />
        </svg>
    }
}
