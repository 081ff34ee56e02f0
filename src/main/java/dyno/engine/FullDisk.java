package dyno.engine;

import java.util.List;
import java.util.Locale;

/// Tells a disk without room from other failures by the words of the system: neither the JDK nor libraries with native
/// parts have a type for it.
public final class FullDisk {

    /// How the C library words ENOSPC and EDQUOT; forks run with its untranslated messages.
    private static final List<String> WORDS = List.of("no space left on device", "disk quota exceeded");

    private FullDisk() {}

    /// Whether the message of this one says so; causes are not looked at.
    public static boolean is(Throwable thrown) {
        var message = String.valueOf(thrown.getMessage()).toLowerCase(Locale.ROOT);
        return WORDS.stream().anyMatch(message::contains);
    }
}
