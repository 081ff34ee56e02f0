package dyno.engine.etl;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The records, lines and values as they should be, written down as plainly as the rules are: what everything that is
/// fast is compared with. It shares no code with the generators.
///
/// Immutable; safe for any number of threads.
///
/// @param seed   of the records
/// @param kind   what becomes of them
/// @param rounds of T3's hash
record Reference(long seed, TransformKind kind, int rounds) {

    private static final long G = 0x9E3779B97F4A7C15L;

    /// The result of one record.
    ///
    /// @param totalActivities 0 for T0, T1 and ROWS
    /// @param fingerprint     0 for T1 and ROWS
    record Outcome(String line, long value, int totalActivities, long fingerprint) {}

    boolean isOriginal() {
        return kind == TransformKind.T1 || kind == TransformKind.ROWS;
    }

    static long mix(long value) {
        long z = value;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }

    long start(long id) {
        return mix(seed + mix(id * G));
    }

    long draw(long id, int k) {
        return mix(start(id) + k * G);
    }

    /// In [from, below), by the upper half of the 128-bit product.
    int integer(long id, int k, int from, int below) {
        return from + (int) Math.unsignedMultiplyHigh(draw(id, k), below - from);
    }

    double unit(long id, int k) {
        return (draw(id, k) >>> 11) / 9007199254740992.0;
    }

    String inputLine(long id) {
        return isOriginal() ? originalInput(id) : optimisedInput(id);
    }

    Outcome outcome(long id) {
        return isOriginal() ? originalOutcome(id) : optimisedOutcome(id);
    }

    private String optimisedInput(long id) {
        return "{\"id\":" + id
                + ",\"username\":\"u" + id
                + "\",\"email\":\"u" + id
                + "@e.com\",\"age\":" + integer(id, 1, 18, 80)
                + ",\"locationId\":" + integer(id, 2, 0, 10)
                + ",\"profileBits\":\"" + hex(draw(id, 3))
                + "\",\"activityCount\":" + integer(id, 4, 10, 100)
                + ",\"transactionCount\":" + integer(id, 5, 5, 50)
                + ",\"messageCount\":" + integer(id, 6, 1, 20)
                + ",\"socialConnectionsCount\":" + integer(id, 7, 10, 500)
                + ",\"dataHash\":\"" + hex(dataHash(id))
                + "\"}";
    }

    private static String hex(long value) {
        var digits = Long.toHexString(value);
        return "0".repeat(16 - digits.length()) + digits;
    }

    private static long dataHash(long id) {
        return id * 0x517CC1B727220A95L;
    }

    private Outcome optimisedOutcome(long id) {
        int total = total(id);
        long fingerprint = kind == TransformKind.T3 ? hashed(id) : dataHash(id);
        if (kind == TransformKind.T0) {
            var line = "{\"userId\":" + id + ",\"dataFingerprint\":\"" + hex(fingerprint) + "\"}";
            return new Outcome(line, mix(id + fingerprint), 0, fingerprint);
        }
        float score = score(id, total);
        var line = "{\"userId\":" + id
                + ",\"displayName\":\"User #" + id
                + "\",\"totalActivities\":" + total
                + ",\"engagementScore\":" + Float.toString(score)
                + ",\"dataFingerprint\":\"" + hex(fingerprint)
                + "\"}";
        return new Outcome(line, value(id, total, score, fingerprint), total, fingerprint);
    }

    /// The value of one record, without its line.
    long value(long id) {
        return switch (kind) {
            case T0 -> mix(id + dataHash(id));
            case T2 -> value(id, total(id), score(id, total(id)), dataHash(id));
            case T3 -> value(id, total(id), score(id, total(id)), hashed(id));
            case T1 -> originalOutcome(id).value();
            case ROWS -> mix(id);
        };
    }

    private static long value(long id, int total, float score, long fingerprint) {
        return mix(id + fingerprint + (((long) total << 32) | (Float.floatToIntBits(score) & 0xffffffffL)));
    }

    private int total(long id) {
        return integer(id, 4, 10, 100) + integer(id, 5, 5, 50) + integer(id, 6, 1, 20);
    }

    private float score(long id, int total) {
        return (float) total / (float) (integer(id, 7, 10, 500) + 1);
    }

    private long hashed(long id) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            byte[] hash = digest.digest(optimisedInput(id).getBytes(StandardCharsets.UTF_8));
            for (int round = 2; round <= rounds; round++) {
                hash = digest.digest(hash);
            }
            return new BigInteger(1, hash).shiftRight(192).longValue();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    private Outcome originalOutcome(long id) {
        if (kind == TransformKind.ROWS) {
            return new Outcome(originalInput(id), mix(id), 0, 0);
        }
        var fullName = "FirstName%d LastName%d".formatted(id, id);
        var email = "user%d@example.com".formatted(id);
        var location = "City%d, State%d, USA".formatted(integer(id, 3, 1, 100), integer(id, 4, 1, 50));
        var bio = "Bio for user %d".formatted(id).repeat(10);
        var summary =
                "Bio: %s... | Interests: 5 | Skills: 7 | Education: 2 | Experience: 3".formatted(bio.substring(0, 50));
        var line = "{\"userId\":%d,\"fullName\":\"%s\",\"email\":\"%s\",\"location\":\"%s\",\"profileSummary\":\"%s\""
                        .formatted(id, fullName, email, location, summary)
                + ",\"activityCount\":20,\"transactionCount\":15,\"messageCount\":10,\"socialConnections\":50"
                + ",\"dataSize\":50000}";
        long lengths = (long) fullName.length() + email.length() + location.length() + summary.length();
        return new Outcome(line, mix(id + 50_000 + (lengths << 32)), 0, 0);
    }

