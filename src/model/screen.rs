//! Which screens the page has: one row each. A new screen is its row here, a file in `work/screens` that answers it with
//! two lines in `work/screens/mod.rs`, and its texts in `screens.json` (CONTRIBUTING.md).

use serde::{Deserialize, Serialize};

/// Makes [`Screen`] of rows: `Name, name, menu, "drawing";`. `name` is its name in the keys of texts
/// (`page.screen.name.title`) and, with dashes, its part of the address; `apart` in the place of `menu` is a screen that
/// the menu does not name. The drawing is the path of its strokes on a square of 20 units.
macro_rules! screens {
    (@menu menu) => { true };
    (@menu apart) => { false };
    ($($(#[$doc:meta])* $screen:ident, $name:ident, $menu:ident, $drawing:literal;)+) => {
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

            /// Whether the menu names it.
            pub const fn is_in_menu(self) -> bool {
                match self {
                    $(Self::$screen => screens!(@menu $menu),)+
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
    Start, start, menu, "M3 9.5 10 3.5l7 6M5 8.2v8.3h10V8.2M8.500 16.500v-4.500h3v4.500";
    /// What the estate needs.
    Position, position, menu, "M3 3v14h14M6.500 14v-4M10.500 14V6.500M14.500 14V9";
    /// What is owned.
    Entitlements, entitlements, menu, "M14.500 10V3h-11v14h6M6.500 7h5M6.500 10h3M14 18.500v-3M14 15.500a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5z";
    /// What components use of bundles and Cloud Paks.
    Bundles, bundles, menu, "M10 2.500 16.500 6v8L10 17.500 3.500 14V6zM3.500 6 10 9.500 16.500 6M10 9.500v8";
    /// Orders, points and levels.
    VolumeLevel, volume_level, menu, "M3 17h3.500v-4H10V9h3.500V5H17";
    /// The rate table.
    Catalogue, catalogue, menu, "M10 5.500C8.500 4.200 6 3.800 3 4v11.500c3-.2 5.500.2 7 1.500 1.500-1.300 4-1.700 7-1.500V4c-3-.2-5.500.2-7 1.500zM10 5.500V17";
    /// Choices and storage.
    Settings, settings, menu, "M3 6h7M14 6h3M3 14h3M10 14h7M12 4v4M8 12v4";
    /// The rate of one server.
    Rate, rate, apart, "M6 6h8v8H6zM8 3v3M12 3v3M8 14v3M12 14v3M3 8h3M3 12h3M14 8h3M14 12h3";
}

impl Screen {
    /// Its part of the address.
    pub fn path(self) -> String {
        self.name().replace('_', "-")
    }

    /// The screen with this part of the address.
    pub fn at(path: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|screen| screen.path() == path)
    }
}
