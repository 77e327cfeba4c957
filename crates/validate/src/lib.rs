//! Judges the bytes of a FHIR resource before anything leaves the house: JSON syntax, FHIR R4, the profiles of official packages, and
//! the strict rules of JP-CLINS that the centre checks or that no validator sees. Offline, in a millisecond, in Japanese and English.
//!
//! ```
//! use tsugite_issue::Lang;
//! use tsugite_validate::{Day, Options, Validator};
//!
//! // Base R4 is built in. With packages: Validator::load(files), each the name and the bytes of a .tgz as published.
//! let validator = Validator::base();
//! let options = Options { clock: Day::new(2026, 11, 22), ..Options::default() };
//! let report = validator.validate(br#"{"resourceType":"Patient","birthDate":"S35.4.5"}"#, &options);
//!
//! assert!(report.has_errors());
//! let issue = &report.issues[0];
//! assert_eq!(issue.path.as_deref(), Some("Patient.birthDate"));
//! assert_eq!(issue.text(Lang::En), "This is not how a date is written (example: 2026-04-01)");
//! println!("{} {} {}", issue.code(), issue.text(Lang::Ja), issue.remedy(Lang::Ja));
//! ```
//!
//! # Packages
//!
//! [`Validator::load`] takes `.tgz` files with snapshots, of several packages and versions side by side, and says what is wrong or
//! missing about them. Compiling takes most of a second: keep [`Validator::to_cache`] and start from [`Validator::from_cache`], which
//! repeats what was to be said with [`Validator::package_issues`]. Each resource is judged by the package of the profile that it names.
//!
//! # Many inputs, many threads
//!
//! A [`Validator`] is `Sync` and never changes: one serves all threads. Each thread keeps a [`Memory`], so that little is allocated
//! for an input and memory does not grow with their number. Limits in [`Options`] bound what one input can take: at most four times
//! its size.
//!
//! ```
//! use tsugite_validate::{Groups, Memory, Options, Validator};
//!
//! let validator = &Validator::base();
//! let inputs = [r#"{"resourceType":"Patient","gendre":"male"}"#; 100];
//! let parts: Vec<Groups> = std::thread::scope(|scope| {
//!     let workers: Vec<_> = inputs
//!         .chunks(25)
//!         .map(|part| {
//!             scope.spawn(move || {
//!                 let (mut memory, mut groups) = (Memory::default(), Groups::new(3));
//!                 for input in part {
//!                     groups.add_report(&validator.validate_in(&mut memory, input.as_bytes(), &Options::default()));
//!                 }
//!                 groups
//!             })
//!         })
//!         .collect();
//!     workers.into_iter().filter_map(|worker| worker.join().ok()).collect()
//! });
//! let mut all = Groups::new(3);
//! parts.into_iter().for_each(|part| all.merge(part));
//!
//! // One cause, however often: one group, with its count and its first places.
//! let groups = all.finish();
//! assert_eq!(groups.len(), 1);
//! assert_eq!((groups[0].code(), groups[0].count, groups[0].places.len()), ("FHIR-002", 100, 3));
//! ```
//!
//! # What is said
//!
//! A [`Report`] lists issues in the order of the input, each with line and column, FHIR path and what was found, and sums them in a
//! [`Summary`] by [`Category`]. Codes are `JSON-NNN` for the bytes, `FHIR-NNN` for R4, terminology, profiles and packages, and
//! `STRICT-NNN` for the [`strict`] rules, which have their own table, keyed by the guide's invariant key where there is one. An error
//! is only what the receiver is known to refuse. [`example`] shows most of them wrong and right, [`find`] finds them by a rule number,
//! and [`reference()`] writes them all down (`RULES.md`).
//!
//! [`check`] applies JSON and the strict rules alone, in some microseconds.
//!
//! Pure: no clock, no files. The clock and the packages come in as values.

#![forbid(unsafe_code)]

#[doc(hidden)]
pub mod base;
mod check;
mod definitions;
mod engine;
pub mod fhirpath;
pub mod issues;
pub mod json;
mod options;
mod package;
mod reference;
mod report;
pub mod strict;
mod validator;

pub use check::{Memory, check, check_in};
pub use issues::{Example, example, find};
pub use json::Limits;
pub use options::{Day, Lookup, Options, SharedLabTable};
pub use reference::reference;
pub use report::{Category, Counts, Group, Groups, Place, Report, Summary, outcome_code};
pub use validator::Validator;
