//! `tsugite serve` as a clinic runs it: the real program, watched folders, a storage, and the sandbox centre at the other end.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

#[path = "common.rs"]
mod common;
#[path = "service/disk.rs"]
mod disk;
#[path = "service/house.rs"]
mod house;
#[path = "service/kill.rs"]
mod kill;
#[path = "service/life.rs"]
mod life;
#[path = "service/owner.rs"]
mod owner;
#[path = "service/rules.rs"]
mod rules;
#[path = "service/who.rs"]
mod who;
#[path = "service/words.rs"]
mod words;
#[path = "service/year.rs"]
mod year;
