package dyno.engine.grouping;

/// Address texts, one behind the other: number `code` is `bytes[offsets[code] … offsets[code + 1] - 1]`.
///
/// Not copied: whoever makes one owns the arrays and may go on filling them behind the last offset.
///
/// @param bytes   UTF-8; a few bytes more than are used let copies run in words of eight up to the end
/// @param offsets one more than there are addresses, ascending, from 0
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record Addresses(byte[] bytes, int[] offsets) {

    int length(int code) {
        return offsets[code + 1] - offsets[code];
    }
}
