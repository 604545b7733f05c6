//! Texts that a careless reader takes long for, by every reader: `cargo bench --bench bombs`.
//!
//! Prints, for each text of a megabyte and each reader, how many milliseconds a megabyte takes: to be read,
//! and reduced to what it says to other pages. Where there are words behind the command, only the texts
//! whose names hold one of them are tried.

#![allow(missing_docs, clippy::print_stdout, reason = "it is a program that prints a table")]

use std::{hint::black_box, sync::Arc, time::Instant};

use casebook::{
    model::{Path, Site, site::Generator},
    syntax::{Constructs, Dialect, Renderer, SlugStyle},
    world::{Content, Draft},
};

#[path = "../../server/syntax/bombs.rs"]
#[allow(dead_code, reason = "the tests use all of it")]
mod bombs;

/// How long a text is that is tried, and how long a shorter one, to see that both take the same a byte.
const BYTES: [usize; 2] = [1_048_576, 262_144];

/// Pages that are read differently once they are read: any page, a study, a pattern.
const PATHS: [&str; 3] = ["/w/a/page.md", "/w/case-studies/page.md", "/w/patterns/page.md"];

/// What no text may take, in milliseconds a megabyte.
const MOST: f64 = 100.0;

fn sites() -> Vec<(&'static str, Arc<Site>)> {
    let of = |generator: Generator, renderer, slugs| {
        let base = Dialect::default();
        let reads = Constructs {
            attr_list: !matches!(renderer, Renderer::GitHub | Renderer::Obsidian),
            wiki_links: renderer == Renderer::Obsidian,
            ..base.reads
        };
        let dialect = Dialect { renderer, slugs, reads, ..base };
        (generator.name(), Arc::new(Site { generator, dialect, ..Site::plain("/w") }))
    };
    let mut mkdocs = Dialect::mkdocs_material();
    mkdocs.reads.blocks = true;
    let mkdocs = Site { generator: Generator::MkDocs, dialect: mkdocs, ..Site::plain("/w") };
    vec![
        (mkdocs.generator.name(), Arc::new(mkdocs)),
        of(Generator::GitHub, Renderer::GitHub, SlugStyle::GitHub),
        of(Generator::MdBook, Renderer::MdBook, SlugStyle::MdBook),
        of(Generator::Hugo, Renderer::Goldmark, SlugStyle::Hugo),
        of(Generator::Docusaurus, Renderer::Mdx, SlugStyle::Docusaurus),
        of(Generator::VitePress, Renderer::MarkdownIt, SlugStyle::VitePress),
        of(Generator::Jekyll, Renderer::Kramdown, SlugStyle::KramdownGfm),
        of(Generator::DocFx, Renderer::Markdig, SlugStyle::Markdig),
        of(Generator::Obsidian, Renderer::Obsidian, SlugStyle::Obsidian),
    ]
}

/// The seconds that this thread has been at work; where that is not to be had, the seconds since `start`.
fn worked(start: Instant) -> f64 {
    let stated = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let spent = stated.and_then(|it| it.split(' ').next()?.parse::<f64>().ok());
    spent.map_or_else(|| start.elapsed().as_secs_f64(), |it| it / 1e9)
}

/// Milliseconds a megabyte, of the path that takes longest; what seems to take too long is tried again.
fn measure(site: &Arc<Site>, text: &str) -> f64 {
    let start = Instant::now();
    let once = |path: &str| {
        let (path, content) = (Path::new(path), Content::Text(text.to_owned()));
        let before = worked(start);
        black_box(Draft::new(site.clone(), path, content));
        worked(start) - before
    };
    #[allow(clippy::cast_precision_loss, reason = "texts are short")]
    let megabytes = text.len() as f64 / 1_048_576.0;
    let once = |path: &&str| once(path) * 1_000.0 / megabytes;
    let best = |path| {
        let first = once(path);
        if first < MOST { first } else { first.min(once(path)) }
    };
    PATHS.iter().map(best).fold(0.0, f64::max)
}

fn main() {
    let wanted: Vec<String> =
        std::env::args().skip(1).filter(|it| !it.starts_with("--") && it != "bombs").collect();
    let is_wanted = |name: &str| wanted.is_empty() || wanted.iter().any(|it| name.contains(it));
    let sites = sites();
    print!("{:32}", "ms a megabyte");
    sites.iter().for_each(|it| print!("{:>11}", it.0));
    println!();
    let shorter = bombs::bombs(BYTES[1]);
    let mut slow = Vec::new();
    for ((name, text), (_, short)) in bombs::bombs(BYTES[0]).into_iter().zip(shorter) {
        if !is_wanted(&name) {
            continue;
        }
        let took: Vec<f64> = sites.iter().map(|it| measure(&it.1, &text)).collect();
        let worst = took.iter().copied().enumerate().max_by(|a, b| a.1.total_cmp(&b.1));
        let Some((at, worst)) = worst else { continue };
        print!("{name:32}");
        took.iter().for_each(|it| print!("{it:>11.1}"));
        println!("{}", if worst > MOST { "  <" } else { "" });
        if worst > MOST {
            let before = measure(&sites[at].1, &short);
            slow.push(format!("{name} by {}: {worst:.0}, a quarter {before:.0}", sites[at].0));
        }
    }
    println!("\nover {MOST} ms a megabyte: {}", slow.len());
    slow.iter().for_each(|it| println!("  {it}"));
}
