package dyno.engine.generator;

/// How a chunk reaches the caller.
public enum Mode {
    /// In place, by kept workers.
    DIRECT,
    /// Into a kept temporary, then copied by the caller's thread alone.
    TEMP_REUSE_COPY,
    /// Into a fresh temporary, then copied.
    TEMP_COPY,
    /// In place, by a thread pool that is made and shut down in the call.
    POOL_PER_CHUNK,
    /// In place, the whole call under one process-wide lock.
    GLOBAL_LOCK,
    /// Fresh temporary, new pool, copy, everything under the lock.
    LEGACY;

    boolean hasFreshTemporary() {
        return this == TEMP_COPY || this == LEGACY;
    }

    boolean hasTemporary() {
        return this == TEMP_REUSE_COPY || hasFreshTemporary();
    }

    boolean hasPoolPerChunk() {
        return this == POOL_PER_CHUNK || this == LEGACY;
    }

    boolean isLocked() {
        return this == GLOBAL_LOCK || this == LEGACY;
    }
}
