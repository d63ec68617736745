//! What published example prices are, and the way to have them or not.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::model::message::Message;
use crate::model::price::Price;
use crate::rules::published_prices;
use crate::work::blocks::{Block, FieldInput, Form, FormField, Sets};
use crate::work::example_prices::{ADD, REMOVE};
use crate::work::setting::Setting;

/// What they are, and the button that adds them, or takes those out that are there.
pub(super) fn block(prices: &[Arc<Price>]) -> Block {
    let there = prices.iter().filter(|price| price.is_example()).count();
    let parts: BTreeSet<&str> = published_prices::all().iter().map(|price| price.part_number.as_str()).collect();
    let text = Message::new("page.example_prices.text").with("count", published_prices::all().len());
    let text = text.with("parts", parts.len().to_string());
    let (button, value, answer) = if there == 0 {
        ("page.example_prices.add", ADD, vec![text])
    } else {
        let there = Message::new("page.example_prices.there").with("count", there);
        ("page.example_prices.remove", REMOVE, vec![there, text])
    };
    // A page keeps the field of a label as it is: the other button is another field.
    let field = FormField {
        label: button.into(),
        input: FieldInput::Button(Message::new(button)),
        value: value.to_owned(),
        sets: Sets::Setting(Setting::ExamplePrices),
    };
    Block::Form(Form { title: Some("page.example_prices.title".into()), fields: vec![field], answer })
}
