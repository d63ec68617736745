//! The figures and the fields of the screen.

use super::{AGREEMENT, LevelStep, POINTS, VolumeView, WhatIf};
use crate::model::message::Message;
use crate::model::order::{Customer, PriceTerms};
use crate::work::blocks::{FieldInput, Form, FormField, Sets, Tile, Tiles};
use crate::work::cell::Cell;
use crate::work::setting::Setting;

/// The choice of an agreement, where several have ordered.
pub(super) fn agreement(seen: &VolumeView) -> Form {
    let word = |number: &String| {
        let word = if number.is_empty() { Cell::Word("page.volume.of_none".into()) } else { number.as_str().into() };
        (number.clone(), word)
    };
    let field = FormField {
        label: "page.volume.agreement".into(),
        input: FieldInput::Choice(seen.agreements.iter().map(word).collect()),
        value: seen.agreement.clone(),
        sets: Sets::Argument(AGREEMENT.into()),
    };
    Form { title: None, fields: vec![field], answer: Vec::new() }
}

/// The level in force, the points of the term, and the level after the anniversary.
pub(super) fn tiles(seen: &VolumeView) -> Tiles {
    let next = next(seen.next.as_ref());
    let on = seen.anniversary.map_or_else(
        || Message::new("page.volume.no_anniversary"),
        |day| Message::new("page.volume.on").with("day", day),
    );
    let tile = |title: &'static str, amount: Cell, text: Message| Tile {
        title: title.into(),
        amount,
        unit: "".into(),
        question: seen.term.clone(),
        texts: vec![text],
        screen: None,
    };
    let reset = seen.at_reset.as_deref().map_or(Cell::Unknown, Cell::from);
    let tiles = vec![
        tile("page.volume.level", seen.level.as_str().into(), Message::new("page.volume.level_text")),
        tile("page.volume.term_points", seen.points.into(), next),
        tile("page.volume.at_anniversary", reset, on),
    ];
    Tiles { label: "page.volume.meter".into(), tiles }
}

/// What is missing to the next level.
pub(super) fn next(next: Option<&LevelStep>) -> Message {
    next.map_or_else(
        || Message::new("page.volume.no_next"),
        |next| Message::new("page.volume.to_next").with("points", next.points).with("level", next.level.as_str()),
    )
}

/// Whose prices, and from which anniversary.
pub(super) fn price_terms(terms: PriceTerms) -> Form {
    let word = |customer: Customer| match customer {
        Customer::Commercial => "page.volume.commercial",
        Customer::Express => "page.volume.express",
        Customer::Government => "page.volume.government",
        Customer::Academic => "page.volume.academic",
    };
    let choices = Customer::ALL.map(|customer| (customer.name().to_owned(), Cell::Word(word(customer).into())));
    let fields = vec![
        FormField {
            label: "page.volume.customer".into(),
            input: FieldInput::Choice(choices.to_vec()),
            value: terms.customer.name().to_owned(),
            sets: Sets::Setting(Setting::Customer),
        },
        FormField {
            label: "page.volume.anniversary".into(),
            input: FieldInput::Day,
            value: terms.anniversary.map(|day| day.to_string()).unwrap_or_default(),
            sets: Sets::Setting(Setting::Anniversary),
        },
    ];
    Form { title: None, fields, answer: Vec::new() }
}

/// The points of one more order, as typed, and what it would do.
pub(super) fn next_order(typed: &str, what_if: Option<&WhatIf>) -> Form {
    let field = FormField {
        label: "page.volume.next_points".into(),
        input: FieldInput::Number(14),
        value: typed.to_owned(),
        sets: Sets::Argument(POINTS.into()),
    };
    let said = |answer: &WhatIf| {
        ["page.volume.priced", "page.volume.then", "page.volume.reset_then"].map(|key| {
            let sentence = Message::new(key)
                .with("applied", answer.applied.as_str())
                .with("svp", answer.svp.as_str())
                .with("rsvp", answer.rsvp.as_str())
                .with("level", answer.level.as_str())
                .with("at_reset", answer.at_reset.as_str());
            match answer.until {
                Some(day) => sentence.with("until", day),
                None => sentence.with("until", "–"),
            }
        })
    };
    let answer = what_if.map(said).into_iter().flatten().collect();
    Form { title: Some("page.volume.next_order".into()), fields: vec![field], answer }
}
