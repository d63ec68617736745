//! Drawings of the worker as SVG. There is no `viewBox`: everything is placed in per cent, so that shapes follow the room
//! there is while words and strokes keep their size, without measuring and without a style of its own.

use std::fmt::Write;

use crate::model::message::Message;
use crate::ui::markup::{self, escaped};
use crate::ui::words::say;
use crate::work::cell::Cell;
use crate::work::drawing::{Chart, Drawing, Ink, Shape, Share};

/// The hatches that shapes are filled with; once in a page.
pub const HATCHES: &str = "<svg class=\"sprite\" aria-hidden=\"true\"><defs>\
    <pattern id=\"hatch-bad\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\">\
    <rect width=\"6\" height=\"6\" class=\"p-bad-ground\"/><line class=\"p-bad\" x1=\"1\" x2=\"1\" y1=\"0\" y2=\"6\"/></pattern>\
    <pattern id=\"hatch-ink\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\">\
    <line class=\"p-ink\" x1=\"1\" x2=\"1\" y1=\"0\" y2=\"6\"/></pattern></defs></svg>";

/// A drawing without axes.
pub fn drawing(class: &str, drawing: &Drawing) -> String {
    let Drawing { finding, height, shapes } = drawing;
    let label = escaped(&say(finding));
    let shapes: String = shapes.iter().map(shape).collect();
    format!("<svg class=\"{class}\" height=\"{height}\" role=\"img\" aria-label=\"{label}\">{shapes}</svg>")
}

/// A drawing with its axes, its title and its legend.
pub fn chart(chart: &Chart) -> String {
    let height = chart.drawing.height;
    let amount = |(at, cell): &(Share, Cell)| label("far", [Share::WHOLE, *at], "0.35em", &markup::plain(cell));
    let amounts: String = chart.left.iter().map(amount).collect();
    // Every other day gives way where there is no room.
    let day = |(index, (at, cell)): (usize, &(Share, Cell))| {
        let side = if at.0 < 500 { "" } else { "mid" };
        let class = format!("{side} {}", if index % 2 == 0 { "" } else { "roomy" });
        label(&class, [*at, Share(0)], "1.3em", &markup::plain(cell))
    };
    let days: String = chart.below.iter().enumerate().map(day).collect();
    let sign = |(ink, text): &(Ink, Message)| format!("<li>{}<span>{}</span></li>", sign(*ink), escaped(&say(text)));
    let legend: String = chart.legend.iter().map(sign).collect();
    let note = chart.note.as_ref().map(|note| format!("<p class=\"note\">{}</p>", escaped(&say(note))));
    format!(
        "<figure class=\"chart{}\"><figcaption>{}</figcaption><div class=\"plot\">\
        <svg class=\"y\" height=\"{height}\" aria-hidden=\"true\">{amounts}</svg>{}\
        <svg class=\"x\" height=\"20\" aria-hidden=\"true\">{days}</svg></div><ul class=\"signs\">{legend}</ul>{}</figure>",
        if chart.left.is_empty() { " across" } else { "" },
        escaped(&say(&chart.title)),
        drawing("frame", &chart.drawing),
        note.unwrap_or_default(),
    )
}

/// What a shape looks like, in a legend.
fn sign(ink: Ink) -> String {
    let shape = match ink {
        Ink::Area | Ink::First | Ink::Second | Ink::Third | Ink::Fourth | Ink::Short | Ink::Unknown => {
            format!("<rect class=\"{}\" width=\"20\" height=\"10\"/>", class(ink))
        }
        Ink::Peak | Ink::PeakShort => format!("<circle class=\"{}\" cx=\"10\" cy=\"5\" r=\"4\"/>", class(ink)),
        Ink::Grid | Ink::Axis | Ink::Mark | Ink::Entitled | Ink::Full | Ink::Threshold => {
            format!("<line class=\"{}\" x1=\"0\" x2=\"20\" y1=\"5\" y2=\"5\"/>", class(ink))
        }
    };
    format!("<svg width=\"20\" height=\"10\" aria-hidden=\"true\">{shape}</svg>")
}

fn shape(shape: &Shape) -> String {
    match shape {
        Shape::Area(ink, [x, y, width, height]) => {
            format!("<rect class=\"{}\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"/>", class(*ink))
        }
        Shape::Line(ink, [x1, x2, y1, y2]) => {
            format!("<line class=\"{}\" x1=\"{x1}\" x2=\"{x2}\" y1=\"{y1}\" y2=\"{y2}\"/>", class(*ink))
        }
        Shape::Ring(ink, [x, y]) => format!("<circle class=\"{}\" cx=\"{x}\" cy=\"{y}\" r=\"4\"/>", class(*ink)),
        Shape::Label(ink, at, text) => {
            // Words stay within the frame: those at its edges lead away from them.
            let side = match at[0].0 {
                0..=1_500 => "",
                8_500.. => "far",
                _ => "mid",
            };
            label(&format!("{side} {}", class(*ink)), *at, "-0.75em", &say(text))
        }
    }
}

/// Words at a place, so far below it.
fn label(class: &str, [x, y]: [Share; 2], below: &str, text: &str) -> String {
    let mut label = String::new();
    // Writing to a text cannot fail.
    let _ = write!(label, "<text class=\"{class}\" x=\"{x}\" y=\"{y}\" dy=\"{below}\">{}</text>", escaped(text));
    label
}

/// The class of shapes with this meaning.
const fn class(ink: Ink) -> &'static str {
    match ink {
        Ink::Grid => "c-grid",
        Ink::Axis => "c-axis",
        Ink::Area => "c-area",
        Ink::First => "c-r1",
        Ink::Second => "c-r2",
        Ink::Third => "c-r3",
        Ink::Fourth => "c-r4",
        Ink::Mark => "c-mark",
        Ink::Entitled => "c-entitled",
        Ink::Full => "c-full",
        Ink::Threshold => "c-threshold",
        Ink::Short => "c-short",
        Ink::Unknown => "c-unknown",
        Ink::Peak => "c-peak",
        Ink::PeakShort => "c-peak bad",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_a_drawing_stay_words() {
        let markup = label("", [Share(0), Share(0)], "0", "<script>");
        assert!(!markup.contains("<script>"), "{markup}");
    }

    #[test]
    fn shapes_are_placed_in_per_cent() {
        assert_eq!(
            shape(&Shape::Area(Ink::Area, [Share(0), Share(2_905), Share(10_000), Share(7)])),
            "<rect class=\"c-area\" x=\"0.00%\" y=\"29.05%\" width=\"100.00%\" height=\"0.07%\"/>"
        );
    }
}
