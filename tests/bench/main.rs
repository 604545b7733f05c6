//! How long things take: `cargo bench`. What a keystroke costs must not depend on how many pages there
//! are, so it is measured with a thousand and with twenty thousand.

#![allow(missing_docs, reason = "nobody uses benchmarks as an interface")]

use std::{fmt::Write as _, hint::black_box, sync::Arc};

use casebook::{
    features::{Place, completion::completion, workspace_symbols::workspace_symbols},
    model::{Path, Site},
    rules,
    syntax::{self, Dialect},
    text::{Edit, Span, Text},
    world::{Change, Content, Draft, World},
};
use criterion::{BatchSize, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};

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

fn world(pages: usize) -> World {
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

fn keystroke(c: &mut Criterion) {
    let mut group = c.benchmark_group("keystroke");
    for pages in [1_000, 20_000] {
        let world = world(pages);
        let path = path(7);
        let mut text = Text::from(page(7, pages).as_str());
        let at = text.len() / 2;
        group.bench_function(BenchmarkId::new("apply", pages), |b| {
            b.iter(|| {
                text.apply(&Edit { span: Span::empty(at), with: "x".to_owned() });
                let change = Change::Edited { path: path.clone(), version: 1, text: text.clone() };
                black_box(world.apply(change));
                text.apply(&Edit { span: Span::new(at, at + 1), with: String::new() });
            });
        });
    }
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
    let cx = world.snapshot();
    c.bench_function("workspace symbols/20000", |b| {
        b.iter(|| workspace_symbols(black_box(&cx), "ledger", 256));
    });
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
    targets = parse, keystroke, questions, check
}
criterion_main!(benches);
