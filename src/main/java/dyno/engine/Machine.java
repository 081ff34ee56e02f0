package dyno.engine;

import java.util.OptionalInt;
import java.util.OptionalLong;

/// What engines need to know of the machine: for defaults, estimates and warnings. Facts that could not be
/// read are absent, never guessed.
///
/// @param processors    logical processors this JVM may use, at least 1 (affinity and cgroup quota applied)
/// @param physicalCores physical cores among them
/// @param memoryBytes   memory of the machine or of the container, whichever is less
/// @param l2Bytes       second-level cache of one core
/// @param l3Bytes       last-level cache of one socket
public record Machine(
        int processors, OptionalInt physicalCores, long memoryBytes, OptionalLong l2Bytes, OptionalLong l3Bytes) {}
