package dyno.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// Requests about jobs that something is wrong with, most of the time: bytes of bodies changed, values and fields
/// of bodies replaced, odd paths, methods, headers and query strings. The same seed gives the same requests.
final class Mutations {

    record Mutation(HttpRequest request, String body) {

        @Override
        public String toString() {
            return "%s %s %s %s"
                    .formatted(
                            request.method(), request.uri(), request.headers().map(), body);
        }
    }

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final List<String> BODIES = List.of("{'engine': 'pump'}", """
            {'engine': 'pump', 'workload': {'chunkBytes': 4096, 'threads': 2, 'input': {'rows': 7, 'depth': 1.5}},
             'variants': [{'name': 'legacy', 'workload': {'mode': 'LEGACY'}, 'mayFail': ['TIMED_OUT']}, {'name': 'b'}],
             'baseline': 'b', 'matrix': {'threads': [1, 2], 'input.rows': [3]},
             'plan': {'mode': 'MEASURE', 'forks': 3, 'warmupIterations': 1, 'iterations': 2, 'minIterationMillis': 5},
             'timeoutSeconds': 60, 'caseTimeoutSeconds': 30, 'priority': 7, 'labels': {'a': 'b'}, 'reason': 'why'}
            """);

    private static final List<Object> ODD = List.of(
            "",
            "x".repeat(5_000),
            "\u0000",
            "\ud800",
            "null",
            -1L,
            0L,
            Long.MAX_VALUE,
            new BigInteger("9".repeat(60)),
            1e308,
            0.1,
            true,
            List.of(),
            List.of(List.of(1L)),
            Map.of(),
            Map.of("x", Map.of("y", 1L)));

    private static final List<String> PATHS = List.of(
            "/api/v1/jobs",
            "/api/v1/jobs",
            "/api/v1/jobs",
            "/api/v1/jobs",
            "/api/v1/jobs/",
            "/api/v1/jobs/x",
            "/api/v1/jobs/0193e5a0-0000-7000-8000-000000000000",
            "/api/v1/jobs/0193e5a0-0000-7000-8000-000000000000/events",
            "/api/v1/jobs/0193e5a0-0000-7000-8000-000000000000/cancel",
            "/api/v1/jobs/%20/cancel",
            "/api/v1/jobs/%E2%82%AC/events",
            "/api/v1/job");

    private static final List<String> QUERIES = List.of(
            "",
            "",
            "",
            "?dryRun=true",
            "?dryRun=maybe",
            "?dryRun",
            "?limit=0",
            "?limit=9999999999999999999999",
            "?cursor=AAAA",
            "?label=a:b&label=a:c",
            "?label=%00:x",
            "?engine=%00",
            "?state=running",
            "?x=y",
            "?%ff=1");

    private final Random random;

    Mutations(Random random) {
        this.random = random;
    }

    Mutation next(URI root) {
        var body = body();
        var method = random.nextInt(5) == 0 ? any(List.of("GET", "PUT", "DELETE", "PATCH", "OPTIONS")) : "POST";
        var request = HttpRequest.newBuilder(root.resolve(any(PATHS) + any(QUERIES)))
                .method(method, BodyPublishers.ofByteArray(body));
        if (random.nextInt(10) > 0) {
            request.header("Content-Type", "application/json");
        } else {
            request.header("Content-Type", any(List.of("text/plain", "application/xml", "application/json;charset=x")));
        }
        if (random.nextInt(8) == 0) {
            request.header("Idempotency-Key", any(List.of("k", "x".repeat(200), "key " + random.nextInt(3))));
        }
        if (random.nextInt(12) == 0) {
            request.header("Accept", any(List.of("text/html", "text/event-stream", "nonsense", "*/*;q=0")));
        }
        return new Mutation(request.build(), new String(body, UTF_8));
    }

    private byte[] body() {
        var text = any(BODIES).replace('\'', '"');
        return switch (random.nextInt(4)) {
            case 0 -> changedBytes(text.getBytes(UTF_8));
            case 1 -> text.substring(0, random.nextInt(text.length())).getBytes(UTF_8);
            default -> JSON.writeValueAsBytes(changed(JSON.readValue(text, Object.class)));
        };
    }

    private byte[] changedBytes(byte[] bytes) {
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            // Any byte will do: what comes of it need not be UTF-8.
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }

    /// Replaces, removes or adds something somewhere below.
    private @Nullable Object changed(@Nullable Object tree) {
        if (random.nextInt(4) == 0) {
            return any(ODD);
        }
        if (tree instanceof Map<?, ?> map && !map.isEmpty()) {
            var copy = new LinkedHashMap<Object, @Nullable Object>(map);
            var key = any(new ArrayList<>(copy.keySet()));
            switch (random.nextInt(6)) {
                case 0 -> copy.remove(key);
                case 1 -> copy.put("k" + random.nextInt(9) + "/~\u0000", any(ODD));
                case 2 -> copy.put(key, null);
                default -> copy.put(key, changed(copy.get(key)));
            }
            return copy;
        }
        if (tree instanceof List<?> list && !list.isEmpty()) {
            var copy = new ArrayList<@Nullable Object>(list);
            int index = random.nextInt(copy.size());
            copy.set(index, changed(copy.get(index)));
            return copy;
        }
        return any(ODD);
    }

    private <T> T any(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }
}
