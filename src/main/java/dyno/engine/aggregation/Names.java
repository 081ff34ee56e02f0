package dyno.engine.aggregation;

import dyno.engine.EngineException;
import dyno.engine.FailureCode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The distinct texts of one column (namespaces, nodes, …), numbered from 0 in the order in which they came.
///
/// Safe for any number of threads, [#clear] excepted; numbers differ from run to run, so nothing that a result shows
/// depends on them.
final class Names {

    /// The number of null.
    static final int NULL = -1;

    private final String column;
    private final int maxCharacters;
    private final TextMap map = new TextMap(Long.MAX_VALUE);
    private byte[][] texts = new byte[64][];
    private int size;

    /// @param column        as messages name it
    /// @param maxCharacters most characters that its column in the table takes
    Names(String column, int maxCharacters) {
        this.column = column;
        this.maxCharacters = maxCharacters;
    }

    /// The text's number.
    ///
    /// @throws EngineException where it is not UTF-8, holds U+0000 or is too long
    int number(byte[] bytes, int from, int length) {
        return map.valueOf(bytes, from, length, this::add);
    }

    int number(byte[] bytes) {
        return number(bytes, 0, bytes.length);
    }

    /// Forgets all texts.
    void clear() {
        map.clear();
        synchronized (this) {
            size = 0;
        }
    }

    synchronized byte[] text(int number) {
        return texts[number];
    }

    /// Null for [#NULL].
    @org.jspecify.annotations.Nullable
    String string(int number) {
        return number == NULL ? null : new String(text(number), StandardCharsets.UTF_8);
    }

    synchronized int size() {
        return size;
    }

    /// A snapshot of all texts by number, for loops that would otherwise take the lock for each.
    synchronized byte[][] all() {
        return Arrays.copyOf(texts, size);
    }

    private synchronized int add(byte[] block, int from, int length) {
        byte[] text = Arrays.copyOfRange(block, from, from + length);
        check(text);
        if (size == texts.length) {
            texts = Arrays.copyOf(texts, 2 * size);
        }
        texts[size] = text;
        return size++;
    }

    private void check(byte[] utf8) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new EngineException(
                    FailureCode.INVALID_INPUT, "A value of column %s is not UTF-8".formatted(column), e);
        }
        int characters = text.codePointCount(0, text.length());
        if (characters > maxCharacters) {
            throw new EngineException(
                    FailureCode.INVALID_INPUT,
                    "A value of column %s has %d characters, more than %d: %s"
                            .formatted(
                                    column,
                                    characters,
                                    maxCharacters,
                                    text.substring(0, text.offsetByCodePoints(0, Math.min(40, characters)))));
        }
        if (text.indexOf('\0') >= 0) {
            throw new EngineException(
                    FailureCode.INVALID_INPUT,
                    "A value of column %s holds U+0000, which no text of the table can".formatted(column));
        }
    }
}
