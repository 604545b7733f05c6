//! How long things take: `cargo bench`. What a keystroke costs must not depend on how many pages there
//! are, so it is measured with a thousand and with twenty thousand.

#![allow(missing_docs, reason = "nobody uses benchmarks as an interface")]

use std::{fmt::Write as _, hint::black_box, sync::Arc};

use casebook::{
    features::{Place, completion::completion, workspace_symbols::workspace_symbols},
    model::{Outline, Path, Site},
    rules,
    syntax::{self, Dialect},
    text::{Edit, Span, Text},
    world::{Change, Content, Draft, World},
};
use criterion::{
    BatchSize, BenchmarkGroup, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main,
    measurement::WallTime,
};

const WORDS: &[&str] = &[
    "quorum", "replica", "ledger", "shard", "gossip", "lease", "beacon", "cursor", "mirror",
    "relay", "anchor", "bucket", "cluster", "digest", "epoch", "fence", "journal", "kernel",
    "lattice", "merge",
];

/// The words of page `n`, different from page to page.
fn word(n: usize, k: usize) -> &'static str {
    WORDS[(n * 7 + k * 13 + n / 20) % WORDS.len()]
}

fn path(n: usize) -> Path {
    Path::new(&format!("/w/{}/{}-{n}.md", word(n / 50, 0), word(n, 1)))
}

/// A page of about six kilobytes: ten sections, ten links.
fn page(n: usize, pages: usize) -> String {
    let mut out = format!("---\ntitle: {} {} {n}\n---\n# {0} {1}\n", word(n, 1), word(n, 2));
    for section in 0..10 {
        let to = (n * 31 + section * 101) % pages;
        let _ = writeln!(out, "\n## {} {section}\n", word(n, section));
        let _ = writeln!(
            out,
            "See [{}](..{}).",
            word(to, 1),
            path(to).as_str().trim_start_matches("/w")
        );
        for k in 0..8 {
            let _ = writeln!(
                out,
                "The {} keeps a `{}` for *every* {} of it.",
                word(n, k),
                word(k, n),
                word(k, 3)
            );
        }
    }
    out
}

/// The path of page `n` of a book of patterns, every tenth page, and of studies.
fn book_path(n: usize) -> Path {
    let folder = if n.is_multiple_of(10) { "patterns" } else { "case-studies" };
    Path::new(&format!("/w/{folder}/{}-{}-{n}.md", word(n, 1), word(n, 2)))
}

/// A page of a book: a pattern, or a study with its system, its patterns, its figures.
fn book_page(n: usize, pages: usize) -> String {
    let name = |n: usize| format!("{} {} {n}", word(n, 1), word(n, 2));
    let mut out = format!("---\ntitle: {}\n", name(n));
    let used = |k: usize| (n * 31 + k * 110) % pages / 10 * 10;
    if !n.is_multiple_of(10) {
        let _ = writeln!(out, "systems: [System {n}, Shared {}]\npatterns_used:\n  gold:", n % 500);
        for k in 0..6 {
            let _ = writeln!(out, "  - {}: what it is for", book_path(used(k)).stem());
        }
    }
    out.push_str("---\n");
    out.push_str(
        page(n, pages)
            .split_once("---\n")
            .map_or("", |it| it.1)
            .split_once("---\n")
            .map_or("", |it| it.1),
    );
    let _ = writeln!(out, "\n| System | Key Patterns | Scale |\n|---|---|---|");
    for k in 0..10 {
        let _ = writeln!(
            out,
            "| System {} | {}, {} | {k}M+ users, {n} requests/day |",
            used(k) + 1,
            name(used(k)),
            name(used(k + 1))
        );
    }
    for k in 0..6 {
        let to = used(k);
        let _ = writeln!(out, "- [{}](../patterns/{}): why", name(to), book_path(to).name());
    }
    out
}

fn world(pages: usize) -> World {
    world_of(pages, path, page)
}

fn world_of(pages: usize, path: fn(usize) -> Path, page: fn(usize, usize) -> String) -> World {
    let world = World::default();
    let site = Arc::new(Site::plain("/w"));
    world.apply(Change::Roots { folders: vec![Path::new("/w")], sites: vec![site.clone()] });
    let drafts =
        (0..pages).map(|n| Draft::new(site.clone(), path(n), Content::Text(page(n, pages))));
    world.apply(Change::Found(drafts.collect()));
    world
}

fn parse(c: &mut Criterion) {
    let text = page(7, 1_000);
    let mut group = c.benchmark_group("parse");
    group.throughput(Throughput::Bytes(text.len() as u64));
    group.bench_function("page", |b| {
        b.iter(|| syntax::parse(black_box(&text), &Dialect::default()));
    });
    group.finish();
}

/// A letter in the middle of a page.
fn typing(
    group: &mut BenchmarkGroup<'_, WallTime>,
    id: BenchmarkId,
    world: &World,
    path: &Path,
    page: &str,
) {
    let mut text = Text::from(page);
    let at = text.len() / 2;
    group.bench_function(id, |b| {
        b.iter(|| {
            text.apply(&Edit { span: Span::empty(at), with: "x".to_owned() });
            let change = Change::Edited { path: path.clone(), version: 1, text: text.clone() };
            black_box(world.apply(change));
            text.apply(&Edit { span: Span::new(at, at + 1), with: String::new() });
        });
    });
}

fn keystroke(c: &mut Criterion) {
    let mut group = c.benchmark_group("keystroke");
    for pages in [1_000, 20_000] {
        let world = world(pages);
        typing(&mut group, BenchmarkId::new("apply", pages), &world, &path(7), &page(7, pages));
        let world = world_of(pages, book_path, book_page);
        let text = book_page(7, pages);
        typing(&mut group, BenchmarkId::new("book", pages), &world, &book_path(7), &text);
    }
    group.finish();
}

