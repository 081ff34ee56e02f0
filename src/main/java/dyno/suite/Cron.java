package dyno.suite;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.support.CronExpression;

/// A cron line in a time zone. Immutable.
///
/// The line means times on the wall. Each of them is one instant: a time that daylight saving skips is
/// the end of the gap, a time that comes twice is its first coming.
///
/// ```text
/// Europe/Berlin, 0 30 2 * * *    2026-03-29 02:30 is not there → 03:00 +02:00
///                                2026-10-25 02:30 comes twice  → 02:30 +02:00
/// ```
final class Cron {

    private static final int FIELDS = 6;

    /// Steps back in which the last time before an instant is looked for; a line that fires at all does
    /// so within eight years, as 29 February may be that far away.
    private static final Duration FIRST_LOOK_BACK = Duration.ofMinutes(1);

    private static final Duration LAST_LOOK_BACK = Duration.ofDays(9 * 366L);

    private final CronExpression expression;
    private final ZoneId zone;

    private Cron(CronExpression expression, ZoneId zone) {
        this.expression = expression;
        this.zone = zone;
    }

    /// @param line six fields, second first, or five without the second, which is 0 then
    /// @throws IllegalArgumentException where it is no such line
    static Cron of(String line, ZoneId zone) {
        var fields = line.strip().split("\\s+", -1);
        if (fields.length != FIELDS && fields.length != FIELDS - 1) {
            throw new IllegalArgumentException("a cron line has five or six fields, not " + fields.length);
        }
        var whole = String.join(" ", fields);
        return new Cron(CronExpression.parse(fields.length == FIELDS ? whole : "0 " + whole), zone);
    }

    /// The first time after an instant; empty where there is none in this century or so, as on 31
    /// February.
    Optional<Instant> next(Instant after) {
        @Nullable LocalDateTime local = LocalDateTime.ofInstant(after, zone);
        while (true) {
            local = expression.next(local);
            if (local == null) {
                return Optional.empty();
            }
            var instant = instant(local);
            // In the second hour of a doubled one every time of the wall has been.
            if (instant.isAfter(after)) {
                return Optional.of(instant);
            }
        }
    }

    /// The last time that is not after `now`, given that there is one at `due` or later.
    Instant latest(Instant due, Instant now) {
        var latest = due;
        for (var back = FIRST_LOOK_BACK; back.compareTo(LAST_LOOK_BACK) < 0; back = back.multipliedBy(2)) {
            var from = now.minus(back);
            if (!from.isAfter(due)) {
                break;
            }
            var found = next(from).filter(time -> !time.isAfter(now));
            if (found.isPresent()) {
                latest = found.get();
                break;
            }
        }
        while (true) {
            var next = next(latest).filter(time -> !time.isAfter(now));
            if (next.isEmpty()) {
                return latest;
            }
            latest = next.get();
        }
    }

    private Instant instant(LocalDateTime local) {
        var transition = zone.getRules().getTransition(local);
        // Of the offsets of an overlap this takes the earlier one.
        return transition != null && transition.isGap()
                ? transition.getInstant()
                : local.atZone(zone).toInstant();
    }
}
