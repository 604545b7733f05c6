//! Casebook, from the ground up: each floor knows only those below it.

pub mod cli;
pub mod disk;
pub mod features;
pub mod lsp;
pub mod model;
pub mod rules;
pub mod settings;
pub mod syntax;
pub mod text;
pub mod world;

#[cfg(test)]
mod testing;
