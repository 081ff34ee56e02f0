package dyno.engine.aggregation;

import dyno.engine.Field;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;

/// UTC dates, both ends included.
public record Period(
        @Field(value = "first date", pattern = Period.DATE) String start,

        @Field(value = "last date, at most 366 days after the first", pattern = Period.DATE)
        String end) {

    static final String DATE = "[12][0-9]{3}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])";

    /// Empty where a month has no such day.
    static Optional<LocalDate> date(String text) {
        try {
            return Optional.of(LocalDate.parse(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    long firstDay() {
        return LocalDate.parse(start).toEpochDay();
    }

    long lastDay() {
        return LocalDate.parse(end).toEpochDay();
    }
}
