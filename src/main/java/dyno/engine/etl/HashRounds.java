package dyno.engine.etl;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// The fingerprint of T3: SHA-256 of the input line, then of the hash, over and over. Used by one thread at a time.
final class HashRounds {

    private static final int HASH_BYTES = 32;

    private final MessageDigest digest;
    private final byte[] hash = new byte[HASH_BYTES];
    private final LineBuffer line = new LineBuffer(256);
    private final int rounds;

    HashRounds(int rounds) {
        this.rounds = rounds;
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /// First eight bytes, big-endian, of the last hash.
    long of(Batch batch, int record) {
        line.clear();
        batch.appendInput(record, line);
        try {
            digest.update(line.array(), 0, line.length());
            digest.digest(hash, 0, HASH_BYTES);
            for (int round = 1; round < rounds; round++) {
                digest.update(hash);
                digest.digest(hash, 0, HASH_BYTES);
            }
        } catch (DigestException e) {
            throw new IllegalStateException("32 bytes hold a SHA-256", e);
        }
        long fingerprint = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            fingerprint = (fingerprint << 8) | (hash[i] & 0xff);
        }
        return fingerprint;
    }
}
