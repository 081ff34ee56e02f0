package dyno.engine.generator;

/// The stream written word by word, straight from the definitions in docs/engines/generator.md: no tiles, no
/// runs, and none of the classes that the fast way shares. What everything else is compared with.
///
/// Used by one thread at a time.
final class ReferenceContent {

    private final Content content;
    private final Ratios ratios;
    private final ReferenceWords words;

    /// @throws IllegalArgumentException for `SECURE_RANDOM`, which cannot be made twice
    ReferenceContent(Content content) {
        this.content = content;
        this.ratios = content.ratios();
        this.words = ReferenceWords.of(content);
    }

    /// The bytes `position … position + length - 1` of the stream.
    byte[] bytes(long position, int length) {
        byte[] bytes = new byte[length];
        for (int done = 0; done < length; ) {
            long at = position + done;
            int skew = (int) (at % 8);
            long word = word(at - skew) >>> (8 * skew);
            for (int i = skew; i < 8 && done < length; i++) {
                bytes[done++] = (byte) word;
                word >>>= 8;
            }
        }
        return bytes;
    }

    /// The word at stream offset `at`, a multiple of 8; units are multiples of 8 too, so it lies in one of them.
    private long word(long at) {
        return switch (content.layout()) {
            case INTERLEAVED -> interleaved(at);
            case DGEN -> dgen(at);
        };
    }

    private long interleaved(long at) {
        long unitBytes = ratios.dedupUnitBytes();
        long offset = contentId(at / unitBytes) * unitBytes + at % unitBytes;
        long unit = offset / ratios.compressUnitBytes();
        long inUnit = offset % ratios.compressUnitBytes() / 8;
        if (inUnit >= randomWordsBefore(unit + 1) - randomWordsBefore(unit)) {
            return 0;
        }
        long block = offset / Math.min(unitBytes, 1 << 20);
        long firstUnit = block * Math.min(unitBytes, 1 << 20) / ratios.compressUnitBytes();
        long word = randomWordsBefore(unit) - randomWordsBefore(firstUnit) + inUnit;
        return words.word(offset, content.blockSeed(block), word);
    }

    /// Which distinct unit stands at `unit`, layout `INTERLEAVED`.
    long contentId(long unit) {
        double d = ratios.dedup();
        if (d == 1) {
            return unit;
        }
        long unitBytes = ratios.dedupUnitBytes();
        long units = (content.length() - 1) / unitBytes + 1;
        long distinct = Math.max(1024, (1L << 26) / unitBytes);
        long window = (long) Math.floor(distinct * d + 0.5);
        long q = unit / window;
        long j = unit % window;
        if (q < units / window) {
            return q * distinct + j % distinct;
        }
        return q * distinct + j % Math.max(1, (long) Math.floor(units % window / d + 0.5));
    }

    private long randomWordsBefore(long unit) {
        return (long) Math.floor(unit * (ratios.compressUnitBytes() / 8) / ratios.compress());
    }

    private long dgen(long at) {
        long blockBytes = ratios.dedupUnitBytes();
        long blocks = (content.length() - 1) / blockBytes + 1;
        double d = ratios.dedup();
        long distinct = d == 1 ? blocks : Math.max(1, (long) Math.floor(blocks / d + 0.5));
        long block = at / blockBytes % distinct;
        long c = (long) ratios.compress();
        long zeros = (block + 1) * (c - 1) * blockBytes / c - block * (c - 1) * blockBytes / c;
        long random = blockBytes - zeros;
        long inBlock = at % blockBytes;
        if (inBlock >= random) {
            return 0;
        }
        long word = words.word(inBlock, content.dgenSeed(block), inBlock / 8);
        long wanted = Math.min(8, random - inBlock);
        return wanted == 8 ? word : word & ((1L << (8 * wanted)) - 1);
    }
}
