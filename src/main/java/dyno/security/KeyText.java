package dyno.security;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/// A key as its owner holds it.
///
/// ```text
/// dyno_3f9a1c2e_u6xK…          8 hex digits that may be shown, 43 characters that may not:
///      └prefix┘ └secret┘       256 random bits in the URL-safe alphabet of RFC 4648
/// ```
///
/// The prefix finds the row, the secret's hash proves the key. A plain SHA-256 does, since nobody can guess 256
/// random bits, however fast they hash.
///
/// @param prefix what may be shown: `dyno_3f9a1c2e`
/// @param secret never logged, never stored
/// @see <a href="https://www.rfc-editor.org/rfc/rfc4648">RFC 4648</a>
record KeyText(String prefix, String secret) {

    static final int SECRET_BYTES = 32;

    private static final int PREFIX_BYTES = 4;
    private static final Pattern FORM = Pattern.compile("(dyno_[0-9a-f]{8})_([A-Za-z0-9_-]{43})");

    static KeyText random(SecureRandom random) {
        var prefix = new byte[PREFIX_BYTES];
        var secret = new byte[SECRET_BYTES];
        random.nextBytes(prefix);
        random.nextBytes(secret);
        return new KeyText(
                "dyno_" + HexFormat.of().formatHex(prefix),
                Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
    }

    /// Empty for anything that cannot be a key.
    static Optional<KeyText> parse(String text) {
        var form = FORM.matcher(text);
        return form.matches() ? Optional.of(new KeyText(form.group(1), form.group(2))) : Optional.empty();
    }

    /// The whole key, for its owner alone.
    String reveal() {
        return prefix + '_' + secret;
    }

    byte[] hash() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return prefix;
    }
}
