package dyno.job;

import dyno.engine.Warning;
import dyno.result.Failure;
import dyno.web.NulFree;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/// The JSON columns of the queue. Immutable.
final class JobJson {

    private final JsonMapper mapper;
    private final ObjectWriter lookedInto;
    private final ObjectReader trees;
    private final ObjectReader cases;
    private final ObjectReader labels;
    private final ObjectReader warnings;

    JobJson(JsonMapper mapper) {
        this.mapper = mapper;
        this.lookedInto = mapper.writer().with(new NulFree());
        // Engines take their trees as the strict parser gives them: every integer a Long.
        this.trees = mapper.readerFor(new TypeReference<Map<String, @Nullable Object>>() {})
                .with(DeserializationFeature.USE_LONG_FOR_INTS);
        this.cases = mapper.readerFor(new TypeReference<List<PlannedCase>>() {})
                .with(DeserializationFeature.USE_LONG_FOR_INTS);
        this.labels = mapper.readerFor(new TypeReference<Map<String, String>>() {});
        this.warnings = mapper.readerFor(new TypeReference<List<Warning>>() {});
    }

    /// What is only read back whole, as it is.
    String write(Object value) {
        return mapper.writeValueAsString(value);
    }

    /// What queries and views look into.
    @Nullable
    String writeIfPresent(@Nullable Object value) {
        return value == null ? null : lookedInto.writeValueAsString(value);
    }

    Map<String, @Nullable Object> tree(String json) {
        return trees.readValue(json);
    }

    List<PlannedCase> cases(String json) {
        return cases.readValue(json);
    }

    Map<String, String> labels(String json) {
        return labels.readValue(json);
    }

    List<Warning> warnings(String json) {
        return warnings.readValue(json);
    }

    @Nullable
    Progress progress(@Nullable String json) {
        return json == null ? null : mapper.readValue(json, Progress.class);
    }

    @Nullable
    Failure failure(@Nullable String json) {
        return json == null ? null : mapper.readValue(json, Failure.class);
    }
}
