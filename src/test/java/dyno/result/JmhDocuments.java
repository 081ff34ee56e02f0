package dyno.result;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/// What JMH 1.37 wrote: `-rf json -prof gc` of benchmarks in each of its four modes, most with three forks
/// of four iterations. Only the path of its JVM was shortened, and one long histogram left out.
final class JmhDocuments {

    private JmhDocuments() {}

    static String written() {
        try (var in = JmhDocuments.class.getResourceAsStream("jmh-1.37.json")) {
            return new String(
                    Objects.requireNonNull(in, "the document is missing").readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
