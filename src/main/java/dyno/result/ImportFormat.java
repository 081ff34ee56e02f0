package dyno.result;

import java.util.Locale;

/// Documents of other tools that runs are made of.
enum ImportFormat {
    JMH,
    BMF;

    /// As `?format=` has it.
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