    private String originalInput(long id) {
        return "{"
                + String.join(
                        ",",
                        List.of(
                                "\"id\":" + id,
                                text("username", "user_" + id),
                                text("email", "user%d@example.com".formatted(id)),
                                text("firstName", "FirstName" + id),
                                text("lastName", "LastName" + id),
                                "\"age\":" + integer(id, 1, 18, 80),
                                "\"address\":" + address(id),
                                "\"profile\":" + profile(id),
                                "\"preferences\":" + preferences(),
                                "\"activityLog\":" + entries(20, "activity_", i -> "action_" + i, "meta_"),
                                "\"transactions\":"
                                        + entries(
                                                15,
                                                "transaction_",
                                                i -> "amount_" + integer(id, 8 + i, 10, 1_000),
                                                "tx_meta_"),
                                "\"messages\":" + list(10, i -> message(id, i)),
                                "\"socialMedia\":" + socialMedia(),
                                "\"largeData\":" + largeData()))
                + "}";
    }

    private String address(long id) {
        var coordinates = "{\"lat\":%s,\"lng\":%s}"
                .formatted(
                        degrees(integer(id, 6, -90_000_000, 90_000_000)),
                        degrees(integer(id, 7, -180_000_000, 180_000_000)));
        return object(
                text("street", integer(id, 2, 100, 9_999) + " Main St"),
                text("city", "City" + integer(id, 3, 1, 100)),
                text("state", "State" + integer(id, 4, 1, 50)),
                text("zipCode", "%05d".formatted(integer(id, 5, 10_000, 99_999))),
                text("country", "USA"),
                "\"coordinates\":" + coordinates);
    }

    private static String degrees(int micros) {
        int absolute = Math.abs(micros);
        return String.format(
                Locale.ROOT, "%s%d.%06d", micros < 0 ? "-" : "", absolute / 1_000_000, absolute % 1_000_000);
    }

    private static String profile(long id) {
        return object(
                text("bio", ("Bio for user " + id).repeat(10)),
                "\"interests\":" + list(5, i -> "\"Interest" + i + "\""),
                "\"skills\":" + list(7, i -> "\"Skill" + i + "\""),
                "\"education\":"
                        + list(
                                2,
                                i -> object(
                                        text("institution", "University " + i),
                                        text("degree", "Degree " + i),
                                        "\"year\":" + (2020 - i),
                                        text("description", ("Education description " + i).repeat(5)))),
                "\"experience\":"
                        + list(
                                3,
                                i -> object(
                                        text("company", "Company " + i),
                                        text("position", "Position " + i),
                                        text("duration", i + 1 + " years"),
                                        text("description", ("Experience description " + i).repeat(5)))));
    }

    private static String preferences() {
        return object(
                text("language", "en"),
                text("timezone", "UTC"),
                "\"notifications\":[\"email\",\"sms\"]",
                "\"settings\":" + entries(10, "setting_", i -> "value_" + i, "metadata_"));
    }

    private String message(long id, int i) {
        int k = 23 + 5 * i;
        return object(
                text("id", "msg_" + id + "_" + i),
                text("from", "user_" + integer(id, k, 1, 1_000)),
                text("to", "user_" + id),
                text("subject", "Subject " + i),
                text("body", ("Message body " + i).repeat(10)),
                "\"read\":" + (draw(id, k + 1) < 0),
                "\"attachments\":"
                        + list(
                                3,
                                j -> object(
                                        text("name", "file_%d_%d.txt".formatted(i, j)),
                                        "\"size\":" + integer(id, k + 2 + j, 1_000, 100_000),
                                        text("type", "text/plain"))));
    }

    private static String socialMedia() {
        return object(
                "\"connections\":" + list(50, i -> "\"connection_" + i + "\""),
                "\"posts\":" + entries(25, "post_", i -> ("Post content " + i).repeat(20), "post_meta_"),
                "\"groups\":" + list(5, i -> object(text("id", "group_" + i), text("name", "Group Name " + i))));
    }

    private static String largeData() {
        return object(
                text("blob1", "x".repeat(10_000)),
                text("blob2", "y".repeat(10_000)),
                text("blob3", "z".repeat(10_000)),
                text("blob4", "a".repeat(10_000)),
                text("blob5", "b".repeat(10_000)));
    }

    private static String entries(int count, String key, IntFunction<String> value, String metadata) {
        return list(
                count,
                i -> object(text("key", key + i), text("value", value.apply(i)), text("metadata", metadata + i)));
    }

    private static String list(int count, IntFunction<String> element) {
        return IntStream.range(0, count).mapToObj(element).collect(Collectors.joining(",", "[", "]"));
    }

    private static String object(String... fields) {
        return "{" + String.join(",", fields) + "}";
    }

    /// The words hold nothing that JSON would escape.
    private static String text(String name, String value) {
        return "\"" + name + "\":\"" + value + "\"";
    }
}
