//! HL7 v2 ER7 reader over decoded text
