//! Casebook, from the ground up: each floor knows only those below it.

pub mod syntax;
pub mod text;
