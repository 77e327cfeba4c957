//! The stand-in centre
