//! What the page shows of bundles and Cloud Paks, of what comes with them, and of Red Hat's subscriptions.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::OpenWorkspace;
use crate::engine::bundles::{self, BundleUse, ComponentUse};
use crate::engine::open_shift::{self, GrantedCores, Reconciliation};
use crate::engine::red_hat;
use crate::model::assessment::CloudPakUse;
use crate::model::bundle::{BundlePart, BundleTerms, Environment, Rounding};
use crate::model::derivation::Derivation;
use crate::model::flexible::Pool;
use crate::model::issue::Issue;
use crate::model::message::Message;
use crate::model::metric;
use crate::model::open_shift::ClusterCores;
use crate::model::red_hat::{RedHatSubscription, SubscriptionUnit};
use crate::model::workspace::Workspace;
use crate::work::Question;
use crate::work::blocks::{Block, FieldInput, Form, FormField, Section, Sets};
use crate::work::cell::{Cell, CellRow};
use crate::work::setting::Setting;

const COMPONENTS: [(&str, bool); 7] = [
    ("column.component", false),
    ("column.environment", false),
    ("column.metric", false),
    ("column.quantity", true),
    ("page.bundles.ratio", true),
    ("page.bundles.contribution", true),
    ("page.bundles.source", false),
];

const DRAWS: [(&str, bool); 6] = [
    ("column.component", false),
    ("column.metric", false),
    ("column.points", true),
    ("page.owned.needed", true),
    ("page.bundles.draws", true),
    ("page.bundles.room", true),
];

const CORES: [(&str, bool); 6] = [
    ("column.bundle", false),
    ("page.bundles.granted", true),
    ("page.bundles.used", true),
    ("page.bundles.covered", true),
    ("page.bundles.uncovered", true),
    ("page.bundles.unused", true),
];

const HELD: [(&str, bool); 3] = [("column.product", false), ("column.unit", false), ("column.quantity", true)];

/// What the parts of the list and those that ILMT reports use of their bundles, by our ratios; below it the pools of
/// Flexible Bundles, what comes with bundles against clusters, and the ledger of Red Hat.
pub(super) fn show(open: OpenWorkspace<'_>) -> Vec<Block> {
    let OpenWorkspace { workspace, position, .. } = open;
    let Workspace { lists, bundle_terms: terms, .. } = workspace;
    let (uses, mut issues) = uses(workspace, &open.assessment.cloud_paks);
    let mut sections: Vec<Section> = uses.iter().map(bundle).chain(position.pools.iter().map(pool)).collect();
    let lines: Vec<ClusterCores> = lists.clusters.lines().collect();
    let (mut uncovered, reconciled) = (None, !lines.is_empty());
    if reconciled {
        let granted: Vec<GrantedCores> = uses.iter().map(GrantedCores::from).collect();
        let (found, told) = open_shift::reconcile(&granted, &lines);
        issues.extend(told);
        uncovered = found.uncovered();
        sections.push(clusters(&found));
    }
    let lines: Vec<RedHatSubscription> = lists.red_hat.lines().collect();
    if !lines.is_empty() {
        let question = red_hat::RedHatQuery { on: position.on, cores_per_core_pair: terms.cores_per_core_pair };
        let (ledger, told) = red_hat::ledger(&lines, question);
        issues.extend(told);
        let rows = ledger
            .held
            .iter()
            .map(|one| vec![one.product.as_str().into(), Cell::Word(unit(one.unit).into()), one.quantity.into()]);
        let mut section = Section::new("page.list.red_hat", &HELD, rows.collect());
        section.notes.extend(match ledger.balance(uncovered) {
            Some(cores) => Some(sentence("page.bundles.balance", cores)),
            None if reconciled && ledger.open_shift_cores.is_some() => {
                Some(Message::new("page.bundles.balance_unknown"))
            }
            None => None,
        });
        sections.push(section);
    }
    let mut blocks = Vec::new();
    if !sections.is_empty() || !issues.is_empty() {
        blocks.push(Block::Form(terms_form(*terms)));
        blocks.extend(sections.into_iter().map(Block::Table));
        blocks.push(Block::Notes(issues));
        blocks.push(Block::Note(Message::new("page.bundles.fine_print")));
    }
    blocks.push(Block::Lists(Vec::new()));
    blocks
}

/// Where contributions are rounded up, and what a core pair stands for.
fn terms_form(terms: BundleTerms) -> Form {
    let word = |rounding: Rounding| match rounding {
        Rounding::Each => "page.bundles.rounding_each",
        Rounding::Once => "page.bundles.rounding_once",
    };
    let choices = Rounding::ALL.map(|rounding| (rounding.name().to_owned(), Cell::Word(word(rounding).into())));
    let cores = terms.cores_per_core_pair.map(|cores| cores.to_string()).unwrap_or_default();
    let fields = vec![
        FormField {
            label: "page.bundles.rounding".into(),
            input: FieldInput::Choice(choices.to_vec()),
            value: terms.rounding.name().to_owned(),
            sets: Sets::Setting(Setting::Rounding),
        },
        FormField {
            label: "page.bundles.core_pair".into(),
            input: FieldInput::Whole(4),
            value: cores,
            sets: Sets::Setting(Setting::CoresPerCorePair),
        },
    ];
    Form { title: None, fields, answer: Vec::new() }
}

/// How what is used of a bundle comes about: by all of its components, or by the one that is named.
pub(super) fn explain(
    workspace: &Workspace,
    reported: &[CloudPakUse],
    bundle: &str,
    component: &str,
) -> Option<Derivation> {
    let (uses, _) = uses(workspace, reported);
    let one = uses.iter().find(|one| one.title() == bundle)?;
    if component.is_empty() {
        return Some(bundles::explain(one));
    }
    Some(bundles::explain_component(one, one.components.iter().find(|known| name(known) == component)?))
}

