//! The gateway of an invented vendor: everything that Tsugite reads, and the problem lists that 架空カルテ exports.

#![forbid(unsafe_code)]

mod problem_list;

use std::process::ExitCode;

fn main() -> ExitCode {
    tsugite_gateway::run(tsugite_gateway::default_registry().with(problem_list::ProblemList))
}
