//! The form in which metric words are compared: without regard to case, spaces, punctuation, accents and width.

/// The letters and digits of a text in the form in which words are compared.
pub(super) fn folded(text: &str) -> String {
    let letters = text.chars().map(narrow).flat_map(char::to_lowercase).filter(|letter| letter.is_alphanumeric());
    let mut folded = String::with_capacity(text.len());
    for letter in letters {
        match letter {
            'œ' => folded.push_str("oe"),
            'ß' => folded.push_str("ss"),
            letter => folded.push(without_accent(letter)),
        }
    }
    folded
}

/// What stands before and after the last brackets, and what stands in them. `None` without brackets.
pub(super) fn bracketed(text: &str) -> Option<(String, String)> {
    let narrow: String = text.chars().map(narrow).collect();
    let (rest, after) = narrow.rsplit_once([')', ']'])?;
    let (before, inside) = rest.rsplit_once(['(', '['])?;
    Some((format!("{before} {after}"), inside.to_owned()))
}

/// Whether a character is an accent that stands by itself, after its letter.
pub(super) const fn is_mark(letter: char) -> bool {
    matches!(letter, '\u{300}'..='\u{36f}')
}

/// The letters of East Asian keyboards that are as wide as two are those of ASCII.
fn narrow(letter: char) -> char {
    match u32::from(letter) {
        wide @ 0xff01..=0xff5e => char::from_u32(wide - 0xfee0).unwrap_or(letter),
        _ => letter,
    }
}

/// Latin letters without their accents: files write them composed, decomposed or not at all.
const fn without_accent(letter: char) -> char {
    match letter {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ă' | 'ą' => 'a',
        'ç' | 'ć' | 'č' => 'c',
        'ď' | 'đ' => 'd',
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ė' | 'ę' | 'ě' => 'e',
        'ì' | 'í' | 'î' | 'ï' | 'ī' | 'ı' => 'i',
        'ł' | 'ľ' | 'ĺ' => 'l',
        'ñ' | 'ń' | 'ň' => 'n',
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ő' | 'ø' => 'o',
        'ř' | 'ŕ' => 'r',
        'ś' | 'š' | 'ş' | 'ș' => 's',
        'ť' | 'ț' | 'ţ' => 't',
        'ù' | 'ú' | 'û' | 'ü' | 'ű' | 'ů' | 'ū' => 'u',
        'ý' | 'ÿ' => 'y',
        'ź' | 'ż' | 'ž' => 'z',
        other => other,
    }
}