/// A letter in the title of a page whose names, with those of all others, have been read: they are to be
/// read anew, though not now.
fn title(c: &mut Criterion) {
    let mut group = c.benchmark_group("keystroke/title");
    for pages in [1_000, 20_000] {
        let world = world_of(pages, book_path, book_page);
        let page = book_page(7, pages);
        let at = page.find('\n').map_or(0, |it| it + "\ntitle: ".len());
        let text =
            |with: &str| Text::from(format!("{}{with}{}", &page[..at], &page[at..]).as_str());
        let (plain, typed) = (text(""), text("x"));
        let mut odd = false;
        group.bench_function(BenchmarkId::from_parameter(pages), |b| {
            b.iter_batched(
                || {
                    world.snapshot().read_ahead(|| true);
                    odd = !odd;
                    if odd { typed.clone() } else { plain.clone() }
                },
                |text| world.apply(Change::Edited { path: book_path(7), version: 1, text }),
                BatchSize::PerIteration,
            );
        });
    }
    group.finish();
}

/// The pages below a folder.
fn pages_in(folder: &std::path::Path, found: &mut Vec<(Path, String)>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            pages_in(&path, found);
        } else if path.extension().is_some_and(|it| it == "md") {
            let text = std::fs::read(&path).unwrap_or_default();
            let text = String::from_utf8_lossy(&text).into_owned();
            found.push((Path::new(&path.to_string_lossy()), text));
        }
    }
}

/// What it adds to reading the pages of a book that systems, patterns and figures are read, too: of a
/// thousand made-up pages, or of those, written for `MkDocs`, in the folder that `CASEBOOK_BOOK` names.
fn names(c: &mut Criterion) {
    const PAGES: usize = 1_000;
    let mut site = Site::plain("/w");
    let mut pages: Vec<_> = (0..PAGES).map(|n| (book_path(n), book_page(n, PAGES))).collect();
    if let Some(folder) = std::env::var_os("CASEBOOK_BOOK") {
        pages.clear();
        pages_in(std::path::Path::new(&folder), &mut pages);
        site = Site::plain(&folder.to_string_lossy());
        site.dialect = Dialect::mkdocs_material();
    }
    let site = Arc::new(site);
    let mut group = c.benchmark_group("names");
    group.bench_function("links alone/read", |b| {
        b.iter(|| {
            for (path, text) in &pages {
                let page = syntax::parse(text, &site.dialect);
                black_box(Outline::links(&site, path, &page));
            }
        });
    });
    group.bench_function("with names/read", |b| {
        b.iter(|| {
            for (path, text) in &pages {
                let page = syntax::parse(text, &site.dialect);
                black_box(Outline::new(&site, path, &page, text));
            }
        });
    });
    let drafts = || {
        let draft = |it: &(Path, String)| {
            Draft::new(site.clone(), it.0.clone(), Content::Text(it.1.clone()))
        };
        pages.iter().map(draft).collect::<Vec<_>>()
    };
    let take_in = |drafts: Vec<Draft>| {
        let world = World::default();
        world.apply(Change::Found(drafts));
        world
    };
    group.bench_function("links alone/take in", |b| {
        let alone = || drafts().into_iter().map(Draft::without_names).collect::<Vec<_>>();
        b.iter_batched(alone, take_in, BatchSize::PerIteration);
    });
    group.bench_function("with names/take in", |b| {
        b.iter_batched(drafts, take_in, BatchSize::PerIteration);
    });
    group.finish();
}

fn questions(c: &mut Criterion) {
    let world = world(20_000);
    let mut group = c.benchmark_group("completion/20000");
    for typed in
        ["", "l", "le", "ledger", "ledger-7001", "led rep", "../led", "../ledger/rep", "##led"]
    {
        let text = Text::from(format!("[x]({typed}").as_str());
        let at = text.len();
        let change = Change::Edited { path: Path::new("/w/p/new.md"), version: 1, text };
        world.apply(change);
        let cx = world.snapshot();
        let id = cx.document(&Path::new("/w/p/new.md")).map(|it| it.id);
        group.bench_function(format!("`{typed}`"), |b| {
            b.iter(|| id.map(|id| completion(black_box(&cx), Place { id, at }, false)));
        });
    }
    group.finish();
}

/// What is asked for while a name is typed: at 10,000 pages it is to take less than 10 ms.
fn symbols(c: &mut Criterion) {
    let cx = world_of(10_000, book_path, book_page).snapshot();
    let mut group = c.benchmark_group("workspace symbols/10000");
    for query in ["", "l", "led", "ledger", "ledger quorum", "zzz", "#led", "@system 70", "!led"] {
        group.bench_function(format!("`{query}`"), |b| {
            b.iter(|| workspace_symbols(black_box(&cx), query, 256));
        });
    }
    group.finish();
}

fn check(c: &mut Criterion) {
    let drafts = || {
        let site = Arc::new(Site::plain("/w"));
        let draft = |n| Draft::new(site.clone(), path(n), Content::Text(page(n, 1_000)));
        (0..1_000).map(draft).collect::<Vec<_>>()
    };
    c.bench_function("take in/1000", |b| {
        b.iter_batched(
            drafts,
            |drafts| {
                let world = World::default();
                world.apply(Change::Found(drafts));
                world
            },
            BatchSize::PerIteration,
        );
    });
    let cx = world(1_000).snapshot();
    c.bench_function("check/1000", |b| {
        b.iter(|| cx.pages().map(|it| rules::findings(&cx, it).len()).sum::<usize>());
    });
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(20);
    targets = parse, keystroke, title, names, questions, symbols, check
}
criterion_main!(benches);
