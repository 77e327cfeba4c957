//! Standard codes and units for a chart, from tables
