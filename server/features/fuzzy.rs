//! Ranking by what was typed.

use nucleo_matcher::{
    Config, Matcher, Utf32Str,
    pattern::{AtomKind, CaseMatching, Normalization, Pattern},
};

/// A matcher for one query. Words of the query may match anywhere, in any order.
#[derive(Debug)]
pub(super) struct Fuzzy {
    matcher: Matcher,
    pattern: Pattern,
    buffer: Vec<char>,
}

impl Fuzzy {
    /// For names.
    pub(super) fn new(query: &str) -> Self {
        Self::with(query, Config::DEFAULT)
    }

    /// For paths: a match behind `/` counts more.
    pub(super) fn for_paths(query: &str) -> Self {
        Self::with(query, Config::DEFAULT.match_paths())
    }

    fn with(query: &str, config: Config) -> Self {
        let pattern =
            Pattern::new(query, CaseMatching::Ignore, Normalization::Smart, AtomKind::Fuzzy);
        Self { matcher: Matcher::new(config), pattern, buffer: Vec::new() }
    }

    /// How well `text` matches: more is better, none is not at all.
    pub(super) fn score(&mut self, text: &str) -> Option<u32> {
        let text = Utf32Str::new(text, &mut self.buffer);
        self.pattern.score(text, &mut self.matcher)
    }
}
