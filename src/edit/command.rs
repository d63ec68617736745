//! The changes a workspace knows.

use serde::{Deserialize, Serialize};

use crate::model::workspace::{PeriodChoice, RoundingPlace, SourceFile, Workspace};

/// One change, with all it needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// Call the workspace this.
    Rename(String),
    /// Rest on these files too; one that is there already is not added twice.
    AddSources(Vec<SourceFile>),
    /// Put this file in the place of the one with that SHA-256.
    ReplaceSource {
        /// SHA-256 of the file that goes.
        old: String,
        /// The file that comes.
        new: SourceFile,
    },
    /// No longer rest on the file with this SHA-256.
    RemoveSource(String),
    /// Assess this period.
    SetPeriod(PeriodChoice),
    /// Round fractions here.
    SetRounding(RoundingPlace),
}

/// Why a command was not carried out. The workspace is as it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Rejected {
    /// A name is blank.
    #[error("a workspace needs a name")]
    BlankName,
    /// The period would end before it begins.
    #[error("the period ends before it begins")]
    EmptyPeriod,
    /// No source has this SHA-256.
    #[error("the workspace has no such file")]
    NoSuchSource,
}

/// Carries out a command, wholly or not at all.
///
/// # Errors
/// When the command does not fit the workspace; nothing has changed then.
pub fn apply(workspace: &mut Workspace, command: Command) -> Result<(), Rejected> {
    match command {
        Command::Rename(name) => {
            let name = name.trim();
            if name.is_empty() {
                return Err(Rejected::BlankName);
            }
            name.clone_into(&mut workspace.name);
        }
        Command::AddSources(sources) => {
            for source in sources {
                if workspace.sources.iter().all(|known| known.sha256 != source.sha256) {
                    workspace.sources.push(source);
                }
            }
        }
        Command::ReplaceSource { old, new } => {
            let place = workspace.sources.iter_mut().find(|source| source.sha256 == old);
            *place.ok_or(Rejected::NoSuchSource)? = new;
        }
        Command::RemoveSource(sha256) => {
            let before = workspace.sources.len();
            workspace.sources.retain(|source| source.sha256 != sha256);
            if workspace.sources.len() == before {
                return Err(Rejected::NoSuchSource);
            }
        }
        Command::SetPeriod(period) => {
            if let PeriodChoice { from: Some(from), to: Some(to) } = period
                && from > to
            {
                return Err(Rejected::EmptyPeriod);
            }
            workspace.period = period;
        }
        Command::SetRounding(rounding) => workspace.rounding = rounding,
    }
    Ok(())
}
