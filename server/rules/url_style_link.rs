#![doc = include_str!("url_style_link.md")]

use super::{
    Finding, Fix, Found,
    fix::linked,
    judge::{self, Fault},
};
use crate::world::{Document, Snapshot};

pub(super) fn check(cx: &Snapshot, document: &Document) -> Vec<Found> {
    judge::found(cx, document, Fault::Address)
}

pub(super) fn fix(cx: &Snapshot, document: &Document, finding: &Finding) -> Vec<Fix> {
    linked(cx, document, finding)
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::{
        rules::findings,
        testing::{Fixture, check_fix, check_rule},
    };

    #[track_caller]
    fn check(fixture: &str) {
        check_rule("url-style-link", fixture);
    }

    #[test]
    fn a_picture_in_raw_html_has_no_other_name() {
        check(
            r#"
//- mkdocs.yml
//- docs/x/a.md
<img src="../six.png"> ![six](../six.png) <a href="../six.png">six</a>
                              ^^^^^^^^^^ `../six.png` is an address, which MkDocs does not check: it is that of `docs/x/six.png`
//- docs/x/six.png
"#,
        );
    }

    #[test]
    fn is_not_sure_of_a_page_that_lacks_the_anchor() {
        check_fix(
            "url-style-link",
            "//- mkdocs.yml\n//- docs/a.md\n[b](../b/#gone)\n//- docs/b.md\n# B\n",
            &expect![[r#"
                Change to `b.md`, without `#gone` (?)
                //- docs/a.md
                [b](b.md)
            "#]],
        );
    }

    #[test]
    fn a_finding_is_as_sure_as_its_repair() {
        let sure = |link: &str| {
            let pages = format!("//- mkdocs.yml\n//- docs/a.md\n[b]({link})\n//- docs/b.md\n# B\n");
            let fixture = Fixture::looking_for(&["url-style-link"], &pages);
            let cx = fixture.snapshot();
            let all = cx.documents().flat_map(|it| findings(&cx, it)).collect::<Vec<_>>();
            let own = all.iter().filter(|it| it.code == "url-style-link");
            own.map(|it| it.sure).collect::<Vec<_>>()
        };
        assert_eq!(sure("../b/#b"), [true]);
        assert_eq!(sure("../b/#gone"), [false]);
    }

    #[test]
    fn names_the_file_behind_an_address() {
        check(
            r#"
//- mkdocs.yml
//- docs/x/a.md
[b](../b/), [a](../../a/), <a href="../b/">b</a>
    ^^^^^ `../b/` is an address, which MkDocs does not check: it is that of `docs/x/b.md`
                ^^^^^^^^ `../../a/` is an address, which MkDocs does not check: it is that of `docs/a.md`
                                    ^^^^^ `../b/` is an address, which MkDocs does not check: it is that of `docs/x/b.md`
//- docs/x/b.md
//- docs/a.md
"#,
        );
    }
}
