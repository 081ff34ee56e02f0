package dyno.engine.parquet;

import dyno.engine.parquet.ColumnFacts.Physical;
import dyno.engine.parquet.ColumnFacts.TimestampUnit;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.format.Util;
import org.apache.parquet.format.converter.ParquetMetadataConverter;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.jspecify.annotations.Nullable;

/// What stands at the end of a file.
///
/// ```text
///  "PAR1" │ column chunks … │ footer │ footer length, 4 bytes │ "PAR1"
/// ```
///
/// @see <a href="https://parquet.apache.org/docs/file-format/">the format</a>
final class Footer {

    static final int MAGIC_BYTES = 4;
    private static final int TAIL_BYTES = 8;
    private static final int MAGIC = 0x31524150;

    final String file;
    final List<ColumnFacts> columns;
    final List<RowGroupFacts> rowGroups;
    private final ParquetMetadata metadata;

    private Footer(String file, ParquetMetadata metadata) {
        this.file = file;
        this.metadata = metadata;
        this.columns = metadata.getFileMetaData().getSchema().getColumns().stream()
                .map(Footer::facts)
                .toList();
        this.rowGroups = rowGroups(metadata.getBlocks());
    }

    /// @throws ParquetException where the end of the input is not that of a Parquet file
    static Footer read(RangedInput input) throws IOException {
        long size = input.size();
        if (size < MAGIC_BYTES + TAIL_BYTES) {
            throw ParquetException.damaged(
                    input.name(),
                    size,
                    "Not a Parquet file: %d bytes are less than the smallest one has".formatted(size));
        }
        byte[] head = new byte[MAGIC_BYTES];
        input.read(0, head, 0, MAGIC_BYTES);
        if (LittleEndian.getInt(head, 0) != MAGIC) {
            throw ParquetException.damaged(input.name(), 0, "Not a Parquet file: it does not begin with PAR1");
        }
        byte[] tail = new byte[TAIL_BYTES];
        input.read(size - TAIL_BYTES, tail, 0, TAIL_BYTES);
        if (LittleEndian.getInt(tail, Integer.BYTES) != MAGIC) {
            throw ParquetException.damaged(
                    input.name(), size - MAGIC_BYTES, "Truncated, or not a Parquet file: it does not end with PAR1");
        }
        long length = Integer.toUnsignedLong(LittleEndian.getInt(tail, 0));
        long begin = size - TAIL_BYTES - length;
        if (begin < MAGIC_BYTES || length > Integer.MAX_VALUE - TAIL_BYTES) {
            throw ParquetException.damaged(
                    input.name(),
                    size - TAIL_BYTES,
                    "Footer of %d bytes does not fit into a file of %d".formatted(length, size));
        }
        byte[] bytes = new byte[(int) length]; // bounded above
        input.read(begin, bytes, 0, bytes.length);
        try {
            var thrift = Util.readFileMetaData(new ByteArrayInputStream(bytes));
            var footer = new Footer(input.name(), new ParquetMetadataConverter().fromParquetMetadata(thrift));
            footer.checkPlaces(begin);
            return footer;
        } catch (ParquetException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            // The library throws what it likes where a schema makes no sense.
            var failure = ParquetException.damaged(input.name(), begin, "Footer cannot be read: " + e.getMessage());
            failure.initCause(e);
            throw failure;
        }
    }

    /// @throws ParquetException where there is no such column that is flat
    ColumnDescriptor requireFlat(String column) {
        for (var descriptor : metadata.getFileMetaData().getSchema().getColumns()) {
            if (name(descriptor).equals(column)) {
                if (!isFlat(descriptor)) {
                    throw ParquetException.column(
                            file, column, "it is nested or repeated, and only flat ones are read");
                }
                return descriptor;
            }
        }
        throw ParquetException.column(file, column, "there is no such column");
    }

    /// @param rowGroup 0-based
    ColumnChunkMetaData chunk(int rowGroup, String column) {
        for (var chunk : metadata.getBlocks().get(rowGroup).getColumns()) {
            if (chunk.getPath().toDotString().equals(column)) {
                return chunk;
            }
        }
        throw ParquetException.column(file, column, "row group %d lacks it".formatted(rowGroup));
    }

    private void checkPlaces(long end) {
        for (var block : metadata.getBlocks()) {
            for (var chunk : block.getColumns()) {
                long from = chunk.getStartingPos();
                long bytes = chunk.getTotalSize();
                if (from < MAGIC_BYTES || bytes < 0 || from > end - bytes) {
                    throw ParquetException.damaged(
                            file,
                            chunk.getPath().toDotString(),
                            end,
                            "the footer places %d bytes of it at %d, but the columns end at %d"
                                    .formatted(bytes, from, end));
                }
            }
        }
    }

    private static List<RowGroupFacts> rowGroups(List<BlockMetaData> blocks) {
        var groups = new ArrayList<RowGroupFacts>(blocks.size());
        long firstRow = 0;
        for (var block : blocks) {
            if (block.getRowCount() < 0) {
                throw new IllegalArgumentException(
                        "row group %d has %d rows".formatted(groups.size(), block.getRowCount()));
            }
            var codecs = new LinkedHashSet<String>();
            long bytes = 0;
            for (var chunk : block.getColumns()) {
                codecs.add(chunk.getCodec().name());
                bytes += chunk.getTotalSize();
            }
            groups.add(new RowGroupFacts(groups.size(), firstRow, block.getRowCount(), bytes, List.copyOf(codecs)));
            firstRow = Math.addExact(firstRow, block.getRowCount());
        }
        return List.copyOf(groups);
    }

    private static ColumnFacts facts(ColumnDescriptor descriptor) {
        var type = descriptor.getPrimitiveType();
        var logical = type.getLogicalTypeAnnotation();
        return new ColumnFacts(
                name(descriptor),
                switch (type.getPrimitiveTypeName()) {
                    case BOOLEAN -> Physical.BOOLEAN;
                    case INT32 -> Physical.INT32;
                    case INT64 -> Physical.INT64;
                    case INT96 -> Physical.INT96;
                    case FLOAT -> Physical.FLOAT;
                    case DOUBLE -> Physical.DOUBLE;
                    case BINARY -> Physical.BYTE_ARRAY;
                    case FIXED_LEN_BYTE_ARRAY -> Physical.FIXED_LEN_BYTE_ARRAY;
                },
                logical == null ? null : logical.toString(),
                unit(logical),
                descriptor.getMaxDefinitionLevel() > 0,
                isFlat(descriptor));
    }

    private static @Nullable TimestampUnit unit(@Nullable LogicalTypeAnnotation logical) {
        return logical instanceof TimestampLogicalTypeAnnotation timestamp
                ? switch (timestamp.getUnit()) {
                    case MILLIS -> TimestampUnit.MILLIS;
                    case MICROS -> TimestampUnit.MICROS;
                    case NANOS -> TimestampUnit.NANOS;
                }
                : null;
    }

    private static boolean isFlat(ColumnDescriptor descriptor) {
        return descriptor.getMaxRepetitionLevel() == 0
                && descriptor.getMaxDefinitionLevel() <= 1
                && descriptor.getPath().length == 1;
    }

    private static String name(ColumnDescriptor descriptor) {
        return String.join(".", descriptor.getPath());
    }
}
