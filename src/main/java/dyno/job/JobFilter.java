package dyno.job;

import dyno.web.Cursor;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which jobs a list shows.
///
/// @param labels all of which a job must carry
/// @param limit  1 … 200
/// @param after  where the previous page ended; null for the first
record JobFilter(
        @Nullable JobState state,
        @Nullable String engine,
        Map<String, String> labels,
        int limit,
        @Nullable Cursor after) {}
