package dyno.cli;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// JSON trees. A class of its own so that `--help` never loads the parser.
final class Json {

    private static final JsonMapper MAPPER = new JsonMapper();

    /// @throws JacksonException where `text` is not JSON
    static JsonNode parse(String text) {
        return MAPPER.readTree(text);
    }

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    static String pretty(JsonNode tree) {
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(tree);
    }

    private Json() {}
}
