//! Bytes of Japanese systems to text, with a map back to byte offsets
