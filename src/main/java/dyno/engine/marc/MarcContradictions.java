package dyno.engine.marc;

import dyno.engine.Contradictions;
import dyno.engine.Given;
import dyno.engine.marc.MarcWorkload.CharacterSet;
import dyno.engine.marc.MarcWorkload.Encoding;
import dyno.engine.marc.MarcWorkload.ErrorMode;
import dyno.engine.marc.MarcWorkload.Implementation;
import dyno.engine.marc.MarcWorkload.Operation;
import dyno.engine.marc.MarcWorkload.Sink;
import dyno.engine.marc.MarcWorkload.Source;
import dyno.engine.marc.MarcWorkload.Strategy;
import dyno.engine.marc.MarcWorkload.Validation;
import java.util.Set;

/// Fields of a workload that exclude each other. Each sentence names both, their values, and a way out.
final class MarcContradictions {

    private static final Set<Operation> XML = Set.of(Operation.MARCXML, Operation.DUBLIN_CORE);
    private static final Set<Operation> JSON = Set.of(Operation.JSON, Operation.MARCJSON);

    private final MarcWorkload workload;
    private final Given given;
    private final Contradictions found;

    MarcContradictions(MarcWorkload workload, Given given, Contradictions found) {
        this.workload = workload;
        this.given = given;
        this.found = found;
    }

    void find() {
        findInInput();
        findInStrategy();
        findInOperation();
        findUnusedFields();
        findInDamage();
        if (workload.implementation() == Implementation.MARC4J) {
            findInPeer();
        }
    }

    private void findInInput() {
        boolean hasGenerate = workload.input().generate() != null;
        boolean hasDataset = workload.input().dataset() != null;
        if (hasGenerate && hasDataset) {
            found.add(
                    "input",
                    "input.generate is given, but input.dataset is %s: set one of them to null."
                            .formatted(workload.input().dataset()));
        } else if (!hasGenerate && !hasDataset) {
            found.add("input", "input.generate is null and input.dataset is null: give one of them.");
        }
        var generate = workload.input().generate();
        if (generate == null || workload.source() != Source.MEMORY) {
            return;
        }
        long bytes = generate.records() * Generator.bytesPerRecord(generate.shape());
        if (bytes > GeneratedInput.LARGEST_IN_MEMORY) {
            found.beyondLimit(
                    "input.generate.records",
                    "source MEMORY takes a file of at most %d bytes, but input.generate.records is %d, about %d bytes: use source FILE or fewer records."
                            .formatted(GeneratedInput.LARGEST_IN_MEMORY, generate.records(), bytes));
        }
    }

    private void findInStrategy() {
        var strategy = workload.strategy();
        var files = workload.files();
        switch (strategy) {
            case SEQUENTIAL -> {
                if (workload.threads() != 1) {
                    found.add(
                            "threads",
                            "strategy SEQUENTIAL works with one thread, but threads is %d: use threads 1 or strategy PARALLEL_FILES."
                                    .formatted(workload.threads()));
                }
            }
            case SPLIT_FILE -> {
                if (files != null && files != 1) {
                    found.add(
                            "files",
                            "strategy SPLIT_FILE reads one file with several threads, but files is %d: use files 1 or strategy PARALLEL_FILES."
                                    .formatted(files));
                }
                if (workload.segments() < workload.threads()) {
                    found.add(
                            "segments",
                            "segments is %d, but threads is %d, so that some would have nothing to do: use segments %d or more."
                                    .formatted(workload.segments(), workload.threads(), workload.threads()));
                }
            }
            case PIPELINE -> {
                if (files != null && files != 1) {
                    found.add(
                            "files",
                            "strategy PIPELINE reads one file, but files is %d: use files 1 or strategy PARALLEL_FILES."
                                    .formatted(files));
                }
                if (workload.threads() < 2) {
                    found.add(
                            "threads",
                            "strategy PIPELINE needs a reader and a serialiser, but threads is %d: use threads 2 or more, or strategy SEQUENTIAL."
                                    .formatted(workload.threads()));
                }
            }
            case PROCESSES -> {
                if (workload.source() == Source.MEMORY) {
                    found.add(
                            "source",
                            "strategy PROCESSES lets each child read its file, but source is MEMORY: use source FILE or strategy PARALLEL_FILES.");
                }
            }
            case PARALLEL_FILES -> {}
        }
        onlyWith("segments", Integer.toString(workload.segments()), Strategy.SPLIT_FILE);
        onlyWith("batchBytes", Integer.toString(workload.batchBytes()), Strategy.PIPELINE);
        onlyWith("queueBatches", Integer.toString(workload.queueBatches()), Strategy.PIPELINE);
    }

    private void onlyWith(String field, String value, Strategy strategy) {
        if (given.has(field) && workload.strategy() != strategy) {
            found.add(
                    field,
                    "%s is %s, but strategy is %s: leave %s out or use strategy %s."
                            .formatted(field, value, workload.strategy(), field, strategy));
        }
    }

