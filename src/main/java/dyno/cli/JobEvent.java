package dyno.cli;

/// One event of a job's stream.
///
/// @param id   rises by one for each event of a job; empty where the stream gave none
/// @param type `state`, `progress`, `case`, `warning`, `end`, `resync`
/// @param data JSON, as it was sent
record JobEvent(String id, String type, String data) {}
