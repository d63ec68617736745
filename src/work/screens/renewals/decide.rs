//! Another decision on a line: filled in field by field in its open row, with what it would change, before it is taken.

use std::borrow::Cow;

use crate::edit::command::{Command, apply};
use crate::engine::renewal::{Forecast, MOST_YEARS, RenewalLine};
use crate::model::decision::{DecisionKind, ReinstatementModel};
use crate::model::message::{Argument, Message};
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

/// The fields of one row, by the row's key.
struct RowAnswers<'a> {
    key: &'a str,
    query: &'a ScreenQuery,
}

impl RowAnswers<'_> {
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
}

/// The form: the kind of decision, then what it needs, what it would change, and the button that takes it.
pub(super) fn form(
    line: &RenewalLine,
    key: &str,
    forecast: &Forecast,
    open: OpenWorkspace<'_>,
    query: &ScreenQuery,
) -> Form {
    let row = RowAnswers { key, query };
    let choice = |kind: DecisionKind| (kind.name().to_owned(), Cell::Word(decision_word(kind).into()));
    let none = (String::new(), Cell::Word("page.decide.none".into()));
    let kinds = std::iter::once(none).chain(DecisionKind::ALL.map(choice)).collect();
    let mut fields = vec![row.field("decision", "page.decide.another", FieldInput::Choice(kinds))];
    let kind = DecisionKind::ALL.into_iter().find(|kind| kind.name() == row.answer("decision"));
    let Some(kind) = kind else { return Form { title: None, fields, answer: Vec::new() } };
    fields.extend(needed(kind, &row));
    let scopes = DecisionScope::ALL.map(|scope| (scope.name().to_owned(), Cell::Word(scope.word().into())));
    fields.push(row.field(SCOPE, "page.decide.scope", FieldInput::Choice(scopes.to_vec())));
    fields.push(row.field("reason", "column.reason", FieldInput::Text(60)));
    let scope = DecisionScope::ALL.into_iter().find(|scope| scope.name() == row.answer(SCOPE));
    let answers = DecisionAnswers {
        of: scope.unwrap_or(DecisionScope::Here).of(line),
        answers: FIELDS.iter().map(|field| ((*field).to_owned(), row.answer(field).to_owned())).collect(),
    };
    let setting = Setting::Decide(Box::new(answers));
    let answer = match setting.command("", open.workspace) {
        Err(missing) => vec![missing.message()],
        Ok(command) => {
            let text = Message::new("page.decide.take").with("decision", Message::new(decision_word(kind)));
            fields.push(FormField {
                label: "page.to_do.do_it".into(),
                input: FieldInput::Button(text),
                value: String::new(),
                sets: Sets::Setting(setting),
            });
            changes(line, forecast, command, open)
        }
    };
    Form { title: None, fields, answer }
}

/// What a decision asks for beside its kind.
fn needed(kind: DecisionKind, row: &RowAnswers<'_>) -> Vec<FormField> {
    let mut fields = vec![row.field("date", "page.decide.from", FieldInput::Day)];
    match kind {
        DecisionKind::Renew => {}
        DecisionKind::Reduce => fields.push(row.field("quantity", "page.renewals.reduce_to", FieldInput::Number(12))),
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

/// What a decision would change until the end of the forecast, as expected, against what is decided now.
fn changes(line: &RenewalLine, now: &Forecast, command: Command, open: OpenWorkspace<'_>) -> Vec<Message> {
    let mut decided = open.workspace.clone();
    if apply(&mut decided, command).is_err() {
        return vec![Message::new("page.decide.unknown")];
    }
    let then = open.considered.of(&decided, open.parts, now.on, MOST_YEARS);
    let of_it = |forecast: &Forecast| {
        let sum = forecast.sums.iter().find(|sum| sum.currency == line.key.currency.0);
        sum.map_or((None, 0), |sum| (sum.amount.map(|amount| amount.expected), sum.unknown))
    };
    let ((before, unknown_before), (after, unknown_after)) = (of_it(now), of_it(&then));
    // What is known is compared; how much more is not known is told beside it.
    let known = before.is_some() || after.is_some();
    let less = -before.unwrap_or_default();
    let difference = number::sum(after.unwrap_or_default(), less).filter(|_| known);
    let code = line.key.currency.0.as_ref().map_or("", |currency| currency.code());
    let told = |key, amount| {
        Message::new(key).with("amount", Argument::Money(amount)).with("currency", code).with("day", now.to)
    };
    let changed = match difference {
        None => Message::new("page.decide.unknown"),
        Some(amount) if amount.is_zero() => Message::new("page.decide.same").with("day", now.to),
        Some(amount) if amount.is_sign_negative() => told("page.decide.less", -amount),
        Some(amount) => told("page.decide.more", amount),
    };
    let unknown = unknown_after.saturating_sub(unknown_before);
    let unknown = (unknown > 0).then(|| Message::new("page.renewals.unknown_charges").with("count", unknown));
    std::iter::once(changed).chain(unknown).collect()
}
