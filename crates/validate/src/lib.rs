//! JSON tree and rules for JP-CLINS bundles
