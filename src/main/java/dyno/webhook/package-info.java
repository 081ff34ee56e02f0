/// Tells others what happened: who wants to hear of what, and signed deliveries over HTTP.
@NullMarked
package dyno.webhook;

import org.jspecify.annotations.NullMarked;
