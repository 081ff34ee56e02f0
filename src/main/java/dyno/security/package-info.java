/// Who asks, and what they may: API keys with scopes, limits on how often, a record of every write.
@NullMarked
package dyno.security;

import org.jspecify.annotations.NullMarked;
