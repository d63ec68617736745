//! Decisions on a line, or on many: filled in field by field with what they would change, before they are taken.

use std::borrow::Cow;

use rust_decimal::Decimal;

use crate::edit::command::{Command, apply};
use crate::engine::renewal::{Forecast, MOST_YEARS, RenewalLine, RenewalStatus};
use crate::import::cell;
use crate::model::decision::{DecisionKind, ReinstatementModel};
use crate::model::message::{Argument, Message};
use crate::model::money::Currency;
use crate::model::number;
use crate::report::forecast::words::decision_word;
use crate::work::blocks::{FieldInput, Form, FormField, Sets};
use crate::work::cell::Cell;
use crate::work::decision_answers::{DecisionAnswers, FIELDS};
use crate::work::screen_query::ScreenQuery;
use crate::work::screens::OpenWorkspace;
use crate::work::setting::{RenewedOf, Setting};

/// The answer that says for how much of the estate it is decided.
const SCOPE: &str = "scope";

/// The answer that says how much of each product at a site is kept, in percent.
const SHARE: &str = "share";

/// For how much of the estate it is decided.
#[derive(Clone, Copy, PartialEq, Eq)]
enum DecisionScope {
    /// This agreement and site.
    Here,
    /// All sites of this agreement.
    Agreement,
    /// All agreements.
    Everywhere,
}

impl DecisionScope {
    const ALL: [Self; 3] = [Self::Here, Self::Agreement, Self::Everywhere];

    const fn name(self) -> &'static str {
        match self {
            Self::Here => "here",
            Self::Agreement => "agreement",
            Self::Everywhere => "everywhere",
        }
    }

    const fn word(self) -> &'static str {
        match self {
            Self::Here => "page.decide.here",
            Self::Agreement => "page.decide.agreement",
            Self::Everywhere => "page.decide.everywhere",
        }
    }

    fn of(self, line: &RenewalLine) -> RenewedOf {
        let key = &line.key;
        let (agreement, site) = match self {
            Self::Here => (key.agreement.clone(), key.site.clone()),
            Self::Agreement => (key.agreement.clone(), String::new()),
            Self::Everywhere => (String::new(), String::new()),
        };
        RenewedOf { agreement, site, product: key.product.clone(), metric: key.metric.clone() }
    }
}

/// The fields of a form, by the key of its row; blank for the form of many lines.
struct FormAnswers<'a> {
    key: &'a str,
    query: &'a ScreenQuery,
}

impl FormAnswers<'_> {
    /// The name of a field among the arguments of the screen.
    fn name(&self, field: &str) -> String {
        format!("{field}/{}", self.key)
    }

    fn answer(&self, field: &str) -> &str {
        self.query.argument(&self.name(field))
    }

    fn field(&self, field: &str, label: &'static str, input: FieldInput) -> FormField {
        FormField {
            label: label.into(),
            input,
            value: self.answer(field).to_owned(),
            sets: Sets::Argument(Cow::Owned(self.name(field))),
        }
    }

    /// The field of the kind of decision.
    fn kind_field(&self, label: &'static str) -> FormField {
        let choice = |kind: DecisionKind| (kind.name().to_owned(), Cell::Word(decision_word(kind).into()));
        let none = (String::new(), Cell::Word("page.decide.none".into()));
        let kinds = std::iter::once(none).chain(DecisionKind::ALL.map(choice)).collect();
        self.field("decision", label, FieldInput::Choice(kinds))
    }

    /// The kind that is chosen; `None` while none is.
    fn kind(&self) -> Option<DecisionKind> {
        DecisionKind::ALL.into_iter().find(|kind| kind.name() == self.answer("decision"))
    }

    /// What is filled in, as a decision on something; blank fields are left out.
    fn decision_on(&self, of: RenewedOf) -> DecisionAnswers {
        let filled = FIELDS.iter().map(|field| ((*field).to_owned(), self.answer(field).to_owned()));
        DecisionAnswers { of, answers: filled.filter(|(_, answer)| !answer.is_empty()).collect() }
    }
}

