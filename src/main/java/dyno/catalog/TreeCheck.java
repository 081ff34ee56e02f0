package dyno.catalog;

import dyno.web.Shown;
import dyno.web.Violation;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Walks a tree beside its shape and collects everything that breaks names, types and bounds.
///
/// Used by one thread, for one tree.
final class TreeCheck {

    private final List<Violation> found = new ArrayList<>();

    /// Checks an object of which any field may be missing or null.
    List<Violation> partial(Place place, RecordShape shape, Map<?, ?> tree) {
        object(place, shape, tree);
        return List.copyOf(found);
    }

    /// Checks one value; null is none.
    List<Violation> value(Place place, Shape shape, @Nullable Object value) {
        check(place, shape, value);
        return List.copyOf(found);
    }

    private void object(Place place, RecordShape shape, Map<?, ?> tree) {
        tree.forEach((key, value) -> {
            var name = String.valueOf(key);
            var within = place.member(name);
            var field = shape.find(name);
            if (field.isEmpty()) {
                found.add(Violation.unknownField(within.pointer(), name, shape.names()));
            } else if (value != null) {
                check(within, field.get().shape(), value);
            }
        });
    }

    private void check(Place place, Shape shape, @Nullable Object value) {
        switch (shape) {
            case Shape.Whole whole -> whole(place, whole, value);
            case Shape.Decimal decimal -> decimal(place, decimal, value);
            case Shape.Flag flag -> {
                if (!(value instanceof Boolean)) {
                    add(place, value, "is neither true nor false");
                }
            }
            case Shape.Text text -> text(place, text, value);
            case Shape.Word word -> {
                if (!(value instanceof String string) || !word.words().contains(string)) {
                    add(place, value, "is none of " + String.join(", ", word.words()));
                }
            }
            case Shape.Listing listing -> listing(place, listing, value);
            case Shape.Nested nested -> {
                if (value instanceof Map<?, ?> map) {
                    object(place, nested.shape(), map);
                } else {
                    add(place, value, "is not an object");
                }
            }
        }
    }

    private void whole(Place place, Shape.Whole whole, @Nullable Object value) {
        var bounds = Bounds.of(whole.min(), whole.max());
        switch (value) {
            case Long number when number < whole.min() -> add(place, value, bounds.below());
            case Long number when number > whole.max() -> add(place, value, bounds.above());
            case Long number
            when whole.powerOfTwo() && Long.bitCount(number) != 1 ->
                add(place, value, "is not a power of two; allowed are " + bounds.allowed());
            case Long number -> {
                // Within all bounds.
            }
            case BigInteger big -> add(place, value, big.signum() < 0 ? bounds.below() : bounds.above());
            case null, default -> add(place, value, "is not an integer");
        }
    }

    private void decimal(Place place, Shape.Decimal decimal, @Nullable Object value) {
        if (!(value instanceof Number number)) {
            add(place, value, "is not a number");
            return;
        }
        var bounds = Bounds.of(decimal.min(), decimal.max());
        double exact = number.doubleValue();
        if (!Double.isFinite(exact)) {
            add(place, value, "is not a finite number of 64 bits");
        } else if (exact < decimal.min()) {
            add(place, value, bounds.below());
        } else if (exact > decimal.max()) {
            add(place, value, bounds.above());
        }
    }

    private void text(Place place, Shape.Text text, @Nullable Object value) {
        if (!(value instanceof String string)) {
            add(place, value, "is not a string");
            return;
        }
        long characters = string.codePointCount(0, string.length());
        if (characters < text.min() || characters > text.max()) {
            var bounds = Bounds.ofCount(text.min(), text.max());
            add(place, value, "has %d characters; allowed are %s".formatted(characters, bounds.allowed()));
        } else if (!matches(text.pattern(), string)) {
            add(place, value, "does not match " + text.pattern());
        }
    }

    private static boolean matches(@Nullable Pattern pattern, String string) {
        return pattern == null || pattern.matcher(string).matches();
    }

    private void listing(Place place, Shape.Listing listing, @Nullable Object value) {
        if (!(value instanceof List<?> list)) {
            add(place, value, "is not a list");
            return;
        }
        if (list.size() < listing.min() || list.size() > listing.max()) {
            var bounds = Bounds.ofCount(listing.min(), listing.max());
            found.add(new Violation(
                    place.pointer(),
                    "%s has %d elements; allowed are %s".formatted(place.path(), list.size(), bounds.allowed())));
        }
        for (int i = 0; i < list.size(); i++) {
            check(place.element(i), listing.element(), list.get(i));
        }
    }

    private void add(Place place, @Nullable Object value, String fault) {
        found.add(new Violation(place.pointer(), place.path() + ' ' + Shown.value(value) + ' ' + fault));
    }
}
