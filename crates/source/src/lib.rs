//! What every source of facts implements: inputs, sink, registry
