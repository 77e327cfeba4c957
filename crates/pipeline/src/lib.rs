//! The pure way from inputs to gated bundles
