package dyno.web;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Requests that docs/openapi.json describes, right and wrong: each from a seed of its own. Safe for any number of
/// threads.
final class FuzzedRequests {

    /// @param body empty where there is none
    record Request(String method, String target, String contentType, byte[] body) {}

    private record Operation(String method, String path, JsonNode description) {}

    private static final JsonMapper JSON = JsonMapper.shared();

    private static final List<String> WORDS = List.of(
            "",
            "0",
            "-1",
            "9223372036854775808",
            "1e999",
            "true",
            "null",
            "nothing",
            "quick",
            "generator",
            "marc",
            "..",
            "%00",
            "'; DROP TABLE job; --",
            "$(id)",
            "{{7*7}}",
            "\u202e\ud83d\ude00",
            "a".repeat(300),
            "[]",
            "{}",
            "2026-01-01T00:00:00Z",
            "MEASURE",
            "QUEUED",
            "k:v",
            "/etc/passwd",
            "\\\\host\\share",
            "<script>");

    private final List<Operation> operations = new ArrayList<>();
    private final List<JsonNode> submissions = new ArrayList<>();

    FuzzedRequests() throws IOException {
        var api = JSON.readTree(Files.readString(Path.of("docs/openapi.json")));
        for (var path : api.path("paths").properties()) {
            for (var operation : path.getValue().properties()) {
                operations.add(new Operation(
                        operation.getKey().toUpperCase(Locale.ROOT), path.getKey(), operation.getValue()));
                operation
                        .getValue()
                        .path("requestBody")
                        .path("content")
                        .path("application/json")
                        .path("examples")
                        .forEach(example -> submissions.add(example.path("value")));
            }
        }
    }

    Request request(long seed) {
        var random = new Random(seed);
        var operation = operations.get(random.nextInt(operations.size()));
        var method = random.nextInt(20) == 0
                ? List.of("GET", "PUT", "PATCH", "DELETE", "POST", "HEAD").get(random.nextInt(6))
                : operation.method();
        var target = path(operation.path(), random) + query(operation.description(), random);
        boolean hasBody = method.equals("POST") || method.equals("PUT") || method.equals("PATCH");
        var type = random.nextInt(20) == 0 ? word(random).replaceAll("[^a-z]", "x") + "/x" : "application/json";
        return new Request(method, target, type, hasBody ? body(random) : new byte[0]);
    }

    private static String path(String template, Random random) {
        var path = new StringBuilder();
        for (var segment : template.substring(1).split("/")) {
            boolean isVariable = segment.startsWith("{");
            // Never a job's own id: the event stream of one that waits would not end.
            path.append('/').append(isVariable ? encoded(value(random)) : segment);
        }
        return random.nextInt(50) == 0 ? path + "/" + encoded(word(random)) : path.toString();
    }

    private static String value(Random random) {
        return random.nextInt(3) == 0 ? new UUID(random.nextLong(), random.nextLong()).toString() : word(random);
    }

    private static String query(JsonNode description, Random random) {
        var query = new StringBuilder();
        for (var parameter : description.path("parameters")) {
            if (parameter.path("in").asString("").equals("query") && random.nextInt(3) == 0) {
                query.append(query.isEmpty() ? '?' : '&')
                        .append(encoded(parameter.path("name").asString()))
                        .append('=')
                        .append(encoded(word(random)));
            }
        }
        if (random.nextInt(20) == 0) {
            query.append(query.isEmpty() ? '?' : '&')
                    .append(encoded(word(random)))
                    .append('=');
        }
        return query.toString();
    }

    private byte[] body(Random random) {
        var tree = submissions.get(random.nextInt(submissions.size())).deepCopy();
        int mutations = random.nextInt(4);
        for (int i = 0; i < mutations; i++) {
            mutate(tree, random);
        }
        var bytes = JSON.writeValueAsBytes(tree);
        switch (random.nextInt(8)) {
            case 0 -> bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            case 1 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
            case 2 -> bytes = "[".repeat(random.nextInt(200)).getBytes(StandardCharsets.US_ASCII);
            default -> {}
        }
        return bytes;
    }

    /// Changes one member somewhere in the tree.
    private static void mutate(JsonNode tree, Random random) {
        switch (tree) {
            case ObjectNode object
            when !object.isEmpty() -> {
                var names = List.copyOf(object.propertyNames());
                var name = names.get(random.nextInt(names.size()));
                switch (random.nextInt(5)) {
                    case 0 -> object.remove(name);
                    case 1 -> object.put(word(random), random.nextLong());
                    case 2 -> object.put(name, word(random));
                    case 3 -> object.put(name, random.nextInt() * 1e9);
                    default -> mutate(object.get(name), random);
                }
            }
            case ArrayNode array
            when !array.isEmpty() -> {
                if (random.nextBoolean()) {
                    array.add(word(random));
                } else {
                    mutate(array.get(random.nextInt(array.size())), random);
                }
            }
            default -> {}
        }
    }

    private static String word(Random random) {
        return WORDS.get(random.nextInt(WORDS.size()));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
