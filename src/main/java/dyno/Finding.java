package dyno;

import org.jspecify.annotations.Nullable;

/// What the doctor found out about one thing.
///
/// @param subject what was looked at: `disk`
/// @param fact    what was seen
/// @param remedy  what to do; null where nothing has to be done
record Finding(
        String subject, Level level, String fact, @Nullable String remedy) {

    enum Level {
        FINE,
        /// The service runs; what it measures is worth less, or it will run short of something.
        ATTENTION,
        /// The service cannot work like this.
        BROKEN
    }

    static Finding fine(String subject, String fact) {
        return new Finding(subject, Level.FINE, fact, null);
    }

    static Finding attention(String subject, String fact, String remedy) {
        return new Finding(subject, Level.ATTENTION, fact, remedy);
    }

    static Finding broken(String subject, String fact, String remedy) {
        return new Finding(subject, Level.BROKEN, fact, remedy);
    }
}
