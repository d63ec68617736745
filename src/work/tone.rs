//! How something stands: the word beside it says it, a drawing and a colour only help.

use serde::{Deserialize, Serialize};

/// How something stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Tone {
    /// Neither good nor bad.
    #[default]
    Plain,
    /// As it should be.
    Good,
    /// Somebody should look at it.
    Warn,
    /// Wrong.
    Bad,
}
