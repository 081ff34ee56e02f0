package dyno.web;

/// One thing that is wrong with a request.
///
/// @param pointer RFC 6901 JSON Pointer from the root of the body, `/workload/chunkBytes`; `?limit` for a
///                query parameter
/// @param message field, value, bound
public record Violation(String pointer, String message) {}
