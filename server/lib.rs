//! Casebook, from the ground up: each floor knows only those below it.

pub mod model;
pub mod rules;
pub mod syntax;
pub mod text;
pub mod world;

#[cfg(test)]
mod testing;
