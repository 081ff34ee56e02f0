package dyno.environment;

import java.util.Optional;
import java.util.OptionalInt;

/// What another source knows of the CPUs where the kernel's files do not tell.
///
/// @param model   name of the CPU
/// @param vendor  its maker
/// @param sockets packages
/// @param cores   physical cores
/// @param threads logical processors
record CpuIdentity(
        Optional<String> model, Optional<String> vendor, OptionalInt sockets, OptionalInt cores, OptionalInt threads) {

    static final CpuIdentity UNKNOWN = new CpuIdentity(
            Optional.empty(), Optional.empty(), OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty());
}
