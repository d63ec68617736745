//! A source with its addresses as links.

use leptos::prelude::*;

/// A piece of a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Words.
    Words(String),
    /// A place that a browser can open.
    Link {
        /// Its address.
        address: String,
        /// What it is called.
        title: String,
    },
}

/// The words and the links of a source, in their order.
pub fn pieces(source: &str) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut rest = source;
    while let Some(word) = rest.split_inclusive(' ').next() {
        let told = word.trim_end();
        let (link, length) = if told.starts_with("https://") {
            (Some((told.to_owned(), shown(told).to_owned())), told.len())
        } else {
            repository(rest).map_or((None, word.len()), |(link, length)| (Some(link), length))
        };
        match (link, pieces.last_mut()) {
            (Some((address, title)), _) => pieces.push(Piece::Link { address, title }),
            (None, Some(Piece::Words(words))) => words.push_str(word),
            (None, _) => pieces.push(Piece::Words(word.to_owned())),
        }
        rest = rest.get(length..).unwrap_or_default();
    }
    pieces
}

/// A file of a public repository, as the tables name it: `github:owner/name@commit path (LI number)`. It goes by the number
/// of the licence text that it holds, else by its name. With it how long it is.
fn repository(text: &str) -> Option<((String, String), usize)> {
    let words = text.strip_prefix("github:")?;
    let (place, path) = words.split_once(' ')?;
    let (name, commit) = place.split_once('@').unwrap_or((place, "HEAD"));
    let path_end = path.find([' ', ',', ';']).unwrap_or(path.len());
    let (path, behind) = path.split_at(path_end);
    let address = format!("https://github.com/{name}/blob/{commit}/{path}");
    let before = text.len().saturating_sub(behind.len());
    // What a licence text is called by whoever reads it.
    let number = behind.split_once("(LI ").and_then(|(between, number)| Some((between, number.split_once(')')?.0)));
    Some(match number {
        Some((between, number)) if !between.contains("github:") => {
            let length =
                before.saturating_add(between.len()).saturating_add(number.len()).saturating_add("(LI )".len());
            ((address, format!("IBM License Information {number}")), length)
        }
        _ => ((address, format!("{name}: {path}")), before),
    })
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
            Piece::Link { address, title } => {
                view! { <a class="address" href=address target="_blank" rel="noopener noreferrer">{title}</a> }
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
    fn addresses_become_links_and_the_words_between_them_stay() {
        let source = "https://www.ibm.com/a (as of 2026-01-09) ; https://www.ibm.com/b (older)";
        let links = |source: &str| {
            let link = |piece| if let Piece::Link { address, .. } = piece { Some(address) } else { None };
            pieces(source).into_iter().filter_map(link).collect::<Vec<_>>()
        };
        assert_eq!(links(source), ["https://www.ibm.com/a", "https://www.ibm.com/b"]);
        let words: String = pieces(source)
            .iter()
            .map(|piece| if let Piece::Words(words) = piece { words.as_str() } else { "" })
            .collect();
        assert_eq!(words, " (as of 2026-01-09) ;  (older)");
    }

    #[test]
    fn a_licence_text_goes_by_its_number_and_leads_to_where_it_was_read() {
        let link = |address: &str, title: &str| Piece::Link { address: address.to_owned(), title: title.to_owned() };
        let words = |words: &str| Piece::Words(words.to_owned());
        let place = "https://github.com/IBM/charts/blob/951c317/a/LA_en";
        assert_eq!(
            pieces("github:IBM/charts@951c317 a/LA_en (LI L-RJON-BSDFWM) 2024-10-10"),
            [link(place, "IBM License Information L-RJON-BSDFWM"), words(" 2024-10-10")]
        );
        assert_eq!(
            pieces("by hand; github:IBM/charts@951c317 a/LA_en L521"),
            [words("by hand; "), link(place, "IBM/charts: a/LA_en"), words(" L521")]
        );
        assert_eq!(pieces("github:alone"), [words("github:alone")]);
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
