#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod cases;
mod damaged;
mod hostile;
mod mistakes;
mod order;
mod presets;
mod sheets;
