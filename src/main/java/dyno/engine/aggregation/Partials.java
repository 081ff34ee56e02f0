package dyno.engine.aggregation;

import java.util.List;

/// What all threads made of all chunks, ready to be merged.
///
/// @param tables         groups; keys may occur in several tables
/// @param labelsAreMerged whether groups are by merged labels already, or by those of pods alone
/// @param capacities     of all threads
/// @param places         of all threads
/// @param storage        storage rows before the join
/// @param lookups        what the small tables said
record Partials(
        List<GroupTable> tables,
        boolean labelsAreMerged,
        Capacities capacities,
        PodPlaces places,
        StorageGroups storage,
        Lookups lookups) {}
