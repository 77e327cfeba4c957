//! fhirbolt, compiled once: resource types and one function to bytes
