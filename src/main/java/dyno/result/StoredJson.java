package dyno.result;

import dyno.web.NulFree;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// The JSON of the tables' columns, which stays as it is whatever the API's settings become. Immutable.
final class StoredJson {

    /// Integers of untyped trees are `Long`, as everywhere in Dyno.
    private final JsonMapper mapper = JsonMapper.builder(
                    JsonFactory.builder().characterEscapes(new NulFree()).build())
            .addModule(new ResultJacksonModule())
            .enable(DeserializationFeature.USE_LONG_FOR_INTS)
            .build();

    String write(Object value) {
        return mapper.writeValueAsString(value);
    }

    <T> T read(String json, Class<T> type) {
        return mapper.readValue(json, type);
    }

    /// An object whose members are all of one type, in their order.
    <T> Map<String, T> readMap(String json, Class<T> type) {
        return mapper.readValue(
                json, mapper.getTypeFactory().constructMapType(LinkedHashMap.class, String.class, type));
    }
}
