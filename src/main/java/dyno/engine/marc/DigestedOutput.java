package dyno.engine.marc;

import dyno.engine.marc.Digests.Piece;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// Output of which only lengths and SHA-256 of its pieces are kept.
///
/// Pieces are told apart, since a digest of the whole cannot be put together from digests of parts that were
/// made at the same time. [PieceCheck] compares them with the output of reading in one go.
final class DigestedOutput extends FileOutput {

    private final ConcurrentMap<Integer, MessageDigest> parts = new ConcurrentHashMap<>();
    private final List<Piece> pieces = new ArrayList<>();

    @Override
    OutputSink part(int number) {
        var digest = Digests.sha256();
        parts.put(number, digest);
        return (bytes, count) -> digest.update(bytes, 0, count);
    }

    @Override
    void append(byte[] literal) {
        pieces.add(new Piece(literal.length, Digests.hex(Digests.sha256().digest(literal))));
    }

    @Override
    void append(int part, long partBytes) {
        var digest = parts.get(part);
        if (digest == null) {
            throw new IllegalStateException("Part %d was never started".formatted(part));
        }
        pieces.add(new Piece(partBytes, Digests.hex(digest.digest())));
    }

    @Override
    void finish() {
        parts.clear();
    }

    /// Takes pieces that somebody else made.
    void take(List<Piece> others) {
        pieces.addAll(others);
    }

    List<Piece> pieces() {
        return List.copyOf(pieces);
    }

    @Override
    public void close() {}
}
