package dyno.engine;

/// What a case will need, verification included; decides admission, the fork's heap and the job's estimate.
///
/// @param heapBytes            largest live heap of the engine, without the JVM's own needs
/// @param directBytes          memory outside the heap
/// @param scratchBytes         disk below the scratch and cache folders
/// @param prepareSeconds       preparing and verifying one fork, roughly
/// @param secondsPerInvocation one invocation, roughly
public record Estimate(
        long heapBytes, long directBytes, long scratchBytes, double prepareSeconds, double secondsPerInvocation) {}
