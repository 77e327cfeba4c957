//! Transports, envelopes, receipts and retry classes
