//! SS-MIX2 standardised storage and transaction files to facts
