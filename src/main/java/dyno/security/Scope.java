package dyno.security;

import java.util.Locale;

/// What a key allows. Each scope allows what those before it do.
public enum Scope {
    /// Looks at everything.
    READ,
    /// Submits and cancels jobs, uploads datasets.
    SUBMIT,
    /// Changes what others rely on: deletes, schedules, baselines, nodes.
    ADMIN;

    boolean includes(Scope other) {
        return compareTo(other) >= 0;
    }

    /// As it is written on the command line and in documents: `read`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
