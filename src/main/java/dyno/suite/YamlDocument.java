package dyno.suite;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/// A YAML file as the tree that the same document in JSON would give, and the line of each of its values.
///
/// Holds nothing but what JSON has: maps with text keys, lists, text, numbers, true or false, null. Tags, dates,
/// merge keys and duplicate keys are refused. Immutable.
final class YamlDocument {

    private static final int MAX_CHARACTERS = 1 << 20;
    private static final int MAX_DEPTH = 32;

    private final String file;
    private final Scalars scalars = new Scalars(limits());
    private final Map<String, Integer> lines = new HashMap<>();
    private final @Nullable Object tree;

    /// @param file as errors name it
    /// @throws SuiteFileException where the text is no such document
    YamlDocument(String file, String text) {
        this.file = file;
        this.tree = value(root(text), "", 0);
    }

    @Nullable
    Object tree() {
        return tree;
    }

    /// What is wrong at a place, to be thrown.
    ///
    /// @param pointer RFC 6901; where there is no such value, the line is that of the nearest one around it
    SuiteFileException fault(String pointer, String reason) {
        var at = pointer;
        while (!lines.containsKey(at)) {
            at = at.substring(0, at.lastIndexOf('/'));
        }
        return new SuiteFileException(file, lines.getOrDefault(at, 1), reason);
    }

    private static LoaderOptions limits() {
        var limits = new LoaderOptions();
        limits.setCodePointLimit(MAX_CHARACTERS);
        limits.setNestingDepthLimit(MAX_DEPTH);
        return limits;
    }

    private Node root(String text) {
        try {
            @Nullable Node root = new Yaml(limits()).compose(new StringReader(text));
            if (root == null) {
                throw new SuiteFileException(file, "the file is empty");
            }
            return root;
        } catch (MarkedYAMLException e) {
            throw (SuiteFileException)
                    new SuiteFileException(file, line(e.getProblemMark()), e.getProblem()).initCause(e);
        } catch (YAMLException e) {
            throw (SuiteFileException) new SuiteFileException(file, String.valueOf(e.getMessage())).initCause(e);
        }
    }

    private @Nullable Object value(Node node, String pointer, int depth) {
        lines.put(pointer, line(node.getStartMark()));
        if (depth > MAX_DEPTH) {
            throw fault(pointer, "maps and lists are nested deeper than %d levels".formatted(MAX_DEPTH));
        }
        return switch (node) {
            case MappingNode map -> map(map, pointer, depth);
            case SequenceNode list -> list(list, pointer, depth);
            case ScalarNode scalar -> scalar(scalar, pointer);
            default -> throw fault(pointer, "a value cannot be a " + node.getNodeId());
        };
    }

    private Map<String, @Nullable Object> map(MappingNode node, String pointer, int depth) {
        var map = new LinkedHashMap<String, @Nullable Object>();
        for (var entry : node.getValue()) {
            if (!(entry.getKeyNode() instanceof ScalarNode key) || !key.getTag().equals(Tag.STR)) {
                lines.put(pointer, line(entry.getKeyNode().getStartMark()));
                throw fault(pointer, "a key has to be text; put it in quotes");
            }
            var name = key.getValue();
            var child = pointer + "/" + name.replace("~", "~0").replace("/", "~1");
            if (map.containsKey(name)) {
                lines.put(child, line(key.getStartMark()));
                throw fault(child, "'%s' appears twice in one map".formatted(name));
            }
            map.put(name, value(entry.getValueNode(), child, depth + 1));
        }
        return map;
    }

    private List<@Nullable Object> list(SequenceNode node, String pointer, int depth) {
        var list = new ArrayList<@Nullable Object>();
        for (var element : node.getValue()) {
            list.add(value(element, pointer + "/" + list.size(), depth + 1));
        }
        return list;
    }

    private @Nullable Object scalar(ScalarNode node, String pointer) {
        return switch (scalars.value(node)) {
            case null -> null;
            case Integer integer -> integer.longValue();
            case Object value
            when node.getTag().equals(Tag.INT)
                    || node.getTag().equals(Tag.FLOAT)
                    || node.getTag().equals(Tag.BOOL)
                    || node.getTag().equals(Tag.STR) -> value;
            case Object value ->
                throw fault(pointer, "'%s' is neither text nor a number; put it in quotes".formatted(node.getValue()));
        };
    }

    private static int line(@Nullable Mark mark) {
        return mark == null ? 1 : mark.getLine() + 1;
    }

    /// Gives scalars their types as YAML 1.1 does.
    private static final class Scalars extends SafeConstructor {

        Scalars(LoaderOptions limits) {
            super(limits);
        }

        @Nullable
        Object value(ScalarNode node) {
            return constructDocument(node);
        }
    }
}
