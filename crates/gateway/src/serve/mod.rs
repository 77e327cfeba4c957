//! `tsugite serve`: the same way as a single run, for ever.
//!
//! One thread does all work, in small steps: what lies ready of answers is applied and what may go is handed over between any two
//! files and any two patients, so that nothing long stands in the way. Everything that must survive is in the store before it counts;
//! the process may end anywhere.

mod intake;
mod line;
mod log;
mod notify;
mod pressure;
mod service;
mod stop;
mod watch_settings;

pub use log::start as start_log;
pub use service::Service;
pub use stop::Stop;

#[cfg(test)]
mod tests;
