package dyno.fork;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// The two kinds of line that service and fork exchange, as JSON.
///
/// Both ends are the same build, so nothing is lenient: an unknown property is garbage.
final class ForkJson {

    /// Longest line either side accepts, its end not counted. The samples of 1,000 iterations take about 100 kB and
    /// engines bound their details; what is longer has gone wrong.
    static final int MAX_LINE_BYTES = 64 << 20;

    // Whole numbers come back as `Long`, as in a tree that the catalog made. Records say everything by their
    // components; methods such as `isPassed` would add properties that no constructor takes.
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_LONG_FOR_INTS)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .changeDefaultVisibility(checker -> checker.withIsGetterVisibility(Visibility.NONE))
            .build();

    private ForkJson() {}

    static byte[] line(ForkRequest request) {
        return ended(JSON.writeValueAsBytes(request));
    }

    static byte[] line(ForkMessage message) {
        return ended(JSON.writerFor(ForkMessage.class).writeValueAsBytes(message));
    }

    /// @throws JacksonException where the line is no request
    static ForkRequest request(byte[] line) {
        return JSON.readValue(line, ForkRequest.class);
    }

    /// Empty where the line is no message.
    static Optional<ForkMessage> message(byte[] line) {
        try {
            return Optional.ofNullable(JSON.readValue(line, ForkMessage.class));
        } catch (JacksonException e) {
            // Whoever reads a protocol has to expect anything; what it was is shown as it stood there.
            return Optional.empty();
        }
    }

    private static byte[] ended(byte[] json) {
        if (json.length > MAX_LINE_BYTES) {
            throw new IllegalStateException("A line of %d bytes is longer than the protocol's %d; it begins with %s"
                    .formatted(json.length, MAX_LINE_BYTES, new String(json, 0, 80, StandardCharsets.UTF_8)));
        }
        var line = new byte[json.length + 1];
        System.arraycopy(json, 0, line, 0, json.length);
        line[json.length] = '\n';
        return line;
    }
}
