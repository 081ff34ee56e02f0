package dyno.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MergeTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'a': 1}                 | {'b': 2}                 | {a=1, b=2}",
                "{'a': 1}                 | {'a': 2}                 | {a=2}",
                "{'a': {'x': 1, 'y': 2}}  | {'a': {'y': 3}}          | {a={x=1, y=3}}",
                "{'a': {'x': {'p': 1}}}   | {'a': {'x': {'q': 2}}}   | {a={x={p=1, q=2}}}",
                "{'a': [1, 2, 3]}         | {'a': [4]}               | {a=[4]}",
                "{'a': 1}                 | {'a': {'x': 1}}          | {a={x=1}}",
                "{'a': {'x': 1}}          | {'a': 1}                 | {a=1}",
                "{'a': 1, 'b': 2}         | {'a': null}              | {a=null, b=2}",
                "{'a': {'x': 1, 'y': 2}}  | {'a': {'x': null}}       | {a={x=null, y=2}}",
                "{}                       | {'a': {'x': null}}       | {a={x=null}}",
                "{}                       | {'a': null}              | {a=null}",
            })
    void mergesDeeply(String base, String change, String merged) {
        assertThat(Merge.deep(tree(base), tree(change))).hasToString(merged);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{}                      | a     | {a=7}",
                "{}                      | a.b.c | {a={b={c=7}}}",
                "{'a': {'b': 1, 'd': 2}} | a.b   | {a={b=7, d=2}}",
                "{'a': 1}                | a.b   | {a={b=7}}",
            })
    void setsDottedPaths(String base, String path, String merged) {
        assertThat(Merge.at(tree(base), path, 7L)).hasToString(merged);
    }

    @Test
    void putsNullInThePlaceOfWhatItRemoves() {
        assertThat(Merge.at(tree("{'a': {'b': 1, 'c': 2}}"), "a.b", null)).hasToString("{a={b=null, c=2}}");
    }

    @Test
    void changesNeitherArgument() {
        var base = tree("{'a': {'x': 1}}");
        var change = tree("{'a': {'y': 2}}");

        Merge.deep(base, change);

        assertThat(base).hasToString("{a={x=1}}");
        assertThat(change).hasToString("{a={y=2}}");
    }

    private static Map<String, @Nullable Object> tree(String json) {
        var tree = Fields.object(Submissions.tree(json));
        if (tree == null) {
            throw new AssertionError(json + " is no object");
        }
        return tree;
    }
}
