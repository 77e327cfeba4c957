//! The command `tsugite`.

#![forbid(unsafe_code)]

use std::process::ExitCode;

fn main() -> ExitCode {
    tsugite_gateway::run(tsugite_gateway::default_registry())
}