    private void findInOperation() {
        var operation = workload.operation();
        boolean isWrite = operation == Operation.WRITE;
        if (workload.strategy() == Strategy.PIPELINE && (isWrite || Phases.onlyReads(operation))) {
            found.add(
                    "strategy",
                    "strategy PIPELINE spreads serialising what was read, but operation is %s: use another operation or strategy PARALLEL_FILES."
                            .formatted(operation));
        }
        if (isWrite && workload.strategy() == Strategy.SPLIT_FILE) {
            found.add(
                    "strategy",
                    "strategy SPLIT_FILE cuts a file that is read, but operation is WRITE: use operation ROUND_TRIP or strategy PARALLEL_FILES.");
        }
        if (isWrite && workload.strategy() == Strategy.PROCESSES) {
            found.add(
                    "strategy",
                    "strategy PROCESSES lets children read files, but operation is WRITE: use operation ROUND_TRIP or strategy PARALLEL_FILES.");
        }
        if (isWrite && workload.source() == Source.FILE && given.has("source")) {
            found.add(
                    "source",
                    "operation WRITE starts from objects in memory, but source is FILE: use source MEMORY or operation ROUND_TRIP.");
        }
        if (Phases.onlyReads(operation) && workload.sink() == Sink.FILE) {
            found.add(
                    "sink",
                    "operation %s has no output, but sink is FILE: use sink DISCARD or another operation."
                            .formatted(operation));
        }
    }

    private void findUnusedFields() {
        usedBy("extract", workload.extract(), Set.of(Operation.EXTRACT));
        usedBy("extractMode", workload.extractMode(), Set.of(Operation.EXTRACT));
        usedBy("jsonContainer", workload.jsonContainer(), JSON);
        usedBy("csvRecordColumn", workload.csvRecordColumn(), Set.of(Operation.CSV));
        usedBy("xmlIllegal", workload.xmlIllegal(), XML);
    }

    private void usedBy(String field, Object value, Set<Operation> operations) {
        if (given.has(field) && !operations.contains(workload.operation())) {
            found.add(
                    field,
                    "%s is %s, but operation is %s, which does not use it: leave %s out or use operation %s."
                            .formatted(
                                    field,
                                    value,
                                    workload.operation(),
                                    field,
                                    String.join(
                                            " or ",
                                            operations.stream()
                                                    .map(Operation::name)
                                                    .sorted()
                                                    .toList())));
        }
    }

    private void findInDamage() {
        var generate = workload.input().generate();
        if (generate == null) {
            return;
        }
        double ratio = generate.malformedRatio();
        if (ratio > 0 && workload.errorMode() == ErrorMode.STRICT) {
            found.add(
                    "errorMode",
                    "errorMode STRICT stops at the first defect, but input.generate.malformedRatio is %s: use errorMode LENIENT or SKIP, or malformedRatio 0."
                            .formatted(ratio));
        }
        if (ratio > 0 && generate.encoding() == Encoding.MARC8) {
            found.add(
                    "input.generate.malformedRatio",
                    "input.generate.encoding MARC8 is only made undamaged, but input.generate.malformedRatio is %s: use malformedRatio 0 or encoding UTF8."
                            .formatted(ratio));
        }
        boolean isOpposite = generate.encoding() == Encoding.UTF8
                ? workload.characterSet() == CharacterSet.MARC8
                : workload.characterSet() == CharacterSet.UTF8;
        if (isOpposite) {
            found.add(
                    "characterSet",
                    "characterSet is %s, but input.generate.encoding is %s: use characterSet AUTO or encoding %s."
                            .formatted(workload.characterSet(), generate.encoding(), workload.characterSet()));
        }
    }

    private void findInPeer() {
        var operation = workload.operation();
        if (operation == Operation.MARCJSON || operation == Operation.CSV || operation == Operation.DUBLIN_CORE) {
            found.add(
                    "operation",
                    "implementation MARC4J has no writer for it, but operation is %s: use implementation DYNO or another operation."
                            .formatted(operation));
        }
        if (workload.strategy() == Strategy.SPLIT_FILE || workload.strategy() == Strategy.PIPELINE) {
            found.add(
                    "strategy",
                    "implementation MARC4J reads whole files in one go, but strategy is %s: use implementation DYNO or strategy PARALLEL_FILES."
                            .formatted(workload.strategy()));
        }
        if (workload.errorMode() == ErrorMode.SKIP) {
            found.add(
                    "errorMode",
                    "implementation MARC4J cannot drop single records, but errorMode is SKIP: use implementation DYNO or errorMode LENIENT.");
        }
        if (workload.validation() == Validation.MARC21) {
            found.add(
                    "validation",
                    "implementation MARC4J checks structure alone, but validation is MARC21: use implementation DYNO or validation STRUCTURAL.");
        }
        var generate = workload.input().generate();
        if (generate != null && generate.malformedRatio() > 0) {
            found.add(
                    "input.generate.malformedRatio",
                    "implementation MARC4J repairs in its own way, so that nothing can be verified, but input.generate.malformedRatio is %s: use implementation DYNO or malformedRatio 0."
                            .formatted(generate.malformedRatio()));
        }
    }
}
