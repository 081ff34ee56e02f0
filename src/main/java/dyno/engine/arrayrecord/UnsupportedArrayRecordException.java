package dyno.engine.arrayrecord;

/// Thrown for chunks that conform to the format and that this package cannot read: transposed ones, brotli.
public final class UnsupportedArrayRecordException extends InvalidArrayRecordException {

    private static final long serialVersionUID = 1L;

    UnsupportedArrayRecordException(long offset, String reason) {
        super(offset, "unsupported: " + reason);
    }
}
