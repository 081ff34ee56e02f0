package dyno.job;

import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A submission as the API's description shows it, with the bounds of docs/reference/api.md. Defaults that depend on
/// the node, as those of the engines' workloads do, are not in it.
final class SubmissionSchema {

    private SubmissionSchema() {}

    static Schema<?> submission() {
        Schema<?> submission = new ObjectSchema();
        submission.addProperty("engine", new StringSchema().description("id of an engine"));
        submission.addProperty(
                "workload",
                new ObjectSchema()
                        .description("the engine's fields: GET /api/v1/engines/{engine} has their schema")
                        .additionalProperties(true));
        submission.addProperty("variants", new ArraySchema().items(variant()).maxItems(64));
        submission.addProperty("baseline", new StringSchema().description("the variant that others are compared with"));
        submission.addProperty(
                "matrix",
                new ObjectSchema()
                        .description("lists of values by field or dotted path")
                        .additionalProperties(new ArraySchema()
                                .items(new Schema<Object>())
                                .minItems(1)
                                .maxItems(256)));
        submission.addProperty("plan", plan());
        submission.addProperty("timeoutSeconds", integer(1, 86_400));
        submission.addProperty("caseTimeoutSeconds", integer(1, 86_400));
        submission.addProperty("priority", integer(0, 100).description("higher first"));
        submission.addProperty(
                "labels",
                new ObjectSchema()
                        .additionalProperties(new StringSchema().maxLength(256))
                        .maxProperties(32));
        submission.addProperty("reason", new StringSchema().maxLength(200));
        submission.setRequired(List.of("engine"));
        submission.setAdditionalProperties(false);
        return submission;
    }

    private static Schema<?> variant() {
        Schema<?> variant = new ObjectSchema();
        variant.addProperty("name", new StringSchema().pattern("[a-z0-9][a-z0-9-]{0,39}"));
        variant.addProperty(
                "workload",
                new ObjectSchema()
                        .description("merged into the job's; null removes")
                        .additionalProperties(true));
        variant.addProperty(
                "mayFail",
                new ArraySchema()
                        .items(words("OUT_OF_MEMORY", "TIMED_OUT", "FORK_FAILED", "ENGINE_ERROR"))
                        .description("failures that are findings"));
        variant.setRequired(List.of("name"));
        variant.setAdditionalProperties(false);
        return variant;
    }

    private static Schema<?> plan() {
        Schema<?> plan = new ObjectSchema();
        plan.addProperty("mode", words("MEASURE", "SMOKE"));
        plan.addProperty("forks", integer(1, 50));
        plan.addProperty("warmupIterations", integer(0, 100));
        plan.addProperty("iterations", integer(1, 1_000));
        plan.addProperty("minIterationMillis", integer(0, 60_000));
        plan.addProperty(
                "profile",
                words("NONE", "JFR")
                        .description("what is recorded of each case in one more fork, which does not count"));
        plan.setAdditionalProperties(false);
        return plan;
    }

    static Schema<?> dryRun() {
        Schema<?> planned = new ObjectSchema();
        planned.addProperty("name", new StringSchema());
        planned.addProperty("workload", new ObjectSchema().additionalProperties(true));
        Schema<?> dryRun = new ObjectSchema();
        dryRun.addProperty("cases", new ArraySchema().items(planned));
        dryRun.addProperty("plan", plan());
        dryRun.addProperty("estimatedSeconds", new IntegerSchema());
        dryRun.addProperty("memoryBytes", new IntegerSchema().format("int64"));
        dryRun.addProperty("scratchBytes", new IntegerSchema().format("int64"));
        dryRun.addProperty(
                "warnings", new ArraySchema().items(new Schema<Object>().$ref("#/components/schemas/Warning")));
        return dryRun;
    }

    static Map<String, Object> comparison() {
        var example = new LinkedHashMap<String, Object>();
        example.put("engine", "generator");
        example.put("workload", Map.of("totalBytes", 268_435_456));
        example.put(
                "variants",
                List.of(Map.of("name", "legacy", "workload", Map.of("mode", "LEGACY")), Map.of("name", "direct")));
        example.put("baseline", "legacy");
        example.put("matrix", Map.of("chunkBytes", List.of(4_194_304, 67_108_864)));
        example.put("plan", Map.of("forks", 3));
        example.put("labels", Map.of("branch", "main"));
        return example;
    }

    static Map<String, Object> smoke() {
        var example = new LinkedHashMap<String, Object>();
        example.put("engine", "generator");
        example.put("workload", Map.of("totalBytes", 16_777_216));
        example.put("plan", Map.of("mode", "SMOKE"));
        return example;
    }

    private static Schema<?> integer(long min, long max) {
        return new IntegerSchema().minimum(BigDecimal.valueOf(min)).maximum(BigDecimal.valueOf(max));
    }

    private static Schema<?> words(String... words) {
        var schema = new StringSchema();
        List.of(words).forEach(schema::addEnumItem);
        return schema;
    }
}
