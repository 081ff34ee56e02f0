package dyno.webhook;

import java.net.URI;
import java.util.UUID;

/// A delivery that this node is to send now.
///
/// @param payload  sent as it is
/// @param attempt  tells this claim from others of the delivery
/// @param failures so far
record ClaimedDelivery(UUID id, String webhook, URI url, Secret secret, String payload, int attempt, int failures) {}
