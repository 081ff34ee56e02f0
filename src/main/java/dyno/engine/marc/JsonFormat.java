package dyno.engine.marc;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dyno.engine.marc.MarcWorkload.JsonContainer;

/// MARC-in-JSON, compact: `{"leader":"…","fields":[{"001":"…"},{"245":{"ind1":…}}]}`; or the array shape,
/// `[{"leader":"…"},{"001":"…"},…]`.
final class JsonFormat extends RecordConsumer {

    private static final byte[] DATA_FIELD =
            "{\"245\":{\"ind1\":\"1\",\"ind2\":\"0\",\"subfields\":[".getBytes(ISO_8859_1);
    private static final byte[] AFTER_TAG = "\":{\"ind1\":\"".getBytes(ISO_8859_1);
    private static final byte[] BETWEEN_INDICATORS = "\",\"ind2\":\"".getBytes(ISO_8859_1);
    private static final byte[] AFTER_INDICATORS = "\",\"subfields\":[".getBytes(ISO_8859_1);
    private static final int TAG_AT = 2;
    private static final int FIRST_INDICATOR_AT = 16;
    private static final int SECOND_INDICATOR_AT = 27;

    private final byte[] beforeLeader;
    private final byte[] afterLeader;
    private final byte[] end;
    private final boolean isArray;
    private final byte[] leader = new byte[Framer.LEADER_BYTES];

    private JsonFormat(String beforeLeader, String afterLeader, String end, JsonContainer container) {
        this.isArray = container == JsonContainer.ARRAY;
        this.beforeLeader = beforeLeader.getBytes(ISO_8859_1);
        this.afterLeader = afterLeader.getBytes(ISO_8859_1);
        this.end = (isArray ? end : end + "\n").getBytes(ISO_8859_1);
    }

    static JsonFormat marcInJson(JsonContainer container) {
        return new JsonFormat("{\"leader\":\"", "\",\"fields\":[", "]}", container);
    }

    static JsonFormat arrayShape(JsonContainer container) {
        return new JsonFormat("[{\"leader\":\"", "\"}", "]", container);
    }

    @Override
    byte[] header() {
        return isArray ? new byte[] {'['} : NOTHING;
    }

    @Override
    byte[] separator() {
        return isArray ? new byte[] {',', '\n'} : NOTHING;
    }

    @Override
    byte[] footer() {
        return isArray ? new byte[] {']', '\n'} : NOTHING;
    }

    @Override
    void accept(RecordView view, long index, Output output, Findings findings) {
        output.put(beforeLeader);
        view.leader(leader, 0);
        for (byte b : leader) {
            JsonText.putLatin1(output, b);
        }
        output.put(afterLeader);
        boolean isFirst = afterLeader[afterLeader.length - 1] == '[';
        for (int f = 0; f < view.fields; f++) {
            output.room(DATA_FIELD.length + 16);
            if (!isFirst) {
                output.bytes[output.size++] = ',';
            }
            isFirst = false;
            if (view.isControl(f)) {
                putControlField(view, f, output);
            } else {
                putDataField(view, f, output);
            }
        }
        output.put(end);
    }

    private static void putControlField(RecordView view, int field, Output output) {
        byte[] bytes = output.bytes;
        int size = output.size;
        bytes[size] = '{';
        bytes[size + 1] = '"';
        putTag(bytes, size + 2, view.tags[field]);
        bytes[size + 5] = '"';
        bytes[size + 6] = ':';
        bytes[size + 7] = '"';
        output.size = size + 8;
        JsonText.put(output, view.text, view.valueFrom[field], view.valueTo[field]);
        output.room(2);
        output.bytes[output.size++] = '"';
        output.bytes[output.size++] = '}';
    }

    private static void putDataField(RecordView view, int field, Output output) {
        byte first = view.firstIndicator(field);
        byte second = view.secondIndicator(field);
        if (JsonText.isPlain(first) && JsonText.isPlain(second)) {
            int size = output.size;
            System.arraycopy(DATA_FIELD, 0, output.bytes, size, DATA_FIELD.length);
            putTag(output.bytes, size + TAG_AT, view.tags[field]);
            output.bytes[size + FIRST_INDICATOR_AT] = first;
            output.bytes[size + SECOND_INDICATOR_AT] = second;
            output.size = size + DATA_FIELD.length;
        } else {
            putStrangeIndicators(view, field, output);
        }
        int past = view.firstSubfield[field + 1];
        for (int s = view.firstSubfield[field]; s < past; s++) {
            putSubfield(view, s, output);
        }
        if (view.firstSubfield[field] < past) {
            // The comma behind the last subfield.
            output.size--;
        }
        output.room(3);
        output.bytes[output.size++] = ']';
        output.bytes[output.size++] = '}';
        output.bytes[output.size++] = '}';
    }

    private static void putStrangeIndicators(RecordView view, int field, Output output) {
        output.bytes[output.size++] = '{';
        output.bytes[output.size++] = '"';
        putTag(output.bytes, output.size, view.tags[field]);
        output.size += 3;
        output.put(AFTER_TAG);
        JsonText.putLatin1(output, view.firstIndicator(field));
        output.put(BETWEEN_INDICATORS);
        JsonText.putLatin1(output, view.secondIndicator(field));
        output.put(AFTER_INDICATORS);
    }

    private static void putSubfield(RecordView view, int subfield, Output output) {
        output.room(16);
        output.bytes[output.size++] = '{';
        output.bytes[output.size++] = '"';
        JsonText.putLatin1(output, view.codes[subfield]);
        output.room(3);
        byte[] bytes = output.bytes;
        bytes[output.size++] = '"';
        bytes[output.size++] = ':';
        bytes[output.size++] = '"';
        JsonText.put(output, view.text, view.subfieldFrom[subfield], view.subfieldTo[subfield]);
        output.room(3);
        output.bytes[output.size++] = '"';
        output.bytes[output.size++] = '}';
        output.bytes[output.size++] = ',';
    }

    static void putTag(byte[] bytes, int at, int tag) {
        bytes[at] = (byte) (tag >> 16);
        bytes[at + 1] = (byte) (tag >> 8);
        bytes[at + 2] = (byte) tag;
    }
}
