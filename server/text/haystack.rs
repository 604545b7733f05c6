//! Short names that are searched all at once while somebody types.

use memchr::memmem::Finder;

/// Some names in lower case, in an order that counts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Haystack {
    text: Box<str>,
    /// The [`letters`] of each, and where it ends.
    names: Box<[(u64, u32)]>,
}

/// How a name has what is looked for, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hit {
    /// In one piece, from the start of the name or behind a blank.
    Word,
    /// In one piece, from the start of a word.
    Part,
    /// In one piece, within a word.
    Within,
    /// It has the letters of each word in their order.
    Letters,
}

/// What is looked for: some words, each of which a name has to have.
#[derive(Clone, Debug)]
pub struct Needle {
    words: Vec<(Box<str>, Finder<'static>)>,
    letters: u64,
}

impl Haystack {
    /// Of these names.
    pub fn new<'a>(names: impl Iterator<Item = &'a str>) -> Self {
        let (mut text, mut all) = (String::new(), Vec::new());
        for name in names {
            let start = text.len();
            text.extend(name.chars().flat_map(char::to_lowercase));
            all.push((letters(&text[start..]), super::offset(text.len())));
        }
        Self { text: text.into(), names: all.into() }
    }

    /// The names that may match, by their numbers, in order.
    pub fn search<'a>(&'a self, needle: &'a Needle) -> impl Iterator<Item = (usize, Hit)> + 'a {
        let fits = |it: &(usize, &(u64, u32))| it.1.0 & needle.letters == needle.letters;
        self.names.iter().enumerate().filter(fits).filter_map(|(number, (_, end))| {
            let start = number.checked_sub(1).map_or(0, |it| self.names[it].1);
            Some((number, needle.hit(&self.text[start as usize..*end as usize])?))
        })
    }
}

impl Needle {
    /// The words of a query, in any case.
    pub fn new(query: &str) -> Self {
        let query = query.to_lowercase();
        let words = query.split_whitespace().map(|it| (it.into(), Finder::new(it).into_owned()));
        Self { words: words.collect(), letters: letters_of_query(&query) }
    }

    /// How `name` has the words; none if one of them is not even there letter by letter.
    fn hit(&self, name: &str) -> Option<Hit> {
        let mut hit = Hit::Word;
        for (number, (word, finder)) in self.words.iter().enumerate() {
            let found =
                finder.find_iter(name.as_bytes()).map(|at| match name[..at].chars().next_back() {
                    None | Some(' ') => Hit::Word,
                    Some(before) if before.is_alphanumeric() => Hit::Within,
                    Some(_) => Hit::Part,
                });
            match found.min() {
                Some(best) if number == 0 => hit = hit.max(best),
                Some(_) => {}
                None if has_in_order(name, word) => hit = Hit::Letters,
                None => return None,
            }
        }
        Some(hit)
    }
}

/// Whether the letters of a word come in their order in a name, where `é` may be an `e`.
fn has_in_order(name: &str, word: &str) -> bool {
    if name.is_ascii() && word.is_ascii() {
        let mut rest = name.as_bytes();
        return word.bytes().all(|it| {
            let at = memchr::memchr(it, rest);
            at.inspect(|at| rest = &rest[at + 1..]).is_some()
        });
    }
    let mut rest = name.chars();
    word.chars().all(|it| rest.any(|other| other == it || (it.is_ascii() && is_other(other))))
}

/// A letter that may be another with an accent.
fn is_other(letter: char) -> bool {
    !letter.is_ascii() && letter.is_alphabetic()
}

/// The set of letters and digits of a name in lower case: a bit for each. A name with a letter that may be
/// another with an accent has them all.
pub fn letters(name: &str) -> u64 {
    if name.chars().any(is_other) { u64::MAX } else { letters_of_query(name) }
}

/// The letters that a name has to have; what is not in ASCII asks for none.
pub fn letters_of_query(query: &str) -> u64 {
    let bits = query.bytes().filter_map(|it| match it {
        b'a'..=b'z' => Some(it - b'a'),
        b'0'..=b'9' => Some(26 + it - b'0'),
        _ => None,
    });
    bits.fold(0, |all, bit| all | 1 << bit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(query: &str, names: &[&str], expected: &[(usize, Hit)]) {
        let found: Vec<_> =
            Haystack::new(names.iter().copied()).search(&Needle::new(query)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn tells_the_start_of_a_word_from_its_middle() {
        let names = ["Apache Kafka", "on-kafka", "MKafka", "Key af ka", "Quorum", "A fake k"];
        let hits = [(0, Hit::Word), (1, Hit::Part), (2, Hit::Within), (3, Hit::Letters)];
        check("KAFKA", &names, &hits);
    }

    #[test]
    fn every_word_is_asked_for() {
        check(
            "log commit",
            &["Commit log", "The log", "Clog; cot, mm, i, t"],
            &[(0, Hit::Word), (2, Hit::Letters)],
        );
    }

    #[test]
    fn a_letter_with_an_accent_may_be_meant_by_the_one_without() {
        check("cafe", &["Café", "Cave", "🚀 Cafés"], &[(0, Hit::Letters), (2, Hit::Letters)]);
        check("é", &["Café", "Cafe"], &[(0, Hit::Within)]);
        check("zz", &["🚀 Café", "é 🚀"], &[]);
    }
}
