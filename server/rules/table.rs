//! The table of rules. A rule is a file with its manual page beside it, and one row here.

use super::{
    Category::{Knowledge, Links, Pages, Settings},
    Rule,
    Safety::{Choice, No, Safe, Unsafe},
    absolute_link, ambiguous_link, bad_setting, broken_anchor, broken_field, broken_link,
    case_mismatch, conflicting_figure, duplicate_anchor, duplicate_definition, duplicate_title,
    empty_link, front_matter_field, front_matter_syntax, heading_skips_level,
    link_outside_workspace, link_to_folder, listed_twice, missing_section, mojibake, not_utf8,
    orphan_page, portable_anchor, self_link, stale_count, stale_toc, table_drift,
    undefined_reference, unknown_pattern, unknown_system, unlinked_mention, unlisted_study,
    unused_definition, url_style_link, useless_suppression,
};
use crate::model::Level::{Error, Info, Off, Warning};

/// A row: the module, then code, category, default level, kind of repair, version, title.
macro_rules! rule {
    ($module:ident, $code:literal, $category:ident, $level:ident, No, $since:literal, $title:literal) => {
        rule!(@ $module, $code, $category, $level, No, $since, $title, |_, _, _| Vec::new())
    };
    ($module:ident, $code:literal, $category:ident, $level:ident, $fixes:ident, $since:literal, $title:literal) => {
        rule!(@ $module, $code, $category, $level, $fixes, $since, $title, $module::fix)
    };
    (@ $module:ident, $code:literal, $category:ident, $level:ident, $fixes:ident, $since:literal, $title:literal, $fix:expr) => {
        Rule {
            code: $code,
            title: $title,
            category: $category,
            level: $level,
            fixes: $fixes,
            since: $since,
            docs: include_str!(concat!(stringify!($module), ".md")),
            check: $module::check,
            fix: $fix,
        }
    };
}

/// Every rule, in the order of the manual.
#[rustfmt::skip]
pub static RULES: &[Rule] = &[
    //    module                   code                      category  level    fixes   since  title
    rule!(broken_link,             "broken-link",            Links,    Error,   Safe,   "0.1", "a link names a file that does not exist"),
    rule!(case_mismatch,           "case-mismatch",          Links,    Error,   Safe,   "0.1", "a link names a file in another case than it is written"),
    rule!(absolute_link,           "absolute-link",          Links,    Error,   Safe,   "0.1", "a link starts at the root of the web server, where the site is not"),
    rule!(link_to_folder,          "link-to-folder",         Links,    Error,   Safe,   "0.1", "a link names a folder where the site's generator links files"),
    rule!(url_style_link,          "url-style-link",         Links,    Warning, Safe,   "0.1", "a link is written as an address on the site, which the generator does not check"),
    rule!(broken_anchor,           "broken-anchor",          Links,    Error,   Safe,   "0.1", "a link names a heading that its page does not have"),
    rule!(broken_field,            "broken-field",           Links,    Warning, Safe,   "0.1", "a field of the front matter names a page that does not exist"),
    rule!(portable_anchor,         "portable-anchor",        Links,    Off,     Choice, "0.1", "a heading that links lead to has another id on GitHub than here"),
    rule!(undefined_reference,     "undefined-reference",    Links,    Warning, Choice, "0.1", "a link uses a label that its page does not define"),
    rule!(unused_definition,       "unused-definition",      Links,    Info,    Unsafe, "0.1", "a page defines a label that nothing on it uses"),
    rule!(duplicate_definition,    "duplicate-definition",   Links,    Warning, Safe,   "0.1", "a page defines the same label twice"),
    rule!(empty_link,              "empty-link",             Links,    Warning, No,     "0.1", "a link leads nowhere"),
    rule!(self_link,               "self-link",              Links,    Info,    No,     "0.1", "a link leads to the page it stands on"),
    rule!(ambiguous_link,          "ambiguous-link",         Links,    Warning, Choice, "0.1", "a link by bare name could mean several pages"),
    rule!(link_outside_workspace,  "link-outside-workspace", Links,    Info,    No,     "0.1", "a link names a file outside of the workspace"),
    rule!(front_matter_syntax,     "front-matter-syntax",    Pages,    Warning, Safe,   "0.1", "the front matter of a page cannot be read"),
    rule!(front_matter_field,      "front-matter-field",     Pages,    Warning, Choice, "0.1", "a field of the front matter is not one that the settings name, or of another kind"),
    rule!(missing_section,         "missing-section",        Pages,    Warning, Choice, "0.1", "a study lacks a section that the settings ask for, or that most studies have"),
    rule!(duplicate_title,         "duplicate-title",        Pages,    Off,     No,     "0.1", "two pages have the same title"),
    rule!(duplicate_anchor,        "duplicate-anchor",       Pages,    Warning, No,     "0.1", "a page gives the same id to two places"),
    rule!(heading_skips_level,     "heading-skips-level",    Pages,    Off,     No,     "0.1", "a heading is more than one level below the one before it"),
    rule!(orphan_page,             "orphan-page",            Pages,    Off,     No,     "0.1", "nothing links to a page"),
    rule!(unlisted_study,          "unlisted-study",         Pages,    Info,    Unsafe, "0.1", "a study is not in the list of its folder"),
    rule!(listed_twice,            "listed-twice",           Pages,    Off,     Unsafe, "0.1", "a list names the same page twice"),
    rule!(stale_toc,               "stale-toc",              Pages,    Info,    Safe,   "0.1", "a table of contents no longer matches the headings"),
    rule!(mojibake,                "mojibake",               Pages,    Warning, Safe,   "0.1", "text was decoded with the wrong code page"),
    rule!(not_utf8,                "not-utf-8",              Pages,    Warning, No,     "0.1", "a page is not encoded in UTF-8"),
    rule!(stale_count,             "stale-count",            Knowledge, Info,  Safe,   "0.1", "a page counts its entries otherwise than they are"),
    rule!(unknown_pattern,         "unknown-pattern",        Knowledge, Off,   Choice, "0.1", "front matter or a table names a pattern that no page describes"),
    rule!(unknown_system,          "unknown-system",         Knowledge, Off,   Choice, "0.1", "front matter or a table names a system that no study is about"),
    rule!(conflicting_figure,      "conflicting-figure",     Knowledge, Info,  No,    "0.1", "the same measure of the same system is stated otherwise in another place"),
    rule!(unlinked_mention,        "unlinked-mention",       Knowledge, Off,   Unsafe, "0.1", "a page mentions the system of a study and never links to the study"),
    rule!(table_drift,             "table-drift",            Knowledge, Off,   Choice, "0.1", "a table names a pattern that the study of its system does not"),
    rule!(useless_suppression,     "useless-suppression",    Settings, Warning, Safe,   "0.1", "a comment suppresses a rule that finds nothing there"),
    rule!(bad_setting,             "bad-setting",            Settings, Warning, No,     "0.1", "a setting in `casebook.toml` cannot be used"),
];
