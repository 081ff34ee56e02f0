package dyno.engine.marc;

/// A record as an object; arrays are not to be changed.
record MarcRecord(String leader, MarcField[] fields) {}
