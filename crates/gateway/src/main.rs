//! The command `tsugite`.

#![forbid(unsafe_code)]

use mimalloc::MiMalloc;
use std::process::ExitCode;

/// A bundle is thousands of small strings; this allocator makes building it about a quarter faster (`benches/pipeline`).
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    tsugite_gateway::run(tsugite_gateway::default_registry())
}