/// The form of one line: the kind of decision, then what it needs, what it would change, and the button that takes it.
pub(super) fn form(
    line: &RenewalLine,
    key: &str,
    forecast: &Forecast,
    open: OpenWorkspace<'_>,
    query: &ScreenQuery,
) -> Form {
    let row = FormAnswers { key, query };
    let mut fields = vec![row.kind_field("page.decide.another")];
    let Some(kind) = row.kind() else { return Form { title: None, fields, answer: Vec::new() } };
    fields.extend(needed(kind, &row));
    if kind == DecisionKind::Reduce {
        fields.push(row.field("quantity", "page.renewals.reduce_to", FieldInput::Number(12)));
    }
    let scopes = DecisionScope::ALL.map(|scope| (scope.name().to_owned(), Cell::Word(scope.word().into())));
    fields.push(row.field(SCOPE, "page.decide.scope", FieldInput::Choice(scopes.to_vec())));
    fields.push(row.field("reason", "column.reason", FieldInput::Text(60)));
    let scope = DecisionScope::ALL.into_iter().find(|scope| scope.name() == row.answer(SCOPE));
    let decided = vec![row.decision_on(scope.unwrap_or(DecisionScope::Here).of(line))];
    let text = Message::new("page.decide.take").with("decision", Message::new(decision_word(kind)));
    taken(fields, decided, text, forecast, open)
}

/// The form of all lines that are found: one decision on each of them. `None` where fewer than two can be decided on.
pub(super) fn for_many(
    found: &[usize],
    forecast: &Forecast,
    open: OpenWorkspace<'_>,
    query: &ScreenQuery,
) -> Option<Form> {
    let lines = found.iter().filter_map(|place| forecast.lines.get(*place));
    let active: Vec<&RenewalLine> = lines.filter(|line| line.key.status == RenewalStatus::Active).collect();
    if active.len() < 2 {
        return None;
    }
    let form = FormAnswers { key: "", query };
    let mut fields = vec![form.kind_field("page.decide.many")];
    let Some(kind) = form.kind() else { return Some(Form { title: None, fields, answer: Vec::new() }) };
    fields.extend(needed(kind, &form));
    if kind == DecisionKind::Reduce {
        fields.push(form.field(SHARE, "page.decide.share", FieldInput::Number(7)));
    }
    fields.push(form.field("reason", "column.reason", FieldInput::Text(60)));
    let holdings = holdings(&active, forecast);
    let count = holdings.len();
    let share = form.answer(SHARE);
    let decided = holdings.into_iter().map(|(of, units)| {
        let mut decided = form.decision_on(of);
        if kind == DecisionKind::Reduce {
            let kept = share_of(units, share).map(|kept| kept.to_string());
            decided.answers.extend(kept.map(|kept| ("quantity".to_owned(), kept)));
        }
        decided
    });
    let text =
        Message::new("page.decide.take_many").with("decision", Message::new(decision_word(kind))).with("count", count);
    let mut form = taken(fields, decided.collect(), text, forecast, open);
    if kind == DecisionKind::Reduce && share_of(Decimal::ONE, share).is_none() {
        form.answer = vec![Message::new("page.decide.share_missing")];
    }
    Some(form)
}

/// What lines are decided on by: each product in a metric at a site, with the units in force that its decision is the first
/// one for. A decision without a site or an agreement is one for any (semantics of money, 8.1): it stands behind the others.
fn holdings(lines: &[&RenewalLine], forecast: &Forecast) -> Vec<(RenewedOf, Decimal)> {
    let mut holdings: Vec<RenewedOf> = Vec::new();
    for line in lines {
        let of = DecisionScope::Here.of(line);
        if !holdings.contains(&of) {
            holdings.push(of);
        }
    }
    holdings.sort_by_key(|of| [&of.agreement, &of.site].into_iter().filter(|name| name.is_empty()).count());
    let mut left: Vec<&RenewalLine> =
        forecast.lines.iter().filter(|line| line.key.status == RenewalStatus::Active).collect();
    let units = |of: RenewedOf| {
        let matched = left.extract_if(.., |line| of.matches(&line.key));
        let units = matched.fold(Decimal::ZERO, |sum, line| sum.saturating_add(line.renewable.units));
        (of, units)
    };
    holdings.into_iter().map(units).collect()
}

/// So many percent of units, rounded up to a whole number; `None` where the share is none.
fn share_of(units: Decimal, share: &str) -> Option<Decimal> {
    let share = cell::quantity(share).filter(|share| *share <= Decimal::ONE_HUNDRED)?;
    Some(number::product(units, share)?.checked_div(Decimal::ONE_HUNDRED)?.ceil())
}

