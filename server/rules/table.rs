//! The table of rules. A rule is a file with its manual page beside it, and one row here.

use super::{
    Category::{Links, Pages, Settings},
    Rule,
    Safety::{Choice, No, Safe},
    absolute_link, bad_setting, broken_anchor, broken_link, case_mismatch, link_to_folder,
    not_utf8, undefined_reference, url_style_link, useless_suppression,
};
use crate::model::Level::{Error, Warning};

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
    //    module               code                   category level    fixes   since  title
    rule!(broken_link,         "broken-link",         Links,   Error,   Safe,   "0.1", "a link names a file that does not exist"),
    rule!(case_mismatch,       "case-mismatch",       Links,   Error,   Safe,   "0.1", "a link names a file in another case than it is written"),
    rule!(absolute_link,       "absolute-link",       Links,   Error,   Safe,   "0.1", "a link starts at the root of the web server, where the site is not"),
    rule!(link_to_folder,      "link-to-folder",      Links,   Error,   Safe,   "0.1", "a link names a folder where the site's generator links files"),
    rule!(url_style_link,      "url-style-link",      Links,   Warning, Safe,   "0.1", "a link is written as an address on the site, which the generator does not check"),
    rule!(broken_anchor,       "broken-anchor",       Links,   Error,   Safe,   "0.1", "a link names a heading that its page does not have"),
    rule!(undefined_reference, "undefined-reference", Links,   Warning, Choice, "0.1", "a link uses a label that its page does not define"),
    rule!(not_utf8,            "not-utf-8",           Pages,   Warning, No,     "0.1", "a page is not encoded in UTF-8"),
    rule!(useless_suppression, "useless-suppression", Settings, Warning, Safe,  "0.1", "a comment suppresses a rule that finds nothing there"),
    rule!(bad_setting,         "bad-setting",         Settings, Warning, No,    "0.1", "a setting in `casebook.toml` cannot be used"),
];
