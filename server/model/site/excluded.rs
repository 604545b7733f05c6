//! Patterns in the manner of `.gitignore`, as generators use them to leave files out.

use std::fmt;

use ignore::gitignore::{Gitignore, GitignoreBuilder};

/// A list of patterns; the last one that matches decides.
#[derive(Clone)]
pub struct Excluded {
    lines: Vec<String>,
    matcher: Gitignore,
}

impl Excluded {
    /// From lines; one that is no pattern counts for nothing.
    pub fn new<'a>(lines: impl IntoIterator<Item = &'a str>) -> Self {
        let lines: Vec<String> = lines.into_iter().map(str::to_owned).collect();
        let mut builder = GitignoreBuilder::new("");
        for line in &lines {
            drop(builder.add_line(None, line));
        }
        let matcher = builder.build().unwrap_or_else(|_| Gitignore::empty());
        Self { lines, matcher }
    }

    /// Whether a file is left out, by its place below the folder that the patterns are about.
    pub fn matches(&self, place: &str) -> bool {
        !self.lines.is_empty() && self.matcher.matched_path_or_any_parents(place, false).is_ignore()
    }

    /// The patterns as they are written.
    pub fn lines(&self) -> &[String] {
        &self.lines
    }
}

impl Default for Excluded {
    fn default() -> Self {
        Self { lines: Vec::new(), matcher: Gitignore::empty() }
    }
}

impl PartialEq for Excluded {
    fn eq(&self, other: &Self) -> bool {
        self.lines == other.lines
    }
}

impl Eq for Excluded {}

impl fmt::Debug for Excluded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.lines.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::Excluded;

    #[test]
    fn the_last_pattern_that_matches_decides() {
        let excluded = Excluded::new(["drafts/", "*.tmp.md", "!keep.tmp.md", "/top.md"]);
        let out = |place| excluded.matches(place);
        assert!(out("drafts/a.md") && out("x/drafts/a.md") && out("x/a.tmp.md") && out("top.md"));
        assert!(!out("keep.tmp.md") && !out("x/top.md") && !out("a.md"));
    }
}
