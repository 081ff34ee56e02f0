package dyno.engine.marc;

import static java.nio.charset.StandardCharsets.UTF_8;

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

    private Marc4jDump() {}

    /// Dumps all files, and counts what is in them.
    static Totals dump(MarcWorkload workload, List<InputFile> files, OutputSink sink) throws IOException {
        var totals = new Totals();
        for (var file : files) {
            UnaryOperator<String> decoded = UnaryOperator.identity();
            if (Marc4j.leavesMarc8(file, workload)) {
                var converter = new AnselToUnicode();
                decoded = value -> Normalizer.normalize(converter.convert(value), Normalizer.Form.NFC);
            }
            try (var in = file.stream()) {
                var reader = Marc4j.reader(in, workload);
                while (reader.hasNext()) {
                    byte[] bytes = dump(reader.next(), decoded, totals).getBytes(UTF_8);
                    sink.accept(bytes, bytes.length);
                }
            }
        }
        return totals;
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
