package dyno.engine.marc;

import dyno.engine.marc.Digests.Piece;
import java.security.MessageDigest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Compares an output, as it comes by, with pieces of another of which only digests are known.
///
/// Used by one thread at a time.
final class PieceCheck implements OutputSink {

    private final List<Piece> pieces;
    private MessageDigest digest = Digests.sha256();
    private int current;
    private long left;
    private long offset;
    private @Nullable String difference;

    PieceCheck(List<Piece> pieces) {
        this.pieces = pieces.stream().filter(piece -> piece.bytes() > 0).toList();
        this.left = this.pieces.isEmpty() ? 0 : this.pieces.getFirst().bytes();
    }

    @Override
    public void accept(byte[] bytes, int count) {
        int at = 0;
        while (at < count && difference == null) {
            if (current == pieces.size()) {
                difference = "the output goes on behind byte %d".formatted(offset);
                return;
            }
            int taken = (int) Math.min(left, count - at);
            digest.update(bytes, at, taken);
            at += taken;
            left -= taken;
            offset += taken;
            if (left == 0) {
                endPiece();
            }
        }
    }

    private void endPiece() {
        var piece = pieces.get(current);
        String found = Digests.hex(digest.digest());
        if (!found.equals(piece.sha256())) {
            difference = "bytes %d to %d have digest %s, not %s"
                    .formatted(offset - piece.bytes(), offset, piece.sha256(), found);
        }
        digest = Digests.sha256();
        current++;
        left = current < pieces.size() ? pieces.get(current).bytes() : 0;
    }

    /// What differs once everything came by; null where nothing does.
    @Nullable
    String difference() {
        if (difference == null && current < pieces.size()) {
            return "the output ends at byte %d, before piece %d does".formatted(offset, current);
        }
        return difference;
    }
}
