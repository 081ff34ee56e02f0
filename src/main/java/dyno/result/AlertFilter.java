package dyno.result;

import org.jspecify.annotations.Nullable;

/// Which alerts a list holds; null means any.
record AlertFilter(
        Alert.@Nullable State state,
        Alert.@Nullable Kind kind,
        @Nullable String engine) {}
