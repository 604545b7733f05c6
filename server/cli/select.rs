//! Which findings a command is about: by rule, by level, by what was there before.

use clap::Args;

use crate::{
    model::Level,
    rules::{Finding, RULES},
    settings::Layer,
};

/// Which findings count.
#[derive(Args, Debug)]
pub(super) struct Selection {
    /// Only these rules; rules that are off are turned on, at the level that the settings give them if
    /// they do. Codes or categories, separated by commas.
    #[arg(long, value_delimiter = ',', value_name = "RULES", value_parser = codes)]
    select: Vec<Codes>,
    /// Not these rules.
    #[arg(long, value_delimiter = ',', value_name = "RULES", value_parser = codes)]
    ignore: Vec<Codes>,
    /// Only findings that matter this much or more: `info`, or `hint` where rules are selected, unless
    /// given.
    #[arg(long, value_name = "LEVEL", value_parser = level)]
    severity: Option<Level>,
}

/// The rules that a word names.
type Codes = std::sync::Arc<[&'static str]>;

fn codes(word: &str) -> Result<Codes, String> {
    let named: Vec<&'static str> = RULES
        .iter()
        .filter(|it| it.code == word || it.category.name() == word)
        .map(|it| it.code)
        .collect();
    if named.is_empty() {
        return Err("there is no such rule or category: `casebook rules` lists them".to_owned());
    }
    Ok(named.into())
}

fn level(word: &str) -> Result<Level, String> {
    let named = Level::named(word).filter(|it| *it != Level::Off);
    named.ok_or_else(|| "`error`, `warning`, `info` or `hint`".to_owned())
}

impl Selection {
    /// Turns on what is selected.
    pub(super) fn layer(&self) -> Layer {
        let on = self.select.iter().flat_map(|it| it.iter()).copied();
        Layer { on: on.collect(), ..Layer::default() }
    }

    /// Whether a finding counts.
    pub(super) fn takes(&self, finding: &Finding) -> bool {
        let among = |all: &[Codes]| all.iter().any(|it| it.contains(&finding.code));
        let least = if self.select.is_empty() { Level::Info } else { Level::Hint };
        finding.severity <= self.severity.unwrap_or(least)
            && (self.select.is_empty() || among(&self.select))
            && !among(&self.ignore)
    }
}
