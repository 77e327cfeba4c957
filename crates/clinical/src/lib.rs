//! The vocabulary: facts, charts, merging, dates, result values, conservation