/// A form with the button that takes its decisions, and what they would change, or what is missing.
fn taken(
    mut fields: Vec<FormField>,
    decided: Vec<DecisionAnswers>,
    text: Message,
    forecast: &Forecast,
    open: OpenWorkspace<'_>,
) -> Form {
    let setting = Setting::Decide(decided);
    let answer = match setting.command("", open.workspace) {
        Err(missing) => vec![missing.message()],
        Ok(command) => changes(forecast, command, open),
    };
    fields.push(FormField {
        label: "page.to_do.do_it".into(),
        input: FieldInput::Button(text),
        value: String::new(),
        sets: Sets::Setting(setting),
    });
    Form { title: None, fields, answer }
}

/// What a decision asks for beside its kind.
fn needed(kind: DecisionKind, row: &FormAnswers<'_>) -> Vec<FormField> {
    let mut fields = vec![row.field("date", "page.decide.from", FieldInput::Day)];
    match kind {
        DecisionKind::Renew | DecisionKind::Reduce => {}
        DecisionKind::Lapse => {
            let models = ReinstatementModel::ALL.map(|model| {
                let word = match model {
                    ReinstatementModel::Again => "page.decide.again",
                    ReinstatementModel::Back => "page.decide.back",
                };
                (model.name().to_owned(), Cell::Word(word.into()))
            });
            fields.push(row.field("until", "column.until", FieldInput::Day));
            fields.push(row.field("model", "column.model", FieldInput::Choice(models.to_vec())));
        }
        DecisionKind::ToSubscription | DecisionKind::ToCommittedTerm | DecisionKind::ToCloudPak => {
            fields.push(row.field("to_part", "column.to_part", FieldInput::Text(12)));
            fields.push(row.field("ratio", "column.ratio", FieldInput::Text(9)));
            fields.push(row.field("quantity", "column.quantity", FieldInput::Number(12)));
            if kind == DecisionKind::ToCommittedTerm {
                fields.push(row.field("term", "column.term", FieldInput::Whole(4)));
            }
        }
    }
    fields
}

/// What decisions would change until the end of the forecast, as expected, against what is decided now: by currency.
fn changes(now: &Forecast, command: Command, open: OpenWorkspace<'_>) -> Vec<Message> {
    let mut decided = open.workspace.clone();
    if apply(&mut decided, command).is_err() {
        return vec![Message::new("page.decide.unknown")];
    }
    let then = open.considered.of(&decided, open.parts, now.on, MOST_YEARS);
    let mut currencies: Vec<Option<&Currency>> =
        now.sums.iter().chain(&then.sums).map(|sum| sum.currency.as_ref()).collect();
    currencies.sort_unstable();
    currencies.dedup();
    let mut told: Vec<Message> = currencies.into_iter().flat_map(|currency| change_in(currency, now, &then)).collect();
    if told.is_empty() {
        let unknown = |forecast: &Forecast| forecast.sums.iter().map(|sum| sum.unknown).sum::<usize>();
        told.push(if decided.lists.decisions == open.workspace.lists.decisions {
            Message::new("page.decide.taken")
        } else if unknown(now) == unknown(&then) {
            Message::new("page.decide.same").with("day", now.to)
        } else {
            Message::new("page.decide.unknown")
        });
    }
    told
}

/// What changes in a currency; nothing where that is nothing.
fn change_in(currency: Option<&Currency>, now: &Forecast, then: &Forecast) -> Vec<Message> {
    let of_it = |forecast: &Forecast| {
        let sum = forecast.sums.iter().find(|sum| sum.currency.as_ref() == currency);
        sum.map_or((None, 0), |sum| (sum.amount.map(|amount| amount.expected), sum.unknown))
    };
    let ((before, unknown_before), (after, unknown_after)) = (of_it(now), of_it(then));
    // What is known is compared; how much more is not known is told beside it.
    let less = -before.unwrap_or_default();
    let code = currency.map_or("", |currency| currency.code());
    let told = |key, amount| {
        Message::new(key).with("amount", Argument::Money(amount)).with("currency", code).with("day", now.to)
    };
    let changed = match (before.or(after), number::sum(after.unwrap_or_default(), less)) {
        (Some(_), Some(amount)) if amount.is_zero() => None,
        (Some(_), Some(amount)) if amount.is_sign_negative() => Some(told("page.decide.less", -amount)),
        (Some(_), Some(amount)) => Some(told("page.decide.more", amount)),
        (Some(_), None) => Some(Message::new("page.decide.unknown")),
        (None, _) => None,
    };
    let unknown = unknown_after.saturating_sub(unknown_before);
    let unknown = (unknown > 0).then(|| Message::new("page.renewals.unknown_charges").with("count", unknown));
    changed.into_iter().chain(unknown).collect()
}
