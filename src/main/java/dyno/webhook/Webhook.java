package dyno.webhook;

import java.net.URI;
import java.util.List;
import java.util.Map;

/// Who is told of what.
///
/// @param name    unique
/// @param url     `http` or `https`, of an allowed host when it was given
/// @param events  what it is told of, each once
/// @param labels  that a job, or the run of an alert, has to carry; what has no labels is told all the same
/// @param enabled whether anything is recorded for it, and sent
record Webhook(String name, URI url, List<EventType> events, Map<String, String> labels, boolean enabled) {}
