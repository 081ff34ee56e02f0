package dyno.engine.etl;

import org.jspecify.annotations.Nullable;

/// A record that is given up, and why.
///
/// @param id       the record's; null where it could not be read as one
/// @param batch    number of its batch; 0 where it never came to be in one
/// @param attempts loads that it was part of
/// @param error    the last one's failure
/// @param record   its canonical line, or, where it could not be read, its text as UTF-8
/// @param place    where a dataset has it; null for generated records
@SuppressWarnings("ArrayRecordComponent") // Written down, never compared.
record DeadLetter(
        @Nullable Long id,
        long batch,
        int attempts,
        String error,
        byte[] record,
        @Nullable Place place) {

    /// @param line 1-based
    record Place(String file, long line) {}
}