/// The parts of the list and those that ILMT reports, by their bundles.
fn uses(workspace: &Workspace, reported: &[CloudPakUse]) -> (Vec<BundleUse>, Vec<Issue>) {
    let listed = workspace.lists.bundle_parts.iter().cloned();
    let parts: Vec<Arc<BundlePart>> = listed.chain(reported.iter().filter_map(part).map(Arc::new)).collect();
    bundles::used_rounded(&parts, workspace.bundle_terms.rounding)
}

/// What tells a component of a bundle from the others.
fn name(one: &ComponentUse) -> String {
    [one.component.as_str(), one.environment.name(), one.metric.as_str()].join("/")
}

/// A component that ILMT reports, as a part of its bundle.
fn part(reported: &CloudPakUse) -> Option<BundlePart> {
    Some(BundlePart {
        file: String::new(),
        line: 0,
        bundle: reported.bundle.clone()?,
        version: String::new(),
        component: reported.product.clone(),
        environment: None,
        metric: Some(reported.metric.clone()).filter(|metric| !metric.is_empty()),
        quantity: reported.quantity.into(),
    })
}

fn bundle(one: &BundleUse) -> Section {
    let title = one.title();
    let mut rows: Vec<CellRow> = one.components.iter().map(|used| component(&title, used)).collect();
    if rows.len() > 1 {
        let asked = Question::Bundle { bundle: title.clone(), component: String::new() };
        let sum = Cell::Figure(one.total.map(Decimal::from), asked);
        let blank = || Cell::Text(String::new());
        let together = Cell::Word("page.bundles.together".into());
        rows.push(vec![together, blank(), blank(), blank(), blank(), sum, blank()]);
    }
    let mut section = Section::new("", &COMPONENTS, rows);
    section.title = Cell::Text(title);
    section.sum = Some(one.total.map_or(Message::new("page.not_known"), |total| {
        Message::new("page.bundles.total").with("total", total).with("unit", one.unit.as_str())
    }));
    section.notes.extend(one.reasons());
    section.notes.extend(one.open_shift.map(|cores| Message::new("page.bundles.open_shift").with("cores", cores)));
    section.notes.extend(one.additional().into_iter().map(|more| {
        let message = match more.quantity {
            Some(quantity) => Message::new("page.bundles.additional").with("quantity", quantity),
            None => Message::new("page.bundles.additional_unknown"),
        };
        message.with("metric", metric::written(&more.row.metric)).with("entitlement", more.row.entitlement.as_str())
    }));
    section
}

fn component(bundle: &str, one: &ComponentUse) -> CellRow {
    let environment = match one.environment {
        Environment::Production => "page.bundles.production",
        Environment::NonProduction => "page.bundles.non_production",
    };
    let asked = Question::Bundle { bundle: bundle.to_owned(), component: name(one) };
    let contribution = Cell::Figure(one.contribution.map(Decimal::from), asked);
    let source = one.conversion.map(|row| format!("{} {}", row.source, row.as_of));
    vec![
        one.component.as_str().into(),
        Cell::Word(environment.into()),
        metric::written(&one.metric).as_str().into(),
        one.quantity.into(),
        one.ratio().map_or(Cell::Unknown, |ratio| Cell::Text(ratio.text())),
        contribution,
        source.map_or(Cell::Unknown, Cell::Source),
    ]
}

/// The pool of a Flexible Bundle: what draws on it, and how much more of each it would still carry.
fn pool(pool: &Pool) -> Section {
    let rows = pool.draws.iter().map(|draw| {
        vec![
            draw.component.as_str().into(),
            metric::written(&draw.metric).as_str().into(),
            known(draw.points),
            known(draw.sub_capacity),
            known(draw.sub_points()),
            known(draw.room.map(Decimal::from)),
        ]
    });
    let mut section = Section::new("", &DRAWS, rows.collect());
    section.title = Cell::Text(pool.bundle.clone());
    let sum = match pool.sub_capacity {
        Some(needed) => Message::new("page.bundles.pool").with("needed", needed),
        None => Message::new("page.bundles.pool_unknown"),
    };
    section.sum = Some(sum.with("entitled", pool.entitled));
    section
}

/// What comes with bundles against the cores of clusters.
fn clusters(found: &Reconciliation) -> Section {
    let rows = found.bundles.iter().map(|one| {
        vec![
            one.bundle.as_str().into(),
            known(one.granted.map(Decimal::from)),
            one.used.into(),
            known(one.covered()),
            known(one.uncovered()),
            known(one.unused()),
        ]
    });
    let mut section = Section::new("page.list.clusters", &CORES, rows.collect());
    section.sum = Some(found.uncovered().map_or(Message::new("page.bundles.needs_unknown"), |cores| {
        sentence("page.bundles.needs_subscriptions", cores)
    }));
    section.notes.push(sentence("page.bundles.other_work", found.other));
    section
}

/// The word for what a subscription counts.
const fn unit(unit: SubscriptionUnit) -> &'static str {
    match unit {
        SubscriptionUnit::Node => "page.unit.node",
        SubscriptionUnit::SocketPair => "page.unit.socket_pair",
        SubscriptionUnit::CorePair => "page.unit.core_pair",
    }
}

/// A number, or that it is not known.
fn known(number: Option<Decimal>) -> Cell {
    number.map_or(Cell::Word("page.not_known".into()), Cell::Number)
}

fn sentence(key: &'static str, cores: Decimal) -> Message {
    Message::new(key).with("cores", cores)
}
