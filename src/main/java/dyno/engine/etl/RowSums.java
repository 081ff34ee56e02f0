package dyno.engine.etl;

import dyno.engine.etl.Table.Column;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.stream.Collectors;

/// A sum over the rows of a table that does not depend on their order, worked out from the rows that were to be
/// written; [#sql] asks the server for the same of the rows that it has.
///
/// ```text
/// row    its values with | between them: numbers in decimal, micro-degrees, 1 or 0, text, JSON; \N for null
/// sum    of the first 64 bits of each row's MD5, wrapping
/// ```
///
/// Used by one thread.
final class RowSums extends RowWriter {

    private static final byte[] NULL = "\\N".getBytes(StandardCharsets.ISO_8859_1);
    private static final double MICROS = 1_000_000;

    private final LineBuffer row = new LineBuffer(1024);
    private final MessageDigest md5 = md5();
    private boolean isFirst;
    private long sum;

    private static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has MD5", e);
        }
    }

    /// Of the table as it stands.
    static String sql(Table table) {
        return """
                SELECT coalesce(sum(('x' || left(md5(convert_to(concat_ws('|', %s), 'UTF8')), 16))::bit(64)::bigint), 0)
                FROM %s
                """.formatted(
                        table.columns().stream().map(RowSums::text).collect(Collectors.joining(", ")), table.name());
    }

    private static String text(Column column) {
        var text = switch (column.type()) {
            case BIGINT, INTEGER, TEXT -> "%s::text";
            case DOUBLE -> "round(%s * 1000000)::bigint::text";
            case BOOLEAN -> "%s::integer::text";
            // The server writes a blank behind each comma.
            case JSONB -> "replace(%s::text, ', ', ',')";
            case REAL -> throw new IllegalArgumentException("No user has a " + column.type());
        };
        return "coalesce(%s, '\\N')".formatted(text.formatted(column.name()));
    }

    /// Since [#begin].
    long sum() {
        return sum;
    }

    @Override
    void begin(Table table) {
        sum = 0;
    }

    @Override
    void beginRow() {
        row.clear();
        isFirst = true;
    }

    private LineBuffer next() {
        if (!isFirst) {
            row.raw('|');
        }
        isFirst = false;
        return row;
    }

    @Override
    void bigint(long value) {
        next().number(value);
    }

    @Override
    void integer(int value) {
        next().number((long) value);
    }

    @Override
    void real(float value) {
        throw new IllegalArgumentException("No user has a real number");
    }

    @Override
    void doublePrecision(double value) {
        next().number(Math.round(value * MICROS));
    }

    @Override
    void bool(boolean value) {
        next().raw(value ? '1' : '0');
    }

    @Override
    void text(byte[] utf8, int from, int count) {
        next().raw(utf8, from, count);
    }

    @Override
    void json(byte[] utf8, int from, int count) {
        var text = new String(utf8, from, count, StandardCharsets.UTF_8).replace(", ", ",");
        next().raw(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    void nothing() {
        next().raw(NULL);
    }

    @Override
    void endRow() {
        md5.update(row.array(), 0, row.length());
        byte[] hash = md5.digest();
        long first = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            first = first << Byte.SIZE | (hash[i] & 0xff);
        }
        sum += first;
    }

    @Override
    void end() {}

    @Override
    public void close() {}
}
