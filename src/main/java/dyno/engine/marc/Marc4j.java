package dyno.engine.marc;

import dyno.engine.marc.MarcWorkload.ErrorMode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;
import org.marc4j.MarcJsonWriter;
import org.marc4j.MarcPermissiveStreamReader;
import org.marc4j.MarcReader;
import org.marc4j.MarcStreamReader;
import org.marc4j.MarcStreamWriter;
import org.marc4j.MarcWriter;
import org.marc4j.MarcXmlWriter;
import org.marc4j.converter.impl.AnselToUnicode;

/// The peer's readers and writers with their defaults, and its own converter in place where the input is MARC-8.
final class Marc4j {

    private static final int CODING_AT = 9;

    private Marc4j() {}

    static MarcReader reader(InputStream in, MarcWorkload workload) {
        if (workload.errorMode() == ErrorMode.LENIENT) {
            return switch (workload.characterSet()) {
                case AUTO -> new MarcPermissiveStreamReader(in, true, true);
                case UTF8 -> new MarcPermissiveStreamReader(in, true, true, "UTF-8");
                case MARC8 -> new MarcPermissiveStreamReader(in, true, true, "MARC8");
            };
        }
        return switch (workload.characterSet()) {
            case AUTO -> new MarcStreamReader(in);
            case UTF8 -> new MarcStreamReader(in, "UTF8");
            // Bytes as they are; the converter looks at them when they are written.
            case MARC8 -> new MarcStreamReader(in, "ISO8859_1");
        };
    }

    /// The writer of an operation; null where it writes nothing by itself.
    static @Nullable MarcWriter writer(OutputStream out, MarcWorkload workload, boolean convertsMarc8) {
        MarcWriter writer = switch (workload.operation()) {
            case JSON -> new MarcJsonWriter(out, MarcJsonWriter.MARC_IN_JSON);
            case MARCXML -> new MarcXmlWriter(out);
            case WRITE, ROUND_TRIP -> new MarcStreamWriter(out, "UTF8");
            case READ, READ_EAGER, EXTRACT -> null;
            case MARCJSON, CSV, DUBLIN_CORE ->
                throw new IllegalArgumentException("marc4j has no writer for " + workload.operation());
        };
        if (writer != null && convertsMarc8) {
            writer.setConverter(new AnselToUnicode());
        }
        return writer;
    }

    /// Whether values that the reader gives are still MARC-8. The permissive reader converts them itself.
    static boolean leavesMarc8(InputFile file, MarcWorkload workload) throws IOException {
        return workload.errorMode() != ErrorMode.LENIENT && isMarc8(file, workload);
    }

    /// Whether values are MARC-8 in the file; as its first record says where the workload does not.
    static boolean isMarc8(InputFile file, MarcWorkload workload) throws IOException {
        return switch (workload.characterSet()) {
            case UTF8 -> false;
            case MARC8 -> true;
            case AUTO -> beginsWithMarc8(file);
        };
    }

    private static boolean beginsWithMarc8(InputFile file) throws IOException {
        try (var in = file.stream()) {
            byte[] leader = in.readNBytes(Framer.LEADER_BYTES);
            return leader.length > CODING_AT && leader[CODING_AT] != 'a';
        }
    }
}
