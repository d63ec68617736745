//! A source with its addresses as links.

use leptos::prelude::*;

/// A piece of a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Words.
    Words(String),
    /// An address.
    Address(String),
}

/// The words and the addresses of a source, in their order.
pub fn pieces(source: &str) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    for word in source.split_inclusive(' ') {
        let address = word.trim_end();
        if address.starts_with("https://") {
            pieces.push(Piece::Address(address.to_owned()));
            if address.len() < word.len() {
                pieces.push(Piece::Words(" ".to_owned()));
            }
        } else if let Some(Piece::Words(words)) = pieces.last_mut() {
            words.push_str(word);
        } else {
            pieces.push(Piece::Words(word.to_owned()));
        }
    }
    pieces
}

/// What a link shows of an address: the host and where it leads, without what every address has.
pub fn shown(address: &str) -> &str {
    let address = address.strip_prefix("https://").unwrap_or(address);
    address.strip_prefix("www.").unwrap_or(address).trim_end_matches('/')
}

/// A source, its addresses as links that tell the other site nothing.
#[component]
pub fn Source(
    /// The text of the source.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    pieces(&text)
        .into_iter()
        .map(|piece| match piece {
            Piece::Words(words) => words.into_any(),
            Piece::Address(address) => {
                let label = shown(&address).to_owned();
                view! { <a class="address" href=address target="_blank" rel="noopener noreferrer">{label}</a> }
                    .into_any()
            }
        })
        .map(IntoAny::into_any)
        .collect_view()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_become_links_and_nothing_of_the_source_is_lost() {
        let source = "https://www.ibm.com/a (as of 2026-01-09) ; https://www.ibm.com/b (older)";
        let pieces = pieces(source);
        assert_eq!(pieces.iter().filter(|piece| matches!(piece, Piece::Address(_))).count(), 2);
        let whole: String = pieces
            .iter()
            .map(|piece| match piece {
                Piece::Words(text) | Piece::Address(text) => text.as_str(),
            })
            .collect();
        assert_eq!(whole, source);
    }

    #[test]
    fn only_secure_addresses_are_links() {
        assert_eq!(pieces("javascript:alert(1)"), [Piece::Words("javascript:alert(1)".to_owned())]);
    }

    #[test]
    fn a_link_shows_where_it_leads() {
        assert_eq!(shown("https://www.ibm.com/docs/en/"), "ibm.com/docs/en");
    }
}
