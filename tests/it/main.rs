//! The whole house, from outside: the real binary over its real pipe.

#![allow(clippy::unwrap_used, reason = "a test may fail by panicking")]
#![allow(clippy::needless_pass_by_value, reason = "a test is easier to read without `&`")]
#![allow(missing_docs, reason = "nobody uses tests as an interface")]

mod actions;
mod arrival;
mod bad_input;
mod book;
mod broken;
mod check;

mod ci;
mod cli;
mod features;
mod fix;
mod house;
mod lifecycle;
mod moving;
mod mv;
mod seeing;
mod wire;
mod workspace;
