package dyno.engine.arrayrecord;

import java.util.Optional;

/// What a chunk is for, by the byte in its header.
public enum ChunkType {
    SIGNATURE('s'),
    METADATA('m'),
    PADDING('p'),
    /// Records one after the other.
    SIMPLE('r'),
    /// Protocol messages taken apart into columns, which this package does not read.
    TRANSPOSED('t');

    private final char letter;

    ChunkType(char letter) {
        this.letter = letter;
    }

    int code() {
        return letter;
    }

    static Optional<ChunkType> of(int code) {
        for (var type : values()) {
            if (type.letter == code) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
