package dyno.engine;

/// Something a reader of the figures should know, without being an error.
///
/// @param code   upper-case word from the engine's or service's documented set: `OVERSUBSCRIBED`
/// @param detail one sentence with the values that led to it
public record Warning(String code, String detail) {}
