//! Standardised chart to JP-CLINS bundles
