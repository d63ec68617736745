//! What the worker answers of a screen: one file each. A screen that is not here is drawn by a file of its own below
//! `ui/pages`.

mod agreements;
mod bundles;
pub(super) mod catalogue;
mod entitlements;
mod overview;
mod position;
pub(super) mod renewals;
pub(super) mod reports;
mod use_of_rights;
mod volume_level;

pub(super) use position::summary;

use super::blocks::Block;
use super::computed::Computed;
use super::forecasts::Forecasts;
use super::screen_query::ScreenQuery;
use super::table::Subject;
use crate::engine::allocation::Allocated;
use crate::engine::renewal::{self, RenewalQuery};
use crate::model::assessment::Assessment;
use crate::model::derivation::Derivation;
use crate::model::position::Position;
use crate::model::screen::Screen;
use crate::model::workspace::Workspace;
use crate::rules::parts::Parts;
use crate::work::Question;

/// What screens are made of: the open workspace, and what it amounts to.
#[derive(Clone, Copy)]
pub struct OpenWorkspace<'a> {
    /// The workspace.
    pub workspace: &'a Workspace,
    /// What the engine answers.
    pub assessment: &'a Assessment,
    /// What is entitled less what is needed.
    pub position: &'a Position,
    /// What is held of the allocations.
    pub allocated: &'a Allocated,
    /// What renewals cost, as it was asked for last.
    pub forecasts: &'a Forecasts,
    /// What they would cost by a decision that is being filled in.
    pub considered: &'a Forecasts,
    /// What is known of part numbers.
    pub parts: &'a Parts,
}

/// The blocks of a screen; none while there is nothing to show but its lists.
pub fn show(open: OpenWorkspace<'_>, query: &ScreenQuery) -> Vec<Block> {
    match query.screen {
        Screen::Entitlements => entitlements::show(open, query),
        Screen::Bundles => bundles::show(open),
        Screen::VolumeLevel => volume_level::show(open, query),
        Screen::Position => position::show(open, query),
        Screen::Start => overview::show(open, query),
        Screen::Renewals => renewals::show(open, query),
        Screen::Reports => reports::show(open, query),
        Screen::Catalogue => catalogue::show(open, query),
        Screen::Rate | Screen::Glossary | Screen::Settings => Vec::new(),
    }
}

/// A table that is calculated from the lists; empty where the subject is none.
pub fn table(open: OpenWorkspace<'_>, subject: Subject) -> Computed {
    let lists = &open.workspace.lists;
    match subject {
        Subject::List(_) | Subject::Preview => Computed::default(),
        Subject::Agreements { today } => agreements::view(lists, open.workspace.price_terms, today),
        Subject::Use => use_of_rights::view(&lists.entitlements, open.position, open.allocated),
        Subject::BySite => use_of_rights::by_site(&lists.entitlements, open.position),
    }
}

/// How a number of a screen comes about; `None` when there is no such number, or the question is of no screen here.
pub fn explain(open: OpenWorkspace<'_>, question: &Question) -> Option<Derivation> {
    let Workspace { lists, price_terms, .. } = open.workspace;
    match question {
        Question::Bundle { bundle, component } => {
            bundles::explain(open.workspace, &open.assessment.cloud_paks, bundle, component)
        }
        Question::Term { agreement, start, on } => volume_level::explain(lists, *price_terms, agreement, *start, *on),
        Question::Renewal { figure, bound, on, years } => {
            let query = RenewalQuery { lists, terms: *price_terms, parts: open.parts, on: *on, years: *years };
            renewal::explain(query, &open.forecasts.of(open.workspace, open.parts, *on, *years), figure, *bound)
        }
        Question::Finding { key, on } => overview::explain(open, key, *on),
        Question::Product { .. } | Question::Reported { .. } => None,
    }
}
