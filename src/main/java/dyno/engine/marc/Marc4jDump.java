package dyno.engine.marc;

import static java.nio.charset.StandardCharsets.UTF_8;

import dyno.engine.Cancellation;
import dyno.engine.marc.MarcWorkload.ErrorMode;
import java.io.IOException;
import java.text.Normalizer;
import java.util.List;
import java.util.function.UnaryOperator;
import org.marc4j.converter.impl.AnselToUnicode;
import org.marc4j.marc.ControlField;
import org.marc4j.marc.DataField;
import org.marc4j.marc.Record;

/// The canonical dump of what the peer reads; see [DumpFormat].
final class Marc4jDump {

    private static final int CODING_AT = 9;
    private static final int CHECK_RECORDS = 4096;

    private Marc4jDump() {}

    /// Dumps all files, and counts what is in them.
    static Totals dump(MarcWorkload workload, List<InputFile> files, OutputSink sink, Cancellation cancellation)
            throws IOException {
        var totals = new Totals();
        for (var file : files) {
            var values = new Values(workload, Marc4j.isMarc8(file, workload));
            try (var in = file.stream()) {
                var reader = Marc4j.reader(in, workload);
                while (reader.hasNext()) {
                    if (totals.records % CHECK_RECORDS == 0) {
                        cancellation.check();
                    }
                    var marc = reader.next();
                    byte[] bytes = dump(marc, values.of(marc), totals).getBytes(UTF_8);
                    sink.accept(bytes, bytes.length);
                }
            }
        }
        return totals;
    }

    /// What has to be done to the values that the peer's reader gives.
    ///
    /// @param isMarc8 whether the file's first record is in MARC-8
    private record Values(MarcWorkload workload, boolean isMarc8, AnselToUnicode converter) {

        Values(MarcWorkload workload, boolean isMarc8) {
            this(workload, isMarc8, new AnselToUnicode());
        }

        UnaryOperator<String> of(Record marc) {
            if (workload.errorMode() == ErrorMode.LENIENT) {
                // The permissive reader converts by itself, and composes nothing.
                return isMarc8 ? Values::composed : UnaryOperator.identity();
            }
            boolean leavesMarc8 = switch (workload.characterSet()) {
                case UTF8 -> false;
                case MARC8 -> true;
                // A file may have records in both.
                case AUTO -> marc.getLeader().getCharCodingScheme() != 'a';
            };
            return leavesMarc8 ? value -> composed(converter.convert(value)) : UnaryOperator.identity();
        }

        private static String composed(String text) {
            return Normalizer.normalize(text, Normalizer.Form.NFC);
        }
    }

    private static String dump(Record marc, UnaryOperator<String> decoded, Totals totals) {
        totals.begun++;
        totals.records++;
        var text = new StringBuilder("000 ").append(marc.getLeader().marshal());
        text.setCharAt(4 + CODING_AT, 'a');
        text.append('\n');
        for (var field : marc.getVariableFields()) {
            totals.fields++;
            text.append(field.getTag()).append(' ');
            if (field instanceof ControlField control) {
                text.append(decoded.apply(control.getData()));
            } else if (field instanceof DataField data) {
                text.append(data.getIndicator1()).append(data.getIndicator2());
                for (var subfield : data.getSubfields()) {
                    totals.subfields++;
                    text.append('$').append(subfield.getCode()).append(decoded.apply(subfield.getData()));
                }
            }
            text.append('\n');
        }
        return text.append('\n').toString();
    }
}
