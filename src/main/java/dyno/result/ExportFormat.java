package dyno.result;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/// How a run leaves for other tools.
enum ExportFormat {
    /// JMH's JSON, which result viewers read.
    JMH("jmh", "application/json"),
    /// [Bencher Metric Format](https://bencher.dev/docs/reference/bencher-metric-format/).
    BMF("bmf", "application/vnd.bencher.bmf+json"),
    /// One line a case, [RFC 4180](https://www.rfc-editor.org/rfc/rfc4180).
    CSV("csv", "text/csv;charset=UTF-8"),
    /// [OpenMetrics 1.0](https://prometheus.io/docs/specs/om/open_metrics_spec/).
    OPENMETRICS("openmetrics", "application/openmetrics-text;version=1.0.0;charset=utf-8");

    private final String word;
    private final String mediaType;

    ExportFormat(String word, String mediaType) {
        this.word = word;
        this.mediaType = mediaType;
    }

    /// As `?format=` has it.
    String word() {
        return word;
    }

    MediaType mediaType() {
        return MediaType.parseMediaType(mediaType);
    }

    static Optional<ExportFormat> ofWord(String word) {
        return Arrays.stream(values())
                .filter(format -> format.word.equals(word))
                .findFirst();
    }

    /// The format that a header `Accept` prefers; of equally welcome ones the first of this enum.
    ///
    /// @param accept empty where there is none, which welcomes anything
    /// @return empty where none is welcome, or the header is not one
    static Optional<ExportFormat> accepted(List<String> accept) {
        if (accept.isEmpty()) {
            return Optional.of(JMH);
        }
        List<MediaType> ranges;
        try {
            ranges = MediaType.parseMediaTypes(accept);
        } catch (InvalidMediaTypeException e) {
            // Nothing that could be welcomed: the answer is 406, as for a range that no format is in.
            return Optional.empty();
        }
        var byQuality = ranges.stream()
                .filter(range -> range.getQualityValue() > 0)
                .sorted((a, b) -> Double.compare(b.getQualityValue(), a.getQualityValue()))
                .toList();
        for (var range : byQuality) {
            for (var format : values()) {
                var plain = new MediaType(
                        format.mediaType().getType(), format.mediaType().getSubtype());
                if (new MediaType(range.getType(), range.getSubtype()).includes(plain)) {
                    return Optional.of(format);
                }
            }
        }
        return Optional.empty();
    }
}
