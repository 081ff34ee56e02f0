package dyno.web;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;

/// Times as clients read and write them.
///
/// @see <a href="https://www.rfc-editor.org/rfc/rfc3339">RFC 3339</a>
final class Rfc3339 {

    private static final Instant YEAR_1 = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant YEAR_10000 = Instant.parse("+10000-01-01T00:00:00Z");

    /// Six digits, whether needed or not: what the database keeps, and texts of one length sort by time.
    private static final DateTimeFormatter MICROS =
            new DateTimeFormatterBuilder().appendInstant(6).toFormatter(Locale.ROOT);

    private Rfc3339() {}

    /// `2026-11-21T02:00:00.000000Z`; digits past the sixth are cut off.
    static String format(Instant instant) {
        return MICROS.format(instant);
    }

    /// The instant that `2026-11-21T02:00:00Z` or `2026-11-21T03:00:00.5+01:00` names; empty for anything else.
    static Optional<Instant> parse(String text) {
        try {
            var instant = OffsetDateTime.parse(text)
                    .withOffsetSameInstant(ZoneOffset.UTC)
                    .toInstant();
            return Optional.of(instant.truncatedTo(ChronoUnit.MICROS)).filter(Rfc3339::isInRange);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /// Whether a year of four digits can write it.
    static boolean isInRange(Instant instant) {
        return !instant.isBefore(YEAR_1) && instant.isBefore(YEAR_10000);
    }
}
