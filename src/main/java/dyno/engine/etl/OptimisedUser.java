package dyno.engine.etl;

/// The small user: numbers and two short texts of its own.
///
/// @param profileBits a whole draw
/// @param username    `u{id}`
/// @param email       `u{id}@e.com`
@SuppressWarnings("ArrayRecordComponent") // Compared by their canonical lines, never as records.
record OptimisedUser(
        long id,
        long profileBits,
        long dataHash,
        byte[] username,
        byte[] email,
        byte age,
        byte locationId,
        short activityCount,
        short transactionCount,
        short messageCount,
        short socialConnectionsCount) {}
