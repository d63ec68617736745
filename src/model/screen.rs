//! Which screens the page has: one row each. A new screen is its row here, a file in `work/screens` that answers it with
//! two lines in `work/screens/mod.rs`, and its texts in `screens.json` (CONTRIBUTING.md).

use serde::{Deserialize, Serialize};

/// A group of the menu: screens that answer one kind of question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// What everybody looks at first. It stands on top and needs no heading.
    First,
    /// What the estate needs, and what proves it.
    Needed,
    /// What is entitled.
    Rights,
    /// What it costs.
    Money,
    /// What the others rest on.
    Reference,
}

impl Group {
    /// All of them, in the order of the menu.
    pub const ALL: [Self; 5] = [Self::First, Self::Needed, Self::Rights, Self::Money, Self::Reference];

    /// Key of its heading; `None` where it has none.
    pub const fn heading(self) -> Option<&'static str> {
        match self {
            Self::First => None,
            Self::Needed => Some("page.menu.needed"),
            Self::Rights => Some("page.menu.rights"),
            Self::Money => Some("page.menu.money"),
            Self::Reference => Some("page.menu.reference"),
        }
    }

    /// Its screens, in the order of the menu.
    pub fn screens(self) -> impl Iterator<Item = Screen> {
        Screen::ALL.into_iter().filter(move |screen| screen.group() == Some(self))
    }
}

/// Makes [`Screen`] of rows: `Name, name, group, "drawing";`. `name` is its name in the keys of texts
/// (`page.screen.name.title`) and, with dashes, its part of the address; `group` is where the menu has it, `apart` a
/// screen that the menu does not name. The drawing is the path of its strokes on a square of 20 units.
macro_rules! screens {
    (@group first) => { Some(Group::First) };
    (@group needed) => { Some(Group::Needed) };
    (@group rights) => { Some(Group::Rights) };
    (@group money) => { Some(Group::Money) };
    (@group reference) => { Some(Group::Reference) };
    (@group apart) => { None };
    ($($(#[$doc:meta])* $screen:ident, $name:ident, $group:ident, $drawing:literal;)+) => {
        /// A screen of the page.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum Screen {
            $($(#[$doc])* $screen,)+
        }

        impl Screen {
            /// All of them, in the order of the menu.
            pub const ALL: [Self; [$($drawing),+].len()] = [$(Self::$screen),+];

            /// Its name in the keys of texts.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$screen => stringify!($name),)+
                }
            }

            /// Key of its title.
            pub const fn title(self) -> &'static str {
                match self {
                    $(Self::$screen => concat!("page.screen.", stringify!($name), ".title"),)+
                }
            }

            /// The group in which the menu names it; `None` where it does not.
            pub const fn group(self) -> Option<Group> {
                match self {
                    $(Self::$screen => screens!(@group $group),)+
                }
            }

            /// The path of the strokes of its drawing, on a square of 20 units.
            pub const fn drawing(self) -> &'static str {
                match self {
                    $(Self::$screen => $drawing,)+
                }
            }
        }
    };
}

screens! {
    /// The three doors.
    Start, start, first, "M3 9.5 10 3.5l7 6M5 8.2v8.3h10V8.2M8.500 16.500v-4.500h3v4.500";
    /// What the estate needs.
    Position, position, first, "M3 3v14h14M6.500 14v-4M10.500 14V6.500M14.500 14V9";
    /// What is owned.
    Entitlements, entitlements, rights, "M14.500 10V3h-11v14h6M6.500 7h5M6.500 10h3M14 18.500v-3M14 15.500a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5z";
    /// What components use of bundles and Cloud Paks.
    Bundles, bundles, rights, "M10 2.500 16.500 6v8L10 17.500 3.500 14V6zM3.500 6 10 9.500 16.500 6M10 9.500v8";
    /// Orders, points and levels.
    VolumeLevel, volume_level, rights, "M3 17h3.500v-4H10V9h3.500V5H17";
    /// What renewals will cost.
    Renewals, renewals, money, "M16.500 8A7 7 0 0 0 4 6.500M3.500 3v4h4M3.500 12A7 7 0 0 0 16 13.500M16.500 17v-4h-4";
    /// What is put on a table.
    Reports, reports, money, "M5 3h7l3 3v11H5zM12 3v3h3M7.500 10h5M7.500 13h5";
    /// The rate table.
    Catalogue, catalogue, reference, "M10 5.500C8.500 4.200 6 3.800 3 4v11.500c3-.2 5.500.2 7 1.500 1.500-1.300 4-1.700 7-1.500V4c-3-.2-5.500.2-7 1.500zM10 5.500V17";
    /// The words of the field.
    Glossary, glossary, reference, "M5 3h9.500v14H5.500a1.500 1.500 0 0 1 0-3h9M7.500 6.500h4.500M7.500 9.500h3";
    /// Choices and storage.
    Settings, settings, reference, "M3 6h7M14 6h3M3 14h3M10 14h7M12 4v4M8 12v4";
    /// The rate of one server.
    Rate, rate, apart, "M6 6h8v8H6zM8 3v3M12 3v3M8 14v3M12 14v3M3 8h3M3 12h3M14 8h3M14 12h3";
}

impl Screen {
    /// How many screens the bar at the foot of a narrow page names; its last place opens all of them.
    const PLACES: usize = 4;

    /// The drawing of that last place: three dots.
    pub const ALL_DRAWING: &'static str = "M4.500 10h.1M10 10h.1M15.500 10h.1";

    /// The screens that a narrow page names at its foot: those on top, and the first of each group below.
    pub fn places() -> impl Iterator<Item = Self> {
        let is_place = |group: Group, index| group == Group::First || index == 0;
        let of_group =
            move |group: Group| group.screens().enumerate().filter(move |(index, _)| is_place(group, *index));
        Group::ALL.into_iter().flat_map(of_group).map(|(_, screen)| screen).take(Self::PLACES)
    }

    /// Its part of the address.
    pub fn path(self) -> String {
        self.name().replace('_', "-")
    }

    /// The screen with this part of the address.
    pub fn at(path: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|screen| screen.path() == path)
    }
}
