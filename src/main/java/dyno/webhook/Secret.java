package dyno.webhook;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// What deliveries of one webhook are signed with: 256 random bits. Says nothing of itself in logs.
/// Immutable.
///
/// @see <a href="https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md">
///     Standard Webhooks</a>
final class Secret {

    private static final int BYTES = 32;
    private static final String ALGORITHM = "HmacSHA256";

    private final byte[] key;

    /// @param key as [#key] gave it
    Secret(byte[] key) {
        this.key = key.clone();
    }

    static Secret random(SecureRandom random) {
        var key = new byte[BYTES];
        random.nextBytes(key);
        return new Secret(key);
    }

    /// As it is stored.
    byte[] key() {
        return key.clone();
    }

    /// As people and libraries take it: `whsec_` and the key in base64.
    String reveal() {
        return "whsec_" + Base64.getEncoder().encodeToString(key);
    }

    /// The value of the header `webhook-signature`.
    ///
    /// @param timestamp seconds since 1970, as in the header `webhook-timestamp`
    /// @param body      as it is sent
    String sign(UUID id, long timestamp, byte[] body) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            mac.update("%s.%d.".formatted(id, timestamp).getBytes(US_ASCII));
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has " + ALGORITHM, e);
        }
    }

    @Override
    public String toString() {
        return "whsec_…";
    }
}
