//! What a site's generator makes of Markdown, as plain data: who renders, with which extensions.

/// Who turns the page into HTML. It decides what is text and what is code.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Renderer {
    /// `CommonMark` with GitHub's extensions; also what plain folders, GitLab and Jekyll-less sites mean.
    #[default]
    GitHub,
    /// Python-Markdown, as `MkDocs` and Zensical drive it.
    PythonMarkdown,
    /// pulldown-cmark, as mdBook drives it.
    MdBook,
    /// goldmark, as Hugo drives it.
    Goldmark,
    /// MDX, as Docusaurus drives it.
    Mdx,
    /// kramdown, as Jekyll drives it.
    Kramdown,
    /// markdown-it, as `VitePress` and `VuePress` drive it.
    MarkdownIt,
    /// markdig, as DocFX drives it.
    Markdig,
    /// Obsidian, Foam and their kind: GitHub's Markdown with wiki links.
    Obsidian,
}

/// How heading ids are made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum SlugStyle {
    /// GitHub, also `github-slugger`: lower case, punctuation dropped, blanks to `-`, duplicates `-1`.
    #[default]
    GitHub,
    /// GitLab: as GitHub, but runs of `-` are one.
    GitLab,
    /// Python-Markdown's `toc`: NFKD, ASCII only, runs of blanks and `-` to one `-`, duplicates `_1`.
    PythonMarkdown,
    /// Python-Markdown's `toc.slugify_unicode`: the same without the cut to ASCII.
    PythonMarkdownUnicode,
    /// `pymdownx.slugs.slugify`, with its options.
    Pymdownx {
        /// What is done with the case.
        case: SlugCase,
        /// Whether what is not ASCII is percent-encoded.
        percent: bool,
    },
    /// mdBook.
    MdBook,
    /// Hugo's `autoHeadingIDType: github`, its default.
    Hugo,
    /// Hugo's `github-ascii`.
    HugoAscii,
    /// Hugo's `blackfriday`.
    HugoBlackfriday,
    /// Docusaurus: `github-slugger` over the text of the heading.
    Docusaurus,
    /// kramdown's own `auto_ids`.
    Kramdown,
    /// kramdown with its parser of GitHub's Markdown, as Jekyll calls it unless told otherwise.
    KramdownGfm,
    /// markdig's `AutoIdentifier` with GitHub's options, as DocFX has it.
    Markdig,
    /// `VitePress` and `VuePress`: NFKD, runs of punctuation and blanks to one `-`, duplicates `-1`.
    VitePress,
    /// The same as `VuePress` 1 counts: duplicates `-2`.
    VuePress1,
    /// Obsidian: the heading's own text, compared without regard to punctuation and case.
    Obsidian,
}

/// The `case` option of `pymdownx.slugs.slugify`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum SlugCase {
    /// Left as it is.
    #[default]
    None,
    /// Lower case, by Unicode.
    Lower,
    /// Only ASCII letters in lower case.
    LowerAscii,
    /// Full case folding.
    Fold,
}

/// How tabs get ids that say what is on them (`pymdownx.tabbed: slugify`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TabIds {
    /// Who makes them.
    pub slugs: SlugStyle,
    /// What stands between their words.
    pub separator: char,
    /// Whether the id of the heading above comes first.
    pub combine: bool,
}

/// One generator's reading of Markdown.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Dialect {
    /// Who renders.
    pub renderer: Renderer,
    /// How heading ids are made.
    pub slugs: SlugStyle,
    /// The separator between the words of a Python-Markdown id: `-` unless set.
    pub separator: char,
    /// How tabs get ids; none for numbers.
    pub tabs: Option<TabIds>,
    /// Which constructs are read.
    pub reads: Constructs,
}

/// The constructs beyond `CommonMark` that a generator reads. Names follow Python-Markdown's extensions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "each is a switch of its own in the site's settings"
)]
pub struct Constructs {
    /// `{: #id .class }` and `{#id}`.
    pub attr_list: bool,
    /// `!!! note`.
    pub admonition: bool,
    /// `??? note`.
    pub details: bool,
    /// `=== "Tab"`.
    pub tabbed: bool,
    /// `/// note` of pymdownx.blocks.
    pub blocks: bool,
    /// Definition lists.
    pub def_list: bool,
    /// Markdown inside HTML that asks for it with `markdown`.
    pub md_in_html: bool,
    /// `[^1]`.
    pub footnotes: bool,
    /// Pipe tables.
    pub tables: bool,
    /// Fenced code blocks.
    pub fences: bool,
    /// Fences that may stand indented and nested (`pymdownx.superfences`).
    pub superfences: bool,
    /// `--8<-- "file"`.
    pub snippets: bool,
    /// `*[HTML]: ...`.
    pub abbr: bool,
    /// `$..$`, `$$..$$`, `\(..\)`.
    pub math: bool,
    /// `[[page]]`.
    pub wiki_links: bool,
    /// `:shortcode:`.
    pub emoji: bool,
    /// `:material-icon:` and the other icon sets of Material's emoji index.
    pub icons: bool,
    /// `(c)`, `(r)` and their like made symbols (`pymdownx.smartsymbols`).
    pub symbols: bool,
    /// Bare web addresses are links.
    pub bare_links: bool,
    /// `~~gone~~`.
    pub strikethrough: bool,
    /// `- [ ] task`.
    pub tasks: bool,
    /// Quotes, dashes and dots made typographic.
    pub smart: bool,
}

impl Dialect {
    /// `MkDocs` with the extensions that the Material theme and its guide switch on.
    pub fn mkdocs_material() -> Self {
        Self {
            renderer: Renderer::PythonMarkdown,
            slugs: SlugStyle::PythonMarkdown,
            separator: '-',
            tabs: None,
            reads: Constructs {
                attr_list: true,
                admonition: true,
                details: true,
                tabbed: true,
                def_list: true,
                md_in_html: true,
                footnotes: true,
                tables: true,
                fences: true,
                superfences: true,
                snippets: true,
                abbr: true,
                math: true,
                emoji: true,
                icons: true,
                strikethrough: true,
                tasks: true,
                ..Constructs::default()
            },
        }
    }
}

impl Default for Dialect {
    /// GitHub.
    fn default() -> Self {
        Self {
            renderer: Renderer::GitHub,
            slugs: SlugStyle::GitHub,
            separator: '-',
            tabs: None,
            reads: Constructs {
                footnotes: true,
                tables: true,
                fences: true,
                math: true,
                emoji: true,
                bare_links: true,
                strikethrough: true,
                tasks: true,
                ..Constructs::default()
            },
        }
    }
}
