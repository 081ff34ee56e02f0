package dyno.engine.marc;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;

/// Puts a record together by hand, for tests. Texts are counted as UTF-8.
final class Sample {

    private final List<String> tags = new ArrayList<>();
    private final List<String> fields = new ArrayList<>();
    private String leader = "nam a22%05d a 4500";

    /// Leader from position 05 on, `%05d` for the base address.
    Sample leader(String pattern) {
        leader = pattern;
        return this;
    }

    /// @param content without its terminator
    Sample field(String tag, String content) {
        tags.add(tag);
        fields.add(content + "\u001e");
        return this;
    }

    String end() {
        var directory = new StringBuilder();
        int start = 0;
        for (int i = 0; i < tags.size(); i++) {
            int length = fields.get(i).getBytes(UTF_8).length;
            directory.append(tags.get(i)).append("%04d%05d".formatted(length, start));
            start += length;
        }
        int base = 25 + directory.length();
        return "%05d".formatted(base + start + 1)
                + leader.formatted(base)
                + directory
                + "\u001e"
                + String.join("", fields)
                + "\u001d";
    }
}
