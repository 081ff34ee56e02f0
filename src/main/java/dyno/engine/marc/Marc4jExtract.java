package dyno.engine.marc;

import static java.nio.charset.StandardCharsets.UTF_8;

import dyno.engine.marc.MarcWorkload.ExtractMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.marc4j.converter.impl.AnselToUnicode;
import org.marc4j.marc.ControlField;
import org.marc4j.marc.DataField;
import org.marc4j.marc.Record;
import org.marc4j.marc.VariableField;

/// EXTRACT on the peer's objects. Used by one thread at a time.
final class Marc4jExtract {

    private final List<ExtractSpec> specs;
    private final boolean takesAll;
    private final Optional<AnselToUnicode> converter;

    Marc4jExtract(MarcWorkload workload, boolean convertsMarc8) {
        this.specs = workload.extract().stream().map(ExtractSpec::of).toList();
        this.takesAll = workload.extractMode() == ExtractMode.ALL;
        this.converter = convertsMarc8 ? Optional.of(new AnselToUnicode()) : Optional.empty();
    }

    void put(Record marc, long index, Output output) {
        if (takesAll) {
            for (var spec : specs) {
                for (var value : matches(marc, spec)) {
                    String line = index + "\t" + escaped(spec.text()) + "\t" + escaped(value) + "\n";
                    output.put(line.getBytes(UTF_8));
                }
            }
            return;
        }
        var values = specs.stream().map(spec -> matches(marc, spec)).toList();
        if (values.stream().anyMatch(list -> !list.isEmpty())) {
            String line = values.stream()
                    .map(list -> list.isEmpty() ? "" : escaped(list.getFirst()))
                    .collect(Collectors.joining("\t", "", "\n"));
            output.put(line.getBytes(UTF_8));
        }
    }

    private List<String> matches(Record marc, ExtractSpec spec) {
        if (spec.isLeader()) {
            return range(marc.getLeader().marshal(), spec);
        }
        var matches = new ArrayList<String>();
        for (VariableField field : marc.getVariableFields()) {
            if (!takesAll && !matches.isEmpty()) {
                break;
            }
            if (!spec.matches(tag(field.getTag()))) {
                continue;
            }
            if (field instanceof ControlField control && spec.codes().isEmpty()) {
                String value = converted(control.getData());
                matches.addAll(spec.isRange() ? range(value, spec) : List.of(value));
            } else if (field instanceof DataField data && !spec.isRange()) {
                var chosen = data.getSubfields().stream()
                        .filter(subfield -> spec.takes((byte) subfield.getCode()))
                        .map(subfield -> converted(subfield.getData()))
                        .toList();
                if (!chosen.isEmpty()) {
                    matches.add(String.join(" ", chosen));
                }
            }
        }
        return matches;
    }

    private static int tag(String tag) {
        return tag.charAt(0) << 16 | tag.charAt(1) << 8 | tag.charAt(2);
    }

    private static List<String> range(String value, ExtractSpec spec) {
        int characters = value.codePointCount(0, value.length());
        if (spec.from() >= characters || spec.to() < spec.from()) {
            return List.of();
        }
        int from = value.offsetByCodePoints(0, spec.from());
        int to = value.offsetByCodePoints(0, Math.min(spec.to() + 1, characters));
        return List.of(value.substring(from, to));
    }

    private String converted(String value) {
        return converter.map(ansel -> ansel.convert(value)).orElse(value);
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\")
                .replace("\t", "\\t")
                .replace("\n", "\\n")
                .replace("\r", "\\r");
    }
}
