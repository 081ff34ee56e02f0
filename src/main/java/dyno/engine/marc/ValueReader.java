package dyno.engine.marc;

import static dyno.engine.marc.Bytes.DELIMITER;

import dyno.engine.marc.MarcWorkload.CharacterSet;
import dyno.engine.marc.MarcWorkload.Validation;

/// Looks at the values of a record whose structure is known: cuts fields into subfields, checks characters,
/// and gives their text as UTF-8, in place where the record holds UTF-8 already.
///
/// Used by one thread at a time.
final class ValueReader {

    private final CharacterSet characterSet;
    private final boolean checksMarc21;
    private final DecodedText decoded;
    private boolean isMarc8;
    private boolean isPlain;
    private boolean needsRewrite;

    ValueReader(ReadSettings settings) {
        this.characterSet = settings.characterSet();
        this.checksMarc21 = settings.validation() == Validation.MARC21;
        this.decoded = new DecodedText(settings.normalization());
    }

    /// Reads all values of the view's fields.
    ///
    /// @param findings gets what is wrong with them, field by field
    void read(Frame frame, RecordView view, Findings findings) {
        byte[] data = frame.data;
        isMarc8 = switch (characterSet) {
            case AUTO -> data[frame.start + 9] != 'a';
            case UTF8 -> false;
            case MARC8 -> true;
        };
        int from = frame.start + view.baseAddress;
        isPlain = Bytes.isAscii(data, from, frame.dataEnd)
                && (!isMarc8 || Bytes.indexOf(data, from, frame.dataEnd, Bytes.ESCAPE) == frame.dataEnd);
        view.isAscii = isPlain;
        needsRewrite = isMarc8 && !isPlain;
        if (isPlain && !checksMarc21) {
            cut(view, findings);
        } else {
            cutAndCheck(view, findings);
        }
        view.firstSubfield[view.fields] = view.subfields;
        if (needsRewrite) {
            rewrite(view);
        }
    }

    /// Subfields of a record whose values are all ASCII: nothing to check but that each has a code.
    private static void cut(RecordView view, Findings findings) {
        for (int f = 0; f < view.fields; f++) {
            view.firstSubfield[f] = view.subfields;
            int to = view.fieldTo[f];
            if (view.isControl(f)) {
                view.valueFrom[f] = view.fieldFrom[f];
                view.valueTo[f] = to;
            } else {
                cutField(view, findings, f, to);
            }
        }
    }

    private static void cutField(RecordView view, Findings findings, int field, int to) {
        byte[] data = view.data;
        int delimiter = view.bodyFrom(field);
        while (delimiter < to) {
            int next = Bytes.indexOf(data, delimiter + 1, to, DELIMITER);
            if (next == delimiter + 1) {
                findings.add(Defect.SUBFIELD_CODE_MISSING, view.base + delimiter, view.tags[field]);
                view.lacksSubfields = true;
            } else {
                view.addSubfield(data[delimiter + 1], delimiter + 2, next);
            }
            delimiter = next;
        }
    }

    private void cutAndCheck(RecordView view, Findings findings) {
        for (int f = 0; f < view.fields; f++) {
            view.firstSubfield[f] = view.subfields;
            if (view.isControl(f)) {
                view.valueFrom[f] = view.fieldFrom[f];
                view.valueTo[f] = view.fieldTo[f];
                check(view, findings, f, view.fieldFrom[f], view.fieldTo[f]);
            } else {
                cutAndCheckField(view, findings, f);
            }
        }
    }

    private void cutAndCheckField(RecordView view, Findings findings, int field) {
        byte[] data = view.data;
        int tag = view.tags[field];
        int to = view.fieldTo[field];
        if (checksMarc21) {
            for (int i = view.fieldFrom[field]; i < view.fieldFrom[field] + 2; i++) {
                if (!Marc21.isIndicator(data[i])) {
                    findings.add(Defect.INDICATOR_INVALID, view.base + i, tag);
                }
            }
        }
        int delimiter = view.bodyFrom(field);
        while (delimiter < to) {
            int next = Bytes.indexOf(data, delimiter + 1, to, DELIMITER);
            if (next == delimiter + 1) {
                findings.add(Defect.SUBFIELD_CODE_MISSING, view.base + delimiter, tag);
                view.lacksSubfields = true;
            } else {
                byte code = data[delimiter + 1];
                if (checksMarc21 && !Marc21.isSubfieldCode(code)) {
                    findings.add(Defect.SUBFIELD_CODE_INVALID, view.base + delimiter + 1, tag);
                }
                view.addSubfield(code, delimiter + 2, next);
                check(view, findings, field, delimiter + 2, next);
            }
            delimiter = next;
        }
    }

    private void check(RecordView view, Findings findings, int field, int from, int to) {
        byte[] data = view.data;
        if (checksMarc21) {
            for (int i = from; i < to; i++) {
                if (data[i] >= 0 && data[i] < 0x20 && !(isMarc8 && data[i] == Bytes.ESCAPE)) {
                    findings.add(Defect.CONTROL_CHARACTER, view.base + i, view.tags[field]);
                    break;
                }
            }
        }
        if (isPlain) {
            return;
        }
        int invalid = isMarc8 ? decoded.firstInvalid(data, from, to) : Utf8.firstInvalid(data, from, to);
        if (invalid >= 0) {
            findings.add(isMarc8 ? Defect.MARC8_INVALID : Defect.UTF8_INVALID, view.base + invalid, view.tags[field]);
            needsRewrite = true;
        }
    }

    /// Moves every value into text of its own.
    private void rewrite(RecordView view) {
        decoded.clear();
        view.keepOrigins();
        for (int f = 0; f < view.fields; f++) {
            if (view.isControl(f)) {
                int from = decoded.size();
                append(view.data, view.valueFrom[f], view.valueTo[f]);
                view.valueFrom[f] = from;
                view.valueTo[f] = decoded.size();
            }
        }
        for (int s = 0; s < view.subfields; s++) {
            int from = decoded.size();
            append(view.data, view.subfieldFrom[s], view.subfieldTo[s]);
            view.subfieldFrom[s] = from;
            view.subfieldTo[s] = decoded.size();
        }
        view.moveTo(decoded.bytes());
    }

    private void append(byte[] data, int from, int to) {
        if (isMarc8) {
            decoded.decode(data, from, to);
        } else {
            byte[] repaired = Utf8.repaired(data, from, to);
            decoded.copy(repaired, 0, repaired.length);
        }
    }
}
