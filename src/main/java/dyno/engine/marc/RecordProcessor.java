package dyno.engine.marc;

import static java.nio.charset.StandardCharsets.UTF_8;

import dyno.engine.marc.MarcWorkload.ErrorMode;
import dyno.engine.marc.MarcWorkload.Validation;
import java.io.IOException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// Takes framed records one after another through structure, values and the consumer, and does with damaged
/// ones what the error mode says. Used by one thread at a time.
final class RecordProcessor {

    private static final int SHOWN_BYTES = 16;
    private static final int CONTROL_NUMBER = '0' << 16 | '0' << 8 | '1';

    private final ErrorMode errorMode;
    private final RecordConsumer consumer;
    private final Output output;
    private final Structure structure;
    private final DamagedStructure damaged;
    private final ValueReader values;
    private final boolean looksAtValues;
    private final boolean onlyCounts;
    private final byte[] separator;

    private final CleanWalk walk = new CleanWalk();
    private final RecordView view = new RecordView();
    private final Findings findings = new Findings();
    private final Totals totals = new Totals();
    private ErrorLog log = new ErrorLog(0);
    private String file = "";

    RecordProcessor(ReadSettings settings, RecordConsumer consumer, Output output) {
        this.errorMode = settings.errorMode();
        this.consumer = consumer;
        this.output = output;
        this.structure = new Structure(settings.validation());
        this.damaged = new DamagedStructure(settings.validation());
        this.values = new ValueReader(settings);
        this.looksAtValues = consumer.looksAtValues() || settings.validation() == Validation.MARC21;
        this.onlyCounts = consumer.onlyCounts() && !looksAtValues;
        this.separator = consumer.separator();
    }

    Totals totals() {
        return totals;
    }

    ErrorLog log() {
        return log;
    }

    /// Forgets totals and errors; keeps its buffers.
    ///
    /// @param name       of the file, for errors
    /// @param keepErrors how many errors are kept whole from now on
    void restart(String name, int keepErrors) {
        file = name;
        totals.clear();
        log = new ErrorLog(keepErrors);
    }

    /// Processes one record.
    ///
    /// @param index of the record, from 0 in this processor's part of the file
    /// @throws InputDefect in mode STRICT where something is wrong with it
    void process(Frame frame, long index) throws IOException {
        if (frame.paddingOffset >= 0) {
            padding(frame, index);
        }
        totals.begun++;
        if (!frame.isLost && structure.parse(frame, view)) {
            if (looksAtValues) {
                findings.clear();
                values.read(frame, view, findings);
                if (!findings.isEmpty()) {
                    report(frame, index, true);
                    return;
                }
            }
            deliver(frame, index, false);
        } else {
            processDamaged(frame, index);
        }
    }

    /// Counts the records ahead in which nothing is wrong, where counting is all that is done with them.
    ///
    /// @param until       offset in the file; a record that begins there or later is not counted
    /// @param mostRecords after which it stops
    /// @return records counted; none where the next one needs [#process]
    int countClean(Framer framer, long until, int mostRecords) {
        if (!onlyCounts) {
            return 0;
        }
        framer.walk(walk, until, mostRecords);
        totals.begun += walk.records;
        totals.records += walk.records;
        totals.fields += walk.fields;
        totals.tagSum += walk.tagSum;
        totals.fieldLengthSum += walk.fieldLengthSum;
        return walk.records;
    }

    /// Tells of padding before a record, or before the end of the file.
    void padding(Frame frame, long index) {
        log.count(Defect.PADDING, index, frame.paddingOffset, 0);
        if (log.keepsNext()) {
            log.keep(new MarcError(
                    Defect.PADDING,
                    file,
                    index,
                    frame.paddingOffset,
                    null,
                    null,
                    frame.paddingFound,
                    Defect.PADDING.expected()));
        }
    }

    private void processDamaged(Frame frame, long index) throws IOException {
        findings.clear();
        boolean isThere = false;
        if (frame.isLost) {
            view.fields = 0;
            findings.add(frame.defect == null ? Defect.NOT_A_RECORD : frame.defect, frame.defectOffset, 0);
        } else {
            isThere = damaged.parse(frame, view, findings);
            if (isThere && looksAtValues) {
                values.read(frame, view, findings);
            }
        }
        report(frame, index, isThere);
    }

    /// Counts what was found and delivers the record if the mode allows.
    private void report(Frame frame, long index, boolean isThere) throws IOException {
        if (findings.isEmpty()) {
            deliver(frame, index, false);
            return;
        }
        log(frame, index, 0);
        if (isThere && errorMode == ErrorMode.LENIENT) {
            deliver(frame, index, true);
        } else {
            totals.dropped++;
        }
    }

    private void log(Frame frame, long index, int from) {
        int to = errorMode == ErrorMode.LENIENT ? findings.size() : from + 1;
        for (int i = from; i < to; i++) {
            log.count(findings.code(i), index, findings.offset(i), findings.tag(i));
            if (errorMode == ErrorMode.STRICT || log.keepsNext()) {
                var error = error(frame, index, i);
                if (errorMode == ErrorMode.STRICT) {
                    throw new InputDefect(error);
                }
                log.keep(error);
            }
        }
    }

    private void deliver(Frame frame, long index, boolean isRepaired) throws IOException {
        int before = findings.size();
        int mark = output.size;
        if (separator.length > 0 && totals.records > 0) {
            output.put(separator);
        }
        consumer.accept(view, index, output, findings);
        if (findings.size() > before) {
            output.size = mark;
            log(frame, index, before);
            totals.dropped++;
            return;
        }
        totals.records++;
        totals.repaired += isRepaired ? 1 : 0;
        totals.fields += view.fields;
        totals.subfields += view.subfields;
        totals.valueChars += view.valueChars;
        totals.tagSum += view.tagSum;
        totals.fieldLengthSum += view.fieldLengthSum;
        output.flushIfFull();
    }

    private MarcError error(Frame frame, long index, int finding) {
        Defect code = findings.code(finding);
        long offset = findings.offset(finding);
        int tag = findings.tag(finding);
        String found = frame.isLost ? frame.found : found(frame, offset);
        return new MarcError(
                code, file, index, offset, tag == 0 ? null : Bytes.tag(tag), controlNumber(), found, code.expected());
    }

    private static String found(Frame frame, long offset) {
        int from = (int) (offset - frame.base);
        int to = Math.min(frame.end, from + SHOWN_BYTES);
        return from < to ? HexFormat.of().withUpperCase().formatHex(frame.data, from, to) : "";
    }

    private @Nullable String controlNumber() {
        for (int f = 0; f < view.fields; f++) {
            if (view.tags[f] == CONTROL_NUMBER) {
                int from = view.fieldFrom[f];
                return new String(view.data, from, Math.min(view.fieldTo[f] - from, 64), UTF_8);
            }
        }
        return null;
    }
}
