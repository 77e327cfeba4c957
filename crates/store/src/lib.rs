//! Facts, ledger and outbox, durable
